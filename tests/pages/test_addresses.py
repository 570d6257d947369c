"""Whatever stands in an address: a screen opens, says German words and takes no longer than a moment."""

import os
import time
from pathlib import Path
from random import Random

import pytest
from screen import PAGES, SCRIPT
from streamlit.testing.v1 import AppTest

NUMBER = 500 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 45
SECONDS = 10
PARTS = (
    "cost=+10%", "cost=", "cost=-999999", "cost=inf", "cost=nan%", "cost=1e400", "longer:P2=90", "longer:P2=999999999", "delay:A2=-5", "drop=F6",
    "drop=", "drop=F6;drop=F6", "year:KO-09=9999", "rate=1/0", "rate=3/5", "cap=none", "freeze=²", "type=unsinn", ";;;;", "=", "x" * 3_000, "cost=" + "9" * 5_000,
)  # fmt: skip
DAYS = (
    "31.12.9999",
    "01.01.0001",
    "1.1.2015",
    "31.02.2016",
    "",
    "²",
    "01.06.2016",
    "9" * 5_000,
    "heute",
    "-1",
    "01.01.1900",
)
NUMBERS = ("²", "-1", "0", "1", "5", "999", "9" * 5_000, "1e3", "inf", "", "٣", "1.5", "\x00", "🏛")
WORDS = (
    "Kostenpositionen",
    "",
    "gibt es nicht",
    "<b>fett</b>",
    "KO-04",
    "'; DROP TABLE plan; --",
    "a" * 2_000,
    "\ud7ff",
)


def address(dice: Random) -> tuple[str, dict[str, str]]:
    """A screen and what somebody may write behind its question mark."""
    query = {
        "var": ";".join(dice.sample(PARTS, dice.randint(0, 3))),
        "stichtag": dice.choice(DAYS),
        "stand": dice.choice(NUMBERS),
        "folie": dice.choice(NUMBERS),
        "tabelle": dice.choice(WORDS),
        "eintrag": dice.choice(WORDS),
        "reiter": dice.choice(WORDS),
        "gebiet": dice.choice(WORDS),
        "fragen": dice.choice((*WORDS, "Was fehlt, und von wem?", "Querschnittsthemen und Arbeitsprogramm")),
        "lueckenart": dice.choice(WORDS),
        "von": dice.choice(WORDS),
        "zielbereich": dice.choice(WORDS),
        "thema": dice.choice(WORDS),
        "ortsteil": dice.choice((*WORDS, "Volkmarsdorf")),
        "ziel": dice.choice(WORDS),
        "adresse": dice.choice(WORDS),
    }
    kept = dice.sample(sorted(query), dice.randint(1, 5))
    return dice.choice(PAGES), {name: query[name] for name in kept if query[name]}


@pytest.mark.parametrize("seed", range(NUMBER))
def test_no_address_breaks_a_screen_or_makes_it_slow(seed: int, example_in_use: Path) -> None:
    page, query = address(Random(seed))
    at = AppTest.from_file(str(SCRIPT), default_timeout=60)
    at.run()
    for name, value in query.items():
        at.query_params[name] = value
    begun = time.monotonic()
    at.switch_page(f"../{page}.py").run()
    assert not at.exception, (page, query)
    assert at.title, (page, query)
    assert time.monotonic() - begun < SECONDS, (page, query)
