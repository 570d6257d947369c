"""What a programme grants on eligible cost, by type of financing, and the way back: the cost that meets an own share.

Pure numbers in whole cents, exact rates (RULES §1.1–1.5). K total, U ineligible, E = K − U, T planned and D unplanned
third-party money, G grant, O own share = K − T − D − G.
"""

from dataclasses import dataclass
from fractions import Fraction

from insek_core.rules.rounding import round_half_up


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


def share_grant_cents(eligible_cents: int, rate: Fraction, cap_cents: int | None) -> int:
    """Grant by Anteilfinanzierung: min(H, round_half_up(q·E)); without cap q·E alone (RULES §1.1).

    >>> share_grant_cents(21_000_000, Fraction(2, 3), 13_000_000)
    13000000
    """
    grant = round_half_up(rate * eligible_cents)
    return grant if cap_cents is None else min(cap_cents, grant)


def _uncut(terms: Terms, eligible: Fraction, planned: int) -> Fraction:
    """The exact grant before unplanned money: what the type allows, at most the ceiling."""
    wanted = {
        "anteil": (terms.rate or Fraction(0)) * eligible,
        "fehlbedarf": max(Fraction(0), eligible - (terms.own_fixed_cents or 0) - planned),
        "festbetrag": min(Fraction(terms.fixed_cents or 0), eligible),
        "voll": eligible,
    }[terms.kind]
    return wanted if terms.cap_cents is None or terms.kind == "festbetrag" else min(Fraction(terms.cap_cents), wanted)


def grant_cents(terms: Terms, eligible_cents: int, planned_cents: int = 0, unplanned_cents: int = 0) -> int:
    """The grant of a programme (RULES §1.1, 1.4, 1.5); the terms must be known.

    `unplanned_cents` is D', what additional eligible cost does not absorb: Anteil is cut in proportion D'/E,
    Fehlbedarf and Vollfinanzierung by D', Festbetrag not; never below 0.

    >>> grant_cents(Terms(rate=Fraction(2, 3), cap_cents=13_000_000), 19_500_000, unplanned_cents=1_500_000)
    12000000
    """
    grant = round_half_up(_uncut(terms, Fraction(eligible_cents), planned_cents))
    if terms.kind == "anteil" and eligible_cents:
        return max(0, round_half_up(grant * (1 - Fraction(unplanned_cents, eligible_cents))))
    return max(0, grant - (0 if terms.kind in ("festbetrag", "anteil") else unplanned_cents))


def kink_cents(terms: Terms, planned_cents: int = 0) -> Fraction | None:
    """Eligible cost above which the grant no longer grows: H/q, or what corresponds to it; None without ceiling (RULES
    §1.2).
    """
    if terms.kind == "festbetrag":
        return None if terms.fixed_cents is None else Fraction(terms.fixed_cents)
    if terms.cap_cents is None or (terms.kind == "anteil" and not terms.rate):
        return None
    if terms.kind == "anteil":
        return terms.cap_cents / (terms.rate or Fraction(1))
    return Fraction(
        terms.cap_cents + ((terms.own_fixed_cents or 0) + planned_cents if terms.kind == "fehlbedarf" else 0)
    )


def marginal_own_share(
    terms: Terms, eligible_cents: int, planned_cents: int = 0, unplanned_cents: int = 0, *, absorbs: bool = False
) -> Fraction:
    """What the city pays of the next eligible euro, exact: 1 − q below the kink, 1 at and above it.

    `absorbs` says that the next euro also absorbs unplanned money (cost is not below the plan's), which the city then
    keeps.

    >>> marginal_own_share(Terms(rate=Fraction(2, 3), cap_cents=13_000_000), 19_500_000)
    Fraction(1, 1)
    """
    kink = kink_cents(terms, planned_cents)
    start = (terms.own_fixed_cents or 0) + planned_cents if terms.kind == "fehlbedarf" else 0
    grows = (kink is None or eligible_cents < kink) and eligible_cents >= start
    slope = ((terms.rate or Fraction(0)) if terms.kind == "anteil" else Fraction(1)) if grows else Fraction(0)
    if unplanned_cents and grant_cents(terms, eligible_cents, planned_cents, unplanned_cents) == 0:
        return Fraction(1)
    if unplanned_cents and terms.kind == "anteil" and eligible_cents:
        uncut, part = _uncut(terms, Fraction(eligible_cents), planned_cents), Fraction(unplanned_cents, eligible_cents)
        slope = slope * (1 - part) + uncut * (part + (1 if absorbs else 0)) / eligible_cents
    elif unplanned_cents and terms.kind != "festbetrag" and absorbs:
        slope += 1
    return 1 - slope


def seek_total_cents(
    terms: Terms, own_share_cents: int, ineligible_cents: int = 0, planned_cents: int = 0
) -> int | None:
    """The total cost whose own share is this, by the unrounded formula, floored to the cent; None if none does.

    The own share never falls when cost rises and is linear between a few corners; of a flat stretch the upper end is
    meant.

    >>> seek_total_cents(Terms(rate=Fraction(2, 3), cap_cents=13_000_000), 7_000_000)
    20000000
    """

    def own(total: Fraction) -> Fraction:
        return total - planned_cents - _uncut(terms, max(Fraction(0), total - ineligible_cents), planned_cents)

    if own_share_cents < 0:
        return None
    kink = kink_cents(terms, planned_cents)
    start = (terms.own_fixed_cents or 0) + planned_cents if terms.kind == "fehlbedarf" else 0
    eligible = sorted({Fraction(0), Fraction(start), *([kink] if kink is not None else [])})
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
