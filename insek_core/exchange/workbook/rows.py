"""A sheet of a workbook becomes the rows of its table: headings found, cells read, every problem said at its cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from insek_core.exchange.workbook.cells import check_leading_zeros, value_of
from insek_core.exchange.workbook.sheets import Sheet
from insek_core.plan import TABLES, Plan
from insek_core.plan.columns import Column
from insek_core.plan.errors import Finding, Severity, Unreadable
from insek_core.plan.german import count
from insek_core.plan.record import Record, columns_of

HEADER_ROWS = 20
_SUM = re.compile(r"(zwischen|gesamt|end)?summe\b|gesamt\b|insgesamt\b|total\b", re.I)
_THOUSANDS = re.compile(r"\b(in\s+)?(T€|TEUR|Tsd\.?\s*(€|EUR|Euro))\b|\bT€", re.I)
Places = dict[tuple[str, str], tuple[Sheet, int, dict[int, Column]]]  # table and record -> sheet, row, its columns


@dataclass
class Notes:
    """What has been read so far."""

    base: Plan
    findings: list[Finding]
    places: Places

    def say(self, level: Severity, sheet: Sheet, cell: str, message: str, remedy: str = "", **at: str) -> None:
        """Note a finding at a cell of a sheet."""
        where = f"Blatt {sheet.name}" + (f", Zelle {cell}" if cell else "")
        self.findings.append(
            Finding(level=level, sheet=sheet.name, cell=cell, message=f"{where}: {message}", remedy=remedy, **at)
        )


def normal(text: object) -> str:
    return re.sub(r"\s+", " ", str(text)).strip().casefold()


def kind_of(sheet: Sheet) -> type[Record] | None:
    name = normal(sheet.name)
    return next((kind for kind in TABLES.values() if name in (normal(kind.sheet), kind.table)), None)


def _header_row(sheet: Sheet, kind: type[Record]) -> int | None:
    """The row among the first that holds the most headings of the table, the id's among them; None if there is none."""
    headings = {normal(c.heading) for c in columns_of(kind)} | {c.name for c in columns_of(kind)}
    best = (0, 0)
    for row in sorted(sheet.rows)[:HEADER_ROWS]:
        words = {normal(cell.content) for cell in sheet.rows[row].values()}
        if words & {"kennung", "id"} and len(words & headings) > best[0]:
            best = (len(words & headings), row)
    return best[1] or None


def _columns(sheet: Sheet, kind: type[Record], header: int, reading: Notes) -> dict[int, Column]:
    """Which column of the sheet is which column of the table; doubled, empty and unknown headings are said."""
    named = {**{c.name: c for c in columns_of(kind)}, **{normal(c.heading): c for c in columns_of(kind)}}
    found: dict[int, Column] = {}
    for at, cell in sheet.rows[header].items():
        word = re.sub(r"\s*[(\[].*[)\]]$", "", normal(cell.content))
        column = named.get(normal(cell.content)) or named.get(word)
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


def _thousands(sheet: Sheet, header: int, columns: dict[int, Column], reading: Notes) -> None:
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
    sheet: Sheet, row: int, columns: dict[int, Column], before: Record | None, reading: Notes
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


def _skipped(sheet: Sheet, row: int, id_at: int, reading: Notes) -> bool:
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
    sheet: Sheet, kind: type[Record], header: int, columns: dict[int, Column], reading: Notes
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


def rows_of(sheet: Sheet, kind: type[Record], reading: Notes) -> tuple[Record, ...] | None:
    header = _header_row(sheet, kind)
    if header is None:
        reading.say("error", sheet, "", "Die Spalte „Kennung“ fehlt.", "Überschriftenzeile mit „Kennung“ ergänzen.")
        return None
    if sheet.hidden:
        reading.say("notice", sheet, "", "Das Blatt ist ausgeblendet und wird mitgelesen.")
    columns = _columns(sheet, kind, header, reading)
    _thousands(sheet, header, columns, reading)
    return tuple(_records(sheet, kind, header, columns, reading))
