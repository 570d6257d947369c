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
