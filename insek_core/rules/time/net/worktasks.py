"""Where the tasks of a plan made in hours lie, each on the working time of its calendar (RULES §2).

Links, bounds, summaries and what has begun are one network of working minutes; floats come out as working days.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from insek_core.plan.errors import Finding
from insek_core.plan.german import named
from insek_core.rules.time.net.network import solve, spanned
from insek_core.rules.time.net.passes import END, FIRST, Activity, Clock, Slot, Tie
from insek_core.rules.time.net.worktime import ELAPSED, POSITIONS, Instants, WorkTime, moment, position


class TaskBounds(NamedTuple):
    """What holds a task besides its links; None is no bound. A deadline is one that nothing is moved for."""

    start_from: datetime | None = None
    finish_from: datetime | None = None
    start_by: datetime | None = None
    finish_by: datetime | None = None
    deadline: datetime | None = None

    @property
    def ends_by(self) -> datetime | None:
        """The earlier of the days by which it should end."""
        return min((day for day in (self.finish_by, self.deadline) if day), default=None)


UNBOUND = TaskBounds()


@dataclass(frozen=True, kw_only=True)
class WorkTask:
    """One task: minutes of work (None: unknown), round the clock if `elapsed`; `calendar` "" is the project's.

    What has begun (`actual_start`, `actual_finish`) lies there, whatever it is linked to and bound by; so does what is
    `fixed` to its `start_from`.
    """

    uid: str
    name: str
    parent: str = ""
    duration: int | None = None
    elapsed: bool = False
    calendar: str = ""
    bounds: TaskBounds = UNBOUND
    fixed: bool = False
    actual_start: datetime | None = None
    actual_finish: datetime | None = None

    @property
    def begins(self) -> datetime | None:
        """Where it has begun, or is fixed to."""
        return self.actual_start or (self.bounds.start_from if self.fixed else None)


@dataclass(frozen=True, kw_only=True)
class WorkLink:
    """One task before another (uids) with a lag in minutes: of the later task's calendar, or round the clock."""

    before: str
    then: str
    type: str = "FS"
    lag: int = 0
    elapsed: bool = False


@dataclass(frozen=True, kw_only=True)
class ScheduledTask:
    """Where a task lies and could lie; None where it has no date. Floats are working days of the project.

    `after_end`: a milestone at the end of what it follows, not at the start of something.
    """

    id: str
    name: str
    early_start: datetime | None = None
    early_finish: datetime | None = None
    late_start: datetime | None = None
    late_finish: datetime | None = None
    total_float_days: int | float | None = None
    free_float_days: int | float | None = None
    critical: bool = False
    after_end: bool = False

    @property
    def early_days(self) -> tuple[date, date] | None:
        """First and last day of work, both included."""
        return _days(self.early_start, self.early_finish, self.after_end)

    @property
    def late_days(self) -> tuple[date, date] | None:
        """First and last day of work at the latest, both included."""
        return _days(self.late_start, self.late_finish, self.after_end)


@dataclass(frozen=True, kw_only=True)
class ScheduledProject:
    """Every task in its order, the latest finish, and what was found wrong."""

    tasks: tuple[ScheduledTask, ...]
    finish: datetime | None
    findings: tuple[Finding, ...] = ()


def _days(start: datetime | None, finish: datetime | None, after_end: bool) -> tuple[date, date] | None:
    """The days of two instants: an end at 00:00 belongs to the day before; a milestone is one day."""
    if start is None or finish is None:
        return None
    last = (finish - timedelta(minutes=1)).date()
    if start == finish:
        return (last, last) if after_end else (start.date(), start.date())
    return start.date(), max(start.date(), last)


def _at(instant: datetime | None) -> int | None:
    return None if instant is None else position(instant)


def _activity(task: WorkTask, work: WorkTime, origin: int | None, summary: bool) -> Activity:
    """What the engine places: a summary has no time of its own, a milestone need not lie in working time."""
    if not summary and (task.begins or task.actual_finish):
        return _begun(task, work)
    clock = Instants(work) if summary or task.duration == 0 else ELAPSED if task.elapsed else work
    bounds = task.bounds
    start_from, finish_from, start_by = (
        _at(bound) for bound in (bounds.start_from, bounds.finish_from, bounds.start_by)
    )
    if start_from is None and finish_from is None and not summary:  # what has a date may lie before the project
        start_from = origin
    return Activity(task.uid, task.duration, start_from, finish_from, start_by, _at(bounds.ends_by), clock)


def _begun(task: WorkTask, work: WorkTime) -> Activity:
    """A task that has begun, or is fixed, lies where it does, even outside working time."""
    start, finish, duration = _at(task.begins), _at(task.actual_finish), task.duration
    clock: Clock = ELAPSED if task.elapsed else Instants(work)
    if finish is not None:
        if start is None:
            start = clock.sub(finish, duration or 0)
        start = finish if start is None else start
        clock = Instants(work) if work.add(start, work.between(start, finish)) == finish else ELAPSED
        duration = clock.between(start, finish)
    return Activity(task.uid, duration, start, finish_by=_at(task.bounds.ends_by), clock=clock)


def _in_days(minutes: int, per_day: int) -> int | float:
    return round(minutes / per_day, 2) if minutes % per_day else minutes // per_day


def _placed(
    task: WorkTask, slot: Slot, activity: Activity, work: WorkTime, ties: Sequence[Tie], per_day: int
) -> ScheduledTask:
    """What a slot means: floats in working time, and late instants at the same side of a night as the early ones."""
    late_start, late_finish, total, free, after_end = *slot[2:6], False
    if activity.clock is ELAPSED:
        total = work.between(slot.early_start, late_start)
        free = max(0, min(total, work.between(slot.early_finish, slot.early_finish + free)))
    elif not activity.duration:
        after_end = ties[slot.held_by].type[0] == "F" if slot.held_by >= 0 else activity.finish_from == slot.early_start
        ended = work.end(slot.early_start) == slot.early_start
        late = slot.early_start if not total else work.end(late_start) if ended else work.begin(late_start)
        late_start = late_finish = late
    elif work.begin(late_start) != late_start:  # a bound at night: the last work before it
        late_start = work.end(late_start)
    return ScheduledTask(
        id=task.uid,
        name=task.name,
        early_start=moment(slot.early_start),
        early_finish=moment(slot.early_finish),
        late_start=moment(late_start),
        late_finish=moment(late_finish),
        total_float_days=_in_days(total, per_day),
        free_float_days=_in_days(free, per_day),
        critical=slot.critical,
        after_end=after_end,
    )


def _summed(
    task: WorkTask, first: Slot | None, last: Slot | None, parts: Sequence[ScheduledTask], per_day: int
) -> ScheduledTask:
    """A summary: from its first child to its last, with the smallest of their total floats."""
    if first is None or last is None:
        return ScheduledTask(id=task.uid, name=task.name)
    finish = moment(last.early_finish)
    total = min(part.total_float_days for part in parts if part.total_float_days is not None)
    return ScheduledTask(
        id=task.uid,
        name=task.name,
        early_start=moment(first.early_start),
        early_finish=finish,
        late_start=min(part.late_start for part in parts if part.late_start),
        late_finish=max(finish, *(part.late_finish for part in parts if part.late_finish)),
        total_float_days=total,
        free_float_days=max(0, min(_in_days(last.free_float, per_day), total)),
        critical=any(part.critical for part in parts),
    )


def _unplaced(rows: Sequence[ScheduledTask], cycle: Sequence[str], summaries: Collection[str]) -> Iterator[Finding]:
    """What has no date, and why."""
    name = {row.id: row.name for row in rows}
    if cycle:
        path = " → ".join(f"„{name[uid]}“" for uid in (*cycle, cycle[0]))
        yield Finding(
            level="error",
            message=f"Vorgänge warten im Kreis aufeinander: {path}.",
            remedy="Bitte eine dieser Verknüpfungen lösen.",
            record=cycle[0],
        )
    left = [row.name for row in rows if row.early_start is None and row.id not in summaries and row.id not in cycle]
    if left:
        yield Finding(
            level="warning",
            message=f"Ohne Termin bleiben: {named(left)}.",
            remedy="Bitte Dauern, Verknüpfungen und den Projektanfang prüfen.",
        )


def waiting(tasks: Sequence[WorkTask], links: Iterable[WorkLink], start: datetime | None) -> frozenset[str]:
    """What the project's start does not hold, for something else does: a link onto its begin, or its summary."""
    linked, found = {link.then for link in links if link.type[1] == "S" and link.lag >= 0}, set[str]()
    for task in tasks:  # children after their summary
        bound = task.bounds.start_from
        if task.uid in linked or task.parent in found or (start and bound and bound >= start):
            found.add(task.uid)
    return frozenset(found)


def schedule(
    tasks: Sequence[WorkTask],
    links: Sequence[WorkLink],
    calendars: Mapping[str, WorkTime],
    start: datetime | None,
    per_day: int,
) -> ScheduledProject:
    """When tasks (children after their summary) lie; what has no date and waits for nothing begins at `start`.

    `per_day` minutes of working time are a day of float. Raises KeyError for an unknown task or calendar.
    """
    children: dict[str, list[str]] = {}
    for task in tasks:
        if task.parent:
            children.setdefault(task.parent, []).append(task.uid)
    work = {task.uid: calendars[task.calendar] for task in tasks}
    begun = {task.uid for task in tasks if (task.begins or task.actual_finish) and task.uid not in children}
    origins = dict.fromkeys(waiting(tasks, links, start))  # None: the start of the project does not hold them
    activities = [_activity(t, work[t.uid], origins.get(t.uid, _at(start)), t.uid in children) for t in tasks]
    lags = ((link, (ELAPSED if link.elapsed else work[link.then]) if link.lag else None) for link in links)
    made, ties = spanned(
        activities, [Tie(own.before, own.then, own.type, own.lag, clock) for own, clock in lags], children
    )
    made = [activity if activity.clock else activity._replace(clock=Instants(calendars[""])) for activity in made]
    ties = [tie for tie in ties if tie.then not in begun]
    network = solve(made, ties, within=POSITIONS)
    known = {activity.id: activity for activity in made}
    found: dict[str, ScheduledTask] = {}
    for task in reversed(tasks):  # children first
        uid = task.uid
        found[uid] = ScheduledTask(id=uid, name=task.name)
        if uid in children:
            parts = [found[child] for child in children[uid]]
            found[uid] = _summed(task, network.slot(uid + FIRST), network.slot(uid + END), parts, per_day)
        elif slot := network.slot(uid):
            found[uid] = _placed(task, slot, known[uid], work[uid], ties, per_day)
    rows = tuple(found[task.uid] for task in tasks)
    finish = network.finish
    return ScheduledProject(
        tasks=rows,
        finish=moment(finish) if finish is not None else None,
        findings=tuple(_unplaced(rows, network.cycle, children)),
    )
