"""The money of many draws at once: the same law, splits and cuts as for one plan, over arrays of whole cents (RULES
§1.10).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insek_core.plan import Plan
from insek_core.plan.finance import Programme
from insek_core.rules.money.grant import Terms
from insek_core.rules.money.programmes import terms_of
from insek_core.rules.money.slip import Splits

Cents = NDArray[Any]  # int64, or whole numbers without bound where a product would not fit
SAFE = 2**62


def total_of(parts: Iterable[Cents]) -> Cents:
    """The sum of arrays of one length, at least one."""
    found: Cents = np.sum(np.stack(list(parts)), axis=0)
    return found


def fitting(cents: Cents, *factors: int) -> Cents:
    """The amounts in a type in which their product with each factor is exact."""
    most = int(np.max(np.abs(cents), initial=0)) * 4 * max(1, *map(abs, factors))
    return cents if most < SAFE else cents.astype(object)


def largest_remainders(totals: Cents, weights: Sequence[int | Cents]) -> list[Cents]:
    """Each total split like `rounding.largest_remainder` does, by whole weights that may differ from draw to draw."""
    rows = np.stack([np.broadcast_to(np.asarray(weight), totals.shape) for weight in weights])
    none = rows.sum(axis=0) == 0
    rows = np.vstack([np.where(none, 1, rows[:1]), rows[1:]])
    below = rows.sum(axis=0)
    totals = fitting(totals, int(np.max(below, initial=1)))
    parts, rests = rows * totals // below, rows * totals % below
    ranks = np.argsort(np.argsort(-rests, axis=0, kind="stable"), axis=0, kind="stable")
    return list(parts + (ranks < totals - parts.sum(axis=0)))


def whole_weights(shares: Sequence[Fraction]) -> list[int]:
    """Shares as whole weights in the same proportion."""
    below = lcm(*(share.denominator for share in shares))
    return [int(share * below) for share in shares]


def _shares(plan: Plan, item: str) -> dict[str, Fraction]:
    found = {p.id: plan.bases(item, p.id) for p in plan.programmes}
    return {name: sum((b.eligible_share or Fraction(0) for b in rows), Fraction(0)) for name, rows in found.items()}


@dataclass(frozen=True)
class DrawnMoney:
    """Drawn amounts of the items of a plan, and what follows from them on both readings of the ceiling.

    Every amount, eligible share and term must be known, and no third-party money unplanned.
    """

    plan: Plan
    amounts: Mapping[str, Cents]
    splits: Splits

    @cached_property
    def total(self) -> Cents:
        """Total cost of each draw."""
        return total_of(self.amounts.values())

    @cached_property
    def planned_cents(self) -> int:
        """Planned third-party money."""
        return sum(fund.amount_cents or 0 for fund in self.plan.funds)

    @cached_property
    def eligible(self) -> Mapping[str, Mapping[str, Cents]]:
        """What of each item counts, by programme."""
        found: dict[str, dict[str, Cents]] = {programme.id: {} for programme in self.plan.programmes}
        for item, cents in self.amounts.items():
            shares = _shares(self.plan, item)
            weights = [*shares.values(), 1 - sum(shares.values(), Fraction(0))]
            for name, part in zip(shares, largest_remainders(cents, whole_weights(weights)), strict=False):
                found[name][item] = part
        return found

    def grants(self, *, capped: bool) -> list[Cents]:
        """What each programme grants, lowered together until nothing is financed twice (RULES §1.5, 1.11)."""
        left = np.full_like(self.total, self.planned_cents)
        found: list[Cents] = []
        for programme in self.plan.programmes:
            cost, terms = total_of(self.eligible[programme.id].values()), terms_of(programme, capped=capped)
            used = np.zeros_like(cost)
            if terms.takes_third_party:
                used = np.minimum(left, np.maximum(0, cost - terms.law.offset_cents))
                left = left - used
            found.append(_granted(terms, cost, used))
        return found

    def own(self, *, capped: bool) -> Cents:
        """Own share of each draw: the rest; a grant beyond the need is lowered, so that it is negative only where
        third-party money alone exceeds the cost.
        """
        need = self.total - self.planned_cents
        left: Cents = np.maximum(need - total_of(self.grants(capped=capped)), np.minimum(0, need))
        return left

    def own_by_year(self, *, capped: bool) -> dict[int | None, Cents]:
        """Own share by year without third-party money: the grant cumulated for Anteil, by eligible cost for the other
        types (RULES §1.7).
        """
        cost, counted = self._by_year()
        years = sorted(cost, key=lambda year: (year is None, year or 0))
        found = {year: cost[year] for year in years}
        for programme, whole in zip(self.plan.programmes, self.grants(capped=capped), strict=True):
            inside = [counted[programme.id][year] for year in years]
            for year, part in zip(years, _granted_by_year(programme, inside, whole, capped=capped), strict=True):
                found[year] = found[year] - part
        return found

    def _by_year(self) -> tuple[dict[int | None, Cents], dict[str, dict[int | None, Cents]]]:
        """Cost by year, and eligible cost by programme and year, each item's years in proportion to its split."""
        cost: dict[int | None, Cents] = {}
        counted: dict[str, dict[int | None, Cents]] = {programme.id: {} for programme in self.plan.programmes}
        for item, amounts in self.amounts.items():
            split = self.splits[item]
            for year, part in zip(split, largest_remainders(amounts, [*split.values()]), strict=True):
                cost[year] = cost[year] + part if year in cost else part
            for name, found in counted.items():
                for year, part in zip(
                    split, largest_remainders(self.eligible[name][item], [*split.values()]), strict=True
                ):
                    found[year] = found[year] + part if year in found else part
        return cost, counted


def _granted_by_year(programme: Programme, eligible: Sequence[Cents], whole: Cents, *, capped: bool) -> list[Cents]:
    terms = terms_of(programme, capped=capped)
    if terms.kind != "anteil":
        return largest_remainders(whole, eligible)
    until = [_granted(terms, cost, np.zeros_like(cost)) for cost in np.cumsum(np.stack(eligible), axis=0)]
    return [now - before for before, now in zip([np.zeros_like(whole), *until], until, strict=False)]


def _granted(terms: Terms, eligible: Cents, used: Cents) -> Cents:
    """The law on each draw; `used` is the planned third-party money it meets there."""
    law = terms.law
    eligible = fitting(eligible, law.slope.numerator, law.slope.denominator)
    wanted: Cents = np.maximum(0, law.wanted(eligible) - used)
    return wanted if law.cap_cents is None else np.minimum(law.cap_cents, wanted)
