"""Tables of the plan itself: its rows, findings, edits, versions, returns, and the data dictionary."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from insek_core.change.difference import Difference
from insek_core.plan import TABLES, Plan
from insek_core.plan.columns import Column
from insek_core.plan.errors import Finding
from insek_core.plan.german import NBSP, count
from insek_core.plan.record import Record, columns_of
from insek_core.plan.version import Version
from insek_core.rules.figures import Unit
from insek_core.rules.people.departments import ReturnState
from insek_core.views.table import Cell, Said, Table
from insek_core.views.words import LEVEL, evidence, place

UNITS: dict[str, Unit] = {"money": "euro", "share": "share", "number": "count"}
UNMARKED = ("id", "source", "note")


def records(
    plan: Plan,
    rows: Iterable[Record],
    kind: type[Record],
    *,
    without: tuple[str, ...] = ("visibility",),
    fields: tuple[str, ...] = (),
) -> Table:
    """Records with German headings and values; references by name with id; assumed cells carry the sign ◌."""
    columns = [
        c for c in columns_of(kind) if (c.name in fields if fields else c.name not in (*without, "field_evidence"))
    ]
    return Table(
        tuple(column.heading for column in columns),
        tuple(tuple(record_cell(plan, row, column) for column in columns) for row in rows),
    )


def record_cell(plan: Plan, row: Record, column: Column) -> Cell:
    """A field of a record in German, with ◌ where it is assumed."""
    if column.name == "evidence":
        return evidence(row.evidence)
    value, text = getattr(row, column.name), _text(plan, row, column)
    if text and column.name not in UNMARKED and row.evidence_of(column.name) == "assumed":
        text = f"{text}{NBSP}◌"
    unit = UNITS.get(column.kind.name)
    return Said(text, value, unit) if unit else text


def _text(plan: Plan, row: Record, column: Column) -> str:
    value = getattr(row, column.name)
    if column.kind.name == "ref" and value:
        return plan.name(value)
    return "; ".join(plan.name(item) for item in value) if column.kind.name == "refs" else column.show(value)


def findings(found: Iterable[Finding]) -> Table:
    """Findings with level by sign and word, place, message and remedy."""
    rows = ((LEVEL[f.level], place(f), f.message.removeprefix(f"{place(f)}: "), f.remedy) for f in found)
    return Table(("Art", "Ort", "Meldung", "Abhilfe"), tuple(rows))


def edits(found: Iterable[Difference]) -> Table:
    """Edits with sheet, record, column and both values; a row added or removed says so."""
    rows = []
    for edit in found:
        kind = TABLES[edit.table]
        column = next((c for c in columns_of(kind) if c.name == edit.field), None)
        heading, old, new = (
            (column.heading, column.show(edit.old) or "leer", column.show(edit.new) or "leer")
            if column
            else ("ganze Zeile", "", {"added": "neu", "removed": "entfernt"}.get(edit.kind, ""))
        )
        rows.append((kind.sheet, f"{edit.record} · {edit.label}", heading, old, new))
    return Table(("Blatt", "Eintrag", "Spalte", "Bisher", "Neu"), tuple(rows))


def returns(found: Iterable[ReturnState]) -> Table:
    """The return list: office, sent, deadline, received, state."""
    rows = []
    for state in found:
        entry = state.entry
        days = (entry.sent_on, entry.due_on, entry.received_on) if entry else (None, None, None)
        late = f" seit {count(state.days_late, 'Tag', 'Tagen')}" if state.days_late else ""
        rows.append((state.office.name, *days, f"{state.state}{late}"))
    return Table(("Amt", "Versandt", "Frist", "Eingegangen", "Stand"), tuple(rows))


def versions(found: Sequence[Version]) -> Table:
    """Saved versions, newest first, with who, when, why and what changed."""
    rows = []
    for version in reversed(found):
        when = f"{datetime.fromisoformat(version.saved_at):%d.%m.%Y %H:%M} Uhr"
        more = f" und {len(version.changes) - 3} weitere" if len(version.changes) > 3 else ""
        changed = "; ".join(version.changes[:3]) + more
        rows.append((str(version.number), when, version.author, version.reason, version.name, changed))
    return Table(("Version", "Gespeichert", "Von", "Begründung", "Name", "Geändert"), tuple(rows))


def dictionary(tables: dict[str, type[Record]]) -> Table:
    """The data dictionary: every column of every table."""
    rows = (
        (
            kind.sheet,
            column.heading,
            column.kind.german,
            column.unit,
            column.meaning,
            _allowed(column, tables),
            "ja" if column.required else "",
            f"{name}.{column.name}",
        )
        for name, kind in tables.items()
        for column in columns_of(kind)
    )
    heads = ("Tabelle", "Spalte", "Art", "Einheit", "Bedeutung", "Erlaubt", "Pflicht", "Technischer Name")
    return Table(heads, tuple(rows))


def _allowed(column: Column, tables: dict[str, type[Record]]) -> str:
    """The values a column takes: in words, as they are, or the sheets it may name rows of."""
    named = (tables[table].sheet for table in column.tables if table in tables)
    return ", ".join(label for _, label in column.labels) or ", ".join(column.allowed) or ", ".join(named)
