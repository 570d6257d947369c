"""Which measures to choose, as constraints for OR-Tools CP-SAT: exact over whole cents, ties by id."""

from collections.abc import Iterable, Mapping
from typing import Any

from insek_core.change.solver import LARGEST, NotComputable

BLOCK = 40  # measures whose order one number holds exactly
EFFORT = 5  # of the solver's own clock, which runs the same on every machine


def _solver() -> Any:
    from ortools.sat.python import cp_model  # half a second to import: only who asks for it waits

    return cp_model


def _best(model: Any, value: Any, *, most: bool) -> tuple[int, Any]:
    """The most (or least) that a value can be, and the solver that holds the choice."""
    cp = _solver()
    (model.maximize if most else model.minimize)(value)
    solver = cp.CpSolver()
    solver.parameters.num_workers = 1  # the same answer on every machine
    solver.parameters.max_deterministic_time = EFFORT
    if solver.solve(model) != cp.OPTIMAL:  # choosing nothing is always allowed: it has given up
        raise NotComputable
    return round(solver.objective_value), solver


class Choosing:
    """Measures that may be chosen, with the goals each serves and the cost item that comes with it (None: its amount is
    not known); the amounts of the items, and the money there is (None: no limit).
    """

    def __init__(
        self,
        serves: Mapping[str, frozenset[str]],
        items: Mapping[str, str | None],
        cents: Mapping[str, int],
        limit_cents: int | None,
    ) -> None:
        if sum(cents.values()) > LARGEST:
            raise NotComputable
        self.model = _solver().CpModel()
        self.ids = sorted(serves)
        self.chosen = {m: self.model.new_bool_var(f"x{n}") for n, m in enumerate(self.ids)}
        goals = sorted({goal for served in serves.values() for goal in served})
        self.covered = {goal: self.model.new_bool_var(f"z{n}") for n, goal in enumerate(goals)}
        for goal, one in self.covered.items():
            self.model.add(one <= sum(x for m, x in self.chosen.items() if goal in serves[m]))
        self.unknown = sum(x for m, x in self.chosen.items() if items[m] is None)
        self.cost = self._cost(items, cents)
        if limit_cents is not None:
            self.model.add(self.cost <= min(limit_cents, LARGEST))

    def _cost(self, items: Mapping[str, str | None], cents: Mapping[str, int]) -> Any:
        """What the chosen measures cost: an item that several name counts once."""
        paid = {item: self.model.new_bool_var(f"y{n}") for n, item in enumerate(sorted(cents))}
        for m, x in self.chosen.items():
            if (item := items[m]) is not None:
                self.model.add(paid[item] >= x)
        return sum(cents[item] * one for item, one in paid.items())

    def most_covered(self, measures: int) -> int:
        """The most goals that at most so many measures cover within the money."""
        self.model.add(sum(self.chosen.values()) <= measures)
        return _best(self.model, sum(self.covered.values()), most=True)[0]

    def cheapest(self) -> int:
        """The least cents that cover every goal that these measures serve."""
        for one in self.covered.values():
            self.model.add(one == 1)
        return _best(self.model, self.cost, most=False)[0]

    def best(self) -> tuple[str, ...]:
        """Most goals, then fewest measures, then fewest without amount, then least cents, then first by id."""
        goals, number = sum(self.covered.values()), sum(self.chosen.values())
        for value, most in ((goals, True), (number, False), (self.unknown, False), (self.cost, False)):
            found = _best(self.model, value, most=most)[0]
            self.model.add(value >= found if most else value <= found)
        return _first_by_id(self.model, self.chosen)


def _first_by_id(model: Any, choice: Mapping[str, Any]) -> tuple[str, ...]:
    """Of the choices that are left the first by id; the ids come in order."""
    ids, taken = list(choice), list[str]()
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        _, solver = _best(model, sum(2 ** (BLOCK - n) * choice[one] for n, one in enumerate(block)), most=True)
        now = [one for one in block if solver.boolean_value(choice[one])]
        taken += now
        for one in block:
            model.add(choice[one] == int(one in now))
    return tuple(taken)


def goals_apart(serves: Mapping[str, frozenset[str]], goals: Iterable[str]) -> tuple[str, ...]:
    """The most of these goals of which no measure serves two, the first by id: each needs a measure of its own."""
    model = _solver().CpModel()
    alone = {goal: model.new_bool_var(f"p{n}") for n, goal in enumerate(sorted(goals))}
    for served in serves.values():
        model.add(sum(one for goal, one in alone.items() if goal in served) <= 1)
    number = sum(alone.values())
    model.add(number == _best(model, number, most=True)[0])
    return _first_by_id(model, alone)
