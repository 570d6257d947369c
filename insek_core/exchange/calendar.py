"""Dates to take along as iCalendar: sittings, papers due, events and deadlines, of one body or all (RFC 5545)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from insek_core.plan import Plan
from insek_core.plan.process import Body
from insek_core.rules.assessment import assess
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.events import EventDates
from insek_core.rules.time.schedule import Timetable
from insek_core.rules.time.sittings import sittings

ZONE = "Europe/Berlin"
DOMAIN = "insek-cockpit"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One date: a key that never changes, its day, an hour where one is known, what it is and more words; `body` it
    belongs to; `assumed` where nobody has set it yet.
    """

    key: str
    on: date
    at: time | None
    what: str
    more: str = ""
    body: str = ""
    assumed: bool = False


def _hour(text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        return None


def _of_bodies(plan: Plan, until: date) -> list[Entry]:
    """Every sitting once: by its row where it has one (also after a move), else by the date of the series."""
    found = []
    for body in plan.bodies:
        for sitting in sittings(plan, body.id):
            if sitting.on <= until:
                replaced = sitting.meeting and sitting.planned_on != sitting.on
                key = (
                    f"{body.id}-{sitting.planned_on:%Y%m%d}"
                    if replaced or not sitting.meeting
                    else f"sitting-{sitting.meeting}"
                )
                found.append(
                    Entry(
                        key=key,
                        on=sitting.on,
                        at=_hour(body.begins_at),
                        what=body.name,
                        body=body.id,
                        assumed=sitting.assumed,
                        more="Vorlagen fällig am "
                        f"{sitting.due_on:%d.%m.%Y}.{' Termin angenommen.' if sitting.assumed else ''}",
                    )
                )
    return found


def _of_papers(found: Timetable) -> list[Entry]:
    """When each paper is due for its next station."""
    return [
        Entry(
            key=f"due-{stop.reading}",
            on=stop.due_on,
            at=None,
            what=f"Unterlagen fällig: {paper.short} für {stop.body_name}",
            more="Termin angenommen." if stop.assumed else "",
            body=stop.body,
            assumed=stop.assumed,
        )
        for paper in found.courses
        for stop in paper.stops
        if stop.due_on and not stop.held
    ]


def _not_yet(event: EventDates) -> str:
    """What is said of an event whose day what it waits for does not allow: nobody has set another one yet."""
    return f"Nach dem Zeitplan {event.words}" if event.days_late else ""


def _of_plan(plan: Plan, found: Timetable, proof_due_on: date | None) -> list[Entry]:
    """Events with a day, deadlines of steps and of the grant, open points with a day."""
    made = [
        Entry(
            key=f"event-{e.id}",
            on=e.when.earliest,
            at=None,
            what=found.event[e.id].label,
            more=". ".join(part for part in (e.topic, _not_yet(found.event[e.id])) if part),
            assumed=bool(found.event[e.id].days_late),
        )
        for e in plan.events
        if e.when and e.when.is_exact and e.when.earliest
    ]
    made += [
        Entry(key=f"deadline-{t.id}", on=t.deadline_on, at=None, what=f"Frist: {t.name}")
        for t in found.tasks
        if t.deadline_on
    ]
    made += [
        Entry(key=f"point-{p.id}", on=p.due.earliest, at=None, what=f"Frist: {p.text}")
        for p in plan.statements
        if p.kind == "Offener Punkt" and not p.settled_on and p.due and p.due.is_exact and p.due.earliest
    ]
    made += [
        Entry(key=f"period-{p.id}", on=p.notice_period.latest, at=None, what=f"Bewilligungszeitraum endet: {p.name}")
        for p in plan.programmes
        if p.notice_period and p.notice_period.latest
    ]
    if proof_due_on:
        made.append(Entry(key="proof-of-use", on=proof_due_on, at=None, what="Verwendungsnachweis fällig"))
    return made


def entries(plan: Plan, found: Timetable, proof_due_on: date | None) -> tuple[Entry, ...]:
    """Every date of the plan that is known to the day, each key once, in order. Series end with the process."""
    until = max((phase.end.latest for phase in plan.phases if phase.end and phase.end.latest), default=date.max)
    until = max(until, found.finish_on or until)
    every = [*_of_bodies(plan, until), *_of_papers(found), *_of_plan(plan, found, proof_due_on)]
    return tuple(sorted({entry.key: entry for entry in every}.values(), key=lambda entry: (entry.on, entry.key)))


def sequences(history: Sequence[Sequence[Entry]]) -> Mapping[str, int]:
    """How often each entry has moved (or come back) since the first state that had it; states oldest first."""
    known: dict[str, tuple[date, time | None, str, bool]] = {}
    found: dict[str, int] = {}
    for state in history:
        for entry in state:
            now = (entry.on, entry.at, entry.what, entry.assumed)
            found[entry.key] = found.get(entry.key, -1) + (entry.key not in known or known[entry.key] != now)
            known[entry.key] = now
    return found


def write(found: Sequence[Entry], moves: Mapping[str, int], stamp: datetime, name: str = "Termine") -> bytes:
    """The entries as an iCalendar file: stable UIDs, SEQUENCE as often as moved; a day where no hour is known.

    `stamp` is when the version was saved: the same version gives the same bytes. What is assumed is tentative and
    keeps nobody's day busy.
    """
    calendar_file = Calendar()
    for key, value in (
        ("prodid", "-//INSEK-Cockpit//DE"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", name),
        ("x-wr-timezone", ZONE),
    ):
        calendar_file.add(key, value)
    for entry in found:
        event = Event()
        event.add("uid", f"{entry.key}@{DOMAIN}")
        event.add("dtstamp", stamp.astimezone(UTC))
        event.add("sequence", moves.get(entry.key, 0))
        event.add("summary", entry.what)
        if entry.more:
            event.add("description", entry.more)
        if entry.at:
            event.add("dtstart", datetime.combine(entry.on, entry.at, ZoneInfo(ZONE)))
        else:
            event.add("dtstart", entry.on)
            event.add("dtend", days_later(entry.on, 1))
        event.add("status", "TENTATIVE" if entry.assumed else "CONFIRMED")
        event.add("transp", "OPAQUE" if entry.body and not entry.assumed else "TRANSPARENT")
        calendar_file.add_component(event)
    calendar_file.add_missing_timezones()
    return bytes(calendar_file.to_ical())


def calendar_file(plans: Sequence[Plan], today: date, stamp: datetime, body: str = "") -> bytes:
    """The calendar file of the newest of these versions (oldest first); the others tell how often each date has
    moved.
    """
    history = []
    for plan in plans:
        found = assess(plan, (), today)
        due = found.drawdown.proof_due.value
        history.append(entries(plan, found.timetable, due if isinstance(due, date) else None))
    return write(of_body(history[-1], body), sequences(history), stamp, name_of(plans[-1], body))


def of_body(found: Sequence[Entry], body: str) -> tuple[Entry, ...]:
    """The entries of one body; of all where none is named."""
    return tuple(entry for entry in found if not body or entry.body == body)


def name_of(plan: Plan, body: str) -> str:
    """What the calendar is called."""
    row = plan.by_id.get(body)
    return f"{plan.short_name} – {row.name}" if isinstance(row, Body) else f"{plan.short_name}-Termine"
