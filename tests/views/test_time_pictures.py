"""The lanes over time and the ribbon: every mark lies on its day, in its row, and says so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from drawn import Layer, day, fields_without_rows, layers, marked, the
from small import BEGIN, TODAY, body, link, sitting, task, work

from insek_core.plan import Plan
from insek_core.plan.process import CalendarEntry
from insek_core.plan.values import Fuzzy
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.time.baseline import planned
from insek_core.rules.time.course import DelayStep
from insek_core.rules.time.schedule import timetable
from insek_core.views import theme
from insek_core.views.charts import gantt, lanelayers, lateness, time
from insek_core.views.charts.lanelayers import Look

STEPS = [
    task("eins", 5, short_name="Erster"),
    task("zwei", 10, short_name="Zweiter", deadline_on=date(2016, 1, 20)),
    task("drei", 3, short_name="Dritter"),
]
AUTUMN = Fuzzy("Herbst 2016", date(2016, 9, 1), date(2016, 11, 30))
PLAN = replace(
    work(STEPS, [link("eins", "zwei")], end=AUTUMN),
    bodies=(body(),),
    meetings=(sitting("S1", Fuzzy.on(date(2016, 2, 2))), sitting("S2", Fuzzy.on(date(2016, 3, 1)))),
    calendars=(
        CalendarEntry(
            id="F",
            name="Winterferien",
            kind="Schulferien",
            first_on=date(2016, 2, 8),
            last_on=date(2016, 2, 20),
            evidence="external",
        ),
    ),
)
ALL = Look(floats=True, links=True)


def drawn(plan: Plan, today: date = TODAY, look: Look = ALL, old: Plan | None = None) -> list[Layer]:
    """The layers of the lanes; with `old` its Planstand behind them."""
    against = None if old is None else ("Planstand", planned(old, timetable(old, today)))
    picture = gantt.gantt(plan, assess(plan, (), today), look, against)
    assert picture is not None
    return layers(picture)


@pytest.fixture(scope="module")
def found() -> Assessment:
    return assess(PLAN, (), TODAY)


@pytest.fixture(scope="module")
def picture() -> list[Layer]:
    return drawn(PLAN)


def bars(picture: list[Layer]) -> dict[tuple[str, str], tuple[str, str]]:
    """First day and the day after the last of every bar, by row and colour."""
    layer = the(picture, "bar", "fill")
    return {(name, fill): (day(a), day(b)) for name, fill, a, b in layer.drawn("y", "fill", "x", "x2")}


def span(plan: Plan, name: str) -> tuple[str, str]:
    """First day and the day after the last of a task by the rules."""
    dates = timetable(plan, TODAY).by_id[name]
    assert dates.start_on and dates.finish_on
    return dates.start_on.isoformat(), (dates.finish_on + timedelta(1)).isoformat()


def test_every_encoded_field_is_in_the_rows(picture: list[Layer]) -> None:
    assert fields_without_rows(picture) == []


def test_a_bar_runs_from_the_first_day_to_the_end_of_the_last(picture: list[Layer]) -> None:
    blue = time.COLOURS["Arbeitsschritte"]
    for name, row in (("eins", "Erster"), ("zwei", "Zweiter"), ("drei", "Dritter")):
        assert bars(picture)[row, blue] == span(PLAN, name)


def test_a_phase_is_dark_where_sure_and_pale_where_its_end_is_open(picture: list[Layer]) -> None:
    assert bars(picture)["Phase", time.COLOURS["Phasen"]] == (BEGIN.isoformat(), "2016-09-02")
    assert bars(picture)["Phase", time.TINTS["Phasen"]] == ("2016-09-01", "2016-12-01")


def test_a_sitting_is_a_diamond_on_its_day_in_the_row_of_its_body(picture: list[Layer]) -> None:
    days = the(picture, "point", "fill", shape="diamond")
    assert [(day(on), row) for on, row in days.drawn("x", "y")] == [
        ("2016-02-02", "Fachausschuss"),
        ("2016-03-01", "Fachausschuss"),
    ]
    assert set(days.at("fill")) == {time.COLOURS["Sitzungen"]}


def test_a_cancelled_sitting_is_not_drawn() -> None:
    off = replace(PLAN, meetings=(sitting("S1", Fuzzy.on(date(2016, 2, 2)), cancelled=True), PLAN.meetings[1]))
    assert [day(on) for on in the(drawn(off), "point", "fill", shape="diamond").at("x")] == ["2016-03-01"]


def test_a_deadline_is_marked_on_its_day_in_the_row_of_its_step(picture: list[Layer]) -> None:
    limit = the(picture, "text", text="▼")
    assert [(day(on), row) for on, row in limit.drawn("x", "y")] == [("2016-01-20", "Zweiter")]
    assert limit.mark["color"] == theme.CRITICAL


@pytest.mark.parametrize("today", [TODAY, date(2016, 1, 11), date(2016, 12, 24)])
def test_the_stichtag_is_a_line_on_its_day_and_says_so(today: date) -> None:
    picture = drawn(PLAN, today)
    line = the(picture, "rule", strokeWidth=1.5)
    assert [day(on) for on in line.at("x")] == [today.isoformat()] and "y" not in line.encoding
    (text,) = [layer for layer in marked(picture, "text", "text") if layer.encoding["text"]["field"] == "label"]
    assert [(day(on), words) for on, words in text.drawn("x", "text")] == [
        (today.isoformat(), f"Stichtag {today:%d.%m.%Y}")
    ]


@pytest.mark.parametrize("today", [date(2014, 1, 1), date(2016, 1, 11), date(2019, 1, 1)])
def test_the_window_holds_every_mark_and_the_stichtag(today: date) -> None:
    window, *rest = drawn(PLAN, today)
    first, last = sorted(window.at("x"))
    moments = [row[field] for layer in rest for row in layer.rows for field in ("start", "end") if field in row]
    assert first < min(*moments, today.isoformat()) and max(*moments, today.isoformat()) < last


def test_rows_stand_under_the_name_of_their_lane_in_the_plans_order(picture: list[Layer]) -> None:
    axis = the(picture, "bar", "fill").encoding["y"]["scale"]["domain"]
    assert axis == ["PHASEN", "Phase", "ARBEITSSCHRITTE", "Erster", "Zweiter", "Dritter", "SITZUNGEN", "Fachausschuss"]


def test_only_the_chosen_lanes_are_drawn() -> None:
    only = drawn(PLAN, look=Look(lanes=("Sitzungen",)))
    assert [layer.at("y") for layer in marked(only, "bar", "y")] == []
    assert set(the(only, "point", "fill").at("y")) == {"Fachausschuss"}


def test_the_float_ends_with_the_last_day_the_step_could_end(picture: list[Layer]) -> None:
    spare = the(picture, "bar", color=theme.UNKNOWN)
    late = timetable(PLAN, TODAY).by_id["drei"].late_finish_on
    assert late
    lies = {row: (day(a), day(b)) for row, a, b in spare.drawn("y", "x", "x2")}
    assert lies["Dritter"] == (span(PLAN, "drei")[1], (late + timedelta(1)).isoformat())
    assert "Zweiter" not in lies, "what determines the end has none"


def test_holidays_are_shaded_from_their_first_to_the_end_of_their_last_day(picture: list[Layer]) -> None:
    assert [(day(a), day(b)) for a, b in the(picture, "rect").drawn("x", "x2")] == [("2016-02-08", "2016-02-21")]
    assert the(picture, "rect").at("fill") == [lanelayers.OFF["Schulferien"]]


def test_what_determines_the_end_is_outlined_and_nothing_else(picture: list[Layer], found: Assessment) -> None:
    layer = the(picture, "bar", "fill")
    outlined = {row for row, stroke in layer.drawn("y", "stroke") if stroke == theme.INK}
    assert lanelayers.determining(found) == {"eins", "zwei"} and outlined == {"Erster", "Zweiter"}


def test_the_next_sitting_is_said_in_its_row(picture: list[Layer]) -> None:
    (words,) = [x for x in marked(picture, "text", "text") if x.encoding["text"]["field"] == "words"]
    assert [(day(a), row, text) for a, row, text in words.drawn("x", "y", "text")] == [
        ("2016-02-02", "Fachausschuss", "nächste Sitzung: 02.02.2016")
    ]


# arrows

ENDS = {"FS": ("end", "start"), "SS": ("start", "start"), "FF": ("end", "end"), "SF": ("start", "end")}


@pytest.mark.parametrize("kind", list(ENDS))
def test_an_arrow_leaves_and_arrives_at_the_end_its_kind_says(kind: str) -> None:
    plan = work(STEPS, [link("eins", "zwei", kind)])
    leaves, arrives = (span(plan, name)[end == "end"] for name, end in zip(("eins", "zwei"), ENDS[kind], strict=True))
    picture = drawn(plan)
    down, along = the(picture, "rule", "y2"), the(picture, "rule", "x2")
    assert [(day(x), a, b) for x, a, b in down.drawn("x", "y", "y2")] == [(leaves, "Erster", "Zweiter")]
    assert [(day(a), day(b), row) for a, b, row in along.drawn("x", "x2", "y")] == [(leaves, arrives, "Zweiter")]
    head = the(picture, "point", shape="triangle-right")
    assert [(day(x), row) for x, row in head.drawn("x", "y")] == [(arrives, "Zweiter")]


def test_an_arrow_says_who_waits_for_whom() -> None:
    head = the(drawn(work(STEPS, [link("drei", "eins")])), "point", shape="triangle-right")
    assert [row["text"] for row in head.rows] == ["Erster wartet auf Dritter"]


def test_without_being_asked_for_there_are_no_arrows_and_floats() -> None:
    plain = drawn(PLAN, look=Look())
    assert marked(plain, "rule", "x2") == [] and marked(plain, "bar", color=theme.UNKNOWN) == []


# a compared state


def test_a_planstand_lies_where_it_lay_and_not_where_the_plan_lies_now() -> None:
    longer = replace(PLAN, tasks=(replace(STEPS[0], duration_days=20), *STEPS[1:]))
    picture = drawn(longer, old=PLAN)
    hollow = the(picture, "bar", stroke=theme.CRITICAL)
    was = {row: (day(a), day(b)) for row, a, b in hollow.drawn("y", "x", "x2")}
    for name, row in (("eins", "Erster"), ("zwei", "Zweiter")):
        assert was[row] == span(PLAN, name) != span(longer, name)
        assert bars(picture)[row, time.COLOURS["Arbeitsschritte"]] == span(longer, name)
    assert hollow.mark["filled"] is False


def test_a_compared_day_is_a_hollow_diamond_on_its_old_day() -> None:
    moved = replace(PLAN, meetings=(sitting("S1", Fuzzy.on(date(2016, 4, 5))), PLAN.meetings[1]))
    hollow = the(drawn(moved, old=PLAN), "point", stroke=theme.CRITICAL)
    assert {day(on) for on in hollow.at("x")} == {"2016-02-02", "2016-03-01"}
    assert any("Planstand: Fachausschuss 02.02.2016" in row["text"] for row in hollow.rows)


def test_what_a_compared_state_has_beside_the_rows_shown_is_not_drawn() -> None:
    fewer = replace(PLAN, tasks=PLAN.tasks[:2])
    hollow = the(drawn(fewer, old=PLAN), "bar", stroke=theme.CRITICAL)
    assert "Dritter" not in hollow.at("y")


# the ribbon and the steps


def test_the_ribbon_has_a_row_for_each_lane_and_the_stichtag(found: Assessment) -> None:
    ribbon = layers(time.ribbon(PLAN, found))
    assert fields_without_rows(ribbon) == []
    layer = the(ribbon, "bar", "fill")
    assert layer.encoding["y"]["scale"]["domain"] == ["", "Phasen", "Sitzungen"]
    assert [(row, day(a), day(b)) for row, a, b in layer.drawn("y", "x", "x2")] == [
        ("Phasen", "2016-09-01", "2016-12-01"),
        ("Phasen", "2016-01-04", "2016-09-02"),
    ]
    assert [day(on) for on in the(ribbon, "rule").at("x")] == [TODAY.isoformat()]
    assert the(ribbon, "text", color="white").drawn("y", "text") == [("Phasen", "Phase")]


def test_a_step_of_lateness_is_as_wide_as_its_days_and_as_high_as_its_sitting() -> None:
    stairs = (
        DelayStep(first_days=0, last_days=6, decided_on=date(2017, 6, 21)),
        DelayStep(first_days=7, last_days=30, decided_on=date(2017, 8, 16)),
        DelayStep(first_days=31, last_days=60, decided_on=None),
    )
    found = layers(lateness.steps_chart(stairs))
    assert [(a, b, day(y)) for a, b, y in the(found, "rule").drawn("x", "x2", "y")] == [
        (0, 7, "2017-06-21"),
        (7, 31, "2017-08-16"),
    ]
    assert the(found, "text").at("text") == ["21.06.2017", "16.08.2017"]


def test_a_plan_without_dates_has_no_picture() -> None:
    assert gantt.gantt(Plan(), assess(Plan(), (), TODAY), Look()) is None


@pytest.mark.parametrize("odd", [date.min, date.max])
def test_a_day_that_no_calendar_knows_leaves_room_for_the_others(odd: date) -> None:
    drawn = time.mark("T", "Bahn", "nie", "Tag", odd, odd, "")
    assert 1990 <= drawn["start"].year <= drawn["end"].year <= 2101 and drawn["start"] < drawn["end"]
