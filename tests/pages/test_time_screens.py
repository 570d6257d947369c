"""Zeitplan and Gremien: why a step lies there, a compared state, a Planstand of one's own, the draw."""

import json
from dataclasses import replace
from pathlib import Path

from screen import Screen

from insek_core.plan.values import parse_span
from insek_core.storage.store import Store


def test_the_timetable_says_what_one_day_more_costs(example_in_use: Path) -> None:
    told = " ".join(Screen("zeitplan").answers)
    assert (
        "darf höchstens 6 Tage später fertig werden, sonst wird statt am 21.06.2017 erst am 16.08.2017, 56 "
        "Tage später, beschlossen." in told
    )


def test_a_chosen_step_says_why_it_lies_there(example_in_use: Path) -> None:
    html = " ".join(Screen("zeitplan").html)
    assert "wartet auf Abstimmung, dann auf die Sitzung am 21.06.2017 (Ratsversammlung)" in html
    chosen = " ".join(Screen("zeitplan").choose("Arbeitsschritt", "K2").html)
    assert "wartet auf Umfassende Fortschreibung" in chosen and "Puffer: 13 Arbeitstage" in chosen


def test_the_table_twin_has_the_dates_of_the_picture(example_in_use: Path) -> None:
    screen = Screen("zeitplan")
    (row,) = [row for row in screen.table("Nr.", "Puffer") if row["Nr."] == "A1"]
    assert (row["Beginn"], row["Ende"], row["Spätestens"], row["Puffer"]) == (
        "02.01.2017",
        "10.05.2017",
        "16.05.2017",
        "4 Arbeitstage",
    )
    assert "INSEK-Beschluss" in json.dumps(screen.charts()[0][0], ensure_ascii=False)


def test_the_real_course_stands_beside_the_plan(example_in_use: Path) -> None:
    screen = Screen("zeitplan").choose("Vergleichen mit", "tatsächlicher Verlauf")
    rows = {row["Eintrag"]: row for row in screen.table("Eintrag", "Tatsächlich")}
    assert rows["Beschlussfassung"]["Unterschied"] == "344 Tage später"
    assert not any("Auftaktveranstaltung" in name for name in rows), "20.11.2015 lies within Herbst 2015"


def test_a_planstand_is_a_version_with_a_name_and_can_be_compared(example_in_use: Path) -> None:
    screen = Screen("zeitplan")
    screen.type("Name des Planstands", "Klausur Herbst").type("Wer hält fest?", "Frau Berg")
    next(button for button in screen.at.button if button.label == "Festhalten").click()
    screen.run()
    store = Store(example_in_use)
    assert (store.head.number, store.head.name, store.load(1)) == (2, "Klausur Herbst", store.load(2))
    again = Screen("zeitplan").choose("Vergleichen mit", "1")
    assert any("Keine Abweichung" in told for told in again.answers)


def test_only_what_concerns_an_office_is_drawn(example_in_use: Path) -> None:
    found = Screen("zeitplan").choose("Stelle", "EE5")
    every = Screen("zeitplan")
    assert len(json.dumps(found.charts()[0][0])) < len(json.dumps(every.charts()[0][0]))


def test_uncertainty_is_told_with_its_seed_and_its_assumption(example_in_use: Path) -> None:
    html = " ".join(Screen("zeitplan").html)
    assert "in 80 % spätestens am" in html and "Startwert 1" in html and "Annahme" in html


def test_a_full_evening_is_drawn_and_names_are_refused(example_in_use: Path) -> None:
    screen = Screen("gremien")
    screen.type("Codes der Anmeldungen", "\n".join(f"C{n}; {'Ost' if n % 2 else 'West'}" for n in range(40))).run()
    assert any("30 Codes sind ausgewählt, 10 rücken nach" in html for html in screen.html)
    screen.type("Codes der Anmeldungen", "Erika Mustermann; Ost").run()
    assert any("sieht nach einem Namen" in html for html in screen.html)


def test_seats_stand_against_expected_interest_in_picture_and_table(example_in_use: Path) -> None:
    store = Store(example_in_use)
    plan = store.load()
    crowded = tuple(replace(item, expected=parse_span("ca. 60")) if item.id == "F3" else item for item in plan.formats)
    store.save(replace(plan, formats=crowded), based_on=1, author="Test", reason="Interesse")
    screen = Screen("gremien")
    (row,) = [row for row in screen.table("Format", "Reicht es?") if row["Format"].startswith("Werkstattgespräche")]
    assert (row["Wo"], row["Plätze"], row["Reicht es?"]) == ("Stadtbüro", "max. 30–35", "reicht nicht")
    assert "max. 30–35 Plätze, erwartet ca. 60: reicht nicht" in json.dumps(screen.charts()[1][0], ensure_ascii=False)
    assert "erwartetes Interesse für 1." in screen.charts()[1][1]


def test_months_are_thinned_out_so_that_the_years_stay_and_the_compared_state_lies_inside(example_in_use: Path) -> None:
    def picture(screen: Screen) -> tuple[int, str]:
        layers = screen.charts()[0][0]["layer"]
        axes = [layer["encoding"]["x"]["axis"] for layer in layers if "axis" in layer["encoding"].get("x", {})]
        days = [row["start"] for row in layers[0]["data"]["values"]]
        return axes[0]["tickCount"]["step"], max(days)

    screen = Screen("zeitplan", raster="Monat")
    assert picture(screen) == (1, "2017-07-22T00:00:00")
    step, last = picture(screen.choose("Vergleichen mit", "tatsächlicher Verlauf"))
    assert step == 2 and last > "2018-05-31"
