"""Rounding and splitting whole cents (RULES: each rounding happens once, parts always add up)."""

from collections.abc import Sequence
from fractions import Fraction


def round_half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes away from zero, so that credits mirror costs.

    >>> round_half_up(Fraction(5, 2)), round_half_up(Fraction(-5, 2)), round_half_up(Fraction(20_000_000, 3))
    (3, -3, 6666667)
    """
    size = (abs(value) * 2 + 1) // 2
    return int(size if value >= 0 else -size)


def largest_remainder(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """`total` split in proportion to the weights; the parts add up to it exactly (Hare, largest remainder).

    Ties go to the first; a negative total is split like its magnitude. If all weights are 0 the first part takes all.
    Weights are not negative; no weights give no parts.

    >>> largest_remainder(10_000, [1, 1, 1]), largest_remainder(-10_000, [1, 1, 1])
    ([3334, 3333, 3333], [-3334, -3333, -3333])
    """
    whole = sum(weights)
    if not weights or whole == 0:
        return [total, *[0] * (len(weights) - 1)] if weights else []
    quotas = [Fraction(abs(total) * weight, 1) / whole for weight in weights]
    parts = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - quotas[i], i))
    for i in by_remainder[: abs(total) - sum(parts)]:
        parts[i] += 1
    return parts if total >= 0 else [-part for part in parts]
