"""The map: an area has the colour of the class its value lies in, and the legend says which that is."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insek_core.plan import Plan
from insek_core.plan.content import Area
from insek_core.rules.places.areas import Outline
from insek_core.rules.places.indicators import AreaValue, Slice
from insek_core.views import theme
from insek_core.views.maps import CLASSES, GREY, deck, legend, scale

SQUARE = {"type": "Polygon", "coordinates": [[[12, 51], [12.1, 51], [12.1, 51.1], [12, 51]]]}


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


def drawn(found: Slice, chosen: str = "") -> list[dict]:
    """What the map draws of each area, in the order in which it draws them."""
    outlines = [Outline(v.area, SQUARE, "schematic", "2015", "Test") for v in found.values]
    (layer,) = deck(plan_of(found), found, outlines, "%", chosen).layers
    return [feature["properties"] for feature in layer.data["features"]]


def hexed(fill: list[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in fill[:3])


TEN = sliced(*range(1, 11))


def test_ten_values_fall_into_five_classes_of_two() -> None:
    assert scale(TEN).limits == (2, 4, 6, 8, 10)
    assert set(Counter(scale(TEN).colour(v.value) for v in TEN.values).values()) == {2}


def test_the_colours_rise_from_pale_to_dark() -> None:
    assert scale(TEN).colours == theme.SEQUENCE[1:6]
    assert [scale(TEN).colour(v) for v in (1, 2, 3, 10)] == [theme.SEQUENCE[n] for n in (1, 1, 2, 5)]


def test_a_value_on_a_limit_lies_in_the_class_it_ends() -> None:
    assert scale(TEN).colour(4) == theme.SEQUENCE[2] and scale(TEN).colour(4.01) == theme.SEQUENCE[3]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_classes_are_as_even_as_the_values_allow(values: list[int]) -> None:
    found = scale(sliced(*values))
    assert list(found.limits) == sorted(set(found.limits)) and found.limits[-1] == max(values)
    assert len(found.limits) == len(found.colours) <= CLASSES
    if len(set(values)) == len(values) >= CLASSES:
        sizes = Counter(map(found.colour, values)).values()
        assert len(sizes) == CLASSES and max(sizes) - min(sizes) <= 1


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40))
def test_a_greater_value_is_never_paler(values: list[float]) -> None:
    found = scale(sliced(*values))
    shades = [theme.SEQUENCE.index(found.colour(value)) for value in sorted(values)]
    assert shades == sorted(shades)


def test_an_area_is_filled_with_the_colour_of_its_class() -> None:
    fills = {area["area"]: hexed(area["fill"]) for area in drawn(TEN)}
    assert fills == {v.area: scale(TEN).colour(v.value) for v in TEN.values} and len(set(fills.values())) == CLASSES


def test_unknown_is_grey_and_says_so() -> None:
    (known, unknown) = drawn(sliced(3.0, None))
    assert (hexed(unknown["fill"]), unknown["shown"]) == (GREY, "unbekannt")
    assert (hexed(known["fill"]), known["shown"]) == (theme.SEQUENCE[3], "3,0 %")


def test_the_chosen_area_is_drawn_last_with_a_dark_border() -> None:
    *others, last = drawn(TEN, "A3")
    assert last["area"] == "A3" and last["width"] > others[0]["width"]
    assert hexed(last["edge"]) == theme.INK and {hexed(o["edge"]) for o in others} == {"#ffffff"}


def test_the_legend_names_what_really_lies_in_each_class() -> None:
    rows = legend(sliced(*range(1, 11), None), "%")
    assert rows == [
        *zip(theme.SEQUENCE[1:6], [f"{n} bis {n + 1} %" for n in range(1, 10, 2)], strict=True),
        (GREY, "unbekannt oder unterdrückt"),
    ]


@pytest.mark.parametrize(("values", "rows"), [((), []), ((None,), [GREY]), ((5, 5, 5), [theme.SEQUENCE[3]])])
def test_few_values_make_few_classes(values: tuple[float | None, ...], rows: list[str]) -> None:
    assert [colour for colour, _ in legend(sliced(*values), "")] == rows
