"""Own share and grant over the total cost: the kink, the room up to it, and the price of the next euro on both sides
(RULES §1.2).
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.german import show_euro
from insek_core.rules.figures import Figure, Sentence
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.grant import Law, law_of, marginal_own_share, seek_total_cents
from insek_core.rules.money.programmes import both_words, terms_of

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


def _laws(plan: Plan, found: Funding) -> tuple[Law, Law] | None:
    """The law with the ceiling in force and without; None unless one programme with known terms pays, nothing is
    unplanned and all amounts are known.
    """
    if len(plan.programmes) != 1 or None in (found.total.value, found.eligible.value, found.third_party.value):
        return None
    terms = [terms_of(plan.programmes[0], capped=capped) for capped in (True, False)]
    if not terms[0].known or any(fund.planned is False for fund in plan.funds):
        return None
    capped, growing = (law_of(each, found.third_party.cents) for each in terms)
    return capped, growing


def _costs(bare: int, total: int, corner: int | None, reach: tuple[int, int] | None) -> list[int]:
    """The total costs at which the curve is told: even steps, the plan's own cost and the kink."""
    low, high = reach or (int(total * (1 - SPREAD)), int(total * (1 + SPREAD)))
    kink = [corner] if corner is not None and low < corner < high else []
    steps = range(low, high + 1, max(1, (high - low) // 12))
    return sorted({max(bare, cost) for cost in (*steps, high, total, *kink)})


def curve(plan: Plan, found: Funding, reach: tuple[int, int] | None = None) -> Curve | None:
    """The curve around the plan's cost or over `reach`; None where the law of one programme does not say it all."""
    laws = _laws(plan, found)
    if laws is None:
        return None
    bare, third, total = found.total.cents - found.eligible.cents, found.third_party.cents, found.total.cents
    kink = laws[0].kink
    corner = None if kink is None else int(kink) + bare
    points = []
    for cost in _costs(bare, total, corner, reach):
        need = max(0, cost - third)  # nothing is financed twice (RULES §1.5)
        granted, more = (min(need, law.grant_cents(cost - bare)) for law in laws)
        own, other = (cost - third - amount for amount in (granted, more))
        points.append(Point(total_cents=cost, grant_cents=granted, own_cents=own, growing_cents=other))
    if kink is None:
        return Curve(points=tuple(points), kink_cents=None, price_below=None, price_above=None)
    below, above = (marginal_own_share(laws[0], at) for at in (max(0, int(kink) - 1), int(kink) + 1))
    return Curve(points=tuple(points), kink_cents=corner, price_below=below, price_above=above)


def sought(plan: Plan, found: Funding, own_share_cents: int) -> tuple[int | None, int | None]:
    """The total cost that meets an own share, with the ceiling in force and without; None where none does."""
    laws = _laws(plan, found)
    if laws is None:
        return None, None
    bare, third = found.total.cents - found.eligible.cents, found.third_party.cents
    capped, growing = (seek_total_cents(law, own_share_cents, bare, third) for law in laws)
    return capped, growing


def sought_sentence(found: Funding, own_share_cents: int, costs: tuple[int | None, int | None]) -> Sentence | None:
    """Which total cost belongs to an own share, in both cases of the ceiling; none where no certain one does in
    either.
    """
    if costs == (None, None):
        return None
    wanted = f"Zu einem Eigenanteil von {show_euro(own_share_cents)}"
    capped, growing = ("keine bestimmten" if cost is None else show_euro(cost) for cost in costs)
    words = both_words(found.if_ceiling, capped, growing)
    return Sentence(
        text=f"{wanted} gehören Gesamtkosten von {words}.".replace("von keine", "– keine"), screen="haushalt"
    )


def room_sentence(found: Funding) -> Sentence | None:
    """How much more may cost before the ceiling binds; none where nobody knows a kink."""
    if not isinstance(found.kink.value, int) or not isinstance(found.eligible.value, int):
        return None
    room = found.kink.value - found.eligible.value
    condition = f", {found.if_ceiling}" if found.ceiling_open else ""
    if room > 0:
        left = Figure(label="Spielraum bis zum Knick", value=room, rule="Knick − zuwendungsfähige Ausgaben")
        left = replace(left, operands=(found.kink, found.eligible))
        text = f"Bis zum Knick sind {left.show()} zuwendungsfähige Ausgaben frei{condition}."
        return Sentence(text=text, screen="haushalt", figures=(left, *found.ceilings))
    text = f"Der Knick ist erreicht: jeden weiteren Euro trägt die Stadt allein{condition}."
    return Sentence(text=text, screen="haushalt", figures=(found.next_euro, *found.ceilings))
