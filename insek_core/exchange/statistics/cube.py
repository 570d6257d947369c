"""The figures of a file by indicator, area and year of the plan, side by side: what the checks look at."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insek_core.exchange.statistics.figures import FileFigures, Ints
from insek_core.plan.content import Area

Floats = NDArray[np.float64]
MOST_CELLS = 60_000_000


@dataclass(frozen=True)
class Kept:
    """The figures of a file whose area and indicator are known: `rows` are their numbers in the file, `indicator` and
    `area` the numbers of their id in `indicators` and of their record in `areas`.
    """

    indicators: tuple[str, ...]
    areas: tuple[Area, ...]
    rows: Ints
    indicator: Ints
    area: Ints
    year: Ints


@dataclass(frozen=True)
class Cube:
    """Values by indicator, area and year; nan where none is known. `whole` marks indicators without decimals."""

    indicators: tuple[str, ...]
    areas: tuple[Area, ...]
    years: tuple[int, ...]
    values: Floats

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Which indicators hold whole numbers alone, as counts do."""
        known = np.where(np.isnan(self.values), 0.0, self.values)
        return np.asarray((known % 1 == 0).all(axis=(1, 2)))

    def level(self, name: str) -> Ints:
        """The numbers of the areas of a level."""
        return np.array([n for n, area in enumerate(self.areas) if area.level == name], np.int32)


def kept_figures(
    found: FileFigures, areas: tuple[Area, ...], places: tuple[str | None, ...], names: tuple[str | None, ...]
) -> Kept:
    """The figures whose place is an area and whose name is an indicator."""
    indicators = tuple(dict.fromkeys(one for one in names if one is not None))
    number = {area.id: n for n, area in enumerate(areas)}
    order = {one: n for n, one in enumerate(indicators)}
    area_of = np.array([-1 if one is None else number[one] for one in places], np.int32)
    indicator_of = np.array([-1 if one is None else order[one] for one in names], np.int32)
    area, indicator = area_of[found.place], indicator_of[found.name]
    rows = np.flatnonzero((area >= 0) & (indicator >= 0)).astype(np.int32)
    return Kept(indicators, areas, rows, indicator[rows], area[rows], found.year[rows])


def cube_of(found: FileFigures, kept: Kept) -> Cube:
    """The kept figures side by side; of figures stated twice the last."""
    years = np.unique(kept.year)
    values = np.full((len(kept.indicators), len(kept.areas), len(years)), np.nan)
    if values.size:
        values[kept.indicator, kept.area, np.searchsorted(years, kept.year)] = found.value[kept.rows]
    return Cube(kept.indicators, kept.areas, tuple(map(int, years)), values)
