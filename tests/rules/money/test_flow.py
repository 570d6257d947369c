"""Money flow against the plan: months add up to years, what nobody booked is no line at 0."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import item, money

from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.plan.content import Setting
from insek_core.plan.finance import Booking
from insek_core.plan.process import Phase
from insek_core.plan.values import Fuzzy
from insek_core.rules.assessment import assess
from insek_core.rules.money.actual.flow import MoneyFlow, cumulated_cents, flow_sentence, month_costs
from insek_core.rules.money.slip import splits

TODAY = date(2015, 6, 1)


def found(plan: Plan, today: date = TODAY) -> MoneyFlow:
    seen = assess(plan, (), today)
    return seen.drawdown.flow


def phase(first: date, last: date) -> Phase:
    return Phase(id="P", name="P", begin=Fuzzy.on(first), end=Fuzzy.on(last), evidence="stated")


def told(plan: Plan, today: date = TODAY) -> str:
    return flow_sentence(found(plan, today)).text.replace("\xa0", " ")


def booked(kind: str, cents: int, day: date) -> Booking:
    return Booking(id=f"{kind}-{day}", kind=kind, amount_cents=cents, booked_on=day, cost_item="K", evidence="stated")


def test_a_cost_lies_in_the_months_of_its_work_by_working_days() -> None:
    # November 2015: 02.11.–30.11. has 20 working days (18.11. is Buß- und Bettag); December to the 04.12. has 4
    plan = Plan(
        cost_items=(replace(item("K", 240_000), bound_to="P"),),
        phases=(phase(date(2015, 11, 2), date(2015, 12, 4)),),
        settings=(Setting(id="state", name="Land", value="SN", evidence="stated"),),
    )
    months = month_costs(plan, assess(plan, (), TODAY).timetable)
    assert months == {date(2015, 11, 30): 200_000, date(2015, 12, 31): 40_000}


def test_a_cost_bound_to_nothing_lies_evenly_in_its_year() -> None:
    plan = money((2015, 120_000))
    months = month_costs(plan, assess(plan, (), TODAY).timetable)
    assert [*months.values()] == [10_000] * 12


def test_a_cost_filed_for_a_year_without_its_work_lies_in_that_year_all_the_same() -> None:
    plan = Plan(
        cost_items=(replace(item("K", 120_000, 2016), bound_to="P"),),
        phases=(phase(date(2015, 11, 2), date(2015, 12, 4)),),
    )
    assert {end.year for end in month_costs(plan, assess(plan, (), TODAY).timetable)} == {2016}


def test_months_without_cost_between_others_are_flat_and_not_left_out(example: Plan) -> None:
    ends = [end for end, _ in found(example).planned]
    assert ends[0] == date(2015, 5, 31) and date(2015, 12, 31) in ends and ends[-1] == date(2017, 5, 31)
    assert [*dict(found(example).planned).values()][-1] == 19_500_000


@pytest.mark.parametrize("changes", [[], ["longer:P2=90"], ["delay:K3=200"], ["year:KO-09=2017", "cost=+7%"]])
def test_the_months_of_a_year_add_up_to_the_year(example: Plan, changes: list[str]) -> None:
    plan = apply(example, [parse(change) for change in changes]).plan
    dates = assess(plan, (), TODAY).timetable
    by_year: dict[int | None, int] = defaultdict(int)
    for split in splits(plan, dates).values():
        for year, cents in split.items():
            by_year[year] += cents
    sums: dict[int | None, int] = defaultdict(int)
    for end, cents in month_costs(plan, dates).items():
        sums[end.year] += cents
    assert sums == by_year


@given(st.dates(date(2015, 1, 1), date(2018, 1, 1)), st.dates(date(2015, 1, 1), date(2018, 1, 1)))
def test_what_has_arisen_never_falls_and_ends_at_the_whole(example: Plan, one: date, two: date) -> None:
    months = month_costs(example, assess(example, (), TODAY).timetable)
    low, high = sorted((one, two))
    assert 0 <= cumulated_cents(months, low) <= cumulated_cents(months, high) <= 19_500_000
    assert cumulated_cents(months, date(2018, 1, 1)) == 19_500_000


def test_bookings_are_cumulated_by_day_and_those_to_come_do_not_count() -> None:
    plan = replace(
        money((2015, 120_000)),
        bookings=(
            booked("bezahlt", 5_000, date(2015, 3, 2)),
            booked("bezahlt", 2_500, date(2015, 2, 2)),
            booked("bezahlt", 900, date(2015, 7, 1)),
            booked("gebunden", 60_000, date(2015, 1, 15)),
        ),
    )
    lines = {line.kind: line.cumulated for line in found(plan).booked}
    assert lines == {
        "gebunden": ((date(2015, 1, 15), 60_000),),
        "bezahlt": ((date(2015, 2, 2), 2_500), (date(2015, 3, 2), 7_500)),
    }
    assert told(plan) == (
        "Nach Plan sind bis 01.06.2015 rund 500 € angefallen; 600 € gebunden und 75 € bezahlt; nicht gebucht: "
        "berechnet, abgerufen, eingegangen."
    )


def test_without_a_booking_nothing_is_said_to_be_0(example: Plan) -> None:
    assert found(example).booked == ()
    assert told(example) == (
        "Nach Plan sind bis 01.06.2015 rund 2.300 € angefallen. Gebucht ist noch nichts: Was gebunden, bezahlt und "
        "abgerufen ist, ist unbekannt."
    )


def test_without_amounts_the_plan_is_unknown_too() -> None:
    plan = Plan(cost_items=(item("K", None),))
    assert found(plan).until_today.value is None
    assert told(plan) == "Gebucht ist noch nichts: Was gebunden, bezahlt und abgerufen ist, ist unbekannt."


def test_a_month_counts_whole_on_its_last_day_and_in_part_before() -> None:
    months = {date(2015, 6, 30): 3_000, date(2015, 7, 31): 3_100}
    days = (date(2015, 5, 31), date(2015, 6, 10), date(2015, 6, 30), date(2015, 7, 1), date(2015, 7, 31))
    assert [cumulated_cents(months, day) for day in days] == [0, 1_000, 3_000, 3_100, 6_100]
