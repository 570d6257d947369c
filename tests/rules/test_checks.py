"""Each check lists its offenders with place and remedy; a plan in order has no findings."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from plans import plans
from small import basis, body, goal, item, programme, serves, sitting, task

from insek_core.plan import Plan
from insek_core.plan.content import Area, Contribution, Goal, Setting, Statement
from insek_core.plan.errors import Finding
from insek_core.plan.finance import Booking, BudgetLine, BudgetStatute
from insek_core.plan.process import CalendarEntry, Document, Event, Format, Organisation, Phase
from insek_core.plan.values import Fuzzy, parse_fuzzy, parse_span
from insek_core.rules.checks import SENSE, check
from insek_core.rules.moneychecks import filed_in_other_years
from insek_core.rules.structure import STRUCTURE, structure


def found(plan: Plan) -> list[tuple[str, str, str]]:
    return [(f.record, f.field, f.level) for f in check(plan)]


def office(office_id: str, **more: Any) -> Organisation:
    return Organisation(**{"id": office_id, "name": office_id, "evidence": "stated", **more})


STRUCTURES: dict[str, tuple[Plan, tuple[str, str]]] = {
    "the same id twice in a table": (Plan(organisations=(office("A"), office("A"))), ("A", "id")),
    "the same id in two tables": (Plan(organisations=(office("A"),), goals=(goal("A"),)), ("A", "id")),
    "no id": (Plan(organisations=(office("", name="x"),)), ("", "id")),
    "a semicolon in the id": (Plan(organisations=(office("A;B"),)), ("A;B", "id")),
    "a blank around the id": (Plan(organisations=(office(" A", name="A"),)), (" A", "id")),
    "an id of 61 signs": (Plan(organisations=(office("A" * 61),)), ("A" * 61, "id")),
    "a missing name": (Plan(organisations=(office("A", name=""),)), ("A", "name")),
    "a missing day": (Plan(calendars=(CalendarEntry(id="K", name="Ferien", first_on=None, last_on=date(2015, 1, 1), evidence="stated"),)), ("K", "first_on")),
    "a reference to nothing": (Plan(tasks=(task("T", phase=""),), contributions=(serves("T", "Z", 1),)), ("T>Z", "goal")),
    "a reference to the wrong table": (Plan(organisations=(office("A"), office("B", department="Z")), goals=(goal("Z"),)), ("B", "department")),
    "one of several references to nothing": (
        Plan(statements=(Statement(id="S", text="x", kind="Frage", concerns=("S", "weg"), evidence="stated"),)), ("S", "concerns")),
    "a choice that is none": (Plan(goals=(goal("Z", "Wunsch"),)), ("Z", "kind")),
    "an evidence that is none": (Plan(organisations=(office("A", evidence="sure"),)), ("A", "evidence")),
    "a number below its bounds": (Plan(cost_items=(item("K", -1),)), ("K", "amount_cents")),
    "a number above its bounds": (Plan(cost_items=(item("K", 1, 2101),)), ("K", "year")),
    "a rate above 100 %": (Plan(programmes=(programme(Fraction(3, 2), None),)), ("FP", "rate_share")),
    "a share below 0": (Plan(programmes=(programme(minimum_own_share=Fraction(-1, 10)),)), ("FP", "minimum_own_share")),
    "a progress of 5.000 %": (Plan(tasks=(task("T", phase="", progress_share=Fraction(50)),)), ("T", "progress_share")),
    "a place off the globe": (Plan(areas=(Area(id="L", name="L", level="Stadt", lat=91.0, evidence="stated"),)), ("L", "lat")),
    "evidence of a field that is none": (Plan(organisations=(office("A", field_evidence=(("preis", "assumed"),)),)), ("A", "field_evidence")),
    "a control sign": (Plan(organisations=(office("A", note="a\x00b"),)), ("A", "note")),
    "a blank around a text": (Plan(organisations=(office("A", note=" x"),)), ("A", "note")),
    "a text without end": (Plan(organisations=(office("A", note="x" * 30_001),)), ("A", "note")),
    "a sign that is none": (Plan(organisations=(office("A", note="a\ufffeb"),)), ("A", "note")),
    "half a sign": (Plan(organisations=(office("A", note="\ud800"),)), ("A", "note")),
    "a number beyond 64 bits": (Plan(cost_items=(item("K", 2**63),)), ("K", "amount_cents")),
    "a number that is none": (Plan(areas=(Area(id="L", name="L", level="Stadt", lon=float("nan"), evidence="stated"),)), ("L", "lon")),
    "an infinite number": (Plan(areas=(Area(id="L", name="L", level="Stadt", area_km2=float("inf"), evidence="stated"),)), ("L", "area_km2")),
}  # fmt: skip


@pytest.mark.parametrize("case", STRUCTURES)
def test_broken_structure_is_found_at_its_place(case: str) -> None:
    plan, place = STRUCTURES[case]
    findings = structure(plan)
    assert place in [(f.record, f.field) for f in findings]
    assert all(f.level == "error" and f.message and f.remedy for f in findings)
    assert {(f.record, f.field) for f in findings} == {place}


HOLIDAYS = CalendarEntry(
    id="F",
    name="Herbstferien",
    kind="Schulferien",
    first_on=date(2015, 10, 12),
    last_on=date(2015, 10, 24),
    evidence="external",
)
MEET = Format(id="V", name="Auftakt", evidence="stated")


def event(day: date) -> Event:
    return Event(id="E", format="V", when=Fuzzy.on(day), evidence="assumed")


SENSES: dict[str, tuple[Plan, tuple[str, str, str]]] = {
    "shares above 100 %": (Plan(cost_items=(item("K", 1),), programmes=(programme(), programme(id="FQ", notice_on=date(2015, 1, 1))),
                                funding_bases=(basis("K"), basis("K", Fraction(1, 10), "FQ"))), ("K", "amount_cents", "error")),
    "low above likely": (Plan(cost_items=(replace(item("K", 5), low_cents=6),)), ("K", "low_cents", "error")),
    "years the wrong way round": (Plan(budget_lines=(BudgetLine(id="L", from_year=2016, to_year=2015, kind="Aufwand", status="angemeldet", evidence="stated"),)),
                                  ("L", "from_year", "error")),
    "days off for two thousand years": (Plan(calendars=(replace(HOLIDAYS, first_on=date(15, 10, 12)),)), ("F", "last_on", "error")),
    "a part of itself": (Plan(goals=(goal("Z", parent="Z"),)), ("Z", "parent", "error")),
    "a department of its own office": (Plan(organisations=(office("A", department="B"), office("B", department="A"))), ("A", "department", "error")),
    "a day that means never": (Plan(tasks=(task("T", deadline_on=date.max, phase=""),)), ("T", "deadline_on", "error")),
    "a Stichtag in the year 9999": (Plan(settings=(Setting(id="reference_date", name="Stichtag", value="9999-12-31", evidence="assumed"),)),
                                    ("reference_date", "value", "warning")),
    "a phase that ends before it begins": (Plan(phases=(Phase(id="P", name="P", begin=parse_fuzzy("2016"), end=parse_fuzzy("2015"), evidence="stated"),)),
                                           ("P", "end", "error")),
    "a constraint without a day": (Plan(tasks=(task("T", constraint="genau am", phase=""),)), ("T", "constraint_on", "warning")),
    "no amount": (Plan(cost_items=(item("K", None),)), ("K", "amount_cents", "warning")),
    "no year": (Plan(cost_items=(item("K", 1, None),)), ("K", "year", "warning")),
    "no rate": (Plan(programmes=(programme(None, None),)), ("FP", "rate_share", "warning")),
    "another financing": (Plan(programmes=(programme(cap=None, financing="festbetrag"),)), ("FP", "fixed_cents", "warning")),
    "no notice": (Plan(programmes=(programme(),)), ("FP", "cap_is_ceiling", "notice")),
    "a stated total that is missed": (Plan(cost_items=(item("K", 1),), statements=(
        Statement(id="S", text="x", kind="Finanzangabe", figure="total_cents", amount_cents=2, evidence="stated"),)), ("S", "amount_cents", "warning")),
    "a notice without its number": (Plan(programmes=(programme(notice_on=date(2015, 8, 12), cap_is_ceiling=True),)),
                                    ("FP", "notice_number", "warning")),
    "a notice that ends before the last cost": (Plan(cost_items=(item("K", 1, 2017),), programmes=(programme(
        notice_on=date(2015, 8, 12), notice_number="1", cap_is_ceiling=True, notice_period=parse_fuzzy("2016")),)), ("FP", "notice_period", "warning")),
    "cost of a year in which its step does not run": (Plan(cost_items=(replace(item("K", 1, 2017), bound_to="P"),), phases=(
        Phase(id="P", name="P", begin=parse_fuzzy("2015"), end=parse_fuzzy("2016"), evidence="stated"),)), ("K", "year", "notice")),
    "a budget in force before it is decided": (Plan(budget_statutes=(BudgetStatute(id="H", from_year=2015, to_year=2016, decided_on=date(2015, 3, 1),
        in_force_on=date(2015, 2, 1), evidence="stated"),)), ("H", "in_force_on", "error")),
    "a threshold that is no amount": (Plan(settings=(Setting(id="overrun_council_cents", name="Schwelle", value="viel", evidence="assumed"),)),
                                      ("overrun_council_cents", "value", "warning")),
    "a missed quarter": (Plan(bodies=(body(cadence_words="einmal pro Quartal", first_on=date(2016, 1, 1), until_on=date(2016, 6, 30)),),
                              meetings=(sitting("S", parse_fuzzy("1. Quartal 2016")),)), ("", "", "warning")),
    "a cadence that cannot be read": (Plan(bodies=(body(cadence_words="Regeltermin"),)), ("G", "cadence_words", "notice")),
    "a series that is none": (Plan(bodies=(body(cadence="jeden Dienstag", first_on=date(2016, 1, 1)),)), ("G", "cadence", "error")),
    "a series without a first day": (Plan(bodies=(body(cadence="FREQ=WEEKLY"),)), ("G", "first_on", "notice")),
    "a sitting instead of none": (
        Plan(bodies=(body(cadence="FREQ=WEEKLY;BYDAY=TU", first_on=date(2016, 1, 5), until_on=date(2016, 2, 1)),),
             meetings=(sitting("S", parse_fuzzy("14.01.2016"), instead_of_on=date(2016, 1, 13)),)), ("S", "instead_of_on", "warning")),
    "more interest than seats": (Plan(formats=(replace(MEET, seats=parse_span("30–35"), expected=parse_span("ca. 60")),)), (MEET.id, "expected", "warning")),
    "an event on a public holiday": (Plan(formats=(MEET,), events=(event(date(2015, 12, 25)),)), ("E", "when", "warning")),
    "a missing annex": (Plan(documents=(Document(id="D", title="Anlage 1", presence="fehlt", evidence="stated"),)), ("D", "presence", "notice")),
    "an event in the school holidays": (Plan(formats=(MEET,), events=(event(date(2015, 10, 24)),), calendars=(HOLIDAYS,)), ("E", "when", "warning")),
    "a Stichtag that is no day": (Plan(settings=(Setting(id="reference_date", name="Stichtag", value="01.06.2015", evidence="assumed"),)),
                                  ("reference_date", "value", "warning")),
    "a lead time that is no number": (Plan(settings=(Setting(id="lead_time_days", name="Vorlauf", value="zwei Wochen", evidence="assumed"),)),
                                      ("lead_time_days", "value", "warning")),
}  # fmt: skip


@pytest.mark.parametrize("case", SENSES)
def test_what_makes_no_sense_is_found_at_its_place(case: str) -> None:
    plan, expected = SENSES[case]
    assert structure(plan) == () and expected in found(plan)


def test_every_check_has_a_case_that_it_finds() -> None:
    for rules, cases in ((STRUCTURE, STRUCTURES), (SENSE, SENSES)):
        idle = [rule.__name__ for rule in rules if not any(list(rule(plan)) for plan, _ in cases.values())]
        assert idle == []


def test_an_event_after_the_last_day_of_the_holidays_is_no_finding() -> None:
    assert found(Plan(formats=(MEET,), events=(event(date(2015, 10, 25)),), calendars=(HOLIDAYS,))) == []


def test_sense_is_checked_only_where_the_structure_holds() -> None:
    plan = Plan(cost_items=(item("K", None), item("K", None)))
    assert {field for _, field, _ in found(plan)} == {"id"}


def test_errors_come_first() -> None:
    plan = Plan(cost_items=(item("K", None), replace(item("L", 1), high_cents=0)), programmes=(programme(),))
    assert [level for _, _, level in found(plan)] == ["error", "warning", "notice"]


def test_the_example_has_no_errors(example: Plan) -> None:
    assert [f.message for f in check(example) if f.level == "error"] == []


def test_an_empty_plan_has_no_findings() -> None:
    assert check(Plan()) == ()


@settings(max_examples=25)
@given(plans())
def test_generated_plans_hold_in_structure_and_every_finding_can_be_mended(plan: Plan) -> None:
    assert structure(plan) == ()
    for finding in check(plan):
        assert isinstance(finding, Finding) and finding.message and finding.remedy
        assert not finding.record or finding.record in plan.by_id


def test_a_judged_contribution_may_be_negative_and_a_booking_too() -> None:
    plan = Plan(
        goals=(Goal(id="Z", name="Z", kind="Ziel", evidence="stated"),),
        tasks=(task("T", phase=""),),
        contributions=(Contribution(id="C", goal="Z", origin="T", weight=-3, evidence="assumed"),),
        bookings=(Booking(id="R", booked_on=date(2016, 1, 1), kind="bezahlt", amount_cents=-5, evidence="stated"),),
    )
    assert structure(plan) == ()


def test_what_the_example_files_lies_in_the_years_of_its_work(example: Plan) -> None:
    assert list(filed_in_other_years(example)) == []
