"""Places: levels, outlines and what lies in what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from insek_core.plan import Plan
from insek_core.plan.content import Area


@dataclass(frozen=True)
class Outline:
    """The border of an area as GeoJSON geometry (WGS84, lon before lat): `kind` schematic or official, with its
    vintage.
    """

    area: str
    geometry: Mapping[str, Any]
    kind: str
    vintage: str
    source: str


def lineage(plan: Plan, area_id: str) -> tuple[Area, ...]:
    """The area and all that it lies in, smallest first; stops at a parent that does not exist or comes round again."""
    found: dict[str, Area] = {}
    while area_id not in found and isinstance(area := plan.by_id.get(area_id), Area):
        found[area_id] = area
        area_id = area.parent
    return tuple(found.values())


def inside(plan: Plan, area_id: str) -> frozenset[str]:
    """The area and every area that lies in it."""
    return plan.once("inside", lambda: _inside(plan)).get(area_id, frozenset())


def _inside(plan: Plan) -> dict[str, frozenset[str]]:
    held: dict[str, set[str]] = {}
    for area in plan.areas:
        for above in lineage(plan, area.id):
            held.setdefault(above.id, set()).add(area.id)
    return {area: frozenset(found) for area, found in held.items()}


def parts_of(plan: Plan, area_id: str, level: str) -> tuple[str, ...]:
    """The areas of a level that lie in an area, over whatever lies between."""
    held = inside(plan, area_id) - {area_id}
    return tuple(one.id for one in plan.areas if one.level == level and one.id in held)


def drawn_levels(plan: Plan) -> tuple[str, ...]:
    """The levels below the city that a map can show: those the plan has areas of, the smallest first."""
    held = {area.level for area in plan.areas}
    return tuple(level for level in ("Ortsteil", "Stadtbezirk", "Stadtgebiet") if level in held)


def density(population: float | None, area_km2: float | None) -> float | None:
    """Inhabitants per km², unknown if either is unknown or the area is 0; the published density is not reliable."""
    return None if population is None or not area_km2 else population / area_km2
