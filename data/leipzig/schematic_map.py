"""Make the schematic district map of Leipzig: computed from points and areas, no official borders.

Run ``python data/leipzig/schematic_map.py``: it reads ``areas.csv`` beside this file and writes
``outlines_schematic.geojson``. Rule: RULES §4, "Outlines". The steps:

1. outer shape: a disc of each district's area around its point; their union is closed by 1 km, its holes are
   filled, and it is grown until it has the area of the city;
2. inside it a power diagram (a Voronoi diagram with a weight per point), whose weights are iterated until
   every cell has the area of its district;
3. all borders are noded on the grid of the fifth decimal, so that neighbours share their vertices exactly;
4. the cells of a Stadtbezirk, and those of a Stadtgebiet, are merged into one polygon each.

Surprise: the areas are right, the positions approximate; three of the 63 cells miss the point of their
district, by 235 m at most. A cell in several parts is an error, not repaired: with these points none is.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

FOLDER = Path(__file__).resolve().parent
AREAS_FILE = FOLDER / "areas.csv"
OUTPUT_FILE = FOLDER / "outlines_schematic.geojson"

CLOSING_M = 1_000.0  # RULES §4: "close the shape by 1 km and fill holes"
OUTER_TOLERANCE_M = 25.0  # simplification of the outer shape, before any border is drawn in it
STEP = 0.5  # RULES §4: "step 0.5, damped"; 1 would be the full correction of a hexagonal cell
HEXAGON_SLOPE = math.sqrt(3)  # square metres that a regular hexagonal cell gains per square metre of weight
ROUNDS = 200  # RULES §4: "100-200 rounds"
TOLERANCE_SHARE = 0.02  # RULES §4: every cell has its district's area "within 2 %"
DECIMALS = 5  # RULES §4; about one metre

NAME = "Schematische Karte – keine amtlichen Grenzen"
DESCRIPTION = (
    "Schematische Karte – keine amtlichen Grenzen. Berechnet allein aus Punkt und Fläche der 63 Ortsteile: "
    "Die Außenform ist die Vereinigung von Kreisen um die Ortsteilpunkte, geschlossen um 1 km und vergrößert "
    "auf die Fläche der Stadt. Darin liegt ein gewichtetes Voronoi-Diagramm (Power-Diagramm); seine Gewichte "
    "sind so bestimmt, dass jede Zelle auf 2 % genau die Fläche ihres Ortsteils hat. Stadtbezirke und "
    "Stadtgebiete sind die Vereinigung ihrer Zellen; die Zuordnung der Bezirke zu den vier Stadtgebieten "
    "ist angenommen. Punkte und Flächen: Stadt Leipzig, Amt für Statistik und Wahlen (LIS), dl-de/by-2-0."
)


@dataclass(frozen=True)
class Place:
    """One row of ``areas.csv``: point in degrees (WGS84), area in square kilometres."""

    id: str
    name: str
    level: str
    parent: str
    lon: float
    lat: float
    area_km2: float


@dataclass(frozen=True)
class Projection:
    """Degrees to local metres and back: equirectangular around a centre on WGS84."""

    lon: float
    lat: float

    def metres_per_degree(self) -> np.ndarray:
        """Give the length in metres of one degree of longitude and one of latitude at the centre."""
        axis_m, e2 = 6_378_137.0, 0.006_694_379_990_14
        phi = math.radians(self.lat)
        root = math.sqrt(1 - e2 * math.sin(phi) ** 2)
        east, north = axis_m / root * math.cos(phi), axis_m * (1 - e2) / root**3
        return np.radians([east, north])

    def to_metres(self, degrees: np.ndarray) -> np.ndarray:
        """Turn rows of (lon, lat) in degrees into rows of (east, north) in metres from the centre."""
        return np.asarray((degrees - [self.lon, self.lat]) * self.metres_per_degree())

    def to_degrees(self, metres: np.ndarray) -> np.ndarray:
        """Turn rows of (east, north) in metres into rows of (lon, lat) in degrees."""
        return np.asarray(metres / self.metres_per_degree() + [self.lon, self.lat])


def read_places(path: Path) -> list[Place]:
    """Read the places that have a point, in file order; Fördergebiete without one are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["lon"]]
    numbers = ("lon", "lat", "area_km2")
    return [
        Place(row["id"], row["name"], row["level"], row["parent"], *(float(row[key]) for key in numbers))
        for row in rows
    ]


def solid(shape: BaseGeometry) -> Polygon:
    """Give the largest part of a shape without its holes."""
    return Polygon(max(shapely.get_parts(shape), key=shapely.area).exterior)


def whole(shape: BaseGeometry) -> Polygon:
    """Give the shape itself if it is one polygon without holes, else raise ValueError."""
    if not isinstance(shape, Polygon) or shape.interiors or shape.is_empty:
        raise ValueError(f"got {shape.wkt[:80]}, allowed is one polygon without holes")
    return shape


def outer_shape(points: np.ndarray, areas: np.ndarray) -> Polygon:
    """Draw the city's outline in metres: discs of the districts' areas, closed by 1 km, with the total area.

    Rule: RULES §4. The radius of a disc is √(area/π); the discs overlap, so the union is smaller than the
    city and the outline has to be grown.
    """
    discs = [Point(xy).buffer(math.sqrt(area / math.pi)) for xy, area in zip(points, areas, strict=True)]
    closed = shapely.union_all(discs).buffer(CLOSING_M).buffer(-CLOSING_M)
    return grown_to(solid(closed), float(areas.sum()))


def grown_to(shape: Polygon, area_m2: float) -> Polygon:
    """Widen or shrink a shape evenly (by 5 km at most) until its area is `area_m2`, by bisection."""
    low, high = -5_000.0, 5_000.0
    for _ in range(50):
        middle = (low + high) / 2
        small = solid(shape.buffer(middle).simplify(OUTER_TOLERANCE_M)).area < area_m2
        low, high = (middle, high) if small else (low, middle)
    return solid(shape.buffer(high).simplify(OUTER_TOLERANCE_M))


def clipped(ring: list[tuple[float, float]], a: float, b: float, c: float) -> list[tuple[float, float]]:
    """Give the part of a convex ring (not closed) where a·x + b·y ≤ c; empty if there is none."""
    result: list[tuple[float, float]] = []
    sides = [a * x + b * y - c for x, y in ring]
    for k, (x, y) in enumerate(ring):
        (x0, y0), side0, side = ring[k - 1], sides[k - 1], sides[k]
        if (side0 < 0 < side) or (side < 0 < side0):
            t = side0 / (side0 - side)
            result.append((x0 + t * (x - x0), y0 + t * (y - y0)))
        if side <= 0:
            result.append((x, y))
    return result


def power_cell(i: int, points: np.ndarray, weights: np.ndarray, frame_m: float) -> list[tuple[float, float]]:
    """Give the ring of the power cell of point i in metres, cut off at `frame_m`; not closed, empty if none.

    A place belongs to the point with the least power distance: squared distance minus weight.
    """
    power = (points**2).sum(axis=1) - weights
    near = np.argsort(((points - points[i]) ** 2).sum(axis=1), kind="stable")
    ring = [(-frame_m, -frame_m), (frame_m, -frame_m), (frame_m, frame_m), (-frame_m, frame_m)]
    for j in near[1:]:
        a, b = 2 * (points[j] - points[i])
        ring = clipped(ring, float(a), float(b), float(power[j] - power[i]))
        if not ring:
            break
    return ring


def cells_of(points: np.ndarray, weights: np.ndarray, outer: Polygon) -> list[BaseGeometry]:
    """Cut the outer shape (metres) into the power cells of the points, in their order; they fill it."""
    frame_m = 2 * float(np.abs(outer.bounds).max())
    rings = [power_cell(i, points, weights, frame_m) for i in range(len(points))]
    return list(shapely.intersection([Polygon(ring) for ring in rings], outer))


def fitted_cells(points: np.ndarray, areas: np.ndarray, outer: Polygon) -> list[Polygon]:
    """Give the power cells (metres) whose areas are `areas` (square metres) within 2 %, or raise ValueError.

    Rule: RULES §4. A weight is a squared radius in m²; it starts as that of the district's disc and
    is corrected by half of what a hexagonal cell would need. A larger step oscillates.
    """
    weights = areas / math.pi
    for _ in range(ROUNDS):
        got = shapely.area(cells_of(points, weights, outer))
        weights = weights + STEP / HEXAGON_SLOPE * (areas - got)
    cells = [whole(cell) for cell in cells_of(points, weights, outer)]
    error = float(np.abs(shapely.area(cells) / areas - 1).max())
    if error > TOLERANCE_SHARE:
        raise ValueError(f"areas: got an error of {error:.1%}, allowed is {TOLERANCE_SHARE:.0%}")
    return cells


def on_grid(cells: Sequence[Polygon], projection: Projection) -> list[Polygon]:
    """Turn cells from metres to degrees on the grid of the fifth decimal, in the same order.

    All borders are noded together on that grid, and the faces are built anew from them: neighbours have every
    vertex of their common border in common, without gap or overlap.
    """
    degrees = [Polygon(projection.to_degrees(np.asarray(cell.exterior.coords))) for cell in cells]
    borders = shapely.union_all([cell.exterior for cell in degrees], grid_size=10.0**-DECIMALS)
    faces = shapely.get_parts(shapely.polygonize([borders]))
    return [whole(faces[shapely.area(shapely.intersection(faces, cell)).argmax()]) for cell in degrees]


def merged(parents: Sequence[str], shapes: Sequence[Polygon]) -> dict[str, Polygon]:
    """Join the shapes of each parent into one polygon; they share their vertices, so no sliver can remain."""
    pairs = list(zip(parents, shapes, strict=True))
    groups = {parent: [shape for other, shape in pairs if other == parent] for parent in parents}
    return {parent: whole(shapely.coverage_union_all(group)) for parent, group in groups.items()}


def shapes_of(places: Sequence[Place]) -> dict[str, Polygon]:
    """Draw every Ortsteil, Stadtbezirk and Stadtgebiet: polygons in degrees by id of the place."""
    city = next(place for place in places if place.level == "Stadt")
    districts = [place for place in places if place.level == "Ortsteil"]
    projection = Projection(city.lon, city.lat)
    points = projection.to_metres(np.array([[place.lon, place.lat] for place in districts]))
    areas = np.array([place.area_km2 * 1e6 for place in districts])
    cells = on_grid(fitted_cells(points, areas, outer_shape(points, areas)), projection)
    boroughs = merged([place.parent for place in districts], cells)
    parent = {place.id: place.parent for place in places}
    regions = merged([parent[id_] for id_ in boroughs], list(boroughs.values()))
    return {place.id: cell for place, cell in zip(districts, cells, strict=True)} | boroughs | regions


def feature(place: Place, shape: Polygon) -> dict[str, Any]:
    """Write one place as a GeoJSON feature: lon before lat, ring closed and counter-clockwise (RFC 7946)."""
    ring = orient(shapely.normalize(shape), sign=1.0).exterior.coords
    coordinates = [[[round(lon, DECIMALS), round(lat, DECIMALS)] for lon, lat in ring]]
    return {
        "type": "Feature",
        "properties": {"area": place.id, "name": place.name, "kind": "schematic"},
        "geometry": {"type": "Polygon", "coordinates": coordinates},
    }


def geojson(places: Sequence[Place]) -> str:
    """Give the whole file as text, one feature a line, in the order of the places."""
    shapes = shapes_of(places)
    features = [feature(place, shapes[place.id]) for place in places if place.id in shapes]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features)
    head = {"type": "FeatureCollection", "name": NAME, "description": DESCRIPTION}
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [\n{lines}\n]}}\n'


def main(areas_file: Path = AREAS_FILE, output_file: Path = OUTPUT_FILE) -> None:
    """Read the places from `areas_file` and write the map to `output_file` (about four seconds)."""
    output_file.write_text(geojson(read_places(areas_file)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
