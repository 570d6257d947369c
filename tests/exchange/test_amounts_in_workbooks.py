"""Thousands and millions in title, heading, number format or cell: read exactly or asked, never euros in silence."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from insek_core.exchange.workbook.intake import Intake, interpret
from insek_core.exchange.workbook.sheets import parse_sheets
from insek_core.plan import Plan
from insek_core.plan.units import number_format_factor, split_unit

THOUSAND = (
    "T€",
    "T EUR",
    "TEUR",
    "Tsd. €",
    "Tsd. EUR",
    "tsd Euro",
    "Tausend Euro",
    "Tausend €",
    "k€",
    "kEUR",
    "T-EUR",
    "in Tausend",
)
MILLION = ("Mio. €", "Mio EUR", "Mio. Euro", "Millionen Euro", "MEUR", "Mill. €")
WRITTEN_OUT = ("1.000 €", "1000 EUR", "1 000 Euro", "EUR 1.000", "EUR Tsd.", "€ '000", "Euro (Tausend)")
FACTORS = {**dict.fromkeys((*THOUSAND, *WRITTEN_OUT), 10**3), **dict.fromkeys(MILLION, 10**6)}
Case = tuple[str, list[list[Any]], str, int]  # name, rows, number format, the cents it must be if it is read


def table(heading: str, amount: Any, *above: str) -> list[list[Any]]:
    title = [[text] for text in above]
    return [*title, ["Kennung", "Bezeichnung", "Jahr", heading, "Beleg"], ["KO-90", "Neu", 2015, amount, "Annahme"]]


def cases() -> Iterator[Case]:
    for unit, factor in FACTORS.items():
        bare = unit.removeprefix("in ")
        for heading in (f"Betrag (in {bare})", f"Betrag in {bare}", f"Betrag [{bare}]"):
            yield heading, table(heading, 12.5), "General", 1_250 * factor
        for title in (f"Alle Angaben in {bare}", f"Kostenplan 2015 ({bare})"):
            yield f"Titel: {title}", table("Betrag", 12.5, "Kostenplan", title), "General", 1_250 * factor
    for unit in (*THOUSAND[:-1], *MILLION):
        yield f"Zelle: {unit}", table("Betrag", f"12,5 {unit}"), "General", 1_250 * FACTORS[unit]
        yield f"Format: {unit}", table("Betrag", 12.5), f'#,##0.0 "{unit}"', 1_250 * FACTORS[unit]
        yield (
            f"Einheit: {unit}",
            [[*row, extra] for row, extra in zip(table("Betrag", 12.5), ("Einheit", unit), strict=True)],
            "General",
            -1,
        )
    yield "Text unter T€", table("Betrag (T€)", "1.234,5"), "General", 123_450_000
    yield "eigene Einheit unter T€", table("Betrag (T€)", "12,5 T€"), "General", 1_250_000
    yield "Euro unter T€", table("Betrag (T€)", "12,5 €"), "General", -1
    yield "Format Euro unter T€", table("Betrag (T€)", 12.5), '#,##0.00\\ "€"', -1
    yield "Titel und Kopf gleich", table("Betrag (T€)", 12.5, "Angaben in T€"), "General", 1_250_000
    yield "Titel und Kopf verschieden", table("Betrag (€)", 12.5, "Angaben in T€"), "General", -1
    yield "andere Einheit", table("Betrag (in Cent)", 12.5), "General", -1


def taken(rows: list[list[Any]], number_format: str = "General", sheet_name: str = "Kostenpositionen") -> Intake:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_name
    for row in rows:
        sheet.append(row)
    sheet.cell(len(rows), 4).number_format = number_format
    book.save(out := BytesIO())
    return interpret(parse_sheets(out.getvalue()), Plan())


def test_a_hundred_workbooks_and_none_is_read_as_euros_in_silence() -> None:
    every = list(cases())
    assert len(every) >= 100
    read = 0
    for name, rows, number_format, cents in every:
        found = taken(rows, number_format)
        if found.plan is None:
            assert any(f.level == "error" and f.cell and f.remedy for f in found.findings), name
        else:
            assert found.plan.cost_items[0].amount_cents == cents, name
            read += 1
    assert read >= 60  # what can be read is read, not asked


@pytest.mark.parametrize("heading", ["Betrag (in Tsd. €)", "Betrag in Mio. €"])
def test_a_heading_in_thousands_is_read_and_told(heading: str) -> None:
    found = taken(table(heading, 0.1 + 0.2))
    assert found.plan is not None and [f.level for f in found.findings if f.cell == "D1"] == ["warning"]
    assert found.plan.cost_items[0].amount_cents == (30_000 if "Tsd" in heading else 30_000_000)


def test_euros_stay_euros_and_an_amount_in_a_title_is_no_unit() -> None:
    for heading, title in (
        ("Betrag", "Kosten 195.000 €"),
        ("Betrag (€)", ""),
        ("Betrag in EUR", "Förderung: 1,5 Mio. €"),
    ):
        found = taken(table(heading, 12.5, title))
        assert found.plan is not None and found.plan.cost_items[0].amount_cents == 1_250, heading
    assert (
        taken(table("Betrag", 12.5), '#,##0,\\ "T€"').plan is not None
    )  # Excel shows 12.500 as 13 T€, and stores euro


def test_parts_of_a_cent_stay_refused_also_in_thousands() -> None:
    assert taken(table("Betrag (T€)", 0.0000123)).plan is None


@pytest.mark.parametrize(
    ("code", "factor"),
    {
        '#,##0 "T€"': 1000,
        '#,##0, "T€"': 1,
        '#,##0,, "Mio. €"': 1,
        '0.0 "Mio. €"': 10**6,
        "General": None,
        '0 "€"': 1,
        "0%": None,
    }.items(),
)
def test_a_number_format_says_what_it_writes_behind_the_number(code: str, factor: int | None) -> None:
    assert number_format_factor(code) == factor


@pytest.mark.parametrize("text", ["5 T", "1.500 $", "12,5.0", "T€ 60", "60 (T€)"])
def test_what_is_no_unit_stays_with_the_number_and_is_refused_there(text: str) -> None:
    assert split_unit(text) == (text, None)


# dates, durations, shares in cells


def test_durations_may_state_their_days_but_no_other_ones() -> None:
    def steps(duration: Any) -> Intake:
        head = ["Kennung", "Name", "Art", "Dauer", "Beleg"]
        return taken([head, ["X1", "Schritt", "Arbeitsschritt", duration, "Annahme"]], sheet_name="Arbeitsschritte")

    for text in ("60", 60, "60 Tage", "60 Arbeitstage", "60 d"):
        found = steps(text)
        assert found.plan is not None and found.plan.tasks[0].duration_days == 60, text
    for text in ("60 Kalendertage", "12 Wochen", "bald"):
        assert steps(text).plan is None, text


def test_a_share_without_per_cent_sign_is_asked_and_one_with_it_is_read() -> None:
    def progress(value: Any) -> Intake:
        head = ["Kennung", "Name", "Art", "Fortschritt", "Beleg"]
        return taken([head, ["X1", "Schritt", "Arbeitsschritt", value, "Annahme"]], sheet_name="Arbeitsschritte")

    for fine in ("50 %", 0.5, "1/2", "0,5"):
        plan = progress(fine).plan
        assert plan is not None and str(plan.tasks[0].progress_share) == "1/2", fine
    for wrong in (50, "50", 1.5, "5.000 %", -0.1, float("1e20")):
        found = progress(wrong)
        assert found.plan is None and {f.cell for f in found.findings if f.level == "error"} == {"D2"}, wrong
    assert "Bitte z. B. 50 %" in next(f.remedy for f in progress(50).findings if f.level == "error")


@pytest.mark.parametrize("text", ["21.5.15", "21. Mai 2015", "2015-05-21 00:00:00", "2015-05-21T00:00"])
def test_days_are_read_in_cells_of_days_and_of_times(text: str) -> None:
    days = taken(
        [["Kennung", "Name", "Erster Tag", "Letzter Tag", "Beleg"], ["K-1", "x", text, text, "Annahme"]],
        sheet_name="Kalender",
    )
    assert days.plan is not None and str(days.plan.calendars[0].first_on) == "2015-05-21"
    phases = taken([["Kennung", "Name", "Ende", "Beleg"], ["P-9", "x", text, "Annahme"]], sheet_name="Phasen")
    assert phases.plan is not None
    end = phases.plan.phases[0].end
    assert end is not None and end.is_exact and str(end.latest) == "2015-05-21"
