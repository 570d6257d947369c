"""What a goal lacks, from whom, and where: gaps by type, counted by office, area, Fachteil, theme and district
(RULES §3).
"""

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
By = Literal["office", "area", "sector_plan", "theme", "district"]
THEMES = ("Querschnittsthema", "Förderschwerpunkt")


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One thing that a goal lacks: its type, whether that is known ("nein") or nobody has said it ("unbekannt"), what
    is missing from whom; `office` is an id, or empty where the plan names only a role. Area, Fachteile, themes
    (Querschnittsthemen and Förderschwerpunkte) and districts are those of the goal. An `assumed` one has a
    proof that is only an assumption, so that nothing is shown yet.
    """

    goal: Goal
    type: str
    answer: Answer
    missing: str
    from_whom: str
    office: str
    area: str
    sector_plans: tuple[str, ...]
    themes: tuple[str, ...]
    districts: tuple[str, ...]
    assumed: bool

    def keys(self, by: By) -> tuple[str, ...]:
        """Under what it is counted; one empty text where that is unknown."""
        found = {
            "office": (self.from_whom,),
            "area": (self.area,),
            "sector_plan": self.sector_plans,
            "theme": self.themes,
            "district": self.districts,
        }
        return found[by] or ("",)


def area_of(plan: Plan, goal: Goal) -> str:
    """The Zielbereich that a goal lies in, however deep, itself if it is one; empty where none is named."""
    row: object = goal
    for _ in plan.goals:  # a circle of parents ends here
        if not isinstance(row, Goal) or row.kind == "Zielbereich":
            break
        row = plan.by_id.get(row.parent)
    return row.id if isinstance(row, Goal) and row.kind == "Zielbereich" else ""


@dataclass(frozen=True)
class _Places:
    """Where a goal is at home: the Fachteile and themes that serve it, its measures' included, and their districts."""

    sector_plans: tuple[str, ...]
    themes: tuple[str, ...]
    districts: tuple[str, ...]


def _places(plan: Plan, goal: Goal) -> _Places:
    served = [plan.by_id.get(origin) for origin in serving_ids(plan, goal.id)]
    measures = [row for row in served if isinstance(row, Measure)]
    ids = [*(row.id for row in served if isinstance(row, SectorPlan)), *(m.sector_plan for m in measures)]
    plans = {row.id: row for one in ids if isinstance(row := plan.by_id.get(one), SectorPlan)}
    return _Places(
        sector_plans=tuple(one for one, row in plans.items() if row.kind not in THEMES),
        themes=tuple(one for one, row in plans.items() if row.kind in THEMES),
        districts=districts_of(measures),
    )


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
    bare = found.rung == 0 or len(lacking) == len(found.steps) - 1
    named = [(GAP_TYPES[0], lacking[0])] if bare else []
    places = _places(plan, found.goal)
    return tuple(
        Gap(
            goal=found.goal,
            type=name,
            answer="unbekannt" if step.answer == "ja" else step.answer,
            missing=_missing(step),
            from_whom=step.from_whom,
            office=step.office,
            area=area_of(plan, found.goal),
            sector_plans=places.sector_plans,
            themes=places.themes,
            districts=places.districts,
            assumed=step.answer == "ja",
        )
        for name, step in [*named, *((GAP_TYPES[step.rung], step) for step in lacking)]
    )


def gaps(plan: Plan, ladders: Sequence[Ladder]) -> tuple[Gap, ...]:
    """What the goals lack, goal by goal, from the lowest rung up."""
    return tuple(gap for found in ladders for gap in gaps_of(plan, found))


@dataclass(frozen=True, kw_only=True)
class GapFilter:
    """Which gaps are looked at: of these types, from this office (its words), of this Zielbereich, theme and district;
    what is empty filters nothing.
    """

    types: tuple[str, ...] = ()
    office: str = ""
    area: str = ""
    theme: str = ""
    district: str = ""

    def holds(self, gap: Gap) -> bool:
        """Whether a gap is looked at."""
        wanted: tuple[tuple[By, str], ...] = (
            ("office", self.office),
            ("area", self.area),
            ("theme", self.theme),
            ("district", self.district),
        )
        return (not self.types or gap.type in self.types) and all(key in ("", *gap.keys(by)) for by, key in wanted)


def matching(found: Iterable[Gap], wanted: GapFilter) -> tuple[Gap, ...]:
    """The gaps that a filter holds."""
    return tuple(gap for gap in found if wanted.holds(gap))


def gap_counts(found: Iterable[Gap], by: By) -> dict[str, dict[str, int]]:
    """How many gaps of each type stand under each office (its words), Zielbereich, Fachteil, theme or district; the
    empty key is unknown. A gap of two districts counts in both: the counts are no parts of a whole.
    """
    counts: dict[str, dict[str, int]] = {}
    for gap in found:
        for key in gap.keys(by):
            row = counts.setdefault(key, dict.fromkeys(GAP_TYPES, 0))
            row[gap.type] += 1
    return counts
