"""A paper's way through the bodies as a part of the network: a lag that ends on a day of sitting (RULES §2)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.process import Paper
from insek_core.rules.time.course import last_day, latest_by, walk
from insek_core.rules.time.net.passes import Activity, Tie
from insek_core.rules.time.stations import Group, papers_of, stations
from insek_core.rules.time.workdays import Calendar

READY = "\0ready"  # the instant at which a paper is ready, behind its id; the id itself is that of its last station


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
    """The ends of the days on which a paper's last station can lie: whatever holds it, it waits for one."""

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


def ways_to(plan: Plan, workdays: Calendar, today: date | None, free: set[str]) -> list[CourseClock]:
    """The ways of the papers that lead to one of these tasks."""
    papers = [(paper, stations(plan, paper.id, today)) for paper in papers_of(plan) if paper.reaches in free]
    return [CourseClock(plan, paper, workdays, groups) for paper, groups in papers if groups]


def led_to(way: CourseClock, milestone: Activity) -> tuple[Activity, bool]:
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


@dataclass(frozen=True)
class PaperNodes:
    """The papers that links name: two instants each, ready and through its stations, with what leads from the one to
    the other; `held` are those whose last station took place.
    """

    activities: tuple[Activity, ...] = ()
    ties: tuple[Tie, ...] = ()
    held: frozenset[str] = frozenset()


def current(plan: Plan) -> dict[str, str]:
    """For each paper the one that stands for it: its Neufassung, of that one the next."""
    newer = {paper.replaces: paper.id for paper in plan.papers if paper.replaces}
    found = {}
    for paper in plan.papers:
        name, seen = paper.id, set[str]()
        while name in newer and name not in seen:
            seen.add(name)
            name = newer[name]
        found[paper.id] = name
    return found


def _decided(plan: Plan, paper: Paper, workdays: Calendar, today: date | None) -> tuple[Activity, list[Tie], bool]:
    """The instant of the last station; without stations nobody knows it."""
    groups = stations(plan, paper.id, today)
    if not groups:
        return Activity(paper.id, None), [], False
    way = CourseClock(plan, paper, workdays, groups)
    instant, held = led_to(way, Activity(paper.id, 0))
    return instant, [] if held else [Tie(paper.id + READY, paper.id, "FS", 0, way)], held


def paper_nodes(plan: Plan, workdays: Calendar, today: date | None, named: Iterable[str]) -> PaperNodes:
    """The papers of these ids as instants. One is ready when the work on it ends, else on the day entered."""
    wanted, tasks = set(named), {task.id for task in plan.tasks}
    activities: list[Activity] = []
    ties: list[Tie] = []
    over: set[str] = set()
    for paper in (paper for paper in papers_of(plan) if paper.id in wanted):
        worked_on = paper.task in tasks
        first = workdays.end(paper.ready_on) if paper.ready_on and not worked_on else None
        instant, way, held = _decided(plan, paper, workdays, today)
        activities += [Activity(paper.id + READY, 0, start_from=first), instant]
        ties += ([Tie(paper.task, paper.id + READY)] if worked_on else []) + way
        over |= {paper.id} if held else set()
    return PaperNodes(tuple(activities), tuple(ties), frozenset(over))
