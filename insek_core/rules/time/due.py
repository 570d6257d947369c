"""What should have happened by the day of status and is not entered yet: steps, stations, sittings, events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.rules.time.course import Stop
from insek_core.rules.time.dates import TaskDates
from insek_core.rules.time.schedule import Timetable

DueKind = Literal["Station", "Sitzung", "Veranstaltung"]


@dataclass(frozen=True, kw_only=True)
class Due:
    """A station, sitting or event of which nobody says what came of it: its record, name, and when it was planned."""

    kind: DueKind
    record: str
    name: str
    words: str
    first_on: date


def steps_due(found: Timetable, today: date) -> tuple[TaskDates, ...]:
    """Steps that should have begun and are not done, in the order of the plan."""
    own = (task for task in found.tasks if not task.summary and task.state != "erledigt")
    return tuple(task for task in own if task.start_on and task.start_on <= today)


def _ahead(stop: Stop, today: date) -> bool:
    return not (stop.unknown or stop.held or (stop.on is not None and stop.on <= today))


def _stations(found: Timetable, today: date) -> Iterator[Due]:
    for paper in found.courses:
        for stop in (stop for stop in paper.stops if not stop.recorded and not _ahead(stop, today)):
            name, words = f"{paper.short}: {stop.body_name}", show_date(stop.on) if stop.on else "Tag unbekannt"
            yield Due(
                kind="Station", record=stop.reading, name=name, words=words, first_on=min(stop.on or today, today)
            )


def _sittings(plan: Plan, today: date, told: set[str]) -> Iterator[Due]:
    for row in (row for row in plan.meetings if row.id not in told):
        first = row.when.earliest if row.when else None
        if row.when and first and first <= today and not row.cancelled and not row.actual_on:
            yield Due(kind="Sitzung", record=row.id, name=plan.name(row.body), words=row.when.words, first_on=first)


def _events(found: Timetable, today: date) -> Iterator[Due]:
    for event in found.events:
        if not event.held and event.start_on and event.start_on <= today:
            yield Due(
                kind="Veranstaltung", record=event.id, name=event.label, words=event.words, first_on=event.start_on
            )


def due(plan: Plan, found: Timetable, today: date) -> tuple[Due, ...]:
    """Stations, sittings and events whose day or period has come without anybody entering them, oldest first; a sitting
    of such a station is entered with it.
    """
    first = tuple(_stations(found, today))
    records = {row.record for row in first}
    told = {reading.meeting for reading in plan.readings if reading.id in records}
    rows = (*first, *_sittings(plan, today, told), *_events(found, today))
    return tuple(sorted(rows, key=lambda row: row.first_on))
