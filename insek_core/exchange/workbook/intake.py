"""A workbook comes in: sheets and headings found, cells read, every problem a German finding with sheet and cell.

All or nothing: with one error there is no plan. Nothing is guessed: what can be read in two ways is a finding.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from insek_core.exchange.workbook.cells import check_leading_zeros, value_of
from insek_core.exchange.workbook.sheets import Sheet, read_sheets
from insek_core.exchange.workbook.write import DICTIONARY, HINTS, LISTS, OFFICE_LABEL, VERSION_LABEL
from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.columns import Column
from insek_core.plan.errors import Finding, Level, Unreadable
from insek_core.plan.german import count
from insek_core.plan.record import Record, columns_of
from insek_core.rules.checks import new_errors
from insek_core.rules.people.departments import scope
from insek_core.rules.structure import structure

HEADER_ROWS = 20
_SUM = re.compile(r"(zwischen|gesamt|end)?summe\b|gesamt\b|insgesamt\b|total\b", re.I)
_THOUSANDS = re.compile(r"\b(in\s+)?(T€|TEUR|Tsd\.?\s*(€|EUR|Euro))\b|\bT€", re.I)
Places = dict[tuple[str, str], tuple[Sheet, int, dict[int, Column]]]  # table and record -> sheet, row, its columns


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What a workbook says: the plan it makes of `base` (None if there is an error), the version it was written from,
    findings.
    """

    plan: Plan | None
    version: int | None
    office: str
    findings: tuple[Finding, ...]


@dataclass
class _Reading:
    """What has been read so far."""

    base: Plan
    findings: list[Finding]
    places: Places

    def say(self, level: Level, sheet: Sheet, cell: str, message: str, remedy: str = "", **at: str) -> None:
        """Note a finding at a cell of a sheet."""
        where = f"Blatt {sheet.name}" + (f", Zelle {cell}" if cell else "")
        self.findings.append(
            Finding(level=level, sheet=sheet.name, cell=cell, message=f"{where}: {message}", remedy=remedy, **at)
        )


def _normal(text: object) -> str:
    return re.sub(r"\s+", " ", str(text)).strip().casefold()


def _known(sheet: Sheet) -> type[Record] | None:
    name = _normal(sheet.name)
    return next((kind for kind in TABLES.values() if name in (_normal(kind.sheet), kind.table)), None)


def _header_row(sheet: Sheet, kind: type[Record]) -> int | None:
    """The row among the first that holds the most headings of the table, the id's among them; None if there is none."""
    headings = {_normal(c.heading) for c in columns_of(kind)} | {c.name for c in columns_of(kind)}
    best = (0, 0)
    for row in sorted(sheet.rows)[:HEADER_ROWS]:
        words = {_normal(cell.content) for cell in sheet.rows[row].values()}
        if words & {"kennung", "id"} and len(words & headings) > best[0]:
            best = (len(words & headings), row)
    return best[1] or None


def _columns(sheet: Sheet, kind: type[Record], header: int, reading: _Reading) -> dict[int, Column]:
    """Which column of the sheet is which column of the table; doubled, empty and unknown headings are said."""
    named = {**{c.name: c for c in columns_of(kind)}, **{_normal(c.heading): c for c in columns_of(kind)}}
    found: dict[int, Column] = {}
    for at, cell in sheet.rows[header].items():
        word = re.sub(r"\s*[(\[].*[)\]]$", "", _normal(cell.content))
        column = named.get(_normal(cell.content)) or named.get(word)
        if column is None:
            reading.say(
                "notice",
                sheet,
                cell.address,
                f"Die Spalte „{cell.content}“ ist unbekannt und wird nicht übernommen.",
                "Überschrift prüfen.",
            )
        elif column in found.values():
            reading.say(
                "error",
                sheet,
                cell.address,
                f"Die Überschrift „{column.heading}“ steht zweimal.",
                "Eine der Spalten löschen oder umbenennen.",
            )
        else:
            found[at] = column
    used = {at for row, cells in sheet.rows.items() if row > header for at in cells}
    for at in sorted(used - set(sheet.rows[header])):
        cell = next(cells[at] for row, cells in sorted(sheet.rows.items()) if row > header and at in cells)
        reading.say(
            "error",
            sheet,
            cell.address,
            "Diese Spalte hat Inhalt, aber keine Überschrift.",
            "Überschrift ergänzen oder Inhalt löschen.",
        )
    absent = [c.heading for c in columns_of(kind) if c not in found.values() and c.name != "id"]
    if absent:
        reading.say(
            "notice",
            sheet,
            "",
            f"Ohne {count(len(absent), 'Spalte', 'Spalten')} ({', '.join(absent)}); diese Angaben bleiben, "
            "wie sie sind.",
        )
    return found


def _thousands(sheet: Sheet, header: int, columns: dict[int, Column], reading: _Reading) -> None:
    """Amounts in thousands are never taken for euro: a note above the table or in a heading of an amount is an
    error.
    """
    if not any(column.kind.name == "money" for column in columns.values()):
        return
    for row in [r for r in sorted(sheet.rows) if r <= header]:
        for at, cell in sheet.rows[row].items():
            amount = row < header or (at in columns and columns[at].kind.name == "money")
            if amount and isinstance(cell.content, str) and _THOUSANDS.search(cell.content):
                reading.say(
                    "error",
                    sheet,
                    cell.address,
                    f"„{cell.content.strip()}“: Beträge stehen in Tausend Euro.",
                    "Bitte Beträge in Euro eintragen und den Hinweis löschen.",
                )


def _row_values(
    sheet: Sheet, row: int, columns: dict[int, Column], before: Record | None, reading: _Reading
) -> dict[str, Any] | None:
    """The values of a row by column name; None if one of its cells is unreadable (each is said)."""
    values: dict[str, Any] = {}
    broken = False
    for at, column in columns.items():
        cell = sheet.rows[row].get(at)
        if cell is None:
            values[column.name] = column.kind.empty
            continue
        try:
            values[column.name] = value_of(column, cell)
            check_leading_zeros(column, cell, values[column.name], before)
        except Unreadable as problem:
            broken = True
            reading.say("error", sheet, cell.address, f"„{column.heading}“: {problem.what}", problem.remedy)
    return None if broken else values


def _skipped(sheet: Sheet, row: int, id_at: int, reading: _Reading) -> bool:
    """Whether a row is a sum or lacks its id; both are said."""
    if sheet.text(row, id_at) and not _SUM.match(sheet.text(row, id_at)):
        return False
    first = next(iter(sheet.rows[row].values()))
    words = next(
        (
            str(c.content)
            for c in sheet.rows[row].values()
            if isinstance(c.content, str) and _SUM.match(c.content.strip())
        ),
        "",
    )
    if words:
        reading.say("notice", sheet, first.address, f"Summenzeile „{words.strip()}“ wird nicht übernommen.")
    else:
        reading.say(
            "error",
            sheet,
            first.address,
            "Die Zeile hat Inhalt, aber keine Kennung.",
            "Kennung ergänzen oder Zeile löschen.",
        )
    return True


def _records(
    sheet: Sheet, kind: type[Record], header: int, columns: dict[int, Column], reading: _Reading
) -> Iterator[Record]:
    id_at = next(at for at, column in columns.items() if column.name == "id")
    existing = {row.id: row for row in reading.base.rows(kind.table)}
    for row in [r for r in sorted(sheet.rows) if r > header]:
        if _skipped(sheet, row, id_at, reading):
            continue
        if row in sheet.hidden_rows:
            reading.say("notice", sheet, f"A{row}", "Die Zeile ist ausgeblendet und wird mitgelesen.")
        before = existing.get(sheet.text(row, id_at))
        values = _row_values(sheet, row, columns, before, reading)
        reading.places.setdefault((kind.table, sheet.text(row, id_at)), (sheet, row, columns))
        if values is not None:
            yield _record(kind, values, before)


def _record(kind: type[Record], values: dict[str, Any], before: Record | None) -> Record:
    """The record of a row; columns the sheet lacks keep what was there, an unnamed source is the workbook."""
    if before is not None:
        return replace(before, **values)
    blank = {c.name: c.kind.empty for c in columns_of(kind)}
    return kind(
        **{
            **blank,
            "evidence": "assumed",
            **{name: value for name, value in values.items() if (name, value) != ("evidence", "")},
        }
    )


def _table(sheet: Sheet, kind: type[Record], reading: _Reading) -> tuple[Record, ...] | None:
    header = _header_row(sheet, kind)
    if header is None:
        reading.say("error", sheet, "", "Die Spalte „Kennung“ fehlt.", "Überschriftenzeile mit „Kennung“ ergänzen.")
        return None
    if sheet.hidden:
        reading.say("notice", sheet, "", "Das Blatt ist ausgeblendet und wird mitgelesen.")
    columns = _columns(sheet, kind, header, reading)
    _thousands(sheet, header, columns, reading)
    return tuple(_records(sheet, kind, header, columns, reading))


def _hint(sheets: list[Sheet], label: str) -> str:
    for sheet in sheets:
        if _normal(sheet.name) == _normal(HINTS):
            for cells in sheet.rows.values():
                if any(_normal(cell.content) == _normal(label) for cell in cells.values()):
                    return str(
                        next((c.content for c in cells.values() if _normal(c.content) != _normal(label)), "")
                    ).strip()
    return ""


def _placed(findings: tuple[Finding, ...], places: Places) -> list[Finding]:
    """Findings of the plan's checks at the cells they come from."""
    placed = []
    for found in findings:
        sheet, cell = _place(found, places)
        where = f"Blatt {sheet}, Zelle {cell}: " if sheet else ""
        placed.append(replace(found, sheet=sheet, cell=cell, message=where + found.message))
    return placed


def _place(found: Finding, places: Places) -> tuple[str, str]:
    """Sheet and cell of a finding; an empty cell or a column the sheet lacks is told at the row's id."""
    if (found.table, found.record) not in places:
        return "", ""
    sheet, row, columns = places[found.table, found.record]
    by_name = {column.name: at for at, column in columns.items()}
    cell = sheet.rows[row].get(by_name.get(found.field, 0)) or sheet.rows[row][by_name["id"]]
    return sheet.name, cell.address


def stated_version(sheets: list[Sheet]) -> int | None:
    """The version a workbook says it was written from; None if it does not say."""
    text = _hint(sheets, VERSION_LABEL)
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None


def take_in(data: bytes, base: Plan) -> Intake:
    """What a workbook makes of the base plan. Raises NotAWorkbook if the bytes are no workbook at all."""
    sheets = read_sheets(data)
    return interpret(sheets, base)


def _scope(base: Plan, office: str, table: str) -> frozenset[str]:
    """Ids of a table that the workbook was given: all, or those the office answers for."""
    whole = scope(base, office) if office else base
    return frozenset(row.id for row in whole.rows(table))


def _spliced(old: tuple[Record, ...], new: tuple[Record, ...], given: frozenset[str]) -> tuple[Record, ...]:
    """The new rows, with those the workbook was never given kept in their places."""
    if len(given) == len(old):
        return new
    by_id = {row.id: row for row in new}
    kept = tuple(by_id.pop(row.id, row) for row in old if row.id in by_id or row.id not in given)
    return (*kept, *(row for row in new if row.id in by_id))


def interpret(sheets: list[Sheet], base: Plan) -> Intake:
    """What the sheets make of the base plan: missing sheets leave their table, missing rows are removals."""
    reading = _Reading(base, [], {})
    tables: dict[str, tuple[Record, ...]] = {}
    office = _hint(sheets, OFFICE_LABEL)
    office = "" if office.startswith("alle") else office
    for sheet in sheets:
        kind = _known(sheet)
        if kind is None:
            if _normal(sheet.name) not in {_normal(name) for name in (HINTS, DICTIONARY, LISTS)}:
                reading.say("notice", sheet, "", "Das Blatt ist keine Tabelle der Planung und wird nicht gelesen.")
        elif kind.table in tables:
            reading.say(
                "error",
                sheet,
                "",
                f"Die Tabelle {kind.sheet} steht auf zwei Blättern.",
                "Ein Blatt löschen oder umbenennen.",
            )
        elif (rows := _table(sheet, kind, reading)) is not None:
            tables[kind.table] = rows
    if not any(_known(sheet) for sheet in sheets):
        names = ", ".join(sheet.name for sheet in sheets[:6])
        message = f"Kein Blatt der Mappe ist eine Tabelle der Planung (gefunden: {names})."
        reading.findings.append(
            Finding(level="error", message=message, remedy="Bitte die Mappe verwenden, die das Programm ausgibt.")
        )
    findings = reading.findings
    spliced = {table: _spliced(base.rows(table), rows, _scope(base, office, table)) for table, rows in tables.items()}
    plan = None if any(f.level == "error" for f in findings) else with_tables(base, spliced)
    if plan is not None:
        findings = [*findings, *_placed(structure(plan) or new_errors(base, plan), reading.places)]
        plan = None if any(f.level == "error" for f in findings) else plan
    return Intake(plan=plan, version=stated_version(sheets), office=office, findings=tuple(findings))
