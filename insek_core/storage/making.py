"""A database that is made beside its place, checked, and put there whole: on a full disk there is none, not half a
one.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from insek_core.storage.problems import StoreProblem


def _checked(draft: Path) -> bool:
    """Whether the file alone, without a log beside it, is a whole database with a version."""
    with closing(sqlite3.connect(f"{draft.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and connection.execute("SELECT count(*) FROM versions").fetchone()[0] > 0


def fold_log(connection: sqlite3.Connection) -> None:
    """Fold the write-ahead log into the file: closing does it too, but says nothing where the disk is full.

    Raises sqlite3.Error.
    """
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise sqlite3.OperationalError("database is locked")


def _synced(path: Path) -> None:
    """Have the disk keep what was written to a file, or the name of a file in a folder, where the system can."""
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(draft: Path, target: Path) -> None:
    """Put a finished database where it belongs; where there is one by now it stays. Raises StoreProblem, OSError or
    sqlite3.Error, and then there is nothing.
    """
    if not _checked(draft):
        raise StoreProblem(
            f"Die Datenbank {target.name} ist beim Anlegen nicht vollständig geworden.",
            "Bitte Platz auf dem Datenträger schaffen und noch einmal anlegen; es liegt nichts Halbes da.",
        )
    _synced(draft)
    with suppress(FileExistsError):  # another process was first; its database is as good
        os.link(draft, target)
    with suppress(OSError):  # a folder cannot be opened everywhere
        _synced(target.parent)


def remove_draft(draft: Path) -> None:
    """Remove what making a database leaves over."""
    for leftover in (draft, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm", "-journal"))):
        with suppress(OSError):  # where no folder could be made there is nothing left over
            leftover.unlink(missing_ok=True)
