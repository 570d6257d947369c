"""A simulation is exact or refused: no seed, number of draws or amount makes it wrap around or fill the memory."""

from dataclasses import replace
from fractions import Fraction

import pytest
from small import item

from insek_core.change.repair import repair
from insek_core.plan import Plan
from insek_core.rules.chance.forecast import forecast
from insek_core.rules.chance.ranges import MOST_CENTS, MOST_DRAWS, bounds
from insek_core.rules.chance.risk import own_shares, simulate
from insek_core.rules.time.schedule import timetable


def scaled(plan: Plan, times: int) -> Plan:
    """The plan with every amount of its costs so many times as high."""

    def more(cents: int | None) -> int | None:
        return None if cents is None else min(2**63 - 1, cents * times)

    rows = (
        replace(
            row, amount_cents=more(row.amount_cents), low_cents=more(row.low_cents), high_cents=more(row.high_cents)
        )
        for row in plan.cost_items
    )
    return replace(plan, cost_items=tuple(rows))


@pytest.mark.parametrize("seed, draws", [(-1, 10), (2**63, 10), (1, 0), (1, -5), (1, MOST_DRAWS + 1), (1, 10**9)])
def test_odd_seeds_and_numbers_of_draws_are_a_finding(example: Plan, seed: int, draws: int) -> None:
    found = simulate(example, seed, draws)
    assert found.draws == 0 and found.findings[0].level == "error" and found.findings[0].remedy
    assert forecast(example, seed, draws) is None


@pytest.mark.parametrize("times", [1, 10, 1_000])
def test_a_percentile_lies_between_the_lowest_and_the_highest_total(example: Plan, times: int) -> None:
    plan = scaled(example, times)
    found = simulate(plan, 1, 500)
    lowest, _, highest = map(sum, zip(*map(bounds, plan.cost_items), strict=True))
    assert not found.findings and all(lowest <= cents <= highest for cents in found.total_cents.values())
    assert all(cents <= found.total_cents[p] for p, cents in found.own_share_cents.items())


@pytest.mark.parametrize("times", [10**5, 10**9, 10**12, 10**14])
def test_what_whole_numbers_of_a_machine_do_not_hold_is_refused(example: Plan, times: int) -> None:
    plan = scaled(example, times)
    found = simulate(plan, 1, 100)
    assert "10.000.000.000" in found.findings[0].message and found.total_cents == {}
    assert own_shares(plan, timetable(plan), 1, 100) is None


@pytest.mark.parametrize("field", ["cap_cents", "fixed_cents", "own_fixed_cents"])
def test_the_terms_of_a_grant_count_too(example: Plan, field: str) -> None:
    huge = replace(example.programmes[0], **{field: 2**63 - 1})
    assert "werden nicht simuliert" in simulate(replace(example, programmes=(huge,)), 1, 100).findings[0].message


def test_just_below_the_bound_it_is_computed(example: Plan) -> None:
    row = replace(item("KO-99", MOST_CENTS // 2), low_cents=MOST_CENTS // 3, high_cents=MOST_CENTS // 2)
    plan = replace(example, cost_items=(*example.cost_items, row))
    found = simulate(plan, 1, 500)
    assert MOST_CENTS // 3 < found.total_cents[10] < found.total_cents[80] < MOST_CENTS


@pytest.mark.parametrize("times", [10**11, 10**12, 10**14])
@pytest.mark.parametrize("limit", ["own_share", "total"])
def test_a_repair_the_solver_cannot_hold_is_told_as_such_and_not_as_a_no(example: Plan, times: int, limit: str) -> None:
    found = repair(scaled(example, times), limit, 1_000)
    assert found.changes == () and found.proof == ""
    assert "lässt sich nicht berechnen" in found.findings[0].message
    assert "nicht zu halten" not in found.findings[0].message


def test_a_share_too_fine_for_the_solver_is_told_as_such(example: Plan) -> None:
    fine = replace(example.programmes[0], rate_share=Fraction(6_666_667, 9_999_999), cap_cents=None)
    found = repair(replace(scaled(example, 10**7), programmes=(fine,)), "own_share", 1_000)
    assert "lässt sich nicht berechnen" in found.findings[0].message and found.proof == ""
