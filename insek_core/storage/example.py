"""The embedded example: the council paper as one CSV a table, with statistics and the schematic map."""

import csv
import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import decode_plan
from insek_core.plan.errors import InsekError
from insek_core.rules.places.areas import Outline
from insek_core.storage.problems import GONE, StoreProblem
from insek_core.storage.store import Store

DATA = Path(__file__).resolve().parents[2] / "data"
REASON = "Ratsvorlage zur Fortschreibung des INSEK als Daten angelegt"


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def example_plan() -> Plan:
    """The council paper as a plan. Raises InsekError if a file of the example cannot be read: that is our fault."""
    plan, findings = decode_plan({table: _csv(DATA / "leipzig" / f"{table}.csv") for table in TABLES})
    if findings:
        raise InsekError("example does not read", where="data/", got=[f.message for f in findings])
    return plan


def example_values() -> list[tuple[Any, ...]]:
    """The example's statistics: indicator, area, year, value or None, state."""
    rows = _csv(DATA / "leipzig" / "indicator_values.csv")
    return [
        (r["indicator"], r["area"], int(r["year"]), float(r["value"]) if r["value"] else None, r["state"]) for r in rows
    ]


def schematic_outlines() -> list[Outline]:
    """The map of our own, made by data/leipzig/schematic_map.py."""
    collection = json.loads((DATA / "leipzig" / "outlines_schematic.geojson").read_text(encoding="utf-8"))
    return [
        Outline(
            feature["properties"]["area"],
            feature["geometry"],
            "schematic",
            "eigene Darstellung",
            "schematisch, keine amtlichen Grenzen",
        )
        for feature in collection["features"]
    ]


@cache
def paper_lines() -> tuple[str, ...]:
    """The council paper line by line, so that a cited line can be read where it is cited; line 1 is at index 0."""
    return tuple((DATA / "leipzig" / "vorlage.txt").read_text(encoding="utf-8").splitlines())


def create_example(path: str | Path) -> Store:
    """A new database holding the example as version 1."""
    return Store.create(
        path, example_plan(), author="Beispiel", reason=REASON, values=example_values(), outlines=schematic_outlines()
    )


_seen: set[Path] = set()  # the databases this process has opened
_opening = Lock()


def open_or_create(path: str | Path) -> Store:
    """The database at a path; where there never was one the example is made. Raises StoreProblem where one was there
    before: what somebody has removed is not replaced in silence.
    """
    place = Path(path).absolute()
    with _opening:
        if not place.exists():
            if place in _seen:
                raise StoreProblem(GONE[0].format(place.name), GONE[1])
            try:
                create_example(path).close()
            except StoreProblem:
                if not place.exists():  # else another process was first
                    raise
        _seen.add(place)
    return Store(path)
