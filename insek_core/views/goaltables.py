"""Tables of goals: how far each is backed, and what serves what."""

from insek_core.plan import Plan
from insek_core.rules.goals.ladder import RUNGS, Rung
from insek_core.rules.goals.system import GoalSystem
from insek_core.views.table import Table
from insek_core.views.words import evidence


def ladder(found: GoalSystem) -> Table:
    """Every goal with the answer per rung and what is missing from whom."""
    rows = []
    for item in found.ladders:
        step = item.next_step
        answers = (_answer(item.steps[n]) for n in range(len(RUNGS)))
        rows.append((item.goal.name, *answers, *((step.missing, step.from_whom) if step else ("nichts", ""))))
    return Table(("Ziel", *RUNGS, "Als Nächstes fehlt", "Von wem"), tuple(rows))


def _answer(step: Rung) -> str:
    return f"{step.answer} (Annahme ◌)" if step.assumed and step.answer == "ja" else step.answer


def matrix(plan: Plan, found: GoalSystem) -> Table:
    """Goals × what serves them with the weights; an unrated pair says so and is not 0."""
    goals = [*found.coverage.goals, *(g.id for g in plan.goals if g.id not in found.coverage.goals)]
    judged = {(c.goal, c.origin): c for c in reversed(plan.contributions)}
    pairs = [(goal, origin) for goal in goals for origin in found.origins if (goal, origin) in found.weights]
    rows = (
        (
            plan.name(goal),
            plan.name(origin),
            _weight(found.weights[goal, origin]),
            judged[goal, origin].reason,
            evidence(judged[goal, origin].evidence_of("weight")),
        )
        for goal, origin in pairs
    )
    return Table(("Ziel oder Orientierung", "Von", "Gewicht", "Begründung", "Beleg"), tuple(rows))


def _weight(weight: int | None) -> str:
    return "nicht bewertet" if weight is None else f"{weight:+d}".replace("-", "−")
