"""What differs between two plans, cell by cell, and a three-way merge that loses no edit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from insek_core.plan import TABLES, Plan
from insek_core.plan.record import Record, columns_of


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A row added or removed (`field` empty, the record in `new` or `old`), or one cell changed from `old` to `new`."""

    kind: Literal["added", "removed", "changed"]
    table: str
    record: str
    label: str
    field: str = ""
    old: Any = None
    new: Any = None

    @property
    def place(self) -> tuple[str, str, str]:
        """Table, record and field it concerns."""
        return self.table, self.record, self.field

    def sentence(self) -> str:
        """The difference in German: "Kostenpositionen · Auftakt: Betrag 12.000 € → 15.000 €"."""
        kind = TABLES[self.table]
        if self.kind != "changed":
            return f"{kind.sheet} · {self.label} ({self.record}): {'neu' if self.kind == 'added' else 'entfernt'}"
        column = next(c for c in columns_of(kind) if c.name == self.field)
        old, new = (column.show(value) or "leer" for value in (self.old, self.new))
        return f"{kind.sheet} · {self.label} ({self.record}): {column.heading} {old} → {new}"


def _rows(plan: Plan, table: str) -> dict[str, Record]:
    return {row.id: row for row in plan.rows(table)}


def _of_table(table: str, before: dict[str, Record], after: dict[str, Record]) -> Iterator[Difference]:
    for key, row in before.items():
        if key not in after:
            yield Difference(kind="removed", table=table, record=key, label=row.label, old=row)
    for key, row in after.items():
        if key not in before:
            yield Difference(kind="added", table=table, record=key, label=row.label, new=row)
        elif row != (base := before[key]):
            for column in columns_of(type(row)):
                old, new = getattr(base, column.name), getattr(row, column.name)
                if old != new:
                    yield Difference(
                        kind="changed", table=table, record=key, label=row.label, field=column.name, old=old, new=new
                    )


def differences(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """Every row added or removed and every cell changed, in table order. The order of rows is no difference."""
    found: list[Difference] = []
    for table in TABLES:
        if before.rows(table) != after.rows(table):
            found += _of_table(table, _rows(before, table), _rows(after, table))
    return tuple(found)


def apply_edits(plan: Plan, edits: tuple[Difference, ...]) -> Plan:
    """The plan with each edit made; an edit of a row that is not there is left out."""
    tables = {edit.table for edit in edits}
    rows = {table: _rows(plan, table) for table in tables}
    for edit in edits:
        table = rows[edit.table]
        if edit.kind == "added":
            table[edit.record] = edit.new
        elif edit.kind == "removed":
            table.pop(edit.record, None)
        elif edit.record in table:
            table[edit.record] = replace(table[edit.record], **{edit.field: edit.new})
    changed: dict[str, Any] = {table: tuple(found.values()) for table, found in rows.items()}
    return replace(plan, **changed)


@dataclass(frozen=True)
class Merge:
    """Both sides' edits in one plan; in each pair of `conflicts` (mine, theirs) the plan holds theirs."""

    plan: Plan
    conflicts: tuple[tuple[Difference, Difference], ...]


def _clash(mine: Difference, theirs: Difference) -> bool:
    if (mine.table, mine.record) != (theirs.table, theirs.record):
        return False
    if mine.kind == theirs.kind == "removed":
        return False
    same_cell = mine.field == theirs.field or "" in (mine.field, theirs.field)
    return same_cell and (mine.kind, mine.new) != (theirs.kind, theirs.new)


def merge(base: Plan, mine: Plan, theirs: Plan) -> Merge:
    """Three-way merge by cell. Every edit of `mine` is in the plan, or in the conflicts beside the edit it meets."""
    by_record: dict[tuple[str, str], list[Difference]] = {}
    for edit in differences(base, theirs):
        by_record.setdefault((edit.table, edit.record), []).append(edit)
    free: list[Difference] = []
    conflicts: list[tuple[Difference, Difference]] = []
    for edit in differences(base, mine):
        met = next((other for other in by_record.get((edit.table, edit.record), ()) if _clash(edit, other)), None)
        if met is None:
            free.append(edit)
        else:
            conflicts.append((edit, met))
    return Merge(apply_edits(theirs, tuple(free)), tuple(conflicts))
