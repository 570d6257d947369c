"""Checks of sense of the dates: one small function a rule; it lists the offenders and names the remedy."""

from collections.abc import Iterator
from datetime import date

from insek_core.plan import TABLES, Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import show_date
from insek_core.plan.record import columns_of
from insek_core.plan.values import Fuzzy
from insek_core.rules.structure import at, where
from insek_core.rules.time.meetings import cadence_gaps
from insek_core.rules.time.sittings import series_findings
from insek_core.rules.time.workdays import public_holiday


def endless_days_off(plan: Plan) -> Iterator[Finding]:
    """Nobody is off for ten years: such an entry does not count."""
    for entry in plan.calendars:
        if entry.endless:
            yield at(
                entry,
                "last_on",
                f"{where(entry)} umfasst mehr als zehn Jahre und zählt deshalb nicht.",
                "Ersten und letzten Tag berichtigen.",
            )


DATED = {
    kind: [c for c in columns_of(kind) if c.kind.name in ("day", "fuzzy")]
    for kind in TABLES.values()
    if any(c.kind.name in ("day", "fuzzy") for c in columns_of(kind))
}
KNOWN_YEARS = range(1900, 2200)


def far_days(plan: Plan) -> Iterator[Finding]:
    """A day of the year 9999 is a word for "never": it would be drawn and reckoned with as a day. What is endless
    without it has a finding of its own.
    """
    for kind, columns in DATED.items():
        for row in plan.rows(kind.table):
            for column in () if getattr(row, "endless", False) else columns:
                value = getattr(row, column.name)
                ends = (value.earliest, value.latest) if isinstance(value, Fuzzy) else (value,)
                if any(day and day.year not in KNOWN_YEARS for day in ends):
                    message = f"{where(row)}: „{column.heading}“ liegt außerhalb der Jahre 1900 bis 2199."
                    yield at(row, column.name, message, "Tag berichtigen; was offen ist, bleibt leer.")


def phases_out_of_order(plan: Plan) -> Iterator[Finding]:
    """A phase does not end before it begins."""
    for phase in plan.phases:
        if (
            phase.begin
            and phase.end
            and phase.begin.earliest
            and phase.end.latest
            and phase.end.latest < phase.begin.earliest
        ):
            yield at(
                phase,
                "end",
                f"{where(phase)} endet ({phase.end.words}) vor ihrem Beginn ({phase.begin.words}).",
                "Beginn oder Ende berichtigen.",
            )


def incomplete_constraints(plan: Plan) -> Iterator[Finding]:
    """A constraint and its day come together."""
    for task in plan.tasks:
        if bool(task.constraint) != bool(task.constraint_on):
            yield at(
                task,
                "constraint_on",
                f"{where(task)}: Bedingung und Tag gehören zusammen; eines fehlt.",
                "Beides eintragen oder beides leeren.",
                "warning",
            )


def missed_cadences(plan: Plan) -> Iterator[Finding]:
    """Stated cadences: which quarter misses its report, which half-year its Klausur."""
    for gap in cadence_gaps(plan):
        yield Finding(
            level="warning",
            table="meetings",
            message=f"{gap.body}: im {gap.period} ist keine Sitzung vorgesehen.",
            remedy="Sitzung eintragen.",
        )


def events_on_holidays(plan: Plan) -> Iterator[Finding]:
    """School holidays are no obstacle in law, but nobody comes (a warning, RULES §2)."""
    by_year: dict[int, list[tuple[date, date, str]]] = {}
    for entry in plan.calendars:
        if entry.kind == "Schulferien" and entry.span:
            first, last = entry.span
            for year in range(first.year, last.year + 1):
                by_year.setdefault(year, []).append((first, last, entry.name))
    for event in plan.events:
        day = event.when.earliest if event.when and event.when.is_exact else None
        for first, last, name in by_year.get(day.year, ()) if day else ():
            if day and first <= day <= last:
                message = f"{plan.name(event.format)} am {show_date(day)} liegt in den {name} (bis {show_date(last)})."
                yield at(event, "when", message, "Anderen Termin prüfen.", "warning")


def clashing_events(plan: Plan) -> Iterator[Finding]:
    """Events on a public holiday, and two on one day."""
    days: dict[date, str] = {}
    for event in plan.events:
        day = event.when.earliest if event.when and event.when.is_exact else None
        if day is None:
            continue
        if holiday := public_holiday(day, plan.state):
            yield at(
                event,
                "when",
                f"{plan.name(event.format)} am {show_date(day)} liegt auf einem Feiertag ({holiday}).",
                "Anderen Termin prüfen.",
                "warning",
            )
        if day in days:
            yield at(
                event,
                "when",
                f"{plan.name(event.format)} am {show_date(day)}: am selben Tag liegt {days[day]}.",
                "Anderen Termin prüfen.",
                "warning",
            )
        days.setdefault(day, plan.name(event.format))


def series_that_fail(plan: Plan) -> Iterator[Finding]:
    """Recurring sittings that cannot be read, and sittings that stand for a date their series does not have."""
    yield from series_findings(plan)
