"""The data screen: difference first, then a version with a reason; two editors lose nothing; drafts outlive a
session.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from screen import Row, Screen, plain

from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import with_row
from insek_core.storage.store import Store

FUZZING = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"
CHECK, SAVE = "Prüfen und Unterschied zeigen", "Als neue Version speichern"
KO_04 = "Kostenpositionen · Auftaktveranstaltung (KO-04): Betrag 12.000 € → 13.000,50 €"


def at_record(table: str, record: str) -> Screen:
    """A new session on the data screen, at a record."""
    return Screen("daten", tabelle=TABLES[table].sheet, eintrag=record).run()


def again(screen: Screen) -> Screen:
    """Another session of the same browser at the address of this one, as after a reload."""
    later = at_record("cost_items", screen.query("eintrag"))
    later.at.session_state["entwurf"] = screen.at.session_state["entwurf"]  # in a browser a cookie
    return later.run()


def at_amount(text: str) -> Screen:
    """A new session that has typed another amount for KO-04 and asked for the difference."""
    return at_record("cost_items", "KO-04").type("Betrag", text).click(CHECK)


def saved(screen: Screen, author: str = "Frau Berg") -> Screen:
    """The screen after saving under a name."""
    return screen.type("Wer ändert?", author).click(SAVE)


def now_in(path: Path) -> tuple[int, Plan]:
    """Number and plan of the newest version of a database."""
    store = Store(path)
    try:
        return store.head.number, store.load()
    finally:
        store.close()


def somebody_saves(path: Path, record_id: str, **values: Any) -> None:
    """Herr Klein changes a record past this session."""
    store = Store(path)
    plan = store.load()
    record = replace(plan.by_id[record_id], **values)
    store.save(with_row(plan, record.table, record), based_on=store.head.number, author="Herr Klein", reason="eilig")
    store.close()


def findings(screen: Screen) -> list[Row]:
    """All rows of all findings on the screen."""
    return [row for table in screen.tables() if "Abhilfe" in table[0] for row in table]


def amount(plan: Plan, record_id: str = "KO-04") -> Any:
    return next(item.amount_cents for item in plan.cost_items if item.id == record_id)


@pytest.fixture
def path(example_in_use: Path) -> Path:
    return example_in_use


def test_an_edit_shows_its_difference_before_anything_is_saved(path: Path) -> None:
    screen = at_amount("13.000,50 €")
    assert "Das ändert sich (1):" in screen.told and KO_04 in screen.told
    assert now_in(path)[0] == 1


def test_saving_makes_version_2_with_author_reason_and_the_right_plan(path: Path, example: Plan) -> None:
    screen = saved(at_amount("13.000,50 €").type("Begründung", "Angebot liegt vor"))
    assert not screen.at.exception
    assert "Gespeichert als Version 2." in screen.messages and "Plan Version 2" in screen.told
    first = screen.tab("Versionen").table("Version", "Von", "Begründung", "Geändert")[0]
    assert (first["Version"], first["Von"], first["Begründung"]) == ("2", "Frau Berg", "Angebot liegt vor")
    assert first["Geändert"] == KO_04
    number, plan = now_in(path)
    ko_04 = next(item for item in example.cost_items if item.id == "KO-04")
    assert number == 2 and plan == with_row(example, "cost_items", replace(ko_04, amount_cents=13_000_50))


def test_the_other_screens_count_with_the_new_version(path: Path) -> None:
    saved(at_amount("13.000,50 €"))
    assert "Gesamtkosten von 196.000,50 €" in "\n".join(Screen("ueberblick").answers)


@pytest.mark.parametrize("text", ["12,5.0", "viel", "1.2.3", "12 000 €€", "1e9"])
def test_a_text_that_is_no_amount_gives_a_german_finding_and_changes_nothing(text: str, path: Path) -> None:
    screen = at_amount(text)
    assert "Noch nicht speicherbar; es wurde nichts geändert." in screen.messages
    (finding,) = (row for row in findings(screen) if row["Ort"] == "Kostenpositionen · KO-04 · Betrag")
    assert f"„{text}“" in finding["Meldung"] and finding["Abhilfe"].startswith("Bitte")
    assert not any(button.label == SAVE for button in screen.at.button)
    assert now_in(path)[0] == 1


def test_a_required_value_left_empty_is_asked_for(path: Path) -> None:
    screen = at_record("cost_items", "KO-04").type("Bezeichnung", " ").click(CHECK)
    assert "„Bezeichnung“ fehlt." in [row["Meldung"] for row in findings(screen)]
    assert now_in(path)[0] == 1


def test_an_amount_outside_its_bounds_is_refused(path: Path) -> None:
    screen = at_amount("−5 €")
    assert "So nicht speicherbar; es wurde nichts geändert." in screen.messages
    assert now_in(path)[0] == 1


@pytest.mark.parametrize(("author", "reason"), [("", "weil"), ("  ", "weil"), ("Frau Berg", "")])
def test_saving_without_author_or_reason_is_refused(author: str, reason: str, path: Path) -> None:
    screen = saved(at_amount("13.000,50 €").type("Begründung", reason), author)
    assert "Bitte Name und Begründung angeben; es wurde nichts geändert." in screen.messages
    assert now_in(path)[0] == 1


def test_a_draft_outlives_the_session_until_it_is_thrown_away(path: Path) -> None:
    later = again(at_amount("13.000,50 €"))
    assert "Entwurf auf Grundlage von Version 1" in later.messages
    assert KO_04 in later.told
    later.click("Entwurf verwerfen")
    assert "Entwurf auf" not in later.messages and "Entwurf auf" not in again(later).messages
    assert now_in(path)[0] == 1


def test_a_text_that_is_no_amount_outlives_the_session_too(path: Path) -> None:
    assert "12,5.0" in again(at_amount("12,5.0")).visible()


def test_who_leaves_without_pressing_anything_loses_nothing(path: Path) -> None:
    screen = at_record("cost_items", "KO-04").type("Betrag", "13.000,50 €").run()
    assert KO_04 in screen.told, "what differs is shown as it is typed"
    screen.at.switch_page("../haushalt.py").run()
    screen.at.switch_page("../daten.py").run()
    assert KO_04 in screen.run().told and screen.query("eintrag") == "KO-04"


def test_a_draft_belongs_to_its_session(path: Path) -> None:
    at_amount("13.000,50 €")
    other = at_record("cost_items", "KO-04")
    assert "Entwurf auf" not in other.messages and "13.000,50" not in other.visible()
    assert not any(button.label == "Entwurf verwerfen" for button in other.at.button)


def test_the_second_editor_is_told_what_the_first_changed_and_keeps_the_own_draft(path: Path) -> None:
    screen = at_amount("13.000,50 €")
    somebody_saves(path, "KO-05", amount_cents=31_000_00)
    saved(screen)
    assert "Seit Version 1 hat Herr Klein Version 2 gespeichert" in screen.messages
    assert "(KO-05): Betrag 30.000 € → 31.000 €" in screen.messages
    assert now_in(path)[0] == 2
    saved(screen)
    number, plan = now_in(path)
    assert (number, amount(plan), amount(plan, "KO-05")) == (3, 13_000_50, 31_000_00)


def test_two_edits_of_different_cells_of_one_record_are_both_kept(path: Path) -> None:
    screen = at_amount("13.000,50 €")
    somebody_saves(path, "KO-04", year=2016)
    saved(screen)
    assert "(KO-04): Jahr 2015 → 2016" in screen.messages
    saved(screen)
    number, plan = now_in(path)
    ko_04 = next(item for item in plan.cost_items if item.id == "KO-04")
    assert (number, ko_04.amount_cents, ko_04.year) == (3, 13_000_50, 2016)


def test_two_edits_of_one_cell_are_both_named_and_the_second_editor_decides(path: Path) -> None:
    screen = at_amount("13.000,50 €")
    somebody_saves(path, "KO-04", amount_cents=14_000_00)
    saved(screen)
    assert "Beide geändert" in screen.messages
    assert "12.000 € → 13.000,50 €" in screen.messages and "12.000 € → 14.000 €" in screen.messages
    assert "Betrag 14.000 € → 13.000,50 €" in screen.told, "what is overwritten is shown before it is saved"
    assert now_in(path)[0] == 2


def test_what_was_typed_before_somebody_saved_is_not_lost_when_asking_for_the_difference(path: Path) -> None:
    screen = at_record("cost_items", "KO-04").type("Betrag", "13.000,50 €")
    somebody_saves(path, "KO-04", year=2016)
    screen.click(CHECK)
    assert "13.000,50 €" in screen.visible()
    assert "12.000 € → 13.000,50 €" in screen.told


def test_nobody_saves_the_draft_of_somebody_else_under_the_own_name(path: Path) -> None:
    mine = at_amount("13.000,50 €")
    theirs = at_record("cost_items", "KO-04").type("Betrag", "14.000 €").click(CHECK)
    assert "14.000 €" in theirs.told
    saved(mine)
    assert amount(now_in(path)[1]) != 14_000_00


def test_a_record_that_others_name_is_not_removed(path: Path, example: Plan) -> None:
    screen = at_record("cost_items", "KO-04").click("Eintrag entfernen")
    assert "Auftaktveranstaltung (KO-04): entfernt" in screen.told
    assert "So nicht speicherbar; es wurde nichts geändert." in screen.messages
    assert any("nennt KO-04; das gibt es nicht" in row["Meldung"] for row in findings(screen))
    assert now_in(path) == (1, example)


def test_a_record_that_nothing_names_is_removed_after_its_difference(path: Path, example: Plan) -> None:
    name = example.funding_bases[0].id
    screen = at_record("funding_bases", name).click("Eintrag entfernen")
    assert f"({name}): entfernt" in screen.told and now_in(path)[0] == 1
    saved(screen)
    number, plan = now_in(path)
    assert number == 2 and plan.funding_bases == example.funding_bases[1:]
    assert screen.at.selectbox(key="tabelle").value == "funding_bases", "the reader stays at the table"


def test_a_new_record_is_an_assumption_of_whoever_types_it(path: Path) -> None:
    screen = at_record("organisations", "neu").type("Kennung", "ORG-NEU").type("Name", "Amt für Neues").click(CHECK)
    assert "Organisationen · Amt für Neues (ORG-NEU): neu" in screen.told
    saved(screen)
    number, plan = now_in(path)
    assert number == 2 and plan.by_id["ORG-NEU"].evidence == "assumed"


def test_a_new_record_does_not_take_the_place_of_one_with_its_id(path: Path, example: Plan) -> None:
    screen = at_record("organisations", "neu").type("Kennung", "ORG-SPA").type("Name", "Amt für Neues").click(CHECK)
    assert "Die Kennung ORG-SPA ist schon vergeben; es wurde nichts geändert." in screen.messages
    assert now_in(path) == (1, example)


def test_an_old_version_is_restored_as_a_new_one(path: Path, example: Plan) -> None:
    screen = saved(at_amount("13.000,50 €")).tab("Versionen")
    screen.at.selectbox(key="version_wahl").set_value(1)
    screen.type("Wer stellt wieder her?", "Frau Berg").click("Wiederherstellen (als neue Version)")
    assert "Version 1 ist als Version 3 wiederhergestellt." in screen.messages
    assert now_in(path) == (3, example)


def test_our_example_assumptions_go_at_one_press(path: Path, example: Plan) -> None:
    ours = {row.id for table in TABLES for row in example.rows(table) if row.note == "Beispielannahme"}
    screen = Screen("daten").click("Beispielannahmen entfernen")
    assert f"Das ändert sich ({len(ours)}):" in screen.told and now_in(path)[0] == 1
    saved(screen)
    number, plan = now_in(path)
    assert number == 2 and set(example.by_id) - set(plan.by_id) == ours
    assert not any(button.label == "Beispielannahmen entfernen" for button in screen.at.button)


def test_every_table_can_be_edited_on_the_screen(path: Path, example: Plan) -> None:
    for table in TABLES:
        screen = Screen("daten", tabelle=TABLES[table].sheet)
        assert not screen.at.exception and screen.at.selectbox(key="tabelle").value == table
        assert any(button.label == CHECK for button in screen.at.button), table


def test_a_record_unchanged_makes_no_version(path: Path, example: Plan) -> None:
    held = [table for table in TABLES if example.rows(table)]
    for table in held if FUZZING else held[::2]:  # `make fuzz` tries every table
        row = example.rows(table)[0]
        screen = at_record(table, row.id).click(CHECK)
        assert "Kein Unterschied zum gespeicherten Stand." in screen.messages, plain(f"{table}: {screen.told}")


def test_a_write_protected_database_is_read_and_says_that_it_cannot_save(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    screen = saved(Screen("daten").click("Beispielannahmen entfernen"))
    assert not screen.at.exception
    assert "schreibgeschützt" in screen.messages


def test_rows_written_past_the_programme_are_pointed_out(path: Path, damage: Callable[..., None]) -> None:
    damage(path, "UPDATE cost_items SET amount_cents = 1 WHERE id = 'KO-04'")
    screen = Screen("haushalt")
    assert "außerhalb des Programms geändert (1 Abweichungen von Version 1)" in screen.messages
    assert "Betrag 12.000 € → 0,01 €" in screen.messages


def test_after_a_new_name_the_screen_stays_at_the_record(path: Path) -> None:
    screen = saved(at_record("cost_items", "KO-04").type("Bezeichnung", "Großer Auftakt").click(CHECK))
    assert now_in(path)[1].by_id["KO-04"].label == "Großer Auftakt"
    assert screen.at.selectbox(key="eintrag-cost_items").value == "KO-04"


def test_a_reference_is_chosen_by_id_where_names_repeat(path: Path, example: Plan) -> None:
    names = [plan.name for plan in example.sector_plans]
    assert len(set(names)) < len(names), "the example has two entries of one name"
    options = next(box.options for box in at_record("contributions", "ZB-01").at.selectbox if box.label == "Von *")
    assert len(set(options)) == len(options)


def test_what_changed_since_an_earlier_version_is_told_in_sentences(path: Path) -> None:
    screen = saved(at_amount("13.000,50 €")).tab("Versionen")
    told = "\n".join(screen.answers)
    assert (
        "Der Eigenanteil steigt von 65.000 € auf 66.000,50 €, wenn 130.000 € ein Höchstbetrag sind; wenn die Förderung "
        "mitwächst, auf 65.333,50 €."
    ) in told
