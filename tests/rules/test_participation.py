"""Participation: ranges stay ranges."""

from datetime import date

import pytest

from insek_core.plan import Plan
from insek_core.plan.process import Event, Format
from insek_core.plan.values import Fuzzy, parse_fuzzy, parse_span
from insek_core.rules.participation import participation, times


def made(name: str, count: str = "", seats: str = "", *, optional: bool | None = None) -> Format:
    spans = {key: parse_span(words) for key, words in (("count", count), ("seats", seats)) if words}
    return Format(id=name, name=name, optional=optional, evidence="stated", **spans)


PAPER = Plan(formats=(made("F1", "1"), made("F2", "4–5", "ca. 30–40"), made("F3", "ca. 7", "max. 30–35"), made("F4", "4"), made("F5", "offen"),
                      made("F6", "3", optional=True)))  # fmt: skip


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
