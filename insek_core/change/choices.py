"""What may be left out to repair a plan, and what goes along with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from insek_core.change.scenario import Change, apply
from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.rules.goals.ladder import climbers
from insek_core.rules.goals.system import goal_system


@dataclass(frozen=True)
class Option:
    """One thing that may be left out: the change, the cost items that go with it, the goals' origins that go with
    it.
    """

    change: Change
    items: frozenset[str]
    origins: frozenset[str]


def option_ids(plan: Plan) -> tuple[str, ...]:
    """What the plan itself marks as optional and what costs something: formats and tasks first, then cost items of
    their own.
    """
    bound = {item.bound_to for item in plan.cost_items}
    works = [
        row.id
        for table in ("formats", "tasks")
        for row in plan.rows(table)
        if getattr(row, "optional", False) and row.id in bound
    ]
    return (*works, *(item.id for item in plan.cost_items if item.optional and item.bound_to not in works))


def serving_origins(plan: Plan) -> dict[str, set[str]]:
    """The origins that serve each goal, by goal."""
    serving: dict[str, set[str]] = {}
    counted = {goal.id for goal in climbers(plan)}
    for (goal, origin), weight in goal_system(plan).weights.items():
        if weight is not None and weight > 0 and goal in counted:
            serving.setdefault(goal, set()).add(origin)
    return serving


def _no_option(plan: Plan, record: str) -> Finding:
    message = f"{plan.name(record)} bringt Geld und ist nichts, was sich weglassen lässt, um zu sparen."
    return Finding(level="error", table="changes", record=record, message=message, remedy="Andere Kennung angeben.")


def options(plan: Plan, ids: Sequence[str]) -> tuple[tuple[Option, ...], tuple[Finding, ...]]:
    """What leaving each of these out takes along; unknown ids are findings."""
    found: list[Option] = []
    problems: list[Finding] = []
    origins = {origin for names in serving_origins(plan).values() for origin in names}
    for record in dict.fromkeys(ids):
        change = Change("drop", record, None)
        done = apply(plan, [change])
        if not done.changes:
            problems += done.findings
            continue
        if len(done.plan.programmes) < len(plan.programmes) or len(done.plan.funds) < len(plan.funds):
            problems.append(_no_option(plan, record))
            continue
        gone = {item.id for item in plan.cost_items} - {item.id for item in done.plan.cost_items}
        left = done.plan.by_id
        found.append(Option(change, frozenset(gone), frozenset(o for o in origins if o not in left)))
    return tuple(found), tuple(problems)
