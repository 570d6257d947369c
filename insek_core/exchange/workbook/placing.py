"""Every error of a workbook at the cell that was changed; what only follows from another one is marked as such."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from insek_core.exchange.workbook.headings import Notes, Place
from insek_core.plan import TABLES, Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import count
from insek_core.plan.record import Record, columns_of

FOLLOWS = "Kommt in Ordnung, sobald das behoben ist."


@dataclass(frozen=True)
class _Taken:
    """A row of the base that the workbook no longer has, and where its id stood or has been changed."""

    where: str
    sheet: str
    cell: str
    message: str  # empty where the cell has an error of its own


def _cell(place: Place, field: str) -> str:
    """The address of a field's cell; an empty cell or a column the sheet lacks is told at the row's id."""
    sheet, row, columns = place
    by_name = {column.name: at for at, column in columns.items()}
    return (sheet.rows[row].get(by_name.get(field, 0)) or sheet.rows[row][by_name["id"]]).address


def _unread_cell(place: Place, reading: Notes) -> str:
    """The first cell of a row that could not be read; empty if all could."""
    sheet, row, _ = place
    return next((c.address for c in sheet.rows[row].values() if (sheet.name, c.address) in reading.unread), "")


def _changed(before: Record | None, after: Record | None) -> list[str]:
    """The fields of a row that the workbook changed; all of a new one."""
    fields = [column.name for column in columns_of(type(after))] if after else []
    return [name for name in fields if before is None or getattr(before, name) != getattr(after, name)]


def _at(found: Finding, changed: Sequence[str]) -> str:
    """The field to tell a finding at: the one it names, else a changed one of its row that the message speaks of."""
    if found.field in changed or not changed:
        return found.field
    heading = {column.name: column.heading for column in columns_of(TABLES[found.table])}
    spoken = [name for name in changed if heading[name] in found.message]
    return (spoken or (changed if len(changed) == 1 else [found.field]))[0]


def _taken(table: str, gone: Record, plan: Plan, base: Plan, reading: Notes) -> _Taken:
    """Where a row of the base has gone: its id was emptied, changed, or the row was deleted."""
    known = {row.id for row in base.rows(table)}
    places = {row.id: reading.places[table, row.id] for row in plan.rows(table) if (table, row.id) in reading.places}
    sheet = next((place[0].name for place in places.values()), TABLES[table].sheet)
    for sheet_of, row, at in reading.without_id:
        if sheet_of.name == sheet and gone.label in map(str, (c.content for c in sheet_of.rows[row].values())):
            cell = f"{get_column_letter(at)}{row}"
            return _Taken(f"Blatt {sheet}, Zelle {cell}", sheet, cell, "")
    for (of_table, _), again in reading.again.items():
        for sheet_of, row, columns in again if of_table == table else ():
            if gone.label in map(str, (c.content for c in sheet_of.rows[row].values())):
                cell = _cell((sheet_of, row, columns), "id")
                return _Taken(f"Blatt {sheet}, Zelle {cell}", sheet, cell, "")
    for row_now in plan.rows(table):
        if row_now.id not in known and row_now.id in places and row_now.label == gone.label:
            cell = _cell(places[row_now.id], "id")
            where = f"Blatt {sheet}, Zelle {cell}"
            return _Taken(where, sheet, cell, f"{where}: Aus der Kennung {gone.id} ist {row_now.id} geworden")
    where = f"Blatt {sheet}"
    return _Taken(where, sheet, "", f"{where}: Die Zeile „{gone.label}“ ({gone.id}) fehlt")


def _gone(found: Finding, plan: Plan, base: Plan) -> Record | None:
    """The row of the base that a finding misses, where the workbook took it away."""
    names = getattr(plan.by_id.get(found.record), found.field, ()) if found.field else ()
    for name in (names,) if isinstance(names, str) else names if isinstance(names, tuple) else ():
        if isinstance(name, str) and name in base.by_id and name not in plan.by_id:
            return base.by_id[name]
    return None


def _primary(taken: _Taken, mentions: int) -> Finding:
    """The error at the row that others still name."""
    told = f"{taken.message}; {count(mentions, 'Eintrag nennt', 'Einträge nennen')} sie noch."
    remedy = "Bitte die Kennung oder Zeile wiederherstellen oder die Verweise ändern."
    return Finding(level="error", message=told, remedy=remedy, sheet=taken.sheet, cell=taken.cell)


def placed(findings: Sequence[Finding], base: Plan, plan: Plan, reading: Notes) -> list[Finding]:
    """The findings of a plan's checks at the cells they come from. What was said of a cell already is left out, what
    follows from another cell says from which.
    """
    made: list[Finding] = []
    missed: dict[_Taken, int] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for found in findings:
        key = (found.table, found.record)
        rows = reading.places_of(key)
        place = rows[min(seen[key], len(rows) - 1)] if rows else None
        seen[key] += found.field == "id"
        changed = _changed(base.by_id.get(found.record), plan.by_id.get(found.record))
        field = _at(found, changed)
        sheet, cell = (place[0].name, _cell(place, field)) if place else ("", "")
        if (sheet, cell) in reading.unread:
            continue
        where = f"Blatt {sheet}, Zelle {cell}: " if sheet else ""
        gone = None if field in changed else _gone(found, plan, base)
        follows = ""
        if gone is not None:
            taken = _taken(gone.table, gone, plan, base, reading)
            missed[taken] = missed.get(taken, 0) + 1
            follows = f"Folgefehler von {taken.where}: "
        elif place and found.field == "id" and len(rows) > 1 and place is rows[0] and found.record in base.by_id:
            follows = f"Folgefehler von Blatt {sheet}, Zelle {_cell(rows[1], 'id')}: "
        elif place and field not in changed and (unread := _unread_cell(place, reading)):
            follows = f"Folgefehler von Blatt {sheet}, Zelle {unread}: "
        remedy = FOLLOWS if follows else found.remedy
        made.append(replace(found, sheet=sheet, cell=cell, message=f"{follows}{where}{found.message}", remedy=remedy))
    return [*(_primary(taken, mentions) for taken, mentions in missed.items() if taken.message), *made]
