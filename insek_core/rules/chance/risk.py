"""How sure the money is: seeded simulation over low, likely and high amounts, and what moves the own share most (RULES
§1.10).

A ceiling makes the own share convex, so it is simulated and never computed from mean costs. Items are independent.
While the ceiling is open everything is told for both cases, from the same draws.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import show_euro, show_number
from insek_core.rules.chance.drawn import Cents, DrawnMoney, total_of
from insek_core.rules.chance.ranges import Shape, bounds, obstacles, sample, undrawable
from insek_core.rules.money.budget import budget
from insek_core.rules.money.funding import funding
from insek_core.rules.money.programmes import both_words, ceiling_open
from insek_core.rules.money.slip import splits
from insek_core.rules.rounding import round_half_up
from insek_core.rules.time.schedule import Timetable, timetable

PERCENTILES = (10, 50, 80)


@dataclass(frozen=True, kw_only=True)
class Held:
    """How often a limit holds: its name, amount, probability and the standard error of that probability.

    `if_growing` is the probability in the second case; None where the ceiling is settled.
    """

    name: str
    limit_cents: int
    probability: float
    standard_error: float
    if_growing: float | None


@dataclass(frozen=True, kw_only=True)
class Swing:
    """Own share with one item at its low and at its high, all others likely; the second case where the ceiling is
    open.
    """

    name: str
    low_cents: int
    high_cents: int
    low_if_growing_cents: int
    high_if_growing_cents: int

    @property
    def swing_cents(self) -> int:
        """How far the two lie apart."""
        return abs(self.high_cents - self.low_cents)


@dataclass(frozen=True, kw_only=True)
class Risk:
    """Percentiles (P10, P50, P80) of total cost and own share in cents, mean with standard error, limits, tornado.

    `own_share_if_growing_cents` are those of the second case, `if_ceiling` is the condition of the first in words; both
    empty where the ceiling is settled.
    """

    draws: int
    seed: int
    total_cents: dict[int, int]
    own_share_cents: dict[int, int]
    own_share_if_growing_cents: dict[int, int]
    if_ceiling: str
    mean_own_share_cents: float
    standard_error_cents: float
    held: tuple[Held, ...]
    tornado: tuple[Swing, ...]
    assumed: bool
    findings: tuple[Finding, ...]

    def own_share_words(self, percent: int) -> str:
        """The own share of a percentile in whole euro, in both cases where they differ."""
        cases = (self.own_share_cents, self.own_share_if_growing_cents or self.own_share_cents)
        return both_words(self.if_ceiling, *(show_euro(round(case[percent], -2)) for case in cases))


def held_words(held: Held, if_ceiling: str) -> str:
    """How often a limit holds: "in 62,5 % der Fälle", in both cases where they differ."""
    both = (held.probability, held.probability if held.if_growing is None else held.if_growing)
    return both_words(if_ceiling, *(f"in {show_number(part * 100, 1)} % der Fälle" for part in both))


def _tornado(plan: Plan) -> tuple[Swing, ...]:
    """One item at a time at its low and high, to the cent; sorted by swing, ties by name."""
    likely = {item.id: item.amount_cents or 0 for item in plan.cost_items}
    names, cases = [], []
    for item in plan.cost_items:
        low, _, high = bounds(item)
        if low != high:
            names.append(item.name)
            cases += [{**likely, item.id: low}, {**likely, item.id: high}]
    names.append("Gesamtkosten ±10 %")
    cases += [
        {key: round_half_up(cents * part) for key, cents in likely.items()}
        for part in (Fraction(9, 10), Fraction(11, 10))
    ]
    drawn = DrawnMoney(plan, {key: np.array([case[key] for case in cases]) for key in likely}, {})
    own, growing = ([int(cents) for cents in drawn.own(capped=capped)] for capped in (True, False))
    swings = [
        Swing(
            name=name,
            low_cents=own[2 * n],
            high_cents=own[2 * n + 1],
            low_if_growing_cents=growing[2 * n],
            high_if_growing_cents=growing[2 * n + 1],
        )
        for n, name in enumerate(names)
    ]
    return tuple(sorted(swings, key=lambda swing: (-swing.swing_cents, swing.name)))


def _limits(plan: Plan, dates: Timetable, drawn: DrawnMoney, *, capped: bool) -> list[tuple[str, int, Cents]]:
    """The limits of the lines with what each draw sets against them, whole and by span; by span only without
    third-party
    money, which has years of its own.
    """
    spans = [s for s in budget(plan, funding(plan, dates)).spans if isinstance(s.line.own_share.value, int)]
    if not spans:
        return []
    whole = sum(span.line.own_share.cents for span in spans)
    found = [("Eigenanteil insgesamt im Rahmen der Ansätze", whole, drawn.own(capped=capped))]
    by_year: Mapping[int | None, Cents] = {} if drawn.planned_cents else drawn.own_by_year(capped=capped)
    for span in spans:
        inside = [own for year, own in by_year.items() if year is not None and span.from_year <= year <= span.to_year]
        if inside:
            name = f"Eigenanteil höchstens {span.line.own_share.show()} ({span.years})"
            found.append((name, span.line.own_share.cents, total_of(inside)))
    return found


def _held(plan: Plan, dates: Timetable, drawn: DrawnMoney) -> tuple[Held, ...]:
    """How often the own share stays within the lines, in both cases while the ceiling is open."""
    capped, growing = (_limits(plan, dates, drawn, capped=case) for case in (True, False))
    found = []
    for (name, limit, own), (_, _, more) in zip(capped, growing, strict=True):
        part = float(np.mean(own <= limit))
        found.append(
            Held(
                name=name,
                limit_cents=limit,
                probability=part,
                standard_error=float(np.sqrt(part * (1 - part) / len(own))),
                if_growing=float(np.mean(more <= limit)) if ceiling_open(plan) else None,
            )
        )
    return tuple(found)


def _draw(plan: Plan, dates: Timetable, seed: int, draws: int, shape: Shape) -> DrawnMoney:
    dice = np.random.default_rng(seed)
    amounts = {item.id: np.rint(sample(dice, item, draws, shape)).astype(np.int64) for item in plan.cost_items}
    return DrawnMoney(plan, amounts, splits(plan, dates))


def own_shares(plan: Plan, dates: Timetable, seed: int, draws: int, *, capped: bool = True) -> Cents | None:
    """The own share in cents of each draw; None where it cannot be simulated."""
    return None if obstacles(plan) else _draw(plan, dates, seed, draws, "triangular").own(capped=capped)


def _unknown(seed: int, findings: tuple[Finding, ...]) -> Risk:
    return Risk(
        draws=0,
        seed=seed,
        total_cents={},
        own_share_cents={},
        own_share_if_growing_cents={},
        if_ceiling="",
        mean_own_share_cents=0.0,
        standard_error_cents=0.0,
        held=(),
        tornado=(),
        assumed=True,
        findings=findings,
    )


def simulate(plan: Plan, seed: int, draws: int, shape: Shape = "triangular", dates: Timetable | None = None) -> Risk:
    """The risk of the own share; the same seed gives the same figures. Where it cannot be computed the findings say
    why.

    `dates` is the plan's timetable, by which cost lies in the years; without one it is worked out.
    """
    if problems := undrawable(seed, draws) or obstacles(plan):
        return _unknown(seed, problems)
    dates = dates or timetable(plan)
    drawn = _draw(plan, dates, seed, draws, shape)
    own, money = drawn.own(capped=True), funding(plan, dates)
    names = ("amount_cents", "low_cents", "high_cents")
    return Risk(
        draws=draws,
        seed=seed,
        total_cents=_percentiles(drawn.total),
        own_share_cents=_percentiles(own),
        own_share_if_growing_cents=_percentiles(drawn.own(capped=False)) if money.ceiling_open else {},
        if_ceiling=money.if_ceiling,
        mean_own_share_cents=float(np.mean(own)),
        standard_error_cents=float(np.std(own.astype(float), ddof=1) / np.sqrt(draws)) if draws > 1 else 0.0,
        held=_held(plan, dates, drawn),
        tornado=_tornado(plan),
        assumed=any(item.evidence_of(name) == "assumed" for item in plan.cost_items for name in names),
        findings=(),
    )


def _percentiles(drawn: Cents) -> dict[int, int]:
    ranks = [min(len(drawn) - 1, int(len(drawn) * p / 100)) for p in PERCENTILES]
    ordered = np.partition(drawn, ranks)
    return {p: int(ordered[rank]) for p, rank in zip(PERCENTILES, ranks, strict=True)}
