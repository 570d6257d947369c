"""Which rows an office answers for, and where its return stands."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.content import Return
from insek_core.plan.process import Organisation
from insek_core.plan.record import Record

# the column of each table that names who answers for a row
RESPONSIBLE = {
    "tasks": "responsible", "staff_days": "office", "budget_lines": "office", "sector_plans": "lead", "measures": "owner",
    "indicators": "owner", "statements": "responsible", "judgements": "office", "assignments": "office",
}  # fmt: skip


def _answers(row: Record, office: str) -> bool:
    named = getattr(row, RESPONSIBLE[row.table])
    return office in named if isinstance(named, tuple) else named == office


def scope(plan: Plan, office: str) -> Plan:
    """The plan with only the rows an office answers for; tables without such a column are empty."""
    tables = {table: tuple(row for row in plan.rows(table) if _answers(row, office)) for table in RESPONSIBLE}
    return with_tables(Plan(), tables)


def departments(plan: Plan) -> tuple[Organisation, ...]:
    """The organisations that answer for at least one row, in plan order."""
    return tuple(one for one in plan.organisations if any(scope(plan, one.id).rows(table) for table in RESPONSIBLE))


ReplyState = Literal["eingegangen", "Fehlanzeige", "überfällig", "versandt", "nicht versandt"]


@dataclass(frozen=True, kw_only=True)
class ReturnState:
    """Where the return of one office stands; `days_late` counts calendar days after the deadline."""

    office: Organisation
    entry: Return | None
    state: ReplyState
    days_late: int


def return_state(office: Organisation, entry: Return | None, today: date) -> ReturnState:
    """Nothing to report and received end it; else the deadline decides. Without a dispatch date it was not sent."""
    late = max(0, (today - entry.due_on).days) if entry and entry.due_on else 0
    state: ReplyState = "nicht versandt"
    if entry and entry.nil_return:
        state = "Fehlanzeige"
    elif entry and entry.received_on:
        state = "eingegangen"
    elif entry and entry.sent_on:
        state = "überfällig" if late else "versandt"
    return ReturnState(office=office, entry=entry, state=state, days_late=late if state == "überfällig" else 0)


def returns(plan: Plan, today: date) -> tuple[ReturnState, ...]:
    """The return list: every office that answers for something, with its newest entry."""
    newest = {entry.office: entry for entry in sorted(plan.returns, key=lambda e: e.sent_on or date.min)}
    return tuple(return_state(office, newest.get(office.id), today) for office in departments(plan))
