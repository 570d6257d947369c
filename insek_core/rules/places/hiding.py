"""Which counts of a tree of areas to hide beside the small ones, so that none of them can be worked out (RULES §4).

An area and the areas in it are a sum that everybody can take apart. So beside each hidden count enough others are
hidden that every one of them still has at least two possible values for a reader who knows all that is shown, every
total, and what a total differs from its parts by. Exact, for a tree of whole counts: how far each hidden count can
move down or up is passed along the tree once from the leaves and once from the root.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf

Slack = tuple[float, float]  # how far a count can move down and up
Total = tuple[float, int]  # what adds up, and how many of it have no end


@dataclass(frozen=True)
class CountTree:
    """Counts of areas, and which is part of which."""

    counts: Mapping[str, float]
    parts: Mapping[str, tuple[str, ...]]
    above: Mapping[str, str]

    @cached_property
    def least(self) -> float:
        """The least that a hidden count can be: 1, for 0 is shown; less where figures are no whole counts."""
        if any(count < 0 for count in self.counts.values()):
            return -inf
        return 1 if all(float(count).is_integer() for count in self.counts.values()) else 0


def count_tree(counts: Mapping[str, float], above: Mapping[str, str]) -> CountTree:
    """The tree of these counts; links that go round in a circle are cut."""
    parts: dict[str, list[str]] = {}
    kept: dict[str, str] = {}
    for area in sorted(counts):
        up, seen = above.get(area, ""), {area}
        while up and up not in seen:
            seen.add(up)
            up = kept.get(up, "")
        parent = above.get(area, "")
        if parent in counts and up != area:
            kept[area] = parent
            parts.setdefault(parent, []).append(area)
    return CountTree(counts, {area: tuple(found) for area, found in parts.items()}, kept)


def _downwards(tree: CountTree) -> list[str]:
    """The areas, each before its parts."""
    order = [area for area in sorted(tree.counts) if area not in tree.above]
    for area in order:
        order.extend(tree.parts.get(area, ()))
    return order


def _from_below(tree: CountTree, hidden: set[str], order: list[str]) -> dict[str, Slack]:
    """How far each count can move as far as its parts let it; 0 for what is shown."""
    found: dict[str, Slack] = {}
    for area in reversed(order):
        room = tree.counts[area] - tree.least
        parts = [found[part] for part in tree.parts.get(area, ())]
        free = (min(room, sum(p[0] for p in parts)), sum(p[1] for p in parts)) if parts else (room, inf)
        found[area] = free if area in hidden else (0.0, 0.0)
    return found


def _total(parts: Iterable[float]) -> Total:
    held = list(parts)
    return sum(part for part in held if part != inf), held.count(inf)


def _without(total: Total, own: float) -> float:
    """The total less one of its parts, which may have no end."""
    rest, endless = (total[0], total[1] - 1) if own == inf else (total[0] - own, total[1])
    return inf if endless else rest


def slacks(tree: CountTree, hidden: set[str]) -> dict[str, Slack]:
    """How far each hidden count can move down and up while all that is shown stays true."""
    order = _downwards(tree)
    below, outside, found = _from_below(tree, hidden, order), dict[str, Slack](), dict[str, Slack]()
    totals = {area: tuple(_total(below[p][n] for p in parts) for n in (0, 1)) for area, parts in tree.parts.items()}
    for area in order:
        if (parent := tree.above.get(area, "")) == "":
            outside[area] = (inf, inf)
        else:
            room = tree.counts[parent] - tree.least
            down, up = (min(room, outside[parent][0]), outside[parent][1]) if parent in hidden else (0.0, 0.0)
            others = [_without(total, own) for total, own in zip(totals[parent], below[area], strict=True)]
            outside[area] = (down + others[1], up + others[0])
        if area in hidden:
            found[area] = (min(below[area][0], outside[area][0]), min(below[area][1], outside[area][1]))
    return found


def _given_away(tree: CountTree, hidden: set[str], area: str) -> bool:
    """Whether a hidden total is the sum of parts that are all shown."""
    parts = tree.parts.get(area, ())
    return bool(parts) and not any(part in hidden for part in parts)


def _beside(tree: CountTree, hidden: set[str], area: str) -> str:
    """What to hide beside a count that could be worked out: the smallest count of the same sum, of a total that its
    parts give away the smallest part; the total of the sum only where nothing else is left, empty if there is nothing.
    """
    parent = tree.above.get(area, "")
    parts, siblings = tree.parts.get(area, ()), tree.parts.get(parent, ())
    for group in (parts, siblings) if _given_away(tree, hidden, area) else (siblings, parts):
        shown = [one for one in group if one not in hidden and tree.counts[one]]
        if shown:
            return min(shown, key=lambda one: (abs(tree.counts[one]), one))
    return parent if parent and parent not in hidden else ""


def hidden_areas(tree: CountTree, small: Iterable[str]) -> frozenset[str]:
    """The small counts and those hidden beside them, until none of them has only one possible value. 0 stays shown."""
    hidden = set(small)
    while True:
        known = [area for area, slack in slacks(tree, hidden).items() if slack == (0.0, 0.0)]
        more, sums = set[str](), set[str]()
        for area in sorted(known, key=lambda one: (not _given_away(tree, hidden, one), one)):
            beside = _beside(tree, hidden, area)
            if beside and tree.above.get(area, area) not in sums:
                more.add(beside)
                sums |= {tree.above.get(area, area), area}
        if not more:
            return frozenset(hidden)
        hidden |= more
