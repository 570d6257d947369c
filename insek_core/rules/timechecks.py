"""Checks of sense of the dates: one small function a rule; it lists the offenders and names the remedy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from insek_core.plan import TABLES, Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import MONTHS, show_date
from insek_core.plan.process import Body, Meeting
from insek_core.plan.record import columns_of
from insek_core.plan.recurrence import WORDS_EXAMPLE, rule_of_words
from insek_core.plan.values import Fuzzy
from insek_core.rules.structure import at, where
from insek_core.rules.time.sittings import series_findings
from insek_core.rules.time.workdays import FIRST_DAY, LAST_DAY, joined, public_holiday


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


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """A body's cadence in words: how many periods it has while the body sits, and which have no sitting in the plan.

    `stated` says that the body's first and last day are; else it is held from its first entered sitting to its last.
    """

    body: str
    words: str
    periods: int
    missing: tuple[str, ...]
    stated: bool


def _named(start: date, months: int) -> str:
    if months in (3, 6):
        return f"{(start.month - 1) // months + 1}. {'Quartal' if months == 3 else 'Halbjahr'} {start.year}"
    if months == 12:
        return f"Jahr {start.year}"
    last = start + relativedelta(months=months, days=-1)
    first = MONTHS[start.month - 1]
    end = "" if months == 1 else f"{'' if start.year == last.year else f' {start.year}'} bis {MONTHS[last.month - 1]}"
    return f"{first}{end} {last.year}"


def _periods(rule: str, first: date, last: date) -> Iterator[tuple[date, date, str]]:
    """The periods of a rule of words that touch these days: months by the calendar, weeks from Monday."""
    parts = dict(part.split("=") for part in rule.split(";"))
    step = int(parts.get("INTERVAL", 1))
    if parts["FREQ"] == "WEEKLY":
        start = first - timedelta(first.weekday())
        while start <= last and start <= LAST_DAY:
            end = start + timedelta(7 * step - 1)
            yield start, end, f"Zeitraum {show_date(start)} bis {show_date(end)}"
            start = end + timedelta(1)
        return
    months = step * (12 if parts["FREQ"] == "YEARLY" else 1)
    start = date(first.year, (first.month - 1) // months * months + 1 if 12 % months == 0 else first.month, 1)
    while start <= last and start <= LAST_DAY:
        following = start + relativedelta(months=months)
        yield start, following - timedelta(1), _named(start, months)
        start = following


def _span_of(plan: Plan, body: Body, sittings: list[Fuzzy]) -> tuple[date, date] | None:
    """The days in which a body's cadence is held: its own within the process, else those of its entered sittings."""
    if not body.first_on or not body.until_on:
        days = [day for when in sittings for day in (when.earliest, when.latest) if day]
        return (min(days), max(days)) if days else None
    begins = (phase.begin.earliest for phase in plan.phases if phase.begin and phase.begin.earliest)
    ends = (phase.end.latest for phase in plan.phases if phase.end and phase.end.latest)
    first = max(body.first_on, min(begins, default=FIRST_DAY), FIRST_DAY)
    return first, min(body.until_on, max(ends, default=LAST_DAY), LAST_DAY)


def cadences(plan: Plan) -> tuple[Cadence, ...]:
    """The bodies whose words name a cadence, held against their entered sittings. A period that lies in a break of
    sittings as a whole misses none.
    """
    breaks = joined(row.span for row in plan.calendars if row.kind == "Sitzungspause" and row.span)
    found = []
    for body in plan.bodies:
        rows = (row for row in plan.rows_of("meetings", "body", body.id) if isinstance(row, Meeting))
        sittings = [lies for m in rows if not m.cancelled and (lies := m.lies) and lies.earliest and lies.latest]
        rule, span = rule_of_words(body.cadence_words), _span_of(plan, body, sittings)
        if rule is None or span is None:
            continue
        periods = list(_periods(rule, *span))
        missing = tuple(
            name
            for start, end, name in periods
            if not any((w.earliest or start) <= end and (w.latest or end) >= start for w in sittings)
            and not any(first <= start and end <= last for first, last in breaks)
        )
        stated = bool(body.first_on and body.until_on)
        words = body.cadence_words
        found.append(Cadence(body=body.name, words=words, periods=len(periods), missing=missing, stated=stated))
    return tuple(found)


def missed_cadences(plan: Plan) -> Iterator[Finding]:
    """Cadences in words: which quarter misses its report, which half-year its Klausur."""
    for row in cadences(plan):
        for period in row.missing:
            yield Finding(
                level="warning" if row.stated else "notice",
                table="meetings",
                message=f"{row.body} ({row.words}): im {period} ist keine Sitzung vorgesehen.",
                remedy="Sitzung eintragen.",
            )


def unread_cadences(plan: Plan) -> Iterator[Finding]:
    """Words that name no cadence are not checked, and it is said; a rule beside them is, and "nach Bedarf" names
    none.
    """
    for body in plan.bodies:
        words = body.cadence_words
        at_need = any(word in words.casefold() for word in ("bedarf", "anlass", "unregelmäßig"))
        if words and not body.cadence and not at_need and rule_of_words(words) is None:
            message = f"{body.name}: Ob die Sitzungen zum Turnus „{words}“ passen, wird nicht geprüft."
            remedy = f"Bitte so schreiben: {WORDS_EXAMPLE}; oder „nach Bedarf“."
            yield at(body, "cadence_words", message, remedy, "notice")


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
