"""A running server with a database of its own, and a tab that remembers everything that went wrong in it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, expect

ROOT = Path(__file__).resolve().parents[2]
AT_REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'
TOURED = {"name": "rundgang", "value": "gesehen"}  # of somebody who has been here before
HARMLESS = ("[.WebGL",)  # what a graphics card made of software says about itself


@dataclass
class Server:
    """A running server: its address, its database and what it logged."""

    url: str
    db: Path
    log: Path


@dataclass
class Visit:
    """A tab with everything that went wrong in it."""

    page: Page
    server: Server
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    path: str = ""
    width: int = 0
    height: int = 0

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error}"))
        self.page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(HARMLESS):
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def _see(self, request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in ("data", "blob") and target.netloc != urlsplit(self.server.url).netloc:
            self.foreign.append(request.url)

    def open(self, path: str) -> "Visit":
        """Go to an address below the server and wait until the screen is at rest."""
        self.response = self.page.goto(self.server.url + path)
        return self.settle()

    def settle(self) -> "Visit":
        """Wait until the script has run and its pictures are drawn."""
        self.page.wait_for_selector(AT_REST, state="attached")
        self.page.wait_for_selector("h1", state="attached")
        self.page.wait_for_timeout(200)
        self.page.wait_for_selector(AT_REST, state="attached")
        # not wait_for_function: what it evaluates on a second look is refused by the page's own policy (no unsafe-eval)
        expect(self.page.locator("[data-testid=stVegaLiteChart]:not(:has(canvas, svg))")).to_have_count(
            0, timeout=30_000
        )
        return self

    def click(self, name: str, role: str = "button") -> "Visit":
        """Press what bears this name and wait until the screen is at rest again."""
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.page.wait_for_timeout(
            400
        )  # on a busy machine the script begins late, and a screen not yet at work is at rest
        return self.settle()

    def until(self, words: str) -> "Visit":
        """Wait until the screen says these words."""
        expect(self.page.locator("body")).to_contain_text(words, use_inner_text=True, timeout=20_000)
        return self.settle()

    def type(self, label: str, text: str) -> "Visit":
        """Replace the text of a field by its label."""
        box = self.page.get_by_label(label, exact=True)
        box.fill(text)
        box.press("Tab")
        return self.settle()

    def choose(self, label: str, words: str) -> "Visit":
        """Choose in a list by keyboard: type the words, press Enter."""
        box = self.page.get_by_role("combobox", name=label)
        box.focus()
        box.press("ArrowDown")
        box.press_sequentially(words, delay=15)
        self.page.get_by_role("option", name=words).first.wait_for()
        box.press("Enter")
        return self.settle()

    @property
    def text(self) -> str:
        """What is to be read, with ordinary spaces."""
        return self.page.inner_text("body").replace("\u00a0", " ")

    def keep(self, name: str) -> None:
        """Save a screenshot where INSEK_SCREENSHOTS says."""
        if folder := os.environ.get("INSEK_SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}.png")


@contextmanager
def running(folder: Path, place: str = "insek.sqlite") -> Iterator[Server]:
    """A server with a fresh database in this folder, or with a place of its own for several plans; ended by its process
    id.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(f"http://127.0.0.1:{port}", folder / place, folder / "server.log")
    command = [sys.executable, "-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", str(port)]
    with server.log.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "INSEK_DB": str(server.db)}, stdout=log, stderr=log
        )
        try:
            _wait(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(server: Server, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{server.log.read_text(encoding='utf-8')}")
