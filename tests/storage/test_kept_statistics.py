"""Figures of an area are found at once, the newest year without looking at all, and what brought them is kept."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator
from insek_core.plan.imported import Imported, ImportedSeries
from insek_core.rules.places.areas import Outline
from insek_core.rules.places.indicators import AreaValue
from insek_core.storage.store import StaleBase, Store, StoreProblem

CITY = Plan(
    areas=(
        Area(id="L", name="Stadt", level="Stadt", evidence="stated"),
        Area(id="A", name="A", level="Ortsteil", evidence="stated"),
    ),
    indicators=(Indicator(id="EW", name="Einwohner", evidence="stated"),),
)
ROWS = [("EW", "A", 2016, 5.0, "value"), ("EW", "A", 2014, None, "suppressed"), ("B", "A", 2015, 1.5, "value")]
SERIES = ImportedSeries(
    indicator="EW", theme="Einwohner", words="Einwohner", first_year=2014, last_year=2016, figures=2
)
TOLD = Imported(
    kind="statistics",
    author="A",
    reason="r",
    file="a.csv",
    digest="d",
    source="q",
    added=2,
    findings=("x",),
    series=(SERIES,),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "a.sqlite", CITY, author="A", reason="r")


def test_a_profile_is_every_indicator_and_year_of_one_area_and_a_series_one_of_them(store: Store) -> None:
    store.put_values(ROWS)
    assert store.profile("A") == (
        ("B", 2015, AreaValue("A", "value", 1.5)),
        ("EW", 2014, AreaValue("A", "suppressed", None)),
        ("EW", 2016, AreaValue("A", "value", 5.0)),
    )
    assert store.series("EW", "A") == store.profile("A")[1:] and store.series("EW", "L") == ()
    assert store.newest_year("EW") == 2016 and store.newest_year("XX") is None


@given(st.lists(st.tuples(st.sampled_from("XY"), st.integers(1990, 1999), st.sampled_from("LA")), unique=True))
@settings(max_examples=15)
def test_years_are_the_distinct_ones(keys: list[tuple[str, int, str]]) -> None:
    with sqlite3.connect(":memory:") as plain:
        plain.execute("CREATE TABLE t (i, y)")
        plain.executemany("INSERT INTO t VALUES (?, ?)", [key[:2] for key in keys])
        wanted = {i: [r[0] for r in plain.execute("SELECT DISTINCT y FROM t WHERE i=? ORDER BY y", [i])] for i in "XY"}
    store = _empty()
    store.db.conn.execute("DELETE FROM indicator_values")
    store.db.conn.commit()
    store.put_values([(i, area, year, 1.0, "value") for i, year, area in keys])
    assert {i: store.years(i) for i in "XY"} == wanted
    assert {i: store.newest_year(i) for i in "XY"} == {i: max(years, default=None) for i, years in wanted.items()}


_kept: list[Store] = []


def _empty() -> Store:
    """One database for all examples of a law."""
    if not _kept:
        import tempfile

        _kept.append(Store.create(Path(tempfile.mkdtemp()) / "a.sqlite", CITY, author="A", reason="r"))
    return _kept[0]


def test_the_profile_and_the_series_go_through_the_index_of_areas(store: Store) -> None:
    plan = store.db.conn.execute(
        "EXPLAIN QUERY PLAN SELECT * FROM indicator_values WHERE area = 'A' ORDER BY indicator, year"
    ).fetchall()
    assert "values_of_area" in plan[0][-1] and len(plan) == 1, plan


def test_what_a_file_brought_is_kept_with_who_when_and_from_which_file(store: Store) -> None:
    taken = store.take_statistics(ROWS[:2], TOLD, based_on=store.statistics)
    assert store.imports() == (taken,) and taken.number == 1 and taken.imported_at[:2] == "20"
    assert (taken.file, taken.author, taken.source, taken.findings, taken.series) == (
        "a.csv",
        "A",
        "q",
        ("x",),
        (SERIES,),
    )
    assert store.brought("EW") == taken and store.brought("B") is None
    assert store.called() == {("Einwohner", "Einwohner"): "EW"}
    assert store.series("EW", "A")[-1][2].value == 5.0 and store.head.number == 1


def test_statistics_compared_with_older_ones_are_refused_and_nothing_is_changed(store: Store) -> None:
    before = store.statistics
    store.put_values(ROWS[:1])
    with pytest.raises(StoreProblem, match="andere Statistik"):
        store.take_statistics(ROWS, TOLD, based_on=before)
    assert store.imports() == () and store.years("B") == []


def test_figures_and_new_indicators_come_together_or_not_at_all(store: Store) -> None:
    store.save(CITY, based_on=1, author="B", reason="andere")
    with pytest.raises(StaleBase):
        store.take_statistics(ROWS, TOLD, based_on=store.statistics, plan=(CITY, 1))
    broken = [*ROWS, ("EW", "A", 2017, None, "value")]
    with pytest.raises(StoreProblem):
        store.take_statistics(broken, TOLD, based_on=store.statistics, plan=(CITY, 2))
    assert store.head.number == 2 and store.imports() == () and store.profile("A") == ()
    store.take_statistics(ROWS, TOLD, based_on=store.statistics, plan=(CITY, 2))
    assert store.head.number == 3 and store.head.reason == "r"


def test_outlines_replace_the_schematic_ones_and_the_published_geometry_is_kept(store: Store) -> None:
    shape = {"type": "Polygon", "coordinates": [[[12.3, 51.3], [12.4, 51.3], [12.4, 51.4], [12.3, 51.3]]]}
    store.put_outlines([Outline("A", shape, "schematic", "eigene", "x")])
    seen = store.statistics
    told = Imported(kind="outlines", author="A", reason="r", file="a.geojson", digest="d", vintage="2018", added=1)
    store.take_outlines([Outline("A", shape, "official", "2018", "q")], [("A", '{"roh": 1}')], told)
    assert [(o.kind, o.vintage) for o in store.outlines("Ortsteil")] == [("official", "2018")]
    assert store.original_outline("A") == '{"roh": 1}' and store.original_outline("L") == ""
    assert store.imports()[0].vintage == "2018" and store.statistics != seen
