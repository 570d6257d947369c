"""A workbook as the source of a plan: read anew, into a database that is thrown away or into one of its own."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from insek_core.exchange.workbook.envelope import NotAWorkbook
from insek_core.exchange.workbook.intake import interpret, stated_paper
from insek_core.exchange.workbook.sheets import read_sheets
from insek_core.plan import Plan
from insek_core.plan.errors import Problem
from insek_core.storage.embedded import EXAMPLES, example_plan, example_values, schematic_outlines
from insek_core.storage.problems import Refused, StoreProblem
from insek_core.storage.store import Store


@dataclass(frozen=True)
class WorkbookPlan:
    """The plan a workbook holds, the council paper it carries, and where it says it was written from."""

    plan: Plan
    paper: str
    told: str


def decoded(name: str, data: bytes) -> str:
    """The text of a council paper's file. Raises Problem in German where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(f"{name} ist kein Text in UTF-8.", "Bitte als Textdatei (UTF-8) speichern.") from error


def plan_of_workbook(name: str, data: bytes) -> WorkbookPlan:
    """The plan of a workbook alone. Raises StoreProblem where it cannot be read, Refused with findings (sheet and cell)
    where its content is in error.
    """
    try:
        sheets = read_sheets(data)
        intake = interpret(sheets, Plan())
    except NotAWorkbook as problem:
        raise StoreProblem(f"{name}: {problem.what}", problem.remedy) from problem
    if intake.plan is None:
        raise Refused(tuple(f for f in intake.findings if f.level == "error"))
    told = f"Arbeitsmappe {name}" + (f" aus Version {intake.version}" if intake.version else "")
    return WorkbookPlan(intake.plan, stated_paper(sheets), told)


def store_of_workbook(path: Path) -> Store:
    """A write-protected store of the workbook's plan, made anew whenever the file's content changes.

    Statistics and outlines are not in a workbook: those of an embedded example serve where its areas are the
    workbook's, by id and name. Raises StoreProblem where the file cannot be read, Refused with findings (sheet and
    cell) where its content is in error.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreProblem(
            f"Die Mappe {path.name} lässt sich nicht lesen.", "Bitte INSEK_SOURCE und die Rechte der Datei prüfen."
        ) from error
    made = Path(tempfile.gettempdir()) / f"insek-{hashlib.sha256(data).hexdigest()[:24]}.sqlite"
    if not made.exists():
        _make(made, plan_of_workbook(path.name, data))
    store = Store(made)
    store.read_only = True
    return store


def example_of(plan: Plan) -> str:
    """The embedded example whose areas a plan has; empty if none: figures never stand under places they are not of."""
    places = {(area.id, area.name) for area in plan.areas}
    same = (name for name in EXAMPLES if places == {(area.id, area.name) for area in example_plan(name).areas})
    return next(same, "") if places else ""


def _make(made: Path, found: WorkbookPlan) -> None:
    name = example_of(found.plan)
    try:
        Store.create(
            made,
            found.plan,
            author="Excel",
            reason=found.told,
            values=example_values(name) if name else (),
            outlines=schematic_outlines(name) if name else (),
            paper=found.paper,
        ).close()
    except StoreProblem:
        if not made.exists():  # else another visitor was first; the same content gives the same database
            raise
