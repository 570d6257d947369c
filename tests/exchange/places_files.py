"""A town of five areas, and the files of statistics and outlines that tests read into it."""

import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from insek_core.exchange.outlines.proposal import OutlineChoice, OutlineProposal, propose_outlines
from insek_core.exchange.statistics.choosing import StatisticsChoice
from insek_core.exchange.statistics.proposal import StatisticsProposal, propose_statistics
from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator
from insek_core.storage.store import Store

ON = date(2024, 6, 1)
AREAS = (
    ("S", "Neustadt", "N", "Stadt"),
    ("B-1", "Mitte", "1", "Stadtbezirk"),
    ("O-00", "Kern", "00", "Ortsteil"),
    ("O-07", "Aue", "07", "Ortsteil"),
    ("O-12", "Mitte", "12", "Ortsteil"),
)
TOWN = Plan(
    areas=tuple(
        Area(id=one, name=name, code=code, level=level, lon=12.0 + n / 100, lat=51.0, area_km2=2.0, evidence="stated")
        for n, (one, name, code, level) in enumerate(AREAS)
    ),
    indicators=(
        Indicator(id="IND-EW", name="Einwohner", measure_kind="Zahl", evidence="stated"),
        Indicator(id="IND-Q", name="Jugendquote", measure_kind="Rate", evidence="stated"),
    ),
)


def town(folder: Path) -> Store:
    """The town in a database of its own."""
    return Store.create(folder / "town.sqlite", TOWN, author="A", reason="r")


def csv(*rows: str, ending: str = "\n", encoding: str = "utf-8") -> bytes:
    """Lines as a file."""
    return (ending.join(rows) + ending).encode(encoding)


def xlsx(rows: Sequence[Sequence[Any]], title: str = "Tabelle1") -> bytes:
    """Rows as a workbook."""
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def read(store: Store, data: bytes, name: str = "Einwohner.csv", **choice: Any) -> StatisticsProposal:
    """What a file of statistics would change."""
    return propose_statistics(store, name, data, on=ON, choice=StatisticsChoice(**choice))


def said(found: StatisticsProposal | OutlineProposal, level: str = "") -> str:
    """Every finding (of a level) as one text."""
    return "\n".join(f"{f.message} {f.remedy}" for f in found.findings if f.level == level or not level)


def square(x: float, y: float, size: float = 0.01) -> list[list[float]]:
    """A closed ring, counter-clockwise."""
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def outline(ring: Sequence[Any], **properties: Any) -> dict[str, Any]:
    """A feature of one ring."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def three() -> list[dict[str, Any]]:
    """The outlines of the three Ortsteile, side by side."""
    areas = [area for area in AREAS if area[3] == "Ortsteil"]
    return [outline(square(12.0 + n / 100, 51.0), code=code, name=name) for n, (_, name, code, _) in enumerate(areas)]


def geojson(features: Any, **members: Any) -> bytes:
    """Features as a file."""
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def drawn(store: Store, data: bytes, **choice: Any) -> OutlineProposal:
    """What a file of outlines would change."""
    return propose_outlines(store, "umrisse.geojson", data, choice=OutlineChoice(**{"vintage": "2018", **choice}))
