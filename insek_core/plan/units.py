"""Units as Germans write them beside a number: T€, Mio. EUR, in 1.000 €, Arbeitstage. What each means, exactly."""

import re

from insek_core.plan.errors import Unreadable

_CURRENCY = r"(?:€|eur(?:os?)?(?!\w))"
_THOUSAND = r"(?:tsd|tausend(?:en)?)\b\.?"
_MILLION = r"(?:mio|mill|millionen|million)\b\.?"
_BILLION = r"(?:mrd|milliarden|milliarde)\b\.?"
_UNITS = (  # what it multiplies, and how it is written; without a currency the words alone say it
    (10**9, rf"{_BILLION}(?:\s*{_CURRENCY})?"),
    (10**6, rf"(?:{_MILLION}(?:\s*{_CURRENCY})?|m[.-]?\s?{_CURRENCY})"),
    (10**3, rf"(?:{_THOUSAND}(?:\s*{_CURRENCY})?|[tk][.-]?\s?{_CURRENCY})"),
    (1, _CURRENCY),
)
_WRITTEN_OUT = (  # only where no amount stands: "1.000 €" in a cell is an amount
    (10**6, rf"(?:1[. ]?000[. ]?000\s*{_CURRENCY}|{_CURRENCY}\s*1[. ]?000[. ]?000\b)"),
    (10**3, rf"(?:(?:1[. ]?000|['’]000|000)\s*{_CURRENCY}|{_CURRENCY}\s*(?:1[. ]?000\b|['’]000))"),
    (10**6, rf"{_CURRENCY}\s*{_MILLION}"),
    (10**3, rf"{_CURRENCY}\s*{_THOUSAND}"),
)
_PATTERNS = [(factor, re.compile(rf"(?<!\w){pattern}", re.I)) for factor, pattern in (*_WRITTEN_OUT, *_UNITS)]
_OF_CELL = [(factor, re.compile(pattern, re.I)) for factor, pattern in _UNITS]
_NUMBER_BEFORE = re.compile(r"(?:^|[^\w.,])(\d[\d.,\s]*)$")
_OTHER = re.compile(r"[$£]|\b(usd|chf|gbp|cents?|ct|hundert\w*|tausend\w*|million\w*|tds|t|k|m)\b|\b1?[. ]?000\b", re.I)
FACTOR_GERMAN = {1: "Euro", 10**3: "Tausend Euro", 10**6: "Millionen Euro", 10**9: "Milliarden Euro"}
_DAYS = re.compile(r"(.*\d)\s*(arbeits|werk|kalender)?(?:tagen?|tage?|tg\.?|d)", re.I | re.S)


def split_unit(text: str) -> tuple[str, int | None]:
    """An amount as its number and what its unit multiplies; None where no unit stands.

    >>> split_unit("60 Tsd. €"), split_unit("1,5 Mio."), split_unit("12,50 EUR"), split_unit("12,50")
    (('60', 1000), ('1,5', 1000000), ('12,50', 1), ('12,50', None))
    """
    clean = text.strip()
    for factor, pattern in _OF_CELL:
        for found in pattern.finditer(clean):
            before = clean[: found.start()]
            if found.end() == len(clean) and not before[-1:].isalpha():
                return before.rstrip(), factor
    return clean, None


def stated_units(text: str) -> list[tuple[int, int, int]]:
    """The units a heading or a title states, each as what it multiplies, begin and end; that of an amount is none.

    >>> [unit[0] for unit in stated_units("Betrag (in Tsd. €)")], stated_units("Förderung: 1,5 Mio. €")
    ([1000], [])
    """
    found: list[tuple[int | None, int, int]] = []
    for factor, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            begin, end = match.span()
            number = _NUMBER_BEFORE.search(text[:begin].rstrip())
            amount = number is not None and not re.fullmatch(r"1|(19|20)\d\d", number[1].strip())
            if not any(begin < last and first < end for _, first, last in found):
                found.append((None if amount else factor, begin, end))
    return sorted((factor, begin, end) for factor, begin, end in found if factor is not None)


def without_unit(text: str) -> str:
    """A heading without the unit it states and the signs around it.

    >>> without_unit("Betrag (in Tsd. €)"), without_unit("Betrag in T EUR"), without_unit("Betrag")
    ('Betrag', 'Betrag', 'Betrag')
    """
    for _, begin, end in sorted(stated_units(text), key=lambda unit: -unit[1]):
        text = f"{text[:begin]} {text[end:]}"
    text = re.sub(r"[(\[]\s*(in|je|angaben in|werte in)?\s*[)\]]", " ", text, flags=re.I)
    return re.sub(r"(?:[\s,;:/|–-]+|\b(?:in|je)\s*)+$", "", text.strip(), flags=re.I)


def other_unit(text: str) -> str:
    """What in a heading could be a unit that is none we know (Cent, $, Hundert); empty if there is nothing."""
    rest = text
    for _, begin, end in sorted(stated_units(text), key=lambda unit: -unit[1]):
        rest = f"{rest[:begin]} {rest[end:]}"
    found = _OTHER.search(rest)
    return found[0].strip() if found else ""


def number_format_factor(code: str) -> int | None:
    """What an Excel number format makes of an amount: 1000 where it writes T€ behind the number as it is stored.

    A format that itself divides by thousands (a comma behind the digits) shows T€ and stores euro; one without a unit
    says nothing.

    >>> number_format_factor('#,##0 "T€"'), number_format_factor('#,##0, "T€"'), number_format_factor('#,##0.00 "€"')
    (1000, 1, 1)
    """
    words = " ".join(re.findall(r'"([^"]*)"', code)) + " " + re.sub(r'"[^"]*"|\[[^\]]*\]', " ", code).replace("\\", "")
    factor = max((unit[0] for unit in stated_units(re.sub(r"[#0?.,_;*-]+", " ", words))), default=None)
    commas = re.search(r"[0#?](,+)(?![0#?])", re.sub(r'"[^"]*"', "", code).split(";")[0])
    return factor if factor is None or commas is None else max(1, factor // 1000 ** len(commas[1]))


def without_days(text: str, unit: str) -> str:
    """The number of a duration that states its days. Raises Unreadable where they are other days than the column's.

    >>> without_days("60 Tage", "Arbeitstage"), without_days("60", "Arbeitstage")
    ('60', '60')
    """
    found = _DAYS.fullmatch(text.strip())
    if not found:
        return text
    stated = (found[2] or "").lower()
    if stated and not unit.lower().startswith("arbeits" if stated == "werk" else stated):
        raise Unreadable(f"„{text.strip()}“: Hier stehen {unit}.", f"Bitte in {unit} umrechnen.")
    return found[1]
