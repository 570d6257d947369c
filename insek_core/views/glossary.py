"""The terms of the glossary, explained where they stand: docs/glossary.md is their one source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
ENDINGS = "(?:e[mnrs]?|s|n)?"  # of a declined word
BUTTON = Markup("<button class='begriff' popovertarget='{}'>{}</button>")
EXPLANATION = Markup("<span class='erklaerung' id='{}' popover tabindex='0'><b>{}</b>: {}.</span>")


@dataclass(frozen=True)
class Term:
    """A word as it is used on screens, and what it means in plain German."""

    word: str
    meaning: str


def _words(cell: str) -> list[str]:
    """The words a row of the glossary explains: "Beleg: Annahme (◌)" is "Annahme"."""
    return [re.sub(r"^Beleg: |\s*\([^)]*\)$", "", word).strip() for word in cell.split(", ")]


@cache
def glossary() -> dict[str, Term]:
    """Every term by its word; what a row of its own explains goes before a row of several."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    found: dict[str, Term] = {}
    for words, meaning in sorted(
        ((_words(row[0]), row[2]) for row in rows if len(row) == 4 and row[0] not in ("Deutsch", "---")),
        key=lambda pair: len(pair[0]),
    ):
        for word in words:
            found.setdefault(word, Term(word, meaning))
    return found


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds these words, declined or not, longest first; a word inside another is none."""
    ordered = sorted(words, key=len, reverse=True)
    parts = (r"[\s\u00a0]+".join(re.escape(part) + ENDINGS for part in word.split()) for word in ordered)
    return re.compile(
        "|".join(
            rf"(?P<t{words.index(word)}>(?<![\w-]){part}(?![\w-]))" for word, part in zip(ordered, parts, strict=True)
        )
    )


@dataclass
class Explainer:
    """Explains each of its terms where it first stands; `seen` are those it has explained."""

    words: tuple[str, ...] = ()
    seen: set[str] = field(default_factory=set)

    def html(self, text: str) -> tuple[Markup, Markup]:
        """The text, escaped, with every term that is new as a button, and the explanations which the buttons open."""
        out, opened, at = Markup(), Markup(), 0
        for found in _pattern(self.words).finditer(text) if self.words else ():
            word = self.words[int((found.lastgroup or "t0")[1:])]
            if word not in self.seen:
                self.seen.add(word)
                name = f"b-{sha256((word + text).encode()).hexdigest()[:12]}"
                out += text[at : found.start()] + BUTTON.format(name, found[0])
                opened += EXPLANATION.format(name, word, glossary()[word].meaning)
                at = found.end()
        return out + text[at:], opened


def terms_html(words: Sequence[str]) -> Markup:
    """A button that opens these terms with their meanings; nothing where there are none."""
    if not words:
        return Markup()
    row = Markup("<dt>{}</dt><dd>{}.</dd>")
    return Markup(
        "<button class='knopf' popovertarget='begriffe'>Begriffe</button>"
        "<div class='erklaerung begriffe' id='begriffe' popover tabindex='0'>"
        "<b>Begriffe auf dieser Seite</b><dl>{}</dl></div>"
    ).format(Markup().join(row.format(word, glossary()[word].meaning) for word in words))
