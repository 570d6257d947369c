"""The map: an area has the colour of the class its value lies in, and the legend says which that is."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insek_core.plan import Plan
from insek_core.plan.content import Area
from insek_core.rules.places.between import between
from insek_core.rules.places.indicators import AreaValue, Slice
from insek_core.views import theme
from insek_core.views.maps.classes import (
    CLASSES,
    HIDDEN,
    METHODS,
    MISSING,
    Method,
    Scale,
    difference_scale,
    known_values,
    legend,
    method_words,
    scale,
)
from insek_core.views.maps.vector import CHOSEN, Panel, map_rows


def sliced(*values: float | None) -> Slice:
    """A slice of areas A0, A1, ... with these values; None is missing."""
    found = (AreaValue(f"A{n}", "missing" if v is None else "value", v) for n, v in enumerate(values))
    return Slice(indicator="I", year=2014, level="Ortsteil", values=tuple(found))


def plan_of(found: Slice) -> Plan:
    return Plan(
        areas=tuple(
            Area(id=v.area, name=f"Gebiet {v.area}", level="Ortsteil", evidence="external") for v in found.values
        )
    )


def classes(found: Slice, method: Method = METHODS[0]) -> Scale:
    return scale(known_values(found), method)


def drawn(found: Slice, chosen: str = "") -> list[Any]:
    """What the map draws of each area, in the order in which it draws them."""
    panel = Panel("2014", found, classes(found))
    return list(map_rows(plan_of(found), panel, "%", chosen)["gebiete"].itertuples())


TEN = sliced(*range(1, 11))


def test_ten_values_fall_into_five_classes_of_two() -> None:
    assert classes(TEN).limits == (2, 4, 6, 8, 10)
    assert set(Counter(classes(TEN).colour(v.value) for v in TEN.values).values()) == {2}


def test_the_colours_rise_from_pale_to_dark() -> None:
    assert classes(TEN).colours == theme.SEQUENCE[1:6]
    assert [classes(TEN).colour(v) for v in (1, 2, 3, 10)] == [theme.SEQUENCE[n] for n in (1, 1, 2, 5)]


def test_a_value_on_a_limit_lies_in_the_class_it_ends() -> None:
    assert classes(TEN).colour(4) == theme.SEQUENCE[2] and classes(TEN).colour(4.01) == theme.SEQUENCE[3]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_classes_are_as_even_as_the_values_allow(values: list[int]) -> None:
    found = classes(sliced(*values))
    assert list(found.limits) == sorted(set(found.limits)) and found.limits[-1] == max(values)
    assert len(found.limits) == len(found.colours) <= CLASSES
    if len(set(values)) == len(values) >= CLASSES:
        sizes = Counter(map(found.colour, values)).values()
        assert len(sizes) == CLASSES and max(sizes) - min(sizes) <= 1


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40))
def test_a_greater_value_is_never_paler(values: list[float]) -> None:
    found = classes(sliced(*values))
    shades = [theme.SEQUENCE.index(found.colour(value)) for value in sorted(values)]
    assert shades == sorted(shades)


def test_an_area_is_filled_with_the_colour_of_its_class() -> None:
    fills = {area.area: area.colour for area in drawn(TEN)}
    assert fills == {v.area: classes(TEN).colour(v.value) for v in TEN.values} and len(set(fills.values())) == CLASSES


def test_what_has_no_figure_has_its_own_colour_and_mark_and_says_so() -> None:
    found = sliced(3.0, None, 1.0)
    hidden = replace(found, values=(*found.values[:2], AreaValue("A2", "suppressed", None)))
    known, unknown, small = drawn(hidden)
    assert (known.colour, known.shown, known.mark) == (theme.SEQUENCE[3], "3,0 %", "")
    assert (unknown.colour, unknown.shown, unknown.mark) == (MISSING, "unbekannt", "?")
    assert (small.colour, small.shown, small.mark) == (HIDDEN, "unterdrückt", "•")
    rows = [(row.words, row.areas, row.mark) for row in legend(classes(hidden), hidden, "%")]
    assert rows == [("3,0 %", 1, ""), ("keine Angabe", 1, "?"), ("unterdrückt", 1, "•")]


def test_the_chosen_area_is_drawn_last_with_a_dark_border() -> None:
    *others, last = drawn(TEN, "A3")
    assert last.area == "A3" and last.width > others[0].width
    assert last.edge == CHOSEN and CHOSEN not in {o.edge for o in others}


def test_the_legend_names_what_really_lies_in_each_class_and_how_many() -> None:
    rows = legend(classes(TEN), TEN, "%")
    words = [f"{n},0 bis {n + 1},0 %" for n in range(1, 10, 2)]
    assert [(row.colour, row.words, row.areas) for row in rows] == [
        (colour, text, 2) for colour, text in zip(theme.SEQUENCE[1:6], words, strict=True)
    ]
    assert method_words(METHODS[0], rows) == "5 Klassen: gleich viele Gebiete"


@pytest.mark.parametrize(("values", "rows"), [((), []), ((None,), [MISSING]), ((5, 5, 5), [theme.SEQUENCE[3]])])
def test_few_values_make_few_classes(values: tuple[float | None, ...], rows: list[str]) -> None:
    for method in METHODS:
        assert [row.colour for row in legend(classes(sliced(*values), method), sliced(*values), "")] == rows


@given(st.lists(st.integers(-30, 30), min_size=1, max_size=40), st.sampled_from(METHODS))
def test_by_each_method_every_area_is_counted_in_one_class(values: list[int], method: Method) -> None:
    found = sliced(*values)
    used = classes(found, method)
    assert sum(row.areas for row in legend(used, found, "")) == len(values)
    assert list(used.limits) == sorted(set(used.limits)) and used.limits[-1] == max(values)


def test_natural_breaks_follow_the_jumps_and_equal_ones_the_width() -> None:
    found = sliced(1, 2, 3, 50, 51, 52, 90, 91, 92, 99)
    assert classes(found, "gleiche Abstände").limits == pytest.approx((20.6, 40.2, 59.8, 79.4, 99))
    assert {3.0, 52.0, 92.0, 99.0} < set(classes(found, "natürliche Sprünge").limits)


def test_a_change_has_classes_equal_to_both_sides_of_nothing() -> None:
    change = between(sliced(10, 10, None, 10), sliced(20, 5, 7, 10))
    assert [v.value for v in change.values] == [10, -5, None, 0]
    used = difference_scale(known_values(change))
    assert [used.colour(v) for v in (10, -5, 0)] == [theme.DIVERGING[n] for n in (4, 1, 2)]
    words = [row.words for row in legend(used, change, "%", signed=True)]
    assert words == ["−5,0 Prozentpunkte", "0,0 Prozentpunkte", "+10,0 Prozentpunkte", "keine Angabe"]


def test_small_figures_stay_hidden_in_their_change() -> None:
    before = replace(sliced(4), values=(AreaValue("A0", "suppressed", None),))
    assert between(before, sliced(9)).values[0].state == "suppressed"
