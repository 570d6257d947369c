"""A sheet of a workbook becomes the rows of its table: headings found, cells read, every problem said at its cell."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from openpyxl.utils import get_column_letter

from insek_core.exchange.workbook.cells import check_leading_zeros, value_of
from insek_core.exchange.workbook.headings import Head, Notes, head_of
from insek_core.exchange.workbook.sheets import Sheet
from insek_core.plan.errors import Unreadable
from insek_core.plan.record import Record, columns_of

_SUM = re.compile(r"(zwischen|gesamt|end)?summe\b|gesamt\b|insgesamt\b|total\b", re.I)


def _row_values(sheet: Sheet, row: int, head: Head, before: Record | None, reading: Notes) -> dict[str, Any]:
    """The values of a row by column name; in place of one that is unreadable (each is said) what was there before, so
    that the other rows can be looked at too.
    """
    values: dict[str, Any] = {}
    for at, column in head.columns.items():
        cell = sheet.rows[row].get(at)
        if cell is None:
            values[column.name] = column.kind.empty
            continue
        try:
            values[column.name] = value_of(column, cell, head.factors.get(at))
            check_leading_zeros(column, cell, values[column.name], before)
        except Unreadable as problem:
            values[column.name] = getattr(before, column.name, column.kind.empty)
            reading.unread.add((sheet.name, cell.address))
            reading.say("error", sheet, cell.address, f"„{column.heading}“: {problem.what}", problem.remedy)
    return values


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
        reading.without_id.append((sheet, row, id_at))
        reading.say(
            "error",
            sheet,
            f"{get_column_letter(id_at)}{row}",
            "Die Zeile hat Inhalt, aber keine Kennung.",
            "Kennung ergänzen oder Zeile löschen.",
        )
    return True


def _records(sheet: Sheet, kind: type[Record], head: Head, reading: Notes) -> Iterator[Record]:
    existing = {row.id: row for row in reading.base.rows(kind.table)}
    for row in [r for r in sorted(sheet.rows) if r > head.row]:
        if _skipped(sheet, row, head.id_at, reading):
            continue
        if row in sheet.hidden_rows:
            reading.say("notice", sheet, f"A{row}", "Die Zeile ist ausgeblendet und wird mitgelesen.")
        name = sheet.text(row, head.id_at)
        place = (sheet, row, head.columns)
        if reading.places.setdefault((kind.table, name), place) is not place:
            reading.again.setdefault((kind.table, name), []).append(place)
        yield _record(kind, _row_values(sheet, row, head, existing.get(name), reading), existing.get(name))


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
    """The rows of a table's sheet; None, with a finding, where no column holds the ids."""
    head = head_of(sheet, kind, reading)
    return None if head is None else tuple(_records(sheet, kind, head, reading))
