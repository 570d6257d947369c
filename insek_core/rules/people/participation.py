"""Participation: ranges stay ranges; how many events, seats, and what is still undated (RULES §5)."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from insek_core.plan import Plan
from insek_core.plan.process import Event, Format
from insek_core.plan.values import Span


def times(one: Span | None, other: Span | None) -> Span | None:
    """The product of two ranges (seats of all sittings), unknown if either is open."""
    if one is None or other is None or one.low is None or other.low is None or one.high is None or other.high is None:
        return None
    return range_words(one.low * other.low, one.high * other.high)


def range_words(low: int, high: int) -> Span:
    """A range in words: "16–17", or "4" where both ends are one."""
    return Span(str(low) if low == high else f"{low}–{high}", low, high)


Room = Literal["reicht", "knapp", "reicht nicht", "unbekannt"]


def room(seats: Span | None, expected: Span | None) -> Room:
    """Whether the seats hold those who are expected: for sure, perhaps (the ranges overlap), for sure not; unknown if
    either is.

    >>> from insek_core.plan.values import parse_span
    >>> room(parse_span("30–35"), parse_span("ca. 60")), room(parse_span("30–35"), None)
    ('reicht nicht', 'unbekannt')
    """
    if seats is None or expected is None or None in (seats.low, seats.high, expected.low, expected.high):
        return "unbekannt"
    if (expected.high or 0) <= (seats.low or 0):
        return "reicht"
    return "reicht nicht" if (expected.low or 0) > (seats.high or 0) else "knapp"


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """Events of a format that are alike in period, place, area and topic: how many, where, with how many seats for how
    many people.
    """

    first: Event
    number: int
    venue: str
    seats: Span | None
    room: Room


@dataclass(frozen=True, kw_only=True)
class FormatView:
    """A format with its seats over all sittings, its dated and undated events, those alike together."""

    format: Format
    room: Room
    gatherings: tuple[Gathering, ...]
    seats_in_all: Span | None
    events: int
    undated: int
    lacks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Participation:
    """All formats, the fixed events as a range (optional formats and open counts apart), and how many events lack a
    day.
    """

    formats: tuple[FormatView, ...]
    fixed_events: Span
    open_counts: tuple[Format, ...]
    undated: int


def _gatherings(item: Format, events: list[Event]) -> tuple[Gathering, ...]:
    """Neighbours that are alike, in the order of the table; an event without a place or seats of its own has its
    format's.
    """

    def alike(event: Event) -> tuple[object, ...]:
        return event.when, event.area, event.topic, event.venue, event.seats, event.actual_on, event.attended

    found = []
    for _, rows in groupby(events, key=alike):
        group = list(rows)
        seats = group[0].seats or item.seats
        found.append(
            Gathering(
                first=group[0],
                number=len(group),
                venue=group[0].venue or item.venue,
                seats=seats,
                room=room(seats, item.expected),
            )
        )
    return tuple(found)


def _view(plan: Plan, item: Format) -> FormatView:
    events = [event for event in plan.rows_of("events", "format", item.id) if isinstance(event, Event)]
    lacks = tuple(
        word
        for word, there in (
            ("Ort", item.venue),
            ("Federführung", item.lead),
            ("Plätze", item.seats and item.seats.low is not None),
            ("Zeitraum", item.period and not item.period.is_open),
        )
        if not there
    )
    return FormatView(
        format=item,
        room=room(item.seats, item.expected),
        gatherings=_gatherings(item, events),
        seats_in_all=times(item.count, item.seats),
        events=len(events),
        undated=sum(not (e.when and e.when.is_exact) for e in events),
        lacks=lacks,
    )


def participation(plan: Plan) -> Participation:
    """The formats of the plan. Fixed events: those not optional whose number is known."""
    views = tuple(_view(plan, item) for item in plan.formats)
    counted = [
        v.format.count for v in views if not v.format.optional and v.format.count and v.format.count.low is not None
    ]
    fixed = range_words(sum(c.low or 0 for c in counted), sum(c.high or 0 for c in counted))
    unknown = tuple(v.format for v in views if not v.format.count or v.format.count.low is None)
    return Participation(formats=views, fixed_events=fixed, open_counts=unknown, undated=sum(v.undated for v in views))
