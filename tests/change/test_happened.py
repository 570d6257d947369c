"""What really happened: each entry makes a plan of a plan, stated, with its source, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import BEGIN, body, sitting, task, work

from insek_core.change.happened import HeldEntry, StepEntry, enter, enter_held, enter_state
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.errors import Unreadable
from insek_core.plan.process import Paper, Reading
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.workdays import offices

SAXONY = offices("SN")
MONDAY = date(2016, 1, 18)  # two weeks after the begin of the small plans
A_DAY = st.dates(date(2016, 1, 4), date(2016, 3, 31))


def row(plan: Plan, name: str) -> Any:
    return plan.by_id[name]


def finish(plan: Plan, today: date, name: str = "a") -> date | None:
    return timetable(plan, today).by_id[name].finish_on


def test_a_running_step_ends_after_what_is_left_of_it() -> None:
    plan = work([task("a", 30)], [])
    entered = enter_state(plan, StepEntry(task="a", begun_on=date(2016, 1, 5), remaining_days=3), MONDAY, "Amt")
    assert finish(entered, MONDAY) == date(2016, 1, 20)  # Monday, Tuesday, Wednesday


def test_what_was_left_holds_for_the_day_it_was_said_also_when_the_day_of_status_moves_on() -> None:
    plan = work([task("a", 30)], [])
    entered = enter_state(plan, StepEntry(task="a", begun_on=date(2016, 1, 5), remaining_days=5), MONDAY, "Amt")
    later = timetable(entered, date(2016, 1, 21)).by_id["a"]
    assert (later.finish_on, later.state) == (date(2016, 1, 22), "läuft")
    assert timetable(entered, date(2016, 2, 1)).by_id["a"].state == "Stand unbekannt"


def test_begun_without_what_is_left_a_step_takes_its_duration() -> None:
    plan = work([task("a", 10)], [])
    entered = enter_state(plan, StepEntry(task="a", begun_on=date(2016, 1, 11)), MONDAY, "Amt")
    assert finish(entered, MONDAY) == date(2016, 1, 22)


def test_what_has_not_begun_lies_ahead_and_what_is_not_said_is_unknown() -> None:
    plan = work([task("a", 5)], [])
    assert timetable(plan, MONDAY).by_id["a"].state == "Stand unbekannt"
    opened = timetable(enter_state(plan, StepEntry(task="a", opened=True), MONDAY, "Amt"), MONDAY).by_id["a"]
    assert (opened.state, opened.start_on) == ("offen", MONDAY)


def test_done_is_done_whatever_was_left_before() -> None:
    plan = work([task("a", 5, remaining_days=4, actual_start_on=date(2016, 1, 4), progress_share=Fraction(1, 2))], [])
    done = row(enter_state(plan, StepEntry(task="a", done_on=date(2016, 1, 15)), MONDAY, "Amt"), "a")
    assert (done.actual_start_on, done.actual_finish_on) == (date(2016, 1, 4), date(2016, 1, 15))
    assert (done.remaining_days, done.progress_share) == (None, 1)


def test_a_step_done_early_is_not_said_to_have_begun_before_it_should() -> None:
    bound = task("a", 10, constraint="nicht früher als", constraint_on=date(2016, 1, 11))
    plan = enter_state(work([bound], []), StepEntry(task="a", done_on=date(2016, 1, 15)), MONDAY, "Amt")
    found = timetable(plan, MONDAY)
    assert (found.by_id["a"].words, found.findings) == ("11.01.2016 bis 15.01.2016", ())
    sooner = enter_state(work([bound], []), StepEntry(task="a", done_on=date(2016, 1, 7)), MONDAY, "Amt")
    found = timetable(sooner, MONDAY)
    assert found.by_id["a"].words == "07.01.2016" and "beginnt 4 Tage früher" in found.findings[0].message


def test_an_entry_leaves_the_other_marks_as_they_stand() -> None:
    marks = (("kind", "derived"), ("duration_days", "assumed"), ("actual_start_on", "assumed"))
    plan = enter_state(work([task("a", 5, field_evidence=marks)], []), StepEntry(task="a", begun_on=BEGIN), MONDAY, "A")
    assert row(plan, "a").field_evidence == marks[:2]


def test_an_entry_is_stated_and_names_who_said_it_once() -> None:
    plan = work([task("a", 5, evidence="assumed", source="Vorlage Z. 9")], [])
    for source in ("Amt; 61", "Amt 64"):
        plan = enter_state(plan, StepEntry(task="a", begun_on=date(2016, 1, len(source))), MONDAY, source)
    entered = row(plan, "a")
    assert entered.source == "Stand eingetragen (Amt 64, 18.01.2016); im Plan: Vorlage Z. 9"
    assert entered.evidence_of("actual_start_on") == "stated" and entered.evidence_of("duration_days") == "assumed"


def test_a_summary_has_no_state_of_its_own() -> None:
    plan = work([task("s", None, kind="Sammelvorgang"), task("a", 5, parent="s")], [])
    with pytest.raises(Unreadable, match="fasst Schritte zusammen"):
        enter_state(plan, StepEntry(task="s", begun_on=MONDAY), MONDAY, "Amt")


@given(begun=A_DAY, done=A_DAY, today=A_DAY)
def test_no_entry_says_what_has_not_happened_yet(begun: date, done: date, today: date) -> None:
    plan = work([task("a", 5)], [])
    entered, refused = enter(plan, [StepEntry(task="a", begun_on=begun, done_on=done)], today, "Amt")
    assert bool(refused) == (begun > today or done > today or done < begun) and (not refused or entered == plan)


@given(begun=A_DAY, left=st.integers(0, 60), more=st.integers(0, 40))
def test_more_left_never_ends_earlier(begun: date, left: int, more: int) -> None:
    plan, today = work([task("a", 5)], []), begun + timedelta(7)
    ends = [
        finish(enter_state(plan, StepEntry(task="a", begun_on=begun, remaining_days=days), today, "Amt"), today)
        for days in (left, left + more)
    ]
    assert ends[0] and ends[1] and ends[0] <= ends[1]
    assert SAXONY.end(ends[1]) == max(SAXONY.index(today) + left + more, SAXONY.index(begun))


def council() -> Plan:
    rows = (
        Reading(id="R1", paper="V", position=1, body="G", meeting="S", evidence="stated"),
        Reading(id="R2", paper="V", position=2, body="G", responsibility="Beschlussfassung", evidence="stated"),
    )
    paper = Paper(id="V", title="V", short_name="Vorlage", kind="Beschluss", status="geplant", evidence="stated")
    return Plan(bodies=(body(),), meetings=(sitting("S", Fuzzy.on(MONDAY)),), papers=(paper,), readings=rows)


def test_a_station_that_took_place_makes_its_sitting_held_and_the_last_one_decides_the_paper() -> None:
    plan = enter_held(
        council(), HeldEntry(record="R1", on=date(2016, 1, 19), result="beschlossen"), date(2016, 2, 1), "A"
    )
    assert row(plan, "S").actual_on == date(2016, 1, 19) and row(plan, "V").status == "geplant"
    plan = enter_held(
        plan, HeldEntry(record="R2", on=date(2016, 1, 26), result="geändert beschlossen"), date(2016, 2, 1), "A"
    )
    assert row(plan, "V").status == "beschlossen"


def test_a_sitting_that_was_held_or_cancelled_counts_so() -> None:
    plan, today = council(), date(2016, 2, 1)
    held = enter_held(plan, HeldEntry(record="S", on=date(2016, 1, 20)), today, "A")
    assert row(held, "S").lies == Fuzzy.on(date(2016, 1, 20))
    gone = enter_held(held, HeldEntry(record="S", cancelled=True), today, "A")
    assert row(gone, "S").cancelled and row(gone, "S").actual_on is None
    assert not row(enter_held(gone, HeldEntry(record="S", on=MONDAY), today, "A"), "S").cancelled


def test_what_contradicts_itself_in_the_rows_is_told() -> None:
    odd = task("a", 5, remaining_days=2), task("b", 5, actual_start_on=MONDAY, actual_finish_on=date(2016, 1, 4))
    late = task("c", 5, actual_start_on=date(2016, 3, 1))
    said = " ".join(f.message for f in timetable(work([*odd, late], []), MONDAY).findings)
    assert "a hat Resttage, aber „Tatsächlich begonnen“ fehlt." in said
    assert "b endet am 04.01.2016 und beginnt erst am 18.01.2016." in said
    assert "c: Der Stand vom 01.03.2016 liegt nach dem Stichtag 18.01.2016 und zählt noch nicht." in said
    mended = with_row(work([*odd, late], []), "tasks", replace(late, actual_start_on=None))
    assert not any("zählt noch nicht" in f.message for f in timetable(mended, MONDAY).findings)
