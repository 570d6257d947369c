"""Indicators: slices of the statistics, and status by the path from baseline to target at the Stichtag (RULES §4)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Literal, NamedTuple

from insek_core.plan import Plan
from insek_core.plan.content import DIRECTIONS, Indicator
from insek_core.plan.german import count, show_date, show_list
from insek_core.rules.figures import Figure, Sentence, field_figure, show_measure

POPULATION = "IND-EW"  # the indicator that holds inhabitants, for densities
SCREEN = "karte"
ValueState = Literal["value", "missing", "suppressed"]
StatusWord = Literal["auf dem Weg", "daneben", "unbekannt"]


class AreaValue(NamedTuple):
    """One figure of an area; `value` is None unless `state` is "value"."""

    area: str
    state: str
    value: float | None


YearValue = tuple[str, int, AreaValue]  # indicator, year, figure of an area: how a series or a profile is handed over


@dataclass(frozen=True, kw_only=True)
class Slice:
    """The values of one indicator and year over all areas of a level."""

    indicator: str
    year: int
    level: str
    values: tuple[AreaValue, ...]

    def of(self, area: str) -> AreaValue:
        """The value of an area; missing if the slice does not hold it."""
        return next((value for value in self.values if value.area == area), AreaValue(area, "missing", None))

    @property
    def known(self) -> dict[str, float]:
        """The values that are shown, by area."""
        return {value.area: value.value for value in self.values if value.value is not None}


def newest_year(years: Iterable[int], latest: int) -> int | None:
    """The newest of these years that is not later than a year; None if all are."""
    return max((year for year in years if year <= latest), default=None)


def measure(indicator: Indicator, value: AreaValue, year: int, place: str) -> Figure:
    """A figure of the statistics with its source; one that is missing or suppressed is unknown, and says which."""
    why = {"missing": "keine Angabe", "suppressed": "unterdrückt, weil kleine Zahl"}.get(value.state, "")
    return Figure(
        label=f"{indicator.name} {year}, {place}",
        value=value.value,
        unit="measure",
        measured_in=indicator.unit,
        evidence=indicator.evidence,
        rule=why or "Wert der Statistik",
        source=indicator.source,
        table=indicator.table,
        record=indicator.id,
    )


@dataclass(frozen=True, kw_only=True)
class IndicatorStatus:
    """Where an indicator stands: a word, the value it rests on, what would flip it, and which statements it lacks.

    `age_years` is how old that value is at the Stichtag, `later_year` the newest year after it, which settles nothing;
    `figure` tells the value with the path it is held against.
    """

    indicator: Indicator
    year: int | None
    value: float | None
    word: StatusWord
    flips: str
    lacks: tuple[str, ...]
    figure: Figure
    age_years: int | None = None
    later_year: int | None = None


def expected_on_path(indicator: Indicator, year: int) -> float | None:
    """The value the straight path from baseline to target has in a year; None if a statement for it is missing."""
    known = (indicator.baseline, indicator.baseline_year, indicator.target, indicator.target_year)
    if any(part is None for part in known) or indicator.baseline_year == indicator.target_year:
        return None
    first, start, last, end = (float(part or 0) for part in known)
    return first + (last - first) * min(1.0, max(0.0, (year - start) / (end - start)))


def unstated(indicator: Indicator) -> tuple[str, ...]:
    """Which of target, owner and lever an indicator does not state: without them it steers nothing."""
    stated = (
        ("Ziel", indicator.target is not None),
        ("Verantwortung", bool(indicator.owner)),
        ("Hebel", bool(indicator.lever)),
    )
    return tuple(word for word, there in stated if not there)


def _no_status(indicator: Indicator, value: float | None) -> str:
    """Why there is no status: what the indicator lacks, else the value, else its path."""
    if lacks := unstated(indicator):
        return f"Es {'fehlt' if len(lacks) == 1 else 'fehlen'} {show_list(lacks)}."
    if value is None:
        return "Es fehlt ein Wert."
    return "Es fehlt die Richtung." if not indicator.direction else "Es fehlt der Ausgangswert oder ein Jahr."


def _judged(indicator: Indicator, value: float, path: float) -> tuple[StatusWord, str]:
    """The status against the path, and the value at which it turns: of a band the edge on the value's side."""
    slack, unit, direction = indicator.tolerance or 0.0, indicator.unit, indicator.direction
    above = direction == "down" or (direction == "band" and value >= path)  # the side on which it leaves the path
    edge = path + slack if above else path - slack
    fine = value <= edge if above else value >= edge
    shown = show_measure(edge, unit)
    if fine:
        return "auf dem Weg", f"Der Stand kippt {'über' if above else 'unter'} {shown}."
    return "daneben", f"Der Stand kippt {'bis' if above else 'ab'} {shown}."


def _walkable(indicator: Indicator, path: float | None) -> bool:
    """Whether there is a path to hold a value against: ends, direction, and numbers that can be told."""
    slack = indicator.tolerance or 0.0
    return path is not None and isfinite(abs(path) + abs(slack)) and indicator.direction in DIRECTIONS


def _stated(indicator: Indicator, field: str, label: str) -> Figure:
    """A statement of an indicator as a figure: a value in its unit, a year as it is written."""
    figure = field_figure(indicator, field, label, "measure")
    if field.endswith("_year"):
        return replace(figure, value=str(figure.value), unit="text")
    return replace(figure, measured_in=indicator.unit)


def _path_figure(indicator: Indicator, year: int, path: float) -> Figure:
    fields = (("baseline", "Ausgangswert"), ("baseline_year", "Jahr des Ausgangswerts"))
    target = (("target", "Zielwert"), ("target_year", "Zieljahr"))
    return Figure(
        label=f"Pfad {year}",
        value=path,
        unit="measure",
        measured_in=indicator.unit,
        rule="gerader Weg vom Ausgangswert zum Zielwert",
        operands=tuple(_stated(indicator, field, label) for field, label in (*fields, *target)),
    )


def status(
    indicator: Indicator, city: Slice | None, today: date | None = None, later: int | None = None
) -> IndicatorStatus:
    """The status against the path; "unbekannt" without value, path or direction — never green by default."""
    value = city.values[0] if city and city.values else AreaValue("", "missing", None)
    year = city.year if city else None
    path = expected_on_path(indicator, year) if year is not None else None
    figure = measure(indicator, value, year or 0, "Stadt")
    word: StatusWord = "unbekannt"
    flips = _no_status(indicator, value.value)
    if value.value is not None and _walkable(indicator, path):
        word, flips = _judged(indicator, value.value, path or 0.0)
        figure = replace(figure, operands=(_path_figure(indicator, year or 0, path or 0.0),))
    return IndicatorStatus(
        indicator=indicator,
        year=year,
        value=value.value,
        word=word,
        flips=flips,
        lacks=unstated(indicator),
        figure=figure,
        age_years=today.year - year if today and year is not None else None,
        later_year=later,
    )


def settling(slices: Iterable[Slice], today: date) -> tuple[dict[str, Slice], dict[str, int]]:
    """Of each indicator the newest slice with a value that is not later than the year of the Stichtag (that year's own
    figure counts), else the newest without one; and the newest year after it, which is shown and settles nothing.
    """
    found, later = dict[str, Slice](), dict[str, int]()
    for one in sorted(slices, key=lambda s: (bool(s.known), s.year)):
        if one.year <= today.year:
            found[one.indicator] = one
        elif one.known:
            later[one.indicator] = max(one.year, later.get(one.indicator, one.year))
    return found, later


def statuses(plan: Plan, slices: tuple[Slice, ...], today: date) -> tuple[IndicatorStatus, ...]:
    """The status of every indicator by its newest city-wide figure at the Stichtag."""
    found, later = settling((s for s in slices if s.level == "Stadt"), today)
    return tuple(status(i, found.get(i.id), today, later.get(i.id)) for i in plan.indicators)


def after_stichtag(year: int, today: date) -> str:
    """What is said beside a figure that is newer than the Stichtag; empty for any other."""
    return (
        f"{year} liegt nach dem Stichtag {show_date(today)} und entscheidet keinen Stand." if year > today.year else ""
    )


def age_words(found: IndicatorStatus) -> str:
    """How old the newest figure is at the Stichtag, and which later one is shown only."""
    if found.value is None or found.age_years is None:
        told = "Bis zum Stichtag liegt keine Zahl vor."
    else:
        old = f"am Stichtag {count(found.age_years, 'Jahr', 'Jahre')} alt"
        told = f"Neueste Zahl: {found.year}, {old if found.age_years else 'aus dem Jahr des Stichtags'}."
    return told + (f" {found.later_year} liegt nach dem Stichtag und entscheidet nichts." if found.later_year else "")


def status_sentence(found: IndicatorStatus) -> Sentence:
    """Where an indicator stands and what would flip it; one that steers nothing says what it lacks."""
    name = found.indicator.name
    if found.word == "unbekannt":
        text = f"{name}: Stand unbekannt. {found.flips}"
    else:
        text = f"{name}: {found.word}. {found.flips}"
    return Sentence(text=text, screen=SCREEN, figures=(found.figure,))
