"""When bodies sit: series by RFC 5545, what a holiday or a break does to them, and sittings entered one by one (RULES
§2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from functools import lru_cache
from itertools import takewhile

from dateutil.rrule import rrulestr

from insek_core.plan import Plan
from insek_core.plan.errors import Finding, Unreadable
from insek_core.plan.process import Body, Meeting
from insek_core.plan.recurrence import EXAMPLE, MOST_DATES, recurrence
from insek_core.rules.time.dates import LEAD_TIME, YearEnd, days_setting, papers_due_on, year_end_of
from insek_core.rules.time.workdays import (
    FIRST_DAY,
    LAST_DAY,
    Calendar,
    Spans,
    calendar,
    joined,
    offices,
    public_holiday,
    within,
)

ERA = 400  # years after which the calendar repeats, weekdays included


@dataclass(frozen=True)
class Date:
    """One date of a series: where it lies, where the rule put it, and the holiday that moved it (empty: none did)."""

    on: date
    planned_on: date
    holiday: str = ""


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One sitting of a body on a day: the row it was entered in (empty: of the series), and when its papers are due."""

    body: str
    on: date
    planned_on: date
    meeting: str
    due_on: date
    assumed: bool


def _moved(day: date, policy: str, state: str) -> date | None:
    """Where a date goes that falls on a holiday; None: it does not take place."""
    if policy == "skip":
        return None
    if policy == "next":
        while not offices(state).works(day):
            day += timedelta(1)
    while policy == "week" and public_holiday(day, state):
        day += timedelta(7)
    return day


def _planned(rule: str, first_on: date, until_on: date) -> Iterator[date]:
    """The days a rule names, worked out where the library's calendar ends (year 9999): for it looks for the next day
    to the end of time, and a rule without days has none.
    """
    read = recurrence(rule)
    last = min(until_on, read.until_on or until_on)
    if first_on > last:
        return
    if first_on < FIRST_DAY or last > LAST_DAY:
        years = f"{FIRST_DAY.year} bis {LAST_DAY.year}"
        raise Unreadable(f"Termine werden nur für die Jahre {years} berechnet.", "Bitte Tage in dieser Zeit angeben.")
    later = (MAXYEAR - last.year) // ERA * ERA
    start, end = (datetime(day.year + later, day.month, day.day) for day in (first_on, last))
    try:
        for n, at in enumerate(takewhile(lambda at: at <= end, rrulestr(read.text, dtstart=start))):
            if n >= MOST_DATES:
                message = f"„{rule}“ ergibt mehr als {MOST_DATES} Termine."
                raise Unreadable(message, "Bitte einen kürzeren Zeitraum wählen.")
            yield at.date().replace(year=at.year - later)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError) as error:
        raise Unreadable(f"„{rule}“ ist keine Wiederholungsregel nach RFC 5545.", EXAMPLE) from error


@lru_cache(maxsize=256)
def series(rule: str, first_on: date, until_on: date, policy: str, state: str = "") -> tuple[Date, ...]:
    """The dates of a series in order, each day once. Policy: none | skip | next (working day) | week (later), for
    public holidays of the Land.

    The rule decides which dates there are (up to `until_on`, inclusive); the policy then moves them, also past that
    day. Raises Unreadable where the rule is not one of RFC 5545, asks for more than MOST_DATES dates or for days beyond
    the calendar.

    >>> [d.on.isoformat() for d in series("FREQ=MONTHLY;BYDAY=1FR", date(2016, 1, 1), date(2016, 2, 29), "week")]
    ['2016-01-08', '2016-02-05']
    """
    found: dict[date, Date] = {}
    for day in _planned(rule, first_on, until_on):
        holiday = public_holiday(day, state)
        on = _moved(day, policy, state) if holiday else day
        if on is not None:
            found.setdefault(on, Date(on, day, holiday if on != day else ""))
    return tuple(found[on] for on in sorted(found))


def due_days(plan: Plan, body: Body) -> int:
    """Lead time of papers for a body in calendar days: its own, else the setting, else (an unreadable one is a finding)
    14.
    """
    return body.lead_time_days if body.lead_time_days is not None else days_setting(plan, "lead_time_days", LEAD_TIME)


def _of_series(body: Body, breaks: Spans, pause: YearEnd, state: str) -> Iterator[Date]:
    """The dates of a body's series outside these breaks; none where its rule cannot be read (a finding says so)."""
    if not body.cadence or not body.first_on:
        return
    try:
        dates = series(body.cadence, *_span_of(body), body.on_holidays or "next", state)
    except Unreadable:
        return
    for one in dates:
        day = one.on.month, one.on.day
        if pause[1] < day < pause[0] and not within(one.on, breaks):
            yield one


@lru_cache(maxsize=256)
def _sittings(
    body: Body, rows: tuple[Meeting, ...], lead: int, breaks: Spans, pause: YearEnd, workdays: Calendar
) -> tuple[Sitting, ...]:
    found = {}
    for row in rows:
        when = row.lies
        if when and when.is_exact and when.earliest and not row.cancelled:
            on = when.earliest
            found[on] = Sitting(
                body=body.id,
                on=on,
                planned_on=row.instead_of_on or on,
                meeting=row.id,
                assumed=row.evidence_of("when") == "assumed",
                due_on=row.papers_due_on or papers_due_on(on, lead, workdays),
            )
    gone: set[date | None] = {row.instead_of_on for row in rows if row.instead_of_on}
    gone |= {row.when.earliest for row in rows if (row.cancelled or row.actual_on) and row.when and row.when.is_exact}
    assumed = body.evidence_of("cadence") == "assumed"
    for day in _of_series(body, breaks, pause, workdays.state):
        if not {day.planned_on, day.on} & gone and day.on not in found:
            found[day.on] = Sitting(
                body=body.id,
                on=day.on,
                planned_on=day.planned_on,
                meeting="",
                assumed=assumed,
                due_on=papers_due_on(day.on, lead, workdays),
            )
    return tuple(found[on] for on in sorted(found))


def sittings(plan: Plan, body_id: str) -> tuple[Sitting, ...]:
    """Every sitting of a body whose day is known, in order: those entered, and those of its series that none replaces
    or cancels. A series pauses over the turn of the year; what is entered takes place.
    """

    def found() -> tuple[Sitting, ...]:
        body = plan.by_id.get(body_id)
        if not isinstance(body, Body):
            return ()
        rows = tuple(row for row in plan.rows_of("meetings", "body", body_id) if isinstance(row, Meeting))
        breaks = () if body.sits_in_breaks else _breaks(plan)
        return _sittings(body, rows, due_days(plan, body), breaks, year_end_of(plan), calendar(plan))

    return plan.once(("sittings", body_id), found)


def _breaks(plan: Plan) -> Spans:
    """The breaks in which bodies do not sit."""
    return plan.once(
        "breaks", lambda: joined(row.span for row in plan.calendars if row.kind == "Sitzungspause" and row.span)
    )


def _span_of(body: Body) -> tuple[date, date]:
    """First and last day of a body's series."""
    return max(body.first_on or FIRST_DAY, FIRST_DAY), min(body.until_on or LAST_DAY, LAST_DAY)


def _replaced(plan: Plan, body: Body, planned: set[date]) -> Iterator[Finding]:
    """Sittings that replace a date their series does not have."""
    for row in plan.rows_of("meetings", "body", body.id):
        if isinstance(row, Meeting) and row.instead_of_on and row.instead_of_on not in planned:
            yield Finding(
                level="warning",
                table="meetings",
                record=row.id,
                field="instead_of_on",
                message=f"{body.name}: Der Turnus hat am {row.instead_of_on:%d.%m.%Y} keinen Termin, den die "
                "Sitzung ersetzen könnte.",
                remedy="Den Tag des Turnus prüfen.",
            )


def _findings_of(plan: Plan, body: Body) -> Iterator[Finding]:
    place = {"table": "bodies", "record": body.id}
    try:
        recurrence(body.cadence)
        dates = series(body.cadence, *_span_of(body), "none") if body.first_on else ()
    except Unreadable as error:
        message = f"{body.name}: {error.what}"
        yield Finding(level="error", field="cadence", message=message, remedy=error.remedy, **place)
        return
    if not body.first_on:
        message = f"{body.name}: Der Turnus hat keinen ersten Tag."
        remedy = "„Turnus ab“ eintragen; vorher gibt es keine Termine der Reihe."
        yield Finding(level="notice", field="first_on", message=message, remedy=remedy, **place)
        return
    yield from _replaced(plan, body, {one.on for one in dates})


def series_findings(plan: Plan) -> tuple[Finding, ...]:
    """Series that cannot be read or lack their first day, and sittings that replace a date their series does not
    have.
    """
    return tuple(finding for body in plan.bodies if body.cadence for finding in _findings_of(plan, body))
