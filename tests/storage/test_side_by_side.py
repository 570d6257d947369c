"""Many save at once and nothing is lost; a full disk leaves no half database; what was removed is not replaced."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small import goal

from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.errors import Problem
from insek_core.storage import example as embedded
from insek_core.storage.example import create_example, open_or_create
from insek_core.storage.store import StaleBase, Store, StoreProblem

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, SAVES = 8, 50
SAVER = """
import sys
from insek_core.plan.codec import with_row
from insek_core.plan.content import Goal
from insek_core.storage.store import StaleBase, Store, StoreProblem

path, name, saves = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = Store(path, timeout_seconds=60)
sys.stdin.readline()
for number in range(saves):
    row = Goal(id=f"{name}-{number}", name="Ziel", kind="Ziel", evidence="stated")
    while True:
        version, plan = store.newest()
        try:
            saved = store.save(with_row(plan, "goals", row), based_on=version.number, author=name, reason="mehr")
        except StaleBase:
            continue
        assert saved.author == name and saved.based_on == version.number, saved
        break
"""


def test_four_hundred_saves_of_eight_processes_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "insek.sqlite"
    Store.create(path, Plan(), author="Ada", reason="Anfang").close()
    code = SAVER.replace('kind="Ziel"', f'kind="{goal("Z").kind}"')
    command = [sys.executable, "-c", code, str(path)]
    savers = [
        subprocess.Popen([*command, f"P{n}", str(SAVES)], cwd=ROOT, stdin=-1, stderr=-1, text=True)
        for n in range(PROCESSES)
    ]
    told = [saver.communicate("\n") for saver in savers]
    assert [saver.returncode for saver in savers] == [0] * PROCESSES, told
    version, plan = Store(path).newest()
    assert {row.id for row in plan.goals} == {f"P{n}-{m}" for n in range(PROCESSES) for m in range(SAVES)}
    assert version.number == PROCESSES * SAVES + 1


def test_what_save_returns_is_what_it_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.create(tmp_path / "insek.sqlite", Plan(), author="Ada", reason="Anfang")
    other, writing = Store(store.path), Store._writing

    @contextmanager
    def then_another_saves(self: Store) -> Iterator[None]:
        with writing(self):
            yield
        if self is store:
            other.save(Plan(goals=(goal("Z2"),)), based_on=2, author="Bo", reason="gleich danach")

    monkeypatch.setattr(Store, "_writing", then_another_saves)
    saved = store.save(Plan(goals=(goal("Z1"),)), based_on=1, author="Ada", reason="eins")
    assert (saved.number, saved.author, store.head.number) == (2, "Ada", 3)


def test_a_plan_and_its_version_are_read_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "insek.sqlite"
    store = Store.create(path, Plan(), author="Ada", reason="Anfang")
    other, read = Store(path), Store._read_rows

    def while_another_saves(self: Store, table: str) -> list[dict[str, object]]:
        if table == "goals" and other.head.number == 1:
            other.save(Plan(goals=(goal("Z1"),)), based_on=1, author="Bo", reason="dazwischen")
        return read(self, table)

    monkeypatch.setattr(Store, "_read_rows", while_another_saves)
    version, plan = store.newest()
    assert (version.number, plan.goals) == (1, ())
    with pytest.raises(StaleBase):
        store.save(with_row(plan, "goals", goal("Z9")), based_on=version.number, author="Ada", reason="x")


def test_a_version_brought_back_is_based_on_the_one_that_was_seen(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "insek.sqlite", Plan(), author="Ada", reason="Anfang")
    store.save(Plan(goals=(goal("Z1"),)), based_on=1, author="Bo", reason="dazwischen")
    with pytest.raises(StaleBase):
        store.restore(1, author="Ada", based_on=1)
    assert store.restore(1, author="Ada", based_on=2).number == 3


# a full disk

FULL = """
import os, shutil, sqlite3, subprocess, sys
from insek_core.plan.errors import Problem
from insek_core.storage.example import create_example

folder, whole = sys.argv[1], 3 * 2**20
if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={whole}", "tmpfs", folder], capture_output=True).returncode:
    raise SystemExit(77)
for free in range(2**15, 3_150_000, 150_000):
    with open(f"{folder}/voll", "wb") as file:
        file.write(bytes(whole - free))
    path = f"{folder}/insek.sqlite"
    if os.fork() == 0:
        try:
            create_example(path).close()
            told = "made"
        except Problem as problem:
            told = problem.german
        except BaseException as error:
            told = repr(error)
        if os.path.exists(path):
            connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            told += "|" + connection.execute("PRAGMA integrity_check").fetchone()[0]
            told += "|" + str(connection.execute("SELECT count(*) FROM versions").fetchone()[0])
        print(f"{free}: {told}: {[name for name in os.listdir(folder) if name[0] == '.']}", flush=True)
        os._exit(0)
    os.wait()
    for name in os.listdir(folder):
        os.unlink(f"{folder}/{name}")
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs a disk of its own")
def test_a_disk_that_is_full_holds_a_whole_database_or_none(tmp_path: Path) -> None:
    command = ["unshare", "-m", sys.executable, "-c", FULL, str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if run.returncode in (1, 77) and not run.stdout:
        pytest.skip("a disk of one's own needs rights")
    made, refused = [], []
    for line in run.stdout.splitlines():
        (made if ": made|ok|1: []" in line else refused).append(line)
    assert len(made) > 2 and len(refused) > 10, run
    for line in refused:
        assert "Bitte" in line and "insek.sqlite" in line and line.endswith(": []"), line
        assert not any(word in line for word in ("Error", "|", ".neu")), line


# what was there


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(embedded, "_seen", set())
    yield


def test_the_first_start_makes_the_example_and_a_removed_database_is_an_error(unseen: None, tmp_path: Path) -> None:
    path = tmp_path / "insek.sqlite"
    open_or_create(path).close()
    open_or_create(path).close()
    kept = Path(shutil.move(path, tmp_path / "weg.sqlite"))
    for _ in range(2):
        with pytest.raises(StoreProblem, match="entfernt oder ersetzt, während das Programm lief") as problem:
            open_or_create(path)
        assert "Sicherung" in problem.value.remedy and not path.exists()
    shutil.move(kept, path)
    assert open_or_create(path).head.number == 1


def test_a_database_that_another_process_makes_first_is_opened(
    unseen: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(path: Path) -> Store:
        create_example(path).close()
        return create_example(path)

    monkeypatch.setattr(embedded, "create_example", too_late)
    assert open_or_create(tmp_path / "insek.sqlite").head.number == 1


def test_nothing_is_saved_into_a_file_that_was_removed_or_replaced(db: Path) -> None:
    store = Store(db)
    version, plan = store.newest()
    aside = Path(shutil.move(db, db.with_name("weg.sqlite")))
    for replaced in (False, True):
        if replaced:
            shutil.copy(aside, db)
        with pytest.raises(StoreProblem, match="entfernt oder ersetzt"):
            store.save(plan, based_on=version.number, author="Ada", reason="x")
        with pytest.raises(StoreProblem, match="entfernt oder ersetzt"):
            store.put_draft("x", {"name": "y"})


# whatever SQLite says


def test_a_lock_held_by_another_is_a_german_problem_in_drafts_too(db: Path) -> None:
    store, other = Store(db, timeout_seconds=0.05), sqlite3.connect(db)
    other.execute("BEGIN IMMEDIATE")
    for write in (lambda: store.put_draft("x", {"a": "b"}), lambda: store.put_draft("x", None)):
        with pytest.raises(StoreProblem, match="gesperrt") as problem:
            write()
        assert problem.value.remedy
    assert store.draft("x") == {}
    other.rollback()


def test_half_signs_are_kept_in_a_draft_and_refused_in_a_version(db: Path) -> None:
    store = Store(db)
    store.put_draft("x", {"a": "\udcff"})
    assert store.draft("x") == {"a": "\udcff"}
    for author, reason in (("\udcff", "x"), ("Ada", "\ud800")):
        with pytest.raises(StoreProblem, match="nicht speichern"):
            store.save(store.load(), based_on=1, author=author, reason=reason)
    assert store.head.number == 1


ERRORS = [
    sqlite3.OperationalError("database or disk is full"),
    sqlite3.OperationalError("disk I/O error"),
    sqlite3.OperationalError("attempt to write a readonly database"),
    sqlite3.OperationalError("database schema is locked: main"),
    sqlite3.IntegrityError("FOREIGN KEY constraint failed"),
    sqlite3.InterfaceError("bad parameter or other API misuse"),
    sqlite3.ProgrammingError("Cannot operate on a closed database."),
    sqlite3.NotSupportedError("x"),
    sqlite3.DataError("string or blob too big"),
]


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_every_error_of_sqlite_is_a_german_problem(
    db: Path, error: sqlite3.Error, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(db)
    plan = store.load()

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(store, "_set_meta", fail)
    monkeypatch.setattr(store, "_write_rows", fail)
    monkeypatch.setattr(store, "_meta", fail)
    for use in (
        lambda: store.put_draft("x", {}),
        lambda: store.save(plan, based_on=1, author="Ada", reason="x"),
        lambda: store.draft("x"),
        lambda: store.statistics,
        lambda: store.put_values([]),
    ):
        with pytest.raises(Problem) as problem:
            use()
        assert problem.value.remedy.startswith(("Bitte", "Lesen geht"))
