"""What a goal lacks, from whom, and where: gaps by type, counted by office, area, Fachteil and district (RULES §3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from insek_core.plan import Plan
from insek_core.plan.content import Goal, Measure, SectorPlan
from insek_core.rules.goals.ladder import Answer, Ladder, Rung
from insek_core.rules.goals.trace import districts_of, serving_ids

GAP_TYPES = (  # the first stands for a goal of which no rung above its name is proved; the others are rungs 1 to 4
    "nur benannt",
    "kein Fachteil",
    "keine Maßnahme mit Verantwortung und Termin",
    "keine Mittel nachgewiesen",
    "kein Indikator",
)
By = Literal["office", "area", "sector_plan", "district"]


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One thing that a goal lacks: its type, whether that is known ("nein") or nobody has said it ("unbekannt"), what
    is missing from whom; `office` is an id, or empty where the plan names only a role. Area, Fachteile and districts
    are those of the goal. An `assumed` one has a proof that is only an assumption, so that nothing is shown yet.
    """

    goal: Goal
    type: str
    answer: Answer
    missing: str
    from_whom: str
    office: str
    area: str
    sector_plans: tuple[str, ...]
    districts: tuple[str, ...]
    assumed: bool

    def keys(self, by: By) -> tuple[str, ...]:
        """Under what it is counted; one empty text where that is unknown."""
        single = {"office": (self.from_whom,), "area": (self.area,)}
        return single.get(by) or (self.sector_plans if by == "sector_plan" else self.districts) or ("",)


def area_of(plan: Plan, goal: Goal) -> str:
    """The Zielbereich of a goal, itself if it is one; empty where none is named."""
    if goal.kind == "Zielbereich":
        return goal.id
    parent = plan.by_id.get(goal.parent)
    return parent.id if isinstance(parent, Goal) and parent.kind == "Zielbereich" else ""


def _places(plan: Plan, goal: Goal) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Fachteile of a goal, its measures' included, and the districts of its measures."""
    served = [plan.by_id.get(origin) for origin in serving_ids(plan, goal.id)]
    measures = [row for row in served if isinstance(row, Measure)]
    own = [row.id for row in served if isinstance(row, SectorPlan)]
    return tuple(dict.fromkeys([*own, *(m.sector_plan for m in measures if m.sector_plan)])), districts_of(measures)


def _missing(step: Rung) -> str:
    """What a rung lacks; where it has only an assumed proof, that somebody confirms it."""
    if step.answer != "ja":
        return step.missing
    proof = step.proofs[0]
    name = f"„{proof.label}“" if proof.label != proof.id else f"{proof.one} {proof.id}"
    why = "Wortlaut seit der Bewertung geändert" if step.to_check else "bisher nur Annahme"
    return f"{name} bestätigen ({why})"


def gaps_of(plan: Plan, found: Ladder) -> tuple[Gap, ...]:
    """The gaps of one goal: each rung that is not proved or only by assumption, before them "nur benannt" where none
    is proved.
    """
    lacking = [step for step in found.steps[1:] if step.answer != "ja" or step.assumed]
    named = [(GAP_TYPES[0], lacking[0])] if len(lacking) == len(found.steps) - 1 else []
    sector_plans, districts = _places(plan, found.goal)
    return tuple(
        Gap(
            goal=found.goal,
            type=name,
            answer="unbekannt" if step.answer == "ja" else step.answer,
            missing=_missing(step),
            from_whom=step.from_whom,
            office=step.office,
            area=area_of(plan, found.goal),
            sector_plans=sector_plans,
            districts=districts,
            assumed=step.answer == "ja",
        )
        for name, step in [*named, *((GAP_TYPES[step.rung], step) for step in lacking)]
    )


def gaps(plan: Plan, ladders: Sequence[Ladder]) -> tuple[Gap, ...]:
    """What the goals lack, goal by goal, from the lowest rung up."""
    return tuple(gap for found in ladders for gap in gaps_of(plan, found))


def matching(found: Iterable[Gap], types: Sequence[str] = (), office: str = "", area: str = "") -> tuple[Gap, ...]:
    """The gaps of these types, from this office (its words) and of this Zielbereich; what is empty filters nothing."""
    return tuple(
        gap
        for gap in found
        if (not types or gap.type in types)
        and (not office or gap.from_whom == office)
        and (not area or gap.area == area)
    )


def gap_counts(found: Iterable[Gap], by: By) -> dict[str, dict[str, int]]:
    """How many gaps of each type stand under each office (its words), Zielbereich, Fachteil or district; the empty key
    is unknown. A gap of two districts counts in both: the counts are no parts of a whole.
    """
    counts: dict[str, dict[str, int]] = {}
    for gap in found:
        for key in gap.keys(by):
            row = counts.setdefault(key, dict.fromkeys(GAP_TYPES, 0))
            row[gap.type] += 1
    return counts
