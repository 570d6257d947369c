"""The timetable: the critical path of tasks, links and papers on the plan's working days (RULES §2).

Inside, positions are working days and intervals half-open; what comes out are dates, the finish being the last working
day, inclusive. A milestone has no duration and lies at the end of its day. What a paper leads to waits for its
sittings.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import count, show_date
from insek_core.plan.process import Task
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.course import Course, course, entered, papers_of, readings_of, short_of
from insek_core.rules.time.network import OWN, Slot
from insek_core.rules.time.worknet import MILESTONE, SUMMARY, Work, network_of, own_start


@dataclass(frozen=True, kw_only=True)
class TaskDates:
    """When a task lies, how far it could, or why that is unknown (`start_on` None); `waits_for` says what holds its
    start.

    `held_by` is the task before it that does (empty: none). Floats are working days; None where nothing is known.
    """

    id: str
    name: str
    label: str
    phase: str
    start_on: date | None
    finish_on: date | None
    late_start_on: date | None
    late_finish_on: date | None
    total_float_days: int | None
    free_float_days: int | None
    duration_days: int | None
    milestone: bool
    summary: bool
    deadline_on: date | None
    days_late: int
    waits_for: str
    held_by: str
    assumed: bool

    @property
    def critical(self) -> bool:
        """Whether a delay of the task moves the end or breaks a bound."""
        return self.total_float_days is not None and self.total_float_days <= 0


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
    """Dates of all tasks and phases, papers on their way, the last finish, and findings (cycles, bounds that do not
    hold).
    """

    tasks: tuple[TaskDates, ...]
    phases: tuple[PhaseDates, ...]
    courses: tuple[Course, ...]
    finish_on: date | None
    findings: tuple[Finding, ...]

    @cached_property
    def by_id(self) -> dict[str, TaskDates]:
        """Each task's dates by its id."""
        return {task.id: task for task in self.tasks}

    def chain(self, task_id: str) -> tuple[TaskDates, ...]:
        """What holds a task, from the first of the chain to the task itself."""
        found = [self.by_id[task_id]]
        while found[-1].held_by in self.by_id:
            found.append(self.by_id[found[-1].held_by])
        return tuple(reversed(found))


def _paper_words(work: Work, number: int, finish: date | None) -> str:
    """What a paper waits for: the work on it, then its sitting."""
    paper = work.papers[number].paper
    last = readings_of(work.plan, paper.id)[-1]
    on = f"die Sitzung am {show_date(finish)} ({work.plan.name(last.body)})" if finish else "eine Sitzung"
    return f"wartet auf {work.plan.name(paper.task)}, dann auf {on}"


def _holder(work: Work, task: Task, slot: Slot, finish: date | None) -> tuple[str, str]:
    """What holds a task in words, and the id of the task before it that does (empty: none)."""
    if slot.held_by < 0 or slot.held_by >= len(work.ties):
        own = own_start(task, work.plan) if slot.held_by == OWN else None
        started = task.actual_start_on or task.actual_finish_on
        return (
            own[1] if own else f"begonnen am {show_date(started)}" if started else "liegt in seinem Sammelvorgang"
        ), ""
    before = work.ties[slot.held_by].before
    if slot.held_by in work.papers:
        return _paper_words(work, slot.held_by, finish), before
    return f"wartet auf {work.plan.name(before)}", before


def _unplaced(work: Work, task: Task) -> str:
    """Why a task has no dates."""
    if task.duration_days is None and task.kind != MILESTONE and not work.parts.get(task.id):
        return (
            "nicht datierbar: hat keine Teile" if task.kind == SUMMARY else "nicht datierbar: Dauer oder Beginn fehlt"
        )
    slots = work.network
    before = [tie for tie in work.ties if tie.then == task.id]
    for number, paper in work.papers.items():
        ready = (
            slots.slot(paper.paper.task)
            if work.ties[number].then == task.id and paper.paper.task not in work.parts
            else None
        )
        if ready and ready.early_finish - 1 in work.workdays.positions:
            stops = course(work.plan, paper.paper, work.workdays.day(ready.early_finish - 1), work.today).stops
            if why := next((stop.why for stop in stops if stop.why), ""):
                return f"nicht datierbar: {why}"
    waiting = [tie.before for tie in before if tie.before not in work.parts and slots.slot(tie.before) is None]
    if waiting and not work.network.cycle:
        return f"nicht datierbar: wartet auf {work.plan.name(waiting[0])}"
    placed = bool(before) or own_start(task, work.plan)
    return f"nicht datierbar: {'liegt außerhalb des Kalenders' if placed else 'Dauer oder Beginn fehlt'}"


def _dates(work: Work, task: Task) -> TaskDates:
    slot = None if task.id in work.parts else work.network.slot(task.id)
    milestone, day = task.kind == MILESTONE, work.workdays.day
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
    days_late = (finish - task.deadline_on).days if finish and task.deadline_on else 0
    assumed = "assumed" in (task.evidence_of("duration_days"), task.evidence_of("constraint_on"))
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
        days_late=max(0, days_late),
        waits_for=why,
        held_by=held_by,
        assumed=assumed,
    )


def _spanning(work: Work, summary: TaskDates, parts: list[TaskDates]) -> TaskDates:
    """A summary from its first part's begin to its last part's end; unknown if a part is."""
    starts, ends = [t.start_on for t in parts if t.start_on], [t.finish_on for t in parts if t.finish_on]
    if not parts or len(ends) < len(parts):
        missing = next((t.label for t in parts if not t.finish_on), "")
        return replace(summary, waits_for=f"nicht datierbar: {missing} ist es nicht" if missing else summary.waits_for)
    late_starts, late_ends = (
        [t.late_start_on for t in parts if t.late_start_on],
        [t.late_finish_on for t in parts if t.late_finish_on],
    )
    first = min(parts, key=lambda t: t.start_on or date.max)
    late = (max(ends) - summary.deadline_on).days if summary.deadline_on else 0
    return replace(
        summary,
        start_on=min(starts),
        finish_on=max(ends),
        late_start_on=min(late_starts, default=None),
        late_finish_on=max(late_ends, default=None),
        total_float_days=min(t.total_float_days or 0 for t in parts),
        free_float_days=min(t.free_float_days or 0 for t in parts),
        duration_days=work.workdays.days(min(starts), max(ends)),
        days_late=max(0, late),
        waits_for=f"umfasst {count(len(parts), 'Teil', 'Teile')}; der erste ist {first.label}",
        held_by="",
        assumed=any(t.assumed for t in parts),
    )


def _every(work: Work) -> tuple[TaskDates, ...]:
    """The dates of all tasks in the plan's order; summaries after their parts, inner ones first."""
    found = {task.id: _dates(work, task) for task in work.plan.tasks}
    done: set[str] = set()

    def span(name: str) -> None:
        if name in done or name not in work.parts:
            return
        done.add(name)
        for part in work.parts[name]:
            span(part)
        found[name] = _spanning(work, found[name], [found[part] for part in work.parts[name]])

    for name in work.parts:
        span(name)
    return tuple(found.values())


def _phases(plan: Plan, tasks: tuple[TaskDates, ...]) -> tuple[PhaseDates, ...]:
    rows = []
    inside: dict[str, list[TaskDates]] = defaultdict(list)
    for task in tasks:
        inside[task.phase].append(task)
    for phase in plan.phases:
        starts = [t.start_on for t in inside[phase.id] if t.start_on]
        ends = [t.finish_on for t in inside[phase.id] if t.finish_on]
        last, limit = max(ends, default=None), phase.end.latest if phase.end else None
        rows.append(
            PhaseDates(
                id=phase.id,
                name=phase.name,
                begin=phase.begin,
                end=phase.end,
                tasks_start_on=min(starts, default=None),
                tasks_finish_on=last,
                days_over=max(0, (last - limit).days) if last and limit else 0,
            )
        )
    return tuple(rows)


def courses(plan: Plan, tasks: Mapping[str, TaskDates], today: date | None = None) -> tuple[Course, ...]:
    """Every paper's way from the day the work on it ends, else from the day entered; unknown where neither is known."""
    found = []
    for paper in papers_of(plan):
        rows = readings_of(plan, paper.id)
        if not rows:
            continue
        ready = tasks[paper.task].finish_on if paper.task in tasks else paper.ready_on
        found.append(
            course(plan, paper, ready, today)
            if ready
            else Course(paper=paper.id, name=paper.label, short=short_of(paper), ready_on=None, stops=())
        )
    return tuple(found)


def _findings(work: Work, tasks: tuple[TaskDates, ...]) -> list[Finding]:
    """The cycle, and own constraints that the links do not allow."""
    found = []
    if cycle := work.network.cycle:
        message = f"Die Abhängigkeiten bilden einen Kreis: {' → '.join([*cycle, *cycle[:1]])}."
        found.append(
            Finding(
                level="error",
                table="links",
                record=cycle[0],
                message=message,
                remedy="Eine der Abhängigkeiten entfernen.",
            )
        )
    by_id = {task.id: task for task in work.plan.tasks}
    for dates in tasks:
        task = by_id[dates.id]
        lies = dates.start_on if task.constraint == "genau am" else dates.finish_on
        if (
            task.constraint in ("nicht später als", "genau am")
            and task.constraint_on
            and lies
            and lies > task.constraint_on
        ):
            days = count((lies - task.constraint_on).days, "Tag", "Tage")
            message = (
                f"{dates.label} soll {task.constraint} {show_date(task.constraint_on)} liegen und liegt {days} "
                f"später: {dates.waits_for}."
            )
            found.append(
                Finding(
                    level="warning",
                    table="tasks",
                    record=task.id,
                    field="constraint_on",
                    message=message,
                    remedy="Bedingung, Dauer oder Abhängigkeit ändern.",
                )
            )
        if task.progress_share == 1 and not task.actual_finish_on and work.today:
            found.append(
                Finding(
                    level="notice",
                    table="tasks",
                    record=task.id,
                    field="actual_finish_on",
                    message=f"{dates.label} ist fertig, aber der Tag fehlt; gerechnet wird mit dem Plan.",
                    remedy="„Tatsächlich beendet“ eintragen.",
                )
            )
    return found


def _course_findings(plan: Plan, found: tuple[Course, ...]) -> list[Finding]:
    """Papers that real sittings bring later than entered, or for which no sitting is known."""
    rows = {row.id: row for row in plan.readings}
    told = []
    for paper in found:
        for stop in paper.stops:
            wanted = entered(plan, rows[stop.reading])
            if stop.on is None:
                if stop.why:
                    told.append(
                        Finding(
                            level="notice",
                            table="readings",
                            record=stop.reading,
                            message=f"{paper.short}: {stop.why[:1].upper()}{stop.why[1:]}; wann die Vorlage dort "
                            "ist, bleibt offen.",
                            remedy="Sitzungen oder einen Turnus des Gremiums eintragen.",
                        )
                    )
            elif not stop.held and wanted and wanted.latest and stop.on > wanted.latest:
                told.append(
                    Finding(
                        level="warning",
                        table="readings",
                        record=stop.reading,
                        field="sitting",
                        message=f"{paper.short}: {stop.body_name} ist nach den Sitzungen erst am "
                        f"{show_date(stop.on)} erreichbar, eingetragen ist {wanted.words}.",
                        remedy="Vorlage früher fertigstellen oder den Termin ändern.",
                    )
                )
    return told


def timetable(plan: Plan, today: date | None = None) -> Timetable:
    """Early and late dates of every task, floats, what holds it, and the papers on their way.

    `today` is the day of status: progress and facts up to it count, later ones do not; None leaves them all aside.
    Tasks in a cycle or after it stay undated; the cycle is a finding that names it. Constraints and deadlines never
    move a task against its links: where they cannot be kept the floats turn negative.
    """
    work = network_of(plan, today)
    tasks = _every(work)
    papers = courses(plan, {task.id: task for task in tasks}, today)
    return Timetable(
        tasks=tasks,
        phases=_phases(plan, tasks),
        courses=papers,
        finish_on=max((t.finish_on for t in tasks if t.finish_on), default=None),
        findings=(*_findings(work, tasks), *_course_findings(plan, papers)),
    )
