"""Structure: what must hold for a plan to be saved at all. Ids, required values, bounds, references, storable text and
numbers.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from math import isfinite

from insek_core.plan import TABLES, Plan
from insek_core.plan.columns import Column
from insek_core.plan.errors import Finding, Severity
from insek_core.plan.german import show_share
from insek_core.plan.record import Record, columns_of

LONGEST_TEXT = 30_000  # an Excel cell holds 32,767 characters
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
Records = tuple[Record, ...]


def at(record: Record, field: str, message: str, remedy: str, level: Severity = "error") -> Finding:
    """A finding at a field of a record."""
    return Finding(level=level, table=record.table, record=record.id, field=field, message=message, remedy=remedy)


def where(record: Record) -> str:
    """How a message names a record: sheet, name and id."""
    return f"{record.sheet}, „{record.label}“ ({record.id})"


def odd_ids(rows: Records) -> Iterator[Finding]:
    """Ids are short, printable and free of the signs that separate them in lists."""
    for row in rows:
        trimmed = row.id == row.id.strip() and row.id.isprintable() and len(row.id) <= 60
        if not trimmed or any(sign in row.id for sign in ";="):
            yield at(
                row,
                "id",
                f"Die Kennung „{row.id}“ ({row.sheet}) ist nicht zulässig.",
                "Höchstens 60 Zeichen, ohne Semikolon und Gleichheitszeichen.",
            )


def unknown_evidence_fields(rows: Records) -> Iterator[Finding]:
    """Evidence by field names fields that the table has."""
    known = {column.name for row in rows[:1] for column in columns_of(type(row))}
    for row in rows:
        for field, _ in row.field_evidence:
            if field not in known:
                yield at(
                    row,
                    "field_evidence",
                    f"{where(row)}: „Beleg je Feld“ nennt {field}; dieses Feld gibt es nicht.",
                    "Feldnamen berichtigen.",
                )


def disallowed(row: Record, column: Column, value: object) -> Iterator[Finding]:
    """Choices hold one of the allowed words, numbers lie within their bounds."""
    if column.allowed and value not in column.allowed:
        shown = ", ".join(label for _, label in column.labels) or ", ".join(column.allowed)
        message = f"{where(row)}: „{value}“ ist für „{column.heading}“ nicht vorgesehen."
        yield at(row, column.name, message, f"Erlaubt: {shown}.")
    if isinstance(value, int | float | Fraction) and (
        (column.low is not None and value < column.low) or (column.high is not None and value > column.high)
    ):
        write = show_share if isinstance(value, Fraction) else str
        low, high = ("beliebig" if bound is None else write(Fraction(bound)) for bound in (column.low, column.high))
        message = f"{where(row)}: {column.show(value)} liegt für „{column.heading}“ außerhalb der Grenzen."
        yield at(row, column.name, message, f"Erlaubt: von {low} bis {high}.")


def unstorable_text(row: Record, column: Column, value: str) -> Iterator[Finding]:
    """Text is trimmed, not endless, and free of signs that no file format carries."""
    if value != value.strip():
        yield at(
            row,
            column.name,
            f"{where(row)}: „{column.heading}“ beginnt oder endet mit Leerzeichen.",
            "Leerzeichen am Rand entfernen.",
        )
    if len(value) > LONGEST_TEXT:
        yield at(row, column.name, f"{where(row)}: „{column.heading}“ ist länger als 30.000 Zeichen.", "Text kürzen.")
    if _UNSTORABLE.search(value):
        message = f"{row.sheet} ({row.id!a}): „{column.heading}“ enthält nicht darstellbare Zeichen."
        yield at(row, column.name, message, "Zeichen entfernen.")


def unstorable_number(row: Record, column: Column, value: int | float) -> Iterator[Finding]:
    """Numbers fit the database: whole ones into 64 bits, the others finite."""
    if abs(value) >= 2**63 if isinstance(value, int) else not isfinite(value):
        yield at(
            row,
            column.name,
            f"{where(row)}: Die Zahl in „{column.heading}“ ist zu groß zum Speichern.",
            "Zahl berichtigen.",
        )


def _value_findings(row: Record, column: Column, value: object) -> Iterator[Finding]:
    if value is None or value == "":
        if column.required:
            yield at(row, column.name, f"{where(row)}: „{column.heading}“ fehlt.", "Bitte ergänzen.")
        return
    yield from disallowed(row, column, value)
    if isinstance(value, str):
        yield from unstorable_text(row, column, value)
    elif isinstance(value, int | float):
        yield from unstorable_number(row, column, value)


def _is_fine(column: Column, value: object) -> bool:
    """Whether nothing has to be said of a value: asked first, for almost every value is fine and there are many."""
    if value is None or value == "":
        return not column.required
    if column.allowed and value not in column.allowed:
        return False
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT and value == value.strip() and not _UNSTORABLE.search(value)
    return not isinstance(value, int | float | Fraction)


class _Same:
    """Rows as a key: the same tuple, not an equal one, for comparing all rows would cost as much as checking them."""

    def __init__(self, rows: Records) -> None:
        self.rows = rows

    def __hash__(self) -> int:
        return id(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.rows is other.rows


Reference = tuple[Record, Column, str]


@lru_cache(maxsize=4 * len(TABLES))  # a changed plan shares its other tables with the plan it came from
def _of_table(same: _Same) -> tuple[tuple[Finding, ...], tuple[Reference, ...]]:
    """What is wrong within a table, and each reference it makes."""
    rows, found, references = same.rows, [*odd_ids(same.rows), *unknown_evidence_fields(same.rows)], []
    columns = columns_of(type(rows[0])) if rows else ()
    for row in rows:
        for column in columns:
            value = getattr(row, column.name)
            if not _is_fine(column, value):
                found += _value_findings(row, column, value)
            if column.kind.name == "refs":
                references += [(row, column, str(name)) for name in value or ()]
            elif column.kind.name == "ref" and value:
                references.append((row, column, str(value)))
    return tuple(found), tuple(references)


def duplicate_ids(plan: Plan) -> Iterator[Finding]:
    """Every id is used once in the whole plan, for other rows refer to it."""
    every = [row for table in TABLES for row in plan.rows(table)]
    counts = Counter(row.id for row in every)
    for row in every if len(counts) < len(every) else ():
        if counts[row.id] > 1:
            message = f"Die Kennung {row.id} ist {counts[row.id]}-mal vergeben ({row.sheet})."
            yield at(row, "id", message, "Jede Kennung nur einmal vergeben.")


def dangling_references(plan: Plan) -> Iterator[Finding]:
    """A reference names a row that exists, in one of the tables it may name."""
    for table in TABLES:
        for row, column, name in _of_table(_Same(plan.rows(table)))[1]:
            target = plan.by_id.get(name)
            if target is None or ("*" not in column.tables and target.table not in column.tables):
                sheets = ", ".join(TABLES[t].sheet for t in column.tables if t in TABLES) or "der Planung"
                message = f"{where(row)}: „{column.heading}“ nennt {name}; das gibt es nicht in {sheets}."
                yield at(row, column.name, message, "Verweis berichtigen oder Eintrag anlegen.")


def broken_rows(plan: Plan) -> Iterator[Finding]:
    """What is wrong within each table."""
    for table in TABLES:
        yield from _of_table(_Same(plan.rows(table)))[0]


STRUCTURE: tuple[Callable[[Plan], Iterator[Finding]], ...] = (duplicate_ids, broken_rows, dangling_references)


def structure(plan: Plan) -> tuple[Finding, ...]:
    """What keeps a plan from being saved; empty if its structure holds."""
    return tuple(finding for check in STRUCTURE for finding in check(plan))
