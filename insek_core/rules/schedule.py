"""The timetable: a forward pass over tasks and links on the Saxon working calendar (RULES §2).

Inside, time is counted in working days and intervals are half-open; what comes out are dates, the finish being the
last working day, inclusive. A milestone has no duration and lies at the end of the day before its position.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import show_date
from insek_core.plan.process import Link, Phase, Task
from insek_core.plan.values import Fuzzy
from insek_core.rules.dates import POSITIONS, days_later, working_day, working_index


@dataclass(frozen=True, kw_only=True)
class TaskDates:
    """When a task lies, or why that is unknown (`start_on` None); `waits_for` names what holds its start."""

    id: str
    name: str
    label: str
    phase: str
    start_on: date | None
    finish_on: date | None
    duration_days: int | None
    milestone: bool
    deadline_on: date | None
    days_late: int
    waits_for: str
    assumed: bool


@dataclass(frozen=True, kw_only=True)
class PhaseDates:
    """A phase as stated (fuzzy) beside the span its tasks take by the forward pass."""

    id: str
    name: str
    begin: Fuzzy | None
    end: Fuzzy | None
    tasks_start_on: date | None
    tasks_finish_on: date | None
    days_over: int


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """Dates of all tasks and phases, the last finish, and findings (cycles, tasks that cannot be dated)."""

    tasks: tuple[TaskDates, ...]
    phases: tuple[PhaseDates, ...]
    finish_on: date | None
    findings: tuple[Finding, ...]

    @cached_property
    def by_id(self) -> dict[str, TaskDates]:
        """Each task's dates by its id."""
        return {task.id: task for task in self.tasks}


@dataclass
class _Pass:
    """Positions found so far: start and finish of each task in working days, and what determined the start."""

    start: dict[str, int]
    finish: dict[str, int]
    waits: dict[str, str]


def topological_order(tasks: tuple[str, ...], links: tuple[tuple[str, str], ...]) -> tuple[list[str], list[str]]:
    """Task ids so that each comes after its predecessors (ties in plan order), and the members of one cycle in order.

    If there is a cycle its members and all that wait for them are missing from the first list.
    """
    after: dict[str, list[str]] = defaultdict(list)
    waiting = dict.fromkeys(tasks, 0)
    for before, then in links:
        after[before].append(then)
        waiting[then] += 1
    ready = [task for task in tasks if waiting[task] == 0]
    for task in ready:
        for then in after[task]:
            waiting[then] -= 1
            if waiting[then] == 0:
                ready.append(then)
    return ready, _cycle(set(tasks) - set(ready), links) if len(ready) < len(tasks) else []


def _cycle(stuck: set[str], links: tuple[tuple[str, str], ...]) -> list[str]:
    """One cycle among stuck tasks: every one of them has a stuck predecessor, so walking back must meet itself."""
    before = {then: first for first, then in links if first in stuck and then in stuck}
    path = [min(stuck)]
    while before[path[-1]] not in path:
        path.append(before[path[-1]])
    cycle = path[path.index(before[path[-1]]) :][::-1]
    first = cycle.index(min(cycle))
    return cycle[first:] + cycle[:first]


def _lagged(position: int, link: Link) -> int:
    """The position moved by the link's lag; calendar days are counted on the calendar and land on a working day."""
    lag = link.lag_days or 0
    if link.lag_in != "Kalendertage" or not lag:
        return position + lag
    return working_index(days_later(working_day(position), lag))


def _bound(link: Link, found: _Pass, duration: int) -> int:
    """Earliest start of the successor that this link allows."""
    anchor = _lagged((found.start if link.type in ("SS", "SF") else found.finish)[link.predecessor], link)
    return anchor - duration if link.type in ("FF", "SF") else anchor


def _own_bound(task: Task, plan: Plan) -> tuple[int, str] | None:
    """Earliest start by the task's own constraint, else by the begin of its phase; None if nothing is stated."""
    if task.constraint in ("nicht früher als", "genau am") and task.constraint_on:
        return working_index(task.constraint_on), f"{task.constraint} {show_date(task.constraint_on)}"
    phase = plan.by_id.get(task.phase)
    if isinstance(phase, Phase) and phase.begin and phase.begin.earliest:
        return working_index(phase.begin.earliest), f"Beginn der {phase.name}"
    return None


def _place(task: Task, links: list[Link], plan: Plan, found: _Pass) -> None:
    """Set the task's position from what holds it longest; what nothing dates, or no calendar holds, stays unplaced."""
    if task.duration_days is None and task.kind != "Meilenstein":
        return
    duration = task.duration_days or 0
    bounds = [
        (_bound(link, found, duration), f"wartet auf {plan.name(link.predecessor)}")
        for link in links
        if link.predecessor in found.finish
    ]
    if len(bounds) < len(links):
        return
    if own := _own_bound(task, plan):
        bounds.insert(0, own)
    if bounds:
        start, why = max(bounds, key=lambda bound: bound[0])
        if start not in POSITIONS or start + duration not in POSITIONS:
            found.waits[task.id] = "nicht datierbar: liegt außerhalb des Kalenders"
            return
        found.start[task.id], found.finish[task.id], found.waits[task.id] = start, start + duration, why


def _dates(task: Task, plan: Plan, found: _Pass) -> TaskDates:
    milestone = task.kind == "Meilenstein"
    start = finish = None
    if task.id in found.start:
        finish = working_day(
            found.finish[task.id] - (1 if found.finish[task.id] > found.start[task.id] or milestone else 0)
        )
        start = finish if milestone else working_day(found.start[task.id])
    late = (finish - task.deadline_on).days if finish and task.deadline_on else 0
    assumed = "assumed" in (task.evidence_of("duration_days"), task.evidence_of("constraint_on"))
    return TaskDates(id=task.id, name=task.name, label=task.short_name or task.name, phase=task.phase, start_on=start, finish_on=finish, duration_days=task.duration_days,
                     milestone=milestone, deadline_on=task.deadline_on, days_late=max(0, late),
                     waits_for=found.waits.get(task.id, "nicht datierbar: Dauer oder Beginn fehlt"), assumed=assumed)  # fmt: skip


def _phases(plan: Plan, tasks: tuple[TaskDates, ...]) -> tuple[PhaseDates, ...]:
    rows = []
    inside: dict[str, list[TaskDates]] = defaultdict(list)
    for task in tasks:
        inside[task.phase].append(task)
    for phase in plan.phases:
        starts = [t.start_on for t in inside[phase.id] if t.start_on]
        ends = [t.finish_on for t in inside[phase.id] if t.finish_on]
        last, limit = max(ends, default=None), phase.end.latest if phase.end else None
        rows.append(PhaseDates(id=phase.id, name=phase.name, begin=phase.begin, end=phase.end, tasks_start_on=min(starts, default=None),
                               tasks_finish_on=last, days_over=max(0, (last - limit).days) if last and limit else 0))  # fmt: skip
    return tuple(rows)


def timetable(plan: Plan) -> Timetable:
    """Earliest dates of every task. Tasks in a cycle or after it stay undated; the cycle is a finding that names it."""
    by_id = {task.id: task for task in plan.tasks}
    links = [link for link in plan.links if link.predecessor in by_id and link.successor in by_id]
    order, cycle = topological_order(tuple(by_id), tuple((link.predecessor, link.successor) for link in links))
    incoming: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        incoming[link.successor].append(link)
    found = _Pass({}, {}, {})
    for task_id in order:
        _place(by_id[task_id], incoming[task_id], plan, found)
    tasks = tuple(_dates(task, plan, found) for task in plan.tasks)
    message = f"Die Abhängigkeiten bilden einen Kreis: {' → '.join([*cycle, *cycle[:1]])}."
    findings = (
        (
            Finding(
                level="error",
                table="links",
                record=cycle[0],
                message=message,
                remedy="Eine der Abhängigkeiten entfernen.",
            ),
        )
        if cycle
        else ()
    )
    return Timetable(
        tasks=tasks,
        phases=_phases(plan, tasks),
        finish_on=max((t.finish_on for t in tasks if t.finish_on), default=None),
        findings=findings,
    )
