"""Planstände: what two states of the plan, or the plan and the real course, have otherwise in time (RULES §2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from insek_core.plan import Plan
from insek_core.plan.process import Reading
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.net.nodes import event_name
from insek_core.rules.time.schedule import Timetable
from insek_core.rules.time.stations import readings_of, short_of

RecordKey = tuple[str, str]  # table and record


@dataclass(frozen=True, kw_only=True)
class Lies:
    """Where an entry lies: its name, first and last day, and the words it is stated in."""

    name: str
    first_on: date
    last_on: date
    words: str


TimeState = Mapping[RecordKey, Lies]


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """An entry that lies otherwise, is new or is gone; `days` is how much later it ends (negative: earlier; None: not
    both).
    """

    kind: Literal["verschoben", "neu", "entfallen"]
    table: str
    record: str
    name: str
    before: Lies | None
    after: Lies | None

    @property
    def days(self) -> int | None:
        """How many calendar days later the entry ends."""
        return (self.after.last_on - self.before.last_on).days if self.before and self.after else None


def _fuzzy(name: str, when: Fuzzy | None) -> Lies | None:
    if when is None or when.earliest is None or when.latest is None:
        return None
    return Lies(name=name, first_on=when.earliest, last_on=when.latest, words=when.words)


def _days(name: str, first: date | None, last: date | None) -> Lies | None:
    if last is None:
        return None
    end = Fuzzy.on(last).words
    return Lies(
        name=name,
        first_on=first or last,
        last_on=last,
        words=f"{Fuzzy.on(first).words} bis {end}" if first and first != last else end,
    )


def planned(plan: Plan, found: Timetable) -> TimeState:
    """Where phases, tasks, papers, sittings and events lie by the plan; what has no date is left out."""
    rows: dict[RecordKey, Lies | None] = {}
    for phase in plan.phases:
        first = phase.begin.earliest if phase.begin else None
        rows["phases", phase.id] = _days(phase.name, first, phase.end.latest if phase.end else None)
    for task in found.tasks:
        rows["tasks", task.id] = _days(task.label, task.start_on, task.finish_on)
    for paper in found.courses:
        rows["papers", paper.paper] = _days(f"Gremienvorlage „{paper.short}“", None, paper.decided_on)
    for sitting in plan.meetings:
        rows["meetings", sitting.id] = None if sitting.cancelled else _fuzzy(plan.name(sitting.body), sitting.when)
    for event in found.events:
        rows["events", event.id] = _fuzzy(event.label, event.lies)
    return {key: lies for key, lies in rows.items() if lies}


def actual(plan: Plan) -> TimeState:
    """Where it really came to lie, as far as facts are entered: steps, sittings, events, papers at their end."""
    rows: dict[RecordKey, Lies | None] = {}
    for task in plan.tasks:
        rows["tasks", task.id] = _days(task.short_name or task.name, task.actual_start_on, task.actual_finish_on)
    for paper in plan.papers:
        stations: list[Reading] = readings_of(plan, paper.id)
        rows["papers", paper.id] = _days(
            f"Gremienvorlage „{short_of(paper)}“", None, stations[-1].actual_on if stations else None
        )
    for sitting in plan.meetings:
        rows["meetings", sitting.id] = _days(plan.name(sitting.body), None, sitting.actual_on)
    for event in plan.events:
        rows["events", event.id] = _days(event_name(plan, event), None, event.actual_on)
    return {key: lies for key, lies in rows.items() if lies}


def deviations(before: TimeState, after: TimeState, *, facts: bool = False) -> tuple[Deviation, ...]:
    """What lies otherwise, what is new, what is gone, in the order of the plan. With `facts` what has none is open, not
    gone.
    """
    found = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if facts and new is None:
            continue
        named = new or old
        if named is None or (old and new and (old.first_on, old.last_on) == (new.first_on, new.last_on)):
            continue
        if old and new and facts and old.first_on <= new.last_on <= old.last_on:
            continue  # a fact within the stated period is as planned
        kind: Literal["verschoben", "neu", "entfallen"] = "verschoben" if old and new else "neu" if new else "entfallen"
        found.append(Deviation(kind=kind, table=key[0], record=key[1], name=named.name, before=old, after=new))
    return tuple(found)
