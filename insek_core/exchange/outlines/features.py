"""The features of a GeoJSON file as plain rings, before any geometry is computed: what is one, in which coordinates."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any, NoReturn

from insek_core.plan.errors import Problem
from insek_core.plan.german import quoted, show_number

MAX_FILE, MAX_FEATURES, MAX_POINTS = 60 * 2**20, 20_000, 2_000_000
DEGREES = ("CRS84", "4326", "4258")  # ETRS89 differs from WGS84 by less than a metre
TRANSFORM = "Bitte in einem Kartenprogramm als GeoJSON in WGS84 (EPSG:4326) speichern, Länge vor Breite."
AGAIN = "Bitte die Datei neu ausgeben lassen."
LonLat = tuple[float, float]
Ring = list[LonLat]
Told = tuple[str, str, str]  # level, message, remedy


@dataclass
class Feature:
    """One feature: its properties as texts (its own id among them), its polygons as rings, and the geometry as it
    stands in the file.
    """

    number: int
    words: dict[str, str]
    polygons: list[list[Ring]]
    original: str

    @property
    def title(self) -> str:
        """How a finding names it: by a name it carries, else by its place in the file."""
        told = next((v for key, v in self.words.items() if "name" in key.lower() and v), "")
        return quoted(told) if told else f"Merkmal {self.number}"


def _constant(text: str) -> NoReturn:
    raise ValueError(text)


def _json(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_FILE:
        raise Problem(f"Die Datei ist größer als {MAX_FILE // 2**20} MB.", "Bitte die Umrisse vereinfachen.")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise Problem("Die Datei ist kein lesbares JSON; sie ist beschädigt oder abgeschnitten.", AGAIN) from error
    if not isinstance(found, dict):
        raise Problem("Die Datei ist kein GeoJSON.", AGAIN)
    return found


def _members(found: dict[str, Any]) -> list[Any]:
    kind = found.get("type")
    if kind == "Topology":
        raise Problem("Das ist TopoJSON; gelesen wird GeoJSON.", TRANSFORM)
    features = found.get("features") if kind == "FeatureCollection" else [found] if kind == "Feature" else None
    if not isinstance(features, list):
        raise Problem("Das ist kein GeoJSON mit einzelnen Gebieten (FeatureCollection).", AGAIN)
    if not features or len(features) > MAX_FEATURES:
        raise Problem(
            f"Die Datei hat {show_number(len(features))} Gebiete.", f"Gelesen werden 1 bis {show_number(MAX_FEATURES)}."
        )
    return features


def _check_system(found: dict[str, Any]) -> None:
    """Refuse a coordinate system other than degrees: nothing is transformed here."""
    stated = found.get("crs")
    properties = stated.get("properties") if isinstance(stated, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if name and not name.endswith(DEGREES):
        raise Problem(f"Die Koordinaten sind in einem anderen Bezugssystem: {quoted(name)}.", TRANSFORM)


def _point(found: Any) -> LonLat:
    if not isinstance(found, list) or len(found) < 2:
        raise ValueError
    x, y = found[:2]
    if isinstance(x, bool) or isinstance(y, bool) or not isinstance(x, int | float) or not isinstance(y, int | float):
        raise ValueError
    if not (isfinite(x) and isfinite(y)):
        raise ValueError
    return float(x), float(y)


def _polygons(geometry: Any) -> list[list[Ring]] | None:
    """The polygons of a geometry as rings; None where it is none."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return None
    parts = geometry.get("coordinates")
    parts = [parts] if geometry["type"] == "Polygon" else parts
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        return None
    try:
        return [[[_point(p) for p in ring] for ring in part] for part in parts if part]
    except (ValueError, TypeError, OverflowError):
        return None


def _words(found: dict[str, Any]) -> dict[str, str]:
    properties = found.get("properties")
    own = {"id": found["id"]} if "id" in found else {}
    every = {**(properties if isinstance(properties, dict) else {}), **own}
    plain = {str(k)[:60]: v for k, v in every.items() if isinstance(v, str | int | float) and not isinstance(v, bool)}
    return {
        key: str(int(v) if isinstance(v, float) and isfinite(v) and v == int(v) else v).strip()[:200]
        for key, v in plain.items()
    }


def features_of(data: bytes) -> tuple[list[Feature], list[Told]]:
    """The features that are polygons, and what is to be said of the others. Raises Problem in German for a file that
    is no GeoJSON in degrees.
    """
    found = _json(data)
    _check_system(found)
    features, told, points = [], [], 0
    for number, one in enumerate(_members(found), 1):
        if not isinstance(one, dict):
            raise Problem(f"Das Merkmal {number} ist kein GeoJSON.", AGAIN)
        geometry = one.get("geometry")
        polygons = _polygons(geometry)
        feature = Feature(number, _words(one), polygons or [], json.dumps(geometry, separators=(",", ":")))
        points += sum(len(ring) for part in feature.polygons for ring in part)
        if points > MAX_POINTS:
            raise Problem(f"Die Umrisse haben mehr als {show_number(MAX_POINTS)} Punkte.", "Bitte vereinfachen.")
        if not geometry or polygons == []:
            told.append(("error", f"{feature.title} hat keinen Umriss.", AGAIN))
        elif polygons is None:
            told.append(("error", f"{feature.title} ist keine Fläche oder hat unlesbare Koordinaten.", AGAIN))
        else:
            features.append(feature)
    return features, told


def points_of(features: list[Feature]) -> Iterator[LonLat]:
    """Every point of every ring."""
    return (point for feature in features for part in feature.polygons for ring in part for point in ring)


def close_rings(features: list[Feature]) -> list[Told]:
    """Close the rings that are open; what is told of them, and of rings that enclose nothing."""
    told: list[Told] = []
    for feature in features:
        rings = [ring for part in feature.polygons for ring in part]
        for ring in (ring for ring in rings if ring and ring[0] != ring[-1]):
            ring.append(ring[0])
            told.append(
                (
                    "warning",
                    f"{feature.title}: Der Umriss ist nicht geschlossen; er wurde geschlossen.",
                    "Bitte prüfen.",
                )
            )
        if any(len(set(ring)) < 3 for ring in rings):
            told.append(("error", f"{feature.title}: Ein Umriss hat weniger als drei Punkte.", AGAIN))
    return told
