"""The value of a change as text: read, written, and told in German.

Amounts are euro with a point, shares exact ("3/5", "60%"), days calendar days.
"""

import re
from datetime import date
from fractions import Fraction
from typing import Any

from insek_core.change.edits.bench import Amount
from insek_core.plan.errors import Unreadable
from insek_core.plan.finance import FINANCING
from insek_core.plan.german import MINUS, NBSP, count, quoted, show_euro, show_number

ChangeValue = int | str | Fraction | date | None | Amount


def read_euro(text: str) -> int:
    """Whole cents of euro with a point. Raises Unreadable."""
    if not re.fullmatch(r"\d{1,12}(\.\d{1,2})?", text):
        raise Unreadable(f"{quoted(text)} ist kein Betrag.", "Bitte Euro mit Punkt schreiben, z. B. 12345.67.")
    return int(Fraction(text) * 100)


def write_euro(cents: Any) -> str:
    return str(cents // 100) if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02}"


def read_amount(text: str) -> Amount:
    sign, number = (text[0], text[1:]) if text[:1] in ("+", "-") else ("", text)
    if number.endswith("%"):
        if not sign or not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", number[:-1]):
            raise Unreadable(f"{quoted(text)} ist keine Veränderung.", "Bitte z. B. +10% oder -5% schreiben.")
        part = Fraction(number[:-1]) / 100
        return Amount("part", part if sign == "+" else -part)
    cents = read_euro(number)
    return Amount("more" if sign else "is", Fraction(-cents if sign == "-" else cents))


def _decimal(value: Fraction) -> str:
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


def write_amount(amount: Any) -> str:
    if amount.kind == "part":
        return f"{'+' if amount.value >= 0 else '-'}{_decimal(abs(amount.value) * 100)}%"
    sign = "" if amount.kind == "is" else "-" if amount.value < 0 else "+"
    return sign + write_euro(int(abs(amount.value)))


def read_share(text: str) -> Fraction:
    number = text.removesuffix("%")
    if not re.fullmatch(r"\d{1,7}(/[1-9]\d{0,6}|\.\d{1,6})?", number):
        raise Unreadable(f"{quoted(text)} ist kein Anteil.", "Bitte z. B. 3/5 oder 60% schreiben.")
    value = Fraction(number) / (100 if text.endswith("%") else 1)
    if not 0 <= value <= 1:
        raise Unreadable(f"{quoted(text)} liegt nicht zwischen 0 und 100 %.", "Bitte z. B. 3/5 oder 60% schreiben.")
    return value


def read_days(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,4}", text) or abs(int(text)) > 3650:
        raise Unreadable(f"{quoted(text)} ist keine Zahl von Tagen.", "Bitte ganze Kalendertage schreiben, z. B. 60.")
    return int(text)


def read_year(text: str) -> int:
    if not re.fullmatch(r"(199\d|20\d\d|2100)", text):
        raise Unreadable(f"{quoted(text)} ist kein Haushaltsjahr.", "Bitte z. B. 2027 schreiben.")
    return int(text)


def read_financing(text: str) -> str:
    if text not in FINANCING:
        raise Unreadable(f"{quoted(text)} ist keine Finanzierungsart.", f"Erlaubt: {', '.join(FINANCING)}.")
    return text


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"{quoted(text)} ist kein Tag.", "Bitte z. B. 2027-05-01 schreiben.") from None


def read_nothing(text: str) -> None:
    if text:
        raise Unreadable(f"{quoted(text)} gehört hier nicht hin.", "Bitte nur die Kennung schreiben, z. B. drop=KO-10.")


def span_in_words(days: int) -> str:
    months = ("einen Monat", "zwei Monate", "drei Monate", "vier Monate", "fünf Monate", "sechs Monate")
    shown = count(abs(days), "Tag", "Tage")
    return f"{months[abs(days) // 30 - 1]} ({shown})" if abs(days) % 30 == 0 and 0 < abs(days) <= 180 else shown


def amount_in_words(amount: Amount) -> str:
    if amount.kind == "is":
        return show_euro(int(amount.value))
    sign = "+" if amount.value >= 0 else MINUS
    if amount.kind == "part":
        percent = abs(amount.value) * 100
        decimals = 0 if percent.denominator == 1 else 1 if (percent * 10).denominator == 1 else 2
        return f"{sign}{show_number(percent, decimals)}{NBSP}%"
    return f"{sign}{show_euro(abs(int(amount.value)))}"
