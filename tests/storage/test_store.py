"""The database keeps every plan whole and numbered, refuses what contradicts itself, and says in German what is
wrong.
"""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from plans import plans
from small import goal, item

from insek_core.change.difference import differences
from insek_core.plan import Plan
from insek_core.plan.codec import decode_plan, digest, encode_plan, with_row, without_row
from insek_core.plan.content import Area
from insek_core.plan.errors import Problem
from insek_core.rules.money.filed import as_filed
from insek_core.rules.places.areas import Outline
from insek_core.storage import schema
from insek_core.storage.example import create_example
from insek_core.storage.store import Refused, StaleBase, Store, StoreProblem

ROOT = Path(__file__).resolve().parents[2]
SMALL = Plan(cost_items=(item("K1", 1_200_000),), goals=(goal("Z1"),))


def made(path: Path, plan: Plan = SMALL, **more: Any) -> Store:
    return Store.create(path, plan, author="Ada", reason="Anfang", **more)


def dearer(plan: Plan, cents: int) -> Plan:
    return with_row(plan, "cost_items", replace(plan.cost_items[0], amount_cents=cents))


def run_sql(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def use(path: Path) -> Plan:
    """Everything a session reads."""
    store = Store(path)
    plan = store.load()
    for version in store.versions():
        store.load(version.number)
    assert store.head.number
    store.outside_edits(plan)
    store.slice("IND-EW", 2015, "Ortsteil")
    store.outlines("Ortsteil")
    return plan


# whole


@settings(max_examples=25)
@given(plan=plans())
def test_what_is_saved_is_loaded(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = made(tmp_path_factory.mktemp("db") / "insek.sqlite", plan)
    assert store.load() == plan == store.load(1)
    assert store.head.digest == digest(plan) and store.outside_edits(store.load()) == ()
    store.save(Plan(), based_on=1, author="Ada", reason="leer")
    assert (store.load(), store.load(1)) == (Plan(), plan)
    store.close()


def test_the_example_is_loaded_as_it_was_read(db: Path, example: Plan) -> None:
    assert Store(db).load() == example


def test_a_database_is_made_once(tmp_path: Path) -> None:
    made(tmp_path / "deep" / "insek.sqlite").close()
    with pytest.raises(StoreProblem, match="gibt es schon"):
        made(tmp_path / "deep" / "insek.sqlite")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["insek.sqlite"]


def test_a_broken_plan_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        made(tmp_path / "insek.sqlite", Plan(cost_items=(item("K", -1),)))
    assert list(tmp_path.iterdir()) == []


# versions


def test_versions_are_numbered_and_say_who_when_why_and_what(tmp_path: Path) -> None:
    store = made(tmp_path / "insek.sqlite")
    saved = store.save(dearer(SMALL, 1_500_000), based_on=1, author="Bo", reason="Angebot", name="Klausur")
    assert [version.number for version in store.versions()] == [1, 2] and saved == store.head == store.version(2)
    assert (saved.author, saved.reason, saved.name, saved.based_on, saved.restores) == (
        "Bo",
        "Angebot",
        "Klausur",
        1,
        None,
    )
    assert saved.saved_at[:2] == "20" and saved.saved_at[-6:] in ("+01:00", "+02:00")
    assert [change.replace("\xa0", " ") for change in saved.changes] == [
        "Kostenpositionen · K1 (K1): Betrag 12.000 € → 15.000 €"
    ]
    assert store.version(1).changes == ("Planung angelegt",)


def test_old_versions_are_never_altered(tmp_path: Path) -> None:
    store = made(tmp_path / "insek.sqlite")
    first = store.version(1)
    for number, cents in enumerate((1, 2, 3), 1):
        store.save(dearer(SMALL, cents), based_on=number, author="Bo", reason="mehr")
    assert [store.load(number).cost_items[0].amount_cents for number in (1, 2, 3, 4)] == [1_200_000, 1, 2, 3]
    assert store.version(1) == first


def test_restoring_makes_a_new_version(tmp_path: Path) -> None:
    store = made(tmp_path / "insek.sqlite")
    store.save(without_row(SMALL, "goals", "Z1"), based_on=1, author="Bo", reason="weg")
    back = store.restore(1, author="Ada")
    assert (back.number, back.restores, back.based_on, back.reason) == (3, 1, 2, "Version 1 wiederhergestellt")
    assert store.load() == SMALL and store.load(2).goals == ()


@pytest.mark.parametrize("number", [0, -1, 2, 99])
def test_a_version_that_does_not_exist_is_a_problem(tmp_path: Path, number: int) -> None:
    store = made(tmp_path / "insek.sqlite")
    for read in (store.load, store.version, lambda n: store.restore(n, author="Ada")):
        with pytest.raises(StoreProblem, match=f"Version {number} gibt es nicht"):
            read(number)


def test_a_stale_base_is_refused_with_exactly_the_differences_named(db: Path, example: Plan) -> None:
    mine, theirs = Store(db), Store(db)
    changed = without_row(dearer(example, 4_100_000), "goals", example.goals[-1].id)
    theirs.save(changed, based_on=1, author="Bo", reason="Angebot")
    with pytest.raises(StaleBase) as refusal:
        mine.save(dearer(example, 1), based_on=1, author="Ada", reason="meins")
    assert refusal.value.theirs == differences(example, changed)
    assert len(refusal.value.theirs) == 2 and refusal.value.head.author == "Bo"
    assert "Betrag 40.000\xa0€ → 41.000\xa0€" in refusal.value.german and "entfernt" in refusal.value.german
    assert mine.head.number == 2 and mine.load() == changed


@pytest.mark.parametrize("base", [0, 2, 99])
def test_a_base_that_does_not_exist_is_refused(tmp_path: Path, base: int) -> None:
    store = made(tmp_path / "insek.sqlite")
    with pytest.raises(Problem):
        store.save(Plan(), based_on=base, author="Ada", reason="x")
    assert (store.head.number, store.load()) == (1, SMALL)


BROKEN: dict[str, Plan] = {
    "dangling reference": replace(SMALL, goals=(goal("Z1", parent="Z9"),)),
    "duplicate id": replace(SMALL, cost_items=(item("K1", 1), item("K1", 2))),
    "duplicate id over tables": replace(SMALL, goals=(goal("K1"),)),
    "missing required": replace(SMALL, goals=(replace(goal("Z1"), name=""),)),
    "disallowed choice": replace(SMALL, goals=(goal("Z1", "Wunsch"),)),
    "out of bounds": replace(SMALL, cost_items=(item("K1", -1),)),
    "too large": replace(SMALL, cost_items=(item("K1", 2**63),)),
    "not a number": replace(SMALL, areas=(Area(id="A", name="A", level="Stadt", lon=float("nan"), evidence="stated"),)),
    "half a sign": replace(SMALL, goals=(replace(goal("Z1"), note="\udcff"),)),
    "id with a semicolon": replace(SMALL, goals=(goal("Z;1"),)),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_plan_that_contradicts_itself_is_refused_and_nothing_written(tmp_path: Path, case: str) -> None:
    store = made(tmp_path / "insek.sqlite")
    with pytest.raises(Refused) as refusal:
        store.save(BROKEN[case], based_on=1, author="Ada", reason="x")
    assert refusal.value.findings and refusal.value.german.startswith("Nicht gespeichert:")
    assert (store.head.number, store.load()) == (1, SMALL)


def test_the_largest_amount_that_fits_is_kept(tmp_path: Path) -> None:
    plan = replace(SMALL, cost_items=(item("K1", 2**63 - 1),))
    assert made(tmp_path / "insek.sqlite", plan).load() == plan


# what the file may be instead


def flip(path: Path, page: int, seed: int) -> None:
    data = bytearray(path.read_bytes())
    start = page * 4096
    data[start : start + 4096] = random.Random(seed).randbytes(min(4096, len(data) - start))
    path.write_bytes(bytes(data))


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing there": (Path.unlink, "gibt es nicht"),
    "empty": (lambda path: path.write_bytes(b""), "keine Datenbank dieses Programms"),
    "garbage": (lambda path: path.write_bytes(b"Guten Tag! " * 999), "keine Datenbank oder beschädigt"),
    "another programme's": (lambda path: run_sql(path, "PRAGMA application_id=7"), "keine Datenbank dieses Programms"),
    "newer": (lambda path: run_sql(path, "PRAGMA user_version=99"), "neueren Fassung"),
    "cut in the middle": (lambda path: os.truncate(path, path.stat().st_size // 2), "beschädigt"),
    "cut to one page": (lambda path: os.truncate(path, 4096), "beschädigt"),
    "a snapshot overwritten": (lambda path: run_sql(path, "UPDATE versions SET snapshot = x'00'"), "beschädigt"),
    "changes overwritten": (lambda path: run_sql(path, "UPDATE versions SET changes = 'weg'"), "beschädigt"),
    "no version left": (lambda path: run_sql(path, "DELETE FROM versions"), "keine Version"),
    "a table gone": (lambda path: run_sql(path, "DROP TABLE goals"), "Die Datenbank meldet"),
    "a value that is none": (lambda path: run_sql(path, "UPDATE phases SET begin = 'irgendwann'"), "nicht lesbar"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_a_german_problem(db: Path, case: str) -> None:
    spoil, words = WRONG[case]
    spoil(db)
    with pytest.raises(Problem) as problem:
        use(db)
    assert words in problem.value.german


@pytest.mark.parametrize("seed", range(40))
def test_flipped_pages_are_a_german_problem_or_an_outside_edit_never_a_traceback(
    db: Path, example: Plan, seed: int
) -> None:
    pages = db.stat().st_size // 4096
    flip(db, random.Random(seed).randrange(pages), seed)
    try:
        plan = use(db)
    except Problem as problem:
        assert problem.german
    else:
        assert plan == example or Store(db).outside_edits(plan)


def test_a_locked_database_says_so_and_can_still_be_read(db: Path, example: Plan) -> None:
    other = sqlite3.connect(db)
    other.execute("BEGIN IMMEDIATE")
    store = Store(db, timeout_seconds=0.05)
    assert store.load() == example
    with pytest.raises(StoreProblem, match="gesperrt"):
        store.save(example, based_on=1, author="Ada", reason="x")
    other.rollback()
    assert store.save(example, based_on=1, author="Ada", reason="x").number == 2


def as_nobody(path: Path) -> str:
    """What another user without rights is told who opens, reads and saves; runs in a fork, for root may do
    everything.
    """
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            store = Store(path)
            plan = store.load()
            told = f"{store.read_only}, {len(plan.tasks)} Schritte. "
            try:
                store.save(plan, based_on=store.head.number, author="Ada", reason="x")
            except Problem as problem:
                told += problem.german
        except BaseException as error:
            told = repr(error)
        os.write(write_end, told.encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as answer:
        said = answer.read().decode()
    os.waitpid(child, 0)
    return said


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to become another user")
def test_a_write_protected_database_can_be_read_and_says_so_on_saving(example_db: Path, example: Plan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        copy = Path(shutil.copy(example_db, folder))
        copy.chmod(0o444)
        assert as_nobody(copy).startswith(f"True, {len(example.tasks)} Schritte. Die Datenbank ist schreibgeschützt.")
        assert [path.name for path in Path(folder).iterdir()] == [copy.name]


# an older or newer shape


def age(path: Path) -> None:
    """The database as an older programme left it: a column less, another fingerprint."""
    run_sql(path, "ALTER TABLE goals DROP COLUMN horizon", "UPDATE meta SET value = 'alt' WHERE key = 'schema'")


def test_an_older_shape_is_rebuilt_from_the_snapshot_after_a_copy(db: Path, example: Plan) -> None:
    age(db)
    old = db.read_bytes()
    store = Store(db)
    assert store.load() == example and store.head.number == 1
    copies = list(db.parent.glob("insek-vor-Umstellung-*.sqlite"))
    assert len(copies) == 1 and len(copies[0].read_bytes()) == len(old)
    assert "horizon" not in {row[1] for row in sqlite3.connect(copies[0]).execute("PRAGMA table_info(goals)")}
    assert Store(db).load() == example and len(list(db.parent.glob("*Umstellung*"))) == 1


def test_the_database_knows_its_shape(db: Path) -> None:
    connection = sqlite3.connect(db)
    assert connection.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    assert connection.execute("PRAGMA user_version").fetchone()[0] == schema.FORMAT
    assert connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0] == schema.fingerprint()
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("newer", [{"goals": [{"id": "Z", "farbe": "rot"}]}, {"wetter": []}], ids=["field", "table"])
def test_a_snapshot_with_unknown_fields_is_of_a_newer_programme(db: Path, example: Plan, newer: dict[str, Any]) -> None:
    blob = zlib.compress(json.dumps({**encode_plan(example), **newer}).encode())
    connection = sqlite3.connect(db)
    connection.execute("UPDATE versions SET snapshot = ?", [blob])
    connection.commit()
    with pytest.raises(StoreProblem, match="neueren Fassung"):
        Store(db).load(1)
    age(db)
    before = connection.execute("SELECT count(*) FROM goals").fetchone()
    with pytest.raises(StoreProblem, match="neueren Fassung"):
        Store(db)
    assert connection.execute("SELECT count(*) FROM goals").fetchone() == before


def test_rows_edited_outside_the_programme_are_noticed(db: Path, example: Plan) -> None:
    run_sql(db, "UPDATE cost_items SET amount_cents = 4100000 WHERE id = 'KO-01'")
    store = Store(db)
    edits = store.outside_edits(store.load())
    assert [(edit.record, edit.field, edit.old, edit.new) for edit in edits] == [
        ("KO-01", "amount_cents", 4_000_000, 4_100_000)
    ]
    assert store.load(1) == example


def test_a_backup_opens_as_a_database(db: Path, example: Plan, tmp_path: Path) -> None:
    store = Store(db)
    store.save(dearer(example, 1), based_on=1, author="Ada", reason="x")
    copy = tmp_path / "Sicherung.sqlite"
    copy.write_bytes(store.backup_bytes())
    restored = Store(copy)
    assert restored.load() == dearer(example, 1) and restored.versions() == store.versions()
    assert restored.outlines("Ortsteil") == store.outlines("Ortsteil")


# statistics and outlines

CITY = Plan(
    areas=(
        Area(id="L", name="Leipzig", level="Stadt", evidence="stated"),
        Area(id="O1", name="Zentrum", level="Ortsteil", evidence="stated"),
        Area(id="O2", name="Ost", level="Ortsteil", evidence="stated"),
    )
)


def test_a_slice_has_every_area_of_its_level_and_years_are_sorted(tmp_path: Path) -> None:
    rows = [("EW", "O1", 2016, 5.0, "value"), ("EW", "O1", 2015, None, "suppressed"), ("EW", "L", 2015, 9.0, "value")]
    store = made(tmp_path / "insek.sqlite", CITY, values=rows)
    assert store.years("EW") == [2015, 2016] and store.years("XX") == []
    assert [(v.area, v.state, v.value) for v in store.slice("EW", 2016, "Ortsteil").values] == [
        ("O1", "value", 5.0),
        ("O2", "missing", None),
    ]
    assert store.slice("EW", 2015, "Ortsteil").of("O1").state == "suppressed"
    assert store.put_values([("EW", "O1", 2016, 6.0, "value")]) == 1
    assert store.slice("EW", 2016, "Ortsteil").of("O1").value == 6.0


def test_statistics_that_contradict_themselves_are_refused_whole(tmp_path: Path) -> None:
    store = made(tmp_path / "insek.sqlite", CITY)
    with pytest.raises(StoreProblem):
        store.put_values([("EW", "O1", 2015, 5.0, "value"), ("EW", "O2", 2015, None, "value")])
    assert store.years("EW") == []


def test_outlines_are_kept_by_level_and_replaced(tmp_path: Path) -> None:
    square = Outline(
        "O1",
        {"type": "Polygon", "coordinates": [[[12.3, 51.3], [12.4, 51.3], [12.4, 51.4], [12.3, 51.3]]]},
        "schematic",
        "eigene",
        "x",
    )
    store = made(tmp_path / "insek.sqlite", CITY, outlines=[square])
    assert store.outlines("Ortsteil") == [square] and store.outlines("Stadt") == []
    store.put_outlines([replace(square, kind="official")])
    assert [outline.kind for outline in store.outlines("Ortsteil")] == ["official"]


def test_the_example_has_outlines_and_inhabitants_for_63_districts(db: Path) -> None:
    store = Store(db)
    assert (
        len(store.outlines("Ortsteil"))
        == 63
        == len(store.slice("IND-EW", store.years("IND-EW")[-1], "Ortsteil").values)
    )


def test_two_that_start_at_once_share_one_database(tmp_path: Path, example: Plan) -> None:
    path = tmp_path / "insek.sqlite"
    code = (
        "import sys; from insek_core.storage.example import create_example\ntry: "
        "create_example(sys.argv[1])\nexcept Exception as e: print(type(e).__name__, e)"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [run.communicate()[0].strip() for run in runs]
    assert all(text == "" or "gibt es schon" in text for text in said), said
    assert Store(path).load() == example and [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_the_example_can_be_made_where_no_folder_is(tmp_path: Path) -> None:
    assert create_example(tmp_path / "a" / "b" / "insek.sqlite").head.number == 1
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreProblem, match="lässt sich nicht anlegen"):
        create_example(tmp_path / "file" / "insek.sqlite")


def test_encoded_plans_read_back_without_findings(example: Plan) -> None:
    assert decode_plan(encode_plan(example)) == (example, [])


def test_a_database_of_before_gets_what_was_filed_as_a_version_of_its_own(tmp_path: Path, example: Plan) -> None:
    def bare(row: Any) -> Any:
        return replace(row, filed_start_on=None, filed_end_on=None)

    old = replace(
        example,
        cost_items=tuple(map(bare, example.cost_items)),
        staff_days=tuple(map(bare, example.staff_days)),
        programmes=tuple(replace(row, filed_eligible_cents=None) for row in example.programmes),
    )
    path = tmp_path / "alt.sqlite"
    store = Store.create(path, old, author="Test", reason="Beispiel")
    store.db.conn.execute("PRAGMA user_version=1")
    store.close()
    again = Store(path)
    assert again.load(1) == old, "versions of before stay as they were"
    assert again.head.number == 2 and again.head.reason.startswith("Umstellung")
    filed = again.load()
    assert filed == as_filed(old) == again.load(2) and filed.cost_items[0].filed_end_on == date(2015, 11, 30)
    assert again.outside_edits(filed) == ()
    again.close()
    assert Store(path).head.number == 2, "it is done once"
