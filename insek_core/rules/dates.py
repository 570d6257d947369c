"""Working days in Saxony: Monday to Friday without public holidays (library `holidays`; Leipzig has no Fronleichnam)."""

from bisect import bisect_left
from datetime import date, timedelta
from functools import cache

import holidays

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)  # the library knows Saxony's holidays from 1991 to 2100
POSITIONS = range(1, 27_000)  # working days that a task can lie on: to 2096, so that what follows it still has a date


@cache
def _saxon(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("DE", subdiv="SN", years=year, language="de"))


def public_holiday(day: date) -> str:
    """The name of the public holiday in Saxony on this day, or the empty text."""
    return _saxon(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """Whether offices work: Monday to Friday and no public holiday.

    >>> is_working_day(date(2015, 11, 18)), is_working_day(date(2015, 6, 4))  # Buß- und Bettag; Fronleichnam
    (False, True)
    """
    return day.weekday() < 5 and not public_holiday(day)


@cache
def _days_of(year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    return tuple(day for day in (first + timedelta(n) for n in range(length)) if is_working_day(day))


@cache
def _before(year: int) -> int:
    return 0 if year <= 1990 else _before(year - 1) + len(_days_of(year - 1))


def working_index(day: date) -> int:
    """How many working days lie between 01.01.1990 and this day; the position of the day, or of the next working day.

    A day outside the calendar has a position outside POSITIONS.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        return -1 if day < FIRST_DAY else POSITIONS.stop
    return _before(day.year) + bisect_left(_days_of(day.year), day)


def working_day(index: int) -> date:
    """The working day at a position of POSITIONS: the inverse of working_index on working days."""
    year = 1990 + max(0, index // 260 - 1)
    while _before(year + 1) <= index:
        year += 1
    while _before(year) > index:
        year -= 1
    return _days_of(year)[index - _before(year)]


def days_later(day: date, days: int) -> date:
    """The day so many calendar days later (earlier if negative); what no calendar holds is its first or last day."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def last_working_day_until(day: date) -> date:
    """The day itself if offices work, else the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(1)
    return day


def papers_due_on(sitting: date, lead_time_days: int) -> date:
    """Last day to submit a paper: the last working day on or before sitting − lead time in calendar days (RULES §2)."""
    return last_working_day_until(days_later(sitting, -lead_time_days))
