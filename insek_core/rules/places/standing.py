"""Where an area stands among others: rank, difference to the Stadtbezirk and the city, sums of areas (RULES §4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.content import AREA_LEVELS, Area, Indicator
from insek_core.plan.german import NBSP, count, show_number
from insek_core.rules.figures import UNKNOWN, Figure, Sentence, show_measure
from insek_core.rules.places.areas import lineage, parts_of
from insek_core.rules.places.development import signed
from insek_core.rules.places.indicators import SCREEN, AreaValue, Slice, YearValue, measure
from insek_core.rules.places.suppression import denominator_of, per

PLURAL = {"Stadt": "Städte", "Stadtgebiet": "Stadtgebiete", "Stadtbezirk": "Stadtbezirke", "Ortsteil": "Ortsteile"}


@dataclass(frozen=True, kw_only=True)
class Rank:
    """A place among the areas whose figure is shown, the highest figure first; `tied` others share it."""

    place: int
    known: int
    tied: int

    def show(self) -> str:
        """The rank in words: "3 von 63", "3 von 63, gleich mit 2 weiteren"."""
        shared = f", gleich mit {count(self.tied, 'weiteren', 'weiteren')}" if self.tied else ""
        return f"{self.place} von {self.known}{shared}"


def ranks(values: Mapping[str, float]) -> dict[str, Rank]:
    """The rank of each area: one more than there are higher figures, so that equals share the better place.

    >>> {area: rank.place for area, rank in ranks({"A": 5.0, "B": 7.0, "C": 5.0, "D": 1.0}).items()}
    {'A': 2, 'B': 1, 'C': 2, 'D': 4}
    """
    order = sorted(values.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(order, 1)))}
    return {
        area: Rank(place=first[value], known=len(values), tied=order.count(value) - 1) for area, value in values.items()
    }


@dataclass(frozen=True, kw_only=True)
class Summed:
    """What areas make together; `value` is None as soon as one part is not known. `known` of `parts` are."""

    value: float | None
    known: int
    parts: int
    figure: Figure

    @property
    def told(self) -> str:
        """How many parts are known, where not all are."""
        return "" if self.known == self.parts else f"{self.known} von {self.parts} Teilen bekannt"


def summed(
    plan: Plan, indicator: Indicator, found: Slice, areas: Sequence[str], denominators: Slice | None = None
) -> Summed:
    """A count of several areas, or their rate: sum of the counts behind it ÷ sum of the denominators, never the mean of
    rates. Without denominators the rate of several areas is unknown.
    """
    parts = [found.of(area) for area in areas]
    operands = [measure(indicator, part, found.year, plan.name(part.area)) for part in parts]
    whole, known, rule = None, sum(part.value is not None for part in parts), "Summe der Teile"
    if indicator.measure_kind != "Rate":
        whole = _all(part.value for part in parts)
    else:
        bases = [denominators.of(area).value if denominators else None for area in areas]
        pairs = [(part.value, base) for part, base in zip(parts, bases, strict=True)]
        known = sum(rate is not None and base is not None for rate, base in pairs)
        counts = _all(None if rate is None or base is None else rate * base for rate, base in pairs)
        base_sum = _all(bases)
        whole = counts / base_sum if counts is not None and base_sum else None
        rule = f"Summe der Zähler ÷ Summe der Bezugsgrößen ({indicator.denominator or 'unbekannt'})"
    figure = Figure(
        label=f"{indicator.name} {found.year}, {len(parts)} Gebiete",
        value=whole,
        unit="measure",
        measured_in=indicator.unit,
        rule=rule,
        operands=tuple(operands),
    )
    return Summed(value=whole, known=known, parts=len(parts), figure=figure)


def _all(values: Iterable[float | None]) -> float | None:
    """The sum; unknown as soon as one value is, or where there are none."""
    held = list(values)
    known = [value for value in held if value is not None]
    return sum(known) if held and len(known) == len(held) else None


def counts_of(indicator: Indicator, rates: Slice, denominators: Slice) -> dict[str, float]:
    """The count behind the rate of each area where both are shown: rate × denominator."""
    bases = denominators.known
    return {area: rate * bases[area] / per(indicator) for area, rate in rates.known.items() if area in bases}


def _slices(rows: Iterable[YearValue], level: str) -> dict[tuple[str, int], Slice]:
    held: dict[tuple[str, int], list[AreaValue]] = {}
    for indicator, year, value in rows:
        held.setdefault((indicator, year), []).append(value)
    return {
        key: Slice(indicator=key[0], year=key[1], level=level, values=tuple(values)) for key, values in held.items()
    }


def summed_rows(plan: Plan, rows: Iterable[YearValue], area: str, parts: Sequence[str]) -> tuple[YearValue, ...]:
    """The figures of an area that has none of its own, from the shown figures of its parts; missing where one is."""
    held, known = _slices(rows, ""), {indicator.id: indicator for indicator in plan.indicators}
    found = []
    for (one, year), of_parts in held.items():
        base = denominator_of(plan, known[one])
        whole = summed(plan, known[one], of_parts, parts, held.get((base.id, year)) if base else None).value
        found.append((one, year, AreaValue(area, "missing" if whole is None else "value", whole)))
    return tuple(found)


def summed_slice(
    plan: Plan, indicator: Indicator, parts: Slice, level: str, denominators: Slice | None = None
) -> Slice:
    """A level that has no figures of its own, summed from a finer one; an area with an unknown part is missing."""
    values = []
    for area in (one for one in plan.areas if one.level == level):
        held = parts_of(plan, area.id, parts.level)
        whole = summed(plan, indicator, parts, held, denominators).value
        values.append(AreaValue(area.id, "missing" if whole is None else "value", whole))
    return Slice(indicator=indicator.id, year=parts.year, level=level, values=tuple(values))


def city_gap_sentence(plan: Plan, indicator: Indicator, city: AreaValue, found: Slice) -> Sentence | None:
    """The city's figure against the sum of its areas of a level; a difference is shown, never corrected. None for a
    rate, and where the city's figure is unknown.
    """
    if indicator.measure_kind == "Rate" or city.value is None or not found.values:
        return None
    whole = summed(plan, indicator, found, [value.area for value in found.values])
    names = f"{whole.parts} {PLURAL.get(found.level, found.level)}"
    own = measure(indicator, city, found.year, "Stadt")
    text = f"{indicator.name} {found.year}: Stadt {own.show()}; Summe der {names} unbekannt, {whole.told}."
    gap = None if whole.value is None else city.value - whole.value
    if gap is not None:
        rest = f"{show_measure(abs(gap), indicator.unit)} {'keinem Gebiet zugeordnet' if gap > 0 else 'zu viel'}"
        text = f"{indicator.name} {found.year}: Stadt {own.show()}, Summe der {names} {whole.figure.show()}"
        text += f"; {rest}." if gap else ", ohne Lücke."
    figure = Figure(
        label=f"Lücke zur Summe der {names}",
        value=gap,
        unit="measure",
        measured_in=indicator.unit,
        rule="Stadtwert − Summe der Teile; gezeigt, nicht berichtigt",
        operands=(own, whole.figure),
    )
    return Sentence(text=text, screen=SCREEN, figures=(figure,))


def difference_figure(plan: Plan, indicator: Indicator, year: int, own: AreaValue, other: AreaValue) -> Figure:
    """What a figure of an area is more (or less) than that of an area around it."""
    known = own.value is not None and other.value is not None
    return Figure(
        label=f"{plan.name(own.area)} gegen {plan.name(other.area)}",
        value=(own.value or 0.0) - (other.value or 0.0) if known else None,
        unit="measure",
        measured_in="Prozentpunkte" if indicator.unit == "%" else indicator.unit,
        rule="Wert des Gebiets − Wert des Gebiets darum",
        operands=tuple(measure(indicator, value, year, plan.name(value.area)) for value in (own, other)),
    )


def _against(plan: Plan, indicator: Indicator, own: float, other: AreaValue) -> str:
    """A rate against that of an area around it, a count as its share of it."""
    area = plan.by_id.get(other.area)
    name = f"{area.level} {area.name}" if isinstance(area, Area) and area.level != "Stadt" else plan.name(other.area)
    if other.value is None:
        return f"gegen {name} {UNKNOWN}"
    if indicator.measure_kind == "Rate" or indicator.unit == "%":
        gap = own - other.value
        if round(gap, 1) == 0:
            return f"wie {name}"
        words = signed(abs(gap), indicator.unit).lstrip("+")
        return f"{words} {'über' if gap > 0 else 'unter'} {name} ({show_measure(other.value, indicator.unit)})"
    if other.value <= 0:
        return f"{name} {show_measure(other.value, indicator.unit)}"
    return f"{show_number(100 * own / other.value, 1)}{NBSP}% von {name}"


def comparison_sentence(
    plan: Plan, indicator: Indicator, year: int, own: AreaValue, around: Sequence[AreaValue]
) -> Sentence:
    """A figure of an area against the areas it lies in: the Stadtbezirk, then the city."""
    shown = measure(indicator, own, year, plan.name(own.area))
    if own.value is None:
        why = "unterdrückt" if own.state == "suppressed" else UNKNOWN
        return Sentence(text=f"{indicator.name} {year}: {why}.", screen=SCREEN, figures=(shown,))
    against = [_against(plan, indicator, own.value, other) for other in around]
    text = f"{indicator.name} {year}: {'; '.join([shown.show(), *against])}."
    figures = tuple(difference_figure(plan, indicator, year, own, other) for other in around)
    return Sentence(text=text, screen=SCREEN, figures=figures or (shown,))


def around(plan: Plan, area: str, values: Mapping[str, AreaValue]) -> tuple[AreaValue, ...]:
    """The figures of the areas an area lies in, the nearest first; levels without a figure of their own left out."""
    above = (one for one in lineage(plan, area)[1:] if one.level in AREA_LEVELS)
    return tuple(values[one.id] for one in above if one.id in values and values[one.id].state != "missing")
