"""Typed changes: written and read back the same, applied exactly, refused in German; what changes nothing is said."""

from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import TODAY, basis, link, money, task, work

from insek_core.change.edits.bench import Amount
from insek_core.change.scenario import KEYS, Applied, Change, apply, parse, parse_all, with_change, without, words
from insek_core.plan import Plan
from insek_core.plan.codec import digest
from insek_core.plan.errors import Unreadable
from insek_core.plan.finance import FINANCING
from insek_core.plan.process import Event, Format
from insek_core.plan.record import Record
from insek_core.rules.money.funding import funding
from insek_core.rules.structure import structure
from insek_core.rules.time.schedule import timetable

euros = st.integers(0, 10**12)
days = st.integers(-3650, 3650)
shares = st.fractions(0, 1, max_denominator=10**6)
amounts = st.one_of(
    st.builds(lambda cents: Amount("is", Fraction(cents)), euros),
    st.builds(lambda cents, sign: Amount("more", Fraction(sign * cents)), euros, st.sampled_from((1, -1))),
    st.builds(lambda n: Amount("part", Fraction(n, 10**8)), st.integers(1 - 10**12, 10**12 - 1)),
)
VALUES: dict[str, Any] = {
    "cost": amounts, "ineligible": euros, "rate": shares, "cap": st.one_of(st.none(), euros), "type": st.sampled_from(list(FINANCING)),
    "fixed": euros, "own_fixed": euros, "third_party": euros, "third_party_planned": euros, "drop": st.none(), "delay": days, "longer": days,
    "year": st.integers(1990, 2100), "freeze": shares, "provisional": st.dates(date(1990, 1, 1), date(2100, 12, 31)),
}  # fmt: skip
TARGETS = st.sampled_from(("KO-07", "K1", "FP-1", "a:b", "Straße 7", "Moderation von Veranstaltungen"))

# what each change makes of the example: total, eligible, grant, own share in cents (195.000 = 130.000 + 65.000, ceiling
# 130.000, rate 2/3)
TOTALS = {
    "cost=+10%": (21_450_000, 21_450_000, 13_000_000, 8_450_000),
    "cost=-10%": (17_550_000, 17_550_000, 11_700_000, 5_850_000),
    "cost=+5000": (20_000_000, 20_000_000, 13_000_000, 7_000_000),
    "cost=-15000": (18_000_000, 18_000_000, 12_000_000, 6_000_000),
    "cost=210000": (21_000_000, 21_000_000, 13_000_000, 8_000_000),
    "cost=100000": (10_000_000, 10_000_000, 6_666_667, 3_333_333),
    "cost=0": (0, 0, 0, 0),
    "cost:KO-07=18000": (19_800_000, 19_800_000, 13_000_000, 6_800_000),
    "cost:KO-07=12345.67": (19_234_567, 19_234_567, 12_823_045, 6_411_522),
    "cost:Moderation von Veranstaltungen=+20%": (19_960_000, 19_960_000, 13_000_000, 6_960_000),
    "ineligible=15000": (19_500_000, 18_000_000, 12_000_000, 7_500_000),
    "ineligible=195000": (19_500_000, 0, 0, 19_500_000),
    "rate=3/5": (19_500_000, 19_500_000, 11_700_000, 7_800_000),
    "rate=60%": (19_500_000, 19_500_000, 11_700_000, 7_800_000),
    "rate:FP-1=9/10": (19_500_000, 19_500_000, 13_000_000, 6_500_000),
    "cap=120000": (19_500_000, 19_500_000, 12_000_000, 7_500_000),
    "cap=none": (19_500_000, 19_500_000, 13_000_000, 6_500_000),
    "type=festbetrag": (19_500_000, 19_500_000, 13_000_000, 6_500_000),
    "type=fehlbedarf": (19_500_000, 19_500_000, 13_000_000, 6_500_000),
    "type=voll": (19_500_000, 19_500_000, 13_000_000, 6_500_000),
    "third_party=15000": (19_500_000, 19_500_000, 12_000_000, 6_000_000),
    "third_party_planned=15000": (19_500_000, 19_500_000, 13_000_000, 5_000_000),
    "drop=KO-10": (18_900_000, 18_900_000, 12_600_000, 6_300_000),
    "drop=F6": (18_900_000, 18_900_000, 12_600_000, 6_300_000),
    "drop=FP-1": (19_500_000, 0, 0, 19_500_000),
    **dict.fromkeys(("fixed=100000", "own_fixed=65000", "delay:K1=60", "longer:P2=90", "year:KO-09=2017", "freeze=1/2", "freeze:HS-1=25%",
                     "provisional:HS-2=2017-05-01"), (19_500_000, 19_500_000, 13_000_000, 6_500_000)),
}  # fmt: skip


def made(plan: Plan, *texts: str) -> Applied:
    """The plan after changes that are all readable."""
    changes, unread = parse_all(texts)
    assert unread == ()
    return apply(plan, changes)


def totals(plan: Plan) -> tuple[Any, ...]:
    found = funding(plan)
    return found.total.value, found.eligible.value, found.grant.value, found.own_share.value


def row(plan: Plan, record: str) -> Any:
    return plan.by_id[record]


def messages(done: Applied) -> list[tuple[str, str]]:
    return [(finding.level, finding.message.replace("\xa0", " ")) for finding in done.findings]


# written and read


@pytest.mark.parametrize("key", KEYS)
@given(data=st.data())
def test_a_change_is_read_back_from_its_text(key: str, data: st.DataObject) -> None:
    aims = TARGETS if KEYS[key].targets else st.just("")
    aims = st.one_of(st.just(""), aims) if KEYS[key].whole else aims
    change = Change(key, data.draw(aims), data.draw(VALUES[key]))
    assert parse(change.text) == change
    assert parse(f"  {change.text} ") == change


def test_every_key_has_values_and_a_case_on_the_example() -> None:
    assert set(VALUES) == set(KEYS)
    assert {parse(text).key for text in TOTALS} == set(KEYS)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "„“ ist keine Änderung."),
        ("cost", "„cost“ ist keine Änderung."),
        ("teurer=10", "„teurer=10“ ist keine Änderung."),
        ("cost=10%", "„10%“ ist keine Veränderung."),
        ("cost=zehn", "„zehn“ ist kein Betrag."),
        ("cost=1.234,56", "„1.234,56“ ist kein Betrag."),
        ("cost=12.345", "„12.345“ ist kein Betrag."),
        ("cost=", "„“ ist kein Betrag."),
        ("ineligible=-5", "„-5“ ist kein Betrag."),
        ("ineligible:KO-01=5", "„ineligible“ gilt für den ganzen Plan, nicht für KO-01."),
        ("rate=5/3", "„5/3“ liegt nicht zwischen 0 und 100 %."),
        ("rate=-1/3", "„-1/3“ ist kein Anteil."),
        ("rate=1/0", "„1/0“ ist kein Anteil."),
        ("rate=nan", "„nan“ ist kein Anteil."),
        ("rate=zwei Drittel", "„zwei Drittel“ ist kein Anteil."),
        ("cap=null", "„null“ ist kein Betrag."),
        ("type=anteilig", "„anteilig“ ist keine Finanzierungsart."),
        ("drop=", "„drop=“ nennt keine Kennung."),
        ("drop:KO-10=1", "„1“ gehört hier nicht hin."),
        ("delay=30", "„delay=30“ nennt keine Kennung."),
        ("delay:K1=1.5", "„1.5“ ist keine Zahl von Tagen."),
        ("delay:K1=9999", "„9999“ ist keine Zahl von Tagen."),
        ("year:KO-09=17", "„17“ ist kein Haushaltsjahr."),
        ("freeze=2", "„2“ liegt nicht zwischen 0 und 100 %."),
        ("provisional:HS-1=01.05.2017", "„01.05.2017“ ist kein Tag."),
        ("provisional:HS-1=2017-02-29", "„2017-02-29“ ist kein Tag."),
    ],
)
def test_what_is_no_change_is_refused_in_german_with_the_remedy(text: str, part: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(text)
    assert refused.value.what == part
    assert refused.value.remedy.startswith(("Bitte ", "Erlaubt: ")) and refused.value.remedy.endswith(".")


def test_texts_that_state_no_change_become_findings_and_the_others_hold() -> None:
    changes, findings = parse_all(["cost=+10%", "unsinn", "rate=3/5"])
    assert [change.text for change in changes] == ["cost=+10%", "rate=3/5"]
    assert [(finding.level, finding.record) for finding in findings] == [("error", "unsinn")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cost=+10%", "Kosten insgesamt +10 %"),
        ("cost=-2.5%", "Kosten insgesamt −2,5 %"),
        ("cost:KO-07=12345.67", "Moderation von INSEK-Workshops und Fachforum 12.345,67 €"),
        ("cost=-5000", "Kosten insgesamt −5.000 €"),
        ("rate=2/3", "Fördersatz 66,67 % (2/3)"),
        ("cap=none", "kein Höchstbetrag"),
        ("type=voll", "Vollfinanzierung"),
        ("drop=F6", "ohne future.labs"),
        ("delay:F6=1", "future.labs: 1 Tag später"),
        ("delay:F6=-30", "future.labs: einen Monat (30 Tage) früher"),
        ("longer:P2=90", "Kernarbeitsphase: drei Monate (90 Tage) länger"),
        ("year:KO-09=2017", "Stadtgebietsforen: Ausgabe erst 2017"),
        ("freeze:HS-1=1/2", "Haushaltssperre 2015/2016: 50 % gesperrt"),
        ("provisional:HS-2=2017-05-01", "Haushalt 2017/2018 erst am 01.05.2017 in Kraft"),
    ],
)
def test_a_change_is_told_in_german(text: str, told: str, example: Plan) -> None:
    assert words(example, parse(text)).replace("\xa0", " ") == told


# applied


@pytest.mark.parametrize("text", TOTALS)
def test_each_change_gives_the_totals_worked_by_hand(text: str, example: Plan) -> None:
    done = made(example, text)
    assert [change.text for change in done.changes] == [parse(text).text]
    assert not [finding for finding in done.findings if finding.level == "error"]
    assert totals(done.plan) == TOTALS[text]
    assert structure(done.plan) == ()


def test_no_changes_give_the_very_same_plan(example: Plan) -> None:
    done = apply(example, [])
    assert done.plan is example and done.changes == () and done.findings == ()


def test_the_original_plan_stays_as_it_is(example: Plan) -> None:
    before = digest(example)
    for text in TOTALS:
        made(example, text)
    assert digest(example) == before


def test_terms_and_fixed_amounts_stand_in_the_programme_alone(example: Plan) -> None:
    done = made(example, "fixed=100000", "own_fixed=60000", "rate=3/5", "cap=none")
    found = row(done.plan, "FP-1")
    assert (found.fixed_cents, found.own_fixed_cents, found.rate_share, found.cap_cents) == (
        10_000_000,
        6_000_000,
        Fraction(3, 5),
        None,
    )
    assert replace(done.plan, programmes=example.programmes) == example


@pytest.mark.parametrize(
    ("texts", "own"),
    [
        (("type=festbetrag", "cost=180000"), 5_000_000),
        (("type=fehlbedarf", "own_fixed=65000", "cost=180000"), 6_500_000),
        (("type=voll", "cost=180000"), 5_000_000),
        (("type=festbetrag", "fixed=100000"), 9_500_000),
        (("type=fehlbedarf", "own_fixed=70000"), 7_000_000),
        (("cap=none", "cost=210000"), 7_000_000),
        (("cost=+10%", "ineligible=15000"), 8_450_000),
        (("cap=none", "cost=+10%", "ineligible=15000"), 8_150_000),
    ],
)
def test_several_changes_at_once_are_worked_by_hand(texts: tuple[str, ...], own: int, example: Plan) -> None:
    assert totals(made(example, *texts).plan)[3] == own


def test_a_fixed_amount_that_is_not_stated_is_taken_from_the_plan_and_said(example: Plan) -> None:
    done = made(example, "type=festbetrag")
    assert row(done.plan, "FP-1").fixed_cents == 13_000_000
    assert messages(done) == [("notice", "Als Festbetrag ist der Förderbetrag von 130.000 € angenommen.")]
    done = made(example, "type=fehlbedarf")
    assert row(done.plan, "FP-1").own_fixed_cents == 6_500_000
    assert messages(done) == [
        ("notice", "Als fester Eigenanteil sind 65.000 € angenommen (Gesamtkosten − Förderbetrag).")
    ]


def test_a_phase_three_months_longer_ends_on_31_march_2017(example: Plan) -> None:
    plan = made(example, "longer:P2=90").plan
    assert row(plan, "P2").end.latest == date(2017, 3, 31) and row(plan, "P2").begin == row(example, "P2").begin
    longer = {t.id for t in plan.tasks if t.duration_days != row(example, t.id).duration_days}
    assert longer == {"K3", "K4", "K5", "K6"}  # the last steps of the phase; K1 and K2 lead to others in it


def stretched(plan: Plan, change: str) -> set[str]:
    return {t.id for t in made(plan, change).plan.tasks if t.duration_days != row(plan, t.id).duration_days}


def test_a_longer_phase_stretches_what_others_build_on_and_takes_the_rest_along(example: Plan) -> None:
    assert stretched(example, "longer:P1=60") == {"B5"}  # the report; B5v and B6 follow it
    assert stretched(example, "longer:P3=30") == {"A1"}  # the milestone after it waits for its sitting


def test_a_longer_bilanzphase_delays_the_core_phase_or_names_the_bound_that_breaks(example: Plan) -> None:
    before = {t.id: t for t in timetable(example, TODAY).tasks}
    for days, core in ((60, 0), (90, 25)):  # a day more than the report: the Auftakt lies between
        found = timetable(made(example, f"longer:P1={days}").plan, TODAY)
        moved = (found.by_id["K1"].start_on - before["K1"].start_on).days
        assert moved == core and found.by_id["B6"].finish_on > before["B6"].finish_on
        assert any(
            "Phase „Kernarbeitsphase“ beginnt am" in f.message and "der Phase „Bilanzphase“ endet" in f.message
            for f in found.findings
        )
    assert any("nach dem Ende der Phase (Ende 2016)" in finding.message for finding in found.findings)


def test_a_delayed_phase_takes_its_steps_and_a_delayed_step_only_what_waits_for_it(example: Plan) -> None:
    plan = made(example, "delay:P3=14").plan
    assert (row(plan, "P3").begin.earliest, row(plan, "P3").end.latest) == (date(2017, 1, 15), date(2017, 7, 14))
    assert row(plan, "A1").constraint_on == date(2017, 1, 16)
    plan = made(example, "delay:K1=60").plan
    starts = {t.id: t.start_on for t in timetable(plan).tasks}
    assert row(plan, "K1").constraint_on == date(2016, 3, 4) and starts["K1"] == date(2016, 3, 4)
    assert row(plan, "P2") == row(example, "P2")


def test_a_delayed_format_takes_its_events_along(example: Plan) -> None:
    plan = made(example, "delay:F4=30").plan
    for name in ("EV-F4-1", "EV-F4-4"):
        was, now = row(example, name).when, row(plan, name).when
        assert (now.earliest - was.earliest).days == 30 and (now.latest - was.latest).days == 30
    assert row(plan, "EV-F3-1") == row(example, "EV-F3-1")


def test_a_freeze_releases_the_rest_and_a_budget_comes_into_force_later(example: Plan) -> None:
    assert {s.released_share for s in made(example, "freeze=1/4").plan.budget_statutes} == {Fraction(3, 4)}
    plan = made(example, "freeze:HS-1=1/4", "provisional:HS-2=2017-05-01").plan
    assert [s.released_share for s in plan.budget_statutes] == [Fraction(3, 4), None]
    assert [s.in_force_on for s in plan.budget_statutes] == [None, date(2017, 5, 1)]


def test_moving_a_year_keeps_the_sums(example: Plan) -> None:
    plan = made(example, "year:KO-09=2017", "year:KO-01=2016").plan
    found = funding(plan)
    assert totals(plan) == totals(example)
    assert {y.year: y.total.value for y in found.years} == {2015: 5_000_000, 2016: 11_600_000, 2017: 2_900_000}
    assert sum(y.grant.cents for y in found.years) == 13_000_000


# amounts


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 10**6), min_size=1, max_size=5), st.integers(0, 10**7), st.randoms(use_true_random=False)
)
def test_a_new_total_is_met_to_the_cent_and_no_part_is_a_cent_off_its_quota(
    parts: list[int], wanted: int, dice: Random
) -> None:
    plan = money(*((dice.choice((2015, 2016)), part) for part in parts))
    after = apply(plan, [Change("cost", "", Amount("is", Fraction(wanted)))]).plan
    cents = [item.amount_cents or 0 for item in after.cost_items]
    assert sum(cents) == wanted
    if sum(parts):
        assert all(abs(c - Fraction(part * wanted, sum(parts))) < 1 for c, part in zip(cents, parts, strict=True))


def test_largest_remainder_gives_the_odd_cents_to_the_largest_rests() -> None:
    plan = money((2015, 100), (2015, 100), (2016, 100))
    assert [i.amount_cents for i in made(plan, "cost=100").plan.cost_items] == [3334, 3333, 3333]
    assert [i.amount_cents for i in made(plan, "cost=+1").plan.cost_items] == [134, 133, 133]


@pytest.mark.parametrize("cost", ["cost=+10%", "cost=-10%", "cost=210000", "cost=100000", "cost:KO-07=20000"])
def test_ineligible_cost_stays_in_euro_when_cost_is_scaled(cost: str, example: Plan) -> None:
    bare = made(example, "ineligible=15000").plan
    total, eligible, _, _ = totals(made(bare, cost).plan)
    assert total - eligible == 1_500_000


def test_ineligible_cost_shrinks_only_where_the_item_becomes_smaller_than_it_and_that_is_said() -> None:
    plan = replace(money((2015, 10_000)), funding_bases=(basis("K0", Fraction(1, 2)),))
    done = made(plan, "cost=30")
    assert totals(done.plan)[:2] == (3_000, 0)
    assert messages(done) == [("notice", "K0: der nicht zuwendungsfähige Teil sinkt auf den neuen Betrag von 30 €.")]


def test_ineligible_is_a_new_total_and_takes_in_what_no_programme_pays() -> None:
    plan = money((2015, 90_000), (2016, 10_000), ineligible=20_000)
    for text, eligible in (("ineligible=200", 100_000), ("ineligible=700", 50_000), ("ineligible=1200", 0)):
        assert totals(made(plan, text).plan)[1] == eligible
    assert messages(made(plan, "ineligible=100")) == [("error", "200 € sind ohnehin keinem Programm zugeordnet.")]
    assert messages(made(plan, "ineligible=1200.01")) == [
        ("error", "1.200,01 € nicht zuwendungsfähig sind mehr als die Gesamtkosten.")
    ]


# leaving out


def test_what_exists_only_through_a_dropped_record_goes_with_it(example: Plan) -> None:
    plan = made(example, "drop=F6").plan
    assert {name for name in example.by_id if name not in plan.by_id} == {"F6", "KO-10", "FZ-10", "ZB-34"}
    plan = made(example, "drop=F4").plan
    assert not [e for e in plan.events if e.format == "F4"] and not [i for i in plan.cost_items if i.bound_to == "F4"]
    assert "F4" in row(example, "F1").goes_into and "F4" not in row(plan, "F1").goes_into
    plan = made(example, "drop=FP-1").plan
    assert plan.programmes == () and plan.funding_bases == () and len(plan.cost_items) == 12


def test_links_are_bridged_so_that_no_step_moves_forward() -> None:
    tasks = [task("A", 3), task("B", 5), task("C", 2), task("D", 2)]
    plan = work(tasks, [link("A", "B"), link("B", "C"), link("B", "D"), link("A", "D")])
    after = made(plan, "drop=B").plan
    assert {(x.predecessor, x.successor) for x in after.links} == {("A", "C"), ("A", "D")}
    assert len(after.links) == 2 and structure(after) == ()


def test_a_reference_to_a_dropped_task_is_cleared() -> None:
    plan = work([task("A"), task("B", parent="A")], [])
    plan = replace(plan, formats=(Format(id="F", name="Forum", goes_into=("A", "B"), evidence="stated"),))
    plan = replace(plan, events=(Event(id="E", format="F", evidence="stated"),))
    after = made(plan, "drop=A").plan
    assert row(after, "B").parent == "" and row(after, "F").goes_into == ("B",) and structure(after) == ()


def test_leaving_out_anything_of_the_example_keeps_the_structure(example: Plan) -> None:
    for table in KEYS["drop"].targets:
        for record in example.rows(table):
            done = made(example, f"drop={record.id}")
            assert structure(done.plan) == () and record.id not in done.plan.by_id, record.id


# order and findings


def test_what_drops_out_comes_first_then_cost_then_the_rest_whatever_the_order(example: Plan) -> None:
    given_texts = ("drop=KO-10", "rate=3/5", "ineligible=15000", "cost=210000")
    done = made(example, *given_texts)
    assert [change.text for change in done.changes] == ["drop=KO-10", "cost=210000", "ineligible=15000", "rate=3/5"]
    assert totals(done.plan)[0] == 21_000_000, "the cost that is stated is what comes out"
    assert abs((done.plan.cost_items[0].amount_cents or 0) - 4_444_444) <= 1  # 40.000 of 189.000, of 210.000
    for seed in range(20):
        texts = [*given_texts]
        Random(seed).shuffle(texts)
        assert totals(made(example, *texts).plan) == totals(done.plan)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (("cost=+10%", "cost=-5%"), "cost=-5% widerspricht cost=+10%."),
        (("rate=1/2", "rate=3/5"), "rate=3/5 widerspricht rate=1/2."),
        (("delay:K1=60", "delay:K1=60"), "delay:K1=60 widerspricht delay:K1=60."),
        (
            ("drop=F6", "delay:F6=30"),
            "delay:F6=30 und drop=F6 gehen nicht zusammen: future.labs entfällt.",
        ),
        (
            ("drop=KO-10", "year:KO-10=2017"),
            "year:KO-10=2017 und drop=KO-10 gehen nicht zusammen: future.labs entfällt.",
        ),
        (("drop=F6", "year:KO-10=2017"), "KO-10 entfällt schon durch eine andere Änderung."),
        (("drop=FP-1", "rate=3/5"), "Der Plan hat kein Förderprogramm."),
    ],
)
def test_contradictions_are_findings_and_the_first_holds(texts: tuple[str, ...], message: str, example: Plan) -> None:
    done, turned = made(example, *texts), made(example, *reversed(texts))
    assert [change.text for change in done.changes] == [texts[0]]
    assert messages(done) == messages(turned) == [("error", message)]
    assert done.plan == turned.plan
    assert done.plan == made(example, texts[0]).plan


@pytest.mark.parametrize(
    "text",
    [
        "drop=KO-99",
        "drop=P1",
        "cost:K1=+10%",
        "cost:Reisekosten=+10%",
        "rate:KO-01=1/2",
        "delay:KO-01=5",
        "longer:EV-F1-1=5",
        "year:F6=2017",
        "freeze:FP-1=1/2",
        "provisional:HS-9=2017-05-01",
    ],
)
def test_unknown_ids_and_ids_of_another_kind_are_findings(text: str, example: Plan) -> None:
    done = made(example, text)
    change = parse(text)
    assert done.plan is example and done.changes == ()
    assert messages(done) == [
        ("error", f"{text}: {change.target} gibt es im Plan nicht oder es lässt sich so nicht ändern.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "cost=+0%",
        "cost=195000",
        "ineligible=0",
        "rate=2/3",
        "cap=130000",
        "type=anteil",
        "third_party=0",
        "third_party_planned=0",
        "delay:K1=0",
        "longer:P2=0",
        "delay:F5=30",
        "year:KO-09=2016",
    ],
)
def test_what_changes_nothing_is_named_as_such(text: str, example: Plan) -> None:
    done = made(example, text)
    assert done.plan == example
    assert [(finding.level, finding.message.startswith("Ohne Wirkung: ")) for finding in done.findings] == [
        ("notice", True)
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("cost=-195000.01", "Die Kosten würden negativ."),
        ("longer:A2=30", "Beschlussfassung ist ein Meilenstein und hat keine Dauer."),
        (
            "longer:K4=-200",
            "Aktualisierung der teilräumlichen Aussagen, u. a. zu den fachübergreifenden Schwerpunkträumen "
            "der Stadtentwicklung dauert nur 40 Arbeitstage.",
        ),
        ("longer:F4=-200", "So viel kürzer geht nicht: Das Ende läge vor dem Beginn."),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_the_plan_alone(text: str, message: str, example: Plan) -> None:
    done = made(example, text)
    assert done.plan == example and done.changes == ()
    assert messages(done) == [("error", message)]


def test_unknown_cost_and_a_programme_that_is_not_named_are_refused(example: Plan) -> None:
    unknown = money((2015, None), (2016, 5))
    assert messages(made(unknown, "cost=+10%")) == [("error", "Die Kosten sind nicht vollständig bekannt.")]
    two = replace(
        example, programmes=(*example.programmes, replace(example.programmes[0], id="FP-2", name="Zweites Programm"))
    )
    assert messages(made(two, "rate=1/2")) == [("error", "Der Plan hat mehrere Förderprogramme.")]
    assert row(made(two, "rate:FP-2=1/2").plan, "FP-2").rate_share == Fraction(1, 2)
    bare = replace(example, budget_statutes=())
    assert messages(made(bare, "freeze=1/2")) == [("error", "Der Plan hat keine Haushaltssatzung.")]


# marks


def marked(before: Record, after: Record) -> list[str]:
    names = [f.name for f in fields(after) if f.name not in ("source", "field_evidence")]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


@pytest.mark.parametrize(
    "text",
    [
        "cost=+10%",
        "ineligible=15000",
        "rate=3/5",
        "cap=none",
        "type=festbetrag",
        "delay:P2=30",
        "longer:P2=90",
        "delay:F4=30",
        "year:KO-09=2017",
        "freeze=1/2",
    ],
)
def test_edited_fields_are_assumed_and_name_the_change_as_source(text: str, example: Plan) -> None:
    done = made(example, text)
    edited = [(row(example, r.id), r) for name, r in done.plan.by_id.items() if r != row(example, name)]
    assert edited
    for before, after in edited:
        assert marked(before, after)
        assert all(after.evidence_of(name) == "assumed" for name in marked(before, after))
        assert after.source.startswith(f"Variante: {words(example, parse(text))}")
        assert not before.source or after.source.endswith(f"; im Plan: {before.source}")


@pytest.mark.parametrize("planned", [False, True])
def test_third_party_money_of_a_change_is_assumed(planned: bool, example: Plan) -> None:
    (found,) = made(example, f"third_party{'_planned' if planned else ''}=15000").plan.funds
    assert (found.amount_cents, found.planned, found.evidence) == (1_500_000, planned, "assumed")
    assert found.source.startswith("Variante: ")


# lists of changes


def test_a_change_takes_the_place_of_the_one_it_replaces() -> None:
    first, second = parse("cost=+10%"), parse("rate=3/5")
    assert with_change((), first) == (first,)
    assert with_change((first, second), parse("cost=+5%")) == (parse("cost=+5%"), second)
    assert with_change((first,), parse("cost:KO-07=1")) == (first, parse("cost:KO-07=1"))
    assert with_change((first, second), first) == (first, second)


def test_a_change_is_taken_out_by_key_and_target() -> None:
    changes = (parse("cost=+10%"), parse("cost:KO-07=1"), parse("drop=F6"))
    assert without(changes, "cost") == changes[1:]
    assert without(changes, "cost", "KO-07") == (changes[0], changes[2])
    assert without(changes, "drop") == changes and without(changes, "drop", "F6") == changes[:2]
