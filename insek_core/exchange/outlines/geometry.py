"""The geometry of outlines: are they sound, do neighbours share their borders, and how few points draw them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import cos, radians
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.validation import explain_validity

from insek_core.exchange.outlines.features import AGAIN, TRANSFORM, Feature, LonLat, Told, points_of
from insek_core.plan.errors import Problem
from insek_core.plan.german import show_list, show_number

MOST_DRAWN = 190_000  # bytes of all outlines of a level: what the browser is sent at once
TOLERANCES = (0.0, 2e-5, 5e-5, 1e-4, 2e-4, 4e-4, 8e-4, 2e-3, 5e-3, 2e-2)  # degrees; 1e-4 is about ten metres
SMALLEST_HA, LARGEST_GAP_HA = 0.001, 20.0  # hectares: less is rounding; a larger hole may be a lake or another town
DIGITS = 5  # a metre
METRES = 111_195.0  # of a degree of latitude
NEAR = 1.0  # degrees from the points of the plan's areas
MOST_PAIRS, MOST_TOLD = 500, 20  # pairs of neighbours that are looked at, and told
BORDER = "Bitte die gemeinsame Grenze in der Quelle berichtigen."
SWAP = "Bitte „Achsen tauschen“ wählen oder die Datei mit Länge vor Breite ausgeben."


def check_degrees(features: list[Feature]) -> None:
    """Refuse coordinates that are no degrees: nothing is transformed here."""
    if any(abs(x) > 180 or abs(y) > 180 for x, y in points_of(features)):
        raise Problem("Die Koordinaten sind keine Grad, vermutlich Meter eines amtlichen Bezugssystems.", TRANSFORM)


def swapped(features: list[Feature]) -> None:
    """Latitude and longitude exchanged, in place."""
    for feature in features:
        feature.polygons = [[[(y, x) for x, y in ring] for ring in part] for part in feature.polygons]


def axes_told(features: list[Feature], points: Sequence[LonLat]) -> list[Told]:
    """Whether the axes are in order: the middle of the outlines must lie near the points of the plan's areas (where it
    has none, in Germany).
    """
    every = np.array(list(points_of(features)))
    x, y = (float(np.median(every[:, n])) for n in (0, 1))
    known = np.array(points) if points else np.array([(5.5, 47.2), (15.2, 55.1)])
    low, high = known.min(axis=0) - NEAR, known.max(axis=0) + NEAR

    def near(lon: float, lat: float) -> bool:
        return bool(low[0] <= lon <= high[0] and low[1] <= lat <= high[1])

    if near(x, y):
        return []
    if near(y, x):
        return [("error", "Die Achsen sind vertauscht: Die Datei nennt die Breite vor der Länge.", SWAP)]
    where = f"{show_number(x, 2)}° Länge, {show_number(y, 2)}° Breite"
    return [
        (
            "error",
            f"Die Umrisse liegen nicht bei den Gebieten der Planung ({where}).",
            "Bitte Datei und Bezugssystem prüfen.",
        )
    ]


def shape_of(feature: Feature) -> Any:
    """The polygons of a feature as one geometry."""
    parts = [Polygon(part[0], part[1:]) for part in feature.polygons]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def soundness(titles: Sequence[str], shapes: Sequence[Any]) -> list[Told]:
    """What is wrong with a border by itself: it crosses itself, or encloses nothing."""
    told: list[Told] = []
    for title, shape in zip(titles, shapes, strict=True):
        if shape.is_empty or not shape.convex_hull.area:
            told.append(("error", f"{title}: Der Umriss schließt keine Fläche ein.", AGAIN))
        elif not shape.is_valid:
            reason = explain_validity(shape)
            where = reason.partition("[")[2].rstrip("]").replace(" ", " / ")
            kind = "kreuzt sich selbst" if "elf-intersection" in reason else "ist in sich fehlerhaft"
            told.append(
                (
                    "error",
                    f"{title}: Die Grenze {kind} (bei {where[:40]}).",
                    "Bitte die Grenze in der Quelle berichtigen.",
                )
            )
    return told


def _hectares(area: float, lat: float) -> float:
    return area * METRES * METRES * cos(radians(lat)) / 10_000


def neighbours(titles: Sequence[str], shapes: Sequence[Any]) -> Iterable[Told]:
    """Overlaps and gaps between neighbours: borders that cross one another, and holes between areas."""
    if len(shapes) < 2:
        return
    lat = shapes[0].centroid.y
    told = [] if shapely.coverage_is_valid(shapes) else [*_overlaps(titles, shapes, lat)]
    told += _gaps(titles, shapes, lat)
    yield from told[:MOST_TOLD]
    if len(told) > MOST_TOLD:
        yield "warning", "Weitere Nachbarn haben Lücken oder Überlappungen.", BORDER


def _overlaps(titles: Sequence[str], shapes: Sequence[Any], lat: float) -> Iterator[Told]:
    """The pairs of areas whose borders cross, told until there are too many."""
    edges = shapely.coverage_invalid_edges(shapes)
    at = [n for n, edge in enumerate(edges) if not edge.is_empty]
    tree = shapely.STRtree([shapes[n] for n in at])
    pairs = ((at[one], at[other]) for one, other in tree.query([shapes[n] for n in at], predicate="intersects").T)
    for first, last in islice((pair for pair in pairs if pair[0] < pair[1]), MOST_PAIRS):
        both = _hectares(shapely.intersection(shapes[first], shapes[last]).area, lat)
        if both > SMALLEST_HA:
            yield "warning", f"{titles[first]} und {titles[last]} überlappen sich um {show_number(both, 2)} ha.", BORDER


def _gaps(titles: Sequence[str], shapes: Sequence[Any], lat: float) -> Iterator[Told]:
    """The small holes in what all areas cover together, with the areas around each."""
    whole: Any = shapely.union_all(shapes)
    parts = [whole] if whole.geom_type == "Polygon" else list(getattr(whole, "geoms", ()))
    holes = [Polygon(ring) for part in parts if part.geom_type == "Polygon" for ring in part.interiors]
    tree = shapely.STRtree(shapes)
    for hole in holes[:MOST_PAIRS]:
        size = _hectares(hole.area, lat)
        around = [titles[n] for n in tree.query(hole, predicate="intersects")]
        if SMALLEST_HA < size < LARGEST_GAP_HA and len(around) > 1:
            yield "warning", f"Zwischen {show_list(around[:5])} ist eine Lücke von {show_number(size, 2)} ha.", BORDER


def _geometry(shape: Any) -> dict[str, Any]:
    """The shape as GeoJSON in whole metres, outer rings clockwise: so Vega draws the inside."""

    def ring(points: Iterable[tuple[float, ...]]) -> list[list[float]]:
        kept: list[list[float]] = []
        for x, y in points:
            point = [round(x, DIGITS), round(y, DIGITS)]
            if not kept or kept[-1] != point:
                kept.append(point)
        return kept

    parts = [shape] if shape.geom_type == "Polygon" else list(shape.geoms)
    drawn = []
    for part in parts:
        rings = [ring(one.coords) for one in (part.exterior, *part.interiors)]
        drawn += [[one for one in rings if len(one) >= 4]] if len(rings[0]) >= 4 else []
    if len(drawn) == 1:
        return {"type": "Polygon", "coordinates": drawn[0]}
    return {"type": "MultiPolygon", "coordinates": drawn}


def simplified(shapes: Sequence[Any]) -> tuple[list[dict[str, Any]], float]:
    """Geometries that are drawn, with as few points as it takes to stay below the bytes that are sent, and the
    tolerance in degrees; neighbours keep their shared borders. Raises Problem where no tolerance suffices.
    """
    for tolerance in TOLERANCES:
        made = shapely.coverage_simplify(shapes, tolerance) if tolerance else np.array(shapes, dtype=object)
        drawn = [_geometry(shape) for shape in shapely.orient_polygons(made, exterior_cw=True)]
        if all(one["coordinates"] for one in drawn) and len(json.dumps(drawn, separators=(",", ":"))) <= MOST_DRAWN:
            return drawn, tolerance
    raise Problem(
        "Die Umrisse haben zu viele Teile, um gezeichnet zu werden.",
        "Bitte vereinfachen oder je Ebene eine Datei einlesen.",
    )
