"""How a series of days is written: one rule of RFC 5545, checked part by part before anybody works it out."""

import re
from dataclasses import dataclass
from datetime import date

from insek_core.plan.errors import Unreadable

LONGEST = 300  # signs; the longest rule a calendar writes has about a hundred
MOST_DATES = 20_000  # a daily series over fifty years
FASTER = ("HOURLY", "MINUTELY", "SECONDLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = {  # the largest number of a part; those of LISTS may also count from the end
    "INTERVAL": 1_000, "COUNT": MOST_DATES, "BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366,
}  # fmt: skip
LISTS = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")  # the hour of a sitting does not count here
EXAMPLE = "Bitte z. B. FREQ=MONTHLY;BYDAY=3WE schreiben."
WORDS_EXAMPLE = "einmal pro Quartal, halbjährlich, monatlich, alle zwei Wochen"
NUMBERS = {
    "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "acht": 8, "zehn": 10, "zwölf": 12, "vierzehn": 14,
    "zweite": 2, "dritte": 3, "vierte": 4, "sechste": 6,
}  # fmt: skip
UNIT_MONTHS = {"monat": 1, "quartal": 3, "vierteljahr": 3, "halbjahr": 6, "jahr": 12}
ADVERBS = {"monatlich": 1, "vierteljährlich": 3, "quartalsweise": 3, "halbjährlich": 6, "jährlich": 12}
_NUMBER = rf"(?P<{{0}}>\d{{{{1,2}}}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_CADENCES = (  # (how often) in a unit; every n-th unit; an adverb, with how often; an adverb of days or weeks
    rf"(?:{_NUMBER.format('times')}\s*(?:mal|x|×|sitzung(?:en)?|termine?)\s+)?"
    rf"(?:pro|im|je|jede[nsmr]?|in\s+der|in\s+jede[mr])\s+(?P<unit>{'|'.join(UNIT_MONTHS)}|woche)",
    rf"(?:alle|jede[nsr]?)\s+{_NUMBER.format('nth')}[nsr]?\s+(?P<span>monat|jahr|quartal|halbjahr|woche|tag)[en]*",
    rf"(?:{_NUMBER.format('often')}\s*(?:mal|x|×)\s+)?(?P<adverb>{'|'.join(ADVERBS)}|wöchentlich)",
    rf"{_NUMBER.format('each')}[\s-]?(?P<ending>tägig|wöchig|wöchentlich|monatlich)",
)
_READING = re.compile("|".join(rf"\b{one}\b" for one in _CADENCES))


@dataclass(frozen=True)
class Recurrence:
    """A rule that can be worked out: its parts without its last day, and that day (None: it has none)."""

    text: str
    until_on: date | None


def _last_day(value: str) -> date:
    """The day of UNTIL, with or without a time. Raises ValueError."""
    found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?", value)
    if not found:
        raise ValueError(value)
    return date(*map(int, found.groups()[:3]))


def _is_number(key: str, value: str) -> bool:
    signed = key in LISTS and key != "BYMONTH"
    return bool(re.fullmatch(r"[+-]?\d{1,5}" if signed else r"\d{1,5}", value)) and 1 <= abs(int(value)) <= MOST[key]


def _is_weekday(value: str) -> bool:
    found = re.fullmatch(r"(?:[+-]?(\d{1,2}))?(\w\w)", value, re.ASCII)
    return found is not None and found[2] in WEEKDAYS and (found[1] is None or 1 <= int(found[1]) <= 53)


def _holds(key: str, value: str) -> bool:
    """Whether a part of a rule is one that can be worked out."""
    if key == "FREQ":
        return value in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
    if key == "WKST":
        return value in WEEKDAYS
    if key == "BYDAY":
        return all(map(_is_weekday, value.split(",")))
    if key in TIMES:
        return bool(re.fullmatch(r"[0-5]?\d", value, re.ASCII))
    return key in MOST and all(_is_number(key, one) for one in (value.split(",") if key in LISTS else [value]))


def recurrence(rule: str) -> Recurrence:
    """The rule of a text. Raises Unreadable, in German, where it is none or could be endless.

    >>> recurrence("FREQ=MONTHLY;BYDAY=3WE;UNTIL=20171231")
    Recurrence(text='FREQ=MONTHLY;BYDAY=3WE', until_on=datetime.date(2017, 12, 31))
    """
    shown = rule if len(rule) <= 80 else f"{rule[:80]} …"
    pairs = [part.partition("=") for part in rule.strip().upper().removeprefix("RRULE:").split(";")]
    parts = {key: value for key, _, value in pairs}
    if parts.get("FREQ") in FASTER:
        raise Unreadable(
            f"„{shown}“ wiederholt sich mehrmals am Tag.", "Bitte FREQ=DAILY, WEEKLY, MONTHLY oder YEARLY."
        )
    if len(rule) > LONGEST or len(parts) < len(pairs) or "FREQ" not in parts:
        raise Unreadable(f"„{shown}“ ist keine Wiederholungsregel nach RFC 5545.", EXAMPLE)
    until = parts.pop("UNTIL", None)
    wrong = [f"{key}={value}" for key, value in parts.items() if not _holds(key, value)]
    try:
        last = None if until is None else _last_day(until)
    except ValueError:
        wrong.append(f"UNTIL={until}")
    if wrong:
        raise Unreadable(f"„{shown}“ ist keine Wiederholungsregel: {wrong[0][:40]} geht nicht.", EXAMPLE)
    return Recurrence(";".join(f"{key}={value}" for key, value in parts.items() if key not in TIMES), last)


def _often(times: int, months: int, weeks: int) -> str | None:
    """The rule of so many times in a span; None where no whole months or weeks lie between them."""
    span, unit = (months, "MONTHLY") if months else (weeks, "WEEKLY")
    if times < 1 or span < 1 or span % times:
        return None
    step = span // times
    step, unit = (step // 12, "YEARLY") if unit == "MONTHLY" and step % 12 == 0 else (step, unit)
    return f"FREQ={unit}" + (f";INTERVAL={step}" if step > 1 else "")


def _number(word: str | None) -> int:
    return 1 if word is None else NUMBERS.get(word) or int(word)


def _read(found: dict[str, str | None]) -> str | None:
    if unit := found["unit"]:
        return _often(_number(found["times"]), UNIT_MONTHS.get(unit, 0), int(unit == "woche"))
    if span := found["span"]:
        n = _number(found["nth"])
        weeks = n // 7 if span == "tag" and n % 7 == 0 else n * (span == "woche")
        return _often(1, n * UNIT_MONTHS.get(span, 0), weeks)
    if adverb := found["adverb"]:
        return _often(_number(found["often"]), ADVERBS.get(adverb, 0), int(adverb == "wöchentlich"))
    n, ending = _number(found["each"]), found["ending"] or ""
    if ending == "tägig":
        return _often(1, 0, n // 7 if n % 7 == 0 else 0)
    return _often(1, n * (ending == "monatlich"), n * ending.startswith("wöch"))


def rule_of_words(words: str) -> str | None:
    """The rule that German words name; None where they name none, two, or one without whole months or weeks.

    >>> rule_of_words("einmal pro Quartal"), rule_of_words("zweimal jährlich"), rule_of_words("14-tägig")
    ('FREQ=MONTHLY;INTERVAL=3', 'FREQ=MONTHLY;INTERVAL=6', 'FREQ=WEEKLY;INTERVAL=2')
    >>> rule_of_words("nach Bedarf"), rule_of_words("fünfmal im Jahr")
    (None, None)
    """
    rules = {_read(found.groupdict()) for found in _READING.finditer(words[:LONGEST].casefold())}
    return rules.pop() if len(rules) == 1 else None
