"""The map says what the file says, district by district, in legend and table too; what lies on it; changes."""

import csv
import re
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from screen import Row, Screen, plain

ROOT = Path(__file__).resolve().parents[2]


def rows_of(screen: Screen, dataset: str = "gebiete") -> list[Row]:
    """The rows that the first picture with such a dataset was sent."""
    charts = (chart.proto for chart in screen.at.get("vega_lite_chart"))
    found = next(one for chart in charts for one in chart.datasets if one.name == dataset)
    return [dict(row) for row in pa.ipc.open_stream(found.data.data).read_all().to_pylist()]


def in_file(indicator: str, year: int) -> dict[str, float]:
    """The values of the districts as the example's file has them."""
    with (ROOT / "data" / "leipzig" / "indicator_values.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if (row["indicator"], row["year"]) == (indicator, str(year))]
    return {row["area"]: float(row["value"]) for row in rows if row["area"].startswith("OT-")}


def german(text: str) -> float:
    """ "1.748 Personen" -> 1748.0."""
    return float(re.sub(r"[^\d,−]", "", plain(text)).replace("−", "-").replace(",", "."))


def test_the_map_says_what_the_file_says_district_by_district(example_in_use: Path) -> None:
    screen, file = Screen("karte", jahr="2014"), in_file("IND-EW", 2014)
    shown = {row["area"]: german(row["shown"]) for row in rows_of(screen)}
    assert shown == file and len(file) == 63
    legend = next(html for html in screen.html if "Legende mit der Zahl der Gebiete" in html)
    classes = re.findall(r"background:(#\w+)'></span>([^<]*) <b>(\d+)</b>", legend)
    counted = Counter(row["colour"] for row in rows_of(screen))
    assert {colour: int(number) for colour, _, number in classes} == counted
    for colour, words, _ in classes:
        low, high = map(german, words.split(" bis "))
        own = [file[row["area"]] for row in rows_of(screen) if row["colour"] == colour]
        assert (min(own), max(own)) == (low, high)
    bars = rows_of(screen, "balken")
    assert [german(row["shown"]) for row in bars] == sorted(file.values(), reverse=True)
    table = screen.table("Schlüssel", "Gebiet", "Wert")
    assert sorted(german(row["Wert"]) for row in table) == sorted(file.values())


def test_a_change_and_two_years_are_told_and_drawn_with_common_classes(example_in_use: Path) -> None:
    screen = Screen("karte", zeigen="Veränderung", jahre=["2010", "2014"])
    old, new = in_file("IND-EW", 2010), in_file("IND-EW", 2014)
    assert {row["area"]: german(row["shown"]) for row in rows_of(screen)} == {a: new[a] - old[a] for a in new}
    most = max(new, key=lambda area: new[area] - old[area])
    name = next(row["name"] for row in rows_of(screen) if row["area"] == most)
    assert f"Einwohner 2010 bis 2014: am meisten gestiegen in {name} (+" in plain(screen.answers[0])
    both = Screen("karte", zeigen="zwei Jahre", jahre=["2010", "2014"])
    panels = [chart for chart in both.at.get("vega_lite_chart") if "geoshape" in chart.proto.spec]
    assert len(panels) == 2 and panels[0].proto.spec == panels[1].proto.spec
    small = rows_of(Screen("karte", zeigen="alle Jahre"))
    assert len({row["panel"] for row in small}) * 63 == len(small)


def test_what_lies_on_the_map_is_counted_and_what_has_no_place_is_named(example_in_use: Path) -> None:
    screen = Screen("karte", lagen=["Maßnahmen", "Gebiete der Beteiligung", "Fördergebiete"])
    points, borders = rows_of(screen, "punkte"), rows_of(screen, "raender")
    assert {row["layer"] for row in points} == {"Maßnahmen"} and len(borders) == 4
    assert len({(row["lon"], row["lat"]) for row in points}) == len(points), "none hides another"
    told = plain(" ".join(screen.answers))
    assert "3 Einträge haben keine Lage und fehlen auf der Karte: Leipzig West, Schönefeld" in told


@pytest.mark.parametrize("plan_in_use", ["fehlerhaft"], indirect=True)
def test_a_faulty_plan_draws_no_map_and_says_so(plan_in_use: Path) -> None:
    screen = Screen("karte")
    assert not screen.at.exception and "Es liegen keine Werte vor." in screen.messages
