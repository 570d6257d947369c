"""The bytes of a table as rows of cells: text with commas, semicolons or tabs, or the sheet of a workbook."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from typing import cast

from python_calamine import CalamineWorkbook

from insek_core.exchange.statistics.headings import HEAD_WITHIN, Headings, find_headings
from insek_core.exchange.workbook.envelope import check_envelope
from insek_core.plan.errors import Problem

MAX_FILE, MAX_ROWS = 60 * 2**20, 1_500_000
SIGNS = (";", "\t", ",", "|")
NO_TABLE = (
    "Die Datei enthält keine Tabelle mit Gebieten und Jahren.",
    "Nötig sind Überschriften: „Gebiet“ oder „Schlüssel“ mit Jahren als Spalten, oder dazu „Jahr“ und „Wert“.",
)
FOREIGN = "Das ist keine Tabelle als Text, sondern eine Datei mit Steuerzeichen.", "Bitte als CSV (UTF-8) speichern."
Cells = list[object]


@dataclass(frozen=True)
class Rows:
    """A table as it stands in a file: headings, the rows below with the line each begins in, and how it was read."""

    headings: Headings
    rows: list[Cells]
    lines: list[int]
    sheet: str = ""
    encoding: str = ""


def text_of(data: bytes) -> tuple[str, str]:
    """The text of a file and how it was encoded; what is no Unicode is taken for Windows-1252, as Excel writes it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError as error:
            raise Problem(*FOREIGN) from error
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"


def _parted(text: str, sign: str, most: int | None = None) -> tuple[list[Cells], list[int]]:
    """The rows of a text that are not empty, and the lines they end in."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign)
    rows = cast(list[Cells], list(islice(reader, most)))
    if reader.line_num == len(rows) and all(rows):
        return rows, list(range(1, len(rows) + 1))
    again = csv.reader(StringIO(text, newline=""), delimiter=sign)
    kept: list[tuple[int, Cells]] = [(again.line_num, [*row]) for row in islice(again, most) if row]
    return [row for _, row in kept], [line for line, _ in kept]


def text_rows(data: bytes) -> Rows:
    """The table of a text. Raises Problem in German where there is none in it."""
    text, encoding = text_of(data)
    if "\0" in text[:4096]:
        raise Problem(*FOREIGN)
    top = "".join(islice(StringIO(text, newline=""), HEAD_WITHIN))[:100_000]
    try:
        tried = ((sign, find_headings([[str(c) for c in row] for row in _parted(top, sign)[0]])) for sign in SIGNS)
        sign = next((sign for sign, found in tried if found), "")
        if not sign:
            raise Problem(*NO_TABLE)
        rows, lines = _parted(text, sign, MAX_ROWS + 1)
    except csv.Error as error:
        remedy = "Bitte die Anführungszeichen in der Datei prüfen oder sie neu als CSV speichern."
        raise Problem("Die Tabelle lässt sich nicht in Spalten teilen: Eine Zelle ist zu lang.", remedy) from error
    return _below(rows, lines, "", encoding)


def _below(rows: list[Cells], lines: list[int], sheet: str, encoding: str = "") -> Rows:
    headings = find_headings([[_word(cell) for cell in row] for row in rows[:HEAD_WITHIN]])
    if headings is None:
        raise Problem(*NO_TABLE)
    if len(rows) > MAX_ROWS:
        raise Problem(f"Die Tabelle hat mehr als {MAX_ROWS:,} Zeilen.".replace(",", "."), "Bitte die Datei teilen.")
    return Rows(headings, rows[headings.row + 1 :], lines[headings.row + 1 :], sheet, encoding)


def _word(cell: object) -> str:
    """A cell as text; a whole number without decimals, as a person would write it."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else str(cell)


def _sheets(data: bytes) -> Iterator[tuple[str, list[Cells]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        yield name, [list(row) for row in rows]


def sheet_rows(data: bytes) -> Rows:
    """The first sheet of a workbook that is a table of areas and years. Raises Problem in German where none is."""
    check_envelope(data, cells=MAX_ROWS * 2, row=2**20)
    try:
        for name, rows in _sheets(data):
            if find_headings([[_word(cell) for cell in row] for row in rows[:HEAD_WITHIN]]):
                kept = [(n, row) for n, row in enumerate(rows, 1) if any(cell != "" for cell in row)]
                return _below([row for _, row in kept], [n for n, _ in kept], name)
    except (Problem, MemoryError):
        raise
    except Exception as error:  # the reader fails in many ways on broken workbooks; each is the file's fault
        raise Problem("Die Mappe lässt sich nicht lesen; ihr Inhalt ist beschädigt.", "Bitte neu speichern.") from error
    raise Problem(*NO_TABLE)
