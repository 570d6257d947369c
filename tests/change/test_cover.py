"""The smallest set of measures agrees with trying every set: most goals, fewest measures, fewest unknown amounts, least
cents, first by id; its proof is true, and what nobody knows is told apart.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import comb
from random import Random

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from small import goal, item, serves

from insek_core.change.cover import SmallestCover, smallest_cover
from insek_core.change.cut import cut
from insek_core.change.sentences.cover import cover_sentences, cut_sentences
from insek_core.plan import Plan
from insek_core.plan.content import Measure
from insek_core.plan.finance import FundingProof
from insek_core.rules.figures import Figure
from insek_core.storage.embedded import example_plan


def measure(name: str, cost: str = "") -> Measure:
    return Measure(id=name, name=f"Maßnahme {name}", cost_item=cost, evidence="stated")


def plan_of(served: dict[str, str], cents: dict[str, int | None] | None = None, goals: str = "") -> Plan:
    """Measures by the goals they serve ("abc"), what they cost, and goals that may have no measure."""
    every = sorted({g for text in served.values() for g in text} | set(goals))
    cents = cents or {}
    return Plan(
        goals=tuple(goal(g) for g in every),
        measures=tuple(measure(m, f"K{m}" if m in cents else "") for m in served),
        cost_items=tuple(item(f"K{m}", amount) for m, amount in cents.items()),
        contributions=tuple(serves(m, g, 1) for m, text in served.items() for g in text),
    )


def ids(rows: Sequence[object]) -> list[str]:
    return [getattr(row, "id") for row in rows]  # noqa: B009


# trying every set


def positive(plan: Plan) -> dict[str, set[str]]:
    """The goals each measure serves."""
    found: dict[str, set[str]] = {m.id: set() for m in plan.measures}
    for c in plan.contributions:
        if c.origin in found and c.weight is not None and c.weight > 0:
            found[c.origin].add(c.goal)
    return {m: goals for m, goals in found.items() if goals}


Rank = tuple[int, int, int, int, tuple[str, ...]]


def by_force(plan: Plan, limit: int | None) -> tuple[Rank, dict[int, int]]:
    """The best of all sets, and the most goals that each number of measures covers within the money."""
    served = positive(plan)
    amounts = {i.id: i.amount_cents for i in plan.cost_items}
    cost = {m.id: amounts.get(m.cost_item) for m in plan.measures}
    place = {m.id: m.cost_item for m in plan.measures}
    ranks: list[Rank] = []
    most: dict[int, int] = {}
    for size in range(len(served) + 1):
        for chosen in combinations(sorted(served), size):
            unknown = [m for m in chosen if cost[m] is None]
            cents = sum(amounts[k] or 0 for k in {place[m] for m in chosen if cost[m] is not None})
            if limit is not None and (unknown or cents > limit):
                continue
            goals = len(set().union(*(served[m] for m in chosen)))
            ranks.append((-goals, size, len(unknown), cents, chosen))
            most[size] = max(most.get(size, 0), goals)
    return min(ranks), most


def random_plan(seed: int, size: int) -> Plan:
    """Measures with and without amounts, some sharing an item; goals rated, not rated, or served by nothing."""
    dice = Random(seed)
    goals = [f"Z{n}" for n in range(dice.randint(1, 8))]
    items = [item(f"K{n}", dice.choice((None, 100, 100, 250, dice.randint(0, 999)))) for n in range(size)]
    share = dice.choice((0.15, 0.3, 0.5))
    rows = [
        serves(f"M{m}", g, dice.choice((None, -1, 0, 1, 2, 3)))
        for m in range(size)
        for g in goals
        if dice.random() < share
    ]
    dice.shuffle(rows)
    measures = [measure(f"M{n}", dice.choice((f"K{n}", f"K{n}", f"K{n // 2}", ""))) for n in range(size)]
    return Plan(
        goals=tuple(goal(g) for g in goals),
        measures=tuple(measures),
        cost_items=tuple(items),
        contributions=tuple(rows),
    )


def check(plan: Plan, limit: int | None) -> SmallestCover:
    """The set is the one that trying finds, and the proof is true."""
    found, served = smallest_cover(plan, limit), positive(plan)
    if not served:
        assert found.findings and not found.chosen
        return found
    (goals, number, unknown, cents, chosen), most = by_force(plan, limit)
    assert found.cost is not None
    assert tuple(sorted(ids(found.chosen))) == chosen
    assert (len(found.covered), len(found.chosen), len(found.without_amount)) == (-goals, number, unknown)
    assert found.cost.value == (None if unknown else cents)
    if found.proof:
        assert found.proof.fewer_cover == max(cover for size, cover in most.items() if size < number) < -goals
        usable = [m for m in served if limit is None or m not in ids(found.unusable)]
        assert found.proof.smaller_sets == sum(comb(len(usable), size) for size in range(number))
        alone = set(ids(found.proof.apart))
        assert len(alone) <= number and all(len(served[m] & alone) <= 1 for m in usable)
    every = [*found.covered, *found.missed, *found.unserved]
    assert sorted(ids(every)) == sorted(g.id for g in plan.goals)
    assert set(ids(found.unserved)) == {g.id for g in plan.goals} - set().union(*served.values())
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 9), st.sampled_from([None, 0, 100, 300, 600, 5000]))
def test_the_smallest_set_is_the_one_that_trying_every_set_finds(seed: int, size: int, limit: int | None) -> None:
    found = check(random_plan(seed, size), limit)
    event(f"chosen {len(found.chosen)}, missed {bool(found.missed)}, unusable {bool(found.unusable)}")


@pytest.mark.parametrize("limit", [None, 400])
def test_fifteen_measures_too(limit: int | None) -> None:
    for seed in (1, 2):
        check(random_plan(seed, 15), limit)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 7), st.sampled_from([None, 300]))
def test_the_order_of_the_plan_is_irrelevant(seed: int, size: int, limit: int | None) -> None:
    plan = random_plan(seed, size)
    turned = Plan(
        measures=plan.measures[::-1],
        contributions=plan.contributions[::-1],
        cost_items=plan.cost_items[::-1],
        goals=plan.goals[::-1],
    )
    one, other = smallest_cover(plan, limit), smallest_cover(turned, limit)
    assert sorted(ids(one.chosen)) == sorted(ids(other.chosen))
    assert sorted(ids(one.covered)) == sorted(ids(other.covered))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 900), st.integers(0, 900))
def test_more_money_never_covers_fewer_goals(seed: int, one: int, more: int) -> None:
    plan = random_plan(seed, 7)
    assert len(smallest_cover(plan, one).covered) <= len(smallest_cover(plan, one + more).covered)


# worked cases


def test_two_do_where_the_one_with_most_goals_would_need_three() -> None:
    found = smallest_cover(plan_of({"A": "abcd", "B": "abe", "C": "cdf", "D": "e", "E": "f"}))
    assert ids(found.chosen) == ["B", "C"] and found.proof is not None
    assert (found.proof.fewer_cover, found.proof.smaller_sets, ids(found.proof.apart)) == (4, 6, ["a", "f"])


def test_the_cheaper_of_two_sets_of_one_size_then_the_first_by_id() -> None:
    served = {"A": "a", "B": "a", "C": "a"}
    assert ids(smallest_cover(plan_of(served, {"A": 300, "B": 200, "C": 200})).chosen) == ["B"]
    assert ids(smallest_cover(plan_of(served)).chosen) == ["A"]


def test_a_measure_without_amount_is_not_free() -> None:
    plan = plan_of({"A": "ab", "B": "a", "C": "b"}, {"A": None, "B": 100, "C": 100})
    free, within = smallest_cover(plan), smallest_cover(plan, 200)
    assert ids(free.chosen) == ids(free.without_amount) == ["A"] and free.cost is not None and free.cost.value is None
    assert ids(within.chosen) == ["B", "C"] and ids(within.unusable) == ["A"]
    assert within.cost is not None and within.cost.value == 200


def test_an_amount_of_zero_is_known() -> None:
    found = smallest_cover(plan_of({"A": "a"}, {"A": 0}), 0)
    assert ids(found.chosen) == ["A"] and found.cost is not None and found.cost.value == 0 and not found.findings


def test_a_cost_item_that_two_measures_name_counts_once() -> None:
    plan = plan_of({"A": "a", "B": "b"}, {"A": 100})
    plan = replace(plan, measures=(measure("A", "KA"), measure("B", "KA")))
    found = smallest_cover(plan, 100)
    assert ids(found.chosen) == ["A", "B"] and found.cost is not None
    assert found.cost.value == 100 and [one.record for one in found.cost.operands] == ["KA"]


def test_too_little_money_covers_the_most_goals_and_says_what_all_cost() -> None:
    found = smallest_cover(plan_of({"A": "ab", "B": "c", "C": "abc"}, {"A": 100, "B": 150, "C": 260}), 240)
    assert ids(found.covered) == ["a", "b"] and ids(found.missed) == ["c"] and found.full_cents == 250
    (finding,) = found.findings
    message = finding.message.replace("\xa0", " ")
    assert finding.level == "error" and message == (
        "Mit 2,40 € sind nicht alle Ziele zu decken: 3 Ziele kosten mindestens 2,50 €."
    )


def test_a_goal_whose_measures_lack_an_amount_is_unknown_within_a_limit_and_not_too_dear() -> None:
    found = smallest_cover(plan_of({"A": "a", "B": "b"}, {"A": 100}), 1000)
    assert ids(found.chosen) == ["A"] and ids(found.missed) == ids(found.unpriced) == ["b"]
    assert found.full_cents is None and "ist unbekannt" in found.findings[0].message


def test_goals_without_a_measure_are_told_apart_and_those_not_rated_among_them() -> None:
    plan = plan_of({"A": "a"}, goals="bcd")
    rows = (serves("A", "b", None), serves("A", "c", -2), serves("A", "d", 0))
    found = smallest_cover(replace(plan, contributions=(*plan.contributions, *rows)))
    assert ids(found.unserved) == ["b", "c", "d"] and ids(found.unrated) == ["b"] and not found.missed


def test_only_goals_climb_and_a_principle_needs_no_measure() -> None:
    plan = plan_of({"A": "a", "B": "b"})
    found = smallest_cover(replace(plan, goals=(goal("a"), goal("b", "Arbeitsgrundsatz"))))
    assert ids(found.chosen) == ["A"] and ids(found.covered) == ["a"]


@pytest.mark.parametrize(
    ("plan", "limit", "message"),
    [
        (Plan(), None, "Der Plan nennt kein Ziel"),
        (Plan(goals=(goal("a"),)), None, "Der Plan nennt keine Maßnahme."),
        (plan_of({"A": ""}, goals="a"), None, "Keine Maßnahme dient nachweislich einem Ziel."),
        (plan_of({"A": "a"}, {"A": 5}), -1, "Weniger als 0 € lassen sich nicht ausgeben."),
        (plan_of({"A": "a"}, {"A": 2**60}), None, "lässt sich nicht berechnen"),
    ],
)
def test_where_nothing_can_be_solved_a_finding_says_why(plan: Plan, limit: int | None, message: str) -> None:
    found = smallest_cover(plan, limit)
    assert message in found.findings[0].message and found.findings[0].remedy and not found.chosen


# the sentences


def told(plan: Plan, limit: int | None = None) -> list[str]:
    return [sentence.text.replace("\xa0", " ") for sentence in cover_sentences(smallest_cover(plan, limit))]


def test_the_answer_the_cost_and_the_proof_are_told() -> None:
    plan = plan_of({"A": "ab", "B": "c", "C": "abc", "D": "d"}, {"A": 10000, "B": 15000, "C": 26000, "D": 100})
    assert told(plan, 30000) == [
        "Mit 300 € decken 2 Maßnahmen alle 4 Ziele: „Maßnahme C“ und „Maßnahme D“.",
        "Zusammen kosten sie 261 €.",
        "Weniger genügt nicht: Mit höchstens 1 Maßnahme sind höchstens 3 Ziele gedeckt; ausgeschlossen sind alle 5 "
        "kleineren Mengen.",
        "Von Hand zu prüfen: Keine Maßnahme dient zweien von „a“ und „d“. Jedes braucht eine eigene.",
    ]


def test_the_made_up_town_is_told_what_is_unknown() -> None:
    plan = example_plan("musterstadt")
    assert told(plan) == [
        "1 Maßnahme deckt 1 von 3 Zielen: „Umbau des Marktplatzes“.",
        "Was das kostet, ist unbekannt: 1 Maßnahme nennt keinen Betrag.",
        "2 Zielen dient nachweislich keine Maßnahme; bei 1 davon ist ein Beitrag nicht bewertet.",
    ]
    assert cover_sentences(smallest_cover(plan))[0].assumed, "its contributions are assumptions"


# less money


def test_a_cut_breaks_what_even_the_best_choice_cannot_keep() -> None:
    plan = plan_of({"A": "ab", "B": "c", "C": "d"}, {"A": 10_000, "B": 20_000, "C": None}, "e")
    found = cut(plan, Fraction(2, 5))
    assert found is not None and found.money.value == 30_000 and found.best.limit_cents == 18_000
    assert (ids(found.before), ids(found.broken)) == (["a", "b", "c"], ["c"]), "d has no amount, e no measure"
    assert [s.text.replace("\xa0", " ") for s in cut_sentences(found)] == [
        "40 % weniger Geld: Selbst bei bester Wahl fällt 1 von 3 Zielen: „c“.",
        "Statt 300 € sind es 180 €; 1 Maßnahme für 100 € hält die übrigen.",
    ]
    assert cut(plan_of({"A": "a"}), Fraction(1, 5)) is None, "what nobody has entered is not 0"


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 7))
def test_more_of_a_cut_never_breaks_less(seed: int, size: int) -> None:
    plan = random_plan(seed, size)
    cuts = [found for n in range(5) if (found := cut(plan, Fraction(n, 4)))]
    broken = [len(found.broken) for found in cuts]
    assert broken == sorted(broken) and broken[:1] in ([0], [])
    for found in cuts:
        assert set(found.broken) | set(found.best.covered) == set(found.before)


def test_the_money_of_a_measure_is_its_cost_item_else_its_proofs() -> None:
    plan = plan_of({"A": "a", "B": "b"}, {"A": 10_000, "B": None})
    proofs = (FundingProof(id="N1", measure="B", amount_cents=4_000, evidence="stated"),)
    both = replace(plan, funding_proofs=(*proofs, replace(proofs[0], id="N2", amount_cents=500)))
    found = smallest_cover(both)
    assert found.cost is not None and found.cost.value == 14_500 and not found.without_amount
    half = replace(plan, funding_proofs=(*proofs, replace(proofs[0], id="N2", amount_cents=None)))
    assert ids(smallest_cover(half).without_amount) == ["B"], "half of it is not all of it"


NUMBER = re.compile(r"\d[\d.]*(?:,\d\d)?(?: €)?")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 8), st.sampled_from([None, 0, 300]))
def test_every_sentence_has_25_words_at_most_and_figures_that_say_woher(
    seed: int, size: int, limit: int | None
) -> None:
    plan = random_plan(seed, size)
    plan = replace(plan, measures=tuple(replace(m, name=" ".join(["Weg"] * 20)) for m in plan.measures))
    plan = replace(plan, goals=tuple(replace(g, name=" ".join(["Ziel"] * 20)) for g in plan.goals))
    less = cut(plan, Fraction(1, 2))
    for sentence in (*cover_sentences(smallest_cover(plan, limit)), *(cut_sentences(less) if less else ())):
        text = sentence.text.replace("\xa0", " ")
        assert all(len(one.split()) <= 25 for one in re.split(r"(?<=[.!?]) (?=[A-ZÄÖÜ])", text)), text
        assert sentence.figures and all(figure.rule and figure.label for figure in sentence.figures)
        shown = {word for figure in sentence.figures for word in NUMBER.findall(plain(figure))}
        assert {word.rstrip(".") for word in NUMBER.findall(text)} <= shown, (text, shown)


def plain(figure: Figure) -> str:
    """A figure as a sentence may say it: its value, and what its label says of it."""
    return f"{figure.show()} {figure.label}".replace("\xa0", " ")
