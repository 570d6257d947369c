"""Numbers and dates as Germans write and read them: 1.234,56 €, 23.11.2015. Exact in both directions."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from insek_core.plan.errors import Unreadable
from insek_core.plan.units import FACTOR_GERMAN, split_unit

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def show_number(value: float | Fraction, decimals: int = 0) -> str:
    """The number with dots between thousands and a decimal comma, rounded half up for display.

    >>> show_number(1234567.5, 1), show_number(-0.04, 1), show_number(Fraction(2, 3), 2)
    ('1.234.567,5', '0,0', '0,67')
    """
    scaled = int(abs(Fraction(value)) * 10**decimals + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**decimals)
    sign = MINUS if value < 0 and scaled else ""
    return f"{sign}{whole:,}".replace(",", ".") + (f",{rest:0{decimals}d}" if decimals else "")


def show_euro(cents: int, *, always_cents: bool = False) -> str:
    """Whole cents as euro; cents are shown only where there are any.

    >>> show_euro(19_500_000), show_euro(6_666_667), show_euro(-5)
    ('195.000\\xa0€', '66.666,67\\xa0€', '−0,05\\xa0€')
    """
    decimals = 2 if always_cents or cents % 100 else 0
    return f"{show_number(Fraction(cents, 100), decimals)}{NBSP}€"


def show_percent(part: float) -> str:
    """A probability in whole per cent; one that is neither never nor always is not rounded to either.

    >>> show_percent(0.345), show_percent(0.999), show_percent(1.0)
    ('34\\xa0%', '99\\xa0%', '100\\xa0%')
    """
    percent = round(part * 100)
    return f"{percent if part in (0, 1) else min(99, max(1, percent))}{NBSP}%"


def show_share(share: Fraction) -> str:
    """A share as per cent; thirds and the like also as the exact fraction, for 66,67 % is not two thirds.

    >>> show_share(Fraction(1, 2)), show_share(Fraction(2, 3))
    ('50\\xa0%', '66,67\\xa0% (2/3)')
    """
    percent = share * 100
    if percent.denominator == 1:
        return f"{show_number(percent)}{NBSP}%"
    exact = (percent * 100).denominator == 1
    return f"{show_number(percent, 2)}{NBSP}%" + ("" if exact else f" ({share})".replace("-", MINUS))


def show_date(day: date) -> str:
    """The day as dd.mm.yyyy.

    >>> show_date(date(2015, 11, 3))
    '03.11.2015'
    """
    return f"{day.day:02}.{day.month:02}.{day.year:04}"  # strftime writes the year 999 without its zero


def show_list(words: Iterable[str]) -> str:
    """The words joined as in a sentence.

    >>> show_list(["Geld", "Zeit", "Ziele"]), show_list(["Geld"])
    ('Geld, Zeit und Ziele', 'Geld')
    """
    items = list(words)
    return " und ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def named(names: Sequence[str]) -> str:
    """At most five names, and how many more there are.

    >>> named(["a", "b"]), named("abcdefg")
    ('„a“, „b“', '„a“, „b“, „c“, „d“, „e“ und 2 weitere')
    """
    more = f" und {len(names) - 5} weitere" if len(names) > 5 else ""
    return ", ".join(f"„{name}“" for name in names[:5]) + more


def show_years(years: Iterable[int]) -> str:
    """Years as a person lists them, runs drawn together.

    >>> show_years([2018, 2019, 2021, 2022, 2023])
    '2018, 2019, 2021–2023'
    """
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(parts)


def count(number: int, one: str, many: str) -> str:
    """A number with its noun in the right number; 0 takes the plural.

    >>> count(1, "Ziel", "Ziele"), count(0, "Ziel", "Ziele")
    ('1 Ziel', '0 Ziele')
    """
    return f"{show_number(number)} {one if number == 1 else many}"


def quoted(text: str) -> str:
    """The text in quotes as a message repeats it: trimmed, and its beginning only where it is long.

    >>> quoted(" 12 "), quoted("9" * 5000)[-8:]
    ('„12“', '99999 …“')
    """
    clean = text.strip()
    return f"„{clean if len(clean) <= 60 else f'{clean[:60]} …'}“"


def plain_number(text: str) -> int | None:
    """The whole number of at most nine digits that a text is, and nothing else; None for anything else.

    >>> plain_number("12"), plain_number("²"), plain_number("-1"), plain_number("9" * 5000)
    (12, None, None, None)
    """
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


LONGEST_NUMBER = 1_000  # signs; the longest floating point number has some 350, Python itself reads 4,300 digits
_GROUPED = r"\d{1,3}(?:\.\d{3})+"
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)")
_NUMBER = re.compile(rf"([+\-]?)({_GROUPED}|\d+)(?:,(\d+))?")


def parse_number(text: str, what: str = "eine Zahl", example: str = "12,5") -> Fraction:
    """The exact number a German text states; dots or spaces only between thousands, a comma before decimals.

    "1,234" could be 1.234 or 1,234 and is refused. Raises Unreadable with a German remedy.

    >>> parse_number("1.234,50")
    Fraction(2469, 2)
    """
    clean = re.sub(r"\s", " ", text.strip()).replace(MINUS, "-").replace("\N{EN DASH}", "-")
    clean = _SPACED.sub(lambda grouped: grouped[0].replace(" ", ""), re.sub(r"^([+-]) ", r"\1", clean))
    match = _NUMBER.fullmatch(clean)
    if match is None or len(clean) > LONGEST_NUMBER:
        raise Unreadable(f"{quoted(text)} ist nicht {what}.", f"Bitte z. B. {example} schreiben.")
    sign, whole, decimals = match.groups()
    if decimals and len(decimals) == 3 and len(whole) <= 3 and "." not in whole and whole != "0":
        raise Unreadable(
            f"„{text.strip()}“ ist mehrdeutig: {whole}.{decimals} oder {whole},{decimals}0?",
            f"Bitte {whole}.{decimals} oder {whole},{decimals}0 schreiben.",
        )
    number = Fraction(f"{whole.replace('.', '')}.{decimals or 0}")
    return -number if sign == "-" else number


def parse_euro(text: str, factor: int = 1) -> int:
    """Whole cents of a German amount such as "1.234,56 €", "60 T€" or "195.000,–"; parts of a cent are refused.

    `factor` is what the place it stands in says of amounts (a heading "in T€": 1000); a unit of its own may not differ.

    >>> parse_euro("1.234,56 €"), parse_euro("60 Tsd. €"), parse_euro("195.000,–"), parse_euro("60", 1000)
    (123456, 6000000, 19500000, 6000000)
    """
    number, own = split_unit(text)
    if own not in (None, factor) and factor != 1:
        raise Unreadable(
            f"{quoted(text)} steht unter „{FACTOR_GERMAN[factor]}“; was davon gilt?", "Bitte eine Einheit streichen."
        )
    number = re.sub(r",[-–—]{1,2}$", "", number)
    if not re.search(r"\d", number) or re.search(r"[^\d.,+\-−–\s\xa0\u202f]", number):
        raise Unreadable(f"{quoted(text)} ist kein Betrag.", "Bitte z. B. 12,50 schreiben.")
    try:
        euro = parse_number(number, "ein Betrag", "12,50")
    except Unreadable as error:
        message = error.what.replace("nicht ein Betrag", "kein Betrag")
        raise Unreadable(message, error.remedy) from error
    cents = euro * 100 * (own or factor)
    if cents.denominator != 1:
        raise Unreadable(f"„{text.strip()}“ hat Bruchteile eines Cents.", "Bitte auf volle Cent runden.")
    return int(cents)


def parse_share(text: str) -> Fraction:
    """The exact share a text states: "2/3", "66,5 %" or "0,5"; 66,67 % is not taken for two thirds.

    >>> parse_share("2/3"), parse_share("90 %")
    (Fraction(2, 3), Fraction(9, 10))
    """
    clean = text.strip().replace(NBSP, " ").replace(MINUS, "-")
    bracket = re.search(r"\((-?\d+/\d+)\)$", clean)
    fraction = re.fullmatch(r"(-?\d{1,60})\s*/\s*(\d{1,60})", bracket[1] if bracket else clean)
    if fraction and int(fraction[2]):
        return Fraction(int(fraction[1]), int(fraction[2]))
    percent = clean.endswith("%")
    try:
        number = parse_number(clean.removesuffix("%"))
    except Unreadable as error:
        raise Unreadable(f"{quoted(clean)} ist kein Anteil.", "Bitte z. B. 2/3 oder 90 % schreiben.") from error
    return number / 100 if percent else number


_MONTH_NUMBERS = {name.lower()[:3]: n for n, name in enumerate(MONTHS, 1)} | {"mrz": 3, "mae": 3}
_MONTH = "|".join((*(rf"{name[:3]}(?:{name[3:]}|\.|t\.)?" for name in MONTHS), "Maerz", r"Mrz\.?"))
_DAY = re.compile(rf"(\d{{1,2}})\.\s?(?:(\d{{1,2}})\.\s?|({_MONTH})\s+)(\d{{4}}|\d{{2}})", re.I | re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_HOUR = re.compile(r"(?<=\d)(?:T|,?\s+)(\d\d):(\d\d)(?::(\d\d)(?:[.,]0+)?)?(?:Z|\s*Uhr)?$", re.I | re.ASCII)
_FIRST_YEAR = 1990  # what a year of two digits begins with: no plan of ours is older


def _parts_of_day(clean: str) -> tuple[int, int, int] | None:
    """Year, month and day a text states, whether or not there is such a day; None if it states none."""
    if iso := _ISO_DAY.fullmatch(clean):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if not (found := _DAY.fullmatch(clean)):
        return None
    year = int(found[4])
    if len(found[4]) == 2:
        year += 1900 if 1900 + year >= _FIRST_YEAR else 2000
    return year, int(found[2] or _MONTH_NUMBERS[found[3].lower()[:3]]), int(found[1])


def parse_date(text: str) -> date:
    """The day a text states: 21.05.2015, 21.5.15, 21. Mai 2015, or ISO; a midnight behind it does not count.

    Days that do not exist and hours are refused.

    >>> parse_date("21.5.15") == parse_date("21. Mai 2015") == parse_date("2015-05-21 00:00:00") == date(2015, 5, 21)
    True
    """
    clean = text.strip()
    if hour := _HOUR.search(clean):
        if any(int(part or 0) for part in hour.groups()):
            raise Unreadable(f"{quoted(clean)} hat eine Uhrzeit.", "Bitte nur das Datum eintragen.")
        clean = clean[: hour.start()]
    try:
        if parts := _parts_of_day(clean):
            return date(*parts)
    except ValueError:
        raise Unreadable(f"Den Tag „{clean}“ gibt es nicht.", "Bitte das Datum prüfen.") from None
    raise Unreadable(f"{quoted(clean)} ist kein Datum.", "Bitte z. B. 20.05.2026 schreiben.")
