"""Types of areas: status × change, as Berlin's Monitoring Soziale Stadtentwicklung makes them (RULES §4).

A figure's z-score says how many standard deviations an area lies above the mean of all areas; turned by the indicator's
direction it says "better". The index of several indicators is the mean of their z-scores by weight, standardised again.
Status has four classes (hoch, mittel, niedrig, sehr niedrig), change three (positiv, stabil, negativ).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Literal

from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.plan.german import show_number
from insek_core.rules.figures import Figure
from insek_core.rules.places.indicators import Slice, measure

LEAST_AREAS = 10  # with fewer areas a standard deviation says little: their class is unknown
HIGH, LOW, VERY_LOW = 1.0, -1.0, -1.5  # standard deviations; assumed as in Berlin from 2013 on
SOURCE = "nach dem Monitoring Soziale Stadtentwicklung Berlin (vier Status-, drei Dynamikklassen); Grenzen angenommen"

StatusClass = Literal["hoch", "mittel", "niedrig", "sehr niedrig", "unbekannt"]
ChangeClass = Literal["positiv", "stabil", "negativ", "unbekannt"]
STATUS_CLASSES: dict[StatusClass, str] = {
    "hoch": "über 1 Standardabweichung besser als der Mittelwert",
    "mittel": "höchstens 1 Standardabweichung vom Mittelwert",
    "niedrig": "über 1 bis 1,5 Standardabweichungen schlechter",
    "sehr niedrig": "über 1,5 Standardabweichungen schlechter",
}
CHANGE_CLASSES: dict[ChangeClass, str] = {
    "positiv": "Veränderung über 1 Standardabweichung besser als im Mittel",
    "stabil": "Veränderung höchstens 1 Standardabweichung vom Mittel",
    "negativ": "Veränderung über 1 Standardabweichung schlechter als im Mittel",
}


@dataclass(frozen=True, kw_only=True)
class AreaType:
    """The type of an area: status and change with the z-scores they rest on, + is better; None where unknown."""

    area: str
    status: StatusClass
    change: ChangeClass
    status_score: float | None
    change_score: float | None
    figure: Figure


def z_scores(values: Mapping[str, float]) -> dict[str, float]:
    """How many standard deviations (of all areas, not of a sample) each figure lies above the mean; 0 where all are
    equal.

    >>> z_scores({"A": 2.0, "B": 4.0, "C": 6.0})["C"].__round__(4), z_scores({"A": 5.0, "B": 5.0})
    (1.2247, {'A': 0.0, 'B': 0.0})
    """
    order = sorted(values.values())  # the order of the areas must not show in the last digit
    if not order or not isfinite(order[-1] - order[0]):
        return {}
    mean = sum(order) / len(order)
    deviation = sqrt(sum((value - mean) ** 2 for value in order) / len(order))
    flat = deviation <= 1e-12 * max(1.0, abs(mean))
    return {area: 0.0 if flat else (value - mean) / deviation for area, value in values.items()}


def index(parts: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> dict[str, float]:
    """The weighted mean of z-scores for each area that every part knows: Σ weight × z ÷ Σ |weight|. A weight below 0
    turns its part round; without weights there is none.
    """
    used = {part: weight for part, weight in weights.items() if weight}
    if not used or any(part not in parts for part in used):
        return {}
    scores = {part: z_scores(parts[part]) for part in used}
    areas = set.intersection(*(set(found) for found in scores.values()))
    whole = sum(abs(weight) for weight in used.values())
    return {
        area: sum(weight * scores[part][area] for part, weight in sorted(used.items())) / whole
        for area in sorted(areas)
    }


def status_class(score: float | None) -> StatusClass:
    """The class of a status by its z-score.

    >>> [status_class(z) for z in (1.1, 1.0, -1.0, -1.5, -1.6, None)]
    ['hoch', 'mittel', 'mittel', 'niedrig', 'sehr niedrig', 'unbekannt']
    """
    if score is None:
        return "unbekannt"
    if score > HIGH:
        return "hoch"
    return "mittel" if score >= LOW else "niedrig" if score >= VERY_LOW else "sehr niedrig"


def change_class(score: float | None) -> ChangeClass:
    """The class of a change by its z-score.

    >>> [change_class(z) for z in (1.1, 1.0, -1.0, -1.1, None)]
    ['positiv', 'stabil', 'stabil', 'negativ', 'unbekannt']
    """
    if score is None:
        return "unbekannt"
    return "positiv" if score > HIGH else "stabil" if score >= LOW else "negativ"


def weights_by_direction(indicator: Indicator) -> dict[str, float]:
    """The weight with which + is better, of an indicator alone; none where nobody says that more or less is better."""
    turn = {"up": 1.0, "down": -1.0}
    return {indicator.id: turn[indicator.direction]} if indicator.direction in turn else {}


def weights_by_need(mix: Mapping[str, int]) -> dict[str, float]:
    """The weights with which + is better, of the mix that need is made of: what raises need is worse."""
    return {part: -float(weight) for part, weight in mix.items()}


def _scored(parts: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> dict[str, float]:
    """The index standardised over its areas; nothing where there are too few."""
    found = index(parts, weights)
    return z_scores(found) if len(found) >= LEAST_AREAS else {}


@dataclass(frozen=True, kw_only=True)
class _Scored:
    """One side of the types (status or change): its name, the scores of the areas and the slices they are made of."""

    label: str
    scores: Mapping[str, float]
    slices: tuple[Slice, ...]

    def figure(self, plan: Plan, area: str) -> Figure:
        """The score of an area with the figures behind it."""
        score = self.scores.get(area)
        few = (
            f"; mindestens {LEAST_AREAS} Gebiete mit Wert nötig"
            if score is None
            else f" über {len(self.scores)} Gebiete"
        )
        known = ((one, plan.by_id.get(one.indicator)) for one in self.slices)
        return Figure(
            label=f"{self.label}, {plan.name(area)}",
            value=None if score is None else show_number(score, 2),
            unit="text",
            rule=f"Abweichung vom Mittelwert in Standardabweichungen, + ist besser{few}",
            source=SOURCE,
            evidence="assumed",
            operands=tuple(
                measure(indicator, one.of(area), one.year, plan.name(area))
                for one, indicator in known
                if isinstance(indicator, Indicator)
            ),
        )


def _type(plan: Plan, area: str, status: _Scored, change: _Scored) -> AreaType:
    scores = status.scores.get(area), change.scores.get(area)
    classes = status_class(scores[0]), change_class(scores[1])
    figure = Figure(
        label=f"Typ, {plan.name(area)}",
        value=" / ".join(classes),
        unit="text",
        rule="Statusklasse / Klasse der Veränderung",
        source=SOURCE,
        operands=(status.figure(plan, area), change.figure(plan, area)),
    )
    return AreaType(
        area=area,
        status=classes[0],
        change=classes[1],
        status_score=scores[0],
        change_score=scores[1],
        figure=figure,
    )


def typology(
    plan: Plan, weights: Mapping[str, float], now: Iterable[Slice], before: Iterable[Slice]
) -> tuple[AreaType, ...]:
    """The type of every area of the slices, by weights with which + is better: status in the later year, change from
    the earlier to it. Unknown without weights, where a part is unknown, and where fewer than ten areas are known.
    """
    held = tuple(now)
    late, early = ({one.indicator: one for one in found if one.indicator in weights} for found in (held, before))
    areas = dict.fromkeys(value.area for found in held for value in found.values)
    known = {part: found.known for part, found in late.items()}
    old = {part: found.known for part, found in early.items() if part in known}
    moved = {part: {a: v - old[part][a] for a, v in known[part].items() if a in old[part]} for part in old}
    status = _Scored(label="Status", scores=_scored(known, weights), slices=tuple(late.values()))
    both = tuple(one for part in old for one in (early[part], late[part]))
    change = _Scored(label="Veränderung", scores=_scored(moved, weights), slices=both)
    return tuple(_type(plan, area, status, change) for area in areas)
