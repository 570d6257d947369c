"""The example at any size: copies of every row with their own ids, references kept inside each copy."""

from dataclasses import replace
from typing import Any

from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.record import Record, columns_of

KEPT = ("settings",)  # their ids are keys


def _copied(row: Record, ids: set[str], n: int) -> Record:
    def named(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(f"{v}~{n}" if v in ids else v for v in value)
        return f"{value}~{n}" if value in ids else value

    references = {c.name: named(getattr(row, c.name)) for c in columns_of(type(row)) if c.kind.name in ("ref", "refs")}
    return replace(row, id=f"{row.id}~{n}", **references)


def scaled(plan: Plan, times: int) -> Plan:
    """The plan with `times` copies of every table but the settings."""
    ids = {row.id for table in TABLES if table not in KEPT for row in plan.rows(table)}
    tables = {
        table: tuple(row if n == 0 else _copied(row, ids, n) for n in range(times) for row in plan.rows(table))
        for table in TABLES
        if table not in KEPT
    }
    return with_tables(plan, tables)
