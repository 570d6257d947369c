"""Small numbers: what is hidden so that no count below the threshold can be read off or worked out (RULES §4).

Which counts are hidden beside the small ones says hiding.py. Not protected against: sums that the plan does not know
(men and women as two indicators; a count beside the rate that is made of it, where one of them lacks a total), and a
reader who retraces the choice of what is hidden beside a small count. Years stand in no sum
with one another; changes and trends are worked out from what is shown.
"""

import re
from collections.abc import Iterable, Mapping

from insek_core.plan import Plan
from insek_core.plan.content import AREA_LEVELS, Indicator
from insek_core.rules.figures import Sentence
from insek_core.rules.places.hiding import count_tree, hidden_areas
from insek_core.rules.places.indicators import SCREEN, AreaValue
from insek_core.rules.settings import Ruled, ruled_count

SUMMED_LEVELS = AREA_LEVELS[:4]  # Schwerpunktraum and Fördergebiet lie across the districts: they are no part of a sum
SIZES = ("ha", "km²", "m²", "km", "m", "€", "Euro", "T€", "Mio. €", "Jahre", "Grad", "°C")  # measured, not counted

Values = Mapping[str, AreaValue]  # one indicator and year, over the areas of all levels


def small_number_threshold(plan: Plan) -> Ruled:
    """Below which a count is hidden: the plan's setting, else 3."""
    return ruled_count(plan, "small_number_threshold", "Schwelle für kleine Zahlen", 3)


def counts_people(indicator: Indicator) -> bool:
    """Whether its figures count persons or cases: no rate, and no size such as hectares. An unstated kind counts."""
    return indicator.measure_kind != "Rate" and indicator.unit not in (*SIZES, "%", "‰")


def per(indicator: Indicator) -> int:
    """What the count behind a rate is multiplied by: 100 for %, 1000 for "je 1.000 Einwohner", else 1."""
    stated = re.search(r"\bje (\d[\d.]*)", indicator.unit)
    by_sign = {"%": 100, "‰": 1000}.get(indicator.unit.strip(), 1)
    return int(stated[1].replace(".", "")) if stated else by_sign


def denominator_of(plan: Plan, indicator: Indicator) -> Indicator | None:
    """The indicator a rate refers to, named by its id or name; None where the plan has none of them."""
    wanted = indicator.denominator
    found = (i for i in plan.indicators if wanted and wanted in (i.id, i.name) and i.id != indicator.id)
    return next(found, None) if indicator.measure_kind == "Rate" else None


def unchecked_sentence(plan: Plan, indicator: Indicator) -> Sentence | None:
    """That nobody can tell how few people stand behind a rate, because its denominator is not in the plan; else
    None.
    """
    if indicator.measure_kind != "Rate" or denominator_of(plan, indicator):
        return None
    base = f"Die Bezugsgröße „{indicator.denominator}“" if indicator.denominator else "Die Bezugsgröße"
    text = f"{base} ist kein Indikator der Planung: Ob hinter der Rate kleine Zahlen stehen, ist ungeprüft."
    return Sentence(text=text, screen=SCREEN, marked=False)


def summed_into(plan: Plan, areas: Iterable[str]) -> dict[str, str]:
    """For each of these areas the next one above it that is one of them too; one without is left out."""
    held, found = set(areas), {}
    level_of = {area.id: area for area in plan.areas if area.level in SUMMED_LEVELS}
    for area in held & set(level_of):
        above, seen = level_of[area].parent, {area}
        while above in level_of and above not in held and above not in seen:
            seen.add(above)
            above = level_of[above].parent
        if above in held and above in level_of and above != area:
            found[area] = above
    return found


def _withheld(counts: dict[str, float], above: Mapping[str, str], withheld: set[str]) -> dict[str, float]:
    """What counts that the source withholds can be at least: an equal part of what their total leaves."""
    found = {}
    for area in withheld:
        beside = [a for a, up in above.items() if up == above.get(area) and a != area]
        rest = counts.get(above.get(area, ""), 0.0) - sum(counts.get(a, 0.0) for a in beside)
        found[area] = max(1.0, rest // (1 + len(withheld.intersection(beside))))
    return found


def _hidden(plan: Plan, counts: dict[str, float], small: set[str], withheld: set[str]) -> frozenset[str]:
    """The areas to hide; without a small count there is nothing to do."""
    if not small and not withheld:
        return frozenset()
    above = summed_into(plan, {*counts, *withheld})
    every = counts | _withheld(counts, above, withheld)
    return hidden_areas(count_tree(every, above), small | withheld)


def _small(counts: Mapping[str, float], threshold: int) -> set[str]:
    return {area for area, count in counts.items() if 0 < abs(count) < threshold}


def _counts_behind(indicator: Indicator, rates: Values, denominators: Values) -> dict[str, float]:
    """The count behind each rate, whole: rate × denominator. This is what a reader can work out too."""
    base = per(indicator)
    pairs = ((area, rate.value, denominators[area].value) for area, rate in rates.items() if area in denominators)
    return {
        area: round(rate * base_count / base)
        for area, rate, base_count in pairs
        if rate is not None and base_count is not None
    }


def visible(
    plan: Plan, indicator: Indicator, values: Values, denominators: Values | None = None
) -> dict[str, AreaValue]:
    """The figures of an indicator and year as anybody may see them, over all areas at once: this is the one gate to
    screen, file and command line. A rate is judged by the count behind it, where its denominator is in the plan, and
    hidden where its denominator is.
    """
    threshold = small_number_threshold(plan).whole
    withheld = {area for area, value in values.items() if value.state == "suppressed"}
    if counts_people(indicator):
        counts = {area: value.value for area, value in values.items() if value.value is not None}
        hidden = _hidden(plan, counts, _small(counts, threshold), withheld)
    elif denominators:
        base = denominator_of(plan, indicator)
        shown = visible(plan, base, denominators) if base else denominators
        behind = _counts_behind(indicator, values, denominators)
        unsure = {area for area, count in behind.items() if count and shown[area].state == "suppressed"}
        small = _small(behind, threshold) | unsure
        countable = {area for area in withheld if area in denominators and denominators[area].value}
        hidden = _hidden(plan, behind, small, countable)
    else:
        hidden = frozenset()
    return {
        area: AreaValue(area, "suppressed", None) if area in hidden and value.state == "value" else value
        for area, value in values.items()
    }
