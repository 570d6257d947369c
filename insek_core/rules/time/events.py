"""When the dates of participation lie: as entered, or later where what they wait for ends later (RULES §2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from insek_core.plan.errors import Finding
from insek_core.plan.german import count, named, show_date
from insek_core.plan.process import Event
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.net.nodes import event_name, held_day, node_name
from insek_core.rules.time.net.passes import Slot
from insek_core.rules.time.net.worknet import Work


@dataclass(frozen=True, kw_only=True)
class EventDates:
    """An event as entered (`when`) and as it lies (`lies`): from the first day that what it waits for allows.

    `days_late`: so many days after its last possible day it can take place at the earliest; 0: its date can be kept.
    `held_by` is the step or event behind that; `held`: it took place; `unknown`: its day has passed, nobody says so.
    """

    id: str
    format: str
    label: str
    when: Fuzzy | None
    lies: Fuzzy | None
    days_late: int = 0
    waits_for: str = ""
    held_by: str = ""
    assumed: bool = False
    held: bool = False
    unknown: bool = False

    @property
    def words(self) -> str:
        """When it lies, in words; empty where that is unknown."""
        return self.lies.words if self.lies else ""

    @property
    def start_on(self) -> date | None:
        """The first possible day."""
        return self.lies.earliest if self.lies else None

    @property
    def finish_on(self) -> date | None:
        """The same: what waits for an event waits for its first possible day."""
        return self.start_on


def _moved(work: Work, when: Fuzzy, slot: Slot) -> tuple[Fuzzy, int]:
    """Where an event comes to lie that waits, and by how many calendar days it misses its last possible day."""
    first = work.workdays.day(slot.early_start)
    if when.latest is None or when.earliest is None or slot.early_start <= work.workdays.index(when.earliest):
        return when, 0
    if first > when.latest:
        return Fuzzy(f"frühestens am {show_date(first)}", first, first), (first - when.latest).days
    return Fuzzy(f"{when.words}, frühestens am {show_date(first)}", first, when.latest), 0


def _of(work: Work, event: Event) -> EventDates:
    today, when = work.today, event.when
    held = held_day(event.actual_on, today)
    slot = work.network.slot(event.id) if event.id in work.members else None
    tie = work.holder(slot) if slot and not held else None
    lies, late = _moved(work, when, slot) if when and slot and not held else (Fuzzy.on(held) if held else when, 0)
    waits_for = f"wartet auf {node_name(work.plan, tie.before)}" if tie else "wie eingetragen"
    passed = today and lies and lies.latest and lies.latest < today
    return EventDates(
        id=event.id,
        format=event.format,
        label=event_name(work.plan, event),
        when=when,
        lies=lies,
        days_late=late,
        waits_for=f"hat am {show_date(held)} stattgefunden" if held else waits_for,
        held_by=work.cause(tie) if tie else "",
        assumed=event.evidence_of("when") == "assumed" and not held,
        held=bool(held),
        unknown=bool(passed and not held),
    )


def events_of(work: Work) -> tuple[EventDates, ...]:
    """Every event of the plan, in its order."""
    return tuple(_of(work, event) for event in work.plan.events)


def _alike(event: EventDates) -> tuple[object, ...]:
    return event.format, event.when, event.lies, event.days_late, event.waits_for


def broken(events: tuple[EventDates, ...]) -> Iterator[tuple[str, EventDates]]:
    """The events whose date cannot be kept, those alike together, with their name."""
    for _, rows in groupby((event for event in events if event.days_late), key=_alike):
        group = list(rows)
        yield group[0].label + (f" ({len(group)} Termine)" if len(group) > 1 else ""), group[0]


def _unknown(events: tuple[EventDates, ...], today: date) -> Iterator[Finding]:
    past = [event for event in events if event.unknown]
    if past:
        names = named(list(dict.fromkeys(event.label for event in past)))
        was, held = ("war", "der Termin stattfand") if len(past) == 1 else ("waren", "die Termine stattfanden")
        yield Finding(
            level="notice",
            table="events",
            record=past[0].id,
            field="actual_on",
            message=f"Stand unbekannt: {names} {was} vor dem {show_date(today)} vorgesehen; ob {held}, ist nicht "
            "eingetragen.",
            remedy="Unter „Ergebnis eintragen“ den Tag eintragen.",
        )


def of_events(events: tuple[EventDates, ...], today: date | None) -> Iterator[Finding]:
    """Dates that what they wait for does not allow, by how many days; what has passed without anybody saying so."""
    yield from _unknown(events, today) if today else ()
    for name, event in broken(events):
        if event.when and event.lies:
            message = (
                f"{name}: Der Termin ({event.when.words}) ist nicht zu halten, es geht {event.lies.words}, "
                f"{count(event.days_late, 'Tag', 'Tage')} später: {event.waits_for}."
            )
            remedy = "Termin verschieben oder früher beenden, worauf er wartet."
            yield Finding(
                level="warning", table="events", record=event.id, field="when", message=message, remedy=remedy
            )
