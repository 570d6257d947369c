"""The figures of a file as columns of numbers, so that checks over many of them take no time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openpyxl.utils import get_column_letter

Ints = NDArray[np.int32]
STATES = ("value", "missing", "suppressed")
StatedPlace = tuple[str, str, str]  # level, code and name as the file states them
Named = tuple[str, str]  # theme and characteristic


@dataclass(frozen=True)
class FileFigures:
    """What a file says: places and names it uses, and for each figure which of both, year, value (nan: none) and
    state; `told` holds what was noticed while reading.
    """

    places: tuple[StatedPlace, ...]
    names: tuple[Named, ...]
    place: Ints
    name: Ints
    year: Ints
    value: NDArray[np.float64]
    state: NDArray[np.int8]
    line: Ints
    column: Ints
    told: Mapping[str, Any]

    def at(self, n: int) -> tuple[str, str]:
        """Where a figure stands: sheet and cell of a workbook, else "Zeile 17, Spalte 3"."""
        return located(self.told["sheet"], int(self.line[n]), int(self.column[n]))


def located(sheet: str, line: int, column: int) -> tuple[str, str]:
    """Sheet and cell, or line and column of a text; columns count from 0.

    >>> located("Tabelle1", 7, 2), located("", 7, 2)
    (('Tabelle1', 'C7'), ('', 'Zeile 7, Spalte 3'))
    """
    return (sheet, f"{get_column_letter(column + 1)}{line}") if sheet else ("", f"Zeile {line}, Spalte {column + 1}")


def label(named: Named) -> str:
    """How an indicator of this name is called: the characteristic with its theme, unless it says it already.

    >>> label(("Arbeitslose", "Frauen")), label(("Einwohner", "Einwohner insgesamt")), label(("Einwohner", ""))
    ('Arbeitslose: Frauen', 'Einwohner insgesamt', 'Einwohner')
    """
    theme, words = named
    if not words or not theme:
        return words or theme
    return words if words.lower().startswith(theme.lower()) else f"{theme}: {words}"


def unpacked(read: Mapping[str, Any]) -> FileFigures:
    """The packed columns of `parse_statistics` as numbers."""
    ints = {name: np.frombuffer(read[name], np.int32) for name in ("area", "series", "year", "line", "column")}
    return FileFigures(
        places=tuple(map(tuple, read["areas"])),
        names=tuple(map(tuple, read["names"])),
        place=ints["area"],
        name=ints["series"],
        year=ints["year"],
        value=np.frombuffer(read["value"], np.float64),
        state=np.frombuffer(read["state"], np.int8),
        line=ints["line"],
        column=ints["column"],
        told={key: read[key] for key in TOLD},
    )


TOLD = ("odd", "odd_count", "sheet", "encoding", "notes", "short", "short_count", "unread", "twice", "decimal")
