"""Bewertungsrunde on the screen: begun, led cell by cell, left and taken up again, ended with minutes and work."""

from dataclasses import replace
from pathlib import Path

import pytest
from screen import Screen

from insek_core.change.sealing import ready_to_save
from insek_core.storage.store import Store

OPEN = "Wohnen → Balance zwischen einer wachsenden und einer nachhaltigen Stadt"


def begin() -> Screen:
    return Screen("runde").click("Runde beginnen")


def weigh(screen: Screen, weight: str, reason: str = "", kind: str = "Einigung der Runde") -> Screen:
    radios = {radio.label.partition(" ")[0]: radio for radio in screen.at.radio}
    radios["Was"].set_value(kind)
    radios["Gewicht"].set_value(weight)
    return screen.type("Begründung", reason)


def shown(screen: Screen) -> str:
    return next(html for html in screen.html if "class='zelle'" in html)


@pytest.mark.parametrize("plan_in_use", ["leer", "halb", "fehlerhaft", "beispiel"], indirect=True)
def test_the_screen_answers_on_every_plan(plan_in_use: Path) -> None:
    screen = Screen("runde")
    assert not screen.at.exception and screen.answers
    assert screen.at.title[0].value == "Bewertungsrunde"
    there = any(button.label == "Runde beginnen" for button in screen.at.button)
    assert there or "Noch keine Zielbeiträge eingetragen." in screen.messages


def test_a_round_is_led_left_taken_up_again_and_ended(example_in_use: Path) -> None:
    screen = begin()
    assert "0 behandelt, 4 offen" in " ".join(screen.answers) and "Wohnen" in shown(screen)
    weigh(screen, "+2", "prägt das Wachstum").click("Weiter")
    assert "Energie und Klimaschutz" in shown(screen) and "1 behandelt, 3 offen" in " ".join(screen.answers)
    screen.click("Weiter")
    assert "Beratung zur Arbeitsaufnahme" in shown(screen), "nothing said: it is left open"
    again = Screen("runde")
    assert "Beratung zur Arbeitsaufnahme" in shown(again), "another session is where this one was"
    next(box for box in again.at.selectbox if box.label == "Bereich").set_value("ORG-ASW")
    weigh(again, "−1", "bindet Kräfte", "Bewertung").click("Festhalten und bleiben")
    assert "Beratung zur Arbeitsaufnahme" in shown(again)
    (said,) = again.table("Bereich", "Art")
    assert (said["Gewicht"], said["Begründung"], said["Geklärt"]) == ("−1", "bindet Kräfte", "offen")
    again.click("Weiter").click("Weiter")
    assert "Alle Zielbeiträge dieser Runde sind behandelt." in again.messages
    again.type("Frist der Arbeitsaufträge (TT.MM.JJJJ oder „Herbst 2026“; leer: offen)", "Ende 2016")
    again.click("Beenden: Protokoll und Arbeitsaufträge festhalten")
    plan = Store(example_in_use).load()
    lines = plan.reviews[0].minutes.splitlines()
    assert f"1. {OPEN}: Gewicht +2, Bewertungsrunde 1, 01.06.2015 – prägt das Wachstum" in lines
    assert "   Amt für Stadterneuerung und Wohnungsbauförderung: Bewertung −1 (bindet Kräfte)" in lines
    assert {row.until.words for row in plan.assignments if row.until} == {"Ende 2016"} and plan.assignments
    assert "prägt das Wachstum" in " ".join(again.html) and again.table("Amt", "Arbeitsauftrag", "Bis")
    assert [box.label for box in again.at.get("download_button")] or "Protokoll" in " ".join(again.html)
    assert "Seit „Bewertungsrunde 1“: nichts geändert." in again.answers


def test_who_saved_in_between_is_told_and_what_was_typed_stays(example_in_use: Path) -> None:
    screen = begin()
    weigh(screen, "+1", "getippt")
    store = Store(example_in_use)
    plan = store.load()
    store.save(replace(plan, decisions=()), based_on=2, author="Bo", reason="dazwischen")
    screen.click("Weiter")
    assert "Es wurde nichts geändert." in screen.messages and "Wohnen" in shown(screen)
    assert next(field.value for field in screen.at.text_input if field.label == "Begründung") == "getippt"
    screen.click("Weiter")
    assert store.load().contributions[2].reason == "getippt", "pressed once more, it is saved on the new state"


def test_what_is_missing_is_asked_for_and_nothing_is_saved(example_in_use: Path) -> None:
    screen = weigh(begin(), "+1", kind="Bewertung").click("Weiter")
    assert "Der Bereich fehlt." in screen.messages and Store(example_in_use).head.number == 2
    weigh(screen, "offen", kind="abweichende Auffassung").click("Weiter")
    assert "Der Bereich fehlt." in screen.messages and Store(example_in_use).head.number == 2


def test_a_goal_that_reads_otherwise_is_to_check_until_it_is_confirmed(example_in_use: Path) -> None:
    store = Store(example_in_use)
    plan = store.load()
    goals = tuple(replace(row, name="Sozialer Ausgleich") if row.id == "Z4" else row for row in plan.goals)
    cells = tuple(row for row in plan.contributions if row.id in ("ZB-02", "ZB-04"))
    made = ready_to_save(plan, replace(plan, goals=goals, contributions=cells))
    store.save(made, based_on=1, author="A", reason="umbenannt")
    assert "↻ 1 Bewertung ist zu prüfen" in " ".join(Screen("zielsystem").answers)
    screen = begin()
    assert "Der Wortlaut des Ziels hat sich seit der Bewertung geändert." in shown(screen)
    screen.click("Bestätigen und weiter")
    assert "zu prüfen" not in Screen("zielsystem").html[0] and store.load().contributions[0].weight == 3
    sheet = Screen("zielsystem", eintrag="Z4").table("Version", "Was")
    assert [row["Version"] for row in sheet] == ["4", "1"] and "Bewertet von" in sheet[0]["Was"]
