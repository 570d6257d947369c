"""A Microsoft Project file as rows of a plan: tasks, links and days off; read again, it changes the rows it once made.

A plan knows whole working days on one calendar. What the file says beyond that is rounded or left out, each with a
notice, and the dates of both are held against each other, so that nothing moves in silence.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any

from insek_core.exchange.msproject.project import Project, read_project, schedule_file
from insek_core.plan import Plan, process
from insek_core.plan.codec import with_tables
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import count, named, show_date
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.workdays import Calendar, calendar
from insek_core.rules.time.worknet import MILESTONE, SUMMARY
from insek_core.rules.time.worktasks import Link, ScheduledProject, ScheduledTask, Task
from insek_core.rules.time.worktime import DAY, WorkTime, moment, position

MAX_TASKS = 5_000  # more than a city plans in one process, and than a screen can show
TABLES = ("tasks", "links", "calendars")
NOTICES = {  # what a plan cannot hold: said once, with the names
    "parts": ("Auf ganze Arbeitstage aufgerundet sind die Dauer oder der Abstand von", "Bitte die Dauern vergleichen."),
    "elapsed": ("In Arbeitstage umgerechnet ist die fortlaufende Dauer (Tag und Nacht) von", "Bitte die Dauern vergleichen."),
    "own": ("Der eigene Kalender gilt hier nicht; gerechnet wird mit dem der Planung, bei", "Bitte die Daten vergleichen."),
    "morning": ("Was auf einen Meilenstein am Morgen folgt, beginnt hier mit dem Abstand −1 am selben Tag, bei", ""),
}  # fmt: skip


@dataclass(frozen=True)
class _Reading:
    """A file, the plan it goes into, and what could not be kept: the names by kind of notice."""

    project: Project
    base: Plan
    left: dict[str, dict[str, None]]

    @cached_property
    def prefix(self) -> str:
        """What the ids of its rows begin with: another file has others, the same file read again the same."""
        return f"MP-{hashlib.sha256(self.project.name.encode()).hexdigest()[:4]}"

    @cached_property
    def scheduled(self) -> ScheduledProject:
        """The file on its own calendars, with all that was found wrong in it."""
        return schedule_file(self.project)

    @cached_property
    def dates(self) -> Mapping[str, ScheduledTask]:
        """Where the file's own calendars bring its tasks."""
        return {task.id: task for task in self.scheduled.tasks}

    @cached_property
    def by_uid(self) -> Mapping[str, Task]:
        """The tasks of the file."""
        return {task.uid: task for task in self.project.tasks}

    @cached_property
    def held(self) -> frozenset[str]:
        """What does not begin before something else: by a link onto its begin, or as a summary by a bound."""
        links = {link.then for link in self.project.links if link.type[1] == "S" and link.lag >= 0}
        return frozenset(links | {uid for uid in self.parents if uid and self.by_uid[uid].bounds.start_from})

    @cached_property
    def workdays(self) -> Calendar:
        """The plan's working days without the days off that this file once brought."""
        return calendar(with_tables(self.base, {"calendars": self.others("calendars")}))

    @cached_property
    def parents(self) -> frozenset[str]:
        """The summaries."""
        return frozenset(task.parent for task in self.project.tasks)

    def id(self, *parts: str) -> str:
        """The id of a row."""
        return "-".join((self.prefix, *parts))

    def others(self, table: str) -> tuple[Any, ...]:
        """The rows of a table that are not of this file."""
        return tuple(row for row in self.base.rows(table) if not row.id.startswith(f"{self.prefix}-"))

    def row(self, record: type[Any], key: str, whence: str, /, **own: Any) -> Any:
        """A row with what the file says; what it does not say stays as somebody has entered it."""
        known = self.base.by_id.get(key)
        if isinstance(known, record):
            return replace(known, **own)
        return record(id=key, source=f"MS Project „{self.project.name}“, {whence}", evidence="assumed", **own)

    def leave(self, kind: str, name: str) -> None:
        """Something that a plan cannot hold."""
        self.left.setdefault(kind, {})[name] = None

    def days(self, minutes: int, name: str) -> int:
        """Whole working days, rounded up."""
        if minutes % self.project.minutes_per_day:
            self.leave("parts", name)
        return ceil(minutes / self.project.minutes_per_day)


def _morning(work: WorkTime, at: datetime | None) -> date | None:
    """The day on which what begins at an instant begins."""
    return None if at is None else moment(work.begin(position(at))).date()


def _evening(work: WorkTime, at: datetime | None) -> date | None:
    """The last day of work before an instant."""
    return None if at is None else (moment(work.end(position(at))) - timedelta(minutes=1)).date()


def _duration(reading: _Reading, task: Task) -> int | None:
    """Working days; of a task that runs day and night those between its dates."""
    if task.duration is None or task.uid in reading.parents:
        return None
    if not task.elapsed:
        return reading.days(task.duration, task.name)
    reading.leave("elapsed", task.name)
    lies = reading.dates[task.uid].early_days
    return max(1, reading.workdays.days(*lies)) if lies else ceil(task.duration / DAY)


def _bound(reading: _Reading, task: Task, days: int | None) -> dict[str, Any]:
    """Constraint and deadline: a bound on the one end of a task is one on the other, its duration away."""
    work, workdays, bounds = reading.project.calendars[task.calendar], reading.workdays, task.bounds
    point = task.duration == 0
    first = bounds.start_from.date() if point and bounds.start_from else _morning(work, bounds.start_from)
    ended, begun_by = _evening(work, bounds.finish_from), _evening(work, bounds.start_by)
    last = _evening(work, bounds.finish_by)
    length = max(0, (days or 1) - 1)
    if ended:
        first = max(filter(None, (first, workdays.day(workdays.end(ended) - 1 - length))))
    exact = bounds.start_from is not None and bounds.start_from == bounds.start_by
    if begun_by and not exact:
        last = min(filter(None, (last, workdays.day(workdays.end(begun_by) - 1 + length))))
    if task.uid not in reading.parents and (first or not _is_held(reading, task)):  # nothing begins before the project
        first = max(filter(None, (first, _morning(work, reading.project.start))), default=None)
    word = "genau am" if exact else "nicht früher als" if first else ""
    return {"constraint": word, "constraint_on": first, "deadline_on": last}


def _is_held(reading: _Reading, task: Task) -> bool:
    """Whether something else keeps a task from beginning before the project does."""
    uid = task.uid
    while uid and uid not in reading.held:
        uid = reading.by_uid[uid].parent
    return bool(uid)


def _task(reading: _Reading, task: Task) -> process.Task:
    days, percent = _duration(reading, task), reading.project.progress.get(task.uid, 0)
    work = reading.project.calendars[task.calendar]
    kind = SUMMARY if task.uid in reading.parents else MILESTONE if task.duration == 0 else "Arbeitsschritt"
    if task.calendar and work is not reading.project.calendars[""] and kind == "Arbeitsschritt":
        reading.leave("own", task.name)
    row: process.Task = reading.row(
        process.Task,
        reading.id(task.uid),
        f"Vorgang {task.uid}",
        name=task.name,
        kind=kind,
        parent=reading.id(task.parent) if task.parent else "",
        duration_days=None if kind == MILESTONE else days,
        progress_share=Fraction(percent, 100) if 0 < percent <= 100 else None,
        actual_start_on=task.actual_start.date() if task.actual_start else None,
        actual_finish_on=_evening(work, task.actual_finish),
        **_bound(reading, task, days),
    )
    return row


def _link(reading: _Reading, link: Link) -> process.Link:
    """A link with its lag in days. A milestone lies at the end of its day: from one in the morning a day is taken
    off.
    """
    before, then = reading.by_uid[link.before], reading.by_uid[link.then]
    lies = reading.dates[before.uid]
    lag = ceil(link.lag / DAY) if link.elapsed else reading.days(link.lag, then.name)
    if (
        before.duration == 0
        and before.uid not in reading.parents
        and lies.early_start
        and not lies.after_end
        and not link.elapsed
    ):
        reading.leave("morning", then.name)
        lag -= 1
    row: process.Link = reading.row(
        process.Link,
        reading.id(link.before, link.then),
        f"Vorgang {link.then}",
        predecessor=reading.id(link.before),
        successor=reading.id(link.then),
        type=link.type,
        lag_days=lag or None,
        lag_in=("Kalendertage" if link.elapsed else "Arbeitstage") if lag else "",
    )
    return row


def _works(work: WorkTime, day: date) -> bool:
    at = position(datetime(day.year, day.month, day.day))
    return work.between(at, at + DAY) > 0


def _runs(days: list[date], joined: Callable[[date, date], bool]) -> Iterator[tuple[date, date]]:
    """Days in order as spans: the next one belongs to a span if it is joined to its last."""
    first = last = days[0]
    for day in days[1:]:
        if not joined(last, day):
            yield first, last
            first = day
        last = day
    yield first, last


def _days_off(reading: _Reading, findings: list[Finding]) -> tuple[process.CalendarEntry, ...]:
    """The days on which the project's calendar rests and the plan's would not, in the project's time and a year after
    it.
    """
    lies = [days for task in reading.dates.values() if (days := task.early_days)]
    if not lies:
        return ()
    first, until = min(days[0] for days in lies), days_later(max(days[1] for days in lies), 366)
    work, workdays = reading.project.calendars[""], reading.workdays
    every = [first + timedelta(n) for n in range(min((until - first).days, 3660))]
    off = [day for day in every if workdays.works(day) and not _works(work, day)]
    weekly = {n for n in range(5) if not any(_works(work, day) for day in every if day.weekday() == n)}
    if weekly:
        findings.append(
            Finding(
                level="warning",
                message="Der Projektkalender arbeitet nicht von Montag bis Freitag; die Planung rechnet alle fünf "
                "Tage.",
                remedy="Bitte die Dauern vergleichen.",
            )
        )
    more = [day for day in every if _works(work, day) and not workdays.works(day)]
    if more:
        said = count(len(more), "Tag", "Tagen")
        findings.append(
            Finding(
                level="notice",
                message=f"Der Projektkalender arbeitet an {said}, die in der Planung frei sind (zuerst am "
                f"{show_date(more[0])}).",
            )
        )
    off = [day for day in off if day.weekday() not in weekly]
    if not off:
        return ()
    findings.append(
        Finding(
            level="notice",
            message=f"{count(len(off), 'freier Tag', 'freie Tage')} im Projektkalender: künftig arbeitsfrei für "
            "die ganze Planung.",
            remedy="Bitte unter „Kalender“ prüfen.",
        )
    )
    runs = _runs(off, lambda last, day: workdays.days(last, day) == 2)
    return tuple(
        reading.row(
            process.CalendarEntry,
            reading.id("frei", f"{a:%Y%m%d}"),
            "Projektkalender",
            name=f"arbeitsfrei laut „{reading.project.name}“",
            kind="arbeitsfrei",
            first_on=a,
            last_on=b,
        )
        for a, b in runs
    )


def _compared(reading: _Reading, plan: Plan) -> Iterator[Finding]:
    """Tasks that end on another day than in the file: what rounding and calendars have done."""
    began = [day for task in reading.project.tasks for day in (task.actual_start, task.actual_finish) if day]
    here = timetable(plan, max(began).date() if began else None).by_id
    apart: list[tuple[int, str, date, date]] = []
    for uid, task in reading.dates.items():
        there, now = task.early_days, here[reading.id(uid)].finish_on
        if there and now and there[1] != now:
            apart.append((abs((now - there[1]).days), task.name, now, there[1]))
    if apart:
        days, name, now, then = max(apart, key=lambda row: row[0])
        yield Finding(
            level="warning",
            message=f"{count(len(apart), 'Vorgang endet', 'Vorgänge enden')} hier an einem anderen Tag als in der "
            f"Datei, am weitesten „{name}“: {show_date(now)} statt {show_date(then)} "
            f"({count(days, 'Tag', 'Tage')}).",
            remedy="Bitte Feiertage, halbe Tage und eigene Kalender prüfen.",
        )


def project_plan(name: str, data: bytes, base: Plan) -> tuple[Plan | None, tuple[Finding, ...]]:
    """The plan with the tasks, links and days off of a Microsoft Project file; None if the file is in error.

    Rows of the same file that it no longer has are gone. Raises Problem for a file that is none, or has over 5,000
    tasks.
    """
    reading = _Reading(read_project(name, data), base, {})
    findings = list(reading.scheduled.findings)
    if any(finding.level == "error" for finding in findings):
        return None, tuple(findings)
    if len(reading.project.tasks) > MAX_TASKS:
        raise Problem(f"„{name}“ hat mehr als 5.000 Vorgänge.", "Bitte nur den benötigten Teil speichern.")
    made: dict[str, tuple[Any, ...]] = {
        "tasks": tuple(_task(reading, task) for task in reading.project.tasks),
        "links": tuple(_link(reading, link) for link in reading.project.links),
        "calendars": _days_off(reading, findings),
    }
    plan = with_tables(base, {table: (*reading.others(table), *rows) for table, rows in made.items()})
    left = ((NOTICES[kind], list(names)) for kind, names in reading.left.items())
    findings += [
        Finding(level="notice", message=f"{what}: {named(names)}.", remedy=remedy) for (what, remedy), names in left
    ]
    return plan, (*findings, *_compared(reading, plan))
