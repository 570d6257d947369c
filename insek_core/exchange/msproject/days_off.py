"""The days off of a Microsoft Project file as entries of the plan's calendar."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from insek_core.exchange.msproject.reading import FileReading
from insek_core.plan import process
from insek_core.plan.errors import Finding
from insek_core.plan.german import count, show_date
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.net.worktime import DAY, WorkTime, position
from insek_core.rules.time.workdays import FIRST_DAY, LAST_DAY


def _works(work: WorkTime, day: date) -> bool:
    at = position(datetime(day.year, day.month, day.day))
    return work.between(at, at + DAY) > 0


def _runs(days: list[date], joined: Callable[[date, date], bool]) -> Iterator[tuple[date, date]]:
    """Days in order as spans: the next one belongs to a span if it is joined to its last."""
    begins = [n for n, day in enumerate(days) if not n or not joined(days[n - 1], day)]
    for first, after in pairwise([*begins, len(days)]):
        yield days[first], days[after - 1]


def _differences(week: list[int], more: list[date], off: list[date]) -> Iterator[Finding]:
    """What is said of a calendar that works otherwise than the plan's."""
    if week:
        yield Finding(
            level="warning",
            message="Der Projektkalender arbeitet nicht von Montag bis Freitag; die Planung rechnet alle fünf Tage.",
            remedy="Bitte die Dauern vergleichen.",
        )
    if more:
        yield Finding(
            level="notice",
            message=f"Der Projektkalender arbeitet an {count(len(more), 'Tag', 'Tagen')}, die in der Planung frei sind "
            f"(zuerst am {show_date(more[0])}).",
        )
    if off:
        yield Finding(
            level="notice",
            message=f"{count(len(off), 'freier Tag', 'freie Tage')} im Projektkalender: künftig arbeitsfrei für die "
            "ganze Planung.",
            remedy="Bitte unter „Kalender“ prüfen.",
        )


def days_off(reading: FileReading) -> tuple[tuple[process.CalendarEntry, ...], tuple[Finding, ...]]:
    """The days on which the project's calendar rests and the plan's would not, in the project's time and a year after
    it, and what is said of them.
    """
    lies = [days for task in reading.dates.values() if (days := task.early_days)]
    if not lies:
        return (), ()
    first = max(min(days[0] for days in lies), FIRST_DAY)
    until = min(days_later(max(days[1] for days in lies), 366), LAST_DAY)
    work, workdays = reading.project.calendars[""], reading.workdays
    every = [first + timedelta(n) for n in range((until - first).days)]
    worked = {day for day in every if _works(work, day)}
    week = sorted(set(range(5)) - {day.weekday() for day in worked})
    off = [day for day in every if day not in worked and workdays.works(day) and day.weekday() not in week]
    more = [day for day in every if day in worked and not workdays.works(day)]
    rows = tuple(
        reading.row(
            process.CalendarEntry,
            reading.id("frei", f"{a:%Y%m%d}"),
            "Projektkalender",
            name=f"arbeitsfrei laut „{reading.project.name}“",
            kind="arbeitsfrei",
            first_on=a,
            last_on=b,
        )
        for a, b in _runs(off, lambda last, day: workdays.days(last, day) == 2)
    )
    return rows, tuple(_differences(week, more, off))
