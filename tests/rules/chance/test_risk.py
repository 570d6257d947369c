"""The simulation against closed forms, within three standard errors; the same seed gives the same figures."""

from dataclasses import replace
from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np
import pytest
from small import basis, fund, item, money

from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.rules.chance.drawn import DrawnMoney
from insek_core.rules.chance.ranges import Shape, bounds, obstacles, sample
from insek_core.rules.chance.risk import Risk, simulate
from insek_core.rules.money.funding import funding
from insek_core.rules.money.slip import splits
from insek_core.rules.rounding import round_half_up
from insek_core.rules.time.schedule import timetable

DRAWS = 100_000
LOW, LIKELY, HIGH = 15_000_000, 19_500_000, 26_000_000  # 150/195/260 T€ (RULES §1.10)


def spread(plan: Plan, *triples: tuple[int | None, int | None]) -> Plan:
    """The plan with low and high amounts on its items, in their order."""
    items = tuple(
        replace(i, low_cents=low, high_cents=high) for i, (low, high) in zip(plan.cost_items, triples, strict=True)
    )
    return replace(plan, cost_items=items)


def one(low: int | None = LOW, high: int | None = HIGH, **terms: Any) -> Plan:
    return spread(money((2015, LIKELY), **terms), (low, high))


def certain(plan: Plan) -> Plan:
    """The plan with no bounds on any amount."""
    return spread(plan, *((None, None) for _ in plan.cost_items))


def changed(plan: Plan, *texts: str) -> Plan:
    return apply(plan, [parse(text) for text in texts]).plan


def drawn(shape: Shape, low: int, likely: int, high: int, seed: int = 5) -> Any:
    cost = replace(item("K", likely), low_cents=low, high_cents=high)
    return sample(np.random.default_rng(seed), cost, DRAWS, shape)


def own(found: Risk) -> dict[int, int]:
    return found.own_share_cents


# closed forms


@pytest.mark.parametrize(
    "three", [(0, 0, 100_000), (0, 50_000, 100_000), (10_000, 90_000, 90_000), (LOW, LIKELY, HIGH)]
)
@pytest.mark.parametrize("shape", ["triangular", "pert"])
def test_the_mean_of_the_draws_is_that_of_the_distribution(shape: Shape, three: tuple[int, int, int]) -> None:
    found = drawn(shape, *three)
    low, likely, high = three
    mean = (low + likely + high) / 3 if shape == "triangular" else (low + 4 * likely + high) / 6
    assert abs(found.mean() - mean) <= 3 * found.std() / sqrt(DRAWS)
    assert low <= found.min() and found.max() <= high


def test_the_spread_of_the_triangular_is_that_of_the_distribution() -> None:
    a, c, b = LOW, LIKELY, HIGH
    variance = (a * a + b * b + c * c - a * b - a * c - b * c) / 18
    assert abs(drawn("triangular", a, c, b).var() / variance - 1) < 0.02


def test_the_mean_own_share_under_the_ceiling_is_75_757_58_and_not_that_of_the_mean_cost() -> None:
    found = simulate(one(), 1, DRAWS)
    assert abs(found.mean_own_share_cents - 7_575_758) <= 3 * found.standard_error_cents
    assert abs(found.mean_own_share_cents - 7_166_667) > 10 * found.standard_error_cents
    assert found.standard_error_cents < 10_000


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_percentiles_of_one_triangular_item_meet_its_inverse(seed: int) -> None:
    found = simulate(one(), seed, DRAWS)
    peak = (LIKELY - LOW) / (HIGH - LOW)
    for percent, cents in found.total_cents.items():
        p = percent / 100
        if p < peak:
            exact = LOW + sqrt(p * (HIGH - LOW) * (LIKELY - LOW))
            density = 2 * (exact - LOW) / ((HIGH - LOW) * (LIKELY - LOW))
        else:
            exact = HIGH - sqrt((1 - p) * (HIGH - LOW) * (HIGH - LIKELY))
            density = 2 * (HIGH - exact) / ((HIGH - LOW) * (HIGH - LIKELY))
        assert abs(cents - exact) <= 3 * sqrt(p * (1 - p) / DRAWS) / density


def test_the_own_share_rises_with_cost_so_its_percentiles_are_those_of_the_cost() -> None:
    found = simulate(one(), 1, DRAWS)
    for percent, total in found.total_cents.items():
        plan = one(None, None)
        plan = replace(plan, cost_items=(replace(plan.cost_items[0], amount_cents=total),))
        assert abs(own(found)[percent] - funding(plan).own_share.cents) <= 1


def test_without_a_ceiling_the_mean_own_share_is_a_third_of_the_mean_cost() -> None:
    found = simulate(one(cap=None), 1, DRAWS)
    assert abs(found.mean_own_share_cents - (LOW + LIKELY + HIGH) / 9) <= 3 * found.standard_error_cents


def test_independent_items_add_their_means_and_variances() -> None:
    plan = spread(money((2015, 500_000), (2016, 700_000), rate=0, cap=None), (400_000, 900_000), (600_000, 1_100_000))
    found = simulate(plan, 3, DRAWS)
    assert abs(found.mean_own_share_cents - (1_800_000 + 2_400_000) / 3) <= 3 * found.standard_error_cents
    parts = [(a * a + b * b + c * c - a * b - a * c - b * c) / 18 for a, c, b in map(bounds, plan.cost_items)]
    assert abs(found.standard_error_cents**2 * DRAWS / sum(parts) - 1) < 0.02


def test_the_probability_of_a_limit_meets_the_distribution(example: Plan) -> None:
    plan = replace(
        one(), budget_lines=tuple(replace(line, from_year=2015, to_year=2017) for line in example.budget_lines)
    )
    plan = replace(
        plan, budget_lines=plan.budget_lines[:2]
    )  # 180.000 − 120.000: own share at most 60.000, that is cost up to 180.000
    exact = (18_000_000 - LOW) ** 2 / ((HIGH - LOW) * (LIKELY - LOW))
    for held in simulate(plan, 1, DRAWS).held:
        assert held.limit_cents == 6_000_000
        assert abs(held.probability - exact) <= 3 * held.standard_error
        assert held.standard_error == pytest.approx(sqrt(held.probability * (1 - held.probability) / DRAWS))


# seeds


@pytest.mark.parametrize("shape", ["triangular", "pert"])
def test_the_same_seed_gives_the_same_figures_and_another_seed_others(example: Plan, shape: Shape) -> None:
    first, again, other = (simulate(example, seed, 2_000, shape) for seed in (1, 1, 2))
    assert first == again
    assert first.mean_own_share_cents != other.mean_own_share_cents and own(first) != own(other)
    assert first.tornado == other.tornado


def test_the_two_shapes_differ_and_the_example_rests_on_assumptions(example: Plan) -> None:
    triangular, pert = simulate(example, 1, 2_000), simulate(example, 1, 2_000, "pert")
    assert triangular.mean_own_share_cents > pert.mean_own_share_cents  # the high tails weigh more
    assert triangular.assumed and triangular.findings == () and (triangular.draws, triangular.seed) == (2_000, 1)


def test_percentiles_rise_and_lie_within_the_bounds(example: Plan) -> None:
    found = simulate(example, 4, 5_000)
    assert list(found.total_cents) == list(own(found)) == [10, 50, 80]
    assert sum(bounds(i)[0] for i in example.cost_items) <= found.total_cents[10]
    assert (
        found.total_cents[10]
        <= found.total_cents[50]
        <= found.total_cents[80]
        <= sum(bounds(i)[2] for i in example.cost_items)
    )
    assert own(found)[10] <= own(found)[50] <= own(found)[80]


# certain amounts


def test_without_bounds_the_risk_is_unknown_and_nothing_holds_for_sure(example: Plan) -> None:
    found = simulate(certain(example), 1, 500)
    assert found.draws == 0 and found.held == () and own(found) == {}
    assert [f.message for f in found.findings] == [
        "Das Risiko ist unbekannt: Zu keiner Kostenposition ist eingetragen, was sie mindestens und höchstens kostet."
    ]


def at(plan: Plan, factor: Fraction = Fraction(1)) -> DrawnMoney:
    """One draw in which every amount is the plan's, or so many times it."""
    amounts = {i.id: np.array([round_half_up((i.amount_cents or 0) * factor)]) for i in plan.cost_items}
    return DrawnMoney(plan, amounts, splits(plan, timetable(plan)))


def test_a_missing_or_crossed_bound_is_the_likely_amount() -> None:
    assert bounds(replace(item("K", 100), low_cents=None, high_cents=130)) == (100, 100, 130)
    assert bounds(replace(item("K", 100), low_cents=120, high_cents=90)) == (100, 100, 100)


@pytest.mark.parametrize(
    "changes",
    [
        (),
        ("cost=180000",),
        ("cost=+10%",),
        ("cap=none", "cost=+10%"),
        ("ineligible=15000",),
        ("rate=3/5",),
        ("rate=0",),
        ("type=festbetrag", "fixed=100000"),
        ("type=festbetrag", "cost=50000"),
        ("type=fehlbedarf", "own_fixed=70000"),
        ("type=fehlbedarf", "own_fixed=70000", "cost=60000"),
        ("type=voll",),
        ("type=voll", "cost=100000"),
        ("third_party_planned=15000",),
        ("type=fehlbedarf", "own_fixed=65000", "third_party_planned=15000"),
        ("cost=123456.78",),
    ],
)
def test_on_certain_amounts_the_own_share_is_total_less_grant_as_funding_has_it(
    changes: tuple[str, ...], example: Plan
) -> None:
    plan = changed(example, *changes)
    found, exact = at(plan), funding(plan)
    assert [*found.own(capped=True)] == [exact.own_share.value]
    assert [*found.own(capped=False)] == [exact.own_share_if_growing.value]
    assert [*found.total] == [exact.total.value]
    if not plan.funds:
        for capped, name in ((True, "own_share"), (False, "own_share_if_growing")):
            by_year = {year: int(cents[0]) for year, cents in found.own_by_year(capped=capped).items()}
            assert by_year == {y.year: getattr(y, name).value for y in exact.years}


# tornado


def test_the_example_swings_from_58_500_to_84_500_at_ten_percent(example: Plan) -> None:
    swings = {swing.name: swing for swing in simulate(example, 1, 10).tornado}
    whole = swings["Gesamtkosten ±10 %"]
    assert (whole.low_cents, whole.high_cents, whole.swing_cents) == (5_850_000, 8_450_000, 2_600_000)


def test_each_swing_is_one_item_at_a_time_computed_exactly_and_sorted(example: Plan) -> None:
    tornado = simulate(example, 1, 10).tornado
    assert [s.swing_cents for s in tornado] == sorted((s.swing_cents for s in tornado), reverse=True)
    assert len(tornado) == 13
    names = {swing.name: swing for swing in tornado}
    for cost in example.cost_items:
        ends = [
            funding(changed(example, f"cost:{cost.id}={cents // 100}")).own_share.value
            for cents in (cost.low_cents or 0, cost.high_cents or 0)
        ]
        assert [names[cost.name].low_cents, names[cost.name].high_cents] == ends


def test_equal_swings_are_told_in_the_order_of_their_names() -> None:
    plan = spread(money((2015, 100), (2015, 100), (2016, 100), rate=0, cap=None), (50, 200), (50, 200), (50, 200))
    plan = replace(plan, cost_items=tuple(reversed(plan.cost_items)))
    assert [s.name for s in simulate(plan, 1, 5).tornado] == ["K0", "K1", "K2", "Gesamtkosten ±10 %"]


def test_an_item_without_bounds_does_not_swing(example: Plan) -> None:
    some = certain(example)
    some = replace(some, cost_items=(example.cost_items[0], *some.cost_items[1:]))
    assert {s.name for s in simulate(some, 1, 5).tornado} == {example.cost_items[0].name, "Gesamtkosten ±10 %"}


# what cannot be computed


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan(), "Die Kosten sind nicht vollständig bekannt."),
        (money((2015, None)), "Die Kosten sind nicht vollständig bekannt."),
        (
            replace(money((2015, 5)), programmes=()),
            "Gerechnet wird mit Förderprogrammen, deren Bedingungen bekannt sind.",
        ),
        (
            money((2015, 5), rate=None),
            "Gerechnet wird mit Förderprogrammen, deren Bedingungen bekannt sind.",
        ),
        (
            money((2015, 5), financing="festbetrag"),
            "Gerechnet wird mit Förderprogrammen, deren Bedingungen bekannt sind.",
        ),
        (
            replace(money((2015, 5)), funds=(fund(3, planned=False),)),
            "Ungeplante oder unbekannte Drittmittel lassen sich nicht mitrechnen.",
        ),
        (
            replace(money((2015, 5)), funds=(fund(None),)),
            "Ungeplante oder unbekannte Drittmittel lassen sich nicht mitrechnen.",
        ),
    ],
)
def test_what_cannot_be_simulated_is_a_finding_with_its_reason(plan: Plan, words: str) -> None:
    found = simulate(plan, 1, 100)
    assert [(f.level, f.message) for f in found.findings] == [("error", words)]
    assert (found.draws, own(found), found.total_cents, found.tornado, found.held) == (0, {}, {}, (), ())


@pytest.mark.parametrize("draws", [0, -5])
def test_at_least_one_draw_is_needed(example: Plan, draws: int) -> None:
    assert [f.level for f in simulate(example, 1, draws).findings] == ["error"]


def test_one_draw_has_no_standard_error(example: Plan) -> None:
    found = simulate(example, 1, 1)
    assert found.standard_error_cents == 0.0 and len(set(own(found).values())) == 1


def test_a_plan_that_can_be_simulated_has_no_obstacles(example: Plan) -> None:
    assert obstacles(example) == ()
    assert obstacles(replace(one(), funding_bases=(basis("K0", Fraction(1, 2)),))) == ()
