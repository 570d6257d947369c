"""Person-days by office, and until when work binds it (RULES §2: all assumed until entered)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.process import StaffDays
from insek_core.rules.figures import Figure, field_figure
from insek_core.rules.money.slip import bounds_of, working_days
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


def _length(plan: Plan, dates: Timetable, work: str) -> int:
    bounds = bounds_of(plan, dates, work)
    return sum(working_days(bounds, calendar(plan)).values()) if bounds else 0


def _days(plan: Plan, dates: Timetable, before: Plan, old: Timetable, office: str) -> Figure:
    """The person-days of an office; work that lasts longer than before takes days in proportion."""
    parts = []
    for row in _work(plan, office):
        part = field_figure(row, "days", f"Personentage für {plan.name(row.work)}", "count")
        now, then = _length(plan, dates, row.work), _length(before, old, row.work)
        if row.days is not None and now and then and now != then:
            longer = Figure(
                label="Arbeitstage jetzt zu vorher", value=f"{now} zu {then}", unit="text", evidence="derived"
            )
            part = Figure(
                label=part.label,
                value=round_half_up(Fraction(row.days * now, then)),
                unit="count",
                rule="Personentage im Verhältnis der Arbeitstage",
                operands=(part, longer),
            )
        parts.append(part)
    values = [part.value for part in parts]
    total = None if None in values else sum(value for value in values if isinstance(value, int))
    return Figure(
        label=f"Personentage {plan.name(office)}",
        value=total,
        unit="count",
        rule="Summe über Phasen und Arbeitsschritte",
        operands=tuple(parts),
    )


def staff(plan: Plan, dates: Timetable, before: Plan, old: Timetable) -> tuple[StaffLoad, ...]:
    """The load of every office that gives person-days; without changes `before` is the plan itself."""
    found = []
    for office in dict.fromkeys(row.office for row in plan.staff_days):
        work = _work(plan, office)
        until: date | None = max(
            (bounds[1] for row in work if (bounds := bounds_of(plan, dates, row.work))), default=None
        )
        told = tuple(field_figure(row, "work", plan.name(row.work), "text") for row in work)
        last = Figure(
            label=f"{plan.name(office)} gebunden bis",
            value=until,
            unit="date",
            rule="Ende der letzten Arbeit",
            operands=told,
        )
        found.append(
            StaffLoad(office=office, name=plan.name(office), days=_days(plan, dates, before, old, office), until=last)
        )
    return tuple(found)


def by_month(plan: Plan, dates: Timetable) -> dict[str, dict[tuple[int, int], int]]:
    """Person-days of each office by (year, month): spread over the working days of the work, by largest remainder.

    Work without days or dates is left out: what is unknown has no month.
    """
    workdays = calendar(plan)
    found: dict[str, dict[tuple[int, int], int]] = {}
    for row in plan.staff_days:
        bounds = bounds_of(plan, dates, row.work)
        if row.days is None or bounds is None:
            continue
        first, last = bounds
        months = [(n // 12, n % 12 + 1) for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]
        spans = [(max(first, date(y, m, 1)), min(last, date(y, m, monthrange(y, m)[1]))) for y, m in months]
        weights = [workdays.days(*span) for span in spans]
        parts = largest_remainder(row.days, weights if any(weights) else [1, *[0] * (len(months) - 1)])
        own = found.setdefault(row.office, {})
        for month, part in zip(months, parts, strict=True):
            own[month] = own.get(month, 0) + part
    return found
