"""A schedule saved by Microsoft Project as XML (MSPDI): what is read of it, what is not understood, and its critical path.

Elements and numbers as in Microsoft's Project XML Data Interchange Schema (mspdi_pj12.xsd); durations and floats are
minutes of working time until they are shown as days. Nothing is guessed quietly: every simplification is a Finding.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from insek_core.plan.errors import Finding, Level, Problem
from insek_core.rules import worktime
from insek_core.rules.worktime import DAY, ELAPSED, OFF, Bounds, Link, Pattern, Span, Task, WorkTime, position

MAX_BYTES = 20 * 2**20
MAX_TASKS = 100_000
MAX_ELEMENTS = 2_000_000
MAX_DEPTH = 40
MAX_BASES = 10
NAMESPACE = "http://schemas.microsoft.com/project"
SAVE_AS = "Bitte in Microsoft Project öffnen und mit „Speichern unter“ als „XML-Format (*.xml)“ sichern."
TYPES = {"0": "FF", "1": "FS", "2": "SF", "3": "SS", "": "FS"}
BOUNDS = {  # the constraints: must start or finish on, start no earlier or later than, finish no earlier or later than
    "2": ("start_from", "start_by"), "3": ("finish_from", "finish_by"),
    "4": ("start_from",), "5": ("start_by",), "6": ("finish_from",), "7": ("finish_by",),
}  # fmt: skip
ELAPSED_FORMATS = {"4", "6", "8", "10", "12", "36", "38", "40", "42", "44"}
PERCENT_FORMATS, ELAPSED_PERCENT_FORMATS = {"19", "20", "51", "52"}, {"20", "52"}
KEPT = {  # a file of 20 MB of resources, costs and baselines stays small
    "Project", "Name", "Title", "StartDate", "ScheduleFromStart", "CalendarUID", "MinutesPerDay", "Calendars",
    "Calendar", "UID", "BaseCalendarUID", "WeekDays", "WeekDay", "DayType", "DayWorking", "TimePeriod", "FromDate",
    "ToDate", "WorkingTimes", "WorkingTime", "FromTime", "ToTime", "Exceptions", "Exception", "Type", "Period",
    "WorkWeeks", "WorkWeek", "Tasks", "Task", "IsNull", "Active", "Manual", "Start", "Finish", "Duration",
    "DurationFormat", "OutlineLevel", "OutlineNumber", "Summary", "Recurring", "ExternalTask", "IsSubproject",
    "ActualStart", "ActualFinish", "ConstraintType", "ConstraintDate", "Deadline", "Stop", "Resume", "LevelingDelay",
    "Cost", "FixedCost", "PredecessorLink", "PredecessorUID", "CrossProject", "LinkLag", "LagFormat", "Assignments",
    "Assignment", "TaskUID", "ResourceUID",
}  # fmt: skip
DATES = {
    "Start": "Der Anfang", "Finish": "Das Ende", "ActualStart": "Der tatsächliche Anfang",
    "ActualFinish": "Das tatsächliche Ende", "ConstraintDate": "Der Termin der Einschränkung", "Deadline": "Der Stichtag",
}  # fmt: skip
LEFT: dict[str, tuple[str, str]] = {  # what is not understood: said once, with the names
    "alap": ("Die Einschränkung „So spät wie möglich“ wird nicht gerechnet; diese Vorgänge liegen so früh wie möglich", ""),
    "manual": ("Manuell geplante Vorgänge beginnen frühestens an ihrem eingetragenen Anfang; ihre Verknüpfungen gelten", ""),
    "inactive": ("Inaktive Vorgänge und ihre Verknüpfungen sind ausgelassen", ""),
    "resources": ("Ressourcen und ihre Kalender werden nicht gerechnet; es gilt der Kalender des Vorgangs. Betroffen", ""),
    "recurring": ("Periodische Vorgänge werden wie Sammelvorgänge gerechnet", ""),
    "external": ("Vorgänge aus anderen Projekten werden wie manuell geplante gerechnet", ""),
    "subproject": ("Teilprojekte werden nicht geöffnet; ihr Vorgang gilt mit der gespeicherten Dauer", ""),
    "cross": ("Verknüpfungen in andere Projekte sind ausgelassen, bei", ""),
    "split": ("Unterbrechungen werden nicht gerechnet; die Dauer läuft durch, bei", ""),
    "leveling": ("Die Verzögerung durch den Kapazitätsabgleich wird nicht gerechnet, bei", ""),
    "costs": ("Kosten werden nicht übernommen, bei", ""),
    "percent": ("Prozentuale Abstände gelten als Anteil der Dauer des Vorgängers (25 als 25 %), bei", "Bitte vergleichen."),
    "childless": ("Sammelvorgänge ohne Teilvorgänge werden wie gewöhnliche Vorgänge gerechnet", ""),
    "recurrence": ("Wiederkehrende Ausnahmen sind nicht gelesen, im Kalender", "Bitte als einzelne Tage eintragen."),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Project:
    """What a file says: tasks in its order, links, the calendars in use ("" is the project's), and what was found wrong."""

    name: str
    start: datetime | None
    minutes_per_day: int
    tasks: tuple[Task, ...]
    links: tuple[Link, ...]
    calendars: Mapping[str, WorkTime]
    findings: tuple[Finding, ...] = ()


class _Log:
    """What was found: one finding for each fault in the data, one for each thing that is not understood."""

    def __init__(self) -> None:
        self._faults: list[Finding] = []
        self._left: dict[str, dict[str, None]] = {kind: {} for kind in LEFT}

    def say(self, level: Level, message: str, remedy: str = "", record: str = "") -> None:
        self._faults.append(Finding(level=level, message=message, remedy=remedy, record=record))

    def leave(self, kind: str, name: str) -> None:
        self._left[kind][name] = None

    def findings(self) -> tuple[Finding, ...]:
        left = ((LEFT[kind], list(names)) for kind, names in self._left.items() if names)
        said = (Finding(level="notice", message=f"{what}: {worktime.named(names)}.", remedy=remedy) for (what, remedy), names in left)  # fmt: skip
        return (*self._faults, *said)


class _Target:
    """What the parser tells goes here: kept elements become a tree without namespaces, anything hostile is refused."""

    def __init__(self, name: str) -> None:
        self._name, self._tree = name, ET.TreeBuilder()
        self._depth = self._skipped = self._elements = self._tasks = 0

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Problem(f"„{self._name}“ enthält eine Dokumenttypdefinition, wie Microsoft Project keine schreibt.", SAVE_AS)  # fmt: skip

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition("}")
        if not self._depth and (local != "Project" or not (not space or space[1:].startswith(NAMESPACE))):
            raise Problem(f"„{self._name}“ ist eine XML-Datei, aber kein Projekt von Microsoft Project.", SAVE_AS)
        self._depth += 1
        if self._skipped or local not in KEPT:
            self._skipped += 1
            return
        self._elements += 1
        self._tasks += local == "Task"
        if self._tasks > MAX_TASKS:
            raise Problem(f"„{self._name}“ hat mehr als 100.000 Vorgänge.", "Bitte nur den benötigten Teil speichern.")
        if self._elements > MAX_ELEMENTS or self._depth > MAX_DEPTH:
            raise Problem(f"„{self._name}“ ist ungewöhnlich verschachtelt.", SAVE_AS)
        self._tree.start(local, {})

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
        else:
            self._tree.end(tag.rpartition("}")[2])

    def data(self, text: str) -> None:
        if not self._skipped:
            self._tree.data(text)

    def close(self) -> ET.Element:
        return self._tree.close()


def _parsed(name: str, data: bytes) -> ET.Element:
    if len(data) > MAX_BYTES:
        raise Problem(f"„{name}“ ist größer als {MAX_BYTES // 2**20} MB.", "Bitte nur den benötigten Teil speichern.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Problem(f"„{name}“ ist keine XML-Datei, sondern wohl eine Projektdatei (.mpp).", SAVE_AS)
    parser = ET.XMLParser(target=_Target(name))
    try:
        parser.feed(data)
        root: ET.Element = parser.close()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Problem(f"„{name}“ ist keine lesbare XML-Datei oder unvollständig.", SAVE_AS) from error
    return root


def _fields(node: ET.Element) -> dict[str, str]:
    return {child.tag: (child.text or "").strip() for child in reversed(node)}  # of several the first counts


def _yes(text: str) -> bool:
    return text in ("1", "true")


def _minutes(text: str) -> int | None:
    """The minutes of a duration such as PT8H0M0S (a D has 24 hours)."""
    found = re.fullmatch(r"P(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d+)?)S)?)?", text)
    if not found or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return round(days * DAY + hours * 60 + minutes + seconds / 60)


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return found if found.year in worktime.YEARS else None


def _dates(fields: dict[str, str], who: str, uid: str, log: _Log) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for key, german in DATES.items():
        text = fields.get(key, "")
        if text in ("", "NA"):
            continue
        instant = _instant(text)
        if instant is None:
            log.say("warning", f"{german} von {who} ist nicht lesbar: „{text[:40]}“.", "Bitte berichtigen.", uid)
        else:
            found[key] = instant
    return found


def _pattern(node: ET.Element, usual: Pattern, calendar: str, log: _Log) -> Pattern:
    """The working times of a day."""
    if not _yes(node.findtext("DayWorking", "0").strip()):
        return OFF
    found: list[tuple[int, int]] = []
    for time in node.iterfind("WorkingTimes/WorkingTime"):
        ends = [re.fullmatch(r"([01]\d|2[0-4]):([0-5]\d)(:.*)?", time.findtext(key, "").strip()) for key in ("FromTime", "ToTime")]  # fmt: skip
        begin, end = (int(part[1]) * 60 + int(part[2]) if part else -1 for part in ends)
        end = DAY if end == 0 else end  # until midnight
        if 0 <= begin < end <= DAY:
            found.append((begin, end))
        else:
            log.say("warning", f"Eine Arbeitszeit im Kalender „{calendar}“ ist nicht lesbar.", "Bitte berichtigen.")
    return tuple(found) or usual or worktime.WORKDAY


def _span(node: ET.Element, calendar: str, log: _Log) -> tuple[date, date] | None:
    first, last = (_instant(node.findtext(f"TimePeriod/{key}", "").strip()) for key in ("FromDate", "ToDate"))
    if first is None or last is None or last < first:
        log.say(
            "warning", f"Im Kalender „{calendar}“ hat eine Ausnahme keinen lesbaren Zeitraum.", "Bitte berichtigen."
        )
        return None
    return first.date(), last.date()


def _weekdays(days: list[ET.Element], usual: tuple[Pattern, ...], calendar: str, log: _Log) -> tuple[Pattern, ...]:
    """Seven patterns from Monday; DayType counts from 1, a Sunday. A day that is not named is as usual."""
    named = {day.findtext("DayType", "").strip(): day for day in days}
    kinds = ("2", "3", "4", "5", "6", "7", "1")
    return tuple(_pattern(named[k], own, calendar, log) if k in named else own for k, own in zip(kinds, usual, strict=True))  # fmt: skip


def _calendar(uid: str, nodes: dict[str, ET.Element], log: _Log) -> WorkTime:
    """The working time of a calendar; what it does not say is as in its base."""
    chain: list[ET.Element] = []
    while uid in nodes and nodes[uid] not in chain and len(chain) < MAX_BASES:
        chain.append(nodes[uid])
        uid = nodes[uid].findtext("BaseCalendarUID", "").strip()
    week, spans = worktime.STANDARD_WEEK, list[Span]()
    for node in reversed(chain):
        name = node.findtext("Name", "").strip() or "ohne Namen"
        week = _weekdays(node.findall("WeekDays/WeekDay"), week, name, log)
        spans = [*_spans(node, week, name, log), *spans]
    return WorkTime(week, spans)


def _spans(node: ET.Element, week: tuple[Pattern, ...], name: str, log: _Log) -> Iterator[Span]:
    """The exceptions of a calendar, then its spans with a week of their own."""
    old = node.findall("WeekDays/WeekDay[DayType='0']")
    for exception in [*node.iterfind("Exceptions/Exception"), *old]:
        span = _span(exception, name, log)
        kind, period = (exception.findtext(key, "").strip() for key in ("Type", "Period"))
        whole = kind in ("", "0", "1", "9") or (kind == "7" and period in ("", "1"))
        if span and (whole or span[0] == span[1]):
            yield Span(*span, (_pattern(exception, OFF, name, log),))
        elif span and not old:  # Microsoft Project also writes each day of a recurring exception as one of its own
            log.leave("recurrence", name)
    for other in node.iterfind("WorkWeeks/WorkWeek"):
        span = _span(other, name, log)
        if span:
            yield Span(*span, _weekdays(other.findall("WeekDays/WeekDay"), week, name, log))


def _left_out(fields: dict[str, str], name: str, log: _Log) -> None:
    """Names what a task says and is not understood."""
    flags = {"Recurring": "recurring", "IsSubproject": "subproject", "ExternalTask": "external", "Manual": "manual"}
    for key, kind in flags.items():
        if _yes(fields.get(key, "")):
            log.leave(kind, name)
    for key, kind in {"LevelingDelay": "leveling", "Cost": "costs", "FixedCost": "costs"}.items():
        if fields.get(key, "").strip("+-0."):  # a number that is not zero
            log.leave(kind, name)
    if fields.get("ConstraintType") == "1":
        log.leave("alap", name)


def _bounds(fields: dict[str, str], dates: dict[str, datetime], who: str, log: _Log) -> Bounds:
    """What holds a task besides its links: its constraint, its deadline, and the start of a manual one."""
    bounds: dict[str, datetime] = {}
    kind, on = fields.get("ConstraintType", "0"), dates.get("ConstraintDate")
    if kind in BOUNDS and on:
        bounds = dict.fromkeys(BOUNDS[kind], on)
    elif kind not in ("", "0", "1"):
        log.say("warning", f"Die Einschränkung von {who} ist nicht lesbar; sie zählt nicht.", "Bitte Art und Termin prüfen.", fields["UID"])  # fmt: skip
    if "Deadline" in dates:
        bounds["finish_by"] = min(dates["Deadline"], bounds.get("finish_by", dates["Deadline"]))
    if "Start" in dates and (_yes(fields.get("Manual", "")) or _yes(fields.get("ExternalTask", ""))):
        bounds["start_from"] = max(dates["Start"], bounds.get("start_from", dates["Start"]))
    return Bounds(**bounds)


def _task(fields: dict[str, str], parent: str, summary: bool, calendars: dict[str, WorkTime], log: _Log) -> Task:
    """A task; what it cannot say is a finding, and it keeps what can be read."""
    uid, name = fields["UID"], fields["Name"]
    who = f"„{name}“ ({uid})"
    dates = _dates(fields, who, uid, log)
    calendar = fields.get("CalendarUID", "").replace("-1", "")
    if calendar not in calendars:
        log.say("warning", f"Der Kalender von {who} fehlt in der Datei; es gilt der des Projekts.", "Bitte den Kalender prüfen.", uid)  # fmt: skip
        calendar = ""
    fields = fields | dict.fromkeys(("Manual", "ExternalTask", "Cost") if summary else (), "")  # its children's
    _left_out(fields, name, log)
    work, duration, elapsed = calendars[calendar], _minutes(fields.get("Duration", "")), fields.get("DurationFormat") in ELAPSED_FORMATS  # fmt: skip
    if summary:
        return Task(uid=uid, name=name, parent=parent, duration=duration, calendar=calendar, bounds=_bounds(fields, dates, who, log))  # fmt: skip
    start, finish, stop, resume = (_instant(fields.get(key, "")) for key in ("Start", "Finish", "Stop", "Resume"))
    if duration is None and start and finish:
        duration = max(0, (ELAPSED if elapsed else work).between(position(start), position(finish)))
        log.say("warning", f"{who} hat keine lesbare Dauer; es zählt die Zeit von Anfang bis Ende.", "Bitte die Dauer eintragen.", uid)  # fmt: skip
    elif duration is None:
        log.say("error", f"{who} hat keine lesbare Dauer und bleibt ohne Termin.", "Bitte die Dauer eintragen.", uid)
    if stop and resume and work.between(position(stop), position(resume)) > 0:
        log.leave("split", name)
    started, finished = dates.get("ActualStart"), dates.get("ActualFinish")
    if started and finished and finished < started:
        log.say("warning", f"Das tatsächliche Ende von {who} liegt vor dem Anfang; es zählt nicht.", "Bitte berichtigen.", uid)  # fmt: skip
        finished = None
    return Task(
        uid=uid, name=name, parent=parent, duration=duration, elapsed=elapsed, calendar=calendar,
        actual_start=started, actual_finish=finished, bounds=_bounds(fields, dates, who, log),
    )  # fmt: skip


def _rows(root: ET.Element, log: _Log) -> list[tuple[dict[str, str], str, ET.Element]]:
    """The fields of each task that counts, with a uid of its own, its summary's uid and its element."""
    found: list[tuple[dict[str, str], str, ET.Element]] = []
    above: list[tuple[int, str]] = []
    seen: set[str] = set()
    for number, node in enumerate(root.iterfind("Tasks/Task"), start=1):
        fields = _fields(node)
        if fields.get("UID") == "0" or _yes(fields.get("IsNull", "")):
            continue
        uid = fields.get("UID") or f"Zeile {number}"
        fields["Name"] = name = fields.get("Name") or "ohne Namen"
        if fields.get("Active") in ("0", "false"):
            log.leave("inactive", name)
            continue
        if uid in seen or not fields.get("UID"):
            log.say("error", f"Die Nummer (UID) von „{name}“ ({uid}) fehlt oder ist doppelt; Verknüpfungen zu ihr gelten dem ersten Vorgang.", "Bitte in Microsoft Project neu speichern.", uid)  # fmt: skip
            uid = f"{uid}, Zeile {number}" if uid in seen else uid
        seen.add(uid)
        fields["UID"], text = uid, fields.get("OutlineLevel", "")
        level = int(text) if re.fullmatch(r"\d{1,6}", text) else fields.get("OutlineNumber", "").count(".") + 1
        while above and above[-1][0] >= level:
            above.pop()
        found.append((fields, above[-1][1] if above else "", node))
        above.append((level, uid))
    return found


def _link(node: ET.Element, task: Task, known: dict[str, Task], left_out: set[str], log: _Log) -> Link | None:
    """A link into a task; None for one that leads out of the file or to what is left out."""
    fields = _fields(node)
    before, who = known.get(fields.get("PredecessorUID", "")), f"„{task.name}“ ({task.uid})"
    if _yes(fields.get("CrossProject", "")):
        log.leave("cross", task.name)
        return None
    if before is None:
        uid = fields.get("PredecessorUID", "")
        if uid not in left_out:
            log.say("warning", f"Ein Vorgänger von {who} fehlt in der Datei: {uid[:20] or 'ohne Nummer'}. Die Verknüpfung zählt nicht.", "Bitte die Verknüpfung prüfen.", task.uid)  # fmt: skip
        return None
    kind, text, form = TYPES.get(fields.get("Type", "")), fields.get("LinkLag") or "0", fields.get("LagFormat", "")
    number, percent = int(text) if re.fullmatch(r"[+-]?\d{1,11}", text) else None, form in PERCENT_FORMATS
    if kind is None or number is None or (percent and number and before.duration is None):
        log.say("warning", f"Art oder Abstand einer Verknüpfung von „{before.name}“ zu {who} ist nicht lesbar; es gilt Ende–Anfang ohne Abstand.", "Bitte die Verknüpfung prüfen.", task.uid)  # fmt: skip
        return Link(before=before.uid, then=task.uid)
    if percent and number:
        log.leave("percent", task.name)
    lag = round((before.duration or 0) * number / 100) if percent else round(number / 10)
    elapsed = form in ELAPSED_FORMATS | ELAPSED_PERCENT_FORMATS or (percent and before.elapsed)
    return Link(before=before.uid, then=task.uid, type=kind, lag=lag, elapsed=elapsed)


def _assigned(root: ET.Element, known: dict[str, Task], log: _Log) -> None:
    """Names the tasks with resources; Microsoft Project also writes assignments of no one."""
    for node in root.iterfind("Assignments/Assignment"):
        if node.findtext("ResourceUID", "").strip() not in ("", "0", "-65535"):
            task = known.get(node.findtext("TaskUID", "").strip())
            if task:
                log.leave("resources", task.name)


def _start(head: dict[str, str], name: str, rows: list[dict[str, str]], log: _Log) -> datetime | None:
    """When the project starts; if it does not say so, when its first task does."""
    start = _instant(head.get("StartDate", ""))
    if start is None:
        starts = [found for fields in rows if (found := _instant(fields.get("Start", "")))]
        start = min(starts, default=None)
        said = "es gilt der früheste Anfang eines Vorgangs" if start else "Vorgänge ohne eigenen Termin bleiben offen"
        log.say("warning" if start else "error", f"„{name}“ hat kein lesbares Anfangsdatum; {said}.", "Bitte das Anfangsdatum in den Projektinformationen eintragen.")  # fmt: skip
    if head.get("ScheduleFromStart", "1") in ("0", "false"):
        log.say("notice", f"„{name}“ ist vom Ende her geplant; hier wird vom Anfang her gerechnet.")
    return start


def read_project(name: str, data: bytes) -> Project:
    """The project in a file of that name. Raises Problem for a file that is none; faults inside it are findings."""
    root, log = _parsed(name, data), _Log()
    head, rows = _fields(root), _rows(root, log)
    nodes = {node.findtext("UID", "").strip(): node for node in root.iterfind("Calendars/Calendar")}
    title, calendar = head.get("Title") or head.get("Name") or name, head.get("CalendarUID", "")
    if calendar not in nodes:
        log.say("warning", f"Der Kalender von „{title}“ fehlt in der Datei; es gilt Montag bis Freitag, 8–12 und 13–17 Uhr.", "Bitte den Projektkalender prüfen.")  # fmt: skip
    used = {fields.get("CalendarUID", "") for fields, _, _ in rows} & nodes.keys()
    calendars = {uid: _calendar(uid, nodes, log) for uid in sorted(used | ({calendar} & nodes.keys()))}
    calendars[""] = calendars.get(calendar) or WorkTime()
    parents = {parent for _, parent, _ in rows}
    tasks = {own["UID"]: _task(own, parent, own["UID"] in parents, calendars, log) for own, parent, _ in rows}
    for fields, _, _ in rows:
        if _yes(fields.get("Summary", "")) and fields["UID"] not in parents:
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
    return Project(name=title, start=start, minutes_per_day=minutes, tasks=tuple(tasks.values()), links=tuple(links),
                   calendars=calendars, findings=log.findings())  # fmt: skip


def schedule_file(project: Project) -> worktime.ScheduledProject:
    """When the tasks of a project lie, by its own calendars."""
    found = worktime.schedule(project.tasks, project.links, project.calendars, project.start, project.minutes_per_day)
    return replace(found, findings=(*project.findings, *found.findings))
