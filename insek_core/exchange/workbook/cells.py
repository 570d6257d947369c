"""What a filled cell means in a column: numbers, dates and texts to values; what Excel has changed by itself is
refused.
"""

import re
from datetime import date, datetime, time
from fractions import Fraction
from math import isfinite
from sys import float_info
from typing import Any

from insek_core.exchange.workbook.sheets import FilledCell
from insek_core.plan.columns import Column
from insek_core.plan.errors import Unreadable
from insek_core.plan.german import parse_euro, show_date
from insek_core.plan.record import Record
from insek_core.plan.units import FACTOR_GERMAN
from insek_core.plan.values import Fuzzy


def _number_as_text(column: Column, value: float) -> Any:
    if column.kind.name != "text":
        raise Unreadable(f"„{value}“ ist nicht lesbar ({column.kind.german}).", "Bitte als Text eintragen.")
    return str(int(value)) if float(value).is_integer() else repr(value).replace(".", ",")


def _of_number(column: Column, value: float, factor: int) -> Any:
    """The value of a cell that holds a number; `factor` is what an amount in it is multiplied by."""
    kind = column.kind.name
    if (isinstance(value, float) and not isfinite(value)) or abs(value) > float_info.max:
        raise Unreadable("Die Zahl der Zelle ist zu groß oder keine.", "Bitte die Zahl berichtigen.")
    exact = Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    if kind == "money":
        cents = exact * 100 * factor
        if abs(cents - round(cents)) < Fraction(1, 10**6):  # what is left of a sum of binary fractions
            cents = Fraction(round(cents))
        if cents.denominator != 1:
            raise Unreadable(
                f"„{str(value).replace('.', ',')}“ hat Bruchteile eines Cents.", "Bitte auf volle Cent runden."
            )
        return int(cents)
    if kind == "whole":
        if exact.denominator != 1:
            raise Unreadable(f"„{str(value).replace('.', ',')}“ ist keine ganze Zahl.", "Bitte z. B. 12 schreiben.")
        return int(exact)
    if kind == "number":
        return float(value)
    if kind == "share":
        if value not in (0, 1):
            limited = exact.limit_denominator(1000)
            if abs(limited - exact) < Fraction(1, 10**12) and limited != exact:
                raise Unreadable(
                    f"„{str(value).replace('.', ',')}“ könnte {limited} sein.",
                    f"Bitte {limited} oder den genauen Anteil als Text schreiben.",
                )
        return column.likely_share(exact, str(value).replace(".", ","))
    if kind == "flag" and value in (0, 1):
        return bool(value)
    if kind in ("span", "fuzzy") and exact.denominator == 1:
        if kind == "fuzzy" and not 1900 <= value <= 2100:
            raise Unreadable(
                f"„{int(value)}“ ist eine Zahl, keine Zeitangabe.",
                "Bitte die Zelle als Datum formatieren oder in Worten schreiben.",
            )
        return column.parse(str(int(value)))
    if kind == "day":
        raise Unreadable(
            f"„{str(value).replace('.', ',')}“ ist eine Zahl, kein Datum.", "Bitte die Zelle als Datum formatieren."
        )
    return _number_as_text(column, value)


def _of_day(column: Column, value: date) -> Any:
    """The value of a cell that holds a date; Excel makes dates of "4-5" and "1/2" by itself."""
    if isinstance(value, datetime):
        if value.time() != time(0):
            raise Unreadable(f"„{value:%d.%m.%Y %H:%M}“ hat eine Uhrzeit.", "Bitte nur das Datum eintragen.")
        value = value.date()
    if column.kind.name == "day":
        return value
    if column.kind.name == "fuzzy":
        return Fuzzy.on(value)
    raise Unreadable(
        f"Excel hat hier ein Datum gespeichert ({show_date(value)}), erwartet ist {column.kind.german}.",
        "Zelle als Text formatieren und neu eintragen.",
    )


def value_of(column: Column, cell: FilledCell, factor: int | None = None) -> Any:
    """The value of a cell for a column; `factor` is what the column's heading says of amounts (None: nothing). Raises
    Unreadable with message and remedy.
    """
    content = cell.content
    if cell.state == "error":
        raise Unreadable(f"Fehlerwert {content or '#FEHLER'}.", "Bitte die Formel berichtigen.")
    if cell.state == "unsaved":
        raise Unreadable(
            "Formel ohne gespeicherten Wert.", "Bitte in Excel öffnen, speichern und noch einmal einlesen."
        )
    if isinstance(content, bool):
        if column.kind.name != "flag":
            raise Unreadable(
                f"„{'WAHR' if content else 'FALSCH'}“ ist nicht lesbar ({column.kind.german}).",
                "Bitte den Wert eintragen.",
            )
        return content
    if isinstance(content, int | float):
        return _of_number(column, content, _amount_factor(column, cell, factor))
    if isinstance(content, date):
        return _of_day(column, content)
    if not isinstance(content, str):
        raise Unreadable(f"„{content}“ ist nicht lesbar ({column.kind.german}).", "Bitte den Wert eintragen.")
    if re.fullmatch(r"#(REF|NAME|N/A|NV|WERT|VALUE|DIV/0|BEZUG|ZAHL|NUM|NULL)[!?]?", content.strip()):
        raise Unreadable(f"Fehlerwert {content.strip()}.", "Bitte die Formel berichtigen.")
    if column.kind.name == "money" and factor and content.strip():
        return parse_euro(content, factor)
    return column.parse(content)


def _amount_factor(column: Column, cell: FilledCell, factor: int | None) -> int:
    """What a number is multiplied by: as its heading says, else its number format. Raises Unreadable if both differ."""
    if column.kind.name == "money" and factor and cell.factor not in (None, factor):
        formatted, headed = FACTOR_GERMAN[cell.factor or 1], FACTOR_GERMAN[factor]
        raise Unreadable(
            f"Die Zelle ist in {formatted} formatiert, die Überschrift sagt {headed}.", "Bitte eines von beiden ändern."
        )
    return factor or cell.factor or 1


def check_leading_zeros(column: Column, cell: FilledCell, value: Any, before: Record | None) -> None:
    """Raises Unreadable where a code such as 00 has become the number 0 in a text column."""
    old = getattr(before, column.name, None) if before else None
    if (
        column.kind.name == "text"
        and isinstance(cell.content, int | float)
        and isinstance(old, str)
        and old != value
        and old.lstrip("0") == str(value).lstrip("0")
    ):
        raise Unreadable(
            f"Aus „{old}“ ist die Zahl {value} geworden; führende Nullen fehlen.",
            "Zelle als Text formatieren und die Nullen wieder eintragen.",
        )
