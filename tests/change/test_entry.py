"""Quick entry: a few German texts make a whole record with what belongs to it; what is no value is told."""

from fractions import Fraction

import pytest
from small import programme, task, work

from insek_core.change.entry import AFTER, FIELDS, PREFIX, with_entry
from insek_core.plan import TABLES, Plan
from insek_core.plan.record import columns_of
from insek_core.rules.structure import structure


def test_a_cost_counts_for_the_only_programme_and_says_that_this_is_assumed() -> None:
    texts = {"name": "Gutachten", "year": "2025", "amount_cents": "12.000,50"}
    plan, record, findings = with_entry(Plan(programmes=(programme(),)), "cost_items", texts)
    assert plan and not findings and record == "KO-1"
    assert plan.cost_items[0].amount_cents == 12_000_50 and plan.cost_items[0].evidence == "stated"
    base = plan.funding_bases[0]
    assert (base.cost_item, base.programme, base.eligible_share, base.evidence) == (
        "KO-1",
        "FP",
        Fraction(1),
        "assumed",
    )
    assert structure(plan) == ()


def test_a_cost_among_several_programmes_counts_for_none_by_itself() -> None:
    two = Plan(programmes=(programme(), programme(id="FP2")))
    plan, _, _ = with_entry(two, "cost_items", {"name": "Gutachten"})
    assert plan and plan.cost_items[0].amount_cents is None and not plan.funding_bases


def test_a_step_waits_for_the_one_before_and_without_days_is_a_milestone() -> None:
    plan, record, _ = with_entry(
        work([task("a")], []), "tasks", {"name": "Danach", "phase": "P", "duration_days": "20", AFTER: "a"}
    )
    assert plan and plan.links[0].predecessor == "a" and plan.links[0].successor == record
    assert plan.tasks[-1].kind == "Arbeitsschritt"
    plan, _, _ = with_entry(plan, "tasks", {"name": "Beschluss", "constraint_on": "30.06.2026"})
    assert plan and (plan.tasks[-1].kind, plan.tasks[-1].constraint) == ("Meilenstein", "nicht früher als")


@pytest.mark.parametrize(
    ("table", "texts", "field"),
    [
        ("cost_items", {"name": "X", "amount_cents": "zwölf"}, "amount_cents"),
        ("cost_items", {"amount_cents": "12"}, "name"),
        ("programmes", {"name": "P", "financing": "Anteilfinanzierung", "rate_share": "80"}, "rate_share"),
        ("meetings", {"body": "G", "when": "irgendwann mal"}, "when"),
    ],
)
def test_what_is_no_value_is_told_at_its_field(table: str, texts: dict[str, str], field: str) -> None:
    plan, record, findings = with_entry(Plan(), table, texts)
    assert plan is None and record == "" and field in {found.field for found in findings}


def test_ids_are_counted_and_never_repeat() -> None:
    plan = Plan()
    for _ in range(3):
        plan, _, _ = with_entry(plan, "goals", {"name": "Ziel", "kind": "Ziel"})  # type: ignore[assignment]
    assert [goal.id for goal in plan.goals] == ["Z-1", "Z-2", "Z-3"]


def test_every_field_asked_is_a_column_and_every_table_has_a_prefix_of_its_own() -> None:
    assert set(FIELDS) == set(PREFIX) and len(set(PREFIX.values())) == len(PREFIX)
    for table, names in FIELDS.items():
        columns = {column.name: column for column in columns_of(TABLES[table])}
        required = {name for name, column in columns.items() if column.required} - {"id", "evidence"}
        assert set(names) <= set(columns) and required <= set(names), table
