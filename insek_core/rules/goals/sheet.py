"""The sheet of an entry: what it contributes to which goal, which goals it stands for, and what it hangs together with
(RULES §3). Euro, place, Fachteil, measure and indicator lead back to the goals.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.content import Contribution, Goal, Measure
from insek_core.plan.finance import CostItem, FundingProof
from insek_core.plan.record import Record
from insek_core.rules.goals.trace import districts_of, goals_behind

SHEETS = ("goals", "sector_plans", "measures", "formats", "cost_items", "funding_proofs", "indicators", "areas")


@dataclass(frozen=True, kw_only=True)
class EntrySheet:
    """An entry with its contributions, or those of its measures, whatever their weight; the goals that it stands for;
    and the sheet_entries it hangs together with.
    """

    record: Record
    contributions: tuple[Contribution, ...]
    goals: tuple[Goal, ...]
    beside: tuple[Record, ...]


def _measures(plan: Plan, record: Record) -> Iterator[Measure]:
    """The measures of a Fachteil, of an euro or in a district."""
    proved = record.measure if isinstance(record, FundingProof) else ""
    for row in plan.measures:
        if record.id in (row.sector_plan, row.cost_item, *row.districts) or row.id == proved:
            yield row


def _of_measure(plan: Plan, measure: Measure) -> Iterator[Record]:
    """Fachteil, money and districts of a measure."""
    proofs = plan.rows_of("funding_proofs", "measure", measure.id)
    named = (measure.sector_plan, measure.cost_item, *(row.id for row in proofs), *measure.districts)
    yield from (plan.by_id[one] for one in named if one in plan.by_id)


def _beside(plan: Plan, record: Record) -> Iterable[Record]:
    if isinstance(record, Measure):
        return _of_measure(plan, record)
    if isinstance(record, Goal):
        parent = plan.by_id.get(record.parent)
        return (*([parent] if parent else []), *plan.rows_of("goals", "parent", record.id))
    measures = tuple(_measures(plan, record))
    money = isinstance(record, CostItem | FundingProof)
    more = (row for m in measures for row in _of_measure(plan, m) if row.id != record.id) if money else ()
    return (*measures, *more)


def entry_sheet(plan: Plan, record: Record) -> EntrySheet:
    """What is to be said of an entry and where its traces lead; a Fachteil speaks for itself and not for its
    measures.
    """
    own = {record.id} | ({m.id for m in _measures(plan, record)} if record.table != "sector_plans" else set())
    return EntrySheet(
        record=record,
        contributions=tuple(c for c in plan.contributions if c.origin in own),
        goals=goals_behind(plan, record.id),
        beside=tuple({row.id: row for row in _beside(plan, record)}.values()),
    )


def sheet_entries(plan: Plan) -> tuple[Record, ...]:
    """What has a sheet to look up: the goals, what may serve them, the money, indicators and districts of these."""
    items = {measure.cost_item for measure in plan.measures}
    places = set(districts_of(plan.measures))
    return (
        *plan.goals,
        *plan.sector_plans,
        *plan.measures,
        *(row for row in plan.formats if plan.rows_of("contributions", "origin", row.id)),
        *(row for row in plan.cost_items if row.id in items),
        *plan.funding_proofs,
        *plan.indicators,
        *(row for row in plan.areas if row.id in places),
    )
