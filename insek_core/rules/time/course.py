"""A paper's way through the bodies over real sittings: what comes when, and what a few days' delay costs (RULES §2).

The day of the decision is a step function of the day the paper is ready: a paper three days late waits for the next
sitting.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from insek_core.plan import Plan
from insek_core.plan.process import Paper
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.sittings import Sitting
from insek_core.rules.time.stations import DECISION, Group, Station, short_of, stations


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One station: its body and sitting, and when the paper is due for it. `on` None: its day is not known, `why` says
    so for a station ahead.

    `held`: it is over; `recorded`: its result or the day it took place is entered; `unknown`: its day has passed, and
    neither of it nor of a later one. `hearing`: the day ends a hearing of a body whose sittings are not known.
    `assumed`: the day rests on an assumption (its sitting, the gap to the one before, the day of that one).
    """

    reading: str
    position: int
    body: str
    body_name: str
    responsibility: str
    on: date | None
    due_on: date | None = None
    result: str = ""
    hearing: bool = False
    held: bool = False
    recorded: bool = False
    assumed: bool = True
    unknown: bool = False
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Course:
    """A paper's stations from the day it is ready; `decided_on` is the last one's day, None where it is unknown."""

    paper: str
    name: str
    short: str
    ready_on: date | None
    ready_assumed: bool = False
    stops: tuple[Stop, ...] = ()

    @property
    def decided_on(self) -> date | None:
        """The day of the last station."""
        return last_day(self.stops)

    @property
    def assumed(self) -> bool:
        """Whether the day of the last station rests on an assumption."""
        return any(stop.assumed for stop in self.stops if stop.position == self.stops[-1].position)

    @property
    def decides(self) -> bool:
        """Whether its last station passes a resolution."""
        return bool(self.stops) and self.stops[-1].responsibility == DECISION


def undecided(courses: Iterable[Course]) -> list[Course]:
    """The papers whose resolution is still to come."""
    return [course for course in courses if course.decides and not course.stops[-1].held]


def last_day(stops: tuple[Stop, ...]) -> date | None:
    """The day of the last stop, of several side by side the latest; None where one is unknown."""
    days = [stop.on for stop in stops if stop.position == stops[-1].position]
    return None if not days or None in days else max(day for day in days if day)


def _stop(plan: Plan, station: Station, on: date | None, *, assumed: bool) -> Stop:
    row = station.row
    return Stop(
        reading=row.id,
        position=row.position or 0,
        body=row.body,
        body_name=plan.name(row.body),
        responsibility=row.responsibility,
        on=on,
        result=row.result,
        assumed=assumed,
    )


def _next(found: tuple[Sitting, ...], earliest: date, ready: date) -> Sitting | None:
    first = bisect_left(found, earliest, key=lambda sitting: sitting.on)
    return next((sitting for sitting in found[first:] if sitting.due_on >= ready), None)


def _reached(plan: Plan, station: Station, before: date, ready: date, assumed: bool) -> Stop:
    """Where a station comes to lie after the day of the one before (`assumed`: that day is)."""
    if station.over:
        field = "actual_on" if station.held_on == station.row.actual_on else "sitting"
        unsure = station.held_on is None or station.row.evidence_of(field) == "assumed"
        return replace(_stop(plan, station, station.held_on, assumed=unsure), held=True, recorded=station.recorded)
    if station.hearing_days:
        until = max(days_later(before, station.hearing_days), station.first_on)
        return replace(_stop(plan, station, until, assumed=True), hearing=True)
    earliest = max(days_later(before, station.gap_days), station.first_on)
    sitting = _next(station.known, earliest, ready)
    if sitting is None:
        name = plan.name(station.row.body)
        why = f"für {name} ist nach dem {max(earliest, ready):%d.%m.%Y} keine Sitzung bekannt"
        return replace(_stop(plan, station, None, assumed=True), why=why)
    unsure = assumed or sitting.assumed or station.gap_assumed
    return replace(_stop(plan, station, sitting.on, assumed=unsure), due_on=sitting.due_on)


def walk(plan: Plan, groups: Iterable[Group], ready_on: date, assumed: bool = False) -> tuple[Stop, ...]:
    """The stops group by group; after a station ahead without a known sitting nothing is known."""
    stops: list[Stop] = []
    before: date | None = days_later(ready_on, -1) if ready_on > date.min else ready_on
    for group in groups:
        if before is None:
            stops += [_stop(plan, station, None, assumed=True) for station in group]
            continue
        found = [_reached(plan, station, before, ready_on, assumed) for station in group]
        stops += found
        if any(stop.on is None and not stop.held for stop in found):
            before = None
        elif days := [stop.on for stop in found if stop.on]:
            before, assumed = max(days), any(stop.assumed for stop in found)
    return tuple(stops)


def _not_before(groups: tuple[Group, ...], day: date | None) -> tuple[Group, ...]:
    """The stations with the last of them wanted no earlier than this day."""
    if day is None or not groups:
        return groups
    return (*groups[:-1], tuple(replace(one, first_on=max(day, one.first_on)) for one in groups[-1]))


def course(
    plan: Plan,
    paper: Paper,
    ready_on: date,
    today: date | None = None,
    *,
    replay: bool = False,
    assumed: bool = False,
    not_before: date | None = None,
) -> Course:
    """The stations of a paper ready on a day, over real sittings only. What has a result stays where it was held.

    Without a result a station takes the next sitting that its papers can still reach, not before `today`; one put off
    (zurückgestellt) takes the next one after. `replay` forgets results and wishes: what the same paper would meet if it
    set out on that day. `not_before`: the last station is not wanted earlier; `assumed`: the day it is ready is.
    """
    groups = _not_before(stations(plan, paper.id, today, replay=replay), not_before)
    return Course(
        paper=paper.id,
        name=paper.label,
        short=short_of(paper),
        ready_on=ready_on,
        ready_assumed=assumed,
        stops=walk(plan, groups, ready_on, assumed),
    )


def _back(station: Station, limit: date) -> tuple[date, date] | None:
    """The latest day before a station that is to lie by a limit, and when its paper is due; None: no sitting does."""
    if station.hearing_days:
        return days_later(limit, -station.hearing_days), date.max
    at = bisect_right(station.known, limit, key=lambda sitting: sitting.on) - 1
    if at < 0 or station.known[at].on < station.first_on:
        return None
    return days_later(station.known[at].on, -station.gap_days), station.known[at].due_on


def latest_by(groups: tuple[Group, ...], by: date) -> date | None:
    """The last day on which a paper may be ready and is through its stations by this day; None: no day is early enough.

    Backwards each station takes its last sitting in time: papers for a later sitting are never due earlier.
    """
    limit, ready = by, by
    for group in reversed(groups):
        before = []
        for station in group:
            if (station.held_on or date.min if station.over else station.first_on) > limit:
                return None
            if station.over:
                continue
            found = _back(station, limit)
            if found is None:
                return None
            before.append(found[0])
            ready = min(ready, found[1])
        limit = min(before, default=limit)
    return min(ready, days_later(limit, 1))


def latest_ready(plan: Plan, paper: Paper, by: date, today: date | None = None, *, replay: bool = False) -> date | None:
    """The last day on which the paper may be ready and is still decided by this day; None if no day is early enough."""
    return latest_by(stations(plan, paper.id, today, replay=replay), by)


@dataclass(frozen=True, kw_only=True)
class DelayStep:
    """A step of the delay: so many calendar days late (first to last) lead to this day; None: no sitting is known."""

    first_days: int
    last_days: int
    decided_on: date | None


def steps(
    plan: Plan,
    paper: Paper,
    ready_on: date,
    most_days: int = 180,
    today: date | None = None,
    *,
    replay: bool = False,
    not_before: date | None = None,
) -> tuple[DelayStep, ...]:
    """Days late → day of the decision, as the steps it really has, up to `most_days`."""
    groups = _not_before(stations(plan, paper.id, today, replay=replay), not_before)

    @cache
    def decided(late: int) -> date:
        return last_day(walk(plan, groups, days_later(ready_on, late))) or date.max

    found: list[DelayStep] = []
    late = 0
    while late <= most_days:  # a paper ready later is never decided earlier, so the end of a step can be searched for
        day = decided(late)
        after = bisect_right(range(most_days + 1), day, lo=late, key=decided)
        found.append(DelayStep(first_days=late, last_days=after - 1, decided_on=None if day == date.max else day))
        late = after
    return tuple(found)
