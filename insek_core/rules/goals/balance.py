"""What serves no goal, by kind; how goals lie over horizons, themes and the work programme; which hang on one thread
(RULES §3).
"""

from collections.abc import Collection
from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.content import HORIZONS, Contribution, Goal, Measure, SectorPlan
from insek_core.plan.record import Record
from insek_core.rules.goals.gaps import THEMES
from insek_core.rules.goals.ladder import Answer
from insek_core.rules.goals.trace import serving_ids


@dataclass(frozen=True, kw_only=True)
class Orphans:
    """What serves nothing that the plan names as goal, orientation or principle, by kind. `unrated` may serve: a
    contribution of theirs is named and not judged, so that they count as unknown and not as orphans.
    """

    sector_plans: tuple[Record, ...]
    measures: tuple[Record, ...]
    formats: tuple[Record, ...]
    unrated: tuple[Record, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Every orphan."""
        return tuple(row.id for row in (*self.sector_plans, *self.measures, *self.formats))


def orphans(plan: Plan) -> Orphans:
    """Fachteile, Maßnahmen and Formate without a positive contribution. One that serves only a principle is none."""
    serving = {c.origin for c in plan.contributions if c.weight is not None and c.weight > 0}
    open_ids = {c.origin for c in plan.contributions if c.weight is None} - serving
    sector_plans = tuple(row for row in plan.sector_plans if row.kind == "Fachteil")
    every: tuple[Record, ...] = (*sector_plans, *plan.measures, *plan.formats)
    lone = {row.id for row in every} - serving - open_ids
    return Orphans(
        sector_plans=tuple(row for row in sector_plans if row.id in lone),
        measures=tuple(row for row in plan.measures if row.id in lone),
        formats=tuple(row for row in plan.formats if row.id in lone),
        unrated=tuple(row for row in every if row.id in open_ids),
    )


@dataclass(frozen=True, kw_only=True)
class HorizonCount:
    """The goals of one horizon (empty: none stated), those of them that are covered, and the goals that some measure
    of this horizon serves, whatever their own.
    """

    horizon: str
    goals: tuple[str, ...]
    covered: tuple[str, ...]
    served: tuple[str, ...]


def horizons(plan: Plan, goals: tuple[Goal, ...], covered: Collection[str]) -> tuple[HorizonCount, ...]:
    """How many goals of each horizon are covered; goals without a horizon are counted apart, at the end."""
    of_measure = {row.id: row.horizon for row in plan.measures if isinstance(row, Measure)}
    served = {
        (c.goal, of_measure[c.origin])
        for c in plan.contributions
        if c.origin in of_measure and c.weight is not None and c.weight > 0
    }
    return tuple(
        HorizonCount(
            horizon=horizon,
            goals=tuple(g.id for g in goals if g.horizon == horizon),
            covered=tuple(g.id for g in goals if g.horizon == horizon and g.id in covered),
            served=tuple(g.id for g in goals if (g.id, horizon) in served),
        )
        for horizon in (*HORIZONS, "")
    )


def in_programme(measure: Measure) -> Answer:
    """Whether a measure stands in the work programme: what names its place there says yes, "nein" or "kein Bezug" says
    no, nothing is unknown.
    """
    words = measure.work_programme.strip().casefold()
    return "unbekannt" if not words else "nein" if words.startswith(("nein", "kein")) else "ja"


@dataclass(frozen=True, kw_only=True)
class ProgrammeCount:
    """The measures that serve a goal (None: all measures), by whether they stand in the work programme."""

    goal: Goal | None
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    unknown: tuple[str, ...]


def _programme_count(goal: Goal | None, measures: Collection[Measure]) -> ProgrammeCount:
    by = {answer: tuple(m.id for m in measures if in_programme(m) == answer) for answer in ("ja", "nein", "unbekannt")}
    return ProgrammeCount(goal=goal, inside=by["ja"], outside=by["nein"], unknown=by["unbekannt"])


def programme_counts(plan: Plan, goals: Collection[Goal]) -> tuple[ProgrammeCount, ...]:
    """How many measures of each goal stand in the work programme, do not, or nobody has said; all measures last."""
    by_id = {measure.id: measure for measure in plan.measures}
    of_goal = {goal.id: [by_id[one] for one in serving_ids(plan, goal.id) if one in by_id] for goal in goals}
    rows = (_programme_count(goal, of_goal[goal.id]) for goal in goals)
    return (*rows, _programme_count(None, plan.measures))


@dataclass(frozen=True, kw_only=True)
class ThemeCount:
    """A cross-cutting or funding theme: its measures, the goals it serves, those it harms, those for which it is named
    and not judged; what it does to all other goals is unknown too.
    """

    theme: SectorPlan
    measures: tuple[str, ...]
    served: tuple[str, ...]
    harmed: tuple[str, ...]
    unrated: tuple[str, ...]


def themes(plan: Plan, goals: Collection[Goal]) -> tuple[ThemeCount, ...]:
    """What each Querschnittsthema and Förderschwerpunkt does to the goals; its measures speak for it where they serve
    one.
    """
    known = {goal.id for goal in goals}
    found = []
    for theme in (row for row in plan.sector_plans if row.kind in THEMES):
        measures = tuple(row.id for row in plan.rows_of("measures", "sector_plan", theme.id))
        rows = [c for c in plan.contributions if c.origin in (theme.id, *measures) and c.goal in known]
        served = dict.fromkeys(c.goal for c in rows if c.weight is not None and c.weight > 0)
        harmed = dict.fromkeys(c.goal for c in rows if c.weight is not None and c.weight < 0)
        unrated = dict.fromkeys(c.goal for c in rows if c.weight is None)
        found.append(
            ThemeCount(
                theme=theme, measures=measures, served=tuple(served), harmed=tuple(harmed), unrated=tuple(unrated)
            )
        )
    return tuple(found)


def contradictions(plan: Plan, goals: Collection[str]) -> tuple[Contribution, ...]:
    """The contributions that work against one of these goals, the strongest first."""
    rows = (c for c in plan.contributions if c.goal in goals and c.weight is not None and c.weight < 0)
    return tuple(sorted(rows, key=lambda c: c.weight or 0))


def threads(plan: Plan, goals: Collection[str]) -> tuple[Contribution, ...]:
    """What a goal hangs on, goal by goal: its only measure that serves it, else its only positive contribution."""
    measures, serving = {row.id for row in plan.measures}, dict[str, list[Contribution]]()
    for row in plan.contributions:
        if row.weight is not None and row.weight > 0:
            serving.setdefault(row.goal, []).append(row)
    held = ([c for c in serving.get(goal, []) if c.origin in measures] or serving.get(goal, []) for goal in goals)
    return tuple(rows[0] for rows in held if len({c.origin for c in rows}) == 1)
