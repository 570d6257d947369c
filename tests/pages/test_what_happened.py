"""The forms for what really happened: a step's state on the Zeitplan, results on Beteiligung & Gremien."""

from datetime import date
from pathlib import Path

import pytest
from screen import Screen, plain

from insek_core.plan import Plan
from insek_core.storage.store import Store

CHECK, SAVE = "Prüfen und Unterschied zeigen", "Als neue Version speichern"


def newest(path: Path) -> tuple[int, Plan]:
    store = Store(path)
    try:
        return store.head.number, store.load()
    finally:
        store.close()


class Form:
    """The form of a question on a screen: fields by the record and what they are."""

    def __init__(self, page: str, question: str, name: str) -> None:
        self.screen, self.name = Screen(page, fragen=question), name

    def put(self, record: str, word: str = "", day: str = "", number: str = "") -> "Form":
        at = self.screen.at
        if word:
            at.selectbox(key=f"{self.name}.1.{record}.wort").set_value(word)
        if day:
            at.text_input(key=f"{self.name}.1.{record}.tag").set_value(day)
        if number:
            at.text_input(key=f"{self.name}.1.{record}.zahl").set_value(number)
        return self

    def check(self) -> "Form":
        self.screen.click(CHECK)
        return self

    def save(self) -> "Form":
        self.screen.type("Wer ändert?", "Frau Berg").click(SAVE)
        return self

    @property
    def texts(self) -> str:
        at = self.screen.at
        said = [piece.value for kind in ("markdown", "error", "info", "success") for piece in at.get(kind)]
        return plain(" ".join([*said, *self.screen.html]))


@pytest.fixture
def database(example_in_use: Path) -> Path:
    return example_in_use


@pytest.fixture
def steps(database: Path) -> Form:
    return Form("zeitplan", "Stand eintragen", "stand")


@pytest.fixture
def results(database: Path) -> Form:
    return Form("gremien", "Ergebnis eintragen", "ergebnis")


def test_the_state_of_a_step_is_shown_as_a_difference_and_saved_as_a_version(steps: Form, database: Path) -> None:
    steps.put("B0", "erledigt", "29.05.2015").put("B1", "läuft", "21.05.2015", "12").check()
    assert "Das ändert sich" in steps.texts and newest(database)[0] == 1
    number, plan = (steps.save(), newest(database))[1]
    done, running = plan.by_id["B0"], plan.by_id["B1"]
    assert number == 2 and done.actual_finish_on == date(2015, 5, 29)
    assert (running.actual_start_on, running.remaining_days, running.state_on) == (
        date(2015, 5, 21),
        12,
        date(2015, 6, 1),
    )
    assert running.evidence_of("remaining_days") == "stated" and "Meldung der Verantwortlichen" in running.source
    assert "Gespeichert als Version 2." in steps.texts


def test_an_untouched_form_changes_nothing(steps: Form, results: Form, database: Path) -> None:
    for form in (steps, results):
        assert "Kein Unterschied" in form.check().texts
    assert newest(database)[0] == 1


@pytest.mark.parametrize(
    ("word", "day", "number", "said"),
    [
        ("läuft", "", "", "Der Tag des Beginns fehlt"),
        ("erledigt", "", "", "Der Tag des Endes fehlt"),
        ("läuft", "02.06.2015", "", "liegt nach dem Stichtag"),
        ("läuft", "31.02.2015", "", "31.02.2015"),
        ("läuft", "21.05.2015", "zwölf", "keine ganze Zahl"),
        ("erledigt", "29.05.2015", "3", "hat keine Resttage"),
        ("offen", "29.05.2015", "", "hat weder Tag noch Resttage"),
        ("keine Angabe", "29.05.2015", "", "Der Stand fehlt"),
    ],
)
def test_what_cannot_be_is_said_and_not_saved(
    steps: Form, database: Path, word: str, day: str, number: str, said: str
) -> None:
    told = steps.put("B0", word, day, number).check().texts
    assert "Noch nicht speicherbar" in told and said in told and newest(database)[0] == 1


def test_results_of_stations_sittings_and_events_are_entered_in_one_go(results: Form, database: Path) -> None:
    results.put("BF-V1-1", "zurückgestellt", "14.04.2015").put("SI-FA-2015-2", "fällt aus").check().save()
    plan = newest(database)[1]
    assert plan.by_id["BF-V1-1"].result == "zurückgestellt" and plan.by_id["SI-FA-2015-2"].cancelled


@pytest.mark.parametrize(
    ("record", "word", "day", "said"),
    [
        ("BF-V1-1", "beschlossen", "", "Der Tag fehlt"),
        ("BF-V1-1", "beschlossen", "02.06.2015", "liegt nach dem Stichtag"),
        ("SI-FA-2015-2", "fällt aus", "12.05.2015", "passt nicht zur Angabe"),
    ],
)
def test_a_wrong_result_is_said_and_not_saved(
    results: Form, database: Path, record: str, word: str, day: str, said: str
) -> None:
    told = results.put(record, word, day).check().texts
    assert "Noch nicht speicherbar" in told and said in told and newest(database)[0] == 1


@pytest.mark.parametrize("plan_in_use", ["leer"], indirect=True)
def test_an_empty_plan_has_nothing_to_enter(plan_in_use: Path) -> None:
    assert "noch kein offener Arbeitsschritt" in Form("zeitplan", "Stand eintragen", "stand").texts
    assert "fehlt kein Ergebnis" in Form("gremien", "Ergebnis eintragen", "ergebnis").texts


def test_a_date_that_a_variant_breaks_is_told_on_both_screens(example_in_use: Path) -> None:
    for page in ("zeitplan", "gremien"):
        screen = Screen(page)
        screen.at.session_state["aenderungen"] = ("longer:P1=60",)
        told = " ".join(screen.run().html)
        assert "Der Termin (Herbst 2015) ist nicht zu halten, es geht frühestens am 29.12.2015" in told, page
