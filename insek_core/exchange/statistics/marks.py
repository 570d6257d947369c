"""What a cell of official statistics says: a number, or a sign that stands in place of one."""

import re
from collections.abc import Iterable
from math import isfinite

MISSING, SUPPRESSED = "missing", "suppressed"
SIGNS = {
    "": MISSING,
    "…": MISSING,  # comes later
    "...": MISSING,
    "x": MISSING,  # a figure would make no sense
    "/": MISSING,  # not sure enough
    "k. a.": MISSING,
    "k.a.": MISSING,
    ".": SUPPRESSED,  # unknown or to be kept secret
    "•": SUPPRESSED,
    "*": SUPPRESSED,
    "g": SUPPRESSED,
}  # the signs of the German statistical offices
NOTHING = ("-", "–", "—")  # exactly zero: there is nothing of it
LONGEST = 60  # signs of a number
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
_GERMAN = re.compile(r"[+-]?\d+(,\d+)?", re.ASCII)
_POINT = re.compile(r"[+-]?\d+\.\d+", re.ASCII)
_ENGLISH = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+", re.ASCII)
_MINUS = str.maketrans({"−": "-", "\N{NO-BREAK SPACE}": "", "\N{NARROW NO-BREAK SPACE}": "", " ": "", "'": "", "’": ""})
Cell = tuple[str, float | None]  # state and value


def decimal_sign(texts: Iterable[str]) -> str:
    """The sign before decimals that the numbers of a table prove: comma, point, "?" where only numbers such as 1.234
    stand there, "!" where some prove the one and some the other.

    >>> decimal_sign(["12,5", "1.234"]), decimal_sign(["51.2464", "7"]), decimal_sign(["1.234"])
    (',', '.', '?')
    """
    comma = point = open_ = False
    for text in texts:
        if "," in text:
            comma = comma or not _ENGLISH.fullmatch(text)
            point = point or bool(_ENGLISH.fullmatch(text))
        elif "." in text and _POINT.fullmatch(text):
            grouped = bool(_GROUPED.fullmatch(text)) and not text.lstrip("+-").startswith("0")
            point, open_ = point or not grouped, open_ or grouped
    if comma and point:
        return "!"
    return "," if comma else "." if point else "?" if open_ else ","


def cell_of(content: object, decimal: str) -> Cell | None:
    """State and value of a cell; None if it is neither a number nor a known sign.

    >>> cell_of("1.234,5", ","), cell_of("51.25", "."), cell_of("–", ","), cell_of(".", ","), cell_of("zwölf", ",")
    (('value', 1234.5), ('value', 51.25), ('value', 0.0), ('suppressed', None), None)
    """
    if isinstance(content, bool):
        return None
    if isinstance(content, int | float):
        return ("value", float(content)) if isfinite(content) else None
    text = str(content).strip()
    if text.lower() in SIGNS:
        return SIGNS[text.lower()], None
    if text in NOTHING:
        return "value", 0.0
    plain = text.translate(_MINUS)
    if len(plain) > LONGEST:
        return None
    if decimal == ",":
        if _GROUPED.fullmatch(plain):
            plain = plain.replace(".", "")
        fits = _GERMAN.fullmatch(plain)
        return ("value", float(plain.replace(",", "."))) if fits else None
    plain = plain.replace(",", "") if _ENGLISH.fullmatch(plain) else plain
    return (
        ("value", float(plain)) if _POINT.fullmatch(plain) or (_GERMAN.fullmatch(plain) and "," not in plain) else None
    )
