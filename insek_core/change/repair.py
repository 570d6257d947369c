"""The smallest repair: fewest allowed options to leave out so that a limit holds, and of those the one that loses least
coverage.

Exact over whole cents by a constraint solver (OR-Tools CP-SAT); a brute-force oracle in the tests agrees with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from insek_core.change.choices import Option, option_ids, options, serving_origins
from insek_core.change.scenario import Change, apply, words
from insek_core.change.solver import Model, NotComputable
from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import count, show_euro
from insek_core.rules.chance.ranges import computable
from insek_core.rules.money.funding import funding
from insek_core.rules.money.programmes import IF_GROWING, ceiling_open

LIMITS = {"own_share": "Eigenanteil", "total": "Gesamtkosten"}


@dataclass(frozen=True, kw_only=True)
class Repair:
    """The changes to make (empty: the limit holds already, or nothing helps), the value after them, goals lost, and the
    proof; `if_growing` is the repair of the second case while the ceiling is open.
    """

    changes: tuple[Change, ...]
    value_cents: int | None
    lost_goals: tuple[str, ...]
    proof: str
    findings: tuple[Finding, ...]
    if_growing: "Repair | None" = None


def _value(plan: Plan, limit: str, *, capped: bool) -> int:
    found = funding(plan)
    own = found.own_share if capped else found.own_share_if_growing
    return (own if limit == "own_share" else found.total).cents


def _nothing(
    message: str, remedy: str, value: int | None = None, proof: str = "", more: tuple[Finding, ...] = ()
) -> Repair:
    finding = (Finding(level="error", table="changes", message=message, remedy=remedy),) if message else ()
    return Repair(changes=(), value_cents=value, lost_goals=(), proof=proof, findings=(*finding, *more))


def _smallest(plan: Plan, limit: str, cents: int, choices: tuple[Option, ...], *, capped: bool) -> Repair:
    """The smallest repair in one case of the ceiling."""
    value = _value(plan, limit, capped=capped)
    if value <= cents:
        return _nothing("", "", value, f"Die Grenze hält schon: {LIMITS[limit]} {show_euro(value)}.")
    if not choices:
        message = "Nichts darf entfallen: Der Plan nennt keine Option, die etwas kostet."
        return _nothing(message, "Mit --allow angeben, was entfallen darf.", value)

    try:
        return _found(plan, limit, cents, choices, value, capped=capped)
    except NotComputable as problem:
        return _nothing(problem.what, problem.remedy, value)


def _found(plan: Plan, limit: str, cents: int, choices: tuple[Option, ...], value: int, *, capped: bool) -> Repair:
    """What the solver finds for a limit that does not hold yet."""

    def model() -> Model:
        return Model(plan, choices, limit, cents, capped=capped)

    number = model().fewest()
    if number is None:
        least, options_ = model().lowest(len(choices)), count(len(choices), "Option", "Optionen")
        proof = f"Auch wenn alles Erlaubte entfällt ({options_}), sind es noch {show_euro(least)}."
        message = f"Die Grenze von {show_euro(cents)} ist so nicht zu halten. {proof}"
        return _nothing(message, "Mehr zum Weglassen erlauben oder die Grenze anheben.", value, proof)
    chosen = tuple(option.change for option in model().best(number))
    after = apply(plan, chosen).plan
    served, left = serving_origins(plan), serving_origins(after)
    changes, fewer = count(number - 1, "Änderung", "Änderungen"), show_euro(model().lowest(number - 1))
    return Repair(
        changes=chosen,
        value_cents=_value(after, limit, capped=capped),
        lost_goals=tuple(goal for goal in served if goal not in left),
        proof=f"Weniger genügt nicht: Mit höchstens {changes} bleiben mindestens {fewer}.",
        findings=(),
    )


def repair(plan: Plan, limit: str, cents: int, allowed: Sequence[str] | None = None) -> Repair:
    """The smallest set of allowed options to leave out so that the limit (own_share or total, in cents) holds; while
    the
    ceiling is open for both cases, where they differ.

    `allowed` are ids of what may go; without it what the plan marks as optional.
    """
    if why := computable(plan):
        return _nothing(f"Die Grenze lässt sich nicht prüfen: {why}.", "Angaben ergänzen.")
    choices, problems = options(plan, option_ids(plan) if allowed is None else allowed)
    found = _smallest(plan, limit, cents, choices, capped=True)
    found = replace(found, findings=(*found.findings, *problems))
    if limit != "own_share" or not ceiling_open(plan):
        return found
    return replace(found, if_growing=_smallest(plan, limit, cents, choices, capped=False))


def _told(plan: Plan, found: Repair, limit: str) -> str:
    """One case of a repair: what goes, what is left, which goals are lost, and why less does not do."""
    if not found.changes or found.value_cents is None:
        return found.proof
    gone = "; ".join(words(plan, change) for change in found.changes)
    goals = (
        count(len(found.lost_goals), "Ziel verliert", "Ziele verlieren") if found.lost_goals else "kein Ziel verliert"
    )
    left = f"dann {LIMITS[limit]} {show_euro(found.value_cents)}, {goals} den letzten Beitrag"
    return f"{gone[:1].upper()}{gone[1:]}: {left}. {found.proof}"


def repair_sentences(plan: Plan, found: Repair, limit: str) -> tuple[str, ...]:
    """The repair in sentences, in both cases of the ceiling where they differ."""
    one = _told(plan, found, limit)
    two = one if found.if_growing is None else _told(plan, found.if_growing, limit)
    if one == two:
        return (one,) if one else ()
    condition = funding(plan).if_ceiling
    return f"{condition[:1].upper()}{condition[1:]}: {one}", f"{IF_GROWING[:1].upper()}{IF_GROWING[1:]}: {two}"
