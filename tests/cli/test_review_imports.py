"""Goals, measures, contributions and judgements come in by workbook; their judgements are of the words they came in."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from insek_core.cli.main import main
from insek_core.rules.goals.review import contested
from insek_core.rules.goals.wording import suspect, wording_now
from insek_core.storage.store import Store

Edit = Callable[[Workbook], None]


def add(book: Workbook, sheet: str, **values: object) -> None:
    """A row more on a sheet, its values by heading with _ for a space."""
    page = book[sheet]
    headings = [cell.value for cell in page[1]]
    row = next(n for n in range(2, page.max_row + 2) if page.cell(n, 1).value in (None, ""))
    for heading, value in {"Beleg": "genannt", **values}.items():
        page.cell(row, headings.index(heading.replace("_", " ")) + 1, value)


def imported(db: Path, folder: Path, edit: Edit) -> Store:
    path = folder / "plan.xlsx"
    assert main(["export", str(path), "--db", str(db)]) == 0
    book = load_workbook(io.BytesIO(path.read_bytes()))
    edit(book)
    book.save(path)
    assert main(["import", str(path), "--db", str(db), "--author", "Amt"]) == 0
    return Store(db)


def test_goal_measure_contribution_and_judgements_by_workbook(db: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        add(book, "Ziele", Kennung="Z9", Wortlaut="Kurze Wege", Art="Ziel")
        add(book, "Maßnahmen", Kennung="M-99", Name="Radweg am Fluss")
        add(book, "Zielbeiträge", Kennung="ZB-99", Ziel="Z9", Von="M-99", Gewicht=2, Bewertet_von="Amt")
        for office, weight in (("ORG-SPA", 2), ("ORG-ASW", -1)):
            row = {"Kennung": f"BW-{office}", "Bereich": office, "Gewicht": weight, "Art": "Bewertung"}
            add(book, "Bewertungen", Zielbeitrag="ZB-99", **row)
        add(book, "Arbeitsaufträge", Kennung="AA-1", Arbeitsauftrag="klären", Amt="ORG-SPA", Bis="Ende 2016")

    plan = imported(db, tmp_path, edit).load()
    cell = next(row for row in plan.contributions if row.id == "ZB-99")
    assert cell.fingerprint == wording_now(plan, cell) != ""
    assert [row.id for row in contested(plan)] == ["ZB-99"] and suspect(plan) == ()
    assert plan.assignments[0].until and plan.assignments[0].until.words == "Ende 2016"


def test_a_goal_that_reads_otherwise_after_an_import_marks_its_own_judgements(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def edit(book: Workbook) -> None:
        page = book["Ziele"]
        row = next(cell.row for cell in page["A"] if cell.value == "Z4")
        page.cell(row, 2, "Sozialer Ausgleich")

    plan = imported(db, tmp_path, edit).load()
    own = {row.id for row in plan.contributions if row.goal == "Z4" and row.weight is not None}
    assert {row.id for row in suspect(plan)} == own and len(own) > 1
    assert f"Danach sind {len(own)} Bewertungen zu prüfen, weil sich der Wortlaut ändert" in capsys.readouterr().out
    assert main(["coverage", "--json", "--db", str(db)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found["to_check"]) == own and found["contested"] == []
    assert [one["id"] for one in found["goals"] if one["to_check"]] == ["Z4"]
