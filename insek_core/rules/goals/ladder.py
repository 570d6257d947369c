"""The ladder of commitment of a goal (RULES §3): each rung is proved by records or unknown. Unknown is not yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from insek_core.plan import Plan
from insek_core.plan.content import Contribution, Goal, Measure
from insek_core.plan.record import Record
from insek_core.plan.values import Evidence
from insek_core.rules.goals.wording import reworded

RUNGS = ("benannt", "im Fachteil", "Maßnahme mit Verantwortung und Termin", "Mittel nachgewiesen", "Indikator mit Ziel")


Answer = Literal["ja", "nein", "unbekannt"]


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One rung of the ladder: whether it is proved, by which records, and what is missing from whom; `office` is the
    id of who has to say it, empty where the plan names nobody.

    `assumed` says that every proof is an assumption, or serves the goal only by an assumed judgement or by one that is
    to check; `to_check`: only judgements of another wording than today's carry it.
    """

    rung: int
    answer: Answer
    proofs: tuple[Record, ...]
    missing: str
    from_whom: str
    assumed: bool
    office: str = ""
    to_check: bool = False


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """How far a goal is backed: `rung` is the highest that it and all below are proved for (0 = only named)."""

    goal: Goal
    steps: tuple[Rung, ...]

    @property
    def rung(self) -> int:
        """The highest rung reached without a gap below it."""
        return next((step.rung - 1 for step in self.steps if step.answer != "ja"), len(self.steps) - 1)

    @property
    def next_step(self) -> Rung | None:
        """The first rung that is not proved, None at the top."""
        return next((step for step in self.steps if step.answer != "ja"), None)

    @property
    def assumed(self) -> bool:
        """Whether the reached rung rests on assumptions."""
        return any(step.assumed for step in self.steps[: self.rung + 1])


def only_named(ladders: Sequence[Ladder]) -> tuple[Goal, ...]:
    """The goals that are only words: no rung above their name is reached."""
    return tuple(found.goal for found in ladders if found.rung == 0)


def climbers(plan: Plan) -> tuple[Goal, ...]:
    """What climbs the ladder: every Ziel, and each Zielbereich whose goals the plan does not hold (it stands for
    them).
    """
    parents = {goal.parent for goal in plan.goals if goal.kind == "Ziel"}
    return tuple(g for g in plan.goals if g.kind == "Ziel" or (g.kind == "Zielbereich" and g.id not in parents))


def goal_texts_missing(plan: Plan) -> bool:
    """Whether the plan holds no single goal text."""
    return not any(goal.kind == "Ziel" for goal in plan.goals)


@dataclass(frozen=True)
class _Served:
    """What serves a goal from one table: records with the evidence of their judgement, those unrated, any rated ≤ 0."""

    serving: tuple[tuple[Record, Evidence], ...]
    unrated: tuple[Record, ...]
    refused: bool
    suspect: frozenset[str]

    @property
    def sure(self) -> frozenset[str]:
        """Ids that serve the goal by a judgement that is no assumption."""
        return frozenset(
            row.id
            for row, evidence in self.serving
            if evidence != "assumed" and row.evidence != "assumed" and row.id not in self.suspect
        )

    def only_suspect(self, proofs: Sequence[Record]) -> bool:
        """Whether there are proofs and all of them were judged in another wording."""
        return bool(proofs) and all(row.id in self.suspect for row in proofs)


def _serving(plan: Plan, goal: Goal, table: str) -> _Served:
    judged = [c for c in plan.rows_of("contributions", "goal", goal.id) if isinstance(c, Contribution)]
    found = [(row, c) for c in judged if (row := plan.by_id.get(c.origin)) is not None and row.table == table]
    return _Served(
        serving=tuple((row, c.evidence_of("weight")) for row, c in found if c.weight is not None and c.weight > 0),
        unrated=tuple(row for row, c in found if c.weight is None),
        refused=any(c.weight is not None and c.weight <= 0 for _, c in found),
        suspect=frozenset(row.id for row, c in found if reworded(plan, c)),
    )


def _office(plan: Plan, ids: Sequence[str], fallback: str) -> str:
    named = [plan.name(i) for i in ids if i]
    return ", ".join(dict.fromkeys(named)) or fallback


def _sector_step(plan: Plan, goal: Goal) -> Rung:
    found = _serving(plan, goal, "sector_plans")
    answer: Answer = "ja" if found.serving else "nein" if found.refused and not found.unrated else "unbekannt"
    missing = (
        f"Beitrag von {found.unrated[0].label} bewerten" if found.unrated else "Fachteil benennen, der dem Ziel dient"
    )
    proofs = tuple(row for row, _ in found.serving)
    office = str(getattr(found.unrated[0], "lead", "")) if found.unrated else ""
    return Rung(
        rung=1,
        answer=answer,
        proofs=proofs,
        missing=missing,
        from_whom=_office(plan, [office], plan.setting("sector_groups", "federführende Ämter")),
        assumed=bool(proofs) and not found.sure,
        office=office,
        to_check=found.only_suspect(proofs),
    )


def _measure_step(plan: Plan, goal: Goal) -> tuple[Rung, list[Measure]]:
    """Rung 2, and the measures that higher rungs build on: those with owner and date, else all that serve."""
    found = _serving(plan, goal, "measures")
    measures = [row for row, _ in found.serving if isinstance(row, Measure)]
    ready = [m for m in measures if m.owner and m.end and not m.end.is_open]
    half = measures[0] if measures else None
    lacks = [word for word, there in (("Verantwortung", half.owner), ("Termin", half.end)) if not there] if half else []
    missing = f"{' und '.join(lacks)} für „{half.name}“" if half and lacks else "Maßnahme benennen"
    answer: Answer = "ja" if ready else "unbekannt"
    office = half.owner if half else ""
    whom = _office(plan, [office], "federführendes Fachamt")
    assumed = bool(ready) and not any(m.id in found.sure for m in ready)
    step = Rung(
        rung=2,
        answer=answer,
        proofs=tuple(ready),
        missing=missing,
        from_whom=whom,
        assumed=assumed,
        office=office,
        to_check=found.only_suspect(ready),
    )
    return step, ready or measures


def _money_step(plan: Plan, measures: list[Measure]) -> Rung:
    ids = {measure.id for measure in measures}
    proofs = tuple(
        p
        for p in plan.funding_proofs
        if p.measure in ids and p.budget_reference and p.from_year and p.amount_cents and p.decision
    )
    missing = f"Finanzierungsnachweis für „{measures[0].name}“" if measures else "Finanzierungsnachweis einer Maßnahme"
    missing += " (Produkt oder PSP-Element, Jahr, Betrag, Beschluss)"
    office = measures[0].owner if measures else ""
    whom = _office(plan, [office], f"federführendes Fachamt mit {plan.setting('finance_office', 'Kämmerei')}")
    return Rung(
        rung=3,
        answer="ja" if proofs else "unbekannt",
        proofs=proofs,
        missing=missing,
        from_whom=whom,
        assumed=bool(proofs) and all(p.evidence == "assumed" for p in proofs),
        office=office,
    )


INDICATOR_FIELDS = (
    ("baseline", "Ausgangswert"),
    ("target", "Zielwert"),
    ("target_year", "Zieljahr"),
    ("source", "Quelle"),
)


def _indicator_step(plan: Plan, goal: Goal) -> Rung:
    own = [i for i in plan.indicators if i.goal == goal.id]
    gaps = {i.id: [word for field, word in INDICATOR_FIELDS if getattr(i, field) in (None, "")] for i in own}
    ready = tuple(i for i in own if not gaps[i.id])
    lacks = gaps[own[0].id] if own else []
    missing = (
        f"{', '.join(lacks)} für „{own[0].name}“" if lacks else "Indikator mit Ausgangswert, Zielwert, Jahr und Quelle"
    )
    office = own[0].owner if own else ""
    whom = _office(plan, [office], f"{plan.setting('statistics_office', 'Statistikstelle')} mit Fachamt")
    sure = [
        i
        for i in ready
        if all(i.evidence_of(field) != "assumed" for field in ("goal", "baseline", "target", "target_year"))
    ]
    return Rung(
        rung=4,
        answer="ja" if ready else "unbekannt",
        proofs=ready,
        missing=missing,
        from_whom=whom,
        assumed=bool(ready) and not sure,
        office=office,
    )


def ladder(plan: Plan, goal: Goal) -> Ladder:
    """The ladder of one goal; each rung is proved by records or unknown (RULES §3)."""
    named = Rung(
        rung=0, answer="ja", proofs=(goal,), missing="", from_whom="", assumed=goal.evidence_of("name") == "assumed"
    )
    measure_step, measures = _measure_step(plan, goal)
    steps = (named, _sector_step(plan, goal), measure_step, _money_step(plan, measures), _indicator_step(plan, goal))
    return Ladder(goal=goal, steps=steps)
