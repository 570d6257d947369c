"""What stops a careless server: sent to a running one by one session, while a second one goes on as if nothing were."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from farbooks import far_workbook
from playwright.sync_api import expect
from visit import Server, Visit

from insek_core.plan import TABLES

pytest_plugins = ["venue"]  # no conftest.py: --doctest-modules takes two of that name for one module
pytestmark = pytest.mark.browser
Come = Callable[..., Visit]


def far_file(path: Path, row: int, column: int) -> Path:
    """Such a workbook as a file."""
    path.write_bytes(far_workbook(row, column))
    return path


def goes_on(second: Visit) -> None:
    """The second session opens screens in ordinary time."""
    begun = time.monotonic()
    for screen in ("/gremien", "/"):
        second.open(screen)
        assert "Eigenanteil" in second.text or "Gremien" in second.text
    assert time.monotonic() - begun < 15


def test_hostile_files_rules_and_days_are_told_and_the_second_session_goes_on(
    own_server: Server, visitor: Come, tmp_path: Path
) -> None:
    first, second = visitor(own_server).open("/daten"), visitor(own_server).open("/")
    for row, column, words in ((1_048_576, 16_384, "liegt weit außerhalb"), (60_000, 400, "zum Absturz")):
        first.open("/daten").page.get_by_role("tab", name="Excel und Project").click()
        first.page.locator("input[type=file]").first.set_input_files(
            far_file(tmp_path / f"fern{row}.xlsx", row, column)
        )
        expect(first.page.get_by_text(words).first).to_be_visible(timeout=20_000)
        goes_on(second)
    first.open(f"/daten?tabelle={TABLES['bodies'].sheet}")
    first.type("Turnus", "FREQ=MONTHLY;INTERVAL=0").click("Prüfen und Unterschied zeigen")
    first.until("INTERVAL=0 geht nicht")
    goes_on(second)
    for day in ("31.12.9999", "01.01.0001"):
        begun = time.monotonic()
        first.open(f"/zeitplan?stichtag={day}")
        assert "Stand 01.06.2015" in first.text and time.monotonic() - begun < 8
    goes_on(second)
    own_server.db.rename(tmp_path / "weg.sqlite")
    first.page.goto(f"{own_server.url}/gremien")
    told = first.page.get_by_text("wurde entfernt oder ersetzt, während das Programm lief")
    expect(told.first).to_be_visible(timeout=20_000)
    assert not own_server.db.exists()
