"""The registration for the budget form as a workbook."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from insek_core.rules.registration import Registration

HEADS = (
    "Jahr",
    "Amt",
    "Produkt oder PSP-Element",
    "Sachkonto",
    "Art",
    "Betrag",
    "Mehr als im Plan",
    "Begründung",
    "Frist",
    "Stand",
    "Fehlt noch",
)
WIDTHS = (12, 34, 26, 14, 12, 16, 18, 60, 14, 16, 40)


def registration_workbook(rows: Sequence[Registration], changes: Sequence[str]) -> bytes:
    """The rows as .xlsx bytes, one a line of the form; above them what the Variante changes. Unknown amounts stay
    empty.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Haushaltsanmeldung"
    sheet.append(["Haushaltsanmeldung INSEK"])
    sheet.append([f"Variante: {'; '.join(changes)}" if changes else "Nach dem Plan, ohne Änderungen"])
    sheet.append([])
    sheet.append(HEADS)
    for row in rows:
        known = isinstance(row.amount.value, int)
        more = (row.amount.cents - row.planned_cents) / 100 if known and row.planned_cents is not None else None
        sheet.append(
            [
                row.year,
                row.office,
                row.product,
                row.account,
                row.kind,
                row.amount.cents / 100 if known else None,
                more,
                row.reason,
                row.deadline,
                row.state,
                ", ".join(row.lacks),
            ]
        )
    for cell in sheet[4]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="E4E7EB")
    for column, width in zip("ABCDEFGHIJK", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
        for cell in sheet[column][4:]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if cell.data_type == "f":  # a product or reason that starts like a formula stays text
                cell.data_type = "s"
    for cell in (*sheet["F"][4:], *sheet["G"][4:]):
        cell.number_format = '#,##0.00\\ "€"'
    sheet["A1"].font, sheet.freeze_panes = Font(bold=True, size=14), "A5"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
