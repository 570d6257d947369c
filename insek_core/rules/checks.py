"""Checks of sense: what may be saved but should be looked at. One small function a rule; it lists the offenders and
names the remedy.
"""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import show_date, show_euro, show_share
from insek_core.plan.record import columns_of
from insek_core.rules.money.programmes import has_ceiling
from insek_core.rules.people.participation import room
from insek_core.rules.structure import at, structure, where
from insek_core.rules.time.dates import NO_SITTINGS, whole_days, year_end
from insek_core.rules.time.meetings import cadence_gaps
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.sittings import series_findings
from insek_core.rules.time.workdays import public_holiday


def negative_parts(plan: Plan) -> Iterator[Finding]:
    """0 ≤ eligible ≤ whole: the eligible shares on one item lie between 0 and 100 %."""
    named: dict[str, list[Fraction]] = {}
    for base in plan.funding_bases:
        if base.eligible_share is not None:
            named.setdefault(base.cost_item, []).append(base.eligible_share)
    for item in plan.cost_items:
        shares = named.get(item.id, [])
        if sum(shares) > 1 or any(share < 0 for share in shares):
            total = show_share(sum(shares, Fraction(0)))
            yield at(
                item,
                "amount_cents",
                f"{where(item)}: zuwendungsfähig sind zusammen {total} der Ausgaben.",
                "Anteile auf 0 bis 100 % begrenzen.",
            )


def unordered_ranges(plan: Plan) -> Iterator[Finding]:
    """Low ≤ likely ≤ high for amounts and durations, first ≤ last for spans of years and days."""
    triples = {
        "cost_items": ("low_cents", "amount_cents", "high_cents"),
        "tasks": ("low_days", "duration_days", "high_days"),
        "budget_lines": ("from_year", "to_year"),
        "budget_statutes": ("from_year", "to_year"),
        "funding_proofs": ("from_year", "to_year"),
        "calendars": ("first_on", "last_on"),
    }
    for table, names in triples.items():
        for row in plan.rows(table):
            values = [value for value in (getattr(row, name) for name in names) if value is not None]
            if values != sorted(values):
                heading = {c.name: c.heading for c in columns_of(type(row))}
                headings = " ≤ ".join(heading[name] for name in names)
                yield at(
                    row,
                    names[0],
                    f"{where(row)}: Die Reihenfolge stimmt nicht ({headings}).",
                    "Werte tauschen oder berichtigen.",
                )


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


def parents_in_a_circle(plan: Plan) -> Iterator[Finding]:
    """No row is part of itself, however far up."""
    for table in ("tasks", "goals", "areas", "organisations"):
        field = "department" if table == "organisations" else "parent"
        parent = {row.id: getattr(row, field) for row in plan.rows(table)}
        for row in plan.rows(table):
            seen, up = [row.id], parent[row.id]
            while up in parent and up not in seen:
                seen.append(up)
                up = parent[up]
            if up == row.id:
                yield at(
                    row,
                    field,
                    f"{where(row)}: „Gehört zu“ führt im Kreis: {' → '.join([*seen, up])}.",
                    "Einen der Verweise entfernen.",
                )


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


def missing_amounts(plan: Plan) -> Iterator[Finding]:
    """Without every amount the total is unknown, never smaller."""
    for item in plan.cost_items:
        if item.amount_cents is None:
            yield at(
                item,
                "amount_cents",
                f"{where(item)} hat keinen Betrag; die Gesamtkosten sind deshalb unbekannt.",
                "Betrag eintragen.",
                "warning",
            )
        if item.year is None:
            yield at(item, "year", f"{where(item)} hat kein Haushaltsjahr.", "Jahr eintragen.", "warning")


def programmes_without_rate(plan: Plan) -> Iterator[Finding]:
    """Anteilfinanzierung needs a rate between 0 and 1."""
    for programme in plan.programmes:
        if programme.financing == "anteil" and programme.rate_share is None:
            yield at(
                programme,
                "rate_share",
                f"{where(programme)}: Der Fördersatz fehlt; die Förderung ist unbekannt.",
                "Fördersatz eintragen.",
                "warning",
            )
        if programme.rate_share is not None and not 0 <= programme.rate_share <= 1:
            yield at(
                programme,
                "rate_share",
                f"{where(programme)}: Der Fördersatz liegt nicht zwischen 0 und 100 %.",
                "Fördersatz berichtigen.",
            )


def missing_terms(plan: Plan) -> Iterator[Finding]:
    """Festbetrag and Fehlbedarf need their fixed amount; without it the grant is unknown."""
    needs = {"festbetrag": ("fixed_cents", "Festbetrag"), "fehlbedarf": ("own_fixed_cents", "feste Eigenanteil")}
    for programme in plan.programmes:
        field, name = needs.get(programme.financing, ("", ""))
        if field and getattr(programme, field) is None:
            message = f"{where(programme)}: Der {name} fehlt; die Förderung ist unbekannt."
            yield at(programme, field, message, "Betrag eintragen.", "warning")


def open_ceiling(plan: Plan) -> Iterator[Finding]:
    """A cap without notice is an assumption (RULES §1.2)."""
    for programme in plan.programmes:
        if has_ceiling(programme) and not programme.notice_on:
            message = (
                f"Ob {show_euro(programme.cap_cents or 0)} aus {programme.name} ein Höchstbetrag sind, ist "
                "ungeklärt; der Bewilligungsbescheid ist nicht eingetragen."
            )
            yield at(
                programme,
                "cap_is_ceiling",
                message,
                "Bescheid mit Datum, Aktenzeichen, Satz und Höchstbetrag eintragen.",
                "notice",
            )


def stated_figures_missed(plan: Plan) -> Iterator[Finding]:
    """The cost items add up to the total the paper states."""
    amounts = [item.amount_cents for item in plan.cost_items]
    for fact in plan.statements:
        if fact.figure == "total_cents" and fact.amount_cents is not None and amounts and None not in amounts:
            total = sum(amount or 0 for amount in amounts)
            if total != fact.amount_cents:
                yield at(
                    fact,
                    "amount_cents",
                    f"Die Kostenpositionen ergeben {show_euro(total)}, genannt sind "
                    f"{show_euro(fact.amount_cents)} ({fact.source}).",
                    "Positionen oder genannten Betrag prüfen.",
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


def missing_annexes(plan: Plan) -> Iterator[Finding]:
    """Documents known to be missing."""
    for document in plan.documents:
        if document.presence == "fehlt":
            yield at(
                document, "presence", f"{document.title} liegt nicht vor.", "Text beschaffen und einlesen.", "notice"
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


def unreadable_settings(plan: Plan) -> Iterator[Finding]:
    """Settings that the rules ask for hold what they need; else the rules fall back on their default."""
    reads: dict[str, tuple[Callable[[str], object], str]] = {
        "reference_date": (date.fromisoformat, "2015-06-01"),
        "lead_time_days": (whole_days, "14"),
        "reading_gap_days": (whole_days, "14"),
        "decision_gap_days": (whole_days, "1"),
        "hearing_days": (whole_days, "42"),
        "year_end_pause": (year_end, NO_SITTINGS),
        "small_number_threshold": (int, "3"),
    }
    for setting in plan.settings:
        read, example = reads.get(setting.id, (str, ""))
        try:
            read(setting.value or example)
        except ValueError:
            yield at(
                setting,
                "value",
                f"{where(setting)}: „{setting.value}“ ist nicht lesbar; es gilt der übliche Wert.",
                f"Bitte z. B. {example} schreiben.",
                "warning",
            )


def crowded_formats(plan: Plan) -> Iterator[Finding]:
    """Seats against expected interest: where even the least interest is more than the most seats, a selection is needed
    (RULES §5).
    """
    for item in plan.formats:
        wanted, seats = item.expected, item.seats
        if wanted and seats and room(seats, wanted) == "reicht nicht" and not item.registration:
            yield at(
                item,
                "expected",
                f"{item.name}: erwartet werden {wanted.words} Personen, Plätze gibt es {seats.words}.",
                "Anmeldung mit Auswahl, mehr Termine oder einen größeren Ort vorsehen.",
                "warning",
            )


def clashing_events(plan: Plan) -> Iterator[Finding]:
    """Events on a public holiday, and two on one day."""
    days: dict[date, str] = {}
    for event in plan.events:
        day = event.when.earliest if event.when and event.when.is_exact else None
        if day is None:
            continue
        if holiday := public_holiday(day):
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


Check = Callable[[Plan], Iterator[Finding]]
SENSE: tuple[Check, ...] = (
    negative_parts, unordered_ranges, endless_days_off, parents_in_a_circle, phases_out_of_order, incomplete_constraints, missing_amounts, programmes_without_rate,
    missing_terms, open_ceiling, stated_figures_missed, missed_cadences, series_that_fail, crowded_formats, clashing_events, missing_annexes, events_on_holidays, unreadable_settings,
)  # fmt: skip
ORDER = {"error": 0, "warning": 1, "notice": 2}


def check(plan: Plan) -> tuple[Finding, ...]:
    """All findings of a plan, errors first; sense is checked only where the structure holds."""
    broken = structure(plan)
    found = broken or tuple(finding for rule in SENSE for finding in rule(plan))
    return tuple(sorted(found, key=lambda finding: ORDER[finding.level]))


def new_errors(before: Plan, after: Plan) -> tuple[Finding, ...]:
    """Errors that an edit brings in: what was wrong before does not keep anybody from mending something else."""
    known = {(f.table, f.record, f.field, f.message) for f in (*check(before), *timetable(before).findings)}
    found = (*check(after), *timetable(after).findings)
    return tuple(f for f in found if f.level == "error" and (f.table, f.record, f.field, f.message) not in known)
