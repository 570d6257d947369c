"""The plan's steps and all that depends on them as one solved network on its working days (RULES §2).

A milestone has no duration and lies at the end of its day; what a paper leads to waits for its sittings.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.plan.process import Event, Link, Phase, Task
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.net.network import Network, solve, spanned
from insek_core.rules.time.net.nodes import dependencies, nodes_of
from insek_core.rules.time.net.passes import END, FIRST, Activity, Slot, Tie
from insek_core.rules.time.net.ways import READY, CourseClock, current, led_to, paper_nodes, ways_to
from insek_core.rules.time.states import progressed
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


class Placing:
    """What gets a place, by its id, and what of it has begun and waits for nothing more; first the plan's tasks."""

    def __init__(self, plan: Plan, today: date | None) -> None:
        self.activities: dict[str, Activity] = {}
        self.begun: set[str] = set()
        workdays = calendar(plan)
        for task in plan.tasks:
            self.put(*progressed(task, _bounds(task, plan, workdays), workdays, today))

    def put(self, activity: Activity, begun: bool) -> None:
        """One activity, in place of the one of the same id."""
        self.activities[activity.id] = activity
        self.begun |= {activity.id} if begun else set()

    def add(self, activities: Iterable[Activity], begun: frozenset[str]) -> None:
        """More of them, and which have begun."""
        for activity in activities:
            self.put(activity, activity.id in begun)


def _named(plan: Plan) -> frozenset[str]:
    """The papers that dependencies name, each by the one that stands for it."""
    newest = current(plan)
    names = (name for link in dependencies(plan) for name in (link.predecessor, link.successor))
    return frozenset(newest[name] for name in names if name in newest)


def _ends(link: Link, papers: Mapping[str, str]) -> tuple[str, str]:
    """The instants that a link joins: of a paper the day it is ready (begin), or that of its last station (end)."""
    before, then = (papers.get(name, name) for name in (link.predecessor, link.successor))
    return (
        before + (READY if before in papers and link.type[0] == "S" else ""),
        then + (READY if then in papers and link.type[1] == "S" else ""),
    )


def _led(plan: Plan, workdays: Calendar, today: date | None, placed: Placing) -> list[CourseClock]:
    """The ways of the papers that lead to a step; a milestone among these lies on a sitting from then on."""
    kind = {task.id: task.kind for task in plan.tasks}
    ways = ways_to(plan, workdays, today, placed.activities.keys() - placed.begun)
    for way in ways:
        if kind[way.paper.reaches] == MILESTONE:
            placed.put(*led_to(way, placed.activities[way.paper.reaches]))
    return [way for way in ways if way.paper.reaches not in placed.begun]


def _ties(plan: Plan, workdays: Calendar, placed: Placing) -> list[Tie]:
    """The plan's dependencies between what has a place; nothing holds what has begun."""
    newest, free = current(plan), placed.activities.keys() - placed.begun
    joined = ((link, *_ends(link, newest)) for link in dependencies(plan))
    return [tie(link, workdays, a, b) for link, a, b in joined if a in placed.activities and b in free]


def _led_ties(ways: list[CourseClock], placed: Placing) -> list[tuple[Tie, CourseClock]]:
    """From the day a paper is ready, or the end of the work on it, to what it leads to."""
    origins = ((way, way.paper.id + READY) for way in ways)
    known = ((way, ready if ready in placed.activities else way.paper.task) for way, ready in origins)
    return [(Tie(origin, way.paper.reaches, "FS", 0, way), way) for way, origin in known if origin in placed.activities]


def network_of(plan: Plan, today: date | None) -> Work:
    """The plan's tasks and papers, and what links name beside them, as a solved network on its working days."""
    workdays, placed = calendar(plan), Placing(plan, today)
    ways = _led(plan, workdays, today, placed)
    others, papers = nodes_of(plan, workdays, today), paper_nodes(plan, workdays, today, _named(plan))
    placed.add((*others.activities, *papers.activities), others.held | papers.held)
    placed.add((Activity(name, 0) for name in others.spans), frozenset())
    ties, led, parts = _ties(plan, workdays, placed), _led_ties(ways, placed), {**_parts(plan), **others.spans}
    every = [*ties, *(one for one, _ in led), *papers.ties]
    made, joined = (
        spanned([*placed.activities.values()], every, parts) if parts else ([*placed.activities.values()], every)
    )
    joined = [*joined[: len(every)], *(one for one in joined[len(every) :] if one.then not in placed.begun)]
    return Work(
        plan=plan,
        workdays=workdays,
        today=today,
        ties=tuple(every),
        papers={len(ties) + n: way for n, (_, way) in enumerate(led)},
        made=(tuple(made), tuple(joined)),
        network=solve(made, joined, within=workdays.positions),
        parts=parts,
    )
