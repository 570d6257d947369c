"""What people do, in a real browser: find their way, ask where a figure comes from, compare districts, edit
together.
"""

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from test_walk import serious
from visit import Server, Visit

from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import TABLES
from insek_core.storage.embedded import example_plan
from insek_core.storage.store import Store

pytest_plugins = ["venue"]  # no conftest.py: --doctest-modules takes two of that name for one module
pytestmark = pytest.mark.browser

Come = Callable[..., Visit]
CHECK, SAVE = "Prüfen und Unterschied zeigen", "Als neue Version speichern"
COSTS = f"/daten?tabelle={TABLES['cost_items'].sheet}"


def address(tab: Visit) -> dict[str, str]:
    """What the address says after the question mark."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(tab.page.url).query).items()}


def at_ko_04(tab: Visit) -> Visit:
    """The tab at the record KO-04 on the data screen."""
    return tab.open(COSTS).choose("Eintrag", "KO-04 · Auftaktveranstaltung")


def in_database(server: Server) -> tuple[int, dict[str, int | None]]:
    """Newest version and the amounts of its cost items."""
    store = Store(server.db)
    try:
        return store.head.number, {item.id: item.amount_cents for item in store.load().cost_items}
    finally:
        store.close()


@pytest.mark.parametrize(("path", "title"), [("/karte", "Indikatoren & Karte"), ("/zielsystem", "Zielsystem")])
def test_a_deep_link_as_the_very_first_request_shows_its_screen(
    path: str, title: str, own_server: Server, visitor: Come
) -> None:
    tab = visitor(own_server).open(path)
    assert tab.page.locator("h1").all_inner_texts() == [title]
    assert tab.page.get_by_role("banner").get_by_role("link").count() >= 7
    assert tab.page.locator(".antwort").count() == 1
    assert not tab.errors and not tab.foreign


def test_an_address_of_nothing_leads_to_no_traceback(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open("/gibtesnicht")
    assert "Traceback" not in tab.text and not tab.foreign


def test_the_navigation_leads_to_another_screen_and_back(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open("/").click("Zielsystem", "link")
    assert tab.page.locator("h1").all_inner_texts() == ["Zielsystem"]
    assert urlsplit(tab.page.url).path == "/zielsystem"
    tab.page.go_back()
    expect(tab.page.locator("h1")).to_have_text("INSEK Leipzig: Kosten, Zeit und Ziele im Blick")
    assert not tab.errors


def test_a_sentence_of_the_situation_leads_to_its_screen(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open("/")
    tab.page.get_by_role("link", name="Haushalt →").click()
    expect(tab.page.locator("h1")).to_have_text("Haushalt & Förderung")


def test_where_does_this_come_from_tells_the_line_of_the_paper(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open("/")
    tab.page.get_by_role("button", name="woher?").first.click()
    working = tab.page.locator(".woher").first
    expect(working).to_be_visible()
    assert "Vorlage Z. 277" in working.inner_text()
    tab.keep("woher")
    assert serious(tab) == []


def test_a_folded_table_opens_and_shows_its_rows(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open("/haushalt")
    tab.click("Kostenpositionen")
    expect(tab.page.get_by_role("cell", name="KO-04", exact=True).first).to_be_visible()


def test_another_stichtag_stands_in_the_address_and_survives_a_reload(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open("/zeitplan").click("Stichtag ändern")
    tab.type("Stichtag (TT.MM.JJJJ)", "01.10.2016").click("Übernehmen")
    expect(tab.page.get_by_text("Stand 01.10.2016")).to_be_visible()
    assert address(tab)["stichtag"] == "01.10.2016"
    tab.page.reload()
    assert "Stand 01.10.2016" in tab.settle().text


def test_the_stichtag_goes_along_to_the_next_screen(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open("/zeitplan?stichtag=01.10.2016").click("Haushalt & Förderung", "link")
    expect(tab.page.locator("h1")).to_have_text("Haushalt & Förderung")
    assert "Stand 01.10.2016" in tab.text


def test_indicator_year_and_district_are_chosen_by_keyboard_and_survive_a_reload(
    shared_server: Server, visitor: Come
) -> None:
    tab = visitor(shared_server).open("/karte").choose("Indikator", "Altenquote")
    year = tab.page.get_by_role("slider").first
    year.focus()
    year.press("ArrowLeft")
    tab.until("Altenquote 2014: am höchsten in")
    tab.choose("Gebiet (auch durch Klick in Karte oder Balken)", "Grünau-Ost")
    assert tab.page.locator(".antwort").inner_text().startswith("Altenquote 2014: am höchsten in")
    chosen = address(tab)
    assert (chosen["indikator"], chosen["jahr"], chosen["gebiet"]) == ("Altenquote", "2014", "Grünau-Ost")
    tab.page.reload()
    tab.settle().keep("karte-gewaehlt")
    assert tab.page.locator(".antwort").inner_text().startswith("Altenquote 2014: am höchsten in")
    tab.page.get_by_role("tab", name="Gebiet").click()
    expect(tab.page.get_by_text("Grünau-Ost · West · ")).to_be_visible()
    assert address(tab) == chosen and not tab.errors


def test_the_other_level_of_the_map_is_reached_by_keyboard(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open("/karte")
    button = tab.page.get_by_role("radio", name="Stadtbezirk")
    button.focus()
    button.press("Space")
    tab.settle()
    assert address(tab)["ebene"] == "Stadtbezirk" and not tab.errors


def test_an_edit_is_checked_saved_as_version_2_and_still_there_after_a_reload(
    own_server: Server, visitor: Come
) -> None:
    tab = at_ko_04(visitor(own_server)).type("Betrag", "13.000,50 €").click(CHECK)
    assert "Betrag 12.000 € → 13.000,50 €" in tab.text
    assert in_database(own_server)[0] == 1
    tab.keep("unterschied")
    tab.type("Wer ändert?", "Frau Berg").click(SAVE).until("Gespeichert als Version 2.")
    expect(tab.page.get_by_text("Gespeichert als Version 2.")).to_be_visible()
    number, amounts = in_database(own_server)
    assert (number, amounts["KO-04"]) == (2, 13_000_50)
    tab.page.reload()
    assert "Plan Version 2" in tab.settle().text
    assert "von 196.000,50 € Gesamtkosten" in tab.open("/").text.replace("\n", " ")
    assert not tab.errors


def test_a_text_that_is_no_amount_is_refused_with_a_remedy_and_outlives_a_reload(
    own_server: Server, visitor: Come
) -> None:
    tab = at_ko_04(visitor(own_server)).type("Betrag", "12,5.0").click(CHECK)
    assert "„12,5.0“" in tab.text and "Noch nicht speicherbar; es wurde nichts geändert." in tab.text
    at_ko_04(tab)
    assert tab.page.get_by_label("Betrag", exact=True).input_value() == "12,5.0"
    assert in_database(own_server)[0] == 1


def test_of_two_people_the_second_is_told_what_differs_and_loses_nothing(own_server: Server, visitor: Come) -> None:
    first, second = at_ko_04(visitor(own_server)), at_ko_04(visitor(own_server))
    first.type("Jahr (Haushaltsjahr)", "2016").click(CHECK).type("Wer ändert?", "Frau Berg").click(SAVE).until(
        "Gespeichert als Version 2."
    )
    second.type("Betrag", "13.000,50 €").click(CHECK).type("Wer ändert?", "Herr Klein").click(SAVE)
    second.until("Seit Version 1 hat Frau Berg Version 2 gespeichert")
    assert "Jahr 2015 → 2016" in second.text
    second.keep("zu-zweit")
    second.click(SAVE).until("Gespeichert als Version 3.")
    number, amounts = in_database(own_server)
    assert (number, amounts["KO-04"]) == (3, 13_000_50)
    store = Store(own_server.db)
    assert next(item.year for item in store.load().cost_items if item.id == "KO-04") == 2016
    store.close()


def test_a_record_looked_at_and_checked_is_not_changed(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open(f"/daten?tabelle={TABLES['contributions'].sheet}").click(CHECK)
    assert "Kein Unterschied zum gespeicherten Stand." in tab.text


def test_the_database_is_downloaded_whole(shared_server: Server, visitor: Come, tmp_path: Path) -> None:
    tab = visitor(shared_server).open("/daten")
    tab.page.get_by_role("tab", name="Versionen").click()
    with tab.page.expect_download() as waiting:
        tab.page.get_by_role("button", name="Datenbank herunterladen (SQLite)").click()
    assert waiting.value.suggested_filename == "insek-version-1.sqlite"
    waiting.value.save_as(path := tmp_path / "geladen.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM cost_items").fetchone() == (12,)
    store = Store(path)
    assert store.head.number == 1
    store.close()


def workbook_with(path: Path, amount: object) -> Path:
    """The example's workbook with another amount for KO-04."""
    book = load_workbook(io.BytesIO(write_workbook(example_plan(), 1)))
    sheet = book["Kostenpositionen"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Betrag")
    row = next(cell.row for cell in sheet["A"] if cell.value == "KO-04")
    sheet.cell(row, column).value = amount
    book.save(path)
    return path


def test_a_faulty_workbook_is_mended_taken_over_and_undone(own_server: Server, visitor: Come, tmp_path: Path) -> None:
    tab = visitor(own_server).open("/daten")
    page = tab.page
    page.get_by_role("tab", name="Excel und Project").click()
    page.locator("input[type=file]").first.set_input_files(workbook_with(tmp_path / "fehlerhaft.xlsx", "12,5.0"))
    expect(page.get_by_text("„12,5.0“ ist kein Betrag.").first).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Nicht übernommen: Bitte die Fehler")).to_be_visible()
    assert in_database(own_server)[0] == 1
    page.reload()
    tab.settle()
    page.get_by_role("tab", name="Excel und Project").click()
    page.locator("input[type=file]").first.set_input_files(workbook_with(tmp_path / "gut.xlsx", "13.000,50 €"))
    expect(page.get_by_text("0 neu · 1 Angabe geändert · 0 entfernt")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("cell", name="13.000,50")).to_be_visible()
    page.get_by_role("textbox", name="Wer übernimmt?").fill("Kämmerei")
    page.get_by_role("button", name="Als neue Version übernehmen").click()
    expect(page.get_by_text("Übernommen als Version 2.")).to_be_visible(timeout=20_000)
    assert in_database(own_server)[1]["KO-04"] == 1_300_050
    page.get_by_role("button", name="Rückgängig: Version 1 wiederherstellen").click()
    expect(page.get_by_text("Rückgängig gemacht: Version 1 ist als Version 3 wiederhergestellt.")).to_be_visible(
        timeout=20_000
    )
    assert in_database(own_server) == (3, {item.id: item.amount_cents for item in example_plan().cost_items})
    assert not tab.errors and not tab.foreign
