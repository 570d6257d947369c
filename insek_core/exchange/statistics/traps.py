"""What real statistics hide: zeros that mean unknown, sums that miss people, leaps, boundaries that moved, published
densities, another basis. Each is told and nothing is corrected; the rules are our own, their limits stand here.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insek_core.exchange.statistics.cube import Cube, Floats
from insek_core.plan.content import Area
from insek_core.plan.errors import Finding, Severity
from insek_core.plan.german import count, named, show_number, show_years

FEWEST = 3  # areas of a level from which on "all of them are zero" says something
LEAP, LEAP_OF_RATE, LEAP_FROM = 0.25, 0.5, 100  # off both neighbours by so much; counts only from so many
SMALL = 10  # a count below is not spelt out: what is said of a file stays in the database for all to read
SUM_WITHIN = 0.1  # a count whose districts miss more of the city than this is no sum of them
OTHER_BASIS = 0.5  # the share of known figures that differ from which on the file is of another basis
ROUNDED = 0.003  # figures that differ by less were rounded
AREA_WORDS = re.compile(r"gesamtfläche|gebietsfläche|fläche insgesamt|katasterfläche", re.I)
DENSITY_WORDS = re.compile(r"dichte|einwohner (je|pro) (km|qkm|ha|hektar|quadratkilometer)", re.I)
PLURAL = {"Ortsteil": "Ortsteile", "Stadtbezirk": "Stadtbezirke", "Stadtgebiet": "Stadtgebiete"}


def _told(level: Severity, indicator: str, message: str, remedy: str = "") -> Finding:
    return Finding(level=level, table="indicators", record=indicator, message=message, remedy=remedy)


def zero_years(cube: Cube) -> NDArray[np.bool_]:
    """By indicator and year: all areas of a level are zero and were not in another year, or the city alone is."""
    found = np.zeros((len(cube.indicators), len(cube.years)), bool)
    for level in {area.level for area in cube.areas}:
        values = cube.values[:, cube.level(level), :]
        known = ~np.isnan(values)
        all_zero = ((values == 0) | ~known).all(axis=1) & (known.sum(axis=1) >= (1 if level == "Stadt" else FEWEST))
        other = (known & (values != 0)).any(axis=(1, 2))
        found |= all_zero & other[:, None]
    return found


def zeros(cube: Cube, names: Sequence[str], suspect: NDArray[np.bool_]) -> Iterable[Finding]:
    """Zeros that probably mean that nothing is known."""
    for n, indicator in enumerate(cube.indicators):
        if suspect[n].any():
            years = show_years(year for year, odd in zip(cube.years, suspect[n], strict=True) if odd)
            message = f"{names[n]}: Die Null steht vermutlich für „keine Angabe“ in {years}."
            yield _told("warning", indicator, message, "Bitte bei der Quelle nachfragen; der Wert 0 bleibt stehen.")


def _gaps(cube: Cube, n: int, level: str, suspect: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """City less sum of a level for each year (nan: not known of all), and the city."""
    city = cube.values[n, cube.level("Stadt")[0]]
    gap = city - cube.values[n, cube.level(level)].sum(axis=0)
    return np.where(suspect[n], np.nan, gap), city


def sums(cube: Cube, names: Sequence[str], suspect: NDArray[np.bool_]) -> Iterable[Finding]:
    """Where the districts do not add up to the city; nothing is made up for it."""
    if len(cube.level("Stadt")) != 1:
        return
    whole = cube.whole
    levels = [level for level in ("Ortsteil", "Stadtbezirk") if len(cube.level(level)) >= 2]
    for n, indicator in enumerate(cube.indicators):
        told: list[bytes] = []
        for level in levels if whole[n] else ():
            gap, city = _gaps(cube, n, level, suspect)
            known = ~np.isnan(gap) & (city > 0)
            if not known.any() or np.median(np.abs(gap[known]) / city[known]) > SUM_WITHIN or not gap[known].any():
                continue
            if gap.tobytes() in told:  # the districts miss the same as the Ortsteile
                continue
            told.append(gap.tobytes())
            yield _told(
                "notice", indicator, _gap_words(cube, names[n], level, gap, known), "Beide Werte bleiben stehen."
            )


def _gap_words(cube: Cube, name: str, level: str, gap: Floats, known: NDArray[np.bool_]) -> str:
    years = [(cube.years[k], float(gap[k])) for k in np.flatnonzero(known)]
    off = [(year, miss) for year, miss in years if miss]
    newest, largest = off[-1], max(off, key=lambda one: abs(one[1]))
    where = "unter" if newest[1] > 0 else "über"
    least = min(abs(miss) for _, miss in years)
    span = (
        f"um {show_number(least)} bis {show_number(abs(largest[1]))}"
        if len(years) > 1
        else f"um {show_number(abs(newest[1]))}"
    )
    of_level = f"{len(cube.level(level))} {PLURAL[level]}"
    when = f"in {len(off)} von {count(len(years), 'Jahr', 'Jahren')}"
    last = f"{newest[0]}: {show_number(abs(newest[1]))} {where} der Stadt"
    return f"{name}: Die Summe der {of_level} weicht {when} vom Wert der Stadt ab, {span} ({last})."


def leaps(cube: Cube, names: Sequence[str], suspect: NDArray[np.bool_]) -> Iterable[Finding]:
    """Figures far from both neighbours in time that are close to one another: a leap there and back."""
    values = np.where(suspect[:, None, :], np.nan, cube.values)
    before, here, after = values[:, :, :-2], values[:, :, 1:-1], values[:, :, 2:]
    with np.errstate(invalid="ignore", divide="ignore"):
        limit = np.where(cube.whole, LEAP, LEAP_OF_RATE)[:, None, None]
        middle, enough = (before + after) / 2, (np.minimum(before, after) >= LEAP_FROM) | ~cube.whole[:, None, None]
        off = np.abs(here / middle - 1)
        odd = (off > limit) & (np.abs(after / before - 1) < limit / 2) & enough & (before > 0)
    for n, indicator in enumerate(cube.indicators):
        found = np.argwhere(odd[n])
        if len(found):
            worst = sorted(found.tolist(), key=lambda at: -off[n, at[0], at[1]])[:3]
            shown = "; ".join(_leap_words(cube, n, area, year) for area, year in worst)
            message = (
                f"{names[n]}: {count(len(found), 'Wert springt', 'Werte springen')} und kehren zurück, z. B. {shown}."
            )
            if len(found) == 1:
                message = f"{names[n]}: Ein Wert springt und kehrt zurück: {shown}."
            yield _told("warning", indicator, message, "Bitte bei der Quelle nachfragen; geglättet wird nichts.")


def _leap_words(cube: Cube, n: int, area: int, year: int) -> str:
    around = cube.values[n, area, year : year + 3]
    digits = 0 if (around % 1 == 0).all() else 1
    shown = (
        f"unter {SMALL}" if not digits and 0 < value < SMALL else show_number(float(value), digits) for value in around
    )
    told = " → ".join(shown)
    return f"{cube.areas[area].name} {cube.years[year]}–{cube.years[year + 2]}: {told}"


def boundaries(cube: Cube, names: Sequence[str]) -> Iterable[Finding]:
    """Areas whose size changes from one year to the next: their boundaries moved."""
    districts = cube.level("Ortsteil") if len(cube.level("Ortsteil")) else cube.level("Stadtbezirk")
    for n in (n for n, name in enumerate(names) if AREA_WORDS.search(name)):
        known = [k for k in range(len(cube.years)) if not np.isnan(cube.values[n, districts, k]).all()]
        for first, last in pairwise(known):
            moved = np.abs(cube.values[n, districts, last] - cube.values[n, districts, first])
            if (many := int((moved > 0).sum())) > 0:
                sizes = f"{show_number(float(moved[moved > 0].min()), 1)} bis {show_number(float(np.nanmax(moved)), 1)}"
                span = f"von {cube.years[first]} auf {cube.years[last]}"
                message = f"{names[n]}: Grenzen {span} verändert in {count(many, 'Gebiet', 'Gebieten')} (um {sizes})."
                yield _told(
                    "notice", cube.indicators[n], message, "Zeitreihen dieser Gebiete sind nur bedingt vergleichbar."
                )


def densities(cube: Cube, names: Sequence[str], population: Floats | None) -> Iterable[Finding]:
    """Published densities, held against population and area where both are known."""
    km2 = np.array([area.area_km2 or np.nan for area in cube.areas])
    for n in (n for n, name in enumerate(names) if DENSITY_WORDS.search(name)):
        message = f"{names[n]}: Das Programm rechnet Dichten aus Einwohnern und Fläche selbst."
        if population is not None:
            own = population / km2[:, None]
            off = np.abs(cube.values[n] / own - 1)
            if not np.isnan(off).all():
                message += (
                    f" Die veröffentlichten weichen um bis zu {show_number(100 * float(np.nanmax(off)), 1)} % davon ab."
                )
        yield _told("warning", cube.indicators[n], message, "Bitte die veröffentlichte Dichte nicht verwenden.")


def missing_areas(cube: Cube, areas: Sequence[Area]) -> Iterable[Finding]:
    """Areas of a level the file speaks of that have no figure in it."""
    silent = np.asarray(np.isnan(cube.values).all(axis=(0, 2)))
    for level in ("Stadt", "Stadtbezirk", "Ortsteil"):
        at = cube.level(level)
        without = [areas[n].name for n in at if silent[n]]
        if without and len(without) < len(at):
            many = count(len(without), f"{level} hat", f"{PLURAL.get(level, level)} haben")
            yield Finding(
                level="warning", table="areas", message=f"{many} in der Datei keinen Wert: {named(without)}.", remedy=""
            )


def other_basis(name: str, indicator: str, pairs: Sequence[tuple[float, float]], city: Any) -> Finding | None:
    """Said where most figures differ from those that are kept: two sources are never mixed. `pairs` are kept and stated
    figures of the same areas and years, `city` the newest year of the city with both, or None.
    """
    differ = sum(abs(kept - stated) > ROUNDED * max(abs(kept), abs(stated)) for kept, stated in pairs)
    if len(pairs) < FEWEST or differ / len(pairs) <= OTHER_BASIS:
        return None
    shown = ""
    if city is not None:
        shown = f", Stadt {city[0]}: bisher {show_number(city[1], 1)}, Datei {show_number(city[2], 1)}"
    message = f"{name}: {differ} von {len(pairs)} bekannten Werten sind andere als bisher{shown}."
    remedy = "Vermutlich eine andere Grundlage (Register oder amtliche Fortschreibung); bitte nie mischen."
    return _told("warning", indicator, message, remedy)
