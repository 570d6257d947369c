"""A schedule saved by Microsoft Project as XML (MSPDI), taken apart: a bounded parser, its scalars, and what is said
about it.

Elements and numbers as in Microsoft's Project XML Data Interchange Schema (mspdi_pj12.xsd).
"""

import re
import sys
import xml.etree.ElementTree as ET
from datetime import datetime

from insek_core.exchange.apart import parse_apart
from insek_core.plan.errors import Finding, Problem, Severity
from insek_core.plan.german import named
from insek_core.rules.time.net.worktime import DAY, YEARS

MAX_BYTES = 20 * 2**20
MAX_TASKS = 100_000
MAX_ELEMENTS = 2_000_000
MAX_DEPTH = 40
NAMESPACE = "http://schemas.microsoft.com/project"
SAVE_AS = "Bitte in Microsoft Project öffnen und mit „Speichern unter“ als „XML-Format (*.xml)“ sichern."
KEPT = {  # a file of 20 MB of resources, costs and baselines stays small
    "Project", "Name", "Title", "StartDate", "ScheduleFromStart", "CalendarUID", "MinutesPerDay", "Calendars",
    "Calendar", "UID", "BaseCalendarUID", "WeekDays", "WeekDay", "DayType", "DayWorking", "TimePeriod", "FromDate",
    "ToDate", "WorkingTimes", "WorkingTime", "FromTime", "ToTime", "Exceptions", "Exception", "Type", "Period",
    "WorkWeeks", "WorkWeek", "Tasks", "Task", "IsNull", "Active", "Manual", "Start", "Finish", "Duration",
    "DurationFormat", "OutlineLevel", "OutlineNumber", "Summary", "Recurring", "ExternalTask", "IsSubproject",
    "ActualStart", "ActualFinish", "ConstraintType", "ConstraintDate", "Deadline", "Stop", "Resume", "LevelingDelay",
    "Cost", "FixedCost", "PercentComplete", "PredecessorLink", "PredecessorUID", "CrossProject", "LinkLag", "LagFormat", "Assignments",
    "Assignment", "TaskUID", "ResourceUID",
}  # fmt: skip
LEFT: dict[str, tuple[str, str]] = {  # what is not understood: said once, with the names
    "alap": ("Die Einschränkung „So spät wie möglich“ wird nicht gerechnet; diese Vorgänge liegen so früh wie möglich", ""),
    "manual": ("Manuell geplante Vorgänge beginnen an ihrem eingetragenen Anfang; Verknüpfungen verschieben sie nicht", ""),
    "undated": ("Manuell geplante Vorgänge ohne lesbaren Anfang werden wie automatisch geplante gerechnet", ""),
    "inactive": ("Inaktive Vorgänge und ihre Verknüpfungen sind ausgelassen", ""),
    "resources": ("Ressourcen und ihre Kalender werden nicht gerechnet; es gilt der Kalender des Vorgangs. Betroffen", ""),
    "recurring": ("Periodische Vorgänge werden wie Sammelvorgänge gerechnet", ""),
    "external": ("Vorgänge aus anderen Projekten werden wie manuell geplante gerechnet", ""),
    "subproject": ("Teilprojekte werden nicht geöffnet; ihr Vorgang gilt mit der gespeicherten Dauer", ""),
    "cross": ("Verknüpfungen in andere Projekte sind ausgelassen, bei", ""),
    "split": ("Unterbrechungen werden nicht gerechnet; die Dauer läuft durch, bei", ""),
    "longer": ("Zwischen Anfang und Ende liegt in der Datei mehr Arbeitszeit als die Dauer (Unterbrechung oder Kalender einer Ressource); gerechnet wird die Dauer, bei", ""),
    "leveling": ("Die Verzögerung durch den Kapazitätsabgleich wird nicht gerechnet, bei", ""),
    "costs": ("Kosten werden nicht übernommen, bei", ""),
    "percent": ("Prozentuale Abstände gelten als Anteil der Dauer des Vorgängers (25 als 25 %), bei", "Bitte vergleichen."),
    "childless": ("Sammelvorgänge ohne Teilvorgänge werden wie gewöhnliche Vorgänge gerechnet", ""),
    "levels": ("Leere Gliederungsebenen sind ausgelassen; es gilt die nächste darüber, bei", "Bitte die Gliederung prüfen."),
    "recurrence": ("Wiederkehrende Ausnahmen sind nicht gelesen, im Kalender", "Bitte als einzelne Tage eintragen."),
}  # fmt: skip


class Log:
    """What was found: one finding for each fault in the data, one for each thing that is not understood."""

    def __init__(self) -> None:
        self._faults: list[Finding] = []
        self._left: dict[str, dict[str, None]] = {kind: {} for kind in LEFT}

    def say(self, level: Severity, message: str, remedy: str = "", record: str = "") -> None:
        """A fault in the data."""
        self._faults.append(Finding(level=level, message=message, remedy=remedy, record=record))

    def leave(self, kind: str, name: str) -> None:
        """Something of this name that is not understood: a key of LEFT."""
        self._left[kind][name] = None

    def findings(self) -> tuple[Finding, ...]:
        """Faults in their order, then one notice for each kind of what is left out."""
        left = ((LEFT[kind], list(names)) for kind, names in self._left.items() if names)
        said = (
            Finding(level="notice", message=f"{what}: {named(names)}.", remedy=remedy) for (what, remedy), names in left
        )
        return (*self._faults, *said)


Elements = tuple[list[int], list[str], list[str]]  # of each in the order of the file: how deep, its name, its text


class _Target:
    """What the parser tells goes here: kept elements without namespaces, one after the other; anything hostile is
    refused.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: Elements = ([], [], [])
        self._pieces: list[str] = []  # the text of the element that was begun last, until another begins or ends
        self._depth = self._skipped = self._elements = self._tasks = 0
        self._open = False

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Problem(
            f"„{self._name}“ enthält eine Dokumenttypdefinition, wie Microsoft Project keine schreibt.", SAVE_AS
        )

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
        self._keep_text()
        depths, names, texts = self._found
        depths.append(self._depth)
        names.append(sys.intern(local))
        texts.append("")
        self._open = True

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
        else:
            self._keep_text()

    def data(self, text: str) -> None:
        if not self._skipped and self._open:
            self._pieces.append(text)

    def _keep_text(self) -> None:
        if self._open:
            self._found[2][-1] = "".join(self._pieces)
        self._pieces, self._open = [], False

    def close(self) -> Elements:
        return self._found


def tree_of(elements: Elements) -> ET.Element:
    """Elements one after the other as a tree."""
    root = ET.Element("")
    above = [root]
    for depth, name, text in zip(*elements, strict=True):
        del above[depth:]
        node = ET.SubElement(above[-1], name)
        node.text = text or None
        above.append(node)
    return root[0]


def parsed(name: str, data: bytes) -> ET.Element:
    """The project of a file as a tree without namespaces. Raises Problem for a file that is none, or hostile."""
    return tree_of(parse_apart("project", name, data))


def parse_project(name: str, data: bytes) -> Elements:
    """Its elements, read in this process, where a parser can do harm: only `parsers.py` calls it."""
    if len(data) > MAX_BYTES:
        raise Problem(f"„{name}“ ist größer als {MAX_BYTES // 2**20} MB.", "Bitte nur den benötigten Teil speichern.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Problem(f"„{name}“ ist keine XML-Datei, sondern wohl eine Projektdatei (.mpp).", SAVE_AS)
    target = _Target(name)
    parser = ET.XMLParser(target=target)
    try:
        parser.feed(data)
        parser.close()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Problem(f"„{name}“ ist keine lesbare XML-Datei oder unvollständig.", SAVE_AS) from error
    return target.close()


def texts_of(node: ET.Element) -> dict[str, str]:
    """The texts of an element's children by tag."""
    return {child.tag: (child.text or "").strip() for child in reversed(node)}  # of several the first counts


def is_set(text: str) -> bool:
    """Whether a flag is set."""
    return text in ("1", "true")


def minutes_of(text: str) -> int | None:
    """The minutes of a duration such as PT8H0M0S (a D has 24 hours)."""
    found = re.fullmatch(r"P(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d+)?)S)?)?", text)
    if not found or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return round(days * DAY + hours * 60 + minutes + seconds / 60)


def moment_of(text: str) -> datetime | None:
    """A date and time without zone; None for what is none, or lies beyond the years of working time."""
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return found if found.year in YEARS else None
