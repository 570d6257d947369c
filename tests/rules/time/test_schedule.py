"""The forward pass: published networks, hand-counted calendars, and the longest chain by brute force."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import BEGIN, link, task, work

from insek_core.plan import Plan
from insek_core.plan.process import Task
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.dates import TaskDates
from insek_core.rules.time.net.worknet import tie
from insek_core.rules.time.schedule import Timetable, timetable
from insek_core.rules.time.workdays import offices

SAXONY = offices("SN")

ZERO = SAXONY.index(BEGIN)


def dates(found: Timetable) -> dict[str, TaskDates]:
    return {row.id: row for row in found.tasks}


def span(row: TaskDates) -> tuple[int, int]:
    """Start and finish in working days from the begin of the phase, half-open."""
    assert row.start_on and row.finish_on
    return SAXONY.index(row.start_on) - ZERO, SAXONY.index(row.finish_on) - ZERO + 1


@pytest.mark.parametrize(
    "name", ["03_msproject_relations_chain", "04_taylor_ch8_20weeks", "08_general_foundry_15weeks"]
)
def test_published_networks_come_out_as_published(name: str, shared_case: Callable[[str], Any]) -> None:
    case = shared_case(f"{name}.json")
    links = [link(p["id"], t["id"], p["type"], p["lag"]) for t in case["tasks"] for p in t["preds"]]
    found = timetable(work([task(t["id"], t["duration"]) for t in case["tasks"]], links))
    expected = {key: (row["ES"], row["EF"]) for key, row in case["expected"]["published"].items()}
    assert {key: span(row) for key, row in dates(found).items()} == expected
    assert found.finish_on == SAXONY.day(ZERO + case["expected"]["makespan"] - 1)


def test_dates_as_counted_by_hand(own_case: Callable[[str], Any]) -> None:
    for case in own_case("schedule.json")["cases"]:
        tasks = [task(name, days) for name, days in case["tasks"].items()]
        found = timetable(work(tasks, [link(*row) for row in case["links"]], date.fromisoformat(case["begin"])))
        told = {row.id: [str(row.start_on), str(row.finish_on)] for row in found.tasks}
        assert told == case["expected"], case["name"]


def test_the_finish_of_the_example_is_a_working_day_and_says_what_it_waits_for(example: Plan) -> None:
    found = dates(timetable(example))
    assert all(row.start_on and row.finish_on for row in found.values())
    assert found["A2"].milestone and found["A2"].start_on == found["A2"].finish_on
    assert found["A2"].waits_for == "wartet auf Abstimmung, dann auf die Sitzung am 21.06.2017 (Ratsversammlung)"
    assert found["A2"].finish_on <= date(2017, 6, 30) and found["A2"].days_late == 0


@pytest.mark.parametrize(
    ("constraint", "start"),
    [("nicht früher als", "2016-01-06"), ("genau am", "2016-01-06"), ("nicht später als", "2016-01-04")],
)
def test_a_constraint_of_its_own_replaces_the_begin_of_the_phase(constraint: str, start: str) -> None:
    bound = task("a", constraint=constraint, constraint_on=date(2016, 1, 6))
    assert str(dates(timetable(work([bound], [])))["a"].start_on) == start


def test_a_missed_deadline_is_counted_in_calendar_days() -> None:
    late = task("a", 6, deadline_on=date(2016, 1, 8))  # ends Monday 11.01.
    assert dates(timetable(work([late], [])))["a"].days_late == 3


def test_a_phase_says_how_far_its_tasks_run_over() -> None:
    found = timetable(work([task("a", 6)], [], end=Fuzzy.on(date(2016, 1, 8))))
    assert (found.phases[0].tasks_start_on, found.phases[0].days_over) == (BEGIN, 3)


def test_a_milestone_lies_at_the_end_of_the_day_before_its_position() -> None:
    found = dates(timetable(work([task("a", 5), task("m", 0, kind="Meilenstein")], [link("a", "m")])))
    assert found["m"].start_on == found["m"].finish_on == found["a"].finish_on == date(2016, 1, 8)


@pytest.mark.parametrize("gap", [task("a", None), task("a", 5, phase="")], ids=["no duration", "no begin"])
def test_what_cannot_be_dated_is_unknown_and_so_is_what_waits_for_it(gap: Task) -> None:
    found = timetable(work([gap, task("b")], [link("a", "b")]))
    assert [row.start_on for row in found.tasks] == [None, None] and found.finish_on is None
    assert [row.waits_for for row in found.tasks] == [
        "nicht datierbar: Dauer oder Beginn fehlt",
        "nicht datierbar: wartet auf a",
    ]


def test_a_link_that_names_no_task_holds_nothing() -> None:
    assert dates(timetable(work([task("b")], [link("a", "b")])))["b"].start_on == BEGIN


@pytest.mark.parametrize(
    ("days", "lag", "lag_in"),
    [(10**18, 0, ""), (5, -(10**6), ""), (5, 10**9, ""), (5, -(10**12), "Kalendertage"), (5, 10**12, "Kalendertage")],
)
def test_what_no_calendar_holds_stays_undated_and_says_so(days: int, lag: int, lag_in: str) -> None:
    plan = work([task("a", days), task("b", phase="")], [link("a", "b", "FS", lag, lag_in)])
    found = dates(timetable(plan))
    assert found["b"].start_on is None and "nicht datierbar" in found["b"].waits_for
    assert found["a"].start_on is None or "außerhalb des Kalenders" in found["b"].waits_for


@given(
    kind=st.sampled_from(["FS", "SS", "FF", "SF"]),
    lag=st.integers(-40, 40),
    at=st.integers(6000, 6600),
    limit=st.integers(6000, 6600),
)
def test_a_lag_in_calendar_days_goes_back_as_it_goes_forth(kind: str, lag: int, at: int, limit: int) -> None:
    clock = tie(link("a", "b", kind, lag, "Kalendertage"), SAXONY).clock
    if clock is not None:
        there, back = clock.add(at, lag), clock.sub(limit, lag)
        assert there is not None and back is not None and (there <= limit) == (at <= back)


@pytest.mark.parametrize("day", [date.min, date(1980, 5, 5), date(2150, 1, 1), date.max])
def test_a_begin_outside_the_calendar_stays_undated(day: date) -> None:
    assert dates(timetable(work([task("a")], [], begin=day)))["a"].start_on is None


def test_a_cycle_is_named_with_its_members_in_order() -> None:
    plan = work([task(name) for name in "zabcd"], [link("a", "b"), link("b", "c"), link("c", "a"), link("c", "d")])
    found = timetable(plan)
    assert [finding.message for finding in found.findings] == ["Die Abhängigkeiten bilden einen Kreis: a → b → c → a."]
    assert {row.id for row in found.tasks if row.start_on is None} == set("abcd")


names = st.integers(1, 6).map(lambda n: [f"t{i}" for i in range(n)])


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], list[tuple[str, str]]]:
    tasks = draw(names)
    pairs = list(itertools.combinations(tasks, 2))
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=9)) if pairs else []
    return draw(st.permutations(tasks)), edges


def _longest(task_id: str, days: dict[str, int], edges: list[tuple[str, str]]) -> int:
    return days[task_id] + max((_longest(a, days, edges) for a, b in edges if b == task_id), default=0)


@settings(max_examples=100)
@given(graphs(), st.lists(st.integers(1, 30), min_size=6, max_size=6))
def test_the_finish_is_the_longest_chain(graph: Any, durations: list[int]) -> None:
    tasks, edges = graph
    days = dict(zip(sorted(tasks), durations, strict=False))
    found = timetable(work([task(name, days[name]) for name in tasks], [link(a, b) for a, b in edges]))
    assert {name: span(row)[1] for name, row in dates(found).items()} == {
        name: _longest(name, days, edges) for name in tasks
    }
    assert found.finish_on == SAXONY.day(ZERO + max(_longest(name, days, edges) for name in tasks) - 1)


@given(graphs(), st.integers(0, 5), st.integers(1, 40))
def test_a_longer_task_never_brings_the_finish_forward(graph: Any, at: int, more: int) -> None:
    tasks, edges = graph
    plan = work([task(name, 5) for name in tasks], [link(a, b) for a, b in edges])
    chosen = plan.tasks[at % len(plan.tasks)]
    longer = replace(plan, tasks=tuple(replace(t, duration_days=5 + more) if t is chosen else t for t in plan.tasks))
    before, after = timetable(plan).finish_on, timetable(longer).finish_on
    assert before and after and before <= after


def test_the_case_of_the_rules_three_months_longer_misses_the_half_year(example: Plan) -> None:
    longer = tuple(
        replace(t, constraint="nicht früher als", constraint_on=date(2017, 4, 3)) if t.id == "A1" else t
        for t in example.tasks
    )
    found = dates(timetable(replace(example, tasks=longer)))
    assert found["A2"].days_late > 0
