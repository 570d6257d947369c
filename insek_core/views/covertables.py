"""Tables of the smallest set of measures: what is chosen, and which goals stay without."""

from collections.abc import Iterator

from insek_core.change.cover import SmallestCover
from insek_core.plan import Plan
from insek_core.rules.figures import UNKNOWN
from insek_core.rules.goals.system import goal_system
from insek_core.rules.goals.trace import money_of
from insek_core.views.table import Cell, Table


def chosen(plan: Plan, found: SmallestCover) -> Table:
    """The measures to choose: who answers for them, the goals they cover, what they cost."""
    weights, lacking = goal_system(plan).weights, found.without_amount
    rows: list[tuple[Cell, ...]] = []
    for measure in found.chosen:
        goals = [goal.label for goal in found.covered if (weights.get((goal.id, measure.id)) or 0) > 0]
        cost = UNKNOWN if measure in lacking else money_of(plan, [measure])
        owner = plan.name(measure.owner) if measure.owner else UNKNOWN
        rows.append((measure.label, owner, "; ".join(goals), cost))
    return Table(("Maßnahme", "Verantwortlich", "Deckt", "Kosten"), tuple(rows))


def uncovered(found: SmallestCover) -> Table:
    """The goals that stay without a measure, and why."""
    return Table(("Ziel", "Warum nicht gedeckt"), tuple(_uncovered(found)))


def _uncovered(found: SmallestCover) -> Iterator[tuple[Cell, ...]]:
    for goal in found.missed:
        unknown = goal in found.unpriced
        yield goal.label, "Betrag seiner Maßnahmen unbekannt" if unknown else "das Geld reicht nicht"
    for goal in found.unserved:
        unrated = goal in found.unrated
        yield goal.label, "Beitrag einer Maßnahme nicht bewertet" if unrated else "keine Maßnahme dient ihm"
