"""Money bound, invoiced, paid, called and received: one rounding on the sum, two months, twenty per cent, what is to be
paid back.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from small import money

from insek_core.plan import Plan
from insek_core.plan.finance import Booking
from insek_core.rules.assessment import assess
from insek_core.rules.money.actual.drawdown import Drawdown
from insek_core.rules.money.grant import Law
from insek_core.rules.money.notice import Notice, with_notice

TODAY = date(2016, 6, 1)
PLAN = money((2015, 9_000_000), (2016, 9_000_000), (2017, 1_500_000))


def booked(kind: str, cents: int, day: date = date(2015, 9, 1), item: str = "K0") -> Booking:
    return Booking(
        id=f"BU-{kind}-{cents}-{day}-{item}",
        kind=kind,
        amount_cents=cents,
        booked_on=day,
        cost_item=item,
        evidence="stated",
    )


def drawn(*bookings: Booking, plan: Plan = PLAN, today: date = TODAY) -> Drawdown:
    return assess(replace(plan, bookings=bookings), (), today).drawdown


def told(found: Drawdown) -> str:
    return "\n".join(finding.message for finding in found.findings).replace("\u00a0", " ")


def test_invoices_call_what_the_shared_cases_say(shared_case: Callable[[str], Any]) -> None:
    cases = shared_case("funding.json")["drawdown_cumulative_rounding"]
    days = [date(2015, 7, n + 1) for n in range(len(cases))]
    invoices = [
        booked("berechnet", int(Fraction(case["invoice"]) * 100), day, "")
        for case, day in zip(cases, days, strict=True)
    ]
    calls = drawn(*invoices).calls
    assert [call.grant_cents for call in calls] == [int(Fraction(case["grant_call"]) * 100) for case in cases]
    assert [call.cumulated_cents for call in calls] == [int(Fraction(case["cum"]) * 100) for case in cases]


def test_the_sums_stand_by_kind_and_a_booking_to_come_does_not_count() -> None:
    found = drawn(
        booked("gebunden", 500),
        booked("bezahlt", 300),
        booked("bezahlt", 200),
        booked("bezahlt", 900, date(2016, 6, 2)),
    )
    assert {figure.label: figure.value for figure in found.sums} == {
        "gebunden": 500,
        "berechnet": 0,
        "bezahlt": 500,
        "abgerufen": 0,
        "eingegangen": 0,
    }
    assert found.callable.value == 333  # 5,00 € x 2/3 = 3,33 €


def test_called_too_much_is_said_only_after_two_months() -> None:
    bookings = booked("bezahlt", 300_000), booked("abgerufen", 250_000, date(2015, 10, 1))
    found = drawn(*bookings, today=date(2015, 12, 1))  # 3.000 € x 2/3 = 2.000 € abrufbar
    assert (found.over_called.value, found.over_called_since, told(found)) == (50_000, date(2015, 10, 1), "")
    later = drawn(*bookings, today=date(2015, 12, 2))
    assert (
        told(later)
        == "Seit dem 01.10.2015 ist mehr abgerufen, als verbraucht ist: 500 €; nach 2 Monaten drohen Zinsen."
    )


def test_what_is_spent_in_time_ends_the_two_months() -> None:
    found = drawn(booked("abgerufen", 200_000, date(2015, 10, 1)), booked("bezahlt", 300_000, date(2015, 11, 1)))
    assert (found.over_called.value, found.over_called_since) == (0, None)


def test_called_beyond_the_grant_is_to_be_paid_back() -> None:
    plan = money((2015, 18_000_000))  # 180.000 € x 2/3 = 120.000 €
    found = drawn(booked("abgerufen", 13_000_000), booked("bezahlt", 18_000_000), plan=plan)
    assert found.repayment.value == 1_000_000
    assert "Abgerufen sind 10.000 € mehr als die Förderung" in told(found)


def test_a_position_may_exceed_its_plan_by_a_fifth_if_others_make_up_for_it() -> None:
    assert told(drawn(booked("bezahlt", 1_800_000, item="K2"))) == ""  # 15.000 € + 20 %
    assert "mehr als 20 % über dem Finanzierungsplan" in told(drawn(booked("bezahlt", 1_800_001, item="K2")))
    all_spent = (
        booked("bezahlt", 9_000_000, item="K0"),
        booked("bezahlt", 9_000_000, item="K1"),
        booked("bezahlt", 1_500_001, item="K2"),
    )
    assert "ohne dass andere Positionen es ausgleichen" in told(drawn(*all_spent))


def test_the_proof_of_use_is_due_a_year_after_the_last_step(example: Plan) -> None:
    found = assess(example, (), TODAY)
    assert (found.timetable.finish_on, found.drawdown.proof_due.value) == (date(2017, 6, 21), date(2018, 6, 21))
    assert found.drawdown.proof_due.assumed


def test_with_unknown_terms_nothing_is_called_callable() -> None:
    found = drawn(booked("bezahlt", 100), plan=money((2015, 100), rate=None))
    assert (found.callable.value, found.over_called.value, found.calls) == (None, None, ())


@given(st.lists(st.integers(1, 5_000_000), max_size=8))
def test_calls_add_up_to_the_grant_on_all_invoices(amounts: list[int]) -> None:
    invoices = [booked("berechnet", cents, date(2015, 7, n + 1), "") for n, cents in enumerate(amounts)]
    calls = drawn(*invoices).calls
    assert sum(call.grant_cents for call in calls) == Law(slope=Fraction(2, 3), cap_cents=13_000_000).grant_cents(
        sum(amounts)
    )
    assert all(call.grant_cents >= 0 for call in calls)


def test_what_is_called_too_much_is_told_in_both_cases_while_the_ceiling_is_open(example: Plan) -> None:
    items = example.cost_items[:10]
    paid = tuple(booking(f"b{n}", "bezahlt", 2_400_000, date(2015, 6, 1 + n), item.id) for n, item in enumerate(items))
    called = replace(booking("c", "abgerufen", 15_500_000, date(2015, 7, 1)), programme="FP-1")
    told = drawdown_of(replace(example, bookings=(*paid, called)))
    assert (
        "Seit dem 01.07.2015 ist mehr abgerufen, als verbraucht ist: 25.000 €, wenn 130.000 € ein Höchstbetrag sind, "
        "und 0 €, wenn die Förderung mitwächst; nach 2 Monaten drohen Zinsen." in told
    )
    settled = with_notice(
        replace(example, bookings=(*paid, called)),
        "FP-1",
        Notice(notice_on=date(2015, 6, 1), notice_number="1", cap_is_ceiling=True),
    )
    assert any("verbraucht ist: 25.000 €; nach" in text for text in drawdown_of(settled))


def booking(name: str, kind: str, cents: int, on: date, item: str = "") -> Booking:
    return Booking(id=name, kind=kind, amount_cents=cents, booked_on=on, cost_item=item, evidence="stated")


def drawdown_of(plan: Plan) -> list[str]:
    found = assess(plan, (), date(2016, 1, 1)).drawdown
    return [finding.message.replace("\xa0", " ") for finding in found.findings]
