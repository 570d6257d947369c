"""Indicators: slices of the statistics, small numbers, and status by the path from baseline to target (RULES §4)."""

from dataclasses import dataclass, replace
from math import isfinite
from typing import Literal, NamedTuple

from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.plan.german import plain_number, show_list, show_number

POPULATION = "IND-EW"  # the indicator that holds inhabitants, for densities
ValueState = Literal["value", "missing", "suppressed"]


class AreaValue(NamedTuple):
    """One figure of an area; `value` is None unless `state` is "value"."""

    area: str
    state: str
    value: float | None


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


def suppress_small(found: Slice, threshold: int) -> Slice:
    """Counts from 1 below the threshold hidden, and the next smallest too where a single hidden one could be
    subtracted.
    """
    small = {v.area for v in found.values if v.value is not None and 0 < v.value < threshold}
    if len(small) == 1:
        others = [v for v in found.values if v.value is not None and v.area not in small]
        small |= {min(others, key=lambda v: v.value or 0).area} if others else set()
    hidden = tuple(AreaValue(v.area, "suppressed", None) if v.area in small else v for v in found.values)
    return replace(found, values=hidden)


def visible(found: Slice, indicator: Indicator, threshold_text: str) -> Slice:
    """The slice as it may be shown: small counts hidden (threshold from the settings, 3 where it is unreadable)."""
    if indicator.measure_kind != "Zahl":
        return found
    return suppress_small(found, 3 if (stated := plain_number(threshold_text)) is None else stated)


@dataclass(frozen=True, kw_only=True)
class IndicatorStatus:
    """Where an indicator stands: a word, the value it rests on, what would flip it, and which statements it lacks."""

    indicator: Indicator
    year: int | None
    value: float | None
    word: Literal["auf dem Weg", "daneben", "unbekannt"]
    flips: str
    lacks: tuple[str, ...]


def expected_on_path(indicator: Indicator, year: int) -> float | None:
    """The value the straight path from baseline to target has in a year; None if a statement for it is missing."""
    known = (indicator.baseline, indicator.baseline_year, indicator.target, indicator.target_year)
    if any(part is None for part in known) or indicator.baseline_year == indicator.target_year:
        return None
    first, start, last, end = (float(part or 0) for part in known)
    return first + (last - first) * min(1.0, max(0.0, (year - start) / (end - start)))


def status(indicator: Indicator, city: Slice | None) -> IndicatorStatus:
    """The status against the path; "unbekannt" without value, path or direction — never green by default."""
    lacks = tuple(
        word
        for word, there in (
            ("Ziel", indicator.target is not None),
            ("Verantwortung", bool(indicator.owner)),
            ("Hebel", bool(indicator.lever)),
        )
        if not there
    )
    value = city.values[0].value if city and city.values else None
    year = city.year if city else None
    path = expected_on_path(indicator, year) if year is not None else None
    if value is None or path is None or not isfinite(path) or indicator.direction not in ("up", "down", "band"):
        flips = f"Es {'fehlt' if len(lacks) == 1 else 'fehlen'} {show_list(lacks)}." if lacks else "Es fehlt ein Wert."
        return IndicatorStatus(indicator=indicator, year=year, value=value, word="unbekannt", flips=flips, lacks=lacks)
    slack = indicator.tolerance or 0.0
    off = {"up": path - value, "down": value - path, "band": abs(value - path)}[indicator.direction]
    word: Literal["auf dem Weg", "daneben"] = "auf dem Weg" if off <= slack else "daneben"
    edge = {"up": path - slack, "down": path + slack, "band": path + slack}[indicator.direction]
    side = (
        {"up": "unter", "down": "über", "band": "über"}[indicator.direction]
        if word == "auf dem Weg"
        else {"up": "ab", "down": "bis", "band": "bis"}[indicator.direction]
    )
    flips = f"Der Stand kippt {side} {show_number(edge, 1)} {indicator.unit}."
    return IndicatorStatus(indicator=indicator, year=year, value=value, word=word, flips=flips, lacks=lacks)


def statuses(plan: Plan, slices: tuple[Slice, ...]) -> tuple[IndicatorStatus, ...]:
    """The status of every indicator by its newest city-wide slice."""
    newest = {s.indicator: s for s in sorted(slices, key=lambda s: s.year) if s.level == "Stadt"}
    return tuple(status(indicator, newest.get(indicator.id)) for indicator in plan.indicators)
