"""Kept scenarios: read back as they were, never overwritten, put away and back again."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from insek_core.change.scenario import Change, apply, parse_all, words
from insek_core.change.variants import active, changes_of, free_name, keep, set_aside
from insek_core.plan import Plan
from insek_core.plan.codec import digest, with_row
from insek_core.rules.structure import structure
from insek_core.storage.store import Store

TEXTS = ("delay:K1=60", "cost:Moderation von Veranstaltungen=+20%", "drop=F6", "cap=none", "cost=210000.05", "rate=3/5", "type=festbetrag", "ineligible=15000",
         "provisional:HS-2=2017-05-01", "longer:P2=90", "year:KO-09=2017", "freeze:HS-1=1/4")  # fmt: skip


def changes(*texts: str) -> tuple[Change, ...]:
    found, unread = parse_all(texts)
    assert unread == ()
    return found


def kept(plan: Plan, name: str, *texts: str, author: str = "Frau A") -> tuple[Plan, str]:
    after, scenario = keep(plan, name, author, "weil gefragt wurde", 1, changes(*texts))
    return after, scenario.id


def test_a_kept_scenario_is_read_back_with_its_changes_in_order(example: Plan) -> None:
    plan, key = kept(example, "Später und teurer", *TEXTS)
    assert changes_of(plan, key) == (changes(*TEXTS), ())
    (scenario,) = plan.scenarios
    assert (scenario.name, scenario.author, scenario.reason, scenario.plan_version, scenario.archived_on) == (
        "Später und teurer",
        "Frau A",
        "weil gefragt wurde",
        1,
        None,
    )
    assert structure(plan) == ()


def test_each_kept_change_is_noted_in_words(example: Plan) -> None:
    plan, _ = kept(example, "Variante", *TEXTS)
    assert [row.note for row in plan.changes] == [words(example, change) for change in changes(*TEXTS)]
    assert [row.position for row in plan.changes] == list(range(1, len(TEXTS) + 1))


def test_keeping_a_scenario_changes_nothing_else(example: Plan) -> None:
    plan, _ = kept(example, "Variante", "cost=+10%")
    assert replace(plan, scenarios=(), changes=()) == example and example.scenarios == ()


def test_the_order_is_that_of_the_positions_not_of_the_rows(example: Plan) -> None:
    plan, key = kept(example, "Variante", *TEXTS)
    mixed = replace(plan, changes=tuple(reversed(plan.changes)))
    assert changes_of(mixed, key)[0] == changes(*TEXTS)


def test_two_people_keeping_one_name_both_keep_theirs(example: Plan) -> None:
    plan, first = kept(example, "Sparen", "cost=-10%")
    plan, second = kept(plan, "Sparen", "drop=F6", author="Herr B")
    plan, third = kept(plan, "Sparen", "cap=none")
    assert [s.name for s in plan.scenarios] == ["Sparen", "Sparen (2)", "Sparen (3)"]
    assert len({first, second, third}) == 3
    found = [[c.text for c in changes_of(plan, key)[0]] for key in (first, second, third)]
    assert found == [["cost=-10%"], ["drop=F6"], ["cap=none"]]


def test_a_free_name_stays_and_a_numbered_one_is_skipped(example: Plan) -> None:
    plan, _ = kept(example, "A (2)", "cap=none")
    assert free_name(plan, "A") == "A"
    plan, _ = kept(plan, "A", "cap=none")
    assert free_name(plan, "A") == "A (3)" and free_name(plan, "A (2)") == "A (2) (2)"


def test_an_archived_scenario_keeps_its_changes_its_name_and_its_id(example: Plan) -> None:
    plan, first = kept(example, "Sparen", "cost=-10%")
    plan = set_aside(plan, first, date(2015, 7, 1))
    assert active(plan) == () and plan.scenarios[0].archived_on == date(2015, 7, 1)
    assert changes_of(plan, first)[0] == changes("cost=-10%")
    plan, second = kept(plan, "Sparen", "drop=F6")
    assert second != first and [s.name for s in active(plan)] == ["Sparen (2)"]


def test_what_was_archived_comes_back_as_it_was(example: Plan) -> None:
    plan, key = kept(example, "Sparen", "cost=-10%")
    assert set_aside(set_aside(plan, key, date(2015, 7, 1)), key, None) == plan


def test_active_scenarios_come_in_the_order_they_were_kept(example: Plan) -> None:
    plan = example
    for name in ("C", "A", "B"):
        plan, _ = kept(plan, name, "cap=none")
    assert [s.name for s in active(plan)] == ["C", "A", "B"]


def test_ids_go_on_after_the_highest_one(example: Plan) -> None:
    plan, key = kept(example, "A", "cap=none")
    assert key == "VAR-01"
    plan = with_row(plan, "scenarios", replace(plan.scenarios[0], id="VAR-41", name="B"))
    assert kept(plan, "C", "cap=none")[1] == "VAR-42"


def test_a_row_that_states_no_change_is_a_finding_and_the_others_hold(example: Plan) -> None:
    plan, key = kept(example, "A", "cap=none", "rate=3/5")
    plan = with_row(plan, "changes", replace(plan.changes[0], new="viel"))
    found, findings = changes_of(plan, key)
    assert found == changes("rate=3/5")
    assert [(f.level, f.message) for f in findings] == [("error", "„viel“ ist kein Betrag.")]


def test_a_scenario_without_changes_is_the_plan(example: Plan) -> None:
    plan, key = kept(example, "wie geplant")
    assert changes_of(plan, key) == ((), ()) and apply(plan, changes_of(plan, key)[0]).plan is plan
    assert changes_of(plan, "VAR-99") == ((), ())


@pytest.mark.parametrize("archived", [False, True])
def test_a_scenario_survives_saving_and_loading(db: Path, archived: bool) -> None:
    store = Store(db)
    plan, key = kept(store.load(), "Später und teurer", *TEXTS)
    plan = set_aside(plan, key, date(2015, 7, 1)) if archived else plan
    version = store.save(plan, based_on=store.head.number, author="Frau A", reason="Variante behalten")
    store.close()
    again = Store(db)
    for loaded in (again.load(), again.load(version.number)):
        assert digest(loaded) == digest(plan)
        assert changes_of(loaded, key) == (changes(*TEXTS), ())
        assert len(active(loaded)) == (0 if archived else 1)
        assert apply(loaded, changes(*TEXTS)).changes == apply(plan, changes(*TEXTS)).changes
    again.close()
