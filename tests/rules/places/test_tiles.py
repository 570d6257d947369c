"""Tiles: each area one, in the order of the points of the compass, none over another, and no borders claimed."""

from hypothesis import given
from hypothesis import strategies as st

from insek_core.plan import Plan
from insek_core.plan.content import Area
from insek_core.rules.places.tiles import tiled


def plan_of(places: list[tuple[float, float] | None]) -> Plan:
    return Plan(
        areas=tuple(
            Area(
                id=f"D{n}",
                name=f"Gebiet {n}",
                level="Ortsteil",
                lon=place and place[0],
                lat=place and place[1],
                evidence="stated",
            )
            for n, place in enumerate(places)
        )
    )


def test_north_is_above_and_west_to_the_left() -> None:
    plan = plan_of([(12.4, 51.3), (12.3, 51.4), (12.5, 51.4), (12.3, 51.3)])
    laid, tiles = tiled(plan, "Ortsteil")
    at = {area.id: (area.lon or 0, area.lat or 0) for area in laid.areas}
    assert at["D1"][1] == at["D2"][1] > at["D0"][1] == at["D3"][1]
    assert at["D1"][0] == at["D3"][0] < at["D2"][0] == at["D0"][0]
    assert {tile.kind for tile in tiles} == {"schematic"} and plan.areas[0].lon == 12.4, "the plan itself stays"


@given(st.lists(st.none() | st.tuples(st.floats(6, 15), st.floats(47, 55)), max_size=40))
def test_every_area_has_one_tile_and_none_lies_over_another(places: list[tuple[float, float] | None]) -> None:
    laid, tiles = tiled(plan_of(places), "Ortsteil")
    assert sorted(tile.area for tile in tiles) == sorted(f"D{n}" for n in range(len(places)))
    corners = [tuple(tile.geometry["coordinates"][0][0]) for tile in tiles]
    assert len(set(corners)) == len(corners)
    assert all(area.lon is not None and area.lat is not None for area in laid.areas)
