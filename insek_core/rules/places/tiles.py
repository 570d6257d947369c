"""A map without outlines: a tile for each area, where north is above and west to the left; no borders are claimed."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, sqrt

from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.content import Area
from insek_core.rules.places.areas import Outline

WIDE, HIGH = 0.03, 0.02  # degrees of a tile: about square where Germany lies
NORTH, WEST = 51.0, 10.0  # where the first tile lies: places unknown to the plan lie nowhere


def _in_order(areas: Sequence[Area]) -> list[Area]:
    """The areas row by row from the north, in a row from the west; those without a place in the order of the plan."""
    across = max(1, ceil(sqrt(len(areas))))
    known = [area for area in areas if area.lat is not None and area.lon is not None]
    lost = [area for area in areas if area not in known]
    rows = sorted(known, key=lambda area: -(area.lat or 0.0))
    ordered = [
        area
        for first in range(0, len(rows), across)
        for area in sorted(rows[first : first + across], key=lambda area: area.lon or 0.0)
    ]
    return [*ordered, *lost]


def _tile(area: Area, lon: float, lat: float) -> Outline:
    west, east, south, north = lon - WIDE * 0.48, lon + WIDE * 0.48, lat - HIGH * 0.48, lat + HIGH * 0.48
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return Outline(area.id, geometry, "schematic", "", "Kacheln: Lage nach Himmelsrichtung geordnet, ohne Grenzen")


def tiled(plan: Plan, level: str) -> tuple[Plan, tuple[Outline, ...]]:
    """The plan with the areas of a level in the middle of their tiles, and the tiles."""
    areas = _in_order([area for area in plan.areas if area.level == level])
    across = max(1, ceil(sqrt(len(areas))))
    places = {area.id: (WEST + n % across * WIDE, NORTH - n // across * HIGH) for n, area in enumerate(areas)}
    laid = tuple(replace(a, lon=places[a.id][0], lat=places[a.id][1]) if a.id in places else a for a in plan.areas)
    return with_tables(plan, {"areas": laid}), tuple(_tile(area, *places[area.id]) for area in areas)
