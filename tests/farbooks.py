"""A workbook that kills a careless parser."""

import io

from openpyxl import Workbook


def far_workbook(row: int, column: int) -> bytes:
    """A formula and one cell so far away that the faster reader asks for more memory than there is."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Kostenpositionen"
    sheet.append(["Kennung", "Betrag"])
    sheet.append(["KO-01", "=1+1"])
    sheet.cell(row, column).value = "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
