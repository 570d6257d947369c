"""One area on one page (Steckbrief): its figures, what goes to it, what is open and what the paper says.

All that is known of an area from the plan and the statistics, as records; profilesentences.py says it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.content import Area, Goal, Indicator, Statement
from insek_core.rules.fairness import AreaEffort, effort, up_to_city
from insek_core.rules.figures import UNKNOWN, Figure, Sentence
from insek_core.rules.goals.trace import goals_behind
from insek_core.rules.places.areas import lineage
from insek_core.rules.places.development import (
    Development,
    border_changes,
    boundary_years,
    development,
    vintage_year,
    year_spans,
)
from insek_core.rules.places.indicators import AreaValue, Slice, YearValue, measure, newest_year
from insek_core.rules.places.need import AreaNeed, need
from insek_core.rules.places.standing import Rank, around, comparison_sentence, ranks

SIZE_NAMES = ("Gesamtfläche", "Fläche", "Gebietsfläche")  # an indicator of this name tells when borders moved


@dataclass(frozen=True, kw_only=True)
class AreaFigure:
    """One indicator of an area at the Stichtag: the newest figure not later than its year, rank among the areas of the
    level, those of the areas around it, how it moved. `later_year` is newer than the Stichtag, shown only.
    """

    indicator: Indicator
    year: int | None
    value: AreaValue
    figure: Figure
    around: tuple[AreaValue, ...]
    rank: Rank | None
    moved: Development
    age_years: int | None
    later_year: int | None
    comparison: Sentence


@dataclass(frozen=True, kw_only=True)
class AreaProfile:
    """All that is known of an area. `borders` says in words whether its figures may be of other borders."""

    area: Area
    lies_in: tuple[Area, ...]
    figures: tuple[AreaFigure, ...]
    need: AreaNeed | None
    effort: AreaEffort
    goals: tuple[Goal, ...]
    open_points: tuple[Statement, ...]
    statements: tuple[Statement, ...]
    borders: tuple[str, ...]
    today: date


def _series(values: Iterable[YearValue]) -> dict[str, dict[str, list[tuple[int, AreaValue]]]]:
    """The figures by indicator and area, oldest first."""
    found: dict[str, dict[str, list[tuple[int, AreaValue]]]] = {}
    for indicator, year, value in sorted(values, key=lambda row: (row[0], row[1])):
        found.setdefault(indicator, {}).setdefault(value.area, []).append((year, value))
    return found


def _area_figure(
    plan: Plan,
    area: Area,
    indicator: Indicator,
    series: dict[str, list[tuple[int, AreaValue]]],
    found: Slice | None,
    today: date,
) -> AreaFigure:
    own = series.get(area.id, [])
    told = [year for year, value in own if value.state != "missing"]
    year = newest_year(told, today.year)
    of_year = {one: dict(rows)[year] for one, rows in series.items() if year is not None and year in dict(rows)}
    value = of_year.get(area.id, AreaValue(area.id, "missing", None))
    beside = around(plan, area.id, of_year)
    same = found.known if found and found.year == year else {}
    return AreaFigure(
        indicator=indicator,
        year=year,
        value=value,
        figure=measure(indicator, value, year or today.year, area.name),
        around=beside,
        rank=ranks(same).get(area.id),
        moved=development((y, v) for y, v in own if y <= today.year),
        age_years=None if year is None else today.year - year,
        later_year=max((y for y in told if y > today.year), default=None),
        comparison=comparison_sentence(plan, indicator, year or today.year, value, beside),
    )


def _statements(plan: Plan, area: str) -> tuple[Statement, ...]:
    """What the paper states of the area or of one around it, the city aside; nothing else says that it concerns it."""
    here = up_to_city(plan, area)
    return tuple(s for s in plan.statements if any(one in here for one in s.concerns))


def _goals(plan: Plan, found: AreaEffort) -> tuple[Goal, ...]:
    """The goals that the measures of the area serve."""
    served = {goal.id for one in found.measures for goal in goals_behind(plan, one.id)}
    return tuple(goal for goal in plan.goals if goal.id in served)


def _borders(figures: Iterable[AreaFigure], vintage: str) -> tuple[str, ...]:
    """Whether figures are older than the outlines, and between which years the area's size changed."""
    held = tuple(figures)
    years = {year for one in held for year, _ in one.moved.points}
    old = boundary_years(vintage, years)
    told = (
        [f"Umriss Stand {vintage_year(vintage)}; die Zahlen von {year_spans(old)} können für andere Grenzen gelten."]
        if old
        else []
    )
    for one in (one for one in held if one.indicator.name in SIZE_NAMES):
        told += [f"Grenzen geändert zwischen {a} und {b}." for a, b, _ in border_changes(one.moved.points)]
    return tuple(told)


def profile(
    plan: Plan,
    values: Iterable[YearValue],
    area: Area,
    slices: Iterable[Slice],
    today: date,
    vintage: str = "",
) -> AreaProfile:
    """The profile of an area at the Stichtag. `values` are the shown figures of the area and of those it lies in, all
    years; `slices` those of its level in the newest year not later than the Stichtag, for rank and need; `vintage` is
    that of its outline. Figures without any year are left out.
    """
    series, level = _series(values), {one.indicator: one for one in slices}
    figures = tuple(
        _area_figure(plan, area, indicator, series[indicator.id], level.get(indicator.id), today)
        for indicator in plan.indicators
        if indicator.id in series
    )
    needs = need(plan, level.values()) if sum(one.level == area.level for one in plan.areas) > 1 else ()
    found, spoken = effort(plan, area.id), _statements(plan, area.id)
    points = tuple(s for s in spoken if s.kind in ("Offener Punkt", "Frage") and s.settled_on is None)
    own_need = next((row for row in needs if row.area == area.id), None)
    return AreaProfile(
        area=area,
        lies_in=lineage(plan, area.id)[1:],
        figures=figures,
        need=own_need,
        effort=found,
        goals=_goals(plan, found),
        open_points=points,
        statements=tuple(s for s in spoken if s not in points),
        borders=_borders(figures, vintage),
        today=today,
    )


def direction_word(one: AreaFigure) -> str:
    """Whether the trend is a good one: "besser", "schlechter", "gleich"; unknown without direction or trend."""
    trend, direction = one.moved.trend, one.indicator.direction
    if trend is None or direction not in ("up", "down"):
        return UNKNOWN
    return "gleich" if trend == 0 else "besser" if (trend > 0) == (direction == "up") else "schlechter"
