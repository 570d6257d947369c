"""From a goal to its measures, money, indicators and districts, and from any of these back to the goals (RULES §3)."""

from collections.abc import Iterable
from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.content import Contribution, Goal, Indicator, Measure, SectorPlan
from insek_core.plan.finance import CostItem, FundingProof
from insek_core.plan.record import Record
from insek_core.rules.figures import Figure, field_figure


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What stands behind a goal: every contribution with its judgement, and of those above 0 the Fachteile, Maßnahmen,
    their money (cost items and proofs; `money` is their sum), the goal's indicators, the districts of the measures.
    """

    goal: Goal
    contributions: tuple[Contribution, ...]
    sector_plans: tuple[SectorPlan, ...]
    measures: tuple[Measure, ...]
    cost_items: tuple[CostItem, ...]
    funding_proofs: tuple[FundingProof, ...]
    money: Figure
    indicators: tuple[Indicator, ...]
    districts: tuple[str, ...]


def serving_ids(plan: Plan, goal_id: str) -> tuple[str, ...]:
    """What serves a goal: the origins of its contributions above 0; an empty one says nothing."""
    rows = (c for c in plan.rows_of("contributions", "goal", goal_id) if isinstance(c, Contribution))
    return tuple(dict.fromkeys(c.origin for c in rows if c.weight is not None and c.weight > 0))


def districts_of(measures: Iterable[Measure]) -> tuple[str, ...]:
    """The districts that measures name, each once."""
    return tuple(dict.fromkeys(area for measure in measures for area in measure.districts))


def _proofs(plan: Plan, measure: Measure) -> tuple[FundingProof, ...]:
    return tuple(p for p in plan.rows_of("funding_proofs", "measure", measure.id) if isinstance(p, FundingProof))


def _cost_item(plan: Plan, measure: Measure) -> CostItem | None:
    found = plan.by_id.get(measure.cost_item)
    return found if isinstance(found, CostItem) else None


def _money_rows(plan: Plan, measure: Measure) -> tuple[CostItem, ...] | tuple[FundingProof, ...]:
    """The records that say what a measure costs: its cost item, else its proofs, which prove its money."""
    item = _cost_item(plan, measure)
    return (item,) if item and item.amount_cents is not None else _proofs(plan, measure)


def money_behind(plan: Plan, measure: Measure) -> tuple[str, ...]:
    """The ids of a measure's cost item and proofs."""
    item = _cost_item(plan, measure)
    return (*([item.id] if item else []), *(proof.id for proof in _proofs(plan, measure)))


def money_of(plan: Plan, measures: Iterable[Measure]) -> Figure:
    """The known money of measures in cents, unknown (None) where none is: a cost item counts once, and before the
    proofs of the same measure, which prove its money and are no more of it.
    """
    found: dict[str, Figure] = {}
    unknown = []
    for measure in measures:
        rows = _money_rows(plan, measure)
        known = [field_figure(row, "amount_cents", row.label) for row in rows if row.amount_cents is not None]
        found |= {figure.record: figure for figure in known}
        unknown += [] if known else [measure.name]
    rest = f"; ohne Betrag: {', '.join(unknown)}" if unknown else ""
    return Figure(
        label="Geld der Maßnahmen",
        value=sum(figure.cents for figure in found.values()) if found else None,
        rule=f"Summe der eingetragenen Beträge{rest}",
        source="Kostenpositionen und Finanzierungsnachweise der Planung",
        operands=tuple(found.values()),
    )


def payer_of(plan: Plan, measure: Measure) -> str:
    """Under what the whole money of a measure is counted once: the id of its cost item, which other measures may name,
    else its own id where all its proofs state an amount; empty where its money is not wholly known.
    """
    rows = _money_rows(plan, measure)
    if not rows or any(row.amount_cents is None for row in rows):
        return ""
    return rows[0].id if isinstance(rows[0], CostItem) else measure.id


def partly_known(plan: Plan, measures: Iterable[Measure]) -> bool:
    """Whether the money of some of the measures is known and of some is not: their sum is then a least amount."""
    return len({money_of(plan, [measure]).value is None for measure in measures}) == 2


def trace(plan: Plan, goal: Goal) -> Trace:
    """Everything behind a goal: goal → Fachteil and Maßnahme → euro → district, and its indicators."""
    served = [plan.by_id.get(origin) for origin in serving_ids(plan, goal.id)]
    measures = tuple(row for row in served if isinstance(row, Measure))
    items = (item for measure in measures if (item := _cost_item(plan, measure)))
    return Trace(
        goal=goal,
        contributions=tuple(c for c in plan.rows_of("contributions", "goal", goal.id) if isinstance(c, Contribution)),
        sector_plans=tuple(row for row in served if isinstance(row, SectorPlan)),
        measures=measures,
        cost_items=tuple({item.id: item for item in items}.values()),
        funding_proofs=tuple(proof for measure in measures for proof in _proofs(plan, measure)),
        money=money_of(plan, measures),
        indicators=tuple(i for i in plan.rows_of("indicators", "goal", goal.id) if isinstance(i, Indicator)),
        districts=districts_of(measures),
    )


def _measures_with(plan: Plan, record: Record) -> tuple[str, ...]:
    """The measures that a cost item, a proof or a district stands with."""
    proved = record.measure if isinstance(record, FundingProof) else ""
    return tuple(
        row.id for row in plan.measures if row.id == proved or row.cost_item == record.id or record.id in row.districts
    )


def goals_behind(plan: Plan, record_id: str) -> tuple[Goal, ...]:
    """The way back: which goals an euro (cost item or proof), a measure, a Fachteil, a district or an indicator stands
    for; nothing where none is named.
    """
    record = plan.by_id.get(record_id)
    if record is None:
        return ()
    origins = {record_id, *_measures_with(plan, record)}
    named = {c.goal for c in plan.contributions if c.origin in origins and c.weight is not None and c.weight > 0}
    named |= {record.goal} if isinstance(record, Indicator) else set()
    return tuple(goal for goal in plan.goals if goal.id in named)
