"""Values that keep the words of the paper: fuzzy dates ("Herbst 2015") and ranges ("ca. 7"), each with its bounds."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from insek_core.plan.errors import InsekError, Unreadable
from insek_core.plan.german import MONTHS, parse_date, quoted, show_date

Evidence = Literal["stated", "derived", "external", "assumed"]
EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)
OPEN = "offen"


def _check(words: str, low: date | int | None, high: date | int | None) -> None:
    if not words or words != words.strip() or not words.isprintable() or "[" in words or "]" in words:
        raise InsekError("words of a value", got=words, allowed="non-empty, trimmed, one line, no square brackets")
    if low is None and not words.lower().startswith(OPEN):
        raise InsekError("words of an open value", got=words, allowed=f"text that begins with {OPEN!r}")
    bounds = [bound for bound in (low, high) if bound is not None]
    if len(bounds) == 1 or bounds != sorted(bounds):
        raise InsekError("bounds of a value", where=words, got=(low, high), allowed="both or none, low <= high")


@dataclass(frozen=True)
class Fuzzy:
    """A date as the paper words it, with its first and last possible day; an open date has no bounds.

    The bounds of words such as "Herbst 2015" are ours (meteorological seasons) and editable.
    """

    words: str
    earliest: date | None = None
    latest: date | None = None

    def __post_init__(self) -> None:
        _check(self.words, self.earliest, self.latest)

    @staticmethod
    def on(day: date) -> "Fuzzy":
        """The date known to the day."""
        return Fuzzy(show_date(day), day, day)

    @property
    def is_exact(self) -> bool:
        """Whether the day is known."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def is_open(self) -> bool:
        """Whether nothing is known of the date."""
        return self.earliest is None


@dataclass(frozen=True)
class Span:
    """A number as the paper words it ("4–5", "ca. 7", "max. 30–35"), with its bounds; an open one has none."""

    words: str
    low: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        _check(self.words, self.low, self.high)
        if self.low is not None and self.low < 0:
            raise InsekError(
                "bounds of a range", where=self.words, got=self.low, allowed="0 or more: it counts something"
            )


_SEASONS = {"frühjahr": (3, 5), "frühling": (3, 5), "sommer": (6, 8), "herbst": (9, 11), "anfang": (1, 1), "mitte": (6, 7),
            "ende": (12, 12), "erste jahreshälfte": (1, 6), "zweite jahreshälfte": (7, 12), "1. halbjahr": (1, 6),
            "2. halbjahr": (7, 12), **{f"{q}. quartal": (3 * q - 2, 3 * q) for q in (1, 2, 3, 4)},
            **{name.lower(): (m, m) for m, name in enumerate(MONTHS, 1)}}  # fmt: skip
_BOUNDS = re.compile(r"(?P<words>.*?)\s*\[(?P<low>[^\[\]]*?)\.\.(?P<high>[^\[\]]*?)\]", re.S)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _period(words: str) -> tuple[date, date] | None:
    """First and last day the words name, or None: "2016", "Herbst 2015", "erste Jahreshälfte 2017", "20.05.2015"."""
    clean = re.sub(r"^(bis|ca\.|etwa|in der|im|ab)\s+", "", words.strip().lower())
    clean = re.sub(r"^(erste)n (jahreshälfte)", r"\1 \2", clean)
    if re.fullmatch(r"(1[89]|2[01])\d\d", clean):
        return _months(int(clean), 1, 12)
    if (match := re.fullmatch(r"(.+?)\s+((?:1[89]|2[01])\d\d)", clean)) and match[1] in _SEASONS:
        return _months(int(match[2]), *_SEASONS[match[1]])
    try:
        return (parse_date(clean),) * 2
    except Unreadable:
        return None


def default_bounds(words: str) -> tuple[date, date] | None:
    """First and last day that words alone imply, also of "Frühjahr bis Herbst 2016" and "2015–2017"; else None.

    >>> default_bounds("Herbst 2015"), default_bounds("irgendwann")
    ((datetime.date(2015, 9, 1), datetime.date(2015, 11, 30)), None)
    """
    if period := _period(words):
        return period
    parts = re.split(r"\s+bis\s+|\s*[–-]\s*", words, maxsplit=1)
    if len(parts) != 2:
        return None
    last = _period(parts[1])
    first = _period(parts[0]) or (_period(f"{parts[0]} {last[1].year}") if last else None)
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def parse_fuzzy(text: str) -> Fuzzy:
    """The fuzzy date of a text; bounds other than the usual stand behind it: "Herbst 2015 [21.09.2015..20.12.2015]"."""
    if match := _BOUNDS.fullmatch(text.strip()):
        low, high = (parse_date(match[end]) for end in ("low", "high"))
        if low > high or not match["words"] or not match["words"].isprintable():
            raise Unreadable(f"„{text.strip()}“ hat vertauschte Grenzen.", "Bitte zuerst den frühesten Tag schreiben.")
        return Fuzzy(match["words"], low, high)
    words = text.strip()
    plain = words.isprintable() and not re.search(r"[\[\]]", words)
    if plain and words.lower().startswith(OPEN):
        return Fuzzy(words)
    bounds = default_bounds(words) if plain else None
    if bounds is None:
        hint = "Bitte z. B. 20.05.2026, Herbst 2026, Ende 2026 oder offen schreiben."
        raise Unreadable(f"{quoted(words)} ist keine Zeitangabe.", hint)
    return Fuzzy.on(bounds[0]) if bounds[0] == bounds[1] else Fuzzy(words, *bounds)


def write_fuzzy(value: Fuzzy) -> str:
    """The text from which parse_fuzzy makes the same value again (dates German)."""
    try:
        if parse_fuzzy(value.words) == value:
            return value.words
    except Unreadable:
        pass
    assert value.earliest and value.latest  # an open value reads back as itself
    return f"{value.words} [{show_date(value.earliest)}..{show_date(value.latest)}]"


def parse_span(text: str) -> Span:
    """The range of a text: "4–5", "ca. 7", "max. 30–35", "4", "offen"; other bounds in brackets: "ca. 20 [18..22]"."""
    clean = text.strip()
    if match := _BOUNDS.fullmatch(clean):
        low, high = match["low"].strip(), match["high"].strip()
        if (
            match["words"].isprintable()
            and match["words"]
            and re.fullmatch(r"\d{1,18}", low)
            and re.fullmatch(r"\d{1,18}", high)
            and int(low) <= int(high)
        ):
            return Span(match["words"], int(low), int(high))
    elif clean.lower().startswith(OPEN) and clean.isprintable() and not re.search(r"[\[\]]", clean):
        return Span(clean)
    elif match := re.fullmatch(
        r"(?:(?:ca\.|max\.|mind\.|maximal|etwa|je)\s*)*(\d{1,18})(?:\s*[-–]\s*(\d{1,18}))?", clean, re.I
    ):
        low_number, high_number = int(match[1]), int(match[2] or match[1])
        if low_number <= high_number:
            return Span(clean, low_number, high_number)
    raise Unreadable(
        f"{quoted(clean)} ist keine Anzahl.", "Bitte z. B. 4, 4–5, ca. 7, max. 30–35 oder offen schreiben."
    )


def write_span(value: Span) -> str:
    """The text from which parse_span makes the same value again."""
    try:
        if parse_span(value.words) == value:
            return value.words
    except Unreadable:
        pass
    return f"{value.words} [{value.low}..{value.high}]"
