"""Classes of a choropleth: limits by a stated method, colours, and the legend with its counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import jenkspy

from insek_core.plan.german import count
from insek_core.rules.figures import show_measure
from insek_core.rules.places.development import signed as show_change
from insek_core.rules.places.indicators import Slice
from insek_core.views import theme

CLASSES = 5
MISSING, HIDDEN = "#d5dae0", "#eceff2"  # no figure; a small one that is not shown
MARKS = {"missing": "?", "suppressed": "•"}  # what stands in such an area, so that it is not told by colour alone
Method = Literal["gleich viele Gebiete", "gleiche Abstände", "natürliche Sprünge"]
METHODS: tuple[Method, ...] = ("gleich viele Gebiete", "gleiche Abstände", "natürliche Sprünge")


@dataclass(frozen=True)
class Scale:
    """Class limits (upper ends, rising) and a colour for each class."""

    limits: tuple[float, ...]
    colours: tuple[str, ...]

    def place(self, value: float) -> int:
        """The number of the class of a value; what lies above the last limit is of the last class."""
        return next((n for n, limit in enumerate(self.limits) if value <= limit), len(self.limits) - 1)

    def colour(self, value: float | None) -> str:
        """Colour of a value; grey for an unknown one."""
        return self.colours[self.place(value)] if value is not None and self.limits else MISSING


def _limits(values: Sequence[float], method: Method) -> list[float]:
    """The upper ends of at most five classes; fewer where values repeat."""
    low, high, number = values[0], values[-1], min(CLASSES, len(set(values)))
    if method == "gleiche Abstände":
        return [low + (high - low) * n / number for n in range(1, number)] + [high]
    if method == "natürliche Sprünge" and number > 1:
        return [float(limit) for limit in jenkspy.jenks_breaks(values, n_classes=number)[1:]]
    return [values[max(0, (len(values) * (n + 1)) // CLASSES - 1)] for n in range(CLASSES)]


def known_values(*slices: Slice) -> list[float]:
    """The figures of slices that are there, rising."""
    return sorted(v.value for found in slices for v in found.values if v.value is not None)


def scale(values: Sequence[float], method: Method = METHODS[0]) -> Scale:
    """At most five classes of rising values: as many areas in each (quantiles), of equal width, or by the jumps in the
    data (Jenks).
    """
    limits = sorted(set(_limits(values, method))) if values else []
    first = 1 if len(limits) > 1 else 3  # a single class has the colour of the middle
    return Scale(tuple(limits), theme.SEQUENCE[first : first + len(limits)])


def difference_scale(values: Sequence[float]) -> Scale:
    """Classes of a change, equal to both sides of 0: falls, about the same, rises."""
    reach = max((abs(value) for value in values), default=0.0)
    if not reach:
        return Scale((0.0,), (theme.DIVERGING[2],)) if values else Scale((), ())
    return Scale(tuple(reach * part for part in (-0.6, -0.2, 0.2, 0.6, 1.0)), theme.DIVERGING)


@dataclass(frozen=True)
class LegendRow:
    """A class in words, its colour, its mark (for what has no figure) and how many areas are of it."""

    colour: str
    words: str
    areas: int
    mark: str = ""


def change_or_figure(value: float, unit: str, *, signed: bool = False) -> str:
    """A figure with its unit; a change of percentages is in percentage points.

    >>> change_or_figure(3.0, "%", signed=True), change_or_figure(1748.0, "Personen")
    ('+3,0 Prozentpunkte', '1.748 Personen')
    """
    return show_change(value, unit) if signed else show_measure(value, unit)


def _bounds(used: Scale, values: Sequence[float], unit: str, signed: bool) -> Iterable[LegendRow]:
    for number, colour in enumerate(used.colours):
        own = [value for value in values if used.place(value) == number]
        if own:
            first, last = (change_or_figure(bound, unit, signed=signed) for bound in (min(own), max(own)))
            said = "Prozentpunkte" if signed and unit == "%" else unit
            words = f"{first.removesuffix(said).strip()} bis {last}" if first != last else last
            yield LegendRow(colour, words, len(own))


def legend(used: Scale, found: Slice, unit: str, *, signed: bool = False) -> tuple[LegendRow, ...]:
    """Each class that has areas, from its least figure to its greatest, with their number; then what has none."""
    states = [value.state for value in found.values]
    rows = list(_bounds(used, known_values(found), unit, signed))
    for state, colour, words in (("missing", MISSING, "keine Angabe"), ("suppressed", HIDDEN, "unterdrückt")):
        if state in states:
            rows.append(LegendRow(colour, words, states.count(state), MARKS[state]))
    return tuple(rows)


def method_words(method: Method, rows: Sequence[LegendRow]) -> str:
    """How the classes were made, under the legend."""
    return f"{count(sum(not row.mark for row in rows), 'Klasse', 'Klassen')}: {method}"
