"""Rounding and splitting: parts always add up."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from insek_core.rules.rounding import largest_remainder, round_half_up

weights = st.lists(st.one_of(st.integers(0, 10**9), st.fractions(0, 1000, max_denominator=60)), max_size=8)
totals = st.integers(-(10**13), 10**13)


def test_splits_as_worked_in_the_shared_cases(shared_case: Callable[[str], Any]) -> None:
    for case in shared_case("funding.json")["largest_remainder"]:
        parts = largest_remainder(case["total_units"], [Fraction(weight) for weight in case["weights"]])
        assert parts == case["expected"], case["name"]


def test_splits_as_worked_by_hand(own_case: Callable[[str], Any]) -> None:
    for case in own_case("money.json")["splits"]:
        parts = largest_remainder(case["total"], [Fraction(weight) for weight in case["weights"]])
        assert parts == case["expected"], case["name"]


def test_rounding_as_worked_by_hand(own_case: Callable[[str], Any]) -> None:
    for case in own_case("money.json")["rounding"]:
        assert round_half_up(Fraction(case["value"])) == case["expected"], case


@given(totals, weights)
def test_parts_add_up_to_the_total(total: int, shares: list[Any]) -> None:
    assert sum(largest_remainder(total, shares)) == (total if shares else 0)


@given(totals, weights)
def test_a_negative_total_mirrors_the_positive(total: int, shares: list[Any]) -> None:
    assert largest_remainder(-total, shares) == [-part for part in largest_remainder(total, shares)]


@given(st.integers(0, 10**13), weights.filter(lambda found: sum(found) > 0))
def test_no_part_is_a_whole_unit_off_its_quota(total: int, shares: list[Any]) -> None:
    whole = sum(shares)
    for part, weight in zip(largest_remainder(total, shares), shares, strict=True):
        assert abs(part - Fraction(total * weight) / whole) < 1


@given(st.fractions())
def test_rounding_is_within_half_and_mirrors(value: Fraction) -> None:
    assert abs(round_half_up(value) - value) <= Fraction(1, 2)
    assert round_half_up(-value) == -round_half_up(value)


def test_no_weights_give_no_parts() -> None:
    assert largest_remainder(100, []) == []
