"""The dates of a Microsoft Project file beside those of the plan made of it: only what the file has is said of it."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insek_core.exchange.msproject.plan import project_plan
from insek_core.exchange.propose import propose
from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.process import CalendarEntry
from insek_core.rules.time.schedule import timetable
from insek_core.storage.store import Store
from tests.exchange.project_files import calendar, link, period, project, task

APART = re.compile(
    r"(?P<count>\d+) Vorg\w+ end\w+ hier an einem anderen Tag als in der Datei, am weitesten „(?P<name>.+)“: "
    r"(?P<here>\S+) statt (?P<there>\S+) \((?P<days>\d+) Tage?\)\."
)


def apart(data: bytes, base: Plan | None = None) -> tuple[Plan, dict[str, str]]:
    plan, findings = project_plan("probe.xml", data, base or Plan())
    assert plan is not None, findings
    found = [match.groupdict() for finding in findings if (match := APART.fullmatch(finding.message))]
    assert len(found) <= 1
    return plan, found[0] if found else {}


@settings(max_examples=50)
@given(st.data())
def test_every_end_that_is_said_to_be_the_files_is_in_the_file(data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 6))
    finishes, made = {}, []
    for n in range(1, number + 1):
        ties = [link(before) for before in range(1, n) if data.draw(st.booleans())]
        day = date(2006, 9, 1) + timedelta(data.draw(st.integers(0, 60)))
        at = datetime(day.year, day.month, day.day, data.draw(st.sampled_from([8, 12, 17])))
        finishes[f"V{n}"] = at if data.draw(st.booleans()) else None
        own = {"Finish": at.isoformat()} if finishes[f"V{n}"] else {}
        made.append(task(n, data.draw(st.integers(0, 40)), *ties, **own))
    plan, said = apart(project(*made))
    ends = {row.name: row.finish_on for row in timetable(plan).tasks}
    moved = {
        name: abs((ends[name] - at.date()).days) for name, at in finishes.items() if at and ends[name] != at.date()
    }
    assert bool(said) == bool(moved)
    if said:
        there = finishes[said["name"]]
        assert there and said["there"] == f"{there:%d.%m.%Y}" and said["here"] == f"{ends[said['name']]:%d.%m.%Y}"
        assert (int(said["count"]), int(said["days"])) == (len(moved), max(moved.values()))


def test_the_files_own_end_is_named_not_the_one_that_is_computed() -> None:
    # a day that is split in the file: it ends there on Tuesday, by its duration on Thursday, here as well
    data = project(task(1, 8, name="Anhörung", Start="2006-09-21T08:00:00", Finish="2006-09-26T17:00:00"))
    _, said = apart(data)
    assert (said["name"], said["here"], said["there"], said["days"]) == ("Anhörung", "21.09.2006", "26.09.2006", "5")


def test_an_end_at_midnight_is_that_of_the_day_before_and_one_that_is_missing_is_not_compared() -> None:
    assert apart(project(task(1, 8, Finish="2006-09-22T00:00:00"), task(2, 4)))[1] == {}


def test_a_start_before_the_project_is_kept_in_the_plan() -> None:
    early = {"ConstraintType": 4, "ConstraintDate": "2006-09-18T08:00:00", "Finish": "2006-09-19T17:00:00"}
    plan, said = apart(project(task(1, 16, **early), task(2, 8, link(1))))
    assert [(row.start_on, row.finish_on) for row in timetable(plan).tasks] == [
        (date(2006, 9, 18), date(2006, 9, 19)),
        (date(2006, 9, 20), date(2006, 9, 20)),
    ]
    assert said == {}


def test_a_start_entered_by_hand_is_kept_and_a_link_against_it_left_out() -> None:
    by_hand = {"Manual": 1, "Start": "2006-09-22T08:00:00", "Finish": "2006-09-22T17:00:00"}
    after = {"Manual": 1, "Start": "2006-09-28T08:00:00", "Finish": "2006-09-28T17:00:00"}
    data = project(task(1, 24), task(2, 8, link(1), name="zu früh", **by_hand), task(3, 8, link(1), **after))
    plan, findings = project_plan("probe.xml", data, Plan())
    assert plan and [row.start_on for row in timetable(plan).tasks] == [date(2006, 9, n) for n in (21, 22, 28)]
    assert [row.successor for row in plan.links] == [plan.tasks[2].id]
    assert "Verknüpfungen, die dem eingetragenen Anfang widersprechen, sind ausgelassen, bei: „zu früh“." in [
        finding.message for finding in findings
    ]


def resting(*spans: tuple[str, str]) -> str:
    rows = (f"<Exception>{period(*span)}<Type>1</Type><DayWorking>0</DayWorking></Exception>" for span in spans)
    return calendar(more=f"<Exceptions>{''.join(rows)}</Exceptions>")


def decades(first: int, last: int) -> list[tuple[str, str]]:
    return [(f"{year}-01-01", f"{year + 4}-12-31") for year in range(first, last, 5)]


@pytest.mark.parametrize("kind", [0, 2, 5, 6])
@pytest.mark.parametrize("on", ["2006-09-28T08:00:00", "1960-01-01T08:00:00", "2140-01-01T17:00:00"])
@pytest.mark.parametrize(
    "spans",
    [[("0001-01-01", "2999-12-31")], [("2006-09-01", "9999-12-31")], decades(1950, 2150), decades(2010, 2150)],
)
def test_no_day_off_is_too_long_for_an_import(kind: int, on: str, spans: list[tuple[str, str]]) -> None:
    bound = {"ConstraintType": kind, "ConstraintDate": on}
    tasks = [task(1, 16, **bound), task(2, 8, link(1), Deadline=on), task(3, 72, link(2), DurationFormat=8)]
    century = [(date(year, 1, 1), date(year + 9, 12, 30)) for year in range(1990, 2101, 10)]
    for off in ((), century):
        base = Plan(
            calendars=tuple(
                CalendarEntry(id=f"{a}", name="x", kind="arbeitsfrei", first_on=a, last_on=b, evidence="assumed")
                for a, b in off
            )
        )
        plan, findings = project_plan("probe.xml", project(*tasks, calendars=resting(*spans)), base)
        assert plan is not None
        timetable(plan)
        said = [finding.message for finding in findings]
        assert any("mehr als zehn Jahre" in message for message in said) == (len(spans) == 1)


@pytest.mark.parametrize("first", [date.min, date(2016, 1, 1)])
def test_a_workbook_with_an_endless_day_off_is_not_taken_over(db: Path, example: Plan, first: date) -> None:
    row = CalendarEntry(
        id="FREI", name="frei", kind="arbeitsfrei", first_on=first, last_on=date.max, evidence="assumed"
    )
    mine = with_tables(example, {"calendars": (*example.calendars, row)})
    found = propose(Store(db), [("m.xlsx", write_workbook(mine, 1))])
    assert found.plan is None
    assert any("umfasst mehr als zehn Jahre" in finding.message for finding in found.findings)
