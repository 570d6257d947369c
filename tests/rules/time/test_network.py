"""The critical path: published networks, and what must hold for any network, by brute force."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insek_core.rules.time.net.network import Network, solve, spanned
from insek_core.rules.time.net.passes import END, FIRST, NOTHING, Activity, Slot, Tie

BOUNDS = ("start_from", "finish_from", "start_by", "finish_by")
COLUMNS = ("ES", "EF", "LS", "LF", "TF", "FF")

Ties = list[Tie]
Net = tuple[list[Activity], Ties]


def read(case: Any) -> tuple[list[Activity], Ties, dict[str, list[str]]]:
    rows = case["tasks"]
    activities = [
        Activity(row["id"], row["duration"], **{key: row[key] for key in BOUNDS if key in row}) for row in rows
    ]
    ties = [Tie(pred["id"], row["id"], pred["type"], pred["lag"]) for row in rows for pred in row["preds"]]
    return activities, ties, case.get("children", {})


def told(found: Network, name: str, children: dict[str, list[str]]) -> dict[str, int | bool]:
    if name in children:
        return {"ES": at(found, name + FIRST).early_start, "EF": at(found, name + END).early_finish}
    slot = at(found, name)
    return {**dict(zip(COLUMNS, slot, strict=False)), "critical": slot.critical}


def at(found: Network, name: str) -> Slot:
    slot = found.slot(name)
    assert slot is not None, name
    return slot


def check(case: Any, rows: dict[str, dict[str, int | bool]]) -> None:
    activities, ties, children = read(case)
    found = solve(*spanned(activities, ties, children), origin=0)
    assert found.finish == case["expected"]["makespan"], case["id"]
    for name, row in rows.items():
        whole = told(found, name, children)
        assert {key: whole[key] for key in row} == row, (case["id"], name)


def test_networks_of_textbooks_come_out_as_computed_apart(own_case: Callable[[str], Any]) -> None:
    for case in own_case("networks.json")["cases"]:
        check(case, case["expected"]["full"])
        check(case, case["expected"].get("published", {}))


@pytest.mark.parametrize(
    "name", ["03_msproject_relations_chain", "04_taylor_ch8_20weeks", "08_general_foundry_15weeks"]
)
def test_published_networks_come_out_as_published(name: str, shared_case: Callable[[str], Any]) -> None:
    case = shared_case(f"{name}.json")
    check(case, case["expected"]["published"])
    check(case, case["expected"]["full_recomputed"])


# ---- any network: activities in an order that ties follow, shuffled before they are solved

KINDS = ("FS", "SS", "FF", "SF")


@st.composite
def networks(draw: st.DrawFn, kinds: Sequence[str] = KINDS, lags: tuple[int, int] = (-3, 4), least: int = 0) -> Net:
    names = [f"t{n}" for n in range(draw(st.integers(1, 7)))]
    activities = [Activity(name, draw(st.integers(least, 9))) for name in names]
    pairs = list(itertools.combinations(names, 2))
    pairs = draw(st.lists(st.sampled_from(pairs), max_size=10)) if pairs else []
    ties = [Tie(*pair, draw(st.sampled_from(kinds)), draw(st.integers(*lags))) for pair in pairs]
    return draw(st.permutations(activities)), ties


def shift(tie: Tie, days: dict[str, int]) -> int:
    """How far the start of the one behind lies at least from the start of the one before."""
    return tie.lag + (days[tie.before] if tie.type[0] == "F" else 0) - (days[tie.then] if tie.type[1] == "F" else 0)


def lengths(activities: Iterable[Activity]) -> dict[str, int]:
    return {activity.id: activity.duration or 0 for activity in activities}


def chains(name: str, ties: Ties) -> Iterable[tuple[Tie, ...]]:
    """Every chain of ties that leads from an activity nothing holds to this one."""
    into = [tie for tie in ties if tie.then == name]
    if not into:
        yield ()
    for tie in into:
        for chain in chains(tie.before, ties):
            yield (*chain, tie)


def moved(activities: list[Activity], name: str, start: int) -> list[Activity]:
    return [activity._replace(start_from=start) if activity.id == name else activity for activity in activities]


def early(found: Network) -> dict[str, tuple[int, int]]:
    return {name: (slot.early_start, slot.early_finish) for name, slot in found.slots.items()}


def ends(slot: Slot, late: bool) -> dict[str, int]:
    return {"S": slot.late_start, "F": slot.late_finish} if late else {"S": slot.early_start, "F": slot.early_finish}


@settings(max_examples=100)
@given(networks())
def test_each_start_is_its_longest_chain_and_the_finish_the_longest_of_all(net: Net) -> None:
    activities, ties = net
    days = lengths(activities)
    # nothing starts before the origin, so a chain counts from wherever it is longest
    longest = {
        name: max(
            sum(shift(tie, days) for tie in chain[first:])
            for chain in chains(name, ties)
            for first in range(len(chain) + 1)
        )
        for name in days
    }
    found = solve(activities, ties, origin=0)
    assert early(found) == {name: (start, start + days[name]) for name, start in longest.items()}
    assert found.finish == max(start + days[name] for name, start in longest.items())


@settings(max_examples=100)
@given(networks(), st.data())
def test_the_order_of_the_input_changes_nothing(net: Net, data: st.DataObject) -> None:
    activities, ties = net
    other = solve(data.draw(st.permutations(activities)), data.draw(st.permutations(ties)), origin=0)
    for name, slot in solve(activities, ties, origin=0).slots.items():
        assert slot[:6] == at(other, name)[:6]


@settings(max_examples=100)
@given(networks(), st.data())
def test_one_more_tie_never_ends_anything_earlier(net: Net, data: st.DataObject) -> None:
    activities = [activity._replace(start_from=0) for activity in sorted(net[0])]
    chosen = sorted(data.draw(st.tuples(*[st.integers(0, len(activities) - 1)] * 2)))
    first, then = (activities[n].id for n in chosen)
    more = Tie(first, then, data.draw(st.sampled_from(KINDS)), data.draw(st.integers(-3, 9)))
    before, after = solve(activities, net[1]), solve(activities, [*net[1], more] if first != then else net[1])
    assert all(slot.early_start <= at(after, name).early_start for name, slot in before.slots.items())
    assert before.finish is not None and after.finish is not None and before.finish <= after.finish


@settings(max_examples=100)
@given(networks())
def test_what_holds_each_start_leads_from_the_end_to_a_start_without_float(net: Net) -> None:
    activities, ties = net
    days, found = lengths(activities), solve(*net, origin=0)
    name = next(name for name, slot in found.slots.items() if slot.early_finish == found.finish)
    while (slot := at(found, name)).held_by != NOTHING:
        assert slot.total_float == 0 and slot.critical
        tie = ties[slot.held_by]
        assert tie.then == name and slot.early_start == at(found, tie.before).early_start + shift(tie, days)
        name = tie.before
    assert slot.total_float == 0 and slot.early_start == 0


@settings(max_examples=100)
@given(networks())
def test_early_and_late_dates_obey_every_tie_and_the_late_ones_end_in_time(net: Net) -> None:
    activities, ties = net
    found = solve(activities, ties, origin=0)
    for late, tie in itertools.product((False, True), ties):
        before, then = ends(at(found, tie.before), late), ends(at(found, tie.then), late)
        assert then[tie.type[1]] >= before[tie.type[0]] + tie.lag
    for activity in activities:
        slot = at(found, activity.id)
        assert slot.late_finish - slot.late_start == activity.duration
        assert found.finish is not None and slot.late_finish <= found.finish
        assert slot.total_float == slot.late_start - slot.early_start >= slot.free_float >= 0


@settings(max_examples=100)
@given(networks(), st.data())
def test_within_its_free_float_an_activity_moves_nothing_else_and_beyond_it_something(
    net: Net, data: st.DataObject
) -> None:
    activities, ties = net
    found = solve(activities, ties, origin=0)
    name, slot = data.draw(st.sampled_from(sorted(found.slots.items())))
    free = data.draw(st.integers(0, slot.free_float))
    here, beyond = (
        solve(moved(activities, name, slot.early_start + by), ties, origin=0) for by in (free, slot.free_float + 1)
    )
    rest = {key: dates for key, dates in early(found).items() if key != name}
    assert early(here) == {**rest, name: (slot.early_start + free, slot.early_finish + free)}
    assert here.finish == found.finish
    assert beyond.finish != found.finish or any(early(beyond)[key] != dates for key, dates in rest.items())


@settings(max_examples=100)
@given(networks(), st.data())
def test_the_total_float_is_how_far_an_activity_can_move_until_the_end_moves(net: Net, data: st.DataObject) -> None:
    activities, ties = net
    found = solve(activities, ties, origin=0)
    assert found.finish is not None
    name, slot = data.draw(st.sampled_from(sorted(found.slots.items())))
    assert solve(moved(activities, name, slot.late_start), ties, origin=0).finish == found.finish
    late = data.draw(st.integers(1, 5))
    assert solve(moved(activities, name, slot.late_start + late), ties, origin=0).finish == found.finish + late


@settings(max_examples=100)
@given(networks(), st.data())
def test_a_float_is_the_least_of_gap_and_float_behind_and_the_worst_how_far_the_worst_bound_is_missed(
    net: Net, data: st.DataObject
) -> None:
    bound = st.none() | st.integers(-5, 40)
    activities = [activity._replace(start_by=data.draw(bound), finish_by=data.draw(bound)) for activity in net[0]]
    found = solve(activities, net[1], origin=0)
    assert found.finish is not None
    own: dict[str, int] = {}
    for activity in activities:
        slot, by = at(found, activity.id), (activity.start_by, activity.finish_by)
        room = [found.finish - slot.early_finish]
        room += [] if by[0] is None else [by[0] - slot.early_start]
        own[activity.id] = min(room + ([] if by[1] is None else [by[1] - slot.early_finish]))
    for name, slot in found.slots.items():
        behind = [(tie, at(found, tie.then)) for tie in net[1] if tie.before == name]
        gaps = [
            ends(then, False)[tie.type[1]] - ends(slot, False)[tie.type[0]] - tie.lag + then.total_float
            for tie, then in behind
        ]
        assert slot.total_float == min([own[name], *gaps])
    assert min(slot.total_float for slot in found.slots.values()) == min(own.values()) <= 0


@settings(max_examples=100)
@given(networks(kinds=("FS",), lags=(0, 4)))
def test_seen_from_the_end_late_dates_are_early_dates(net: Net) -> None:
    activities, ties = net
    found = solve(activities, ties, origin=0)
    mirror = solve(activities, [tie._replace(before=tie.then, then=tie.before) for tie in ties], origin=0)
    end = found.finish
    assert end is not None and end == mirror.finish
    for name, slot in found.slots.items():
        start, finish = early(mirror)[name]
        assert (slot.late_start, slot.late_finish) == (end - finish, end - start)


@settings(max_examples=100)
@given(networks(), st.integers(-20, 20))
def test_a_later_begin_moves_everything_by_as_much(net: Net, by: int) -> None:
    here, there = solve(*net, origin=0), solve(*net, origin=by)
    for name, slot in here.slots.items():
        assert at(there, name) == (*(end + by for end in slot[:4]), *slot[4:])


@settings(max_examples=100)
@given(networks(), st.data())
def test_a_missed_bound_moves_nothing_it_only_makes_floats_negative(net: Net, data: st.DataObject) -> None:
    activities, ties = net
    chosen = data.draw(st.sampled_from(activities))
    free = solve(activities, ties, origin=0)
    slot, short = at(free, chosen.id), data.draw(st.integers(1, 9))
    late = chosen._replace(finish_by=slot.early_finish - short)
    if data.draw(st.booleans()):
        late = chosen._replace(start_by=slot.early_start - short)
    tight = solve([late if activity is chosen else activity for activity in activities], ties, origin=0)
    assert early(tight) == early(free)
    assert at(tight, chosen.id).total_float == -short and at(tight, chosen.id).free_float == 0


# ---- cycles, and what cannot be placed


@st.composite
def tangles(draw: st.DrawFn) -> Net:
    names = [f"t{n}" for n in range(draw(st.integers(1, 6)))]
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=10))
    return draw(st.permutations([Activity(name, 1) for name in names])), [Tie(*pair) for pair in pairs]


def reach(name: str, ties: Ties) -> set[str]:
    """Everything that waits for an activity, directly or not."""
    seen: set[str] = set()
    open_ = [name]
    while open_:
        behind = {tie.then for tie in ties if tie.before == open_[-1]} - seen
        open_.pop()
        seen |= behind
        open_ += behind
    return seen


@settings(max_examples=100)
@given(tangles(), st.data())
def test_a_cycle_is_named_in_order_from_its_smallest_member_whatever_the_order_of_the_input(
    net: Net, data: st.DataObject
) -> None:
    activities, ties = net
    found = solve(activities, ties, origin=0)
    caught = {activity.id for activity in activities if activity.id in reach(activity.id, ties)}
    edges = {(tie.before, tie.then) for tie in ties}
    assert bool(found.cycle) == bool(caught) and set(found.cycle) <= caught
    assert len(set(found.cycle)) == len(found.cycle) and found.cycle[:1] == tuple(sorted(found.cycle)[:1])
    assert all(pair in edges for pair in zip(found.cycle, [*found.cycle[1:], *found.cycle[:1]], strict=True))
    waiting = caught.union(*(reach(name, ties) for name in caught))
    assert set(found.slots) == {activity.id for activity in activities} - waiting
    other = solve(data.draw(st.permutations(activities)), data.draw(st.permutations(ties)), origin=0)
    assert other.cycle == found.cycle


@pytest.mark.parametrize("names", ["abcd", "dcba", "cdab"])
def test_of_several_cycles_the_first_by_name_is_named(names: str) -> None:
    ties = [Tie("c", "d"), Tie("d", "c"), Tie("a", "b"), Tie("b", "a")]
    assert solve([Activity(name, 1) for name in names], ties, origin=0).cycle == ("a", "b")


@settings(max_examples=100)
@given(networks(), st.data())
def test_an_unknown_duration_leaves_it_and_all_that_wait_for_it_unplaced_and_the_rest_as_it_is(
    net: Net, data: st.DataObject
) -> None:
    activities, ties = net
    gap = data.draw(st.sampled_from(activities)).id
    found = solve([a._replace(duration=None) if a.id == gap else a for a in activities], ties, origin=0)
    lost = {gap} | reach(gap, ties)
    assert all(found.slot(name) is None for name in lost)
    rest = [a for a in activities if a.id not in lost]
    alone = solve(rest, [tie for tie in ties if tie.then not in lost and tie.before not in lost], origin=0)
    assert early(found) == early(alone) and found.finish == alone.finish
    assert {name: slot[:6] for name, slot in found.slots.items()} == {n: s[:6] for n, s in alone.slots.items()}


@settings(max_examples=100)
@given(networks(), st.integers(0, 30))
def test_what_would_lie_outside_the_axis_stays_unplaced_with_all_that_wait_for_it(net: Net, last: int) -> None:
    activities, ties = net
    axis = range(last + 1)
    whole, found = early(solve(activities, ties, origin=0)), early(solve(activities, ties, origin=0, within=axis))
    outside = {name for name, slot in whole.items() if not all(end in axis for end in slot)}
    lost = outside.union(*(reach(name, ties) for name in outside))
    assert found == {name: slot for name, slot in whole.items() if name not in lost}


def test_without_a_begin_only_what_has_a_bound_and_what_waits_for_it_is_placed() -> None:
    activities = [Activity("a", 2), Activity("b", 2, start_from=5), Activity("c", 1), Activity("d", 3, finish_from=5)]
    found = solve(activities, [Tie("b", "c")])
    assert early(found) == {"b": (5, 7), "c": (7, 8), "d": (2, 5)} and found.slot("a") is None


def test_an_empty_network_has_no_finish_and_an_unknown_name_is_an_error() -> None:
    assert solve([], [], origin=0).finish is None and solve([], []).slots == {}
    with pytest.raises(KeyError):
        solve([Activity("a", 1)], [Tie("a", "b")], origin=0)
    with pytest.raises(KeyError):
        solve([Activity("a", 1)], [], origin=0).slot("b")


# ---- clocks: time that runs only in every second minute


class Even:
    """Minutes at even positions are worked, the others are not."""

    def begin(self, position: int) -> int:
        return position + position % 2

    def add(self, position: int, amount: int) -> int:
        return self.begin(position) + 2 * amount - 1 if amount else position

    def sub(self, position: int, amount: int) -> int:
        last = position - 2 * amount + 1
        return last - last % 2 if amount else position

    def between(self, first: int, last: int) -> int:
        return (last + 1) // 2 - (first + 1) // 2


EVEN = Even()


def worked(minute: int, clock: object) -> bool:
    return clock is None or minute % 2 == 0


def minutes(at_minute: int, amount: int, clock: object) -> int:
    """Where so much time ends, minute by minute."""
    while amount:
        amount -= worked(at_minute, clock)
        at_minute += 1
    return at_minute


@st.composite
def clocked(draw: st.DrawFn, kinds: Sequence[str]) -> Net:
    activities, ties = draw(networks(kinds=kinds, lags=(0, 4), least=1))
    clock = st.sampled_from([None, EVEN])
    return [a._replace(clock=draw(clock)) for a in activities], [tie._replace(clock=draw(clock)) for tie in ties]


@given(st.integers(-20, 20), st.integers(0, 9))
def test_the_clock_of_these_tests_keeps_what_a_clock_promises(position: int, amount: int) -> None:
    assert EVEN.add(position, amount) == minutes(position, amount, EVEN)
    assert EVEN.sub(position, amount) == max(p for p in range(-60, 61) if EVEN.add(p, amount) <= position)
    end = EVEN.add(position, amount)
    assert EVEN.between(position, end) == amount == -EVEN.between(end, position)
    assert EVEN.begin(position) == next(p for p in range(position, position + 2) if worked(p, EVEN))


@settings(max_examples=100)
@given(clocked(("FS", "SS")))
def test_along_a_clock_early_dates_are_those_of_walking_minute_by_minute(net: Net) -> None:
    expected: dict[str, tuple[int, int]] = {}
    for activity in sorted(net[0], key=lambda activity: activity.id):
        into = [tie for tie in net[1] if tie.then == activity.id]
        ready = [minutes(expected[tie.before][tie.type[0] == "F"], tie.lag, tie.clock) for tie in into]
        start = max(ready, default=0)
        while not worked(start, activity.clock):
            start += 1
        expected[activity.id] = (start, minutes(start, activity.duration or 0, activity.clock))
    found = solve(*net, origin=0)
    assert early(found) == expected and found.finish == max(end for _, end in expected.values())


@settings(max_examples=100)
@given(clocked(("FS",)), st.data())
def test_along_a_clock_the_latest_start_is_the_last_minute_that_delays_nothing(net: Net, data: st.DataObject) -> None:
    activities, ties = net
    found = solve(activities, ties, origin=0)
    assert found.finish is not None
    name, slot = data.draw(st.sampled_from(sorted(found.slots.items())))
    assert solve(moved(activities, name, slot.late_start), ties, origin=0).finish == found.finish
    later = solve(moved(activities, name, slot.late_start + 1), ties, origin=0)
    assert later.finish is not None and later.finish > found.finish
    clock = next(activity.clock for activity in activities if activity.id == name)
    assert slot.total_float == sum(worked(minute, clock) for minute in range(slot.early_start, slot.late_start))


@settings(max_examples=100)
@given(clocked(("FS",)), st.data())
def test_along_a_clock_the_free_float_is_worked_minutes_that_move_nothing_else(net: Net, data: st.DataObject) -> None:
    activities, ties = net
    found = solve(activities, ties, origin=0)
    name, slot = data.draw(st.sampled_from(sorted(found.slots.items())))
    clock = next(activity.clock for activity in activities if activity.id == name)
    here, beyond = (
        solve(moved(activities, name, minutes(slot.early_start, by, clock)), ties, origin=0)
        for by in (data.draw(st.integers(0, slot.free_float)), slot.free_float + 1)
    )
    rest = {key: dates for key, dates in early(found).items() if key != name}
    assert {key: dates for key, dates in early(here).items() if key != name} == rest
    assert here.finish == found.finish
    assert beyond.finish != found.finish or any(early(beyond)[key] != dates for key, dates in rest.items())


def test_floats_along_a_clock_count_worked_minutes_only() -> None:
    activities = [Activity("a", 1, clock=EVEN), Activity("b", 6), Activity("c", 1), Activity("long", 20)]
    slot = at(solve(activities, [Tie("a", "c"), Tie("b", "c")], origin=0), "a")
    assert (slot.early_finish, slot.free_float) == (1, 2)  # until minute 6: the minutes 2 and 4
    assert (slot.late_start, slot.late_finish, slot.total_float) == (18, 19, 9)


class Silent(Even):
    """A clock that knows no time after minute 10."""

    def add(self, position: int, amount: int) -> int | None:  # type: ignore[override]
        end = super().add(position, amount)
        return end if end <= 10 else None


def test_where_a_clock_has_no_answer_the_activity_and_what_waits_for_it_stay_unplaced() -> None:
    activities = [Activity("a", 4), Activity("b", 4, clock=Silent()), Activity("c", 1), Activity("d", 1)]
    found = solve(activities, [Tie("a", "b"), Tie("b", "c"), Tie("a", "d", "FS", 5, Silent())], origin=0)
    assert early(found) == {"a": (0, 4)} and found.finish == 4


# ---- summaries: in order of the leaves, some grouped, some groups in a group


@st.composite
def outlines(draw: st.DrawFn) -> tuple[list[Activity], Ties, dict[str, list[str]]]:
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    names = [f"t{n}" for n in range(sum(sizes))]
    starts = list(itertools.accumulate(sizes, initial=0))
    blocks = [names[a:b] for a, b in itertools.pairwise(starts)]
    children = {f"S{n}": block for n, block in enumerate(blocks) if draw(st.booleans())}
    if len(children) > 1 and draw(st.booleans()):
        outer = list(children)[: draw(st.integers(1, 2))]
        children["U"] = outer
    activities = [Activity(name, draw(st.integers(0, 9))) for name in names]
    summaries = [Activity(name, None, start_from=draw(st.none() | st.integers(0, 9))) for name in children]
    everyone = [*names, *children]
    number = {name: [int(leaf[1:]) for leaf in leaves(name, children)] for name in everyone}
    pairs = [pair for pair in itertools.permutations(everyone, 2) if max(number[pair[0]]) < min(number[pair[1]])]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=8)) if pairs else []
    kinds = {name: ("FS", "SS") if name in children else KINDS for name in everyone}
    ties = [Tie(*pair, draw(st.sampled_from(kinds[pair[1]])), draw(st.integers(-2, 4))) for pair in chosen]
    return draw(st.permutations([*activities, *summaries])), ties, children


def leaves(name: str, children: dict[str, list[str]]) -> list[str]:
    return [leaf for child in children[name] for leaf in leaves(child, children)] if name in children else [name]


@settings(max_examples=100)
@given(outlines())
def test_a_summary_spans_its_children_and_what_holds_it_holds_them_all(outline: Any) -> None:
    activities, ties, children = outline
    days = lengths(activities)
    bounds = {activity.id: activity.start_from for activity in activities}
    names = sorted((name for name in days if name not in children), key=lambda name: int(name[1:]))
    above = {name: [name, *(summary for summary in children if name in leaves(summary, children))] for name in names}
    expected: dict[str, tuple[int, int]] = {}

    def whole(name: str) -> tuple[int, int]:
        spans = [expected[leaf] for leaf in leaves(name, children)]
        return min(start for start, _ in spans), max(end for _, end in spans)

    for name in names:
        into = [tie for tie in ties if tie.then in above[name]]
        held = [
            whole(tie.before)[tie.type[0] == "F"] + tie.lag - (days[name] if tie.type[1] == "F" else 0) for tie in into
        ]
        held += [bound for summary in above[name] if (bound := bounds[summary]) is not None]
        start = max(0, *held) if held else 0
        expected[name] = (start, start + days[name])
    found = solve(*spanned(activities, ties, children), origin=0)
    assert {name: dates for name, dates in early(found).items() if name in expected} == expected
    for summary in children:
        span = (at(found, summary + FIRST).early_start, at(found, summary + END).early_finish)
        assert span == whole(summary)
    assert found.finish == max(end for _, end in expected.values())


@settings(max_examples=100)
@given(outlines(), st.data())
def test_a_summary_that_must_end_in_time_leaves_none_of_its_children_later(outline: Any, data: st.DataObject) -> None:
    activities, ties, children = outline
    if not children:
        return
    summary, by = data.draw(st.sampled_from(sorted(children))), data.draw(st.integers(0, 40))
    bound = [a._replace(finish_by=by) if a.id == summary else a for a in activities]
    found = solve(*spanned(bound, ties, children), origin=0)
    assert all(at(found, leaf).late_finish <= by for leaf in leaves(summary, children))
    last = max(at(found, leaf).early_finish for leaf in leaves(summary, children))
    assert at(found, summary + END).total_float <= by - last


def test_a_summary_that_must_begin_in_time_hurries_the_child_it_begins_with_and_no_other() -> None:
    activities = [Activity("S", None, start_by=1), Activity("a", 6), Activity("b", 2), Activity("long", 20)]
    found = solve(*spanned(activities, [Tie("a", "b")], {"S": ["a", "b"]}), origin=0)
    assert (at(found, "a").total_float, at(found, "b").total_float) == (1, 12)


@pytest.mark.parametrize("kind", KINDS)
def test_a_summary_that_its_own_child_waits_for_is_a_cycle_of_real_names(kind: str) -> None:
    activities = [Activity("S", None), Activity("T", None), Activity("a", 2), Activity("b", 2)]
    children = {"S": ["T", "b"], "T": ["a"]}
    found = solve(*spanned(activities, [Tie("S", "a", kind)], children), origin=0)
    assert found.cycle == ("S", "a", "T") and set(found.slots) == {"b"}


def test_a_child_before_its_own_summary_is_a_cycle_too() -> None:
    activities = [Activity("S", None), Activity("a", 2)]
    assert solve(*spanned(activities, [Tie("a", "S")], {"S": ["a"]}), origin=0).cycle == ("S", "a")
