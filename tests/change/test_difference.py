"""What differs is told cell by cell, and merging loses no edit."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from plans import edited, plans
from small import item

from insek_core.change.difference import Difference, Merge, apply_edits, differences, merge
from insek_core.plan import TABLES, Plan
from insek_core.plan.process import Phase
from insek_core.plan.values import parse_fuzzy

small = plans(most_rows=2, most_columns=2)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Plan, Plan]:
    base = draw(small)
    return base, draw(edited(base))


@st.composite
def triples(draw: st.DrawFn) -> tuple[Plan, Plan, Plan]:
    base = draw(small)
    return base, draw(edited(base)), draw(edited(base))


def cell(edit: Difference, plan: Plan) -> Any:
    """What the plan holds where the edit was made: a row, a cell, or nothing."""
    row = next((row for row in plan.rows(edit.table) if row.id == edit.record), None)
    return row if not edit.field or row is None else getattr(row, edit.field)


def holds(edit: Difference, plan: Plan) -> bool:
    return cell(edit, plan) == (None if edit.kind == "removed" else edit.new)


def test_a_plan_does_not_differ_from_itself(example: Plan) -> None:
    assert differences(example, example) == ()


def test_each_kind_of_edit_is_told_in_german() -> None:
    before = Plan(cost_items=(item("K1", 1_200_000), item("K2", 5)))
    after = Plan(cost_items=(replace(item("K1", 1_500_000), year=None), item("K3", 7)))
    assert [edit.sentence().replace("\xa0", " ") for edit in differences(before, after)] == [
        "Kostenpositionen · K2 (K2): entfernt",
        "Kostenpositionen · K1 (K1): Jahr 2015 → leer",
        "Kostenpositionen · K1 (K1): Betrag 12.000 € → 15.000 €",
        "Kostenpositionen · K3 (K3): neu",
    ]


def test_moved_bounds_of_the_same_words_are_visible() -> None:
    before, after = (
        Plan(phases=(Phase(id="P", name="P", begin=parse_fuzzy(w), evidence="stated"),))
        for w in ("Herbst 2015", "Herbst 2015 [21.09.2015..20.12.2015]")
    )
    assert (
        differences(before, after)[0].sentence()
        == "Phasen · P (P): Beginn Herbst 2015 → Herbst 2015 [21.09.2015..20.12.2015]"
    )


def test_the_order_of_rows_is_no_difference() -> None:
    one, other = item("K1", 1), item("K2", 2)
    assert differences(Plan(cost_items=(one, other)), Plan(cost_items=(other, one))) == ()


@settings(max_examples=30)
@given(pairs())
def test_applied_differences_leave_none(pair: tuple[Plan, Plan]) -> None:
    before, after = pair
    assert differences(apply_edits(before, differences(before, after)), after) == ()
    assert differences(apply_edits(after, differences(after, before)), before) == ()


@settings(max_examples=30)
@given(pairs())
def test_every_difference_has_a_sentence(pair: tuple[Plan, Plan]) -> None:
    for edit in differences(*pair):
        assert edit.sentence().startswith(TABLES[edit.table].sheet) and edit.place == (
            edit.table,
            edit.record,
            edit.field,
        )


@settings(max_examples=40)
@given(triples())
def test_merging_loses_no_edit_of_either_side(triple: tuple[Plan, Plan, Plan]) -> None:
    base, mine, theirs = triple
    found = merge(base, mine, theirs)
    met = [pair[0] for pair in found.conflicts]
    for edit in differences(base, mine):
        assert holds(edit, found.plan) or edit in met, edit
    for edit in differences(base, theirs):
        assert holds(edit, found.plan), edit
    assert all(holds(other, found.plan) for _, other in found.conflicts)


@settings(max_examples=30)
@given(triples())
def test_merging_invents_nothing(triple: tuple[Plan, Plan, Plan]) -> None:
    base, mine, theirs = triple
    told = {*(edit.place for edit in differences(base, mine)), *(edit.place for edit in differences(base, theirs))}
    rows = {place[:2] for place in told}
    assert all(edit.place[:2] in rows for edit in differences(base, merge(base, mine, theirs).plan))


@settings(max_examples=20)
@given(pairs())
def test_merging_with_an_unchanged_side_gives_the_other(pair: tuple[Plan, Plan]) -> None:
    base, other = pair
    assert differences(merge(base, base, other).plan, other) == () == differences(merge(base, other, base).plan, other)
    assert merge(base, other, other).conflicts == ()


def test_two_edits_of_one_cell_are_a_conflict_and_of_two_cells_none() -> None:
    base = Plan(cost_items=(item("K", 1),))
    mine, theirs, year = (Plan(cost_items=(row,)) for row in (item("K", 2), item("K", 3), item("K", 1, 2016)))
    clash = merge(base, mine, theirs)
    assert clash.plan == theirs and [(a.new, b.new) for a, b in clash.conflicts] == [(2, 3)]
    assert merge(base, mine, year) == Merge(Plan(cost_items=(item("K", 2, 2016),)), ())


def test_an_edit_of_a_row_the_other_side_removed_is_a_conflict() -> None:
    base, mine = Plan(cost_items=(item("K", 1),)), Plan(cost_items=(item("K", 2),))
    assert [(a.kind, b.kind) for a, b in merge(base, mine, Plan()).conflicts] == [("changed", "removed")]
    assert [(a.kind, b.kind) for a, b in merge(base, Plan(), mine).conflicts] == [("removed", "changed")]
