"""Plan <-> plain rows of scalars: the one form that SQLite, snapshots, CSV files and JSON share."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from insek_core.plan import TABLES, Plan
from insek_core.plan.columns import Column
from insek_core.plan.errors import Finding, InsekError, Unreadable
from insek_core.plan.kinds import Scalar
from insek_core.plan.record import Record, columns_of

Row = dict[str, Scalar]


def encode(record: Record) -> Row:
    """The record as column name -> scalar; a missing value is None."""
    return {c.name: _encode(c, getattr(record, c.name)) for c in columns_of(type(record))}


def _encode(column: Column, value: Any) -> Scalar:
    return None if value is None else column.kind.encode(value)


def decode(kind: type[Record], row: Mapping[str, Any]) -> tuple[Record | None, list[Finding]]:
    """The record of a row of scalars (CSV text will do), or None, with a finding for each value that is not one."""
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    place = {"table": kind.table, "record": str(row.get("id") or "")}
    for column in columns_of(kind):
        raw = next((row[name] for name in (column.name, *column.was) if name in row), None)
        missing = raw is None or raw == ""
        try:
            values[column.name] = column.kind.empty if missing else column.kind.decode(_today(column, raw))
        except (ValueError, TypeError, KeyError, ZeroDivisionError, OverflowError, InsekError):
            message = f"„{column.heading}“: {raw!r} ist nicht lesbar ({column.kind.german})."
            findings.append(
                Finding(level="error", message=message, remedy="Wert berichtigen.", field=column.name, **place)
            )
            continue
        if missing and column.required:
            message = f"„{column.heading}“ fehlt in {kind.sheet}."
            findings.append(
                Finding(level="error", message=message, remedy="Wert ergänzen.", field=column.name, **place)
            )
    return (None if findings else kind(**values)), findings


def _today(column: Column, raw: Any) -> Any:
    """A stored value under the name it has today."""
    return dict(column.renamed).get(raw, raw) if column.renamed else raw


def parse_row(kind: type[Record], texts: Mapping[str, str]) -> tuple[Record | None, list[Finding]]:
    """The record of German texts by column name (a form, a sheet), or None, with a finding for each text that is no
    value.
    """
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for column in columns_of(kind):
        try:
            values[column.name] = column.parse(texts.get(column.name, ""))
            if column.required and values[column.name] == column.kind.empty:
                raise Unreadable(f"„{column.heading}“ fehlt.", "Bitte ausfüllen.")
        except Unreadable as error:
            findings.append(
                Finding(
                    level="error",
                    table=kind.table,
                    record=texts.get("id", ""),
                    field=column.name,
                    message=error.what,
                    remedy=error.remedy,
                )
            )
    return (None if findings else kind(**values)), findings


def encode_plan(plan: Plan) -> dict[str, list[Row]]:
    """Every table as rows; missing values are left out."""
    return {
        table: [{name: value for name, value in encode(row).items() if value is not None} for row in plan.rows(table)]
        for table in TABLES
    }


def decode_plan(tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> tuple[Plan, list[Finding]]:
    """The plan of rows by table name, with a finding for every value that could not be read (its row is left out)."""
    findings: list[Finding] = []
    rows: dict[str, Any] = {}
    for table, kind in TABLES.items():
        decoded = [decode(kind, row) for row in tables.get(table, ())]
        rows[table] = tuple(record for record, _ in decoded if record is not None)
        findings += [finding for _, found in decoded for finding in found]
    return Plan(**rows), findings


def to_json(plan: Plan) -> str:
    """The plan as canonical JSON: equal plans give equal text."""
    return json.dumps(encode_plan(plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(plan: Plan) -> str:
    """SHA-256 of the canonical JSON, hexadecimal."""
    return hashlib.sha256(to_json(plan).encode()).hexdigest()


def with_row(plan: Plan, table: str, record: Record) -> Plan:
    """The plan with this record in place of the one of the same id, or at the end of its table."""
    rows = {**{row.id: row for row in plan.rows(table)}, record.id: record}
    return with_tables(plan, {table: tuple(rows.values())})


def without_row(plan: Plan, table: str, record_id: str) -> Plan:
    """The plan without the record of this id."""
    return with_tables(plan, {table: tuple(row for row in plan.rows(table) if row.id != record_id)})


def with_tables(plan: Plan, tables: Mapping[str, tuple[Any, ...]]) -> Plan:
    """The plan with whole tables replaced, by their English names."""
    return replace(plan, **tables)
