"""Goal systems of 200 × 500 pairs: the time to assess one against its filled cells; a key in a matrix of 2,400 cells,
from the press to the number in its cell and to the server's sentence about it.
"""

import gc
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from benchmarks.test_screens import CLICK, browser, serving  # noqa: F401  a fixture
from insek_core.plan import Plan
from insek_core.rules.goals.gaps import gaps
from insek_core.rules.goals.system import goal_system
from insek_core.storage.store import Store
from tests.matrices import goal_system_plan

PARTS = (0.1, 0.3, 1.0)
ROUNDS, KEYS = 7, 25  # two cells a key: the matrix has sixty columns
ADDRESS = f"zielsystem?fragen={quote('Wie stark dient was welchem Ziel?')}"
PRESS = """async ([key, server]) => {
  const host = [...document.querySelectorAll('*')].find(one => one.shadowRoot?.querySelector('[role=grid]'));
  const cell = host.shadowRoot.querySelector('[role=gridcell][tabindex="0"]');
  const typed = /\\d+ Bewertung[^.]*geändert/;
  const main = document.querySelector('[data-testid=stMain]');
  const said = () => server ? main.innerText.match(typed)?.[0] : cell.textContent;
  const before = said(), begun = performance.now();
  cell.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  while (said() === before) {
    await new Promise(requestAnimationFrame);
    if (performance.now() - begun > 10000) return NaN;
  }
  return performance.now() - begun;
}"""


def assessed(plan: Plan) -> Any:
    """The goal system of the plan and its gaps, with nothing kept from before."""
    fresh = replace(plan)
    found = goal_system(fresh)
    return gaps(fresh, found.ladders), found


def counted(plan: Plan) -> Any:
    """The floor: one look at each contribution and at each pair."""
    known = {goal.id for goal in plan.goals}
    sums = Counter({c.goal: 1 for c in plan.contributions if c.goal in known and c.weight})
    return sums, {(c.goal, c.origin): c.weight for c in plan.contributions}


def medians(*work: Callable[[], Any]) -> list[float]:
    """Median seconds of each, taken in turns."""
    took: list[list[float]] = [[] for _ in work]
    for _ in range(ROUNDS):
        for done, into in zip(work, took, strict=True):
            gc.collect()
            begun = time.perf_counter()
            done()
            into.append(time.perf_counter() - begun)
    return [statistics.median(seconds) for seconds in took]


def test_two_hundred_goals_and_five_hundred_origins_are_assessed_in_time_linear_in_filled_cells(
    capsys: pytest.CaptureFixture[str],
) -> None:
    plans = [goal_system_plan(200, 500, part) for part in PARTS]
    took = medians(*(lambda p=p: assessed(p) for p in plans), *(lambda p=p: counted(p) for p in plans))
    ours, floor = took[: len(PARTS)], took[len(PARTS) :]
    cells = [len(plan.contributions) for plan in plans]
    with capsys.disabled():
        print()
        for part, number, mine, least in zip(PARTS, cells, ours, floor, strict=True):
            each = f"{mine / number * 1e6:.2f} µs a cell, {mine / least:.1f} x one look at each"
            print(f"{part:4.0%} filled: {number:7,} cells {mine * 1000:6.1f} ms, {each}")
    assert ours[-1] / ours[0] <= 1.2 * cells[-1] / cells[0]
    assert ours[-1] / floor[-1] <= 1.5 * max(ours[0] / floor[0], 1)


def test_a_key_in_a_matrix_of_2400_cells(
    browser: Browser,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Store.create(tmp_path / "m.sqlite", goal_system_plan(40, 60, 0.5), author="Messung", reason="2.400 Zellen").close()
    with serving("app:app", tmp_path / "m.sqlite") as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address + ADDRESS)
        page.get_by_role("grid").wait_for(timeout=60_000)
        page.wait_for_timeout(1000)
        found: dict[bool, list[float]] = {False: [], True: []}
        for n in range(KEYS):
            for server in (False, True):
                page.locator("[role=gridcell][tabindex='0']").press("ArrowRight" if n % 7 else "ArrowDown")
                page.wait_for_timeout(300)
                held = page.locator("[role=gridcell][tabindex='0']").inner_text()
                found[server].append(page.evaluate(PRESS, ["2" if held != "+2" else "3", server]))
                page.wait_for_timeout(300)
        page.close()
    told = {server: (statistics.median(took), sorted(took)[int(0.95 * KEYS)]) for server, took in found.items()}
    with capsys.disabled():
        for server, (median, late) in told.items():
            print(
                f"\nkey to {'the sentence of the server' if server else 'its cell'}: {median:.0f} ms, p95 {late:.0f} ms"
            )
    assert told[False][1] <= 200 and told[True][0] <= 200


def test_the_screen_of_the_goals_against_hello(
    browser: Browser,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Click to title as in test_screens, in turns with the hello page, so that a busy machine slows both."""
    with (
        serving("benchmarks.hello_app:app", tmp_path / "h.sqlite") as hello,
        serving("app:app", tmp_path / "b.sqlite") as address,
    ):
        pages = [(browser.new_page(), hello, ("Zwei", "Eins")), (browser.new_page(), address, ("Zielsystem", "Daten"))]
        found: dict[str, list[float]] = {}
        for page, where, _ in pages:
            page.goto(where)
            page.wait_for_selector("h1", timeout=60_000)
            page.wait_for_timeout(1000)
        for n in range(2 * ROUNDS + 1):
            for page, _, names in pages:
                for name in names:
                    spent = page.evaluate(CLICK, [name, name])
                    page.wait_for_timeout(150)
                    found[name] = [*found.get(name, []), *([spent] if n else [])]
    floor, ours = (statistics.median(found[name]) for name in ("Zwei", "Zielsystem"))
    with capsys.disabled():
        print(f"\nhello {floor:.0f} ms, Zielsystem {ours:.0f} ms: {ours / floor:.1f} x hello")
    assert ours <= 3 * floor
