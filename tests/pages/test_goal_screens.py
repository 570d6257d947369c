"""Zielsystem: how much is judged, what is missing from whom, what stands behind a goal, how sector plans act."""

from pathlib import Path

import pytest
from screen import Screen


def test_coverage_says_of_how_many_pairs(example_in_use: Path) -> None:
    told = " ".join(Screen("zielsystem").answers)
    assert "22 von 92 Paaren sind bewertet" in told and "Ohne Ziel: 1 Maßnahme und 5 Formate." in told


def test_gaps_are_narrowed_by_office_and_area_and_what_is_assumed_is_none_the_less_a_gap(example_in_use: Path) -> None:
    screen = Screen("zielsystem")
    rows = screen.table("Von wem", "Lücke")
    assert len(rows) == 20 and {row["Stand"] for row in rows} == {"? unbekannt"}
    screen.choose("Von wem", "Bereich Wirtschaftsförderung")
    (row,) = screen.table("Von wem", "Lücke")
    assert (row["Ziel"], row["Lücke"]) == ("Soziale Stabilität", "kein Indikator")
    assert "(bisher nur Annahme)" in row["Was fehlt"]
    screen.choose("Von wem", "").choose("Zielbereich", "Z1")
    assert {row["Ziel"] for row in screen.table("Von wem", "Lücke")} == {"Nationale und internationale Bedeutung"}
    rows = screen.choose("Zielbereich", "").choose("Ortsteil", "OT-70").table("Von wem", "Lücke")
    assert {row["Ziel"] for row in rows} == {"Wettbewerbsfähigkeit"}


def test_the_address_names_a_goal_and_its_sheet_has_the_judgements(example_in_use: Path) -> None:
    screen = Screen("zielsystem", ziel="Z4")  # as links of earlier programmes name it
    rows = {row["Beitrag von"]: row for row in screen.table("Beitrag von", "Gewicht")}
    assert rows["Wohnen"]["Gewicht"] == "+3" and rows["Wohnen"]["Bewertet am"] == "unbekannt"
    assert rows["Beratung zur Arbeitsaufnahme in den Stadtteilen anbieten"]["Gewicht"] == "nicht bewertet"
    (school,) = [row for row in screen.table("Maßnahme", "Geld") if row["Maßnahme"].startswith("Grundschulen")]
    assert (school["Geld"], school["Ende"]) == ("1.500.000 €", "2020")
    principle = " ".join(Screen("zielsystem").choose("Blatt eines Eintrags", "G8").answers)
    assert "Arbeitsgrundsatz, steigt nicht auf der Leiter" in principle and "Geld unbekannt" in principle


def test_conflicts_of_sector_plans_stand_with_what_they_touch(example_in_use: Path) -> None:
    screen = Screen("zielsystem")
    assert "15 von 132 Paaren sind bewertet" in " ".join(screen.answers)
    rows = screen.table("Art", "Geld der Maßnahmen")
    assert [row["Art"] for row in rows] == ["Konflikt"] * 5 + ["Synergie"] * 9
    assert {row["Geld der Maßnahmen"] for row in rows} == {
        "unbekannt",
        "mindestens 1.500.000 €",
        "1.500.000 €",
    }
    sums = {row["Fachteil"]: row for row in screen.table("Fachteil", "AS")}
    assert (sums["Sport"]["PS"], sums["Sport"]["Q = AS ÷ PS"]) == ("?", "?")


def test_measures_left_out_fall_from_the_ladder_as_sentence_and_picture(filled_in_use: Path) -> None:
    screen = Screen("waswaere")
    box = next(box for box in screen.at.multiselect if box.label == "Ohne Maßnahme, Format oder Nachweis")
    box.set_value(["M03"])
    screen.run()
    assert (
        "Ohne „Konzept Bildung 3“ fällt „Barrierefreie Wohnungen für Ältere schaffen“ von Stufe 4 auf 1"
        in screen.visible()
    )
    assert screen.query("var") == "drop=M03" and "✕ entfällt" in screen.visible()
    next(box for box in screen.at.multiselect if box.label == "Ohne Maßnahme, Format oder Nachweis").set_value([])
    screen.run()
    assert "✕ entfällt" not in screen.visible() and "var" not in screen.at.query_params


@pytest.mark.parametrize("plan_in_use", ["leer", "halb"], indirect=True)
def test_where_nothing_is_judged_no_share_and_no_sum_is_claimed(plan_in_use: Path) -> None:
    screen = Screen("zielsystem")
    told = " ".join(screen.answers)
    assert not screen.at.exception
    assert "0 %" not in told and "sind bewertet" not in told


@pytest.mark.parametrize(
    "entry, told",
    [
        ("M-01", "(Maßnahme) steht für 2 Ziele: „Soziale Stabilität“"),
        ("FN-01", "1.500.000 €) steht für 2 Ziele"),
        ("OT-20", "(Gebiet) steht für 2 Ziele"),
        ("FT-04", "(Fachteil) steht für 2 Ziele"),
        ("M-08", "ob es einem Ziel dient, ist unbekannt"),
    ],
)
def test_a_measure_an_euro_a_place_and_a_sector_plan_say_which_goals_they_stand_for(
    entry: str, told: str, example_in_use: Path
) -> None:
    screen = Screen("zielsystem", eintrag=entry)
    assert told in " ".join(screen.answers)
    assert any(f"zielsystem?eintrag={goal}'" in html for html in screen.html for goal in ("Z4", "FT-02"))


def test_what_the_address_names_and_has_no_sheet_shows_none(example_in_use: Path) -> None:
    screen = Screen("zielsystem", eintrag="KO-999")
    assert not screen.at.exception and "Hängt zusammen mit" not in screen.visible()


def test_themes_and_work_programme_say_what_is_unknown(example_in_use: Path) -> None:
    screen = Screen("zielsystem")
    assert "ist bei allen 8 Maßnahmen unbekannt" in " ".join(screen.answers)
    assert {row["Dient"] for row in screen.table("Thema", "Dient")} == {"unbekannt"}


LIST = "1. Lebensqualität\n1.1 Kurze Wege im Alltag sichern\n2. Soziale Stabilität\n2.1 Bezahlbares Wohnen erhalten"


def test_goal_texts_are_read_in_where_they_are_missing_and_then_missing_no_more(example_in_use: Path) -> None:
    screen = Screen("zielsystem")
    screen.at.session_state["zieltexte"] = True
    screen.run().type("oder die Liste hier einfügen", LIST)
    screen.at.session_state["zieltexte"] = True
    screen.run()
    assert "liegen nicht vor" in screen.answers[0] and "**2 neu" in screen.told
    assert "4 Zeilen gelesen (2 Zielbereiche und 2 Ziele)" in screen.visible()
    screen.type("Wer übernimmt?", "Stadtplanung")
    screen.at.session_state["zieltexte"] = True
    screen.click("Als neue Version übernehmen")
    assert "Übernommen als Version 2." in screen.messages
    assert screen.answers[0].startswith("Von 4 Zielen") and "liegen nicht vor" not in " ".join(screen.answers)
    assert "liegen nicht vor" not in " ".join(Screen("ueberblick").answers)


def test_a_broken_list_says_so_on_the_screen_and_saves_nothing(example_in_use: Path) -> None:
    screen = Screen("zielsystem")
    screen.at.session_state["zieltexte"] = True
    screen.run().type("oder die Liste hier einfügen", "1. A a\n1. B b\n2.")
    screen.at.session_state["zieltexte"] = True
    screen.run()
    assert not screen.at.exception and "Nicht übernommen" in screen.messages
    assert "Nr. 1 steht schon in Zeile 1" in screen.visible() and "hat keinen Text" in screen.visible()
