"""Series, sittings and papers: the published series, the replay of DS-00832/14, the step function and its inverse."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from small import TODAY, body, sitting, task, work

from insek_core.plan import Plan
from insek_core.plan.errors import Unreadable
from insek_core.plan.process import CalendarEntry, Paper, Reading
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.baseline import actual, deviations, planned
from insek_core.rules.time.course import Course, course, latest_ready, steps
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.sittings import series, sittings
from insek_core.rules.time.stations import papers_of

FIRST, LAST = date(2016, 1, 1), date(2016, 12, 31)
RULES = (
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "FREQ=MONTHLY;BYDAY=3WE",
    "FREQ=MONTHLY;BYDAY=-1MO",
    "FREQ=YEARLY;BYMONTH=3,9;BYDAY=1TH",
)


def days(found: Any) -> list[str]:
    return [row.on.isoformat() for row in found]


def test_published_series(shared_case: Callable[[str], Any]) -> None:
    for case in shared_case("meeting_series.json"):
        first = datetime.fromisoformat(case["dtstart"]).date()
        assert days(series(case["rrule"], first, date(1998, 12, 31), "none")) == case["expected"], case["name"]


@settings(max_examples=60)
@given(st.sampled_from(RULES), st.dates(date(2015, 1, 1), date(2016, 1, 1)), st.integers(0, 700))
def test_a_series_is_that_of_the_library(rule: str, first: date, length: int) -> None:
    last = first + timedelta(length)
    start = datetime(first.year, first.month, first.day)
    every = rrulestr(rule, dtstart=start).between(start, datetime(last.year, last.month, last.day, 23), inc=True)
    assert [d.on for d in series(rule, first, last, "none")] == [at.date() for at in every]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("none", ["2016-01-01", "2016-02-05"]),
        ("skip", ["2016-02-05"]),
        ("next", ["2016-01-04", "2016-02-05"]),
        ("week", ["2016-01-08", "2016-02-05"]),
    ],
)
def test_a_first_friday_on_new_year_goes_where_the_policy_says(policy: str, expected: list[str]) -> None:
    assert days(series("FREQ=MONTHLY;BYDAY=1FR", FIRST, date(2016, 2, 29), policy)) == expected


def test_a_date_moved_onto_another_is_one_sitting() -> None:
    found = series("FREQ=WEEKLY;BYDAY=FR", date(2016, 3, 18), date(2016, 4, 8), "week")  # 25.03. is Good Friday
    assert days(found) == ["2016-03-18", "2016-04-01", "2016-04-08"]


@pytest.mark.parametrize(
    "rule", ["jeden Dienstag", "FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=XX", "", "FREQ=DAILY;UNTIL=gestern"]
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(Unreadable):
        series(rule, FIRST, LAST, "none")


def test_a_series_without_end_is_refused_and_an_end_in_world_time_is_read() -> None:
    with pytest.raises(Unreadable, match="mehr als"):
        series("FREQ=DAILY", date(1990, 1, 1), date(2100, 1, 1), "none")
    assert len(series("FREQ=WEEKLY;UNTIL=20160120T000000Z", date(2016, 1, 6), LAST, "none")) == 3


COUNCIL = body(id="G", cadence="FREQ=MONTHLY;BYDAY=3WE", first_on=FIRST, until_on=LAST, lead_time_days=14)
BREAK = CalendarEntry(
    id="SP",
    name="Sommerpause",
    kind="Sitzungspause",
    first_on=date(2016, 6, 27),
    last_on=date(2016, 8, 5),
    evidence="assumed",
)


def test_breaks_are_kept_and_dates_are_replaced_cancelled_and_added_one_by_one() -> None:
    rows = (
        sitting("moved", Fuzzy.on(date(2016, 2, 18)), instead_of_on=date(2016, 2, 17)),
        sitting("gone", Fuzzy.on(date(2016, 3, 16)), cancelled=True),
        sitting("extra", Fuzzy.on(date(2016, 4, 6))),
        sitting("someday", Fuzzy("Herbst 2016", date(2016, 9, 1), date(2016, 11, 30))),
    )
    plan = Plan(bodies=(COUNCIL,), meetings=rows, calendars=(BREAK,))
    found = sittings(plan, "G")
    assert days(found)[:5] == ["2016-01-20", "2016-02-18", "2016-04-06", "2016-04-20", "2016-05-18"]
    assert "2016-07-20" not in days(found) and len(found) == 11
    assert (found[1].planned_on, found[1].meeting, found[1].due_on) == (date(2016, 2, 17), "moved", date(2016, 2, 4))
    busy = replace(plan, bodies=(replace(COUNCIL, sits_in_breaks=True),))
    assert "2016-07-20" in days(sittings(busy, "G"))


def held(found: Course) -> list[str]:
    return [stop.on.isoformat() if stop.on else "?" for stop in found.stops]


def paper(plan: Plan, name: str) -> Paper:
    return next(row for row in plan.papers if row.id == name)


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (0, ["2015-04-14", "2015-04-28", "2015-05-20"]),
        (3, ["2015-04-28", "2015-05-12", "2015-05-20"]),
        (15, ["2015-05-12", "2015-05-26", "2015-06-17"]),
    ],
)
def test_the_paper_of_2015_is_replayed_and_what_lateness_would_have_cost(
    example: Plan, late: int, expected: list[str]
) -> None:
    assert held(course(example, paper(example, "V1"), date(2015, 3, 31) + timedelta(late), replay=True)) == expected


def test_three_days_late_can_cost_eight_weeks(example: Plan) -> None:
    found = steps(example, paper(example, "V4"), date(2017, 5, 10), 30, TODAY)
    assert [(s.first_days, s.last_days, str(s.decided_on)) for s in found] == [
        (0, 6, "2017-06-21"),
        (7, 20, "2017-08-16"),
        (21, 30, "2017-09-20"),
    ]
    assert latest_ready(example, paper(example, "V4"), date(2017, 6, 21), TODAY) == date(2017, 5, 16)


def on_its_way(*stations: Reading, rules: tuple[str, str] = (RULES[0], RULES[2]), **more: Any) -> Plan:
    bodies = tuple(
        body(
            id=name, name=name, cadence=rule, first_on=date(2015, 1, 1), until_on=date(2030, 1, 1), lead_time_days=lead
        )
        for name, rule, lead in zip("AB", rules, (7, 21), strict=True)
    )
    return Plan(bodies=bodies, papers=(Paper(id="V", title="V", evidence="stated"),), readings=stations, **more)


def station(position: int, where: str, **more: Any) -> Reading:
    return Reading(id=f"R{position}{where}", paper="V", position=position, body=where, evidence="stated", **more)


ways = st.builds(
    lambda rules, gaps, both: on_its_way(
        station(1, "A", gap_days=gaps[0]),
        station(1 if both else 2, "B", gap_days=gaps[1]),
        station(3, "A", responsibility="2. Lesung"),
        rules=rules,
    ),
    st.tuples(st.sampled_from(RULES), st.sampled_from(RULES)),
    st.tuples(st.integers(1, 30), st.integers(1, 30)),
    st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(ways, st.dates(date(2016, 1, 1), date(2016, 6, 1)))
def test_a_later_paper_is_never_decided_earlier_and_the_latest_ready_day_is_the_last_that_holds(
    plan: Plan, ready: date
) -> None:
    found = [course(plan, plan.papers[0], ready + timedelta(n)).decided_on for n in range(60)]
    known = [day for day in found if day]
    assert known == sorted(known) and len(known) == len(found)
    last = latest_ready(plan, plan.papers[0], known[0])
    assert last is not None and last >= ready
    decided = [course(plan, plan.papers[0], last + timedelta(n)).decided_on for n in (0, 1)]
    assert decided[0] and decided[1] and decided[0] <= known[0] < decided[1]


def test_stations_of_one_position_run_side_by_side_and_the_next_waits_for_both() -> None:
    plan = on_its_way(station(1, "A"), station(1, "B"), station(2, "A"))
    assert held(course(plan, plan.papers[0], date(2016, 1, 4))) == ["2016-01-12", "2016-02-17", "2016-02-23"]


@pytest.mark.parametrize(
    ("result", "on", "expected"),
    [
        ("zurückgestellt", "12.01.2016", "2016-01-19"),
        ("beschlossen", "12.01.2016", "2016-01-12"),
        ("geändert beschlossen", "12.01.2016", "2016-01-12"),
    ],
)
def test_a_result_holds_its_day_and_what_is_put_off_takes_the_next_sitting(result: str, on: str, expected: str) -> None:
    day = date(2016, 1, 12)
    plan = on_its_way(station(1, "A", sitting=Fuzzy.on(day), result=result), station(2, "B"))
    assert held(course(plan, plan.papers[0], date(2016, 1, 4)))[0] == expected


def test_a_new_version_stands_for_the_old_one() -> None:
    plan = on_its_way()
    new = Paper(id="V-NF", title="V", version="NF-01", replaces="V", evidence="stated")
    assert [row.id for row in papers_of(replace(plan, papers=(*plan.papers, new)))] == ["V-NF"]


def test_a_hearing_of_a_body_without_sittings_takes_its_weeks_and_other_bodies_leave_the_rest_unknown() -> None:
    silent = (body(id="OR", name="Ortschaftsräte"),)
    plan = on_its_way(station(1, "OR", responsibility="Anhörung"), station(2, "A"))
    plan = replace(plan, bodies=(*plan.bodies, *silent))
    assert held(course(plan, plan.papers[0], date(2016, 1, 4))) == ["2016-02-14", "2016-02-16"]
    mute = replace(plan, readings=(station(1, "OR"), station(2, "A")))
    found = course(mute, mute.papers[0], date(2016, 1, 4))
    assert held(found) == ["?", "?"] and found.decided_on is None and "keine Sitzung bekannt" in found.stops[0].why


def test_the_float_of_the_work_on_a_paper_is_the_time_until_it_misses_its_sitting(example: Plan) -> None:
    found = timetable(example, TODAY).by_id
    assert (found["A1"].total_float_days, found["A1"].late_finish_on) == (4, date(2017, 5, 16))
    assert found["A2"].finish_on == date(2017, 6, 21) and found["A2"].critical and found["A2"].held_by == "A1"


def test_facts_count_up_to_the_day_of_status_and_stand_beside_the_plan_before(example: Plan) -> None:
    assert timetable(example, date(2018, 6, 1)).by_id["A2"].finish_on == date(2018, 5, 31)
    plan = planned(example, timetable(example, TODAY))
    late = {row.name: row.days for row in deviations(plan, actual(example), facts=True)}
    assert late["Beschlussfassung"] == 344 and not any("Auftakt" in name for name in late)


def test_what_is_moved_new_or_gone_between_two_plans_is_told_apart() -> None:
    before, after = work([task("a", 5), task("b")], []), work([task("a", 7), task("c")], [])
    found = deviations(planned(before, timetable(before)), planned(after, timetable(after)))
    assert {(row.record, row.kind, row.days) for row in found} == {
        ("a", "verschoben", 4),
        ("b", "entfallen", None),
        ("c", "neu", None),
    }


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("2016-01-04", "2016-01-15")),
        ({"progress_share": 0}, ("2016-01-11", "2016-01-22")),  # not begun: all of it lies ahead
        ({"actual_start_on": date(2016, 1, 6)}, ("2016-01-06", "2016-01-19")),
        ({"actual_start_on": date(2016, 1, 6), "progress_share": "half"}, ("2016-01-06", "2016-01-15")),
        ({"actual_start_on": date(2016, 1, 4), "actual_finish_on": date(2016, 1, 8)}, ("2016-01-04", "2016-01-08")),
        ({"actual_finish_on": date(2016, 1, 20)}, ("2016-01-04", "2016-01-15")),  # a fact of the future is none
    ],
)
def test_progress_on_the_eleventh_of_january(more: dict[str, Any], expected: tuple[str, str]) -> None:
    from fractions import Fraction

    if "progress_share" in more:
        more = {**more, "progress_share": Fraction(1, 2) if more["progress_share"] == "half" else Fraction(0)}
    (found,) = timetable(work([task("a", 10, **more)], []), date(2016, 1, 11)).tasks
    assert (str(found.start_on), str(found.finish_on)) == expected


def test_a_summary_spans_its_parts_and_days_off_are_no_working_days() -> None:
    tasks = [
        task("S", None, kind="Sammelvorgang"),
        task("a", 5, parent="S"),
        task("b", 3, parent="S", constraint="nicht früher als", constraint_on=date(2016, 1, 18)),
    ]
    off = CalendarEntry(
        id="O", name="Umzug", kind="arbeitsfrei", first_on=date(2016, 1, 5), last_on=date(2016, 1, 5), evidence="stated"
    )
    found = timetable(replace(work(tasks, []), calendars=(off,))).by_id
    assert (found["S"].start_on, found["S"].finish_on) == (date(2016, 1, 4), date(2016, 1, 20))
    assert found["a"].finish_on == date(2016, 1, 11) and found["S"].duration_days == 12


@pytest.mark.parametrize(
    "bound", [{"deadline_on": date(2016, 1, 6)}, {"constraint": "nicht später als", "constraint_on": date(2016, 1, 6)}]
)
def test_a_bound_that_fails_turns_the_float_negative_and_moves_nothing(bound: dict[str, Any]) -> None:
    found = timetable(work([task("a", 5, **bound)], []))
    assert (found.tasks[0].finish_on, found.tasks[0].total_float_days, found.tasks[0].critical) == (
        date(2016, 1, 8),
        -2,
        True,
    )
    assert bool(found.findings) == ("constraint" in bound)


@pytest.mark.parametrize("key", ["V1", "V2", "V3", "V4"])
@pytest.mark.parametrize("replay", [True, False])
def test_the_steps_are_what_each_day_says_by_itself(example: Plan, key: str, replay: bool) -> None:
    ready = {"V1": date(2015, 3, 31), "V2": date(2015, 11, 27), "V3": date(2016, 9, 8), "V4": date(2017, 5, 10)}[key]
    one = paper(example, key)
    found = steps(example, one, ready, 400, TODAY, replay=replay)
    told = [step.decided_on for step in found for _ in range(step.first_days, step.last_days + 1)]
    assert told == [
        course(example, one, ready + timedelta(late), TODAY, replay=replay).decided_on for late in range(401)
    ]
    assert all(a.decided_on != b.decided_on for a, b in itertools.pairwise(found))
