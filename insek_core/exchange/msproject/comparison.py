"""The plan made of a Microsoft Project file, held against the dates that the file itself has."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from insek_core.exchange.msproject.reading import FileReading
from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import count, show_date
from insek_core.rules.time.schedule import timetable


def _days(finish: datetime) -> tuple[date, date]:
    """The day of an end, and the one that it closes: midnight ends the day before."""
    return finish.date(), (finish - timedelta(minutes=1)).date()


def apart(reading: FileReading, plan: Plan) -> Iterator[Finding]:
    """Tasks that end on another day than the file has for them: what rounding, calendars and all that is left out do.

    A task for which the file has no end is not compared.
    """
    began = [day for task in reading.project.tasks for day in (task.actual_start, task.actual_finish) if day]
    here = timetable(plan, max(began).date() if began else None).by_id
    found: list[tuple[int, str, date, date]] = []
    for task in reading.project.tasks:
        finish, now = reading.project.finishes.get(task.uid), here[reading.id(task.uid)].finish_on
        if finish and now and now not in _days(finish):
            found.append((abs((now - finish.date()).days), task.name, now, finish.date()))
    if found:
        days, name, now, then = max(found, key=lambda row: row[0])
        yield Finding(
            level="warning",
            message=f"{count(len(found), 'Vorgang endet', 'Vorgänge enden')} hier an einem anderen Tag als in der "
            f"Datei, am weitesten „{name}“: {show_date(now)} statt {show_date(then)} "
            f"({count(days, 'Tag', 'Tage')}).",
            remedy="Bitte Feiertage, halbe Tage und eigene Kalender prüfen.",
        )
