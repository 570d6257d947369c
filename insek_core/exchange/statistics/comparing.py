"""The figures of a file against those that are kept: what differs, and what the checks of both say."""

from collections.abc import Sequence
from math import isnan

import numpy as np

from insek_core.exchange.statistics import traps
from insek_core.exchange.statistics.cube import Cube, Floats, Kept
from insek_core.exchange.statistics.figures import STATES, FileFigures, Ints
from insek_core.plan.errors import Finding
from insek_core.plan.imported import ImportedSeries
from insek_core.rules.places.indicators import POPULATION
from insek_core.storage.store import Store
from insek_core.storage.values import ValueRow

Old = dict[tuple[str, str, int], tuple[float | None, str]]  # kept figures: value and state


def different(found: FileFigures, kept: Kept, left: Ints, old: Old) -> tuple[list[ValueRow], list[int]]:
    """The figures to write, and how many are new, changed, removed and unchanged."""
    rows = kept.rows[left]
    ids, areas = kept.indicators, [area.id for area in kept.areas]
    states = [STATES[n] for n in found.state[rows].tolist()]
    values = [None if isnan(value) else value for value in found.value[rows].tolist()]
    keys = (
        [ids[n] for n in kept.indicator[left].tolist()],
        [areas[n] for n in kept.area[left].tolist()],
        kept.year[left].tolist(),
    )
    every = list(zip(*keys, values, states, strict=True))
    if not old:
        written = [row for row in every if row[4] != "missing"]
        return written, [len(written), 0, 0, 0]
    written, counts = [], [0, 0, 0, 0]
    for row in every:
        before = old.get(row[:3], (None, "missing"))
        if before == row[3:]:
            counts[3] += row[4] != "missing"
            continue
        counts[2 if row[4] == "missing" else 0 if before[1] == "missing" else 1] += 1
        written.append(row)
    return written, counts


def series_of(found: FileFigures, kept: Kept) -> tuple[ImportedSeries, ...]:
    """What the file brings of each name: years and number of figures."""
    told, names, known = [], found.name[kept.rows], found.state[kept.rows] != 1
    for n in np.unique(names):
        at = (names == n) & known
        if at.any():
            theme, words = found.names[n]
            years, indicator = kept.year[at], kept.indicators[int(kept.indicator[np.argmax(names == n)])]
            first, last = int(years.min()), int(years.max())
            told.append(
                ImportedSeries(
                    indicator=indicator,
                    theme=theme,
                    words=words,
                    first_year=first,
                    last_year=last,
                    figures=int(at.sum()),
                )
            )
    return tuple(told)


def _population(store: Store, cube: Cube) -> Floats | None:
    """Inhabitants by area and year, from the file or from what is kept; None if neither knows any."""
    if POPULATION in cube.indicators:
        return np.asarray(cube.values[cube.indicators.index(POPULATION)])
    area = {one.id: n for n, one in enumerate(cube.areas)}
    found = np.full(cube.values.shape[1:], np.nan)
    for _, place, year, value, _ in store.values_of([POPULATION]):
        if place in area and year in cube.years and value is not None:
            found[area[place], cube.years.index(year)] = value
    return None if np.isnan(found).all() else found


def _bases(cube: Cube, names: Sequence[str], old: Old) -> list[Finding]:
    """Which indicators the file states on another basis than what is kept."""
    area, year = {one.id: n for n, one in enumerate(cube.areas)}, {one: n for n, one in enumerate(cube.years)}
    row = {one: n for n, one in enumerate(cube.indicators)}
    cities = {one.id for one in cube.areas if one.level == "Stadt"}
    pairs: dict[str, list[tuple[float, float]]] = {}
    city: dict[str, tuple[int, float, float]] = {}
    for (indicator, place, when), (value, _) in old.items():
        if value is None or place not in area or when not in year:
            continue
        stated = float(cube.values[row[indicator], area[place], year[when]])
        if isnan(stated):
            continue
        pairs.setdefault(indicator, []).append((value, stated))
        if place in cities and value != stated and when >= city.get(indicator, (0,))[0]:
            city[indicator] = when, value, stated
    told = (
        traps.other_basis(name, one, pairs.get(one, ()), city.get(one))
        for one, name in zip(cube.indicators, names, strict=True)
    )
    return [finding for finding in told if finding]


def trap_findings(store: Store, cube: Cube, names: Sequence[str], old: Old) -> list[Finding]:
    suspect = traps.zero_years(cube)
    dense = any(traps.DENSITY_WORDS.search(name) for name in names)
    return [
        *_bases(cube, names, old),
        *traps.zeros(cube, names, suspect),
        *traps.leaps(cube, names, suspect),
        *(traps.densities(cube, names, _population(store, cube)) if dense else ()),
        *traps.missing_areas(cube, cube.areas),
        *traps.sums(cube, names, suspect),
        *traps.boundaries(cube, names),
    ]
