"""The history of a record: found in every version, whatever its texts look like, and told once for each change."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import goal, serves

from insek_core.change.moments import about, moments
from insek_core.plan import Plan
from insek_core.plan.codec import encode_plan, to_json, with_row, without_row
from insek_core.plan.content import Contribution, Measure
from insek_core.storage.history import _row_in, history
from insek_core.storage.store import Store

PLAN = Plan(
    goals=(goal("Z"), goal("Y")),
    measures=(Measure(id="M", name="Hof", evidence="stated"),),
    contributions=(serves("M", "Z", None),),
)
HOSTILE = ('{"', '"id":"M>Z"', '{"id":"M>Z"}', "\\", '\\"', "ende{", '"},{"id":"M>Z"', ":[{", "ä„“", "\n")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "x.sqlite", PLAN, author="Ada", reason="angelegt")


def saver(store: Store) -> Callable[[Plan, str, str], None]:
    def save(plan: Plan, author: str, reason: str) -> None:
        store.save(plan, based_on=store.head.number, author=author, reason=reason)

    return save


def test_a_cell_knows_who_when_why_and_in_which_version(store: Store) -> None:
    save, cell = saver(store), PLAN.contributions[0]
    save(with_row(PLAN, "goals", goal("X")), "Bo", "ein Ziel mehr")
    save(with_row(PLAN, "contributions", replace(cell, weight=2, reason="prägt")), "Cem", "Runde 1")
    save(with_row(PLAN, "contributions", replace(cell, weight=-1, reason="prägt")), "Dea", "Runde 2")
    save(without_row(PLAN, "contributions", cell.id), "Eva", "aufgeräumt")
    found = history(store, Contribution, [cell.id])
    assert [(m.version.number, m.version.author, m.version.reason, m.words) for m in found] == [
        (1, "Ada", "angelegt", "neu"),
        (3, "Cem", "Runde 1", "Gewicht leer → 2; Begründung leer → prägt"),
        (4, "Dea", "Runde 2", "Gewicht 2 → −1"),
        (5, "Eva", "aufgeräumt", "entfernt"),
    ]
    assert all(m.version.saved_at for m in found)
    assert history(store, Contribution, ["gibt es nicht"]) == ()


@settings(max_examples=30)
@given(
    st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join), st.sampled_from(("fingerprint", "reason", "source"))
)
def test_a_row_is_found_whatever_its_own_and_its_neighbours_texts_look_like(text: str, field: str) -> None:
    cell, other = (replace(serves("M", "Z", 1), id=name, **{field: text}) for name in ("M>Z", "M>Z2"))
    goals = tuple(replace(row, name=text or "Z") for row in PLAN.goals)
    stored = Plan(goals=goals, contributions=(other, cell))
    row = encode_plan(stored)["contributions"][1]
    assert _row_in(to_json(stored), "M>Z") == row
    assert _row_in(to_json(stored).replace('"id":', '"id": '), "M>Z") == row, "stored with spaces"
    assert _row_in(to_json(replace(stored, contributions=(other,))), "M>Z") is None


def test_the_history_of_several_is_told_version_by_version(store: Store) -> None:
    save, second = saver(store), serves("M", "Y", 3)
    plan = with_row(PLAN, "contributions", second)
    save(plan, "Bo", "einer mehr")
    rows = tuple(replace(row, weight=0) for row in plan.contributions)
    save(replace(plan, contributions=rows), "Cem", "beide")
    found = history(store, Contribution, ["M>Z", "M>Y"])
    assert [(m.version.number, m.record) for m in found] == [(1, "M>Z"), (2, "M>Y"), (3, "M>Z"), (3, "M>Y")]
    states = [(store.version(n), store.load(n).contributions) for n in (1, 2, 3)]
    assert moments("contributions", states) == found, "as whole plans would tell it"


def test_only_texts_are_told_where_only_texts_are_asked(store: Store) -> None:
    save, row = saver(store), PLAN.measures[0]
    save(with_row(PLAN, "measures", replace(row, name="Höfe", horizon="kurzfristig")), "Bo", "anders")
    found = about(history(store, Measure, ["M"]), ("name",))
    assert [(one.version.number, one.words) for one in found] == [(2, "Name Hof → Höfe")]


def test_two_hundred_versions_of_the_example_are_looked_through_within_a_second(db: Path) -> None:
    store = Store(db)
    columns = "saved_at, author, reason, name, based_on, restores, digest, changes, snapshot"
    for number in range(2, 201):
        store.db.conn.execute(
            f"INSERT INTO versions (number, {columns}) SELECT {number}, {columns} FROM versions WHERE number = 1"
        )
    store.db.conn.commit()
    begun = process_time()
    assert [one.version.number for one in history(store, Contribution, ["ZB-01"])] == [1]
    assert process_time() - begun < 1
