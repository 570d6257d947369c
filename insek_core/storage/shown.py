"""Statistics as anybody may see them. This is the one place where values of the store become what is shown: screens,
files, papers and the command line all ask here, so that a small number that is hidden is hidden everywhere.
"""

from collections.abc import Collection, Iterable

from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.rules.places.indicators import AreaValue, Slice, YearValue, newest_year
from insek_core.rules.places.suppression import counts_people, denominator_of, small_number_threshold, visible
from insek_core.storage.store import Store


def _raw(store: Store, indicator: str, year: int) -> dict[str, AreaValue]:
    rows = store.select(
        "SELECT area, state, value FROM indicator_values WHERE indicator = ? AND year = ?", indicator, year
    )
    return {row[0]: AreaValue(*row) for row in rows}


def shown(store: Store, plan: Plan, indicator: Indicator, year: int) -> dict[str, AreaValue]:
    """The figures of an indicator and year over the areas of all levels, small numbers hidden."""
    base = denominator_of(plan, indicator)
    return visible(plan, indicator, _raw(store, indicator.id, year), _raw(store, base.id, year) if base else None)


def shown_slice(store: Store, plan: Plan, indicator: Indicator, year: int, level: str) -> Slice:
    """The figures of an indicator and year over the areas of a level, small numbers hidden; an area without a row is
    missing.
    """
    found = shown(store, plan, indicator, year)
    areas = (area.id for area in plan.areas if area.level == level)
    values = tuple(found.get(area, AreaValue(area, "missing", None)) for area in areas)
    return Slice(indicator=indicator.id, year=year, level=level, values=values)


def _with_small(store: Store, plan: Plan) -> set[tuple[str, int]]:
    """The indicators and years in which something may have to be hidden: small counts, or a rate over few."""
    threshold = small_number_threshold(plan).whole
    small = """SELECT DISTINCT indicator, year FROM indicator_values
               WHERE state = 'suppressed' OR (value <> 0 AND abs(value) < ?)"""
    counted = {i.id for i in plan.indicators if counts_people(i)}
    found = {(row[0], row[1]) for row in store.select(small, threshold) if row[0] in counted}
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


def newest_slices(store: Store, plan: Plan, level: str, year: int) -> tuple[Slice, ...]:
    """Of each indicator the slice of a level in its newest year that is not later than this one."""
    found: Iterable[tuple[Indicator, int | None]] = (
        (indicator, newest_year(store.years(indicator.id), year)) for indicator in plan.indicators
    )
    return tuple(shown_slice(store, plan, indicator, one, level) for indicator, one in found if one is not None)
