"""Statistics and outlines on the command line: the same command tells a file by its content."""

import json
import sys
from pathlib import Path

import pytest

from insek_core.cli.main import main
from insek_core.exchange.kinds import beside_the_plan
from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import Plan
from insek_core.storage.store import Store

sys.path.append(str(Path(__file__).resolve().parents[1] / "exchange"))
from places_files import csv, geojson, outline, square, town, xlsx

TABLE = csv("Gebiet;Merkmal;2014", "Kern;Einwohner;12", "Aue;Haushalte;3")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    town(tmp_path).close()
    (tmp_path / "Einwohner.csv").write_bytes(TABLE)
    (tmp_path / "umrisse.geojson").write_bytes(geojson([outline(square(12.0, 51.0), name="Kern")]))
    return tmp_path


def run(place: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main([*words, "--db", str(place / "town.sqlite")])
    out = capsys.readouterr()
    return code, out.out + out.err


def test_a_table_is_checked_taken_over_and_the_second_time_changes_nothing(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(place / "Einwohner.csv")
    assert run(place, capsys, "check", file)[0] == 0
    code, told = run(place, capsys, "import", file, "--dry-run")
    assert code == 0 and "Ohne Indikator in der Planung bleibt: „Einwohner: Haushalte“" in told
    assert Store(place / "town.sqlite").imports() == ()
    code, told = run(place, capsys, "import", file, "--new", "all", "--source", "Amt, dl-de/by-2-0", "--json")
    answer = json.loads(told)
    assert code == 0 and answer["counts"] == {"added": 2, "changed": 0, "removed": 0, "unchanged": 0}
    assert sorted((one["indicator"], one["new"]) for one in answer["indicators"]) == [
        ("IND-EINWOHNER-HAUSHALTE", True),
        ("IND-EW", False),
    ]
    code, told = run(place, capsys, "import", file)
    assert code == 1 and "Die Datei ändert nichts: Alle 2 Werte stehen schon da." in told
    store = Store(place / "town.sqlite")
    assert [(one.file, one.source) for one in store.imports()] == [("Einwohner.csv", "Amt, dl-de/by-2-0")]


def test_a_characteristic_can_mean_an_indicator(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(place / "Einwohner.csv")
    code, told = run(place, capsys, "import", file, "--meant", "Einwohner: Haushalte=IND-Q", "--json")
    assert code == 0 and {one["indicator"] for one in json.loads(told)["indicators"]} == {"IND-EW", "IND-Q"}
    assert run(place, capsys, "import", file, "--meant", "Haushalte")[0] == 1


def test_outlines_are_taken_over_with_their_vintage(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(place / "umrisse.geojson")
    code, told = run(place, capsys, "import", file, "--vintage", "2018", "--json")
    assert code == 0 and json.loads(told)["level"] == "Ortsteil"
    code, told = run(place, capsys, "import", file, "--vintage", "2018")
    assert code == 1 and "ändert nichts" in told
    assert run(place, capsys, "import", file, "--swap-axes")[0] == 1


def test_a_file_is_told_by_its_content(example: Plan) -> None:
    table = xlsx([["Gebiet", "Merkmal", 2014], ["Kern", "Einwohner", 1]])
    assert beside_the_plan("a.xlsx", table) == "statistics"
    assert beside_the_plan("a.xlsx", write_workbook(example, 1)) is None, "a workbook of the plan"
    assert beside_the_plan("a.xlsx", xlsx([["Wetter", "Regen"]])) is None
    assert beside_the_plan("a.csv", TABLE) == "statistics" and beside_the_plan("a.xlsx", TABLE) is None
    assert beside_the_plan("a.dat", b'\xef\xbb\xbf {"type": 1}') == "outlines"
    assert beside_the_plan("plan.xml", b"<Project/>") is None and beside_the_plan("a.xlsx", b"PK\3\4") is None
