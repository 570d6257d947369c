"""Matrices worked by hand: what serves goals, and how sector plans act on one another. Empty is not 0."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from insek_core.rules.goals.coverage import coverage
from insek_core.rules.goals.impact import Impact, impact

PLANS = "abcd"
acting = st.dictionaries(
    st.tuples(st.sampled_from(PLANS), st.sampled_from(PLANS)), st.one_of(st.none(), st.integers(-3, 3))
)


def fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def matrix(plans: str | list[str], rows: list[list[int | None]]) -> Impact:
    return impact(
        list(plans),
        {(plans[i], plans[j]): weight for i, row in enumerate(rows) for j, weight in enumerate(row)},
    )


def test_coverage_as_worked_by_hand(own_case: Callable[[str], Any]) -> None:
    cases = own_case("coverage.json")["coverage"]
    for case in cases:
        weights = {
            (goal, origin): weight
            for goal, row in case["rows"].items()
            for origin, weight in zip(case["origins"], row, strict=True)
        }
        found, expected = coverage(case["goals"], case["origins"], weights), case["expected"]
        for key in ("covered", "fragile", "conflicting", "orphans"):
            assert list(getattr(found, key)) == expected[key], (case["name"], key)
        assert (found.rated, found.pairs) == (expected["rated"], expected["pairs"]), case["name"]
        assert found.share == fraction(expected["share"]), case["name"]
        assert found.weighted == fraction(expected["weighted"]), case["name"]
        assert list(found.positive.values()) == expected["positive"], case["name"]
        assert list(found.negative.values()) == expected["negative"], case["name"]


def test_interactions_as_worked_by_hand(own_case: Callable[[str], Any]) -> None:
    for case in own_case("coverage.json")["interactions"]:
        found, expected = matrix(case["plans"], case["rows"]), case["expected"]
        assert (found.rated, found.pairs) == (expected["rated"], expected["pairs"]), case["name"]
        assert found.density == fraction(expected["density"]), case["name"]
        assert (found.synergy_sum, found.conflict_sum) == (expected["synergy"], expected["conflict"]), case["name"]
        for key, field in (("out", "out_sum"), ("in", "in_sum"), *((k, k) for k in ("active", "passive", "product"))):
            assert [getattr(one, field) for one in found.influences] == expected[key], (case["name"], key)
        quotients = [one.quotient for one in found.influences]
        assert quotients == [fraction(text) for text in expected["quotient"]], case["name"]


def test_there_are_ten_worked_matrices(own_case: Callable[[str], Any]) -> None:
    cases = own_case("coverage.json")
    assert len(cases["coverage"]) + len(cases["interactions"]) >= 10


def test_interactions_as_worked_in_the_shared_cases(shared_case: Callable[[str], Any]) -> None:
    case = shared_case("coverage.json")["interaction_matrix"]
    found = matrix(PLANS, case["matrix_signed"])
    influences = found.influences
    assert [one.out_sum for one in influences] == case["net_out"]
    assert [one.in_sum for one in influences] == case["net_in"]
    assert (found.synergy_sum, found.conflict_sum) == (case["synergy_sum"], case["conflict_sum"])
    assert (found.effective, found.density) == (case["nonzero_pairs"], Fraction(case["density"]))
    assert [one.active for one in influences] == case["AS"]
    assert [one.passive for one in influences] == case["PS"]
    assert [one.product for one in influences] == case["P"]
    assert [str(one.quotient) for one in influences] == case["Q"]


@given(acting)
def test_what_is_empty_never_counts_and_order_is_irrelevant(weights: Any) -> None:
    found = impact(PLANS, weights)
    assert found == impact(PLANS, dict(reversed(weights.items())))
    assert found == impact(PLANS, {pair: weight for pair, weight in weights.items() if weight is not None})
    assert found.density is None or 0 <= found.density <= 1


@given(acting)
def test_what_goes_out_comes_in(weights: Any) -> None:
    found = impact(PLANS, weights)
    out, into = (sum(getattr(one, f) or 0 for one in found.influences) for f in ("out_sum", "in_sum"))
    assert out == into == found.synergy_sum + found.conflict_sum
    active, passive = (sum(getattr(one, f) or 0 for one in found.influences) for f in ("active", "passive"))
    assert active == passive == found.synergy_sum - found.conflict_sum


serving = st.dictionaries(
    st.tuples(st.sampled_from("XYZ"), st.sampled_from("ABC")), st.one_of(st.none(), st.integers(-3, 3))
)
ranked = st.fixed_dictionaries(dict.fromkeys("XYZ", st.one_of(st.none(), st.integers(0, 5))))


@given(serving, ranked)
def test_coverage_lies_within_nothing_and_all(weights: Any, goals: Any) -> None:
    found = coverage(goals, "ABC", weights)
    assert all(0 <= share <= 1 for share in (found.share, found.weighted, found.fill_rate) if share is not None)
    assert (found.share is None) == (found.rated == 0)


@given(serving, ranked, st.sampled_from("XYZ"), st.sampled_from("ABC"), st.integers(1, 3))
def test_coverage_never_falls_by_a_positive_contribution(
    weights: Any, goals: Any, goal: str, origin: str, weight: int
) -> None:
    before, after = (coverage(goals, "ABC", w) for w in (weights, {**weights, (goal, origin): weight}))
    assert after.share is not None and after.share >= (before.share or 0)
    assert (after.weighted or 0) >= (before.weighted or 0)


@given(serving, ranked)
def test_what_is_not_rated_changes_no_count(weights: Any, goals: Any) -> None:
    rated = {pair: weight for pair, weight in weights.items() if weight is not None}
    assert coverage(goals, "ABC", weights) == coverage(goals, "ABC", rated)


@given(serving, ranked)
def test_the_order_of_judgements_is_irrelevant(weights: Any, goals: Any) -> None:
    assert coverage(goals, "ABC", weights) == coverage(goals, "ABC", dict(reversed(weights.items())))
