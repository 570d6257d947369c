"""The made-up town on every screen, command, paper and file: right figures, and no word of another city."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from screen import PAGES, Screen, plain

from insek_core.change.scenario import apply, parse
from insek_core.change.scenario import words as said
from insek_core.cli.main import COMMANDS, main
from insek_core.exchange.workbook.template import template_workbook
from insek_core.papers.registration import registration_workbook
from insek_core.rules.assessment import assess
from insek_core.rules.registration import registrations
from insek_core.storage.embedded import EXAMPLES, example_plan
from insek_core.storage.example import create_example
from pages.shell.screens import BESIDE

FOREIGN = re.compile(
    r"Leipzig|INSEK|Stadtumbau|[Ss]ächsisch|Sachsen|\bVorlage\b|\b2015\b|130\.000|195\.000|Arbeitsprogramm 2020|SEKo|"
    r"Ratsversammlung"
)
BEGINNING = [
    *("Einstellungen", "Haushaltssatzungen", "Förderprogramme", "Kostenpositionen", "Haushaltsansätze", "Drittmittel")
]
TRIED = ("delay:S1=90", "cost=+40%", "longer:P1=60", "drop=KO-2", "rate=1/2")
EVERY = (*PAGES, *(file.removesuffix(".py") for file, *_ in BESIDE))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the made-up town for all tests that only read."""
    path = tmp_path_factory.mktemp("town") / "musterstadt.sqlite"
    create_example(path, "musterstadt").close()
    return path


def words_of(value: Any) -> Iterator[str]:
    """Every text that a piece of the screen carries, as the browser gets it; the lists to choose from left out."""
    if isinstance(value, str):
        yield value
    elif hasattr(value, "ListFields"):
        for field, inner in value.ListFields():
            if field.name not in ("options", "id", "url", "query_params"):
                yield from words_of(inner)
    elif not isinstance(value, bytes | bool | int | float) and hasattr(value, "__iter__"):
        for inner in value.values() if hasattr(value, "values") else value:
            yield from words_of(inner)


def shown(screen: Screen) -> str:
    """All that a screen sends to the browser."""
    pieces = (getattr(piece, "proto", None) for piece in screen.at.main)
    return plain("\n".join(text for piece in pieces if piece is not None for text in words_of(piece)))


def foreign(text: str) -> list[str]:
    """What is said of another city, with what stands around it."""
    return [text[max(0, found.start() - 40) : found.end() + 40] for found in FOREIGN.finditer(text)]


@pytest.mark.parametrize("page", EVERY)
def test_no_screen_says_a_word_of_another_city(page: str, town: Path, use: Callable[[Path], Path]) -> None:
    use(town)
    screen = Screen(page)
    assert not screen.at.exception
    text = shown(screen)
    assert "Musterstadt" in text or page == "praesentation"
    assert foreign(text) == []


@pytest.mark.parametrize("page", ["ueberblick", "haushalt", "waswaere", "zeitplan", "praesentation"])
@pytest.mark.parametrize("change", TRIED)
def test_no_screen_does_with_a_variant(page: str, change: str, town: Path, use: Callable[[Path], Path]) -> None:
    use(town)
    screen = Screen(page)
    screen.at.session_state["aenderungen"] = (change,)
    text = shown(screen.run())
    assert "Variante mit 1 Änderung" in text or page in ("waswaere", "praesentation")
    assert foreign(text) == []


def test_the_words_are_found_where_they_stand(example_in_use: Path) -> None:
    assert {"Leipzig", "INSEK", "Stadtumbau", "130.000", "2015"} <= set(FOREIGN.findall(shown(Screen("haushalt"))))


def test_no_command_says_a_word_of_another_city(town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changes = [word for text in TRIED for word in ("--change", text)]
    told = ""
    for words in (
        ["assess"],
        ["assess", *changes],
        ["seek", "--own-share", "20000"],
        ["risk", *changes],
        ["repair", *changes, "--limit", "own_share=24000"],
        ["cover", "--limit", "1000"],
        ["cover"],
        ["compare", "1", "plan"],
        ["scenarios"],
        ["schedule"],
        ["status", "S1"],
        ["held", "VA-1"],
        ["delay", "V1", "--days", "30"],
        ["guide"],
        ["versions"],
        ["export", str(tmp_path / "plan.xlsx")],
        ["export", str(tmp_path / "termine.ics")],
        ["check", str(tmp_path / "plan.xlsx")],
        ["office-workbooks", str(tmp_path / "aemter")],
    ):
        assert words[0] in COMMANDS
        for form in ([], ["--json"]):
            assert main([*words, *form, "--db", str(town)]) in (0, 1), words
            out, err = capsys.readouterr()
            assert "Traceback" not in err
            told += out + err
    told += (tmp_path / "termine.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    for book in (tmp_path / "plan.xlsx", *(tmp_path / "aemter").glob("*.xlsx")):
        told += "\n".join(cells(book.read_bytes()))
    assert foreign(plain(told)) == []


@pytest.mark.parametrize("change", TRIED)
def test_no_registration_says_a_word_of_another_city(change: str) -> None:
    plan = example_plan("musterstadt")
    base, found = assess(plan, (), date(2024, 3, 1)), apply(plan, [parse(change)])
    after = assess(found.plan, (), date(2024, 3, 1))
    named = [said(plan, one) for one in found.changes]
    rows = registrations(found.plan, after, base)
    book = registration_workbook(rows, named, after.funding.if_ceiling, plan.short_name)
    told = "\n".join(cells(book))
    assert "Haushaltsanmeldung SEK" in told and foreign(told) == []


def cells(data: bytes) -> Iterator[str]:
    """Every text of a workbook: names of sheets, cells and notes."""
    book = load_workbook(io.BytesIO(data))
    for sheet in book:
        yield sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                yield from (str(cell.value or ""), cell.comment.text if cell.comment else "")


def test_the_template_has_the_order_of_the_steps_and_examples_in_its_notes_alone() -> None:
    book = load_workbook(io.BytesIO(template_workbook()))
    assert book.sheetnames[1:7] == BEGINNING
    costs = book["Kostenpositionen"]
    assert [cell.value for cell in costs[2]] == [None] * costs.max_column if costs.max_row > 1 else True
    notes = {cell.value: cell.comment.text for cell in costs[1]}
    assert "Zum Beispiel: Gutachten zur Ausgangslage; Moderation und Dokumentation" in notes["Bezeichnung"]
    assert foreign("\n".join(cells(template_workbook()))) == []


def test_the_figures_of_the_town_are_right(town: Path, use: Callable[[Path], Path]) -> None:
    use(town)
    told = " ".join(Screen("haushalt").answers)
    assert "Gesamtkosten von 120.000 € angesetzt: 96.000 € Förderung und 24.000 €" in told
    assert "Für 2025/2026 sind noch anzumelden: 75.000 € Aufwendungen und 60.000 € Erträge" in told
    assert set(EXAMPLES) == {"leipzig", "musterstadt"} and example_plan("musterstadt").state == "HE"
