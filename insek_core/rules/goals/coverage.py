"""Which goals are served by what: counts over goals and origins (RULES §3). Empty is not 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Weights = Mapping[tuple[str, str], int | None]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Counts over goals × origins, `rated` of `pairs`; `share` and `weighted` are unknown (None) while nothing is
    rated. Sums hold positives and negatives apart.
    """

    goals: tuple[str, ...]
    covered: tuple[str, ...]
    fragile: tuple[str, ...]
    conflicting: tuple[str, ...]
    orphans: tuple[str, ...]
    share: Fraction | None
    weighted: Fraction | None
    rated: int
    pairs: int
    positive: Mapping[str, int]
    negative: Mapping[str, int]

    @property
    def fill_rate(self) -> Fraction | None:
        """Which part of the possible pairs is rated; None without pairs."""
        return Fraction(self.rated, self.pairs) if self.pairs else None

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Goals that no rated contribution serves; whether anything unrated does is unknown."""
        return tuple(goal for goal in self.goals if goal not in self.covered)


def coverage(goals: Mapping[str, int | None], origins: Sequence[str], weights: Weights) -> Coverage:
    """Coverage of goals (id -> weight, empty counts 1) by origins; a goal is covered if some weight is above 0.

    Fragile: served by exactly one. Conflicting: some weight below 0. Orphan: an origin without any weight above 0.
    """
    known = set(origins)
    rated = {
        pair: weight for pair, weight in weights.items() if weight is not None and pair[0] in goals and pair[1] in known
    }
    by_goal: dict[str, list[tuple[str, int]]] = {goal: [] for goal in goals}
    for (goal, origin), weight in rated.items():
        by_goal[goal].append((origin, weight))
    serving = {goal: [origin for origin, weight in pairs if weight > 0] for goal, pairs in by_goal.items()}
    covered = tuple(goal for goal in goals if serving[goal])
    total = sum(1 if weight is None else weight for weight in goals.values())
    reached = sum(1 if goals[goal] is None else goals[goal] or 0 for goal in covered)
    served = {origin for origins_of in serving.values() for origin in origins_of}
    return Coverage(
        goals=tuple(goals),
        covered=covered,
        fragile=tuple(goal for goal in goals if len(serving[goal]) == 1),
        conflicting=tuple(goal for goal, pairs in by_goal.items() if any(w < 0 for _, w in pairs)),
        orphans=tuple(origin for origin in origins if origin not in served),
        share=Fraction(len(covered), len(goals)) if rated else None,
        weighted=Fraction(reached, total) if rated and total else None,
        rated=len(rated),
        pairs=len(goals) * len(origins),
        positive={goal: sum(w for _, w in pairs if w > 0) for goal, pairs in by_goal.items()},
        negative={goal: sum(w for _, w in pairs if w < 0) for goal, pairs in by_goal.items()},
    )
