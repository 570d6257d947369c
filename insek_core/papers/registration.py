"""The registration for the budget form as a workbook."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from insek_core.rules.registration import Registration
from insek_core.views.variants import AMOUNT_IF_GROWING, registrations

WIDTHS = {"Amt": 34, "Produkt oder PSP-Element": 26, "Begründung": 60, "Fehlt noch": 40}


def registration_workbook(
    rows: Sequence[Registration], changes: Sequence[str], if_ceiling: str, name: str = ""
) -> bytes:
    """The rows as .xlsx bytes, one a line of the form; above them the `name` of the plan, what the Variante changes
    and, where the two cases of the ceiling differ, the condition of the first. Unknown amounts stay empty.
    """
    table = registrations(rows)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Haushaltsanmeldung"
    sheet.append([f"Haushaltsanmeldung {name}".rstrip()])
    sheet.append([f"Variante: {'; '.join(changes)}" if changes else "Nach dem Plan, ohne Änderungen"])
    open_ = if_ceiling and AMOUNT_IF_GROWING in table.columns
    sheet.append([f"Der Betrag gilt, {if_ceiling}; welcher Fall gilt, ist ungeklärt."] if open_ else [])
    sheet.append(table.columns)
    for line in table.to_sheet_rows():
        sheet.append(line)
    for cell in sheet[4]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="E4E7EB")
    for column, (name, unit) in enumerate(zip(table.columns, table.units, strict=True), 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 18)
        for (cell,) in sheet.iter_rows(5, min_col=column, max_col=column):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if unit == "euro":
                cell.number_format = '#,##0.00\\ "€"'
            if cell.data_type == "f":  # a product or reason that starts like a formula stays text
                cell.data_type = "s"
    sheet["A1"].font, sheet.freeze_panes = Font(bold=True, size=14), "A5"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
