"""Judgements entered by an organisation: what changes, what stays, what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import OFFICE, goal_system_plan
from small import TODAY, goal, serves

from insek_core.change.difference import differences
from insek_core.change.judging import (
    edits_of,
    edits_read,
    edits_text,
    edits_that_can_be,
    edits_that_differ,
    judge,
    overtaken,
    refusal,
    weights_of,
)
from insek_core.plan import Plan
from insek_core.plan.content import Contribution, SectorPlan
from insek_core.plan.errors import Unreadable
from insek_core.plan.process import Organisation
from insek_core.rules.structure import structure

HOUSING = SectorPlan(id="FT", name="Wohnen", kind="Fachteil", evidence="stated")
EXAMPLE = Contribution(
    id="ZB-1", goal="Z1", origin="FT", weight=2, source="Annahme", evidence="assumed", note="Beispielannahme"
)
MAYOR = Organisation(id="ORG-OB", name="Oberbürgermeisterin", kind="Amtsträger", evidence="stated")
PLAN = Plan(
    organisations=(OFFICE, MAYOR),
    goals=(goal("Z1"), goal("Z2"), goal("Z3")),
    sector_plans=(HOUSING,),
    contributions=(EXAMPLE, serves("FT", "Z2", 1)),
)
LARGE = goal_system_plan(6, 10, 0.5)
PAIRS = [(g.id, o.id) for g in LARGE.goals for o in (*LARGE.sector_plans, *LARGE.measures)]


def judged(edits: dict[tuple[str, str], int | None], plan: Plan = PLAN, why: str = "Runde") -> Plan:
    return judge(plan, edits, OFFICE.id, TODAY, why)


def test_a_judgement_is_stated_names_who_when_and_why_and_is_no_example_any_more() -> None:
    row = judged({("Z1", "FT"): -3}).contributions[0]
    assert (row.weight, row.judged_by, row.judged_on, row.reason) == (-3, "Stadtplanungsamt", TODAY, "Runde")
    assert (row.evidence_of("weight"), row.evidence_of("reason"), row.note) == ("stated", "stated", "")
    assert row.origin_of("weight") == "Bewertung Stadtplanungsamt (01.06.2015)" and row.origin_of("goal") == "Annahme"
    again = judged({("Z1", "FT"): 1}, judged({("Z1", "FT"): -3})).contributions[0]
    assert again.source == row.source, "the source does not grow with each judgement"


def test_taking_a_judgement_back_leaves_the_contribution_not_judged_which_is_not_zero() -> None:
    row = judged({("Z1", "FT"): None}).contributions[0]
    assert (row.id, row.weight, row.judged_by, row.judged_on) == ("ZB-1", None, "", None)
    assert row.origin_of("weight").startswith("Bewertung Stadtplanungsamt")
    assert row.evidence_of("weight") == "stated"
    assert judged({("Z1", "FT"): 0}).contributions[0].weight == 0


def test_a_pair_that_was_not_named_becomes_a_contribution_with_an_id_of_its_own() -> None:
    plan = judged({("Z3", "FT"): 3})
    new = plan.contributions[-1]
    assert (new.id, new.goal, new.origin, new.weight) == ("ZB-2", "Z3", "FT", 3)
    assert new.evidence == "stated" and new.origin_of("weight").startswith("Bewertung Stadtplanungsamt")
    assert not structure(plan) and len({row.id for row in plan.contributions}) == 3


def test_what_changes_nothing_makes_no_difference() -> None:
    assert judged({("Z1", "FT"): 2, ("Z3", "FT"): None}) == PLAN
    assert edits_that_differ(PLAN, {("Z1", "FT"): 2, ("Z3", "FT"): None, ("Z2", "FT"): None}) == {("Z2", "FT"): None}


def test_a_pair_named_twice_is_judged_in_both_rows() -> None:
    twice = Plan(
        organisations=PLAN.organisations,
        goals=PLAN.goals,
        sector_plans=PLAN.sector_plans,
        contributions=(EXAMPLE, Contribution(id="ZB-9", goal="Z1", origin="FT", weight=-1, evidence="stated")),
    )
    assert [row.weight for row in judged({("Z1", "FT"): 3}, twice).contributions] == [3, 3]


@pytest.mark.parametrize(
    ("edits", "by", "why", "said"),
    [
        ({("Z1", "FT"): 4}, OFFICE.id, "Runde", "4 ist kein Gewicht"),
        ({("Z9", "FT"): 1}, OFFICE.id, "Runde", "„Z9, FT“ gibt es nicht"),
        ({("Z1", "Z2"): 1}, OFFICE.id, "Runde", "„Z1, Z2“ gibt es nicht"),
        ({("Z1", "FT"): 1}, "", "Runde", "Bereich"),
        ({("Z1", "FT"): 1}, "FT", "Runde", "Bereich"),
        ({("Z1", "FT"): 1}, MAYOR.id, "Runde", "Bereich"),
        ({("Z1", "FT"): 1}, OFFICE.id, " ", "Begründung fehlt"),
    ],
)
def test_what_cannot_be_is_refused_in_german(
    edits: dict[tuple[str, str], int | None], by: str, why: str, said: str
) -> None:
    with pytest.raises(Unreadable, match=said):
        judge(PLAN, edits, by, TODAY, why)


def test_whoever_saved_in_between_is_named_with_the_pairs_both_have_judged() -> None:
    mine = {("Z1", "FT"): 3, ("Z2", "FT"): 2}
    theirs = judged({("Z1", "FT"): -1})
    clashes = overtaken(PLAN, theirs, mine)
    assert clashes == ("Wohnen → Z1: Ihre Bewertung +3; gespeichert ist inzwischen −1.",)
    assert overtaken(PLAN, judged({("Z1", "FT"): 3}), mine) == (), "both say the same"
    assert "Seit Version 1 hat Amt Version 2 gespeichert" in refusal(1, 2, "Amt", clashes)[0]
    assert "Keine Ihrer Bewertungen ist davon betroffen." in refusal(1, 2, "Amt", ())


@given(st.dictionaries(st.sampled_from(PAIRS), st.one_of(st.none(), st.integers(-3, 3)), max_size=12))
@settings(max_examples=20)
def test_exactly_the_edited_pairs_have_their_new_weight(edits: dict[tuple[str, str], int | None]) -> None:
    plan, differing = judged(edits, LARGE), edits_that_differ(LARGE, edits)
    assert weights_of(plan) == {**weights_of(LARGE), **differing}
    assert not structure(plan)
    assert {edit.table for edit in differences(LARGE, plan)} <= {"contributions"}
    assert judged(edits, plan) == plan, "the same once more changes nothing"
    assert edits_read(edits_text(edits)) == edits


@pytest.mark.parametrize(
    "said", [None, "x", 3, {"a": 1}, [1], [["Z1"]], [["Z1", "FT", "2"]], [["Z1", "FT", True]], [["Z1", "FT", 1.5]]]
)
def test_what_a_browser_sends_that_is_no_edit_is_left_out(said: object) -> None:
    assert edits_of(said) == {} and edits_read("kein JSON") == {}


def test_edits_of_what_is_not_there_or_not_allowed_are_left_out() -> None:
    said = edits_of([["Z1", "FT", 3], ["Z1", "FT2", 1], ["ZX", "FT", 1], ["Z2", "FT", 9]])
    assert edits_that_can_be(PLAN, said) == {("Z1", "FT"): 3}
