"""The headings of a statistics table: which column holds what, and whether years are columns or rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

KNOWN = {
    "level": ("level", "ebene", "gebietsebene", "raumebene", "gliederung"),
    "code": (
        "code",
        "schlüssel",
        "gebietsschlüssel",
        "schluessel",
        "ags",
        "nr",
        "nr.",
        "nummer",
        "gebietsnummer",
        "id",
    ),
    "name": ("gebiet", "name", "gebietsname", "raumbezug", "ortsteil", "stadtteil", "stadtbezirk", "bezirk", "ort"),
    "theme": ("group", "gruppe", "thema", "themenbereich", "tabelle"),
    "words": ("sachmerkmal", "merkmal", "indikator", "indicator", "kennzahl", "kennziffer", "variable"),
    "year": ("year", "jahr", "berichtsjahr", "stichtag", "zeit"),
    "value": ("value", "wert", "anzahl", "messwert"),
}
_ROLES = {word: role for role, words in KNOWN.items() for word in words}
_YEAR = re.compile(r"(?:31\.12\.)?((?:1[89]|20|21)\d\d)(?:\.0)?", re.ASCII)
_WITH_YEAR = re.compile(r"(.*?\D)[\s_]*((?:19|20)\d\d)", re.ASCII | re.S)
HEAD_WITHIN = 30  # rows: titles stand above the headings


@dataclass(frozen=True)
class Headings:
    """Where what stands: `roles` are columns by what they hold, `years` columns with their year and, where the heading
    names it, their characteristic. `unread` are headings that say nothing to us.
    """

    row: int
    width: int
    roles: dict[str, int]
    years: tuple[tuple[int, int, str], ...]
    unread: tuple[str, ...]

    @property
    def long(self) -> bool:
        """Whether each row is one figure."""
        return "value" in self.roles and "year" in self.roles


def folded(text: str) -> str:
    """A name as it is compared: no difference of case, spaces and ß, "insgesamt" left out.

    >>> folded("Einwohner  Insgesamt"), folded("Großzschocher")
    ('einwohner', 'grosszschocher')
    """
    words = " ".join(text.casefold().split())
    return words.removesuffix(" insgesamt") or words


def year_in(text: str) -> int | None:
    """The year a text states, also as the last day of a year; None if none.

    >>> year_in("2015"), year_in("31.12.2015"), year_in("15")
    (2015, 2015, None)
    """
    found = _YEAR.fullmatch(text.strip())
    return int(found[1]) if found else None


def _headings(number: int, cells: Sequence[str]) -> Headings | None:
    roles: dict[str, int] = {}
    years, unread = [], []
    for n, cell in enumerate(cells):
        word = " ".join(cell.lower().split())
        role, year, named = _ROLES.get(word), year_in(cell), _WITH_YEAR.fullmatch(cell.strip())
        if role and role not in roles:
            roles[role] = n
        elif year is not None:
            years.append((n, year, ""))
        elif named:
            years.append((n, int(named[2]), named[1].strip(" _")))
        elif word:
            unread.append(cell.strip())
    found = Headings(number, len(cells), roles, tuple(years), tuple(unread))
    places = "name" in roles or "code" in roles
    return found if places and (found.long or years) else None


def find_headings(rows: Sequence[Sequence[str]]) -> Headings | None:
    """The first row that reads like the headings of a statistics table; None if there is none at the top."""
    found = (_headings(n, row) for n, row in enumerate(rows[:HEAD_WITHIN]))
    return next((one for one in found if one), None)
