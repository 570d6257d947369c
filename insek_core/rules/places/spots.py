"""What lies where: the places of measures and events, and the areas that stand across the districts (RULES §4)."""

from collections.abc import Iterator
from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.process import Event

BORDERS = {"Schwerpunkträume": "Schwerpunktraum", "Fördergebiete": "Fördergebiet"}  # layer -> level
FORUMS = "Gebiete der Beteiligung"
LAYERS = (*BORDERS, FORUMS, "Maßnahmen", "Veranstaltungen")


@dataclass(frozen=True)
class Spot:
    """Something that lies on the map: of which layer, in which area, and what it is."""

    layer: str
    area: str
    label: str


def _event(plan: Plan, event: Event) -> str:
    return ", ".join(filter(None, (plan.name(event.format), event.when.words if event.when else "")))


def _spots(plan: Plan, layer: str) -> Iterator[Spot]:
    if layer in BORDERS:
        yield from (Spot(layer, area.id, area.name) for area in plan.areas if area.level == BORDERS[layer])
    elif layer == "Maßnahmen":
        yield from (Spot(layer, area, measure.name) for measure in plan.measures for area in measure.districts)
    elif layer == "Veranstaltungen":
        yield from (Spot(layer, event.area, _event(plan, event)) for event in plan.events if event.area)
    elif layer == FORUMS:
        yield from (Spot(layer, area, plan.name(area)) for area in dict.fromkeys(e.area for e in plan.events if e.area))


def spots(plan: Plan, *layers: str) -> tuple[Spot, ...]:
    """Everything of these layers that names an area; what names none lies nowhere and is not on the map."""
    return tuple(spot for layer in LAYERS if layer in layers for spot in _spots(plan, layer))


def held_layers(plan: Plan) -> tuple[str, ...]:
    """The layers that the plan has something for."""
    return tuple(layer for layer in LAYERS if next(_spots(plan, layer), None))
