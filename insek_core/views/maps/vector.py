"""The map as Vega-Lite: the specification and the outlines stay, only the rows move. Needs no graphics card, no tiles.

The same specification serves screen and paper: `outlines` is an address on the screen and the features themselves on
paper.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from insek_core.plan import Plan
from insek_core.plan.content import Area
from insek_core.rules.places.indicators import AreaValue, Slice
from insek_core.rules.places.spots import BORDERS, FORUMS, Spot
from insek_core.views import theme
from insek_core.views.charts.live import Rows, Spec, named_layer
from insek_core.views.maps.classes import HIDDEN, MARKS, MISSING, Scale, change_or_figure
from insek_core.views.maps.labels import in_two_lines, labels
from insek_core.views.placetables import show_value

PICKED = "gewaehlt"  # the selection of the map and of the bars
SIDES = {"left": 34, "right": 34, "top": 4, "bottom": 4}  # for names that stand over the edge
CHOSEN = "#111820"
FEW = 12  # areas whose names all fit
AREA = ("area", "name", "shown", "colour", "mark", "lon", "lat", "edge", "width", "panel", "spoken")
LABEL = ("lon", "lat", "label")
POINT = ("lon", "lat", "layer", "label", "colour", "shape")


@dataclass(frozen=True)
class Panel:
    """One map: what it is called ("2015"), its figures, its classes; a `signed` one shows changes."""

    title: str
    found: Slice
    used: Scale
    signed: bool = False

    @property
    def areas(self) -> frozenset[str]:
        """The areas it shows."""
        return frozenset(value.area for value in self.found.values)


def _outlines(address: str) -> Any:
    """Looks the shape of each row up in the outlines."""
    data = alt.UrlData(address, format=alt.JsonDataFormat(property="features"))
    return alt.LookupData(data=data, key="properties.area", fields=["type", "geometry"])


SPOKEN = alt.Description("spoken:N")  # what a screen reader says of a mark: else Vega reads its columns out
PLACE = {"longitude": "lon:Q", "latitude": "lat:Q"}
TIPS = [alt.Tooltip("name:N", title="Gebiet"), alt.Tooltip("shown:N", title="Wert")]


def _shapes(rows: str, address: str) -> Any:
    return named_layer(rows).transform_lookup(lookup="area", from_=_outlines(address), as_=["type", "geometry"])


def _areas(address: str) -> list[Any]:
    """The areas, the borders of what lies across them, and the border of the chosen one."""
    fill = {"color": alt.Color("colour:N", scale=None), "strokeWidth": alt.StrokeWidth("width:Q", scale=None)}
    edge, shapes = alt.Stroke("edge:N", scale=None), _shapes("gebiete", address)
    picked = alt.selection_point(name=PICKED, fields=["area"], empty=False)
    areas = shapes.mark_geoshape(cursor="pointer").encode(stroke=edge, tooltip=TIPS, description=SPOKEN, **fill)
    across = (
        _shapes("raender", address)
        .mark_geoshape(filled=False, strokeWidth=3, strokeDash=[7, 4], aria=False)
        .encode(stroke=alt.Stroke("colour:N", scale=None))
    )
    chosen = shapes.transform_filter("datum.width > 2").mark_geoshape(filled=False, strokeWidth=3.5, aria=False)
    return [areas.add_params(picked), across, chosen.encode(stroke=edge)]


def _signs() -> list[Any]:
    """Marks where there is no figure, what lies on the map, names over all."""
    marks = named_layer("gebiete").mark_text(fontSize=13, aria=False).encode(text="mark:N", **PLACE)
    points = (
        named_layer("punkte")
        .mark_point(size=110, filled=True, stroke="white", strokeWidth=1.2, aria=False)
        .encode(
            color=alt.Color("colour:N", scale=None),
            shape=alt.Shape("shape:N", scale=None),
            tooltip=[alt.Tooltip("layer:N", title="Ebene"), alt.Tooltip("label:N", title="Eintrag")],
            **PLACE,
        )
    )
    text = {"fontSize": 14, "fontWeight": 600, "dy": -13, "lineBreak": "\n", "aria": False}
    halo = named_layer("namen").mark_text(**text, stroke="white", strokeWidth=4, strokeJoin="round")
    names = named_layer("namen").mark_text(**text)
    return [marks, points, halo.encode(text="label:N", **PLACE), names.encode(text="label:N", **PLACE)]


@cache
def map_spec(address: str, height: int = 560) -> Spec:
    """One map; a click on an area chooses it."""
    spec: Spec = (
        alt.layer(*_areas(address), *_signs()).project("mercator").properties(height=height, padding=SIDES).to_dict()
    )
    return spec


@cache
def multiples_spec(address: str, columns: int, width: int = 190, height: int = 170) -> Spec:
    """Small maps beside each other, one a panel, all of one scale."""
    whole = alt.LookupData(data=_outlines(address).data, key="properties.area")
    small = (
        named_layer("gebiete")
        .transform_lookup(lookup="area", from_=whole, as_="geo")
        .mark_geoshape()
        .encode(
            shape=alt.Shape("geo", type="geojson"),
            color=alt.Color("colour:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            strokeWidth=alt.value(0.4),
            tooltip=TIPS,
            description=SPOKEN,
        )
        .project("mercator")
        .properties(width=width, height=height)
    )
    header = alt.Header(title=None, labelFontSize=16, labelFontWeight=600)
    spec: Spec = small.facet(alt.Facet("panel:N", header=header, sort=None), columns=columns).to_dict()
    return spec


def words(value: AreaValue, unit: str, *, signed: bool) -> str:
    """The figure of an area as the map says it."""
    return change_or_figure(value.value, unit, signed=signed) if value.value is not None else show_value(value, unit)


def area_colour(value: AreaValue, used: Scale) -> str:
    """The colour of its class, or that of what has no figure."""
    fixed = {"missing": MISSING, "suppressed": HIDDEN}
    return fixed.get(value.state) or used.colour(value.value)


def area_rows(plan: Plan, panel: Panel, unit: str, chosen: str) -> list[tuple[Any, ...]]:
    """Each area with its figure, colour, mark and border; the chosen one last, so that its border is seen."""
    by_id = {area.id: area for area in plan.areas}
    rows = []
    for value in sorted(panel.found.values, key=lambda v: v.area == chosen):
        area, own = by_id[value.area], value.area == chosen
        edge, width = (CHOSEN, 3.0) if own else ("#aab4bf", 0.8)
        fill, mark = area_colour(value, panel.used), MARKS.get(value.state, "")
        said = words(value, unit, signed=panel.signed)
        rows.append(
            (area.id, area.name, said, fill, mark, area.lon, area.lat, edge, width, panel.title, f"{area.name}: {said}")
        )
    return rows


def _named(plan: Plan, found: Slice, chosen: str) -> list[str]:
    """The areas whose names stand on the map: the lowest, the highest and the chosen; all where they are few."""
    if len(found.values) <= FEW:
        return [value.area for value in found.values]
    known = [value for value in found.values if value.value is not None]
    ends = [min(known, key=_figure).area, max(known, key=_figure).area] if known else []
    return list(dict.fromkeys([*ends, chosen]))


def _figure(value: AreaValue) -> float:
    return value.value or 0.0


def map_rows(
    plan: Plan, panel: Panel, unit: str, chosen: str, lying: Sequence[Spot] = (), drawn: Collection[str] = ()
) -> Rows:
    """What moves on a map: the areas, the names on it, and what is `lying` on it; of that, what has an outline among
    those `drawn` as a border, the rest as a point where its area has one.
    """
    by_id = {area.id: area for area in plan.areas}
    named = [by_id[one] for one in _named(plan, panel.found, chosen) if one in by_id]
    borders = [spot for spot in lying if spot.layer in BORDERED and spot.area in drawn]
    points = [spot for spot in lying if spot not in borders]
    return {
        "gebiete": pd.DataFrame(area_rows(plan, panel, unit, chosen), columns=list(AREA)),
        "raender": pd.DataFrame([(spot.area, SHAPES[spot.layer][1]) for spot in borders], columns=["area", "colour"]),
        "namen": pd.DataFrame(labels([a for a in plan.areas if a.id in panel.areas], named), columns=list(LABEL)),
        "punkte": pd.DataFrame(spot_rows(by_id, points), columns=list(POINT)),
    }


def site_rows(plan: Plan, level: str, chosen: str) -> Rows:
    """A map of a level that only says where an area lies."""
    areas = sorted((area for area in plan.areas if area.level == level), key=lambda area: area.id == chosen)
    rows = []
    for area in areas:
        fill, edge, width = (theme.GRANT, CHOSEN, 3.0) if area.id == chosen else (theme.PALE, "#aab4bf", 0.8)
        rows.append((area.id, area.name, area.name, fill, "", area.lon, area.lat, edge, width, "", area.name))
    few = (
        [(area.lon, area.lat, in_two_lines(area.name)) for area in areas if _placed(area)] if len(areas) <= FEW else []
    )
    empty = {"raender": pd.DataFrame(columns=["area", "colour"]), "punkte": pd.DataFrame(columns=list(POINT))}
    names = pd.DataFrame(few, columns=list(LABEL))
    return {"gebiete": pd.DataFrame(rows, columns=list(AREA)), "namen": names, **empty}


def unplaced(plan: Plan, lying: Iterable[Spot], drawn: Collection[str]) -> tuple[Spot, ...]:
    """What has neither an outline nor a point, so that the map cannot show it."""
    placed = {area.id for area in plan.areas if _placed(area)}
    return tuple(
        spot for spot in lying if spot.area not in placed and not (spot.layer in BORDERED and spot.area in drawn)
    )


def _placed(area: Area) -> bool:
    return area.lon is not None and area.lat is not None


SIGNS = {"Schwerpunkträume": "◆", "Fördergebiete": "■", FORUMS: "┅", "Maßnahmen": "▲", "Veranstaltungen": "●"}
SHAPES: Mapping[str, tuple[str, str]] = {
    "Schwerpunkträume": ("diamond", theme.OWN),
    "Fördergebiete": ("square", theme.THIRD),
    FORUMS: ("cross", theme.CRITICAL),
    "Maßnahmen": ("triangle-up", theme.ASSUMED),
    "Veranstaltungen": ("circle", theme.INK),
}
BORDERED = (*BORDERS, FORUMS)  # layers of areas


def layer_legend(lying: Iterable[Spot]) -> tuple[tuple[str, str, str, int], ...]:
    """Colour, sign and name of each layer on the map, and how much lies in it."""
    layers = [spot.layer for spot in lying]
    return tuple((SHAPES[one][1], SIGNS[one], one, layers.count(one)) for one in dict.fromkeys(layers))


STEP = 0.0035  # degrees between things at one place, so that none hides another


def spot_rows(by_id: Mapping[str, Area], lying: Iterable[Spot]) -> list[tuple[Any, ...]]:
    """What lies on the map, each kind with its own shape; several at one place stand side by side."""
    rows: list[tuple[Any, ...]] = []
    taken: dict[str, int] = {}
    for spot in lying:
        area = by_id.get(spot.area)
        if area is None or not _placed(area):
            continue
        number = taken[spot.area] = taken.get(spot.area, -1) + 1
        shape, colour = SHAPES[spot.layer]
        lon, lat = (area.lon or 0.0) + (number % 4 - 1.5) * STEP * 1.6, (area.lat or 0.0) - (1 + number // 4) * STEP
        rows.append((lon, lat, spot.layer, spot.label, colour, shape))
    return rows
