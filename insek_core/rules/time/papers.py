"""The papers in the timetable: each on its way from the day it is ready, and the milestones that they lead to (RULES
§2).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.plan.process import Paper
from insek_core.rules.figures import Figure
from insek_core.rules.time.course import Course, Stop, course
from insek_core.rules.time.dates import TaskDates
from insek_core.rules.time.net.ways import READY
from insek_core.rules.time.net.worknet import Work
from insek_core.rules.time.stations import papers_of, readings_of, rests_on, short_of


def _in_network(work: Work, name: str) -> date | None:
    """The day at whose end an instant of a paper lies; None where it has no place."""
    slot = work.network.slot(name) if name in work.members else None
    at = slot.early_finish - 1 if slot else -1
    return work.workdays.day(at) if at in work.workdays.positions else None


def _ready(net: Work, paper: Paper, work: TaskDates | None) -> date | None:
    """The day a paper is ready: as the network has it, else the end of the work on it, else the day entered."""
    if paper.id + READY in net.members:
        return _in_network(net, paper.id + READY)
    return work.finish_on if work else paper.ready_on


def _course(net: Work, paper: Paper, tasks: Mapping[str, TaskDates]) -> Course:
    """A paper's way from the day it is ready; unknown where that is."""
    plan, today = net.plan, net.today
    work, reached = tasks.get(paper.task), tasks.get(paper.reaches)
    ready = _ready(net, paper, work)
    if ready is None:
        return Course(paper=paper.id, name=paper.label, short=short_of(paper), ready_on=None)
    assumed = work.assumed if work else paper.evidence_of("ready_on") == "assumed"
    not_before = reached.finish_on if reached and reached.milestone else _in_network(net, paper.id)
    found = course(plan, paper, ready, today, assumed=assumed, not_before=not_before)
    if reached and reached.milestone and not reached.finish_on:
        found = _undecided(found, f"{reached.label} ist nicht datierbar")
    if today is None:
        return found
    planned = {stop.reading: stop.on for stop in course(plan, paper, ready).stops}
    return replace(found, stops=tuple(_with_state(stop, planned[stop.reading], found, today) for stop in found.stops))


def _undecided(found: Course, why: str) -> Course:
    """The way without the day of its last station, where the milestone that it leads to has none."""
    last = found.stops[-1].position
    stops = (
        replace(stop, on=None, due_on=None, why=stop.why or why) if stop.position == last and not stop.held else stop
        for stop in found.stops
    )
    return replace(found, stops=tuple(stops))


def _with_state(stop: Stop, planned: date | None, found: Course, today: date) -> Stop:
    """The stop, and whether its day has passed without anybody entering what came of it or of a later one."""
    settled = stop.recorded or any(later.recorded for later in found.stops if later.position > stop.position)
    due = stop.on if stop.held else planned
    return replace(stop, unknown=bool(not settled and due and due < today))


def courses(work: Work, tasks: Mapping[str, TaskDates]) -> tuple[Course, ...]:
    """Every paper's way over real sittings; one that leads to a milestone no earlier than its day."""
    plan = work.plan
    return tuple(_course(work, paper, tasks) for paper in papers_of(plan) if readings_of(plan, paper.id))


def stop_figures(plan: Plan, found: Course) -> tuple[Figure, ...]:
    """The days of a paper's stations, each with what it rests on."""
    rows = {row.id: row for row in plan.readings}
    return tuple(
        Figure(
            label=f"{stop.responsibility} {stop.body_name}",
            value=stop.on,
            unit="date",
            evidence="assumed" if stop.assumed else "derived",
            rule=f"nächste Sitzung, deren Vorlagenfrist am {show_date(stop.due_on)} zu halten ist"
            if stop.due_on
            else "eingetragen",
            operands=rests_on(plan, rows[stop.reading], stop.on) if stop.on and stop.due_on else (),
        )
        for stop in found.stops
    )


def at_sittings(plan: Plan, tasks: tuple[TaskDates, ...], found: tuple[Course, ...]) -> tuple[TaskDates, ...]:
    """The tasks with each milestone that a paper leads to on the day of its last sitting."""
    reaches, moved = {paper.id: paper.reaches for paper in plan.papers}, {task.id: task for task in tasks}
    for way in found:
        task = moved.get(reaches[way.paper])
        if task and task.milestone and task.finish_on and way.decided_on:
            on, last = way.decided_on, way.stops[-1]
            assumed = way.assumed or (task.assumed and not last.held)
            moved[task.id] = replace(task, start_on=on, finish_on=on, assumed=assumed, unknown=last.unknown)
    return tuple(moved.values())
