"""One network: steps, phases, formats, events and papers wait for one another; counted by hand, and laws."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import BEGIN, body, link, task, work

from insek_core.change.consequences import consequences
from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.process import Event, Format, Link, Paper, Phase, Reading
from insek_core.plan.values import Fuzzy, parse_fuzzy
from insek_core.rules.assessment import assess
from insek_core.rules.time.schedule import Timetable, timetable
from insek_core.rules.time.workdays import offices

TODAY = date(2015, 6, 1)
SAXONY = offices("SN")


def event(name: str, when: str, item: str = "F", **more: Any) -> Event:
    return Event(id=name, format=item, when=parse_fuzzy(when) if when else None, evidence="stated", **more)


def mixed(days: int, links: list[Link], *events: Event, **more: Any) -> Plan:
    """Steps a (so many days from Monday 04.01.2016) and b (two days), a format with its events, a phase Q with c and d
    (one and three days).
    """
    plan = work([task("a", days), task("b", 2), task("c", 1, phase="Q"), task("d", 3, phase="Q")], links)
    later = Phase(id="Q", name="Kernphase", begin=Fuzzy.on(BEGIN), evidence="stated")
    item = Format(id="F", name="Forum", evidence="stated", **more)
    return replace(plan, phases=(*plan.phases, later), formats=(item,), events=events)


def starts(found: Timetable) -> dict[str, str]:
    return {row.id: f"{row.start_on:%d.%m.}" if row.start_on else "" for row in (*found.tasks, *found.events)}


def test_an_event_waits_for_a_step_and_a_step_for_the_event() -> None:
    plan = mixed(5, [link("a", "E"), link("E", "b")], event("E", "Januar 2016"))
    found = timetable(plan)  # a ends Friday 08.01., the event may be Monday, b begins Tuesday
    assert (starts(found)["E"], starts(found)["b"]) == ("11.01.", "12.01.")
    assert found.event["E"].words == "Januar 2016, frühestens am 11.01.2016" and found.event["E"].days_late == 0
    assert [row.label for row in found.chain("b")] == ["a", "Forum", "b"]
    assert found.by_id["b"].waits_for == "wartet auf Forum" and not found.findings


def test_a_fixed_day_is_broken_by_so_many_days_and_what_waits_for_it_waits_for_the_moved_day() -> None:
    plan = mixed(5, [link("a", "E"), link("E", "b")], event("E", "07.01.2016"))
    found = timetable(plan)
    assert (found.event["E"].days_late, starts(found)["b"]) == (4, "12.01.")
    assert [f.message for f in found.findings] == [
        "Forum: Der Termin (07.01.2016) ist nicht zu halten, es geht frühestens am 11.01.2016, 4 Tage später: "
        "wartet auf a."
    ]
    assert found.by_id["a"].critical and found.by_id["a"].total_float_days == -2  # Wednesday would have done


def test_an_event_on_a_saturday_needs_the_friday_and_leaves_the_monday() -> None:
    found = timetable(mixed(5, [link("a", "E"), link("E", "b")], event("E", "09.01.2016")))
    assert found.event["E"].days_late == 0 and starts(found)["b"] == "11.01." and found.by_id["a"].total_float_days == 0


def test_a_format_stands_for_all_its_events() -> None:
    plan = mixed(1, [link("a", "F"), link("F", "b")], event("E1", "05.01.2016"), event("E2", "14.01.2016"))
    assert starts(timetable(plan))["b"] == "15.01."
    plan = mixed(8, [link("a", "F")], event("E1", "05.01.2016"), event("E2", "14.01.2016"))
    assert [row.days_late for row in timetable(plan).events] == [9, 0]  # a ends Wednesday 13.01.


def test_a_format_without_events_lies_in_its_period_and_an_undated_one_leaves_what_waits_undated() -> None:
    plan = mixed(1, [link("F", "b")], period=parse_fuzzy("20.01.2016"))
    assert starts(timetable(plan))["b"] == "21.01."
    found = timetable(mixed(1, [link("F", "b")]))
    assert found.by_id["b"].waits_for == "nicht datierbar: wartet auf Forum"


def test_a_phase_stands_for_its_steps_on_both_sides() -> None:
    found = timetable(mixed(3, [link("a", "Q"), link("Q", "b")]))  # a ends Wednesday 06.01.
    assert [starts(found)[name] for name in "cdb"] == ["07.01.", "07.01.", "12.01."]
    assert found.by_id["c"].waits_for == "wartet auf a" and found.by_id["b"].waits_for == "wartet auf Kernphase"
    assert [row.label for row in found.chain("b")] == ["a", "d", "b"]


def test_a_step_that_has_begun_waits_for_nothing_although_its_phase_does() -> None:
    plan = mixed(9, [link("a", "Q")])
    plan = with_row(plan, "tasks", replace(plan.by_id["c"], actual_start_on=date(2016, 1, 4)))
    found = timetable(plan, date(2016, 1, 5))
    assert (starts(found)["c"], starts(found)["d"]) == ("04.01.", "15.01.")


def test_a_phase_without_steps_ends_where_it_is_stated() -> None:
    plan = mixed(1, [link("R", "b")])
    empty = Phase(id="R", name="Vorlauf", end=parse_fuzzy("15.01.2016"), evidence="stated")
    assert starts(timetable(replace(plan, phases=(*plan.phases, empty))))["b"] == "18.01."
    unknown = timetable(replace(plan, phases=(*plan.phases, replace(empty, end=None)))).by_id["b"]
    assert unknown.waits_for == "nicht datierbar: wartet auf Vorlauf"


def council(links: list[Link], days: int = 5, **more: Any) -> Plan:
    """A paper that comes of a, before a council that sits on Wednesdays and wants it a week before."""
    plan = mixed(days, links)
    council_ = body(id="R", name="Rat", cadence="FREQ=WEEKLY;BYDAY=WE", first_on=date(2015, 1, 7), lead_time_days=7)
    station = Reading(id="R1", paper="V", position=1, body="R", responsibility="Beschlussfassung", evidence="stated")
    paper = Paper(**{"id": "V", "title": "V", "short_name": "Satzung", "task": "a", "evidence": "stated", **more})
    return replace(plan, bodies=(council_,), readings=(station,), papers=(paper,))


def test_a_step_waits_for_the_last_station_of_a_paper() -> None:
    found = timetable(council([link("V", "b")]))  # a ends Friday 08.01., so the paper reaches Wednesday 20.01.
    assert str(found.courses[0].decided_on) == "2016-01-20" and starts(found)["b"] == "21.01."
    assert found.by_id["b"].waits_for == "wartet auf Gremienvorlage „Satzung“" and found.by_id["b"].held_by == "a"
    assert found.by_id["a"].total_float_days == 3  # by Wednesday 13.01. it would still reach the same sitting


def test_a_paper_is_ready_when_all_it_waits_for_is_done() -> None:
    found = timetable(council([link("d", "V"), link("a", "d")]))  # d ends Wednesday 13.01.
    assert (str(found.courses[0].ready_on), str(found.courses[0].decided_on)) == ("2016-01-13", "2016-01-20")
    later = timetable(council([link("d", "V"), link("a", "d")], days=6))
    assert (str(later.courses[0].ready_on), str(later.courses[0].decided_on)) == ("2016-01-14", "2016-01-27")


def test_a_paper_that_was_decided_holds_from_that_day_and_one_without_stations_is_unknown() -> None:
    plan = council([link("V", "b")])
    held = with_row(plan, "readings", replace(plan.by_id["R1"], actual_on=date(2016, 1, 13), result="beschlossen"))
    assert starts(timetable(held, date(2016, 1, 14)))["b"] == "14.01."
    bare = timetable(replace(plan, readings=())).by_id["b"]
    assert bare.waits_for == "nicht datierbar: wartet auf Gremienvorlage „Satzung“"


def test_a_link_to_a_paper_that_was_replaced_is_one_to_its_neufassung() -> None:
    plan = council([link("V0", "b")])
    old = replace(plan.papers[0], id="V0", short_name="alt")
    plan = replace(plan, papers=(old, replace(plan.papers[0], replaces="V0")))
    assert starts(timetable(plan))["b"] == "21.01."


def test_what_a_format_goes_into_does_not_end_before_its_last_event() -> None:
    plan = mixed(1, [], event("E", "13.01.2016"), goes_into=("b", "c"))
    found = timetable(plan)
    assert [str(found.by_id[name].finish_on) for name in "bc"] == ["2016-01-13"] * 2
    undated = timetable(mixed(1, [], event("E", "offen"), goes_into=("b",)))
    assert starts(undated)["b"] == "04.01.", "what has no date holds nothing"


def test_a_circle_through_different_things_is_named_in_order_in_german() -> None:
    plan = council([link("V", "E"), link("E", "Q"), link("Q", "a")])
    found = timetable(replace(plan, events=(event("E", "Januar 2016"),)))
    assert [f.message for f in found.findings if f.level == "error"] == [
        "Die Abhängigkeiten bilden einen Kreis: Forum → Kernphase → c → a → Gremienvorlage „Satzung“ → Forum."
    ]


def test_an_event_whose_day_has_passed_is_unknown_until_somebody_says_that_it_took_place() -> None:
    plan = mixed(1, [], event("E1", "05.01.2016"), event("E2", "06.01.2016", actual_on=date(2016, 1, 7)))
    found = timetable(plan, date(2016, 1, 11))
    assert [row.unknown for row in found.events] == [True, False] and found.event["E2"].words == "07.01.2016"
    assert [f.message for f in found.findings if f.table == "events"] == [
        "Stand unbekannt: „Forum“ war vor dem 11.01.2016 vorgesehen; ob der Termin stattfand, ist nicht eingetragen."
    ]
    assert not timetable(plan, date(2016, 1, 5)).event["E1"].unknown


# the example


def example_after(example: Plan, text: str) -> Plan:
    return apply(example, (parse(text),)).plan


def test_a_longer_bilanzphase_moves_the_auftakt_the_paper_and_the_cost_and_says_so(example: Plan) -> None:
    longer = example_after(example, "longer:P1=60")
    before, after = assess(example, (), TODAY), assess(longer, (), TODAY)
    assert before.timetable.event["EV-F1-1"].words == "Herbst 2015, frühestens am 30.10.2015"
    assert after.timetable.event["EV-F1-1"].days_late == 29
    told = [sentence.text.replace("\u00a0", " ") for sentence in consequences(before, after).told]
    assert (
        "Auftaktveranstaltung geht frühestens am 29.12.2015, 29 Tage nach dem eingetragenen Termin (Herbst 2015)."
        in told
    )
    assert any("Der Termin (Herbst 2015) ist nicht zu halten" in f.message for f in after.timetable.findings)
    back = [s.text for s in consequences(after, before).told if "Auftakt" in s.text]
    assert back == ["Auftaktveranstaltung hält den Termin Herbst 2015 wieder."]


def test_cost_of_an_event_that_moves_into_the_next_year_moves_with_it(example: Plan) -> None:
    later = assess(example_after(example, "longer:P1=70"), (), TODAY)
    assert later.timetable.event["EV-F1-1"].start_on > date(2016, 1, 1)
    assert dict(later.moved["KO-04"]) == {2016: 1_200_000}


def test_one_link_to_the_phase_says_what_six_to_its_steps_said(example: Plan) -> None:
    six = tuple(link("B5", f"K{n}") for n in range(1, 7))
    old = replace(example, links=(*(row for row in example.links if row.successor != "P2"), *six))
    for text in ("longer:P1=60", "longer:P1=120", "delay:B5=200"):
        one, other = (timetable(example_after(plan, text), TODAY).tasks for plan in (example, old))
        assert [(t.id, t.start_on, t.finish_on) for t in one] == [(t.id, t.start_on, t.finish_on) for t in other]


# laws

NODES = ("a", "b", "c", "d", "E1", "E2", "F", "Q", "V")
ORDER = {"a": 0, "V": 1, "E1": 2, "E2": 2, "F": 3, "c": 4, "d": 4, "Q": 5, "b": 6}  # links forward only: no circle
PAIRS = [(x, y) for x in NODES for y in NODES if ORDER[x] < ORDER[y] and not {x, y} <= {"E1", "E2", "F"}]
PAIRS = [(x, y) for x, y in PAIRS if not {x, y} <= {"c", "d", "Q"}]
LINKS = st.lists(st.sampled_from(PAIRS), unique=True, max_size=6)
KINDS = st.sampled_from(["FS", "SS", "FF"])


def network(pairs: list[tuple[str, str]], kind: str, days: int, offset: int = 0) -> Plan:
    plan = council([link(x, y, kind) for x, y in pairs], days)
    first = BEGIN + timedelta(offset)
    events = (event("E1", f"{first:%d.%m.%Y}"), event("E2", "Januar 2016"))
    return replace(plan, events=events)


def ends(plan: Plan) -> dict[str, date]:
    found = timetable(plan)
    papers = {paper.paper: paper.decided_on for paper in found.courses}
    rows = {row.id: row.finish_on for row in (*found.tasks, *found.events)} | papers
    return {name: day for name, day in rows.items() if day}


@given(pairs=LINKS, kind=KINDS, days=st.integers(1, 15), offset=st.integers(0, 20))
def test_a_link_more_never_makes_anything_earlier(
    pairs: list[tuple[str, str]], kind: str, days: int, offset: int
) -> None:
    fewer, more = ends(network(pairs[1:], kind, days, offset)), ends(network(pairs, kind, days, offset))
    assert all(more[name] >= fewer[name] for name in more)


@given(pairs=LINKS, kind=KINDS, days=st.integers(1, 15), more=st.integers(0, 15), offset=st.integers(0, 20))
def test_a_predecessor_that_ends_later_never_makes_what_waits_for_it_earlier(
    pairs: list[tuple[str, str]], kind: str, days: int, more: int, offset: int
) -> None:
    before, after = ends(network(pairs, kind, days, offset)), ends(network(pairs, kind, days + more, offset + more))
    assert all(after[name] >= before[name] for name in after)


@given(pairs=LINKS, days=st.integers(1, 15), offset=st.integers(0, 20))
def test_whatever_waits_for_something_begins_after_it(pairs: list[tuple[str, str]], days: int, offset: int) -> None:
    plan = network(pairs, "FS", days, offset)
    found = timetable(plan)
    for x, y in pairs:
        before, then = found.span(x), found.span(y)
        paper = y == "V"  # ready at the end of that day
        assert before and then and (then[0] >= before[1] if paper else SAXONY.end(before[1]) <= SAXONY.end(then[0])), (
            x,
            y,
        )


@given(
    pairs=st.lists(st.sampled_from([("a", "b"), ("c", "b"), ("a", "c"), ("c", "d")]), unique=True),
    days=st.integers(1, 9),
)
def test_among_steps_alone_events_formats_and_phases_change_nothing(pairs: list[tuple[str, str]], days: int) -> None:
    links = [link(x, y) for x, y in pairs]
    alone = replace(mixed(days, links), formats=(), events=())
    assert timetable(alone).tasks == timetable(mixed(days, links, event("E", "2019"))).tasks


@pytest.mark.parametrize("number", [2000])
def test_thousands_of_events_take_no_longer_than_as_many_steps(number: int) -> None:
    events = tuple(event(f"E{n}", "2016") for n in range(number))
    links = [link(f"E{n}", f"E{n + 1}", "SS") for n in range(number - 1)]
    found = timetable(replace(mixed(1, [*links, link("a", "E0")]), events=events))
    assert len(found.events) == number and not found.findings
