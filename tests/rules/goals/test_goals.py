"""Coverage and the ladder of commitment: empty is not 0, and what no record proves is never "ja"."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import goal, serves

from insek_core.plan import Plan
from insek_core.plan.content import Indicator, Measure, SectorPlan
from insek_core.plan.finance import FundingProof
from insek_core.plan.process import Organisation
from insek_core.plan.values import parse_fuzzy
from insek_core.rules.goals.coverage import coverage
from insek_core.rules.goals.ladder import RUNGS, climbers, goal_texts_missing, ladder
from insek_core.rules.goals.system import goal_system

MEASURE = Measure(id="M", name="Schule bauen", owner="AMT", end=parse_fuzzy("2018"), evidence="stated")
PROOF = FundingProof(
    id="N",
    measure="M",
    budget_reference="1.2.3",
    from_year=2016,
    amount_cents=100,
    decision="VI-DS-1",
    evidence="stated",
)
INDICATOR = Indicator(
    id="I", name="Plätze", goal="Z", baseline=1.0, target=2.0, target_year=2020, source="Statistik", evidence="stated"
)
BACKED = Plan(
    organisations=(Organisation(id="AMT", name="Schulamt", evidence="stated"),),
    goals=(goal("Z"),),
    sector_plans=(SectorPlan(id="F", name="Bildung", kind="Fachteil", evidence="stated"),),
    measures=(MEASURE,),
    contributions=(serves("F", "Z", 2), serves("M", "Z", 1)),
    funding_proofs=(PROOF,),
    indicators=(INDICATOR,),
)


def rung(plan: Plan) -> int:
    return ladder(plan, plan.goals[0]).rung


def answers(plan: Plan) -> list[str]:
    return [step.answer for step in ladder(plan, plan.goals[0]).steps]


def test_coverage_as_worked_in_the_shared_cases(shared_case: Callable[[str], Any]) -> None:
    case = shared_case("coverage.json")["coverage"]
    matrix, expected = case["matrix_goal_x_measure"], case["expected"]
    weights = {(goal_id, origin): w for goal_id, row in matrix.items() for origin, w in row.items()}
    found = coverage(dict(zip(matrix, (4, 3, 2, 1), strict=True)), ["M1", "M2", "M3"], weights)
    assert list(found.covered) == expected["covered_goals_any_positive"]
    assert (str(found.share), str(found.weighted), str(found.fill_rate)) == (
        expected["coverage"],
        expected["weighted_coverage_w_4_3_2_1"],
        expected["fill_rate"],
    )
    assert (list(found.uncovered), list(found.conflicting)) == (expected["uncovered"], expected["goals_with_conflict"])
    assert (list(found.fragile), list(found.orphans)) == (
        expected["single_point_goals"],
        expected["measures_without_goal"],
    )
    assert {g: found.positive[g] + found.negative[g] for g in matrix} == expected["sum_per_goal"]


def test_positive_and_negative_sums_stand_apart() -> None:
    found = coverage({"Z": None}, ["A", "B"], {("Z", "A"): 3, ("Z", "B"): -3})
    assert (found.positive["Z"], found.negative["Z"], found.covered, found.conflicting) == (3, -3, ("Z",), ("Z",))


def test_empty_is_not_zero() -> None:
    empty, zero = (coverage({"Z": None}, ["A"], {("Z", "A"): weight}) for weight in (None, 0))
    assert (empty.fill_rate, zero.fill_rate) == (0, 1)
    assert empty.covered == zero.covered == ()


def test_without_goals_the_shares_are_unknown() -> None:
    found = coverage({}, ["A"], {})
    assert (found.share, found.weighted, found.fill_rate, found.orphans) == (None, None, None, ("A",))


weights = st.dictionaries(
    st.tuples(st.sampled_from("XYZ"), st.sampled_from("ABC")), st.one_of(st.none(), st.integers(-3, 3))
)


@given(weights)
def test_counts_fit_together(rated: Any) -> None:
    found = coverage(dict.fromkeys("XYZ"), list("ABC"), rated)
    assert set(found.covered) | set(found.uncovered) == set("XYZ") and set(found.fragile) <= set(found.covered)
    known = any(weight is not None for weight in rated.values())
    assert found.share == found.weighted == (Fraction(len(found.covered), 3) if known else None)
    assert found.fill_rate == Fraction(sum(w is not None for w in rated.values()), 9)
    assert all(
        (found.positive[g] > 0) == (g in found.covered) and (found.negative[g] < 0) == (g in found.conflicting)
        for g in "XYZ"
    )


@given(weights, st.sampled_from("XYZ"), st.sampled_from("ABC"))
def test_a_new_positive_contribution_never_lowers_coverage(rated: Any, goal_id: str, origin: str) -> None:
    before = coverage(dict.fromkeys("XYZ"), list("ABC"), rated)
    after = coverage(dict.fromkeys("XYZ"), list("ABC"), {**rated, (goal_id, origin): 1})
    assert set(before.covered) <= set(after.covered)


def test_a_goal_backed_by_records_reaches_the_top() -> None:
    found = ladder(BACKED, BACKED.goals[0])
    assert (found.rung, found.next_step, len(RUNGS)) == (4, None, 5)
    assert [step.proofs[0].id for step in found.steps] == ["Z", "F", "M", "N", "I"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"contributions": (serves("F", "Z", None), serves("M", "Z", 1))}, (0, "unbekannt")),
        ({"contributions": (serves("F", "Z", 0), serves("M", "Z", 1))}, (0, "nein")),
        ({"measures": (replace(MEASURE, owner=""),)}, (1, "unbekannt")),
        ({"measures": (replace(MEASURE, end=None),)}, (1, "unbekannt")),
        ({"measures": (replace(MEASURE, end=parse_fuzzy("offen")),)}, (1, "unbekannt")),
        ({"contributions": (serves("F", "Z", 2),)}, (1, "unbekannt")),
        ({"funding_proofs": ()}, (2, "unbekannt")),
        *(
            ({"funding_proofs": (replace(PROOF, **{gone: v}),)}, (2, "unbekannt"))
            for gone, v in (("budget_reference", ""), ("from_year", None), ("amount_cents", None), ("decision", ""))
        ),
        ({"indicators": ()}, (3, "unbekannt")),
        *(
            ({"indicators": (replace(INDICATOR, **{gone: v}),)}, (3, "unbekannt"))
            for gone, v in (("baseline", None), ("target", None), ("target_year", None), ("source", ""))
        ),
    ],
)
def test_a_missing_statement_stops_the_climb(change: dict[str, Any], expected: tuple[int, str]) -> None:
    plan = replace(BACKED, **change)
    assert (rung(plan), answers(plan)[rung(plan) + 1]) == expected


def test_a_rung_needs_all_below_it() -> None:
    plan = replace(BACKED, contributions=(serves("M", "Z", 1),))
    assert answers(plan) == ["ja", "unbekannt", "ja", "ja", "ja"] and rung(plan) == 0


def test_the_next_step_says_what_is_missing_from_whom() -> None:
    step = ladder(replace(BACKED, funding_proofs=()), BACKED.goals[0]).next_step
    assert step and step.from_whom == "Schulamt"
    assert (
        step.missing == "Finanzierungsnachweis für „Schule bauen“ (Produkt oder PSP-Element, Jahr, Betrag, Beschluss)"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"measures": (replace(MEASURE, evidence="assumed"),)},
        {"contributions": (serves("F", "Z", 2), serves("M", "Z", 1, "assumed"))},
        {"contributions": (serves("F", "Z", 2, "assumed"), serves("M", "Z", 1))},
        {"funding_proofs": (replace(PROOF, evidence="assumed"),)},
        {"indicators": (replace(INDICATOR, evidence="assumed"),)},
    ],
)
def test_a_rung_proved_by_assumptions_alone_is_marked(change: dict[str, Any]) -> None:
    assert not ladder(BACKED, BACKED.goals[0]).assumed
    plan = replace(BACKED, **change)
    assert rung(plan) == 4 and ladder(plan, plan.goals[0]).assumed


def test_only_goals_climb_and_target_areas_stand_in_for_missing_ones() -> None:
    goals = (
        goal("B1", "Zielbereich"),
        goal("B2", "Zielbereich"),
        goal("Z", parent="B1"),
        goal("O", "Orientierung"),
        goal("A", "Arbeitsgrundsatz"),
    )
    assert [row.id for row in climbers(Plan(goals=goals))] == ["B2", "Z"]
    assert goal_texts_missing(Plan(goals=goals[:2])) and not goal_texts_missing(Plan(goals=goals))


def test_the_example_says_that_the_goal_texts_are_missing(example: Plan) -> None:
    found = goal_system(example)
    assert found.texts_missing and set(found.coverage.goals) == {"Z1", "Z2", "Z3", "Z4"}


def test_the_money_of_the_process_backs_no_goal(example: Plan) -> None:
    bare = replace(example, funding_proofs=())
    assert all(item.rung < 3 for item in goal_system(bare).ladders)
