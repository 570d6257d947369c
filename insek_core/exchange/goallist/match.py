"""Which line of a list is which goal of the plan: by its words, by its number, by words that are close."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from insek_core.exchange.goallist.lines import clean
from insek_core.plan.content import Goal

CLOSE = 0.75  # of the signs of two texts that are taken for one goal
STRANGE = 0.4  # below it a text under the same number says something else
How = Literal["words", "number", "close"]


@dataclass(frozen=True)
class Wanted:
    """What a line says of itself: its words, its number, the kind of goal it becomes."""

    text: str
    number: str
    kind: str


@dataclass(frozen=True)
class Match:
    """The goal a line is, how that was found, and how alike the words are (1: the same)."""

    goal: Goal
    how: How
    alike: float


def plain_words(text: str) -> str:
    """Words without signs, spaces and capitals, for comparing."""
    return " ".join(re.findall(r"\w+", clean(text).casefold()))


def number_in(source: str) -> str:
    """The number that a source names ("Anlage 1, Nr. 1.2, Zeile 7"); empty if none."""
    found = re.search(r"\bNr\. ([^,;]+)", source)
    return found[1].strip() if found else ""


def _alike(one: str, other: str) -> float:
    """How alike two texts are; 0 without a look at every sign where they share too few words or differ in length."""
    a, b = set(one.split()), set(other.split())
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    if not a & b or 2 * shorter < longer * CLOSE or 3 * len(a & b) < min(len(a), len(b)):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= CLOSE else 0.0


def _same_sort(wanted: Wanted, goal: Goal) -> bool:
    """A Zielbereich is matched with a Zielbereich only."""
    return (wanted.kind == "Zielbereich") == (goal.kind == "Zielbereich")


def _by(
    key: Callable[[Wanted], str], key_of: Callable[[Goal], str], wanted: Mapping[int, Wanted], goals: Sequence[Goal]
) -> Iterator[tuple[int, Goal]]:
    """Pairs with the same key, each goal once, in order; an empty key matches nothing."""
    free = list(goals)
    for at, line in wanted.items():
        same = [goal for goal in free if key(line) and key(line) == key_of(goal) and _same_sort(line, goal)]
        if same:
            best = next((goal for goal in same if number_in(goal.source) == line.number), same[0])
            free.remove(best)
            yield at, best


def _by_closeness(wanted: Mapping[int, Wanted], goals: Sequence[Goal]) -> Iterator[tuple[int, Goal, float]]:
    """Pairs of close words, the closest first, each goal once."""
    texts = {goal.id: plain_words(goal.name) for goal in goals}
    pairs = [
        (-alike, at, goal.id)
        for at, line in wanted.items()
        for goal in goals
        if _same_sort(line, goal) and (alike := _alike(plain_words(line.text), texts[goal.id])) >= CLOSE
    ]
    by_id, lines, taken = {goal.id: goal for goal in goals}, set[int](), set[str]()
    for less, at, goal_id in sorted(pairs):
        if at not in lines and goal_id not in taken:
            lines.add(at)
            taken.add(goal_id)
            yield at, by_id[goal_id], -less


def matches(wanted: Sequence[Wanted], goals: Sequence[Goal], of_list: Sequence[Goal]) -> dict[int, Match]:
    """The goal that each line is, by the position of the line: the same words first, then the same number (of the goals
    `of_list`, which were read from this list), then close words. A line that is none is a new goal.
    """
    found: dict[int, Match] = {}

    def left() -> dict[int, Wanted]:
        return {at: line for at, line in enumerate(wanted) if at not in found}

    def free(goals_: Sequence[Goal]) -> list[Goal]:
        taken = {match.goal.id for match in found.values()}
        return [goal for goal in goals_ if goal.id not in taken]

    same = _by(lambda line: plain_words(line.text), lambda goal: plain_words(goal.name), left(), goals)
    found |= {at: Match(goal, "words", 1.0) for at, goal in same}
    numbered = _by(lambda line: line.number, lambda goal: number_in(goal.source), left(), free(of_list))
    for at, goal in numbered:
        alike = SequenceMatcher(None, plain_words(wanted[at].text), plain_words(goal.name), autojunk=False).ratio()
        found[at] = Match(goal, "number", alike)
    found |= {at: Match(goal, "close", alike) for at, goal, alike in _by_closeness(left(), free(goals))}
    return found
