"""A workbook as the source: the app reads it as if it were a database, and writes nothing."""

import hashlib
import tempfile
from pathlib import Path

from insek_core.exchange.workbook.envelope import NotAWorkbook
from insek_core.exchange.workbook.intake import take_in
from insek_core.plan import Plan
from insek_core.storage.embedded import example_values, schematic_outlines
from insek_core.storage.problems import Refused, StoreProblem
from insek_core.storage.store import Store


def store_of_workbook(path: Path) -> Store:
    """A write-protected store of the workbook's plan, made anew whenever the file's content changes.

    Statistics and outlines are not in a workbook: the embedded ones serve where its ids match. Raises StoreProblem
    where the file
    cannot be read, Refused with findings (sheet and cell) where its content is in error.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreProblem(
            f"Die Mappe {path.name} lässt sich nicht lesen.", "Bitte INSEK_SOURCE und die Rechte der Datei prüfen."
        ) from error
    made = Path(tempfile.gettempdir()) / f"insek-{hashlib.sha256(data).hexdigest()[:24]}.sqlite"
    if not made.exists():
        _make(made, path.name, data)
    store = Store(made)
    store.read_only = True
    return store


def _make(made: Path, name: str, data: bytes) -> None:
    try:
        intake = take_in(data, Plan())
    except NotAWorkbook as problem:
        raise StoreProblem(f"{name}: {problem.what}", problem.remedy) from problem
    if intake.plan is None:
        raise Refused(tuple(f for f in intake.findings if f.level == "error"))
    told = f"Arbeitsmappe {name}" + (f" aus Version {intake.version}" if intake.version else "")
    try:
        Store.create(
            made, intake.plan, author="Excel", reason=told, values=example_values(), outlines=schematic_outlines()
        ).close()
    except StoreProblem:
        if not made.exists():  # else another visitor was first; the same content gives the same database
            raise
