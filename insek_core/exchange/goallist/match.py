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
NEAR, LOOKS, COMPARED = 0.5, 800, 200  # share of pieces, pairs and signs that are compared sign by sign
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


def _pieces(text: str) -> frozenset[str]:
    """Every three signs that stand together in the beginning of a text."""
    padded = f" {text[:COMPARED]} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def _alike(one: str, other: str) -> float:
    """How alike the beginnings of two texts are, sign by sign.

    >>> round(_alike("gute schulen in allen ortsteilen", "gute schulen in allen stadtteilen"), 2)
    0.89
    """
    return SequenceMatcher(None, one[:COMPARED], other[:COMPARED], autojunk=False).ratio()


def _same_sort(wanted: Wanted, goal: Goal) -> bool:
    """A Zielbereich is matched with a Zielbereich only."""
    return (wanted.kind == "Zielbereich") == (goal.kind == "Zielbereich")


def _by(
    key: Callable[[Wanted], str], key_of: Callable[[Goal], str], wanted: Mapping[int, Wanted], goals: Sequence[Goal]
) -> Iterator[tuple[int, Goal]]:
    """Pairs with the same key, each goal once, in order; an empty key matches nothing."""
    free: dict[str, list[Goal]] = {}
    for goal in goals:
        free.setdefault(key_of(goal), []).append(goal)
    for at, line in wanted.items():
        wanted_key = key(line)
        same = [goal for goal in free.get(wanted_key, ()) if wanted_key and _same_sort(line, goal)]
        if same:
            best = next((goal for goal in same if number_in(goal.source) == line.number), same[0])
            free[wanted_key].remove(best)
            yield at, best


def _near(wanted: Mapping[int, Wanted], goals: Sequence[Goal]) -> list[tuple[int, Goal]]:
    """The pairs worth a look at every sign: those that share the most pieces, no more than can be looked at in time."""
    pieces = [(goal, _pieces(plain_words(goal.name))) for goal in goals]
    pairs = []
    for at, line in wanted.items():
        own = _pieces(plain_words(line.text))
        for n, (goal, other) in enumerate(pieces):
            shared = 2 * len(own & other) / (len(own) + len(other) or 1)
            if shared >= NEAR and _same_sort(line, goal):
                pairs.append((-shared, at, n))
    return [(at, goals[n]) for _, at, n in sorted(pairs)[:LOOKS]]


def _by_closeness(wanted: Mapping[int, Wanted], goals: Sequence[Goal]) -> Iterator[tuple[int, Goal, float]]:
    """Pairs of close words, the closest first, each goal once."""
    looked = (
        (at, goal, _alike(plain_words(wanted[at].text), plain_words(goal.name))) for at, goal in _near(wanted, goals)
    )
    lines, taken = set[int](), set[str]()
    for at, goal, alike in sorted(looked, key=lambda row: -row[2]):
        if alike >= CLOSE and at not in lines and goal.id not in taken:
            lines.add(at)
            taken.add(goal.id)
            yield at, goal, alike


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
        found[at] = Match(goal, "number", _alike(plain_words(wanted[at].text), plain_words(goal.name)))
    found |= {at: Match(goal, "close", alike) for at, goal, alike in _by_closeness(left(), free(goals))}
    return found
