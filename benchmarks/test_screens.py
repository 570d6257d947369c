"""Each screen, click on its name to its title in the DOM, in Chromium on uvicorn, against a hello-world page in the
same run.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from insek_core.storage.embedded import example_plan
from insek_core.storage.store import Store

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENS = (
    "Überblick",
    "Haushalt & Förderung",
    "Zeitplan",
    "Zielsystem",
    "Indikatoren & Karte",
    "Beteiligung & Gremien",
    "Daten",
)
ROUNDS = 21
START = {"Überblick": "INSEK Leipzig: Kosten, Zeit und Ziele im Blick"}  # what bears another title than its link
CLICK = """async ([name, title]) => {
  const link = [...document.querySelectorAll('[data-testid="stTopNavLink"]')].find(a => a.innerText.trim() === name);
  const begun = performance.now();
  link.click();
  while (true) {
    await new Promise(requestAnimationFrame);
    const shown = [...document.querySelectorAll('h1')].some(h => h.innerText.trim() === title);
    const done = document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning';
    if (shown && done) return performance.now() - begun;
    if (performance.now() - begun > 20000) return NaN;
  }
}"""


@contextmanager
def serving(app: str, database: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--no-access-log"],
        cwd=ROOT,
        env={**os.environ, "INSEK_DB": str(database)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health")
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=FLAGS)


def clicks(browser: Browser, address: str, names: tuple[str, ...]) -> dict[str, float]:
    """Median milliseconds from the click on each name to its title, after one round to warm up."""
    page: Page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_selector(
        '[data-testid="stApp"][data-test-script-state="notRunning"]', state="attached", timeout=60_000
    )
    times: dict[str, list[float]] = {name: [] for name in names}
    for n in range(ROUNDS + 1):
        for name in (*names[1:], names[0]):
            spent = page.evaluate(CLICK, [name, START.get(name, name)])
            page.wait_for_timeout(150)
            times[name] += [spent] if n else []
    page.close()
    return {name: statistics.median(values) for name, values in times.items()}


def test_each_screen_against_hello(browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving("benchmarks.hello_app:app", tmp_path / "h.sqlite") as address:
        floor = max(clicks(browser, address, ("Eins", "Zwei")).values())
    with serving("app:app", tmp_path / "b.sqlite") as address:
        found = clicks(browser, address, SCREENS)
    with capsys.disabled():
        print(f"\nhello {floor:.0f} ms")
        for name, spent in found.items():
            print(f"{name:28} {spent:6.0f} ms  {spent / floor:4.1f} x hello")


def test_a_gantt_of_two_hundred_steps_against_a_bare_one(
    browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = example_plan()
    first = next(task for task in plan.tasks if task.id == "B1")
    more = tuple(
        replace(first, id=f"NEU-{n}", name=f"Arbeitsschritt {n}", short_name="", duration_days=n % 60 + 1)
        for n in range(200 - len(plan.tasks))
    )
    Store.create(
        tmp_path / "g.sqlite", replace(plan, tasks=(*plan.tasks, *more)), author="Messung", reason="200 Schritte"
    ).close()
    with serving("benchmarks.hello_app:app", tmp_path / "h.sqlite") as address:
        floors = clicks(browser, address, ("Eins", "Zwei", "Gantt"))
    with serving("app:app", tmp_path / "g.sqlite") as address:
        found = clicks(browser, address, ("Zeitplan", "Zielsystem"))["Zeitplan"]
    with capsys.disabled():
        print(
            f"\nhello {floors['Zwei']:.0f} ms, bare Gantt of 200 bars {floors['Gantt']:.0f} ms; Zeitplan "
            f"with 200 steps {found:.0f} ms: "
            f"{found / floors['Zwei']:.1f} x hello, {found / floors['Gantt']:.1f} x the bare Gantt"
        )
