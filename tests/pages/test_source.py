"""A workbook as the source of the screens: read only, a change of the file is noticed, errors are named by cell."""

from pathlib import Path

import pytest
from screen import Screen, without_tags

from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import Plan
from tests.exchange.broken_books import edited


def all_of(screen: Screen) -> str:
    """Everything the screen says."""
    return without_tags(" ".join([*screen.html, screen.told, screen.messages]))


@pytest.fixture
def book(example: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(write_workbook(example, 1))
    monkeypatch.setenv("INSEK_SOURCE", str(path))
    return path


def test_the_overview_stands_on_the_workbook_and_says_so(book: Path) -> None:
    shown = all_of(Screen("ueberblick"))
    assert "Mappe plan.xlsx, nur lesend" in shown
    assert "Gesamtkosten von 195.000 € angesetzt" in shown


def test_a_change_of_the_file_is_noticed(book: Path) -> None:
    screen = Screen("ueberblick")
    book.write_bytes(edited(book.read_bytes(), lambda b: b["Kostenpositionen"].__setitem__("F2", 45_000)))
    screen.at.run()
    assert "Gesamtkosten von 200.000 € angesetzt" in all_of(screen)


def test_errors_of_the_workbook_are_named_by_sheet_and_cell(book: Path) -> None:
    book.write_bytes(edited(book.read_bytes(), lambda b: b["Kostenpositionen"].__setitem__("F2", "12,5.0")))
    screen = Screen("ueberblick")
    assert not screen.at.exception
    assert "Blatt Kostenpositionen, Zelle F2" in all_of(screen)
