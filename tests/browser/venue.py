"""A real server and a real browser: uvicorn on a free port, Chromium without a head."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from visit import TOURED, Server, Visit, running

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine. Where there is none the tests are skipped, but not in continuous integration."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        reason = f"no browser on this machine: none of {', '.join(NAMES)} in PATH"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def shared_server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server with the example for all tests that only read."""
    with running(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def own_server(browser: Browser, tmp_path: Path) -> Iterator[Server]:
    """A server and database for one test that writes, or that wants to be its first visitor."""
    with running(tmp_path) as server:
        yield server
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens tabs, each of a person of their own (no shared cookies or session)."""
    contexts: list[BrowserContext] = []

    def come(server: Server, width: int = 1440, height: int = 900, *, first: bool = False) -> Visit:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, locale="de-DE"))
        if not first:  # somebody who has been here before: no tour
            contexts[-1].add_cookies([{**TOURED, "url": server.url}])
        return Visit(contexts[-1].new_page(), server)

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def bare(browser: Browser, shared_server: Server) -> Iterator[Visit]:
    """A tab of a Chromium that can draw nothing in three dimensions."""
    found = next(path for path in map(shutil.which, NAMES) if path)
    poor = browser.browser_type.launch(executable_path=found, args=[*FLAGS, "--disable-3d-apis"])
    context = poor.new_context(viewport={"width": 1440, "height": 900}, locale="de-DE")
    context.add_cookies([{**TOURED, "url": shared_server.url}])
    yield Visit(context.new_page(), shared_server)
    poor.close()
