"""How sure the money is: seeded simulation over low, likely and high amounts, and what moves the own share most (RULES
§1.10).

A ceiling makes the own share convex, so it is simulated and never computed from mean costs. Items are independent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.finance import CostItem
from insek_core.rules.money.budget import budget
from insek_core.rules.money.funding import funding
from insek_core.rules.money.grant import Terms
from insek_core.rules.money.programmes import terms_of
from insek_core.rules.money.years import Moved
from insek_core.rules.rounding import round_half_up

Draws = NDArray[np.float64]
Cents = NDArray[np.int64]
Shape = Literal["triangular", "pert"]
PERCENTILES = (10, 50, 80)


@dataclass(frozen=True, kw_only=True)
class Held:
    """How often a limit holds: its name, amount, probability and the standard error of that probability."""

    name: str
    limit_cents: int
    probability: float
    standard_error: float


@dataclass(frozen=True, kw_only=True)
class Swing:
    """Own share with one item at its low and at its high, all others likely."""

    name: str
    low_cents: int
    high_cents: int

    @property
    def swing_cents(self) -> int:
        """How far the two lie apart."""
        return abs(self.high_cents - self.low_cents)


@dataclass(frozen=True, kw_only=True)
class Risk:
    """Percentiles (P10, P50, P80) of total cost and own share in cents, mean with standard error, limits, tornado."""

    draws: int
    seed: int
    total_cents: dict[int, int]
    own_share_cents: dict[int, int]
    mean_own_share_cents: float
    standard_error_cents: float
    held: tuple[Held, ...]
    tornado: tuple[Swing, ...]
    assumed: bool
    findings: tuple[Finding, ...]


def bounds(item: CostItem) -> tuple[int, int, int]:
    """Low, likely and high of an item in cents; a missing bound is the likely amount, so that nothing is made up."""
    likely = item.amount_cents or 0
    return (
        min(likely, likely if item.low_cents is None else item.low_cents),
        likely,
        max(likely, likely if item.high_cents is None else item.high_cents),
    )


def sample(dice: np.random.Generator, item: CostItem, draws: int, shape: Shape) -> Draws:
    """Amounts of an item in cents: triangular, or PERT (beta with λ = 4)."""
    low, likely, high = bounds(item)
    if low == high:
        return np.full(draws, float(likely))
    if shape == "triangular":
        return dice.triangular(low, likely, high, draws)
    alpha, beta = 1 + 4 * (likely - low) / (high - low), 1 + 4 * (high - likely) / (high - low)
    return low + (high - low) * dice.beta(alpha, beta, draws)


def grants(terms: Terms, eligible: Cents, planned: int) -> Cents:
    """The grant on each drawn eligible cost, by the type of financing (RULES §1.1, 1.4), in whole cents and exact."""
    rate = terms.rate or Fraction(0)
    wanted: dict[str, Callable[[], Cents]] = {
        "anteil": lambda: (2 * rate.numerator * eligible + rate.denominator) // (2 * rate.denominator),
        "fehlbedarf": lambda: np.maximum(0, eligible - (terms.own_fixed_cents or 0) - planned),
        "festbetrag": lambda: np.minimum(eligible, terms.fixed_cents or 0),
        "voll": lambda: eligible,
    }
    grant = wanted[terms.kind]()
    return grant if terms.cap_cents is None or terms.kind == "festbetrag" else np.minimum(grant, terms.cap_cents)


def _shares(plan: Plan) -> dict[str, Fraction]:
    programme = plan.programmes[0]
    return {
        item.id: sum((b.eligible_share or Fraction(0) for b in plan.bases(item.id, programme.id)), Fraction(0))
        for item in plan.cost_items
    }


def _part(cents: Cents, share: Fraction) -> Cents:
    """A share of each amount, rounded half up."""
    return cents if share == 1 else (2 * share.numerator * cents + share.denominator) // (2 * share.denominator)


def obstacles(plan: Plan) -> tuple[Finding, ...]:
    """Why the plan cannot be simulated; empty if it can."""
    why = ""
    if not plan.cost_items or any(item.amount_cents is None for item in plan.cost_items):
        why = "Die Kosten sind nicht vollständig bekannt"
    elif len(plan.programmes) != 1 or not terms_of(plan.programmes[0]).known:
        why = "Gerechnet wird mit genau einem Förderprogramm, dessen Bedingungen bekannt sind"
    elif any(fund.planned is False or fund.amount_cents is None for fund in plan.funds):
        why = "Ungeplante oder unbekannte Drittmittel lassen sich nicht mitrechnen"
    return (
        (
            Finding(
                level="error",
                table="cost_items",
                message=f"{why}.",
                remedy="Angaben ergänzen, dann noch einmal rechnen.",
            ),
        )
        if why
        else ()
    )


def _own(total: Cents, granted: Cents, planned: int) -> Cents:
    """What is left to the city; a grant beyond the need is lowered, so that it is not negative unless third-party money
    is (RULES §1.5).
    """
    left: Cents = np.maximum(total - planned - granted, np.minimum(0, total - planned))
    return left


def _tornado(plan: Plan) -> tuple[Swing, ...]:
    """One item at a time at its low and high, to the cent; sorted by swing, ties by name."""
    likely = {item.id: item.amount_cents or 0 for item in plan.cost_items}
    shares, terms, planned = _shares(plan), terms_of(plan.programmes[0]), _planned(plan)

    def own(amounts: dict[str, int]) -> int:
        eligible = sum(int(_part(np.array([cents]), shares[key])[0]) for key, cents in amounts.items())
        return int(_own(np.array([sum(amounts.values())]), grants(terms, np.array([eligible]), planned), planned)[0])

    swings = []
    for item in plan.cost_items:
        low, _, high = bounds(item)
        if low != high:
            swings.append(
                Swing(
                    name=item.name, low_cents=own({**likely, item.id: low}), high_cents=own({**likely, item.id: high})
                )
            )
    low_all, high_all = (
        {key: round_half_up(cents * part) for key, cents in likely.items()}
        for part in (Fraction(9, 10), Fraction(11, 10))
    )
    swings.append(Swing(name="Gesamtkosten ±10 %", low_cents=own(low_all), high_cents=own(high_all)))
    return tuple(sorted(swings, key=lambda swing: (-swing.swing_cents, swing.name)))


def _planned(plan: Plan) -> int:
    return sum(fund.amount_cents or 0 for fund in plan.funds)


@dataclass(frozen=True)
class _Drawn:
    """Drawn cost and eligible cost by year, and what follows from them."""

    cost: dict[int | None, Cents]
    eligible: dict[int | None, Cents]
    terms: Terms
    planned: int

    @property
    def total(self) -> Cents:
        """Total cost of each draw."""
        return _sum(self.cost.values())

    @property
    def own(self) -> Cents:
        """Own share of each draw."""
        return _own(self.total, grants(self.terms, _sum(self.eligible.values()), self.planned), self.planned)

    def own_by_year(self) -> dict[int | None, Cents]:
        """Own share by year: the grant cumulated for Anteil, by eligible cost for the other types (RULES §1.7)."""
        years = sorted(self.cost, key=lambda year: (year is None, year or 0))
        everything = _sum(self.eligible.values())
        whole, found, until, before = (
            grants(self.terms, everything, 0),
            {},
            np.zeros_like(everything),
            np.zeros_like(everything),
        )
        for year in years:
            until = until + self.eligible[year]
            now = (
                grants(self.terms, until, 0)
                if self.terms.kind == "anteil"
                else whole * until // np.maximum(1, everything)
            )
            found[year], before = self.cost[year] - (now - before), now
        return found


def _sum(parts: Iterable[Cents]) -> Cents:
    found: Cents = np.sum(np.stack(list(parts)), axis=0)
    return found


def _held(plan: Plan, drawn: _Drawn) -> tuple[Held, ...]:
    """How often the own share stays within the lines, whole and by span (by span only without third-party money, which
    has its own years).
    """
    spans = [span for span in budget(plan, funding(plan)).spans if isinstance(span.line.own_share.value, int)]
    by_year = {} if drawn.planned else drawn.own_by_year()
    limits = (
        [("Eigenanteil insgesamt im Rahmen der Ansätze", sum(span.line.own_share.cents for span in spans), drawn.own)]
        if spans
        else []
    )
    for span in spans if by_year else ():
        inside = [own for year, own in by_year.items() if year is not None and span.from_year <= year <= span.to_year]
        if inside:
            limits.append(
                (
                    f"Eigenanteil höchstens {span.line.own_share.show()} ({span.years})",
                    span.line.own_share.cents,
                    _sum(inside),
                )
            )
    found = []
    for name, limit, own in limits:
        part = float(np.mean(own <= limit))
        found.append(
            Held(
                name=name,
                limit_cents=limit,
                probability=part,
                standard_error=float(np.sqrt(part * (1 - part) / len(own))),
            )
        )
    return tuple(found)


def _draw(plan: Plan, seed: int, draws: int, shape: Shape, moved: Moved) -> _Drawn:
    dice, shares = np.random.default_rng(seed), _shares(plan)
    cost: dict[int | None, Cents] = {}
    eligible: dict[int | None, Cents] = {}
    for item in plan.cost_items:
        amounts = np.rint(sample(dice, item, draws, shape)).astype(np.int64)
        split, left = moved.get(item.id) or {item.year: item.amount_cents or 0}, amounts
        for n, (year, cents) in enumerate(split.items(), 1):
            part = left if n == len(split) else amounts * cents // max(1, item.amount_cents or 0)
            left = left - part
            cost[year] = cost[year] + part if year in cost else part
            counted = _part(part, shares[item.id])
            eligible[year] = eligible[year] + counted if year in eligible else counted
    return _Drawn(cost, eligible, terms_of(plan.programmes[0]), _planned(plan))


def own_shares(plan: Plan, seed: int, draws: int) -> Cents | None:
    """The own share in cents of each draw; None where it cannot be simulated."""
    return None if obstacles(plan) else _draw(plan, seed, draws, "triangular", {}).own


def simulate(plan: Plan, seed: int, draws: int, shape: Shape = "triangular", moved: Moved | None = None) -> Risk:
    """The risk of the own share; the same seed gives the same figures. Where it cannot be computed the findings say
    why.

    `moved` tells how cost lies in the years where a delay moved it (Assessment.moved).
    """
    problems = obstacles(plan)
    if draws < 1:
        problems = (
            Finding(
                level="error", message="Es muss mindestens einmal gezogen werden.", remedy="Mehr Ziehungen wählen."
            ),
        )
    if problems:
        return Risk(
            draws=0,
            seed=seed,
            total_cents={},
            own_share_cents={},
            mean_own_share_cents=0.0,
            standard_error_cents=0.0,
            held=(),
            tornado=(),
            assumed=True,
            findings=problems,
        )
    drawn = _draw(plan, seed, draws, shape, moved or {})
    own = drawn.own
    assumed = any(
        item.evidence_of(name) == "assumed"
        for item in plan.cost_items
        for name in ("amount_cents", "low_cents", "high_cents")
    )
    error = float(np.std(own, ddof=1) / np.sqrt(draws)) if draws > 1 else 0.0
    return Risk(
        draws=draws,
        seed=seed,
        total_cents=_percentiles(drawn.total),
        own_share_cents=_percentiles(own),
        mean_own_share_cents=float(np.mean(own)),
        standard_error_cents=error,
        held=_held(plan, drawn),
        tornado=_tornado(plan),
        assumed=assumed,
        findings=(),
    )


def _percentiles(drawn: Cents) -> dict[int, int]:
    ranks = [min(len(drawn) - 1, int(len(drawn) * p / 100)) for p in PERCENTILES]
    ordered = np.partition(drawn, ranks)
    return {p: int(ordered[rank]) for p, rank in zip(PERCENTILES, ranks, strict=True)}
