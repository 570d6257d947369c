"""A statistics file as figures of named areas, still without the plan: packed columns, what cannot be read told apart.

It runs in the process of foreign files (`parsers.py`) and answers in plain values.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from math import isfinite, nan
from pathlib import PurePath
from typing import Any

from insek_core.exchange.statistics.headings import Headings, folded, year_in
from insek_core.exchange.statistics.marks import cell_of, decimal_sign
from insek_core.exchange.statistics.rows import MAX_FILE, Cells, Rows, sheet_rows, text_rows
from insek_core.plan.errors import Problem

STATES = ("value", "missing", "suppressed")
_PROOF = re.compile(r"^[+-]?\d*\.(?:\d{1,2}|\d{4,})$|^[+-]?0\.\d+$", re.M | re.ASCII)  # no group of thousands
MOST_ODD = 200  # cells that cannot be read and are told
Packed = dict[str, Any]
Coded = tuple[list[Any], "array[int]"]  # what there is, and which of it each row has


class _Columns:
    """Figures by column while they are read."""

    def __init__(self) -> None:
        self.area, self.series, self.year, self.line, self.column = (array("i") for _ in range(5))
        self.value, self.state = array("d"), array("b")
        self.odd: list[tuple[int, int, str]] = []
        self.odd_count = 0

    def misread(self, line: int, column: int, content: object) -> None:
        self.odd_count += 1
        if len(self.odd) < MOST_ODD:
            self.odd.append((line, column, str(content)[:80]))

    def packed(self) -> Packed:
        names = ("area", "series", "year", "line", "column", "value", "state")
        return {**{n: getattr(self, n).tobytes() for n in names}, "odd": self.odd, "odd_count": self.odd_count}


def _word(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()


def _coded(keys: Iterable[Any]) -> Coded:
    """The different keys in their order, and the number of its key for each row."""
    each = list(keys)
    known = {key: n for n, key in enumerate(dict.fromkeys(each))}
    return list(known), array("i", map(known.__getitem__, each))


def _column(rows: Sequence[Cells], at: int | None) -> Sequence[object]:
    return [row[at] for row in rows] if at is not None else [""] * len(rows)


def _words_of(rows: Sequence[Cells], headings: Headings, *roles: str) -> Coded:
    """The different words of some columns side by side, and which each row has."""
    places = [headings.roles.get(role) for role in roles]
    columns = [_column(rows, at) for at in places]
    found, numbers = _coded(zip(*columns, strict=True))
    return [tuple(map(_word, key)) for key in found], numbers


def _indented(rows: Sequence[Cells], headings: Headings, theme: str) -> Coded:
    """Theme and characteristic of each row: an indented one belongs to the last that is not ("Haushalte: Kinder")."""
    own, at = headings.roles.get("theme"), headings.roles.get("words")
    keys, above = [], ""
    for row in rows:
        raw = str(row[at]) if at is not None else ""
        words = " ".join(raw.split())
        deep = raw[:1].isspace() and bool(above)
        above = above if deep else words
        group = _word(row[own]) if own is not None else theme
        whole = folded(above) == folded(group)  # "Einwohner insgesamt" of the theme Einwohner says nothing more
        keys.append((group, f"{above}: {words}" if deep and not whole else words))
    return _coded(keys)


def _points(cells: Sequence[object]) -> list[float]:
    """The numbers of a column that is nothing but numbers with a decimal point, proved by one of them; else empty."""
    try:
        joined = "\n".join(cells)  # type: ignore[arg-type]
        if not joined.isascii() or "_" in joined or ("." in joined and not _PROOF.search(joined)):
            return []
        found = list(map(float, cells))  # type: ignore[arg-type]
    except (ValueError, TypeError):
        return []
    return found if all(map(isfinite, found)) else []


def _values(cells: Sequence[object]) -> tuple[list[float], list[int], list[int], str]:
    """Value and state of each cell, which cells cannot be read, and how decimals are written (`decimal_sign`)."""
    if quick := _points(cells):
        return quick, [0] * len(quick), [], "."
    different = dict.fromkeys(cells)
    sign = decimal_sign(cell.strip() for cell in different if isinstance(cell, str))
    read = {cell: cell_of(cell, "." if sign == "." else ",") for cell in different}
    found = [read[cell] for cell in cells]
    values = [one[1] if one and one[1] is not None else nan for one in found]
    states = [STATES.index(one[0]) if one else 1 for one in found]
    return values, states, [n for n, one in enumerate(found) if not one], sign


def _long(table: Rows, theme: str) -> Packed:
    rows, headings, columns = table.rows, table.headings, _Columns()
    areas, columns.area = _words_of(rows, headings, "level", "code", "name")
    series, columns.series = (
        _words_of(rows, headings, "theme", "words") if "theme" in headings.roles else _indented(rows, headings, theme)
    )
    at, years = headings.roles["value"], _column(rows, headings.roles["year"])
    known = {year: year_in(_word(year)) for year in dict.fromkeys(years)}
    columns.year = array("i", [known[year] or 0 for year in years])
    values, states, odd, decimal = _values(_column(rows, at))
    columns.value, columns.state = array("d", values), array("b", states)
    columns.line, columns.column = array("i", table.lines), array("i", [at]) * len(rows)
    for n in odd:
        columns.misread(table.lines[n], at, rows[n][at])
    for n in (n for n, year in enumerate(years) if known[year] is None):
        columns.misread(table.lines[n], headings.roles["year"], years[n])
    return {"areas": areas, "names": series, "decimal": decimal, **columns.packed()}


def _wide(table: Rows, theme: str) -> Packed:
    rows, headings, columns = table.rows, table.headings, _Columns()
    areas, area_of = _words_of(rows, headings, "level", "code", "name")
    names, series_of = _indented(rows, headings, theme)
    every: list[tuple[str, str]] = []
    known: dict[tuple[str, str], int] = {}
    cells = [row[at] for at, _, _ in headings.years for row in rows]
    values, states, odd, decimal = _values(cells)
    for at, year, words in headings.years:
        columns.area += area_of
        columns.year += array("i", [year]) * len(rows)
        columns.line += array("i", table.lines)
        columns.column += array("i", [at]) * len(rows)
        for n in series_of:
            key = (names[n][0], words or names[n][1])
            if key not in known:
                known[key] = len(every)
                every.append(key)
            columns.series.append(known[key])
    columns.value, columns.state = array("d", values), array("b", states)
    for n in odd:
        columns.misread(columns.line[n], columns.column[n], cells[n])
    return {"areas": areas, "names": every, "decimal": decimal, **columns.packed()}


def _whole_rows(table: Rows) -> tuple[Rows, list[str], list[int]]:
    """The table with its figures alone: the words below it (source, notes), and the lines that lack columns."""
    width, kept, notes, short = table.headings.width, [], [], []
    needed = max([*table.headings.roles.values(), *(at for at, _, _ in table.headings.years)]) + 1
    for n, row in enumerate(table.rows):
        if len(row) == width and row[0] != "" and row[width - 1] != "":  # most rows; what follows takes longer
            kept.append(n)
            continue
        filled = [cell for cell in row if cell != "" and str(cell).strip()]
        if len(filled) <= 1 and width > 1:
            notes += [str(filled[0]).strip()] if filled else []
        elif len(row) < needed or any(str(cell).strip() for cell in row[width:]):
            short.append(table.lines[n])
        else:
            kept.append(n)
    if len(kept) == len(table.rows):
        return table, notes, short
    picked = Rows(
        table.headings, [table.rows[n] for n in kept], [table.lines[n] for n in kept], table.sheet, table.encoding
    )
    return picked, notes, short


def parse_statistics(name: str, data: bytes) -> Packed:
    """The figures of a file as packed columns: areas (level, code, name), names (theme, characteristic) and, for each
    figure, which of both, year, value, state, line and column. Raises Problem in German for what is no such table.

    The theme of a table that states none is the name of its file.
    """
    if not data:
        raise Problem("Die Datei ist leer.", "Bitte die richtige Datei wählen.")
    if len(data) > MAX_FILE:
        raise Problem(f"Die Datei ist größer als {MAX_FILE // 2**20} MB.", "Bitte die Datei teilen.")
    read: Callable[[bytes], Rows] = sheet_rows if data[:4] in (b"PK\3\4", b"PK\5\6", b"\xd0\xcf\x11\xe0") else text_rows
    table, notes, short = _whole_rows(read(data))
    if not table.rows and not short:
        raise Problem("Unter der Überschrift der Tabelle steht keine Zeile mit Werten.", "Bitte die Datei prüfen.")
    theme = " ".join(re.sub(r"\(\d+\)$", "", PurePath(name).stem.replace("_", " ")).split())
    packed = _long(table, theme) if table.headings.long else _wide(table, theme)
    years = [(year, words) for _, year, words in table.headings.years]
    return {
        **packed,
        "sheet": table.sheet,
        "encoding": table.encoding,
        "notes": notes[:20],
        "short": short[:MOST_ODD],
        "short_count": len(short),
        "unread": table.headings.unread,
        "twice": sorted({str(year) for year, words in years if years.count((year, words)) > 1}),
    }
