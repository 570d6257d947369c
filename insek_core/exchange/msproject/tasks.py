"""A task of a Microsoft Project file: what holds it, how long it takes, and what of it is not understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from insek_core.exchange.msproject.xml import Log, is_set, minutes_of, moment_of
from insek_core.plan.errors import Severity
from insek_core.rules.time.net.passes import Clock
from insek_core.rules.time.net.worktasks import TaskBounds, WorkTask
from insek_core.rules.time.net.worktime import ELAPSED, WorkTime, position

BOUNDS = {  # the constraints: must start or finish on, start no earlier or later than, finish no earlier or later than
    "2": ("start_from", "start_by"), "3": ("finish_from", "finish_by"),
    "4": ("start_from",), "5": ("start_by",), "6": ("finish_from",), "7": ("finish_by",),
}  # fmt: skip
MUST = {"5": "2", "7": "3"}  # what must begin or end by a day, as what must begin or end on it
ELAPSED_FORMATS = {"4", "6", "8", "10", "12", "36", "38", "40", "42", "44"}
DATES = {
    "Start": "Der Anfang", "Finish": "Das Ende", "ActualStart": "Der tatsächliche Anfang",
    "ActualFinish": "Das tatsächliche Ende", "ConstraintDate": "Der Termin der Einschränkung", "Deadline": "Der Stichtag",
}  # fmt: skip
CHILDRENS = ("Manual", "ExternalTask", "Cost")  # what a summary has of its children


@dataclass(frozen=True)
class _Row:
    """A task as the file has it: its fields, the dates that can be read, and the clock that it runs by."""

    fields: Mapping[str, str]
    dates: Mapping[str, datetime]
    clock: Clock
    summary: bool
    log: Log

    @property
    def who(self) -> str:
        """How a message names it."""
        return _who(self.fields)

    @property
    def fixed(self) -> bool:
        """Whether its start was entered by hand, or comes from another project; a summary's comes from its children."""
        manual = is_set(self.fields.get("Manual", "")) or is_set(self.fields.get("ExternalTask", ""))
        return manual and "Start" in self.dates and not self.summary

    def say(self, level: Severity, message: str, remedy: str) -> None:
        """A fault in its data."""
        self.log.say(level, message, remedy, self.fields["UID"])

    def leave(self, kind: str) -> None:
        """Something about it that is not understood: a key of LEFT."""
        self.log.leave(kind, self.fields["Name"])


def _who(fields: Mapping[str, str]) -> str:
    return f"„{fields['Name']}“ ({fields['UID']})"


def _dates(fields: Mapping[str, str], log: Log) -> dict[str, datetime]:
    """The dates of a task that can be read."""
    found: dict[str, datetime] = {}
    for key, german in DATES.items():
        text = fields.get(key, "")
        if text in ("", "NA"):
            continue
        instant = moment_of(text)
        if instant is None:
            message = f"{german} von {_who(fields)} ist nicht lesbar: „{text[:40]}“."
            log.say("warning", message, "Bitte berichtigen.", fields["UID"])
        else:
            found[key] = instant
    return found


def _calendar(fields: Mapping[str, str], calendars: Mapping[str, WorkTime], log: Log) -> str:
    """The calendar of a task; the empty text is the project's."""
    calendar = fields.get("CalendarUID", "").replace("-1", "")
    if calendar in calendars:
        return calendar
    message = f"Der Kalender von {_who(fields)} fehlt in der Datei; es gilt der des Projekts."
    log.say("warning", message, "Bitte den Kalender prüfen.", fields["UID"])
    return ""


def _left_out(row: _Row) -> None:
    """Names what a task says and is not understood."""
    flags = {"Recurring": "recurring", "IsSubproject": "subproject", "ExternalTask": "external"}
    for key, kind in {**flags, "Manual": "manual" if row.fixed else "undated"}.items():
        if is_set(row.fields.get(key, "")):
            row.leave(kind)
    for key, kind in {"LevelingDelay": "leveling", "Cost": "costs", "FixedCost": "costs"}.items():
        if row.fields.get(key, "").strip("+-0."):  # a number that is not zero
            row.leave(kind)
    if row.fields.get("ConstraintType") == "1":
        row.leave("alap")


def _duration(row: _Row) -> int | None:
    """The minutes of work, stated or between start and finish; a task that takes longer than that is named."""
    duration, start, finish = (
        minutes_of(row.fields.get("Duration", "")),
        row.dates.get("Start"),
        row.dates.get("Finish"),
    )
    if row.summary:
        return duration
    lasts = max(0, row.clock.between(position(start), position(finish))) if start and finish else None
    if duration is None and lasts is None:
        row.say("error", f"{row.who} hat keine lesbare Dauer und bleibt ohne Termin.", "Bitte die Dauer eintragen.")
    elif duration is None:
        message = f"{row.who} hat keine lesbare Dauer; es zählt die Zeit von Anfang bis Ende."
        row.say("warning", message, "Bitte die Dauer eintragen.")
        return lasts
    elif _interrupted(row):
        row.leave("split")
    elif lasts is not None and lasts > duration + 1:  # seconds are dropped
        row.leave("longer")
    return duration


def _interrupted(row: _Row) -> bool:
    """Whether work has stopped and goes on later."""
    stop, resume = (moment_of(row.fields.get(key, "")) for key in ("Stop", "Resume"))
    return bool(stop and resume and row.clock.between(position(stop), position(resume)) > 0)


def _held(row: _Row, kind: str, on: datetime, duration: int | None, start: datetime | None) -> tuple[str, ...]:
    """The bounds that a constraint sets to its date.

    What the project starts too late for Microsoft Project begins before it, as late as the constraint allows.
    """
    latest = row.clock.sub(position(on), duration or 0) if kind == "7" else position(on)
    early = start is not None and latest is not None and latest < position(start) and not row.summary
    return BOUNDS[MUST.get(kind, kind) if early else kind]


def _bounds(row: _Row, duration: int | None, start: datetime | None) -> TaskBounds:
    """What holds a task besides its links: its constraint and deadline, or the start that was entered by hand."""
    bounds: dict[str, datetime] = {}
    kind, on = row.fields.get("ConstraintType", "0"), row.dates.get("ConstraintDate")
    if kind in BOUNDS and on:
        bounds = dict.fromkeys(_held(row, kind, on, duration, start), on)
    elif kind not in ("", "0", "1"):
        message = f"Die Einschränkung von {row.who} ist nicht lesbar; sie zählt nicht."
        row.say("warning", message, "Bitte Art und Termin prüfen.")
    if row.fixed:
        bounds = {"start_from": row.dates["Start"]}
    return TaskBounds(**bounds, deadline=row.dates.get("Deadline"))


def _done(row: _Row) -> datetime | None:
    """When a task has ended; an end before its start does not count."""
    started, finished = row.dates.get("ActualStart"), row.dates.get("ActualFinish")
    if started and finished and finished < started:
        message = f"Das tatsächliche Ende von {row.who} liegt vor dem Anfang; es zählt nicht."
        row.say("warning", message, "Bitte berichtigen.")
        return None
    return finished


def task_of(
    fields: Mapping[str, str],
    parent: str,
    summary: bool,
    calendars: Mapping[str, WorkTime],
    start: datetime | None,
    log: Log,
) -> WorkTask:
    """A task of a project that starts at `start`; what it cannot say is a finding, and it keeps what can be read."""
    dates, calendar = _dates(fields, log), _calendar(fields, calendars, log)
    fields = {**fields, **dict.fromkeys(CHILDRENS if summary else (), "")}
    elapsed = fields.get("DurationFormat") in ELAPSED_FORMATS and not summary
    row = _Row(fields, dates, ELAPSED if elapsed else calendars[calendar], summary, log)
    _left_out(row)
    duration = _duration(row)
    return WorkTask(
        uid=fields["UID"],
        name=fields["Name"],
        parent=parent,
        duration=duration,
        elapsed=elapsed,
        calendar=calendar,
        bounds=_bounds(row, duration, start),
        fixed=row.fixed,
        actual_start=None if summary else dates.get("ActualStart"),
        actual_finish=None if summary else _done(row),
    )
