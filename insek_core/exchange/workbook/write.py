"""The plan as a clerk's Excel workbook: one German sheet a table, dropdowns, notes, the version it was written from."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from insek_core.plan import TABLES, Plan
from insek_core.plan.columns import Column
from insek_core.plan.record import Record, columns_of
from insek_core.plan.values import write_fuzzy, write_span
from insek_core.plan.version import Origin

HINTS, DICTIONARY, LISTS, WORDING, GAPS = "Hinweise", "Datenwörterbuch", "Listen", "Wortlaut", "Lücken"
PROGRAM = "Cockpit"  # who writes the notes
VERSION_LABEL, OFFICE_LABEL = "Planstand (Version)", "Rücklauf von"
PLAN_LABEL, DIGEST_LABEL = "Kennung der Planung", "Prüfsumme des Planstands"
HintRow = tuple[str, str]  # of the first sheet: a label and what it says
UNSAID, NO_EXAMPLES = Origin(), Plan()
EXACT = 2**53  # whole numbers above have no exact Excel number
MONEY_FORMAT = '#,##0.00\\ "€"'
_HEAD = PatternFill("solid", fgColor="DDE6F0")
_SPARE_ROWS = 200  # rows below the last entry that still have dropdowns


def cell_value(column: Column, value: Any) -> Any:
    """What an Excel cell holds for a value: number or date where Excel keeps it exactly, else German text; None if
    missing.
    """
    if value is None or value == column.kind.empty:
        return None
    kind = column.kind.name
    if kind == "money" and abs(value) < 10**13:
        return value / 100
    if kind == "whole" and abs(value) < EXACT:
        return value
    if kind == "number" and float(f"{value:.16g}") == value:  # Excel files keep 16 digits
        return float(value)
    if kind == "day" and value >= date(1900, 3, 1):  # Excel's calendar has a 29.02.1900
        return value
    if kind == "fuzzy":
        return write_fuzzy(value)
    return write_span(value) if kind == "span" else column.show(value)


def _set(cell: Any, value: Any) -> None:
    """Put a value into a cell; text that starts like a formula stays text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@"


def _examples(column: Column, rows: Iterable[Record]) -> str:
    """What two rows of another plan have in a column, for the note at its heading; empty if nothing."""
    told = [column.show(getattr(row, column.name)) for row in rows]
    return "; ".join(text if len(text) <= 60 else f"{text[:59]}…" for text in told if text)


def _header(sheet: Worksheet, columns: tuple[Column, ...], examples: tuple[Record, ...] = ()) -> None:
    for n, column in enumerate(columns, 1):
        cell = sheet.cell(1, n, column.heading)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, Alignment(wrap_text=True, vertical="top")
        told = [
            column.meaning,
            f"Einheit: {column.unit}" if column.unit else "",
            column.kind.german,
            "Pflichtfeld" if column.required else "",
            f"Zum Beispiel: {shown}" if (shown := _examples(column, examples)) else "",
        ]
        cell.comment = Comment("\n".join(part for part in told if part), PROGRAM, width=260, height=120)
        width = {"text": 34, "open_choice": 34, "refs": 26, "ref": 22, "fuzzy": 24, "choice": 20}.get(
            column.kind.name, 16
        )
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.freeze_panes = "C2" if len(columns) > 2 else "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"


def _choices(column: Column) -> tuple[str, ...]:
    if column.kind.name == "flag":
        return ("ja", "nein")
    return tuple(label for _, label in column.labels) or column.allowed if column.kind.name == "choice" else ()


def _dropdowns(sheet: Worksheet, kind: type[Record], rows: int, lists: Worksheet, sheets: set[str]) -> None:
    """Dropdowns for allowed values, and for references to one table the ids of its sheet."""
    for n, column in enumerate(columns_of(kind), 1):
        choices, formula = _choices(column), ""
        if choices:
            at = lists.max_column + 1 if lists.cell(1, 1).value else 1
            for row, choice in enumerate((f"{kind.sheet}.{column.heading}", *choices), 1):
                _set(lists.cell(row, at), choice)
            letter = get_column_letter(at)
            formula = f"'{LISTS}'!${letter}$2:${letter}${len(choices) + 1}"
        elif column.kind.name == "ref" and len(column.tables) == 1 and TABLES[column.tables[0]].sheet in sheets:
            formula = f"'{TABLES[column.tables[0]].sheet}'!$A$2:$A$5000"
        if formula:
            rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=bool(choices))
            rule.errorTitle, rule.error = "Nicht vorgesehen", "Bitte einen Wert aus der Liste wählen."
            sheet.add_data_validation(rule)
            letter = get_column_letter(n)
            rule.add(f"{letter}2:{letter}{rows + 1 + _SPARE_ROWS}")


def _fill(sheet: Worksheet, kind: type[Record], rows: Iterable[Record], examples: tuple[Record, ...] = ()) -> None:
    columns = columns_of(kind)
    _header(sheet, columns, examples)
    for at, record in enumerate(rows, 2):
        for n, column in enumerate(columns, 1):
            value = cell_value(column, getattr(record, column.name))
            if value is None:
                continue
            cell = sheet.cell(at, n)
            _set(cell, value)
            if isinstance(value, date):
                cell.number_format = "DD.MM.YYYY"
            elif column.kind.name == "money" and not isinstance(value, str):
                cell.number_format = MONEY_FORMAT


def _hints(sheet: Worksheet, title: str, version: int, origin: Origin, office: str, notices: Iterable[HintRow]) -> None:
    lines = [
        ("Planung als Arbeitsmappe", title),
        (VERSION_LABEL, version),
        (OFFICE_LABEL, office or "alle Ämter"),
        (PLAN_LABEL, origin.plan_id),
        (DIGEST_LABEL, origin.digest),
        *notices,
        ("", ""),
        (
            "Eintragen",
            "Je Blatt eine Tabelle, je Zeile ein Eintrag. Die Kennung bleibt; neue Einträge bekommen eine neue.",
        ),
        ("Beträge", "In Euro, z. B. 12.345,67; in Tausend nur mit Einheit: 12,5 T€ oder eine Spalte „Betrag (T€)“."),
        ("Zeitangaben", "20.05.2026 oder in Worten: Herbst 2026, Ende 2026, erste Jahreshälfte 2027, offen."),
        ("Anzahlen", "4, 4–5, ca. 7, max. 30–35 oder offen."),
        ("Verweise", "Mit der Kennung des anderen Eintrags, mehrere mit Semikolon."),
        ("Leere Zelle", "Heißt unbekannt, nicht 0."),
        (
            "Entfernen",
            "Eine gelöschte Zeile entfernt den Eintrag; ein gelöschtes Blatt lässt seine Tabelle, wie sie ist.",
        ),
        ("Statistik", "Indikatorwerte und Umrisse liegen nur in der Datenbank und stehen nicht in dieser Mappe."),
    ]
    for row, (label, text) in enumerate(lines, 1):
        sheet.cell(row, 1, label).font = Font(bold=True)
        _set(sheet.cell(row, 2), text)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 110


def _dictionary(sheet: Worksheet) -> None:
    heads = ("Blatt", "Spalte", "Art", "Einheit", "Bedeutung", "Erlaubt")
    for n, head in enumerate(heads, 1):
        sheet.cell(1, n, head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(n)].width = 28
    row = 2
    for kind in TABLES.values():
        for column in columns_of(kind):
            allowed = ", ".join(_choices(column)) or ", ".join(TABLES[t].sheet for t in column.tables if t in TABLES)
            for n, value in enumerate(
                (kind.sheet, column.heading, column.kind.german, column.unit, column.meaning, allowed), 1
            ):
                _set(sheet.cell(row, n), value)
            row += 1
    sheet.freeze_panes = "A2"


def _wording(sheet: Worksheet, paper: tuple[str, ...]) -> None:
    """The council paper line by line, with the numbers that sources cite."""
    for n, head in enumerate(("Zeile", "Text"), 1):
        sheet.cell(1, n, head).font = Font(bold=True)
    for number, line in enumerate(paper, 1):
        sheet.cell(number + 1, 1, number)
        if line.strip():
            _set(sheet.cell(number + 1, 2), ILLEGAL_CHARACTERS_RE.sub(" ", line))
    sheet.column_dimensions["B"].width = 120


def _listed(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """A sheet that is only to be read: headings and rows of text."""
    for at, cells in enumerate(rows, 1):
        for n, text in enumerate(cells, 1):
            _set(sheet.cell(at, n), ILLEGAL_CHARACTERS_RE.sub(" ", text))
            sheet.cell(at, n).alignment = Alignment(wrap_text=True, vertical="top")
            if at == 1:
                sheet.cell(at, n).font, sheet.cell(at, n).fill = Font(bold=True), _HEAD
                sheet.column_dimensions[get_column_letter(n)].width = 32
    sheet.freeze_panes = "B2"


def write_workbook(
    plan: Plan,
    version: int,
    origin: Origin = UNSAID,
    *,
    office: str = "",
    tables: Iterable[str] = TABLES,
    paper: tuple[str, ...] = (),
    examples: Plan = NO_EXAMPLES,
    notices: Iterable[HintRow] = (),
    gaps: Sequence[Sequence[str]] = (),
) -> bytes:
    """The plan as .xlsx bytes: sheets of the tables, Hinweise with the version, data dictionary, hidden lists for
    dropdowns.

    `origin` says which plan and state that version is, for its number alone says it to this database only. `office`
    marks a return workbook; `plan` then holds only that office's rows. `paper` are the lines of the council paper,
    for a sheet of their own; `examples` a plan whose first two rows of each table stand in the notes at the headings;
    `notices` more of the first sheet; `gaps` the rows of a sheet to read: what is missing from the office.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    hints = book.create_sheet(HINTS)
    _hints(hints, plan.title, version, origin, office, notices)
    if gaps:
        _listed(book.create_sheet(GAPS), gaps)
    lists = book.create_sheet(LISTS)
    wanted = {table: TABLES[table] for table in tables}
    sheets = {kind.sheet for kind in wanted.values()}
    for table, kind in wanted.items():
        sheet = book.create_sheet(kind.sheet)
        rows = plan.rows(table)
        _fill(sheet, kind, rows, examples.rows(table)[:2])
        _dropdowns(sheet, kind, len(rows), lists, sheets)
    if paper:
        _wording(book.create_sheet(WORDING), paper)
    _dictionary(book.create_sheet(DICTIONARY))
    lists.sheet_state = "hidden"
    book.move_sheet(lists, len(book.sheetnames))
    out = BytesIO()
    book.save(out)
    return out.getvalue()
