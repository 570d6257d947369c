"""The two passes over a network of activities and ties: earliest positions forward, latest ones backward (RULES §2)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

FIRST, GATE, END = "\0first", "\0gate", "\0end"  # what a summary is made of, behind its id
OWN, NOTHING = -1, -2  # what holds a start: its own bound, the project's origin


class Clock(Protocol):
    """How time runs for an activity or a lag. None: the clock has no answer, and what waits for it stays unplaced."""

    def begin(self, position: int) -> int:
        """The first instant from here at which work can start."""
        ...

    def add(self, position: int, amount: int) -> int | None:
        """Where so much time from here ends."""
        ...

    def sub(self, position: int, amount: int) -> int | None:
        """The last instant from which `add` ends no later than here."""
        ...

    def between(self, first: int, last: int) -> int:
        """How much time lies between; negative if `last` comes first."""
        ...


class Activity(NamedTuple):
    """Something that takes time (None: unknown). Bounds are positions; None is no bound.

    `part` is FIRST or END for an instant of a summary: FIRST lies where its first predecessor begins, not its last.
    """

    id: str
    duration: int | None
    start_from: int | None = None
    finish_from: int | None = None
    start_by: int | None = None
    finish_by: int | None = None
    clock: Clock | None = None
    part: str = ""


class Tie(NamedTuple):
    """One activity before another: FS, SS, FF or SF with a lag, counted along the axis or by a clock of its own."""

    before: str
    then: str
    type: str = "FS"
    lag: int = 0
    clock: Clock | None = None


class Slot(NamedTuple):
    """Where an activity lies, how far it could, and the number of the tie that holds it (OWN, NOTHING: none does)."""

    early_start: int
    early_finish: int
    late_start: int
    late_finish: int
    total_float: int
    free_float: int
    held_by: int

    @property
    def critical(self) -> bool:
        """Whether a delay moves the end or breaks a bound."""
        return self.total_float <= 0


class Graph:
    """Activities and ties by number, and the order in which each comes after its predecessors.

    An activity's ties are a chain through `next_in` and `next_out`: no list for each activity, so nothing for the
    garbage collector to walk (at 100,000 activities that was a third of the time).
    """

    def __init__(self, activities: Sequence[Activity], ties: Sequence[Tie]) -> None:
        self.activities, self.ties = activities, ties
        self.number = number = {activity[0]: n for n, activity in enumerate(activities)}
        self.befores, self.thens = [number[tie[0]] for tie in ties], [number[tie[1]] for tie in ties]
        self.first_in, self.first_out = [-1] * len(activities), [-1] * len(activities)
        self.next_in, self.next_out = [-1] * len(ties), [-1] * len(ties)
        waiting = [0] * len(activities)
        for n in range(len(ties) - 1, -1, -1):  # backwards, so that a chain keeps the order of the input
            before, then = self.befores[n], self.thens[n]
            self.next_in[n], self.first_in[then] = self.first_in[then], n
            self.next_out[n], self.first_out[before] = self.first_out[before], n
            waiting[then] += 1
        self.order = [n for n, count in enumerate(waiting) if not count]
        for n in self.order:
            tie = self.first_out[n]
            while tie >= 0:
                then = self.thens[tie]
                waiting[then] -= 1
                if not waiting[then]:
                    self.order.append(then)
                tie = self.next_out[tie]

    def into(self, n: int) -> Iterator[int]:
        """The ties that hold an activity."""
        tie = self.first_in[n]
        while tie >= 0:
            yield tie
            tie = self.next_in[tie]

    def cycle(self) -> tuple[str, ...]:
        """One cycle: each stuck activity has a stuck predecessor, so walking back (to the first by name) must meet
        itself.
        """
        if len(self.order) == len(self.activities):
            return ()
        stuck = set(range(len(self.activities))) - set(self.order)
        name = [activity.id for activity in self.activities]
        path: dict[int, None] = {}
        at = min(stuck, key=name.__getitem__)
        while at not in path:
            path[at] = None
            at = min((b for tie in self.into(at) if (b := self.befores[tie]) in stuck), key=name.__getitem__)
        walked = list(path)
        members = list(dict.fromkeys(name[n].split("\0")[0] for n in reversed(walked[walked.index(at) :])))
        first = members.index(min(members))
        return (*members[first:], *members[:first])


class Early:
    """The forward pass: earliest starts and finishes (None: not placed), and what holds each start."""

    def __init__(self, graph: Graph, origin: int | None, within: range | None) -> None:
        activities, ties, befores, next_in = graph.activities, graph.ties, graph.befores, graph.next_in
        self.starts: list[int | None] = [None] * len(activities)
        self.finishes: list[int | None] = [None] * len(activities)
        self.held = [NOTHING] * len(activities)
        starts, finishes = self.starts, self.finishes
        for n in graph.order:
            _, duration, best, finish_from, _, _, clock, part = activities[n]
            if duration is None:
                continue
            holder = NOTHING if best is None else OWN
            if finish_from is not None:
                bound = finish_from - duration if clock is None else clock.sub(finish_from, duration)
                if bound is None:
                    continue
                if best is None or bound > best:
                    best, holder = bound, OWN
            number, known = graph.first_in[n], True
            while number >= 0:
                _, _, kind, lag, lag_clock = ties[number]
                before = befores[number]
                at = starts[before] if kind[0] == "S" else finishes[before]
                bound = at if at is None else at + lag if lag_clock is None else lag_clock.add(at, lag)
                if bound is not None and kind[1] == "F":
                    bound = bound - duration if clock is None else clock.sub(bound, duration)
                if bound is None:
                    known = False
                    break
                if best is None or (bound < best if part == FIRST and holder >= 0 else bound > best):
                    best, holder = bound, number
                number = next_in[number]
            if origin is not None and (best is None or best < origin):
                best, holder = origin, NOTHING
            if best is None or not known:
                continue
            start = best if clock is None else clock.begin(best)
            finish = start + duration if clock is None else clock.add(start, duration)
            if finish is not None and (within is None or (start in within and finish in within)):
                starts[n], finishes[n], self.held[n] = start, finish, holder


class Late:
    """The backward pass from the latest finish: latest starts and finishes, total and free floats."""

    def __init__(self, graph: Graph, early: Early, finish: int, wanted: bool) -> None:
        size = len(graph.activities)
        self.starts, self.finishes, self.totals, self.frees = [finish] * size, [finish] * size, [0] * size, [0] * size
        for n in reversed(graph.order) if wanted else ():
            start, end = early.starts[n], early.finishes[n]
            if start is None or end is None:
                continue
            _, duration, _, _, start_by, finish_by, clock, _ = graph.activities[n]
            limit = finish if finish_by is None or finish < finish_by else finish_by
            late, late_start, free = self._held(graph, early, n, limit, start_by)
            duration = duration or 0
            if clock is None:
                last = late - duration
                last = last if late_start is None or last < late_start else late_start
                late_finish, total, room = last + duration, last - start, finish - end
            else:
                last, late_finish = _latest(clock, duration, late, late_start)
                total, room = clock.between(start, last), clock.between(end, finish)
            self.starts[n], self.finishes[n], self.totals[n] = last, late_finish, total
            self.frees[n] = room if free is None else free

    def _held(
        self, graph: Graph, early: Early, n: int, late: int, late_start: int | None
    ) -> tuple[int, int | None, int | None]:
        """How the ties out of an activity bound its latest finish and start, and the least gap to what comes next."""
        activities, ties, thens, next_out = graph.activities, graph.ties, graph.thens, graph.next_out
        starts, finishes, early_starts, early_finishes = self.starts, self.finishes, early.starts, early.finishes
        start, end, clock = early_starts[n] or 0, early_finishes[n] or 0, activities[n][6]
        free: int | None = None
        number = graph.first_out[n]
        while number >= 0:
            _, _, kind, lag, lag_clock = ties[number]
            then = thens[number]
            number = next_out[number]
            then_start, then_end = early_starts[then], early_finishes[then]
            if then_start is None or then_end is None or (activities[then][7] == FIRST and then_start < start):
                continue
            if kind[1] == "S":
                bound, limit = starts[then], then_start
            else:
                bound, limit = finishes[then], then_end
            here = start if kind[0] == "S" else end
            if lag_clock is None:
                bound, limit = bound - lag, limit - lag
            else:
                back, slack = lag_clock.sub(bound, lag), lag_clock.sub(limit, lag)
                # a clock that cannot go back (no sitting early enough) leaves no time at all: what is, is the latest
                bound, limit = here if back is None else back, here if slack is None else slack
            if kind[0] == "F":
                late = bound if bound < late else late
            elif late_start is None or bound < late_start:
                late_start = bound
            if part := activities[then][7]:
                if part == FIRST:
                    continue  # a summary that begins later moves nothing
                limit += self.frees[then]  # nor does one that ends later, until what waits for it
            gap = limit - here if clock is None else clock.between(here, limit)
            free = gap if free is None or gap < free else free
        return late, late_start, free


def _latest(clock: Clock, duration: int, late: int, late_start: int | None) -> tuple[int, int]:
    """Latest start and finish along a clock."""
    back = clock.sub(late, duration)
    last = late - duration if back is None else back
    if late_start is not None and late_start < last:
        last = late_start
        if clock.begin(last) != last:  # begun in time off it would begin when work goes on: too late
            before = clock.sub(last, 1)
            last = last if before is None else before
    after = clock.add(clock.begin(last) if duration else last, duration)
    return last, late if after is None else min(after, late)
