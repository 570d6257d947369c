"""coverage and interactions: what their JSON holds, and that text and JSON say the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from insek_core.cli.main import main
from insek_core.plan import Plan
from insek_core.storage.store import Store


def data(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_coverage_tells_each_goal_with_its_rung(example_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "coverage", "--db", str(example_db))
    assert [(one["id"], one["rung"]) for one in found["goals"]] == [("Z1", 1), ("Z2", 2), ("Z3", 1), ("Z4", 4)]
    assert all(one["assumed"] and len(one["steps"]) == 5 for one in found["goals"])
    assert (found["covered"], found["uncovered"], found["fragile"]) == (["Z1", "Z2", "Z3", "Z4"], [], ["Z2"])
    assert (found["rated"], found["pairs"], found["fill_rate"], found["weighted"]) == (22, 92, "11/46", "1")
    assert found["orphans"][0] == "M-07" == found["orphans_by_kind"]["measures"][0]
    assert found["unrated"] == ["M-08", "F6"]


def test_every_goal_of_the_example_lacks_a_proof_that_is_no_assumption(
    example_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = data(capsys, "coverage", "--db", str(example_db))
    assert {gap["goal"] for gap in found["gaps"] if gap["type"] == "nur benannt"} == {"Z1", "Z2", "Z3", "Z4"}


def test_coverage_as_text_says_its_denominator(example_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "--db", str(example_db)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("22 von 92 Paaren sind bewertet") and "(Annahme)" in out.splitlines()[0]


def test_interactions_tell_sums_and_weigh_conflicts(example_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "interactions", "--db", str(example_db))
    assert (found["rated"], found["pairs"], found["density"]) == (15, 132, "7/66")
    assert (found["synergy_sum"], found["conflict_sum"]) == (17, -7)
    schools = next(item for item in found["conflicts"] if item["to"] == "FT-04")
    assert (schools["money_cents"], schools["weight"], schools["assumed"]) == (150_000_000, -1, True)
    assert {item["money_cents"] for item in found["conflicts"]} == {None, 150_000_000}


def test_a_plan_without_goals_says_so_and_claims_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.sqlite"
    Store.create(path, Plan(), author="Test", reason="angelegt").close()
    found = data(capsys, "coverage", "--db", str(path))
    assert (found["goals"], found["fill_rate"], found["weighted"], found["gaps"]) == ([], None, None, [])
    for command, words in (("coverage", "Noch keine Ziele"), ("interactions", "Noch keine zwei Fachteile")):
        assert main([command, "--db", str(path)]) == 0
        assert capsys.readouterr().out.startswith(words)


def test_a_list_of_goal_texts_is_checked_imported_and_then_missing_no_more(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ziele.txt"
    path.write_text("1. Lebensqualität\n1.1 Kurze Wege sichern\n1.2 Mehr Grün schaffen\n", encoding="utf-8")
    where = ("--db", str(db))
    assert len(data(capsys, "check", str(path), "--as", "goals", *where)["added"]) == 2
    assert data(capsys, "import", str(path), "--as", "goals", *where)["version"] == 2
    assert data(capsys, "coverage", *where)["goal_texts_missing"] is False
    main(["assess", *where])
    assert "Die Zieltexte (Anlage 1) liegen nicht vor" not in capsys.readouterr().out
    assert main(["import", str(path), "--as", "goals", *where]) == 1  # nothing is left to do
    assert "Nichts übernommen" in capsys.readouterr().err
    path.write_text("1. A\n1. B\n", encoding="utf-8")
    assert main(["import", str(path), "--as", "goals", *where]) == 1
    assert "Nr. 1 steht schon in Zeile 1" in capsys.readouterr().err


def test_an_office_that_only_owes_an_answer_gets_a_workbook_too(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = data(capsys, "office-workbooks", str(tmp_path), "--db", str(db))["files"]
    assert "Ruecklauf-ORG-ASW.xlsx" in names and all((tmp_path / name).stat().st_size for name in names)
    capsys.readouterr()
    found = data(capsys, "check", str(tmp_path / "Ruecklauf-ORG-ASW.xlsx"), "--db", str(db))
    assert (found["added"], found["changed"], found["removed"]) == ([], [], [])
