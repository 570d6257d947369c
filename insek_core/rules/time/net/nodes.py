"""What stands in the network beside tasks and papers: phases and formats as spans, events as activities (RULES §2).

One network holds whatever a link names. A phase is the span of its steps, a format that of its events.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.process import Event, Format, Link, Paper, Phase, Task
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.net.passes import Activity
from insek_core.rules.time.stations import short_of
from insek_core.rules.time.workdays import Calendar


def event_name(plan: Plan, event: Event) -> str:
    """What an event is called: its format and the area it is for."""
    return f"{plan.name(event.format)} {plan.name(event.area) if event.area else ''}".strip()


def node_name(plan: Plan, name: str) -> str:
    """What a member of the network is called in a sentence."""
    row = plan.by_id.get(name)
    if isinstance(row, Event):
        return event_name(plan, row)
    if isinstance(row, Paper):
        return f"Gremienvorlage „{short_of(row)}“"
    return plan.name(name)


def node_label(plan: Plan, name: str) -> str:
    """The same in short, of a step its short name."""
    row = plan.by_id.get(name)
    return row.short_name or row.name if isinstance(row, Task) else node_name(plan, name)


def _flows(plan: Plan, item: Format) -> list[Link]:
    """A format with a date that goes into something: what takes its results up does not end before its last event."""
    dates = [event.when for event in plan.rows_of("events", "format", item.id) if isinstance(event, Event)]
    if not any(when and when.earliest for when in (item.period, *dates)):
        return []
    known = {link.successor for link in plan.rows_of("links", "predecessor", item.id) if isinstance(link, Link)}
    return [
        Link(
            id=f"{item.id}→{target}",
            predecessor=item.id,
            successor=target,
            type="FF",
            source=item.source,
            evidence=item.evidence_of("goes_into"),
        )
        for target in item.goes_into
        if target not in known
    ]


def dependencies(plan: Plan) -> tuple[Link, ...]:
    """Every dependency of the plan: its links, and what its formats go into unless a link says it more exactly."""
    return plan.once(
        "dependencies", lambda: (*plan.links, *(one for item in plan.formats for one in _flows(plan, item)))
    )


def held_day(actual_on: date | None, today: date | None) -> date | None:
    """The day something took place, if that counts on the day of status; what came later does not."""
    return actual_on if actual_on and today and actual_on <= today else None


def _dated(name: str, when: Fuzzy | None, workdays: Calendar) -> Activity:
    """One day within a date as entered: as early as it may be, and bound to its last possible day."""
    if when is None or when.earliest is None or when.latest is None:
        return Activity(name, 1)
    days = min(1, workdays.days(when.earliest, when.latest))  # none where offices never work in it: a Saturday
    return Activity(name, days, workdays.index(when.earliest), finish_by=workdays.end(when.latest))


@dataclass(frozen=True)
class Nodes:
    """The phases, formats and events that links name: spans with their members, activities, and what took place."""

    activities: tuple[Activity, ...]
    spans: dict[str, tuple[str, ...]]
    held: frozenset[str]


def _steps(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The steps of each phase; of what is part of a step of the same phase only the whole."""
    phase, found = {task.id: task.phase for task in plan.tasks}, defaultdict[str, list[str]](list)
    whole = {task.id for task in plan.tasks if task.kind == "Sammelvorgang"}
    for task in plan.tasks:
        if task.parent not in whole or phase.get(task.parent) != task.phase:
            found[task.phase].append(task.id)
    return {name: tuple(members) for name, members in found.items()}


def _phase(phase: Phase, workdays: Calendar) -> Activity:
    """A phase without steps: the end it is stated with."""
    end = phase.end.latest if phase.end else None
    return Activity(phase.id, None) if end is None else Activity(phase.id, 0, start_from=workdays.end(end))


def _event(plan: Plan, event: Event, workdays: Calendar, today: date | None) -> Activity:
    held, item = held_day(event.actual_on, today), plan.by_id.get(event.format)
    period = item.period if isinstance(item, Format) else None
    return _dated(event.id, Fuzzy.on(held) if held else event.when or period, workdays)


def nodes_of(plan: Plan, workdays: Calendar, today: date | None) -> Nodes:
    """What the dependencies name beside tasks and papers."""
    named = {name for link in dependencies(plan) for name in (link.predecessor, link.successor)}
    rows = {name: row for name in named if (row := plan.by_id.get(name)) and not isinstance(row, Task)}
    events = {name: row for name, row in rows.items() if isinstance(row, Event)}
    spans: dict[str, tuple[str, ...]] = {}
    alone: list[Activity] = []
    steps = _steps(plan) if any(isinstance(row, Phase) for row in rows.values()) else {}
    for name in sorted(rows):
        row = rows[name]
        if isinstance(row, Format):
            own = {e.id: e for e in plan.rows_of("events", "format", name) if isinstance(e, Event)}
            spans |= {name: tuple(own)} if own else {}
            alone += [] if own else [_dated(name, row.period, workdays)]
            events |= own
        elif isinstance(row, Phase):
            spans |= {name: steps[name]} if name in steps else {}
            alone += [] if name in steps else [_phase(row, workdays)]
    held = frozenset(name for name, event in events.items() if held_day(event.actual_on, today))
    made = (_event(plan, events[name], workdays, today) for name in sorted(events))
    return Nodes((*made, *alone), spans, held)
