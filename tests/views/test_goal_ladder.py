"""The ladder and the matrix as HTML: what is proved, what is missing from whom, what serves what."""

import re
from dataclasses import replace

import pytest
from small import goal, serves

from insek_core.plan import Plan
from insek_core.plan.content import SectorPlan
from insek_core.rules.goals.system import GoalSystem, goal_system
from insek_core.views import goals

PLAN = Plan(
    goals=(goal("Z1", "Zielbereich"), goal("Z2", "Zielbereich"), goal("<Z3>", "Zielbereich")),
    sector_plans=(SectorPlan(id="F1", name="Wohnen & Bauen", kind="Fachteil", evidence="stated"),),
    contributions=(serves("F1", "Z1", 3), serves("F1", "Z2", -2, "assumed")),
)


@pytest.fixture(scope="module")
def found() -> GoalSystem:
    return goal_system(PLAN)


def cells(html: str) -> list[list[str]]:
    """The cells of each row of the body, heads and data."""
    body = re.sub("</?a[^>]*>", "", html.partition("<tbody>")[2])
    return [re.findall(r"<(?:th|td)[^>]*>(.*?)</(?:th|td)>", row) for row in re.findall("<tr>(.*?)</tr>", body)]


def test_a_rung_has_the_answer_of_its_step_by_class_and_word(found: GoalSystem) -> None:
    html = goals.ladder(found)
    for item, (_, *row) in zip(found.ladders, cells(html), strict=True):
        assert [cell.split()[-1] for cell in row[: len(item.steps)]] == [
            "Annahme" if step.answer == "ja" and step.assumed else step.answer for step in item.steps
        ]
    proved = {step.answer for item in found.ladders for step in item.steps}
    assert {"ja", "nein"} <= proved
    assert all(f"stufe stufe-{answer}" in html for answer in proved)


def test_an_assumed_proof_never_looks_proved(found: GoalSystem) -> None:
    first = found.ladders[0]
    assumed = replace(first, steps=tuple(replace(s, answer="ja", assumed=True) for s in first.steps))
    html = goals.ladder(replace(found, ladders=(assumed,)))
    assert "stufe-ja" not in html and html.count("◌ Annahme") == len(first.steps)
    assert "alle Stufen erreicht, aber nur mit Annahmen" in html


def test_the_row_says_what_is_missing_next_and_from_whom(found: GoalSystem) -> None:
    for item, row in zip(found.ladders, cells(goals.ladder(found)), strict=True):
        assert item.next_step
        assert row[-1] == f"fehlt: {item.next_step.missing} – <b>{item.next_step.from_whom}</b>"


def test_names_are_text_and_never_tags(found: GoalSystem) -> None:
    for html in (goals.ladder(found), goals.matrix(PLAN, found)):
        assert "<Z3>" not in html and "Z2" in html
    assert "Wohnen &amp; Bauen" in goals.matrix(PLAN, found)


def test_the_matrix_has_the_weights_with_their_signs(found: GoalSystem) -> None:
    html = goals.matrix(PLAN, found)
    assert cells(html) == [["Z1", "+3"], ["Z2", "−2"], ["&lt;Z3&gt;", ""]]
    assert "class='w-p3'" in html and "class='w-m2'" in html


def test_what_is_named_but_not_judged_is_asked_and_zero_is_no_blank() -> None:
    plan = replace(PLAN, contributions=(serves("F1", "Z1", None), serves("F1", "Z2", 0)))
    assert cells(goals.matrix(plan, goal_system(plan)))[:2] == [["Z1", "?"], ["Z2", "0"]]


def test_every_name_and_every_proof_leads_to_its_sheet(found: GoalSystem) -> None:
    assert "<a" not in goals.ladder(found)  # a slide leads nowhere
    aims = set(re.findall(r"href='zielsystem\?eintrag=([^']*)'", goals.ladder(found, PLAN) + goals.matrix(PLAN, found)))
    assert aims == {"Z1", "Z2", "%3CZ3%3E", "F1"}
