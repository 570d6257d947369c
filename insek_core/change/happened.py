"""What really happened, entered into the plan: a step's state, a station, a sitting, an event (RULES §2).

Each entry makes a plan of a plan; what was entered is stated, and its source says by whom and for which day.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.errors import Finding, Unreadable
from insek_core.plan.german import quoted, show_date
from insek_core.plan.process import Event, Meeting, Paper, Reading, Task
from insek_core.plan.record import Record, columns_of
from insek_core.rules.time.net.nodes import node_label
from insek_core.rules.time.net.worknet import SUMMARY
from insek_core.rules.time.stations import PUT_OFF, readings_of

Word = Literal["offen", "läuft", "erledigt"]
ENTERED = re.compile(r"^Stand eingetragen .*?(?:; im Plan: |$)")
STATUS = {"beschlossen": "beschlossen", "geändert beschlossen": "beschlossen"}  # of a paper after its last station
RESULTS: tuple[str, ...] = next(column.allowed for column in columns_of(Reading) if column.name == "result")


@dataclass(frozen=True, kw_only=True)
class StepEntry:
    """The state of a step: begun and ended on which day, and the working days that are left on the day of status.

    `opened`: it has not begun. A day that is not given stays as it is.
    """

    task: str
    begun_on: date | None = None
    done_on: date | None = None
    remaining_days: int | None = None
    opened: bool = False


@dataclass(frozen=True, kw_only=True)
class HeldEntry:
    """What came of a station, a sitting or an event: the day it took place, and its result, that it was cancelled, or
    how many took part.
    """

    record: str
    on: date | None = None
    result: str = ""
    cancelled: bool = False
    attended: int | None = None


Happened = StepEntry | HeldEntry


def _put(plan: Plan, row: Record, origin: str, today: date, **values: Any) -> Plan:
    """The row with what was entered as stated; its source names the entry before what the plan had."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return plan
    marks = {name: mark for name, mark in row.field_evidence if name not in changed}
    marks |= dict.fromkeys(changed, "stated") if row.evidence != "stated" else {}
    before = ENTERED.sub("", row.source)
    source = f"Stand eingetragen ({origin.replace(';', ',')}, {show_date(today)})"
    source += f"; im Plan: {before}" if before else ""
    return with_row(plan, row.table, replace(row, **changed, source=source, field_evidence=tuple(marks.items())))


def _past(day: date | None, today: date, what: str) -> None:
    if day and day > today:
        message = f"{what}: Der {show_date(day)} liegt nach dem Stichtag {show_date(today)}."
        raise Unreadable(message, "Einen Tag bis zum Stichtag eintragen oder den Stichtag ändern.")


def _task(plan: Plan, name: str) -> Task:
    row = plan.by_id.get(name)
    if not isinstance(row, Task):
        known = ", ".join(task.id for task in plan.tasks if task.kind != SUMMARY) or "keine"
        raise Unreadable(f"Einen Arbeitsschritt {quoted(name)} gibt es nicht.", f"Bekannt sind: {known}.")
    if row.kind == SUMMARY:
        raise Unreadable(f"{row.name} fasst Schritte zusammen.", "Den Stand bei seinen Teilen eintragen.")
    return row


def _check_state(row: Task, entry: StepEntry, today: date) -> None:
    """Raises Unreadable where days and what is left contradict one another."""
    name, begun = row.short_name or row.name, entry.begun_on or row.actual_start_on
    _past(entry.begun_on, today, name)
    _past(entry.done_on, today, name)
    if entry.done_on and begun and entry.done_on < begun:
        message = f"{name}: Das Ende {show_date(entry.done_on)} liegt vor dem Beginn {show_date(begun)}."
        raise Unreadable(message, "Einen der beiden Tage berichtigen.")
    if entry.done_on and entry.remaining_days is not None:
        raise Unreadable(f"{name}: Was beendet ist, hat keine Resttage.", "Ende oder Resttage weglassen.")
    if entry.opened and (entry.begun_on or entry.done_on or entry.remaining_days is not None):
        raise Unreadable(f"{name}: Was offen ist, hat weder Tag noch Resttage.", "Stand oder Angaben ändern.")
    if not entry.done_on and begun is None and not entry.opened:
        raise Unreadable(f"{name}: Der Tag des Beginns fehlt.", "Bitte den Tag eintragen, an dem der Schritt begann.")
    if entry.remaining_days is not None and entry.remaining_days < 0:
        raise Unreadable(f"{name}: Resttage sind 0 oder mehr.", "Eine ganze Zahl von Arbeitstagen eintragen.")


def enter_state(plan: Plan, entry: StepEntry, today: date, origin: str) -> Plan:
    """The plan with the state of a step as of this day. Raises Unreadable, in German, where it cannot be so."""
    row = _task(plan, entry.task)
    _check_state(row, entry, today)
    share = row.progress_share
    if entry.opened:
        facts: dict[str, Any] = {"actual_start_on": None, "actual_finish_on": None, "progress_share": Fraction(0)}
        return _put(plan, row, origin, today, **facts, remaining_days=None, state_on=today)
    if entry.done_on:
        facts = {"actual_finish_on": entry.done_on, "progress_share": None if share is None else Fraction(1)}
        facts |= {"remaining_days": None, "state_on": None}
    else:
        known = entry.remaining_days is not None
        facts = {"actual_finish_on": None, "progress_share": None, "remaining_days": entry.remaining_days}
        facts |= {"state_on": today if known else None}
    return _put(plan, row, origin, today, **facts, actual_start_on=entry.begun_on or row.actual_start_on)


def _station(plan: Plan, row: Reading, entry: HeldEntry, today: date, origin: str) -> Plan:
    """A station with its day and result, its sitting as held; a paper through its last one with its new status."""
    if entry.result and entry.result not in RESULTS:
        raise Unreadable(f"{quoted(entry.result)} ist kein Ergebnis.", f"Erlaubt: {', '.join(RESULTS)}.")
    plan = _put(plan, row, origin, today, actual_on=entry.on, result=entry.result or row.result)
    meeting = plan.by_id.get(row.meeting)
    if isinstance(meeting, Meeting) and entry.on and not meeting.actual_on:
        plan = _put(plan, meeting, origin, today, actual_on=entry.on, cancelled=None)
    paper, last = plan.by_id.get(row.paper), readings_of(plan, row.paper)[-1].position
    status = STATUS.get(entry.result, entry.result)
    if isinstance(paper, Paper) and row.position == last and status and status != PUT_OFF:
        plan = _put(plan, paper, origin, today, status=status)
    return plan


def enter_held(plan: Plan, entry: HeldEntry, today: date, origin: str) -> Plan:
    """The plan with what came of a station, a sitting or an event. Raises Unreadable, in German, where it cannot be."""
    row = plan.by_id.get(entry.record)
    if not isinstance(row, Reading | Meeting | Event):
        message = f"Eine Station, Sitzung oder Veranstaltung {quoted(entry.record)} gibt es nicht."
        raise Unreadable(message, "Bitte eine Kennung aus Beratungsfolge, Sitzungen oder Veranstaltungen angeben.")
    name = held_name(plan, row)
    _past(entry.on, today, name)
    if entry.cancelled and isinstance(row, Meeting) and not entry.on:
        return _put(plan, row, origin, today, cancelled=True, actual_on=None)
    if entry.on is None or entry.cancelled:
        raise Unreadable(
            f"{name}: Der Tag fehlt, oder er passt nicht zur Angabe.", "Entweder den Tag oder „fällt aus“."
        )
    if isinstance(row, Reading):
        return _station(plan, row, entry, today, origin)
    if isinstance(row, Meeting):
        return _put(plan, row, origin, today, actual_on=entry.on, cancelled=None)
    attended = row.attended if entry.attended is None else entry.attended
    return _put(plan, row, origin, today, actual_on=entry.on, attended=attended)


def held_name(plan: Plan, row: Record) -> str:
    """What a station, sitting or event is called: "Bilanzbericht: Ratsversammlung"."""
    if isinstance(row, Reading):
        return f"{node_label(plan, row.paper)}: {plan.name(row.body)}"
    return plan.name(row.body) if isinstance(row, Meeting) else node_label(plan, row.id)


def enter(plan: Plan, entries: Iterable[Happened], today: date, origin: str) -> tuple[Plan, tuple[Finding, ...]]:
    """The plan with all that was entered, and a finding for each entry that cannot be: it is left out."""
    findings = []
    for entry in entries:
        try:
            if isinstance(entry, StepEntry):
                plan = enter_state(plan, entry, today, origin)
            else:
                plan = enter_held(plan, entry, today, origin)
        except Unreadable as error:
            name = entry.task if isinstance(entry, StepEntry) else entry.record
            findings.append(Finding(level="error", record=name, message=error.what, remedy=error.remedy))
    return plan, tuple(findings)
