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
    by_id = {area.id: area for area in plan.areas}
    found: list[Area] = []
    while area_id in by_id and by_id[area_id] not in found:
        found.append(by_id[area_id])
        area_id = found[-1].parent
    return tuple(found)


def drawn_levels(plan: Plan) -> tuple[str, ...]:
    """The levels below the city that a map can show: those the plan has areas of, the smallest first."""
    held = {area.level for area in plan.areas}
    return tuple(level for level in ("Ortsteil", "Stadtbezirk", "Stadtgebiet") if level in held)


def density(population: float | None, area_km2: float | None) -> float | None:
    """Inhabitants per km², unknown if either is unknown or the area is 0; the published density is not reliable."""
    return None if population is None or not area_km2 else population / area_km2
