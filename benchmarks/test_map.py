"""The map: a step of the year's slider to the new colours, against a hello slider to its sentence."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.test_screens import browser, serving
from benchmarks.test_whatif import steps

__all__ = ["browser"]
COLOURS = "[...document.querySelectorAll('.mark-shape path')].map(one => one.getAttribute('fill')).join()"


def test_year_to_colours(browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There are eight years: the slider goes back through them, and stays at the first."""
    with serving("benchmarks.hello_slider_app:app", tmp_path / "h.sqlite") as address:
        floor = steps(browser, address)
    with serving("app:app", tmp_path / "b.sqlite") as address:
        found = steps(browser, address + "karte?jahr=2017", COLOURS, "ArrowLeft")
    with capsys.disabled():
        print(f"\nhello slider {floor:.0f} ms, year to colours {found:.0f} ms: {found / floor:.1f} x")
    assert found <= 3 * floor
