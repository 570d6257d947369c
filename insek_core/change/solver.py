"""The plan as constraints for OR-Tools CP-SAT: exact over whole cents."""

from collections.abc import Sequence
from typing import Any

from insek_core.change.choices import Option, serving_origins
from insek_core.plan import Plan
from insek_core.plan.errors import Problem
from insek_core.plan.finance import Programme
from insek_core.rules.money.basis import eligible_parts
from insek_core.rules.money.programmes import terms_of

LARGEST = 2**52  # its answers come as floating point numbers: whole up to here


class NotComputable(Problem):
    """The solver has no answer: the numbers are too large for it, or it gives up."""

    def __init__(self) -> None:
        super().__init__(
            "Die kleinste Reparatur lässt sich nicht berechnen: Beträge oder Anteile sind dafür zu groß.",
            "Bitte die Beträge prüfen.",
        )


class Model:
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
        if self.most > LARGEST:
            raise NotComputable
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
        if status not in (self.cp.OPTIMAL, self.cp.INFEASIBLE):  # it says nothing of the plan, least of all "no"
            raise NotComputable
        return solver, status == self.cp.OPTIMAL

    def lost(self) -> list[Any]:
        """A variable for each goal that loses all that serves it."""
        found = []
        for goal, serving in serving_origins(self.plan).items():
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
