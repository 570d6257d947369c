"""The shipped schematic map: one whole polygon per place, the right areas, no gaps, and it can be made again.

Areas and distances are computed here without shapely: shoelace in local metres, with the series formula for
the length of a degree instead of the script's ellipsoid.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import math
import sys
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[1] / "data" / "leipzig"
MAP_FILE = DATA / "outlines_schematic.geojson"
MIDDLE_LAT = math.radians(51.34)
METRES_PER_LON = 111_412.84 * math.cos(MIDDLE_LAT) - 93.5 * math.cos(3 * MIDDLE_LAT)
METRES_PER_LAT = 111_132.954 - 559.822 * math.cos(2 * MIDDLE_LAT) + 1.175 * math.cos(4 * MIDDLE_LAT)
GEOS_VERSION = (3, 14)  # the version within shapely 2.2 that made the shipped file
TOLERANCE_SHARE = 0.02  # RULES §4: every cell has its district's area within 2 %

Ring = list[tuple[float, float]]
Edge = tuple[tuple[float, float], tuple[float, float]]


@cache
def collection() -> dict[str, Any]:
    """The shipped file as parsed JSON."""
    parsed: dict[str, Any] = json.loads(MAP_FILE.read_text(encoding="utf-8"))
    return parsed


@cache
def places() -> dict[str, dict[str, str]]:
    """The rows of areas.csv by id."""
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@cache
def rings(prefix: str = "") -> dict[str, Ring]:
    """Outer rings (lon, lat in degrees) by place id, of the ids that start with `prefix`."""
    return {
        feature["properties"]["area"]: [(lon, lat) for lon, lat in feature["geometry"]["coordinates"][0]]
        for feature in collection()["features"]
        if feature["properties"]["area"].startswith(prefix)
    }


def in_metres(point: tuple[float, float]) -> tuple[float, float]:
    """A point in degrees as (east, north) in metres from 12.38 E, 51.34 N."""
    return (point[0] - 12.38) * METRES_PER_LON, (point[1] - 51.34) * METRES_PER_LAT


def signed_area_km2(ring: Ring) -> float:
    """Shoelace area in square kilometres, positive if the ring runs counter-clockwise."""
    metres = [in_metres(point) for point in ring]
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(metres)) / 2e6


def edges(ring: Ring) -> list[Edge]:
    """The directed edges of a closed ring."""
    return list(pairwise(ring))


def is_inside(point: tuple[float, float], ring: Ring) -> bool:
    """Even-odd rule: does a ray to the east cross the ring an odd number of times?"""
    x, y = point
    crossed = [
        ((x0, y0), (x1, y1))
        for (x0, y0), (x1, y1) in edges(ring)
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0)
    ]
    return len(crossed) % 2 == 1


def distance_to_edge_m(point: tuple[float, float], edge: Edge) -> float:
    """Distance in metres of a point (degrees) from an edge (degrees)."""
    (x, y), (x0, y0), (x1, y1) = in_metres(point), in_metres(edge[0]), in_metres(edge[1])
    along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2)
    t = min(1.0, max(0.0, along))
    return math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0))


def distance_m(point: tuple[float, float], ring: Ring) -> float:
    """Distance in metres of a point from the area within a ring; 0 inside."""
    return 0.0 if is_inside(point, ring) else min(distance_to_edge_m(point, edge) for edge in edges(ring))


def point_of(place_id: str) -> tuple[float, float]:
    """The point of a place in areas.csv (lon, lat)."""
    return float(places()[place_id]["lon"]), float(places()[place_id]["lat"])


def script() -> ModuleType:
    """The script data/leipzig/schematic_map.py as a module; skips where shapely is not installed."""
    pytest.importorskip("shapely", reason="the script that makes the map needs shapely (a development tool)")
    spec = importlib.util.spec_from_file_location("schematic_map", DATA / "schematic_map.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["schematic_map"] = module
    spec.loader.exec_module(module)
    return module


def test_the_map_has_63_districts_10_boroughs_and_4_regions() -> None:
    levels = Counter(places()[place_id]["level"] for place_id in rings())
    assert levels == {"Ortsteil": 63, "Stadtbezirk": 10, "Stadtgebiet": 4}


def test_every_place_with_a_point_except_the_city_is_on_the_map_once() -> None:
    expected = [place_id for place_id, row in places().items() if row["lon"] and place_id != "L"]
    assert [feature["properties"]["area"] for feature in collection()["features"]] == expected


def test_names_on_the_map_are_the_names_of_the_places() -> None:
    shown = {f["properties"]["area"]: f["properties"]["name"] for f in collection()["features"]}
    assert shown == {place_id: places()[place_id]["name"] for place_id in shown}


def test_the_map_says_that_it_shows_no_official_borders() -> None:
    assert collection()["name"] == "Schematische Karte – keine amtlichen Grenzen"
    assert "keine amtlichen Grenzen" in collection()["description"]
    assert {feature["properties"]["kind"] for feature in collection()["features"]} == {"schematic"}


def test_every_place_is_a_single_polygon_without_holes() -> None:
    geometries = [feature["geometry"] for feature in collection()["features"]]
    assert {geometry["type"] for geometry in geometries} == {"Polygon"}
    assert {len(geometry["coordinates"]) for geometry in geometries} == {1}


def test_every_ring_is_closed_and_visits_no_point_twice() -> None:
    for place_id, ring in rings().items():
        assert ring[0] == ring[-1], place_id
        assert len(ring) >= 4, place_id
        assert len(set(ring)) == len(ring) - 1, place_id


def test_every_ring_runs_counter_clockwise() -> None:
    assert [place_id for place_id, ring in rings().items() if signed_area_km2(ring) <= 0] == []


def test_coordinates_are_lon_before_lat_in_leipzig_with_five_decimals() -> None:
    for ring in rings().values():
        for lon, lat in ring:
            assert 12.1 < lon < 12.7 and 51.2 < lat < 51.5
            assert (lon, lat) == (round(lon, 5), round(lat, 5))


def test_every_cell_has_the_area_of_its_place_within_two_percent() -> None:
    wrong = {
        place_id: signed_area_km2(ring)
        for place_id, ring in rings().items()
        if abs(signed_area_km2(ring) / float(places()[place_id]["area_km2"]) - 1) > TOLERANCE_SHARE
    }
    assert wrong == {}


@pytest.mark.parametrize("prefix", ["OT-", "SB-", "SG-"])
def test_cells_of_a_level_share_their_borders_without_gap_or_overlap(prefix: str) -> None:
    """Every edge is used once in each direction or is an outer edge, and the outer edges form one ring."""
    used = Counter(edge for ring in rings(prefix).values() for edge in edges(ring))
    assert set(used.values()) == {1}
    outer = [edge for edge in used if edge[::-1] not in used]
    following = dict(outer)
    assert len(following) == len(outer)
    walk = [outer[0][0]]
    while len(walk) <= len(outer) and (len(walk) == 1 or walk[-1] != walk[0]):
        walk.append(following[walk[-1]])
    assert len(walk) == len(outer) + 1
    total_km2 = sum(signed_area_km2(ring) for ring in rings(prefix).values())
    assert signed_area_km2(walk) == pytest.approx(total_km2, rel=1e-9)


def test_no_two_cells_overlap_by_a_thousandth() -> None:
    shapely = pytest.importorskip("shapely", reason="overlaps of polygons are measured with shapely")
    shapes = [shapely.Polygon([in_metres(point) for point in ring]) for ring in rings("OT-").values()]
    assert all(shape.is_valid for shape in shapes)
    assert shapely.coverage_is_valid(shapes)
    assert shapely.union_all(shapes).area == pytest.approx(sum(shape.area for shape in shapes), rel=1e-3)


@pytest.mark.parametrize("prefix", ["SB-", "SG-"])
def test_a_merged_place_has_exactly_the_area_of_its_parts(prefix: str) -> None:
    for place_id, ring in rings(prefix).items():
        parts = [signed_area_km2(part) for child, part in rings().items() if places()[child]["parent"] == place_id]
        assert signed_area_km2(ring) == pytest.approx(sum(parts), rel=1e-9), place_id


def test_at_least_sixty_cells_hold_their_district_s_point_and_none_misses_it_by_250_metres() -> None:
    """Measured: 60 of 63 inside; Grünau-Ost 80 m, Grünau-Mitte 183 m and Grünau-Siedlung 235 m off."""
    off_m = {place_id: distance_m(point_of(place_id), ring) for place_id, ring in rings("OT-").items()}
    assert sum(distance == 0 for distance in off_m.values()) >= 60
    assert max(off_m.values()) < 250


def test_every_borough_and_district_touches_a_sibling() -> None:
    for place_id, ring in rings().items():
        siblings = [other for other in rings() if places()[other]["parent"] == places()[place_id]["parent"]]
        reverse = {edge[::-1] for edge in edges(ring)}
        assert any(reverse & set(edges(rings()[other])) for other in siblings if other != place_id), place_id


def test_the_file_is_small() -> None:
    assert MAP_FILE.stat().st_size < 250_000


def test_the_script_makes_the_shipped_file_again(tmp_path: Path) -> None:
    """To the byte with the geometry library it was made with; another one rounds the outer shape otherwise."""
    shapely = pytest.importorskip("shapely", reason="the script that makes the map needs shapely")
    if shapely.geos_version[:2] != GEOS_VERSION:
        pytest.skip(f"the map was made with GEOS {GEOS_VERSION}, installed is {shapely.geos_version}")
    again = tmp_path / "again.geojson"
    script().main(DATA / "areas.csv", again)
    assert again.read_bytes() == MAP_FILE.read_bytes()


def test_the_script_refuses_a_cell_in_two_parts() -> None:
    module = script()
    two = module.shapely.MultiPoint([(0, 0), (9, 9)]).buffer(1)
    with pytest.raises(ValueError, match="allowed is one polygon"):
        module.whole(two)
