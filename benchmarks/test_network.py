"""The critical path: activities with two ties each, built and solved, against networkx building the same and finding
its longest path.
"""

import gc
import itertools
import random
import statistics
import time
from typing import Any

import networkx  # type: ignore[import-untyped]
import pytest

from insek_core.rules.time.net.network import solve
from insek_core.rules.time.net.passes import Activity, Tie

SIZES = (1_000, 10_000, 100_000)
ROUNDS = {1_000: 25, 10_000: 9, 100_000: 5}
Rows = tuple[list[tuple[str, int]], list[tuple[str, str]]]


def rows(size: int) -> Rows:
    """Names with durations, and two ties from each activity to earlier ones: the same every time."""
    dice = random.Random(size)
    names = [f"t{n}" for n in range(size)]
    ties = [(names[dice.randrange(max(0, n - 50), n)], names[n]) for n in range(1, size) for _ in range(2)]
    return [(name, dice.randint(1, 20)) for name in names], ties


def ours(given: Rows) -> int | None:
    activities, ties = given
    return solve([Activity(*row) for row in activities], [Tie(*tie) for tie in ties], origin=0).finish


def theirs(given: Rows) -> int:
    """The length of the longest chain: each edge weighs what its first activity takes, and all lead to one end."""
    activities, ties = given
    days = dict(activities)
    graph = networkx.DiGraph()
    graph.add_weighted_edges_from((before, then, days[before]) for before, then in ties)
    graph.add_weighted_edges_from((name, "", duration) for name, duration in activities)
    path = networkx.dag_longest_path(graph)
    return sum(days[name] for name in path if name)


def medians(given: Rows, rounds: int) -> tuple[float, float]:
    """Median seconds of ours and theirs, taken in turns."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, into in zip((ours, theirs), took, strict=True):
            begun = time.perf_counter()
            work(given)
            into.append(time.perf_counter() - begun)
    return statistics.median(took[0]), statistics.median(took[1])


@pytest.mark.benchmark(group="critical path")
@pytest.mark.parametrize("size", SIZES)
def test_critical_path(benchmark: Any, size: int) -> None:
    given = rows(size)
    assert ours(given) == theirs(given)
    took, floor = medians(given, ROUNDS[size])
    benchmark.extra_info["ours_over_networkx"] = round(took / floor, 2)
    benchmark.pedantic(ours, args=(given,), rounds=ROUNDS[size], warmup_rounds=1)


@pytest.mark.benchmark(group="critical path")
@pytest.mark.parametrize("size", SIZES)
def test_critical_path_networkx(benchmark: Any, size: int) -> None:
    benchmark.pedantic(theirs, args=(rows(size),), rounds=ROUNDS[size], warmup_rounds=1)


@pytest.mark.benchmark(group="critical path, growth")
def test_growth(benchmark: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Microseconds for each activity, ours alone: beside networkx the collector would walk its graphs too."""
    each: dict[int, float] = {}
    for size in SIZES:
        given = rows(size)
        gc.collect()
        took = []
        for _ in range(ROUNDS[size]):
            begun = time.perf_counter()
            ours(given)
            took.append(time.perf_counter() - begun)
        each[size] = statistics.median(took) / size
    benchmark.extra_info["each_at_largest_over_smallest"] = round(each[SIZES[-1]] / each[SIZES[0]], 2)
    benchmark.pedantic(ours, args=(rows(SIZES[0]),), rounds=ROUNDS[SIZES[0]])
    with capsys.disabled():
        micro = ", ".join(f"{size:,}: {spent * 1e6:.1f} µs" for size, spent in each.items())
        steps = ", ".join(f"{each[large] / each[small]:.2f}" for small, large in itertools.pairwise(SIZES))
        print(f"\ncritical path, each activity {micro}; from size to size {steps} x")
