"""Lists to take home: tables as they are shown, one sheet each, with what they are and what they rest on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.rules.goals.balance import programme_counts, threads
from insek_core.rules.goals.gaps import Gap, GapFilter
from insek_core.rules.goals.sentences import coverage_sentence, gaps_sentence
from insek_core.rules.goals.system import goal_system
from insek_core.views import goalsheets, goaltables
from insek_core.views.table import SheetCell, Table

MONEY_FORMAT = '#,##0.00\\ "€"'
_HEAD = PatternFill("solid", fgColor="DDE6F0")
Facts = Sequence[tuple[str, str]]


def _set(sheet: Worksheet, row: int, column: int, value: SheetCell, *, bold: bool = False) -> None:
    """Put a value into a cell; text that starts like a formula stays text."""
    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value) if isinstance(value, str) else value
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        cell.data_type, cell.quotePrefix = "s", value[:1] in "=+-@"
    if bold:
        cell.font, cell.fill = Font(bold=True), _HEAD


def _fill(sheet: Worksheet, table: Table) -> None:
    for at, heading in enumerate(table.columns, 1):
        _set(sheet, 1, at, heading, bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = 30
    for row, cells in enumerate(table.to_sheet_rows(), 2):
        for at, value in enumerate(cells, 1):
            _set(sheet, row, at, value)
            if table.units[at - 1] == "euro":
                sheet.cell(row, at).number_format = MONEY_FORMAT
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}1"


def list_workbook(facts: Facts, *tables: tuple[str, Table]) -> bytes:
    """The tables as .xlsx bytes, after a sheet with what they are: plan version, day of status, filters, what is
    assumed. It is to read: what comes back is the workbook of an office.
    """
    book = Workbook()
    first = book.worksheets[0]
    first.title = "Hinweise"
    for row, (label, text) in enumerate(facts, 1):
        _set(first, row, 1, label, bold=True)
        _set(first, row, 2, text)
    first.column_dimensions["A"].width, first.column_dimensions["B"].width = 26, 110
    for title, table in tables:
        _fill(book.create_sheet(title[:31]), table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _filters(plan: Plan, wanted: GapFilter) -> str:
    """What a list is narrowed by, in words."""
    parts = (
        ("Art", ", ".join(wanted.types)),
        ("Von wem", wanted.office),
        ("Zielbereich", plan.name(wanted.area)),
        ("Thema", plan.name(wanted.theme)),
        ("Ortsteil", plan.name(wanted.district)),
    )
    return "; ".join(f"{label}: {text}" for label, text in parts if text) or "keine"


def gap_list(plan: Plan, today: date, version: int, wanted: GapFilter, shown: tuple[Gap, ...]) -> bytes:
    """What the goals lack, as a workbook to read: the gaps that are shown, their numbers, and of their goals the
    ladder, the contributions, the work programme and what hangs on one thread.
    """
    found, ids = goal_system(plan), {gap.goal.id for gap in shown}
    part = replace(
        found,
        ladders=tuple(ladder for ladder in found.ladders if ladder.goal.id in ids),
        weights={pair: weight for pair, weight in found.weights.items() if pair[0] in ids},
    )
    told = (gaps_sentence(shown, shown), coverage_sentence(plan, found))
    assumed = sum(gap.assumed for gap in shown)
    facts = (
        ("Liste", f"Was fehlt, und von wem? {plan.title}"),
        ("Planstand", f"Version {version}"),
        ("Stichtag", show_date(today)),
        ("Filter", _filters(plan, wanted)),
        *(("Stand", sentence.text + (" (beruht auf Annahmen)" if sentence.assumed else "")) for sentence in told),
        (
            "Annahmen",
            f"{assumed} dieser Lücken haben einen Nachweis, der nur angenommen ist; sie stehen als unbekannt.",
        ),
    )
    goals = [goal for goal in plan.goals if goal.id in ids]
    alone = [c for c in threads(plan, found.coverage.goals) if c.goal in ids]
    return list_workbook(
        facts,
        ("Lücken", goaltables.gaps(plan, shown)),
        ("Gezählt", goaltables.gap_numbers(plan, shown)),
        ("Leiter", goaltables.ladder(plan, part)),
        ("Zielbeiträge", goaltables.matrix(plan, part)),
        ("Arbeitsprogramm", goalsheets.programme_table(plan, programme_counts(plan, goals))),
        ("An einem Faden", goalsheets.thread_table(plan, alone)),
    )
