"""Participation: ranges stay ranges."""

from dataclasses import replace
from datetime import date

import pytest

from insek_core.plan import Plan
from insek_core.plan.process import Event, Format
from insek_core.plan.values import Fuzzy, parse_fuzzy, parse_span
from insek_core.rules.people.participation import participation, room, times


def made(name: str, count: str = "", seats: str = "", *, optional: bool | None = None) -> Format:
    spans = {key: parse_span(words) for key, words in (("count", count), ("seats", seats)) if words}
    return Format(id=name, name=name, optional=optional, evidence="stated", **spans)


PAPER = Plan(
    formats=(
        made("F1", "1"),
        made("F2", "4–5", "ca. 30–40"),
        made("F3", "ca. 7", "max. 30–35"),
        made("F4", "4"),
        made("F5", "offen"),
        made("F6", "3", optional=True),
    )
)


def test_the_paper_has_16_to_17_fixed_events(example: Plan) -> None:
    assert participation(PAPER).fixed_events.words == "16–17"
    assert participation(example).fixed_events.words == "16–17"


def test_seats_multiply_with_their_ranges() -> None:
    seats = {view.format.id: view.seats_in_all.words for view in participation(PAPER).formats if view.seats_in_all}
    assert seats == {"F2": "120–200", "F3": "210–245"}


@pytest.mark.parametrize(("one", "other"), [("offen", "4"), ("4", "offen"), ("", "4")])
def test_an_open_factor_makes_the_product_unknown(one: str, other: str) -> None:
    spans = [parse_span(words) if words else None for words in (one, other)]
    assert times(*spans) is None


def test_open_counts_and_optional_formats_stand_apart() -> None:
    assert [item.id for item in participation(PAPER).open_counts] == ["F5"]


def test_events_without_a_day_are_counted() -> None:
    days = (None, parse_fuzzy("Herbst 2016"), Fuzzy.on(date(2015, 11, 20)))
    plan = Plan(
        formats=(made("F1", "1"),),
        events=tuple(Event(id=f"E{n}", format="F1", when=when, evidence="stated") for n, when in enumerate(days)),
    )
    assert (participation(plan).undated, participation(plan).formats[0].events) == (2, 3)


def test_what_a_format_lacks_is_named() -> None:
    assert participation(PAPER).formats[4].lacks == ("Ort", "Federführung", "Plätze", "Zeitraum")


@pytest.mark.parametrize(
    ("seats", "expected", "told"),
    [
        ("30–35", "ca. 30", "reicht"),
        ("30–35", "20–32", "knapp"),
        ("30–35", "33", "knapp"),
        ("30–35", "ca. 60", "reicht nicht"),
        ("30–35", "", "unbekannt"),
        ("", "60", "unbekannt"),
        ("offen", "60", "unbekannt"),
    ],
)
def test_whether_the_seats_hold_those_expected(seats: str, expected: str, told: str) -> None:
    assert room(*(parse_span(words) if words else None for words in (seats, expected))) == told


def test_events_that_are_alike_stand_together_each_with_its_own_place_and_seats() -> None:
    when = parse_fuzzy("Herbst 2016")
    rows = [("E1", "", None), ("E2", "", None), ("E3", "Rathaus", parse_span("200"))]
    plan = Plan(
        formats=(replace(made("F", "3", "max. 30"), venue="Stadtbüro", expected=parse_span("100")),),
        events=tuple(
            Event(id=key, format="F", when=when, venue=venue, seats=seats, evidence="stated")
            for key, venue, seats in rows
        ),
    )
    (view,) = participation(plan).formats
    assert [(one.number, one.venue, one.room) for one in view.gatherings] == [
        (2, "Stadtbüro", "reicht nicht"),
        (1, "Rathaus", "reicht"),
    ]
    assert view.room == "reicht nicht"


def test_the_example_has_every_event_in_a_gathering(example: Plan) -> None:
    views = participation(example).formats
    assert sum(one.number for view in views for one in view.gatherings) == len(example.events)
    assert {view.room for view in views} == {"unbekannt"}, "the paper names no expected interest"
