"""Indicators: never green by default, and told with what would flip them."""

from dataclasses import replace

import pytest

from insek_core.plan.content import Indicator
from insek_core.rules.places.indicators import AreaValue, Slice, expected_on_path, status

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
