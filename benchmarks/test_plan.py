"""Load, save, assess at 1×, 10× and 100× the example; how the file grows."""

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from benchmarks.scaled import scaled
from insek_core.plan import Plan
from insek_core.rules.assessment import assess
from insek_core.storage.embedded import example_plan
from insek_core.storage.store import Store

SIZES = (1, 10, 100)


@pytest.fixture(scope="module", params=SIZES, ids=lambda n: f"{n}x")
def plan(request: pytest.FixtureRequest) -> Plan:
    return scaled(example_plan(), request.param)


@pytest.fixture
def store(plan: Plan, tmp_path: Path) -> Store:
    return Store.create(tmp_path / "b.sqlite", plan, author="B", reason="r")


def test_load(benchmark: Any, store: Store, plan: Plan) -> None:
    assert benchmark(store.load) == plan


def test_save(benchmark: Any, store: Store, plan: Plan) -> None:
    numbers = count(store.head.number)
    benchmark.pedantic(lambda: store.save(plan, based_on=next(numbers), author="B", reason="r"), rounds=3)
    benchmark.extra_info["bytes"] = store.path.stat().st_size
    benchmark.extra_info["rows"] = sum(len(rows) for rows in vars(plan).values() if isinstance(rows, tuple))


def test_assess(benchmark: Any, plan: Plan) -> None:
    benchmark(assess, plan, (), date(2015, 6, 1))
