"""Money as it is bound, invoiced, paid, called and received, against what may be called (RULES §1.3, 1.8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from dateutil.relativedelta import relativedelta

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.finance import BOOKING_KINDS, Booking, Programme
from insek_core.plan.german import count, show_date, show_euro, show_share
from insek_core.rules.figures import Figure, add, field_figure
from insek_core.rules.money.actual.due import proved
from insek_core.rules.money.actual.flow import MoneyFlow, money_flow
from insek_core.rules.money.actual.proof import ProofState
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.grant import Law, law_of
from insek_core.rules.money.programmes import terms_of
from insek_core.rules.rounding import round_half_up
from insek_core.rules.settings import ruled_months, ruled_share
from insek_core.rules.time.schedule import Timetable

# where the plan's settings say nothing: months until interest is due, by how much a position may exceed the financing
# plan if others make up for it
OVER_CALLED_MONTHS, TOLERANCE = 2, Fraction(1, 5)
NOTHING = "keine Buchung eingetragen"


@dataclass(frozen=True, kw_only=True)
class Call:
    """What an invoice lets the city call: the grant on all invoices up to it, less what could be called before."""

    booking: Booking
    cumulated_cents: int
    grant_cents: int


@dataclass(frozen=True, kw_only=True)
class Drawdown:
    """Sums by kind of booking; what may be called on what is paid, what is called too much and since when; the proof of
    use.
    """

    sums: tuple[Figure, ...]
    callable: Figure
    over_called: Figure
    over_called_since: date | None
    repayment: Figure
    repayment_if_growing: Figure
    callable_if_growing: Figure
    withheld: Figure
    calls: tuple[Call, ...]
    proof_due: Figure
    proofs: tuple[ProofState, ...]
    flow: MoneyFlow
    findings: tuple[Finding, ...]


def _sum(kind: str, bookings: Iterable[Booking], *, any_known: bool) -> Figure:
    """The bookings of a kind together; without any booking at all nothing is known, not even that it is 0."""
    parts = tuple(
        field_figure(b, "amount_cents", f"{kind} {show_date(b.booked_on) if b.booked_on else ''}".strip())
        for b in bookings
        if b.kind == kind
    )
    return add(kind, parts, rule="Summe der Buchungen") if any_known else Figure(label=kind, value=None, rule=NOTHING)


@dataclass(frozen=True)
class _Counter:
    """What payments and invoices let the city call: the grant on their eligible sum, rounded once (RULES §1.8)."""

    plan: Plan
    programme: Programme
    law: Law

    def eligible(self, booking: Booking) -> Fraction:
        """What of a booking counts: the share of its item; a booking without item counts whole."""
        if not booking.cost_item:
            return Fraction(booking.amount_cents or 0)
        bases = self.plan.bases(booking.cost_item, self.programme.id)
        return sum((base.eligible_share or Fraction(0) for base in bases), Fraction(0)) * (booking.amount_cents or 0)

    def grant(self, eligible: Fraction) -> int:
        """The grant on so much."""
        return self.law.grant_cents(round_half_up(eligible))

    def calls(self, invoices: Iterable[Booking]) -> tuple[Call, ...]:
        """What each invoice lets the city call: the grant on all up to it, less what could be called before."""
        found, cumulated, eligible, before = [], 0, Fraction(0), 0
        for invoice in invoices:
            cumulated, eligible = cumulated + (invoice.amount_cents or 0), eligible + self.eligible(invoice)
            until = self.grant(eligible)
            found.append(Call(booking=invoice, cumulated_cents=cumulated, grant_cents=until - before))
            before = until
        return tuple(found)

    def over_since(self, bookings: Iterable[Booking]) -> date | None:
        """The day since which more has been called than may be; None if that is not so now. Bookings in their order."""
        since: date | None = None
        called, eligible = 0, Fraction(0)
        for day, of_day in groupby(bookings, key=lambda b: b.booked_on):
            for booking in of_day:
                called += (booking.amount_cents or 0) if booking.kind == "abgerufen" else 0
                eligible += self.eligible(booking) if booking.kind == "bezahlt" else 0
            since = (since or day) if called > self.grant(eligible) else None
        return since


def _positions(plan: Plan, bookings: list[Booking]) -> list[str]:
    """Positions paid beyond the financing plan: up to 20 % is allowed if others make up for it."""
    paid: dict[str, int] = {}
    for booking in bookings:
        if booking.kind == "bezahlt" and booking.cost_item:
            paid[booking.cost_item] = paid.get(booking.cost_item, 0) + (booking.amount_cents or 0)
    total, planned = sum(paid.values()), sum(item.amount_cents or 0 for item in plan.cost_items)
    rule = ruled_share(plan, "overspend_share", "Zulässige Überschreitung einer Position", TOLERANCE)
    tolerance = rule.share
    found = []
    for item in plan.cost_items:
        spent, amount = paid.get(item.id, 0), item.amount_cents
        if amount is None or spent <= amount:
            continue
        if spent > amount * (1 + tolerance):
            found.append(
                f"{item.name} liegt mit {show_euro(spent)} mehr als {show_share(tolerance)} über dem Finanzierungsplan "
                f"({show_euro(amount)}){rule.cited}."
            )
        elif total > planned:
            found.append(
                f"{item.name} liegt über dem Finanzierungsplan, ohne dass andere Positionen es ausgleichen{rule.cited}."
            )
    return found


def _above(label: str, called: Figure, limit: Figure) -> Figure:
    """What has been called beyond a limit, 0 if nothing; unknown as soon as one of them is."""
    value = None if called.value is None or limit.value is None else max(0, called.cents - limit.cents)
    return Figure(label=label, value=value, rule=f"abgerufen − {limit.label}, mindestens 0", operands=(called, limit))


def _callable(
    plan: Plan, bookings: Sequence[Booking], paid: Figure, *, capped: bool = True
) -> tuple[Figure, date | None, tuple[Call, ...]]:
    """What may be called on what is paid, since when too much is called, and the calls by invoice; unknown but for one
    programme with known terms.
    """
    programme = plan.programmes[0] if len(plan.programmes) == 1 else None
    planned = [fund.amount_cents for fund in plan.funds if fund.planned is not False]
    if programme is None or not terms_of(programme).known or None in planned:
        rule = "nur mit genau einem Förderprogramm, dessen Bedingungen bekannt sind"
        return Figure(label="abrufbar", value=None, rule=rule), None, ()
    counter = _Counter(
        plan, programme, law_of(terms_of(programme, capped=capped), sum(cents or 0 for cents in planned))
    )
    eligible = sum((counter.eligible(b) for b in bookings if b.kind == "bezahlt"), Fraction(0))
    may = Figure(
        label="abrufbar auf das Bezahlte",
        value=counter.grant(eligible) if paid.value is not None else None,
        rule="Förderung auf die bezahlten zuwendungsfähigen Ausgaben, einmal gerundet",
        operands=(paid,),
    )
    return may, counter.over_since(bookings), counter.calls(b for b in bookings if b.kind == "berechnet")


def _notes(
    plan: Plan, bookings: list[Booking], over: str, since: date | None, back: str, today: date
) -> tuple[Finding, ...]:
    """What the flow of money says of itself; `over` is what is called beyond what was spent, `back` what beyond the
    grant, in both cases; empty: nothing.
    """
    notes = _positions(plan, bookings)
    rule = ruled_months(plan, "call_interest_months", "Frist bis zur Verzinsung in Monaten", OVER_CALLED_MONTHS)
    months = rule.whole
    if since and over and since + relativedelta(months=months) < today:
        notes.append(
            f"Seit dem {show_date(since)} ist mehr abgerufen, als verbraucht ist: {over}; nach "
            f"{count(months, 'Monat', 'Monaten')} drohen Zinsen{rule.cited}."
        )
    if back:
        notes.append(f"Abgerufen sind {back} mehr als die Förderung; dieser Betrag ist voraussichtlich zu erstatten.")
    remedy = "Buchungen und Abruf prüfen."
    return tuple(Finding(level="warning", table="bookings", message=note, remedy=remedy) for note in notes)


def _both(funding: Funding, capped: Figure, growing: Figure) -> str:
    """An amount in both cases of the ceiling; empty where it is none or unknown."""
    return funding.both(capped, growing) if capped.value else ""


def _withheld(plan: Plan, grant: Figure) -> Figure:
    """What of the grant the last payment keeps back."""
    held = ruled_share(plan, "retention_share", "Einbehalt bei der letzten Auszahlung", Fraction(0))
    return Figure(
        label="Einbehalt der letzten Rate",
        value=None if grant.value is None else int(held.share * grant.cents),
        rule=f"Einbehalt × Förderung{held.cited}",
        operands=(held.figure, grant),
    )


def drawdown(plan: Plan, funding: Funding, dates: Timetable, today: date) -> Drawdown:
    """The state of the money on a day; bookings after it do not count. Computed for one programme, else unknown."""
    bookings = sorted(
        (b for b in plan.bookings if b.booked_on and b.booked_on <= today), key=lambda b: (b.booked_on, b.id)
    )
    by_kind = {kind: _sum(kind, bookings, any_known=bool(bookings)) for kind in BOOKING_KINDS}
    may, since, calls = _callable(plan, bookings, by_kind["bezahlt"])
    over = _above("zu viel abgerufen", by_kind["abgerufen"], may)
    may_growing, *_ = _callable(plan, bookings, by_kind["bezahlt"], capped=False)
    over_growing = _above("zu viel abgerufen", by_kind["abgerufen"], may_growing)
    back = _above("voraussichtlicher Erstattungsbetrag", by_kind["abgerufen"], funding.grant)
    growing = _above("voraussichtliche Erstattung", by_kind["abgerufen"], funding.grant_if_growing)
    proofs, due, faults = proved(plan, dates, today)
    return Drawdown(
        sums=tuple(by_kind.values()),
        callable=may,
        over_called=over,
        over_called_since=since,
        repayment=back,
        repayment_if_growing=growing,
        callable_if_growing=may_growing,
        withheld=_withheld(plan, funding.grant),
        calls=calls,
        proof_due=due,
        proofs=proofs,
        flow=money_flow(plan, dates, tuple(by_kind.values()), today),
        findings=(
            *_notes(plan, bookings, _both(funding, over, over_growing), since, _both(funding, back, growing), today),
            *faults,
        ),
    )
