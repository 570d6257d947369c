"""How cost lies in the years: as filed, and moved with the working days of the work it belongs to (RULES §1.7).

What was filed is a field of the record: the years of an item, and the span of its work at that time. What is told
follows from the plan alone, whether a change is tried or saved.
"""

from collections.abc import Mapping
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.finance import CostItem
from insek_core.plan.process import Phase, StaffDays, Task
from insek_core.rules.rounding import largest_remainder
from insek_core.rules.time.schedule import Timetable
from insek_core.rules.time.workdays import Calendar, calendar

SlipSpan = tuple[date, date]
Split = Mapping[int | None, int]  # cents by year
Splits = Mapping[str, Split]  # of each item


def bounds_of(plan: Plan, dates: Timetable, record_id: str) -> SlipSpan | None:
    """First and last day of a task (by the timetable), a phase (as stated) or a format (of its dated events); None if
    unknown.
    """
    record = plan.by_id.get(record_id)
    if isinstance(record, Task):
        found = dates.by_id.get(record_id)
        return (found.start_on, found.finish_on) if found and found.start_on and found.finish_on else None
    if isinstance(record, Phase):
        ends = [record.begin, record.end]
    else:
        events = [dates.event[event.id] for event in plan.rows_of("events", "format", record_id)]
        ends = [event.lies if event.days_late else event.when for event in events] or [getattr(record, "period", None)]
    days = [day for end in ends if end for day in (end.earliest, end.latest) if day]
    return (min(days), max(days)) if days else None


def filed_span(row: CostItem | StaffDays) -> SlipSpan | None:
    """The span of the work when the row was filed; None where it is not entered: then nothing counts as moved."""
    return (row.filed_start_on, row.filed_end_on) if row.filed_start_on and row.filed_end_on else None


def working_days(bounds: SlipSpan, workdays: Calendar) -> dict[int, int]:
    """How many working days of a span lie in each year; a span without any counts its first day."""
    first, last = bounds
    found = {}
    for year in range(first.year, last.year + 1):
        begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        if days := workdays.days(begin, end):
            found[year] = days
    return found or {first.year: 1}


def year_assumed(item: CostItem) -> bool:
    """Whether the year of an item, or its split over several, is an assumption."""
    return item.evidence_of("filed_split" if item.filed_split else "year") == "assumed"


def filed_split(item: CostItem) -> Split:
    """The years of an item as filed, in proportion to its amount now; without a split its one year."""
    if not item.filed_split or not item.amount_cents:
        return {item.year: item.amount_cents or 0}
    years = dict(item.filed_split)
    return dict(zip(years, largest_remainder(item.amount_cents, [*years.values()]), strict=True))


def _shifted(filed: Split, before: dict[int, int], after: dict[int, int], cents: int) -> Split:
    """The filed split with only the difference between both spreads moved; a year gives at most what is filed in it."""
    years = sorted({*before, *after})
    old = dict(zip(years, largest_remainder(cents, [before.get(y, 0) for y in years]), strict=True))
    new = dict(zip(years, largest_remainder(cents, [after.get(y, 0) for y in years]), strict=True))
    leaving = {y: min(filed.get(y, 0), old[y] - new[y]) for y in years if new[y] < old[y]}
    gaining = [y for y in years if new[y] > old[y]]
    arriving = largest_remainder(sum(leaving.values()), [new[y] - old[y] for y in gaining])
    split = dict(filed)
    for year, part in leaving.items():
        split[year] = split.get(year, 0) - part
    for year, part in zip(gaining, arriving, strict=True):
        split[year] = split.get(year, 0) + part
    return {year: part for year, part in split.items() if part} or dict(filed)


def split_of(item: CostItem, now: SlipSpan | None, workdays: Calendar) -> Split:
    """The years of an item whose work lies now in this span; one bound to nothing, or without a filed span, stays."""
    filed, span = filed_split(item), filed_span(item)
    if not item.bound_to or None in filed or not item.amount_cents or span is None or now is None or span == now:
        return filed
    return _shifted(filed, working_days(span, workdays), working_days(now, workdays), item.amount_cents)


def splits(plan: Plan, dates: Timetable) -> Splits:
    """How the cost of every item lies in the years."""
    workdays = calendar(plan)
    return {item.id: split_of(item, bounds_of(plan, dates, item.bound_to), workdays) for item in plan.cost_items}


def moved(plan: Plan, found: Splits) -> Splits:
    """Of these, the items whose cost lies otherwise than filed."""
    return {item.id: found[item.id] for item in plan.cost_items if found[item.id] != filed_split(item)}


def slipped_cents(plan: Plan, found: Splits) -> int:
    """What comes to lie in other years than filed because work moves."""
    filed = {item.id: filed_split(item) for item in plan.cost_items}
    return sum(
        max(0, cents - filed[item].get(year, 0)) for item, split in found.items() for year, cents in split.items()
    )


def over_the_end(item: CostItem, ends: Mapping[int, int], now: SlipSpan, workdays: Calendar) -> int:
    """Cents of an item that come to lie after the last year of the budget they are filed in, when its work lies in this
    span.

    `ends` gives the last year of the budget of each year; 0 where the year has none.
    """
    found, filed = split_of(item, now, workdays), filed_split(item)
    last = max((ends[year] for year in filed if year is not None and year in ends), default=None)
    return 0 if last is None else sum(cents for year, cents in found.items() if year is not None and year > last)
