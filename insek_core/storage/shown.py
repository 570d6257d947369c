"""Statistics as anybody may see them. This is the one place where values of the store become what is shown: screens,
files, papers and the command line all ask here, so that a small number that is hidden is hidden everywhere.
"""

from collections.abc import Collection
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator
from insek_core.rules.places.areas import lineage, parts_of
from insek_core.rules.places.indicators import AreaValue, Slice, YearValue
from insek_core.rules.places.need import need_mix
from insek_core.rules.places.standing import summed_rows, summed_slice
from insek_core.rules.places.suppression import (
    SUMMED_LEVELS,
    counts_people,
    denominator_of,
    small_number_threshold,
    visible,
)
from insek_core.rules.places.typology import AreaType, typology, weights_by_need
from insek_core.rules.profile import AreaProfile, profile
from insek_core.storage.store import Store

BETWEEN = ("Stadtgebiet", "Stadtbezirk")  # levels that may have no figures of their own


def _raw(store: Store, indicator: str, year: int) -> dict[str, AreaValue]:
    rows = store._rows(
        "SELECT area, state, value FROM indicator_values WHERE indicator = ? AND year = ?", [indicator, year]
    )
    return {row[0]: AreaValue(*row) for row in rows}


def shown(store: Store, plan: Plan, indicator: Indicator, year: int) -> dict[str, AreaValue]:
    """The figures of an indicator and year over the areas of all levels, small numbers hidden."""
    base = denominator_of(plan, indicator)
    return visible(plan, indicator, _raw(store, indicator.id, year), _raw(store, base.id, year) if base else None)


def _of_level(plan: Plan, found: dict[str, AreaValue], indicator: Indicator, year: int, level: str) -> Slice:
    areas = (area.id for area in plan.areas if area.level == level)
    values = tuple(found.get(area, AreaValue(area, "missing", None)) for area in areas)
    return Slice(indicator=indicator.id, year=year, level=level, values=values)


def shown_slice(store: Store, plan: Plan, indicator: Indicator, year: int, level: str) -> Slice:
    """The figures of an indicator and year over the areas of a level, small numbers hidden; an area without a row is
    missing. A level between others that has no figures of its own is summed from the next finer one.
    """
    held = shown(store, plan, indicator, year)
    found = _of_level(plan, held, indicator, year, level)
    if level not in BETWEEN or any(value.state != "missing" for value in found.values):
        return found
    base = denominator_of(plan, indicator)
    bases = shown(store, plan, base, year) if base else {}
    for finer in SUMMED_LEVELS[SUMMED_LEVELS.index(level) + 1 :]:
        parts = _of_level(plan, held, indicator, year, finer)
        if parts.known:
            return summed_slice(plan, indicator, parts, level, _of_level(plan, bases, base or indicator, year, finer))
    return found


def _with_small(store: Store, plan: Plan) -> set[tuple[str, int]]:
    """The indicators and years in which something may have to be hidden: small counts, or a rate over few."""
    threshold = small_number_threshold(plan).whole
    small = """SELECT DISTINCT indicator, year FROM indicator_values
               WHERE state = 'suppressed' OR (value <> 0 AND abs(value) < ?)"""
    counted = {i.id for i in plan.indicators if counts_people(i)}
    found = {(row[0], row[1]) for row in store._rows(small, [threshold]) if row[0] in counted}
    for rate in plan.indicators:
        if base := denominator_of(plan, rate):
            found |= {(rate.id, year) for year in store.years(base.id)}
    return found


def shown_rows(store: Store, plan: Plan, areas: Collection[str]) -> tuple[YearValue, ...]:
    """Every figure of these areas, all indicators of the plan and all years, small numbers hidden."""
    known = {indicator.id: indicator for indicator in plan.indicators}
    rows = [row for area in areas for row in store.profile(area) if row[0] in known]
    doubtful = _with_small(store, plan) & {(indicator, year) for indicator, year, _ in rows}
    tables = {key: shown(store, plan, known[key[0]], key[1]) for key in doubtful}
    return tuple(
        (one, year, tables[one, year].get(value.area, value) if (one, year) in tables else value)
        for one, year, value in rows
    )


def city_slices(store: Store, plan: Plan) -> tuple[Slice, ...]:
    """The city-wide figures of every indicator and year: what an assessment needs of the statistics."""
    city = [area.id for area in plan.areas if area.level == "Stadt"]
    return tuple(
        Slice(indicator=indicator, year=year, level="Stadt", values=(value,))
        for indicator, year, value in shown_rows(store, plan, city)
    )


def newest_slice(store: Store, plan: Plan, indicator: Indicator, level: str, latest: int) -> Slice | None:
    """The slice of a level in the newest year not later than this one that shows a figure of it; None if none does."""
    years = (year for year in reversed(store.years(indicator.id)) if year <= latest)
    found = (shown_slice(store, plan, indicator, year, level) for year in years)
    return next((one for one in found if one.known), None)


def newest_slices(store: Store, plan: Plan, level: str, latest: int) -> tuple[Slice, ...]:
    """The newest slice of every indicator that has one: for need and ranks at a Stichtag."""
    found = (newest_slice(store, plan, indicator, level, latest) for indicator in plan.indicators)
    return tuple(one for one in found if one)


def shown_types(store: Store, plan: Plan, level: str, year: int, earlier: int) -> tuple[AreaType, ...]:
    """The types of the areas of a level by the mix of need: status at a year, change since an earlier one."""
    now, before = (newest_slices(store, plan, level, latest) for latest in (year, earlier))
    return typology(plan, weights_by_need(need_mix(plan)), now, before)


def shown_profile(store: Store, plan: Plan, area: Area, today: date) -> AreaProfile:
    """The profile of an area from the plan and the shown statistics."""
    rows = shown_rows(store, plan, [one.id for one in lineage(plan, area.id)])
    if area.level in BETWEEN and not any(value.area == area.id for _, _, value in rows):
        parts = next((held for level in reversed(SUMMED_LEVELS) if (held := parts_of(plan, area.id, level))), ())
        rows += summed_rows(plan, shown_rows(store, plan, parts), area.id, parts)
    slices = newest_slices(store, plan, area.level, today.year)
    vintage = next((one.vintage for one in store.outlines(area.level) if one.area == area.id), "")
    return profile(plan, rows, area, slices, today, vintage)
