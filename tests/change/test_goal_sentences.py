"""What a cut costs the goals: which fall down the ladder and without what, and how many hang on one thread."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import TODAY, goal, item, serves

from insek_core.change.consequences import Consequences, consequences
from insek_core.change.facts import facts
from insek_core.change.scenario import Change, apply, parse, words
from insek_core.plan import Plan
from insek_core.plan.content import Indicator, Measure, SectorPlan
from insek_core.plan.finance import FundingProof
from insek_core.plan.values import Fuzzy
from insek_core.rules.assessment import assess
from insek_core.storage.embedded import example_plan

DONE = Fuzzy.on(TODAY)


def measure(name: str, label: str = "", **more: str) -> Measure:
    return Measure(id=name, name=label or name, owner="A", end=DONE, evidence="stated", **more)


def proof(of: str) -> FundingProof:
    return FundingProof(
        id=f"N-{of}",
        measure=of,
        budget_reference="1.2",
        from_year=2016,
        amount_cents=100,
        decision="B",
        evidence="stated",
    )


PLAN = Plan(
    goals=(goal("Kurze Wege"), goal("Grüne Mitte")),
    sector_plans=(SectorPlan(id="FT", name="Verkehr", kind="Fachteil", evidence="stated"),),
    measures=(measure("Radweg"), measure("Brücke"), measure("Park")),
    contributions=(
        serves("FT", "Kurze Wege", 2),
        serves("Radweg", "Kurze Wege", 2),
        serves("Brücke", "Kurze Wege", 1),
        serves("Park", "Grüne Mitte", 3),
    ),
    funding_proofs=(proof("Radweg"),),
)


def of(plan: Plan, *texts: str) -> Consequences:
    done = apply(plan, [parse(text) for text in texts])
    assert len(done.changes) == len(texts)
    return consequences(assess(plan, (), TODAY), assess(done.plan, (), TODAY))


def goals(plan: Plan, *texts: str) -> str:
    return next((told.text for told in of(plan, *texts).told if told.screen == "zielsystem"), "")


# the sentence


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            ["drop=Radweg"],
            "Ziele: Ohne „Radweg“ fällt „Kurze Wege“ von Stufe 3 auf 2. An einem Faden hängen 2 Ziele statt 1, neu "
            "„Kurze Wege“.",
        ),
        (["drop=N-Radweg"], "Ziele: Ohne Finanzierungsnachweis für „Radweg“ fällt „Kurze Wege“ von Stufe 3 auf 2."),
        (["drop=Brücke"], "Ziele: An einem Faden hängen 2 Ziele statt 1, neu „Kurze Wege“."),
        (
            ["drop=Radweg", "drop=Brücke"],
            "Ziele: Ohne „Radweg“ und „Brücke“ fällt „Kurze Wege“ von Stufe 3 auf 1. An einem Faden hängen 2 "
            "Ziele statt 1, neu „Kurze Wege“.",
        ),
        (
            ["drop=Park"],
            "Ziele: „Grüne Mitte“ verliert den letzten Beitrag. An einem Faden hängen 0 Ziele statt 1.",
        ),
    ],
)
def test_a_cut_names_the_goals_that_fall_and_without_what(changes: list[str], sentence: str) -> None:
    assert goals(PLAN, *changes) == sentence


def test_what_comes_back_climbs_by_the_same_record() -> None:
    less = apply(PLAN, [parse("drop=Radweg")]).plan
    back = consequences(assess(less, (), TODAY), assess(PLAN, (), TODAY))
    assert back.told[0].text == (
        "Ziele: Mit „Radweg“ steigt „Kurze Wege“ von Stufe 2 auf 3. An einem Faden hängt 1 Ziel statt 2."
    )


def test_a_measure_that_stays_and_proves_no_more_is_not_said_to_be_gone() -> None:
    bare = replace(PLAN, measures=tuple(replace(m, owner="") for m in PLAN.measures))
    told = consequences(assess(PLAN, (), TODAY), assess(bare, (), TODAY)).told[0].text
    assert told == (
        "Ziele: Ohne Nachweis durch „Radweg“ und Nachweis durch „Brücke“ fällt „Kurze Wege“ von Stufe 3 auf 1."
    )


def test_an_indicator_that_goes_takes_the_highest_rung() -> None:
    full = Indicator(
        id="I", name="Anteil", goal="Kurze Wege", baseline=1, target=2, target_year=2020, source="S", evidence="stated"
    )
    before = replace(PLAN, indicators=(full,))
    told = consequences(assess(before, (), TODAY), assess(PLAN, (), TODAY)).told
    assert any("Ohne Nachweis durch „Anteil“ fällt „Kurze Wege“ von Stufe 4 auf 3." in one.text for one in told)


def test_the_made_up_town_loses_a_rung_without_its_market_place() -> None:
    assert goals(example_plan("musterstadt"), "drop=M-1").startswith(
        "Ziele: Ohne „Umbau des Marktplatzes“ fällt „Die Innenstadt wird als Ort zum Wohnen …“ von Stufe 2 auf 1."
    )


def many(number: int) -> Plan:
    """So many goals, each with a sector plan and a measure of its own."""
    names = [f"Ziel {n}" for n in range(number)]
    return Plan(
        goals=tuple(goal(name) for name in names),
        sector_plans=PLAN.sector_plans,
        measures=tuple(measure(f"M{n}") for n in range(number)),
        contributions=tuple(c for n, g in enumerate(names) for c in (serves("FT", g, 1), serves(f"M{n}", g, 1))),
    )


def test_of_many_that_fall_three_are_named_and_how_many_reach_each_rung() -> None:
    told = goals(many(6), *(f"drop=M{n}" for n in range(5)))
    assert len(re.findall(r"fällt „Ziel \d“ von Stufe 2 auf 1", told)) == 3
    assert "Stufe 2 oder höher erreichen 1 Ziel statt 6." in told
    assert "An einem Faden" not in told, "a goal hangs on its only measure, and without it on the Fachteil"


def test_the_deepest_fall_comes_first() -> None:
    told = goals(
        replace(many(2), funding_proofs=(proof("M1"),)),
        "drop=M0",
        "drop=M1",
    )
    assert told.index("von Stufe 3 auf 1") < told.index("von Stufe 2 auf 1")


def test_goals_come_after_money_and_time() -> None:
    example = example_plan("leipzig")
    screens = [told.screen for told in of(example, "drop=M-01", "cost=+10%", "longer:P2=90").told]
    assert max(n for n, s in enumerate(screens) if s == "haushalt") > screens.index("zeitplan")
    first = screens.index("zielsystem")
    assert set(screens[:first]) == {"haushalt", "zeitplan"} and first >= 3


# woher?


def test_the_rung_says_what_proves_it_and_what_the_next_lacks() -> None:
    figure = facts(assess(PLAN, (), TODAY))["goals.rung.Kurze Wege"]
    assert figure.rule.startswith("Leiter der Verbindlichkeit, nachgewiesen durch „Verkehr“, „Radweg“, „Brücke“")
    assert "zur Stufe 4 fehlt: Indikator mit" in figure.rule


def test_the_number_of_goals_on_a_rung_is_made_of_their_rungs() -> None:
    figure = facts(assess(many(3), (), TODAY))["goals.reach.2"]
    assert figure.value == len(figure.operands) == 3 and all(one.value == 2 for one in figure.operands)


# laws


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 14), min_size=1, max_size=6), st.integers(1, 30), st.data())
def test_no_sentence_is_longer_than_25_words_however_long_the_names(
    lengths: list[int], long: int, data: st.DataObject
) -> None:
    plan = many(len(lengths))
    names = [" ".join(["Wort"] * length) for length in lengths]
    plan = replace(
        plan,
        goals=tuple(replace(g, name=f"{name} {g.id}") for g, name in zip(plan.goals, names, strict=True)),
        measures=tuple(replace(m, name=" ".join(["Weg"] * long)) for m in plan.measures),
        contributions=(*plan.contributions, *(serves(m.id, plan.goals[0].id, 1) for m in plan.measures[1:])),
    )
    gone = data.draw(st.sets(st.sampled_from([m.id for m in plan.measures]), min_size=1))
    for told in of(plan, *(f"drop={m}" for m in sorted(gone))).told:
        for one in re.split(r"(?<=[.!?]) (?=[A-ZÄÖÜ])", told.text):
            assert len(one.split()) <= 25, one


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(["Radweg", "Brücke", "Park", "N-Radweg"])))
def test_leaving_out_never_lifts_a_goal_and_each_fall_is_told(gone: set[str]) -> None:
    gone -= {"N-Radweg"} if "Radweg" in gone else set()
    after = apply(PLAN, [parse(f"drop={name}") for name in sorted(gone)]).plan
    one, other = assess(PLAN, (), TODAY), assess(after, (), TODAY)
    told = consequences(one, other)
    for old, new in zip(one.goals.ladders, other.goals.ladders, strict=True):
        assert new.rung <= old.rung
        key = f"goals.rung.{old.goal.id}"
        assert (old.rung != new.rung) == any(key in sentence.keys for sentence in told.told)


# what goes along


def test_a_measure_takes_contributions_and_proofs_along_and_its_cost_stays_and_is_named() -> None:
    plan = replace(PLAN, measures=(measure("Radweg", cost_item="K"), *PLAN.measures[1:]), cost_items=(item("K", 500),))
    done = apply(plan, [parse("drop=Radweg")])
    assert not [c for c in done.plan.contributions if c.origin == "Radweg"] and not done.plan.funding_proofs
    assert [c.id for c in done.plan.cost_items] == ["K"]
    (note,) = done.findings
    assert note.level == "notice" and "„K“ bleibt im Plan" in note.message and "drop=K" in note.message
    assert not apply(PLAN, [parse("drop=Brücke")]).findings


def test_the_cost_that_is_dropped_itself_is_not_said_to_stay() -> None:
    plan = replace(PLAN, measures=(measure("Radweg", cost_item="K"), *PLAN.measures[1:]), cost_items=(item("K", 500),))
    for texts in (("drop=Radweg", "drop=K"), ("drop=K", "drop=Radweg")):
        done = apply(plan, [parse(text) for text in texts])
        assert not done.plan.cost_items and not done.findings


def test_a_funding_proof_is_named_by_its_measure() -> None:
    assert words(PLAN, Change("drop", "N-Radweg", None)) == "ohne Finanzierungsnachweis für „Radweg“"
