"""Working time agrees with counting minute by minute: on small random weeks with exceptions, and at the edges."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from insek_core.rules.time.net.network import solve
from insek_core.rules.time.net.passes import Activity, Clock, Tie
from insek_core.rules.time.net.worktime import (
    DAY,
    ELAPSED,
    OFF,
    POSITIONS,
    STANDARD_WEEK,
    WORKDAY,
    Elapsed,
    Instants,
    OtherDays,
    Pattern,
    WorkTime,
    moment,
    position,
)

FIRST = date(2015, 5, 27)  # a Wednesday; the counted days lie around it
START = position(datetime.combine(FIRST, datetime.min.time()))
DAYS = 35  # counted minute by minute; asked are only instants and amounts that stay inside

edges = st.sampled_from([0, 1, 2, 479, 480, 481, 720, 780, 1019, 1020, 1380, 1439, 1440])
patterns = st.lists(st.tuples(edges, edges), max_size=3).map(tuple)
spans = st.builds(
    lambda first, days, own: OtherDays(FIRST + timedelta(first), FIRST + timedelta(first + days), own),
    st.integers(-3, DAYS),
    st.integers(-1, 9),
    st.one_of(patterns.map(lambda own: (own,)), st.tuples(*[patterns] * 7)),
)
weeks = st.tuples(*[patterns] * 7)


def counted(week: tuple[Pattern, ...], exceptions: list[OtherDays]) -> list[int]:
    """For each minute from START: how many working minutes lie before it."""
    works: list[bool] = []
    for n in range(DAYS):
        day = FIRST + timedelta(n)
        held = next((span.patterns for span in exceptions if span.first <= day <= span.last), week)
        own = held[day.weekday() % len(held)]
        works += [any(begin <= minute < end for begin, end in own) for minute in range(DAY)]
    return [0, *accumulate(works)]


@settings(max_examples=150, deadline=None)
@given(weeks, st.lists(spans, max_size=4), st.data())
def test_every_answer_agrees_with_counting_minutes(
    week: tuple[Pattern, ...], own: list[OtherDays], data: st.DataObject
) -> None:
    clock, before = WorkTime(week, own), counted(week, own)
    for _ in range(10):
        day, minute = data.draw(st.integers(12, 22)), data.draw(edges)
        at, other = day * DAY + minute, data.draw(st.integers(0, DAYS * DAY))
        amount = data.draw(st.one_of(st.integers(-1500, 1500), st.sampled_from([480, -480, 1, -1])))
        assert clock.between(START + at, START + other) == before[other] - before[at]
        start = bisect_right(before, before[at]) - 1  # the last instant with the same count
        if start < DAYS * DAY:
            assert clock.begin(START + at) == START + start
        end = bisect_left(before, before[at])
        if end > 0:
            assert clock.end(START + at) == START + end
        assert clock.add(START + at, 0) == clock.sub(START + at, 0) == START + at
        if amount:
            ended = bisect_left(before, before[at] + amount)
            if 0 < ended < len(before):
                assert clock.add(START + at, amount) == START + ended
            began = bisect_right(before, before[at] - amount) - 1
            if 0 <= began < DAYS * DAY:
                assert clock.sub(START + at, amount) == START + began


@settings(max_examples=60, deadline=None)
@given(weeks, st.lists(spans, max_size=4), st.integers(0, DAYS * DAY), st.integers(-2000, 2000))
def test_sub_is_the_last_instant_from_which_add_is_in_time(
    week: tuple[Pattern, ...], own: list[OtherDays], at: int, amount: int
) -> None:
    clock = WorkTime(week, own)
    latest = clock.sub(START + at, amount)
    if latest is None:
        return
    ended, later = clock.add(latest, amount), clock.add(latest + 1, amount)
    assert ended is None or ended <= START + at
    assert later is None or later > START + at


def test_friday_ends_on_friday() -> None:
    office = WorkTime()
    friday = position(datetime(2006, 9, 22, 8))
    assert moment(office.add(friday, 480) or 0) == datetime(2006, 9, 22, 17)
    assert moment(office.begin(friday + 9 * 60)) == datetime(2006, 9, 25, 8)
    assert moment(office.end(position(datetime(2006, 9, 24, 12)))) == datetime(2006, 9, 22, 17)
    assert moment(office.add(friday, 481) or 0) == datetime(2006, 9, 25, 8, 1)
    # going back one day from Friday 17:00 ends on Thursday, and the task that starts then starts on Friday morning
    assert moment(office.add(friday + 540, -480) or 0) == datetime(2006, 9, 21, 17)
    assert moment(office.sub(friday + 540, 480) or 0) == datetime(2006, 9, 22, 8)


def test_before_1970_it_runs_as_after() -> None:
    wednesday, thursday = position(datetime(1969, 12, 31, 13)), position(datetime(1970, 1, 1, 9))
    assert moment(WorkTime().add(wednesday, 300) or 0) == datetime(1970, 1, 1, 9)
    # five hours before 09:00: one on Thursday, the four after Wednesday's lunch, so that the morning's work has ended
    assert moment(WorkTime().add(thursday, -300) or 0) == datetime(1969, 12, 31, 12)


def test_the_first_exception_given_wins() -> None:
    day = date(2015, 6, 4)
    clock = WorkTime(exceptions=[OtherDays(day, day, (((600, 660),),)), OtherDays(date(1900, 1, 1), date(2300, 1, 1))])
    assert moment(clock.begin(START)) == datetime(2015, 6, 4, 10)
    assert clock.add(START, 61) is None and clock.add(START, 60) == position(datetime(2015, 6, 4, 11))


def test_outside_the_calendar_there_is_no_answer() -> None:
    office, low, high = WorkTime(), POSITIONS[0], POSITIONS[-1]
    assert office.add(high, 1) is None and office.sub(low, 1) is None and office.add(low, -1) is None
    assert office.add(low - 1, 480) is None and office.sub(high + 1, 480) is None and office.add(low - 1, 0) == low - 1
    assert office.add(START, 10**12) is None and office.sub(START, 10**12) is None
    assert office.begin(high + 5) == high + 5 and office.end(low - 5) == low - 5
    assert office.between(low - DAY * 999, high + DAY * 999) == office.between(low, high)


def test_who_never_works_never_ends() -> None:
    never = WorkTime((OFF,) * 7)
    assert never.add(START, 1) is None and never.sub(START, 1) is None
    assert never.begin(START) == START and never.end(START) == START and never.between(START, START + DAY) == 0


def test_no_memory_grows_with_the_length_of_a_span() -> None:
    long = [OtherDays(date(1, 1, 1), date(9999, 12, 31), (WORKDAY,))] * 1000
    assert WorkTime(STANDARD_WEEK, long).between(START, START + 7 * DAY) == 7 * 480


def test_elapsed_time_never_stops() -> None:
    clock: Clock = Elapsed()
    assert (clock.begin(5), clock.add(5, 3), clock.sub(5, 3), clock.between(5, 3)) == (5, 8, 2, -2)


def test_a_milestone_after_friday_lies_on_friday() -> None:
    office = WorkTime()
    friday = position(datetime(2006, 9, 22, 8))
    found = solve(
        [Activity("a", 480, clock=office), Activity("m", 0, clock=Instants(office)), Activity("b", 480, clock=office)],
        [Tie("a", "m"), Tie("m", "b")],
        origin=friday,
    )
    assert moment(found.slots["m"].early_start) == datetime(2006, 9, 22, 17)
    assert moment(found.slots["b"].early_start) == datetime(2006, 9, 25, 8)
    assert [found.slots[name].total_float for name in "amb"] == [0, 0, 0]


OFFICE, MORNINGS, LONG = WORKDAY, ((540, 720),), ((360, 1320),)
CLOCKS = (
    WorkTime(),
    WorkTime((OFFICE,) * 4 + (OFF,) * 3),
    WorkTime((MORNINGS,) * 5 + (OFF,) * 2),
    WorkTime((LONG,) * 7),
    ELAPSED,
)
works = st.tuples(st.sampled_from([0, 60, 240, 480, 960]), st.sampled_from(CLOCKS))
ties_between = st.tuples(
    st.sampled_from(["FS", "SS", "FF", "SF"]), st.sampled_from([0, 0, 480, -240]), st.sampled_from(CLOCKS)
)


@settings(max_examples=400)
@given(rows=st.lists(works, min_size=2, max_size=5), data=st.data())
def test_within_its_float_an_activity_moves_no_end_whatever_the_calendars(
    rows: list[tuple[int, Clock]], data: st.DataObject
) -> None:
    begin = position(datetime(2006, 9, 21, 8))
    activities = [
        Activity(str(n), days, begin, clock=Instants(clock) if isinstance(clock, WorkTime) and not days else clock)
        for n, (days, clock) in enumerate(rows)
    ]
    pairs = [(before, then) for then in range(len(rows)) for before in range(then) if data.draw(st.booleans())]
    ties = [
        Tie(str(before), str(then), kind, lag, clock if lag else None)
        for before, then in pairs
        for kind, lag, clock in [data.draw(ties_between)]
    ]
    found = solve(activities, ties, within=POSITIONS)
    for n, activity in enumerate(activities):
        slot = found.slot(activity.id)
        if slot is None or slot.total_float <= 0 or activity.clock is None:
            continue
        later = activity._replace(start_from=activity.clock.add(slot.early_start, slot.total_float))
        moved = solve([*activities[:n], later, *activities[n + 1 :]], ties, within=POSITIONS)
        assert moved.finish == found.finish
