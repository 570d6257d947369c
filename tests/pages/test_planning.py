"""New plans and the guided order on the screens: empty, half filled, faulty; several plans side by side."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import Screen, plain

from insek_core.storage.example import create_example
from insek_core.storage.plans import plans_in
from insek_core.storage.store import Store

Use = Callable[[Path], Path]
FORM = {
    "neu_stadt": "Neustadt",
    "neu_kurz": "SEK",
    "neu_konzept": "das Stadtentwicklungskonzept",
    "neu_genitiv": "des Stadtentwicklungskonzepts",
    "neu_von": "2025",
    "neu_bis": "2026",
    "neu_wortlaut": "Erste Zeile\nZweite Zeile",
    "neu_autor": "Bauamt",
}


@pytest.fixture
def folder(tmp_path: Path, use: Use) -> Path:
    """A folder with the made-up town, open on the screens."""
    create_example(tmp_path / "musterstadt.sqlite", "musterstadt").close()
    return use(tmp_path)


def fill(screen: Screen, **changed: str) -> None:
    """Type into the form of a new plan."""
    for key, text in {**FORM, **changed}.items():
        (screen.at.text_area(key=key) if key == "neu_wortlaut" else screen.at.text_input(key=key)).set_value(text)


def press(screen: Screen, label: str) -> Screen:
    """Press a button of a form."""
    next(button for button in screen.at.button if button.label == label).click()
    screen.at.run()
    return screen


def test_a_new_plan_is_made_from_what_is_typed_and_opened(folder: Path) -> None:
    screen = Screen("neu")
    fill(screen)
    screen.at.selectbox(key="neu_land").set_value("NW")
    press(screen, "Planung anlegen")
    assert not screen.at.exception
    assert [plan.name for plan in plans_in(folder)] == ["musterstadt", "sek-neustadt"]
    store = Store(folder / "sek-neustadt.sqlite")
    assert store.load().subject == "die Aufstellung des Stadtentwicklungskonzepts"
    assert store.paper == ("Erste Zeile", "Zweite Zeile")
    assert screen.at.session_state["planung"] == "sek-neustadt"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"neu_stadt": ""}, "„Name der Stadt“ fehlt."),
        ({"neu_von": "zweitausend"}, "Die Haushaltsjahre fehlen oder stimmen nicht."),
        ({"neu_bis": "2099"}, "Die Haushaltsjahre fehlen oder stimmen nicht."),
        ({"neu_autor": " "}, "Bitte angeben, wer anlegt."),
        ({"neu_kurz": "x" * 500}, "ist länger als 120 Zeichen."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(wrong: dict[str, str], said: str, folder: Path) -> None:
    screen = Screen("neu")
    fill(screen, **wrong)
    screen.at.selectbox(key="neu_land").set_value("NW")
    press(screen, "Planung anlegen")
    assert not screen.at.exception
    assert said in screen.messages + " ".join(screen.html)
    assert [plan.name for plan in plans_in(folder)] == ["musterstadt"]


@pytest.mark.parametrize("way", ["Aus einer Arbeitsmappe", "Ein Beispiel ansehen"])
def test_the_other_ways_ask_for_what_they_need(way: str, folder: Path) -> None:
    screen = Screen("neu")
    screen.at.session_state["weg"] = way
    screen.at.run()
    label = "Planung aus der Mappe anlegen" if "mappe" in way else "Beispiel anlegen"
    press(screen, label)
    assert not screen.at.exception
    names = [plan.name for plan in plans_in(folder)]
    if "mappe" in way:
        assert "Bitte eine Mappe wählen" in screen.messages and names == ["musterstadt"]
    else:
        assert names == ["leipzig", "musterstadt"]


def test_one_database_alone_says_that_a_new_plan_needs_a_folder(example_in_use: Path) -> None:
    screen = Screen("neu")
    assert "mit einem Ordner zu starten" in screen.messages
    assert "Planung anlegen" not in [button.label for button in screen.at.button]


def test_the_plan_in_the_address_is_opened_and_a_foreign_one_is_not(folder: Path, example_db: Path) -> None:
    shutil.copy(example_db, folder / "leipzig.sqlite")
    for wanted, title in (("musterstadt", "SEK Musterstadt"), ("leipzig", "INSEK Leipzig"), ("../x", "INSEK Leipzig")):
        screen = Screen("haushalt", planung=wanted)
        assert screen.told.startswith(title) or title in screen.told, wanted
    screen = Screen("haushalt", planung="leipzig")
    screen.at.session_state["aenderungen"] = ("cost=+10%",)
    screen.run()
    assert "Variante mit 1 Änderung" in screen.told
    for name in ("var", "stand"):  # a link to another plan does not carry them
        del screen.at.query_params[name]
    screen.at.query_params["planung"] = "musterstadt"
    screen.run()
    assert "SEK Musterstadt" in screen.told and "keine Variante" in screen.told, "it was tried on another plan"


def test_a_quick_entry_is_a_version_and_a_wrong_one_changes_nothing(folder: Path) -> None:
    screen = Screen("planung", schritt="4 Ziele")
    screen.at.text_input(key="wer_traegt_ein").set_value("Bauamt")
    press(screen, "Ziel eintragen")
    assert "Nicht gespeichert" in screen.messages and "„Wortlaut“ fehlt." in " ".join(screen.html)
    screen.at.text_input(key="neu-goals-name-0").set_value("Kurze Wege")
    screen.at.selectbox(key="neu-goals-kind-0").set_value("Ziel")
    press(screen, "Ziel eintragen")
    assert "Ziel „Kurze Wege“ ist eingetragen (Version 2)." in screen.messages
    store = Store(folder / "musterstadt.sqlite")
    assert store.head.author == "Bauamt" and store.load().goals[-1].name == "Kurze Wege"


@pytest.mark.parametrize("plan_in_use", ["leer", "halb", "fehlerhaft", "beispiel"], indirect=True)
@pytest.mark.parametrize("page", ["planung", "neu"])
def test_the_screens_stand_whatever_plan_is_open(page: str, plan_in_use: Path) -> None:
    screen = Screen(page)
    assert not screen.at.exception and screen.answers
    assert plain(screen.answers[0])[0].isupper()
