"""One law for all types of financing: what is granted on eligible cost, and the way back (RULES §1.1–1.5, 1.11).

Before unplanned money and Überfinanzierung every type is G = min(cap, max(0, slope·E − offset)). Whole cents, exact
rates. K total, U ineligible, E = K − U, T planned and D unplanned third-party money, G grant, O own share = K − T − D −
G.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from insek_core.rules.rounding import round_half_up


@dataclass(frozen=True, kw_only=True)
class Law:
    """The triple that a financing type comes down to; `cap_cents` None: nothing binds the grant from above.

    `shrinks` says what unplanned money takes away: nothing, its own amount, or its share of the cost.
    """

    slope: Fraction
    offset_cents: int = 0
    cap_cents: int | None = None
    shrinks: str = "by share"

    def wanted(self, eligible: Any) -> Any:
        """slope·E − offset in whole cents, rounded half up: of a number, or of each of an array of drawn costs.

        >>> Law(slope=Fraction(2, 3)).wanted(100)
        67
        """
        top, below = self.slope.numerator, self.slope.denominator
        return (2 * top * eligible + below) // (2 * below) - self.offset_cents

    def grant_cents(self, eligible_cents: int) -> int:
        """The grant on so much eligible cost (RULES §1.11).

        >>> Law(slope=Fraction(2, 3), cap_cents=13_000_000).grant_cents(21_000_000)
        13000000
        """
        wanted: int = max(0, self.wanted(eligible_cents))
        return wanted if self.cap_cents is None else min(self.cap_cents, wanted)

    def exact(self, eligible: Fraction) -> Fraction:
        """The grant before rounding."""
        wanted = max(Fraction(0), self.slope * eligible - self.offset_cents)
        return wanted if self.cap_cents is None else min(Fraction(self.cap_cents), wanted)

    @property
    def start(self) -> Fraction:
        """Eligible cost up to which nothing is granted."""
        return self.offset_cents / self.slope if self.slope else Fraction(0)

    @property
    def kink(self) -> Fraction | None:
        """Eligible cost above which the grant no longer grows: (cap + offset) ÷ slope; None without cap (RULES
        §1.2).
        """
        return None if self.cap_cents is None or not self.slope else (self.cap_cents + self.offset_cents) / self.slope

    def less(self, grant_cents: int, eligible_cents: int, unplanned_cents: int) -> int:
        """The grant after unplanned money that no additional cost absorbs (RULES §1.5); never below 0.

        >>> Law(slope=Fraction(2, 3), cap_cents=13_000_000).less(13_000_000, 19_500_000, 1_500_000)
        12000000
        """
        if self.shrinks == "not":
            return grant_cents
        if self.shrinks == "by amount":
            return max(0, grant_cents - unplanned_cents)
        left = max(0, eligible_cents - unplanned_cents)
        return round_half_up(Fraction(grant_cents * left, eligible_cents)) if eligible_cents else grant_cents


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a notice fixes: type of financing, rate, ceiling, fixed grant, fixed own share. None: not stated or none."""

    kind: str = "anteil"
    rate: Fraction | None = None
    cap_cents: int | None = None
    fixed_cents: int | None = None
    own_fixed_cents: int | None = None

    @property
    def known(self) -> bool:
        """Whether what this type needs is stated."""
        needed = {"anteil": self.rate, "festbetrag": self.fixed_cents, "fehlbedarf": self.own_fixed_cents, "voll": 0}
        return needed.get(self.kind) is not None

    @property
    def law(self) -> Law:
        """The triple of this type before planned third-party money; what is not stated counts as 0 (RULES §1.11)."""
        whole = Fraction(1)
        laws = {
            "anteil": Law(slope=self.rate or Fraction(0), cap_cents=self.cap_cents),
            "fehlbedarf": Law(
                slope=whole, offset_cents=self.own_fixed_cents or 0, cap_cents=self.cap_cents, shrinks="by amount"
            ),
            "festbetrag": Law(slope=whole, cap_cents=self.fixed_cents or 0, shrinks="not"),
            "voll": Law(slope=whole, cap_cents=self.cap_cents, shrinks="by amount"),
        }
        return laws[self.kind]

    @property
    def takes_third_party(self) -> bool:
        """Whether planned third-party money lowers the grant: where the gap is financed (RULES §1.4)."""
        return self.kind == "fehlbedarf"


def law_of(terms: Terms, planned_cents: int) -> Law:
    """The law of a programme that so much planned third-party money meets."""
    law = terms.law
    return replace(law, offset_cents=law.offset_cents + planned_cents) if terms.takes_third_party else law


def marginal_own_share(law: Law, eligible_cents: int, unplanned_cents: int = 0, *, absorbs: bool = False) -> Fraction:
    """What the city pays of the next eligible euro, exact: 1 − slope between start and kink, else 1.

    `absorbs` says that the next euro also absorbs unplanned money (cost is not below what was filed), which the city
    then keeps.

    >>> marginal_own_share(Law(slope=Fraction(2, 3), cap_cents=13_000_000), 19_500_000)
    Fraction(1, 1)
    """
    grows = law.start <= eligible_cents and (law.kink is None or eligible_cents < law.kink)
    slope = law.slope if grows else Fraction(0)
    uncut = law.exact(Fraction(eligible_cents))
    if not unplanned_cents or law.shrinks == "not":
        return 1 - slope
    if law.less(round_half_up(uncut), eligible_cents, unplanned_cents) == 0:
        return Fraction(1)
    if law.shrinks == "by amount":
        return 1 - slope - absorbs
    part = Fraction(unplanned_cents, eligible_cents)
    return 1 - (slope * (1 - part) + uncut * (part + absorbs) / eligible_cents)


def seek_total_cents(law: Law, own_share_cents: int, ineligible_cents: int = 0, planned_cents: int = 0) -> int | None:
    """The total cost whose own share is this, by the unrounded formula, floored to the cent; None if none does.

    The own share never falls when cost rises and is linear between a few corners; of a flat stretch the upper end is
    meant.

    >>> seek_total_cents(Law(slope=Fraction(2, 3), cap_cents=13_000_000), 7_000_000)
    20000000
    """

    def own(total: Fraction) -> Fraction:
        return total - planned_cents - law.exact(max(Fraction(0), total - ineligible_cents))

    if own_share_cents < 0:
        return None
    eligible = {Fraction(0), law.start, law.kink or Fraction(0)}
    corners = sorted({Fraction(0), *(ineligible_cents + corner for corner in eligible)})
    pieces = [*zip(corners, [*corners[1:], None], strict=True)][::-1]
    for low, high in pieces:
        slope = own(low + 1) - own(low) if high is None else (own(high) - own(low)) / (high - low)
        if own(low) > own_share_cents or (high is not None and own(high) < own_share_cents):
            continue
        if slope == 0:
            return int(high) if high is not None and own(low) == own_share_cents else None
        found = low + (own_share_cents - own(low)) / slope
        if high is None or found <= high:
            return int(found) if found >= ineligible_cents else None
    return None
