"""A round of judging: what it goes through, what each act does, what cannot be, how it ends."""

from dataclasses import replace
from datetime import date

import pytest
from small import body, goal, serves

from insek_core.change.edits.options import less
from insek_core.change.review import Said, begin, confirm, end, give, move_on, settle
from insek_core.change.sealing import sealed
from insek_core.change.since import changed_since, since_words
from insek_core.papers.minutes import minutes_text
from insek_core.plan import Plan
from insek_core.plan.content import Measure, SectorPlan
from insek_core.plan.errors import Unreadable
from insek_core.plan.process import Membership, Organisation
from insek_core.plan.values import Fuzzy, parse_fuzzy
from insek_core.rules.checks import new_errors
from insek_core.rules.goals.gaps import gaps
from insek_core.rules.goals.minutes import agenda_sentence, suspect_sentence
from insek_core.rules.goals.review import contested, last_review, open_review, open_work, to_settle
from insek_core.rules.goals.system import goal_system
from insek_core.rules.goals.wording import suspect
from insek_core.rules.people.departments import scope
from insek_core.rules.structure import structure

DAY = date(2026, 3, 2)
BARE = Plan(
    organisations=tuple(Organisation(id=i, name=f"Amt {i}", evidence="stated") for i in ("A", "B")),
    goals=(goal("Z1"), goal("Z2")),
    sector_plans=(SectorPlan(id="FT", name="Wohnen", kind="Fachteil", lead="A", evidence="stated"),),
    measures=(Measure(id="M", name="Hof", owner="B", evidence="stated"),),
    contributions=(serves("FT", "Z1", 2, "assumed"), serves("M", "Z1", None), serves("M", "Z2", 1)),
)
PLAN = sealed(Plan(), BARE)


def begun(plan: Plan = PLAN) -> Plan:
    return begin(plan, name="Runde", offices=("A", "B"), on=DAY, version=4)


def judged(plan: Plan, office: str, weight: int, cell: str = "M>Z1", kind: str = "Bewertung") -> Plan:
    return give(plan, "BR-1", cell, kind, Said(office=office, weight=weight, reason="weil"), DAY)


def refused(words: str):
    return pytest.raises(Unreadable, match=words)


def test_a_round_goes_through_changes_then_contested_then_to_check_then_open_and_each_cell_once() -> None:
    plan = sealed(PLAN, replace(PLAN, measures=(replace(PLAN.measures[0], name="Höfe"),)))
    plan = judged(judged(begun(plan), "A", 2, "FT>Z1"), "B", -1, "FT>Z1")
    items = [(item.contribution.id, item.why) for item in to_settle(plan, ())]
    assert items == [("FT>Z1", "strittig"), ("M>Z2", "zu prüfen"), ("M>Z1", "nicht bewertet")]
    assert to_settle(plan, {"M>Z2"})[0].why == "seit der letzten Runde geändert"
    assert agenda_sentence(to_settle(plan, ())).text == (
        "Zu klären: 3 Zielbeiträge, davon 1 strittig, 1 zu prüfen und 1 nicht bewertet."
    )
    told = suspect_sentence(plan)
    assert told and told.text.startswith("↻ 1 Bewertung ist zu prüfen:") and suspect_sentence(PLAN) is None


def test_areas_that_judge_alike_are_not_contested_and_of_one_area_the_last_word_stands() -> None:
    plan = judged(judged(begun(), "A", 2), "B", 2)
    assert contested(plan) == ()
    assert [c.id for c in contested(judged(plan, "B", 1))] == ["M>Z1"]
    assert contested(judged(judged(plan, "B", 1), "B", 2)) == ()
    assert contested(judged(begun(), "A", 3, kind="Vorschlag")) == (), "a proposal contests nothing"
    assert [c.id for c in contested(judged(begun(), "A", 3, "FT>Z1"))] == ["FT>Z1"], "another weight stands"


def test_agreement_sets_the_weight_and_settles_what_was_said_but_a_dissent_stays() -> None:
    plan = judged(judged(begun(), "A", 2), "B", -1)
    plan = give(plan, "BR-1", "M>Z1", "abweichende Auffassung", Said(office="B", reason="zu teuer"), DAY)
    plan = settle(plan, "BR-1", "M>Z1", Said(weight=1, reason="auf Probe"), DAY)
    cell = plan.contributions[1]
    assert (cell.weight, cell.reason, cell.judged_by, cell.judged_on) == (1, "auf Probe", "Amt A", DAY), (
        "B does not share it"
    )
    assert cell.evidence_of("weight") == "stated" and "Bewertungsrunde Runde (02.03.2026)" in cell.origin_of("weight")
    assert [row.settled_on for row in plan.judgements] == [DAY, DAY, None]
    assert [c.id for c in contested(plan)] == ["M>Z1"], "the dissent of B"
    assert contested(judged(plan, "B", 1)) == (), "B gives it up"
    assert structure(plan) == () and new_errors(PLAN, plan) == ()


def test_confirming_keeps_the_weight_and_takes_the_new_words() -> None:
    plan = sealed(PLAN, replace(PLAN, goals=(replace(PLAN.goals[0], name="Neu"), PLAN.goals[1])))
    assert [c.id for c in suspect(plan)] == ["FT>Z1"]
    after = confirm(begun(plan), "BR-1", "FT>Z1", DAY)
    assert suspect(sealed(plan, after)) == () and after.contributions[0].weight == 2
    assert after.contributions[0].evidence_of("weight") == "stated", "confirmed is no assumption any more"
    assert after.contributions[0].judged_by == "Runde"


def test_what_a_round_judged_is_no_example_any_more_and_goes_only_with_what_it_is_of() -> None:
    row = replace(PLAN.contributions[0], note="Beispielannahme")
    plan = settle(begun(replace(PLAN, contributions=(row,))), "BR-1", row.id, Said(weight=1), DAY)
    assert plan.contributions[0].note == ""
    plan = move_on(judged(plan, "A", 2, row.id), "BR-1", row.id)
    left = less(plan, ["FT"])
    assert (left.contributions, left.judgements, left.reviews[0].seen) == ((), (), ()) and structure(left) == ()


def test_without_areas_named_those_of_the_body_judge() -> None:
    rows = tuple(Membership(id=f"MG-{i}", body="G", organisation=i, evidence="stated") for i in ("B", "P"))
    person = Organisation(id="P", name="Amtsleitung", kind="Amtsträger", evidence="stated")
    plan = replace(PLAN, bodies=(body(),), memberships=rows, organisations=(*PLAN.organisations, person))
    plan = begin(plan, name="Runde", body="G", on=DAY, version=1)
    assert plan.reviews[0].offices == ("B",), "areas, no persons"
    with refused("Bereich fehlt"):
        judged(plan, "P", 1)


def test_the_place_of_a_round_is_kept_in_the_plan() -> None:
    plan = move_on(move_on(begun(), "BR-1", "M>Z1"), "BR-1", "FT>Z1")
    assert plan.reviews[0].seen == ("M>Z1", "FT>Z1")
    assert move_on(plan, "BR-1", "M>Z1").reviews[0].seen == ("FT>Z1", "M>Z1"), "once more: it is the last one"


def test_what_cannot_be_is_said_in_german_and_changes_nothing() -> None:
    plan = begun()
    with refused("noch nicht beendet"):
        begun(plan)
    with refused("keinen Namen"):
        begin(PLAN, name=" ", on=DAY, version=1)
    with refused("Bereich fehlt"):
        judged(plan, "", 1)
    with refused("Gewicht fehlt"):
        give(plan, "BR-1", "M>Z1", "Bewertung", Said(office="A"), DAY)
    with refused("keine Begründung"):
        give(plan, "BR-1", "M>Z1", "abweichende Auffassung", Said(office="A"), DAY)
    with refused("keine Art"):
        judged(plan, "A", 1, kind="Laune")
    with refused("gibt es nicht mehr"):
        judged(plan, "A", 1, "weg")
    with refused("Gewicht fehlt"):
        settle(plan, "BR-1", "M>Z1", Said(weight=4), DAY)
    with refused("nicht bestätigen"):
        confirm(plan, "BR-1", "M>Z1", DAY)
    with refused("gibt es nicht"):
        move_on(plan, "Z1", "M>Z1")
    with refused("liegt vor dem"):
        end(plan, "BR-1", (), Fuzzy.on(date(2026, 1, 1)), on=DAY, version=5)
    over = end(plan, "BR-1", (), None, on=DAY, version=5)
    with refused("ist beendet"):
        move_on(over, "BR-1", "M>Z1")


def test_work_left_is_told_office_by_office_and_a_role_where_no_office_is_named() -> None:
    work = open_work(PLAN, gaps(PLAN, goal_system(PLAN).ladders))
    found = {(item.office, item.work): item for item in work}
    assert found["B", "nicht bewertet"].words == ("Hof → Z1",)
    assert found["B", "Nachweis fehlt"].concerns == ("Z2",), "the money of its measure"
    assert {item.whom for item in work if not item.office} == {
        "Statistikstelle mit Fachamt",
        "federführende Ämter",
        "federführendes Fachamt",
        "federführendes Fachamt mit Kämmerei",
    }
    assert open_work(PLAN, (), ()) == ()


def test_a_round_ends_with_minutes_and_work_for_the_offices_as_records() -> None:
    plan = judged(judged(begun(), "A", 2), "B", -1)
    plan = give(plan, "BR-1", "M>Z1", "abweichende Auffassung", Said(office="B", reason="zu teuer"), DAY)
    plan = move_on(move_on(plan, "BR-1", "M>Z1"), "BR-1", "FT>Z1")
    work = open_work(plan, gaps(plan, goal_system(plan).ladders), ("nicht bewertet", "strittig"))
    over = end(plan, "BR-1", work, parse_fuzzy("30.04.2026"), on=DAY, version=9)
    review = over.reviews[0]
    assert (review.ended_on, review.plan_version, review.ended_version) == (DAY, 4, 9)
    assert open_review(over) is None and last_review(over) == review
    assert review.minutes.splitlines() == [
        "Protokoll: Runde",
        "Bereiche: Amt A, Amt B",
        "Begonnen 02.03.2026, beendet 02.03.2026; Planstand Version 4 bis 9",
        "Behandelt: 2 Zielbeiträge",
        "1. Hof → Z1: nicht bewertet",
        "   Amt A: Bewertung +2 (weil)",
        "   Amt B: Bewertung −1 (weil)",
        "   Amt B: abweichende Auffassung offen (zu teuer)",
        "2. Wohnen → Z1: Gewicht +2 [Annahme]",
        "Arbeitsaufträge:",
        "- Amt B: 1 Zielbeitrag bewerten: Hof → Z1. Frist: 30.04.2026",
        "- Amt B: 1 strittigen Zielbeitrag klären: Hof → Z1. Frist: 30.04.2026",
    ]
    assert [(row.office, row.given_by, row.concerns) for row in over.assignments] == [("B", "BR-1", ("M>Z1",))] * 2
    assert structure(over) == () and new_errors(PLAN, over) == ()
    assert (scope(over, "B").assignments, len(scope(over, "A").judgements)) == (over.assignments, 1), "to take along"
    printed = minutes_text(over, review, 9, DAY)
    assert "Stichtag 02.03.2026 · gedruckt aus Version 9" in printed and review.minutes in printed
    assert "Behandelte Zielbeiträge: 2. 1 Gewicht ist eine Annahme." in printed


def test_very_long_minutes_say_what_they_leave_out() -> None:
    plan = replace(
        begun(), contributions=tuple(replace(serves("M", "Z1", 1), id=f"C{n}", reason="x" * 500) for n in range(90))
    )
    plan = replace(plan, reviews=(replace(plan.reviews[0], seen=tuple(c.id for c in plan.contributions)),))
    minutes = end(plan, "BR-1", (), None, on=DAY, version=5).reviews[0].minutes
    assert len(minutes) < 30_000 and "weitere Zeilen stehen unter „Daten“" in minutes.splitlines()[-1]


def test_what_changed_since_a_round_is_texts_and_weights_only() -> None:
    measures = (replace(PLAN.measures[0], name="Höfe", owner="A"),)
    cells = (replace(PLAN.contributions[0], weight=3, reason="neu"), *PLAN.contributions[1:2])
    found = changed_since(PLAN, replace(PLAN, goals=(*PLAN.goals, goal("Z3")), measures=measures, contributions=cells))
    assert [(e.record, e.kind, e.field) for e in found.every] == [
        ("Z3", "added", ""),
        ("M", "changed", "name"),
        ("M>Z2", "removed", ""),
        ("FT>Z1", "changed", "weight"),
    ]
    assert found.cells == {"FT>Z1"}
    assert since_words(found, "Runde") == (
        "Seit „Runde“: 1 Ziel neu, 1 Maßnahme geändert, 1 Zielbeitrag geändert und 1 Zielbeitrag entfernt."
    )
    assert since_words(changed_since(PLAN, PLAN), "Runde") == "Seit „Runde“: nichts geändert."
