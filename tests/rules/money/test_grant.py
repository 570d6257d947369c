"""Grants of all four types, with third-party money, several programmes and years: worked by hand, and what always
holds.
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small import basis, fund, item, money, programme

from insek_core.plan import Plan
from insek_core.rules.chance.drawn import DrawnMoney
from insek_core.rules.money.basis import eligible_parts
from insek_core.rules.money.filed import as_filed
from insek_core.rules.money.funding import NO_KINK, Funding, funding
from insek_core.rules.money.grant import Law, law_of, marginal_own_share, seek_total_cents
from insek_core.rules.money.programmes import grants_cents, laws_of, terms_of
from insek_core.rules.money.slip import splits
from insek_core.rules.rounding import largest_remainder, round_half_up
from insek_core.rules.time.schedule import timetable

KINDS = ("anteil", "fehlbedarf", "festbetrag", "voll")
few = settings(max_examples=60)
amounts = st.one_of(st.integers(0, 300), st.integers(0, 10**7))
rates = st.fractions(0, 1, max_denominator=12)
caps = st.one_of(st.none(), amounts)
years = st.one_of(st.none(), st.integers(2015, 2017))
costs = st.lists(st.tuples(years, amounts), min_size=1, max_size=3)
gifts = st.lists(st.tuples(years, amounts, st.booleans()), max_size=2)
programmes = st.builds(
    lambda kind, rate, cap, fixed: programme(rate, cap, financing=kind, fixed_cents=fixed, own_fixed_cents=fixed),
    st.sampled_from(KINDS),
    rates,
    caps,
    amounts,
)


def cents(euro: str | None) -> int | None:
    return None if euro is None else int(Fraction(euro) * 100)


def offered(case: dict[str, Any]) -> dict[str, Any]:
    """The terms of a case as fields of a programme."""
    return {
        "financing": case.get("kind", "anteil"),
        "rate": Fraction(case["rate"]) if "rate" in case else None,
        "cap": cents(case.get("cap")),
        "fixed_cents": cents(case.get("fixed")),
        "own_fixed_cents": cents(case.get("own_fixed")),
        "minimum_own_share": Fraction(case["minimum"]) if "minimum" in case else None,
    }


def third(case: dict[str, Any]) -> Any:
    """The third-party money of a case."""
    found = ((cents(case.get(name)), name == "third_planned") for name in ("third_planned", "third_unplanned"))
    return tuple(fund(amount, id=f"DM-{planned}", planned=planned) for amount, planned in found if amount is not None)


def plan_of(case: dict[str, Any], total: str = "total") -> Plan:
    bare = cents(case.get("ineligible", "0")) or 0
    plan = money((2015, (cents(case[total]) or 0) - bare), ineligible=bare, **offered(case))
    return replace(plan, funds=third(case))


def plan_of_several(case: dict[str, Any]) -> Plan:
    """The plan of a case with items, shares and programmes by name."""
    filed = case.get("filed_eligible", {})
    return Plan(
        cost_items=tuple(item(name, cents(euro)) for name, euro in case["items"].items()),
        funding_bases=tuple(basis(name, Fraction(share), to) for name, to, share in case["shares"]),
        programmes=tuple(
            programme(**offered(terms), id=name, name=name, filed_eligible_cents=cents(filed.get(name)))
            for name, terms in case["programmes"].items()
        ),
        funds=third(case),
    )


def expected(case: dict[str, Any], *, capped: bool) -> tuple[list[int | None], int | None]:
    """Grants by programme and own share that a case expects in one case of the ceiling."""
    more = "" if capped or "expected_own_if_growing" not in case else "_if_growing"
    grants = case[f"expected_grants{more}"]
    return [cents(grants[name]) for name in case["programmes"]], cents(case[f"expected_own{more}"])


def by_programme(found: Funding, *, capped: bool) -> list[int]:
    whole = found.grant if capped else found.grant_if_growing
    return [figure.cents for figure in (whole.operands if len(found.financing) > 1 else [whole])]


def given_money(plan: Plan, found: list[tuple[int | None, int, bool]]) -> Plan:
    return replace(plan, funds=tuple(fund(a, y, id=f"DM-{n}", planned=p) for n, (y, a, p) in enumerate(found)))


def one(terms: Any, *rows: tuple[int | None, int], ineligible: int = 0) -> Plan:
    """A plan of one programme."""
    return replace(money(*rows, ineligible=ineligible), programmes=(terms,))


def plan_with(offers: list[Any], rows: list[tuple[int | None, int]]) -> Plan:
    """A plan of one or two programmes; two share every other item, a quarter and a half, the rest is the second's
    alone.
    """
    named = [replace(offer, id=f"P{n}", name=f"P{n}") for n, offer in enumerate(offers)]
    items = tuple(item(f"K{n}", amount, year) for n, (year, amount) in enumerate(rows))
    shares = [(Fraction(1, 4), Fraction(1, 2)), (Fraction(0), Fraction(1))] if len(named) == 2 else [(Fraction(1),)]
    bases = tuple(
        basis(i.id, share, p.id)
        for n, i in enumerate(items)
        for p, share in zip(named, shares[n % len(shares)], strict=True)
    )
    return Plan(cost_items=items, funding_bases=bases, programmes=tuple(named))


def filed_like(before: Plan, after: Plan) -> Plan:
    """The second plan with the eligible cost that the first was filed with."""
    filed = {row.id: row.filed_eligible_cents for row in as_filed(before).programmes}
    return replace(after, programmes=tuple(replace(p, filed_eligible_cents=filed[p.id]) for p in after.programmes))


def split(found: Funding, name: str) -> dict[int | None, int]:
    return {year.year: getattr(year, name).cents for year in found.years}


def says(found: Funding, word: str) -> bool:
    return any(word in finding.message for finding in found.findings)


def test_each_type_of_financing_as_worked_by_hand(own_case: Callable[[str], Any]) -> None:
    for case in own_case("grant.json")["cases"]:
        found = funding(plan_of(case))
        told = (found.grant.value, found.own_share.value)
        assert told == (cents(case["expected_grant"]), cents(case["expected_own"])), case["name"]
        if "expected_kink" in case:
            kink = case["expected_kink"]
            assert found.kink.value == (NO_KINK if kink is None else cents(kink)), case["name"]
        if "expected_next_euro" in case:
            assert found.next_euro.value == Fraction(case["expected_next_euro"]), case["name"]
        if case.get("overfinanced"):
            assert says(found, "Überfinanzierung"), case["name"]


def test_additional_cost_absorbs_unplanned_money_as_worked_by_hand(own_case: Callable[[str], Any]) -> None:
    for case in own_case("grant.json")["absorbing"]:
        before = replace(money((2015, cents(case["before_total"])), **offered(case)), funds=third(case))
        found = funding(filed_like(before, plan_of(case)))
        told = (found.grant.value, found.own_share.value)
        assert told == (cents(case["expected_grant"]), cents(case["expected_own"])), case["name"]


def test_several_programmes_as_worked_by_hand(own_case: Callable[[str], Any]) -> None:
    for case in own_case("grant.json")["several_programmes"]:
        found = funding(plan_of_several(case))
        if "expected_grants" in case:
            each = dict(zip(case["programmes"], (figure.value for figure in found.grant.operands), strict=True))
            assert each == {name: cents(euro) for name, euro in case["expected_grants"].items()}, case["name"]
        else:
            assert found.grant.value == cents(case["expected_grant"]), case["name"]
        assert found.own_share.value == cents(case["expected_own"]), case["name"]


READINGS = pytest.mark.parametrize("capped", [True, False], ids=["mit Höchstbetrag", "mitwachsend"])


@READINGS
def test_one_law_as_worked_by_hand(own_case: Callable[[str], Any], capped: bool) -> None:
    cases = own_case("grant.json")["one_law"]
    assert len(cases) >= 40
    for case in cases:
        found = funding(plan_of_several(case))
        own = found.own_share if capped else found.own_share_if_growing
        assert (by_programme(found, capped=capped), own.cents) == expected(case, capped=capped), case["name"]
        assert says(found, "Überfinanzierung") == case.get("overfinanced", False), case["name"]
        assert says(found, "Mindesteigenanteil") == case.get("below_minimum", False), case["name"]


@READINGS
def test_one_law_as_worked_by_hand_holds_in_the_simulation(own_case: Callable[[str], Any], capped: bool) -> None:
    drawn_cases = [case for case in own_case("grant.json")["one_law"] if "third_unplanned" not in case]
    assert len(drawn_cases) >= 30
    for case in drawn_cases:
        plan = plan_of_several(case)
        amounts = {row.id: np.array([row.amount_cents]) for row in plan.cost_items}
        drawn = DrawnMoney(plan, amounts, splits(plan, timetable(plan)))
        grants, own = expected(case, capped=capped)
        assert [*drawn.own(capped=capped)] == [own], case["name"]
        need = max(0, drawn.total[0] - drawn.planned_cents)
        raw = [int(grant[0]) for grant in drawn.grants(capped=capped)]
        assert min(need, sum(raw)) == sum(filter(None, grants)), case["name"]
        assert raw == grants or sum(raw) > need, case["name"]


def by_the_triple(law: Law, eligible: int) -> int:
    """G = min(cap, max(0, slope·E − offset)), written down once more (RULES §1.11)."""
    wanted = max(0, round_half_up(law.slope * eligible) - law.offset_cents)
    return wanted if law.cap_cents is None else min(law.cap_cents, wanted)


@READINGS
def test_one_law_as_worked_by_hand_is_the_triple_and_two_cuts(own_case: Callable[[str], Any], capped: bool) -> None:
    for case in own_case("grant.json")["one_law"]:
        plan = plan_of_several(case)
        eligible = [sum(figure.cents for figure in parts.values()) for parts in eligible_parts(plan).values()]
        terms = [terms_of(row, capped=capped) for row in plan.programmes]
        planned, unplanned = (cents(case.get(f"third_{kind}", "0")) or 0 for kind in ("planned", "unplanned"))
        laws = laws_of(terms, eligible, planned)
        more = 0
        if filed := [cents(euro) or 0 for euro in case.get("filed_eligible", {}).values()]:
            more = max(0, sum(eligible) - sum(filed))
        uncovered = max(0, unplanned - more)
        shares = largest_remainder(uncovered, eligible)
        raw = [
            law.less(by_the_triple(law, cost), cost, share)
            for law, cost, share in zip(laws, eligible, shares, strict=True)
        ]
        assert grants_cents(terms, eligible, planned, uncovered) == raw, case["name"]
        total = sum(row.amount_cents or 0 for row in plan.cost_items)
        over = min(sum(raw), max(0, sum(raw) + planned + unplanned - total))
        cut = [grant - less for grant, less in zip(raw, largest_remainder(over, raw), strict=True)]
        assert (cut, total - planned - unplanned - sum(cut)) == expected(case, capped=capped), case["name"]


def alone(plan: Plan) -> tuple[Law, int, int, int]:
    """The one law of a plan with its eligible and total cost and its third-party money, all of it planned."""
    third_cents = sum(row.amount_cents or 0 for row in plan.funds)
    law = law_of(terms_of(plan.programmes[0]), third_cents)
    parts = eligible_parts(plan)[plan.programmes[0].id]
    return law, sum(f.cents for f in parts.values()), sum(row.amount_cents or 0 for row in plan.cost_items), third_cents


def all_planned(plan: Plan) -> Plan:
    return replace(plan, funds=tuple(row for row in plan.funds if row.planned))


@pytest.mark.parametrize("section", ["cases", "absorbing", "goal_seek"])
def test_every_worked_case_is_the_triple_alone(own_case: Callable[[str], Any], section: str) -> None:
    compared = 0
    for case in own_case("grant.json")[section]:
        total = "expected_total" if section == "goal_seek" else "total"
        if case[total] is None:
            continue
        plan = all_planned(plan_of(case, total))
        law, eligible, cost, planned = alone(plan)
        grant = law.grant_cents(eligible)
        found = funding(plan)
        assert found.grant.cents == min(grant, max(0, cost - planned)), case["name"]
        assert grant == by_the_triple(law, eligible), case["name"]
        if planned == 0 or grant < cost - planned:
            assert found.grant.cents == grant, case["name"]
        compared += 1
    assert compared >= {"cases": 73, "absorbing": 8, "goal_seek": 20}[section]


def test_every_worked_case_of_several_programmes_is_one_triple_each(own_case: Callable[[str], Any]) -> None:
    for case in own_case("grant.json")["several_programmes"]:
        plan = all_planned(plan_of_several(case))
        terms = [terms_of(row) for row in plan.programmes]
        eligible = [sum(figure.cents for figure in parts.values()) for parts in eligible_parts(plan).values()]
        laws = laws_of(terms, eligible, sum(row.amount_cents or 0 for row in plan.funds))
        raw = [law.grant_cents(cost) for law, cost in zip(laws, eligible, strict=True)]
        found = funding(plan)
        if not says(found, "Überfinanzierung"):
            assert by_programme(found, capped=True) == raw, case["name"]
        assert found.grant.cents == min(sum(raw), max(0, found.total.cents - found.third_party.cents)), case["name"]


@pytest.mark.parametrize("section", ["years", "years_with_third_party_money"])
def test_every_worked_case_of_years_is_the_triple_on_the_cost_to_each_year(
    own_case: Callable[[str], Any], section: str
) -> None:
    for case in own_case("grant.json")[section]:
        plan = all_planned(plan_of_years(case))
        law, eligible, cost, planned = alone(plan)
        found = funding(plan)
        assert found.grant.cents == min(law.grant_cents(eligible), max(0, cost - planned)), case["name"]
        if planned or law.shrinks != "by share":
            continue
        until = granted = 0
        bare = case.get("ineligible", {})
        for year in found.years:
            until += year.total.cents - (cents(bare.get(str(year.year), "0")) or 0)
            granted += year.grant.cents
            assert granted == law.grant_cents(until), (case["name"], year.year)


def plan_of_years(case: dict[str, Any]) -> Plan:
    bare = {int(year): cents(euro) or 0 for year, euro in case.get("ineligible", {}).items()}
    rows = [(int(year), (cents(euro) or 0) - bare.get(int(year), 0)) for year, euro in case["costs"].items()]
    plan = money(*rows, ineligible=sum(bare.values()), **offered(case))
    return given_money(plan, [(int(y), cents(euro) or 0, how == "geplant") for y, euro, how in case.get("third", [])])


@pytest.mark.parametrize("section", ["years", "years_with_third_party_money"])
def test_years_as_worked_by_hand(own_case: Callable[[str], Any], section: str) -> None:
    for case in own_case("grant.json")[section]:
        found = funding(plan_of_years(case))
        for name, key in (("total", "costs"), ("grant", "grants"), ("own_share", "own")):
            assert split(found, name) == {int(y): cents(euro) for y, euro in case[key].items()}, case["name"]
        for year in case["costs"]:
            assert says(found, f"Eigenanteil {year} ist negativ") == (year in case.get("negative_years", [])), case


def test_the_cost_that_meets_an_own_share_as_worked_by_hand(own_case: Callable[[str], Any]) -> None:
    for case in own_case("grant.json")["goal_seek"]:
        own, bare, planned = (cents(case.get(name, "0")) or 0 for name in ("own", "ineligible", "third_planned"))
        found = seek_total_cents(law_of(terms_of(programme(**offered(case))), planned), own, bare, planned)
        assert found == cents(case["expected_total"]), case["name"]
        if found is not None:
            met = funding(plan_of({**case, "total": str(Fraction(found, 100))})).own_share.cents
            assert abs(met - own) <= 1, case["name"]


@few
@given(st.lists(programmes, min_size=1, max_size=2), costs, gifts)
def test_parts_add_up_to_the_cent_with_any_money_and_any_type(offers: Any, rows: Any, money_given: Any) -> None:
    found = funding(given_money(plan_with(offers, rows), money_given))
    assert found.total.cents == found.grant.cents + found.third_party.cents + found.own_share.cents
    for name in ("total", "grant", "third_party", "own_share"):
        assert sum(split(found, name).values()) == getattr(found, name).cents, name
    for year in found.years:
        assert year.total.cents == year.grant.cents + year.third_party.cents + year.own_share.cents


@few
@given(st.lists(programmes, min_size=1, max_size=2), costs, gifts)
def test_the_grant_never_overfinances(offers: Any, rows: Any, money_given: Any) -> None:
    found = funding(given_money(plan_with(offers, rows), money_given))
    assert found.grant.cents >= 0
    assert found.own_share.cents >= min(0, found.total.cents - found.third_party.cents)


@few
@given(programmes, costs, gifts, amounts)
def test_a_grant_stays_between_nothing_and_what_the_notice_allows(
    offer: Any, rows: Any, money_given: Any, bare: int
) -> None:
    found = funding(given_money(one(offer, *rows, ineligible=bare), money_given))
    limit = offer.fixed_cents if offer.financing == "festbetrag" else offer.cap_cents
    assert 0 <= found.grant.cents <= found.eligible.cents
    assert limit is None or found.grant.cents <= limit
    if offer.financing == "anteil":
        assert found.grant.cents <= offer.rate_share * found.eligible.cents + Fraction(1, 2)


@few
@given(st.lists(programmes, min_size=1, max_size=2), costs, amounts)
def test_the_own_share_never_falls_when_cost_rises(offers: Any, rows: Any, more: int) -> None:
    dearer = [(rows[0][0], rows[0][1] + more), *rows[1:]]
    before, after = (funding(plan_with(offers, r)).own_share.cents for r in (rows, dearer))
    assert before <= after


@few
@given(st.lists(programmes, min_size=1, max_size=2), costs, gifts, st.permutations([2015, 2016, 2017]))
def test_moving_cost_between_years_keeps_the_sums(offers: Any, rows: Any, money_given: Any, to: list[int]) -> None:
    moved = [(year, amount) for year, (_, amount) in zip(to, rows, strict=False)]
    before, after = (funding(given_money(plan_with(offers, r), money_given)) for r in (rows, moved))
    for name in ("total", "grant", "third_party", "own_share"):
        assert getattr(before, name).value == getattr(after, name).value, name
        assert sum(split(before, name).values()) == sum(split(after, name).values()), name


@few
@given(st.lists(programmes, min_size=1, max_size=2), costs, amounts, st.integers(0, 300))
def test_an_item_spread_over_years_keeps_the_sums(offers: Any, rows: Any, late: int, early: int) -> None:
    plan = plan_with(offers, rows)
    later = min(late, rows[0][1])
    items = (replace(plan.cost_items[0], filed_split=((2015, rows[0][1] - later), (2016, later))), *plan.cost_items[1:])
    before, after = funding(plan), funding(replace(plan, cost_items=items))
    for name in ("total", "grant", "own_share"):
        assert sum(split(before, name).values()) == sum(split(after, name).values()) == getattr(after, name).value


@few
@given(programmes, amounts, amounts, st.one_of(st.just(0), amounts))
def test_seeking_the_cost_is_the_way_back(offer: Any, eligible: int, bare: int, planned: int) -> None:
    law = law_of(terms_of(offer), planned)

    def own(total: int) -> int:
        return total - planned - law.grant_cents(total - bare)

    target = own(eligible + bare)
    assume(target >= max(0, bare - planned))
    found = seek_total_cents(law, target, bare, planned)
    if found is None:  # a flat stretch without end: the city pays this much, however dear it gets
        assert own(eligible + bare) == own(eligible + bare + 10**9)
        return
    assert abs(own(max(found, bare)) - target) <= 1
    assert own(max(found, bare) + 3 * law.slope.denominator) > target, "the upper end of a flat stretch is meant"


@few
@given(programmes, amounts, amounts, st.one_of(st.just(0), amounts))
def test_the_price_of_the_next_euro_is_the_exact_difference(offer: Any, eligible: int, bare: int, planned: int) -> None:
    law = law_of(terms_of(offer), planned)
    step = law.slope.denominator
    corners = [corner for corner in (law.kink, law.start) if corner is not None]
    assume(not any(eligible < corner < eligible + step for corner in corners))
    cheap, dear = (
        funding(given_money(one(offer, (2015, e), ineligible=bare), [(2015, planned, True)]))
        for e in (eligible, eligible + step)
    )
    assume(not planned or min(cheap.own_share.cents, dear.own_share.cents) > 0)
    assert dear.own_share.cents - cheap.own_share.cents == step * cheap.next_euro.value


@few
@given(rates, st.integers(1, 10**4), st.integers(1, 10**4))
def test_the_next_euro_that_absorbs_unplanned_money_is_granted_twice(
    rate: Fraction, more: int, given_units: int
) -> None:
    step = rate.denominator
    eligible, unplanned = (given_units + more) * step, given_units * step
    plan, dearer = (
        given_money(money((2015, e), rate=rate, cap=None), [(2015, unplanned, False)])
        for e in (eligible, eligible + step)
    )
    cheap, dear = (funding(filed_like(plan, p)) for p in (plan, dearer))
    assume(dear.own_share.cents > 0)
    assert dear.own_share.cents - cheap.own_share.cents == step * cheap.next_euro.value
    assert cheap.next_euro.value == 1 - 2 * rate
    assert marginal_own_share(Law(slope=rate), eligible, unplanned) == 1 - rate


@few
@given(programmes, amounts, amounts, amounts)
def test_cost_above_the_plan_before_absorbs_unplanned_money(offer: Any, eligible: int, more: int, gift: int) -> None:
    before, dearer = (given_money(one(offer, (2015, e)), [(2015, gift, False)]) for e in (eligible, eligible + more))
    found, alone = funding(filed_like(before, dearer)), funding(dearer)
    assert found.grant.cents >= alone.grant.cents
    if found.own_share.cents > 0:
        assert found.grant.cents == grants_cents([terms_of(offer)], [eligible + more], 0, max(0, gift - more))[0]
    if more >= gift and found.own_share.cents > 0:
        assert found.grant.cents == funding(replace(dearer, funds=())).grant.cents
    assert funding(filed_like(dearer, before)).grant.cents == funding(before).grant.cents, "less cost absorbs nothing"


spread_rows = st.lists(
    st.tuples(
        st.sampled_from([None, 2015, 2016, 2017]),
        st.one_of(st.integers(0, 6), amounts),
        st.lists(st.integers(0, 9), min_size=3, max_size=3),
    ),
    min_size=1,
    max_size=3,
)
some_years = st.one_of(st.none(), st.none(), st.integers(2015, 2017))
planned_or_not = st.lists(st.tuples(some_years, amounts, st.booleans()), max_size=3)


def spread_plan(offers: Any, rows: Any) -> Plan:
    """A plan whose items lie in one year each or, with weights, in up to three."""
    plan = plan_with(offers, [(year, amount) for year, amount, _ in rows])
    items = tuple(
        replace(row, filed_split=tuple((2015 + n, part) for n, part in enumerate(weights) if part))
        for row, (_, _, weights) in zip(plan.cost_items, rows, strict=True)
    )
    return replace(plan, cost_items=items)


@READINGS
@settings(max_examples=200)
@given(st.lists(programmes, min_size=1, max_size=2), spread_rows, planned_or_not)
def test_a_year_is_negative_only_where_its_own_third_party_money_exceeds_its_need(
    capped: bool, offers: Any, rows: Any, money_given: Any
) -> None:
    plan = given_money(spread_plan(offers, rows), money_given)
    found = funding(plan)
    grant_name, own_name = ("grant", "own_share") if capped else ("grant_if_growing", "own_share_if_growing")
    whole = getattr(found, own_name).cents
    assert sum(split(found, own_name).values()) == whole
    assert sum(split(found, grant_name).values()) == getattr(found, grant_name).cents
    for year in found.years:
        dated = sum(amount for when, amount, _ in money_given if when is not None and when == year.year)
        grant, own = getattr(year, grant_name).cents, getattr(year, own_name).cents
        assert 0 <= grant <= year.total.cents
        if own < 0 and found.third_party.cents <= found.total.cents:
            assert dated > year.total.cents - grant, (year.year, own)
        if capped:
            assert year.total.cents == year.grant.cents + year.third_party.cents + year.own_share.cents
            told = says(found, f"Eigenanteil {year.year or 'ohne Jahr'} ist negativ")
            assert told == (own < 0 and found.third_party.cents <= found.total.cents)
