"""The terms of the glossary are found in sentences, once each, and explained in words that anybody may read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insek_core.views.glossary import Explainer, glossary, terms_html

WORDS = ("Höchstbetrag", "zuwendungsfähige Ausgaben", "Knick", "Annahme", "Puffer")


def explained(text: str, *words: str) -> list[str]:
    """The words of a text that became buttons."""
    return re.findall(r"<button class='begriff'[^>]*>(.*?)</button>", Explainer(words or WORDS).html(text)[0])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der Höchstbetrag gilt.", ["Höchstbetrag"]),
        ("wegen des Höchstbetrags, der Höchstbetrag", ["Höchstbetrags"]),
        ("Sinken die zuwendungsfähigen Ausgaben,", ["zuwendungsfähigen Ausgaben"]),
        ("zuwendungsfähige\u00a0Ausgaben am Knick", ["zuwendungsfähige\u00a0Ausgaben", "Knick"]),
        ("Knickpunkt, Beispielannahmen, Knick-Stelle", []),
        ("Annahmen und Pufferung", ["Annahmen"]),
        ("", []),
    ],
)
def test_a_term_is_found_as_a_word_of_its_own_also_declined(text: str, found: list[str]) -> None:
    assert explained(text) == found


def test_a_screen_explains_each_term_once() -> None:
    screen = Explainer(WORDS)
    assert "begriff" in screen.html("Der Höchstbetrag.")[0] and screen.html("Der Höchstbetrag.")[1] == ""
    assert screen.seen == {"Höchstbetrag"}


def test_a_button_opens_the_explanation_that_stands_behind_the_sentence() -> None:
    text, behind = Explainer(WORDS).html("Höchstbetrag und Knick")
    opens = re.findall(r"popovertarget='([^']*)'", text)
    assert opens == re.findall(r"id='([^']*)' popover", behind) and len(set(opens)) == 2
    assert glossary()["Knick"].meaning in behind


def test_without_terms_the_text_stays() -> None:
    assert Explainer().html("Knick <b>") == ("Knick &lt;b&gt;", "") and terms_html(()) == ""


@given(st.text(alphabet="Kni ck<>&'\"Puffer", max_size=60))
def test_text_is_escaped_and_nothing_is_lost(text: str) -> None:
    html, _ = Explainer(WORDS).html(text)
    plain = re.sub(r"<button class='begriff' popovertarget='b-[0-9a-f]{12}'>(.*?)</button>", r"\1", html)
    assert plain == Explainer().html(text)[0]
    assert not re.search(r"[<>]", plain)


def test_a_row_of_its_own_goes_before_a_row_of_several() -> None:
    known = glossary()
    assert "drei Ebenen" not in known["noch anzumelden"].meaning
    assert known["Annahme"].meaning.startswith("ein Wert, den niemand genannt hat")  # of "Beleg: Annahme (◌)"
    assert "Deutsch" not in known and all(term.meaning for term in known.values())
