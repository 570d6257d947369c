"""Time and people as tables: steps with their floats, papers on their way, deviations, person-days, formats."""

from collections.abc import Iterable

from insek_core.plan import Plan
from insek_core.plan.german import MONTHS, NBSP, show_date, show_percent
from insek_core.rules.chance.forecast import Forecast
from insek_core.rules.figures import UNKNOWN
from insek_core.rules.people.draw import Drawn
from insek_core.rules.people.participation import Participation
from insek_core.rules.people.staff import by_month
from insek_core.rules.time import meetings
from insek_core.rules.time.baseline import Deviation
from insek_core.rules.time.course import Step, Stop
from insek_core.rules.time.dates import TaskDates, state_words
from insek_core.rules.time.meetings import NextStep
from insek_core.rules.time.schedule import Timetable
from insek_core.views.tables import Frame, framed
from insek_core.views.words import evidence


def timetable(plan: Plan, found: Timetable) -> Frame:
    """Every step with its dates, floats, what it waits for and its deadline."""
    rows = []
    for task in found.tasks:
        late = f"{task.days_late} Tage zu spät" if task.days_late else ""
        rows.append(
            {
                "Nr.": task.id,
                "Schritt": task.name,
                "Phase": plan.name(task.phase) if task.phase else "",
                "Beginn": show_date(task.start_on) if task.start_on else UNKNOWN,
                "Ende": f"{show_date(task.finish_on)}{state_words(task.unknown)}" if task.finish_on else UNKNOWN,
                "Dauer": f"{task.duration_days} Arbeitstage{' ◌' if _guessed(plan, task) else ''}"
                if task.duration_days
                else "Meilenstein"
                if task.milestone
                else UNKNOWN,
                "Spätestens": show_date(task.late_finish_on) if task.late_finish_on else UNKNOWN,
                "Puffer": _float(task),
                "Liegt dort, weil": task.waits_for,
                "Frist": (show_date(task.deadline_on) if task.deadline_on else "") + (f" – {late}" if late else ""),
            }
        )
    return framed(
        rows,
        ("Nr.", "Schritt", "Phase", "Beginn", "Ende", "Dauer", "Spätestens", "Puffer", "Liegt dort, weil", "Frist"),
    )


def _guessed(plan: Plan, task: TaskDates) -> bool:
    """Whether a duration is an assumption, of a summary the days of its parts."""
    return task.assumed if task.summary else plan.by_id[task.id].evidence_of("duration_days") == "assumed"


def _float(task: TaskDates) -> str:
    if task.total_float_days is None:
        return UNKNOWN
    return (
        "kritisch"
        if task.total_float_days == 0
        else f"{task.total_float_days} Arbeitstage{', kritisch' if task.critical else ''}"
    )


def steps(found: Iterable[NextStep]) -> Frame:
    """What comes next: date in words, what, who."""
    rows = (
        {"Wann": s.when.words if s.when else "offen", "Was": s.what + (f"{NBSP}◌" if s.assumed else ""), "Wer": s.who}
        for s in found
    )
    return framed(rows, ("Wann", "Was", "Wer"))


def papers(plan: Plan, found: Timetable) -> Frame:
    """Every paper with its way through the bodies: station, sitting, when it is due there, result."""
    courses = {course.paper: course for course in found.courses}
    rows = []
    for paper in plan.papers:
        course = courses.get(paper.id)
        mark = f"{NBSP}◌" if course and course.ready_assumed else ""
        ready = f"fertig {show_date(course.ready_on)}{mark}" if course and course.ready_on else "fertig: unbekannt"
        way = "\n".join(_station(stop) for stop in course.stops) if course else ""
        title = " ".join(
            part for part in (paper.title, paper.number, paper.version, f"({paper.kind})" if paper.kind else "") if part
        )
        rows.append(
            {
                "Vorlage": f"{title}{NBSP}{evidence(paper.evidence)}",
                "Stand": paper.status or UNKNOWN,
                "Beratungsfolge": "\n".join(part for part in (ready, way) if part)
                if course
                else "durch eine Neufassung ersetzt oder ohne Stationen",
            }
        )
    return framed(rows, ("Vorlage", "Stand", "Beratungsfolge"))


def _station(stop: Stop) -> str:
    mark = f"{NBSP}◌" if stop.assumed else ""
    where = f"{stop.body_name} ({stop.responsibility or 'Zuständigkeit offen'}){mark}"
    if stop.on is None:
        return f"{'erledigt, Tag unbekannt' if stop.held else UNKNOWN}: {where}"
    due = f", Vorlage fällig {show_date(stop.due_on)}" if stop.due_on else ""
    until = "bis " if stop.hearing else ""
    result = f" – {stop.result}" if stop.result else state_words(stop.unknown)
    return f"{until}{show_date(stop.on)}: {where}{due}{result}"


def delay_steps(found: Iterable[Step]) -> Frame:
    """Days late → day of the last station."""
    rows = [
        {
            "Tage zu spät": str(s.first_days) if s.first_days == s.last_days else f"{s.first_days} bis {s.last_days}",
            "Letzte Station": show_date(s.decided_on) if s.decided_on else "keine Sitzung bekannt",
        }
        for s in found
    ]
    return framed(rows, ("Tage zu spät", "Letzte Station"))


def forecast(found: Forecast) -> Frame:
    """How often each day comes out."""
    rows = [{"Tag": show_date(day), "in so vielen Fällen": show_percent(part)} for day, part in found.days]
    rows += (
        [{"Tag": "keine Sitzung bekannt", "in so vielen Fällen": show_percent(found.unknown)}] if found.unknown else []
    )
    return framed(rows, ("Tag", "in so vielen Fällen"))


def staff_months(plan: Plan, found: Timetable) -> Frame:
    """Person-days: a row a month, a column an office."""
    offices = by_month(plan, found)
    names = {office: plan.short(office) for office in offices}
    months = sorted({month for days in offices.values() for month in days})
    rows = [
        {
            "Monat": f"{MONTHS[month - 1]} {year}",
            **{names[o]: str(days.get((year, month), 0)) for o, days in offices.items()},
        }
        for year, month in months
    ]
    return framed(rows, ("Monat", *names.values()))


def audiences(plan: Plan) -> Frame:
    """Who takes part in what: a row for each Teilnehmerkreis, a column for each format that names one."""
    formats = [item for item in plan.formats if item.audience]
    people = list(dict.fromkeys(one for item in formats for one in item.audience))
    rows = [
        {"Teilnehmerkreis": plan.name(one), **{item.name: "●" if one in item.audience else "" for item in formats}}
        for one in people
    ]
    return framed(rows, ("Teilnehmerkreis", *(item.name for item in formats)))


def drawn(found: Drawn) -> tuple[Frame, Frame]:
    """The groups with their seats, and the codes drawn and waiting."""
    groups = [{"Gruppe": g.name, "Anmeldungen": str(g.registered), "Plätze": str(g.seats)} for g in found.groups]
    codes = [{"Code": code, "Gruppe": group, "": "ausgewählt"} for code, group in found.chosen]
    codes += [
        {"Code": code, "Gruppe": group, "": f"Nachrücker {n}"} for n, (code, group) in enumerate(found.waiting, 1)
    ]
    return framed(groups, ("Gruppe", "Anmeldungen", "Plätze")), framed(codes, ("Code", "Gruppe", ""))


def deviations(found: Iterable[Deviation], *, facts: bool = False) -> Frame:
    """What lies otherwise than in the compared state; with `facts` the plan against the real course."""
    was, now = ("Plan", "Tatsächlich") if facts else ("Verglichen", "Jetzt")
    rows = [
        {
            "Was": d.kind,
            "Eintrag": d.name,
            was: d.before.words if d.before else "",
            now: d.after.words if d.after else "",
            "Unterschied": ""
            if d.days is None
            else f"{abs(d.days)} Tage {'später' if d.days > 0 else 'früher'}"
            if d.days
            else "gleiches Ende",
        }
        for d in found
    ]
    return framed(rows, ("Was", "Eintrag", was, now, "Unterschied"))


def formats(plan: Plan, found: Participation) -> Frame:
    """Participation formats with the ranges as stated and what is missing."""
    rows = []
    for view in found.formats:
        item = view.format
        rows.append(
            {
                "Format": item.name + (" (optional)" if item.optional else ""),
                "Termine": item.count.words if item.count else "offen",
                "Zeitraum": item.period.words if item.period else "offen",
                "Plätze je Termin": item.seats.words if item.seats else "offen",
                "Plätze zusammen": view.seats_in_all.words if view.seats_in_all else UNKNOWN,
                "Erwartet": item.expected.words if item.expected else UNKNOWN,
                "Reicht es?": view.room,
                "Ort": item.venue or "offen",
                "Federführung": plan.name(item.lead) if item.lead else "offen",
                "Ohne Datum": str(view.undated),
                "Quelle": item.source,
            }
        )
    return framed(
        rows,
        (
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
        ),
    )


def gatherings(plan: Plan, found: Participation) -> Frame:
    """Every date of participation, those alike in one row: when, what, how many, where, for how many."""
    rows = [
        {
            "Wann": one.first.when.words if one.first.when else "offen",
            "Format": view.format.name + (f" ({one.number}{NBSP}Termine)" if one.number > 1 else ""),
            "Wo": one.venue or "offen",
            "Plätze": one.seats.words if one.seats else "offen",
            "Reicht es?": one.room,
            "Gebiet, Thema": " – ".join(
                part for part in (plan.name(one.first.area) if one.first.area else "", one.first.topic) if part
            ),
        }
        for view in found.formats
        for one in view.gatherings
    ]
    return framed(rows, ("Wann", "Format", "Wo", "Plätze", "Reicht es?", "Gebiet, Thema"))


def cadences(plan: Plan) -> Frame:
    """Stated cadences: how many periods have their sitting."""
    rows = [
        {
            "Gremium": row.body,
            "Turnus": row.words,
            "vorgesehen": f"{row.periods - len(row.missing)} von {row.periods}",
            "fehlt": ", ".join(row.missing) or "nichts",
        }
        for row in meetings.cadences(plan)
    ]
    return framed(rows, ("Gremium", "Turnus", "vorgesehen", "fehlt"))
