"""A workbook comes from one state of one plan: from another database or from before a backup it is told, never taken
silently.
"""

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from insek_core.exchange.origin import origin_of
from insek_core.exchange.propose import Proposal, propose
from insek_core.exchange.source import example_of
from insek_core.exchange.workbook.office import office_workbook
from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.version import Origin
from insek_core.storage.embedded import example_plan
from insek_core.storage.store import Store


def noted(plan: Plan, record: str, note: str) -> Plan:
    item = next(row for row in plan.cost_items if row.id == record)
    return with_row(plan, "cost_items", replace(item, note=note))


def saved(store: Store, note: str) -> Plan:
    """A new version with another note; its plan."""
    plan = noted(store.load(), "KO-01", note)
    store.save(plan, based_on=store.head.number, author="A", reason="r")
    return plan


def written(store: Store, edit: str = "") -> bytes:
    """A workbook of the newest version, as it comes back with an edit in it."""
    version, plan = store.newest()
    return write_workbook(noted(plan, "KO-02", edit) if edit else plan, version.number, origin_of(store, version))


def told(found: Proposal) -> list[tuple[str, str]]:
    return [(f.level, f.message) for f in found.findings]


def test_two_databases_at_one_version_number_do_not_overwrite_each_other(tmp_path: Path, example: Plan) -> None:
    ours = Store.create(tmp_path / "a.sqlite", example, author="A", reason="r")
    theirs = Store.create(tmp_path / "b.sqlite", example, author="B", reason="r")
    saved(ours, "hier")
    saved(theirs, "dort")
    assert ours.head.number == theirs.head.number == 2 and ours.plan_id != theirs.plan_id
    found = propose(ours, [("m.xlsx", written(theirs, "Mappe"))])
    assert found.plan is None
    assert told(found) == [
        ("error", "Die Mappe ist aus einer anderen Datenbank (Version 2) und wird nicht übernommen.")
    ]


def test_the_same_state_of_another_database_is_merged_and_told(tmp_path: Path, example: Plan) -> None:
    ours = Store.create(tmp_path / "a.sqlite", example, author="A", reason="r")
    theirs = Store.create(tmp_path / "b.sqlite", example, author="B", reason="r")
    here = saved(ours, "hier")
    found = propose(ours, [("m.xlsx", written(theirs, "Mappe"))])
    assert found.plan == noted(here, "KO-02", "Mappe") and found.written_from.number == 1
    assert [level for level, _ in told(found)] == ["warning"] and "anderen Datenbank" in told(found)[0][1]


def test_a_workbook_from_before_a_backup_was_put_back_is_refused_or_merged(db: Path, tmp_path: Path) -> None:
    backup = Path(shutil.copy(db, tmp_path / "sicherung.sqlite"))
    store = Store(db)
    base = written(store, "vom ersten Stand")
    saved(store, "vor der Sicherung")
    lost = written(store, "Mappe")
    store.close()
    shutil.copy(backup, db)
    store = Store(db)
    here = saved(store, "nach der Sicherung")
    refused = propose(store, [("m.xlsx", lost)])
    assert refused.plan is None and "Sicherung" in told(refused)[0][1] and told(refused)[0][0] == "error"
    merged = propose(store, [("m.xlsx", base)])
    assert merged.findings == () and merged.plan == noted(here, "KO-02", "vom ersten Stand")


def test_a_state_that_has_another_number_here_is_found_by_its_digest(db: Path, example: Plan) -> None:
    store = Store(db)
    saved(store, "zwischendurch")
    data = write_workbook(noted(example, "KO-02", "Mappe"), 7, Origin(store.plan_id, store.version(1).digest))
    found = propose(store, [("m.xlsx", data)])
    assert found.plan is not None and found.written_from.number == 1
    assert found.plan.cost_items[0].note == "zwischendurch" and found.plan.cost_items[1].note == "Mappe"
    assert "ihr Inhalt ist hier Version 1" in told(found)[0][1]


def test_a_workbook_that_does_not_say_where_it_comes_from_is_told(db: Path, example: Plan) -> None:
    found = propose(Store(db), [("m.xlsx", write_workbook(example, 1))])
    assert found.plan == example and "sagt nicht" in told(found)[0][1] and told(found)[0][0] == "warning"


def test_a_return_workbook_says_where_it_comes_from(tmp_path: Path, example: Plan) -> None:
    ours = Store.create(tmp_path / "a.sqlite", noted(example, "KO-01", "hier"), author="A", reason="r")
    theirs = Store.create(tmp_path / "b.sqlite", noted(example, "KO-01", "dort"), author="B", reason="r")
    data = office_workbook(theirs.load(), 1, "ORG-SPA", origin_of(theirs, theirs.head))
    assert propose(theirs, [("r.xlsx", data)]).findings == ()
    assert propose(ours, [("r.xlsx", data)]).plan is None


def test_the_id_of_the_plan_stays_in_copies_and_comes_to_older_databases(db: Path, tmp_path: Path) -> None:
    store = Store(db)
    plan_id, number = store.plan_id, store.head.number
    (copy := tmp_path / "kopie.sqlite").write_bytes(store.backup_bytes())
    assert len(plan_id) == 32 and Store(copy).plan_id == plan_id
    store.restore(1, author="A")
    assert store.plan_id == plan_id and store.head.number == number + 1
    store.close()
    connection = sqlite3.connect(db)
    connection.execute("DELETE FROM meta WHERE key = 'plan_id'")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0002_plan_id'")
    connection.execute("PRAGMA user_version=2")
    connection.commit()
    connection.close()
    older = Store(db)
    drawn = older.plan_id
    older.close()
    assert len(drawn) == 32 and Store(db).plan_id == drawn


@pytest.mark.parametrize("label", ["Kennung der Planung", "Prüfsumme des Planstands"])
def test_the_workbook_names_plan_and_state(db: Path, label: str) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    store = Store(db)
    rows = dict(load_workbook(BytesIO(written(store)))["Hinweise"].iter_rows(max_col=2, values_only=True))
    assert rows[label] in (store.plan_id, store.head.digest)


def test_embedded_statistics_stand_only_under_the_areas_they_are_of() -> None:
    town, city = example_plan("musterstadt"), example_plan("leipzig")
    assert (example_of(town), example_of(city)) == ("musterstadt", "leipzig")
    renamed = tuple(replace(area, name=f"{area.name} (anders)") for area in city.areas)
    for other in (Plan(), replace(city, areas=renamed), replace(town, areas=town.areas[1:])):
        assert example_of(other) == ""
