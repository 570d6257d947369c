"""One Variante on every screen: a change made once is seen everywhere, nothing moves, and it is kept, opened elsewhere,
compared and taken back.
"""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from test_walk import SIZES, serious
from test_whatif import PATH, move
from visit import Server, Visit

pytest_plugins = ["venue"]
pytestmark = pytest.mark.browser
Come = Callable[..., Visit]
LINKS = ("Überblick", "Haushalt & Förderung", "Zeitplan", "Zielsystem", "Indikatoren & Karte", "Beteiligung & Gremien")
LINKS += ("Daten",)
BOTH = ("cost=+10%", "longer:P2=90")


def carried(tab: Visit) -> str:
    return parse_qs(urlsplit(tab.page.url).query).get("var", [""])[0]


def shows_the_variant(tab: Visit) -> None:
    bar = tab.page.locator(".variante.erprobt")
    expect(bar).to_be_visible()
    for told in (
        "65.000 € → 84.500 €",
        "wenn die Förderung mitwächst: 65.000 € → 71.500 €",
        "82 Tage verfehlt",
        "0 → 4",
    ):
        expect(bar).to_contain_text(told)
    assert carried(tab) == ";".join(BOTH), "the address carries it"


@pytest.mark.parametrize(("width", "height"), SIZES[:1])
def test_the_variante_is_on_every_screen(width: int, height: int, shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server, width, height).open(PATH)
    move(tab, "Kosten insgesamt", 10).until("84.500 €")
    move(tab, "dauert länger (Monate)", 3).until("82 Tage verfehlt")
    shows_the_variant(tab)
    for link in LINKS:
        tab.click(link, "link")
        shows_the_variant(tab)
        tab.keep(f"variante-{link.partition(' ')[0].lower()}-{width}")
        assert width != 1440 or serious(tab) == []  # what axe finds does not depend on the width
    tab.page.reload()
    shows_the_variant(tab.settle())
    tab.click("Überblick", "link")
    assert "65.000 € →" in tab.text and "84.500 €" in tab.text, "the large number says both"
    tab.page.get_by_role("link", name="Präsentieren").click()
    expect(tab.page.locator("h1")).to_have_text("Lage")
    for title in ("Geld", "Zeit", "Ziele", "Was wäre, wenn"):
        shows_the_variant(tab.settle())
        tab.page.keyboard.press("PageDown")
        expect(tab.page.locator("h1")).to_have_text(title)
    shows_the_variant(tab.settle())
    assert not tab.errors and not tab.foreign


@pytest.mark.parametrize(("width", "height"), (SIZES[0], SIZES[-1]))
def test_nothing_below_the_sentences_moves(width: int, height: int, shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server, width, height).open(PATH)

    def tops() -> list[float]:
        found = [tab.page.locator(f".st-key-{key}").first.bounding_box() for key in ("bilder", "regler-kosten")]
        found.append(tab.page.locator(".st-key-bilder canvas, .st-key-bilder svg").first.bounding_box())
        return [round(box["y"]) for box in found if box]

    still = tops()
    for steps, words in ((10, "84.500 €"), (-25, "Eigenanteil sinkt"), (30, "Eigenanteil steigt")):
        move(tab, "Kosten insgesamt", steps).until(words)
        assert tops() == still
    move(tab, "dauert länger (Monate)", 6).until("verfehlt")
    assert tops() == still
    tab.open("/praesentation?folie=5")
    slide = tab.page.locator(".st-key-folienbild").first.bounding_box()
    move(tab, "dauert länger (Monate)", 6).until("verfehlt")
    assert tab.page.locator(".st-key-folienbild").first.bounding_box() == slide


def test_kept_opened_elsewhere_compared_and_taken_back(own_server: Server, visitor: Come) -> None:
    tab = visitor(own_server).open(PATH)
    move(tab, "Kosten insgesamt", 10).until("84.500 €")
    move(tab, "dauert länger (Monate)", 3).until("82 Tage verfehlt")
    tab.click("Merken").type("Name", "Teurer und später").type("Wer?", "Frau Berg").click("Variante merken")
    tab.until("Gemerkt als „Teurer und später“.")
    other = visitor(own_server).open(tab.page.url.removeprefix(own_server.url))
    shows_the_variant(other)
    other.click("Teurer und später")
    table = other.page.locator("table", has_text="Was entscheidet")
    expect(table.locator("tbody tr")).to_have_count(5)
    assert table.locator("b").all_inner_texts()[0].replace("\u00a0", " ") == "84.500 €", "what differs is bold"
    other.click("Zeitplan", "link").click("Zurücknehmen")
    expect(other.page.locator(".variante")).to_have_count(0)
    assert carried(other) == "" and "keine Variante" in other.text
    assert not other.errors and not tab.errors


def test_the_link_is_copied_beside_the_sentence(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server)
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.open(f"{PATH}?var=cost%3D%2B10%25")
    tab.page.get_by_role("button", name="Link kopieren").click()
    expect(tab.page.get_by_role("button", name="Link kopiert")).to_be_visible()
    assert tab.page.evaluate("() => navigator.clipboard.readText()") == tab.page.url


def test_escape_closes_the_list_and_not_the_meeting(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open("/praesentation?folie=5")
    box = tab.page.get_by_role("combobox").first
    box.click()
    expect(tab.page.get_by_role("listbox")).to_be_visible()
    tab.page.keyboard.press("Escape")
    expect(tab.page.get_by_role("listbox")).to_have_count(0)
    tab.page.wait_for_timeout(600)
    expect(tab.page.locator("h1")).to_have_text("Was wäre, wenn")
    tab.page.locator("h1").click()
    tab.page.keyboard.press("PageUp")
    expect(tab.page.locator("h1")).to_have_text("Ziele")
    tab.page.keyboard.press("Space")
    expect(tab.page.locator("h1")).to_have_text("Was wäre, wenn")
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator("h1")).to_contain_text("INSEK Leipzig")


def test_an_unknown_address_is_told_in_german(shared_server: Server, visitor: Come) -> None:
    for path in ("/gibtesnicht", "/haushalt/2015", "/karte/"):
        tab = visitor(shared_server).open(path)
        told = f"Die Adresse „{path.strip('/')}“ gibt es nicht; gezeigt wird der Überblick."
        assert (told in tab.text) == (path != "/karte/"), path
        assert not tab.errors
