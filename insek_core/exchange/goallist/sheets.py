"""The lines of a list that stands in a workbook: which sheet, which column holds the words, which the number or
level.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from openpyxl.utils import get_column_letter

from insek_core.exchange.goallist.lines import KIND_WORDS, ListLine, clean, marked
from insek_core.exchange.workbook.cells import value_of
from insek_core.exchange.workbook.envelope import MAX_COLUMN
from insek_core.exchange.workbook.headings import HEADER_ROWS, header_row, kind_of, normal
from insek_core.exchange.workbook.sheets import FilledCell, Sheet
from insek_core.plan.content import Goal
from insek_core.plan.errors import Finding, Unreadable
from insek_core.plan.german import quoted, show_date
from insek_core.plan.record import columns_of

NUMBER_HEADS = {"nr", "nr.", "nummer", "ziffer", "gliederung", "gliederungsnummer", "lfd. nr.", "lfd.nr."}
LEVEL_HEADS = {"ebene", "stufe", "level", "gliederungsebene", "tiefe"}
KIND_HEADS = {"art", "typ", "zielart"}
TEXT_HEADS = {"wortlaut", "text", "zieltext", "zieltexte", "bezeichnung", "name", "formulierung", "zielformulierung"}
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,5}|[A-Za-z]|[IVX]{1,5})[.):]?")
_NAME = next(column for column in columns_of(Goal) if column.name == "name")


@dataclass
class Roles:
    """Which columns of a sheet are what, and the row of the headings (0: none)."""

    head: int
    texts: list[int]
    number: int = 0
    level: int = 0
    kind: int = 0


def _told(sheet: Sheet, cell: str, level: str, message: str, remedy: str = "") -> Finding:
    where = f"Blatt {sheet.name}" + (f", Zelle {cell}" if cell else "")
    return ListLine(text="", place=where, sheet=sheet.name, cell=cell).finding(level, message, remedy)


def _headed(sheet: Sheet, row: int) -> Roles | None:
    """What the headings of a row say; None where it is no row of headings."""
    words = {at: normal(clean(str(cell.content))) for at, cell in sheet.rows[row].items()}

    def of(names: object) -> list[int]:
        return [at for at, word in words.items() if word in names]  # type: ignore[operator]

    kinds, texts = of(KIND_WORDS), of(TEXT_HEADS)
    if not (kinds or texts):
        return None
    number, level, kind = (of(names)[:1] for names in (NUMBER_HEADS, LEVEL_HEADS, KIND_HEADS))
    goals = [at for at in kinds if KIND_WORDS[words[at]] == "Ziel"]
    columns = sorted({*kinds, *(texts[:1] if not goals else [])})
    return Roles(row, columns, *(at[0] if at else 0 for at in (number, level, kind)))


def _column(sheet: Sheet, at: int) -> list[str]:
    return [sheet.text(row, at) for row in sheet.rows if sheet.text(row, at)]


def _unheaded(sheet: Sheet) -> Roles:
    """What the columns hold where no heading says it: numbers of an outline, words, or neither."""
    columns = sorted({at for cells in sheet.rows.values() for at in cells})
    numbers = [at for at in columns if all(_NUMBER.fullmatch(text) for text in _column(sheet, at))]
    held = {at: _column(sheet, at) for at in columns if at not in numbers}
    texts = [at for at, words in held.items() if 2 * sum(any(map(str.isalpha, text)) for text in words) >= len(words)]
    return Roles(0, texts, numbers[0] if numbers and texts and numbers[0] < texts[0] else 0)


def _stairs(sheet: Sheet, texts: Sequence[int]) -> bool:
    """Whether the rows go down like stairs: nearly each has words in one of the columns alone."""
    filled = [sum(bool(sheet.text(row, at)) for at in texts) for row in sheet.rows]
    return sum(n == 1 for n in filled) >= 0.8 * sum(n > 0 for n in filled)


def _roles(sheet: Sheet) -> Roles:
    heads = (roles for row in sorted(sheet.rows)[:HEADER_ROWS] if (roles := _headed(sheet, row)))
    return next(heads, None) or _unheaded(sheet)


def _words(sheet: Sheet, cell: FilledCell, told: list[Finding]) -> str:
    """The words of a cell; what Excel has made of them is told."""
    try:
        return str(value_of(_NAME, cell))
    except Unreadable as problem:
        told.append(_told(sheet, cell.address, "error", problem.what, problem.remedy))
        return ""


def _number(sheet: Sheet, row: int, roles: Roles, told: list[Finding]) -> str:
    """The number that stands beside the words, as it would be printed."""
    cell = sheet.rows[row].get(roles.number)
    if cell is None or (cell.state in ("error", "unsaved") and not _words(sheet, cell, told)):
        return ""
    if isinstance(cell.content, date):
        message = f"Excel hat aus der Nummer ein Datum gemacht ({show_date(cell.content)})."
        told.append(_told(sheet, cell.address, "error", message, "Spalte als Text formatieren und neu eintragen."))
        return ""
    text = clean(str(cell.content))
    return (text.removesuffix(".0") if isinstance(cell.content, float) else text).rstrip(".:")


def _level(sheet: Sheet, row: int, roles: Roles, told: list[Finding]) -> int:
    text = sheet.text(row, roles.level).removesuffix(".0")
    if not text or re.fullmatch(r"[1-9]", text):
        return int(text or 0)
    cell = sheet.rows[row][roles.level].address
    told.append(_told(sheet, cell, "error", f"{quoted(text)} ist keine Ebene.", "Bitte 1, 2, 3 … eintragen."))
    return 0


def _kind(sheet: Sheet, row: int, roles: Roles, told: list[Finding]) -> str:
    text = sheet.text(row, roles.kind)
    if text and normal(text) not in KIND_WORDS:
        cell, allowed = sheet.rows[row][roles.kind].address, ", ".join(dict.fromkeys(KIND_WORDS.values()))
        told.append(_told(sheet, cell, "error", f"{quoted(text)} ist keine Art von Ziel.", f"Erlaubt: {allowed}."))
    return KIND_WORDS.get(normal(text), "")


def _line(sheet: Sheet, row: int, at: int, roles: Roles, told: list[Finding]) -> ListLine:
    """The line of a cell, with the number, level and kind that stand beside it."""
    cell = sheet.rows[row][at]
    words = _words(sheet, cell, told) or "?"  # what is unread is told already
    line = marked(words, place=f"Blatt {sheet.name}, Zelle {cell.address}", sheet=sheet.name, cell=cell.address)
    raw = cell.content.expandtabs(4) if isinstance(cell.content, str) else ""
    line = replace(line, indent=len(raw) - len(raw.lstrip()) + 2 * cell.indent)
    if number := _number(sheet, row, roles, told):
        beside = marked(f"{number}. x" if number[-1].isalnum() else f"{number} x", place="")
        line = replace(line, number=beside.number or number, style=beside.style or "n")
    if roles.level:
        line = replace(line, level=_level(sheet, row, roles, told))
    kind = (_kind(sheet, row, roles, told) if roles.kind else "") or line.kind
    return replace(line, kind=kind, style=line.style or kind)


def _by_column(sheet: Sheet, roles: Roles, told: list[Finding]) -> Iterator[ListLine]:
    """The lines of columns that are levels; what stands there again, or is left empty, goes on."""
    opened: dict[int, str] = {}
    for row in (row for row in sorted(sheet.rows) if row > roles.head):
        for level, at in enumerate(roles.texts, 1):
            words = sheet.text(row, at)
            if at not in sheet.rows[row] or (words and opened.get(level) == words):
                continue
            opened = {n: text for n, text in opened.items() if n < level} | {level: words}
            head = normal(sheet.text(roles.head, at)) if roles.head else ""
            last = not any(sheet.text(row, other) for other in roles.texts[level:])
            beside = replace(roles, level=0, kind=0, number=roles.number if last else 0)
            line = _line(sheet, row, at, beside, told)
            yield replace(line, level=level, kind=line.kind or KIND_WORDS.get(head, ""))


def _single(sheet: Sheet, roles: Roles, told: list[Finding]) -> Iterator[ListLine]:
    at = roles.texts[0]
    for row in (row for row in sorted(sheet.rows) if row > roles.head):
        if at in sheet.rows[row]:
            yield _line(sheet, row, at, roles, told)
        elif number := _number(sheet, row, roles, told):
            cell, remedy = sheet.rows[row][roles.number].address, "Bitte den Text ergänzen oder die Zeile löschen."
            told.append(_told(sheet, cell, "error", f"Nr. {number} hat keinen Text.", remedy))


def _beside(sheet: Sheet, roles: Roles) -> Iterator[Finding]:
    """What is not read of the sheet is told: columns of other words, hidden rows."""
    used = {*roles.texts, roles.number, roles.level, roles.kind}
    for at in sorted({at for row, cells in sheet.rows.items() if row > roles.head for at in cells} - used):
        rows = [row for row in sorted(sheet.rows) if row > roles.head and at in sheet.rows[row]]
        heading = sheet.text(roles.head, at) if roles.head else ""
        named = f"Die Spalte {quoted(heading)}" if heading else "Diese Spalte"
        message = f"{named} ({len(rows)} Zellen) wird nicht gelesen."
        yield _told(sheet, sheet.rows[rows[0]][at].address, "notice", message)
    if hidden := [row for row in sheet.rows if row in sheet.hidden_rows]:
        yield _told(sheet, "", "notice", f"{len(hidden)} ausgeblendete Zeilen werden mitgelesen.")


def lines_of_sheet(sheet: Sheet) -> tuple[list[ListLine], list[Finding]]:
    """The lines of a sheet, and what is to be told of it; nothing is guessed where several columns could be it."""
    told: list[Finding] = []
    if kind_of(sheet) is Goal and header_row(sheet, Goal):
        remedy = "Bitte ohne „Zieltexte einlesen“ als Arbeitsmappe übernehmen."
        return [], [_told(sheet, "", "error", "Das ist die Tabelle der Ziele aus diesem Programm.", remedy)]
    roles = _roles(sheet)
    if not roles.texts:
        remedy = "Bitte ein Blatt mit einer Spalte voller Zieltexte einlesen."
        return [], [_told(sheet, "", "error", "Keine Spalte enthält Texte.", remedy)]
    several = len(roles.texts) > 1
    if several and not roles.head and not _stairs(sheet, roles.texts):
        what = "Mehrere Spalten enthalten Texte; welche die Ziele sind, sagt keine Überschrift."
        told = [_told(sheet, "", "error", what, "Bitte Überschriften ergänzen, z. B. „Zielbereich“ und „Ziel“.")]
        return [], told
    read = _by_column if several else _single
    lines = list(read(sheet, roles, told))
    return lines, [*told, *_beside(sheet, roles)]


def sheet_of_text(name: str, text: str) -> Sheet | None:
    """A table that was copied out of a workbook, its cells apart by tabs, as a sheet; None where the text is a list:
    only a number or a bullet stands before a tab.
    """
    rows = {n: row.split("\t") for n, row in enumerate(text.splitlines(), 1)}
    words = (
        sum(any(map(str.isalpha, cell)) and not _NUMBER.fullmatch(cell.strip()) for cell in r) for r in rows.values()
    )
    if max(words, default=0) < 2:
        return None
    cells = {
        n: {at: FilledCell(f"{get_column_letter(at)}{n}", cell) for at, cell in enumerate(row, 1) if cell.strip()}
        for n, row in rows.items()
        if len(row) < MAX_COLUMN
    }
    return Sheet(name, False, rows={n: row for n, row in cells.items() if row})


def best_sheet(sheets: Sequence[Sheet], wanted: str) -> Sheet | None:
    """The sheet of this name, else the one with the most words; None where there is none with any."""
    filled = [sheet for sheet in sheets if sheet.rows and wanted in ("", sheet.name)]
    words = {
        id(sheet): sum(len(sheet.text(row, at)) for row in sheet.rows for at in sheet.rows[row]) for sheet in filled
    }
    return max(filled, key=lambda sheet: words[id(sheet)], default=None)
