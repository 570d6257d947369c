"""The smallest repair agrees with trying every subset: fewest options, fewest goals lost, lowest value, and a true
proof, with one to three programmes, third-party money and both readings of the ceiling.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from small import basis, fund, goal, item, programme, serves

from insek_core.change.choices import option_ids
from insek_core.change.repair import Repair, repair
from insek_core.change.scenario import Change, apply, parse
from insek_core.plan import Plan
from insek_core.plan.finance import CostItem, FundingBasis, Programme
from insek_core.plan.german import MINUS, parse_euro
from insek_core.plan.process import Format
from insek_core.rules.goals.system import goal_system
from insek_core.rules.money.funding import funding

KINDS: dict[str, dict[str, Any]] = {
    "anteil": {"rate": Fraction(2, 3), "cap": 60_000},
    "ohne Höchstbetrag": {"rate": Fraction(2, 3), "cap": None},
    "fehlbedarf": {"financing": "fehlbedarf", "rate": None, "cap": 70_000, "own_fixed_cents": 20_000},
    "festbetrag": {"financing": "festbetrag", "rate": None, "cap": None, "fixed_cents": 50_000},
    "voll": {"financing": "voll", "rate": None, "cap": 60_000},
}


@dataclass(frozen=True)
class Found:
    """What trying every subset finds: how many must go, goals lost, value, and the lowest value that fewer reach."""

    number: int
    lost: int
    value: int
    fewer: int


def served(plan: Plan) -> set[str]:
    return {g for (g, _), weight in goal_system(plan).weights.items() if weight is not None and weight > 0}


def value_of(plan: Plan, limit: str, *, capped: bool = True) -> int:
    found = funding(plan)
    own = found.own_share if capped else found.own_share_if_growing
    return (own if limit == "own_share" else found.total).cents


Rows = list[tuple[int, int, int]]


def subsets_in_both_cases(plan: Plan, limit: str, allowed: Sequence[str]) -> dict[bool, Rows]:
    """Number, goals lost and value of every subset left out, with the ceiling and if the grant grows; what one option
    takes along may itself be another.
    """
    before, rows = served(plan), {True: Rows(), False: Rows()}
    for number in range(len(allowed) + 1):
        for chosen in combinations(allowed, number):
            after = apply(plan, [Change("drop", name, None) for name in chosen]).plan
            lost, found = len(before - served(after)), funding(after)
            for capped, own in ((True, found.own_share), (False, found.own_share_if_growing)):
                rows[capped].append((number, lost, (own if limit == "own_share" else found.total).cents))
    return rows


def subsets(plan: Plan, limit: str, allowed: Sequence[str]) -> Rows:
    return subsets_in_both_cases(plan, limit, allowed)[True]


def by_force(rows: Rows, cents: int) -> Found | None:
    keeping = [row for row in rows if row[2] <= cents]
    if not keeping:
        return None
    number, lost, value = min(keeping)
    return Found(number, lost, value, min((row[2] for row in rows if row[0] < number), default=0))


def small(seed: int, kind: str, size: int) -> tuple[Plan, tuple[str, ...]]:
    """A random plan of so many items, some bound to formats that serve goals, and what may go."""
    dice = Random(f"{seed} {kind} {size}")
    formats = tuple(
        Format(id=f"F{n}", name=f"F{n}", optional=True, evidence="stated") for n in range(dice.randint(1, 3))
    )
    items: list[CostItem] = []
    for n in range(size):
        home = dice.choice(["", *(f.id for f in formats)])
        items.append(
            replace(
                item(f"K{n}", dice.choice((dice.randint(1, 30_000), 5_000))),
                bound_to=home,
                optional=dice.random() < 0.8,
            )
        )
    fixed = item("fest", dice.randint(1, 20_000))
    goals = tuple(goal(f"Z{n}") for n in range(3))
    links = [serves(f.id, g.id, dice.choice((-1, 1, 2, 3))) for f in formats for g in goals if dice.random() < 0.5]
    bases = tuple(
        basis(i.id, dice.choice((Fraction(1), Fraction(1), Fraction(1, 2), Fraction(1, 3)))) for i in (*items, fixed)
    )
    plan = Plan(
        cost_items=(*items, fixed),
        formats=formats,
        funding_bases=bases,
        programmes=(programme(**KINDS[kind]),),
        goals=goals,
        contributions=tuple(links),
    )
    bound = {i.bound_to for i in items}
    allowed = [f.id for f in formats if f.id in bound] + [i.id for i in items if not i.bound_to]
    return plan, tuple(allowed)


def agrees(plan: Plan, limit: str, cents: int, allowed: tuple[str, ...]) -> Found | None:
    """Check the repair of a limit against brute force; what brute force found."""
    return same(repair(plan, limit, cents, allowed), plan, limit, cents, allowed, subsets(plan, limit, allowed))


def same(
    found: Repair, plan: Plan, limit: str, cents: int, allowed: Sequence[str], rows: Rows, *, capped: bool = True
) -> Found | None:
    """Check one case of a repair against the rows of every subset; what these find."""
    exact = by_force(rows, cents)
    if exact is None:
        assert found.changes == () and [f.level for f in found.findings] == ["error"]
        assert amount(found) == min(row[2] for row in rows)
        return None
    assert found.findings == ()
    assert (len(found.changes), len(found.lost_goals), found.value_cents) == (exact.number, exact.lost, exact.value)
    after = apply(plan, found.changes).plan
    assert {c.target for c in found.changes} <= set(allowed)
    assert value_of(after, limit, capped=capped) == found.value_cents <= cents
    assert set(found.lost_goals) == served(plan) - served(after)
    if exact.number == 0:
        assert found.proof.startswith("Die Grenze hält schon") and amount(found) == exact.value
        return exact
    assert amount(found) == exact.fewer > cents
    return exact


def amount(found: Repair) -> int:
    """The amount at the end of the proof; negative where third-party money alone exceeds the cost."""
    told = re.findall(rf"[{MINUS}\d.,]+\xa0€", found.proof)[-1].replace("\xa0", " ")
    size = parse_euro(told.removeprefix(MINUS).strip())
    return -size if told.startswith(MINUS) else size


@pytest.mark.parametrize("limit", ["own_share", "total"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_smallest_repair_agrees_with_trying_every_subset(kind: str, limit: str) -> None:
    dice, numbers = Random(f"{kind} {limit}"), set()
    for seed in range(6):
        plan, allowed = small(seed, kind, dice.randint(2, 8))
        now = value_of(plan, limit)
        least = min(row[2] for row in subsets(plan, limit, allowed))
        for part in (Fraction(1, 4), Fraction(3, 4)):
            cents = least + int((now - least) * part)
            if 0 <= cents < now:
                exact = agrees(plan, limit, cents, allowed)
                numbers.add(exact.number if exact else 0)
    assert numbers


@pytest.mark.parametrize("kind", ["anteil", "festbetrag"])
def test_a_limit_that_nothing_reaches_is_said_with_the_lowest_value(kind: str) -> None:
    for seed in range(4):
        plan, allowed = small(seed, kind, 5)
        least = min(row[2] for row in subsets(plan, "total", allowed))
        assert agrees(plan, "total", least - 1, allowed) is None
        assert agrees(plan, "total", least, allowed) is not None or value_of(plan, "total") == least


def test_twelve_items_agree_with_trying_all_4096_subsets() -> None:
    dice = Random(12)
    items = tuple(replace(item(f"K{n}", dice.randint(1_000, 9_000)), optional=True) for n in range(12))
    plan = Plan(
        cost_items=(*items, item("fest", 20_000)),
        funding_bases=tuple(basis(i.id) for i in (*items, item("fest", 0))),
        programmes=(programme(cap=30_000),),
    )
    allowed = tuple(i.id for i in items)
    exact = agrees(plan, "own_share", value_of(plan, "own_share") * 55 // 100, allowed)
    assert exact is not None and exact.number >= 3


# any programmes, any planned money, both readings

SHARES = tuple(Fraction(n, 12) for n in (6, 4, 3, 0, 8, 12))
OPTIONAL = ("F0", "F1")
amounts = st.one_of(st.integers(1_000, 30_000), st.integers(0, 9), st.integers(0, 30_000))


@st.composite
def offers(draw: st.DrawFn) -> tuple[Programme, ...]:
    """One to three programmes of any type; each ceiling open, settled as one, or settled as none."""
    found = []
    for n in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["anteil", "fehlbedarf", "festbetrag", "voll"]))
        settled = draw(st.sampled_from([None, None, True, False]))
        found.append(
            programme(
                draw(st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(9, 10), Fraction(1)])),
                draw(st.one_of(st.none(), st.integers(0, 60_000))),
                id=f"P{n}",
                name=f"P{n}",
                financing=kind,
                fixed_cents=draw(amounts),
                own_fixed_cents=draw(st.integers(0, 3_000)),
                cap_is_ceiling=settled,
                notice_on=None if settled is None else date(2015, 3, 1),
                notice_number="" if settled is None else "AZ 1",
            )
        )
    return tuple(found)


def shared(names: Sequence[str], shares: Sequence[Fraction], record: str) -> list[FundingBasis]:
    """The eligible shares of an item: as many of them as together stay within 100 %."""
    left, found = Fraction(1), []
    for name, share in zip(names, shares, strict=True):
        taken = min(left, share)
        left -= taken
        if taken:
            found.append(basis(record, taken, name))
    return found


@st.composite
def repairable(draw: st.DrawFn) -> tuple[Plan, tuple[str, ...]]:
    """A plan of at most six options, formats that serve goals or items of their own, and what may go."""
    gap = draw(st.booleans())  # half of the plans: Fehlbedarf alone, so that third-party money is used up in order
    named = tuple(replace(p, financing="fehlbedarf", cap_cents=None) if gap else p for p in draw(offers()))
    rows = [item("fest", draw(amounts))]
    for n in range(draw(st.integers(1, 6))):
        home = draw(st.sampled_from(["", "", "", *OPTIONAL]))
        rows.append(replace(item(f"K{n}", draw(amounts), draw(st.sampled_from([2015, 2016]))), bound_to=home))
    shares = st.lists(st.sampled_from(SHARES), min_size=len(named), max_size=len(named))
    bases = [one for row in rows for one in shared([p.id for p in named], draw(shares), row.id)]
    gifts = draw(st.lists(st.tuples(st.sampled_from([None, 2015, 2016]), amounts), min_size=int(gap), max_size=2))
    goals = tuple(goal(f"Z{n}") for n in range(2))
    served_by = draw(st.sets(st.sampled_from([(f, g.id) for f in OPTIONAL for g in goals])))
    plan = Plan(
        cost_items=tuple(rows),
        formats=tuple(Format(id=f, name=f, optional=True, evidence="stated") for f in OPTIONAL),
        funding_bases=tuple(bases),
        programmes=named,
        funds=tuple(fund(cents, year, id=f"DM-{n}") for n, (year, cents) in enumerate(gifts)),
        goals=goals,
        contributions=tuple(serves(f, g, 1) for f, g in sorted(served_by)),
    )
    bound = {row.bound_to for row in rows}
    return plan, (*(f for f in OPTIONAL if f in bound), *(row.id for row in rows[1:] if not row.bound_to))


@settings(max_examples=120)
@given(repairable(), st.sampled_from([None, Fraction(0), Fraction(1, 3), Fraction(2, 3)]), st.booleans())
def test_the_smallest_repair_is_the_one_that_trying_every_subset_finds(
    found: tuple[Plan, tuple[str, ...]], part: Fraction | None, aim: bool
) -> None:
    plan, allowed = found
    rows, open_ = subsets_in_both_cases(plan, "own_share", allowed), funding(plan).ceiling_open
    values = [row[2] for row in rows[aim]]
    cents = min(values) - 1 if part is None else min(values) + int((max(values) - min(values)) * part)
    told = repair(plan, "own_share", cents, allowed)
    exact = same(told, plan, "own_share", cents, allowed, rows[True])
    assert (told.if_growing is not None) == open_, "both readings while the ceiling is open"
    if told.if_growing is not None:
        other = same(told.if_growing, plan, "own_share", cents, allowed, rows[False], capped=False)
        event(f"in beiden Fällen {'dasselbe' if other == exact else 'anderes'}")
    else:
        assert [row[2] for row in rows[True]] == [row[2] for row in rows[False]]
    event(f"{len(plan.programmes)} Programme, {exact.number if exact else 'keine'} Änderungen")


# the example


def test_the_example_keeps_its_limit_and_that_is_said(example: Plan) -> None:
    found = repair(example, "own_share", 6_500_000)
    assert (found.changes, found.value_cents, found.findings) == ((), 6_500_000, ())
    assert found.proof.replace("\xa0", " ") == "Die Grenze hält schon: Eigenanteil 65.000 €."


def test_ten_percent_more_cannot_be_repaired_by_what_is_optional(example: Plan) -> None:
    dearer = apply(example, [parse("cost=+10%")]).plan
    assert option_ids(dearer) == ("F6",)
    found = repair(dearer, "own_share", 6_500_000)
    assert found.changes == () and found.value_cents == 8_450_000
    assert found.proof.replace("\xa0", " ") == "Auch wenn alles Erlaubte entfällt (1 Option), sind es noch 77.900 €."
    assert [f.level for f in found.findings] == ["error"]


def test_what_may_go_is_what_is_allowed(example: Plan) -> None:
    dearer = apply(example, [parse("cost=+10%")]).plan
    found = repair(dearer, "own_share", 7_000_000, ["F3", "F4", "F6"])
    assert {c.target for c in found.changes} <= {"F3", "F4", "F6"}
    exact = by_force(subsets(dearer, "own_share", ["F3", "F4", "F6"]), 7_000_000)
    assert exact is not None and (len(found.changes), found.value_cents) == (exact.number, exact.value)


def test_an_id_that_names_nothing_is_a_finding_and_the_others_count(example: Plan) -> None:
    found = repair(example, "own_share", 6_300_000, ["gibt es nicht", "F6"])
    assert [c.text for c in found.changes] == ["drop=F6"] and found.value_cents == 6_300_000
    assert [f.record for f in found.findings] == ["drop=gibt es nicht"]
    assert (
        found.proof.replace("\xa0", " ")
        == "Weniger genügt nicht: Mit höchstens 0 Änderungen bleiben mindestens 65.000 €."
    )


def test_where_nothing_may_go_nothing_is_made_up(example: Plan) -> None:
    firm = replace(example, cost_items=tuple(replace(i, optional=False) for i in example.cost_items))
    firm = replace(firm, formats=tuple(replace(f, optional=False) for f in firm.formats))
    for found in (repair(firm, "total", 100), repair(example, "total", 100, [])):
        assert found.changes == () and found.lost_goals == () and found.proof == ""
        assert [f.message for f in found.findings] == [
            "Nichts darf entfallen: Der Plan nennt keine Option, die etwas kostet."
        ]


def test_a_limit_on_what_is_unknown_is_a_finding(example: Plan) -> None:
    unknown = replace(example, cost_items=(replace(example.cost_items[0], amount_cents=None), *example.cost_items[1:]))
    found = repair(unknown, "own_share", 100)
    assert found.changes == () and found.value_cents is None and [f.level for f in found.findings] == ["error"]


def test_fewer_lost_goals_come_before_a_lower_value() -> None:
    formats = tuple(Format(id=f"F{n}", name=f"F{n}", optional=True, evidence="stated") for n in range(2))
    items = (replace(item("A", 30_000), bound_to="F0"), replace(item("B", 20_000), bound_to="F1"), item("fest", 50_000))
    plan = Plan(
        cost_items=items,
        formats=formats,
        funding_bases=tuple(basis(i.id) for i in items),
        programmes=(programme(cap=None),),
        goals=(goal("Z"),),
        contributions=(serves("F0", "Z", 2),),
    )
    found = repair(plan, "total", 80_000)
    assert [c.text for c in found.changes] == ["drop=F1"] and found.lost_goals == ()
    found = repair(plan, "total", 75_000)
    assert [c.text for c in found.changes] == ["drop=F0"] and found.lost_goals == ("Z",)


def test_a_goal_is_lost_only_when_all_that_serves_it_goes() -> None:
    formats = tuple(Format(id=f"F{n}", name=f"F{n}", optional=True, evidence="stated") for n in range(2))
    items = (replace(item("A", 30_000), bound_to="F0"), replace(item("B", 20_000), bound_to="F1"), item("fest", 50_000))
    plan = Plan(
        cost_items=items,
        formats=formats,
        funding_bases=tuple(basis(i.id) for i in items),
        programmes=(programme(cap=None),),
        goals=(goal("Z"),),
        contributions=(serves("F0", "Z", 2), serves("F1", "Z", 1)),
    )
    assert repair(plan, "total", 75_000).lost_goals == ()
    assert repair(plan, "total", 60_000).lost_goals == ("Z",)


def test_the_same_plan_gives_the_same_repair() -> None:
    plan, allowed = small(3, "anteil", 7)
    cents = value_of(plan, "own_share") * 2 // 3
    assert repair(plan, "own_share", cents, allowed) == repair(plan, "own_share", cents, allowed)
