"""One value in, one value out: a change is told the same when it is tried and when it is saved, in whatever order its
parts
come, and every engine of money gives the same cents.
"""

import os
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from changes import any_change, any_edit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plans import days, plans
from small import TODAY

from insek_core.change.consequences import consequences
from insek_core.change.repair import repair
from insek_core.change.scenario import Change, apply, parse
from insek_core.plan import Plan
from insek_core.rules.assessment import assess
from insek_core.rules.chance.drawn import DrawnMoney
from insek_core.rules.chance.ranges import computable
from insek_core.rules.money.filed import as_filed
from insek_core.rules.money.funding import funding
from insek_core.rules.money.slip import splits
from insek_core.rules.structure import structure
from insek_core.rules.time.schedule import timetable
from insek_core.storage.store import Store


def changes_of(dice: Random, plan: Plan, most: int = 4) -> list[Change]:
    return [parse(any_change(dice, plan)) for _ in range(dice.randint(1, most))]


SEEDS = 450 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 120


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, example: Plan) -> Store:
    path: Path = tmp_path_factory.mktemp("ein-wert") / "insek.sqlite"
    return Store.create(path, example, author="Test", reason="Beispiel")


def saved(store: Store, plan: Plan) -> Plan:
    """The plan as it comes back once it is a version."""
    return store.load(store.save(plan, based_on=store.head.number, author="Test", reason="Variante").number)


def test_a_change_is_told_the_same_when_tried_and_when_saved(store: Store, example: Plan) -> None:
    told, bare = 0, assess(example, (), TODAY)
    for seed in range(SEEDS):
        dice = Random(seed)
        base = any_edit(dice, example) if dice.random() < 0.3 else example
        before = bare if base is example else assess(base, (), TODAY)
        changed = apply(base, changes_of(dice, base)).plan
        if structure(changed):
            continue
        told += 1
        tried = consequences(before, assess(changed, (), TODAY))
        assert consequences(before, assess(saved(store, changed), (), TODAY)) == tried, seed
    assert told > SEEDS * 0.85


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plan=plans(), today=days, seed=st.integers(0, 9999))
def test_a_change_of_any_plan_is_told_the_same_when_it_is_saved(
    plan: Plan, today: Any, seed: int, store: Store
) -> None:
    dice, wanted = Random(seed), []
    for _ in range(3):
        with suppress(IndexError):  # the plan has nothing this change could aim at
            wanted.append(parse(any_change(dice, plan)))
    changed = apply(plan, wanted).plan
    before, tried = assess(plan, (), today), assess(changed, (), today)
    again = changed if structure(changed) else saved(store, changed)
    assert consequences(before, assess(again, (), today)) == consequences(before, tried)


def test_the_order_of_changes_does_not_matter_or_is_refused_by_name(example: Plan) -> None:
    for seed in range(300):
        dice = Random(1000 + seed)
        wanted = changes_of(dice, example, 5)
        done = apply(example, wanted)
        for _ in range(3):
            dice.shuffle(wanted)
            again = apply(example, wanted)
            assert again.plan == done.plan and again.changes == done.changes, [c.text for c in wanted]
            assert set(again.findings) == set(done.findings)
        left = {change.text for change in wanted} - {change.text for change in done.changes}
        assert left <= {finding.record for finding in done.findings}, "what is not made is named"


def test_what_is_filed_stays_through_any_changes_and_a_second_filing_changes_nothing(example: Plan) -> None:
    spans = {row.id: (row.filed_start_on, row.filed_end_on) for row in (*example.cost_items, *example.staff_days)}
    for seed in range(60):
        plan = apply(example, changes_of(Random(seed), example)).plan
        for row in (*plan.cost_items, *plan.staff_days):
            assert (row.filed_start_on, row.filed_end_on) == spans[row.id]
        assert as_filed(plan) == plan


def test_exact_simulated_and_solved_money_are_the_same_to_the_cent(example: Plan) -> None:
    compared = solved = 0
    for seed in range(300):
        dice = Random(5000 + seed)
        plan = apply(example, changes_of(dice, example)).plan
        if computable(plan):
            continue
        compared += 1
        exact = funding(plan)
        assert exact.total.cents == exact.grant.cents + exact.third_party.cents + exact.own_share.cents
        amounts = {item.id: np.array([item.amount_cents]) for item in plan.cost_items}
        drawn = DrawnMoney(plan, amounts, splits(plan, timetable(plan)))
        assert [*drawn.own(capped=True), *drawn.own(capped=False)] == [
            exact.own_share.value,
            exact.own_share_if_growing.value,
        ], seed
        if seed % 5 == 0 and exact.own_share.cents > 0:
            solved += 1
            impossible = repair(plan, "own_share", -(10**9), [item.id for item in plan.cost_items[:2]])
            least = funding(apply(plan, [parse(f"drop={item.id}") for item in plan.cost_items[:2]]).plan)
            several = [funding(apply(plan, [parse(f"drop={i.id}")]).plan) for i in plan.cost_items[:2]]
            lowest = min(found.own_share.cents for found in (exact, least, *several))
            assert impossible.proof.endswith(f"sind es noch {_shown(lowest)}."), (seed, impossible.proof)
    assert compared > 150 and solved > 15


def _shown(cents: int) -> str:
    from insek_core.plan.german import show_euro

    return show_euro(cents)
