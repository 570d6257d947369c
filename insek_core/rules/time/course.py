"""A paper's way through the bodies over real sittings: what comes when, and what a few days' delay costs (RULES §2).

The day of the decision is a step function of the day the paper is ready: a paper three days late waits for the next
sitting.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from insek_core.plan import Plan
from insek_core.plan.process import Meeting, Paper, Reading
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.sittings import Sitting, days_setting, sittings
from insek_core.rules.time.workdays import Calendar, calendar

BETWEEN_READINGS, HEARING = 14, 42  # calendar days, where the settings say nothing: observed 2015; six weeks assumed


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One station: its body and sitting, and when the paper is due for it. `on` None: no sitting is known, `why` says
    so.

    `held`: it took place; `hearing`: the day ends a hearing of a body whose sittings are not known.
    """

    reading: str
    body: str
    body_name: str
    responsibility: str
    on: date | None
    due_on: date | None
    result: str
    hearing: bool
    held: bool
    assumed: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class Course:
    """A paper's stations from the day it is ready; `decided_on` is the last one's day, None where it is unknown."""

    paper: str
    name: str
    short: str
    ready_on: date | None
    stops: tuple[Stop, ...]

    @property
    def decided_on(self) -> date | None:
        """The day of the last station."""
        days = [stop.on for stop in self.stops]
        return None if not days or None in days else max(day for day in days if day)

    @property
    def assumed(self) -> bool:
        """Whether the day rests on assumed sittings."""
        return any(stop.assumed for stop in self.stops)

    @property
    def decides(self) -> bool:
        """Whether its last station passes a resolution."""
        return bool(self.stops) and self.stops[-1].responsibility == "Beschlussfassung"


def papers_of(plan: Plan) -> tuple[Paper, ...]:
    """The papers that are on their way or have been decided: a Neufassung stands for the one it replaces."""
    replaced = {paper.replaces for paper in plan.papers if paper.replaces}
    return tuple(paper for paper in plan.papers if paper.id not in replaced)


def short_of(paper: Paper) -> str:
    """What a paper is called in a sentence: its short name, else its number, else its id."""
    return paper.short_name or paper.number or paper.id


def readings_of(plan: Plan, paper: str) -> list[Reading]:
    """A paper's stations in order; those of one position run side by side."""
    rows = [row for row in plan.rows_of("readings", "paper", paper) if isinstance(row, Reading)]
    return sorted(rows, key=lambda row: row.position or 0)


def _gap(plan: Plan, row: Reading) -> int:
    """Calendar days to the station before: its own, else those between two readings, else one."""
    if row.gap_days is not None:
        return row.gap_days
    return days_setting(plan, "reading_gap_days", BETWEEN_READINGS) if row.responsibility == "2. Lesung" else 1


def entered(plan: Plan, row: Reading) -> Fuzzy | None:
    """When a station is entered for: its sitting's day, else its own period; None: nothing is entered."""
    meeting = plan.by_id.get(row.meeting)
    return (meeting.when if isinstance(meeting, Meeting) else None) or row.sitting


def _held_on(plan: Plan, row: Reading, today: date | None) -> date | None:
    """The day a station was held; None where it still lies ahead. A fact later than the day of status does not count
    yet.
    """
    if row.actual_on and today and row.actual_on <= today:
        return row.actual_on
    when = entered(plan, row)
    day = when.earliest if when and when.is_exact else None
    return day if day and (row.result or (today is not None and day <= today)) else None


def _wished(plan: Plan, row: Reading) -> date:
    """Before this day the station is not wanted."""
    when = entered(plan, row)
    return max((day for day in (row.earliest_on, when.earliest if when else None) if day), default=date.min)


def _next(found: tuple[Sitting, ...], earliest: date, ready: date) -> Sitting | None:
    first = bisect_left(found, earliest, key=lambda sitting: sitting.on)
    return next((sitting for sitting in found[first:] if sitting.due_on >= ready), None)


def _wanted(plan: Plan, row: Reading, today: date | None, *, replay: bool) -> tuple[date, date | None]:
    """The first day a station may take, and the day it was held on (None: it lies ahead)."""
    if replay:
        return date.min, None
    held = _held_on(plan, row, today)
    if held and row.result != "zurückgestellt":
        return held, held
    return max(_wished(plan, row), days_later(held, 1) if held else date.min, today or date.min), None


def _stop(
    plan: Plan,
    row: Reading,
    *,
    earliest: date,
    ready: date,
    on: date | None,
    due: date | None,
    assumed: bool,
    hearing: bool = False,
    held: bool = False,
) -> Stop:
    name = plan.name(row.body)
    why = "" if on else f"für {name} ist nach dem {max(earliest, ready):%d.%m.%Y} keine Sitzung bekannt"
    return Stop(
        reading=row.id,
        body=row.body,
        body_name=name,
        responsibility=row.responsibility,
        on=on,
        due_on=due,
        result=row.result,
        hearing=hearing,
        held=held,
        assumed=assumed,
        why=why,
    )


def _hearing_days(plan: Plan, row: Reading, known: tuple[Sitting, ...]) -> int:
    """How long a hearing takes of a body whose sittings are not known; 0: the station takes a sitting."""
    return days_setting(plan, "hearing_days", HEARING) if row.responsibility == "Anhörung" and not known else 0


def _reached(plan: Plan, row: Reading, before: date, ready: date, today: date | None, replay: bool) -> Stop:
    """Where a station comes to lie after the day of the one before."""
    first, held = _wanted(plan, row, today, replay=replay)
    earliest = max(days_later(before, _gap(plan, row)), first)
    if held:
        return _stop(
            plan,
            row,
            earliest=earliest,
            ready=ready,
            on=held,
            due=None,
            assumed=row.evidence_of("sitting") == "assumed",
            held=True,
        )
    known = sittings(plan, row.body)
    if hearing := _hearing_days(plan, row, known):
        until = max(days_later(before, hearing), first)
        return _stop(plan, row, earliest=earliest, ready=ready, on=until, due=None, assumed=True, hearing=True)
    sitting = _next(known, earliest, ready)
    if sitting is None:
        return _stop(plan, row, earliest=earliest, ready=ready, on=None, due=None, assumed=True)
    return _stop(plan, row, earliest=earliest, ready=ready, on=sitting.on, due=sitting.due_on, assumed=sitting.assumed)


def course(plan: Plan, paper: Paper, ready_on: date, today: date | None = None, *, replay: bool = False) -> Course:
    """The stations of a paper ready on a day, over real sittings only. What has a result stays where it was held.

    Without a result a station takes the next sitting that its papers can still reach, not before `today`; one put off
    (zurückgestellt) takes the next one after. `replay` forgets results and wishes: what the same paper would meet if it
    set out on that day. After a station without a known sitting nothing is known.
    """
    stops: list[Stop] = []
    before: date | None = days_later(ready_on, -1) if ready_on > date.min else ready_on
    for _, rows in groupby(readings_of(plan, paper.id), key=lambda row: row.position):
        side_by_side = list(rows)
        if before is None:
            stops += [
                _stop(plan, row, earliest=ready_on, ready=ready_on, on=None, due=None, assumed=True)
                for row in side_by_side
            ]
            continue
        found = [_reached(plan, row, before, ready_on, today, replay) for row in side_by_side]
        stops += found
        days = [stop.on for stop in found]
        before = None if None in days else max(day for day in days if day)
    return Course(paper=paper.id, name=paper.label, short=short_of(paper), ready_on=ready_on, stops=tuple(stops))


def latest_ready(plan: Plan, paper: Paper, by: date, today: date | None = None, *, replay: bool = False) -> date | None:
    """The last day on which the paper may be ready and is still decided by this day; None if no day is early enough.

    Backwards each station takes its last sitting in time: papers for a later sitting are never due earlier.
    """
    limit, ready = by, by
    for _, rows in groupby(reversed(readings_of(plan, paper.id)), key=lambda row: row.position):
        before = []
        for row in rows:
            first, held = _wanted(plan, row, today, replay=replay)
            if held or first > limit:
                if first > limit:
                    return None
                continue
            known = sittings(plan, row.body)
            if hearing := _hearing_days(plan, row, known):
                before.append(days_later(limit, -hearing))
                continue
            at = bisect_right(known, limit, key=lambda sitting: sitting.on) - 1
            if at < 0 or known[at].on < first:
                return None
            before.append(days_later(known[at].on, -_gap(plan, row)))
            ready = min(ready, known[at].due_on)
        limit = min(before, default=limit)
    return min(ready, days_later(limit, 1))


@dataclass(frozen=True)
class CourseClock:
    """A paper's way as a lag on the axis of working days: from the end of the work on it to the end of the day of the
    decision.
    """

    plan: Plan
    paper: Paper
    workdays: Calendar
    today: date | None

    def begin(self, position: int) -> int:
        """Sittings lie on days of their own."""
        return position

    def add(self, position: int, amount: int) -> int | None:
        """The end of the day of the decision, for a paper that is ready at this position."""
        if position - 1 not in self.workdays.positions:
            return None
        decided = course(self.plan, self.paper, self.workdays.day(position - 1), self.today).decided_on
        return None if decided is None else self.workdays.end(decided)

    def sub(self, position: int, amount: int) -> int | None:
        """The last position at which the paper may be ready for a decision by this one."""
        if position - 1 not in self.workdays.positions:
            return None
        ready = latest_ready(self.plan, self.paper, self.workdays.day(position - 1), self.today)
        return None if ready is None else self.workdays.end(ready)

    def between(self, first: int, last: int) -> int:
        """Working days."""
        return last - first


def clock(plan: Plan, paper: Paper, today: date | None) -> CourseClock:
    """How a paper's way takes time in a plan."""
    return CourseClock(plan, paper, calendar(plan), today)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the delay: so many calendar days late (first to last) lead to this day; None: no sitting is known."""

    first_days: int
    last_days: int
    decided_on: date | None


def steps(
    plan: Plan, paper: Paper, ready_on: date, most_days: int = 180, today: date | None = None, *, replay: bool = False
) -> tuple[Step, ...]:
    """Days late → day of the decision, as the steps it really has, up to `most_days`."""

    @cache
    def decided(late: int) -> date:
        return course(plan, paper, ready_on + timedelta(late), today, replay=replay).decided_on or date.max

    found: list[Step] = []
    late = 0
    while late <= most_days:  # a paper ready later is never decided earlier, so the end of a step can be searched for
        day = decided(late)
        after = bisect_right(range(most_days + 1), day, lo=late, key=decided)
        found.append(Step(first_days=late, last_days=after - 1, decided_on=None if day == date.max else day))
        late = after
    return tuple(found)
