"""The smallest repair: fewest allowed options to leave out so that a limit holds, and of those the one that loses least
coverage.

Exact over whole cents by a constraint solver (OR-Tools CP-SAT); a brute-force oracle in the tests agrees with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from insek_core.change.scenario import Change, apply
from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import count, show_euro
from insek_core.rules.goals.system import climbers, goal_system
from insek_core.rules.money.funding import funding
from insek_core.rules.money.programmes import eligible_cents, eligible_figure, terms_of

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
    proof.
    """

    changes: tuple[Change, ...]
    value_cents: int | None
    lost_goals: tuple[str, ...]
    proof: str
    findings: tuple[Finding, ...]


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
        gone = {item.id for item in plan.cost_items} - {item.id for item in done.plan.cost_items}
        left = done.plan.by_id
        found.append(Option(change, frozenset(gone), frozenset(o for o in origins if o not in left)))
    return tuple(found), tuple(problems)


class _Model:
    """The plan as constraints: which options go, what then costs and counts, what is granted at most."""

    def __init__(self, plan: Plan, choices: Sequence[Option], limit: str, cents: int) -> None:
        from ortools.sat.python import cp_model  # half a second to import: only who asks for a repair waits for it

        self.cp, self.choices, self.plan = cp_model, choices, plan
        self.model = cp_model.CpModel()
        self.gone = [self.model.new_bool_var(f"x{n}") for n in range(len(choices))]
        self.amounts = {item.id: item.amount_cents or 0 for item in plan.cost_items}
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
        """K − T − G, with G the largest whole cents the terms allow: what lies below that only raises the own share."""
        granted: Any = 0
        planned, most = sum(fund.amount_cents or 0 for fund in self.plan.funds), sum(self.amounts.values())
        for programme in self.plan.programmes:
            terms, own = terms_of(programme), programme.own_fixed_cents or 0
            parts = {i.id: eligible_figure(self.plan, i, programme).value or 0 for i in self.plan.cost_items}
            eligible = sum(
                int(part) * (1 - self.dropped[item]) for item, part in parts.items() if isinstance(part, int)
            )
            grant = self.model.new_int_var(0, most, f"g{programme.id}")
            if terms.kind == "anteil" and terms.rate is not None:
                self.model.add(
                    2 * terms.rate.denominator * grant <= 2 * terms.rate.numerator * eligible + terms.rate.denominator
                )
            elif terms.kind == "fehlbedarf":
                need = self.model.new_int_var(0, most, f"n{programme.id}")
                self.model.add_max_equality(need, [0, eligible - own - planned])
                self.model.add(grant <= need)
            else:
                self.model.add(grant <= eligible)
            cap = terms.fixed_cents if terms.kind == "festbetrag" else terms.cap_cents
            if cap is not None:
                self.model.add(grant <= cap)
            granted += grant
        self.model.add(granted <= self._total() - planned)  # nothing is financed twice (RULES §1.5)
        return self._total() - planned - granted

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
        """Of that many options those that lose the fewest goals; ties go to the lower value, then to the first in the
        plan's order.
        """
        lost = self.lost()
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


def _value(plan: Plan, limit: str) -> int | None:
    found = funding(plan)
    value = found.own_share.value if limit == "own_share" else found.total.value
    return value if isinstance(value, int) else None


def _nothing(
    message: str, remedy: str, value: int | None = None, proof: str = "", more: tuple[Finding, ...] = ()
) -> Repair:
    finding = (Finding(level="error", table="changes", message=message, remedy=remedy),) if message else ()
    return Repair(changes=(), value_cents=value, lost_goals=(), proof=proof, findings=(*finding, *more))


def repair(plan: Plan, limit: str, cents: int, allowed: Sequence[str] | None = None) -> Repair:
    """The smallest set of allowed options to leave out so that the limit (own_share or total, in cents) holds.

    `allowed` are ids of what may go; without it what the plan marks as optional.
    """
    value = _value(plan, limit)
    if value is None or eligible_cents(plan) is None or any(fund.planned is False for fund in plan.funds):
        return _nothing(
            "Die Grenze lässt sich nicht prüfen: Kosten oder Förderung sind unbekannt, oder es gibt "
            "ungeplante Drittmittel.",
            "Angaben ergänzen.",
        )
    if value <= cents:
        return _nothing("", "", value, f"Die Grenze hält schon: {LIMITS[limit]} {show_euro(value)}.")
    choices, problems = options(plan, option_ids(plan) if allowed is None else allowed)
    if not choices:
        return _nothing(
            "Nichts darf entfallen: Der Plan nennt keine Option, die etwas kostet.",
            "Mit --allow angeben, was entfallen darf.",
            value,
            more=problems,
        )
    number = _Model(plan, choices, limit, cents).fewest()
    if number is None:
        least = _Model(plan, choices, limit, cents).lowest(len(choices))
        proof = (
            f"Auch wenn alles Erlaubte entfällt ({count(len(choices), 'Option', 'Optionen')}), sind es noch "
            f"{show_euro(least)}."
        )
        return _nothing(
            f"Die Grenze von {show_euro(cents)} ist so nicht zu halten. {proof}",
            "Mehr zum Weglassen erlauben oder die Grenze anheben.",
            value,
            proof,
            problems,
        )
    model = _Model(plan, choices, limit, cents)
    model.model.add(model.value <= cents)
    chosen = tuple(option.change for option in model.best(number))
    after = apply(plan, chosen).plan
    served, left = _positive(plan), _positive(after)
    fewer = _Model(plan, choices, limit, cents).lowest(number - 1)
    proof = (
        f"Weniger genügt nicht: Mit höchstens {count(number - 1, 'Änderung', 'Änderungen')} bleiben mindestens "
        f"{show_euro(fewer)}."
    )
    return Repair(
        changes=chosen,
        value_cents=_value(after, limit),
        lost_goals=tuple(goal for goal in served if goal not in left),
        proof=proof,
        findings=problems,
    )
