"""Days off that nobody can mean, and days off that leave no day of work: said, counted by nobody, and quick."""

from datetime import date
from time import perf_counter

import pytest

from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.process import MOST_DAYS_OFF, CalendarEntry
from insek_core.rules.assessment import assess
from insek_core.rules.chance.forecast import forecast
from insek_core.rules.checks import check, new_errors
from insek_core.rules.time.dates import papers_due_on
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.workdays import FIRST_DAY, LAST_DAY, Calendar, calendar, offices

SAXONY = offices("SN")

ON = date(2015, 6, 1)
CENTURY = [(date(year, 1, 1), date(year + 9, 12, 30)) for year in range(1990, 2100, 10)]
CENTURY += [(date(year + 9, 12, 31), date(year + 9, 12, 31)) for year in range(1990, 2100, 10)]
CENTURY += [(date(2100, 1, 1), date(2100, 12, 31))]


def entry(first: date, last: date, kind: str = "arbeitsfrei") -> CalendarEntry:
    return CalendarEntry(id=f"FREI-{first}", name="frei", kind=kind, first_on=first, last_on=last, evidence="assumed")


def resting(plan: Plan, *entries: CalendarEntry) -> Plan:
    return with_tables(plan, {"calendars": (*plan.calendars, *entries)})


@pytest.mark.parametrize("kind", ["arbeitsfrei", "Schulferien", "Sitzungspause"])
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date.min, date(2999, 12, 31)),
        (date.min, date.max),
        (date.min, date(2016, 1, 1)),
        (date(2016, 1, 1), date.max),
        (date(2016, 1, 1), date(2026, 1, 9)),  # a day more than the most
    ],
)
def test_an_endless_entry_is_an_error_that_counts_for_nothing(
    example: Plan, first: date, last: date, kind: str
) -> None:
    plan = resting(example, entry(first, last, kind))
    (error,) = new_errors(example, plan)
    assert error in check(plan) and (error.table, error.field) == ("calendars", "last_on")
    assert (
        error.message == (f"Kalender, „frei“ (FREI-{first}) umfasst mehr als zehn Jahre und zählt deshalb nicht.")
        and error.remedy
    )
    found, plain = assess(plan, (), ON), assess(example, (), ON)
    assert (found.timetable, found.agenda) == (plain.timetable, plain.agenda)
    assert (found.funding, found.budget) == (plain.funding, plain.budget)


def test_ten_years_are_an_entry_like_any_other() -> None:
    off = entry(date(2016, 1, 1), date(2026, 1, 8))
    assert off.span and (off.span[1] - off.span[0]).days == MOST_DAYS_OFF
    assert calendar(Plan(calendars=(off,))).last_until(date(2026, 1, 8)) == date(2015, 12, 31)


def test_without_a_working_day_nothing_has_a_date_and_nothing_fails(example: Plan) -> None:
    plan = resting(example, *(entry(*span) for span in CENTURY))
    begun = perf_counter()
    assert new_errors(example, plan) == ()
    assess(plan, (), ON)
    assert forecast(plan, 1, 10, ON) is None
    assert perf_counter() - begun < 10
    told = {task.waits_for for task in timetable(plan).tasks if not task.summary}
    assert {task.finish_on for task in timetable(plan).tasks} == {None}
    assert all(words.startswith("nicht datierbar: ") for words in told), told


def test_what_would_lie_after_the_last_working_day_has_no_date() -> None:
    plan = resting(Plan(), *(entry(*span) for span in CENTURY if span[0] >= date(2020, 1, 1)))
    workdays = calendar(plan)
    assert workdays.positions.stop - 1 < workdays.index(date(2020, 1, 1)) == workdays.index(LAST_DAY)
    assert workdays.day(workdays.index(date(2020, 1, 1)) - 1) == date(2019, 12, 31)


def test_a_calendar_without_working_days_has_an_answer_to_every_question() -> None:
    never = Calendar(off=tuple(CENTURY))
    for day in (date.min, FIRST_DAY, ON, LAST_DAY, date.max):
        assert never.last_until(day) == day and never.days(FIRST_DAY, day) == 0
        assert papers_due_on(day, 0, never) == day
    assert not never.positions
    assert [never.day(n) for n in (-5, 0, 5, 10**9)] == [FIRST_DAY, LAST_DAY, LAST_DAY, LAST_DAY]
    assert [SAXONY.last_until(day) for day in (date.min, date.max)] == [date.min, date.max]
