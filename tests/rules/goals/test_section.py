"""Which part of a goal system stands in a matrix at once: bounded, and every pair in some part."""

from dataclasses import replace
from datetime import date

from matrices import goal_system_plan
from small import goal, serves, task

from insek_core.plan import Plan
from insek_core.plan.content import Contribution, Measure, SectorPlan
from insek_core.plan.process import Format
from insek_core.rules.goals.section import (
    MOST_GOALS,
    MOST_ORIGINS,
    blocks,
    cell_sentence,
    judgeable_goals,
    judgeable_origins,
    left_out_sentence,
    section,
    section_sentence,
)

LARGE = goal_system_plan(200, 500, 0.0)


def test_no_more_stands_in_a_matrix_than_can_be_read_and_that_is_said() -> None:
    found = section(LARGE, first_goal=41)
    assert (len(found.goals), len(found.origins)) == (MOST_GOALS, MOST_ORIGINS)
    told = section_sentence(found)
    assert "Ziele 41 bis 80 von 200" in told and "Beiträge 1 bis 60 von 500" in told
    assert section_sentence(section(goal_system_plan(5, 10, 0.0))) == "5 Ziele × 10 Beiträge stehen zur Bewertung."
    assert left_out_sentence(41, 60).startswith("Nicht gezeigt: 1 weiteres Ziel;") and not left_out_sentence(40, 60)


def test_every_goal_and_origin_stands_in_some_part() -> None:
    goals = [g for first in blocks(200, MOST_GOALS) for g in section(LARGE, first_goal=first).goals]
    origins = [o for first in blocks(500, MOST_ORIGINS) for o in section(LARGE, first_origin=first).origins]
    assert tuple(goals) == judgeable_goals(LARGE) and tuple(origins) == judgeable_origins(LARGE)


def test_filters_leave_the_goals_of_an_area_and_the_origins_of_a_kind() -> None:
    found = section(LARGE, "ZB1", "sector_plans", first_goal=41, first_origin=7)
    assert {g.parent for g in found.goals} == {"ZB1"} and (found.first_goal, found.first_origin) == (41, 1)
    assert {o.table for o in found.origins} == {"sector_plans"} and found.origins_of == 100


def test_steps_and_other_themes_can_be_judged_once_they_are_named() -> None:
    plan = Plan(
        goals=(goal("ZB", "Zielbereich"), goal("Z", parent="ZB"), goal("AG", "Arbeitsgrundsatz")),
        sector_plans=(
            SectorPlan(id="FT", name="Wohnen", kind="Fachteil", evidence="stated"),
            SectorPlan(id="QT", name="Gender", kind="Querschnittsthema", evidence="stated"),
            SectorPlan(id="BS", name="Analyse", kind="Baustein", evidence="stated"),
        ),
        measures=(Measure(id="M", name="Schule", evidence="stated"),),
        formats=(Format(id="F", name="Forum", evidence="stated"),),
        tasks=(task("S"),),
    )
    assert [g.id for g in judgeable_goals(plan)] == ["Z", "AG"], "its goals stand for the Zielbereich"
    assert [o.id for o in judgeable_origins(plan)] == ["FT", "QT", "M", "F"]
    named = replace(plan, contributions=(serves("S", "ZB", None), serves("BS", "Z", 1)))
    assert [g.id for g in judgeable_goals(named)] == ["ZB", "Z", "AG"]
    assert [o.id for o in judgeable_origins(named)] == ["FT", "QT", "BS", "M", "F", "S"]


def test_a_cell_says_what_is_stored_by_whom_when_why_and_from_where() -> None:
    row = Contribution(
        id="Z>FT", goal="Z", origin="FT", weight=-2, reason="Lärm.", evidence="stated", source="Protokoll"
    )
    plan = Plan(goals=(goal("Z"),), contributions=(replace(row, judged_by="Amt", judged_on=date(2016, 5, 3)),))
    assert cell_sentence(plan, "Z", "FT") == (
        "FT → Z, gespeichert: −2, bewertet von: Amt am 03.05.2016. Begründung: Lärm. Quelle: Protokoll."
    )
    unjudged = replace(plan, contributions=(replace(row, weight=None, reason="", source=""),))
    assert cell_sentence(unjudged, "Z", "FT") == "FT → Z, gespeichert: nicht bewertet. Quelle: unbekannt."
    assert "noch nicht als Beitrag genannt" in cell_sentence(plan, "Z", "M")
