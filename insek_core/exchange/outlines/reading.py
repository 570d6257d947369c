"""A GeoJSON file as outlines of the plan's areas: parsed, matched, checked and simplified in the process of foreign
files (`parsers.py`); plain values come out.
"""

import json
from typing import Any

from insek_core.exchange.outlines.features import close_rings, features_of
from insek_core.exchange.outlines.geometry import (
    axes_told,
    check_degrees,
    neighbours,
    shape_of,
    simplified,
    soundness,
    swapped,
)
from insek_core.exchange.outlines.matching import match_features


def parse_outlines(question: str, data: bytes) -> dict[str, Any]:
    """The outlines a file holds for the areas of a plan: `level`, `outlines` (area, geometry to draw, geometry as it
    was published), `tolerance` and `told` (level, message, remedy). With an error there are no outlines.

    The question is JSON: `areas` (id, code, name, level), `points` (lon, lat), `level` (empty: found) and `swap`.
    Raises Problem in German for a file that is no GeoJSON in degrees.
    """
    asked = json.loads(question)
    features, told = features_of(data)
    if features:
        check_degrees(features)
        if asked["swap"]:
            swapped(features)
        told += axes_told(features, [tuple(point) for point in asked["points"]])
        told += close_rings(features)
    found = match_features(features, [tuple(area) for area in asked["areas"]], asked["level"])
    told += found.told
    answer = {"level": found.level, "outlines": [], "tolerance": 0.0, "told": told}
    if any(level == "error" for level, _, _ in told):
        return answer
    titles = [feature.title for feature in found.features.values()]
    shapes = [shape_of(feature) for feature in found.features.values()]
    told += soundness(titles, shapes)
    if any(level == "error" for level, _, _ in told):
        return answer
    told += neighbours(titles, shapes)
    drawn, tolerance = simplified(shapes)
    every = zip(found.features.items(), drawn, strict=True)
    outlines = [(area, geometry, feature.original) for (area, feature), geometry in every]
    return {**answer, "outlines": outlines, "tolerance": tolerance}
