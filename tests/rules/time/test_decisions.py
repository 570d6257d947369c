"""Decisions lie on real sittings, stations come in a possible order, and what a date rests on is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import TODAY, body, link, sitting, task, work

from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.content import Setting
from insek_core.plan.process import Paper, Reading
from insek_core.plan.values import Fuzzy, parse_fuzzy
from insek_core.rules.checks import check
from insek_core.rules.time.course import Course, course
from insek_core.rules.time.dates import year_end
from insek_core.rules.time.meetings import agenda
from insek_core.rules.time.schedule import Timetable, timetable
from insek_core.rules.time.sittings import sittings
from insek_core.storage.embedded import example_plan
from insek_core.views.table import Table
from insek_core.views.timetables import papers as papers_table
from insek_core.views.timetables import timetable as steps_table

EXAMPLE = example_plan()


def records(table: Table) -> list[dict[str, str]]:
    """The rows of a table as a reader sees them, by heading."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.texts()]


def of(found: Timetable, paper: str) -> Course:
    return next(way for way in found.courses if way.paper == paper)


def edited(plan: Plan, table: str, name: str, **values: Any) -> Plan:
    return with_row(plan, table, replace(plan.by_id[name], **values))


def messages(found: Timetable, word: str) -> list[str]:
    return [finding.message for finding in found.findings if word in finding.message]


def two(first: dict[str, Any], then: dict[str, Any], **more: Any) -> Plan:
    """A paper ready on 04.01.2016 before a committee (Tuesdays) and the council (third Wednesdays)."""
    bodies = (
        body(id="A", name="Ausschuss", cadence="FREQ=WEEKLY;BYDAY=TU", first_on=date(2015, 1, 1), lead_time_days=7),
        body(id="R", name="Rat", cadence="FREQ=MONTHLY;BYDAY=3WE", first_on=date(2015, 1, 1), lead_time_days=7),
    )
    rows = tuple(
        Reading(**{"id": f"R{n}", "paper": "V", "position": n, "evidence": "stated", **row})
        for n, row in enumerate(
            (
                {"body": "A", "responsibility": "Vorberatung", **first},
                {"body": "R", "responsibility": "Beschlussfassung", **then},
            ),
            1,
        )
    )
    paper = Paper(id="V", title="V", short_name="Vorlage", ready_on=date(2016, 1, 4), evidence="stated")
    return replace(Plan(bodies=bodies, papers=(paper,), readings=rows), **more)


def days(plan: Plan, today: date | None = None) -> list[str]:
    return [str(stop.on) for stop in timetable(plan, today).courses[0].stops]


# --- the distance between Vorberatung and Beschluss ------------------------------------------------------------------


def gap(value: str, **more: Any) -> Setting:
    return Setting(id="decision_gap_days", name="Abstand", value=value, **{"evidence": "stated", **more})


@pytest.mark.parametrize(
    ("setting", "own", "decided"),
    [
        ((), None, "2016-01-20"),  # Tuesday 12.01., then the third Wednesday
        ((gap("8"),), None, "2016-01-20"),
        ((gap("9"),), None, "2016-02-17"),
        ((gap("9"),), 1, "2016-01-20"),  # the station's own wins
        ((gap("einer"),), None, "2016-01-20"),
        ((gap("-9"),), None, "2016-01-20"),
    ],
)
def test_a_decision_keeps_the_distance_that_the_setting_says(setting: Any, own: int | None, decided: str) -> None:
    assert days(two({}, {"gap_days": own}, settings=setting)) == ["2016-01-12", decided]


def test_a_day_that_rests_on_an_assumed_distance_is_marked_and_one_on_a_stated_is_not() -> None:
    for setting, marked in (((), True), ((gap("1", evidence="assumed"),), True), ((gap("1"),), False)):
        found = timetable(two({}, {}, settings=setting)).courses[0]
        assert [stop.assumed for stop in found.stops] == [False, marked] and found.assumed is marked


@pytest.mark.parametrize("value", ["einer", "-1", "1,5"])
def test_a_distance_that_is_no_number_of_days_is_a_finding(value: str) -> None:
    told = [f.message for f in check(Plan(settings=(gap(value),))) if f.table == "settings"]
    assert len(told) == 1 and value in told[0]


def test_the_example_states_its_distance_as_an_assumption_and_what_was_observed() -> None:
    row = EXAMPLE.by_id["decision_gap_days"]
    assert isinstance(row, Setting) and (row.value, row.evidence) == ("1", "assumed") and "22 Tage" in row.note


# --- a decision is a sitting -----------------------------------------------------------------------------------------


def on_real_sittings(plan: Plan, today: date | None) -> None:
    """Every day of a station is a sitting of its body, a day it was held, or ends a hearing; so is its milestone's."""
    found = timetable(plan, today)
    reaches = {paper.id: paper.reaches for paper in plan.papers}
    for way in found.courses:
        for stop in way.stops:
            known = {one.on for one in sittings(plan, stop.body)}
            assert stop.on is None or stop.held or stop.hearing or stop.on in known, (way.paper, stop)
        milestone = found.by_id.get(reaches[way.paper])
        if milestone and milestone.milestone:
            assert milestone.finish_on == way.decided_on, way.paper


TASKS = [task.id for task in EXAMPLE.tasks]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TASKS), st.integers(1, 400), st.sampled_from([TODAY, None, date(2016, 6, 1)]))
def test_however_a_step_is_delayed_a_decision_falls_on_a_sitting(name: str, late: int, today: date | None) -> None:
    on_real_sittings(apply(EXAMPLE, (parse(f"delay:{name}={late}"),)).plan, today)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["nicht früher als", "nicht später als", "genau am"]),
    st.dates(date(2016, 1, 1), date(2018, 3, 1)),
    st.integers(1, 400),
)
def test_whatever_else_a_decision_waits_for_it_falls_on_a_sitting(constraint: str, on: date, length: int) -> None:
    plan = edited(EXAMPLE, "tasks", "A2", constraint=constraint, constraint_on=on)
    other = replace(task("X", length), phase="P3")
    plan = replace(plan, tasks=(*plan.tasks, other), links=(*plan.links, link("X", "A2")))
    on_real_sittings(plan, TODAY)


def test_a_decision_delayed_by_thirty_days_waits_for_the_sitting_after_the_summer_break() -> None:
    found = timetable(apply(EXAMPLE, (parse("delay:A2=30"),)).plan, TODAY)
    assert found.by_id["A2"].finish_on == of(found, "V4").decided_on == date(2017, 8, 16)
    assert found.by_id["A2"].waits_for == (
        "nicht früher als 21.07.2017; wartet auf die Sitzung am 16.08.2017 (Ratsversammlung)"
    )


def test_a_milestone_of_a_paper_that_no_step_makes_waits_for_its_sitting_too() -> None:
    plan = two({}, {})
    plan = replace(
        work([task("M", 0, kind="Meilenstein")], []),
        bodies=plan.bodies,
        readings=plan.readings,
        papers=(replace(plan.papers[0], reaches="M"),),
    )
    assert timetable(plan, TODAY).by_id["M"].finish_on == date(2016, 1, 20)


def test_a_sitting_on_a_saturday_is_the_day_of_its_milestone() -> None:
    saturday = date(2016, 3, 5)
    plan = two({"body": "S"}, {"body": "S"})
    plan = replace(
        work([task("a", 2), task("M", 0, kind="Meilenstein")], []),
        bodies=(body(id="S", name="Rat"),),
        meetings=tuple(sitting(f"S{n}", Fuzzy.on(saturday + timedelta(7 * n)), body="S") for n in (-1, 0)),
        readings=plan.readings,
        papers=(replace(plan.papers[0], ready_on=None, task="a", reaches="M"),),
    )
    assert timetable(plan).by_id["M"].finish_on == saturday


def test_a_decision_beyond_the_last_known_sitting_has_no_day_and_says_why() -> None:
    plan = edited(EXAMPLE, "tasks", "A2", constraint="nicht früher als", constraint_on=date(2018, 6, 25))
    found = timetable(plan, TODAY).by_id["A2"]
    assert found.finish_on is None and "keine Sitzung bekannt" in found.waits_for


# --- stations before a held one, and orders that cannot be -----------------------------------------------------------

LATER = date(2016, 6, 1)


def test_a_station_before_one_that_was_held_is_over_and_never_ahead() -> None:
    found = timetable(EXAMPLE, LATER)
    way = of(found, "V2")
    assert [(str(stop.on), stop.held) for stop in way.stops] == [("None", True), ("None", True), ("2016-05-18", True)]
    assert way.decided_on == date(2016, 5, 18)
    (told,) = messages(found, "als erledigt")
    assert told == (
        "Bilanzbericht: Ratsversammlung war am 18.05.2016; Dienstberatung des Oberbürgermeisters und Fachausschuss "
        "Stadtentwicklung und Bau davor gelten als erledigt, Tag und Ergebnis sind unbekannt."
    )
    ways = {row["Gremienvorlage"].split(":")[0]: row["Beratungsfolge"] for row in records(papers_table(EXAMPLE, found))}
    assert "erledigt, Tag unbekannt: Dienstberatung des Oberbürgermeisters" in ways["Informationsvorlage"]


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ({"sitting": Fuzzy.on(date(2016, 1, 12))}, {"actual_on": date(2016, 1, 20)}, ["2016-01-12", "2016-01-20"]),
        ({"sitting": Fuzzy.on(date(2016, 2, 2))}, {"actual_on": date(2016, 1, 20)}, ["None", "2016-01-20"]),
        ({}, {"sitting": Fuzzy.on(date(2016, 1, 20)), "result": "beschlossen"}, ["None", "2016-01-20"]),
        ({}, {"result": "beschlossen"}, ["None", "None"]),  # a result without a day is over all the same
        ({"actual_on": date(2016, 1, 26)}, {"actual_on": date(2016, 1, 20)}, ["2016-01-26", "2016-01-20"]),
        ({}, {"actual_on": date(2016, 7, 20)}, ["2016-06-07", "2016-06-15"]),  # a fact of the future is none
        ({"result": "zurückgestellt", "actual_on": date(2016, 1, 12)}, {}, ["2016-06-07", "2016-06-15"]),
    ],
)
def test_what_is_over_on_the_first_of_june_2016(first: Any, then: Any, expected: list[str]) -> None:
    assert days(two(first, then), LATER) == expected


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"actual_on": date(2016, 1, 26)}, {"actual_on": date(2016, 1, 20)}),  # held in the wrong order
        ({"sitting": parse_fuzzy("2. Quartal 2017")}, {"sitting": parse_fuzzy("1. Quartal 2017")}),  # so entered
        ({"sitting": Fuzzy.on(date(2016, 9, 6))}, {"actual_on": date(2016, 1, 20)}),  # ahead of one that was held
    ],
)
def test_an_impossible_order_is_a_finding_that_names_both(first: Any, then: Any) -> None:
    (told,) = messages(timetable(two(first, then), LATER), "liegt vor")
    assert "Rat" in told and "Ausschuss" in told and "folgt in der Beratungsfolge aber danach" in told


def test_a_station_held_before_the_paper_is_ready_is_a_finding() -> None:
    (told,) = messages(timetable(two({"actual_on": date(2015, 12, 8)}, {}), LATER), "fertig ist sie")
    assert "08.12.2015" in told and "04.01.2016" in told


def test_the_example_has_no_impossible_order_today() -> None:
    assert not messages(timetable(EXAMPLE, TODAY), "liegt vor")


# --- Stand unbekannt -------------------------------------------------------------------------------------------------


def test_a_step_that_should_be_over_and_of_which_nothing_is_entered_is_told_as_unknown() -> None:
    plan = edited(EXAMPLE, "tasks", "B1", actual_finish_on=date(2015, 8, 13))
    plan = edited(plan, "tasks", "B3", progress_share=1)
    found = timetable(plan, LATER)
    unknown = {row.id for row in found.tasks if row.unknown}
    assert {"B0", "B2", "B4", "B5", "K1"} <= unknown and not {"B1", "B3", "K2", "A1"} & unknown
    rows = {row["Nr."]: row["Ende"] for row in records(steps_table(plan, found))}
    assert rows["B5"] == "29.10.2015 (Stand unbekannt)" and rows["B1"] == "13.08.2015" and rows["K2"] == "08.09.2016"
    (told,) = messages(found, "Stand unbekannt: ")
    assert "sollten vor dem 01.06.2016 beendet sein" in told


def test_a_station_whose_day_has_passed_without_a_result_is_unknown() -> None:
    plan = two({"sitting": Fuzzy.on(date(2016, 1, 12))}, {})
    found = timetable(plan, LATER)
    assert [stop.unknown for stop in found.courses[0].stops] == [True, True]
    assert messages(found, "war am 12.01.2016 vorgesehen, Stand unbekannt")
    assert [step.what for step in agenda(plan, found) if step.table == "readings"][
        -1
    ] == "Vorlage: Rat (Stand unbekannt)"
    known = two({"sitting": Fuzzy.on(date(2016, 1, 12)), "result": "beschlossen"}, {"actual_on": date(2016, 1, 20)})
    assert [stop.unknown for stop in timetable(known, LATER).courses[0].stops] == [False, False]


def test_a_milestone_is_reached_on_the_day_its_decision_was_held() -> None:
    plan = two({}, {"actual_on": date(2016, 1, 20)})
    made = work([task("a", 60), task("M", 0, kind="Meilenstein")], [link("a", "M")])
    paper = replace(plan.papers[0], ready_on=None, task="a", reaches="M")
    plan = replace(made, bodies=plan.bodies, readings=plan.readings, papers=(paper,))
    found = timetable(plan, LATER).by_id["M"]
    assert (found.finish_on, found.unknown, found.assumed) == (date(2016, 1, 20), False, False)
    assert timetable(plan, date(2016, 1, 19)).by_id["M"].finish_on == date(2016, 4, 20)


def test_nothing_is_unknown_before_its_day() -> None:
    found = timetable(EXAMPLE, TODAY)
    assert not any(row.unknown for row in found.tasks)
    assert not any(stop.unknown for way in found.courses for stop in way.stops)


# --- constraints -----------------------------------------------------------------------------------------------------


def test_constraints_as_counted_by_hand(own_case: Callable[[str], Any]) -> None:
    for case in own_case("constraints.json")["cases"]:
        on, started = date.fromisoformat(case["on"]), case.get("started")
        bound = task(
            "s",
            case["days"],
            kind=case["kind"],
            constraint=case["constraint"],
            constraint_on=on,
            actual_start_on=date.fromisoformat(started) if started else None,
        )
        plan = work([task("v", case["before"]), bound], [link("v", "s")])
        told = [f.message for f in timetable(plan, date(2016, 1, 8)).findings if f.record == "s"]
        assert told == ([case["words"]] if case["off"] else []), case["name"]


# --- phases ----------------------------------------------------------------------------------------------------------


def test_steps_that_run_over_the_end_of_their_phase_are_a_finding() -> None:
    found = timetable(work([task("a", 6)], [], end=Fuzzy.on(date(2016, 1, 8))))
    assert messages(found, "Phase „Phase“") == [
        "Phase „Phase“: Der letzte Arbeitsschritt endet am 11.01.2016, 3 Tage nach dem Ende der Phase (08.01.2016)."
    ]


def test_the_example_keeps_the_bounds_of_its_phases() -> None:
    assert not messages(timetable(EXAMPLE, TODAY), "Phase „")


# --- the turn of the year --------------------------------------------------------------------------------------------


def test_a_series_pauses_over_the_turn_of_the_year_and_an_entered_sitting_does_not() -> None:
    weekly = body(id="G", cadence="FREQ=DAILY", first_on=date(2015, 12, 20), until_on=date(2016, 1, 10))
    for sits in (None, True):
        plan = Plan(
            bodies=(replace(weekly, sits_in_breaks=sits),), meetings=(sitting("S", Fuzzy.on(date(2015, 12, 28))),)
        )
        found = [str(one.on) for one in sittings(plan, "G") if date(2015, 12, 22) <= one.on <= date(2016, 1, 7)]
        assert found == ["2015-12-22", "2015-12-28", "2016-01-07"]


@pytest.mark.parametrize("value", ["Weihnachten", "24.12.", "01.01.–02.01.", "31.02.–06.01."])
def test_a_pause_that_cannot_be_read_is_a_finding_and_the_usual_one_holds(value: str) -> None:
    setting = Setting(id="year_end_pause", name="Pause", value=value, evidence="stated")
    assert any(value in f.message for f in check(Plan(settings=(setting,))) if f.table == "settings")
    daily = body(id="G", cadence="FREQ=DAILY", first_on=date(2015, 12, 20), until_on=date(2016, 1, 10))
    assert date(2015, 12, 24) not in {one.on for one in sittings(Plan(bodies=(daily,), settings=(setting,)), "G")}


def test_a_city_can_state_another_pause() -> None:
    assert year_end("20.12.-02.01.") == ((12, 20), (1, 2))
    row = EXAMPLE.by_id["year_end_pause"]
    assert isinstance(row, Setting) and year_end(row.value) == ((12, 23), (1, 6)) and row.evidence == "assumed"


def test_no_station_of_the_example_lies_between_the_years() -> None:
    ready = date(2015, 12, 1)
    paper = next(paper for paper in EXAMPLE.papers if paper.id == "V2")
    for late in range(40):
        for stop in course(EXAMPLE, paper, ready + timedelta(late), TODAY).stops:
            assert stop.on is None or (1, 6) < (stop.on.month, stop.on.day) < (12, 23)
