"""The kinds of value a column holds: how each is stored (scalar), read from German text and shown."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

from insek_core.plan import german
from insek_core.plan.errors import Unreadable
from insek_core.plan.german import show_date, show_euro, show_share
from insek_core.plan.values import EVIDENCE, parse_fuzzy, parse_span, write_fuzzy, write_span

Scalar = str | int | float | None


@dataclass(frozen=True)
class Kind:
    """A type of value: SQLite type, value <-> stored scalar, German text <-> value; `empty` is what a missing one
    is.
    """

    name: str
    german: str
    sql: str
    encode: Callable[[Any], Scalar]
    decode: Callable[[Any], Any]
    parse: Callable[[str], Any]
    show: Callable[[Any], str]
    empty: Any = None


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError(f"{value!r} is no whole number")
    return int(value)


def _finite(value: Any) -> float:
    number = float(value)
    if not isfinite(number):
        raise ValueError(f"{value!r} is no finite number")
    return number


def _fraction(value: Any) -> Fraction:
    """A share as it is stored; an exponent is refused, for it would be written out."""
    if isinstance(value, str) and not re.fullmatch(r"-?\d{1,400}(/\d{1,400}|\.\d{1,400})?", value.strip()):
        raise ValueError(f"{value[:60]!r} is no share")
    return Fraction(value)


def _parse_whole(text: str) -> int:
    number = german.parse_number(text, "eine ganze Zahl", "12")
    if number.denominator != 1:
        raise Unreadable(f"{german.quoted(text)} ist keine ganze Zahl.", "Bitte z. B. 12 schreiben.")
    return int(number)


def _show_float(value: float) -> str:
    """All digits of the number; three decimals get a fourth, for "1,234" could be read as 1.234."""
    whole, _, decimals = format(Decimal(repr(value)), "f").removesuffix(".0").replace("-", german.MINUS).partition(".")
    return f"{whole},{decimals}{'0' if len(decimals) == 3 else ''}" if decimals else whole


def _flag(value: Any) -> bool:
    return {"1": True, "0": False}[str(int(value))]


def _parse_flag(text: str) -> bool:
    words = {"ja": True, "nein": False, "j": True, "n": False, "x": True, "wahr": True, "falsch": False}
    if (word := text.strip().lower()) not in words:
        raise Unreadable(f"{german.quoted(text)} ist weder ja noch nein.", "Bitte ja oder nein schreiben.")
    return words[word]


def split_list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = tuple((name.strip(), mark.strip()) for name, _, mark in (part.partition("=") for part in split_list(text)))
    if wrong := [mark for _, mark in pairs if mark not in EVIDENCE]:
        raise ValueError(f"evidence {wrong}")
    return pairs


def _write_pairs(pairs: tuple[tuple[str, str], ...]) -> str | None:
    return "; ".join(f"{name}={mark}" for name, mark in pairs) or None


def _kind(
    name: str, label: str, sql: str, *, encode: Any = _same, decode: Any, parse: Any, show: Any, empty: Any = None
) -> Kind:
    return Kind(name, label, sql, encode, decode, parse, show, empty)


text = _kind("text", "Text", "TEXT", encode=lambda v: v or None, decode=_text, parse=str.strip, show=_same, empty="")
choice = _kind(
    "choice", "Auswahl", "TEXT", encode=lambda v: v or None, decode=_text, parse=str.strip, show=_same, empty=""
)
open_choice = _kind(
    "open_choice",
    "Text (mit Vorschlägen aus der Planung)",
    "TEXT",
    encode=lambda v: v or None,
    decode=_text,
    parse=str.strip,
    show=_same,
    empty="",
)
ref = _kind("ref", "Verweis", "TEXT", encode=lambda v: v or None, decode=_text, parse=str.strip, show=_same, empty="")
refs = _kind(
    "refs",
    "Verweise (mit Semikolon getrennt)",
    "TEXT",
    encode=lambda v: "; ".join(v) or None,
    decode=lambda v: split_list(_text(v)),
    parse=split_list,
    show="; ".join,
    empty=(),
)
whole = _kind(
    "whole",
    "ganze Zahl",
    "INTEGER",
    decode=_whole,
    parse=_parse_whole,
    show=lambda v: str(v).replace("-", german.MINUS),
)
money = _kind(
    "money", "Betrag in Euro (gespeichert in Cent)", "INTEGER", decode=_whole, parse=german.parse_euro, show=show_euro
)
share = _kind(
    "share",
    "Anteil",
    "TEXT",
    encode=lambda v: None if v is None else str(v),
    decode=_fraction,
    parse=german.parse_share,
    show=show_share,
)
number = _kind(
    "number", "Zahl", "REAL", decode=_finite, parse=lambda t: float(german.parse_number(t)), show=_show_float
)
flag = _kind(
    "flag",
    "ja oder nein",
    "INTEGER",
    encode=lambda v: None if v is None else int(v),
    decode=_flag,
    parse=_parse_flag,
    show=lambda v: "ja" if v else "nein",
)
day = _kind(
    "day",
    "Datum",
    "TEXT",
    encode=lambda v: v and v.isoformat(),
    decode=lambda v: date.fromisoformat(_text(v)),
    parse=german.parse_date,
    show=show_date,
)
fuzzy = _kind(
    "fuzzy",
    "Zeitangabe (auch „Herbst 2026“)",
    "TEXT",
    encode=lambda v: v and write_fuzzy(v),
    decode=lambda v: parse_fuzzy(_text(v)),
    parse=parse_fuzzy,
    show=write_fuzzy,
)
span = _kind(
    "span",
    "Anzahl (auch „4–5“, „ca. 7“)",
    "TEXT",
    encode=lambda v: v and write_span(v),
    decode=lambda v: parse_span(_text(v)),
    parse=parse_span,
    show=write_span,
)
marks = _kind(
    "marks",
    "Beleg je Feld",
    "TEXT",
    encode=_write_pairs,
    decode=lambda v: _pairs(_text(v)),
    parse=_pairs,
    show=lambda v: "; ".join(f"{n}={m}" for n, m in v),
    empty=(),
)


def _years(pairs: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Pairs of year and cents in the order of the years. Raises Unreadable on an amount below 0 or a year given
    twice.
    """
    if len({year for year, _ in pairs}) < len(pairs) or any(cents < 0 for _, cents in pairs):
        raise Unreadable(f"„{text.strip()}“ ist keine Aufteilung auf Jahre.", "Jedes Jahr einmal, kein Betrag unter 0.")
    return tuple(sorted(pairs))


def _parse_years(text: str) -> tuple[tuple[int, int], ...]:
    pairs = []
    for part in split_list(text):
        year, colon, amount = part.partition(":")
        named = german.plain_number(year.strip())
        if not colon or named is None or not 1990 <= named <= 2100:
            raise Unreadable(
                f"{german.quoted(part)} ist kein Jahr mit Betrag.", "Bitte z. B. „2026: 5.000; 2027: 3.000“ schreiben."
            )
        pairs.append((named, german.parse_euro(amount)))
    return _years(pairs, text)


def _decode_years(value: Any) -> tuple[tuple[int, int], ...]:
    halves = [part.split("=") for part in split_list(_text(value))]
    return _years([(int(year), int(cents)) for year, cents in halves], _text(value))


years = _kind(
    "years",
    "Jahre mit Betrag (2026: 5.000; 2027: 3.000)",
    "TEXT",
    encode=lambda v: "; ".join(f"{year}={cents}" for year, cents in v) or None,
    decode=_decode_years,
    parse=_parse_years,
    show=lambda v: "; ".join(f"{year}: {show_euro(cents)}" for year, cents in v),
    empty=(),
)
