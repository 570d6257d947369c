"""The timetable: the critical path of tasks, links and papers on the plan's working days (RULES §2).

Inside, positions are working days and intervals half-open; what comes out are dates, the finish being the last working
day, inclusive. A milestone has no duration and lies at the end of its day. What a paper leads to waits for its
sittings.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import show_date
from insek_core.plan.process import Task
from insek_core.rules.time.course import Course, course
from insek_core.rules.time.dates import PhaseDates, TaskDates, phases_of, spanning
from insek_core.rules.time.events import EventDates, events_of, of_events
from insek_core.rules.time.findings import cycles, of_papers, of_phases, of_tasks
from insek_core.rules.time.net.nodes import node_name
from insek_core.rules.time.net.passes import END, FIRST, OWN, Slot, Tie
from insek_core.rules.time.net.ways import READY
from insek_core.rules.time.net.worknet import MILESTONE, SUMMARY, Work, network_of, own_start
from insek_core.rules.time.papers import at_sittings, courses
from insek_core.rules.time.states import entered_words, rested_on, state_of

Placed = TaskDates | EventDates


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """Dates of all tasks and phases, papers on their way, the last finish, and findings (cycles, bounds that do not
    hold).
    """

    tasks: tuple[TaskDates, ...]
    events: tuple[EventDates, ...]
    phases: tuple[PhaseDates, ...]
    courses: tuple[Course, ...]
    finish_on: date | None
    findings: tuple[Finding, ...]

    @cached_property
    def by_id(self) -> dict[str, TaskDates]:
        """Each task's dates by its id."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def event(self) -> dict[str, EventDates]:
        """Each event's dates by its id."""
        return {event.id: event for event in self.events}

    def chain(self, task_id: str) -> tuple[Placed, ...]:
        """What holds a task, from the first of the chain to the task itself."""
        known: dict[str, Placed] = {**self.by_id, **self.event}
        found = [known[task_id]]
        while found[-1].held_by in known:
            found.append(known[found[-1].held_by])
        return tuple(reversed(found))

    def span(self, name: str) -> tuple[date, date] | None:
        """First and last day of anything that a link can name; None where one is unknown."""
        paper = next((one for one in self.courses if one.paper == name), None)
        phase = next((one for one in self.phases if one.id == name), None)
        rows = [self.by_id[name]] if name in self.by_id else [e for e in self.events if name in (e.id, e.format)]
        if paper or phase:
            ends = [(paper.ready_on, paper.decided_on)] if paper else []
            ends += [(phase.tasks_start_on, phase.tasks_finish_on)] if phase else []
        else:
            ends = [(row.start_on, row.finish_on) for row in rows]
        days = [day for end in ends for day in end]
        known = [day for day in days if day]
        return (min(known), max(known)) if known and len(known) == len(days) else None


def _sitting_words(work: Work, task: Task, finish: date | None) -> str:
    """The sitting that a task waits for which a paper leads to; empty for others."""
    way = next((way for way in work.papers.values() if way.paper.reaches == task.id), None)
    if way is None:
        return ""
    body = work.plan.name(way.groups[-1][-1].row.body)
    return f"die Sitzung am {show_date(finish)} ({body})" if finish and task.kind == MILESTONE else "eine Sitzung"


def _holder(work: Work, task: Task, slot: Slot, finish: date | None) -> tuple[str, str]:
    """What holds a task in words, and the step or event before it that does (empty: none)."""
    sitting, entered = _sitting_words(work, task, finish), entered_words(task, work.today)
    if held := work.holder(slot):
        name = node_name(work.plan, held.before.removesuffix(READY))
        return f"wartet auf {name}{sitting and f', dann auf {sitting}'}", work.cause(held)
    own = own_start(task, work.plan) if slot.held_by == OWN and not entered else None
    words = own[1] if own else entered or "liegt in seinem Sammelvorgang"
    return f"{words}{sitting and f'; wartet auf {sitting}'}", ""


def _lost(work: Work, tie: Tie) -> bool:
    """Whether what a tie leads from has no place, of a span the instant that it leads from."""
    name = tie.before
    if name not in work.members:
        name += FIRST if tie.type[0] == "S" else END
    return work.network.slot(name) is None


def _unplaced(work: Work, task: Task) -> str:
    """Why a task has no dates."""
    if task.duration_days is None and task.kind != MILESTONE and not work.parts.get(task.id):
        return (
            "nicht datierbar: hat keine Teile" if task.kind == SUMMARY else "nicht datierbar: Dauer oder Beginn fehlt"
        )
    before = [tie for tie in work.ties if tie.then == task.id]
    for number, way in work.papers.items():
        ready = work.network.slot(work.ties[number].before) if work.ties[number].before in work.members else None
        if way.paper.reaches == task.id and ready and ready.early_finish - 1 in work.workdays.positions:
            own = own_start(task, work.plan)
            day = work.workdays.day(ready.early_finish - 1)
            stops = course(work.plan, way.paper, day, work.today, not_before=own[0] if own else None).stops
            if why := next((stop.why for stop in stops if stop.why), ""):
                return f"nicht datierbar: {why}"
    waiting = [tie.before for tie in before if _lost(work, tie)]
    if waiting and not work.network.cycle:
        return f"nicht datierbar: wartet auf {node_name(work.plan, waiting[0].removesuffix(READY))}"
    if any(way.paper.reaches == task.id for way in work.papers.values()):
        return "nicht datierbar: sobald alles davor fertig ist, ist keine Sitzung mehr bekannt"
    placed = bool(before) or own_start(task, work.plan)
    return f"nicht datierbar: {'liegt außerhalb des Kalenders' if placed else 'Dauer oder Beginn fehlt'}"


def _dates(work: Work, task: Task) -> TaskDates:
    slot = None if task.id in work.parts else work.network.slot(task.id)
    milestone, day, today = task.kind == MILESTONE, work.workdays.day, work.today
    start = finish = late_start = late_finish = None
    if slot:
        finish = day(slot.early_finish - (milestone or slot.early_finish > slot.early_start))
        start = finish if milestone else day(slot.early_start)
        late = slot.late_finish - (milestone or slot.late_finish > slot.late_start)
        late_finish = day(late) if late in work.workdays.positions else None
        late_start = (
            late_finish if milestone else day(slot.late_start) if slot.late_start in work.workdays.positions else None
        )
    why, held_by = _holder(work, task, slot, finish) if slot else (_unplaced(work, task), "")
    state = state_of(task, finish, today)
    assumed = any(task.evidence_of(field) == "assumed" for field in rested_on(task, today))
    return TaskDates(
        id=task.id,
        name=task.name,
        label=task.short_name or task.name,
        phase=task.phase,
        start_on=start,
        finish_on=finish,
        late_start_on=late_start,
        late_finish_on=late_finish,
        total_float_days=slot.total_float if slot else None,
        free_float_days=slot.free_float if slot else None,
        duration_days=task.duration_days,
        milestone=milestone,
        summary=task.kind == SUMMARY,
        deadline_on=task.deadline_on,
        waits_for=why,
        held_by=held_by,
        assumed=assumed,
        unknown=state == "Stand unbekannt",
        state=state,
    )


def _every(work: Work) -> tuple[TaskDates, ...]:
    """The dates of all tasks in the plan's order; summaries after their parts, inner ones first."""
    found = {task.id: _dates(work, task) for task in work.plan.tasks}
    done: set[str] = set()

    def span(name: str) -> None:
        if name in done or name not in work.parts or name not in found:
            return
        done.add(name)
        for part in work.parts[name]:
            span(part)
        found[name] = spanning(work.workdays, found[name], [found[part] for part in work.parts[name]])

    for name in work.parts:
        span(name)
    return tuple(found.values())


def resting(
    tasks: tuple[TaskDates, ...], events: tuple[EventDates, ...]
) -> tuple[tuple[TaskDates, ...], tuple[EventDates, ...]]:
    """Both with what waits for a day that rests on an assumption marked as resting on it too."""
    rows: tuple[Placed, ...] = (*tasks, *events)
    by_id = {row.id: row for row in rows}
    rests = {name for name, row in by_id.items() if row.assumed}
    for row in by_id.values():
        chain, at = {row.id: row}, row
        while at.id not in rests and at.held_by in by_id and at.held_by not in chain:
            at = chain[at.held_by] = by_id[at.held_by]
        rests |= chain.keys() if at.id in rests else set()
    return (
        tuple(task if task.assumed or task.id not in rests else replace(task, assumed=True) for task in tasks),
        tuple(event if event.assumed or event.id not in rests else replace(event, assumed=True) for event in events),
    )


def timetable(plan: Plan, today: date | None = None) -> Timetable:
    """Early and late dates of every task, floats, what holds it, and the papers on their way.

    `today` is the day of status: progress and facts up to it count, later ones do not; None leaves them all aside.
    Tasks in a cycle or after it stay undated; the cycle is a finding that names it. Constraints and deadlines never
    move a task against its links: where they cannot be kept the floats turn negative.
    """
    work = network_of(plan, today)
    every, events = resting(_every(work), events_of(work))
    papers = courses(work, {task.id: task for task in every})
    tasks = at_sittings(plan, every, papers)
    phases = phases_of(plan, tasks)
    return Timetable(
        tasks=tasks,
        events=events,
        phases=phases,
        courses=papers,
        finish_on=max((t.finish_on for t in tasks if t.finish_on), default=None),
        findings=(
            *cycles(plan, work.network.cycle),
            *of_tasks(plan, tasks, today),
            *of_phases(plan, phases, tasks),
            *of_papers(plan, papers),
            *of_events(events, today),
        ),
    )
