"""Sittings, what is due before them, and which quarter or half-year has none."""

from dataclasses import replace
from datetime import date

import pytest
from small import TODAY, body, sitting, task, work

from insek_core.plan import Plan
from insek_core.plan.content import Setting, Statement
from insek_core.plan.process import Event, Format, Organisation
from insek_core.plan.values import Fuzzy, parse_fuzzy
from insek_core.rules.time.meetings import agenda, due_days, upcoming
from insek_core.rules.time.schedule import timetable


def steps(plan: Plan) -> list[tuple[str, str]]:
    return [(step.when.words if step.when else "", step.what) for step in agenda(plan, timetable(plan))]


def lead(value: str) -> Setting:
    return Setting(id="lead_time_days", name="Vorlauf", value=value, evidence="assumed")


@pytest.mark.parametrize(
    ("own", "setting", "days"),
    [(7, "21", 7), (None, "21", 21), (0, "21", 0), (None, "", 14), (None, "zwei Wochen", 14)],
)
def test_the_lead_time_is_the_bodys_else_the_settings(own: int | None, setting: str, days: int) -> None:
    assert due_days(Plan(settings=(lead(setting),)), body(lead_time_days=own)) == days


def test_papers_are_due_before_a_sitting_whose_day_is_known() -> None:
    plan = Plan(
        bodies=(body(),), meetings=(sitting("S", Fuzzy.on(date(2015, 6, 8))), sitting("H", parse_fuzzy("Herbst 2015")))
    )
    assert steps(plan) == [
        ("22.05.2015", "Vorlagen fällig: Fachausschuss"),
        ("08.06.2015", "Fachausschuss"),
        ("Herbst 2015", "Fachausschuss"),
    ]


def test_a_stated_due_day_wins_over_the_lead_time() -> None:
    plan = Plan(bodies=(body(),), meetings=(sitting("S", Fuzzy.on(date(2015, 6, 8)), papers_due_on=date(2015, 6, 1)),))
    assert steps(plan)[0] == ("01.06.2015", "Vorlagen fällig: Fachausschuss")


def test_the_agenda_goes_by_the_last_possible_day_and_open_dates_come_last() -> None:
    plan = Plan(
        formats=(Format(id="V", name="Auftakt", evidence="stated"),),
        events=tuple(
            Event(id=f"E{n}", format="V", when=when, evidence="stated")
            for n, when in enumerate((None, parse_fuzzy("2015"), parse_fuzzy("Herbst 2015")))
        ),
        statements=(
            Statement(id="O", text="Frage klären", kind="Offener Punkt", due=Fuzzy.on(TODAY), evidence="stated"),
            Statement(id="G", text="geklärt", kind="Offener Punkt", settled_on=TODAY, evidence="stated"),
        ),
    )
    assert steps(plan) == [
        ("01.06.2015", "Frage klären"),
        ("Herbst 2015", "Auftakt"),
        ("2015", "Auftakt"),
        ("", "Auftakt"),
    ]


def test_deadlines_name_who_answers_for_them() -> None:
    plan = replace(
        work([task("T", deadline_on=TODAY, responsible=("A",))], []),
        organisations=(Organisation(id="A", name="Stadtplanungsamt", evidence="stated"),),
    )
    found = agenda(plan, timetable(plan))
    assert [(step.what, step.who) for step in found] == [("Frist: T", "Stadtplanungsamt")]


def test_what_is_over_or_open_is_not_upcoming_and_a_series_is_told_once() -> None:
    days = [None, Fuzzy("offen"), parse_fuzzy("01.05.2015"), parse_fuzzy("Sommer 2015"), parse_fuzzy("Herbst 2015")]
    plan = Plan(bodies=(body(),), meetings=tuple(sitting(f"S{n}", when) for n, when in enumerate(days)))
    assert [step.when.words for step in upcoming(agenda(plan, timetable(plan)), TODAY) if step.when] == ["Sommer 2015"]
