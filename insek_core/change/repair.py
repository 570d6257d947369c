"""The smallest repair: fewest allowed options to leave out so that a limit holds, and of those the one that loses least
coverage.

Exact over whole cents by a constraint solver (OR-Tools CP-SAT); a brute-force oracle in the tests agrees with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from insek_core.change.scenario import Change, apply, words
from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.finance import Programme
from insek_core.plan.german import count, show_euro
from insek_core.rules.chance.risk import computable
from insek_core.rules.goals.system import climbers, goal_system
from insek_core.rules.money.funding import funding
from insek_core.rules.money.programmes import IF_GROWING, ceiling_open, eligible_parts, terms_of

LIMITS = {"own_share": "Eigenanteil", "total": "Gesamtkosten"}


@dataclass(frozen=True)
class Option:
    """One thing that may be left out: the change, the cost items that go with it, the goals' origins that go with
    it.
    """

    change: Change
    items: frozenset[str]
    origins: frozenset[str]


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


def _positive(plan: Plan) -> dict[str, set[str]]:
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
    origins = {origin for names in _positive(plan).values() for origin in names}
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


class _Model:
    """The plan as constraints: which options go, what then costs and counts, what is granted at most."""

    def __init__(self, plan: Plan, choices: Sequence[Option], limit: str, cents: int, *, capped: bool) -> None:
        from ortools.sat.python import cp_model  # half a second to import: only who asks for a repair waits for it

        self.cp, self.choices, self.plan = cp_model, choices, plan
        self.model = cp_model.CpModel()
        self.gone = [self.model.new_bool_var(f"x{n}") for n in range(len(choices))]
        self.amounts = {item.id: item.amount_cents or 0 for item in plan.cost_items}
        self.capped, self.parts = capped, eligible_parts(plan)
        self.most = 4 * (
            sum(self.amounts.values())
            + sum(fund.amount_cents or 0 for fund in plan.funds)
            + sum((p.own_fixed_cents or 0) for p in plan.programmes)
            + 1
        )
        self.dropped = {
            item: self._any(f"k{item}", [x for x, o in zip(self.gone, choices, strict=True) if item in o.items])
            for item in self.amounts
        }
        self.value = self._own() if limit == "own_share" else self._total()
        self.limit = cents

    def _any(self, name: str, causes: list[Any]) -> Any:
        if not causes:
            return 0
        if len(causes) == 1:
            return causes[0]
        either = self.model.new_bool_var(name)
        self.model.add_max_equality(either, causes)
        return either

    def _total(self) -> Any:
        return sum(cents * (1 - self.dropped[item]) for item, cents in self.amounts.items())

    def _own(self) -> Any:
        """K − T − G, with G the largest whole cents the law of each programme allows: less only raises the own
        share.
        """
        planned = sum(fund.amount_cents or 0 for fund in self.plan.funds)
        need = self._at_least_nothing("need", self._total() - planned)
        left, granted = planned, 0
        for programme in self.plan.programmes:
            grant, left = self._grant(programme, left)
            granted += grant
        self.model.add(granted <= need)  # nothing is financed twice (RULES §1.5)
        return self._total() - planned - granted

    def _at_least_nothing(self, name: str, value: Any) -> Any:
        found = self.model.new_int_var(0, self.most, name)
        self.model.add_max_equality(found, [0, value])
        return found

    def _grant(self, programme: Programme, planned: Any) -> tuple[Any, Any]:
        """What a programme grants at most by its triple, and the planned third-party money left for the next."""
        name, terms = programme.id, terms_of(programme, capped=self.capped)
        law, parts = terms.law, self.parts[name]
        eligible = sum(figure.cents * (1 - self.dropped[item]) for item, figure in parts.items())
        used: Any = 0
        if terms.takes_third_party:
            used = self.model.new_int_var(0, self.most, f"t{name}")
            self.model.add_min_equality(
                used, [planned, self._at_least_nothing(f"e{name}", eligible - law.offset_cents)]
            )
        grant = self.model.new_int_var(0, self.most, f"g{name}")
        top, below = 2 * law.slope.numerator, 2 * law.slope.denominator
        if law.offset_cents or terms.takes_third_party:
            wanted = self.model.new_int_var(-self.most, self.most, f"w{name}")
            self.model.add(below * (wanted + law.offset_cents + used) <= top * eligible + law.slope.denominator)
            self.model.add(grant <= self._at_least_nothing(f"n{name}", wanted))
        else:
            self.model.add(below * grant <= top * eligible + law.slope.denominator)
        if law.cap_cents is not None:
            self.model.add(grant <= law.cap_cents)
        return grant, planned - used

    def _solve(self) -> tuple[Any, bool]:
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = 1  # the same answer on every machine
        status = solver.solve(self.model)
        return solver, status == self.cp.OPTIMAL

    def lost(self) -> list[Any]:
        """A variable for each goal that loses all that serves it."""
        found = []
        for goal, serving in _positive(self.plan).items():
            kept = [o for o in serving if not any(o in c.origins for c in self.choices)]
            if not kept:
                gone = self.model.new_bool_var(f"y{goal}")
                origins = [
                    self._any(
                        f"o{goal}{o}", [x for x, c in zip(self.gone, self.choices, strict=True) if o in c.origins]
                    )
                    for o in serving
                ]
                self.model.add_min_equality(gone, origins)
                found.append(gone)
        return found

    def fewest(self) -> int | None:
        """The least number of options that keeps the limit; None if all together do not."""
        self.model.add(self.value <= self.limit)
        self.model.minimize(sum(self.gone))
        solver, solved = self._solve()
        return round(solver.objective_value) if solved else None

    def best(self, number: int) -> tuple[Option, ...]:
        """Of that many options that keep the limit those that lose the fewest goals; ties go to the lower value, then
        to
        the first in the plan's order.
        """
        lost = self.lost()
        self.model.add(self.value <= self.limit)
        self.model.add(sum(self.gone) == number)
        for goal in (
            sum(lost) if lost else None,
            self.value,
            sum(2 ** min(n, 40) * x for n, x in enumerate(self.gone)),
        ):
            if goal is not None:
                self.model.minimize(goal)
                solver, _ = self._solve()
                self.model.add(goal <= round(solver.objective_value))
        return tuple(c for c, x in zip(self.choices, self.gone, strict=True) if solver.boolean_value(x))

    def lowest(self, number: int) -> int:
        """The lowest value that at most so many options reach: the proof that fewer do not do."""
        self.model.add(sum(self.gone) <= number)
        self.model.minimize(self.value)
        return round(float(self._solve()[0].objective_value))


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

    def model() -> _Model:
        return _Model(plan, choices, limit, cents, capped=capped)

    number = model().fewest()
    if number is None:
        least, options_ = model().lowest(len(choices)), count(len(choices), "Option", "Optionen")
        proof = f"Auch wenn alles Erlaubte entfällt ({options_}), sind es noch {show_euro(least)}."
        message = f"Die Grenze von {show_euro(cents)} ist so nicht zu halten. {proof}"
        return _nothing(message, "Mehr zum Weglassen erlauben oder die Grenze anheben.", value, proof)
    chosen = tuple(option.change for option in model().best(number))
    after = apply(plan, chosen).plan
    served, left = _positive(plan), _positive(after)
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
