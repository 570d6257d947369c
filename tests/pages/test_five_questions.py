"""The five questions of the Projektgruppe on 24 goals and 60 measures, each answered by one click."""

from pathlib import Path

import pytest
from filled import LONE, WORDS
from screen import Screen, plain

QUESTIONS = (
    "Welche Ziele sind nur Worte?",
    "Was fehlt, und von wem?",
    "Was dient keinem Ziel?",
    "Was widerspricht was?",
    "Was bricht, wenn Geld fehlt?",
)


class Clicked(Screen):
    """The screen as a click leaves it: nothing opened but what was clicked."""

    def run(self) -> "Clicked":
        self._run()
        return self

    def ask(self, question: str) -> "Clicked":
        """One click on one question."""
        asked = next(group for group in self.at.button_group if group.key == "fragen")
        assert question in asked.options and asked.options.index(question) < len(QUESTIONS)
        asked.set_value([question])
        return self.run()


@pytest.fixture
def screen(filled_in_use: Path) -> Clicked:
    return Clicked("zielsystem")


def test_before_any_click_the_ladder_and_its_sentence_answer(screen: Clicked) -> None:
    assert "Von 24 Zielen sind 19 mit Mitteln unterlegt" in plain(" ".join(screen.answers))
    assert "151 von 1.632 Paaren sind bewertet" in plain(" ".join(screen.answers))


def test_one_click_names_the_goals_that_are_only_words(screen: Clicked) -> None:
    screen.ask(QUESTIONS[0])
    assert "4 von 24 Zielen sind nur benannt" in " ".join(screen.answers)
    rows = screen.table("Von wem", "Ziel", "Was fehlt")
    assert {row["Ziel"] for row in rows} == {
        "Eine Stadt mit Herz sein",
        "Mobilität neu denken",
        "Zukunft gestalten",
        "Nachhaltig handeln",
    }
    assert len(rows) == len(WORDS)


def test_one_click_says_what_is_missing_from_whom(screen: Clicked) -> None:
    screen.ask(QUESTIONS[1])
    rows = screen.table("Von wem", "Lücke", "Was fehlt")
    assert {"Amt 3", "Statistikstelle mit Fachamt"} <= {row["Von wem"] for row in rows}
    (open_one,) = [
        row for row in rows if "Beitrag von Verkehr bewerten" in row["Was fehlt"] and row["Lücke"] != "nur benannt"
    ]
    assert open_one["Ziel"] == "Mobilität neu denken"


def test_one_click_names_what_serves_no_goal(screen: Clicked) -> None:
    screen.ask(QUESTIONS[2])
    assert "Ohne Ziel: 3 Maßnahmen" in " ".join(screen.answers)
    rows = screen.table("Name", "Art", "Stand")
    assert len([row for row in rows if row["Stand"] == "dient keinem Ziel"]) == len(LONE)


def test_one_click_names_what_contradicts_what_with_its_money(screen: Clicked) -> None:
    screen.ask(QUESTIONS[3])
    assert "2 Beiträge schaden 2 Zielen." in " ".join(screen.answers)
    rows = {row["schadet dem Ziel"]: row for row in screen.table("Wer", "schadet dem Ziel")}
    assert rows["Kleingärten erhalten und öffnen"]["Gewicht"] == "−3"
    assert rows["Flussauen renaturieren"]["Geld"] == "237.000 €"
    conflicts = [row for row in screen.table("Art", "Von", "Auf") if row["Art"] == "Konflikt"]
    assert len(conflicts) == 3


def test_one_click_says_what_a_cut_of_a_fifth_breaks_and_what_hangs_on_one_thread(screen: Clicked) -> None:
    told = plain(" ".join(screen.ask(QUESTIONS[4]).answers))
    assert "20 % weniger Geld: Bei bester Wahl bleiben alle 20 Ziele durch Maßnahmen gedeckt." in told
    assert "2 Ziele hängen an einer einzigen Maßnahme" in told
    threads = {row["Ziel"]: row["Name"] for row in screen.table("Ziel", "hängt allein an")}
    assert threads["Barrierefreie Wohnungen für Ältere schaffen"] == "Konzept Bildung 3"
    assert screen.table("Maßnahme", "Verantwortlich", "Deckt"), "which measures to keep"
