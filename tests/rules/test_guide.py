"""The guided order: what is there, and what each screen still needs."""

from small import item, programme, work

from insek_core.plan import TABLES, Plan
from insek_core.rules.guide import NEEDS, ORDER, guide, next_step
from insek_core.storage.embedded import example_plan


def test_an_empty_plan_needs_every_step_and_begins_with_the_money() -> None:
    steps = guide(Plan())
    assert [step.title for step in steps] == ["Kosten und Förderung", "Schritte", "Gremien", "Ziele", "Orte"]
    assert not any(step.done for step in steps) and next_step(steps) is steps[0]
    assert ("Haushalt & Förderung", "Kostenpositionen fehlen") in steps[0].missing


def test_what_is_there_is_counted_and_its_gaps_are_told_with_their_screen() -> None:
    plan = Plan(programmes=(programme(rate=None),), cost_items=(item("K", None), item("L", 5)))
    money = guide(plan)[0]
    assert money.held == ("1 Förderprogramm", "2 Kostenpositionen")
    assert ("Haushalt & Förderung", "Beträge und Jahre der Kosten fehlen bei 1 Position") in money.missing
    assert ("Haushalt & Förderung", "Angaben zum Fördersatz fehlen bei 1 Programm") in money.missing


def test_an_example_is_complete_in_money_steps_and_places() -> None:
    assert [step.done for step in guide(example_plan("musterstadt"))] == [True] * 5
    assert not guide(work([], []))[1].done


def test_the_order_names_tables_and_screens_that_there_are() -> None:
    from pages.shell.screens import SCREENS

    assert {table for _, tables in ORDER for table in tables} <= set(TABLES)
    assert {screen for _, screen, *_ in NEEDS} <= {title for _, title, *_ in SCREENS}
