"""Person-days by office, and until when work binds it (RULES §2: all assumed until entered)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.process import StaffDays
from insek_core.rules.figures import Figure, field_figure
from insek_core.rules.money.slip import bounds_of, filed_span, working_days
from insek_core.rules.rounding import largest_remainder, round_half_up
from insek_core.rules.time.schedule import Timetable
from insek_core.rules.time.workdays import calendar


@dataclass(frozen=True, kw_only=True)
class StaffLoad:
    """What an office gives: person-days and the day until which its work binds it."""

    office: str
    name: str
    days: Figure
    until: Figure


def _work(plan: Plan, office: str) -> tuple[StaffDays, ...]:
    return tuple(row for row in plan.rows_of("staff_days", "office", office) if isinstance(row, StaffDays))


def _days_of(plan: Plan, dates: Timetable, row: StaffDays) -> Figure:
    """The person-days of a row; work that lasts longer than it was filed takes days in proportion."""
    part = field_figure(row, "days", f"Personentage für {plan.name(row.work)}", "count")
    now, filed, workdays = bounds_of(plan, dates, row.work), filed_span(row), calendar(plan)
    if row.days is None or now is None or filed is None or now == filed:
        return part
    today, then = (sum(working_days(span, workdays).values()) for span in (now, filed))
    if today == then:
        return part
    longer = Figure(label="Arbeitstage jetzt zu angemeldet", value=f"{today} zu {then}", unit="text")
    return Figure(
        label=part.label,
        value=round_half_up(Fraction(row.days * today, then)),
        unit="count",
        rule="Personentage im Verhältnis der Arbeitstage",
        operands=(part, longer),
    )


def _days(plan: Plan, dates: Timetable, office: str) -> Figure:
    """The person-days of an office; unknown as soon as those of one work are."""
    parts = tuple(_days_of(plan, dates, row) for row in _work(plan, office))
    values = [part.value for part in parts]
    return Figure(
        label=f"Personentage {plan.name(office)}",
        value=None if None in values else sum(value for value in values if isinstance(value, int)),
        unit="count",
        rule="Summe über Phasen und Arbeitsschritte",
        operands=parts,
    )


def staff(plan: Plan, dates: Timetable) -> tuple[StaffLoad, ...]:
    """The load of every office that gives person-days."""
    found = []
    for office in dict.fromkeys(row.office for row in plan.staff_days):
        work = _work(plan, office)
        bounds = [span for row in work if (span := bounds_of(plan, dates, row.work))]
        last = Figure(
            label=f"{plan.name(office)} gebunden bis",
            value=max((span[1] for span in bounds), default=None),
            unit="date",
            rule="Ende der letzten Arbeit",
            operands=tuple(field_figure(row, "work", plan.name(row.work), "text") for row in work),
        )
        found.append(StaffLoad(office=office, name=plan.name(office), days=_days(plan, dates, office), until=last))
    return tuple(found)


def by_month(plan: Plan, dates: Timetable) -> dict[str, dict[tuple[int, int], int]]:
    """Person-days of each office by (year, month): spread over the working days of the work, by largest remainder.

    Work without days or dates is left out: what is unknown has no month.
    """
    workdays = calendar(plan)
    found: dict[str, dict[tuple[int, int], int]] = {}
    for row in plan.staff_days:
        bounds = bounds_of(plan, dates, row.work)
        days = _days_of(plan, dates, row).value
        if not isinstance(days, int) or bounds is None:
            continue
        first, last = bounds
        months = [(n // 12, n % 12 + 1) for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]
        spans = [(max(first, date(y, m, 1)), min(last, date(y, m, monthrange(y, m)[1]))) for y, m in months]
        weights = [workdays.days(*span) for span in spans]
        parts = largest_remainder(days, weights if any(weights) else [1, *[0] * (len(months) - 1)])
        own = found.setdefault(row.office, {})
        for month, part in zip(months, parts, strict=True):
            own[month] = own.get(month, 0) + part
    return found
