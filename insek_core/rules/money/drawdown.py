"""Money as it is bound, invoiced, paid, called and received, against what may be called (RULES §1.3, 1.8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.finance import BOOKING_KINDS, Booking, Programme
from insek_core.plan.german import parse_share, show_date, show_euro
from insek_core.rules.figures import Figure, add, field_figure
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.grant import Terms, grant_cents
from insek_core.rules.money.programmes import terms_of
from insek_core.rules.time.schedule import Timetable

OVER_CALLED_MONTHS = 2  # longer than this and interest is due
TOLERANCE = Fraction(1, 5)  # by how much a position may exceed the financing plan if others make up for it
PROOF_MONTHS = 12


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
    withheld: Figure
    calls: tuple[Call, ...]
    proof_due: Figure
    findings: tuple[Finding, ...]


def _sum(kind: str, bookings: Iterable[Booking]) -> Figure:
    parts = tuple(
        field_figure(b, "amount_cents", f"{kind} {show_date(b.booked_on) if b.booked_on else ''}".strip())
        for b in bookings
        if b.kind == kind
    )
    return add(kind, parts, rule="Summe der Buchungen")


def _eligible_share(plan: Plan, programme: Programme, booking: Booking) -> Fraction:
    """What of a booking counts: the share of its item; a booking without item counts whole."""
    if not booking.cost_item:
        return Fraction(1)
    return sum(
        (base.eligible_share or Fraction(0) for base in plan.bases(booking.cost_item, programme.id)), Fraction(0)
    )


def _until(plan: Plan, programme: Programme, terms: Terms, bookings: Iterable[Booking]) -> int:
    """The grant on these payments together: rounded once, on the sum (RULES §1.8)."""
    eligible = sum((_eligible_share(plan, programme, b) * (b.amount_cents or 0) for b in bookings), Fraction(0))
    return grant_cents(terms, int(eligible + Fraction(1, 2)))


def _calls(plan: Plan, programme: Programme, terms: Terms, invoices: list[Booking]) -> tuple[Call, ...]:
    found, before = [], 0
    for n, invoice in enumerate(invoices, 1):
        until = _until(plan, programme, terms, invoices[:n])
        found.append(
            Call(
                booking=invoice,
                cumulated_cents=sum(b.amount_cents or 0 for b in invoices[:n]),
                grant_cents=until - before,
            )
        )
        before = until
    return tuple(found)


def _since(plan: Plan, programme: Programme, terms: Terms, bookings: list[Booking]) -> date | None:
    """The day since which more has been called than may be; None if that is not so now."""
    since: date | None = None
    for day in sorted({b.booked_on for b in bookings if b.booked_on}):
        until = [b for b in bookings if b.booked_on and b.booked_on <= day]
        called = sum(b.amount_cents or 0 for b in until if b.kind == "abgerufen")
        over = called > _until(plan, programme, terms, (b for b in until if b.kind == "bezahlt"))
        since = (since or day) if over else None
    return since


def _positions(plan: Plan, bookings: list[Booking]) -> list[str]:
    """Positions paid beyond the financing plan: up to 20 % is allowed if others make up for it."""
    paid: dict[str, int] = {}
    for booking in bookings:
        if booking.kind == "bezahlt" and booking.cost_item:
            paid[booking.cost_item] = paid.get(booking.cost_item, 0) + (booking.amount_cents or 0)
    total, planned = sum(paid.values()), sum(item.amount_cents or 0 for item in plan.cost_items)
    found = []
    for item in plan.cost_items:
        spent, amount = paid.get(item.id, 0), item.amount_cents
        if amount is None or spent <= amount:
            continue
        if spent > amount * (1 + TOLERANCE):
            found.append(
                f"{item.name} liegt mit {show_euro(spent)} mehr als 20 % über dem Finanzierungsplan "
                f"({show_euro(amount)})."
            )
        elif total > planned:
            found.append(f"{item.name} liegt über dem Finanzierungsplan, ohne dass andere Positionen es ausgleichen.")
    return found


def _share_setting(plan: Plan, key: str, default: str) -> Fraction:
    try:
        return parse_share(plan.setting(key, default))
    except ValueError:
        return parse_share(default)


def _proof(plan: Plan, dates: Timetable) -> Figure:
    ended = Figure(
        label="Ende des letzten Arbeitsschritts",
        value=dates.finish_on,
        unit="date",
        rule="Vorwärtsrechnung",
        evidence="assumed",
    )
    due = dates.finish_on + relativedelta(months=PROOF_MONTHS) if dates.finish_on else None
    return Figure(
        label="Verwendungsnachweis fällig",
        value=due,
        unit="date",
        rule=f"{PROOF_MONTHS} Monate nach Abschluss",
        operands=(ended,),
    )


def _above(label: str, called: Figure, limit: Figure) -> Figure:
    """What has been called beyond a limit, 0 if nothing; unknown as soon as one of them is."""
    value = None if called.value is None or limit.value is None else max(0, called.cents - limit.cents)
    return Figure(label=label, value=value, rule=f"abgerufen − {limit.label}, mindestens 0", operands=(called, limit))


def drawdown(plan: Plan, funding: Funding, dates: Timetable, today: date) -> Drawdown:
    """The state of the money on a day; bookings after it do not count. Computed for one programme, else unknown."""
    bookings = sorted(
        (b for b in plan.bookings if b.booked_on and b.booked_on <= today), key=lambda b: (b.booked_on, b.id)
    )
    sums = tuple(_sum(kind, bookings) for kind in BOOKING_KINDS)
    by_kind = dict(zip(BOOKING_KINDS, sums, strict=True))
    programme = plan.programmes[0] if len(plan.programmes) == 1 else None
    terms = terms_of(programme) if programme else Terms()
    unknown = Figure(
        label="abrufbar", value=None, rule="nur mit genau einem Förderprogramm, dessen Bedingungen bekannt sind"
    )
    may, since = unknown, None
    calls: tuple[Call, ...] = ()
    if programme and terms.known:
        may = Figure(
            label="abrufbar auf das Bezahlte",
            value=_until(plan, programme, terms, (b for b in bookings if b.kind == "bezahlt")),
            rule="Förderung auf die bezahlten zuwendungsfähigen Ausgaben, einmal gerundet",
            operands=(by_kind["bezahlt"],),
        )
        since = _since(plan, programme, terms, bookings)
        calls = _calls(plan, programme, terms, [b for b in bookings if b.kind == "berechnet"])
    over = _above("zu viel abgerufen", by_kind["abgerufen"], may)
    back = _above("voraussichtlicher Erstattungsbetrag", by_kind["abgerufen"], funding.grant)
    held = _share_setting(plan, "withheld_share", "0 %")
    withheld = Figure(
        label="Einbehalt der letzten Rate",
        value=None if funding.grant.value is None else int(held * funding.grant.cents),
        rule="Einbehalt × Förderung",
        operands=(funding.grant,),
    )
    notes = _positions(plan, bookings)
    if since and over.value is not None and over.cents > 0 and since + relativedelta(months=OVER_CALLED_MONTHS) < today:
        notes.append(
            f"Seit dem {show_date(since)} sind {over.show()} mehr abgerufen, als verbraucht ist; nach zwei "
            "Monaten drohen Zinsen."
        )
    if back.value is not None and back.cents > 0:
        notes.append(
            f"Abgerufen sind {back.show()} mehr als die Förderung; dieser Betrag ist voraussichtlich zu erstatten."
        )
    return Drawdown(
        sums=sums,
        callable=may,
        over_called=over,
        over_called_since=since,
        repayment=back,
        withheld=withheld,
        calls=calls,
        proof_due=_proof(plan, dates),
        findings=tuple(
            Finding(level="warning", table="bookings", message=note, remedy="Buchungen und Abruf prüfen.")
            for note in notes
        ),
    )
