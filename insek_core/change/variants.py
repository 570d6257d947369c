"""Kept scenarios (on screen: Varianten): named sets of changes in the plan's own tables. Nothing is ever
overwritten.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from insek_core.change.scenario import Change, parse_all, words
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.content import Scenario, ScenarioChange
from insek_core.plan.errors import Finding
from insek_core.plan.german import plain_number


def changes_of(plan: Plan, scenario: str) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """The changes of a kept scenario in their order, and a finding for each row that states none."""
    rows = sorted(
        (row for row in plan.changes if row.scenario == scenario), key=lambda row: (row.position or 0, row.id)
    )
    return parse_all(f"{row.what}={row.new}" for row in rows)


def active(plan: Plan) -> tuple[Scenario, ...]:
    """The scenarios that are not archived, newest last."""
    return tuple(scenario for scenario in plan.scenarios if scenario.archived_on is None)


def free_name(plan: Plan, name: str) -> str:
    """The name, with a number behind it where it is taken: two people keeping one name both keep theirs."""
    taken = {scenario.name for scenario in plan.scenarios}
    number = next(n for n in range(1, len(taken) + 2) if (name if n == 1 else f"{name} ({n})") not in taken)
    return name if number == 1 else f"{name} ({number})"


def keep(
    plan: Plan, name: str, author: str, reason: str, version: int, changes: Sequence[Change]
) -> tuple[Plan, Scenario]:
    """The plan with a new scenario of these changes on a version of the plan."""
    used = [plain_number(found.id[4:]) or 0 for found in plan.scenarios if found.id.startswith("VAR-")]
    key = f"VAR-{max(used, default=0) + 1:02}"
    scenario = Scenario(
        id=key,
        name=free_name(plan, name),
        author=author,
        reason=reason,
        plan_version=version,
        evidence="assumed",
        source=author,
    )
    plan = with_row(plan, "scenarios", scenario)
    for n, change in enumerate(changes, 1):
        what, _, value = change.text.partition("=")
        row = ScenarioChange(
            id=f"{key}-{n:02}",
            scenario=key,
            position=n,
            what=what,
            new=value,
            note=words(plan, change),
            evidence="assumed",
            source=author,
        )
        plan = with_row(plan, "changes", row)
    return plan, scenario


def set_aside(plan: Plan, scenario: str, day: date | None) -> Plan:
    """The plan with a scenario archived on a day, or (without a day) among the others again; its changes stay."""
    return with_row(plan, "scenarios", replace(next(s for s in plan.scenarios if s.id == scenario), archived_on=day))
