"""The command line of goals: which are backed, what is missing from whom, how sector plans act on one another."""

import argparse
from collections.abc import Iterable
from typing import Any

from insek_core.papers.report import plain
from insek_core.plan import Plan
from insek_core.plan.record import Record
from insek_core.rules.goals.gaps import GAP_TYPES, Gap, gaps
from insek_core.rules.goals.impact import Influence, Touched, cross_impact
from insek_core.rules.goals.ladder import RUNGS, Ladder
from insek_core.rules.goals.minutes import suspect_sentence
from insek_core.rules.goals.review import contested
from insek_core.rules.goals.sentences import coverage_sentence, gaps_sentence, impact_sentence, orphans_sentence
from insek_core.rules.goals.system import GoalSystem, goal_system
from insek_core.rules.goals.wording import suspect
from insek_core.storage.store import Store

Told = tuple[tuple[dict[str, Any], str], int]


def add_commands(commands: Any, shared: argparse.ArgumentParser) -> None:
    """The commands coverage and interactions."""
    commands.add_parser("coverage", parents=[shared], help="welche Ziele belegt sind und was von wem fehlt")
    commands.add_parser("interactions", parents=[shared], help="wie die Fachteile aufeinander wirken")


def _goal(found: GoalSystem, ladder: Ladder) -> dict[str, Any]:
    goal, counts = ladder.goal, found.coverage
    return {
        "id": goal.id,
        "name": goal.name,
        "rung": ladder.rung,
        "assumed": ladder.assumed,
        "to_check": any(step.to_check for step in ladder.steps),
        "covered": goal.id in counts.covered,
        "fragile": goal.id in counts.fragile,
        "positive": counts.positive[goal.id],
        "negative": counts.negative[goal.id],
        "steps": [step.answer for step in ladder.steps],
    }


def _ids(rows: Iterable[Record]) -> list[str]:
    return [row.id for row in rows]


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "goal": gap.goal.id,
        "type": gap.type,
        "answer": gap.answer,
        "assumed": gap.assumed,
        "missing": gap.missing,
        "from": gap.from_whom,
        "office": gap.office or None,
        "area": gap.area or None,
        "sector_plans": list(gap.sector_plans),
        "themes": list(gap.themes),
        "districts": list(gap.districts),
    }


def coverage_data(plan: Plan, found: GoalSystem, lacking: Iterable[Gap]) -> dict[str, Any]:
    """The keys of `coverage --json`."""
    counts, lone = found.coverage, found.orphans
    return {
        "goal_texts_missing": found.texts_missing,
        "goals": [_goal(found, ladder) for ladder in found.ladders],
        "covered": list(counts.covered),
        "uncovered": list(counts.uncovered),
        "fragile": list(counts.fragile),
        "conflicting": list(counts.conflicting),
        "orphans": list(lone.ids),
        "orphans_by_kind": {
            "sector_plans": _ids(lone.sector_plans),
            "measures": _ids(lone.measures),
            "formats": _ids(lone.formats),
        },
        "unrated": _ids(lone.unrated),
        "to_check": _ids(suspect(plan)),
        "contested": _ids(contested(plan)),
        "rated": counts.rated,
        "pairs": counts.pairs,
        "fill_rate": plain(counts.fill_rate),
        "share": plain(counts.share),
        "weighted": plain(counts.weighted),
        "gaps": [_gap(gap) for gap in lacking],
        "findings": [],
    }


def _coverage_text(plan: Plan, found: GoalSystem, lacking: tuple[Gap, ...]) -> str:
    if not found.ladders:
        return "Noch keine Ziele eingetragen."
    told = (
        coverage_sentence(plan, found),
        orphans_sentence(plan, found),
        suspect_sentence(plan),
        gaps_sentence(lacking, lacking),
    )
    sentences = [f"{one.text}{' (Annahme)' if one.assumed else ''}" for one in told if one]
    rungs = [
        f"{one.goal.id}  Stufe {one.rung} ({RUNGS[one.rung]}){' (Annahme)' if one.assumed else ''}  {one.goal.name}"
        for one in found.ladders
    ]
    order = sorted(lacking, key=lambda gap: (gap.from_whom, GAP_TYPES.index(gap.type)))
    gap_lines = [f"{gap.from_whom}: {gap.goal.id} {gap.type}: {gap.missing}" for gap in order]
    return "\n".join([*sentences, "", *rungs, "", *gap_lines]).strip()


def coverage(arguments: argparse.Namespace) -> Told:
    """Which goals are backed, what serves none, what is missing from whom."""
    plan = Store(arguments.db).load()
    found = goal_system(plan)
    lacking = gaps(plan, found.ladders)
    return (coverage_data(plan, found, lacking), _coverage_text(plan, found, lacking)), 0


def _influence(one: Influence) -> dict[str, Any]:
    return {
        "id": one.plan_id,
        "out": one.out_sum,
        "in": one.in_sum,
        "active": one.active,
        "passive": one.passive,
        "product": one.product,
        "quotient": plain(one.quotient),
    }


def _touched(item: Touched) -> dict[str, Any]:
    row = item.interaction
    return {
        "from": row.origin,
        "to": row.target,
        "weight": row.weight,
        "reason": row.reason,
        "assumed": row.evidence_of("weight") == "assumed",
        "money_cents": plain(item.money.value),
        "money_at_least": item.at_least,
        "districts": list(item.districts),
    }


def interactions(arguments: argparse.Namespace) -> Told:
    """How the sector plans act on one another: sums, synergies and conflicts with what they touch."""
    plan = Store(arguments.db).load()
    found = cross_impact(plan)
    matrix, told = found.matrix, impact_sentence(found)
    data = {
        "sector_plans": [_influence(one) for one in matrix.influences],
        "synergies": [_touched(item) for item in found.synergies],
        "conflicts": [_touched(item) for item in found.conflicts],
        "synergy_sum": matrix.synergy_sum,
        "conflict_sum": matrix.conflict_sum,
        "rated": matrix.rated,
        "pairs": matrix.pairs,
        "density": plain(matrix.density),
        "findings": [],
    }
    lines = [_line(plan, word, item) for word, rows in _groups(found.conflicts, found.synergies) for item in rows]
    return (data, "\n".join([f"{told.text}{' (Annahme)' if told.assumed else ''}", *lines])), 0


def _groups(*rows: tuple[Touched, ...]) -> tuple[tuple[str, tuple[Touched, ...]], ...]:
    return tuple(zip(("Konflikt", "Synergie"), rows, strict=True))


def _line(plan: Plan, word: str, item: Touched) -> str:
    row = item.interaction
    money = f"{'mindestens ' if item.at_least else ''}{item.money.show()}"
    places = ", ".join(map(plan.name, item.districts)) or "unbekannt"
    weight = f"{row.weight:+d}".replace("-", "−")
    ends = f"{plan.name(row.origin)} → {plan.name(row.target)}"
    return f"{word} {weight}: {ends}: {row.reason or 'ohne Begründung'} Geld {money}, Ortsteile {places}."


COMMANDS = {"coverage": coverage, "interactions": interactions}
