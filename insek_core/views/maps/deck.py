"""Columns over the map, on demand: pydeck needs a graphics card; wholly offline (no map provider, no tiles)."""

from collections.abc import Iterator, Sequence
from typing import Any

import pydeck as pdk
from pydeck.data_utils import compute_view

from insek_core.plan import Plan
from insek_core.rules.places.areas import Outline
from insek_core.views import theme
from insek_core.views.maps.vector import Panel, area_colour, words

HEIGHT = 4_000  # metres of the highest column


def _rgb(colour: str) -> list[int]:
    return [int(colour[n : n + 2], 16) for n in (1, 3, 5)]


def _corners(part: Any) -> Iterator[list[float]]:
    """The points of GeoJSON coordinates, however deep they lie."""
    if isinstance(part[0], int | float):
        yield list(part[:2])
    else:
        for inner in part:
            yield from _corners(inner)


def _view(outlines: Sequence[Outline]) -> pdk.ViewState:
    """The view that shows all areas, seen from the south; the whole country where there are none."""
    corners = [corner for outline in outlines for corner in _corners(outline.geometry["coordinates"])]
    view = compute_view(corners) if corners else pdk.ViewState(longitude=10.4, latitude=51.2, zoom=5)
    view.pitch, view.bearing = 45, 0
    return view


def _columns(plan: Plan, panel: Panel, unit: str) -> list[dict[str, Any]]:
    """A column for each area with a figure and a point; its height is the figure."""
    by_id = {area.id: area for area in plan.areas}
    known = [v for v in panel.found.values if v.value is not None and v.area in by_id]
    most = max((abs(v.value or 0.0) for v in known), default=0.0) or 1.0
    return [
        {
            "at": [by_id[v.area].lon, by_id[v.area].lat],
            "name": plan.name(v.area),
            "shown": words(v, unit, signed=panel.signed),
            "height": abs(v.value or 0.0) / most * HEIGHT,
            "fill": _rgb(area_colour(v, panel.used)),
        }
        for v in known
        if by_id[v.area].lon is not None
    ]


def deck(plan: Plan, panel: Panel, outlines: Sequence[Outline], unit: str) -> pdk.Deck:
    """The figures as columns that stand in their areas; hover tells name and value."""
    features = [{"type": "Feature", "geometry": outline.geometry, "properties": {}} for outline in outlines]
    ground = pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id="gebiete",
        stroked=True,
        filled=True,
        get_fill_color=_rgb(theme.PALE),
        get_line_color=_rgb(theme.UNKNOWN),
        get_line_width=1,
        line_width_units="'pixels'",
    )
    columns = pdk.Layer(
        "ColumnLayer",
        _columns(plan, panel, unit),
        id="saeulen",
        get_position="at",
        get_elevation="height",
        get_fill_color="fill",
        radius=260,
        pickable=True,
        auto_highlight=True,
    )
    tooltip: Any = {
        "html": "<b>{name}</b><br/>{shown}",
        "style": {"backgroundColor": theme.INK, "color": "white", "fontSize": "15px"},
    }
    return pdk.Deck(layers=[ground, columns], initial_view_state=_view(outlines), map_provider=None, tooltip=tooltip)
