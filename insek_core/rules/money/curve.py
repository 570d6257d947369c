"""Own share and grant over the total cost: the kink, the room up to it, and the price of the next euro on both sides
(RULES §1.2).
"""

from dataclasses import dataclass
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.grant import grant_cents, kink_cents, marginal_own_share, seek_total_cents
from insek_core.rules.money.programmes import terms_of

SPREAD = Fraction(3, 10)  # how far the curve is drawn to both sides


@dataclass(frozen=True, kw_only=True)
class Point:
    """Grant and own share at a total cost, with the ceiling in force and (if it is open) without."""

    total_cents: int
    grant_cents: int
    own_cents: int
    growing_cents: int


@dataclass(frozen=True, kw_only=True)
class Curve:
    """The corners of the own share over total cost, ineligible cost and third-party money staying as they are.

    `kink_cents` is a total cost; `price_below` and `price_above` what the city pays of an eligible euro on each side of
    it.
    """

    points: tuple[Point, ...]
    kink_cents: int | None
    price_below: Fraction | None
    price_above: Fraction | None


def curve(plan: Plan, found: Funding, reach: tuple[int, int] | None = None) -> Curve | None:
    """The curve around the plan's cost or over `reach`; None unless one programme with known terms pays and nothing is
    unplanned.
    """
    if len(plan.programmes) != 1 or found.total.value is None or found.eligible.value is None:
        return None
    terms, growing = terms_of(plan.programmes[0]), terms_of(plan.programmes[0], capped=False)
    if not terms.known or any(fund.planned is False for fund in plan.funds) or found.third_party.value is None:
        return None
    bare, third, total = found.total.cents - found.eligible.cents, found.third_party.cents, found.total.cents
    kink = kink_cents(terms, third)
    low, high = reach or (int(total * (1 - SPREAD)), int(total * (1 + SPREAD)))
    corner = None if kink is None else int(kink) + bare
    step = max(1, (high - low) // 12)
    costs = sorted(
        {
            max(bare, cost)
            for cost in (
                *range(low, high + 1, step),
                high,
                total,
                *([corner] if corner is not None and low < corner < high else []),
            )
        }
    )
    points = []
    for cost in costs:
        granted, more = (grant_cents(t, cost - bare, third) for t in (terms, growing))
        own, other = (max(0, cost - third - amount) for amount in (granted, more))
        points.append(Point(total_cents=cost, grant_cents=granted, own_cents=own, growing_cents=other))
    sides = (
        (None, None)
        if kink is None
        else (marginal_own_share(terms, max(0, int(kink) - 1), third), marginal_own_share(terms, int(kink) + 1, third))
    )
    return Curve(points=tuple(points), kink_cents=corner, price_below=sides[0], price_above=sides[1])


def sought(plan: Plan, found: Funding, own_share_cents: int) -> tuple[int | None, int | None]:
    """The total cost that meets an own share, with the ceiling in force and without; None where none does."""
    if curve(plan, found) is None:
        return None, None
    bare, third = found.total.cents - found.eligible.cents, found.third_party.cents
    programme = plan.programmes[0]
    capped, growing = (
        seek_total_cents(terms_of(programme, capped=c), own_share_cents, bare, third) for c in (True, False)
    )
    return capped, growing
