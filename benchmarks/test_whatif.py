"""What if: a changed plan assessed, a hundred thousand draws against bare numpy, a slider's step to the changed
sentence against a hello slider.
"""

import gc
import statistics
from datetime import date
from functools import _lru_cache_wrapper
from math import log
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser

from benchmarks.scaled import scaled
from benchmarks.test_screens import browser, serving
from insek_core.change.scenario import apply, parse
from insek_core.rules.assessment import assess
from insek_core.rules.chance.ranges import bounds
from insek_core.rules.chance.risk import simulate
from insek_core.storage.embedded import example_plan

__all__ = ["browser"]
STICHTAG, DRAWS, ROUNDS = date(2015, 6, 1), 100_000, 15
SENTENCE = "document.querySelector('.antwort')?.innerText"
WATCH = """() => {
  window.took = [];
  let begun = 0, before = '';
  const watched = () => WATCHED;
  document.addEventListener('keydown', () => { begun = performance.now(); before = watched(); }, true);
  const look = () => {
    const now = watched();
    if (begun && now && now !== before) { window.took.push(performance.now() - begun); begun = 0; }
    requestAnimationFrame(look);
  };
  look();
}"""


SIZES = (1, 10, 30, 100)


def forget() -> None:
    """Nothing is kept from an earlier call: every cache of ours is emptied."""
    for found in gc.get_objects():
        if isinstance(found, _lru_cache_wrapper) and (found.__module__ or "").startswith("insek_core"):
            found.cache_clear()
    gc.collect()


def cold_seconds(times: int, change: str) -> float:
    """The best of some rounds in which a changed plan of this size is assessed for the first time."""
    took = []
    for _ in range(7 if times < 30 else 4):
        plan = apply(scaled(example_plan(), times), [parse(change)]).plan
        forget()
        begun = perf_counter()
        assess(plan, (), STICHTAG)
        took.append(perf_counter() - begun)
    return min(took)


@pytest.mark.parametrize("change", ["cost=+10%", "longer:P2=90"])
def test_assess_of_a_changed_plan_is_linear(change: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Seconds grow with the size to the power of at most 1.1, from the example to a hundred times as much."""
    took = {times: cold_seconds(times, change) for times in SIZES}
    grows = log(took[100] / took[1]) / log(100)
    with capsys.disabled():
        shown = ", ".join(f"{times}x {seconds * 1000:.0f} ms" for times, seconds in took.items())
        print(f"\nassess after {change}, nothing kept: {shown}; exponent {grows:.2f}")
    assert grows <= 1.1


@pytest.mark.benchmark(group="draws")
def test_draws(benchmark: Any) -> None:
    plan = example_plan()
    benchmark(lambda: simulate(plan, 1, DRAWS))


@pytest.mark.benchmark(group="draws")
def test_draws_numpy(benchmark: Any) -> None:
    limits = [bounds(item) for item in example_plan().cost_items]

    def bare() -> Any:
        dice = np.random.default_rng(1)
        return [dice.triangular(*limit, DRAWS) for limit in limits]

    benchmark(bare)


def steps(browser: Browser, address: str, watched: str = SENTENCE, key: str = "ArrowRight") -> float:
    """Median milliseconds from a step of the first slider to the change of what is watched."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_selector(".antwort", state="attached", timeout=60_000)
    page.wait_for_timeout(2500)
    page.get_by_role("slider").first.focus()
    page.evaluate(WATCH.replace("WATCHED", watched))
    for _ in range(ROUNDS + 2):
        page.keyboard.press(key)
        page.wait_for_timeout(700)
    times = page.evaluate("window.took")
    page.close()
    return float(statistics.median(times[2:]))


def test_slider_to_sentence(browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving("benchmarks.hello_slider_app:app", tmp_path / "h.sqlite") as address:
        floor = steps(browser, address)
    with serving("app:app", tmp_path / "b.sqlite") as address:
        found = steps(browser, address + "was-waere-wenn")
    with capsys.disabled():
        print(f"\nhello slider {floor:.0f} ms, was wäre wenn {found:.0f} ms: {found / floor:.1f} x")
