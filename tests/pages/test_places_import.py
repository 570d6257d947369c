"""Statistics and outlines on the screen Daten: dry run, choice, taking over, origin; hostile files change nothing."""

import sys
from pathlib import Path

import pytest
from screen import Screen, without_tags

from insek_core.storage.store import Store

sys.path.append(str(Path(__file__).resolve().parents[1] / "exchange"))
from places_files import csv, geojson, outline, square

TAB = "Statistik und Umrisse"
TABLE = csv("Gebiet;Merkmal;2030;2031", "Zentrum;Einwohner;<b>12</b>;13", "Wüste;Einwohner;1;2")


def uploaded(name: str, data: bytes) -> Screen:
    screen = Screen("daten").tab(TAB)
    screen.at.get("file_uploader")[0].upload(name, data, "text/plain")
    return screen.run()


def shown(screen: Screen) -> str:
    return without_tags(" ".join([*screen.html, screen.told, screen.messages]))


def test_a_file_in_error_is_told_and_nothing_can_be_taken(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSEK_DB", str(db))
    screen = uploaded("Einwohner.csv", TABLE)
    assert not screen.at.exception
    assert "Nichts übernommen" in shown(screen) and "weder Zahl noch Zeichen" in shown(screen)
    assert not any("<b>12" in html for html in screen.html)
    assert "Aus der Datei übernehmen" not in [button.label for button in screen.at.button]
    for name, data in (("a.geojson", b"[" * 50_000), ("a.csv", b"\0\1\2"), ("a.xlsx", b"PK\3\4")):
        screen = uploaded(name, data)
        assert not screen.at.exception and "Nichts übernommen" in shown(screen), name
    assert Store(db).imports() == ()


def test_a_table_is_taken_over_with_its_origin(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSEK_DB", str(db))
    screen = uploaded("Einwohner.csv", TABLE.replace(b"<b>12</b>", b"12"))
    assert "2 Werte von 2030 bis 2031: 1 Indikator, 1 Gebiet." in shown(screen) and "„Wüste“" in shown(screen)
    screen.click("Aus der Datei übernehmen")
    assert "Bitte Name und Begründung angeben" in screen.messages
    screen.type("Wer übernimmt?", "Muster").click("Aus der Datei übernehmen")
    assert "Übernommen: 2 neu, 0 geändert, 0 entfernt aus Einwohner.csv." in screen.messages
    assert "Einwohner.csv" in shown(screen) and Store(db).imports()[0].author == "Muster"
    assert Store(db).series("IND-EW", "OT-00")[-1][2].value == 13.0


def test_outlines_need_their_vintage(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSEK_DB", str(db))
    screen = uploaded("a.geojson", geojson([outline(square(12.37, 51.34), code="00", name="Zentrum")]))
    assert "1 Umriss der Ebene Ortsteil." in shown(screen) and "Bitte den Gebietsstand angeben" in screen.messages
    screen.type("Gebietsstand", "31.12.2018").run().type("Wer übernimmt?", "Muster").click("Aus der Datei übernehmen")
    kinds = {o.area: o.kind for o in Store(db).outlines("Ortsteil")}
    assert kinds["OT-00"] == "official" and kinds["OT-01"] == "schematic"
