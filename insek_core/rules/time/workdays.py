"""Working days: Monday to Friday without the public holidays of the plan's Land (library `holidays`)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache

import holidays

from insek_core.plan import Plan

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)  # the library knows the holidays from 1991 to 2100
LAST_WORK = 2096  # the last year that a task can lie in: what follows it still has a date


@cache
def _holidays(state: str, year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("DE", subdiv=state or None, years=year, language="de"))


def public_holiday(day: date, state: str) -> str:
    """The name of the public holiday on this day in the Land (its code; empty: those of all Länder alone), or the empty
    text.

    >>> public_holiday(date(2015, 11, 18), "SN"), public_holiday(date(2015, 11, 18), "HE")
    ('Buß- und Bettag', '')
    """
    return _holidays(state, day.year).get(day, "")


@cache
def _office_days(state: str, year: int) -> tuple[date, ...]:
    """Monday to Friday without the public holidays of the Land."""
    first = date(year, 1, 1)
    days = (first + timedelta(n) for n in range((date(year, 12, 31) - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and not public_holiday(day, state))


Spans = tuple[tuple[date, date], ...]


def joined(spans: Iterable[tuple[date, date]]) -> Spans:
    """The same days as spans in order that do not touch one another."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def within(day: date, spans: Spans) -> bool:
    """Whether a day lies in one of joined spans."""
    at = bisect_right(spans, day, key=lambda span: span[0]) - 1
    return at >= 0 and day <= spans[at][1]


class Calendar:
    """Working days: Monday to Friday without the public holidays of a Land and without the spans (first, last) that are
    off.

    A position is the number of working days since 01.01.1990: of a day that works its own, of another that of the next.

    >>> Calendar("SN").works(date(2015, 6, 4)), Calendar("HE").works(date(2015, 6, 4))  # Fronleichnam
    (True, False)
    """

    def __init__(self, state: str = "", off: Iterable[tuple[date, date]] = ()) -> None:
        self.state, self.off = state, joined(off)
        self._days: dict[int, tuple[date, ...]] = {}
        self._before = {1990: 0}

    def works(self, day: date) -> bool:
        """Whether offices work."""
        days = self._of(day.year)
        at = bisect_left(days, day)
        return at < len(days) and days[at] == day

    @cached_property
    def positions(self) -> range:
        """The working days that a task can lie on; none where all days are off."""
        return range(1, self._until(LAST_WORK + 1))

    def _of(self, year: int) -> tuple[date, ...]:
        if year not in self._days:
            days = _office_days(self.state, year)
            self._days[year] = tuple(day for day in days if not within(day, self.off)) if self.off else days
        return self._days[year]

    def _until(self, year: int) -> int:
        """Working days before this year."""
        if year not in self._before:
            for known in range(1990, year):
                self._before.setdefault(known + 1, self._before[known] + len(self._of(known)))
        return self._before[year]

    def index(self, day: date) -> int:
        """The position of the day, or of the next working day; one outside `positions` for a day outside all years."""
        if not FIRST_DAY <= day <= LAST_DAY:
            return -1 if day < FIRST_DAY else self._until(LAST_DAY.year + 1)
        return self._until(day.year) + bisect_left(self._of(day.year), day)

    def day(self, position: int) -> date:
        """The working day at a position: the inverse of `index` on working days.

        A position without a working day is that of the calendar's first or last day.
        """
        year = min(1990 + max(0, position // 262 - 1), LAST_DAY.year)
        while year < LAST_DAY.year and self._until(year + 1) <= position:
            year += 1
        days, at = self._of(year), position - self._until(year)
        return FIRST_DAY if at < 0 else days[at] if at < len(days) else LAST_DAY

    def end(self, day: date) -> int:
        """The position at which the day has ended."""
        return self.index(day) + (FIRST_DAY <= day <= LAST_DAY and self.works(day))

    def last_until(self, day: date) -> date:
        """The day itself if offices work, else the last working day before it; the day itself where there is none."""
        last = self.end(day) - 1
        return self.day(last) if last >= 0 and day <= LAST_DAY else day

    def days(self, first: date, last: date) -> int:
        """How many working days lie in a span, both ends included."""
        return max(0, self.end(last) - self.index(first))


@lru_cache(maxsize=64)
def offices(state: str, off: Spans = ()) -> Calendar:
    """The working days of the offices of a Land without these spans."""
    return Calendar(state, off)


def calendar(plan: Plan) -> Calendar:
    """The working days of a plan: those of its Land without the spans it enters as "arbeitsfrei"."""

    def made() -> Calendar:
        off = joined(row.span for row in plan.calendars if row.kind == "arbeitsfrei" and row.span)
        return offices(plan.state, off)

    return plan.once("workdays", made)
