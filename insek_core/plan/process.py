"""Tables of the process: who, when, which body, which paper, which participation format."""

from dataclasses import dataclass
from datetime import date

from insek_core.plan import kinds as k
from insek_core.plan.columns import col
from insek_core.plan.record import Record
from insek_core.plan.values import Fuzzy, Span

LINK_TYPES = {"FS": "Ende–Anfang", "SS": "Anfang–Anfang", "FF": "Ende–Ende", "SF": "Anfang–Ende"}
LINKED = "tasks phases formats events papers"
CONSTRAINTS = ("nicht früher als", "nicht später als", "genau am")
TASK_KINDS = ("Arbeitsschritt", "Meilenstein", "Sammelvorgang")
HOLIDAYS = {
    "none": "findet trotzdem statt",
    "skip": "entfällt",
    "next": "am nächsten Arbeitstag",
    "week": "eine Woche später",
}
MOST_DAYS_OFF = 3_660  # ten years: a longer span is a slip of the pen
DAY_COUNTS = ("Arbeitstage", "Kalendertage")


@dataclass(frozen=True, kw_only=True)
class Organisation(Record):
    """An office, a body of people, a company or a group."""

    table, sheet, one = "organisations", "Organisationen", "Organisation"
    name: str = col("Name", required=True)
    kind: str = col(
        "Art",
        k.choice,
        allowed=("Amt", "Dezernat", "Amtsträger", "Gremium", "Bereich", "Unternehmen", "Gruppe", "Land", "extern"),
    )
    abbreviation: str = col("Kürzel")
    department: str = col("Gehört zu", k.ref, tables="organisations")


@dataclass(frozen=True, kw_only=True)
class Phase(Record):
    """A phase of the process."""

    table, sheet, one = "phases", "Phasen", "Phase"
    name: str = col("Name", required=True)
    begin: Fuzzy | None = col("Beginn", k.fuzzy)
    end: Fuzzy | None = col("Ende", k.fuzzy)
    purpose: str = col("Zweck")


@dataclass(frozen=True, kw_only=True)
class Task(Record):
    """A work step or milestone."""

    table, sheet, one = "tasks", "Arbeitsschritte", "Arbeitsschritt"
    name: str = col("Name", required=True)
    short_name: str = col("Kurzname", meaning="für Bilder, höchstens 50 Zeichen; sonst steht dort der Name")
    phase: str = col("Phase", k.ref, tables="phases")
    parent: str = col("Teil von", k.ref, tables="tasks")
    kind: str = col("Art", k.choice, allowed=TASK_KINDS)
    duration_days: int | None = col("Dauer", k.whole, unit="Arbeitstage", low=0)
    low_days: int | None = col("Dauer mindestens", k.whole, unit="Arbeitstage", low=0)
    high_days: int | None = col("Dauer höchstens", k.whole, unit="Arbeitstage", low=0)
    constraint: str = col("Bedingung", k.choice, allowed=CONSTRAINTS)
    constraint_on: date | None = col("Tag der Bedingung", k.day)
    deadline_on: date | None = col("Frist", k.day)
    actual_start_on: date | None = col("Tatsächlich begonnen", k.day)
    actual_finish_on: date | None = col("Tatsächlich beendet", k.day)
    responsible: str = col("Verantwortlich", k.refs, tables="organisations bodies")
    output: str = col("Ergebnis")
    progress_share: object = col("Fortschritt", k.share, unit="Anteil", low=0, high=1)
    remaining_days: int | None = col("Resttage", k.whole, "was noch zu tun ist", unit="Arbeitstage", low=0)
    state_on: date | None = col("Stand vom", k.day, "Tag, für den Fortschritt und Resttage gelten; sonst der Stichtag")
    optional: bool | None = col("Optional", k.flag)


@dataclass(frozen=True, kw_only=True)
class Link(Record):
    """One thing before another: a step, phase, format, event or paper.

    A phase stands for its steps and a format for its events: as predecessor for the end of all of them, as successor
    for the begin of each. A paper begins on the day it is ready and ends with its last station.
    """

    table, sheet, one = "links", "Abhängigkeiten", "Abhängigkeit"
    predecessor: str = col("Vorgänger", k.ref, tables=LINKED, required=True)
    successor: str = col("Nachfolger", k.ref, tables=LINKED, required=True)
    type: str = col("Art", k.choice, labels=LINK_TYPES, required=True)
    lag_days: int | None = col("Abstand", k.whole, unit="Tage")
    lag_in: str = col("Abstand in", k.choice, allowed=DAY_COUNTS)


@dataclass(frozen=True, kw_only=True)
class Body(Record):
    """A working or decision body."""

    table, sheet, one = "bodies", "Gremien", "Gremium"
    name: str = col("Name", required=True)
    level: str = col("Ebene", k.choice, allowed=("Arbeitsebene", "Entscheidungsebene"))
    task: str = col("Aufgabe")
    lead: str = col("Leitung", k.ref, tables="organisations")
    moderation: str = col("Moderation")
    cadence_words: str = col("Turnus im Wortlaut")
    cadence: str = col("Turnus", meaning="RRULE nach RFC 5545")
    first_on: date | None = col("Turnus ab", k.day)
    until_on: date | None = col("Turnus bis", k.day)
    on_holidays: str = col(
        "Am Feiertag",
        k.choice,
        "was mit einem Termin des Turnus geschieht, der auf einen Feiertag fällt",
        labels=HOLIDAYS,
    )
    sits_in_breaks: bool | None = col("Tagt in Sitzungspausen", k.flag)
    begins_at: str = col("Uhrzeit", meaning="Beginn der Sitzungen, z. B. 14:00")
    lead_time_days: int | None = col(
        "Vorlauf", k.whole, "Vorlagen sind so lange vor der Sitzung fällig", unit="Kalendertage", low=0
    )


@dataclass(frozen=True, kw_only=True)
class Membership(Record):
    """Who sits in a body."""

    table, sheet, one = "memberships", "Mitglieder", "Mitgliedschaft"
    body: str = col("Gremium", k.ref, tables="bodies", required=True)
    organisation: str = col("Organisation", k.ref, tables="organisations", required=True)
    presence: str = col("Teilnahme", k.choice, allowed=("regelmäßig", "anlassbezogen"))


@dataclass(frozen=True, kw_only=True)
class Meeting(Record):
    """One sitting of a body."""

    table, sheet, one = "meetings", "Sitzungen", "Sitzung"
    body: str = col("Gremium", k.ref, tables="bodies", required=True)
    when: Fuzzy | None = col("Termin", k.fuzzy)
    series: str = col("Reihe")
    agenda: str = col("Tagesordnung")
    papers_due_on: date | None = col("Vorlagen fällig", k.day)
    instead_of_on: date | None = col("Statt Termin am", k.day, "der Termin des Turnus, den diese Sitzung ersetzt")
    cancelled: bool | None = col("Fällt aus", k.flag)
    actual_on: date | None = col("Tatsächlich am", k.day)

    @property
    def lies(self) -> Fuzzy | None:
        """The day it took place, else its date as entered."""
        return Fuzzy.on(self.actual_on) if self.actual_on else self.when


@dataclass(frozen=True, kw_only=True)
class Paper(Record):
    """A council or committee paper."""

    table, sheet, one = "papers", "Vorlagen", "Gremienvorlage"
    title: str = col("Titel", required=True)
    short_name: str = col("Kurzname", meaning="für Sätze und Bilder, höchstens 50 Zeichen; sonst steht dort die Nummer")
    number: str = col("Nummer")
    version: str = col("Fassung", meaning="z. B. NF-01 für eine Neufassung")
    kind: str = col("Art", k.choice, allowed=("Beschluss", "Information"))
    task: str = col("Entsteht aus", k.ref, tables="tasks")
    ready_on: date | None = col("Fertig am", k.day, "wenn kein Arbeitsschritt den Tag bestimmt")
    reaches: str = col("Führt zu", k.ref, "der Meilenstein, den die letzte Station erreicht", tables="tasks")
    replaces: str = col("Neufassung von", k.ref, tables="papers")
    status: str = col(
        "Stand", k.choice, allowed=("geplant", "in Arbeit", "eingebracht", "beschlossen", "zur Kenntnis genommen")
    )


@dataclass(frozen=True, kw_only=True)
class Reading(Record):
    """One station of a paper (Beratungsfolge)."""

    table, sheet, one = "readings", "Beratungsfolge", "Station"
    paper: str = col("Gremienvorlage", k.ref, tables="papers", required=True, was=("Vorlage",))
    position: int | None = col("Reihenfolge", k.whole, low=1)
    body: str = col("Gremium", k.ref, tables="bodies", required=True)
    responsibility: str = col(
        "Zuständigkeit",
        k.choice,
        allowed=(
            "Bestätigung",
            "Anhörung",
            "Vorberatung",
            "1. Lesung",
            "2. Lesung",
            "Beschlussfassung",
            "zur Kenntnis",
        ),
    )
    earliest_on: date | None = col("Frühestens", k.day)
    gap_days: int | None = col("Mindestabstand", k.whole, "zur Station davor", unit="Kalendertage", low=0)
    meeting: str = col("Sitzung", k.ref, tables="meetings")
    sitting: Fuzzy | None = col("Termin", k.fuzzy)
    actual_on: date | None = col("Tatsächlich am", k.day)
    result: str = col(
        "Ergebnis", k.choice, allowed=("beschlossen", "geändert beschlossen", "zurückgestellt", "zur Kenntnis genommen")
    )


@dataclass(frozen=True, kw_only=True)
class Document(Record):
    """A document or legal source that is named."""

    table, sheet, one = "documents", "Dokumente", "Dokument"
    title: str = col("Titel", required=True)
    kind: str = col(
        "Art",
        k.choice,
        allowed=(
            "Ratsvorlage",
            "Beschluss",
            "Konzept",
            "Anlage",
            "Bericht",
            "Programm",
            "Veröffentlichung",
            "Haushaltsplan",
            "Rechtsquelle",
        ),
        renamed={"Vorlage": "Ratsvorlage"},
    )
    dated: Fuzzy | None = col("Datum", k.fuzzy)
    number: str = col("Nummer")
    relation: str = col("Bezug")
    presence: str = col("Liegt vor", k.choice, allowed=("liegt vor", "fehlt"))


@dataclass(frozen=True, kw_only=True)
class Format(Record):
    """A participation format; numbers stay the ranges the paper states."""

    table, sheet, one = "formats", "Beteiligungsformate", "Format"
    name: str = col("Name", required=True)
    count: Span | None = col("Anzahl Termine", k.span)
    period: Fuzzy | None = col("Zeitraum", k.fuzzy)
    phase: str = col("Phase", k.ref, tables="phases")
    duration: str = col("Dauer", meaning="im Wortlaut, z. B. halbtägig, Abend")
    seats: Span | None = col("Plätze je Termin", k.span)
    expected: Span | None = col("Erwartetes Interesse", k.span, "Personen je Termin")
    venue: str = col("Ort")
    lead: str = col("Federführung", k.ref, tables="organisations")
    registration: bool | None = col("Anmeldung nötig", k.flag)
    audience: str = col("Teilnehmerkreis", k.refs, tables="organisations")
    optional: bool | None = col("Optional", k.flag)
    goes_into: str = col(
        "Mündet in", k.refs, "was hier genannt ist, endet nicht vor dem letzten Termin", tables="tasks formats"
    )
    content: str = col("Inhalt")


@dataclass(frozen=True, kw_only=True)
class Event(Record):
    """One date of a participation format."""

    table, sheet, one = "events", "Veranstaltungen", "Veranstaltung"
    format: str = col("Format", k.ref, tables="formats", required=True)
    when: Fuzzy | None = col("Termin", k.fuzzy)
    area: str = col("Stadtgebiet", k.ref, tables="areas")
    topic: str = col("Thema")
    venue: str = col("Ort", meaning="wenn anders als beim Format")
    seats: Span | None = col("Plätze", k.span, "wenn anders als beim Format")
    actual_on: date | None = col("Tatsächlich am", k.day)
    attended: int | None = col("Teilnehmende", k.whole, unit="Personen", low=0)


@dataclass(frozen=True, kw_only=True)
class CalendarEntry(Record):
    """A day or span off: school holidays, summer break of the council."""

    table, sheet, one = "calendars", "Kalender", "Kalendereintrag"
    name: str = col("Name", required=True)
    kind: str = col("Art", k.choice, allowed=("Schulferien", "Sitzungspause", "arbeitsfrei"))
    first_on: date | None = col("Erster Tag", k.day, required=True)
    last_on: date | None = col("Letzter Tag", k.day, required=True)

    @property
    def endless(self) -> bool:
        """Whether it lasts longer than anybody is off (a finding says so)."""
        return bool(self.first_on and self.last_on and (self.last_on - self.first_on).days > MOST_DAYS_OFF)

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day; None if one is missing, or if it is endless."""
        return None if self.endless or not (self.first_on and self.last_on) else (self.first_on, self.last_on)


@dataclass(frozen=True, kw_only=True)
class StaffDays(Record):
    """Person-days an office gives to a phase or task."""

    table, sheet, one = "staff_days", "Personalaufwand", "Personalaufwand"
    office: str = col("Amt", k.ref, tables="organisations", required=True)
    work: str = col("Für", k.ref, tables="phases tasks", required=True)
    days: int | None = col("Personentage", k.whole, unit="Personentage", low=0)
    filed_start_on: date | None = col("Arbeit wie angemeldet von", k.day, "Beginn der Arbeit, für die die Tage gelten")
    filed_end_on: date | None = col("Arbeit wie angemeldet bis", k.day, "Ende der Arbeit, für die die Tage gelten")
