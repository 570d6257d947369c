"""Tables and sentences of places: values of the districts, one district's sheet, where each indicator stands."""

from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.plan.german import show_number
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import UNKNOWN, show_measure
from insek_core.rules.places.areas import density
from insek_core.rules.places.indicators import POPULATION, AreaValue, Slice, age_words
from insek_core.views.table import Said, Table
from insek_core.views.words import evidence


def show_value(value: AreaValue, unit: str) -> str:
    """The value of an area with its unit, or why there is none."""
    why = {"missing": UNKNOWN, "suppressed": "unterdrückt"}
    return why.get(value.state) or show_measure(value.value, unit)


def show_density(population: float | None, area_km2: float | None) -> str:
    """Inhabitants per km², computed from population and area."""
    found = density(population, area_km2)
    return UNKNOWN if found is None else f"{show_number(found)} Einwohner je km²"


def districts(plan: Plan, found: Slice, unit: str) -> Table:
    """The slice by area, with code and parent."""
    by_id = {area.id: area for area in plan.areas}
    rows = (
        (
            by_id[value.area].code,
            by_id[value.area].name,
            plan.name(by_id[value.area].parent) if by_id[value.area].parent else "",
            Said(show_value(value, unit), value.value),
        )
        for value in found.values
    )
    return Table(("Schlüssel", "Gebiet", "Gehört zu", "Wert"), tuple(rows))


def district(plan: Plan, area_id: str, slices: list[tuple[Indicator, Slice]], year: int) -> Table:
    """One area's figures of a year; the density is computed."""
    area = next(a for a in plan.areas if a.id == area_id)
    km2 = area.area_km2
    rows = []
    for indicator, found in slices:
        value = found.of(area_id)
        shown = Said(show_value(value, indicator.unit), value.value)
        rows.append((f"{indicator.name} {year}", shown, evidence(indicator.evidence)))
        if indicator.id == POPULATION:
            dense = Said(show_density(value.value, km2), density(value.value, km2))
            rows.append(("Dichte", dense, evidence("derived")))
    size = Said(UNKNOWN if km2 is None else f"{show_number(km2, 2)} km²", km2)
    rows.append(("Fläche", size, evidence(area.evidence_of("area_km2"))))
    return Table(("Größe", "Wert", "Beleg"), tuple(rows))


def indicator_status(plan: Plan, found: Assessment) -> Table:
    """Each indicator's status by word, what would flip it and what it lacks."""
    rows = (
        (
            item.indicator.name,
            plan.name(item.indicator.goal) if item.indicator.goal else "keins",
            show_measure(item.value, item.indicator.unit) + (f" ({item.year})" if item.year else ""),
            item.word,
            item.flips,
            age_words(item),
            ", ".join(item.lacks) or "nichts",
            item.indicator.source,
        )
        for item in found.indicators
    )
    return Table(
        ("Indikator", "Ziel", "Stadtwert", "Stand", "Was ihn kippt", "Wie alt", "Es fehlt", "Quelle"), tuple(rows)
    )


def _extremes(plan: Plan, found: Slice) -> tuple[tuple[str, float], tuple[str, float]] | None:
    known = [(value.area, value.value) for value in found.values if value.value is not None]
    if not known:
        return None
    low, high = min(known, key=lambda pair: pair[1]), max(known, key=lambda pair: pair[1])
    return (plan.name(low[0]), low[1]), (plan.name(high[0]), high[1])


def plain_range(plan: Plan, found: Slice, indicator: Indicator) -> str:
    """Lowest and highest area of a slice in one sentence."""
    ends = _extremes(plan, found)
    if ends is None:
        return f"{indicator.name} {found.year}: unbekannt."
    (low, least), (high, most) = ends
    unit = indicator.unit
    return (
        f"{indicator.name} {found.year}: am höchsten in {high} ({show_measure(most, unit)}), am niedrigsten in "
        f"{low} ({show_measure(least, unit)})."
    )


def range_sentence(plan: Plan, found: Slice, city: AreaValue | None, indicator: Indicator) -> str:
    """The answer of the map screen: the city's value, then the extremes."""
    whole = f" Stadt: {show_value(city, indicator.unit)}." if city else ""
    return plain_range(plan, found, indicator) + whole
