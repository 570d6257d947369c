"""Where need is greatest: a stated mix of indicators, each as z-score over the districts (RULES §4).

The mix is data of the plan: the column "Gewicht im Bedarf" of the indicators.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.plan.german import count, show_list, show_number
from insek_core.rules.figures import Figure, Sentence, source_of
from insek_core.rules.places.indicators import SCREEN, Slice, measure
from insek_core.rules.places.standing import Rank, ranks
from insek_core.rules.places.typology import AreaType, index

LEAST_FOR_NEED = 3  # areas with every figure of the mix: of two areas one is always worse


@dataclass(frozen=True, kw_only=True)
class AreaNeed:
    """The need of an area: the mean z-score of the mix (+ is more need than usual) and its rank, the highest first.

    `score` is None where a figure of the mix is unknown: `unknown` names them.
    """

    area: str
    score: float | None
    rank: Rank | None
    unknown: tuple[str, ...]
    figure: Figure


def need_mix(plan: Plan) -> dict[str, int]:
    """The weight of each indicator that counts in the need, by id; below 0 a small figure means need."""
    return {indicator.id: indicator.need_weight for indicator in plan.indicators if indicator.need_weight}


def _weight_figure(indicator: Indicator, weight: int) -> Figure:
    return Figure(
        label=f"Gewicht von {indicator.name}",
        value=weight,
        unit="count",
        evidence=indicator.evidence_of("need_weight"),
        rule="Gewicht im Bedarf",
        source=source_of(indicator, "need_weight"),
        table=indicator.table,
        record=indicator.id,
    )


def _need_figure(
    plan: Plan, area: str, score: float | None, mix: Mapping[str, int], found: Mapping[str, Slice]
) -> Figure:
    operands = list[Figure]()
    for indicator in (i for i in plan.indicators if i.id in mix):
        operands.append(_weight_figure(indicator, mix[indicator.id]))
        if indicator.id in found:
            one = found[indicator.id]
            operands.append(measure(indicator, one.of(area), one.year, plan.name(area)))
    return Figure(
        label=f"Bedarf, {plan.name(area)}",
        value=None if score is None else show_number(score, 2),
        unit="text",
        rule="Σ Gewicht × Abweichung vom Mittel der Gebiete in Standardabweichungen ÷ Σ Betrag der Gewichte",
        operands=tuple(operands),
    )


def need(plan: Plan, slices: Iterable[Slice], mix: Mapping[str, int] | None = None) -> tuple[AreaNeed, ...]:
    """The need of every area of the slices by a mix (the plan's, where none is given), the greatest first, unknown ones
    last. A figure that is unknown makes the need unknown, never 0; of fewer than three areas there is none.
    """
    weights = need_mix(plan) if mix is None else dict(mix)
    found = {one.indicator: one for one in slices if one.indicator in weights}
    scores = index({part: one.known for part, one in found.items()}, weights)
    scores = scores if len(scores) >= LEAST_FOR_NEED else {}
    places = ranks(
        {area: round(score, 9) for area, score in scores.items()}
    )  # equals are equal, whatever the last digit
    areas = dict.fromkeys(value.area for one in found.values() for value in one.values)
    rows = [
        AreaNeed(
            area=area,
            score=scores.get(area),
            rank=places.get(area),
            unknown=tuple(part for part in weights if part not in found or found[part].of(area).value is None),
            figure=_need_figure(plan, area, scores.get(area), weights, found),
        )
        for area in areas
    ]
    return tuple(sorted(rows, key=lambda row: (row.rank is None, row.rank.place if row.rank else 0, row.area)))


def mix_sentence(plan: Plan, slices: Iterable[Slice]) -> Sentence:
    """What the need is made of, with the year of each figure; that there is none where nothing has a weight."""
    weights, years = need_mix(plan), {one.indicator: one.year for one in slices}
    if not weights:
        text = "Der Bedarf ist unbekannt: Kein Indikator hat ein Gewicht im Bedarf."
        return Sentence(text=text, screen=SCREEN)
    rows = [i for i in plan.indicators if i.id in weights]
    parts = [f"{i.name} {years.get(i.id, 'ohne Zahl')} (Gewicht {show_number(weights[i.id])})" for i in rows]
    figures = tuple(_weight_figure(i, weights[i.id]) for i in rows)
    more = [f"{len(parts) - 3} weiteren Indikatoren"] if len(parts) > 4 else []
    parts = [*parts[:3], *more] if more else parts
    return Sentence(text=f"Bedarf: Mischung aus {show_list(parts)}.", screen=SCREEN, figures=figures)


def types_sentence(found: Sequence[AreaType], since: int) -> Sentence:
    """How many areas of low status fall further back, how many catch up, and of how many it is unknown."""
    low = [one for one in found if one.status in ("niedrig", "sehr niedrig")]
    unknown = sum("unbekannt" in (one.status, one.change) for one in found)
    if unknown == len(found):
        text = "Welche Gebiete aufholen oder zurückfallen, ist unbekannt: Es fehlen Zahlen."
        return Sentence(text=text, screen=SCREEN)
    worse, better = (sum(one.change == change for one in low) for change in ("negativ", "positiv"))
    text = (
        f"Von {count(len(low), 'Gebiet', 'Gebieten')} mit niedrigem Status {'fällt' if worse == 1 else 'fallen'} seit "
    )
    text += f"{since} {worse} weiter zurück, {better} {'holt' if better == 1 else 'holen'} auf"
    text += f"; bei {unknown} ist es unbekannt." if unknown else "."
    return Sentence(text=text, screen=SCREEN, figures=tuple(one.figure for one in low))
