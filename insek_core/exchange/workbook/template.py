"""The empty workbook to fill: the sheets in the order of the guide, two example rows in the notes, none in the data."""

from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import TABLES
from insek_core.rules.guide import ORDER
from insek_core.storage.embedded import example_plan
from insek_core.storage.founding import blank

FIRST_SHEETS = ("settings", "budget_statutes")
NOTES_FROM = "musterstadt"  # the made-up town


def template_workbook() -> bytes:
    """The template as .xlsx bytes."""
    guided = [table for _, tables in ORDER for table in tables]
    order = dict.fromkeys((*FIRST_SHEETS, *guided, *TABLES))
    return write_workbook(blank(), 0, tables=order, examples=example_plan(NOTES_FROM))
