"""What if in a real browser: a slider changes sentence, picture and table; reload, link, two people, the keyboard."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from test_walk import serious
from visit import Server, Visit

pytest_plugins = ["venue"]
pytestmark = pytest.mark.browser
Come = Callable[[Server], Visit]
TEN_PERCENT = (
    "Der Eigenanteil steigt von 65.000 € auf 84.500 €, wenn 130.000 € ein Höchstbetrag sind; wenn die Förderung "
    "mitwächst, auf 71.500 €. Welcher Fall gilt, ist ungeklärt."
)
PATH = "/was-waere-wenn"


def move(tab: Visit, label: str, steps: int) -> Visit:
    """Move a slider by so many steps with the arrow keys."""
    slider = tab.page.get_by_role("slider", name=label).first
    slider.focus()
    for _ in range(abs(steps)):
        slider.press("ArrowRight" if steps > 0 else "ArrowLeft")
    tab.page.wait_for_timeout(500)
    return tab.settle()


def answer(tab: Visit) -> str:
    return tab.page.locator(".antwort").first.inner_text().replace("\u00a0", " ")


def test_a_slider_changes_sentence_picture_and_table_together(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open(PATH)
    assert "Noch ist nichts geändert" in answer(tab)
    move(tab, "Kosten insgesamt", 10)
    tab.until("84.500 €")
    assert answer(tab).startswith(TEN_PERCENT)
    assert "Für 2015/2016 sind es 18.000 € mehr Aufwendungen und 10.000 € mehr Erträge als veranschlagt" in tab.text
    tab.page.locator(".folge summary").first.click()
    expect(tab.page.get_by_role("cell", name=re.compile("84.500")).first).to_be_visible()
    described = tab.page.locator("[aria-label*='84.500']")
    assert described.count() >= 1, "the picture tells the new own share to those who do not see it"
    tab.keep("was-waere-wenn")
    assert not tab.errors and not tab.foreign and serious(tab) == []


def test_reload_and_link_keep_the_changes(shared_server: Server, visitor: Come) -> None:
    tab = move(visitor(shared_server).open(PATH), "Kosten insgesamt", 10).until("84.500 €")
    assert "var=cost" in tab.page.url and "stand=1" in tab.page.url
    tab.page.reload()
    assert answer(tab.settle()).startswith(TEN_PERCENT)
    other = visitor(shared_server).open(tab.page.url.removeprefix(shared_server.url))
    assert answer(other).startswith(TEN_PERCENT)


def test_two_people_keeping_one_name_both_keep_theirs(own_server: Server, visitor: Come) -> None:
    tabs = [visitor(own_server).open(f"{PATH}?var={change}&stand=1") for change in ("cost%3D%2B10%25", "drop%3DKO-10")]
    for tab, who in zip(tabs, ("Frau Berg", "Herr Klein"), strict=True):
        tab.click("Merken").type("Name", "Sparen").type("Wer?", who).click("Variante merken")
    tabs[0].until("Gemerkt als „Sparen“.")
    assert "Dieser Link wurde" not in tabs[0].text, "one's own keeping is no older link"
    tabs[1].until("Gemerkt als „Sparen (2)“.")
    third = visitor(own_server).open(PATH)
    for name in ("Sparen", "Sparen (2)"):
        expect(third.page.get_by_role("button", name=name, exact=True)).to_be_visible()


def test_a_link_on_an_older_version_says_so_and_offers_both(own_server: Server, visitor: Come) -> None:
    tab = visitor(own_server).open(f"{PATH}?var=cost%3D%2B10%25&stand=1")
    tab.click("Merken").type("Name", "Mehrkosten").type("Wer?", "Frau Berg").click("Variante merken").until(
        "Gemerkt als „Mehrkosten“."
    )
    later = visitor(own_server).open(f"{PATH}?var=cost%3D%2B10%25&stand=1")
    assert "Dieser Link wurde auf Version 1 angelegt; der Plan steht bei Version 2." in later.text
    later.click("Mit Version 2 rechnen")
    assert "Dieser Link wurde" not in later.text and "stand=2" in later.page.url


def test_the_scripted_question_is_answered_by_keyboard_within_a_minute(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open(PATH)
    begun = time.monotonic()
    move(tab, "dauert länger (Monate)", 3).until("31.03.2017")
    tab.choose("Einzelne Kosten", "Moderation von Veranstaltungen")
    move(tab, "teurer oder billiger", 20).until("69.600 €")
    assert time.monotonic() - begun < 60
    text = tab.text
    for told in (
        "Der Eigenanteil steigt von 65.000 € auf 69.600 €",
        "Die Frist 30.06.2017 für „Beschlussfassung“ wird um 82 Tage verfehlt",
        "Die Kernarbeitsphase endet am 31.03.2017",
        "Aufwendungen und",
        "anzumelden statt 15.000 € und 10.000 €",
        "Fachämter +",
        "Personentage",
    ):
        assert told in text, told
    tab.keep("frage")
    assert not tab.errors


def test_the_slides_turn_with_the_arrow_keys_and_hold_the_question(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open("/praesentation")
    for title in ("Geld", "Zeit", "Ziele", "Was wäre, wenn"):
        tab.page.keyboard.press("ArrowRight")
        expect(tab.page.locator("h1")).to_have_text(title)
    move(tab, "Kosten insgesamt", 10).until("84.500 €")
    assert answer(tab).startswith(TEN_PERCENT)
    tab.page.locator("h1").click()
    tab.page.keyboard.press("ArrowLeft")
    expect(tab.page.locator("h1")).to_have_text("Ziele")
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator("h1")).to_have_text("INSEK Leipzig: Kosten, Zeit und Ziele im Blick")
    assert not tab.errors


def test_risk_repair_and_registration_unfold(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open(f"{PATH}?var=cost%3D%2B10%25&stand=1")
    for title, told in (
        ("Risiko", "in 80 % der Fälle höchstens"),
        ("Kleinste Reparatur", "so nicht zu halten"),
        ("Haushaltsanmeldung", "Sachkonto"),
    ):
        tab.page.locator("summary", has_text=title).click()
        tab.until(told)
    assert serious(tab) == [] and not tab.errors
