"""Every screen on an empty, a faulty and the example's plan: an answer, no traceback, no English of ours, every row."""

import json
import re
from pathlib import Path

import pytest
from screen import PAGES, Screen, plain

from insek_core.change.scenario import parse
from insek_core.change.variants import keep
from insek_core.plan import TABLES, Plan
from insek_core.plan.columns import EVIDENCE_GERMAN
from insek_core.plan.record import columns_of
from insek_core.storage.store import Store

ENGLISH = r"\b(None|nan|NaN|NaT|True|False|null|undefined|stated|assumed|derived|external|Traceback|Error|Exception)\b"
SUBJECT_PAGES = tuple(page for page in PAGES if page != "daten")
EMPTY = {
    "ueberblick": "Noch keine Kosten eingetragen. Unter „Daten“ → Kostenpositionen anlegen.",
    "haushalt": "Bitte unter „Daten“ Kostenpositionen, Förderprogramm und Haushaltsansätze anlegen.",
    "zeitplan": "Bitte unter „Daten“ Phasen und Arbeitsschritte anlegen oder die Auswahl ändern.",
    "zielsystem": "Bitte unter „Daten“ Ziele anlegen.",
    "karte": "Bitte Indikatoren unter „Daten“ anlegen und Statistik einlesen.",
    "gremien": "Bitte unter „Daten“ Gremien und Beteiligungsformate anlegen.",
}
SITUATION = (
    "Für die Fortschreibung des INSEK sind 2015–2017 Gesamtkosten von 195.000 € angesetzt: 130.000 € "
    "Förderung und 65.000 € städtischer Eigenanteil.",
    "Im Haushaltsplan 2015/2016 sind 120.000 € Erträge und 60.000 € Eigenanteil geplant; die Aufteilung "
    "auf die Jahre nennt die Vorlage nicht.",
    "Für 2017 sind noch anzumelden: 15.000 € Aufwendungen und 10.000 € Erträge, rechnerisch 5.000 € Eigenanteil.",
)
PICTURES = {"ueberblick": 2, "haushalt": 3, "zeitplan": 2, "gremien": 2}
on_every_plan = pytest.mark.parametrize("plan_in_use", ["leer", "halb", "fehlerhaft", "beispiel"], indirect=True)
on_every_page = pytest.mark.parametrize("page", PAGES)


@on_every_plan
@on_every_page
def test_a_screen_answers_first_and_shows_no_traceback(page: str, plan_in_use: Path) -> None:
    screen = Screen(page)
    assert not screen.at.exception
    assert screen.at.title or "<h1" in screen.html[0], "a screen has one title"
    assert screen.answers or (page == "karte" and "Es liegen keine Werte vor." in screen.messages)


@pytest.mark.usefixtures("example_in_use")
@on_every_page
def test_the_screen_is_the_one_that_was_asked_for(page: str) -> None:
    titles = {
        "ueberblick": "INSEK Leipzig: Kosten, Zeit und Ziele im Blick",
        "haushalt": "Haushalt & Förderung",
        "waswaere": "Was wäre, wenn",
        "praesentation": "Lage",
        "zeitplan": "Zeitplan",
        "zielsystem": "Zielsystem",
        "karte": "Indikatoren & Karte",
        "gremien": "Beteiligung & Gremien",
        "daten": "Daten",
    }
    shown = [title.value for title in Screen(page).at.title]
    assert shown == [titles[page]]


@on_every_plan
@on_every_page
def test_a_screen_speaks_german(page: str, plan_in_use: Path) -> None:
    words = Screen(page).visible()
    assert not (found := re.findall(f".{{0,40}}{ENGLISH}.{{0,40}}", words)), found


@pytest.mark.usefixtures("example_in_use")
@pytest.mark.parametrize("page", PAGES)
def test_technical_names_stand_in_the_data_dictionary_only(page: str) -> None:
    screen = Screen(page)
    cells = {
        c
        for table in screen.tables()
        for row in table
        for h, c in row.items()
        if h not in ("Technischer Name", "Kennung")
    }
    words = "\n".join([*cells, *screen.answers, screen.told, *(o for box in screen.at.selectbox for o in box.options)])
    assert not (found := re.findall(r"\b[a-z]+(?:_[a-z0-9]+)+\b", words)), found


@pytest.mark.parametrize("page", EMPTY)
@pytest.mark.parametrize("plan_in_use", ["leer"], indirect=True)
def test_an_empty_screen_says_what_to_do_next(page: str, plan_in_use: Path) -> None:
    assert EMPTY[page] in Screen(page).messages


@pytest.mark.parametrize("plan_in_use", ["leer"], indirect=True)
def test_the_data_screen_offers_the_first_record_of_an_empty_plan(plan_in_use: Path) -> None:
    screen = Screen("daten")
    assert "0 Einträge in 0 von" in screen.answers[0]
    assert any("Neuer Eintrag: Organisation" in option for box in screen.at.selectbox for option in box.options)


@pytest.mark.parametrize("page", ["ueberblick", "daten"])
@pytest.mark.parametrize("plan_in_use", ["fehlerhaft"], indirect=True)
def test_findings_are_told_in_german_with_a_remedy(page: str, plan_in_use: Path) -> None:
    found = {
        (row["Art"], row["Meldung"], row["Abhilfe"]) for row in Screen(page).table("Art", "Ort", "Meldung", "Abhilfe")
    }
    assert found >= {
        (
            "✖ Fehler",
            "Kostenpositionen, „KO“ (KO): zuwendungsfähig sind zusammen 150 % der Ausgaben.",
            "Anteile auf 0 bis 100 % begrenzen.",
        ),
        (
            "✖ Fehler",
            "Phasen, „Kernphase“ (P) endet (01.03.2016) vor ihrem Beginn (01.05.2016).",
            "Beginn oder Ende berichtigen.",
        ),
        (
            "✖ Fehler",
            "Die Abhängigkeiten bilden einen Kreis: eins → zwei → eins.",
            "Eine der Abhängigkeiten entfernen.",
        ),
        (
            "▲ Warnung",
            "Kostenpositionen, „KO“ (KO) hat keinen Betrag; die Gesamtkosten sind deshalb unbekannt.",
            "Betrag eintragen.",
        ),
        (
            "▲ Warnung",
            "Förderprogramme, „Programm“ (FP): Der Fördersatz fehlt; die Förderung ist unbekannt.",
            "Fördersatz eintragen.",
        ),
    }


@pytest.mark.parametrize("plan_in_use", ["fehlerhaft"], indirect=True)
def test_a_missing_amount_makes_the_money_unknown_not_zero(plan_in_use: Path) -> None:
    screen = Screen("haushalt")
    assert screen.answers[0] == "Die Gesamtkosten sind unbekannt: Es fehlen Beträge."
    assert screen.table("Jahr", "Gesamtkosten")[-1]["Gesamtkosten"] == "unbekannt"


@on_every_page
def test_damaged_rows_are_named_and_nothing_is_shown_as_if_they_were_whole(page: str, damaged: Path) -> None:
    screen = Screen(page)
    assert not screen.at.exception
    assert screen.at.title[0].value == "Die Planung lässt sich nicht lesen"
    assert "4 Angaben in der Datenbank sind nicht lesbar. Es wurde nichts geändert." in screen.messages
    places = {row["Ort"] for row in screen.table("Ort", "Meldung")}
    assert places == {
        "Veranstaltungen · EV-F1-1 · Termin",
        "Sitzungen · SI-BK-2015-H · Termin",
        "Förderzuordnung · FZ-01 · Zuwendungsfähiger Anteil",
        "Kostenpositionen · KO-04 · Bezeichnung",
    }
    assert not screen.answers


@pytest.mark.parametrize("content", [b"", b"kein SQLite", b"SQLite format 3\x00" + b"\x00" * 5000])
def test_a_file_that_is_no_database_of_ours_is_said_in_german(content: bytes, tmp_path: Path, use) -> None:
    (path := tmp_path / "fremd.sqlite").write_bytes(content)
    screen = Screen("ueberblick") if use(path) else None
    assert screen is not None and not screen.at.exception
    assert "Datenbank" in screen.messages
    assert path.read_bytes() == content


@pytest.mark.usefixtures("example_in_use")
def test_the_overview_tells_the_three_sentences_of_the_money() -> None:
    told = "\n".join(Screen("ueberblick").answers)
    for sentence in SITUATION:
        assert sentence in told


@pytest.mark.usefixtures("example_in_use")
@pytest.mark.parametrize("page", ["ueberblick", "haushalt"])
def test_the_working_of_a_figure_names_the_lines_of_the_paper(page: str) -> None:
    workings = "\n".join(html for html in Screen(page).html if "class='woher'" in html)
    assert "Vorlage Z. 277" in workings
    assert "Z. 289" in workings


@pytest.mark.usefixtures("example_in_use")
@pytest.mark.parametrize(("page", "count"), PICTURES.items())
def test_a_picture_counts_in_german_and_is_told_to_those_who_do_not_see_it(page: str, count: int) -> None:
    charts = Screen(page).charts()
    assert len(charts) == count
    for spec, alt in charts:
        locale = spec["config"]["locale"]
        assert (locale["number"]["decimal"], locale["number"]["thousands"]) == (",", ".")
        assert (locale["time"]["months"][2], locale["time"]["shortMonths"][9]) == ("März", "Okt")
        assert alt.endswith(".") and len(alt) > 40


@pytest.mark.usefixtures("example_in_use")
def test_the_map_is_told_to_those_who_do_not_see_it() -> None:
    screen = Screen("karte")
    spec, alt = next((spec, alt) for spec, alt in screen.charts() if "geoshape" in json.dumps(spec))
    assert "am höchsten in" in alt and "am niedrigsten in" in alt
    addresses = re.findall(r'"url": "([^"]*)"', json.dumps(spec))
    assert addresses and all(re.fullmatch(r"umrisse/[0-9a-f]{64}\.json", one) for one in addresses), "from here alone"
    assert not screen.at.get("deck_gl_json_chart"), "columns come on demand"


@pytest.fixture
def rows_shown(example_in_use: Path) -> dict[str, dict[str, str]]:
    """Every row of a folded table of the subject screens by its Kennung."""
    tables = [table for page in SUBJECT_PAGES for table in Screen(page).tables()]
    return {row["Kennung"]: row for table in tables if "Kennung" in table[0] for row in table}


def test_every_row_is_reachable_on_a_screen(example: Plan, rows_shown: dict[str, dict[str, str]]) -> None:
    rest = {table: {row.id for row in example.rows(table)} - set(rows_shown) for table in TABLES}
    for table in (table for table, ids in rest.items() if ids):
        shown = {row["Kennung"] for row in Screen("daten", tabelle=TABLES[table].sheet).table("Kennung")}
        assert rest[table] <= shown, table
    assert {table for table, ids in rest.items() if ids} <= {"settings"}, "a subject has its rows on its own screen"


def test_what_is_assumed_is_marked_and_never_called_stated(
    example: Plan, rows_shown: dict[str, dict[str, str]]
) -> None:
    for row in (row for table in TABLES if table != "settings" for row in example.rows(table)):
        shown = rows_shown[row.id]
        assert EVIDENCE_GERMAN[row.evidence] in shown["Beleg"], row.id
        for column in columns_of(type(row)):
            cell = shown.get(column.heading, "")
            if cell and column.name not in ("id", "source", "note", "evidence"):
                assert (row.evidence_of(column.name) == "assumed") == cell.endswith("◌"), (row.id, column.heading, cell)


@pytest.mark.usefixtures("example_in_use")
def test_a_figure_that_rests_on_an_assumption_says_so() -> None:
    screen = Screen("haushalt")
    years = screen.table("Jahr", "Gesamtkosten", "Beleg")
    assert all("Annahme" in row["Beleg"] for row in years if row["Jahr"] in ("2015", "2016", "2017"))
    costs = screen.table("Kennung", "Betrag", "Zweck")
    assert len(costs) == 12
    assert all(row["Betrag"].endswith("€ ◌") and row["Beleg"] == "◌ Annahme" for row in costs)
    assert not any("◌" in row["Zweck"] for row in costs), "the four purposes are stated"


@pytest.mark.usefixtures("example_in_use")
def test_the_stichtag_stands_in_the_address_and_in_the_head() -> None:
    assert "Stand 01.06.2015 · Plan Version 1" in Screen("zeitplan").told
    assert "Stand 01.10.2016 · Plan Version 1" in Screen("zeitplan", stichtag="01.10.2016").told
    assert "Stand 01.06.2015 · Plan Version 1" in Screen("zeitplan", stichtag="Quatsch").told


@pytest.mark.usefixtures("example_in_use")
def test_another_stichtag_is_typed_and_a_wrong_one_is_refused() -> None:
    screen = Screen("ueberblick").type("Stichtag (TT.MM.JJJJ)", "31.02.2016").click("Übernehmen")
    assert "31.02.2016" in screen.messages and "Stand 01.06.2015" in screen.told
    screen.type("Stichtag (TT.MM.JJJJ)", "01.10.2016").click("Übernehmen")
    assert "Stand 01.10.2016" in screen.told
    assert screen.query("stichtag") == "01.10.2016"


@pytest.mark.usefixtures("example_in_use")
def test_the_map_answers_for_what_the_address_names() -> None:
    screen = Screen("karte", jahr="2014", ebene="Stadtbezirk")
    assert "2014: am höchsten in" in screen.answers[0]
    assert {row["Wert"] for row in screen.table("Schlüssel", "Gebiet", "Wert")} - {"unbekannt"}


@pytest.mark.usefixtures("example_in_use")
def test_the_map_survives_an_address_that_names_nothing() -> None:
    screen = Screen("karte", jahr="1871", ebene="Kontinent", indikator="Glück", gebiet="Atlantis")
    assert not screen.at.exception
    assert plain(screen.answers[0]).count("am höchsten in") == 1


def test_kept_scenarios_stand_side_by_side_with_exactly_what_differs(example_in_use: Path) -> None:
    store = Store(example_in_use)
    plan = store.load()
    for name, text in (("Plan", "cost=+10%"), ("Sparen", "drop=KO-10")):
        plan, _ = keep(plan, name, "Frau Berg", "", 1, [parse(text)])
    store.save(plan, based_on=1, author="Frau Berg", reason="gemerkt")
    store.close()
    screen = Screen("waswaere")
    choice = next(group for group in screen.at.button_group if group.key == "vergleich")
    choice.set_value(["Plan", "Sparen"])
    rows = {
        row["Was sich unterscheidet"]: row
        for row in screen.run().table("Was sich unterscheidet", "Plan", "Plan (VAR-01)", "Sparen (VAR-02)")
    }
    assert [rows["Eigenanteil"][side] for side in ("Plan", "Plan (VAR-01)", "Sparen (VAR-02)")] == [
        "65.000 €",
        "84.500 €",
        "63.000 €",
    ]
    assert all(len({row[side] for side in ("Plan", "Plan (VAR-01)", "Sparen (VAR-02)")}) > 1 for row in rows.values())
