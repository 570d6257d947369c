"""What happens, entered: bookings with what they lack, and where the lines and statutes of the budget stand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from insek_core.plan import Plan
from insek_core.plan.finance import Booking
from insek_core.rules.assessment import assess
from insek_core.rules.checks import check
from insek_core.rules.money.actual.entries import (
    StatuteDays,
    booking_findings,
    called_words,
    next_id,
    with_booking,
    with_standing,
)

TODAY = date(2016, 6, 1)


def booked(kind: str, cents: int = 100, **more: Any) -> Booking:
    fixed = {"booked_on": date(2016, 5, 2), "cost_item": "KO-01", "document": "R 1", "evidence": "stated"}
    return Booking(**{"id": "BU-1", "kind": kind, "amount_cents": cents, **fixed, **more})


@pytest.mark.parametrize(
    ("booking", "expected"),
    [
        (booked("bezahlt"), []),
        (booked("bezahlt", 0), [("error", "amount_cents")]),
        (booked("bezahlt", -100), [("notice", "amount_cents")]),
        (booked("berechnet", cost_item=""), [("warning", "cost_item")]),
        (booked("abgerufen", cost_item=""), []),
        (booked("gebunden", document=""), [("notice", "document")]),
        (booked("gebunden", booked_on=date(2016, 7, 1)), [("notice", "booked_on")]),
    ],
)
def test_what_a_booking_lacks_is_said(example: Plan, booking: Booking, expected: list[tuple[str, str]]) -> None:
    assert [(f.level, f.field) for f in booking_findings(example, booking, TODAY)] == expected


def test_with_several_programmes_a_call_has_to_name_one(example: Plan) -> None:
    two = replace(example, programmes=(*example.programmes, replace(example.programmes[0], id="FP-2")))
    found = booking_findings(two, booked("abgerufen", cost_item=""), TODAY)
    assert [(f.level, f.field) for f in found] == [("warning", "programme")]


def test_ids_go_on_where_none_is_taken(example: Plan) -> None:
    plan = with_booking(example, booked("bezahlt"))
    assert (next_id(example, "bookings", "BU"), next_id(plan, "bookings", "BU")) == ("BU-1", "BU-2")


def test_a_call_says_what_is_left_and_what_is_too_much(example: Plan) -> None:
    paid = with_booking(example, booked("bezahlt", 300_000))
    words = [
        called_words(
            assess(with_booking(paid, booked("abgerufen", cents, id="BU-2", cost_item="")), (), TODAY).drawdown
        )
        for cents in (150_000, 250_000)
    ]
    assert [text.replace("\xa0", " ") for text in words] == [
        "Abrufbar sind dann noch 500 €.",
        "Abgerufen sind dann 500 € mehr, als auf das Bezahlte entfällt.",
    ]
    assert called_words(assess(example, (), TODAY).drawdown) == ""


def test_a_booking_is_called_by_what_it_is() -> None:
    assert booked("abgerufen", 400_000).label.replace("\xa0", " ") == "Auszahlungsantrag vom 02.05.2016 über 4.000 €"


def test_a_line_that_is_now_in_the_budget_is_no_longer_to_register(example: Plan) -> None:
    states = {"HA-3": "veranschlagt", "HA-4": "veranschlagt"}
    days = {"HS-2": StatuteDays(decided_on=date(2016, 12, 14), in_force_on=date(2017, 1, 1))}
    after = with_standing(example, states, days, "Amtsblatt 1/2017")
    assert {line.status for line in after.budget_lines} == {"veranschlagt"}
    assert assess(example, (), TODAY).budget.to_register.expense.value == 1_500_000
    assert assess(after, (), TODAY).budget.to_register.expense.value == 0
    line, statute = after.by_id["HA-4"], after.by_id["HS-2"]
    assert (line.origin_of("status"), line.origin_of("amount_cents")) == ("Amtsblatt 1/2017", "Vorlage Z. 277, 289–293")
    assert (statute.origin_of("in_force_on"), statute.evidence_of("in_force_on")) == ("Amtsblatt 1/2017", "stated")


def test_what_stays_as_it_was_keeps_its_source(example: Plan) -> None:
    assert with_standing(example, {line.id: line.status for line in example.budget_lines}, {}) == example


def test_a_line_left_behind_by_a_budget_in_force_is_a_warning(example: Plan) -> None:
    days = {"HS-2": StatuteDays(decided_on=date(2016, 12, 14), in_force_on=date(2017, 1, 1))}
    found = [f for f in check(with_standing(example, {}, days)) if f.table == "budget_lines"]
    assert [(f.level, f.record) for f in found] == [("warning", "HA-3"), ("warning", "HA-4")]
    assert found[0].message == "Der Haushalt 2017/2018 ist in Kraft, Ertrag 2017 gilt noch als anzumelden."
