"""The command line with workbooks: check, import, export, office-workbooks, merge."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from insek_core.cli.main import main
from insek_core.storage.store import Store
from tests.exchange.broken_books import edited


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = main([*words, "--json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, found


def seal(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def book(db: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    assert main(["export", str(path), "--db", str(db)]) == 0
    return path


def with_amount(book: Path, amount: object) -> Path:
    """The workbook with another amount for KO-01 (column F of row 2)."""
    data = edited(book.read_bytes(), lambda b: b["Kostenpositionen"].__setitem__("F2", amount))
    book.write_bytes(data)
    return book


def test_export_and_check_find_no_difference(db: Path, book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert load_workbook(io.BytesIO(book.read_bytes()))["Kostenpositionen"]["F1"].value == "Betrag"
    code, found = run(capsys, "check", str(book), "--db", str(db))
    assert code == 0
    assert found == {"findings": [], "added": [], "changed": [], "removed": [], "conflicts": []}


def test_import_says_what_changed_and_makes_a_version(db: Path, book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    with_amount(book, "41.000,50 €")
    before = seal(db)
    code, found = run(capsys, "import", str(book), "--dry-run", "--db", str(db))
    assert (code, seal(db)) == (0, before)
    assert [(c["record"], c["field"], c["old"], c["new"]) for c in found["changed"]] == [
        ("KO-01", "amount_cents", 4_000_000, 4_100_050)
    ]
    code, found = run(capsys, "import", str(book), "--db", str(db), "--author", "Kämmerei")
    assert (code, found["version"]) == (0, 2)
    assert Store(db).load().cost_items[0].amount_cents == 4_100_050


def test_a_faulty_workbook_changes_nothing_and_names_its_cell(
    db: Path, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    before = seal(db)
    code, found = run(capsys, "import", str(with_amount(book, "12,5.0")), "--db", str(db))
    assert (code, seal(db)) == (1, before)
    assert [(f["level"], f["sheet"], f["cell"]) for f in found["findings"]] == [("error", "Kostenpositionen", "F2")]


def test_a_conflict_waits_for_a_decision(db: Path, book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    other = book.with_name("andere.xlsx")
    other.write_bytes(book.read_bytes())
    run(capsys, "import", str(with_amount(other, 45_000)), "--db", str(db))
    with_amount(book, 42_000)
    code, found = run(capsys, "import", str(book), "--db", str(db))
    assert (code, len(found["conflicts"])) == (1, 1)
    assert "--take" in found["findings"][-1]["remedy"]
    code, found = run(capsys, "import", str(book), "--take", "own", "--db", str(db))
    assert code == 0
    assert Store(db).load().cost_items[0].amount_cents == 4_200_000


def test_office_workbooks_come_back_together(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = run(capsys, "office-workbooks", str(tmp_path / "out"), "--db", str(db))
    assert code == 0 and len(found["files"]) >= 5
    paths = [str(tmp_path / "out" / name) for name in found["files"]]
    code, found = run(capsys, "merge", *paths, "--db", str(db))
    assert code == 0 and found["changed"] == [] and found["conflicts"] == []
    assert {entry.nil_return for entry in Store(db).load().returns} == {True}


@pytest.mark.parametrize("words", [["import"], ["check"], ["merge"], ["export"], ["import", "a.xlsx", "b.xlsx"]])
def test_wrong_usage_ends_with_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_a_file_that_is_not_there_is_said_in_german(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = run(capsys, "check", "gibtsnicht.xlsx", "--db", str(db))
    assert code == 1 and "lässt sich nicht lesen" in found["findings"][0]["message"]
