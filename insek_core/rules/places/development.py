"""How a figure moves over the years: change, trend, gaps, breaks. Nothing is filled in between two years (RULES §4)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median
from typing import Literal

from insek_core.plan.content import Indicator
from insek_core.plan.german import show_list, show_number
from insek_core.rules.figures import UNKNOWN, Figure, show_measure
from insek_core.rules.places.indicators import AreaValue, measure

LEAST_FOR_TREND = 5  # years with a figure; a line through fewer says little
LEAST_FOR_BREAK = 5  # changes from one year to the next, to know an area's own range by
BREAK_TIMES, BREAK_SHARE = 5, 0.1  # times the usual deviation from the usual change, and share of the year before

BreakKind = Literal["Sprung", "Ausreißer", "Null zwischen Werten"]


@dataclass(frozen=True)
class Break:
    """A year in which a figure leaves its own range: for good, for one year, or as a 0 that may mean "missing"."""

    year: int
    kind: BreakKind


@dataclass(frozen=True, kw_only=True)
class Development:
    """The figures of an area over the years that are known, the years between them that are not (`gaps`) or are hidden
    (`hidden`), change from the first to the last, trend a year (None: too few years), and breaks.
    """

    points: tuple[tuple[int, float], ...]
    gaps: tuple[int, ...]
    hidden: tuple[int, ...]
    change: float | None
    trend: float | None
    breaks: tuple[Break, ...]


def trend_of(points: Iterable[tuple[int, float]]) -> float | None:
    """The change a year: the median of the slopes between every two years (Theil and Sen), so that one odd year does
    not turn it. None below five years.

    >>> trend_of([(2010, 1.0), (2011, 2.0), (2012, 30.0), (2014, 5.0), (2015, 6.0)])
    1.0
    """
    known = list(points)
    if len(known) < LEAST_FOR_TREND:
        return None
    return median((late - early) / (last - first) for (first, early), (last, late) in combinations(known, 2))


def breaks_of(points: Iterable[tuple[int, float]]) -> tuple[Break, ...]:
    """Years whose change from the year before is over five times as far from the usual change as usual (median of the
    deviations), and over a tenth of the figure. If the next year goes back, the year is an outlier. Flagged, never
    smoothed. Only neighbouring years are compared: across a gap nobody knows.
    """
    known = list(points)
    steps = {last: late - early for (first, early), (last, late) in pairwise(known) if last == first + 1}
    if len(steps) < LEAST_FOR_BREAK:
        return ()
    usual, value = median(steps.values()), dict(known)
    spread = median(abs(step - usual) for step in steps.values())
    far = {
        year
        for year, step in steps.items()
        if abs(step - usual) > BREAK_TIMES * spread and abs(step) > BREAK_SHARE * abs(value[year - 1])
    }
    back = {year for year in far if year - 1 in far and steps[year] * steps[year - 1] < 0}
    return tuple(Break(year, _kind(value, year, back)) for year in sorted(far - {y for y in back if y - 1 not in back}))


def _kind(value: Mapping[int, float], year: int, back: set[int]) -> BreakKind:
    if value[year] == 0:
        return "Null zwischen Werten"
    return "Ausreißer" if year + 1 in back else "Sprung"


def development(series: Iterable[tuple[int, AreaValue]]) -> Development:
    """How the figure of an area moves over its years, from what is shown of it."""
    rows = sorted(series, key=lambda row: row[0])
    points = tuple((year, value.value) for year, value in rows if value.value is not None)
    years = {year for year, _ in points}
    between = range(min(years, default=0), max(years, default=0))
    hidden = tuple(year for year, value in rows if value.state == "suppressed")
    return Development(
        points=points,
        gaps=tuple(year for year in between if year not in years and year not in hidden),
        hidden=hidden,
        change=points[-1][1] - points[0][1] if len(points) > 1 else None,
        trend=trend_of(points),
        breaks=breaks_of(points),
    )


def vintage_year(vintage: str) -> int | None:
    """The year that the vintage of an outline names; None where it names none.

    >>> vintage_year("31.12.2018"), vintage_year("Stand 2020"), vintage_year("eigene Darstellung")
    (2018, 2020, None)
    """
    found = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", vintage)
    return int(found[0]) if found else None


def boundary_years(vintage: str, years: Iterable[int]) -> tuple[int, ...]:
    """The years with figures that are older than the outlines: the area may have had other borders then.

    >>> boundary_years("31.12.2018", [2016, 2017, 2018]), boundary_years("eigene Darstellung", [2016])
    ((2016, 2017), ())
    """
    latest = vintage_year(vintage)
    return tuple(one for one in sorted(years) if latest is not None and one < latest)


def border_changes(sizes: Iterable[tuple[int, float]]) -> tuple[tuple[int, int, float], ...]:
    """Between which years an area's size changes, and by how much: its figures before and after are of other borders.

    >>> border_changes([(2014, 76.0), (2016, 76.0), (2018, 74.0)])
    ((2016, 2018, -2.0),)
    """
    return tuple((first, last, late - early) for (first, early), (last, late) in pairwise(sizes) if early != late)


def year_spans(years: Iterable[int]) -> str:
    """Years as a sentence says them, neighbours as a span.

    >>> year_spans([2010, 2011, 2012, 2015]), year_spans([2016, 2015])
    ('2010–2012 und 2015', '2015 und 2016')
    """
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    parts = [[f"{span[0]}–{span[-1]}"] if len(span) > 2 else list(map(str, span)) for span in spans]
    return show_list(word for part in parts for word in part)


def signed(value: float, unit: str) -> str:
    """A change with its sign; a difference of percentages is in percentage points.

    >>> signed(-0.5, "%"), signed(12.0, "Personen"), signed(0.0, "Personen")
    ('−0,5 Prozentpunkte', '+12 Personen', '0 Personen')
    """
    shown = show_measure(abs(value), unit).removesuffix(" %") + (" Prozentpunkte" if unit == "%" else "")
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{shown}"


def trend_words(found: Development, unit: str) -> str:
    """The trend in words; unknown says from how many years on there would be one."""
    if found.trend is None:
        return f"{UNKNOWN} ({len(found.points)} von mindestens {LEAST_FOR_TREND} Jahren)"
    if unit == "%" or abs(found.trend) < 10:
        return f"{signed(round(found.trend, 1), unit or '')} je Jahr"
    return f"{signed(float(round(found.trend)), unit)} je Jahr"


def remarks(found: Development) -> tuple[str, ...]:
    """What is to be known before a series is believed: a 0 that may be none, gaps, hidden years, breaks."""
    noughts = [one for one in found.breaks if one.kind == "Null zwischen Werten"]
    told = [f"Null zwischen Werten {one.year}, vielleicht eine fehlende Angabe." for one in noughts]
    told += [f"Keine Angabe: {year_spans(found.gaps)}."] if found.gaps else []
    told += [f"Unterdrückt: {year_spans(found.hidden)}."] if found.hidden else []
    jumps = (one for one in found.breaks if one not in noughts)
    return (*told, *(f"{one.kind} {one.year}, außerhalb der eigenen Spanne." for one in jumps))


def change_figure(indicator: Indicator, found: Development, place: str) -> Figure:
    """The change from the first to the last known year as a figure with both ends."""
    ends = [found.points[0], found.points[-1]] if len(found.points) > 1 else []
    return Figure(
        label=f"{indicator.name}, Veränderung, {place}",
        value=found.change,
        unit="measure",
        measured_in="Prozentpunkte" if indicator.unit == "%" else indicator.unit,
        rule="letzter bekannter Wert − erster bekannter Wert",
        operands=tuple(measure(indicator, AreaValue("", "value", value), year, place) for year, value in ends),
    )


def change_words(found: Development, unit: str) -> str:
    """The change with the years it lies between."""
    if found.change is None:
        return UNKNOWN
    first, last = found.points[0], found.points[-1]
    share = f" ({signed(100 * found.change / first[1], '')} %)" if first[1] > 0 and unit != "%" else ""
    return f"{signed(found.change, unit)} seit {first[0]}{share}" if last[0] != first[0] else show_number(found.change)
