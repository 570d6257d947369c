"""Which part of the goal system stands in a matrix at once: goals of a Zielbereich × origins of a kind, bounded."""

from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.content import Contribution, Goal, SectorPlan
from insek_core.plan.german import count, show_date, show_list, show_number
from insek_core.plan.record import Record
from insek_core.rules.figures import UNKNOWN
from insek_core.rules.goals.gaps import area_of
from insek_core.rules.goals.ladder import climbers

MOST_GOALS, MOST_ORIGINS = 40, 60  # that stand in a matrix at once: beyond, nobody reads it
ORIGIN_KINDS = ("sector_plans", "measures", "formats", "tasks")
NAMED_ONLY = "tasks"  # of the steps only those that a contribution names: the others are work, not content
THEMES = ("Fachteil", "Querschnittsthema")


@dataclass(frozen=True, kw_only=True)
class Section:
    """The goals and origins that are shown, the first of each (from 1), and of how many; `goals_of` and `origins_of`
    are those that the filters leave.
    """

    goals: tuple[Goal, ...]
    origins: tuple[Record, ...]
    first_goal: int
    first_origin: int
    goals_of: int
    origins_of: int

    @property
    def bounded(self) -> bool:
        """Whether the filters leave more than is shown."""
        return len(self.goals) < self.goals_of or len(self.origins) < self.origins_of


def judgeable_goals(plan: Plan, area: str = "") -> tuple[Goal, ...]:
    """What can be served: goals, orientations and principles, and a Zielbereich that stands for its goals or is named;
    those of a Zielbereich (its id), or all.
    """
    named, up = {c.goal for c in plan.contributions}, {goal.id for goal in climbers(plan)}
    rows = (goal for goal in plan.goals if goal.kind != "Zielbereich" or goal.id in up or goal.id in named)
    return tuple(goal for goal in rows if not area or area_of(plan, goal) == area)


def judgeable_origins(plan: Plan, kind: str = "") -> tuple[Record, ...]:
    """What can serve a goal: Fachteile and cross-cutting themes, measures, formats; other themes and work steps where
    a contribution names them. Those of one table, or all.
    """
    named = {c.origin for c in plan.contributions}
    return tuple(
        row
        for table in ORIGIN_KINDS
        if not kind or table == kind
        for row in plan.rows(table)
        if row.id in named or (row.kind in THEMES if isinstance(row, SectorPlan) else table != NAMED_ONLY)
    )


def blocks(number: int, most: int) -> tuple[int, ...]:
    """The first (from 1) of each part of at most so many: 100 in parts of 40 begin at 1, 41 and 81."""
    return tuple(range(1, max(number, 1) + 1, most))


def section(plan: Plan, area: str = "", kind: str = "", first_goal: int = 1, first_origin: int = 1) -> Section:
    """The goals of an area and the origins of a kind from these on, no more than can be read."""
    goals, origins = judgeable_goals(plan, area), judgeable_origins(plan, kind)
    row = first_goal if first_goal in blocks(len(goals), MOST_GOALS) else 1
    column = first_origin if first_origin in blocks(len(origins), MOST_ORIGINS) else 1
    return Section(
        goals=goals[row - 1 : row - 1 + MOST_GOALS],
        origins=origins[column - 1 : column - 1 + MOST_ORIGINS],
        first_goal=row,
        first_origin=column,
        goals_of=len(goals),
        origins_of=len(origins),
    )


def span_words(first: int, number: int, of: int) -> str:
    """Which part of how many: "41 bis 80 von 200"."""
    return f"{show_number(first)} bis {show_number(first + number - 1)} von {show_number(of)}"


def section_sentence(found: Section) -> str:
    """How many goals and origins stand in the matrix, and that it is a part where it is one."""
    if not found.bounded:
        goals = count(found.goals_of, "Ziel", "Ziele")
        return f"{goals} × {count(found.origins_of, 'Beitrag', 'Beiträge')} stehen zur Bewertung."
    goals = span_words(found.first_goal, len(found.goals), found.goals_of)
    origins = span_words(found.first_origin, len(found.origins), found.origins_of)
    return f"Gezeigt ist ein Ausschnitt: Ziele {goals}, Beiträge {origins}; die übrigen stehen im nächsten Ausschnitt."


def left_out_sentence(goals: int, origins: int) -> str:
    """What a matrix that begins at the first goal and origin does not show; empty where it shows all."""
    parts = (
        (goals - MOST_GOALS, "weiteres Ziel", "weitere Ziele"),
        (origins - MOST_ORIGINS, "weiterer Beitrag", "weitere Beiträge"),
    )
    more = [count(number, one, many) for number, one, many in parts if number > 0]
    return f"Nicht gezeigt: {show_list(more)}; sie stehen in den Tabellen dahinter." if more else ""


def shown_weight(weight: int | None) -> str:
    """The weight as on screens: "+2", "−1", "0"; "nicht bewertet" where there is none."""
    if weight is None:
        return "nicht bewertet"
    return f"{weight:+d}".replace("-", "−") if weight else "0"


def cell_sentence(plan: Plan, goal: str, origin: str) -> str:
    """What is stored of a pair: its weight, who judged it when and why, and where that comes from."""
    lead = f"{plan.name(origin)} → {plan.name(goal)}, gespeichert: "
    row = next((c for c in reversed(plan.contributions) if (c.goal, c.origin) == (goal, origin)), None)
    if row is None:
        return f"{lead}noch nicht als Beitrag genannt."
    return lead + _told(row)


def _told(row: Contribution) -> str:
    weight = shown_weight(row.weight)
    who = row.judged_by or UNKNOWN
    when = f" am {show_date(row.judged_on)}" if row.judged_on else ""
    judged = f", bewertet von: {who}{when}" if row.weight is not None else ""
    reason = f". Begründung: {row.reason.rstrip('.')}" if row.reason else ""
    return f"{weight}{judged}{reason}. Quelle: {row.source or UNKNOWN}."
