"""A workbook comes in: sheets and headings found, cells read, every problem a German finding with sheet and cell.

All or nothing: with one error there is no plan. Nothing is guessed: what can be read in two ways is a finding.
"""

import re
from dataclasses import dataclass

from insek_core.exchange.workbook.envelope import MAX_ROW
from insek_core.exchange.workbook.headings import Notes, kind_of, likely_table, normal
from insek_core.exchange.workbook.office import filled
from insek_core.exchange.workbook.placing import placed
from insek_core.exchange.workbook.rows import rows_of
from insek_core.exchange.workbook.sheets import Sheet, read_sheets
from insek_core.exchange.workbook.write import (
    DICTIONARY,
    DIGEST_LABEL,
    GAPS,
    HINTS,
    LISTS,
    OFFICE_LABEL,
    PLAN_LABEL,
    VERSION_LABEL,
    WORDING,
)
from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.errors import Finding
from insek_core.plan.record import Record
from insek_core.plan.version import Origin
from insek_core.rules.checks import new_errors
from insek_core.rules.people.departments import scope
from insek_core.rules.structure import structure


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What a workbook says: the plan it makes of `base` (None if there is an error), the version it was written from,
    findings.
    """

    plan: Plan | None
    version: int | None
    office: str
    findings: tuple[Finding, ...]


def _hint(sheets: list[Sheet], label: str) -> str:
    for sheet in sheets:
        if normal(sheet.name) == normal(HINTS):
            for cells in sheet.rows.values():
                if any(normal(cell.content) == normal(label) for cell in cells.values()):
                    return str(
                        next((c.content for c in cells.values() if normal(c.content) != normal(label)), "")
                    ).strip()
    return ""


def stated_version(sheets: list[Sheet]) -> int | None:
    """The version a workbook says it was written from; None if it does not say."""
    text = _hint(sheets, VERSION_LABEL)
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None


def stated_origin(sheets: list[Sheet]) -> Origin:
    """Which plan and state a workbook says it was written from."""
    return Origin(_hint(sheets, PLAN_LABEL), _hint(sheets, DIGEST_LABEL))


def stated_paper(sheets: list[Sheet]) -> str:
    """The council paper that a workbook carries on a sheet of its own; empty if it carries none."""
    for sheet in sheets:
        if normal(sheet.name) == normal(WORDING):
            lines = {row: sheet.text(row, 2) for row in sheet.rows if row > 1 and sheet.text(row, 1).isdigit()}
            numbered = {int(sheet.text(row, 1)): text for row, text in lines.items()}
            last = max(numbered, default=0)
            return "\n".join(numbered.get(n, "") for n in range(1, min(last, MAX_ROW) + 1))
    return ""


def take_in(data: bytes, base: Plan) -> Intake:
    """What a workbook makes of the base plan. Raises NotAWorkbook if the bytes are no workbook at all."""
    sheets = read_sheets(data)
    return interpret(sheets, base)


def _scope(base: Plan, office: str, table: str) -> frozenset[str]:
    """Ids of a table that the workbook was given: all, or those the office answers for."""
    whole = scope(base, office) if office else base
    return frozenset(row.id for row in whole.rows(table))


def _spliced(old: tuple[Record, ...], new: tuple[Record, ...], given: frozenset[str]) -> tuple[Record, ...]:
    """The new rows, with those the workbook was never given kept in their places."""
    if len(given) == len(old):
        return new
    by_id = {row.id: row for row in new}
    kept = tuple(by_id.pop(row.id, row) for row in old if row.id in by_id or row.id not in given)
    return (*kept, *(row for row in new if row.id in by_id))


def _foreign(sheet: Sheet, sheets: list[Sheet], reading: Notes) -> None:
    """A sheet that is no table: one of our own beside the tables, a renamed table (by name, with the one it probably
    is), or something else.
    """
    if normal(sheet.name) in {normal(name) for name in (HINTS, DICTIONARY, LISTS, WORDING, GAPS)}:
        return
    there = {kind_of(other) for other in sheets}
    likely = likely_table(sheet, [kind for kind in TABLES.values() if kind not in there])
    told = f"Das Blatt „{sheet.name}“ ist keine Tabelle der Planung und wird nicht gelesen"
    if likely is None:
        reading.say("notice", sheet, "", f"{told}.")
        return
    remedy = f"Bitte das Blatt in „{likely.sheet}“ umbenennen, wenn seine Zeilen gelten sollen."
    reading.say("warning", sheet, "", f"{told}; gemeint ist wohl „{likely.sheet}“.", remedy)


def _tables(sheets: list[Sheet], reading: Notes) -> dict[str, tuple[Record, ...]]:
    """The rows of every table that has a sheet."""
    tables: dict[str, tuple[Record, ...]] = {}
    for sheet in sheets:
        kind = kind_of(sheet)
        if kind is None:
            _foreign(sheet, sheets, reading)
        elif kind.table in tables:
            told = f"Die Tabelle {kind.sheet} steht auf zwei Blättern."
            reading.say("error", sheet, "", told, "Ein Blatt löschen oder umbenennen.")
        elif (rows := rows_of(sheet, kind, reading)) is not None:
            tables[kind.table] = rows
    if any(kind_of(sheet) for sheet in sheets):
        return tables
    if any(normal(sheet.name) == normal(GAPS) for sheet in sheets):
        message = "Die Mappe sagt nur, was fehlt; sie enthält keine Tabelle zum Übernehmen."
        reading.findings.append(Finding(level="notice", message=message))
    else:
        names = ", ".join(sheet.name for sheet in sheets[:6])
        message = f"Kein Blatt der Mappe ist eine Tabelle der Planung (gefunden: {names})."
        reading.findings.append(
            Finding(level="error", message=message, remedy="Bitte die Mappe verwenden, die das Programm ausgibt.")
        )
    return tables


def interpret(sheets: list[Sheet], base: Plan) -> Intake:
    """What the sheets make of the base plan: missing sheets leave their table, missing rows are removals. All errors
    are told at once, those of cells and those of the plan they would make.
    """
    reading = Notes(base, [], {})
    office = _hint(sheets, OFFICE_LABEL)
    office = "" if office.startswith("alle") else office
    tables, unfilled = filled(_tables(sheets, reading), base)
    spliced = {table: _spliced(base.rows(table), rows, _scope(base, office, table)) for table, rows in tables.items()}
    plan = with_tables(base, spliced)
    findings = [*reading.findings, *unfilled, *placed(structure(plan) or new_errors(base, plan), base, plan, reading)]
    broken = any(found.level == "error" for found in findings)
    return Intake(
        plan=None if broken else plan, version=stated_version(sheets), office=office, findings=tuple(findings)
    )
