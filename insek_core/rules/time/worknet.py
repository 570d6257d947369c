"""The plan's tasks, links and papers as a solved network on its working days (RULES §2).

A milestone has no duration and lies at the end of its day; what a paper leads to waits for its sittings.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.plan.process import Link, Paper, Phase, Task
from insek_core.rules.time.course import last_day, latest_by, walk
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.network import Network, solve, spanned
from insek_core.rules.time.passes import Activity, Tie
from insek_core.rules.time.stations import Group, papers_of, stations
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


@dataclass(frozen=True)
class CourseClock:
    """A paper's way as a lag on the axis of working days: from the end of the work on it to the end of the day of the
    decision.
    """

    plan: Plan
    paper: Paper
    workdays: Calendar
    groups: tuple[Group, ...]

    def begin(self, position: int) -> int:
        """Sittings lie on days of their own."""
        return position

    def add(self, position: int, amount: int) -> int | None:
        """The end of the day of the decision, for a paper that is ready at this position."""
        if position - 1 not in self.workdays.positions:
            return None
        return self.decided(self.workdays.day(position - 1))

    def decided(self, ready_on: date) -> int | None:
        """The end of the day of the decision, for a paper that is ready on this day."""
        day = last_day(walk(self.plan, self.groups, ready_on))
        return None if day is None else self.workdays.end(day)

    def sub(self, position: int, amount: int) -> int | None:
        """The last position at which the paper may be ready for a decision by this one."""
        if position - 1 not in self.workdays.positions:
            return None
        ready = latest_by(self.groups, self.workdays.day(position - 1))
        return None if ready is None else self.workdays.end(ready)

    def between(self, first: int, last: int) -> int:
        """Working days."""
        return last - first


@dataclass(frozen=True)
class _Sittings:
    """The ends of the days on which a milestone can lie that a paper leads to: whatever holds it, it waits for one."""

    ends: tuple[int, ...]
    outside: int  # where no sitting is left: off the calendar

    def begin(self, position: int) -> int:
        at = bisect_left(self.ends, position)
        return self.ends[at] if at < len(self.ends) else self.outside

    def add(self, position: int, amount: int) -> int:
        return position + amount

    def sub(self, position: int, amount: int) -> int | None:
        at = bisect_right(self.ends, position - amount) - 1
        return self.ends[at] if at >= 0 else None

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


def _led_to(way: CourseClock, milestone: Activity) -> tuple[Activity, bool]:
    """A milestone that a paper leads to, and whether it is reached: on the day of a decision that was held, else on a
    day of sitting, whatever else it waits for.
    """
    last = way.groups[-1]
    if all(station.held_on for station in last):
        end = way.workdays.end(max(station.held_on for station in last if station.held_on))
        return milestone._replace(start_from=end, finish_from=None, clock=None), True
    if not any(station.hearing_days for station in last):
        ends = {way.workdays.end(sitting.on) for station in last for sitting in station.known}
        milestone = milestone._replace(clock=_Sittings(tuple(sorted(ends)), way.workdays.positions.stop))
    decided = way.decided(way.paper.ready_on) if way.paper.ready_on and not way.paper.task else None
    first = max((at for at in (milestone.start_from, decided) if at is not None), default=None)
    return milestone._replace(start_from=first), False


def _ways(plan: Plan, workdays: Calendar, today: date | None, free: set[str]) -> list[CourseClock]:
    """The ways of the papers that lead to one of these tasks."""
    papers = [(paper, stations(plan, paper.id, today)) for paper in papers_of(plan) if paper.reaches in free]
    return [CourseClock(plan, paper, workdays, groups) for paper, groups in papers if groups]


def _parts(plan: Plan) -> dict[str, tuple[str, ...]]:
    """What each summary consists of."""
    parts: dict[str, list[str]] = defaultdict(list)
    summaries = {task.id for task in plan.tasks if task.kind == SUMMARY}
    for task in plan.tasks:
        if task.parent in summaries and task.parent != task.id:
            parts[task.parent].append(task.id)
    return {name: tuple(members) for name, members in parts.items()}


def network_of(plan: Plan, today: date | None) -> Work:
    """The plan's tasks and papers as a solved network on its working days."""
    workdays, parts = calendar(plan), _parts(plan)
    kind = {task.id: task.kind for task in plan.tasks}
    placed = {task.id: _progressed(task, _bounds(task, plan, workdays), workdays, today) for task in plan.tasks}
    ways = _ways(plan, workdays, today, {name for name, (_, begun) in placed.items() if not begun})
    for way in ways:
        if kind[way.paper.reaches] == MILESTONE:
            placed[way.paper.reaches] = _led_to(way, placed[way.paper.reaches][0])
    free = {name for name, (_, begun) in placed.items() if not begun}
    ties = [tie(link, workdays) for link in plan.links if link.predecessor in kind and link.successor in free]
    papers = {}
    for way in ways:
        if way.paper.task in kind and way.paper.reaches in free:
            papers[len(ties)] = way
            ties.append(Tie(way.paper.task, way.paper.reaches, "FS", 0, way))
    activities = [activity for activity, _ in placed.values()]
    made, every = spanned(activities, ties, parts) if parts else (activities, ties)
    return Work(
        plan=plan,
        workdays=workdays,
        today=today,
        ties=tuple(ties),
        papers=papers,
        made=(tuple(made), tuple(every)),
        network=solve(made, every, within=workdays.positions),
        parts=parts,
    )
