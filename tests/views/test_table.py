"""A table knows its values: what is an amount is one on the screen and in a workbook, whatever its words."""

from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook
from small import TODAY

from insek_core.change.scenario import apply, parse
from insek_core.papers.registration import registration_workbook
from insek_core.plan import Plan
from insek_core.plan.values import Fuzzy, parse_span
from insek_core.rules.assessment import assess
from insek_core.rules.figures import Figure
from insek_core.rules.registration import registrations
from insek_core.views import variants
from insek_core.views.table import Cell, Said, Table, euro, words

SHARE = Figure(label="Satz", value=Fraction(2, 3), unit="share")
UNKNOWN = Figure(label="Betrag", value=None)


def column(*cells: Cell) -> Table:
    return Table(("A",), tuple((cell,) for cell in cells))


@pytest.mark.parametrize(
    ("cell", "shown", "in_sheet"),
    [
        (euro(150_050), "1.500,50 €", 1500.5),
        (UNKNOWN, "unbekannt", None),
        (Said("unverändert", 0, "euro"), "unverändert", 0),
        (Said("+1.500 €", 150_000, "euro"), "+1.500 €", 1500),
        (Said("1.234 Personen", 1234.0), "1.234 Personen", 1234.0),
        (Said("unterdrückt"), "unterdrückt", None),
        (SHARE, "66,67 % (2/3)", float(Fraction(2, 3))),
        (Figure(label="F", value=Fuzzy.on(date(2016, 1, 4)), unit="date"), "04.01.2016", "04.01.2016"),
        (Figure(label="P", value=parse_span("30–35"), unit="count"), "30–35", "30–35"),
        (1234, "1.234", 1234),
        (date(2016, 1, 4), "04.01.2016", date(2016, 1, 4)),
        ("2015", "2015", "2015"),
        ("", "", ""),
        (None, "", None),
    ],
)
def test_a_cell_has_words_for_the_reader_and_a_value_for_the_workbook(cell: Cell, shown: str, in_sheet: object) -> None:
    assert words(cell).replace("\u00a0", " ") == shown
    assert column(cell).to_sheet_rows() == [[in_sheet]]


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        ((euro(1), UNKNOWN, Said("unverändert", 0, "euro")), "euro"),
        ((euro(1), SHARE, 3), "count"),
        ((euro(1), ""), "euro"),
        ((euro(1), "entfällt"), "text"),
        ((euro(1), Figure(label="Ende", value=TODAY, unit="date")), "text"),
        (("12 €", "13 €"), "text"),
        ((TODAY,), "date"),
        (("", None), "text"),
        ((), "text"),
    ],
)
def test_a_column_is_of_numbers_if_all_its_cells_are_whatever_their_words(cells: tuple[Cell, ...], unit: str) -> None:
    assert column(*cells).units == (unit,)
    assert ("class=zahl" in column(*cells).to_html()) == (unit in ("euro", "count"))


def test_headings_and_cells_are_text_in_html() -> None:
    html = Table(("<b>", "{}"), (("{0}", "<i>x</i> & 'y'"),)).to_html()
    assert "<th scope='col'>&lt;b&gt;</th><th scope='col'>{}</th>" in html
    assert "<td>{0}</td><td>&lt;i&gt;x&lt;/i&gt; &amp; &#39;y&#39;</td>" in html


def test_a_table_without_a_column_keeps_the_others_in_order() -> None:
    assert Table(("A", "B", "C"), ((1, 2, 3),)).without("B") == Table(("A", "C"), ((1, 3),))


def test_the_workbook_of_the_registration_holds_the_rows_of_the_screen(example: Plan) -> None:
    changed = apply(example, [parse("cost=+10%")]).plan
    rows = registrations(changed, assess(changed, (), TODAY), assess(example, (), TODAY))
    table = variants.registrations(rows)
    sheet = load_workbook(BytesIO(registration_workbook(rows, (), "wenn 130.000 € ein Höchstbetrag sind")))[
        "Haushaltsanmeldung"
    ]
    assert (
        sheet["A3"].value == "Der Betrag gilt, wenn 130.000 € ein Höchstbetrag sind; welcher Fall gilt, ist ungeklärt."
    )
    assert variants.AMOUNT_IF_GROWING in table.columns
    head, *lines = sheet.iter_rows(4, values_only=True)
    assert head == table.columns
    assert [[cell or None for cell in line] for line in lines] == [
        [cell or None for cell in line] for line in table.to_sheet_rows()
    ]
    amounts = [cell.number_format for cell in sheet[5] if isinstance(cell.value, int | float)]
    assert len(amounts) == 3 and all("€" in form for form in amounts)
