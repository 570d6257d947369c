"""The short forms of Haushalt & Förderung: empty, faulty and filled; consequences first, then a version."""

from contextlib import closing
from pathlib import Path

import pytest
from screen import Screen

from insek_core.plan import Plan
from insek_core.rules.money.programmes import ceiling_open
from insek_core.storage.store import Store

SAVE = "Als neue Version speichern"


def asked(question: str, **query: str) -> Screen:
    """The screen of the money with one question open."""
    screen = Screen("haushalt", **query)
    screen.at.button_group(key="fragen").set_value([question]).run()
    return screen


def fill(screen: Screen, prefix: str, **fields: str) -> None:
    """Type into fields by the column behind them; lists take their option."""
    for name, text in fields.items():
        key = f"{prefix}.{name}"
        found = [f for f in (*screen.at.text_input, *screen.at.text_area, *screen.at.selectbox) if f.key == key]
        found[0].set_value(text).run()


def press(screen: Screen, label: str, key: str = "") -> None:
    next(b for b in screen.at.button if b.label == label and (not key or str(b.key).startswith(key))).click().run()


def save(screen: Screen, author: str = "Frau Berg") -> None:
    next(f for f in screen.at.text_input if f.label == "Wer ändert?").set_value(author)
    press(screen, SAVE)


def stored(path: Path) -> tuple[int, Plan]:
    with closing(Store(path)) as store:
        return store.head.number, store.load()


NOTICE = {
    "notice_on": "12.08.2015",
    "notice_number": "63-1",
    "financing": "Anteilfinanzierung",
    "cap_is_ceiling": "nein",
}


def test_a_notice_shows_what_it_does_then_is_saved_and_then_stands_in_the_form(example_in_use: Path) -> None:
    screen = asked("Bescheid eintragen")
    fill(screen, "bescheid.FP-1.1", **NOTICE)
    assert stored(example_in_use)[0] == 1 and "Das ändert sich" not in screen.told
    press(screen, "Folgen zeigen")
    assert (
        "Geklärt ist: nach dem Bescheid vom 12.08.2015, Az. 63-1, wächst die Förderung mit den Kosten."
        in screen.answers
    )
    assert "Ist Höchstbetrag ja → nein" in screen.told and stored(example_in_use)[0] == 1
    save(screen)
    number, plan = stored(example_in_use)
    assert (number, ceiling_open(plan), plan.programmes[0].evidence_of("cap_is_ceiling")) == (2, False, "stated")
    assert "Gespeichert als Version 2." in screen.messages
    assert not any("Ungeklärt" in sentence for sentence in screen.answers)
    assert next(f for f in screen.at.text_input if f.key == "bescheid.FP-1.2.notice_number").value == "63-1"


def test_what_was_assumed_is_not_confirmed_by_a_form_that_shows_it(example_in_use: Path) -> None:
    screen = asked("Bescheid eintragen")
    boxes = {box.key: box.value for box in screen.at.selectbox}
    assert (boxes["bescheid.FP-1.1.financing"], boxes["bescheid.FP-1.1.cap_is_ceiling"]) == ("", "")


def test_a_notice_without_number_or_with_a_day_that_is_none_is_refused(example_in_use: Path) -> None:
    screen = asked("Bescheid eintragen")
    fill(screen, "bescheid.FP-1.1", **{**NOTICE, "notice_number": ""})
    press(screen, "Folgen zeigen")
    assert "So nicht speicherbar; es wurde nichts geändert." in screen.messages
    assert "Das Aktenzeichen fehlt; so bleibt offen, was gilt." in {
        r["Meldung"] for r in screen.table("Meldung", "Abhilfe")
    }
    fill(screen, "bescheid.FP-1.1", notice_on="irgendwann", notice_number="1")
    assert "So nicht speicherbar" in screen.messages and not screen.at.exception
    assert stored(example_in_use)[0] == 1


def test_the_type_of_financing_decides_what_is_asked(example_in_use: Path) -> None:
    screen = asked("Bescheid eintragen")
    fill(screen, "bescheid.FP-1.1", financing="Festbetragsfinanzierung")
    keys = {field.key.rsplit(".", 1)[-1] for field in (*screen.at.text_input, *screen.at.selectbox) if field.key}
    assert "fixed_cents" in keys and not {"rate_share", "cap_cents", "cap_is_ceiling"} & keys


def test_a_booking_says_what_may_be_called_and_is_saved_under_a_free_id(example_in_use: Path) -> None:
    screen = asked("Buchung eintragen")
    screen.at.selectbox(key="buchung.art").set_value("bezahlt").run()
    assert next(f for f in screen.at.text_input if f.key == "buchung.1.booked_on").value == "01.06.2015"
    fill(screen, "buchung.1", cost_item="KO-01", amount_cents="4.000", document="R 17")
    press(screen, "Folgen zeigen")
    assert "Abrufbar sind dann noch 2.666,67 €." in screen.answers
    save(screen)
    number, plan = stored(example_in_use)
    (booking,) = plan.bookings
    assert (number, booking.id, booking.kind, booking.amount_cents) == (2, "BU-1", "bezahlt", 400_000)
    assert (booking.cost_item, booking.source, booking.evidence) == ("KO-01", "Beleg R 17", "stated")


@pytest.mark.parametrize("amount", ["", "viel", "0"])
def test_a_booking_without_a_real_amount_is_refused(amount: str, example_in_use: Path) -> None:
    screen = asked("Buchung eintragen")
    fill(screen, "buchung.1", amount_cents=amount)
    press(screen, "Folgen zeigen")
    assert "So nicht speicherbar" in screen.messages and not screen.at.exception
    assert stored(example_in_use)[0] == 1


def test_a_call_is_of_the_one_programme_there_is(example_in_use: Path) -> None:
    screen = asked("Buchung eintragen")
    screen.at.selectbox(key="buchung.art").set_value("abgerufen").run()
    assert next(box for box in screen.at.selectbox if box.key == "buchung.1.programme").value == "FP-1"


def test_lines_that_are_now_in_the_budget_are_entered_with_the_days_of_the_statute(example_in_use: Path) -> None:
    screen = asked("Ansätze: Stand")
    fill(screen, "ansaetze.1", **{"HA-3": "veranschlagt", "HA-4": "veranschlagt", "beleg": "Amtsblatt 1/2017"})
    fill(screen, "ansaetze.1.HS-2", decided_on="14.12.2016", in_force_on="01.01.2017")
    press(screen, "Folgen zeigen")
    save(screen)
    number, plan = stored(example_in_use)
    assert number == 2 and {line.status for line in plan.budget_lines} == {"veranschlagt"}
    assert plan.by_id["HS-2"].origin_of("in_force_on") == "Amtsblatt 1/2017"
    assert not any("noch anzumelden" in sentence for sentence in screen.answers)


def test_a_statute_in_force_before_it_is_decided_or_on_no_day_is_refused(example_in_use: Path) -> None:
    screen = asked("Ansätze: Stand")
    fill(screen, "ansaetze.1.HS-2", decided_on="14.12.2016", in_force_on="01.01.2016")
    press(screen, "Folgen zeigen")
    assert "So nicht speicherbar" in screen.messages
    fill(screen, "ansaetze.1.HS-2", in_force_on="bald")
    assert "So nicht speicherbar" in screen.messages and not screen.at.exception


@pytest.mark.parametrize("plan_in_use", ["leer"], indirect=True)
def test_on_an_empty_plan_each_form_says_what_is_missing(plan_in_use: Path) -> None:
    screen = Screen("haushalt")
    for missing in ("Noch kein Förderprogramm eingetragen.", "Noch kein Haushaltsansatz eingetragen."):
        assert missing in screen.messages
    assert "Gebucht ist noch nichts" in " ".join(screen.answers) and not screen.at.exception


def test_where_nothing_can_be_saved_no_form_is_shown(example_in_use: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "read_only", property(lambda _: True))
    screen = Screen("haushalt")
    assert "Die Datenbank ist schreibgeschützt: Lesen geht, Speichern nicht." in screen.messages
    assert not [button for button in screen.at.button if button.label == "Folgen zeigen"]


def test_the_purpose_is_a_list_of_those_in_use_that_takes_others_too(example_in_use: Path) -> None:
    screen = Screen("daten", tabelle="Kostenpositionen", eintrag="KO-04")
    box = next(box for box in screen.at.selectbox if box.label == "Zweck")
    assert (
        "Moderation von Veranstaltungen" in box.options and box.value == "Beteiligung von Akteuren und Öffentlichkeit"
    )
    assert box.proto.accept_new_options
