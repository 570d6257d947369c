"""The registration for the budget form as a workbook."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from insek_core.rules.registration import Registration
from insek_core.views.variants import registrations

WIDTHS = (12, 34, 26, 14, 12, 16, 18, 60, 14, 16, 40)


def registration_workbook(rows: Sequence[Registration], changes: Sequence[str]) -> bytes:
    """The rows as .xlsx bytes, one a line of the form; above them what the Variante changes. Unknown amounts stay
    empty.
    """
    table = registrations(rows)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Haushaltsanmeldung"
    sheet.append(["Haushaltsanmeldung INSEK"])
    sheet.append([f"Variante: {'; '.join(changes)}" if changes else "Nach dem Plan, ohne Änderungen"])
    sheet.append([])
    sheet.append(table.columns)
    for line in table.to_sheet_rows():
        sheet.append(line)
    for cell in sheet[4]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="E4E7EB")
    for column, (width, unit) in enumerate(zip(WIDTHS, table.units, strict=True), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
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
