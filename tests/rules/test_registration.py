"""What is to register for the budgets to come, and what the own share looks like over the cost."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook
from small import TODAY, fund, money

from insek_core.change.scenario import apply, parse
from insek_core.papers.registration import registration_workbook
from insek_core.plan import Plan
from insek_core.rules.assessment import assess
from insek_core.rules.money.curve import curve, sought
from insek_core.rules.money.funding import funding
from insek_core.rules.registration import Registration, registrations


def rows(plan: Plan, *changes: str) -> tuple[Registration, ...]:
    after = apply(plan, [parse(text) for text in changes]).plan
    return registrations(after, assess(after, (), TODAY), assess(plan, (), TODAY))


def told(found: tuple[Registration, ...]) -> list[tuple[str, str, object, int | None]]:
    return [(row.year, row.kind, row.amount.value, row.planned_cents) for row in found]


def test_the_plan_registers_fifteen_and_ten_thousand_for_2017(example: Plan) -> None:
    found = rows(example)
    assert told(found) == [("2017", "Aufwand", 1_500_000, 1_500_000), ("2017", "Ertrag", 1_000_000, 1_000_000)]
    assert found[0].lacks == ("Produkt oder PSP-Element", "Sachkonto", "Frist"), (
        "what the paper does not say is asked for, not made up"
    )


def test_dearer_costs_register_what_the_sentence_says(example: Plan) -> None:
    assert told(rows(example, "cost=+10%")) == [
        ("2017", "Aufwand", 1_650_000, 1_500_000),
        ("2017", "Ertrag", 0, 1_000_000),
    ]


def test_a_longer_phase_adds_what_slips_into_the_year(example: Plan) -> None:
    expense, _ = rows(example, "longer:P2=90")
    assert expense.amount.value == 1_500_000 + 618_321
    assert "durch Verschiebung mit 1 Kostenposition aus Vorjahren" in expense.reason


def test_a_year_without_any_line_is_registered_too(example: Plan) -> None:
    assert ("2018", "Aufwand", 1_400_000, 0) in told(rows(example, "year:KO-09=2018"))


def test_the_workbook_holds_the_rows_as_numbers_and_text_stays_text(example: Plan) -> None:
    found = rows(example, "cost=+10%")
    odd = (replace(found[0], product="=1+1"), *found[1:])
    sheet = load_workbook(BytesIO(registration_workbook(odd, ["Kosten insgesamt +10 %"], "")))["Haushaltsanmeldung"]
    assert sheet["A2"].value == "Variante: Kosten insgesamt +10 %"
    assert [sheet[f"{column}5"].value for column in "CFGH"] == ["=1+1", 16_500, 16_500, 1_500]
    assert [sheet[f"{column}6"].value for column in "FGH"] == [0, 11_000, -10_000]
    assert sheet["C5"].data_type == "s"


def test_the_curve_has_its_kink_and_both_prices(example: Plan) -> None:
    found = curve(example, funding(example))
    assert found is not None
    assert (found.kink_cents, found.price_below, found.price_above) == (19_500_000, Fraction(1, 3), 1)
    at = {point.total_cents: (point.own_cents, point.growing_cents, point.grant_cents) for point in found.points}
    assert at[19_500_000] == (6_500_000, 6_500_000, 13_000_000)


def test_the_curve_shifts_by_what_is_ineligible(example: Plan) -> None:
    plan = apply(example, [parse("ineligible=15000")]).plan
    found = curve(plan, funding(plan))
    assert found is not None and found.kink_cents == 21_000_000


@pytest.mark.parametrize(
    "plan", [Plan(), money((2015, None)), replace(money((2015, 100)), funds=(fund(1, planned=False),))]
)
def test_without_known_terms_there_is_no_curve(plan: Plan) -> None:
    assert curve(plan, funding(plan)) is None and sought(plan, funding(plan), 100) == (None, None)


def test_a_freeze_and_a_late_budget_are_told(example: Plan) -> None:
    frozen = assess(apply(example, [parse("freeze=20%")]).plan, (), TODAY)
    assert [span.blocked_cents for span in frozen.budget.spans] == [3_600_000, 300_000]
    late = assess(apply(example, [parse("provisional:HS-2=2017-05-01")]).plan, (), TODAY)
    assert [span.provisional_until for span in late.budget.spans] == [None, date(2017, 4, 30)]
    assert any("vorläufige Haushaltsführung" in sentence.text for sentence in late.situation)
