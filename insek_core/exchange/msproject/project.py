"""A schedule saved by Microsoft Project as XML (MSPDI): what is read of it, what is not understood, and its critical
path.

Elements and numbers as in Microsoft's Project XML Data Interchange Schema (mspdi_pj12.xsd); durations and floats are
minutes of working time until they are shown as days. Nothing is guessed quietly: every simplification is a Finding.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from insek_core.exchange.msproject.calendars import calendar_of
from insek_core.exchange.msproject.xml import Log, is_set, minutes_of, moment_of, parsed, texts_of
from insek_core.plan.errors import Finding
from insek_core.rules.time.worktasks import Bounds, Link, ScheduledProject, Task, schedule
from insek_core.rules.time.worktime import DAY, ELAPSED, WorkTime, position

TYPES = {"0": "FF", "1": "FS", "2": "SF", "3": "SS", "": "FS"}
BOUNDS = {  # the constraints: must start or finish on, start no earlier or later than, finish no earlier or later than
    "2": ("start_from", "start_by"), "3": ("finish_from", "finish_by"),
    "4": ("start_from",), "5": ("start_by",), "6": ("finish_from",), "7": ("finish_by",),
}  # fmt: skip
ELAPSED_FORMATS = {"4", "6", "8", "10", "12", "36", "38", "40", "42", "44"}
PERCENT_FORMATS, ELAPSED_PERCENT_FORMATS = {"19", "20", "51", "52"}, {"20", "52"}
DATES = {
    "Start": "Der Anfang", "Finish": "Das Ende", "ActualStart": "Der tatsächliche Anfang",
    "ActualFinish": "Das tatsächliche Ende", "ConstraintDate": "Der Termin der Einschränkung", "Deadline": "Der Stichtag",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Project:
    """What a file says: tasks in its order, links, the calendars in use ("" is the project's), percent complete, and
    what was found wrong.
    """

    name: str
    start: datetime | None
    minutes_per_day: int
    tasks: tuple[Task, ...]
    links: tuple[Link, ...]
    calendars: Mapping[str, WorkTime]
    progress: Mapping[str, int]
    findings: tuple[Finding, ...] = ()


def _dates(fields: dict[str, str], who: str, uid: str, log: Log) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for key, german in DATES.items():
        text = fields.get(key, "")
        if text in ("", "NA"):
            continue
        instant = moment_of(text)
        if instant is None:
            log.say("warning", f"{german} von {who} ist nicht lesbar: „{text[:40]}“.", "Bitte berichtigen.", uid)
        else:
            found[key] = instant
    return found


def _left_out(fields: dict[str, str], name: str, log: Log) -> None:
    """Names what a task says and is not understood."""
    flags = {"Recurring": "recurring", "IsSubproject": "subproject", "ExternalTask": "external", "Manual": "manual"}
    for key, kind in flags.items():
        if is_set(fields.get(key, "")):
            log.leave(kind, name)
    for key, kind in {"LevelingDelay": "leveling", "Cost": "costs", "FixedCost": "costs"}.items():
        if fields.get(key, "").strip("+-0."):  # a number that is not zero
            log.leave(kind, name)
    if fields.get("ConstraintType") == "1":
        log.leave("alap", name)


def _bounds(fields: dict[str, str], dates: dict[str, datetime], who: str, log: Log) -> Bounds:
    """What holds a task besides its links: its constraint, its deadline, and the start of a manual one."""
    bounds: dict[str, datetime] = {}
    kind, on = fields.get("ConstraintType", "0"), dates.get("ConstraintDate")
    if kind in BOUNDS and on:
        bounds = dict.fromkeys(BOUNDS[kind], on)
    elif kind not in ("", "0", "1"):
        log.say(
            "warning",
            f"Die Einschränkung von {who} ist nicht lesbar; sie zählt nicht.",
            "Bitte Art und Termin prüfen.",
            fields["UID"],
        )
    if "Deadline" in dates:
        bounds["finish_by"] = min(dates["Deadline"], bounds.get("finish_by", dates["Deadline"]))
    if "Start" in dates and (is_set(fields.get("Manual", "")) or is_set(fields.get("ExternalTask", ""))):
        bounds["start_from"] = max(dates["Start"], bounds.get("start_from", dates["Start"]))
    return Bounds(**bounds)


def _task(fields: dict[str, str], parent: str, summary: bool, calendars: dict[str, WorkTime], log: Log) -> Task:
    """A task; what it cannot say is a finding, and it keeps what can be read."""
    uid, name = fields["UID"], fields["Name"]
    who = f"„{name}“ ({uid})"
    dates = _dates(fields, who, uid, log)
    calendar = fields.get("CalendarUID", "").replace("-1", "")
    if calendar not in calendars:
        log.say(
            "warning",
            f"Der Kalender von {who} fehlt in der Datei; es gilt der des Projekts.",
            "Bitte den Kalender prüfen.",
            uid,
        )
        calendar = ""
    fields = fields | dict.fromkeys(("Manual", "ExternalTask", "Cost") if summary else (), "")  # its children's
    _left_out(fields, name, log)
    work, duration, elapsed = (
        calendars[calendar],
        minutes_of(fields.get("Duration", "")),
        fields.get("DurationFormat") in ELAPSED_FORMATS,
    )
    if summary:
        return Task(
            uid=uid,
            name=name,
            parent=parent,
            duration=duration,
            calendar=calendar,
            bounds=_bounds(fields, dates, who, log),
        )
    start, finish, stop, resume = (moment_of(fields.get(key, "")) for key in ("Start", "Finish", "Stop", "Resume"))
    if duration is None and start and finish:
        duration = max(0, (ELAPSED if elapsed else work).between(position(start), position(finish)))
        log.say(
            "warning",
            f"{who} hat keine lesbare Dauer; es zählt die Zeit von Anfang bis Ende.",
            "Bitte die Dauer eintragen.",
            uid,
        )
    elif duration is None:
        log.say("error", f"{who} hat keine lesbare Dauer und bleibt ohne Termin.", "Bitte die Dauer eintragen.", uid)
    if stop and resume and work.between(position(stop), position(resume)) > 0:
        log.leave("split", name)
    started, finished = dates.get("ActualStart"), dates.get("ActualFinish")
    if started and finished and finished < started:
        log.say(
            "warning",
            f"Das tatsächliche Ende von {who} liegt vor dem Anfang; es zählt nicht.",
            "Bitte berichtigen.",
            uid,
        )
        finished = None
    return Task(
        uid=uid,
        name=name,
        parent=parent,
        duration=duration,
        elapsed=elapsed,
        calendar=calendar,
        actual_start=started,
        actual_finish=finished,
        bounds=_bounds(fields, dates, who, log),
    )


def _rows(root: ET.Element, log: Log) -> list[tuple[dict[str, str], str, ET.Element]]:
    """The fields of each task that counts, with a uid of its own, its summary's uid and its element."""
    found: list[tuple[dict[str, str], str, ET.Element]] = []
    above: list[tuple[int, str]] = []
    seen: set[str] = set()
    for number, node in enumerate(root.iterfind("Tasks/Task"), start=1):
        fields = texts_of(node)
        if fields.get("UID") == "0" or is_set(fields.get("IsNull", "")):
            continue
        uid = fields.get("UID") or f"Zeile {number}"
        fields["Name"] = name = fields.get("Name") or "ohne Namen"
        if fields.get("Active") in ("0", "false"):
            log.leave("inactive", name)
            continue
        if uid in seen or not fields.get("UID"):
            log.say(
                "error",
                f"Die Nummer (UID) von „{name}“ ({uid}) fehlt oder ist doppelt; Verknüpfungen zu ihr "
                "gelten dem ersten Vorgang.",
                "Bitte in Microsoft Project neu speichern.",
                uid,
            )
            uid = f"{uid}, Zeile {number}" if uid in seen else uid
        seen.add(uid)
        fields["UID"], text = uid, fields.get("OutlineLevel", "")
        level = int(text) if re.fullmatch(r"\d{1,6}", text) else fields.get("OutlineNumber", "").count(".") + 1
        while above and above[-1][0] >= level:
            above.pop()
        found.append((fields, above[-1][1] if above else "", node))
        above.append((level, uid))
    return found


def _link(node: ET.Element, task: Task, known: dict[str, Task], left_out: set[str], log: Log) -> Link | None:
    """A link into a task; None for one that leads out of the file or to what is left out."""
    fields = texts_of(node)
    before, who = known.get(fields.get("PredecessorUID", "")), f"„{task.name}“ ({task.uid})"
    if is_set(fields.get("CrossProject", "")):
        log.leave("cross", task.name)
        return None
    if before is None:
        uid = fields.get("PredecessorUID", "")
        if uid not in left_out:
            log.say(
                "warning",
                f"Ein Vorgänger von {who} fehlt in der Datei: {uid[:20] or 'ohne Nummer'}. Die Verknüpfung "
                "zählt nicht.",
                "Bitte die Verknüpfung prüfen.",
                task.uid,
            )
        return None
    kind, text, form = TYPES.get(fields.get("Type", "")), fields.get("LinkLag") or "0", fields.get("LagFormat", "")
    number, percent = int(text) if re.fullmatch(r"[+-]?\d{1,11}", text) else None, form in PERCENT_FORMATS
    if kind is None or number is None or (percent and number and before.duration is None):
        log.say(
            "warning",
            f"Art oder Abstand einer Verknüpfung von „{before.name}“ zu {who} ist nicht lesbar; es gilt "
            "Ende–Anfang ohne Abstand.",
            "Bitte die Verknüpfung prüfen.",
            task.uid,
        )
        return Link(before=before.uid, then=task.uid)
    if percent and number:
        log.leave("percent", task.name)
    lag = round((before.duration or 0) * number / 100) if percent else round(number / 10)
    elapsed = form in ELAPSED_FORMATS | ELAPSED_PERCENT_FORMATS or (percent and before.elapsed)
    return Link(before=before.uid, then=task.uid, type=kind, lag=lag, elapsed=elapsed)


def _progress(rows: list[tuple[dict[str, str], str, ET.Element]]) -> dict[str, int]:
    """How many percent of each task are done, where the file says it."""
    said = ((fields["UID"], fields.get("PercentComplete", "")) for fields, _, _ in rows)
    return {uid: int(text) for uid, text in said if re.fullmatch(r"\d{1,3}", text)}


def _assigned(root: ET.Element, known: dict[str, Task], log: Log) -> None:
    """Names the tasks with resources; Microsoft Project also writes assignments of no one."""
    for node in root.iterfind("Assignments/Assignment"):
        if node.findtext("ResourceUID", "").strip() not in ("", "0", "-65535"):
            task = known.get(node.findtext("TaskUID", "").strip())
            if task:
                log.leave("resources", task.name)


def _start(head: dict[str, str], name: str, rows: list[dict[str, str]], log: Log) -> datetime | None:
    """When the project starts; if it does not say so, when its first task does."""
    start = moment_of(head.get("StartDate", ""))
    if start is None:
        starts = [found for fields in rows if (found := moment_of(fields.get("Start", "")))]
        start = min(starts, default=None)
        said = "es gilt der früheste Anfang eines Vorgangs" if start else "Vorgänge ohne eigenen Termin bleiben offen"
        log.say(
            "warning" if start else "error",
            f"„{name}“ hat kein lesbares Anfangsdatum; {said}.",
            "Bitte das Anfangsdatum in den Projektinformationen eintragen.",
        )
    if head.get("ScheduleFromStart", "1") in ("0", "false"):
        log.say("notice", f"„{name}“ ist vom Ende her geplant; hier wird vom Anfang her gerechnet.")
    return start


def read_project(name: str, data: bytes) -> Project:
    """The project in a file of that name. Raises Problem for a file that is none; faults inside it are findings."""
    root, log = parsed(name, data), Log()
    head, rows = texts_of(root), _rows(root, log)
    nodes = {node.findtext("UID", "").strip(): node for node in root.iterfind("Calendars/Calendar")}
    title, calendar = head.get("Title") or head.get("Name") or name, head.get("CalendarUID", "")
    if calendar not in nodes:
        log.say(
            "warning",
            f"Der Kalender von „{title}“ fehlt in der Datei; es gilt Montag bis Freitag, 8–12 und 13–17 Uhr.",
            "Bitte den Projektkalender prüfen.",
        )
    used = {fields.get("CalendarUID", "") for fields, _, _ in rows} & nodes.keys()
    calendars = {uid: calendar_of(uid, nodes, log) for uid in sorted(used | ({calendar} & nodes.keys()))}
    calendars[""] = calendars.get(calendar) or WorkTime()
    parents = {parent for _, parent, _ in rows}
    tasks = {own["UID"]: _task(own, parent, own["UID"] in parents, calendars, log) for own, parent, _ in rows}
    for fields, _, _ in rows:
        if is_set(fields.get("Summary", "")) and fields["UID"] not in parents:
            log.leave("childless", fields["Name"])
    left_out = {node.findtext("UID", "").strip() for node in root.iterfind("Tasks/Task")} - tasks.keys()
    links = [
        link
        for fields, _, node in rows
        for found in node.iterfind("PredecessorLink")
        if (link := _link(found, tasks[fields["UID"]], tasks, left_out, log))
    ]
    _assigned(root, tasks, log)
    start = _start(head, title, [fields for fields, _, _ in rows], log)
    text = head.get("MinutesPerDay", "")
    minutes = int(text) if re.fullmatch(r"[1-9]\d{0,3}", text) and int(text) <= DAY else 480
    return Project(
        name=title,
        start=start,
        minutes_per_day=minutes,
        tasks=tuple(tasks.values()),
        links=tuple(links),
        calendars=calendars,
        progress=_progress(rows),
        findings=log.findings(),
    )


def schedule_file(project: Project) -> ScheduledProject:
    """When the tasks of a project lie, by its own calendars."""
    found = schedule(project.tasks, project.links, project.calendars, project.start, project.minutes_per_day)
    return replace(found, findings=(*project.findings, *found.findings))
