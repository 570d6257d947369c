"""Where plans lie: one database, or a folder with a database for each plan."""

import os
import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from insek_core.plan import Plan
from insek_core.plan.errors import Problem
from insek_core.storage.schema import APPLICATION_ID
from insek_core.storage.store import Store

ENDINGS = (".sqlite", ".sqlite3", ".db")
ALONE, FOLDER = "insek.sqlite", "planungen"  # what is opened where INSEK_DB says nothing
MOST_PLANS = 200  # a folder with more is no folder of plans
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class PlanFile:
    """A plan in a folder: its name in addresses, where it lies, what it is called."""

    name: str
    path: Path
    title: str


def place() -> Path:
    """Where the plans of this installation lie: what INSEK_DB names, else the one database or the folder beside the
    programme's start.
    """
    alone = Path(ALONE)
    return Path(os.environ.get("INSEK_DB") or (ALONE if alone.exists() else FOLDER))


def is_folder(at: Path) -> bool:
    """Whether a place is a folder of plans; one that is not there yet is told by its ending."""
    return at.is_dir() or (not at.exists() and at.suffix not in ENDINGS)


def _ours(path: Path) -> bool:
    """Whether a file is a database of this programme, by the mark in its head."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(72)[68:72] == APPLICATION_ID.to_bytes(4, "big")
    return False


@lru_cache(maxsize=MOST_PLANS)
def _title(path: Path, changed_ns: int) -> str:
    """What the plan in a file is called: short name and city; the file's name where it says none or cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0.5)) as connection:
            found = connection.execute("SELECT id, value FROM settings WHERE id IN ('short_name', 'city')").fetchall()
    except sqlite3.Error:
        return f"{path.stem} (nicht lesbar)"
    words = {key: value for key, value in found if value}
    return " ".join(words[key] for key in ("short_name", "city") if key in words) or path.stem


def plans_in(folder: Path) -> tuple[PlanFile, ...]:
    """The plans of a folder in the order of their names; copies made before an update are none."""
    files = [file for file in folder.glob("*") if file.suffix in ENDINGS and "-vor-Umstellung-" not in file.name]
    found = [
        file
        for file in sorted(files, key=lambda file: file.stem)[:MOST_PLANS]
        if not file.name.startswith(".") and _ours(file)
    ]
    return tuple(PlanFile(file.stem, file, _title(file, file.stat().st_mtime_ns)) for file in found)


def plan_path(at: Path, name: str = "") -> Path:
    """The database to open: the place itself, or of a folder the plan of this name, else its only one. Raises Problem
    in German where it is not told which.
    """
    if not is_folder(at):
        return at
    plans = plans_in(at)
    known = ", ".join(plan.name for plan in plans) or "keine"
    wanted = [plan.path for plan in plans if plan.name == name] if name else [plan.path for plan in plans]
    if len(wanted) == 1:
        return wanted[0]
    what = f"Eine Planung „{name}“ gibt es nicht." if name else "Es ist nicht gesagt, welche Planung gemeint ist."
    raise Problem(what, f"Vorhanden sind: {known}.")


def free_path(folder: Path, title: str) -> Path:
    """Where a new plan of this title goes: a file name of plain letters that is not taken.

    >>> free_path(Path("nirgends"), "INSEK Bad Düren").as_posix()
    'nirgends/insek-bad-dueren.sqlite'
    """
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower().translate(_UMLAUTS)).strip("-")[:40] or "planung"
    names = (plain, *(f"{plain}-{n}" for n in range(2, MOST_PLANS)))
    return next(path for name in names if not (path := folder / f"{name}.sqlite").exists())


def create_plan(at: Path, plan: Plan, *, author: str, reason: str, paper: str = "") -> Store:
    """A new plan where plans lie: in a folder a database named after it. Raises StoreProblem where the place is one
    database that is there already.
    """
    target = free_path(at, plan.title) if is_folder(at) else at
    return Store.create(target, plan, author=author, reason=reason, paper=paper)
