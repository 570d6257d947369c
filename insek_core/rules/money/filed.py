"""What was filed, entered where it is missing: it stays when work moves, and what moves is told against it (RULES
§1.7).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from insek_core.plan import Plan
from insek_core.plan.finance import CostItem, Programme
from insek_core.plan.process import StaffDays
from insek_core.rules.money.basis import eligible_parts
from insek_core.rules.money.slip import SlipSpan, bounds_of, filed_span
from insek_core.rules.time.schedule import timetable

Filed = TypeVar("Filed", CostItem, StaffDays)
SPAN = ("filed_start_on", "filed_end_on")


def _work(row: CostItem | StaffDays) -> str:
    return row.bound_to if isinstance(row, CostItem) else row.work


def _basis(row: CostItem | StaffDays) -> tuple[object, ...]:
    """What a row is filed with: for another one it is filed anew."""
    return (row.bound_to, row.year, row.filed_split) if isinstance(row, CostItem) else (row.work, row.days)


def _spanned(row: Filed, spans: dict[str, SlipSpan | None]) -> Filed:
    span = spans.get(_work(row))
    if filed_span(row) is not None or span is None:
        return row
    marks = {**dict(row.field_evidence), **dict.fromkeys(SPAN, "derived")}
    return replace(row, filed_start_on=span[0], filed_end_on=span[1], field_evidence=tuple(sorted(marks.items())))


def _with_spans(plan: Plan) -> Plan:
    rows: list[CostItem | StaffDays] = [*(item for item in plan.cost_items if item.bound_to), *plan.staff_days]
    open_ = {_work(row) for row in rows if filed_span(row) is None}
    if not open_:
        return plan
    dates = timetable(plan)
    spans = {work: bounds_of(plan, dates, work) for work in open_}
    if not any(spans.values()):
        return plan
    return replace(
        plan,
        cost_items=tuple(_spanned(item, spans) for item in plan.cost_items),
        staff_days=tuple(_spanned(row, spans) for row in plan.staff_days),
    )


def _with_eligible(plan: Plan) -> Plan:
    if all(programme.filed_eligible_cents is not None for programme in plan.programmes):
        return plan
    parts = eligible_parts(plan)

    def filed(programme: Programme) -> Programme:
        cents = [figure.value for figure in parts[programme.id].values()]
        if programme.filed_eligible_cents is not None or not cents or None in cents:
            return programme
        marks = {**dict(programme.field_evidence), "filed_eligible_cents": "derived"}
        whole = sum(value for value in cents if isinstance(value, int))
        return replace(programme, filed_eligible_cents=whole, field_evidence=tuple(sorted(marks.items())))

    return replace(plan, programmes=tuple(filed(programme) for programme in plan.programmes))


def as_filed(plan: Plan) -> Plan:
    """The plan with what was filed entered where it is missing: the span of the work behind a cost or person-days, by
    its
    own timetable without progress, and the eligible cost of a programme. What is entered stays.
    """
    return _with_eligible(_with_spans(plan))


def _anew(row: Filed, old: object) -> Filed:
    """The row without its filed span where it is filed with something else than before and the span was left as it
    was.
    """
    if not isinstance(old, type(row)) or _basis(old) == _basis(row) or filed_span(old) != filed_span(row):
        return row
    return replace(row, filed_start_on=None, filed_end_on=None)


def refiled(before: Plan, after: Plan) -> Plan:
    """An edited plan as it is saved: what is new, or bound to other work or years than before, is filed with its work
    as
    it lies now; all else keeps what was filed, entered from the plan before where it was missing.
    """
    known = as_filed(before).by_id
    after = replace(
        after,
        cost_items=tuple(_kept(_anew(row, before.by_id.get(row.id)), known) for row in after.cost_items),
        staff_days=tuple(_kept(_anew(row, before.by_id.get(row.id)), known) for row in after.staff_days),
    )
    return as_filed(after)


def _kept(row: Filed, known: Mapping[str, object]) -> Filed:
    """The row with the span it was filed with before, where its own is missing and it is filed with the same."""
    old = known.get(row.id)
    if filed_span(row) is not None or not isinstance(old, type(row)) or _basis(old) != _basis(row):
        return row
    span = filed_span(old)
    return row if span is None else _spanned(row, {_work(row): span})
