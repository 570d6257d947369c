"""Plans on the command line: empty, from a filled workbook, from an example; the paper they cite and what they need."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from insek_core.cli.main import main
from insek_core.exchange.workbook.template import template_workbook
from insek_core.storage.plans import plans_in
from insek_core.storage.store import Store

Capture = pytest.CaptureFixture[str]
Run = Callable[..., Any]
EMPTY = ["init", "--empty", "--city", "Neustadt", "--short-name", "SEK", "--concept", "das Stadtentwicklungskonzept",
         "--concept-genitive", "des Stadtentwicklungskonzepts", "--state", "NW", "--first-year", "2025", "--last-year", "2026"]  # fmt: skip
TOWN: dict[str, list[dict[str, Any]]] = {
    "Förderprogramme": [{"Kennung": "FP", "Name": "Lebendige Mitte", "Finanzierungsart": "Anteilfinanzierung", "Fördersatz": "3/4", "Förderbetrag": 60000, "Beleg": "genannt"}],
    "Kostenpositionen": [{"Kennung": "K1", "Bezeichnung": "Gutachten", "Jahr": 2025, "Betrag": 30000, "Beleg": "genannt"}, {"Kennung": "K2", "Bezeichnung": "Beteiligung", "Jahr": 2025, "Betrag": 20000, "Beleg": "genannt"},
                         {"Kennung": "K3", "Bezeichnung": "Druck", "Jahr": 2026, "Betrag": 30000, "Beleg": "genannt"}],
    "Förderzuordnung": [{"Kennung": f"Z{n}", "Kostenposition": f"K{n}", "Förderprogramm": "FP", "Zuwendungsfähiger Anteil": "100 %", "Beleg": "genannt"} for n in (1, 2, 3)],
    "Phasen": [{"Kennung": "P1", "Name": "Analyse", "Beginn": "07.01.2025", "Ende": "30.06.2025", "Beleg": "genannt"}],
    "Arbeitsschritte": [{"Kennung": "S1", "Name": "Bestand", "Phase": "P1", "Dauer": 40, "Beleg": "genannt"}, {"Kennung": "S2", "Name": "Foren", "Phase": "P1", "Dauer": 30, "Beleg": "genannt"},
                        {"Kennung": "S3", "Name": "Entwurf", "Phase": "P1", "Dauer": 60, "Beleg": "genannt"}],
    "Abhängigkeiten": [{"Kennung": f"A{n}", "Vorgänger": f"S{n}", "Nachfolger": f"S{n + 1}", "Art": "Ende–Anfang", "Beleg": "genannt"} for n in (1, 2)],
    "Gremien": [{"Kennung": "G1", "Name": "Bauausschuss", "Ebene": "Entscheidungsebene", "Beleg": "genannt"}],
    "Gebiete": [{"Kennung": f"O{n}", "Name": name, "Ebene": "Ortsteil", "Beleg": "genannt"} for n, name in enumerate(("Mitte", "Nord", "Süd"), 1)],
}  # fmt: skip
NAMES = {"city": "Neustadt", "state": "NW", "short_name": "SEK", "concept": "das Stadtentwicklungskonzept",
         "concept_genitive": "des Stadtentwicklungskonzepts", "work": "die Aufstellung"}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Run:
    """Runs a command on a folder of plans; what it says as JSON."""
    monkeypatch.setenv("INSEK_DB", str(tmp_path / "planungen"))

    def command(*words: object, code: int = 0) -> Any:
        assert main([*map(str, words), "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return command


def told(found: Any) -> str:
    return " ".join(sentence["text"] for sentence in found["situation"]).replace("\xa0", " ")


def filled(names: dict[str, str], rows: dict[str, list[dict[str, Any]]]) -> bytes:
    """The template with a town typed into it, as a clerk does in Excel."""
    book = load_workbook(io.BytesIO(template_workbook()))
    settings = book["Einstellungen"]
    at = {cell.value: cell.column for cell in settings[1]}
    for row in range(2, settings.max_row + 1):
        key = settings.cell(row, at["Kennung"]).value
        if key in names:
            settings.cell(row, at["Wert"], names[key])
    for sheet, entries in rows.items():
        at = {cell.value: cell.column for cell in book[sheet][1]}
        for row, entry in enumerate(entries, 2):
            for heading, value in entry.items():
                book[sheet].cell(row, at[heading], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_empty_plan_says_what_it_needs_and_promises_nothing(run: Run, tmp_path: Path) -> None:
    assert run(*EMPTY)["file"] == "sek-neustadt.sqlite"
    assert "Gesamtkosten sind unbekannt" in told(run("assess"))
    steps = run("guide")["steps"]
    assert [step["done"] for step in steps] == [False] * 5 and steps[0]["held"] == []
    assert run("versions")["versions"][0]["reason"] == "Neue Planung angelegt"


def test_what_is_missing_is_told_and_nothing_is_made(run: Run, tmp_path: Path) -> None:
    found = run("init", "--empty", "--city", "Neustadt", code=1)
    assert {item["message"] for item in found["findings"]} >= {
        "„Land“ fehlt.",
        "Die Haushaltsjahre fehlen oder stimmen nicht.",
    }
    assert not (tmp_path / "planungen").exists()


def test_the_hour_by_workbook_gives_the_figures_of_the_guided_entry(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "neustadt.xlsx"
    book.write_bytes(filled(NAMES, TOWN))
    assert run("init", "--from", book)["version"] == 1
    found = run("assess", "--today", "2025-02-01")
    assert (
        "Für die Aufstellung des Stadtentwicklungskonzepts sind 2025–2026 Gesamtkosten von 80.000 € angesetzt"
        in told(found)
    )
    assert "60.000 € Förderung und 20.000 € städtischer Eigenanteil" in told(found)
    assert run("schedule")["finish"] == "2025-07-15", "the holidays of the Land, not those of another"
    change = run("assess", "--change", "cost=+10%")
    assert "28.000 €, wenn 60.000 € ein Höchstbetrag sind" in " ".join(s for s in change["consequences"]).replace(
        "\xa0", " "
    )
    store = Store(tmp_path / "planungen" / "sek-neustadt.sqlite")
    plan = store.load()
    assert plan.setting("transfer_rule", "").startswith("§ 22 KomHVO") and len(plan.areas) == 3
    assert store.paper == ()


def test_a_workbook_that_does_not_say_its_town_is_refused_with_the_row(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "leer.xlsx"
    run("template", book)
    found = run("init", "--from", book, code=1)
    assert ("„Name der Stadt“ fehlt.", "city") in {(f["message"], f["record"]) for f in found["findings"]}


def test_several_plans_are_told_apart_and_one_alone_needs_no_name(run: Run, tmp_path: Path) -> None:
    run("init", "--example", "musterstadt")
    assert "120.000 €" in told(run("assess"))
    run("init")
    assert "musterstadt" in run("assess", code=1)["findings"][0]["remedy"]
    assert "195.000 €" in told(run("assess", "--plan", "leipzig"))
    assert run("assess", "--plan", "../leipzig", code=1)["findings"]
    run("init")
    assert [plan.name for plan in plans_in(tmp_path / "planungen")] == ["leipzig", "leipzig-2", "musterstadt"]


def test_a_workbook_carries_the_paper_into_a_plan_of_its_own(run: Run, tmp_path: Path) -> None:
    run("init", "--example", "musterstadt")
    run("export", tmp_path / "muster.xlsx")
    made = run("init", "--from", tmp_path / "muster.xlsx")["file"]
    stores = [Store(tmp_path / "planungen" / name) for name in ("musterstadt.sqlite", made)]
    assert stores[0].paper == stores[1].paper and "Magistrat" in stores[1].paper[0]
    assert stores[0].load() == stores[1].load()


def test_the_paper_is_read_as_text_and_what_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    run("init", "--example", "musterstadt")
    text = tmp_path / "papier.txt"
    text.write_text("eins\nzwei\n", encoding="utf-8")
    assert run("paper", text)["lines"] == 2
    text.write_bytes(b"\xff\xfe\x00x")
    assert "kein Text in UTF-8" in run("paper", text, code=1)["findings"][0]["message"]
    assert run("paper", tmp_path / "fehlt.txt", code=1)["findings"]
