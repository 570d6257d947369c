"""Cost follows its working days: counted by hand, only the difference moves, and nothing gets lost."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from small import TODAY, item, money, task, work

from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.plan.process import StaffDays
from insek_core.plan.values import Fuzzy
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.money.filed import as_filed, refiled
from insek_core.rules.money.slip import bounds_of, moved, splits, working_days
from insek_core.rules.people.staff import staff
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.workdays import offices


def bound(begin: date, days: int, cents: int = 10_000, year: int | None = 2016, end: date | None = None) -> Plan:
    """A task of so many working days from a day on, with one cost item bound to it and one bound to nothing."""
    plan = work([task("A", days, constraint="nicht früher als", constraint_on=begin)], [], begin, end and Fuzzy.on(end))
    funded = money((year, cents), (2016, 500))
    items = (replace(funded.cost_items[0], bound_to="A"), funded.cost_items[1])
    return replace(plan, cost_items=items, funding_bases=funded.funding_bases, programmes=funded.programmes)


def split(plan: Plan, *changes: str) -> dict[str, Any]:
    """How the cost of items lies in the years after changes, where it moved."""
    after = apply(plan, [parse(change) for change in changes]).plan
    return {name: dict(years) for name, years in moved(after, splits(after, timetable(after))).items()}


def changed(plan: Plan, change: str) -> Assessment:
    return assess(apply(plan, [parse(change)]).plan, (), TODAY)


@pytest.mark.parametrize(
    ("first", "last", "by_year"),
    [
        (date(2016, 12, 1), date(2017, 1, 31), {2016: 21, 2017: 22}),  # 26.12. is a holiday, 06.01. is none in Saxony
        (date(2016, 1, 1), date(2016, 12, 31), {2016: 252}),  # 261 weekdays less nine holidays
        (date(2017, 1, 1), date(2017, 3, 31), {2017: 65}),
        (date(2016, 12, 30), date(2016, 12, 30), {2016: 1}),
        (date(2016, 12, 31), date(2017, 1, 1), {2016: 1}),  # no working day at all: its first day counts
        (date(2016, 12, 31), date(2017, 1, 2), {2017: 1}),
        (date(2015, 12, 31), date(2017, 1, 2), {2015: 1, 2016: 252, 2017: 1}),
    ],
)
def test_working_days_by_year_are_counted_by_hand(first: date, last: date, by_year: dict[int, int]) -> None:
    assert working_days((first, last), offices("SN")) == by_year


def test_a_delay_over_the_year_splits_the_cost_by_its_working_days() -> None:
    # 05.–16.12.2016 lies in one year; three weeks later 4 of 10 days are in 2016 (27.–30.12.), 6 in 2017
    assert split(bound(date(2016, 12, 5), 10), "delay:A=21") == {"K0": {2016: 4_000, 2017: 6_000}}


def test_only_the_difference_moves_where_the_filed_year_is_not_that_of_the_days() -> None:
    # 27.12.2016 to 09.01.2017: 4 days of 10 in 2016, all filed in 2016; wholly in 2017 those 4 parts leave 2016
    assert split(bound(date(2016, 12, 27), 10), "delay:A=7") == {"K0": {2016: 6_000, 2017: 4_000}}


def test_a_year_gives_at_most_what_is_filed_in_it() -> None:
    # filed in 2017 although most of the work lies in 2016: nothing can leave a year that holds nothing
    assert split(bound(date(2016, 12, 5), 10, year=2017), "delay:A=21") == {}


def test_odd_cents_go_by_largest_remainder() -> None:
    assert split(bound(date(2016, 12, 5), 10, cents=101), "delay:A=21") == {"K0": {2016: 40, 2017: 61}}


def test_a_delay_within_the_year_moves_nothing() -> None:
    assert split(bound(date(2016, 3, 1), 10), "delay:A=30") == {}


def test_an_item_bound_to_nothing_stays_where_it_is() -> None:
    plan = bound(date(2016, 12, 5), 10)
    assert "K1" not in split(plan, "delay:A=400")
    loose = replace(plan, cost_items=tuple(replace(i, bound_to="") for i in plan.cost_items))
    assert split(loose, "delay:A=400") == {}


def test_an_item_without_year_or_amount_stays_where_it_is() -> None:
    plan = bound(date(2016, 12, 5), 10)
    for values in ({"year": None}, {"amount_cents": None}, {"amount_cents": 0}):
        assert split(replace(plan, cost_items=(replace(plan.cost_items[0], **values),)), "delay:A=21") == {}


def test_a_task_that_became_longer_draws_its_cost_along() -> None:
    # 19.–30.12.2016 are 9 working days; 14 calendar days longer adds 02.–13.01.2017, ten days
    assert split(bound(date(2016, 12, 19), 9, cents=19_000), "longer:A=14") == {"K0": {2016: 9_000, 2017: 10_000}}


def test_a_span_is_known_for_tasks_phases_and_formats_only(example: Plan) -> None:
    dates = timetable(example)
    assert bounds_of(example, dates, "P2") == (date(2016, 1, 1), date(2016, 12, 31))
    assert bounds_of(example, dates, "F4") == (date(2016, 9, 1), date(2016, 11, 30))
    assert bounds_of(example, dates, "F5") is None and bounds_of(example, dates, "gibt es nicht") is None


def test_the_plan_against_itself_moves_nothing(example: Plan) -> None:
    assert as_filed(example) == example, "the example states what was filed"
    assert assess(example, (), TODAY).moved == {}


def test_random_delays_keep_every_sum(example: Plan) -> None:
    dice = Random(7)
    works = [*example.tasks, *example.phases, *example.formats]
    before = assess(example, (), TODAY).funding
    some = 0
    for _ in range(150):
        key, name, days = dice.choice(("delay", "longer")), dice.choice(works).id, dice.randint(-60, 400)
        found = changed(example, f"{key}:{name}={days}")
        some += bool(found.moved)
        for own in ("total", "grant", "third_party", "own_share"):
            whole = getattr(found.funding, own).value
            assert whole == getattr(before, own).value
            assert sum(getattr(year, own).cents for year in found.funding.years) == whole, (key, name, days)
        for record, parts in found.moved.items():
            cost = next(i for i in example.cost_items if i.id == record)
            assert sum(parts.values()) == cost.amount_cents and min(parts.values()) > 0 and cost.bound_to
    assert some > 20


def test_the_example_three_months_longer_moves_618321_cents_to_2017(example: Plan) -> None:
    # K3 (15.000 €, KO-06) is the step whose last days fall into 2017; K1, K2 and the formats stay
    found = changed(example, "longer:P2=90")
    assert {y.year: y.total.value for y in found.funding.years} == {2015: 9_000_000, 2016: 8_381_679, 2017: 2_118_321}
    assert dict(found.moved["KO-06"]) == {2016: 881_679, 2017: 618_321}


# people


def loads(found: Assessment) -> dict[str, tuple[Any, Any]]:
    return {load.office: (load.days.value, load.until.value) for load in found.staff}


def test_without_changes_the_load_is_what_the_plan_states(example: Plan) -> None:
    assert loads(assess(example, (), TODAY)) == {
        "ORG-SPA": (120 + 240 + 90, date(2017, 6, 30)),
        "ORG-ASW": (80 + 160 + 60, date(2017, 6, 30)),
        "ORG-FAE": (150 + 600 + 60, date(2017, 6, 30)),
        "ORG-GB-OBM": (40, date(2016, 12, 31)),
    }


def test_a_longer_phase_binds_its_offices_in_proportion_to_its_working_days(example: Plan) -> None:
    # 2016 has 252 working days, the first quarter of 2017 has 65: each load of the phase × 317/252
    assert loads(changed(example, "longer:P2=90")) == {
        "ORG-SPA": (120 + 302 + 90, date(2017, 6, 30)),
        "ORG-ASW": (80 + 201 + 60, date(2017, 6, 30)),
        "ORG-FAE": (150 + 755 + 60, date(2017, 6, 30)),
        "ORG-GB-OBM": (50, date(2017, 3, 31)),
    }


def test_unknown_person_days_stay_unknown_and_undated_work_binds_nobody() -> None:
    plan = work([task("A", 5)], [])
    rows = (
        StaffDays(id="1", office="X", work="A", days=None, evidence="assumed"),
        StaffDays(id="2", office="Y", work="B", days=7, evidence="assumed"),
    )
    plan = replace(plan, staff_days=rows)
    dates = timetable(plan)
    found = {load.office: (load.days.value, load.until.value) for load in staff(plan, dates)}
    assert found == {"X": (None, date(2016, 1, 8)), "Y": (7, None)}


def test_a_new_item_is_filed_with_its_work_as_it_lies_then() -> None:
    plan = bound(date(2016, 12, 5), 10)
    later = apply(plan, [parse("delay:A=21")]).plan
    more = replace(later, cost_items=(*later.cost_items, replace(item("neu", 900, 2017), bound_to="A")))
    saved = refiled(later, more)
    assert set(moved(saved, splits(saved, timetable(saved)))) == {"K0"}
    assert saved.by_id["K0"] == later.by_id["K0"], "what was filed stays"
