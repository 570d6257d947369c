"""Is every goal backed? Coverage counts and the ladder of commitment (RULES §3). Empty is not 0, unknown is not yes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from insek_core.plan import Plan
from insek_core.plan.content import Contribution, Goal, Measure
from insek_core.plan.record import Record
from insek_core.plan.values import Evidence

RUNGS = ("benannt", "im Fachteil", "Maßnahme mit Verantwortung und Termin", "Mittel nachgewiesen", "Indikator mit Ziel")
Weights = Mapping[tuple[str, str], int | None]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Counts over goals × origins. `weighted` and `share` are None without goals; sums hold positives and negatives
    apart.
    """

    goals: tuple[str, ...]
    covered: tuple[str, ...]
    fragile: tuple[str, ...]
    conflicting: tuple[str, ...]
    orphans: tuple[str, ...]
    share: Fraction | None
    weighted: Fraction | None
    fill_rate: Fraction | None
    positive: Mapping[str, int]
    negative: Mapping[str, int]

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
        share=Fraction(len(covered), len(goals)) if goals else None,
        weighted=Fraction(reached, total) if total else None,
        fill_rate=Fraction(len(rated), len(goals) * len(origins)) if goals and origins else None,
        positive={goal: sum(w for _, w in pairs if w > 0) for goal, pairs in by_goal.items()},
        negative={goal: sum(w for _, w in pairs if w < 0) for goal, pairs in by_goal.items()},
    )


Answer = Literal["ja", "nein", "unbekannt"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One rung of the ladder: whether it is proved, by which records, and what is missing from whom.

    `assumed` says that every proof is an assumption, or serves the goal only by an assumed judgement.
    """

    rung: int
    answer: Answer
    proofs: tuple[Record, ...]
    missing: str
    from_whom: str
    assumed: bool


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """How far a goal is backed: `rung` is the highest that it and all below are proved for (0 = only named)."""

    goal: Goal
    steps: tuple[Step, ...]

    @property
    def rung(self) -> int:
        """The highest rung reached without a gap below it."""
        return next((step.rung - 1 for step in self.steps if step.answer != "ja"), len(self.steps) - 1)

    @property
    def next_step(self) -> Step | None:
        """The first rung that is not proved, None at the top."""
        return next((step for step in self.steps if step.answer != "ja"), None)

    @property
    def assumed(self) -> bool:
        """Whether the reached rung rests on assumptions."""
        return any(step.assumed for step in self.steps[: self.rung + 1])


def climbers(plan: Plan) -> tuple[Goal, ...]:
    """What climbs the ladder: every Ziel, and each Zielbereich whose goals the plan does not hold (it stands for
    them).
    """
    parents = {goal.parent for goal in plan.goals if goal.kind == "Ziel"}
    return tuple(g for g in plan.goals if g.kind == "Ziel" or (g.kind == "Zielbereich" and g.id not in parents))


def goal_texts_missing(plan: Plan) -> bool:
    """Whether the plan holds no single goal text (the paper's Anlage 1 is missing)."""
    return not any(goal.kind == "Ziel" for goal in plan.goals)


@dataclass(frozen=True)
class _Served:
    """What serves a goal from one table: records with the evidence of their judgement, those unrated, any rated ≤ 0."""

    serving: tuple[tuple[Record, Evidence], ...]
    unrated: tuple[Record, ...]
    refused: bool

    @property
    def sure(self) -> frozenset[str]:
        """Ids that serve the goal by a judgement that is no assumption."""
        return frozenset(
            row.id for row, evidence in self.serving if evidence != "assumed" and row.evidence != "assumed"
        )


def _serving(plan: Plan, goal: Goal, table: str) -> _Served:
    judged = [c for c in plan.rows_of("contributions", "goal", goal.id) if isinstance(c, Contribution)]
    found = [(row, c) for c in judged if (row := plan.by_id.get(c.origin)) is not None and row.table == table]
    return _Served(
        serving=tuple((row, c.evidence_of("weight")) for row, c in found if c.weight is not None and c.weight > 0),
        unrated=tuple(row for row, c in found if c.weight is None),
        refused=any(c.weight is not None and c.weight <= 0 for _, c in found),
    )


def _office(plan: Plan, ids: Sequence[str], fallback: str) -> str:
    named = [plan.name(i) for i in ids if i]
    return ", ".join(dict.fromkeys(named)) or fallback


def _sector_step(plan: Plan, goal: Goal) -> Step:
    found = _serving(plan, goal, "sector_plans")
    answer: Answer = "ja" if found.serving else "nein" if found.refused and not found.unrated else "unbekannt"
    missing = (
        f"Beitrag von {found.unrated[0].label} bewerten" if found.unrated else "Fachteil benennen, der dem Ziel dient"
    )
    proofs = tuple(row for row, _ in found.serving)
    return Step(
        rung=1,
        answer=answer,
        proofs=proofs,
        missing=missing,
        from_whom="AGs der Fachteile",
        assumed=bool(proofs) and not found.sure,
    )


def _measure_step(plan: Plan, goal: Goal) -> tuple[Step, list[Measure]]:
    """Rung 2, and the measures that higher rungs build on: those with owner and date, else all that serve."""
    found = _serving(plan, goal, "measures")
    measures = [row for row, _ in found.serving if isinstance(row, Measure)]
    ready = [m for m in measures if m.owner and m.end and not m.end.is_open]
    half = measures[0] if measures else None
    lacks = [word for word, there in (("Verantwortung", half.owner), ("Termin", half.end)) if not there] if half else []
    missing = f"{' und '.join(lacks)} für „{half.name}“" if half and lacks else "Maßnahme benennen"
    answer: Answer = "ja" if ready else "unbekannt"
    whom = _office(plan, [half.owner] if half else [], "federführendes Fachamt")
    assumed = bool(ready) and not any(m.id in found.sure for m in ready)
    return Step(
        rung=2, answer=answer, proofs=tuple(ready), missing=missing, from_whom=whom, assumed=assumed
    ), ready or measures


def _money_step(plan: Plan, measures: list[Measure]) -> Step:
    ids = {measure.id for measure in measures}
    proofs = tuple(
        p
        for p in plan.funding_proofs
        if p.measure in ids and p.budget_reference and p.from_year and p.amount_cents and p.decision
    )
    missing = f"Finanzierungsnachweis für „{measures[0].name}“" if measures else "Finanzierungsnachweis einer Maßnahme"
    missing += " (Produkt oder PSP-Element, Jahr, Betrag, Beschluss)"
    whom = _office(plan, [m.owner for m in measures[:1]], "federführendes Fachamt mit Dezernat Finanzen")
    assumed = bool(proofs) and all(p.evidence == "assumed" for p in proofs)
    return Step(
        rung=3, answer="ja" if proofs else "unbekannt", proofs=proofs, missing=missing, from_whom=whom, assumed=assumed
    )


INDICATOR_FIELDS = (
    ("baseline", "Ausgangswert"),
    ("target", "Zielwert"),
    ("target_year", "Zieljahr"),
    ("source", "Quelle"),
)


def _indicator_step(plan: Plan, goal: Goal) -> Step:
    own = [i for i in plan.indicators if i.goal == goal.id]
    gaps = {i.id: [word for field, word in INDICATOR_FIELDS if getattr(i, field) in (None, "")] for i in own}
    ready = tuple(i for i in own if not gaps[i.id])
    lacks = gaps[own[0].id] if own else []
    missing = (
        f"{', '.join(lacks)} für „{own[0].name}“" if lacks else "Indikator mit Ausgangswert, Zielwert, Jahr und Quelle"
    )
    whom = _office(plan, [i.owner for i in own[:1]], "Amt für Statistik und Wahlen mit Fachamt")
    sure = [
        i
        for i in ready
        if all(i.evidence_of(field) != "assumed" for field in ("goal", "baseline", "target", "target_year"))
    ]
    return Step(
        rung=4,
        answer="ja" if ready else "unbekannt",
        proofs=ready,
        missing=missing,
        from_whom=whom,
        assumed=bool(ready) and not sure,
    )


def ladder(plan: Plan, goal: Goal) -> Ladder:
    """The ladder of one goal; each rung is proved by records or unknown (RULES §3)."""
    named = Step(
        rung=0, answer="ja", proofs=(goal,), missing="", from_whom="", assumed=goal.evidence_of("name") == "assumed"
    )
    measure_step, measures = _measure_step(plan, goal)
    steps = (named, _sector_step(plan, goal), measure_step, _money_step(plan, measures), _indicator_step(plan, goal))
    return Ladder(goal=goal, steps=steps)


@dataclass(frozen=True, kw_only=True)
class GoalSystem:
    """Coverage of the climbing goals, their ladders, and whether the goal texts are missing."""

    texts_missing: bool
    coverage: Coverage
    ladders: tuple[Ladder, ...]
    weights: Weights
    origins: tuple[str, ...]


def goal_system(plan: Plan) -> GoalSystem:
    """Everything the Zielsystem screen shows of goals and what serves them."""
    goals = {goal.id: goal.weight for goal in climbers(plan)}
    named = {c.origin for c in plan.contributions}
    origins = [
        row.id
        for table in ("sector_plans", "measures", "formats", "tasks")
        for row in plan.rows(table)
        if row.id in named
        or table == "measures"
        or (table == "sector_plans" and getattr(row, "kind", "") == "Fachteil")
    ]
    weights = {(c.goal, c.origin): c.weight for c in plan.contributions}
    return GoalSystem(
        texts_missing=goal_texts_missing(plan),
        coverage=coverage(goals, origins, weights),
        ladders=tuple(ladder(plan, goal) for goal in climbers(plan)),
        weights=weights,
        origins=tuple(origins),
    )
