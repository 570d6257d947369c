"""How cost lies in the years when work moves: an item bound to a task, phase or format follows its working days (RULES
§1.7).
"""

from collections.abc import Mapping
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.finance import CostItem
from insek_core.plan.process import Phase, Task
from insek_core.rules.money.years import Moved, Split
from insek_core.rules.rounding import largest_remainder
from insek_core.rules.time.schedule import Timetable
from insek_core.rules.time.workdays import SAXONY, Calendar, calendar

Bounds = tuple[date, date]


def bounds_of(plan: Plan, dates: Timetable, record_id: str) -> Bounds | None:
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
        ends = [getattr(event, "when", None) for event in plan.rows_of("events", "format", record_id)] or [
            getattr(record, "period", None)
        ]
    days = [day for end in ends if end for day in (end.earliest, end.latest) if day]
    return (min(days), max(days)) if days else None


def working_days(bounds: Bounds, workdays: Calendar = SAXONY) -> dict[int, int]:
    """How many working days of a span lie in each year; a span without any counts its first day."""
    first, last = bounds
    found = {}
    for year in range(first.year, last.year + 1):
        begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        if days := workdays.days(begin, end):
            found[year] = days
    return found or {first.year: 1}


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


def over_the_end(item: CostItem, ends: Mapping[int, int], spans: tuple[Bounds, Bounds], workdays: Calendar) -> int:
    """Cents of an item that come to lie after the last year of the budget it is filed in, when its work moves from one
    span to another.

    `ends` gives the last year of the budget of each year; 0 where the year has none.
    """
    if item.year is None or not item.amount_cents or item.year not in ends or spans[0] == spans[1]:
        return 0
    before, after = (working_days(span, workdays) for span in spans)
    split = _shifted({item.year: item.amount_cents}, before, after, item.amount_cents)
    return sum(cents for year, cents in split.items() if year is not None and year > ends[item.year])


def moved(before: Plan, old: Timetable, after: Plan, new: Timetable) -> Moved:
    """The split by year of each item whose work lies otherwise than before; an item bound to nothing stays where it
    is.
    """
    found: dict[str, Split] = {}
    known = {item.id: item for item in before.cost_items}
    for item in after.cost_items:
        base = known.get(item.id)
        if (
            not item.bound_to
            or base is None
            or base.bound_to != item.bound_to
            or item.year is None
            or not item.amount_cents
        ):
            continue
        spans = bounds_of(before, old, item.bound_to), bounds_of(after, new, item.bound_to)
        if spans[0] is None or spans[1] is None or spans[0] == spans[1]:
            continue
        split = _shifted(
            {item.year: item.amount_cents},
            working_days(spans[0], calendar(before)),
            working_days(spans[1], calendar(after)),
            item.amount_cents,
        )
        if dict(split) != {item.year: item.amount_cents}:
            found[item.id] = split
    return found
