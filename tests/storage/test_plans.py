"""Where plans lie: one database or a folder of them; what is opened, what a new one is called."""

import shutil
from pathlib import Path

import pytest

from insek_core.plan import Plan
from insek_core.plan.errors import Problem
from insek_core.storage.example import create_example
from insek_core.storage.plans import create_plan, free_path, is_folder, place, plan_path, plans_in
from insek_core.storage.problems import StoreProblem
from insek_core.storage.store import Store


@pytest.fixture
def folder(example_db: Path, tmp_path: Path) -> Path:
    """A folder with two plans and what is none: a copy from before an update, a text, a file of another programme."""
    create_example(tmp_path / "musterstadt.sqlite", "musterstadt").close()
    shutil.copy(example_db, tmp_path / "leipzig.sqlite")
    shutil.copy(example_db, tmp_path / "leipzig-vor-Umstellung-20260101-000000.sqlite")
    (tmp_path / "notiz.txt").write_text("kein Plan")
    (tmp_path / "fremd.sqlite").write_bytes(b"SQLite format 3\0" + bytes(100))
    (tmp_path / "leer.db").write_bytes(b"")
    return tmp_path


def test_a_folder_lists_its_plans_by_name_and_title(folder: Path) -> None:
    assert [(plan.name, plan.title) for plan in plans_in(folder)] == [
        ("leipzig", "INSEK Leipzig"),
        ("musterstadt", "SEK Musterstadt"),
    ]


def test_a_damaged_plan_is_listed_and_does_not_hide_the_others(folder: Path) -> None:
    whole = (folder / "leipzig.sqlite").read_bytes()
    (folder / "kaputt.sqlite").write_bytes(whole[:4096] + b"\xff" * 4096)
    titles = [plan.title for plan in plans_in(folder)]
    assert "kaputt (nicht lesbar)" in titles and len(titles) == 3


def test_which_plan_is_opened_is_told_or_asked(folder: Path) -> None:
    assert plan_path(folder, "musterstadt") == folder / "musterstadt.sqlite"
    with pytest.raises(Problem, match="nicht gesagt, welche") as asked:
        plan_path(folder)
    assert "leipzig, musterstadt" in asked.value.german
    for wrong in ("dresden", "../leipzig", "leipzig.sqlite", "/etc/passwd"):
        with pytest.raises(Problem, match="gibt es nicht"):
            plan_path(folder, wrong)
    (folder / "leipzig.sqlite").unlink()
    assert plan_path(folder) == folder / "musterstadt.sqlite"


def test_a_place_that_is_not_there_yet_is_told_by_its_ending(tmp_path: Path) -> None:
    assert is_folder(tmp_path) and is_folder(tmp_path / "neu") and not is_folder(tmp_path / "neu.sqlite")
    assert plan_path(tmp_path / "neu.sqlite") == tmp_path / "neu.sqlite"


def test_what_insek_db_names_comes_first_then_the_database_beside_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("INSEK_DB", raising=False)
    assert place() == Path("planungen")
    (tmp_path / "insek.sqlite").touch()
    assert place() == Path("insek.sqlite")
    monkeypatch.setenv("INSEK_DB", "anderswo")
    assert place() == Path("anderswo")


def test_a_new_plan_takes_a_free_name_of_plain_letters(tmp_path: Path) -> None:
    made = [free_path(tmp_path, "SEK Bad Düren / Höhe")]
    made[0].touch()
    made.append(free_path(tmp_path, "SEK Bad Düren / Höhe"))
    assert [path.name for path in made] == ["sek-bad-dueren-hoehe.sqlite", "sek-bad-dueren-hoehe-2.sqlite"]
    assert free_path(tmp_path, "„“ …").name == "planung.sqlite"


def test_a_place_that_is_one_database_takes_one_plan(tmp_path: Path) -> None:
    place = tmp_path / "eine.sqlite"
    create_plan(place, Plan(), author="A", reason="neu", paper="erste Zeile\n\ndritte").close()
    assert Store(place).paper == ("erste Zeile", "", "dritte")
    with pytest.raises(StoreProblem, match="gibt es schon"):
        create_plan(place, Plan(), author="A", reason="neu")


def test_the_paper_is_replaced_whole_and_bounded(db: Path) -> None:
    store = Store(db)
    assert len(store.paper) == 300 and "Fortschreibungsprozess" in store.paper[2]
    assert store.put_paper("nur eine Zeile") == 1 and store.paper == ("nur eine Zeile",)
    with pytest.raises(StoreProblem, match=r"mehr als 2\.000\.000 Zeichen"):
        store.put_paper("x" * 2_000_001)
    assert store.paper == ("nur eine Zeile",)
    assert store.put_paper("") == 0 and store.paper == ()
