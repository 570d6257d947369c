"""The critical path over any axis of whole numbers: forward pass, backward pass, floats (RULES §2). It knows no dates.

A position is an instant: intervals are half-open, a finish is where the next one may start. What a position means
(a working day, a minute) is the caller's; where time does not run evenly a `Clock` counts along it. Time and memory
grow with activities plus ties; the order of the input changes nothing but which of equal holders is named.
"""

from collections.abc import Mapping, Sequence

from insek_core.rules.time.net.passes import END, FIRST, GATE, Activity, Early, Graph, Late, Slot, Tie


class Network:
    """What `solve` found, activity by activity: the slots of what could be placed, the latest finish, a cycle's members
    in order.
    """

    def __init__(self, graph: Graph, early: Early, late: Late, finish: int | None) -> None:
        self._graph, self._early, self._late = graph, early, late
        self.finish, self.cycle = finish, graph.cycle()

    def slot(self, name: str) -> Slot | None:
        """Where an activity lies; None for one that could not be placed. Raises KeyError for an unknown one."""
        n = self._graph.number[name]
        start, end = self._early.starts[n], self._early.finishes[n]
        if start is None or end is None:
            return None
        late, total = self._late, self._late.totals[n]
        free = max(0, min(late.frees[n], total))
        return Slot(start, end, late.starts[n], late.finishes[n], total, free, self._early.held[n])

    @property
    def slots(self) -> dict[str, Slot]:
        """Every activity that could be placed."""
        return {name: slot for name in self._graph.number if (slot := self.slot(name))}


def solve(
    activities: Sequence[Activity],
    ties: Sequence[Tie],
    *,
    origin: int | None = None,
    within: range | None = None,
    late: bool = True,
) -> Network:
    """Early and late positions, floats and what holds each activity.

    Nothing starts before `origin`; without it an activity that nothing holds stays unplaced, like one without a
    duration, one in a cycle, one outside `within`, and all that wait for it. A finish bound (`start_by`, `finish_by`)
    never moves an activity: where it cannot be kept the floats before it turn negative. Without `late` only the early
    positions are found, and floats are 0. Raises KeyError for a tie to an unknown id.

    >>> found = solve([Activity("a", 3), Activity("b", 2), Activity("c", 1)], [Tie("a", "c"), Tie("b", "c")], origin=0)
    >>> found.finish, found.slots["b"].total_float, found.slots["b"].free_float
    (4, 1, 1)
    """
    graph = Graph(activities, ties)
    early = Early(graph, origin, within)
    finish = max((end for end in early.finishes if end is not None), default=None)
    return Network(graph, early, Late(graph, early, finish or 0, late), finish)


def spanned(
    activities: Sequence[Activity], ties: Sequence[Tie], children: Mapping[str, Sequence[str]]
) -> tuple[list[Activity], list[Tie]]:
    """The same network with each summary (a key of `children`) as instants: where its first child begins and its last
    ends.

    A bound or a tie onto a summary's begin holds all its children, one onto its end holds its end only; an SS tie out
    of it holds every child that begins first. The ids of the instants are its id with FIRST, GATE or END.
    """
    known = {activity.id: activity for activity in activities}
    held = {tie.then for tie in ties if tie.type[1] == "S"}
    gated = [summary for summary in children if summary in held or known[summary].start_from is not None]
    for summary in gated:  # grows while it is walked: what holds a summary holds the summaries in it
        gated += [member for member in children[summary] if member in children and member not in gated]
    made = [activity for activity in activities if activity.id not in children]
    spans: list[Tie] = []
    for summary, members in children.items():
        own = known[summary]
        made.append(Activity(summary + FIRST, 0, start_by=own.start_by, part=FIRST))
        made.append(Activity(summary + END, 0, finish_from=own.finish_from, finish_by=own.finish_by, part=END))
        spans += [Tie(_part(member, FIRST, children), summary + FIRST, "SS") for member in members]
        spans += [Tie(_part(member, END, children), summary + END) for member in members]
    for summary in gated:
        made.append(Activity(summary + GATE, 0, start_from=known[summary].start_from))
        spans += [Tie(summary + GATE, _part(member, GATE, children), "SS") for member in children[summary]]
    outer = [
        tie._replace(
            before=_part(tie.before, FIRST if tie.type[0] == "S" else END, children),
            then=_part(tie.then, GATE if tie.type[1] == "S" else END, children),
        )
        for tie in ties
    ]
    return made, outer + spans


def _part(name: str, instant: str, children: Mapping[str, Sequence[str]]) -> str:
    return name + instant if name in children else name
