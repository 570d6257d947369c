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


def test_the_address_names_a_goal_and_its_sheet_has_the_judgements(example_in_use: Path) -> None:
    screen = Screen("zielsystem").choose("Ziel", "Z4")
    rows = {row["Beitrag von"]: row for row in screen.table("Beitrag von", "Gewicht")}
    assert rows["Wohnen"]["Gewicht"] == "+3" and rows["Wohnen"]["Bewertet am"] == "unbekannt"
    assert rows["Beratung zur Arbeitsaufnahme in den Stadtteilen anbieten"]["Gewicht"] == "nicht bewertet"
    (school,) = [row for row in screen.table("Maßnahme", "Geld") if row["Maßnahme"].startswith("Grundschulen")]
    assert (school["Geld"], school["Ende"]) == ("1.500.000 €", "2020")
    principle = " ".join(Screen("zielsystem").choose("Ziel", "G8").answers)
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
