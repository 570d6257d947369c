"""The plan's steps and all that depends on them as one solved network on its working days (RULES §2).

A milestone has no duration and lies at the end of its day; what a paper leads to waits for its sittings.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.plan.process import Event, Link, Phase, Task
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.network import Network, solve, spanned
from insek_core.rules.time.nodes import dependencies, nodes_of
from insek_core.rules.time.passes import END, FIRST, Activity, Slot, Tie
from insek_core.rules.time.states import progressed
from insek_core.rules.time.ways import READY, CourseClock, current, led_to, paper_nodes, ways_to
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


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is solved: everything that depends on one another as a network, the papers behind some ties, the calendar.

    `ties` are those of the plan; in `made` they come first, behind them what holds spans (summaries, phases, formats)
    together. `parts` are the members of each span.
    """

    plan: Plan
    workdays: Calendar
    today: date | None
    ties: tuple[Tie, ...]
    papers: Mapping[int, CourseClock]
    parts: Mapping[str, tuple[str, ...]]
    made: tuple[tuple[Activity, ...], tuple[Tie, ...]]
    network: Network

    @cached_property
    def members(self) -> frozenset[str]:
        """What has a place of its own in the network."""
        return frozenset(activity.id for activity in self.made[0])

    def holder(self, slot: Slot) -> Tie | None:
        """The tie of the plan that holds a start, also through the begin of the span it is part of."""
        found: Slot | None = slot
        while found and found.held_by >= len(self.ties):
            found = self.network.slot(self.made[1][found.held_by].before)
        return self.ties[found.held_by] if found and found.held_by >= 0 else None

    def cause(self, held: Tie) -> str:
        """The step or event behind a tie: of a phase or format the member that ends it, of a paper the work on it."""
        name, by_id = held.before, self.plan.by_id
        if isinstance(by_id.get(name), Task):
            return name
        name += "" if name in self.members else FIRST if held.type[0] == "S" else END
        while not isinstance(by_id.get(name), Task | Event):
            slot = self.network.slot(name)
            if slot is None or slot.held_by < 0:
                return ""
            name = self.made[1][slot.held_by].before
        return name


def tie(link: Link, workdays: Calendar, before: str = "", then: str = "") -> Tie:
    """A link as a tie, between other instants than its own where these are named; a lag in calendar days has a clock of
    its own.
    """
    lag_clock = (
        _CalendarDays(workdays, link.type[0] == "F") if link.lag_in == "Kalendertage" and link.lag_days else None
    )
    return Tie(before or link.predecessor, then or link.successor, link.type, link.lag_days or 0, lag_clock)


def _parts(plan: Plan) -> dict[str, tuple[str, ...]]:
    """What each summary consists of."""
    parts: dict[str, list[str]] = defaultdict(list)
    summaries = {task.id for task in plan.tasks if task.kind == SUMMARY}
    for task in plan.tasks:
        if task.parent in summaries and task.parent != task.id:
            parts[task.parent].append(task.id)
    return {name: tuple(members) for name, members in parts.items()}


def _placed(plan: Plan, workdays: Calendar, today: date | None) -> tuple[dict[str, Activity], set[str]]:
    """The plan's tasks as activities, and those that wait for nothing more."""
    found = {task.id: progressed(task, _bounds(task, plan, workdays), workdays, today) for task in plan.tasks}
    return {name: activity for name, (activity, _) in found.items()}, {
        name for name, (_, begun) in found.items() if begun
    }


def _ends(link: Link, papers: Mapping[str, str]) -> tuple[str, str]:
    """The instants that a link joins: of a paper the day it is ready (begin), or that of its last station (end)."""
    before, then = (papers.get(name, name) for name in (link.predecessor, link.successor))
    return (
        before + (READY if before in papers and link.type[0] == "S" else ""),
        then + (READY if then in papers and link.type[1] == "S" else ""),
    )


def network_of(plan: Plan, today: date | None) -> Work:
    """The plan's tasks and papers, and what links name beside them, as a solved network on its working days."""
    workdays, links, newest = calendar(plan), dependencies(plan), current(plan)
    placed, begun = _placed(plan, workdays, today)
    others = nodes_of(plan, workdays, today)
    papers = paper_nodes(
        plan, workdays, today, (newest.get(n, "") for x in links for n in (x.predecessor, x.successor))
    )
    ways = ways_to(plan, workdays, today, placed.keys() - begun)
    kind = {task.id: task.kind for task in plan.tasks}
    for way in ways:
        if kind[way.paper.reaches] == MILESTONE:
            placed[way.paper.reaches], held = led_to(way, placed[way.paper.reaches])
            begun |= {way.paper.reaches} if held else set()
    begun |= others.held | papers.held
    parts = {**_parts(plan), **others.spans}
    activities = [
        *placed.values(),
        *others.activities,
        *papers.activities,
        *(Activity(name, 0) for name in others.spans),
    ]
    known = {activity.id for activity in activities}
    joined = ((link, *_ends(link, newest)) for link in links)
    ties = [tie(link, workdays, a, b) for link, a, b in joined if a in known and b in known - begun]
    behind = {}
    for way in ways:
        origin = way.paper.id + READY if way.paper.id + READY in known else way.paper.task
        if origin in known and way.paper.reaches not in begun:
            behind[len(ties)] = way
            ties.append(Tie(origin, way.paper.reaches, "FS", 0, way))
    ties += papers.ties
    made, every = spanned(activities, ties, parts) if parts else (activities, ties)
    every = [*every[: len(ties)], *(one for one in every[len(ties) :] if one.then not in begun)]
    return Work(
        plan=plan,
        workdays=workdays,
        today=today,
        ties=tuple(ties),
        papers=behind,
        made=(tuple(made), tuple(every)),
        network=solve(made, every, within=workdays.positions),
        parts=parts,
    )
