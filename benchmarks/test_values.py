"""Statistics: a slice and a profile from 66,000 and from 6.6 million values against bare sqlite3 on the same query and
pandas in memory; the import of 66,000 values against pandas reading the file and bare sqlite3 writing the rows.

Set INSEK_STATISTICS to a long table (level, code, name, group, indicator, year, value); else one is made up.
"""

import io
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from insek_core.exchange.statistics.choosing import StatisticsChoice
from insek_core.exchange.statistics.proposal import accept_statistics, propose_statistics
from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator
from insek_core.storage.store import Store
from insek_core.storage.values import PUT

YEARS, INDICATORS = range(2000, 2025), 100
SIZES = {66_000: 26, 6_600_000: 2_640}  # areas
SLICE = """SELECT areas.id, coalesce(v.state, 'missing'), v.value FROM areas LEFT JOIN indicator_values v
           ON v.indicator = ? AND v.year = ? AND v.area = areas.id
           WHERE areas.level = ? ORDER BY areas.rowid"""
PROFILE = "SELECT indicator, year, state, value FROM indicator_values WHERE area = ? ORDER BY indicator, year"


def quickest(work: Callable[[], Any], rounds: int = 40) -> float:
    """Seconds of the quicker half of the rounds, in the middle."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(sorted(taken)[: rounds // 2])


def _plan(areas: int) -> Plan:
    return Plan(
        areas=(
            Area(id="S", name="Stadt", code="S", level="Stadt", evidence="stated"),
            *(
                Area(id=f"A{n}", name=f"Gebiet {n}", code=f"{n:04}", level="Ortsteil", evidence="stated")
                for n in range(areas)
            ),
        ),
        indicators=tuple(Indicator(id=f"I{n}", name=f"Merkmal {n}", evidence="stated") for n in range(INDICATORS)),
    )


def _rows(areas: int) -> list[tuple[str, str, int, float, str]]:
    dice = random.Random(areas)
    return [
        (f"I{i}", f"A{a}", year, float(dice.randrange(5000)), "value")
        for i in range(INDICATORS)
        for year in YEARS
        for a in range(areas)
    ]


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size:,}")
def held(request: pytest.FixtureRequest) -> Any:
    """A store and the same rows as a frame with categories."""
    rows = _rows(SIZES[request.param])
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "a.sqlite", _plan(SIZES[request.param]), author="A", reason="r")
        store.put_values(rows)
        frame = pd.DataFrame(rows, columns=["indicator", "area", "year", "value", "state"])
        frame = frame.astype({"indicator": "category", "area": "category", "state": "category"})
        yield store, frame, request.param
        store.close()


def _told(name: str, ours: float, **others: float) -> None:
    more = ", ".join(f"{key} {value * 1000:.2f} ms ({ours / value:.2f}×)" for key, value in others.items())
    print(f"\n{name}: ours {ours * 1000:.2f} ms; {more}")


def test_a_slice(held: Any) -> None:
    store, frame, size = held
    with sqlite3.connect(store.path) as bare:
        ours = quickest(lambda: store.slice("I50", 2015, "Ortsteil"))
        plain = quickest(lambda: bare.execute(SLICE, ["I50", 2015, "Ortsteil"]).fetchall())
    pandas = quickest(lambda: frame[(frame.indicator == "I50") & (frame.year == 2015)], 10)
    _told(f"slice of {size:,}", ours, sqlite3=plain, pandas=pandas)
    assert ours <= 1.5 * plain
    assert size < 1_000_000 or ours < pandas


def test_a_profile(held: Any) -> None:
    store, frame, size = held
    with sqlite3.connect(store.path) as bare:
        ours = quickest(lambda: store.profile("A7"))
        plain = quickest(lambda: bare.execute(PROFILE, ["A7"]).fetchall())
    pandas = quickest(lambda: frame[frame.area == "A7"], 10)
    _told(f"profile of {size:,}", ours, sqlite3=plain, pandas=pandas)
    assert ours <= 1.5 * plain


def test_the_newest_year(held: Any) -> None:
    store, _, size = held
    ours = quickest(lambda: store.newest_year("I50"))
    with sqlite3.connect(store.path) as bare:
        distinct = "SELECT DISTINCT year FROM indicator_values WHERE indicator = ? ORDER BY year"
        before = quickest(lambda: bare.execute(distinct, ["I50"]).fetchall(), 10)
    _told(f"newest year of {size:,}", ours, distinct=before, years=quickest(lambda: store.years("I50"), 10))
    assert ours < before


def _table() -> tuple[bytes, Plan]:
    """A file of 66,000 values and a plan with its areas."""
    given = os.environ.get("INSEK_STATISTICS", "")
    if given:
        from insek_core.storage.embedded import example_plan

        return Path(given).read_bytes(), example_plan()
    rows = _rows(SIZES[66_000])
    lines = [f"ortsteil,{int(a[1:]):04},Gebiet {a[1:]},Thema,{i},{year},{value}" for i, a, year, value, _ in rows]
    return "\n".join(["level,code,name,group,indicator,year,value", *lines]).encode(), _plan(SIZES[66_000])


def test_an_import_of_66_000_values() -> None:
    """The floor of writing them is SQLite's own: the same rows, sorted, into the same table with its indexes."""
    data, plan = _table()
    reading = quickest(lambda: pd.read_csv(io.BytesIO(data), dtype={"code": str}), 6)
    checked, written, bare = [], [], []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            store = Store.create(Path(folder) / "a.sqlite", plan, author="A", reason="r")
            start = time.perf_counter()
            choice = StatisticsChoice(all_new=True)
            found = propose_statistics(store, "lang.csv", data, on=date(2024, 6, 1), choice=choice)
            middle = time.perf_counter()
            accept_statistics(store, found, author="A", reason="r")
            checked.append(middle - start)
            written.append(time.perf_counter() - middle)
            rows = sorted(found.rows, key=lambda row: (row[0], row[2], row[1]))
            store.db.conn.execute("DELETE FROM indicator_values")
            store.db.conn.commit()
            start = time.perf_counter()
            store.db.conn.executemany(PUT, rows)
            store.db.conn.commit()
            bare.append(time.perf_counter() - start)
            store.close()
    dry, put, floor = min(checked), min(written), min(bare)
    _told("dry run of 66,000 values", dry, pandas_reads=reading)
    _told("import of 66,000 values", dry + put, pandas_reads=reading, sqlite3_writes=floor, both=reading + floor)
    assert dry + put <= 3 * (reading + floor)
