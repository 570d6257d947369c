"""Three levels are kept apart: in the budget, still to register, whole; each gap is told against its own."""

from dataclasses import replace
from typing import Any

from small import PAPER, line

from insek_core.plan import Plan
from insek_core.plan.finance import Transfer
from insek_core.rules.money.budget import Budget, Level, budget
from insek_core.rules.money.funding import funding


def found(plan: Plan) -> Budget:
    return budget(plan, funding(plan))


def cents(level: Level) -> list[Any]:
    return [figure.value for figure in level.figures]


def test_the_paper_2015_2016_is_120_plus_60_and_2017_is_10_plus_5(example: Plan) -> None:
    result = found(example)
    assert cents(result.approved) == [18_000_000, 12_000_000, 6_000_000]
    assert cents(result.to_register) == [1_500_000, 1_000_000, 500_000]
    assert cents(result.whole) == [19_500_000, 13_000_000, 6_500_000]
    assert [(span.years, span.approved, cents(span.line)) for span in result.spans] == [
        ("2015/2016", True, [18_000_000, 12_000_000, 6_000_000]),
        ("2017", False, [1_500_000, 1_000_000, 500_000]),
    ]


def test_in_the_budget_and_to_register_add_up_to_the_whole(example: Plan) -> None:
    for plan in (example, PAPER):
        result = found(plan)
        assert [a + b for a, b in zip(cents(result.approved), cents(result.to_register), strict=True)] == cents(
            result.whole
        )


def test_a_line_may_span_years_and_is_not_split() -> None:
    assert [span.years for span in found(PAPER).spans] == ["2015/2016"]
    assert cents(found(PAPER).spans[0].gap) == [0, 0, 0]


def test_each_gap_is_told_against_its_own_level() -> None:
    dearer = replace(PAPER, cost_items=(replace(PAPER.cost_items[0], amount_cents=10_000_000), *PAPER.cost_items[1:]))
    gap = found(dearer).spans[0].gap
    assert cents(gap) == [1_000_000, 666_667, 333_333]


def test_the_own_share_is_the_balance_and_unknown_without_one_side() -> None:
    plan = replace(PAPER, budget_lines=(line("Aufwand", 18_000_000),))
    assert cents(found(plan).approved) == [18_000_000, None, None]


def test_an_unknown_amount_makes_its_line_unknown_not_zero() -> None:
    plan = replace(PAPER, budget_lines=(line("Aufwand", None), line("Ertrag", 12_000_000)))
    assert cents(found(plan).approved) == [None, 12_000_000, None]


def test_only_transfers_that_are_done_count() -> None:
    moved = [
        Transfer(id=f"T{n}", amount_cents=100, done_on=day, evidence="stated") for n, day in enumerate((None, None))
    ]
    assert found(replace(PAPER, transfers=tuple(moved))).moved_cents.value == 0


def test_a_plan_without_lines_has_no_spans_and_nothing_known_to_register() -> None:
    result = found(replace(PAPER, budget_lines=()))
    assert result.spans == () and cents(result.to_register) == [None, None, None]
