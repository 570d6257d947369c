"""The funding notice: it states its terms with a source of its own, settles what was open, and says what it lacks."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import money

from insek_core.change.consequences import consequences
from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.plan.content import Statement
from insek_core.plan.errors import InsekError
from insek_core.plan.finance import FINANCING, Programme
from insek_core.plan.values import parse_fuzzy
from insek_core.rules.assessment import assess
from insek_core.rules.figures import field_figure
from insek_core.rules.money.funding import NO_KINK, funding
from insek_core.rules.money.notice import Notice, notice_findings, with_notice
from insek_core.rules.money.programmes import settled_ceiling

TODAY = date(2015, 6, 1)
CITED = "Bescheid vom 12.08.2015, Az. 63-1"


def stated(**more: Any) -> Notice:
    terms = {"financing": "anteil", "rate_share": Fraction(2, 3), "cap_cents": 13_000_000, "cap_is_ceiling": True}
    return Notice(**{"notice_on": date(2015, 8, 12), "notice_number": "63-1", **terms, **more})


def first(plan: Plan) -> Programme:
    return plan.programmes[0]


def messages(plan: Plan, notice: Notice, programme: str = "FP-1") -> list[tuple[str, str]]:
    found = notice_findings(plan, programme, notice)
    return [(finding.level, finding.message.replace("\xa0", " ")) for finding in found]


def test_exactly_what_the_notice_says_is_stated_by_it(example: Plan) -> None:
    old, new = first(example), first(with_notice(example, "FP-1", stated()))
    for name in ("notice_on", "notice_number", "financing", "rate_share", "cap_cents", "cap_is_ceiling"):
        assert (new.evidence_of(name), new.origin_of(name)) == ("stated", CITED), name
    for name in ("federal_share", "minimum_own_share", "filed_eligible_cents"):
        assert (new.evidence_of(name), new.origin_of(name)) == (old.evidence_of(name), old.origin_of(name)), name


def test_where_does_it_come_from_shows_the_notice_and_no_longer_the_paper(example: Plan) -> None:
    figures = funding(with_notice(example, "FP-1", stated())).notices[0].figure.operands
    assert {figure.source for figure in figures} == {CITED}
    assert not any(figure.assumed for figure in figures)


def test_with_a_ceiling_the_grant_stays_where_it_is(example: Plan) -> None:
    found = funding(with_notice(example, "FP-1", stated()))
    assert (found.ceiling_open, found.grant.value, found.kink.value) == (False, 13_000_000, 19_500_000)
    assert (found.next_euro.value, found.grant_if_growing.value) == (1, 13_000_000)


def test_without_one_the_grant_grows_with_the_cost(example: Plan) -> None:
    dearer = apply(example, [parse("cost=+10%")]).plan
    open_, found = funding(dearer), funding(with_notice(dearer, "FP-1", stated(cap_is_ceiling=False)))
    assert (open_.own_share.value, open_.own_share_if_growing.value) == (8_450_000, 7_150_000)
    assert (found.ceiling_open, found.grant.value, found.own_share.value) == (False, 14_300_000, 7_150_000)
    assert (found.kink.value, found.next_euro.value) == (NO_KINK, Fraction(1, 3))


def test_the_open_point_is_settled_on_the_day_of_the_notice_and_no_other_point_is(example: Plan) -> None:
    other = Statement(id="OP-X", kind="Offener Punkt", text="Wer ruft ab?", concerns=("FP-1",), evidence="stated")
    plan = replace(example, statements=(*example.statements, other))
    after = with_notice(plan, "FP-1", stated())
    changed = {row.id for row, old in zip(after.statements, plan.statements, strict=True) if row != old}
    assert changed == {"OP-CAP"}
    assert field_figure(after.by_id["OP-CAP"], "settled_on", "Geklärt", "date").source == CITED


def test_the_remark_that_no_notice_is_there_goes_with_the_first_notice_only(example: Plan) -> None:
    once = with_notice(example, "FP-1", stated())
    assert first(example).note and first(once).note == ""
    noted = replace(once, programmes=(replace(first(once), note="Abruf vierteljährlich"),))
    again = with_notice(noted, "FP-1", stated(notice_number="63-2"))
    assert first(again).note == "Abruf vierteljährlich"
    assert first(again).origin_of("rate_share") == "Bescheid vom 12.08.2015, Az. 63-2"


def test_a_notice_silent_on_the_ceiling_leaves_it_open_and_says_so(example: Plan) -> None:
    notice = stated(cap_is_ceiling=None)
    after = with_notice(example, "FP-1", notice)
    assert funding(after).ceiling_open and first(after).cap_is_ceiling is None
    assert messages(example, notice) == [
        ("warning", "Ob der Förderbetrag ein Höchstbetrag ist, fehlt; beide Fälle bleiben offen.")
    ]


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        (stated(notice_number=""), ("error", "Das Aktenzeichen fehlt; so bleibt offen, was gilt.")),
        (stated(notice_on=None), ("error", "Das Datum des Bescheids fehlt; so bleibt offen, was gilt.")),
        (
            stated(financing="festbetrag"),
            ("error", "Im Bescheid fehlt der Festbetrag; die Förderung ist unbekannt."),
        ),
        (
            stated(financing="fehlbedarf"),
            ("error", "Im Bescheid fehlt der feste Eigenanteil; die Förderung ist unbekannt."),
        ),
        (
            stated(financing=""),
            ("warning", "Die Finanzierungsart ist nicht angegeben; gerechnet wird mit der angenommenen."),
        ),
        (
            stated(notice_period=parse_fuzzy("2016")),
            ("warning", "Der Bewilligungszeitraum (2016) endet vor 2017, für das noch Kosten geplant sind."),
        ),
        (
            stated(rate_share=Fraction(3, 5)),
            (
                "notice",
                "Der Fördersatz ist 60 % statt 66,67 % (2/3): Die Förderung beträgt 117.000 € statt 130.000 €, der "
                "Eigenanteil 78.000 € statt 65.000 €.",
            ),
        ),
        (stated(cap_cents=12_000_000), ("notice", "Der Förderbetrag ist 120.000 € statt 130.000 €.")),
    ],
)
def test_what_a_notice_lacks_or_changes_is_said(example: Plan, notice: Notice, expected: tuple[str, str]) -> None:
    assert messages(example, notice) == [expected]


def test_a_ceiling_without_amount_and_a_rate_that_nobody_knows_are_errors() -> None:
    plan = money((2015, 100), rate=None, cap=None)
    assert messages(plan, stated(rate_share=None, cap_cents=None), "FP") == [
        ("error", "Im Bescheid fehlt der Fördersatz; die Förderung ist unbekannt."),
        ("error", "Der Höchstbetrag fehlt."),
    ]


def test_a_fixed_grant_needs_no_ceiling(example: Plan) -> None:
    notice = stated(financing="festbetrag", fixed_cents=12_000_000, cap_cents=None, cap_is_ceiling=None)
    found = funding(with_notice(example, "FP-1", notice))
    assert messages(example, notice) == []
    assert (found.grant.value, found.own_share.value, found.ceiling_open) == (12_000_000, 7_500_000, False)


def test_what_the_notice_settles_is_told_as_a_consequence(example: Plan) -> None:
    before = assess(example, (), TODAY)
    told = {
        ceiling: [
            sentence.text.replace("\xa0", " ")
            for sentence in consequences(
                before, assess(with_notice(example, "FP-1", stated(cap_is_ceiling=ceiling)), (), TODAY)
            ).told
        ]
        for ceiling in (True, False)
    }
    assert told[True] == [f"Geklärt ist: nach dem {CITED}, sind 130.000 € ein Höchstbetrag."]
    assert told[False] == [
        f"Geklärt ist: nach dem {CITED}, wächst die Förderung mit den Kosten.",
        "Der Eigenanteil bleibt bei 65.000 €. Den nächsten zuwendungsfähigen Euro trägt die Stadt zu 1/3 statt allein.",
    ]


def test_an_unknown_programme_is_refused(example: Plan) -> None:
    with pytest.raises(InsekError, match="unknown programme"):
        with_notice(example, "FP-9", stated())


notices = st.builds(
    Notice,
    notice_on=st.dates(date(2014, 1, 1), date(2018, 1, 1)),
    notice_number=st.text("AZ;-0123 ", min_size=1, max_size=8).map(str.strip).filter(bool),
    financing=st.sampled_from(list(FINANCING)),
    rate_share=st.fractions(0, 1, max_denominator=20),
    cap_cents=st.integers(0, 30_000_000),
    cap_is_ceiling=st.booleans(),
    fixed_cents=st.integers(0, 30_000_000),
    own_fixed_cents=st.integers(0, 30_000_000),
)


@given(notices)
def test_any_full_notice_settles_the_question_and_a_second_time_changes_nothing(example: Plan, notice: Notice) -> None:
    once = with_notice(example, "FP-1", notice)
    found = funding(once)
    assert settled_ceiling(first(once)) and not found.ceiling_open and len(found.notices) == 1
    assert found.grant.cents + found.own_share.cents == 19_500_000
    assert with_notice(once, "FP-1", notice) == once
    assert Notice.of(first(once)) == notice
