"""What lies embedded in data/: the examples, one CSV a table with the paper they come from, statistics and a map."""

import csv
import json
from pathlib import Path
from typing import Any

from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import decode_plan
from insek_core.plan.errors import InsekError
from insek_core.rules.places.areas import Outline

DATA = Path(__file__).resolve().parents[2] / "data"
EXAMPLES = ("leipzig", "musterstadt")  # their folders
FIRST = EXAMPLES[0]


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by their headings."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def example_plan(name: str = FIRST) -> Plan:
    """An example as a plan. Raises InsekError if a file of it cannot be read: that is our fault."""
    folder = DATA / name
    files = {table: folder / f"{table}.csv" for table in TABLES}
    plan, findings = decode_plan({table: csv_rows(path) for table, path in files.items() if path.exists()})
    if findings:
        raise InsekError("example does not read", where=name, got=[f.message for f in findings])
    return plan


def example_values(name: str = FIRST) -> list[tuple[Any, ...]]:
    """The statistics of an example: indicator, area, year, value or None, state."""
    rows = csv_rows(DATA / name / "indicator_values.csv")
    return [
        (r["indicator"], r["area"], int(r["year"]), float(r["value"]) if r["value"] else None, r["state"]) for r in rows
    ]


def schematic_outlines(name: str = FIRST) -> list[Outline]:
    """The map of our own of an example, made by a script beside it where there is one."""
    collection = json.loads((DATA / name / "outlines_schematic.geojson").read_text(encoding="utf-8"))
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


def example_paper(name: str = FIRST) -> str:
    """The council paper an example comes from, so that a cited line can be read where it is cited; empty if none."""
    path = DATA / name / "vorlage.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""
