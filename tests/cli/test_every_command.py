"""Every command with every kind of change, as text and as JSON: never a traceback, never an unexpected error."""

import json
from pathlib import Path

import pytest

from insek_core.change.scenario import KEYS, parse_all
from insek_core.change.variants import keep
from insek_core.cli.main import COMMANDS, main
from insek_core.plan import Plan
from insek_core.storage.store import Store

VALUES = {
    "cost": "+10%", "ineligible": "15000", "rate": "3/5", "cap": "none", "type": "festbetrag", "fixed": "120000", "own_fixed": "60000",
    "third_party": "15000", "third_party_planned": "15000", "drop": "", "delay": "60", "longer": "90", "year": "2017", "freeze": "1/5",
    "provisional": "2017-05-01",
}  # fmt: skip
CHANGING = {  # the commands that take changes, with what else they need; few draws, for they are not the point
    "assess": [],
    "seek": ["--own-share", "70000"],
    "risk": ["--draws", "200"],
    "repair": ["--limit", "own_share=64000"],
    "cover": ["--limit", "64000"],
}


def aims(plan: Plan, key: str) -> list[str]:
    """What a kind of change can aim at: the whole plan, and one record of each table."""
    tables = [table for table in KEYS[key].targets if table != "purpose" and plan.rows(table)]
    return [*([""] if KEYS[key].whole else []), *(plan.rows(table)[0].id for table in tables)]


def texts_of(plan: Plan) -> dict[str, list[str]]:
    """Every kind of change, aimed at everything it can aim at; of the formats the one whose seats are a span too."""
    found = {
        key: [f"{key}:{aim}={value}" if aim else f"{key}={value}" for aim in aims(plan, key)]
        for key, value in VALUES.items()
    }
    return {**found, "drop": [*(f"drop={aim}" for aim in aims(plan, "drop")), *(f"drop={f.id}" for f in plan.formats)]}


def quiet(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """The command says what it has to say, in German and in the form that was asked for."""
    assert main(words) in (0, 1), words
    out, err = capsys.readouterr()
    assert "Unerwarteter Fehler" not in out + err and "Traceback" not in out + err, (words, out + err)
    if "--json" in words:
        assert "findings" in json.loads(out), words


def test_every_kind_of_change_has_a_value_here_and_every_command_is_tried() -> None:
    assert set(VALUES) == set(KEYS)
    others = {
        "init",
        "versions",
        "restore",
        "check",
        "import",
        "merge",
        "export",
        "office-workbooks",
        "compare",
        "template",
        "paper",
        "guide",
        "notice",
        "book",
        "status",
        "held",
        "coverage",
        "interactions",
        "indicators",
        "profile",
    }
    assert set(COMMANDS) == {*CHANGING, *others, "scenarios", "schedule", "meetings", "delay"}


@pytest.mark.parametrize("key", KEYS)
def test_every_change_is_told_as_text_and_as_json(
    key: str, example: Plan, example_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for n, text in enumerate(texts_of(example)[key]):
        for command, more in CHANGING.items():
            words = [command, *more, "--change", text, "--db", str(example_db)]
            if n == 0 or command == "assess":
                quiet(capsys, [*words, "--json"])
            if n == 0:
                quiet(capsys, words)


def test_every_kind_of_change_kept_as_a_variant_is_listed_and_compared(
    example: Plan, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = example
    for key, texts in texts_of(example).items():
        plan = keep(plan, key, "A", "r", 1, parse_all(texts[-1:])[0])[0]
    store = Store(db)
    store.save(plan, based_on=1, author="A", reason="r")
    store.close()
    quiet(capsys, ["scenarios", "--db", str(db)])
    quiet(capsys, ["scenarios", "--json", "--db", str(db)])
    for key in KEYS:
        quiet(capsys, ["compare", "plan", key, "--json", "--db", str(db)])
    quiet(capsys, ["compare", "plan", "drop", "--db", str(db)])


@pytest.mark.parametrize("form", [["--json"], []])
def test_every_other_command_is_told_as_text_and_as_json(
    form: list[str], db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, out = str(tmp_path / "plan.xlsx"), str(tmp_path / "out")
    table, outlines = str(tmp_path / "a.csv"), str(tmp_path / "a.geojson")
    Path(table).write_text("Gebiet;Merkmal;2014\nZentrum;Haushalte;5\n", encoding="utf-8")
    Path(outlines).write_text('{"type": "FeatureCollection", "features": [{}]}', encoding="utf-8")
    for words in (
        ["export", book],
        ["export", str(tmp_path / "termine.ics")],
        ["check", book],
        ["import", book],
        ["check", book, "--as", "goals"],
        ["import", book, "--as", "goals"],
        ["merge", book],
        ["office-workbooks", out],
        ["cover"],
        ["cover", "--limit", "0"],
        ["versions"],
        ["restore", "1"],
        ["restore", "77"],
        ["schedule"],
        ["schedule", book],
        ["delay", "V4", "--days", "7"],
        ["compare", "1", "plan"],
        ["meetings", "--rrule", "FREQ=DAILY", "--from", "2017-01-01", "--until", "2017-02-01"],
        ["status", "B0", "--begun", "2015-05-21", "--remaining", "5"],
        ["status", "B0"],
        ["held", "BF-V1-1", "--on", "2015-04-14", "--result", "zurückgestellt"],
        ["held", "EV-F1-1"],
        ["init"],
        ["guide"],
        ["coverage"],
        ["interactions"],
        ["indicators", "--indicator", "Einwohner", "--level", "stadtgebiet"],
        ["indicators", "--indicator", "nichts"],
        ["profile", "00"],
        ["profile", "nirgends"],
        ["template", str(tmp_path / "leer.xlsx")],
        ["paper", book],
        ["check", table],
        ["import", table],
        ["import", table, "--new", "all", "--meant", "nichts=IND-EW"],
        ["import", table, "--new", "all"],
        ["import", outlines, "--vintage", "2018"],
    ):
        quiet(capsys, [*words, "--db", str(db), *form])
    quiet(capsys, ["init", "--db", str(tmp_path / "neu.sqlite"), *form])


@pytest.mark.parametrize("ending", ["pdf", "pptx", "docx", "csv", "foo", "xml"])
def test_an_ending_that_nothing_writes_is_refused_with_what_there_is(
    ending: str, example_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"plan.{ending}"
    assert main(["export", str(path), "--db", str(example_db)]) == 1
    told = capsys.readouterr().err
    assert f"plan.{ending}" in told and ".xlsx (Arbeitsmappe)" in told and ".ics (Kalender)" in told
    assert not path.exists()
