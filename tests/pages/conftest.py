"""Screens on a database of one's own: the example, an empty plan, a plan full of faults, damaged rows."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import streamlit as st
from filled import filled_plan
from small import basis, item, link, programme, task

from insek_core.change.entry import with_entry
from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.plan.finance import FundingBasis
from insek_core.plan.process import Phase
from insek_core.plan.values import Fuzzy
from insek_core.storage.founding import Beginning, founded
from insek_core.storage.store import Store


def faulty_plan() -> Plan:
    """What may be saved but makes no sense: a circle, no amount, shares over 100 %, an end before the beginning."""
    twice = FundingBasis(
        id="B-2", cost_item="KO", programme="FP", eligible_share=Fraction(1, 2), evidence="assumed", source="Test"
    )
    return Plan(
        phases=(
            Phase(
                id="P",
                name="Kernphase",
                begin=Fuzzy.on(date(2016, 5, 1)),
                end=Fuzzy.on(date(2016, 3, 1)),
                evidence="stated",
            ),
        ),
        tasks=(task("eins"), task("zwei"), task("undatiert", days=None, phase="")),
        links=(link("eins", "zwei"), link("zwei", "eins")),
        programmes=(programme(cap=None, rate=None),),
        cost_items=(item("KO", None), item("KO-ohne-Jahr", 100_00, None)),
        funding_bases=(basis("KO"), twice),
        indicators=(Indicator(id="I", name="Ohne alles", evidence="assumed"),),
    )


def half_plan() -> Plan:
    """What somebody has after ten minutes: names and Land, a cost without amount, a step without days, a body."""
    names = {"short_name": "SEK", "concept": "das SEK", "concept_genitive": "des SEK", "work": "die Aufstellung"}
    asked = Beginning(city="Neustadt", state="NW", first_year=2025, last_year=2026, **names)
    plan = founded(asked, date(2025, 1, 7))
    for table, texts in (
        ("programmes", {"name": "Lebendige Mitte", "financing": "Anteilfinanzierung"}),
        ("cost_items", {"name": "Gutachten"}),
        ("phases", {"name": "Analyse"}),
        ("tasks", {"name": "Bestand"}),
        ("bodies", {"name": "Rat", "cadence_words": "nach Bedarf"}),
        ("formats", {"name": "Forum"}),
        ("goals", {"name": "Kurze Wege", "kind": "Ziel"}),
        ("areas", {"name": "Mitte", "level": "Ortsteil"}),
    ):
        plan = with_entry(plan, table, texts)[0] or plan
    return plan


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    """Caches are shared between AppTests."""
    st.cache_data.clear()
    st.cache_resource.clear()
    yield


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Path]:
    """Makes a database the one the screens open."""

    def take(path: Path) -> Path:
        monkeypatch.setenv("INSEK_DB", str(path))
        return path

    return take


@pytest.fixture
def example_in_use(db: Path, use: Callable[[Path], Path]) -> Path:
    """A copy of the example, open on the screens."""
    return use(db)


@pytest.fixture
def filled_in_use(tmp_path: Path, use: Callable[[Path], Path]) -> Path:
    """24 goals and 60 measures, open on the screens."""
    path = tmp_path / "plan.sqlite"
    Store.create(path, filled_plan(), author="Test", reason="angelegt").close()
    return use(path)


@pytest.fixture
def damage() -> Callable[..., None]:
    """Writes past the programme."""

    def write(path: Path, *statements: str) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return write


@pytest.fixture
def damaged(db: Path, use: Callable[[Path], Path], damage: Callable[..., None]) -> Path:
    """The example with four values that cannot be read, one of them required and gone."""
    damage(
        db,
        "UPDATE events SET \"when\" = 'irgendwann mal' WHERE rowid = 1",
        "UPDATE meetings SET \"when\" = '31.02.2016' WHERE rowid = 1",
        "UPDATE funding_bases SET eligible_share = 'zwei Drittel' WHERE rowid = 1",
        "UPDATE cost_items SET name = '' WHERE id = 'KO-04'",
    )
    return use(db)


@pytest.fixture
def plan_in_use(request: pytest.FixtureRequest, tmp_path: Path, use: Callable[[Path], Path]) -> Path:
    """The plan a test asks for by word: leer, halb, fehlerhaft or beispiel."""
    if request.param == "beispiel":
        return use(request.getfixturevalue("db"))
    plan = {"leer": Plan(), "halb": half_plan(), "fehlerhaft": faulty_plan()}[request.param]
    path = tmp_path / "plan.sqlite"
    Store.create(path, plan, author="Test", reason="angelegt").close()
    return use(path)
