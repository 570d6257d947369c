"""Tables of time and people: steps with their floats, papers on their way, deviations, person-days, formats."""

from collections.abc import Iterable

from insek_core.plan import Plan
from insek_core.plan.german import MONTHS, NBSP, show_date, show_percent
from insek_core.plan.process import Paper
from insek_core.plan.values import Span
from insek_core.rules import timechecks
from insek_core.rules.chance.forecast import Forecast
from insek_core.rules.figures import UNKNOWN
from insek_core.rules.people.draw import Drawn
from insek_core.rules.people.participation import FormatView, Gathering, Participation
from insek_core.rules.people.staff import by_month
from insek_core.rules.time.baseline import Deviation
from insek_core.rules.time.course import Course, Stop
from insek_core.rules.time.dates import TaskDates, state_words
from insek_core.rules.time.events import EventDates
from insek_core.rules.time.meetings import NextStep
from insek_core.rules.time.schedule import Timetable
from insek_core.views.table import Cell, Said, Table
from insek_core.views.words import evidence

STEP = (
    "Nr.",
    "Schritt",
    "Phase",
    "Beginn",
    "Ende",
    "Dauer",
    "Spätestens",
    "Puffer",
    "Stand",
    "Liegt dort, weil",
    "Frist",
)
FORMAT = (
    "Format",
    "Termine",
    "Zeitraum",
    "Plätze je Termin",
    "Plätze zusammen",
    "Erwartet",
    "Reicht es?",
    "Ort",
    "Federführung",
    "Ohne Datum",
    "Quelle",
)


def timetable(plan: Plan, found: Timetable) -> Table:
    """Every step with its dates, floats, what it waits for and its deadline."""
    return Table(STEP, tuple(_step(plan, task) for task in found.tasks))


def _step(plan: Plan, task: TaskDates) -> tuple[Cell, ...]:
    return (
        task.id,
        task.name,
        plan.name(task.phase) if task.phase else "",
        task.start_on or UNKNOWN,
        f"{show_date(task.finish_on)}{state_words(task.unknown)}" if task.finish_on else UNKNOWN,
        _duration(plan, task),
        task.late_finish_on or UNKNOWN,
        _float(task),
        task.state or "",
        task.waits_for,
        (show_date(task.deadline_on) if task.deadline_on else "")
        + (f" – {task.days_late} Tage zu spät" if task.days_late else ""),
    )


def _duration(plan: Plan, task: TaskDates) -> str:
    if not task.duration_days:
        return "Meilenstein" if task.milestone else UNKNOWN
    return f"{task.duration_days} Arbeitstage{' ◌' if _guessed(plan, task) else ''}"


def _guessed(plan: Plan, task: TaskDates) -> bool:
    """Whether a duration is an assumption, of a summary the days of its parts."""
    return task.assumed if task.summary else plan.by_id[task.id].evidence_of("duration_days") == "assumed"


def _float(task: TaskDates) -> str:
    if task.total_float_days is None:
        return UNKNOWN
    critical = ", kritisch" if task.critical else ""
    return f"{task.total_float_days} Arbeitstage{critical}" if task.total_float_days else "kritisch"


def steps(found: Iterable[NextStep]) -> Table:
    """What comes next: date in words, what, who."""
    rows = ((s.when.words if s.when else "offen", f"{s.what}{NBSP}◌" if s.assumed else s.what, s.who) for s in found)
    return Table(("Wann", "Was", "Wer"), tuple(rows))


def papers(plan: Plan, found: Timetable) -> Table:
    """Every paper with its way through the bodies: station, sitting, when it is due there, result."""
    courses = {course.paper: course for course in found.courses}
    rows = ((_title(paper), paper.status or UNKNOWN, _way(courses.get(paper.id))) for paper in plan.papers)
    return Table(("Gremienvorlage", "Stand", "Beratungsfolge"), tuple(rows))


def _title(paper: Paper) -> str:
    parts = (paper.title, paper.number, paper.version, f"({paper.kind})" if paper.kind else "")
    return f"{' '.join(filter(None, parts))}{NBSP}{evidence(paper.evidence)}"


def _way(course: Course | None) -> str:
    if course is None:
        return "durch eine Neufassung ersetzt oder ohne Stationen"
    mark = f"{NBSP}◌" if course.ready_assumed else ""
    ready = f"fertig {show_date(course.ready_on)}{mark}" if course.ready_on else "fertig: unbekannt"
    return "\n".join((ready, *map(_station, course.stops)))


def _station(stop: Stop) -> str:
    mark = f"{NBSP}◌" if stop.assumed else ""
    where = f"{stop.body_name} ({stop.responsibility or 'Zuständigkeit offen'}){mark}"
    if stop.on is None:
        return f"{'erledigt, Tag unbekannt' if stop.held else UNKNOWN}: {where}"
    due = f", Unterlagen fällig {show_date(stop.due_on)}" if stop.due_on else ""
    until = "bis " if stop.hearing else ""
    held = " – hat stattgefunden" if stop.recorded else state_words(stop.unknown)
    result = f" – {stop.result}" if stop.result else held
    return f"{until}{show_date(stop.on)}: {where}{due}{result}"


def forecast(found: Forecast) -> Table:
    """How often each day comes out."""
    known: list[tuple[Cell, float]] = [*found.days]
    rows = known + ([("keine Sitzung bekannt", found.unknown)] if found.unknown else [])
    return Table(("Tag", "in so vielen Fällen"), tuple((day, Said(show_percent(p), p, "share")) for day, p in rows))


def staff_months(plan: Plan, found: Timetable) -> Table:
    """Person-days: a row a month, a column an office."""
    offices = by_month(plan, found)
    months = sorted({month for days in offices.values() for month in days})
    rows: Iterable[tuple[Cell, ...]] = (
        (f"{MONTHS[month - 1]} {year}", *(days.get((year, month), 0) for days in offices.values()))
        for year, month in months
    )
    return Table(("Monat", *map(plan.short, offices)), tuple(rows))


def audiences(plan: Plan) -> Table:
    """Who takes part in what: a row for each Teilnehmerkreis, a column for each format that names one."""
    formats = [item for item in plan.formats if item.audience]
    people = dict.fromkeys(one for item in formats for one in item.audience)
    rows = ((plan.name(one), *("●" if one in item.audience else "" for item in formats)) for one in people)
    return Table(("Teilnehmerkreis", *(item.name for item in formats)), tuple(rows))


def drawn(found: Drawn) -> tuple[Table, Table]:
    """The groups with their seats, and the codes drawn and waiting."""
    groups = tuple((group.name, group.registered, group.seats) for group in found.groups)
    chosen = ((code, group, "ausgewählt") for code, group in found.chosen)
    waiting = ((code, group, f"Nachrücker {n}") for n, (code, group) in enumerate(found.waiting, 1))
    return Table(("Gruppe", "Anmeldungen", "Plätze"), groups), Table(("Code", "Gruppe", ""), (*chosen, *waiting))


def deviations(found: Iterable[Deviation], *, facts: bool = False) -> Table:
    """What lies otherwise than in the compared state; with `facts` the plan against the real course."""
    was, now = ("Plan", "Tatsächlich") if facts else ("Verglichen", "Jetzt")
    rows = (
        (d.kind, d.name, d.before.words if d.before else "", d.after.words if d.after else "", _later(d.days))
        for d in found
    )
    return Table(("Was", "Eintrag", was, now, "Unterschied"), tuple(rows))


def _later(days: int | None) -> str:
    if days is None:
        return ""
    return f"{abs(days)} Tage {'später' if days > 0 else 'früher'}" if days else "gleiches Ende"


def formats(plan: Plan, found: Participation) -> Table:
    """Participation formats with the ranges as stated and what is missing."""
    return Table(FORMAT, tuple(_format(plan, view) for view in found.formats))


def _format(plan: Plan, view: FormatView) -> tuple[Cell, ...]:
    item = view.format
    return (
        item.name + (" (optional)" if item.optional else ""),
        _range(item.count, "offen"),
        item.period.words if item.period else "offen",
        _range(item.seats, "offen"),
        _range(view.seats_in_all, UNKNOWN),
        _range(item.expected, UNKNOWN),
        view.room,
        item.venue or "offen",
        plan.name(item.lead) if item.lead else "offen",
        view.undated,
        item.source,
    )


def _range(span: Span | None, otherwise: str) -> str:
    return span.words if span else otherwise


def gatherings(plan: Plan, found: Participation, dates: Timetable) -> Table:
    """Every date of participation, those alike in one row: when, what, how many, where, for how many."""
    rows = (_gathering(plan, view, one, dates.event[one.first.id]) for view in found.formats for one in view.gatherings)
    return Table(("Wann", "Format", "Wo", "Plätze", "Reicht es?", "Gebiet, Thema"), tuple(rows))


def _when(event: EventDates, attended: int | None) -> str:
    """When an event lies: held with how many people, else as it can be, with what is entered where that is broken."""
    if event.held:
        return f"{event.words}, stattgefunden" + (f" mit {attended} Personen" if attended is not None else "")
    instead = f" (eingetragen: {event.when.words})" if event.days_late and event.when else ""
    return f"{event.words or 'offen'}{instead}{state_words(event.unknown)}"


def _gathering(plan: Plan, view: FormatView, one: Gathering, event: EventDates) -> tuple[Cell, ...]:
    about = (plan.name(one.first.area) if one.first.area else "", one.first.topic)
    return (
        _when(event, one.first.attended),
        view.format.name + (f" ({one.number}{NBSP}Termine)" if one.number > 1 else ""),
        one.venue or "offen",
        _range(one.seats, "offen"),
        one.room,
        " – ".join(filter(None, about)),
    )


def cadences(plan: Plan) -> Table:
    """Stated cadences: how many periods have their sitting."""
    rows = (
        (row.body, row.words, f"{row.periods - len(row.missing)} von {row.periods}", ", ".join(row.missing) or "nichts")
        for row in timechecks.cadences(plan)
    )
    return Table(("Gremium", "Turnus", "vorgesehen", "fehlt"), tuple(rows))
