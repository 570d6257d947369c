"""What happens, entered: a booking, and where the lines and statutes of the budget stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.codec import with_row, with_tables
from insek_core.plan.errors import Finding, Severity
from insek_core.plan.finance import COST_BOOKINGS, Booking
from insek_core.plan.german import show_date, show_euro
from insek_core.plan.record import stated_by
from insek_core.rules.money.actual.drawdown import Drawdown
from insek_core.rules.structure import at

OWN = "eigene Angabe"  # the source of what is entered without a proof


def next_id(plan: Plan, table: str, prefix: str) -> str:
    """The first id of a prefix and a number that nothing in the plan bears: BU-1, BU-2 …"""
    numbers = range(1, len(plan.rows(table)) + len(plan.by_id) + 2)
    return next(name for number in numbers if (name := f"{prefix}-{number}") not in plan.by_id)


def with_booking(plan: Plan, booking: Booking) -> Plan:
    """The plan with a booking more."""
    return with_row(plan, "bookings", booking)


def _lacking(plan: Plan, booking: Booking, today: date) -> Iterator[tuple[str, Severity, str, str]]:
    """What a booking lacks or means beside what it says: field, level, message, remedy."""
    if booking.amount_cents == 0:
        yield "amount_cents", "error", "Ein Betrag von 0 € bucht nichts.", "Betrag eintragen."
    if booking.amount_cents is not None and booking.amount_cents < 0:
        yield (
            "amount_cents",
            "notice",
            f"{show_euro(booking.amount_cents)} mindert die Summe.",
            "Nur für eine Korrektur.",
        )
    if booking.kind in COST_BOOKINGS and not booking.cost_item:
        message = "Ohne Kostenposition zählt der ganze Betrag als zuwendungsfähig."
        yield "cost_item", "warning", message, "Kostenposition auswählen."
    if booking.kind not in COST_BOOKINGS and not booking.programme and len(plan.programmes) > 1:
        message = "Ohne Förderprogramm zählt die Buchung für keines der Programme."
        yield "programme", "warning", message, "Förderprogramm auswählen."
    if not booking.document:
        yield (
            "document",
            "notice",
            "Ohne Beleg lässt sich die Buchung später schwer nachweisen.",
            "Beleg Nr. eintragen.",
        )
    if booking.booked_on and booking.booked_on > today:
        message = f"Die Buchung zählt erst ab dem {show_date(booking.booked_on)}; Stichtag ist der {show_date(today)}."
        yield "booked_on", "notice", message, "Den Stichtag ändern, wenn sie schon zählen soll."


def booking_findings(plan: Plan, booking: Booking, today: date) -> tuple[Finding, ...]:
    """What is to be known of a booking before it is saved, errors first."""
    found = [
        at(booking, field, message, remedy, level) for field, level, message, remedy in _lacking(plan, booking, today)
    ]
    return tuple(sorted(found, key=lambda finding: finding.level != "error"))


def called_words(drawn: Drawdown) -> str:
    """What may still be called, or has been called too much, after a booking; empty where nobody knows."""
    called = next((total for total in drawn.sums if total.label == "abgerufen"), None)
    may = drawn.callable
    if called is None or called.value is None or may.value is None:
        return ""
    left = may.cents - called.cents
    if left < 0:
        return f"Abgerufen sind dann {show_euro(-left)} mehr, als auf das Bezahlte entfällt."
    return f"Abrufbar sind dann noch {show_euro(left)}."


@dataclass(frozen=True, kw_only=True)
class StatuteDays:
    """When a budget statute was decided and came into force; None: not known."""

    decided_on: date | None
    in_force_on: date | None


def with_standing(plan: Plan, states: Mapping[str, str], days: Mapping[str, StatuteDays], source: str = OWN) -> Plan:
    """The plan with the state of budget lines and the days of statutes as entered, each stated by this source; what is
    as it was keeps its source.
    """
    lines = tuple(
        stated_by(line, source, status=states[line.id]) if states.get(line.id, line.status) != line.status else line
        for line in plan.budget_lines
    )
    statutes = []
    for statute in plan.budget_statutes:
        new = days.get(statute.id, StatuteDays(decided_on=statute.decided_on, in_force_on=statute.in_force_on))
        values = {name: getattr(new, name) for name in ("decided_on", "in_force_on")}
        changed = {name: value for name, value in values.items() if value != getattr(statute, name)}
        statutes.append(stated_by(statute, source, **changed) if changed else statute)
    return with_tables(plan, {"budget_lines": lines, "budget_statutes": tuple(statutes)})


def standing_findings(plan: Plan) -> Iterator[Finding]:
    """Where lines and statutes of the budget contradict each other."""
    for statute in plan.budget_statutes:
        first, last = statute.from_year, statute.to_year
        if statute.decided_on and statute.in_force_on and statute.in_force_on < statute.decided_on:
            message = f"Die Haushaltssatzung {first}/{last} ist in Kraft, bevor sie beschlossen ist."
            yield at(statute, "in_force_on", message, "Tage berichtigen.")
        inside = [x for x in plan.budget_lines if x.from_year and first and last and first <= x.from_year <= last]
        for line in (x for x in inside if statute.in_force_on and x.status != "veranschlagt"):
            message = (
                f"Der Haushalt {first}/{last} ist in Kraft, {line.kind} {line.from_year} gilt noch als {line.status}."
            )
            yield at(line, "status", message, "Den Stand des Ansatzes eintragen.", "warning")
