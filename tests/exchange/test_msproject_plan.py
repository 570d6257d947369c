"""A Microsoft Project file in a plan: the same dates wherever a plan can hold them, and a notice wherever it cannot."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insek_core.exchange.msproject import plan as msproject_plan
from insek_core.exchange.msproject.plan import project_plan
from insek_core.exchange.msproject.project import read_project, schedule_file
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.content import Setting
from insek_core.plan.errors import Problem
from insek_core.plan.process import Task
from insek_core.rules.checks import new_errors
from insek_core.rules.time.dates import TaskDates
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.workdays import offices
from tests.exchange.project_files import calendar, link, period, project, task, week

SAXONY = offices("SN")
SAXON_PLAN = Plan(settings=(Setting(id="state", name="Land", value="SN", evidence="stated"),))


def taken(data: bytes, base: Plan | None = None) -> tuple[Plan, list[tuple[str, str]]]:
    plan, findings = project_plan("probe.xml", data, base or SAXON_PLAN)
    assert plan is not None, findings
    assert new_errors(base or SAXON_PLAN, plan) == ()
    return plan, [(finding.level, finding.message) for finding in findings]


def short(key: str) -> str:
    return key.split("-", 2)[2]


def dated(plan: Plan) -> dict[str, TaskDates]:
    return {short(row.id): row for row in timetable(plan).tasks}


def rows(plan: Plan) -> dict[str, Task]:
    return {short(row.id): row for row in plan.tasks}


def days(plan: Plan) -> dict[str, tuple[date | None, date | None]]:
    return {key: (row.start_on, row.finish_on) for key, row in dated(plan).items()}


def in_file(data: bytes) -> dict[str, tuple[date | None, date | None]]:
    return {row.id: row.early_days or (None, None) for row in schedule_file(read_project("probe.xml", data)).tasks}


HOLIDAYS = "".join(
    f"<Exception>{period(f'{day}', f'{day}')}<Type>1</Type><DayWorking>0</DayWorking></Exception>"
    for day in (date(2006, 9, 1) + timedelta(n) for n in range(500))
    if day.weekday() < 5 and not SAXONY.works(day)
)
SAXON = calendar(more=f"<Exceptions>{HOLIDAYS}</Exceptions>")
kinds = st.sampled_from(["FS", "SS", "FF", "SF"])
bounds = st.one_of(
    st.just({}),
    st.builds(
        lambda kind, n, hour: {
            "ConstraintType": kind,
            "ConstraintDate": f"{SAXONY.day(SAXONY.index(date(2006, 9, 21)) + n)}T{hour}:00:00",
        },
        st.sampled_from([2, 4, 5, 6, 7]),
        st.integers(-15, 40),
        st.just("08"),
    ),
)


def bound(own: dict[str, Any]) -> dict[str, Any]:
    """Finish constraints at the end of their day, as Project writes them."""
    late = own.get("ConstraintType") in (6, 7)
    return {**own, "ConstraintDate": own["ConstraintDate"].replace("08:00:00", "17:00:00")} if late else own


@settings(max_examples=150)
@given(st.data())
def test_whole_days_on_saxon_working_days_lie_where_the_file_has_them(data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 6))
    inside = data.draw(st.integers(0, number))  # so many tasks at the end lie in a summary
    made, summary = [], number + 1
    for n in range(1, number + 1):
        if n == number - inside + 1:
            made.append(task(summary, name="Teil"))
        ties = [
            link(before, data.draw(kinds), 4800 * data.draw(st.integers(0, 4)))
            for before in range(1, n)
            if data.draw(st.booleans())
        ]
        level = 2 if n > number - inside else 1
        made.append(task(n, 8 * data.draw(st.integers(1, 9)), *ties, OutlineLevel=level, **bound(data.draw(bounds))))
    content = project(*made, calendars=SAXON)
    plan, said = taken(content)
    assert days(plan) == in_file(content), said
    assert not [message for level, message in said if level == "warning"]


def test_milestones_of_evening_and_morning_keep_the_days_of_what_follows() -> None:
    content = project(
        task(1, 16),
        task(2, 0, link(1), name="abends"),
        task(3, 8, link(2)),
        task(4, 0, name="morgens", ConstraintType=4, ConstraintDate="2006-09-25T08:00:00"),
        task(5, 8, link(4)),
        calendars=SAXON,
    )
    plan, said = taken(content)
    assert days(plan) == in_file(content)
    assert days(plan)["2"][0] == date(2006, 9, 22) and days(plan)["5"][0] == date(2006, 9, 25)
    assert [message for _, message in said] == [
        "Was auf einen Meilenstein am Morgen folgt, beginnt hier mit dem Abstand −1 am selben Tag, bei: „V5“."
    ]


def test_days_off_of_the_file_become_entries_of_the_calendar() -> None:
    break_ = (
        "<Exceptions>"
        + HOLIDAYS
        + f"<Exception>{period('2006-12-21', '2007-01-03')}<Type>1</Type><DayWorking>0</DayWorking></Exception>"
        + "</Exceptions>"
    )
    content = project(
        task(1, 8 * 5, ConstraintType=4, ConstraintDate="2006-12-20T08:00:00"), calendars=calendar(more=break_)
    )
    plan, said = taken(content)
    assert [(row.first_on, row.last_on) for row in plan.calendars] == [(date(2006, 12, 21), date(2007, 1, 3))]
    assert days(plan) == in_file(content) == {"1": (date(2006, 12, 20), date(2007, 1, 9))}
    assert said == [("notice", "7 freie Tage im Projektkalender: künftig arbeitsfrei für die ganze Planung.")]


def test_what_a_plan_cannot_hold_is_named() -> None:
    four = calendar(2, "Vier Tage", days=week("2345"))
    content = project(
        task(1, 4, name="halb", Finish="2006-09-21T12:00:00"),
        task(2, 4, link(1), name="danach", Finish="2006-09-21T17:00:00"),
        task(3, 24, name="rund um die Uhr", DurationFormat=8),
        task(4, 40, name="mit eigenem Kalender", CalendarUID=2, Finish="2006-09-28T17:00:00"),
        calendars=SAXON + four,
    )
    _, said = taken(content)
    told = dict.fromkeys(message for _, message in said)
    assert "Auf ganze Arbeitstage aufgerundet sind die Dauer oder der Abstand von: „halb“, „danach“." in told
    assert "In Arbeitstage umgerechnet ist die fortlaufende Dauer (Tag und Nacht) von: „rund um die Uhr“." in told
    assert (
        "Der eigene Kalender gilt hier nicht; gerechnet wird mit dem der Planung, bei: „mit eigenem Kalender“." in told
    )
    assert said[-1] == (
        "warning",
        "2 Vorgänge enden hier an einem anderen Tag als in der Datei, am weitesten „danach“: 22.09.2006 "
        "statt 21.09.2006 (1 Tag).",
    )


def test_a_calendar_of_four_days_and_one_that_works_on_holidays_are_named() -> None:
    assert (
        "warning",
        "Der Projektkalender arbeitet nicht von Montag bis Freitag; die Planung rechnet alle fünf Tage.",
    ) in taken(project(task(1), calendars=calendar(days=week("2345"))))[1]
    assert (
        "notice",
        "Der Projektkalender arbeitet an 11 Tagen, die in der Planung frei sind (zuerst am 03.10.2006).",
    ) in taken(project(task(1)))[1]


def test_bounds_become_a_condition_and_a_deadline() -> None:
    def of(kind: int, on: str, hours: int = 16, **more: Any) -> tuple[str, date | None, date | None]:
        row = rows(taken(project(task(1, hours, ConstraintType=kind, ConstraintDate=on, **more), calendars=SAXON))[0])[
            "1"
        ]
        return row.constraint, row.constraint_on, row.deadline_on

    thursday = date(2006, 9, 28)
    assert of(4, "2006-09-28T08:00:00") == ("nicht früher als", thursday, None)
    assert of(2, "2006-09-28T08:00:00") == ("genau am", thursday, None)
    assert of(7, "2006-09-28T17:00:00") == ("nicht früher als", date(2006, 9, 21), thursday)  # begins with the project
    assert of(6, "2006-09-28T17:00:00") == ("nicht früher als", date(2006, 9, 27), None)  # two days end on Thursday
    assert of(3, "2006-09-28T17:00:00") == ("nicht früher als", date(2006, 9, 27), thursday)
    assert of(5, "2006-09-27T17:00:00") == ("nicht früher als", date(2006, 9, 21), thursday)
    assert of(4, "2006-09-28T08:00:00", Deadline="2006-10-02T17:00:00") == (
        "nicht früher als",
        thursday,
        date(2006, 10, 2),
    )
    assert of(0, "NA", Deadline="2006-09-30T17:00:00")[2] == date(2006, 9, 29)  # a Saturday: the last work before it


def test_lags_links_progress_and_what_has_begun() -> None:
    content = project(
        task(1, 16, ActualStart="2006-09-21T08:00:00", ActualFinish="2006-09-25T17:00:00", PercentComplete=100),
        task(2, 16, link(1, "SS", 9600), PercentComplete=50),
        task(3, 8, link(1, "FS", 14400 * 3, 8), PercentComplete=0),
        calendars=SAXON,
    )
    plan, said = taken(content)
    found = rows(plan)
    assert (found["1"].actual_start_on, found["1"].actual_finish_on) == (date(2006, 9, 21), date(2006, 9, 25))
    assert [row.progress_share for row in found.values()] == [1, pytest.approx(0.5), None]
    assert [(row.type, row.lag_days, row.lag_in) for row in plan.links] == [
        ("SS", 2, "Arbeitstage"),
        ("FS", 3, "Kalendertage"),
    ]
    here = {short(row.id): row for row in timetable(plan, date(2006, 9, 25)).tasks}
    assert (here["3"].start_on, here["3"].finish_on) == in_file(content)["3"] == (date(2006, 9, 29), date(2006, 9, 29))
    assert said == []


def test_read_again_it_changes_its_own_rows_and_keeps_what_somebody_added(example: Plan) -> None:
    first, _ = taken(project(task(1, 8, name="Eins"), task(2, 8, link(1), name="Zwei"), calendars=SAXON), example)
    again, _ = taken(project(task(1, 8, name="Eins"), task(2, 8, link(1), name="Zwei"), calendars=SAXON), first)
    assert again == first
    key = first.tasks[-2].id
    mine = with_row(first, "tasks", replace(first.tasks[-2], responsible=("ORG-SPA",)))
    later, _ = taken(project(task(1, 24, name="Eins, länger"), calendars=SAXON), mine)
    assert len(later.tasks) == len(example.tasks) + 1 and later.links == example.links
    row = later.tasks[-1]
    assert (row.id, row.name, row.duration_days, row.responsible) == (key, "Eins, länger", 3, ("ORG-SPA",))
    other, _ = taken(project(task(1), calendars=SAXON, Title="Anderes Projekt"), first)
    assert len(other.tasks) == len(first.tasks) + 1


def test_a_file_in_error_changes_nothing_and_one_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, findings = project_plan("probe.xml", project(task(1, 8, link(2)), task(2, 8, link(1))), Plan())
    assert plan is None and "im Kreis" in findings[-1].message
    monkeypatch.setattr(msproject_plan, "MAX_TASKS", 1)
    with pytest.raises(Problem, match=r"mehr als 5\.000"):
        project_plan("probe.xml", project(task(1), task(2)), Plan())
