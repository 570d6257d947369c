"""Working minutes of a week with exceptions: the clock of plans made in hours (RULES §2).

A position is a number of whole minutes since 01.01.1970 00:00, local time without a zone. Every answer follows from one
count, the working minutes before an instant: `add` looks for the first instant with so many, `sub` for the last.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

DAY = 24 * 60
EPOCH = datetime(1970, 1, 1)
Pattern = tuple[tuple[int, int], ...]  # minutes of a day between which work is done, each (begin, end)
OFF: Pattern = ()
WORKDAY: Pattern = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
STANDARD_WEEK: tuple[Pattern, ...] = (WORKDAY,) * 5 + (OFF,) * 2


class OtherDays(NamedTuple):
    """Days (both included) that differ from the week: one pattern for each of them, or seven from Monday."""

    first: date
    last: date
    patterns: tuple[Pattern, ...] = (OFF,)


def position(moment: datetime) -> int:
    """Whole minutes since 01.01.1970 00:00; seconds are dropped."""
    passed = moment - EPOCH
    return passed.days * DAY + passed.seconds // 60


def moment(at: int) -> datetime:
    """The instant at a position. Raises OverflowError outside the years 1 to 9999."""
    return EPOCH + timedelta(minutes=at)


YEARS = range(1950, 2151)
POSITIONS = range(position(datetime(YEARS[0], 1, 1)), position(datetime(YEARS[-1] + 1, 1, 1)) + 1)


class _Cycle:
    """A week (or a day) that repeats for ever, its working minutes counted from the Monday before 1970."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.length = len(patterns) * DAY
        self.begins: list[int] = []
        self.before: list[int] = []  # working minutes of the cycle before each interval
        self.ends: list[int] = []
        self.total = 0
        for number, pattern in enumerate(patterns):
            for begin, end in sorted(pattern):
                first = max(begin, 0, self.ends[-1] - number * DAY if self.ends else 0)  # overlaps count once
                if first < min(end, DAY):
                    self.begins.append(number * DAY + first)
                    self.before.append(self.total)
                    self.ends.append(number * DAY + min(end, DAY))
                    self.total += min(end, DAY) - first

    def count(self, at: int) -> int:
        """Working minutes before an instant."""
        rounds, rest = divmod(at + 3 * DAY, self.length)  # 01.01.1970 was a Thursday
        n = bisect_right(self.begins, rest) - 1
        return rounds * self.total + (self.before[n] + min(rest, self.ends[n]) - self.begins[n] if n >= 0 else 0)

    def first(self, count: int) -> int:
        """The first instant with so many working minutes before it; the cycle must have some."""
        rounds, rest = divmod(count - 1, self.total)
        n = bisect_left(self.before, rest + 1) - 1
        return rounds * self.length + self.begins[n] + rest + 1 - self.before[n] - 3 * DAY

    def last(self, count: int) -> int:
        """The last instant with no more working minutes before it; the cycle must have some."""
        rounds, rest = divmod(count, self.total)
        n = bisect_right(self.before, rest) - 1
        return rounds * self.length + self.begins[n] + rest - self.before[n] - 3 * DAY


def _pieces(exceptions: Sequence[OtherDays]) -> list[tuple[int, OtherDays | None]]:
    """From which day on which exception holds (None: the week), for all of POSITIONS. Of several the first given
    wins.
    """
    low, high = POSITIONS[0] // DAY, POSITIONS[-1] // DAY
    epoch = EPOCH.date()
    spans = [((span.first - epoch).days, (span.last - epoch).days, n) for n, span in enumerate(exceptions)]
    marks = sorted({low, *(max(low, mark) for a, b, _ in spans for mark in (a, b + 1) if a <= b and mark < high)})
    coming = sorted((span for span in spans if span[0] <= span[1]), reverse=True)
    open_spans: list[tuple[int, int]] = []
    found: list[tuple[int, OtherDays | None]] = []
    for mark in marks:
        while coming and coming[-1][0] <= mark:
            _, last, n = coming.pop()
            heappush(open_spans, (n, last))
        while open_spans and open_spans[0][1] < mark:
            heappop(open_spans)
        found.append((mark, exceptions[open_spans[0][0]] if open_spans else None))
    return found


class WorkTime:
    """A clock that runs in working time: seven patterns from Monday, and exceptions, of which the first given wins.

    It knows the years 1950 to 2150; outside them, and where no work is left, `add` and `sub` have no answer (None).
    Each question costs the logarithm of the number of exceptions.

    >>> office = WorkTime(STANDARD_WEEK)
    >>> friday = position(datetime(2006, 9, 22, 8))
    >>> str(moment(office.add(friday, 480))), str(moment(office.begin(office.add(friday, 480))))
    ('2006-09-22 17:00:00', '2006-09-25 08:00:00')
    """

    def __init__(self, week: Sequence[Pattern] = STANDARD_WEEK, exceptions: Sequence[OtherDays] = ()) -> None:
        cycles: dict[tuple[Pattern, ...], _Cycle] = {}
        self._firsts: list[int] = []  # where each piece begins,
        self._before: list[int] = []  # how many working minutes lie before it,
        self._cycles: list[_Cycle] = []  # how it goes on,
        self._shifts: list[int] = []  # and by how much its cycle counts otherwise
        for day, span in _pieces(exceptions):
            patterns = tuple(span.patterns if span else week)
            cycle = cycles.get(patterns) or cycles.setdefault(patterns, _Cycle(patterns))
            first = day * DAY
            before = self._count(first) if self._firsts else 0
            self._firsts.append(first)
            self._before.append(before)
            self._cycles.append(cycle)
            self._shifts.append(before - cycle.count(first))

    def _count(self, at: int) -> int:
        n = bisect_right(self._firsts, at) - 1
        return self._shifts[n] + self._cycles[n].count(at)

    def _first(self, count: int) -> int | None:
        """The first instant with so many working minutes before it."""
        n = bisect_left(self._before, count) - 1
        if n < 0 or not self._cycles[n].total:
            return None
        found = self._cycles[n].first(count - self._shifts[n])
        return found if found in POSITIONS else None

    def _last(self, count: int) -> int | None:
        """The last instant with no more working minutes before it."""
        n = bisect_right(self._before, count) - 1
        if n < 0 or not self._cycles[n].total:
            return None
        found = self._cycles[n].last(count - self._shifts[n])
        return found if found in POSITIONS else None

    def begin(self, position: int) -> int:
        """The first instant from here at which work can start; here, if there is none."""
        found = self._last(self._count(position)) if position in POSITIONS else None
        return position if found is None else found

    def end(self, position: int) -> int:
        """The last instant up to here at which work can have ended; here, if there is none."""
        found = self._first(self._count(position)) if position in POSITIONS else None
        return position if found is None else found

    def add(self, position: int, amount: int) -> int | None:
        """Where so many working minutes from here end: Friday 17:00, not Monday 08:00. Negative amounts go back."""
        if not amount or position not in POSITIONS:
            return None if amount else position
        return self._first(self._count(position) + amount)

    def sub(self, position: int, amount: int) -> int | None:
        """The last instant from which `add` ends no later than here."""
        if not amount or position not in POSITIONS:
            return None if amount else position
        return self._last(self._count(position) - amount)

    def between(self, first: int, last: int) -> int:
        """Working minutes from the one to the other; negative if `last` comes first."""
        low, high = POSITIONS[0], POSITIONS[-1]
        return self._count(min(max(last, low), high)) - self._count(min(max(first, low), high))


class Elapsed:
    """A clock that never stops: 24 hours on seven days."""

    def begin(self, position: int) -> int:
        """Here."""
        return position

    def add(self, position: int, amount: int) -> int:
        """So many minutes later."""
        return position + amount

    def sub(self, position: int, amount: int) -> int:
        """So many minutes earlier."""
        return position - amount

    def between(self, first: int, last: int) -> int:
        """Minutes from the one to the other."""
        return last - first


class Instants(WorkTime):
    """The same clock for what need not begin in working time: a milestone after Friday 17:00 lies at Friday 17:00."""

    def __init__(self, clock: WorkTime) -> None:
        self.__dict__.update(vars(clock))  # its counts are shared, not made again

    def begin(self, position: int) -> int:
        """Here."""
        return position


ELAPSED = Elapsed()
