"""A new plan: what is asked at its beginning, what the Land's law adds, and nothing else."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insek_core.change.consequences import consequences
from insek_core.change.scenario import apply, parse
from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.content import Setting
from insek_core.plan.finance import BudgetStatute
from insek_core.plan.law import LAENDER
from insek_core.rules.assessment import assess
from insek_core.rules.checks import check
from insek_core.storage.embedded import example_plan
from insek_core.storage.founding import Beginning, blank, completed, founded, lacking, problems
from insek_core.storage.law import legal_sources

ON = date(2025, 3, 1)
TOWN = Beginning(
    city="Neustadt",
    short_name="SEK",
    concept="das Stadtentwicklungskonzept",
    concept_genitive="des Stadtentwicklungskonzepts",
    work="die Aufstellung",
    state="NW",
    first_year=2025,
    last_year=2027,
)


def test_a_new_plan_holds_what_was_asked_and_nothing_of_its_content() -> None:
    plan = founded(TOWN, ON)
    assert {table for table in TABLES if plan.rows(table)} == {"settings", "budget_statutes", "calendars"}
    assert plan.title == "SEK Neustadt" and plan.state == "NW"
    assert plan.subject == "die Aufstellung des Stadtentwicklungskonzepts"
    assert not [found for found in check(plan) if found.level != "notice"]
    assert {row.visibility for table in TABLES for row in plan.rows(table)} == {"öffentlich"}


def test_the_sentences_of_an_empty_plan_say_that_nothing_is_known() -> None:
    told = " ".join(sentence.text for sentence in assess(founded(TOWN, ON), (), ON).situation)
    assert "unbekannt" in told and "Noch" not in told.replace("Noch keine", "")
    assert "0 €" not in told


@pytest.mark.parametrize(
    ("biennial", "spans"),
    [(False, [(2025, 2025), (2026, 2026), (2027, 2027)]), (True, [(2025, 2026), (2027, 2028)])],
)
def test_the_budgets_follow_the_rhythm(biennial: bool, spans: list[tuple[int, int]]) -> None:
    plan = founded(replace(TOWN, biennial=biennial), ON)
    assert [(row.from_year, row.to_year) for row in plan.budget_statutes] == spans
    assert not any(row.decided_on or row.in_force_on for row in plan.budget_statutes)


@pytest.mark.parametrize("code", LAENDER)
def test_every_land_brings_its_own_law_and_school_holidays(code: str) -> None:
    plan = founded(replace(TOWN, state=code), ON)
    own = {source.cited() for source in legal_sources(code, (), ON)}
    cited = {row.value for row in plan.settings if row.unit == "Paragraph"} | {
        row.paragraph for row in plan.settings if row.paragraph
    }
    assert cited <= own
    assert [row for row in plan.calendars if row.name == "Sommerferien"], code
    for row in plan.settings:
        if "nicht nachgelesen" in row.note:
            assert row.evidence == "assumed", "what nobody has read is no fact"


@pytest.mark.parametrize("code", LAENDER)
def test_no_sentence_of_a_plan_names_another_lands_law(code: str) -> None:
    town = founded(replace(TOWN, state=code), ON)
    example = example_plan("musterstadt")
    plan = with_tables(
        example, {"settings": (*(row for row in example.settings if row.id == "reference_date"), *town.settings)}
    )
    before = assess(plan, (), date(2024, 3, 1))
    changed = [apply(plan, [parse(text)]).plan for text in ("delay:S1=150", "cost=+40%", "cost=-20%")]
    after = [assess(one, (), date(2024, 3, 1)) for one in changed]
    told = [s.text for found in (before, *after) for s in found.situation]
    told += [s.text for found in after for s in consequences(before, found).told]
    told += [finding.message for found in (before, *after) for finding in found.findings]
    paragraph_ = r"(?:§§?|Art\.) \d+\w*(?:, \d+\w*)*(?: Abs\. \d+)? [A-Z]\w*(?: [A-Z]\w*)?"
    cited = set(re.findall(paragraph_, " ".join(told)))
    own = {source.cited() for source in legal_sources(code, (), ON)}
    assert cited and all(any(law.startswith(paragraph) for law in own) for paragraph in cited), cited


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"city": " "}, "„Name der Stadt“ fehlt."),
        ({"state": "XX"}, "„XX“ ist kein Land."),
        ({"state": ""}, "„Land“ fehlt."),
        ({"concept_genitive": ""}, "„Das Konzept, mit Artikel (wessen?)“ fehlt."),
        ({"short_name": "x" * 121}, "„Kurzname des Konzepts auf Dateien und Listen“ ist länger als 120 Zeichen."),
        ({"first_year": None}, "Die Haushaltsjahre fehlen oder stimmen nicht."),
        ({"last_year": 2024}, "Die Haushaltsjahre fehlen oder stimmen nicht."),
        ({"last_year": 2080}, "Die Haushaltsjahre fehlen oder stimmen nicht."),
    ],
)
def test_what_is_missing_or_wrong_is_said(wrong: dict[str, object], said: str) -> None:
    assert [found.message for found in problems(replace(TOWN, **wrong))] == [said]  # type: ignore[arg-type]
    assert problems(TOWN) == ()


NAMES = {name: st.text(max_size=5) for name in ("city", "short_name", "concept", "concept_genitive", "work")}
YEARS = st.none() | st.integers(-5, 99_999)
STATES = st.sampled_from(("", "NW", "xx"))


@given(st.builds(Beginning, **NAMES, state=STATES, first_year=YEARS, last_year=YEARS, biennial=st.booleans()))
def test_whatever_is_typed_is_refused_or_makes_a_plan_that_holds(asked: Beginning) -> None:
    if not problems(asked):
        assert not [found for found in check(founded(asked, ON)) if found.level == "error"]


def test_a_plan_from_elsewhere_gets_the_law_it_lacks_and_keeps_its_own() -> None:
    own = Setting(id="transfer_rule", name="Eigene Regel", value="§ 1 Ortsrecht", evidence="stated")
    state = Setting(id="state", name="Land", value="BY", evidence="stated")
    years = BudgetStatute(id="H", from_year=2025, to_year=2025, evidence="stated")
    plan = completed(Plan(settings=(state, own), budget_statutes=(years,)), ON)
    assert plan.setting("transfer_rule", "") == "§ 1 Ortsrecht"
    assert plan.setting("overrun_rule", "") and plan.calendars
    assert completed(plan, ON) == plan


def test_a_template_asks_for_what_is_asked_of_a_new_plan() -> None:
    assert [found.record for found in lacking(blank())] == [
        "city",
        "state",
        "short_name",
        "concept",
        "concept_genitive",
        "work",
    ]
    assert lacking(founded(TOWN, ON)) == ()
