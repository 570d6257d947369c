"""A Microsoft Project file as rows of a plan: tasks, links and days off; read again, it changes the rows it once made.

A plan knows whole working days on one calendar. What the file says beyond that is rounded or left out, each with a
notice, and the plan's dates are held against those the file has, so that nothing moves in silence.
"""

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from insek_core.exchange.msproject.comparison import apart
from insek_core.exchange.msproject.days_off import days_off
from insek_core.exchange.msproject.project import read_project
from insek_core.exchange.msproject.reading import FileReading
from insek_core.plan import Plan, process
from insek_core.plan.codec import with_tables
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import named
from insek_core.rules.time.net.passes import Clock
from insek_core.rules.time.net.worknet import MILESTONE, SUMMARY
from insek_core.rules.time.net.worktasks import WorkLink, WorkTask
from insek_core.rules.time.net.worktime import DAY, ELAPSED, WorkTime, moment, position

MAX_TASKS = 5_000  # more than a city plans in one process, and than a screen can show
NOTICES = {  # what a plan cannot hold: said once, with the names
    "parts": ("Auf ganze Arbeitstage aufgerundet sind die Dauer oder der Abstand von", "Bitte die Dauern vergleichen."),
    "elapsed": ("In Arbeitstage umgerechnet ist die fortlaufende Dauer (Tag und Nacht) von", "Bitte die Dauern vergleichen."),
    "own": ("Der eigene Kalender gilt hier nicht; gerechnet wird mit dem der Planung, bei", "Bitte die Daten vergleichen."),
    "contradicted": ("Verknüpfungen, die dem eingetragenen Anfang widersprechen, sind ausgelassen, bei", ""),
    "morning": ("Was auf einen Meilenstein am Morgen folgt, beginnt hier mit dem Abstand −1 am selben Tag, bei", ""),
}  # fmt: skip


def _morning(work: WorkTime, at: datetime | None) -> date | None:
    """The day on which what begins at an instant begins."""
    return None if at is None else moment(work.begin(position(at))).date()


def _evening(work: WorkTime, at: datetime | None) -> date | None:
    """The last day of work before an instant."""
    return None if at is None else (moment(work.end(position(at))) - timedelta(minutes=1)).date()


def _duration(reading: FileReading, task: WorkTask) -> int | None:
    """Working days; of a task that runs day and night those between its dates."""
    if task.duration is None or task.uid in reading.parents:
        return None
    if not task.elapsed:
        return reading.days(task.duration, task.name)
    reading.leave("elapsed", task.name)
    lies = reading.dates[task.uid].early_days
    return max(1, reading.workdays.days(*lies)) if lies else ceil(task.duration / DAY)


def _bound(reading: FileReading, task: WorkTask, days: int | None) -> dict[str, Any]:
    """Constraint and deadline: a bound on the one end of a task is one on the other, its duration away."""
    work, workdays, bounds = reading.project.calendars[task.calendar], reading.workdays, task.bounds
    point = task.duration == 0
    first = bounds.start_from.date() if point and bounds.start_from else _morning(work, bounds.start_from)
    ended, begun_by = _evening(work, bounds.finish_from), _evening(work, bounds.start_by)
    last = _evening(work, bounds.ends_by)
    length = max(0, (days or 1) - 1)
    if ended:
        first = max(filter(None, (first, workdays.day(workdays.end(ended) - 1 - length))))
    exact = bounds.start_from is not None and bounds.start_from == bounds.start_by
    if begun_by and not exact:
        last = min(filter(None, (last, workdays.day(workdays.end(begun_by) - 1 + length))))
    if first is None and task.uid not in reading.parents and task.uid not in reading.waiting:
        first = _morning(work, reading.project.start)
    word = "genau am" if exact else "nicht früher als" if first else ""
    return {"constraint": word, "constraint_on": first, "deadline_on": last}


def _task(reading: FileReading, task: WorkTask) -> process.Task:
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


def _contradicted(reading: FileReading, link: WorkLink) -> bool:
    """Whether a link would move a task away from the start that was entered by hand."""
    then = reading.by_uid[link.then]
    if not then.fixed:
        return False
    before, lies = reading.dates[link.before], reading.dates[link.then]
    here = before.early_start if link.type[0] == "S" else before.early_finish
    there = lies.early_start if link.type[1] == "S" else lies.early_finish
    clock: Clock = ELAPSED if link.elapsed else reading.project.calendars[then.calendar]
    bound = clock.add(position(here), link.lag) if here else None
    if bound is None or there is None or bound <= position(there):
        return False
    reading.leave("contradicted", then.name)
    return True


def _link(reading: FileReading, link: WorkLink) -> process.Link:
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


def project_plan(name: str, data: bytes, base: Plan) -> tuple[Plan | None, tuple[Finding, ...]]:
    """The plan with the tasks, links and days off of a Microsoft Project file; None if the file is in error.

    Rows of the same file that it no longer has are gone. Raises Problem for a file that is none, or has over 5,000
    tasks.
    """
    reading = FileReading(read_project(name, data), base, {})
    if len(reading.project.tasks) > MAX_TASKS:
        raise Problem(f"„{name}“ hat mehr als 5.000 Vorgänge.", "Bitte nur den benötigten Teil speichern.")
    findings = reading.scheduled.findings
    if any(finding.level == "error" for finding in findings):
        return None, findings
    calendars, differences = days_off(reading)
    made: dict[str, tuple[Any, ...]] = {
        "tasks": tuple(_task(reading, task) for task in reading.project.tasks),
        "links": tuple(_link(reading, link) for link in reading.project.links if not _contradicted(reading, link)),
        "calendars": calendars,
    }
    plan = with_tables(base, {table: (*reading.others(table), *rows) for table, rows in made.items()})
    left = ((NOTICES[kind], list(names)) for kind, names in reading.left.items())
    notices = [
        Finding(level="notice", message=f"{what}: {named(names)}.", remedy=remedy) for (what, remedy), names in left
    ]
    return plan, (*findings, *differences, *notices, *apart(reading, plan))
