"""Which wording was judged: a text that changes marks exactly its own links, and nothing else does."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from small import goal, serves

from insek_core.change.sealing import sealed
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.content import Measure, SectorPlan
from insek_core.plan.process import Organisation
from insek_core.plan.values import Fuzzy
from insek_core.rules.goals.gaps import gaps_of
from insek_core.rules.goals.ladder import ladder
from insek_core.rules.goals.wording import reworded, suspect, wording, wording_now

AREA = SectorPlan(id="FT", name="Wohnen", kind="Fachteil", evidence="stated")
NAMES = ("Kurze Wege", "Grüne Höfe", "Bezahlbar wohnen", "Markt am Fluss")


def measure(name: str, **more: Any) -> Measure:
    return Measure(**{"id": name, "name": f"Maßnahme {name}", "evidence": "stated", **more})


@st.composite
def goal_systems(draw: st.DrawFn) -> Plan:
    """A few goals and measures with weights, empty ones among them, sealed as they are saved."""
    goals = tuple(goal(f"Z{n}") for n in range(draw(st.integers(1, 4))))
    measures = tuple(measure(f"M{n}") for n in range(draw(st.integers(1, 4))))
    weight = st.one_of(st.none(), st.integers(-3, 3))
    pairs = draw(st.sets(st.tuples(st.sampled_from(goals), st.sampled_from(measures)), max_size=10))
    rows = tuple(serves(m.id, g.id, draw(weight)) for g, m in sorted(pairs, key=lambda pair: (pair[0].id, pair[1].id)))
    return sealed(Plan(), Plan(goals=goals, measures=measures, contributions=rows))


@given(goal_systems(), st.data())
def test_a_text_that_changes_marks_exactly_its_own_links(plan: Plan, data: st.DataObject) -> None:
    assert suspect(plan) == ()
    row = data.draw(st.sampled_from((*plan.goals, *plan.measures)))
    changed = sealed(plan, with_row(plan, row.table, replace(row, name=data.draw(st.sampled_from(NAMES)))))
    own = {c.id for c in plan.contributions if row.id in (c.goal, c.origin) and c.weight is not None}
    assert {c.id for c in suspect(changed)} == own
    assert {reworded(changed, c) for c in suspect(changed)} <= {("goal",) if row.table == "goals" else ("origin",)}
    assert suspect(sealed(changed, with_row(changed, row.table, row))) == (), "the old words are what was judged"


@settings(max_examples=15)
@given(goal_systems())
def test_owner_and_date_are_no_wording(plan: Plan) -> None:
    office = Organisation(id="A", name="Amt", evidence="stated")
    row = replace(plan.measures[0], owner="A", end=Fuzzy.on(date(2026, 1, 1)), work_programme="Punkt 7")
    aim = replace(plan.goals[0], weight=7, horizon="kurzfristig")
    after = with_row(with_row(replace(plan, organisations=(office,)), "measures", row), "goals", aim)
    assert suspect(sealed(plan, after)) == ()


def test_a_judgement_made_anew_is_of_the_words_of_today() -> None:
    plan = sealed(Plan(), Plan(goals=(goal("Z"),), measures=(measure("M"),), contributions=(serves("M", "Z", 2),)))
    other = replace(plan, goals=(replace(plan.goals[0], name="Anders"),))
    assert len(suspect(sealed(plan, other))) == 1
    judged = replace(other, contributions=(replace(other.contributions[0], weight=1),))
    assert suspect(sealed(plan, judged)) == ()
    emptied = sealed(plan, replace(other, contributions=(replace(other.contributions[0], weight=None),)))
    assert emptied.contributions[0].fingerprint == "" and suspect(emptied) == ()


def test_who_leaves_the_mark_out_loses_it_not() -> None:
    plan = sealed(Plan(), Plan(goals=(goal("Z"),), measures=(measure("M"),), contributions=(serves("M", "Z", 2),)))
    bare = replace(plan.contributions[0], fingerprint="")
    other = replace(plan, goals=(replace(plan.goals[0], name="Anders"),), contributions=(bare,))
    assert [c.id for c in suspect(sealed(plan, other))] == ["M>Z"], "a workbook without the column"
    kept = replace(plan, contributions=(bare,))
    assert [c.id for c in suspect(sealed(kept, other))] == ["M>Z"], (
        "judged before marks were kept: by the words of then"
    )


def test_spaces_are_no_wording_and_the_kind_of_a_goal_is() -> None:
    one, spaced, principle = goal("Z"), replace(goal("Z"), name=" Z\n"), goal("Z", kind="Arbeitsgrundsatz")
    assert wording(one, AREA) == wording(spaced, AREA) != wording(principle, AREA)
    assert wording_now(Plan(), serves("weg", "Z", 1)) == "", "what names nothing has no wording"


def test_a_mark_of_somebody_else_is_to_check_on_both_sides() -> None:
    row = replace(serves("FT", "Z", 2), fingerprint="Quatsch")
    plan = Plan(goals=(goal("Z"),), sector_plans=(AREA,), contributions=(row,))
    assert reworded(plan, row) == ("goal", "origin")


def test_a_rung_that_only_a_judgement_of_other_words_carries_is_to_check_and_a_gap() -> None:
    plan = sealed(Plan(), Plan(goals=(goal("Z"),), sector_plans=(AREA,), contributions=(serves("FT", "Z", 2),)))
    assert not ladder(plan, plan.goals[0]).steps[1].to_check
    after = sealed(plan, replace(plan, sector_plans=(replace(AREA, name="Bauen"),)))
    step = ladder(after, after.goals[0]).steps[1]
    assert (step.answer, step.to_check, step.assumed) == ("ja", True, True)
    (gap,) = [gap for gap in gaps_of(after, ladder(after, after.goals[0])) if gap.type == "kein Fachteil"]
    assert gap.missing == "„Bauen“ bestätigen (Wortlaut seit der Bewertung geändert)"
    second = replace(AREA, id="FT2", name="Sport")
    more = replace(
        after, sector_plans=(*after.sector_plans, second), contributions=(*after.contributions, serves("FT2", "Z", 1))
    )
    assert not ladder(more, more.goals[0]).steps[1].to_check, "another judgement carries it"
