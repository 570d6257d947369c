"""The plan's tasks, links and papers as a solved network on its working days (RULES §2).

A milestone has no duration and lies at the end of its day; what a paper leads to waits for its sittings.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.plan.process import Link, Phase, Task
from insek_core.rules.time.course import CourseClock, clock, papers_of, readings_of
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.network import Activity, Network, Tie, solve, spanned
from insek_core.rules.time.workdays import Calendar, calendar

MILESTONE, SUMMARY = "Meilenstein", "Sammelvorgang"


@dataclass(frozen=True)
class _CalendarDays:
    """A lag in calendar days, landing on a working day: from the morning of a start, or from the evening of an end.

    Two calendar days after the end of a Friday is the end of Sunday, so work goes on Monday.
    """

    workdays: Calendar
    from_end: bool

    def begin(self, position: int) -> int:
        return position

    def add(self, position: int, amount: int) -> int | None:
        if position - self.from_end not in self.workdays.positions:
            return None
        return self.workdays.index(days_later(self.workdays.day(position - self.from_end), amount + self.from_end))

    def sub(self, position: int, amount: int) -> int | None:
        if position not in self.workdays.positions:
            return None
        evening = self.workdays.end(days_later(self.workdays.day(position), -amount - self.from_end))
        return evening if self.from_end else evening - 1

    def between(self, first: int, last: int) -> int:
        return last - first


def own_start(task: Task, plan: Plan) -> tuple[date, str] | None:
    """The first day by the task's own constraint, else by the begin of its phase; None if nothing is stated."""
    if task.constraint in ("nicht früher als", "genau am") and task.constraint_on:
        return task.constraint_on, f"{task.constraint} {show_date(task.constraint_on)}"
    phase = plan.by_id.get(task.phase)
    if task.kind != SUMMARY and isinstance(phase, Phase) and phase.begin and phase.begin.earliest:
        return phase.begin.earliest, f"Beginn der {phase.name}"
    return None


def _bounds(task: Task, plan: Plan, workdays: Calendar) -> Activity:
    """The task with its own bounds as positions: a milestone lies at the end of the day it is bound to."""
    at_end = int(task.kind == MILESTONE)
    own, limits = own_start(task, plan), [task.deadline_on]
    start_by = None
    if task.constraint == "nicht später als":
        limits.append(task.constraint_on)
    if task.constraint == "genau am" and task.constraint_on:
        start_by = workdays.index(task.constraint_on) + at_end
    finish_by = min((workdays.end(day) for day in limits if day), default=None)
    duration = 0 if at_end else task.duration_days
    start_from = workdays.index(own[0]) + at_end if own else None
    return Activity(task.id, duration, start_from=start_from, start_by=start_by, finish_by=finish_by)


def _progressed(task: Task, activity: Activity, workdays: Calendar, today: date | None) -> tuple[Activity, bool]:
    """The activity as its progress on the day of status leaves it, and whether it has begun and waits for nothing more.

    What has ended lies where it did, what is left lies ahead; without a progress entered the plan stands. Facts later
    than the day of status are not used.
    """
    if today is None or activity.duration is None:
        return activity, False
    now, days = workdays.index(today), activity.duration
    if task.actual_finish_on and task.actual_finish_on <= today:
        end = workdays.end(task.actual_finish_on)
        start = workdays.index(task.actual_start_on) if task.actual_start_on else end - days
        return activity._replace(duration=max(0, end - start), start_from=min(start, end)), True
    share = task.progress_share if isinstance(task.progress_share, Fraction) else None
    left = None if share is None else ceil(days * (1 - share))
    if task.actual_start_on and task.actual_start_on <= today:
        start = workdays.index(task.actual_start_on)
        end = max(now, start + days) if left is None else now + left
        return activity._replace(duration=max(0, end - start), start_from=start), True
    if left == days and share is not None:
        return activity._replace(start_from=max(activity.start_from or now, now)), False
    return (activity if not left else activity._replace(finish_from=now + left)), False


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is solved: the plan's tasks as a network, the papers behind some ties, and the calendar it lies on."""

    plan: Plan
    workdays: Calendar
    today: date | None
    ties: tuple[Tie, ...]
    papers: Mapping[int, CourseClock]
    parts: Mapping[str, tuple[str, ...]]
    made: tuple[tuple[Activity, ...], tuple[Tie, ...]]
    network: Network


def tie(link: Link, workdays: Calendar) -> Tie:
    """A link as a tie; a lag in calendar days has a clock of its own."""
    lag_clock = (
        _CalendarDays(workdays, link.type[0] == "F") if link.lag_in == "Kalendertage" and link.lag_days else None
    )
    return Tie(link.predecessor, link.successor, link.type, link.lag_days or 0, lag_clock)


def network_of(plan: Plan, today: date | None) -> Work:
    """The plan's tasks and papers as a solved network on its working days."""
    workdays, known = calendar(plan), {task.id for task in plan.tasks}
    parts: dict[str, list[str]] = defaultdict(list)
    summaries = {task.id for task in plan.tasks if task.kind == SUMMARY}
    for task in plan.tasks:
        if task.parent in summaries and task.parent != task.id:
            parts[task.parent].append(task.id)
    found = [_progressed(task, _bounds(task, plan, workdays), workdays, today) for task in plan.tasks]
    begun = {activity.id for activity, has_begun in found if has_begun}
    ties = [tie(link, workdays) for link in plan.links if link.predecessor in known and link.successor in known - begun]
    papers = {}
    for paper in papers_of(plan):
        if paper.task in known and paper.reaches in known - begun and readings_of(plan, paper.id):
            papers[len(ties)] = clock(plan, paper, today)
            ties.append(Tie(paper.task, paper.reaches, "FS", 0, papers[len(ties)]))
    activities = [activity for activity, _ in found]
    made, every = spanned(activities, ties, parts) if parts else (activities, ties)
    return Work(
        plan=plan,
        workdays=workdays,
        today=today,
        ties=tuple(ties),
        papers=papers,
        made=(tuple(made), tuple(every)),
        network=solve(made, every, within=workdays.positions),
        parts={name: tuple(members) for name, members in parts.items()},
    )
