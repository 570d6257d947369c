"""The command line: documented keys in cents, the same bytes for the same plan, German findings instead of
tracebacks.
"""

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from insek_core.cli.main import main
from insek_core.plan import Plan
from insek_core.storage.store import Store

ROOT = Path(__file__).resolve().parents[2]
KEYS = (
    "total_cents",
    "eligible_cents",
    "grant_cents",
    "own_share_cents",
    "third_party_cents",
    "by_year",
    "timetable",
    "coverage",
    "findings",
)
Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *argv: str | Path) -> tuple[int, str, str]:
    code = main([str(part) for part in argv])
    out, err = capsys.readouterr()
    return code, out, err


def read(capsys: Capture, *argv: str | Path, code: int = 0) -> Any:
    found, out, err = run(capsys, *argv, "--json")
    assert (found, err) == (code, "")
    return json.loads(out)


def shell(*argv: str | Path, **env: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "insek_core", *map(str, argv)],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, **env},
        check=False,
    )


def test_assess_has_the_documented_keys_in_cents(db: Path, capsys: Capture) -> None:
    found = read(capsys, "assess", "--db", db)
    assert set(KEYS) <= set(found)
    assert [found[key] for key in KEYS[:5]] == [19_500_000, 19_500_000, 13_000_000, 6_500_000, 0]
    assert found["without_ceiling"] == {"grant_cents": 13_000_000, "own_share_cents": 6_500_000}
    assert found["budget"]["approved"] == {
        "expense_cents": 18_000_000,
        "income_cents": 12_000_000,
        "own_share_cents": 6_000_000,
    }
    assert found["budget"]["to_register"] == {
        "expense_cents": 1_500_000,
        "income_cents": 1_000_000,
        "own_share_cents": 500_000,
    }


def test_the_years_add_up_to_the_whole(db: Path, capsys: Capture) -> None:
    found = read(capsys, "assess", "--db", db)
    assert [year["year"] for year in found["by_year"]] == [2015, 2016, 2017]
    for key in ("total_cents", "grant_cents", "own_share_cents"):
        assert sum(year[key] for year in found["by_year"]) == found[key]


def test_timetable_coverage_and_findings_have_their_shape(db: Path, capsys: Capture, example: Plan) -> None:
    found = read(capsys, "assess", "--db", db)
    assert [task["id"] for task in found["timetable"]["tasks"]] == [task.id for task in example.tasks]
    assert found["timetable"]["finish"] == max(task["finish"] for task in found["timetable"]["tasks"])
    assert found["coverage"]["goal_texts_missing"] is True and found["coverage"]["goals"] == 4
    assert all({"level", "message", "remedy"} <= set(finding) for finding in found["findings"])
    assert {finding["level"] for finding in found["findings"]} <= {"warning", "notice"}


def test_the_stichtag_of_the_plan_holds_unless_another_day_is_given(db: Path, capsys: Capture) -> None:
    assert read(capsys, "assess", "--db", db)["today"] == "2015-06-01"
    assert read(capsys, "assess", "--db", db, "--today", "2017-02-01")["today"] == "2017-02-01"


def test_the_output_does_not_depend_on_path_clock_or_version(db: Path, tmp_path: Path, capsys: Capture) -> None:
    other = tmp_path / "anderswo" / "x.sqlite"
    assert main(["init", "--db", str(other)]) == 0
    store = Store(other)
    store.save(store.load(), based_on=1, author="Ada", reason="nichts geändert", name="Klausur")
    store.close()
    capsys.readouterr()
    first, second = (run(capsys, "assess", "--db", path, "--json") for path in (db, other))
    assert first == second and str(tmp_path) not in first[1]


def test_an_error_in_the_plan_gives_exit_code_1(db: Path, capsys: Capture) -> None:
    store = Store(db)
    plan = store.load()
    rows = (replace(plan.cost_items[0], low_cents=10**9), *plan.cost_items[1:])
    store.save(replace(plan, cost_items=rows), based_on=1, author="Ada", reason="x")
    found = read(capsys, "assess", "--db", db, code=1)
    assert [finding["record"] for finding in found["findings"] if finding["level"] == "error"] == [
        plan.cost_items[0].id
    ]
    assert found["total_cents"] == 19_500_000


def test_an_unknown_amount_is_null_not_zero(db: Path, capsys: Capture) -> None:
    store = Store(db)
    plan = store.load()
    rows = (replace(plan.cost_items[0], amount_cents=None), *plan.cost_items[1:])
    store.save(replace(plan, cost_items=rows), based_on=1, author="Ada", reason="x")
    found = read(capsys, "assess", "--db", db)
    assert [found[key] for key in KEYS[:5]] == [None, None, None, None, 0]


def test_versions_and_restore(db: Path, capsys: Capture) -> None:
    assert read(capsys, "restore", "1", "--db", db, "--author", "Ada") == {"version": 2, "restores": 1, "findings": []}
    found = read(capsys, "versions", "--db", db)["versions"]
    assert [(v["number"], v["author"], v["restores"]) for v in found] == [(1, "Beispiel", None), (2, "Ada", 1)]


def test_init_refuses_to_overwrite(db: Path, capsys: Capture) -> None:
    before = db.read_bytes()
    found = read(capsys, "init", "--db", db, code=1)
    assert "gibt es schon" in found["findings"][0]["message"] and db.read_bytes() == before


def spoil(path: Path, case: str) -> None:
    if case == "missing":
        path.unlink()
    elif case == "garbage":
        path.write_bytes(b"kein SQLite" * 500)
    elif case == "empty":
        path.write_bytes(b"")
    elif case == "folder":
        path.unlink()
        path.mkdir()
    else:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA user_version=99")
        connection.close()


@pytest.mark.parametrize("command", [("assess",), ("versions",), ("restore", "1")], ids=lambda parts: parts[0])
@pytest.mark.parametrize("case", ["missing", "garbage", "empty", "folder", "newer"])
def test_a_wrong_database_is_a_german_finding(db: Path, capsys: Capture, case: str, command: tuple[str, ...]) -> None:
    spoil(db, case)
    found = read(capsys, *command, "--db", db, code=1)
    assert list(found) == ["findings"] and len(found["findings"]) == 1
    assert found["findings"][0]["level"] == "error" and found["findings"][0]["remedy"]
    assert "Unerwarteter Fehler" not in found["findings"][0]["message"]
    code, out, err = run(capsys, *command, "--db", db)
    assert code == 1 and "Fehler: " in out + err and "Traceback" not in out + err


def test_a_version_that_does_not_exist_is_a_finding(db: Path, capsys: Capture) -> None:
    found = read(capsys, "restore", "7", "--db", db, code=1)
    assert found["findings"][0]["message"] == "Version 7 gibt es nicht."


@pytest.mark.parametrize(
    "argv",
    [[], ["bewerte"], ["assess", "--today", "01.06.2015"], ["assess", "--farbe"], ["restore"], ["restore", "eins"]],
)
def test_wrong_usage_gives_exit_code_2(argv: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main(argv)
    out, err = capsys.readouterr()
    assert end.value.code == 2 and out == "" and "Falscher Aufruf" in err


def test_the_text_tells_the_situation_in_sentences(db: Path, capsys: Capture) -> None:
    code, out, err = run(capsys, "assess", "--db", db)
    assert (code, err) == (0, "")
    assert out.startswith(
        "Stand 01.06.2015\n\nFür die Fortschreibung des INSEK sind 2015–2017 Gesamtkosten von 195.000\xa0€ angesetzt"
    )
    assert "Hinweis: " in out


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_a_console_of_any_encoding_gets_json_in_utf_8(db: Path, encoding: str) -> None:
    found = shell("assess", "--json", INSEK_DB=str(db), PYTHONIOENCODING=encoding)
    assert (found.returncode, found.stderr) == (0, b"")
    assert json.loads(found.stdout.decode("utf-8"))["total_cents"] == 19_500_000


def test_a_missing_database_shows_no_traceback_in_a_shell(tmp_path: Path) -> None:
    found = shell("assess", "--json", "--db", tmp_path / "fehlt.sqlite")
    assert found.returncode == 1 and b"Traceback" not in found.stderr
    assert json.loads(found.stdout)["findings"][0]["message"] == "Die Datenbank fehlt.sqlite gibt es nicht."


def test_wrong_usage_in_a_shell_is_exit_code_2() -> None:
    assert shell("bewerte").returncode == 2
