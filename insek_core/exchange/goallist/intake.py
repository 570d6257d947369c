"""A list of goals against the plan: which lines are new, which are goals it has, what the plan then says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from insek_core.exchange.formats import Read
from insek_core.exchange.goallist.lines import ListLine
from insek_core.exchange.goallist.match import STRANGE, Match, Wanted, matches
from insek_core.exchange.goallist.outline import OutlineLine
from insek_core.exchange.goallist.reading import GoalList, read_list
from insek_core.exchange.goallist.settled import settled
from insek_core.exchange.workbook.intake import Intake
from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.content import Goal
from insek_core.plan.errors import Finding
from insek_core.plan.german import count, quoted, show_list
from insek_core.plan.record import stated_by
from insek_core.rules.goals.ladder import climbers
from insek_core.rules.structure import structure
from insek_core.storage.store import Store

GOAL_KINDS = ("Zielbereich", "Ziel", "Orientierung", "Arbeitsgrundsatz")
SKIPPED = "nicht übernehmen"
UNNAMED = "Zielliste"


@dataclass(frozen=True)
class ListChoice:
    """How a list is to be read: the kind of goal of each level (else as usual), the sheet it stands on (else the one
    with the most words), and whether it is `whole`, so that goals it no longer has are dropped.
    """

    kinds: tuple[str, ...] = ()
    sheet: str = ""
    whole: bool = False

    def kind(self, level: int, levels: int) -> str:
        """What the lines of a level become: with one level goals, with more the first one Zielbereiche."""
        if level <= len(self.kinds):
            return self.kinds[level - 1]
        return "Zielbereich" if level == 1 and levels > 1 else "Ziel"


def list_name(plan: Plan) -> str:
    """What the list of goals is called, as sources cite it: the plan's own name of the annex."""
    return plan.setting("goal_texts_in", "") or UNNAMED


def cited(plan: Plan, line: ListLine) -> str:
    """Where a goal stands: "Anlage 1, Nr. 1.2, Zeile 7"."""
    parts = (list_name(plan), f"Nr. {line.number}" if line.number else "", line.place)
    return ", ".join(part for part in parts if part).replace(";", ",").replace(": ", " ")


def from_list(plan: Plan, goal: Goal) -> bool:
    """Whether a goal's words were read from the list before."""
    return goal.origin_of("name").startswith(f"{list_name(plan)}, ")


def of_list(plan: Plan) -> tuple[Goal, ...]:
    """The goals whose words were read from the list before."""
    return tuple(goal for goal in plan.goals if from_list(plan, goal))


def _ids(plan: Plan, number: int) -> list[str]:
    """Ids that nothing bears yet: Z-1, Z-2 …"""
    names = (f"Z-{n}" for n in range(1, number + len(plan.by_id) + 1))
    return [name for name in names if name not in plan.by_id][:number]


def _goal(plan: Plan, line: ListLine, kind: str, parent: str, goal_id: str) -> Goal:
    """A new goal: its words are stated, its kind only where the line names it."""
    marks = () if line.kind else (("kind", "derived"),)
    return Goal(
        id=goal_id,
        name=line.text,
        kind=kind,
        parent=parent,
        source=cited(plan, line),
        evidence="stated",
        field_evidence=marks,
        visibility="öffentlich",
    )


def _again(plan: Plan, old: Goal, line: ListLine, kind: str, parent: str | None) -> Goal:
    """A goal that is there, as the line has it; where nothing differs it stays as it is, its source included."""
    known = from_list(plan, old)
    values: dict[str, Any] = {"name": line.text, "kind": kind} | ({"parent": parent} if parent is not None else {})
    changed = {name: value for name, value in values.items() if getattr(old, name) != value}
    if known:
        return replace(old, **changed, source=cited(plan, line)) if "name" in changed else replace(old, **changed)
    return stated_by(old, cited(plan, line), **{"name": line.text} | changed)


def _told(line: ListLine, match: Match | None) -> Finding | None:
    """How a line was matched, where its words are not the same."""
    if match is None or match.how == "words":
        return None
    before = f"{match.goal.id}, bisher {quoted(match.goal.name)}"
    if match.how == "close":
        percent = round(100 * match.alike)
        return line.finding("notice", f"Ähnlicher Wortlaut ({percent} %): gelesen als Änderung von {before}.")
    if match.alike >= STRANGE:
        return line.finding("notice", f"Gleiche Nr. {line.number}: gelesen als neuer Wortlaut von {before}.")
    message = f"Gleiche Nr. {line.number}, aber ein ganz anderer Text: gelesen als neuer Wortlaut von {before}."
    remedy = "Bitte prüfen; ist es ein anderes Ziel, der Zeile eine andere Nummer geben."
    return line.finding("warning", message, remedy)


def _standing(plan: Plan, kept: Mapping[str, Goal]) -> list[Finding]:
    """The Zielbereiche that the list does not name; they stay."""
    names = [quoted(goal.name) for goal in plan.goals if goal.kind == "Zielbereich" and goal.id not in kept]
    message = f"Nicht in der Liste, bleiben aber stehen: {show_list(names)}."
    return [Finding(level="notice", message=message, table="goals")] if names else []


def _replaced(plan: Plan, after: Plan) -> list[Finding]:
    """What was judged for the areas that stood in for their goals: it stays and counts for none of the goals."""
    stood = {goal.id for goal in climbers(plan)} - {goal.id for goal in climbers(after)}
    number = sum(c.goal in stood for c in plan.contributions)
    message = f"{count(number, 'Zielbeitrag gilt', 'Zielbeiträge gelten')} Zielbereichen, die nun eigene Ziele haben; "
    message += "sie bleiben eingetragen, zählen aber für keines dieser Ziele."
    remedy = "Bitte nach dem Einlesen zu den einzelnen Zielen bewerten."
    return [Finding(level="warning", message=message, remedy=remedy, table="contributions")] if number else []


def _missing(plan: Plan, kept: Mapping[str, Goal], choice: ListChoice) -> tuple[set[str], list[Finding]]:
    """The goals that the list no longer has: dropped if it is whole and nothing else names them, else told."""
    gone = [goal for goal in of_list(plan) if goal.id not in kept and goal.kind != "Zielbereich"]
    named = {c.goal for c in plan.contributions} | {i.goal for i in plan.indicators}
    named |= {goal.parent for goal in kept.values()}
    named |= {one for statement in plan.statements for one in statement.concerns}
    dropped = {goal.id for goal in gone if choice.whole and goal.id not in named}
    told = _standing(plan, kept)
    for goal in (one for one in gone if one.id not in dropped):
        why = (
            "Beiträge, Indikatoren oder Aussagen nennen es" if choice.whole else "die Liste gilt nicht als vollständig"
        )
        message = f"{quoted(goal.name)} ({goal.id}) steht nicht in der Liste und bleibt: {why}."
        remedy = "Bitte unter „Daten“ entfernen, wenn es entfallen soll."
        told.append(Finding(level="warning", message=message, remedy=remedy, table="goals", record=goal.id))
    return dropped, told


def _taken(
    plan: Plan, found: GoalList, choice: ListChoice
) -> tuple[list[OutlineLine], dict[int, str], dict[int, Match]]:
    """The lines that become goals, the kind of each by position, and which goal it is."""
    usual = {at: choice.kind(one.level, found.levels) for at, one in enumerate(found.lines)}
    kinds = {at: kind if kind == SKIPPED else found.lines[at].line.kind or kind for at, kind in usual.items()}
    at_all = [at for at in kinds if kinds[at] != SKIPPED]
    wanted = [Wanted(found.lines[at].line.text, found.lines[at].line.number, kinds[at]) for at in at_all]
    matched = {at_all[n]: match for n, match in matches(wanted, plan.goals, of_list(plan)).items()}
    return [found.lines[at] for at in at_all], {at: kinds[at] for at in at_all}, matched


def _goals(plan: Plan, found: GoalList, kinds: Mapping[int, str], matched: Mapping[int, Match]) -> dict[str, Goal]:
    """Every line as a goal, by its id, each below the nearest line above that is one."""
    fresh = iter(_ids(plan, len(kinds)))
    ids = {at: matched[at].goal.id if at in matched else next(fresh) for at in kinds}
    goals: dict[str, Goal] = {}
    for at, kind in kinds.items():
        up = found.lines[at].above
        while up is not None and up not in ids:
            up = found.lines[up].above
        parent, line = (ids[up] if up is not None else None), found.lines[at].line
        old = matched.get(at)
        goals[ids[at]] = (
            _again(plan, old.goal, line, kind, parent) if old else _goal(plan, line, kind, parent or "", ids[at])
        )
    return goals


def _summary(lines: Sequence[OutlineLine], kinds: Mapping[int, str], matched: Mapping[int, Match]) -> Finding:
    parts = [
        count(sum(kind == one for kind in kinds.values()), one, many)
        for one, many in zip(GOAL_KINDS, ("Zielbereiche", "Ziele", "Orientierungen", "Arbeitsgrundsätze"), strict=True)
        if one in kinds.values()
    ]
    ways = [sum(match.how == how for match in matched.values()) for how in ("words", "number", "close")]
    told = f"{count(len(lines), 'Zeile', 'Zeilen')} gelesen ({show_list(parts)}): {ways[0]} mit gleichem Wortlaut, "
    told += f"{ways[1]} an ihrer Nummer und {ways[2]} an ähnlichem Wortlaut erkannt, {len(kinds) - sum(ways)} neu."
    return Finding(level="notice", message=told)


def take_goals(plan: Plan, found: GoalList, choice: ListChoice, on: date) -> Intake:
    """The plan with the goals of a list, all or nothing; what the list settles is settled on this day."""
    told = list(found.findings)
    if any(one.level == "error" for one in told) or not found.lines:
        return Intake(plan=None, version=None, office="", findings=tuple(told))
    lines, kinds, matched = _taken(plan, found, choice)
    goals = _goals(plan, found, kinds, matched)
    dropped, missing = _missing(plan, goals, choice)
    told = [_summary(lines, kinds, matched), *told, *missing]
    told += [one for at in kinds if (one := _told(found.lines[at].line, matched.get(at)))]
    kept = {goal.id: goal for goal in plan.goals if goal.id not in dropped} | goals
    after = settled(with_tables(plan, {"goals": tuple(kept.values())}), list_name(plan), on)
    told += [*_replaced(plan, after), *(faults := structure(after))]
    broken = any(one.level == "error" for one in faults)
    return Intake(plan=None if broken else after, version=None, office="", findings=tuple(told))


def goals_reader(choice: ListChoice, on: date) -> Callable[[Store, str, bytes, Plan, int], Read]:
    """What reads a file as a list of goals instead of as a plan's workbook; it is an edit of the newest version."""

    def read(store: Store, name: str, data: bytes, head: Plan, head_number: int) -> Read:
        found = read_list(name, data, choice.sheet)
        return take_goals(head, found, choice, on), head, head_number

    return read
