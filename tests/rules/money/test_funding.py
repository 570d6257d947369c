"""What is granted and what is left: the parts add up to the cent, in sum and in every year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import basis, fund, item, money, programme

from insek_core.plan import Plan
from insek_core.rules.money.funding import Funding, funding
from insek_core.rules.money.grant import Law, marginal_own_share
from insek_core.rules.money.programmes import settled_ceiling
from insek_core.rules.money.sentences import ceiling_sentence, funding_sentence

THIRDS = Fraction(2, 3)
amounts = st.integers(0, 10**9)
rates = st.fractions(0, 1, max_denominator=60)
caps = st.one_of(st.none(), amounts)
years = st.one_of(st.none(), st.integers(2014, 2018))
rows = st.lists(st.tuples(years, amounts), min_size=1, max_size=5)


def cents(euro: str | int) -> int:
    return int(Fraction(str(euro)) * 100)


def by_year(found: Funding) -> dict[int | None, tuple[Any, Any, Any]]:
    return {y.year: (y.total.value, y.grant.value, y.own_share.value) for y in found.years}


def test_grant_and_own_share_as_worked_in_the_shared_cases(shared_case: Callable[[str], Any]) -> None:
    for case in shared_case("funding.json")["share_and_cap"]:
        total, ineligible = cents(case["total"]), cents(case["ineligible"])
        plan = money(
            (2015, total - ineligible), ineligible=ineligible, rate=Fraction(case["rate"]), cap=cents(case["cap"])
        )
        found = funding(plan)
        assert (found.total.value, found.eligible.value) == (total, total - ineligible), case["name"]
        assert (found.grant.value, found.own_share.value) == (
            cents(case["expected_grant"]),
            cents(case["expected_own"]),
        ), case["name"]


def test_other_types_of_financing_as_worked_in_the_shared_cases(shared_case: Callable[[str], Any]) -> None:
    for case in shared_case("funding.json")["other_financing_types"]:
        unplanned = case["kind"] == "anteil_drittmittel"
        given_terms = {f"{name}_cents": cents(case.get(name, 0)) for name in ("fixed", "own_fixed")}
        kind, cap = ("anteil" if unplanned else case["kind"]), (cents(case["cap"]) if "cap" in case else None)
        plan = money((2015, cents(case["total"])), financing=kind, cap=cap, **given_terms)
        if case.get("third"):
            plan = replace(plan, funds=(fund(cents(case["third"]), planned=not unplanned),))
        found = funding(plan)
        assert (found.grant.value, found.own_share.value) == (cents(case["grant"]), cents(case["own"])), case["name"]


def test_the_cumulated_grant_calls_as_worked_in_the_shared_cases(shared_case: Callable[[str], Any]) -> None:
    before = 0
    for case in shared_case("funding.json")["drawdown_cumulative_rounding"]:
        until = Law(slope=THIRDS, cap_cents=13_000_000).grant_cents(cents(case["cum"]))
        assert until - before == cents(case["grant_call"]), case
        before = until


def test_the_cost_that_meets_an_own_share_as_in_the_shared_cases(shared_case: Callable[[str], Any]) -> None:
    capped, growing = (cents(case["answer"]) for case in shared_case("funding.json")["goal_seek"])
    assert funding(money((2015, capped))).own_share.value == 7_000_000
    assert funding(money((2015, growing))).own_share_if_growing.value == 7_000_000


def test_both_readings_of_the_ceiling_are_told(own_case: Callable[[str], Any]) -> None:
    for case in own_case("money.json")["both_readings"]:
        found = funding(money((2015, cents(case["total"]))))
        told = (found.own_share.value, found.own_share_if_growing.value)
        assert told == (cents(case["own_capped"]), cents(case["own_growing"])), case


def test_years_as_worked_by_hand(own_case: Callable[[str], Any]) -> None:
    for case in own_case("money.json")["years"]:
        found = funding(money(*((int(y), cents(c)) for y, c in case["costs"].items()), cap=cents(case["cap"])))
        expected = {int(y): tuple(cents(case[key][y]) for key in ("costs", "grants", "own")) for y in case["costs"]}
        assert by_year(found) == expected, case["name"]


@pytest.mark.parametrize(
    ("eligible", "capped", "growing"),
    [(19_499_999, Fraction(1, 3), Fraction(1, 3)), (19_500_000, 1, Fraction(1, 3)), (30_000_000, 1, Fraction(1, 3))],
)
def test_the_price_of_the_next_euro_jumps_at_the_kink(eligible: int, capped: Any, growing: Any) -> None:
    law = Law(slope=THIRDS, cap_cents=13_000_000)
    assert law.kink == 19_500_000
    assert marginal_own_share(law, eligible) == capped
    assert marginal_own_share(Law(slope=THIRDS), eligible) == growing


def test_the_example_sits_exactly_on_the_kink(example: Plan) -> None:
    found = funding(example)
    assert found.kink.value == found.eligible.value == 19_500_000
    assert (found.next_euro.value, found.next_euro_if_growing.value) == (1, Fraction(1, 3))


def test_an_ineligible_euro_costs_the_city_two_thirds_of_it() -> None:
    before, after = (funding(money((2015, 19_500_000 - bare), ineligible=bare)) for bare in (0, 300))
    assert (after.own_share.cents - before.own_share.cents) == 200


def test_a_ceiling_is_open_until_the_notice_is_entered() -> None:
    settled = {"notice_on": date(2015, 9, 1), "notice_number": "63-1", "cap_is_ceiling": True}
    assert [
        settled_ceiling(programme(**{**settled, gone: v}))
        for gone, v in (("notice_on", None), ("notice_number", ""), ("cap_is_ceiling", None))
    ] == [False] * 3
    assert funding(money((2015, 100))).ceiling_open and not funding(money((2015, 100), **settled)).ceiling_open
    assert not funding(money((2015, 100), cap=None)).ceiling_open


def test_a_cap_known_to_be_no_ceiling_does_not_bind() -> None:
    assert funding(money((2015, 30_000_000), cap_is_ceiling=False)).grant.value == 20_000_000


@pytest.mark.parametrize("gap", ["amount", "rate", "share"])
def test_an_unknown_operand_makes_the_grant_unknown_never_smaller(gap: str) -> None:
    plan = money(
        (2015, 9_000_000), (2016, None if gap == "amount" else 9_000_000), rate=None if gap == "rate" else THIRDS
    )
    if gap == "share":
        plan = replace(plan, funding_bases=(basis("K0"), basis("K1", None)))
    found = funding(plan)
    assert (found.grant.value, found.own_share.value) == (None, None)
    assert found.total.value == (None if gap == "amount" else 18_000_000)


def test_an_unknown_grant_is_told_as_one_unknown_not_as_an_amount() -> None:
    told = funding_sentence(funding(money((2015, 9_000_000), financing="festbetrag"))).text.replace("\xa0", " ")
    assert told.endswith(
        "2015 Gesamtkosten von 90.000 € angesetzt; wie viel davon Förderung und wie viel städtischer Eigenanteil ist, "
        "ist unbekannt."
    )


def test_no_cost_item_is_unknown_not_zero() -> None:
    found = funding(Plan())
    assert (found.total.value, found.eligible.value, found.grant.value, found.own_share.value) == (None,) * 4
    assert found.years == ()


def test_without_a_programme_the_city_pays_all() -> None:
    found = funding(Plan(cost_items=(item("K", 100),)))
    assert (found.grant.value, found.own_share.value) == (0, 100)


def test_several_programmes_grant_each_on_its_own_share() -> None:
    plan = Plan(
        cost_items=(item("K", 1_000_000),),
        funding_bases=(basis("K", Fraction(1, 2)), basis("K", Fraction(1, 4), "FQ")),
        programmes=(programme(cap=None), programme(Fraction(1, 2), 100_000, id="FQ", name="Zweites")),
    )
    found = funding(plan)
    assert found.grant.value == 333_333 + 100_000
    assert found.own_share.value == 1_000_000 - 433_333


def test_third_party_money_lowers_the_own_share_in_its_year() -> None:
    plan = replace(
        money((2015, 9_000_000), (2016, 9_000_000)), funds=(fund(1_000_000, 2016), fund(50, 2015, planned=False))
    )
    found = funding(plan)
    # 120.000 × (1 − 0,50 / 180.000) = 119.999,6667; halved 59.999,835: the cent goes to the first year
    assert (found.grant.value, found.third_party.value, found.own_share.value) == (11_999_967, 1_000_050, 4_999_983)
    assert by_year(found) == {2015: (9_000_000, 5_999_984, 2_999_966), 2016: (9_000_000, 5_999_983, 2_000_017)}


def test_unknown_third_party_money_makes_the_own_share_unknown() -> None:
    assert funding(replace(money((2015, 100)), funds=(fund(None),))).own_share.value is None


@given(rows, rates, caps, st.lists(st.tuples(st.integers(2014, 2018), amounts), max_size=2, unique_by=lambda x: x[0]))
def test_parts_add_up_to_the_cent_in_sum_and_in_every_year(
    costs: Any, rate: Fraction, cap: int | None, gifts: Any
) -> None:
    plan = replace(money(*costs, rate=rate, cap=cap), funds=tuple(fund(amount, year) for year, amount in gifts))
    found = funding(plan)
    third = dict(gifts)
    assert found.total.value == found.grant.cents + found.third_party.cents + found.own_share.cents
    for year in found.years:
        assert year.total.cents == year.grant.cents + third.get(year.year, 0) + year.own_share.cents
    for name in ("total", "grant", "own_share"):
        assert sum(getattr(year, name).cents for year in found.years) == getattr(found, name).cents


@given(rows, rates, caps)
def test_a_grant_stays_within_cap_and_rate(costs: Any, rate: Fraction, cap: int | None) -> None:
    found = funding(money(*costs, rate=rate, cap=cap))
    assert 0 <= found.grant.cents <= rate * found.eligible.cents + Fraction(1, 2)
    assert cap is None or found.grant.cents <= cap
    assert all(year.grant.cents >= 0 for year in found.years)


@given(rows, st.integers(0, 10**9), rates, caps)
def test_the_own_share_never_falls_when_cost_rises(costs: Any, more: int, rate: Fraction, cap: int | None) -> None:
    dearer = [(costs[0][0], costs[0][1] + more), *costs[1:]]
    before, after = (funding(money(*rows_, rate=rate, cap=cap)).own_share.cents for rows_ in (costs, dearer))
    assert before <= after


@given(rows, rates, caps, st.integers(2014, 2018))
def test_moving_cost_between_years_keeps_the_sums(costs: Any, rate: Fraction, cap: int | None, year: int) -> None:
    moved = [(year, amount) for _, amount in costs]
    before, after = (funding(money(*rows_, rate=rate, cap=cap)) for rows_ in (costs, moved))
    assert (before.grant.value, before.own_share.value) == (after.grant.value, after.own_share.value)


def test_a_figure_that_equals_the_paper_rests_on_the_paper(example: Plan) -> None:
    found = funding(example)
    assert [f.evidence for f in (found.total, found.grant, found.own_share)] == ["stated"] * 3
    dearer = replace(example, cost_items=(replace(example.cost_items[0], amount_cents=1), *example.cost_items[1:]))
    assert [funding(dearer).total.evidence, funding(dearer).total.assumed] == ["derived", True]


def test_the_ceiling_is_called_our_assumption_only_where_it_is_one() -> None:
    said = []
    for marks in ((("cap_is_ceiling", "assumed"),), ()):
        plan = money((2015, 19_500_000), cap_is_ceiling=True, field_evidence=marks)
        told = ceiling_sentence(funding(plan))
        assert told
        said.append(("unsere Annahme" in told.text, told.assumed))
    assert said == [(True, True), (False, False)]
