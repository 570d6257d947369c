"""Checks of sense: what may be saved but should be looked at. One small function a rule; it lists the offenders and
names the remedy.
"""

from collections.abc import Callable, Iterator

from insek_core.plan import Plan
from insek_core.plan.errors import Finding, Unreadable
from insek_core.plan.german import parse_euro, parse_share
from insek_core.plan.law import LAENDER
from insek_core.plan.record import columns_of
from insek_core.rules.money.actual.entries import standing_findings
from insek_core.rules.money.notice import incomplete_notices
from insek_core.rules.moneychecks import (
    filed_in_other_years,
    missing_amounts,
    missing_terms,
    negative_parts,
    open_ceiling,
    programmes_without_rate,
    stated_figures_missed,
)
from insek_core.rules.people.participation import room
from insek_core.rules.settings import number_text
from insek_core.rules.structure import at, structure, where
from insek_core.rules.time.dates import NO_SITTINGS, calendar_day, year_end
from insek_core.rules.time.schedule import timetable
from insek_core.rules.timechecks import (
    clashing_events,
    endless_days_off,
    events_on_holidays,
    far_days,
    incomplete_constraints,
    missed_cadences,
    phases_out_of_order,
    series_that_fail,
    unread_cadences,
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


def missing_annexes(plan: Plan) -> Iterator[Finding]:
    """Documents known to be missing."""
    for document in plan.documents:
        if document.presence == "fehlt":
            yield at(
                document, "presence", f"{document.title} liegt nicht vor.", "Text beschaffen und einlesen.", "notice"
            )


def _land(code: str) -> str:
    """The code of a Land. Raises ValueError for what is none."""
    if code not in LAENDER:
        raise ValueError(code)
    return code


def unreadable_settings(plan: Plan) -> Iterator[Finding]:
    """Settings that the rules ask for hold what they need; else the rules fall back on their default."""
    reads: dict[str, tuple[Callable[[str], object], str]] = {
        "reference_date": (calendar_day, "2026-06-01"),
        "lead_time_days": (number_text, "14"),
        "reading_gap_days": (number_text, "14"),
        "decision_gap_days": (number_text, "1"),
        "hearing_days": (number_text, "42"),
        "year_end_pause": (year_end, NO_SITTINGS),
        "small_number_threshold": (number_text, "3"),
        "state": (_land, "NW"),
        **dict.fromkeys(("proof_of_use_months", "call_interest_months"), (number_text, "12")),
        **dict.fromkeys(("overspend_share", "retention_share", "supplementary_share"), (parse_share, "20 %")),
        **dict.fromkeys(("overrun_council_cents", "budget_expense_cents"), (parse_euro, "50.000")),
    }
    for setting in plan.settings:
        read, example = reads.get(setting.id, (str, ""))
        try:
            read(setting.value or example)
        except (ValueError, Unreadable):
            fallback = "kein Land, also nur bundesweite Feiertage" if setting.id == "state" else "der übliche Wert"
            yield at(
                setting,
                "value",
                f"{where(setting)}: „{setting.value}“ ist nicht lesbar; es gilt {fallback}.",
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


Check = Callable[[Plan], Iterator[Finding]]
SENSE: tuple[Check, ...] = (
    negative_parts, standing_findings, unordered_ranges, far_days, endless_days_off, parents_in_a_circle, phases_out_of_order, incomplete_constraints, missing_amounts, programmes_without_rate,
    missing_terms, open_ceiling, incomplete_notices, filed_in_other_years, stated_figures_missed, missed_cadences, series_that_fail, crowded_formats, clashing_events, missing_annexes, events_on_holidays, unreadable_settings, unread_cadences,
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
