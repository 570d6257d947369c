"""A schedule saved by Microsoft Project as XML (MSPDI): what is read of it, what is not understood, and its critical
path.

Elements and numbers as in Microsoft's Project XML Data Interchange Schema (mspdi_pj12.xsd); durations and floats are
minutes of working time until they are shown as days. Nothing is guessed quietly: every simplification is a Finding.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from insek_core.exchange.msproject.calendars import calendar_of
from insek_core.exchange.msproject.tasks import ELAPSED_FORMATS, task_of
from insek_core.exchange.msproject.xml import Log, is_set, moment_of, parsed, texts_of
from insek_core.plan.errors import Finding
from insek_core.plan.german import named
from insek_core.rules.time.net.worktasks import ScheduledProject, WorkLink, WorkTask, schedule
from insek_core.rules.time.net.worktime import DAY, WorkTime, position

TYPES = {"0": "FF", "1": "FS", "2": "SF", "3": "SS", "": "FS"}
PERCENT_FORMATS, ELAPSED_PERCENT_FORMATS = {"19", "20", "51", "52"}, {"20", "52"}


@dataclass(frozen=True, kw_only=True)
class Project:
    """What a file says: tasks in its order, links, the calendars in use ("" is the project's), percent complete, where
    it has the end of each task, and what was found wrong.
    """

    name: str
    start: datetime | None
    minutes_per_day: int
    tasks: tuple[WorkTask, ...]
    links: tuple[WorkLink, ...]
    calendars: Mapping[str, WorkTime]
    progress: Mapping[str, int]
    finishes: Mapping[str, datetime]
    findings: tuple[Finding, ...] = ()


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
        if level > (above[-1][0] if above else 0) + 1:
            log.leave("levels", name)
        found.append((fields, above[-1][1] if above else "", node))
        above.append((level, uid))
    return found


def _link(
    node: ET.Element, task: WorkTask, known: dict[str, WorkTask], left_out: set[str], log: Log
) -> WorkLink | None:
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
        return WorkLink(before=before.uid, then=task.uid)
    if percent and number:
        log.leave("percent", task.name)
    lag = round((before.duration or 0) * number / 100) if percent else round(number / 10)
    elapsed = form in ELAPSED_FORMATS | ELAPSED_PERCENT_FORMATS or (percent and before.elapsed)
    return WorkLink(before=before.uid, then=task.uid, type=kind, lag=lag, elapsed=elapsed)


def _progress(rows: list[tuple[dict[str, str], str, ET.Element]]) -> dict[str, int]:
    """How many percent of each task are done, where the file says it."""
    said = ((fields["UID"], fields.get("PercentComplete", "")) for fields, _, _ in rows)
    return {uid: int(text) for uid, text in said if re.fullmatch(r"\d{1,3}", text)}


def _finishes(rows: list[tuple[dict[str, str], str, ET.Element]]) -> dict[str, datetime]:
    """Where the file has the end of each task."""
    said = ((fields["UID"], moment_of(fields.get("Finish", ""))) for fields, _, _ in rows)
    return {uid: finish for uid, finish in said if finish}


def _assigned(root: ET.Element, known: dict[str, WorkTask], log: Log) -> None:
    """Names the tasks with resources; Microsoft Project also writes assignments of no one."""
    for node in root.iterfind("Assignments/Assignment"):
        if node.findtext("ResourceUID", "").strip() not in ("", "0", "-65535"):
            task = known.get(node.findtext("TaskUID", "").strip())
            if task:
                log.leave("resources", task.name)


def _minutes_per_day(head: dict[str, str]) -> int:
    """How many minutes of work are a day; eight hours, if it does not say so."""
    text = head.get("MinutesPerDay", "")
    return int(text) if re.fullmatch(r"[1-9]\d{0,3}", text) and int(text) <= DAY else 480


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
    start = _start(head, title, [fields for fields, _, _ in rows], log)
    tasks = {own["UID"]: task_of(own, parent, own["UID"] in parents, calendars, start, log) for own, parent, _ in rows}
    for fields, _, _ in rows:
        if is_set(fields.get("Summary", "")) and fields["UID"] not in parents:
            log.leave("childless", fields["Name"])
    left_out = {node.findtext("UID", "").strip() for node in root.iterfind("Tasks/Task")} - tasks.keys()
    links = [
        _link(found, tasks[fields["UID"]], tasks, left_out, log)
        for fields, _, node in rows
        for found in node.iterfind("PredecessorLink")
    ]
    _assigned(root, tasks, log)
    return Project(
        name=title,
        start=start,
        minutes_per_day=_minutes_per_day(head),
        tasks=tuple(tasks.values()),
        links=tuple(link for link in links if link),
        calendars=calendars,
        progress=_progress(rows),
        finishes=_finishes(rows),
        findings=log.findings(),
    )


def _unkept(project: Project, found: ScheduledProject) -> Iterator[Finding]:
    """Names the tasks that their links keep from beginning or ending by the day of their constraint."""
    late = []
    for task, lies in zip(project.tasks, found.tasks, strict=True):
        work, (_, _, start_by, finish_by, _) = project.calendars[task.calendar], task.bounds
        if not lies.early_start or not lies.early_finish or task.begins or task.actual_finish:
            continue
        begins_late = start_by and position(lies.early_start) > work.begin(position(start_by))
        if begins_late or (finish_by and lies.early_finish > finish_by):
            late.append(task.name)
    if late:
        yield Finding(
            level="notice",
            message="Verknüpfungen gehen Einschränkungen vor, die Microsoft Project in der Regel einhält, bei: "
            f"{named(late)}.",
            remedy="Bitte die Daten vergleichen.",
        )


def schedule_file(project: Project) -> ScheduledProject:
    """When the tasks of a project lie, by its own calendars."""
    found = schedule(project.tasks, project.links, project.calendars, project.start, project.minutes_per_day)
    return replace(found, findings=(*project.findings, *found.findings, *_unkept(project, found)))
