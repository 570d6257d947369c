"""What a column is: one definition drives schema, codec, forms, workbook and data dictionary.

A Kind knows how a value is stored (scalar), read from German text and shown. `col()` puts a Column on a record field.
"""

from collections.abc import Callable
from dataclasses import Field, dataclass, field
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


def _parse_whole(text: str) -> int:
    number = german.parse_number(text, "eine ganze Zahl", "12")
    if number.denominator != 1:
        raise Unreadable(f"„{text.strip()}“ ist keine ganze Zahl.", "Bitte z. B. 12 schreiben.")
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
        raise Unreadable(f"„{text.strip()}“ ist weder ja noch nein.", "Bitte ja oder nein schreiben.")
    return words[word]


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


EVIDENCE_GERMAN = {"stated": "genannt", "derived": "abgeleitet", "external": "extern", "assumed": "Annahme"}


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = tuple((name.strip(), mark.strip()) for name, _, mark in (part.partition("=") for part in _split(text)))
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
ref = _kind("ref", "Verweis", "TEXT", encode=lambda v: v or None, decode=_text, parse=str.strip, show=_same, empty="")
refs = _kind(
    "refs",
    "Verweise (mit Semikolon getrennt)",
    "TEXT",
    encode=lambda v: "; ".join(v) or None,
    decode=lambda v: _split(_text(v)),
    parse=_split,
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
    decode=Fraction,
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
    "Zeitangabe (auch „Herbst 2015“)",
    "TEXT",
    encode=lambda v: v and write_fuzzy(v),
    decode=parse_fuzzy,
    parse=parse_fuzzy,
    show=write_fuzzy,
)
span = _kind(
    "span",
    "Anzahl (auch „4–5“, „ca. 7“)",
    "TEXT",
    encode=lambda v: v and write_span(v),
    decode=parse_span,
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
    for part in _split(text):
        year, colon, amount = part.partition(":")
        if not colon or not year.strip().isdigit() or not 1990 <= int(year) <= 2100:
            raise Unreadable(f"„{part}“ ist kein Jahr mit Betrag.", "Bitte z. B. „2016: 5.000; 2017: 3.000“ schreiben.")
        pairs.append((int(year), german.parse_euro(amount)))
    return _years(pairs, text)


def _decode_years(value: Any) -> tuple[tuple[int, int], ...]:
    halves = [part.split("=") for part in _split(_text(value))]
    return _years([(int(year), int(cents)) for year, cents in halves], _text(value))


years = _kind(
    "years",
    "Jahre mit Betrag (2016: 5.000; 2017: 3.000)",
    "TEXT",
    encode=lambda v: "; ".join(f"{year}={cents}" for year, cents in v) or None,
    decode=_decode_years,
    parse=_parse_years,
    show=lambda v: "; ".join(f"{year}: {show_euro(cents)}" for year, cents in v),
    empty=(),
)


@dataclass(frozen=True)
class Column:
    """A field of a table: its German heading, kind, unit and meaning, what is allowed and which table it names."""

    name: str
    heading: str
    kind: Kind
    meaning: str = ""
    unit: str = ""
    allowed: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    tables: tuple[str, ...] = ()
    required: bool = False
    low: int | None = None
    high: int | None = None

    def show(self, value: Any) -> str:
        """The value as German text; a missing one is the empty text."""
        if value is None or value == self.kind.empty:
            return ""
        if self.kind is marks:
            names = dict(self.labels)
            return "; ".join(f"{names.get(name, name)} = {EVIDENCE_GERMAN[mark]}" for name, mark in value)
        return dict(self.labels).get(value) or self.kind.show(value)

    def parse(self, text: str) -> Any:
        """The value a German text states (empty text: missing). Raises Unreadable with message and remedy."""
        if not text.strip():
            return self.kind.empty
        if self.kind is marks:
            return self._parse_marks(text)
        if self.labels:
            text = {label: value for value, label in self.labels}.get(text.strip(), text)
        return self.kind.parse(text)

    def _parse_marks(self, text: str) -> tuple[tuple[str, str], ...]:
        """Pairs of field and evidence, both by their German words or their technical names."""
        fields = {heading: name for name, heading in self.labels}
        evidence = {word: mark for mark, word in EVIDENCE_GERMAN.items()}
        pairs = [[half.strip() for half in part.split("=", 1)] for part in _split(text)]
        named = [(fields.get(pair[0], pair[0]), evidence.get(pair[-1], pair[-1])) for pair in pairs]
        if any(mark not in EVIDENCE or (self.labels and name not in fields.values()) for name, mark in named):
            remedy = "Bitte z. B. „Bezeichnung = Annahme“ schreiben, mehrere mit Semikolon."
            raise Unreadable(f"„{text.strip()}“ ist keine Belegangabe je Feld.", remedy)
        return tuple(named)


def col(
    heading: str,
    kind: Kind = text,
    meaning: str = "",
    *,
    unit: str = "",
    allowed: tuple[str, ...] = (),
    labels: dict[str, str] | None = None,
    tables: str = "",
    required: bool = False,
    low: int | None = None,
    high: int | None = None,
) -> Any:
    """A dataclass field that carries its Column; a field that is not required is missing by default."""
    column = Column(
        "",
        heading,
        kind,
        meaning,
        unit,
        allowed or tuple(labels or ()),
        tuple((labels or {}).items()),
        tuple(tables.split()),
        required,
        low,
        high,
    )
    return field(metadata={"column": column}) if required else field(default=kind.empty, metadata={"column": column})


def column_of(item: "Field[Any]") -> Column:
    """The Column of a record's dataclass field, with its name."""
    column: Column = item.metadata["column"]
    return Column(**{**{f: getattr(column, f) for f in column.__dataclass_fields__}, "name": item.name})
