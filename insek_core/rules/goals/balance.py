"""What serves no goal, by kind, and how the goals lie over the horizons (RULES §3)."""

from collections.abc import Collection
from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.content import HORIZONS, Goal, Measure
from insek_core.plan.record import Record


@dataclass(frozen=True, kw_only=True)
class Orphans:
    """What serves nothing that the plan names as goal, orientation or principle, by kind. `unrated` may serve: a
    contribution of theirs is named and not judged, so that they count as unknown and not as orphans.
    """

    sector_plans: tuple[Record, ...]
    measures: tuple[Record, ...]
    formats: tuple[Record, ...]
    unrated: tuple[Record, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Every orphan."""
        return tuple(row.id for row in (*self.sector_plans, *self.measures, *self.formats))


def orphans(plan: Plan) -> Orphans:
    """Fachteile, Maßnahmen and Formate without a positive contribution. One that serves only a principle is none."""
    serving = {c.origin for c in plan.contributions if c.weight is not None and c.weight > 0}
    open_ids = {c.origin for c in plan.contributions if c.weight is None} - serving
    sector_plans = tuple(row for row in plan.sector_plans if row.kind == "Fachteil")
    every: tuple[Record, ...] = (*sector_plans, *plan.measures, *plan.formats)
    lone = {row.id for row in every} - serving - open_ids
    return Orphans(
        sector_plans=tuple(row for row in sector_plans if row.id in lone),
        measures=tuple(row for row in plan.measures if row.id in lone),
        formats=tuple(row for row in plan.formats if row.id in lone),
        unrated=tuple(row for row in every if row.id in open_ids),
    )


@dataclass(frozen=True, kw_only=True)
class HorizonCount:
    """The goals of one horizon (empty: none stated), those of them that are covered, and the goals that some measure
    of this horizon serves, whatever their own.
    """

    horizon: str
    goals: tuple[str, ...]
    covered: tuple[str, ...]
    served: tuple[str, ...]


def horizons(plan: Plan, goals: tuple[Goal, ...], covered: Collection[str]) -> tuple[HorizonCount, ...]:
    """How many goals of each horizon are covered; goals without a horizon are counted apart, at the end."""
    of_measure = {row.id: row.horizon for row in plan.measures if isinstance(row, Measure)}
    served = {
        (c.goal, of_measure[c.origin])
        for c in plan.contributions
        if c.origin in of_measure and c.weight is not None and c.weight > 0
    }
    return tuple(
        HorizonCount(
            horizon=horizon,
            goals=tuple(g.id for g in goals if g.horizon == horizon),
            covered=tuple(g.id for g in goals if g.horizon == horizon and g.id in covered),
            served=tuple(g.id for g in goals if (g.id, horizon) in served),
        )
        for horizon in (*HORIZONS, "")
    )
