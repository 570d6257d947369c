"""What stands on the command line, read: days, whole numbers, and texts that no console can write. A wrong one ends
with 2.
"""

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from insek_core.plan.german import quoted, show_date, show_number
from insek_core.rules.time.dates import calendar_day
from insek_core.rules.time.workdays import FIRST_DAY, LAST_DAY


def iso_day(text: str) -> date:
    """A day as 2015-06-01, within the years of the calendar."""
    return _within_calendar(text, text)


def moment_day(text: str) -> date:
    """A day as 2015-05-20, 20150520 or with a time behind it (which does not count)."""
    try:
        return _within_calendar(datetime.fromisoformat(text).date().isoformat(), text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{quoted(text)} ist kein Tag der Form 2026-06-01") from None


def _within_calendar(day: str, text: str) -> date:
    try:
        return calendar_day(day)
    except ValueError:
        span = f"{show_date(FIRST_DAY)} bis {show_date(LAST_DAY)}"
        raise argparse.ArgumentTypeError(f"{quoted(text)} ist kein Tag der Form 2026-06-01 ({span})") from None


def whole(low: int, high: int) -> Callable[[str], int]:
    """Reads a whole number between these bounds, both included."""

    def read(text: str) -> int:
        number = int(text) if re.fullmatch(r"-?[0-9]{1,19}", text) else None
        if number is None or not low <= number <= high:
            span = f"{show_number(low)} bis {show_number(high)}"
            raise argparse.ArgumentTypeError(f"{quoted(text)} ist keine ganze Zahl von {span}")
        return number

    return read


def odd_text(arguments: Sequence[str]) -> str:
    """Why an argument cannot be used: half a sign in it cannot be saved or written; empty if all can."""
    for text in arguments:
        if re.search("[\ud800-\udfff]", text):
            shown = quoted(text.encode("utf-8", "replace").decode())
            return f"{shown} enthält Zeichen, die keine sind. Bitte das Argument (oder die Datei) anders nennen."
    return ""
