"""The places and figures of the embedded example: complete, consistent, and as the city publishes them.

The comparison with the city's tables runs only where these lie beside the repository.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ORIGINAL = ROOT / ".." / "shared" / "leipzig"
YEARS = range(2010, 2018)
ORIGINAL_NAMES = {
    "IND-EW": ("Einwohner", "Einwohner insgesamt"),
    "IND-JUGEND": ("Alter", "Jugendquote"),
    "IND-ALTEN": ("Alter", "Altenquote"),
    "IND-ALO": ("Arbeitslose", "Anteil an den Erwerbsfähigen"),
}
AREA_PREFIX = {"stadtbezirk": "SB-", "ortsteil": "OT-"}


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file; every value is text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def areas() -> dict[str, dict[str, str]]:
    """The rows of areas.csv by id."""
    return {row["id"]: row for row in rows_of(ROOT / "data" / "leipzig" / "areas.csv")}


@cache
def values() -> dict[tuple[str, str, int], dict[str, str]]:
    """The rows of indicator_values.csv by indicator, area and year."""
    rows = rows_of(ROOT / "data" / "leipzig" / "indicator_values.csv")
    return {(row["indicator"], row["area"], int(row["year"])): row for row in rows}


def population(area: str, year: int) -> int:
    """Residents of an area at the end of a year."""
    return int(values()["IND-EW", area, year]["value"])


def ids(level: str) -> list[str]:
    """The ids of all places of a level."""
    return [place_id for place_id, row in areas().items() if row["level"] == level]


def children(parent: str) -> list[str]:
    """The ids of all places that name `parent` as theirs."""
    return [place_id for place_id, row in areas().items() if row["parent"] == parent]


def test_each_level_has_its_number_of_places() -> None:
    assert Counter(row["level"] for row in areas().values()) == {
        "Stadt": 1,
        "Stadtgebiet": 4,
        "Stadtbezirk": 10,
        "Ortsteil": 63,
        "Fördergebiet": 3,
    }


def test_ids_are_unique() -> None:
    assert len(rows_of(ROOT / "data" / "leipzig" / "areas.csv")) == len(areas())
    assert len(rows_of(ROOT / "data" / "leipzig" / "indicator_values.csv")) == len(values())


def test_every_place_but_the_city_has_a_parent_of_the_level_above() -> None:
    above = {
        "Stadtgebiet": "Stadt",
        "Stadtbezirk": "Stadtgebiet",
        "Ortsteil": "Stadtbezirk",
        "Fördergebiet": "Stadt",
    }
    assert [place_id for place_id, row in areas().items() if not row["parent"]] == ["L"]
    for place_id, row in areas().items():
        if row["parent"]:
            assert areas()[row["parent"]]["level"] == above[row["level"]], place_id


def test_every_region_has_two_or_three_boroughs() -> None:
    assert {region: len(children(region)) for region in ids("Stadtgebiet")} == {
        "SG-1": 3,
        "SG-2": 2,
        "SG-3": 2,
        "SG-4": 3,
    }


def test_the_first_digit_of_a_district_is_its_borough() -> None:
    for place_id in ids("Ortsteil"):
        row = areas()[place_id]
        assert len(row["code"]) == 2 and place_id == f"OT-{row['code']}"
        assert row["parent"] == f"SB-{row['code'][0]}"


def test_areas_add_up_on_every_level() -> None:
    for place_id in [*ids("Stadtbezirk"), *ids("Stadtgebiet"), "L"]:
        parts = [child for child in children(place_id) if areas()[child]["area_km2"]]
        total = sum(float(areas()[child]["area_km2"]) for child in parts)
        assert float(areas()[place_id]["area_km2"]) == pytest.approx(total, abs=1e-6), place_id


def test_funding_areas_have_no_position() -> None:
    for place_id in ids("Fördergebiet"):
        row = areas()[place_id]
        assert (row["lon"], row["lat"], row["area_km2"]) == ("", "", "")
        assert "Gebietsumriss" in row["note"]


def test_the_grouping_of_boroughs_is_marked_as_assumed() -> None:
    assert {areas()[place_id]["evidence"] for place_id in ids("Stadtgebiet")} == {"assumed"}
    for place_id in ids("Stadtbezirk"):
        assert "parent=assumed" in areas()[place_id]["field_evidence"].split(";")


def test_evidence_words_are_known_and_every_place_names_its_source() -> None:
    known = {"stated", "derived", "external", "assumed"}
    for place_id, row in areas().items():
        marked = [entry.split("=") for entry in row["field_evidence"].split(";") if entry]
        assert row["evidence"] in known and row["source"] and row["visibility"] == "öffentlich", place_id
        assert all(field in row and word in known for field, word in marked), place_id


def test_every_indicator_has_every_place_and_year() -> None:
    expected_areas = ["L", *ids("Stadtbezirk"), *ids("Ortsteil")]
    expected = {(key, area, year) for key in ORIGINAL_NAMES for area in expected_areas for year in YEARS}
    assert set(values()) == expected


def test_a_figure_is_there_exactly_if_its_state_is_value() -> None:
    for key, row in values().items():
        assert row["state"] in {"value", "missing", "suppressed"}, key
        assert bool(row["value"]) == (row["state"] == "value"), key


def test_no_missing_figure_is_coded_as_zero() -> None:
    assert [key for key, row in values().items() if row["value"] and float(row["value"]) <= 0] == []


@pytest.mark.parametrize(("year", "residents"), [(2010, 508_775), (2015, 567_846), (2016, 579_530)])
def test_the_city_has_the_residents_of_the_register(year: int, residents: int) -> None:
    assert population("L", year) == residents


@pytest.mark.parametrize("year", YEARS)
def test_the_city_has_up_to_80_residents_that_no_district_has(year: int) -> None:
    """Persons who are not allocated to a district; the difference is shown, never corrected."""
    assert 0 <= population("L", year) - sum(population(area, year) for area in ids("Ortsteil")) <= 80


def test_the_jump_of_zentrum_in_2015_is_kept() -> None:
    assert [population("OT-00", year) for year in (2014, 2015, 2016)] == [1748, 2283, 1773]


def original(name: str) -> list[dict[str, str]]:
    """The rows of one of the city's tables; skips where it is not there."""
    if not (ORIGINAL / name).exists():
        pytest.skip(f"the city's table {name} is not beside the repository")
    return rows_of(ORIGINAL / name)


def test_districts_are_those_of_the_city() -> None:
    fields = ("code", "name", "lon", "lat", "area_km2")
    ours = [tuple(areas()[place_id][field] for field in fields) for place_id in ids("Ortsteil")]
    assert ours == [tuple(row[field] for field in fields) for row in original("ortsteile.csv")]


def test_figures_are_those_of_the_city_to_two_decimals() -> None:
    indicator_of = {name: key for key, name in ORIGINAL_NAMES.items()}
    checked = 0
    for row in original("indicators_long.csv"):
        indicator = indicator_of.get((row["group"], row["indicator"]))
        if indicator is None or int(row["year"]) not in YEARS:
            continue
        area = "L" if row["level"] == "stadt" else AREA_PREFIX[row["level"]] + row["code"]
        ours = values()[indicator, area, int(row["year"])]["value"]
        assert float(ours) == pytest.approx(float(row["value"]), abs=0.005 + 1e-9), (indicator, area)
        checked += 1
    assert checked == len(values())
