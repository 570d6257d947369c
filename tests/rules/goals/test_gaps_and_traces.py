"""What a goal lacks and from whom, what stands behind it, and what serves no goal."""

from dataclasses import replace

import pytest
from small import goal, serves

from insek_core.plan import Plan
from insek_core.plan.content import Indicator, Interaction, Measure, SectorPlan
from insek_core.plan.finance import CostItem, FundingProof
from insek_core.plan.process import Format, Organisation
from insek_core.plan.values import parse_fuzzy
from insek_core.rules.goals.balance import horizons, in_programme, orphans, programme_counts, themes, threads
from insek_core.rules.goals.gaps import GAP_TYPES, GapFilter, area_of, gap_counts, gaps, matching
from insek_core.rules.goals.impact import cross_impact
from insek_core.rules.goals.ladder import climbers
from insek_core.rules.goals.sentences import (
    coverage_sentence,
    entry_sentence,
    impact_sentence,
    orphans_sentence,
    programme_sentence,
    threads_sentence,
    trace_sentence,
)
from insek_core.rules.goals.sheet import entry_sheet, sheet_entries
from insek_core.rules.goals.system import goal_system
from insek_core.rules.goals.trace import goals_behind, trace

PLAN = Plan(
    organisations=(
        Organisation(id="AMT", name="Schulamt", evidence="stated"),
        Organisation(id="BAU", name="Bauamt", evidence="stated"),
    ),
    goals=(
        goal("B", "Zielbereich"),
        replace(goal("Z1"), parent="B", horizon="kurzfristig"),
        goal("Z2"),
        goal("W", "Arbeitsgrundsatz"),
    ),
    sector_plans=(
        SectorPlan(id="F1", name="Bildung", kind="Fachteil", evidence="stated"),
        SectorPlan(id="F2", name="Verkehr", kind="Fachteil", lead="BAU", evidence="stated"),
        SectorPlan(id="F3", name="Sport", kind="Fachteil", evidence="stated"),
    ),
    measures=(
        Measure(
            id="M1",
            name="Schule",
            sector_plan="F1",
            owner="AMT",
            end=parse_fuzzy("2018"),
            cost_item="K",
            districts=("O1", "O2"),
            horizon="kurzfristig",
            evidence="stated",
        ),
        Measure(id="M2", name="Radweg", sector_plan="F2", owner="BAU", districts=("O2",), evidence="stated"),
        Measure(id="M3", name="Halle", evidence="stated"),
    ),
    formats=(Format(id="T", name="Forum", evidence="stated"), Format(id="U", name="Werkstatt", evidence="stated")),
    cost_items=(CostItem(id="K", name="Bau", amount_cents=500, evidence="stated"),),
    funding_proofs=(
        FundingProof(id="N1", measure="M1", amount_cents=400, evidence="stated"),
        FundingProof(id="N2", measure="M2", amount_cents=30, evidence="stated"),
    ),
    contributions=(
        serves("F1", "Z1", 2),
        serves("M1", "Z1", 1),
        serves("F2", "Z2", None),
        serves("T", "W", 1),
        serves("M2", "Z2", -1),
    ),
    interactions=(
        Interaction(id="W1", origin="F1", target="F2", weight=-2, evidence="stated"),
        Interaction(id="W2", origin="F2", target="F1", evidence="stated"),
    ),
    indicators=(Indicator(id="I", name="Plätze", goal="Z1", owner="AMT", evidence="stated"),),
)
FOUND = goal_system(PLAN)
GAPS = gaps(PLAN, FOUND.ladders)


def test_only_goals_have_gaps_and_never_a_principle() -> None:
    assert {gap.goal.id for gap in GAPS} == {"Z1", "Z2"} == {one.id for one in climbers(PLAN)}


def test_a_gap_says_its_type_what_is_missing_and_from_whom() -> None:
    own = [(gap.type, gap.from_whom, gap.office) for gap in GAPS if gap.goal.id == "Z1"]
    assert own == [("keine Mittel nachgewiesen", "Schulamt", "AMT"), ("kein Indikator", "Schulamt", "AMT")]
    assert [gap.missing.endswith("„Plätze“") for gap in GAPS if gap.type == "kein Indikator"] == [True, False]


def test_a_goal_without_any_proof_is_only_named_and_lacks_every_rung() -> None:
    other = [gap for gap in GAPS if gap.goal.id == "Z2"]
    assert tuple(gap.type for gap in other) == GAP_TYPES
    assert {gap.answer for gap in other} == {"unbekannt"}
    assert [gap.from_whom for gap in other[:2]] == ["Bauamt", "Bauamt"]


def test_a_refused_contribution_is_a_no_and_an_empty_one_unknown() -> None:
    refused = replace(PLAN, contributions=(*PLAN.contributions[:2], serves("F2", "Z2", 0)))
    answers = {gap.type: gap.answer for gap in gaps(refused, goal_system(refused).ladders) if gap.goal.id == "Z2"}
    assert answers["kein Fachteil"] == "nein" and answers["kein Indikator"] == "unbekannt"


def test_what_only_an_assumption_proves_is_a_gap_until_somebody_confirms_it() -> None:
    first, *rest = PLAN.contributions
    guessed = replace(PLAN, contributions=(replace(first, evidence="assumed"), *rest))
    own = [gap for gap in gaps(guessed, goal_system(guessed).ladders) if gap.type == "kein Fachteil"]
    assert [(gap.goal.id, gap.assumed, gap.answer) for gap in own] == [
        ("Z1", True, "unbekannt"),
        ("Z2", False, "unbekannt"),
    ]
    assert own[0].missing == "„Bildung“ bestätigen (bisher nur Annahme)"


def test_gaps_are_counted_by_office_area_sector_plan_and_district() -> None:
    assert gap_counts(GAPS, "office")["Schulamt"]["kein Indikator"] == 1
    assert set(gap_counts(GAPS, "area")) == {"B", ""}
    assert sum(gap_counts(GAPS, "sector_plan")["F1"].values()) == 2
    assert set(gap_counts(GAPS, "district")) == {"O1", "O2", ""}


def test_filters_narrow_and_empty_ones_do_not() -> None:
    assert matching(GAPS, GapFilter()) == GAPS
    assert {gap.goal.id for gap in matching(GAPS, GapFilter(area="B"))} == {"Z1"}
    assert {gap.from_whom for gap in matching(GAPS, GapFilter(office="Bauamt"))} == {"Bauamt"}
    assert {gap.type for gap in matching(GAPS, GapFilter(types=("kein Indikator",)))} == {"kein Indikator"}
    assert {gap.goal.id for gap in matching(GAPS, GapFilter(district="O2"))} == {"Z1"}
    assert matching(GAPS, GapFilter(theme="Q1")) == () == matching(GAPS, GapFilter(area="B", office="Bauamt"))


def test_a_goal_is_traced_to_its_measures_money_indicators_and_districts() -> None:
    found = trace(PLAN, PLAN.goals[1])
    assert ([m.id for m in found.measures], [f.id for f in found.sector_plans]) == (["M1"], ["F1"])
    assert (found.money.value, [p.id for p in found.funding_proofs], found.districts) == (500, ["N1"], ("O1", "O2"))
    assert [i.id for i in found.indicators] == ["I"]


def test_a_goal_that_nothing_serves_has_unknown_money_and_keeps_its_judgements() -> None:
    found = trace(PLAN, PLAN.goals[2])
    assert (found.money.value, found.measures, found.districts) == (None, (), ())
    assert [(c.origin, c.weight) for c in found.contributions] == [("F2", None), ("M2", -1)]


@pytest.mark.parametrize("record", ["K", "N1", "M1", "F1", "O1", "O2", "I"])
def test_the_way_leads_back_from_the_euro_the_place_and_the_indicator(record: str) -> None:
    areas = replace(
        PLAN, organisations=(*PLAN.organisations, *(replace(PLAN.organisations[0], id=i) for i in ("O1", "O2")))
    )
    assert [one.id for one in goals_behind(areas, record)] == ["Z1"]


def test_orphans_are_told_apart_by_kind_and_what_is_not_judged_is_none() -> None:
    found = orphans(PLAN)
    assert [[row.id for row in rows] for rows in (found.sector_plans, found.measures, found.formats)] == [
        ["F3"],
        ["M2", "M3"],
        ["U"],
    ]
    assert [row.id for row in found.unrated] == ["F2"]
    told = orphans_sentence(PLAN, FOUND)
    assert told and told.text == (
        "Ohne Ziel: 1 Fachteil, 2 Maßnahmen und 1 Format. Noch nicht bewertet, daher unbekannt: Verkehr."
    )


def test_horizons_count_goals_and_what_measures_of_a_horizon_serve() -> None:
    found = {one.horizon: one for one in horizons(PLAN, climbers(PLAN), FOUND.coverage.covered)}
    assert (found["kurzfristig"].goals, found["kurzfristig"].covered) == (("Z1",), ("Z1",))
    assert (found["kurzfristig"].served, found["langfristig"].served) == (("Z1",), ())
    assert (found[""].goals, found[""].covered) == (("Z2",), ())


def test_the_sentence_says_its_denominator() -> None:
    counts = FOUND.coverage
    text = coverage_sentence(PLAN, FOUND).text
    assert text.startswith(f"{counts.rated} von {counts.pairs} Paaren sind bewertet")
    assert f"{len(counts.covered)} von {len(counts.goals)}" in text


def test_where_nothing_is_rated_coverage_is_unknown_and_not_nothing() -> None:
    bare = replace(PLAN, contributions=(serves("F1", "Z1", None),))
    found = goal_system(bare)
    text = coverage_sentence(bare, found).text
    assert text.startswith("Keines von") and "unbekannt" in text and "%" not in text
    assert found.coverage.share is None


def test_a_conflict_is_weighed_by_the_money_and_districts_of_both_sides() -> None:
    (conflict,) = cross_impact(PLAN).conflicts
    assert (conflict.money.value, conflict.districts) == (530, ("O1", "O2"))
    assert impact_sentence(cross_impact(PLAN)).text == (
        "1 von 6 Paaren ist bewertet: 0 Synergien und 1 Konflikt (Summe −2)."
    )


def test_where_the_money_of_a_measure_is_unknown_the_sum_is_a_least_amount() -> None:
    other = Measure(id="M4", name="Mensa", sector_plan="F1", evidence="stated")
    more = replace(PLAN, measures=(*PLAN.measures, other), contributions=(*PLAN.contributions, serves("M4", "Z1", 1)))
    assert [cross_impact(plan).conflicts[0].at_least for plan in (PLAN, more)] == [False, True]
    told = [trace_sentence(plan, trace(plan, plan.goals[1])).text for plan in (PLAN, more)]
    assert ["mindestens" in text for text in told] == [False, True]


THEME = SectorPlan(id="Q1", name="Gleichstellung", kind="Querschnittsthema", evidence="stated")
OF_THEME = Measure(id="M9", name="Beratung", sector_plan="Q1", work_programme="AP, Nr. 4", evidence="stated")
WITH_THEME = replace(
    PLAN,
    sector_plans=(*PLAN.sector_plans, THEME),
    measures=(*PLAN.measures, OF_THEME),
    contributions=(*PLAN.contributions, serves("M9", "Z2", 2), serves("Q1", "Z1", None), serves("Q1", "W", -1)),
)


def test_a_theme_is_counted_and_narrows_apart_from_the_sector_plans() -> None:
    found = gaps(WITH_THEME, goal_system(WITH_THEME).ladders)
    assert set(gap_counts(found, "theme")) == {"Q1", ""} and "Q1" not in gap_counts(found, "sector_plan")
    assert {gap.goal.id for gap in matching(found, GapFilter(theme="Q1"))} == {"Z2"}


def test_a_theme_says_what_it_serves_and_harms_and_what_nobody_has_judged() -> None:
    (found,) = themes(WITH_THEME, WITH_THEME.goals)
    assert (found.served, found.harmed, found.unrated, found.measures) == (("Z2",), ("W",), ("Z1",), ("M9",))


@pytest.mark.parametrize(
    "words, answer", [("", "unbekannt"), (" nein ", "nein"), ("kein Bezug", "nein"), ("AP 2020, Nr. 3", "ja")]
)
def test_a_measure_without_a_word_on_the_work_programme_is_unknown_and_not_outside(words: str, answer: str) -> None:
    assert in_programme(replace(OF_THEME, work_programme=words)) == answer


def test_the_work_programme_is_counted_goal_by_goal_and_over_all_measures_once() -> None:
    found = programme_counts(WITH_THEME, climbers(WITH_THEME))
    assert [(one.goal.id if one.goal else "", one.inside, one.outside, one.unknown) for one in found] == [
        ("Z1", (), (), ("M1",)),
        ("Z2", ("M9",), (), ()),
        ("", ("M9",), (), ("M1", "M2", "M3")),
    ]
    told = programme_sentence(found)
    assert told and told.text == "Von 4 Maßnahmen steht 1 im Arbeitsprogramm, 0 nicht; bei 3 ist es unbekannt."


def test_a_goal_on_one_thread_is_told_with_the_thread() -> None:
    found = threads(WITH_THEME, goal_system(WITH_THEME).coverage.goals)
    assert [(c.goal, c.origin) for c in found] == [("Z1", "M1"), ("Z2", "M9")], "a Fachteil beside it carries no goal"
    assert threads_sentence(WITH_THEME, found).text.startswith("2 Ziele hängen an einer einzigen Maßnahme")
    assert goal_system(WITH_THEME).coverage.fragile == ("Z1", "Z2"), "one number on every screen and file"
    more = replace(WITH_THEME, contributions=(*WITH_THEME.contributions, serves("M2", "Z1", 1)))
    assert [(c.goal, c.origin) for c in threads(more, goal_system(more).coverage.goals)] == [("Z2", "M9")]


def test_a_goal_below_a_goal_lies_in_the_area_of_both() -> None:
    deep = replace(goal("Z3"), parent="Z1")
    plan = replace(PLAN, goals=(*PLAN.goals, deep))
    assert area_of(plan, deep) == "B"
    circle = replace(PLAN, goals=(replace(goal("Z1"), parent="Z2"), replace(goal("Z2"), parent="Z1")))
    assert area_of(circle, circle.goals[0]) == ""


@pytest.mark.parametrize(
    "record, leads",
    [("K", {"M1", "F1", "N1"}), ("N2", {"M2", "F2"}), ("M1", {"F1", "K", "N1"}), ("F2", {"M2"}), ("B", {"Z1"})],
)
def test_a_sheet_leads_on_to_what_an_entry_hangs_together_with(record: str, leads: set[str]) -> None:
    assert {row.id for row in entry_sheet(PLAN, PLAN.by_id[record]).beside} == leads


def test_every_sheet_leads_back_over_the_goals() -> None:
    for row in sheet_entries(PLAN):
        found = entry_sheet(PLAN, row)
        assert {goal.id for goal in found.goals} <= {c.goal for c in found.contributions} | {getattr(row, "goal", "")}
        assert all(
            row.id in {one.id for one in entry_sheet(PLAN, other).beside}
            for other in found.beside
            if other.table == "measures" and row.table != "sector_plans"
        )
    told = entry_sentence(PLAN, entry_sheet(PLAN, PLAN.by_id["K"])).text
    assert told == "„Bau“ (Kostenposition, 5\u00a0€) steht für 1 Ziel: „Z1“."
    alone = [entry_sentence(PLAN, entry_sheet(PLAN, PLAN.by_id[one])).text for one in ("F2", "M3")]
    assert "ist unbekannt" in alone[0] and "1 Beitrag ist genannt und nicht bewertet" in alone[0]
    assert alone[1].endswith("ist mit keinem Ziel verbunden.")
