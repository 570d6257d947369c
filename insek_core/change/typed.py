"""What is typed about what happened, read as entries: only what differs from what is entered already."""

from collections.abc import Mapping
from dataclasses import dataclass

from insek_core.change.happened import RESULTS, Happened, HeldEntry, StepEntry
from insek_core.plan import Plan
from insek_core.plan.errors import Finding, Unreadable
from insek_core.plan.german import parse_date, plain_number, quoted, show_date
from insek_core.plan.process import Task
from insek_core.rules.time.due import Due, DueKind

UNSAID, OPENED, RUNNING, DONE = "keine Angabe", "offen", "läuft", "erledigt"
STATE_WORDS = (UNSAID, OPENED, RUNNING, DONE)
NOT_HELD, HELD, CANCELLED = UNSAID, "hat stattgefunden", "fällt aus"
WORDS: dict[DueKind, tuple[str, ...]] = {
    "Station": (NOT_HELD, *RESULTS),
    "Sitzung": (NOT_HELD, HELD, CANCELLED),
    "Veranstaltung": (NOT_HELD,),
}
NUMBERS: dict[DueKind, str] = {"Station": "", "Sitzung": "", "Veranstaltung": "Teilnehmende"}


@dataclass(frozen=True)
class Typed:
    """The fields of a row: a word, a day and a number as they are typed."""

    word: str
    day: str = ""
    number: str = ""


def step_as_entered(task: Task) -> Typed:
    """What the row of a step shows before anybody types."""
    if task.actual_start_on is None:
        return Typed(OPENED if task.progress_share == 0 else UNSAID)
    left = "" if task.remaining_days is None else str(task.remaining_days)
    return Typed(RUNNING, show_date(task.actual_start_on), left)


def _whole(text: str, what: str) -> int | None:
    number = plain_number(text.strip()) if text.strip() else None
    if text.strip() and number is None:
        raise Unreadable(f"{what}: {quoted(text)} ist keine ganze Zahl.", "Bitte nur Ziffern eintragen, z. B. 12.")
    return number


def _step(task: Task, typed: Typed) -> Happened:
    name = task.short_name or task.name
    day, left = parse_date(typed.day) if typed.day.strip() else None, _whole(typed.number, name)
    if typed.word == UNSAID:
        raise Unreadable(f"{name}: Der Stand fehlt.", "Bitte offen, läuft oder erledigt wählen.")
    if typed.word == DONE and day is None:
        raise Unreadable(f"{name}: Der Tag des Endes fehlt.", "Bitte den Tag eintragen, an dem der Schritt endete.")
    if typed.word == DONE:
        return StepEntry(task=task.id, done_on=day, remaining_days=left)
    return StepEntry(task=task.id, begun_on=day, remaining_days=left, opened=typed.word == OPENED)


def _held(row: Due, typed: Typed) -> Happened:
    day = parse_date(typed.day) if typed.day.strip() else None
    if typed.word == CANCELLED:
        return HeldEntry(record=row.record, on=day, cancelled=True)
    if day is None:
        raise Unreadable(f"{row.name}: Der Tag fehlt.", "Bitte den Tag eintragen, an dem es stattfand.")
    result = typed.word if row.kind == "Station" and typed.word != NOT_HELD else ""
    return HeldEntry(record=row.record, on=day, result=result, attended=_whole(typed.number, row.name))


def steps_typed(plan: Plan, rows: Mapping[str, Typed]) -> tuple[tuple[Happened, ...], tuple[Finding, ...]]:
    """The steps whose state was typed, by id, and a finding for each that cannot be read."""
    tasks = {task.id: task for task in plan.tasks if task.id in rows}
    wanted = {name: (task, rows[name]) for name, task in tasks.items() if rows[name] != step_as_entered(task)}
    entries, findings = [], []
    for name, (task, typed) in wanted.items():
        try:
            entries.append(_step(task, typed))
        except Unreadable as error:
            findings.append(_finding(name, task.short_name or task.name, error))
    return tuple(entries), tuple(findings)


def held_typed(due: Mapping[str, Due], rows: Mapping[str, Typed]) -> tuple[tuple[Happened, ...], tuple[Finding, ...]]:
    """What was typed of what was due, by id, and a finding for each that cannot be read."""
    entries, findings = [], []
    for record, typed in rows.items():
        if record in due and typed != Typed(NOT_HELD):
            try:
                entries.append(_held(due[record], typed))
            except Unreadable as error:
                findings.append(_finding(record, due[record].name, error))
    return tuple(entries), tuple(findings)


def _finding(record: str, name: str, error: Unreadable) -> Finding:
    what = error.what if name in error.what else f"{name}: {error.what}"
    return Finding(level="error", record=record, message=what, remedy=error.remedy)
