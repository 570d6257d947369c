"""The map says what the file says, district by district, in legend and table too; what lies on it; changes."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from screen import Row, Screen, plain

from insek_core.plan import Plan
from insek_core.plan.content import Area
from insek_core.storage.store import Store

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
    ranked = sorted(file.values(), reverse=True)
    shown = [german(row["shown"]) for row in bars]
    assert file["OT-00"] in ranked[-4:], "the chosen one is among the lowest"
    assert shown == [*ranked[:10], *ranked[-4:]], "the highest, the lowest"
    between = sorted(file, key=lambda area: file[area])[30]
    name = next(row["name"] for row in rows_of(screen) if row["area"] == between)
    middle = rows_of(Screen("karte", jahr="2014", gebiet=name), "balken")
    assert len(middle) == 15 and middle[10]["area"] == between, "and the chosen one between them"
    assert bars[0]["name"].startswith("1. ") and bars[-1]["name"].startswith("63. ")
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


THREE = tuple(
    Area(id=f"D{n}", name=name, code=str(n), level="Ortsteil", evidence="stated")
    for n, name in enumerate(("Oberdorf", "Mitte", "Unterdorf"), 1)
)


def test_three_districts_without_statistics_still_show_a_map(tmp_path: Path, use: Callable[[Path], Path]) -> None:
    path = tmp_path / "drei.sqlite"
    Store.create(path, Plan(areas=THREE), author="Test", reason="angelegt").close()
    use(path)
    screen = Screen("karte")
    assert {row["name"] for row in rows_of(screen)} == {"Oberdorf", "Mitte", "Unterdorf"}
    assert {row["label"] for row in rows_of(screen, "namen")} == {"Oberdorf", "Mitte", "Unterdorf"}
    assert "Kachelkarte: nach Himmelsrichtung geordnet, ohne Grenzen. 3 Gebiete ohne Statistik." in screen.answers
    sheet = Screen("steckbrief", gebiet="Mitte")
    assert not sheet.at.exception and "Mitte (Ortsteil 2)" in " ".join(sheet.answers)


def test_need_against_effort_and_types_are_told_in_words(example_in_use: Path) -> None:
    told = " ".join(Screen("karte").answers)
    assert "Von den zehn Ortsteilen mit dem höchsten Bedarf haben sechs keine Maßnahme." in told
    assert re.search(r"Von \d+ Gebieten mit niedrigem Status (fallen|fällt) seit 20\d\d \d+ weiter zurück", told)


@pytest.mark.parametrize("plan_in_use", ["fehlerhaft"], indirect=True)
def test_a_faulty_plan_draws_no_map_and_says_so(plan_in_use: Path) -> None:
    screen = Screen("karte")
    assert not screen.at.exception and "Es liegen keine Werte vor." in screen.messages
