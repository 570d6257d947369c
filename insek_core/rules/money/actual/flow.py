"""Money flow against the plan: cost as it should arise month by month, beside what has been committed, invoiced, paid,
called and received (RULES §1.7, 1.8).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from insek_core.plan import Plan
from insek_core.plan.finance import BOOKING_WORDS, Booking, CostItem
from insek_core.plan.german import show_date, show_list
from insek_core.rules.figures import Figure, Sentence, field_figure
from insek_core.rules.money.slip import SlipSpan, bounds_of, splits
from insek_core.rules.rounding import largest_remainder
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.schedule import Timetable
from insek_core.rules.time.workdays import Calendar, calendar

MonthCosts = dict[date, int]  # cents by the last day of the month
Cumulated = tuple[tuple[date, int], ...]


@dataclass(frozen=True, kw_only=True)
class BookedLine:
    """The bookings of a kind up to the day looked at, cumulated by day; without any there is no line, not one at 0."""

    kind: str
    total: Figure
    cumulated: Cumulated

    @property
    def word(self) -> str:
        """What people call it: "Rechnungen (berechnet)"."""
        return BOOKING_WORDS[self.kind]


@dataclass(frozen=True, kw_only=True)
class MoneyFlow:
    """Planned cost cumulated by month, what is planned until the day looked at, cost without a month, and the lines of
    the bookings.
    """

    planned: Cumulated
    until_today: Figure
    undated: Figure
    lines: tuple[BookedLine, ...]
    today: date

    @property
    def booked(self) -> tuple[BookedLine, ...]:
        """The lines that have a booking."""
        return tuple(line for line in self.lines if line.cumulated)


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    first = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return days_later(first, -1)


def months_of(year: int, span: SlipSpan | None, workdays: Calendar) -> dict[date, int]:
    """The months of a year in which the work of a span lies, each with its working days; work that nobody has dated,
    or that does not lie in this year, may lie in any month of it.
    """
    ends = [month_end(date(year, month, 1)) for month in range(1, 13)]
    if span is None:
        return dict.fromkeys(ends, 1)
    spans = {end: (max(span[0], end.replace(day=1)), min(span[1], end)) for end in ends}
    found = {end: workdays.days(*inside) for end, inside in spans.items() if inside[0] <= inside[1]}
    return {end: days for end, days in found.items() if days} or dict.fromkeys(found or ends, 1)


def month_costs(plan: Plan, dates: Timetable) -> MonthCosts:
    """What every month costs: the years of each item (RULES §1.7), in each year by the working days of its work."""
    workdays, found = calendar(plan), dict[date, int]()
    for item, by_year in _years(plan, dates):
        span = bounds_of(plan, dates, item.bound_to) if item.bound_to else None
        for year, cents in by_year.items():
            months = months_of(year, span, workdays)
            for end, part in zip(months, largest_remainder(cents, [*months.values()]), strict=True):
                found[end] = found.get(end, 0) + part
    return {end: found.get(end, 0) for end in _months_between(found)}


def _months_between(found: MonthCosts) -> list[date]:
    """The last day of every month from the first to the last, those in which nothing arises among them."""
    if not found:
        return []
    first, last = min(found), max(found)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [month_end(date(number // 12, number % 12 + 1, 1)) for number in numbers]


def _years(plan: Plan, dates: Timetable) -> list[tuple[CostItem, Mapping[int, int]]]:
    found = splits(plan, dates)
    return [(item, {y: cents for y, cents in found[item.id].items() if y is not None}) for item in plan.cost_items]


def _undated(plan: Plan, dates: Timetable) -> Figure:
    every, unknown = splits(plan, dates), any(item.amount_cents is None for item in plan.cost_items)
    cents = sum(split.get(None, 0) for split in every.values())
    return Figure(label="Kosten ohne Jahr", value=None if unknown else cents, rule="Kostenpositionen ohne Jahr")


def cumulated_cents(by_month: Mapping[date, int], until: date) -> int:
    """What arises up to a day; the month it lies in counts with the share of its days that have passed."""
    whole = sum(cents for end, cents in by_month.items() if end <= until)
    running = next((cents for end, cents in by_month.items() if end.replace(day=1) <= until < end), 0)
    return whole + running * until.day // month_end(until).day


def _line(kind: str, total: Figure, bookings: list[Booking]) -> BookedLine:
    own = [(b.booked_on, b.amount_cents or 0) for b in bookings if b.kind == kind and b.booked_on]
    by_day = {day: sum(cents for other, cents in own if other == day) for day in sorted({day for day, _ in own})}
    return BookedLine(kind=kind, total=total, cumulated=tuple(zip(by_day, accumulate(by_day.values()), strict=True)))


def money_flow(plan: Plan, dates: Timetable, sums: Sequence[Figure], today: date) -> MoneyFlow:
    """The flow of a plan on a day, with the sums by kind of booking; bookings after it do not count."""
    months = month_costs(plan, dates)
    bookings = [b for b in plan.bookings if b.booked_on and b.booked_on <= today]
    known = bool(plan.cost_items) and all(item.amount_cents is not None for item in plan.cost_items)
    until = Figure(
        label=f"nach Plan bis {show_date(today)} angefallen",
        value=cumulated_cents(months, today) if known else None,
        rule="Jahre der Kostenpositionen, im Jahr nach den Arbeitstagen ihrer Arbeit auf die Monate verteilt",
        operands=tuple(field_figure(item, "amount_cents", item.name) for item in plan.cost_items),
        split=True,
    )
    return MoneyFlow(
        planned=tuple(zip(months, accumulate(months.values()), strict=True)),
        until_today=until,
        undated=_undated(plan, dates),
        lines=tuple(_line(total.label, total, bookings) for total in sums),
        today=today,
    )


def flow_sentence(flow: MoneyFlow) -> Sentence:
    """How far the money has flowed against the plan; what nobody has booked is unknown."""
    day, plan = show_date(flow.today), flow.until_today
    lead = f"Nach Plan sind bis {day} {plan.told()} angefallen" if plan.value is not None else ""
    figures = (plan,) if lead else ()
    if not flow.booked:
        first = f"{lead}. " if lead else ""
        text = f"{first}Gebucht ist noch nichts: Was gebunden, bezahlt und abgerufen ist, ist unbekannt."
        return Sentence(text=text, screen="haushalt", figures=figures)
    known = show_list(f"{line.total.show()} {line.kind}" for line in flow.booked)
    missing = [line.kind for line in flow.lines if not line.cumulated]
    more = f"; nicht gebucht: {', '.join(missing)}" if missing else ""
    text = f"{lead}; {known}{more}." if lead else f"Gebucht sind {known}{more}."
    return Sentence(text=text, screen="haushalt", figures=(*figures, *(line.total for line in flow.booked)))
