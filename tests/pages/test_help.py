"""Each screen says what it answers and for whom, and explains its terms; a slide does neither."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import PAGES, Screen

from insek_core.plan import Plan
from insek_core.storage.store import Store
from insek_core.views.glossary import glossary
from pages.shell.screens import ANSWERS, BESIDE, SCREENS, TERMS

ADDRESSES = {file.removesuffix(".py"): address for file, _, address in SCREENS}
SLIDES = "praesentation"


def html(screen: Screen) -> str:
    return "\n".join(block.proto.body for block in screen.at.get("html"))


def test_every_screen_but_the_slides_has_its_line_and_its_terms() -> None:
    assert set(ANSWERS) == set(TERMS) == {address for _, _, address in (*SCREENS, *BESIDE)} - {SLIDES}
    for address, line in ANSWERS.items():
        assert re.fullmatch(r"[^?]+\? Für [^?]+\.", line) and len(line) <= 100, address


@pytest.mark.parametrize("address", TERMS)
def test_the_terms_of_a_screen_are_in_the_glossary_and_name_no_city(address: str) -> None:
    for word in TERMS[address]:
        meaning = glossary()[word].meaning
        assert len(meaning) >= 30 and not re.search(
            r"Leipzig|INSEK|Sachsen|Sächs|Stadtumbau|Vorlage|130\.000|`|§", meaning
        ), word


@pytest.mark.parametrize("page", PAGES)
def test_a_screen_says_what_it_answers_and_explains_each_term_once(page: str, example_in_use: Path) -> None:
    shown = html(Screen(page))
    address = ADDRESSES[page]
    if page == SLIDES:
        assert "class='wozu'" not in shown and "class='begriff'" not in shown
        return
    assert f"<p class='wozu'>{ANSWERS[address]}</p>" in shown
    assert "Begriffe auf dieser Seite" in shown and "class='knopf rundgang'" in shown
    opened = re.findall(r"class='begriff' popovertarget='([^']*)'", shown)
    words = re.findall(r"id='b-[0-9a-f]{12}' popover tabindex='0'><b>(.*?)</b>", shown)
    assert len(opened) == len(set(opened)) == len(words) == len(set(words))
    assert set(words) <= set(TERMS[address])
    if page == "haushalt":
        assert {"Eigenanteil", "Höchstbetrag", "noch anzumelden"} <= set(words)


def test_an_empty_plan_is_helped_too(use: Callable[[Path], Path], tmp_path: Path) -> None:
    Store.create(use(tmp_path / "leer.sqlite"), Plan(), author="Test", reason="leer").close()
    for page in ("ueberblick", "karte"):
        assert ANSWERS[ADDRESSES[page]] in html(Screen(page))
