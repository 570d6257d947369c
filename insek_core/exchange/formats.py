"""Which ending is read and written by what. A new file format is a row of FORMATS and its reader or writer beside
it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from insek_core.exchange.calendar import calendar_file
from insek_core.exchange.msproject.plan import project_plan
from insek_core.exchange.origin import base_of, origin_of
from insek_core.exchange.workbook.intake import Intake, interpret, stated_origin, stated_version
from insek_core.exchange.workbook.sheets import read_sheets
from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import Plan
from insek_core.plan.errors import Problem
from insek_core.plan.german import quoted
from insek_core.storage.store import Store

Read = tuple[Intake, Plan, int]  # what the file says, the plan it is compared with and that plan's version


@dataclass(frozen=True)
class Export:
    """What a file is to be made of: an open database, the day of status, and a body where it is of one."""

    store: Store
    today: date
    body: str = ""


@dataclass(frozen=True)
class FileFormat:
    """A kind of file: its ending, German name and media type, what reads it and what writes it (None: nothing does)."""

    ending: str
    name: str
    mime: str
    read: Callable[[Store, str, bytes, Plan, int], Read] | None = None
    write: Callable[[Export], bytes] | None = None


def _workbook(store: Store, name: str, data: bytes, head: Plan, head_number: int) -> Read:
    """A workbook against the version it was written from; against the newest if it names none or one we do not have.
    Raises Problem before its tables are looked at where it comes from a state that is none of ours.
    """
    sheets = read_sheets(data)
    found = base_of(store, stated_version(sheets), stated_origin(sheets), head_number)
    base = head if found.number == head_number else store.load(found.number)
    intake = interpret(sheets, base)
    if found.finding is None:
        return intake, base, found.number
    plan = None if found.finding.level == "error" else intake.plan
    return replace(intake, findings=(*intake.findings, found.finding), plan=plan), base, found.number


def _project(store: Store, name: str, data: bytes, head: Plan, head_number: int) -> Read:
    """A Microsoft Project file names no version: what it says is an edit of the newest one."""
    plan, findings = project_plan(name, data, head)
    return Intake(plan=plan, version=None, office="", findings=findings), head, head_number


def _as_workbook(export: Export) -> bytes:
    version, plan = export.store.newest()
    return write_workbook(plan, version.number, origin_of(export.store, version), paper=export.store.paper)


def _as_calendar(export: Export) -> bytes:
    versions = export.store.versions()
    plans = [export.store.load(version.number) for version in versions]
    bodies = {body.id: body for body in plans[-1].bodies}
    if export.body and export.body not in bodies:
        known = "; ".join(f"{body.id} ({body.name})" for body in bodies.values()) or "keines"
        raise Problem(f"Ein Gremium {quoted(export.body)} gibt es nicht.", f"Bitte eines von diesen angeben: {known}.")
    return calendar_file(plans, export.today, datetime.fromisoformat(versions[-1].saved_at), export.body)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = (
    FileFormat(".xlsx", "Arbeitsmappe", XLSX, _workbook, _as_workbook),
    FileFormat(".xml", "Zeitplan aus Microsoft Project", "application/xml", _project),
    FileFormat(".ics", "Kalender", "text/calendar", None, _as_calendar),
)
_BY_ENDING = {row.ending: row for row in FORMATS}


def read(store: Store, name: str, data: bytes, head: Plan, head_number: int) -> Read:
    """What a file says of the newest version or of the one it was written from. Its content tells what reads it, since
    names lie; what is no project file is taken for a workbook. Raises Problem in German where it cannot be read.
    """
    begin = data[:4096].replace(b"\0", b"")
    project = name.lower().endswith((".mpp", ".mpt")) or bool(re.search(rb"<(\w+:)?Project\b", begin))
    reader = _BY_ENDING[".xml" if project else ".xlsx"].read
    if reader is None:
        raise Problem(f"{name}: Diese Art Datei wird nicht gelesen.", f"Gelesen werden {endings(reading=True)}.")
    return reader(store, name, data, head, head_number)


def endings(*, reading: bool) -> str:
    """The endings that are read or written, with their names: ".xlsx (Arbeitsmappe), .ics (Kalender)"."""
    rows = (row for row in FORMATS if (row.read if reading else row.write))
    return ", ".join(f"{row.ending} ({row.name})" for row in rows)


def written(path: Path, export: Export) -> bytes:
    """A file of this name. Raises Problem in German where nothing writes its ending."""
    found = _BY_ENDING.get(path.suffix.lower())
    if found is None or found.write is None:
        what = f"{path.name}: Diese Art Datei wird nicht geschrieben."
        raise Problem(what, f"Geschrieben werden {endings(reading=False)}.")
    return found.write(export)
