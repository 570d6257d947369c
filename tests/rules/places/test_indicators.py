"""Indicators: never green by default, and told with what would flip them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.rules.figures import show_measure
from insek_core.rules.places.indicators import (
    AreaValue,
    Slice,
    after_stichtag,
    age_words,
    expected_on_path,
    status,
    status_sentence,
    statuses,
)

UP = Indicator(
    id="I",
    name="Plätze",
    direction="up",
    baseline=100.0,
    baseline_year=2010,
    target=200.0,
    target_year=2020,
    tolerance=5.0,
    owner="AMT",
    lever="bauen",
    unit="Plätze",
    evidence="stated",
)


def city(value: float | None, year: int = 2015) -> Slice:
    return Slice(
        indicator="I",
        year=year,
        level="Stadt",
        values=(AreaValue("L", "missing" if value is None else "value", value),),
    )


def districts(*counts: float | None) -> Slice:
    values = tuple(AreaValue(f"{n:02}", "missing" if c is None else "value", c) for n, c in enumerate(counts))
    return Slice(indicator="I", year=2015, level="Ortsteil", values=values)


@pytest.mark.parametrize(("year", "value"), [(2010, 100.0), (2015, 150.0), (2020, 200.0), (2005, 100.0), (2030, 200.0)])
def test_the_path_is_straight_and_ends_at_its_ends(year: int, value: float) -> None:
    assert expected_on_path(UP, year) == value


@pytest.mark.parametrize(
    ("direction", "value", "word"),
    [
        ("up", 145.0, "auf dem Weg"),
        ("up", 144.9, "daneben"),
        ("down", 155.0, "auf dem Weg"),
        ("down", 155.1, "daneben"),
        ("band", 145.0, "auf dem Weg"),
        ("band", 155.1, "daneben"),
        ("band", 144.9, "daneben"),
    ],
)
def test_the_status_follows_path_direction_and_tolerance(direction: str, value: float, word: str) -> None:
    assert status(replace(UP, direction=direction), city(value)).word == word


@pytest.mark.parametrize(
    "gap", [{"baseline": None}, {"target": None}, {"target_year": None}, {"direction": ""}, {"target_year": 2010}]
)
def test_without_path_or_direction_the_status_is_unknown(gap: dict[str, object]) -> None:
    assert status(replace(UP, **gap), city(500.0)).word == "unbekannt"


@pytest.mark.parametrize("found", [None, city(None), Slice(indicator="I", year=2015, level="Stadt", values=())])
def test_without_a_value_the_status_is_unknown(found: Slice | None) -> None:
    assert (status(UP, found).word, status(UP, found).flips) == ("unbekannt", "Es fehlt ein Wert.")


def test_what_would_flip_the_status_is_said() -> None:
    assert status(UP, city(150.0)).flips == "Der Stand kippt unter 145 Plätze."
    assert status(UP, city(100.0)).flips == "Der Stand kippt ab 145 Plätze."


def test_missing_target_owner_or_lever_are_named() -> None:
    bare = replace(UP, target=None, owner="", lever="")
    assert status(bare, city(150.0)).lacks == ("Ziel", "Verantwortung", "Hebel")


def test_a_slice_knows_its_areas_and_what_it_lacks() -> None:
    assert (districts(5.0).of("00").value, districts(5.0).of("99").state) == (5.0, "missing")


TODAY = date(2015, 6, 1)


def test_a_figure_after_the_stichtag_settles_nothing_and_is_named() -> None:
    found = statuses(Plan(indicators=(UP,)), (city(150.0, 2014), city(100.0, 2016), city(90.0, 2017)), TODAY)[0]
    assert (found.year, found.value, found.word, found.age_years, found.later_year) == (
        2014,
        150.0,
        "auf dem Weg",
        1,
        2017,
    )
    assert age_words(found) == (
        "Neueste Zahl: 2014, am Stichtag 1 Jahr alt. 2017 liegt nach dem Stichtag und entscheidet nichts."
    )
    only_later = statuses(Plan(indicators=(UP,)), (city(100.0, 2016),), TODAY)[0]
    assert (only_later.word, only_later.year) == ("unbekannt", None)
    assert age_words(only_later).startswith("Bis zum Stichtag liegt keine Zahl vor.")


def test_the_figure_of_the_year_of_the_stichtag_counts() -> None:
    found = statuses(Plan(indicators=(UP,)), (city(200.0, 2014), city(100.0, 2015)), TODAY)[0]
    assert (found.year, found.word, age_words(found)) == (
        2015,
        "daneben",
        "Neueste Zahl: 2015, aus dem Jahr des Stichtags.",
    )
    assert after_stichtag(2016, TODAY) == "2016 liegt nach dem Stichtag 01.06.2015 und entscheidet keinen Stand."
    assert after_stichtag(2015, TODAY) == ""


def test_a_missing_figure_is_passed_over_for_an_older_one() -> None:
    found = statuses(Plan(indicators=(UP,)), (city(150.0, 2013), city(None, 2015)), TODAY)[0]
    assert (found.year, found.value) == (2013, 150.0)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (146.0, "Der Stand kippt unter 145 Plätze."),
        (154.0, "Der Stand kippt über 155 Plätze."),
        (200.0, "Der Stand kippt bis 155 Plätze."),
        (100.0, "Der Stand kippt ab 145 Plätze."),
    ],
)
def test_a_band_is_left_on_the_nearer_side(value: float, told: str) -> None:
    assert status(replace(UP, direction="band"), city(value)).flips == told


def test_a_status_tells_its_value_with_the_path_it_is_held_against() -> None:
    found = status_sentence(status(UP, city(150.0)))
    assert found.text == "Plätze: auf dem Weg. Der Stand kippt unter 145 Plätze."
    path = found.figures[0].operands[0]
    assert [part.show() for part in (path, *path.operands)] == [
        "150 Plätze",
        "100 Plätze",
        "2010",
        "200 Plätze",
        "2020",
    ]
    assert "Es fehlt Hebel." in status_sentence(status(replace(UP, lever=""), None)).text


@given(st.floats(0, 400), st.sampled_from(["up", "down", "band"]), st.integers(2005, 2025))
def test_the_status_turns_at_the_value_that_is_told(value: float, direction: str, year: int) -> None:
    """The edge itself is on the way; whichever side a value lies on, the text names an edge of the tolerance."""
    one = replace(UP, direction=direction, tolerance=5.0)
    path = expected_on_path(one, year) or 0.0
    edges = {"up": (path - 5,), "down": (path + 5,), "band": (path - 5, path + 5)}[direction]
    assert all(status(one, city(edge, year)).word == "auf dem Weg" for edge in edges)
    assert any(show_measure(edge, "Plätze") in status(one, city(value, year)).flips for edge in edges)
