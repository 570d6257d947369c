"""The Saxon working calendar: public holidays, working days and what is due before a sitting."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insek_core.rules.time.dates import days_later, papers_due_on
from insek_core.rules.time.workdays import FIRST_DAY, LAST_DAY, offices, public_holiday

SAXONY = offices("SN")

days = st.dates(date(1991, 1, 1), date(2090, 12, 31))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def test_holidays_are_those_of_saxony(shared_case: Callable[[str], Any]) -> None:
    for year, expected in shared_case("calendar_saxony_2014-2018.json")["public_holidays"].items():
        found = [day for day in _days(date(int(year), 1, 1), date(int(year), 12, 31)) if public_holiday(day, "SN")]
        assert [day.isoformat() for day in found] == list(expected)


def test_working_days_per_month_and_year(shared_case: Callable[[str], Any]) -> None:
    for span, expected in shared_case("calendar_saxony_2014-2018.json")["working_days_mon_fri_minus_holidays"].items():
        year, _, month = span.partition("-")
        first = date(int(year), int(month or 1), 1)
        following = date(
            first.year + (not month or month == "12"), 1 if not month or month == "12" else first.month + 1, 1
        )
        assert sum(map(SAXONY.works, _days(first, following - timedelta(1)))) == expected, span
        assert SAXONY.index(following) - SAXONY.index(first) == expected, span


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2015-11-18", False),
        ("2015-06-04", True),
        ("2015-12-24", True),
        ("2015-12-25", False),
        ("2015-10-31", False),
        ("2016-05-16", False),
    ],
)
def test_repentance_day_is_off_and_corpus_christi_is_not(day: str, works: bool) -> None:
    assert SAXONY.works(date.fromisoformat(day)) is works


@given(days)
def test_a_working_day_is_found_at_its_position(day: date) -> None:
    found = SAXONY.day(SAXONY.index(day))
    assert found >= day and SAXONY.works(found)
    assert (found == day) == SAXONY.works(day)


@given(st.integers(0, 25_000))
def test_positions_count_working_days_without_gap(position: int) -> None:
    assert SAXONY.index(SAXONY.day(position)) == position
    assert SAXONY.day(position) < SAXONY.day(position + 1)


@given(days)
def test_the_last_working_day_is_one_and_nothing_lies_between(day: date) -> None:
    found = SAXONY.last_until(day)
    assert found <= day and SAXONY.works(found)
    assert not any(SAXONY.works(between) for between in _days(found + timedelta(1), day))


@pytest.mark.parametrize(
    ("sitting", "lead", "due", "why"),
    [
        ("2015-05-20", 14, "2015-05-06", "Mittwoch"),
        ("2015-06-08", 14, "2015-05-22", "25.05. ist Pfingstmontag, davor das Wochenende"),
        ("2015-04-20", 14, "2015-04-02", "Ostermontag, Ostern, Karfreitag"),
        ("2016-01-04", 3, "2015-12-31", "Neujahr"),
    ],
)
def test_papers_are_due_on_a_working_day_rolled_backwards(sitting: str, lead: int, due: str, why: str) -> None:
    assert papers_due_on(date.fromisoformat(sitting), lead, SAXONY).isoformat() == due, why


def test_days_outside_the_calendar_have_positions_outside_it() -> None:
    outside = (date.min, FIRST_DAY - timedelta(1), LAST_DAY + timedelta(1), date.max)
    assert [SAXONY.index(day) in SAXONY.positions for day in outside] == [False] * 4
    assert SAXONY.day(SAXONY.positions[-1]) < LAST_DAY


def test_what_no_calendar_holds_is_its_first_or_last_day() -> None:
    assert (days_later(date(2015, 1, 1), 10**30), days_later(date(2015, 1, 1), -(10**30))) == (date.max, date.min)
    assert papers_due_on(date.min, 14, SAXONY) == date.min
