"""The matrix of sector plans and the tables of goals: unknown has its own mark and is never 0."""

import re

from insek_core.plan import Plan
from insek_core.plan.content import Interaction, SectorPlan
from insek_core.rules.goals.impact import cross_impact
from insek_core.views import goals, goaltables

PLAN = Plan(
    sector_plans=tuple(SectorPlan(id=i, name=f"<{i}>", kind="Fachteil", evidence="stated") for i in "ABC"),
    interactions=(
        Interaction(id="1", origin="A", target="B", weight=0, evidence="stated"),
        Interaction(id="2", origin="B", target="A", weight=-2, evidence="stated"),
        Interaction(id="3", origin="A", target="C", evidence="stated"),
    ),
)
FOUND = cross_impact(PLAN)


def test_a_zero_is_a_number_and_an_empty_pair_a_question() -> None:
    html = goals.interactions(PLAN, FOUND.matrix)
    cells = re.findall(r"<td class='(w-[^']*)'>([^<]*)</td>", html)
    assert cells == [
        *(("w-selbst", ""), ("w-0", "0"), ("w-offen", "?")),
        *(("w-m2", "−2"), ("w-selbst", ""), ("w-offen", "?")),
        *(("w-offen", "?"), ("w-offen", "?"), ("w-selbst", "")),
    ]
    assert "<A>" not in html and "&lt;A&gt;" in html


def test_a_quotient_without_passive_sum_is_a_dash_and_an_unknown_one_a_question() -> None:
    rows = goaltables.influences(PLAN, FOUND.matrix).texts()
    assert [row[-1] for row in rows] == ["0,00", "–", "?"]
    assert rows[2][1:] == ("?",) * 6


def test_an_unknown_reason_amount_and_place_say_so() -> None:
    (row,) = goaltables.touched(PLAN, FOUND).texts()
    assert row == ("Konflikt", "<B>", "<A>", "−2", "unbekannt", "unbekannt", "unbekannt", "genannt")
