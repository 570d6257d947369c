"""An assessment is a function of plan, statistics and day: it never fails, and the same input gives the same value."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import days, edited, plans
from small import TODAY, item

from insek_core.papers.report import assessment
from insek_core.plan import Plan
from insek_core.plan.codec import decode_plan, encode_plan
from insek_core.plan.content import Setting
from insek_core.plan.errors import Unreadable
from insek_core.rules.assessment import NEAR_YEARS, assess, near_day, reference_date
from insek_core.rules.places.indicators import AreaValue, Slice

numbers = st.floats(allow_nan=False, allow_infinity=False)


def slices(plan: Plan, value: float) -> tuple[Slice, ...]:
    return tuple(
        Slice(indicator=i.id, year=2016, level="Stadt", values=(AreaValue("L", "value", value),))
        for i in plan.indicators
    )


@settings(max_examples=30)
@given(plans(), days, numbers)
def test_every_plan_can_be_assessed_and_the_same_input_gives_the_same_value(
    plan: Plan, today: date, value: float
) -> None:
    found = assess(plan, slices(plan, value), today)
    again, _ = decode_plan(encode_plan(plan))
    assert assess(again, slices(again, value), today) == found
    assert assessment(found)["today"] == today.isoformat()


@settings(max_examples=15)
@given(plans(most_rows=2), st.data())
def test_a_plan_with_broken_references_can_be_assessed_too(plan: Plan, data: st.DataObject) -> None:
    broken = data.draw(edited(plan))
    assert assess(broken, (), TODAY).today == TODAY


def test_an_empty_plan_can_be_assessed() -> None:
    found = assess(Plan(), (), TODAY)
    assert (found.funding.total.value, found.timetable.finish_on, found.findings) == (None, None, ())


def test_unknown_amounts_make_the_total_unknown_never_smaller(example: Plan) -> None:
    gap = replace(example, cost_items=(*example.cost_items, item("neu", None, 2017)))
    found = assess(gap, (), TODAY)
    money = found.funding
    assert [f.value for f in (money.total, money.eligible, money.grant, money.own_share)] == [None] * 4
    assert [f.value for f in found.budget.to_register.figures] == [None] * 3
    years = {y.year: (y.total.value, y.grant.value, y.own_share.value) for y in money.years}
    assert years[2017] == (None, None, None) and None not in years[2015]


def test_findings_come_with_errors_first(example: Plan) -> None:
    levels = [finding.level for finding in assess(example, (), TODAY).findings]
    assert levels == sorted(levels, key=("error", "warning", "notice").index)


@pytest.mark.parametrize(
    ("value", "expected"), [("2015-06-01", date(2015, 6, 1)), ("", date(2020, 1, 1)), ("bald", date(2020, 1, 1))]
)
def test_the_reference_date_is_the_plans_else_the_clocks(value: str, expected: date) -> None:
    plan = Plan(settings=(Setting(id="reference_date", name="Stichtag", value=value, evidence="assumed"),))
    assert reference_date(plan, date(2020, 1, 1)) == expected


def test_the_day_changes_what_runs_and_not_the_money(example: Plan) -> None:
    early, late = assess(example, (), TODAY), assess(example, (), date(2017, 2, 1))
    assert early.funding == late.funding and early.situation != late.situation


@pytest.mark.parametrize("day", [date.max, date.min, date(2046, 1, 1), date(1984, 12, 31)])
def test_a_stichtag_far_from_the_plan_is_refused_with_the_years_allowed(example: Plan, day: date) -> None:
    with pytest.raises(Unreadable) as refusal:
        near_day(day, example, date(2026, 1, 1))
    assert f"mehr als {NEAR_YEARS} Jahre" in refusal.value.what and "1985 bis 2045" in refusal.value.remedy


def test_a_stichtag_near_the_plan_or_the_clock_is_taken(example: Plan) -> None:
    for day in (date(1985, 1, 1), date(2045, 12, 31)):
        assert near_day(day, example, date(2026, 1, 1)) == day
    assert near_day(date(2056, 1, 1), Plan(), date(2026, 1, 1)) == date(2056, 1, 1)


@pytest.mark.parametrize("value", ["9999-12-31", "0001-01-01", "9" * 5000, "²", ""])
def test_a_stichtag_of_the_settings_that_no_calendar_knows_is_the_clocks(value: str) -> None:
    odd = Setting(id="reference_date", name="Stichtag", value=value, evidence="assumed")
    assert reference_date(Plan(settings=(odd,)), date(2026, 1, 1)) == date(2026, 1, 1)
