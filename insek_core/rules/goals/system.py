"""Is every goal backed? Coverage counts and the ladder of commitment (RULES §3). Empty is not 0, unknown is not yes."""

from dataclasses import dataclass, replace

from insek_core.plan import Plan
from insek_core.rules.goals.balance import Orphans, orphans, threads
from insek_core.rules.goals.coverage import Coverage, Weights, coverage
from insek_core.rules.goals.ladder import Ladder, climbers, goal_texts_missing, ladder


@dataclass(frozen=True, kw_only=True)
class GoalSystem:
    """Coverage of the climbing goals, their ladders, and whether the goal texts are missing; `texts_in` is what they
    stand in ("Anlage 1"), empty if the plan does not say. What serves no goal stands by kind in `orphans`; those of
    `coverage` are its Fachteile and Maßnahmen, and its fragile goals are those that hang on one thread.
    """

    texts_missing: bool
    texts_in: str
    coverage: Coverage
    ladders: tuple[Ladder, ...]
    weights: Weights
    origins: tuple[str, ...]
    orphans: Orphans


def goal_system(plan: Plan) -> GoalSystem:
    """Everything the Zielsystem screen shows of goals and what serves them."""
    goals = {goal.id: goal.weight for goal in climbers(plan)}
    named = {c.origin for c in plan.contributions}
    origins = [
        row.id
        for table in ("sector_plans", "measures", "formats", "tasks")
        for row in plan.rows(table)
        if row.id in named
        or table == "measures"
        or (table == "sector_plans" and getattr(row, "kind", "") == "Fachteil")
    ]
    weights = {(c.goal, c.origin): c.weight for c in plan.contributions}
    lone = orphans(plan)
    counts = coverage(goals, origins, weights)
    return GoalSystem(
        texts_missing=goal_texts_missing(plan),
        texts_in=plan.setting("goal_texts_in", ""),
        coverage=replace(
            counts,
            fragile=tuple(c.goal for c in threads(plan, goals)),
            orphans=tuple(row.id for row in (*lone.sector_plans, *lone.measures)),
        ),
        ladders=tuple(ladder(plan, goal) for goal in climbers(plan)),
        weights=weights,
        origins=tuple(origins),
        orphans=lone,
    )
