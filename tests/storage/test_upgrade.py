"""Databases of before: what earlier programmes had in their code is entered once; former names are read."""

import json
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from insek_core.change.sealing import sealed
from insek_core.plan import Plan
from insek_core.plan.codec import encode_plan, with_tables
from insek_core.rules.goals.wording import suspect
from insek_core.storage.embedded import EXAMPLES, example_plan
from insek_core.storage.store import Store
from insek_core.storage.upgrade import EXAMPLE_AUTHOR, HEAD


def of_before(path: Path, plan: Plan, author: str) -> None:
    """A database of format 3: no settings of names and Land, no paper, columns and values under their former names."""
    kept = tuple(row for row in plan.settings if row.id not in HEAD)
    store = Store.create(path, with_tables(plan, {"settings": kept}), author=author, reason="angelegt")
    tables = encode_plan(with_tables(plan, {"settings": kept}))
    for row in tables["measures"]:
        if "work_programme" in row:
            row["programme_2020"] = row.pop("work_programme")
    for row in tables["documents"]:
        row["kind"] = "Vorlage" if row.get("kind") == "Ratsvorlage" else row.get("kind")
    packed = zlib.compress(json.dumps(tables, ensure_ascii=False).encode())
    for statement, values in (
        ("UPDATE versions SET snapshot = ?", [packed]),
        ("DROP TABLE paper_lines", []),
        ("DELETE FROM _sqlite_migrations WHERE name = 'm0003_paper'", []),
        ("UPDATE meta SET value = 'alt' WHERE key = 'schema'", []),
    ):
        store.db.conn.execute(statement, values)
    store.db.conn.commit()
    store.db.conn.execute("PRAGMA user_version=3")
    store.close()


def test_the_example_of_before_gets_its_names_its_land_and_its_paper(tmp_path: Path, example: Plan) -> None:
    of_before(tmp_path / "alt.sqlite", example, EXAMPLE_AUTHOR)
    store = Store(tmp_path / "alt.sqlite")
    plan = store.load()
    assert (
        store.head.number == 2 and store.head.reason == "Umstellung: Namen und Land stehen jetzt in den Einstellungen"
    )
    assert {row.id: row for row in plan.settings} == {row.id: row for row in example.settings}
    assert replace(plan, settings=()) == replace(example, settings=()), "former names are read as those of today"
    assert len(store.paper) == 300 and plan.state == "SN"
    assert store.load(1).setting("city", "") == "", "the version of before stays as it was"
    assert store.restore(1, author="A").number == 3, "and can be brought back"
    store.close()
    assert Store(tmp_path / "alt.sqlite").head.number == 3, "it is done once"


def test_a_plan_of_ones_own_keeps_its_holidays_and_is_quoted_nothing(tmp_path: Path, example: Plan) -> None:
    of_before(tmp_path / "eigen.sqlite", example, "Bauamt")
    store = Store(tmp_path / "eigen.sqlite")
    plan = store.load()
    land = next(row for row in plan.settings if row.id == "state")
    assert (land.value, land.evidence) == ("SN", "assumed")
    assert store.paper == () and plan.setting("city", "") == "" and plan.title == "Planung"


@pytest.mark.parametrize("column", ["Bezug zum Arbeitsprogramm", "Bezug Arbeitsprogramm 2020", "programme_2020"])
def test_a_workbook_of_before_has_its_former_headings_read(column: str, example: Plan) -> None:
    import io

    from openpyxl import load_workbook

    from insek_core.exchange.workbook.intake import take_in
    from insek_core.exchange.workbook.write import write_workbook

    book = load_workbook(io.BytesIO(write_workbook(example, 1)))
    sheet = book["Maßnahmen"]
    heading = next(cell for cell in sheet[1] if cell.value == "Bezug zum Arbeitsprogramm")
    heading.value = column
    sheet.cell(2, heading.column, "Punkt 7")
    kind = next(cell for cell in book["Dokumente"][1] if cell.value == "Art")
    book["Dokumente"].cell(2, kind.column, "Vorlage")
    out = io.BytesIO()
    book.save(out)
    found = take_in(out.getvalue(), example)
    assert found.plan and found.plan.measures[0].work_programme == "Punkt 7"
    assert found.plan.documents[0].kind == "Ratsvorlage"


def test_judgements_of_before_are_of_the_words_that_stand_there_and_the_versions_stay(
    tmp_path: Path, example: Plan
) -> None:
    bare = with_tables(example, {"contributions": tuple(replace(c, fingerprint="") for c in example.contributions)})
    store = Store.create(tmp_path / "alt.sqlite", bare, author="Bauamt", reason="angelegt")
    store.db.conn.execute("UPDATE meta SET value = 'alt' WHERE key = 'schema'")
    store.db.conn.commit()
    store.db.conn.execute("PRAGMA user_version=4")
    store.close()
    store = Store(tmp_path / "alt.sqlite")
    assert store.head.reason == "Umstellung: Zielbeiträge sagen, welcher Wortlaut bewertet wurde"
    assert store.load().contributions == example.contributions and suspect(store.load()) == ()
    assert store.load(1).contributions == bare.contributions


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_are_of_the_words_they_were_judged_in(name: str) -> None:
    plan = example_plan(name)
    assert sealed(plan, plan) == plan and suspect(plan) == ()
