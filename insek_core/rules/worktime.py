"""Working minutes of a week with exceptions: the clock of plans made in hours, and where their tasks lie (RULES §2).

A position is a number of whole minutes since 01.01.1970 00:00, local time without a zone. Every answer follows from one
count, the working minutes before an instant: `add` looks for the first instant with so many, `sub` for the last.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

from insek_core.plan.errors import Finding
from insek_core.rules.network import END, FIRST, Activity, Clock, Slot, Tie, solve, spanned

DAY = 24 * 60
EPOCH = datetime(1970, 1, 1)
Pattern = tuple[tuple[int, int], ...]  # minutes of a day between which work is done, each (begin, end)
OFF: Pattern = ()
WORKDAY: Pattern = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
STANDARD_WEEK: tuple[Pattern, ...] = (WORKDAY,) * 5 + (OFF,) * 2


class Span(NamedTuple):
    """Days (both included) that differ from the week: one pattern for each of them, or seven from Monday."""

    first: date
    last: date
    patterns: tuple[Pattern, ...] = (OFF,)


def position(moment: datetime) -> int:
    """Whole minutes since 01.01.1970 00:00; seconds are dropped."""
    passed = moment - EPOCH
    return passed.days * DAY + passed.seconds // 60


def moment(at: int) -> datetime:
    """The instant at a position. Raises OverflowError outside the years 1 to 9999."""
    return EPOCH + timedelta(minutes=at)


YEARS = range(1950, 2151)
POSITIONS = range(position(datetime(YEARS[0], 1, 1)), position(datetime(YEARS[-1] + 1, 1, 1)) + 1)


class _Cycle:
    """A week (or a day) that repeats for ever, its working minutes counted from the Monday before 1970."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.length = len(patterns) * DAY
        self.begins: list[int] = []
        self.before: list[int] = []  # working minutes of the cycle before each interval
        self.ends: list[int] = []
        self.total = 0
        for number, pattern in enumerate(patterns):
            for begin, end in sorted(pattern):
                first = max(begin, 0, self.ends[-1] - number * DAY if self.ends else 0)  # overlaps count once
                if first < min(end, DAY):
                    self.begins.append(number * DAY + first)
                    self.before.append(self.total)
                    self.ends.append(number * DAY + min(end, DAY))
                    self.total += min(end, DAY) - first

    def count(self, at: int) -> int:
        """Working minutes before an instant."""
        rounds, rest = divmod(at + 3 * DAY, self.length)  # 01.01.1970 was a Thursday
        n = bisect_right(self.begins, rest) - 1
        return rounds * self.total + (self.before[n] + min(rest, self.ends[n]) - self.begins[n] if n >= 0 else 0)

    def first(self, count: int) -> int:
        """The first instant with so many working minutes before it; the cycle must have some."""
        rounds, rest = divmod(count - 1, self.total)
        n = bisect_left(self.before, rest + 1) - 1
        return rounds * self.length + self.begins[n] + rest + 1 - self.before[n] - 3 * DAY

    def last(self, count: int) -> int:
        """The last instant with no more working minutes before it; the cycle must have some."""
        rounds, rest = divmod(count, self.total)
        n = bisect_right(self.before, rest) - 1
        return rounds * self.length + self.begins[n] + rest - self.before[n] - 3 * DAY


def _pieces(exceptions: Sequence[Span]) -> list[tuple[int, Span | None]]:
    """From which day on which exception holds (None: the week), for all of POSITIONS. Of several the first given wins."""
    low, high = POSITIONS[0] // DAY, POSITIONS[-1] // DAY
    epoch = EPOCH.date()
    spans = [((span.first - epoch).days, (span.last - epoch).days, n) for n, span in enumerate(exceptions)]
    marks = sorted({low, *(max(low, mark) for a, b, _ in spans for mark in (a, b + 1) if a <= b and mark < high)})
    coming = sorted((span for span in spans if span[0] <= span[1]), reverse=True)
    open_spans: list[tuple[int, int]] = []
    found: list[tuple[int, Span | None]] = []
    for mark in marks:
        while coming and coming[-1][0] <= mark:
            _, last, n = coming.pop()
            heappush(open_spans, (n, last))
        while open_spans and open_spans[0][1] < mark:
            heappop(open_spans)
        found.append((mark, exceptions[open_spans[0][0]] if open_spans else None))
    return found


class WorkTime:
    """A clock that runs in working time: seven patterns from Monday, and exceptions, of which the first given wins.

    It knows the years 1950 to 2150; outside them, and where no work is left, `add` and `sub` have no answer (None).
    Each question costs the logarithm of the number of exceptions.

    >>> office = WorkTime(STANDARD_WEEK)
    >>> friday = position(datetime(2006, 9, 22, 8))
    >>> str(moment(office.add(friday, 480))), str(moment(office.begin(office.add(friday, 480))))
    ('2006-09-22 17:00:00', '2006-09-25 08:00:00')
    """

    def __init__(self, week: Sequence[Pattern] = STANDARD_WEEK, exceptions: Sequence[Span] = ()) -> None:
        cycles: dict[tuple[Pattern, ...], _Cycle] = {}
        self._firsts: list[int] = []  # where each piece begins,
        self._before: list[int] = []  # how many working minutes lie before it,
        self._cycles: list[_Cycle] = []  # how it goes on,
        self._shifts: list[int] = []  # and by how much its cycle counts otherwise
        for day, span in _pieces(exceptions):
            patterns = tuple(span.patterns if span else week)
            cycle = cycles.get(patterns) or cycles.setdefault(patterns, _Cycle(patterns))
            first = day * DAY
            before = self._count(first) if self._firsts else 0
            self._firsts.append(first)
            self._before.append(before)
            self._cycles.append(cycle)
            self._shifts.append(before - cycle.count(first))

    def _count(self, at: int) -> int:
        n = bisect_right(self._firsts, at) - 1
        return self._shifts[n] + self._cycles[n].count(at)

    def _first(self, count: int) -> int | None:
        """The first instant with so many working minutes before it."""
        n = bisect_left(self._before, count) - 1
        if n < 0 or not self._cycles[n].total:
            return None
        found = self._cycles[n].first(count - self._shifts[n])
        return found if found in POSITIONS else None

    def _last(self, count: int) -> int | None:
        """The last instant with no more working minutes before it."""
        n = bisect_right(self._before, count) - 1
        if n < 0 or not self._cycles[n].total:
            return None
        found = self._cycles[n].last(count - self._shifts[n])
        return found if found in POSITIONS else None

    def begin(self, position: int) -> int:
        """The first instant from here at which work can start; here, if there is none."""
        found = self._last(self._count(position)) if position in POSITIONS else None
        return position if found is None else found

    def end(self, position: int) -> int:
        """The last instant up to here at which work can have ended; here, if there is none."""
        found = self._first(self._count(position)) if position in POSITIONS else None
        return position if found is None else found

    def add(self, position: int, amount: int) -> int | None:
        """Where so many working minutes from here end: Friday 17:00, not Monday 08:00. Negative amounts go back."""
        if not amount or position not in POSITIONS:
            return None if amount else position
        return self._first(self._count(position) + amount)

    def sub(self, position: int, amount: int) -> int | None:
        """The last instant from which `add` ends no later than here."""
        if not amount or position not in POSITIONS:
            return None if amount else position
        return self._last(self._count(position) - amount)

    def between(self, first: int, last: int) -> int:
        """Working minutes from the one to the other; negative if `last` comes first."""
        low, high = POSITIONS[0], POSITIONS[-1]
        return self._count(min(max(last, low), high)) - self._count(min(max(first, low), high))


class Elapsed:
    """A clock that never stops: 24 hours on seven days."""

    def begin(self, position: int) -> int:
        """Here."""
        return position

    def add(self, position: int, amount: int) -> int:
        """So many minutes later."""
        return position + amount

    def sub(self, position: int, amount: int) -> int:
        """So many minutes earlier."""
        return position - amount

    def between(self, first: int, last: int) -> int:
        """Minutes from the one to the other."""
        return last - first


class Instants(WorkTime):
    """The same clock for what need not begin in working time: a milestone after Friday 17:00 lies at Friday 17:00."""

    def __init__(self, clock: WorkTime) -> None:
        self.__dict__.update(vars(clock))  # its counts are shared, not made again

    def begin(self, position: int) -> int:
        """Here."""
        return position


ELAPSED = Elapsed()


class Bounds(NamedTuple):
    """What holds a task besides its links; None is no bound."""

    start_from: datetime | None = None
    finish_from: datetime | None = None
    start_by: datetime | None = None
    finish_by: datetime | None = None


UNBOUND = Bounds()


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task: minutes of work (None: unknown), round the clock if `elapsed`; `calendar` "" is the project's.

    What has begun (`actual_start`, `actual_finish`) lies there, whatever it is linked to and bound by.
    """

    uid: str
    name: str
    parent: str = ""
    duration: int | None = None
    elapsed: bool = False
    calendar: str = ""
    bounds: Bounds = UNBOUND
    actual_start: datetime | None = None
    actual_finish: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Link:
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


def _activity(task: Task, work: WorkTime, origin: int | None, summary: bool) -> Activity:
    """What the engine places: a summary has no time of its own, a milestone need not lie in working time."""
    if not summary and (task.actual_start or task.actual_finish):
        return _begun(task, work)
    clock = Instants(work) if summary or task.duration == 0 else ELAPSED if task.elapsed else work
    start_from, finish_from, start_by, finish_by = (_at(bound) for bound in task.bounds)
    if origin is not None and not summary:  # not the engine's origin: what has begun may have begun before the project
        start_from = origin if start_from is None else max(start_from, origin)
    return Activity(task.uid, task.duration, start_from, finish_from, start_by, finish_by, clock)


def _begun(task: Task, work: WorkTime) -> Activity:
    """A task that has begun lies where it did, even outside working time."""
    start, finish, duration = _at(task.actual_start), _at(task.actual_finish), task.duration
    clock: Clock = ELAPSED if task.elapsed else Instants(work)
    if finish is not None:
        if start is None:
            start = clock.sub(finish, duration or 0)
        start = finish if start is None else start
        clock = Instants(work) if work.add(start, work.between(start, finish)) == finish else ELAPSED
        duration = clock.between(start, finish)
    return Activity(task.uid, duration, start, finish_by=_at(task.bounds.finish_by), clock=clock)


def _in_days(minutes: int, per_day: int) -> int | float:
    return round(minutes / per_day, 2) if minutes % per_day else minutes // per_day


def _placed(task: Task, slot: Slot, activity: Activity, work: WorkTime, ties: Sequence[Tie], per_day: int) -> ScheduledTask:  # fmt: skip
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
        id=task.uid, name=task.name, early_start=moment(slot.early_start), early_finish=moment(slot.early_finish),
        late_start=moment(late_start), late_finish=moment(late_finish), total_float_days=_in_days(total, per_day),
        free_float_days=_in_days(free, per_day), critical=slot.critical, after_end=after_end,
    )  # fmt: skip


def _summed(task: Task, first: Slot | None, last: Slot | None, parts: Sequence[ScheduledTask], per_day: int) -> ScheduledTask:  # fmt: skip
    """A summary: from its first child to its last, with the smallest of their total floats."""
    if first is None or last is None:
        return ScheduledTask(id=task.uid, name=task.name)
    finish = moment(last.early_finish)
    total = min(part.total_float_days for part in parts if part.total_float_days is not None)
    return ScheduledTask(
        id=task.uid, name=task.name, early_start=moment(first.early_start), early_finish=finish,
        late_start=min(part.late_start for part in parts if part.late_start),
        late_finish=max(finish, *(part.late_finish for part in parts if part.late_finish)),
        total_float_days=total, free_float_days=max(0, min(_in_days(last.free_float, per_day), total)),
        critical=any(part.critical for part in parts),
    )  # fmt: skip


def named(names: Sequence[str]) -> str:
    """At most five names, and how many more there are.

    >>> named(["a", "b"]), named("abcdefg")
    ('„a“, „b“', '„a“, „b“, „c“, „d“, „e“ und 2 weitere')
    """
    more = f" und {len(names) - 5} weitere" if len(names) > 5 else ""
    return ", ".join(f"„{name}“" for name in names[:5]) + more


def _unplaced(rows: Sequence[ScheduledTask], cycle: Sequence[str], summaries: Collection[str]) -> Iterator[Finding]:
    """What has no date, and why."""
    name = {row.id: row.name for row in rows}
    if cycle:
        path = " → ".join(f"„{name[uid]}“" for uid in (*cycle, cycle[0]))
        yield Finding(level="error", message=f"Vorgänge warten im Kreis aufeinander: {path}.", remedy="Bitte eine dieser Verknüpfungen lösen.", record=cycle[0])  # fmt: skip
    left = [row.name for row in rows if row.early_start is None and row.id not in summaries and row.id not in cycle]
    if left:
        yield Finding(level="warning", message=f"Ohne Termin bleiben: {named(left)}.", remedy="Bitte Dauern, Verknüpfungen und den Projektanfang prüfen.")  # fmt: skip


def schedule(tasks: Sequence[Task], links: Iterable[Link], calendars: Mapping[str, WorkTime], start: datetime | None, per_day: int) -> ScheduledProject:  # fmt: skip
    """When tasks (children after their summary) lie; those that have not begun begin no earlier than `start`.

    `per_day` minutes of working time are a day of float. Raises KeyError for an unknown task or calendar.
    """
    children: dict[str, list[str]] = {}
    for task in tasks:
        if task.parent:
            children.setdefault(task.parent, []).append(task.uid)
    work = {task.uid: calendars[task.calendar] for task in tasks}
    begun = {task.uid for task in tasks if (task.actual_start or task.actual_finish) and task.uid not in children}
    activities = [_activity(task, work[task.uid], _at(start), task.uid in children) for task in tasks]
    lags = ((link, (ELAPSED if link.elapsed else work[link.then]) if link.lag else None) for link in links)
    made, ties = spanned(activities, [Tie(own.before, own.then, own.type, own.lag, clock) for own, clock in lags], children)  # fmt: skip
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
    return ScheduledProject(tasks=rows, finish=moment(finish) if finish is not None else None, findings=tuple(_unplaced(rows, network.cycle, children)))  # fmt: skip
