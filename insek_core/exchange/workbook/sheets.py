"""Raw cells of a workbook: what stands where, with formulas, errors and hidden parts told apart. No meaning yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from insek_core.exchange.apart import parse_apart
from insek_core.exchange.workbook.envelope import MAX_CELLS, MAX_COLUMN, MAX_ROW, NotAWorkbook, check_envelope
from insek_core.plan.units import number_format_factor

MAX_SECONDS = 10.0  # the largest workbook the envelope lets through takes about half of it
Content = object  # str, int, float, bool, date, datetime, and whatever else openpyxl finds


@dataclass(frozen=True)
class FilledCell:
    """One filled cell: its address (C7), content and how it came by it: value, formula, error, or empty formula.

    `factor` is what its number format makes of it: 1000 where it writes T€ behind it; None: no unit. `indent` is how
    far its text is set in.
    """

    address: str
    content: Content
    state: str = "value"
    factor: int | None = None
    indent: int = 0


@dataclass
class Sheet:
    """Filled cells by row and column (both from 1), and which rows are hidden."""

    name: str
    hidden: bool
    rows: dict[int, dict[int, FilledCell]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[tuple[str, int, int, int, int], ...] = ()  # B2:B5, and its first and last column and row

    def text(self, row: int, column: int) -> str:
        """The content of a cell as trimmed text; empty if there is none."""
        cell = self.rows.get(row, {}).get(column)
        return str(cell.content).strip() if cell and cell.content is not None else ""


def _stored_values(data: bytes, name: str) -> dict[tuple[int, int], object]:
    """The values a sheet's formulas had when it was saved, by position; positions without one are missing."""
    try:
        rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(name).to_python(skip_empty_area=False)
    except Exception:  # the faster reader is stricter than openpyxl; without it formulas count as unsaved
        return {}
    return {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value != ""}


def _check_far_cells(sheet: Worksheet) -> None:
    """Before anything else is done with the cells: the faster reader makes room for all up to the farthest."""
    for (row, column), cell in sheet._cells.items():
        if (row > MAX_ROW or column > MAX_COLUMN) and str(cell.value or "").strip():
            raise NotAWorkbook(
                f"Blatt {sheet.title}: Die Zelle {get_column_letter(column)}{row} liegt weit außerhalb jeder Tabelle.",
                "Bitte überzählige Zeilen und Spalten löschen.",
            )


_factor = lru_cache(maxsize=1_000)(number_format_factor)


def _cells(sheet: Worksheet, data: bytes) -> Iterator[tuple[int, int, FilledCell]]:
    stored: dict[tuple[int, int], object] | None = None
    for (row, column), cell in sheet._cells.items():  # sparse: iter_rows would walk a million formatted empty rows
        value, address = cell.value, f"{get_column_letter(column)}{row}"
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if cell.data_type == "f":
            stored = _stored_values(data, sheet.title) if stored is None else stored
            found = stored.get((row, column))
            state = (
                "error"
                if isinstance(found, str) and found.startswith("#")
                else "formula"
                if found is not None
                else "unsaved"
            )
            yield row, column, FilledCell(address, found, state, _factor(cell.number_format))
        else:
            state = "error" if cell.data_type == "e" else "value"
            indent = int(cell.alignment.indent) if isinstance(value, str) and cell.has_style else 0
            yield row, column, FilledCell(address, value, state, _factor(cell.number_format), indent)


def _sheet(sheet: Worksheet, data: bytes) -> Sheet:
    _check_far_cells(sheet)
    hidden = frozenset(row for row, size in sheet.row_dimensions.items() if size.hidden)
    merged = tuple((str(m.coord), m.min_col, m.max_col, m.min_row, m.max_row) for m in sheet.merged_cells.ranges)
    found = Sheet(sheet.title, sheet.sheet_state != "visible", hidden_rows=hidden, merged=merged)
    for row, column, cell in sorted(_cells(sheet, data), key=lambda item: item[:2]):
        found.rows.setdefault(row, {})[column] = cell
    return found


def read_sheets(data: bytes) -> list[Sheet]:
    """All worksheets with their filled cells. Raises NotAWorkbook with a German message if the bytes are none, or
    nothing that can be read within bounds.
    """
    found: list[Sheet] = parse_apart("workbook", "", data, refusal=NotAWorkbook, seconds=MAX_SECONDS)
    return found


def parse_sheets(data: bytes) -> list[Sheet]:
    """The same in this process, where foreign libraries can do harm: only `parsers.py` calls it."""
    check_envelope(data)
    try:
        book = load_workbook(BytesIO(data))
        sheets = [_sheet(sheet, data) for sheet in book.worksheets]
    except (NotAWorkbook, MemoryError):
        raise
    except Exception as error:  # openpyxl fails in many ways on files it does not expect; each is the file's fault
        raise NotAWorkbook(
            "Die Mappe lässt sich nicht lesen; ihr Inhalt ist beschädigt.",
            "Bitte noch einmal speichern oder neu zusenden lassen.",
        ) from error
    if sum(len(row) for sheet in sheets for row in sheet.rows.values()) > MAX_CELLS:
        raise NotAWorkbook("Die Mappe hat zu viele Zellen.", "Bitte nur die Blätter der Planung einlesen.")
    return sheets
