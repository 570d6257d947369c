"""The map: districts coloured by class, wholly offline (no map provider, no tiles)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pydeck as pdk
from pydeck.data_utils import compute_view

from insek_core.plan import Plan
from insek_core.rules.figures import show_measure
from insek_core.rules.places.areas import Outline
from insek_core.rules.places.indicators import Slice
from insek_core.views import theme
from insek_core.views.placetables import show_value

CLASSES = 5
GREY = "#d5dae0"


@dataclass(frozen=True)
class Scale:
    """Class limits (upper ends, rising) and a colour for each class."""

    limits: tuple[float, ...]
    colours: tuple[str, ...]

    def colour(self, value: float | None) -> str:
        """Colour of a value; grey for an unknown one."""
        if value is None or not self.limits:
            return GREY
        return self.colours[next((n for n, limit in enumerate(self.limits) if value <= limit), len(self.limits) - 1)]


def scale(found: Slice) -> Scale:
    """Five classes with about as many areas each (quantiles); fewer where values repeat."""
    values = sorted(v.value for v in found.values if v.value is not None)
    limits = sorted({values[max(0, (len(values) * (n + 1)) // CLASSES - 1)] for n in range(CLASSES)}) if values else []
    first = 1 if len(limits) > 1 else 3  # a single class has the colour of the middle
    return Scale(tuple(limits), theme.SEQUENCE[first : first + len(limits)])


def legend(found: Slice, unit: str) -> list[tuple[str, str]]:
    """Colour and words of each class, then unknown where there is any."""
    used = scale(found)
    values = [v.value for v in found.values if v.value is not None]
    low, rows = min(values, default=0.0), []
    for limit, colour in zip(used.limits, used.colours, strict=True):
        first, last = (show_measure(bound, "").strip() for bound in (low, limit))
        rows.append((colour, f"{first} bis {last} {unit}".strip() if low != limit else f"{last} {unit}".strip()))
        low = min((value for value in values if value > limit), default=limit)
    if len(values) < len(found.values):
        rows.append((GREY, "unbekannt oder unterdrückt"))
    return rows


def _rgb(colour: str) -> list[int]:
    return [int(colour[n : n + 2], 16) for n in (1, 3, 5)]


def _features(plan: Plan, found: Slice, outlines: list[Outline], unit: str, chosen: str) -> list[dict[str, Any]]:
    used, rows = scale(found), []
    for outline in outlines:
        value = found.of(outline.area)
        properties = {
            "area": outline.area,
            "name": plan.name(outline.area),
            "shown": show_value(value, unit),
            "fill": [*_rgb(used.colour(value.value)), 255],
            "edge": [31, 41, 51, 255] if outline.area == chosen else [255, 255, 255, 255],
            "width": 4 if outline.area == chosen else 1,
        }
        rows.append({"type": "Feature", "geometry": outline.geometry, "properties": properties})
    return sorted(rows, key=lambda feature: feature["properties"]["area"] == chosen)


def _corners(part: Any) -> Iterator[list[float]]:
    """The points of GeoJSON coordinates, however deep they lie."""
    if isinstance(part[0], int | float):
        yield list(part[:2])
    else:
        for inner in part:
            yield from _corners(inner)


def _view(outlines: Sequence[Outline]) -> pdk.ViewState:
    """The view that shows all areas; the whole country where there are none."""
    corners = [corner for outline in outlines for corner in _corners(outline.geometry["coordinates"])]
    return compute_view(corners) if corners else pdk.ViewState(longitude=10.4, latitude=51.2, zoom=5)


def deck(plan: Plan, found: Slice, outlines: list[Outline], unit: str, chosen: str = "") -> pdk.Deck:
    """The areas of a slice in their class colours; the chosen one has a dark border. Hover tells name and value."""
    features = _features(plan, found, outlines, unit, chosen)
    layer = pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id="gebiete",
        pickable=True,
        stroked=True,
        filled=True,
        get_fill_color="properties.fill",
        get_line_color="properties.edge",
        get_line_width="properties.width",
        line_width_units="'pixels'",
        auto_highlight=True,
    )
    tooltip: Any = {
        "html": "<b>{name}</b><br/>{shown}",
        "style": {"backgroundColor": theme.INK, "color": "white", "fontSize": "15px"},
    }
    return pdk.Deck(layers=[layer], initial_view_state=_view(outlines), map_provider=None, tooltip=tooltip)
