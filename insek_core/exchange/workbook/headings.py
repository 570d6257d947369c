"""The head of a sheet: which table it is, which row holds the headings, which column is which and in what unit its
amounts stand.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from insek_core.exchange.workbook.sheets import FilledCell, Sheet
from insek_core.plan import TABLES, Plan
from insek_core.plan.columns import Column
from insek_core.plan.errors import Finding, Severity
from insek_core.plan.german import count, quoted
from insek_core.plan.record import Record, columns_of
from insek_core.plan.units import FACTOR_GERMAN, other_unit, stated_units, without_unit

HEADER_ROWS = 20
MONEY = ("money", "years")
_ABOUT_UNITS = re.compile(r"\b(in|angaben?|beträge|betrag|werte|einheit)\b", re.I)
_COULD_BE_UNIT = re.compile(r"€|eur|tsd|tausend|mio|mill|mrd", re.I)
_WORDS_BESIDE = re.compile(r"\b(alle|angaben?|beträge|betrag|werte|einheit|in|je|sind)\b|[\W\d]", re.I)
Place = tuple[Sheet, int, dict[int, Column]]  # sheet, row, which column is which
Places = dict[tuple[str, str], Place]  # by table and record


@dataclass
class Notes:
    """What has been read so far."""

    base: Plan
    findings: list[Finding]
    places: Places
    again: dict[tuple[str, str], list[Place]] = field(default_factory=dict)  # rows whose id stands further up already
    unread: set[tuple[str, str]] = field(default_factory=set)  # sheet and cell of what could not be read
    without_id: list[tuple[Sheet, int, int]] = field(default_factory=list)  # sheet, row, and the column of the ids

    def places_of(self, key: tuple[str, str]) -> list[Place]:
        """The rows that state an id of a table, from the top; none for a record that is not in the workbook."""
        return [self.places[key], *self.again.get(key, ())] if key in self.places else []

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


@dataclass(frozen=True)
class Head:
    """Where the headings of a sheet stand, which column is which, and what amounts in it are multiplied by (only where
    a heading says it).
    """

    row: int
    columns: dict[int, Column]
    factors: dict[int, int] = field(default_factory=dict)

    @property
    def id_at(self) -> int:
        """The column of the ids."""
        return next(at for at, column in self.columns.items() if column.name == "id")


def header_row(sheet: Sheet, kind: type[Record]) -> int | None:
    """The row among the first that holds the most headings of the table, the id's among them; None if there is none."""
    headings = {normal(c.heading) for c in columns_of(kind)} | {c.name for c in columns_of(kind)}
    best = (0, 0)
    for row in sorted(sheet.rows)[:HEADER_ROWS]:
        words = {normal(cell.content) for cell in sheet.rows[row].values()}
        if words & {"kennung", "id"} and len(words & headings) > best[0]:
            best = (len(words & headings), row)
    return best[1] or None


def _named(text: str, kind: type[Record]) -> Column | None:
    """The column a heading names: as it is, without its unit, or without what stands in brackets behind it."""
    named = {normal(name): c for c in columns_of(kind) for name in (*c.was, c.name, c.heading)}
    plain = without_unit(text)
    words = (text, plain, *(re.sub(r"\s*[(\[].*[)\]]$", "", word.strip()) for word in (text, plain)))
    return next((named[normal(word)] for word in words if normal(word) in named), None)


def _columns(sheet: Sheet, kind: type[Record], header: int, reading: Notes) -> dict[int, Column]:
    """Which column of the sheet is which column of the table; doubled and unknown headings are said."""
    found: dict[int, Column] = {}
    for at, cell in sheet.rows[header].items():
        column = _named(str(cell.content), kind)
        if column is None:
            told = f"Die Spalte {quoted(str(cell.content))} ist unbekannt und wird nicht übernommen."
            reading.say("notice", sheet, cell.address, told, "Überschrift prüfen.")
        elif column in found.values():
            told = f"Die Überschrift „{column.heading}“ steht zweimal."
            reading.say("error", sheet, cell.address, told, "Eine der Spalten löschen oder umbenennen.")
        else:
            found[at] = column
    return found


def _gaps(sheet: Sheet, kind: type[Record], header: int, found: dict[int, Column], reading: Notes) -> None:
    """Content under no heading is an error, a column of the table that is not there is said."""
    used = {at for row, cells in sheet.rows.items() if row > header for at in cells}
    for at in sorted(used - set(sheet.rows[header])):
        cell = next(cells[at] for row, cells in sorted(sheet.rows.items()) if row > header and at in cells)
        told = "Diese Spalte hat Inhalt, aber keine Überschrift."
        reading.say("error", sheet, cell.address, told, "Überschrift ergänzen oder Inhalt löschen.")
    absent = [c.heading for c in columns_of(kind) if c not in found.values() and c.name != "id"]
    if absent:
        told = f"Ohne {count(len(absent), 'Spalte', 'Spalten')} ({', '.join(absent)})"
        reading.say("notice", sheet, "", f"{told}; diese Angaben bleiben, wie sie sind.")


def _factor(sheet: Sheet, cell: FilledCell, column: Column, reading: Notes) -> int | None:
    """What the heading of an amount says it is multiplied by (None: nothing); what could be a unit and is none we know
    is asked.
    """
    text = str(cell.content)
    if normal(text) == normal(column.heading):
        return None
    stated = {factor for factor, _, _ in stated_units(text)}
    stated = stated - {1} or stated
    if len(stated) > 1 or other_unit(text) or (column.kind.name == "years" and stated - {1}):
        told = f"{quoted(text)}: In welcher Einheit die Beträge stehen, ist nicht klar."
        reading.say("error", sheet, cell.address, told, f"Bitte „{column.heading}“ in Euro oder z. B. „Betrag (T€)“.")
        return None
    factor = next(iter(stated), None)
    if factor not in (None, 1):
        told = f"{quoted(text)}: Die Beträge dieser Spalte werden als {FACTOR_GERMAN[factor or 1]} gelesen."
        reading.say("warning", sheet, cell.address, told, "Bitte die Beträge unter den Änderungen prüfen.")
    return factor


def _title_units(sheet: Sheet, head: Head, reading: Notes) -> None:
    """A unit above the table is asked wherever a heading of an amount does not say the same."""
    money = [at for at, column in head.columns.items() if column.kind.name in MONEY]
    for cell in (cell for row in sorted(sheet.rows) if row < head.row for cell in sheet.rows[row].values()):
        text = cell.content if isinstance(cell.content, str) else ""
        stated = {factor for factor, _, _ in stated_units(text)}
        odd = bool(_ABOUT_UNITS.search(text)) and bool(other_unit(text))
        if money and (odd or any(head.factors.get(at, 1) != factor for at in money for factor in stated)):
            words = " und ".join(FACTOR_GERMAN[factor] for factor in sorted(stated)) or "einer unbekannten Einheit"
            reading.say(
                "error",
                sheet,
                cell.address,
                f"{quoted(text)}: Beträge stehen in {words}, die Überschriften sagen es nicht.",
                "Bitte die Einheit in die Überschrift schreiben, z. B. „Betrag (T€)“, oder Beträge in Euro eintragen "
                "und den Hinweis löschen.",
            )


def _units_beside(sheet: Sheet, head: Head, reading: Notes) -> None:
    """A unit in a cell of its own, beside or below the amounts, is asked: nobody knows which amounts it means."""
    money = {at for at, column in head.columns.items() if column.kind.name in MONEY}
    for row in (row for row in sorted(sheet.rows) if money and row > head.row):
        for at, cell in sheet.rows[row].items():
            text = cell.content if at not in money and isinstance(cell.content, str) else ""
            if not text or len(text) > 60 or not _COULD_BE_UNIT.search(text):
                continue
            thousands = any(factor != 1 for factor, _, _ in stated_units(text))
            if thousands and not _WORDS_BESIDE.sub("", without_unit(text)):
                told = f"{quoted(text)} steht in einer eigenen Zelle; für welche Beträge es gilt, ist nicht klar."
                reading.say(
                    "error", sheet, cell.address, told, "Bitte die Einheit in die Überschrift des Betrags schreiben."
                )


def _merged(sheet: Sheet, head: Head, reading: Notes) -> None:
    """Merged cells in the table keep the first value and lose the others."""
    for where, first, last, top, bottom in sheet.merged:
        across = any(first <= at <= last for at in head.columns)
        if across and bottom > head.row and any(top <= row <= bottom for row in sheet.rows):
            told = "Die Zellen sind verbunden; nur die erste behält ihren Wert, die anderen wären leer."
            reading.say(
                "error", sheet, where, told, "Bitte den Verbund aufheben und in jede Zelle ihren Wert schreiben."
            )


def likely_table(sheet: Sheet, absent: Sequence[type[Record]]) -> type[Record] | None:
    """The table that a sheet of another name probably is, of those that the workbook lacks: by its headings, else by
    its name. None: by neither.
    """
    best: tuple[int, type[Record] | None] = (3, None)  # three headings, of which the id and Beleg stand on every sheet
    for kind in absent:
        row = header_row(sheet, kind)
        words = [str(cell.content) for cell in sheet.rows[row].values()] if row else []
        own = sum(_named(word, kind) is not None for word in words)
        if own > best[0] and own >= 0.6 * len(words):
            best = own, kind
    names = {normal(kind.sheet): kind for kind in absent}
    close = get_close_matches(normal(sheet.name), names, 1, 0.75)
    return best[1] or (names[close[0]] if close else None)


def head_of(sheet: Sheet, kind: type[Record], reading: Notes) -> Head | None:
    """The head of a table's sheet; None, with a finding, where no column holds the ids."""
    row = header_row(sheet, kind)
    if row is None:
        reading.say("error", sheet, "", "Die Spalte „Kennung“ fehlt.", "Überschriftenzeile mit „Kennung“ ergänzen.")
        return None
    if sheet.hidden:
        reading.say("notice", sheet, "", "Das Blatt ist ausgeblendet und wird mitgelesen.")
    columns = _columns(sheet, kind, row, reading)
    _gaps(sheet, kind, row, columns, reading)
    amounts = {at: column for at, column in columns.items() if column.kind.name in MONEY}
    stated = {at: _factor(sheet, sheet.rows[row][at], column, reading) for at, column in amounts.items()}
    head = Head(row, columns, {at: factor for at, factor in stated.items() if factor is not None})
    for look in (_title_units, _units_beside, _merged):
        look(sheet, head, reading)
    return head
