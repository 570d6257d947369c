"""What if: a changed plan assessed, a hundred thousand draws against bare numpy, a slider's step to the changed
sentence against a hello slider.
"""

import statistics
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser

from benchmarks.scaled import scaled
from benchmarks.test_screens import browser, serving
from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.rules.assessment import assess
from insek_core.rules.chance.ranges import bounds
from insek_core.rules.chance.risk import simulate
from insek_core.storage.example import example_plan

__all__ = ["browser"]
STICHTAG, DRAWS, ROUNDS = date(2015, 6, 1), 100_000, 15
WATCH = """() => {
  window.took = [];
  let begun = 0, before = '';
  document.addEventListener('keydown', () => {
    begun = performance.now(); before = document.querySelector('.antwort').innerText;
  }, true);
  const look = () => {
    const now = document.querySelector('.antwort')?.innerText;
    if (begun && now && now !== before) { window.took.push(performance.now() - begun); begun = 0; }
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.fixture(scope="module", params=(1, 10, 100), ids=lambda n: f"{n}x")
def plan(request: pytest.FixtureRequest) -> Plan:
    return scaled(example_plan(), request.param)


@pytest.mark.benchmark(group="assess a changed plan")
def test_assess_changed(benchmark: Any, plan: Plan) -> None:
    assess(plan, (), STICHTAG)
    change = [parse("cost=+10%")]
    benchmark(lambda: assess(apply(plan, change).plan, (), STICHTAG))


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


def steps(browser: Browser, address: str) -> float:
    """Median milliseconds from a step of the first slider to the changed sentence."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_selector(".antwort", state="attached", timeout=60_000)
    page.wait_for_timeout(2500)
    page.get_by_role("slider").first.focus()
    page.evaluate(WATCH)
    for _ in range(ROUNDS + 2):
        page.keyboard.press("ArrowRight")
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
