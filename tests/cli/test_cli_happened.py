"""The command line of what really happens: a step's state, a station, a sitting and an event, with errors in German."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from insek_core.cli.main import main
from insek_core.plan import Plan
from insek_core.storage.store import Store

Capture = pytest.CaptureFixture[str]


def told(capsys: Capture, db: Path, *words: str, code: int = 0) -> dict[str, Any]:
    assert main([*words, "--json", "--db", str(db)]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def newest(path: Path) -> tuple[int, Plan]:
    store = Store(path)
    try:
        return store.head.number, store.load()
    finally:
        store.close()


def test_a_running_step_ends_so_many_working_days_after_the_stichtag(db: Path, capsys: Capture) -> None:
    found = told(capsys, db, "status", "B1", "--begun", "2015-05-22", "--remaining", "5", "--source", "Amt 61")
    assert found["version"] == 2 and {row["field"] for row in found["changed"]} >= {"actual_start_on", "remaining_days"}
    rows = {row["id"]: row for row in told(capsys, db, "schedule")["tasks"]}
    assert (rows["B1"]["early_start"], rows["B1"]["early_finish"]) == ("2015-05-22", "2015-06-05")
    assert rows["B1"]["why"] == "begonnen am 22.05.2015, am 01.06.2015 noch 5 Arbeitstage (eingetragen)"
    assert newest(db)[1].by_id["B1"].source == "Stand eingetragen (Amt 61, 01.06.2015); im Plan: Vorlage Z. 99–102"


def test_what_is_held_is_entered_with_its_result(db: Path, capsys: Capture) -> None:
    words = (
        "held",
        "EV-F1-1",
        "--on",
        "2015-11-20",
        "--attended",
        "250",
        "--today",
        "2015-12-01",
        "--author",
        "Frau Berg",
    )
    assert told(capsys, db, *words)["version"] == 2
    plan = newest(db)[1]
    assert (plan.by_id["EV-F1-1"].actual_on, plan.by_id["EV-F1-1"].attended) == (date(2015, 11, 20), 250)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("status XX --begun 2015-05-21", "Einen Arbeitsschritt „XX“ gibt es nicht."),
        ("status B0 --begun 2015-06-02", "Der 02.06.2015 liegt nach dem Stichtag 01.06.2015."),
        ("status B0 --begun 2015-05-22 --done 2015-05-21", "Das Ende 21.05.2015 liegt vor dem Beginn 22.05.2015."),
        ("status B0 --done 2015-05-28 --remaining 3", "Was beendet ist, hat keine Resttage."),
        ("status B0 --remaining 3", "Der Tag des Beginns fehlt."),
        ("status B0", "Der Tag des Beginns fehlt."),
        ("status B0 --open --begun 2015-05-21", "Was offen ist, hat weder Tag noch Resttage."),
        ("held XX --on 2015-05-21", "Eine Station, Sitzung oder Veranstaltung „XX“ gibt es nicht."),
        ("held BF-V1-1 --on 2015-07-01", "liegt nach dem Stichtag"),
        ("held BF-V1-1 --on 2015-04-14 --result egal", "„egal“ ist kein Ergebnis."),
        ("held EV-F1-1", "Der Tag fehlt"),
        ("held EV-F1-1 --cancelled", "Der Tag fehlt"),
    ],
)
def test_what_cannot_be_is_refused_in_german(db: Path, capsys: Capture, words: str, said: str) -> None:
    found = told(capsys, db, *words.split(), code=1)
    assert said in found["findings"][0]["message"] and newest(db)[0] == 1


def test_what_is_entered_already_makes_no_version(db: Path, capsys: Capture) -> None:
    words = ("status", "B0", "--begun", "2015-05-21", "--remaining", "9")
    told(capsys, db, *words)
    assert "schon so eingetragen" in told(capsys, db, *words, code=1)["findings"][0]["message"]
    assert newest(db)[0] == 2
