"""Working days in Saxony: Monday to Friday without public holidays (library `holidays`; Leipzig has no
Fronleichnam).
"""

from bisect import bisect_left
from datetime import date, timedelta
from functools import cache, lru_cache

import holidays

from insek_core.plan import Plan

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)  # the library knows Saxony's holidays from 1991 to 2100
POSITIONS = range(1, 27_000)  # working days that a task can lie on: to 2096, so that what follows it still has a date


@cache
def _saxon(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("DE", subdiv="SN", years=year, language="de"))


def public_holiday(day: date) -> str:
    """The name of the public holiday in Saxony on this day, or the empty text."""
    return _saxon(day.year).get(day, "")


class Calendar:
    """Working days: Monday to Friday without Saxony's public holidays and without the spans (first, last) that are off.

    A position is the number of working days since 01.01.1990: of a day that works its own, of another that of the next.

    >>> SAXONY.works(date(2015, 11, 18)), SAXONY.works(date(2015, 6, 4))  # Buß- und Bettag; Fronleichnam
    (False, True)
    """

    def __init__(self, off: tuple[tuple[date, date], ...] = ()) -> None:
        self.off = off
        self._days: dict[int, tuple[date, ...]] = {}
        self._before = {1990: 0}

    def works(self, day: date) -> bool:
        """Whether offices work."""
        return (
            day.weekday() < 5 and not public_holiday(day) and not any(first <= day <= last for first, last in self.off)
        )

    def _of(self, year: int) -> tuple[date, ...]:
        if year not in self._days:
            first = date(year, 1, 1)
            days = (first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days))
            self._days[year] = tuple(day for day in days if self.works(day))
        return self._days[year]

    def _until(self, year: int) -> int:
        """Working days before this year."""
        if year not in self._before:
            for known in range(1990, year):
                self._before.setdefault(known + 1, self._before[known] + len(self._of(known)))
        return self._before[year]

    def index(self, day: date) -> int:
        """The position of the day, or of the next working day; one outside POSITIONS for a day outside the calendar."""
        if not FIRST_DAY <= day <= LAST_DAY:
            return -1 if day < FIRST_DAY else POSITIONS.stop
        return self._until(day.year) + bisect_left(self._of(day.year), day)

    def day(self, position: int) -> date:
        """The working day at a position of POSITIONS: the inverse of `index` on working days."""
        year = 1990 + max(0, position // 262 - 1)
        while self._until(year + 1) <= position:
            year += 1
        return self._of(year)[position - self._until(year)]

    def end(self, day: date) -> int:
        """The position at which the day has ended."""
        return self.index(day) + (FIRST_DAY <= day <= LAST_DAY and self.works(day))

    def last_until(self, day: date) -> date:
        """The day itself if offices work, else the last working day before it."""
        while not self.works(day):
            day -= timedelta(1)
        return day

    def days(self, first: date, last: date) -> int:
        """How many working days lie in a span, both ends included."""
        return max(0, self.end(last) - self.index(first))


SAXONY = Calendar()


@lru_cache(maxsize=32)
def _without(off: tuple[tuple[date, date], ...]) -> Calendar:
    return Calendar(off) if off else SAXONY


def calendar(plan: Plan) -> Calendar:
    """The working days of a plan: Saxony's without the spans it enters as "arbeitsfrei"."""
    rows = ((row.first_on, row.last_on) for row in plan.calendars if row.kind == "arbeitsfrei")
    return _without(tuple(sorted((first, last) for first, last in rows if first and last)))
