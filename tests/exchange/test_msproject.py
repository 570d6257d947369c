"""A Microsoft Project file: what is read, what is said about the rest, and dates that were counted by hand.

All projects here start on Thursday 21.09.2006 at 08:00, five days a week, 08–12 and 13–17 Uhr, unless they say
otherwise:
Thu 21, Fri 22, (Sat 23, Sun 24), Mon 25, Tue 26, Wed 27, Thu 28, Fri 29, (Sat 30, Sun 1), Mon 2 October.
"""

from datetime import date, datetime
from typing import Any

import pytest

from insek_core.exchange.msproject import xml as msproject_xml
from insek_core.exchange.msproject.project import read_project, schedule_file
from insek_core.plan.errors import Problem
from insek_core.rules.time.net.worktasks import ScheduledTask
from tests.exchange.project_files import calendar, link, period, project, task, times, week


def rows(data: bytes) -> dict[str, ScheduledTask]:
    return {row.id: row for row in schedule_file(read_project("probe.xml", data)).tasks}


def early(data: bytes) -> dict[str, str]:
    """First and last day of each task, as "Sep 21–Sep 22"."""
    return {uid: shown(row.early_days) for uid, row in rows(data).items()}


def shown(days: tuple[date, date] | None) -> str:
    return " – ".join(f"{day:%d.%m.}" for day in days) if days else "ohne"


def said(data: bytes) -> list[tuple[str, str]]:
    return [(found.level, found.message) for found in schedule_file(read_project("probe.xml", data)).findings]


def test_the_chain_that_microsoft_project_has_computed() -> None:
    """Published with mpxj as junit/data/mspdirelations.xml: all four kinds of links; finish Monday 17:00."""
    data = project(
        task(1),
        task(2, 8, link(1)),
        task(3, 8, link(2, "SS", 4800)),
        task(4, 8, link(3, "FF")),
        task(5, 8, link(4, "SF")),
    )
    found = schedule_file(read_project("probe.xml", data))
    assert found.finish == datetime(2006, 9, 25, 17) and found.findings == ()
    assert {
        row.id: (shown(row.early_days), shown(row.late_days), row.total_float_days, row.free_float_days, row.critical)
        for row in found.tasks
    } == {
        "1": ("21.09. – 21.09.", "21.09. – 21.09.", 0, 0, True),
        "2": ("22.09. – 22.09.", "22.09. – 22.09.", 0, 0, True),
        "3": ("25.09. – 25.09.", "25.09. – 25.09.", 0, 0, True),
        "4": ("25.09. – 25.09.", "25.09. – 25.09.", 0, 0, True),
        "5": ("22.09. – 22.09.", "25.09. – 25.09.", 1, 1, False),
    }
    five = rows(data)["5"]
    assert (five.early_start, five.early_finish) == (datetime(2006, 9, 22, 8), datetime(2006, 9, 22, 17))
    assert (five.late_start, five.late_finish) == (datetime(2006, 9, 25, 8), datetime(2006, 9, 25, 17))


def test_the_slack_that_microsoft_project_has_written() -> None:
    """EarlyStart, LateStart, FreeSlack and TotalSlack of Project 2019, published with mpxj
    (task-links-project2019-mspdi.xml):
    from Thu 18.10.2018, pairs of days with FS and a lag of 0, 1, 2 days, 1 and 2 weeks; finish Fri 02.11. 17:00.
    """
    lags = [(0, 7), (4800, 7), (9600, 7), (24000, 9), (48000, 9)]
    tasks = [(task(2 * n + 1), task(2 * n + 2, 8, link(2 * n + 1, "FS", *lag))) for n, lag in enumerate(lags)]
    found = rows(project(*(one for pair in tasks for one in pair), StartDate="2018-10-18T08:00:00"))
    assert [
        (f"{row.early_start:%d.%m.} {row.late_start:%d.%m.}", row.free_float_days, row.total_float_days)
        for row in found.values()
    ] == [
        ("18.10. 01.11.", 0, 10),
        ("19.10. 02.11.", 10, 10),
        ("18.10. 31.10.", 0, 9),
        ("22.10. 02.11.", 9, 9),
        ("18.10. 30.10.", 0, 8),
        ("23.10. 02.11.", 8, 8),
        ("18.10. 25.10.", 0, 5),
        ("26.10. 02.11.", 5, 5),
        ("18.10. 18.10.", 0, 0),
        ("02.11. 02.11.", 0, 0),
    ]


def test_without_a_namespace_and_in_utf_16_it_is_the_same() -> None:
    plain = project(task(1), task(2, 8, link(1)), space="")
    assert early(plain) == early(project(task(1), task(2, 8, link(1))))
    wide = plain.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert early(wide) == early(plain)


FRIDAY_OFF = (
    "<Exceptions><Exception>"
    + period("2006-09-22", "2006-09-22")
    + "<Type>1</Type><DayWorking>0</DayWorking></Exception></Exceptions>"
)


def off(first: str, last: str) -> str:
    return FRIDAY_OFF.replace("2006-09-22T00", f"{first}T00").replace("2006-09-22T23", f"{last}T23")


def week_off(first: str, last: str) -> str:
    return f"<WorkWeeks><WorkWeek>{period(first, last)}<WeekDays>{week('')}</WeekDays></WorkWeek></WorkWeeks>"


LEGACY_OFF = (
    week()
    + "<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking>"
    + period("2006-09-22", "2006-09-22")
    + "</WeekDay>"
)
SATURDAY = (
    "<Exceptions><Exception>"
    + period("2006-09-23", "2006-09-23")
    + times((("08:00:00", "12:00:00"),))
    + "</Exception></Exceptions>"
)
EVERY_FRIDAY = (
    "<Exceptions><Exception>"
    + period("2006-09-01", "2006-10-31")
    + "<Type>6</Type><Period>1</Period><DayWorking>0</DayWorking></Exception></Exceptions>"
)
EARLY_WEEK = (
    "<WorkWeeks><WorkWeek>"
    + period("2006-09-21", "2006-09-22")
    + "<WeekDays>"
    + week("23456", (("08:00:00", "12:00:00"),))
    + "</WeekDays></WorkWeek></WorkWeeks>"
)


@pytest.mark.parametrize(
    ("calendars", "last"),
    [
        (calendar(), "22.09."),  # two days: Thu, Fri
        (calendar(more=FRIDAY_OFF), "25.09."),  # Thu, Mon
        (calendar(days=LEGACY_OFF), "25.09."),  # the same, as Project 2003 wrote it
        (calendar(days=LEGACY_OFF, more=EVERY_FRIDAY), "25.09."),  # recurring: only its days of their own count
        (calendar(days=week("2345")), "25.09."),  # Monday to Thursday: Thu, Mon
        (calendar(days=week("23457")), "23.09."),  # Saturday instead of Friday
        (calendar(days=week("2345"), more=SATURDAY), "25.09."),  # Thu 8 h, Sat 4 h, Mon 4 h
        (calendar(more=EARLY_WEEK), "25.09."),  # Thu 4 h, Fri 4 h, Mon 8 h
        (calendar(days=week("1234567", (("00:00:00", "00:00:00"),))), "21.09."),  # round the clock: 16 h from 08:00
        (calendar(2, days=week("2345")) + calendar(days="", base=2), "25.09."),  # derived: as its base
        (calendar(2, more=FRIDAY_OFF) + calendar(days=week("2345"), base=2), "25.09."),  # own week, base's day off
        (calendar(days="", base=1), "22.09."),  # its own base: the standard week
    ],
)
def test_two_days_of_work_from_thursday_end_by_the_calendar(calendars: str, last: str) -> None:
    assert early(project(task(1, 16), calendars=calendars)) == {"1": f"21.09. – {last}"}


def test_an_end_at_midnight_belongs_to_the_day_before() -> None:
    around = calendar(days=week("1234567", (("00:00:00", "00:00:00"),)))
    # 16 hours from Thu 08:00 end at 24:00; a milestone after that lies on Thursday, what follows starts on Friday
    data = project(task(1, 16), task(2, 0, link(1)), task(3, 24, link(2)), task(4, 0), calendars=around)
    assert rows(data)["1"].early_finish == datetime(2006, 9, 22)
    assert early(data) == {
        "1": "21.09. – 21.09.",
        "2": "21.09. – 21.09.",
        "3": "22.09. – 22.09.",
        "4": "21.09. – 21.09.",
    }


def test_a_task_follows_its_own_calendar_and_the_lag_its_successors() -> None:
    two = calendar() + calendar(2, "Vier Tage", week("2345"))
    data = project(
        task(1, 16, CalendarUID=2),  # Thu, Mon
        task(2, 8, CalendarUID=-1),  # Thu
        task(3, 8, link(2, lag=4800), CalendarUID=2),  # Thu 17:00 + 1 day of four = Mon 17:00: Tue
        task(4, 8, link(2, lag=4800)),  # Thu 17:00 + Fri = Fri 17:00: Mon
        calendars=two,
    )
    assert early(data) == {
        "1": "21.09. – 25.09.",
        "2": "21.09. – 21.09.",
        "3": "26.09. – 26.09.",
        "4": "25.09. – 25.09.",
    }


@pytest.mark.parametrize(
    ("lag", "form", "start"),
    [
        (28800, 8, "25.09."),  # Fri 17:00 + 2 elapsed days = Sun 17:00: Mon
        (43200, 8, "26.09."),  # + 3 elapsed days = Mon 17:00: Tue
        (43200, 40, "26.09."),  # the same, estimated
        (9600, 7, "27.09."),  # + 2 working days = Tue 17:00: Wed
        (-4800, 7, "22.09."),  # - 1 working day = Thu 17:00: Fri
        (-14400, 8, "22.09."),  # - 1 elapsed day = Thu 17:00: Fri
        (50, 19, "26.09."),  # half of two days: Mon 17:00, so Tue
        (-50, 19, "22.09."),  # half of two days before Fri 17:00: Thu 17:00, so Fri
        (50, 20, "25.09."),  # half of 16 hours, elapsed: Sat 01:00, so Mon
        (0, 7, "25.09."),
    ],
)
def test_lags_in_working_elapsed_and_relative_time(lag: int, form: int, start: str) -> None:
    data = project(task(1, 16), task(2, 8, link(1, lag=lag, form=form)))
    assert early(data) == {"1": "21.09. – 22.09.", "2": f"{start} – {start}"}
    assert any("Prozentuale Abstände" in message for _, message in said(data)) == (form > 10 and form < 40)


def test_elapsed_durations_run_through_the_night() -> None:
    # 3 elapsed days from Thu 08:00 end on Sun 08:00; the end of the work of 2 days is Mon 17:00
    data = project(task(1, 72, DurationFormat=8), task(2, 8, link(1)), task(3, 24))
    found = rows(data)
    assert found["1"].early_finish == datetime(2006, 9, 24, 8) and early(data)["2"] == "25.09. – 25.09."
    # it may end by Mon 08:00, so begin on Fri 08:00: a working day later; task 3 (Thu, Fri, Mon) ends the project
    assert found["1"].late_start == datetime(2006, 9, 22, 8)
    assert (found["1"].total_float_days, found["3"].total_float_days) == (1, 0)


def constraint(kind: int, on: str = "", **more: Any) -> dict[str, Any]:
    return {"ConstraintType": kind, **({"ConstraintDate": on} if on else {}), **more}


@pytest.mark.parametrize(
    ("own", "days", "total"),
    [
        # task 2 of one day after task 1 (Thu): Fri; the project ends on Wed 27 with task 3: three days of float
        ({}, "22.09. – 22.09.", 3),
        (constraint(2, "2006-09-26T08:00:00"), "26.09. – 26.09.", 0),  # must start on Tue
        (constraint(2, "2006-09-21T08:00:00"), "22.09. – 22.09.", -1),  # must start on Thu, cannot before Fri
        (constraint(2, "2006-09-19T08:00:00"), "22.09. – 22.09.", -3),  # must start on Tue 19: Tue, Wed, Thu too late
        (constraint(3, "2006-09-26T17:00:00"), "26.09. – 26.09.", 0),  # must finish on Tue
        (constraint(4, "2006-09-25T08:00:00"), "25.09. – 25.09.", 2),  # no earlier than Mon
        (constraint(4, "2006-09-23T08:00:00"), "25.09. – 25.09.", 2),  # no earlier than Sat
        (constraint(5, "2006-09-25T08:00:00"), "22.09. – 22.09.", 1),  # starts by Mon
        (constraint(6, "2006-09-26T17:00:00"), "26.09. – 26.09.", 1),  # finishes no earlier than Tue
        (constraint(7, "2006-09-25T17:00:00"), "22.09. – 22.09.", 1),  # finishes by Mon
        ({"Deadline": "2006-09-25T17:00:00"}, "22.09. – 22.09.", 1),
        ({"Deadline": "2006-09-20T17:00:00"}, "22.09. – 22.09.", -2),  # Wed 20, two days before Fri 22
        (constraint(7, "2006-09-21T12:00:00", Deadline="2006-09-25T17:00:00"), "22.09. – 22.09.", -1.5),
        (constraint(7, "2006-09-25T17:00:00", Deadline="2006-09-21T17:00:00"), "22.09. – 22.09.", -1),
        (constraint(1), "22.09. – 22.09.", 3),  # as late as possible: said, not done
    ],
)
def test_each_constraint_moves_or_bounds(own: dict[str, Any], days: str, total: float) -> None:
    found = rows(project(task(1), task(2, 8, link(1), **own), task(3, 40)))["2"]
    assert (shown(found.early_days), found.total_float_days) == (days, total)
    assert found.critical == (total <= 0)


@pytest.mark.parametrize(
    ("own", "days"),
    [
        (constraint(2, "2006-09-18T08:00:00"), "18.09. – 19.09."),  # must start on Mon
        (constraint(3, "2006-09-19T17:00:00"), "18.09. – 19.09."),  # must finish on Tue
        (constraint(4, "2006-09-18T08:00:00"), "18.09. – 19.09."),  # no earlier than Mon
        (constraint(5, "2006-09-18T08:00:00"), "18.09. – 19.09."),  # starts by Mon
        (constraint(6, "2006-09-19T17:00:00"), "18.09. – 19.09."),  # finishes no earlier than Tue
        (constraint(7, "2006-09-19T17:00:00"), "18.09. – 19.09."),  # finishes by Tue
        (constraint(7, "2006-09-21T17:00:00"), "20.09. – 21.09."),  # finishes by Thu, with two days of work
        (constraint(7, "2006-09-22T17:00:00"), "21.09. – 22.09."),  # the project starts early enough
        ({"Deadline": "2006-09-19T17:00:00"}, "21.09. – 22.09."),  # a deadline moves nothing
    ],
)
def test_a_constraint_before_the_project_starts_counts_as_in_microsoft_project(own: dict[str, Any], days: str) -> None:
    """Microsoft's help: a date constraint "can cause the task to be scheduled before the project's start date"."""
    assert early(project(task(1, 16, **own))) == {"1": days}


def test_what_follows_something_keeps_to_it_and_summaries_wait_for_the_project() -> None:
    early_on = constraint(4, "2006-09-18T08:00:00")
    data = project(
        task(1),
        task(2, 8, link(1), **early_on),  # no earlier than Monday before the project, and after Thursday
        task(3, 8, **early_on),  # a summary
        task(4, 8, OutlineLevel=2),
        task(5, 8, **early_on),
        task(6, 8, link(5)),  # follows what lies before the project
        task(7, 8, link(5, lag=-9600)),  # but does not go before it by a negative lag
    )
    days = ["21.09.", "22.09.", "21.09.", "21.09.", "18.09.", "19.09.", "21.09."]
    assert list(early(data).values()) == [f"{day} – {day}" for day in days]


def test_a_missed_deadline_is_negative_float_all_the_way_back() -> None:
    # Thu, Fri; the deadline is Thu 17:00: one day too late, and the start of task 1 as well
    data = project(task(1), task(2, 8, link(1), Deadline="2006-09-21T17:00:00"))
    assert {uid: (row.total_float_days, shown(row.late_days)) for uid, row in rows(data).items()} == {
        "1": (-1, "20.09. – 20.09."),
        "2": (-1, "21.09. – 21.09."),
    }


def test_milestones_lie_at_their_own_instant() -> None:
    data = project(
        task(1, 16),  # Thu, Fri
        task(2, 0, link(1)),  # at its end: Fri 17:00
        task(3, 8, link(2)),  # Mon
        task(4, 0),  # at the start of the project
        task(5, 0, **constraint(4, "2006-09-25T08:00:00")),  # Mon
        task(6, 0, **constraint(4, "2006-09-25T00:00:00")),  # Mon, written without a time
        task(7, 0, **constraint(3, "2006-09-22T17:00:00")),  # must finish on Fri
        task(8, 0, link(3, "SS")),  # with the start of task 3: Mon
    )
    days = [
        "21.09. – 22.09.",
        *(f"{day} – {day}" for day in ("22.09.", "25.09.", "21.09.", "25.09.", "25.09.", "22.09.", "25.09.")),
    ]
    assert list(early(data).values()) == days
    found = rows(data)
    assert found["2"].early_start == found["2"].late_start == datetime(2006, 9, 22, 17) and found["2"].critical
    assert found["2"].after_end and not found["4"].after_end
    # task 4 may lie on Mon 25, 17:00 at the latest, seen from the start of a day: no later than Tue 08:00
    assert found["4"].total_float_days == 3


def test_summaries_span_their_children_and_links_reach_them() -> None:
    data = project(
        task(1),  # Thu
        task(10, 0, link(1), name="Phase", Summary=1),  # Fri to Mon, from its children
        task(11, 8, OutlineLevel=2),  # Fri
        task(12, 8, link(11), OutlineLevel=2),  # Mon
        task(13, 4, OutlineLevel=2),  # Fri until noon
        task(20, 8, link(10)),  # after the phase: Tue
    )
    assert early(data) == {
        "1": "21.09. – 21.09.",
        "10": "22.09. – 25.09.",
        "11": "22.09. – 22.09.",
        "12": "25.09. – 25.09.",
        "13": "22.09. – 22.09.",
        "20": "26.09. – 26.09.",
    }
    found = rows(data)
    assert (found["10"].total_float_days, found["10"].critical, found["13"].total_float_days) == (0, True, 1.5)
    assert (found["10"].late_start, found["10"].late_finish) == (datetime(2006, 9, 22, 8), datetime(2006, 9, 25, 17))


def test_bounds_of_a_summary_hold_its_children() -> None:
    phase = {"name": "Phase", "Summary": 1, "Deadline": "2006-09-25T17:00:00", **constraint(4, "2006-09-26T08:00:00")}
    data = project(
        task(1, "", **phase),
        task(2, 8, OutlineLevel=2),
        task(3, 0, Summary=1, OutlineLevel=2),
        task(4, 8, OutlineLevel=3),
    )
    # no earlier than Tue, due on Mon: each child is a day too late
    assert early(data) == dict.fromkeys("1234", "26.09. – 26.09.")
    assert [row.total_float_days for row in rows(data).values()] == [-1, -1, -1, -1]


def test_outline_numbers_serve_where_levels_are_missing() -> None:
    data = project(
        task(1, 0, OutlineLevel="", OutlineNumber="1", Summary=1), task(2, 16, OutlineLevel="", OutlineNumber="1.1")
    )
    assert early(data) == {"1": "21.09. – 22.09.", "2": "21.09. – 22.09."}


def test_what_has_happened_stays_where_it_was() -> None:
    data = project(
        task(1, 16),  # Thu, Fri
        task(2, 8, link(1), ActualStart="2006-09-21T13:00:00"),  # begun before task 1 has ended: Thu 13:00 to Fri 12:00
        task(3, 8, link(2), ActualStart="2006-09-19T08:00:00", ActualFinish="2006-09-20T17:00:00"),  # Tue to Wed: done
        task(4, 8, ActualStart="2006-09-23T09:00:00", ActualFinish="2006-09-24T12:00:00"),  # at a weekend
        task(5, 8, link(4)),  # Mon
        task(6, 0, link(1), name="Phase", Summary=1),
        task(7, 8, OutlineLevel=2, ActualStart="2006-09-20T08:00:00"),  # begun in a phase that waits
        task(8, 8, ActualFinish="2006-09-20T17:00:00"),  # only its finish is known: the day before
    )
    days = early(data)
    assert days["2"] == "21.09. – 22.09." and rows(data)["2"].early_finish == datetime(2006, 9, 22, 12)
    assert (days["3"], days["4"], days["5"]) == ("19.09. – 20.09.", "23.09. – 24.09.", "25.09. – 25.09.")
    assert (days["6"], days["7"], days["8"]) == ("20.09. – 20.09.", "20.09. – 20.09.", "20.09. – 20.09.")


def test_inactive_and_empty_tasks_are_left_out_with_their_links() -> None:
    data = project(
        task(1, 16, name="Alt", Active=0),
        task(2, 8, link(1)),
        "<Task><UID>3</UID><IsNull>1</IsNull></Task>",
        task(4, 8, link(3), link(0)),
    )
    assert early(data) == {"2": "21.09. – 21.09.", "4": "21.09. – 21.09."}
    assert said(data) == [("notice", "Inaktive Vorgänge und ihre Verknüpfungen sind ausgelassen: „Alt“.")]


def test_a_cycle_is_named_in_its_order_and_the_rest_is_scheduled() -> None:
    data = project(
        task(1, 8, link(3), name="Rodung"),
        task(2, 8, link(1), name="Aushub"),
        task(3, 8, link(2), name="Bau"),
        task(4, 8, link(3), name="Fest"),
        task(5),
    )
    assert early(data) == {"1": "ohne", "2": "ohne", "3": "ohne", "4": "ohne", "5": "21.09. – 21.09."}
    assert said(data) == [
        ("error", "Vorgänge warten im Kreis aufeinander: „Rodung“ → „Aushub“ → „Bau“ → „Rodung“."),
        ("warning", "Ohne Termin bleiben: „Fest“."),
    ]
    (own,) = [message for level, message in said(project(task(1, 8, link(1)))) if level == "error"]
    assert own == "Vorgänge warten im Kreis aufeinander: „V1“ → „V1“."


def stored(first: str, last: str) -> dict[str, str]:
    """Where the file has the begin and end of a task in September."""
    return {"Start": f"2006-09-{first}T08:00:00", "Finish": f"2006-09-{last}T17:00:00"}


ASSIGNED = "<Assignments>" + "".join(
    f"<Assignment><UID>{n}</UID><TaskUID>{n}</TaskUID><ResourceUID>{who}</ResourceUID></Assignment>"
    for n, who in enumerate([7, 7, 7, 7, 7, 7, 7, -65535], start=1)
)


@pytest.mark.parametrize(
    ("data", "level", "message"),
    [
        (
            project(task(1, 8, **constraint(1))),
            "notice",
            "Die Einschränkung „So spät wie möglich“ wird nicht gerechnet; diese Vorgänge liegen so früh "
            "wie möglich: „V1“.",
        ),
        (
            project(task(1, 8, Manual=1, Start="2006-09-25T08:00:00")),
            "notice",
            "Manuell geplante Vorgänge beginnen an ihrem eingetragenen Anfang; Verknüpfungen verschieben sie nicht: "
            "„V1“.",
        ),
        (
            project(task(1, 8, Manual=1, Start="bald")),
            "notice",
            "Manuell geplante Vorgänge ohne lesbaren Anfang werden wie automatisch geplante gerechnet: „V1“.",
        ),
        (
            project(*(task(n) for n in range(1, 9)), more=ASSIGNED + "</Assignments>"),
            "notice",
            "Ressourcen und ihre Kalender werden nicht gerechnet; es gilt der Kalender des Vorgangs. "
            "Betroffen: „V1“, „V2“, „V3“, „V4“, „V5“ und 2 weitere.",
        ),
        (project(task(1, 8, Recurring=1)), "notice", "Periodische Vorgänge werden wie Sammelvorgänge gerechnet: „V1“."),
        (
            project(task(1, 8, name="Jour fixe", Summary=1, Recurring=1, Manual=1, Cost=9), task(2, 8, OutlineLevel=2)),
            "notice",
            "Periodische Vorgänge werden wie Sammelvorgänge gerechnet: „Jour fixe“.",
        ),
        (
            project(task(1, 8, ExternalTask=1)),
            "notice",
            "Vorgänge aus anderen Projekten werden wie manuell geplante gerechnet: „V1“.",
        ),
        (
            project(task(1, 8, IsSubproject=1)),
            "notice",
            "Teilprojekte werden nicht geöffnet; ihr Vorgang gilt mit der gespeicherten Dauer: „V1“.",
        ),
        (
            project(task(1, 8, link(9, more="<CrossProject>1</CrossProject>"))),
            "notice",
            "Verknüpfungen in andere Projekte sind ausgelassen, bei: „V1“.",
        ),
        (
            project(task(1, 8, Stop="2006-09-21T17:00:00", Resume="2006-09-25T08:00:00")),
            "notice",
            "Unterbrechungen werden nicht gerechnet; die Dauer läuft durch, bei: „V1“.",
        ),
        (
            project(
                task(1, 8, **stored("21", "22")), task(2, 8, **stored("21", "21")), task(3, 8, **stored("22", "25"))
            ),
            "notice",
            "Zwischen Anfang und Ende liegt in der Datei mehr Arbeitszeit als die Dauer (Unterbrechung oder Kalender "
            "einer Ressource); gerechnet wird die Dauer, bei: „V1“, „V3“.",
        ),
        (
            project(task(1, 8, LevelingDelay=4800), task(2, 8, LevelingDelay=0), task(3, 8, LevelingDelay=-4800)),
            "notice",
            "Die Verzögerung durch den Kapazitätsabgleich wird nicht gerechnet, bei: „V1“, „V3“.",
        ),
        (
            project(task(1, 8, OutlineLevel=2), task(2, 8), task(3, 8, OutlineLevel=4), task(4, 8, OutlineLevel=2)),
            "notice",
            "Leere Gliederungsebenen sind ausgelassen; es gilt die nächste darüber, bei: „V1“, „V3“.",
        ),
        (
            project(task(1, 8, Cost="0.00"), task(2, 8, Cost="1200.50")),
            "notice",
            "Kosten werden nicht übernommen, bei: „V2“.",
        ),
        (
            project(task(1, 8, Summary=1)),
            "notice",
            "Sammelvorgänge ohne Teilvorgänge werden wie gewöhnliche Vorgänge gerechnet: „V1“.",
        ),
        (
            project(task(1), calendars=calendar(more=EVERY_FRIDAY)),
            "notice",
            "Wiederkehrende Ausnahmen sind nicht gelesen, im Kalender: „Büro“.",
        ),
        (
            project(task(1), ScheduleFromStart=0),
            "notice",
            "„Probe“ ist vom Ende her geplant; hier wird vom Anfang her gerechnet.",
        ),
        (
            project(task(1), CalendarUID=9),
            "warning",
            "Der Kalender von „Probe“ fehlt in der Datei; es gilt Montag bis Freitag, 8–12 und 13–17 Uhr.",
        ),
        (
            project(task(1, 8, CalendarUID=9)),
            "warning",
            "Der Kalender von „V1“ (1) fehlt in der Datei; es gilt der des Projekts.",
        ),
        (
            project(task(1, 8, link(7))),
            "warning",
            "Ein Vorgänger von „V1“ (1) fehlt in der Datei: 7. Die Verknüpfung zählt nicht.",
        ),
        (
            project(task(1), task(2, 8, link(1, lag="viel"))),
            "warning",
            "Art oder Abstand einer Verknüpfung von „V1“ zu „V2“ (2) ist nicht lesbar; es gilt Ende–Anfang "
            "ohne Abstand.",
        ),
        (
            project(
                task(1),
                task(2, 8, link(1), **constraint(2, "2006-09-18T08:00:00")),
                task(3, 8, link(1), **constraint(7, "2006-09-21T17:00:00")),
                task(4, 8, link(1), **constraint(4, "2006-09-18T08:00:00")),
                task(5, 8, link(1), **constraint(5, "2006-09-22T08:00:00")),
                task(6, 8, link(1), Deadline="2006-09-21T17:00:00"),
                task(7, 8, link(1), **constraint(3, "2006-09-19T17:00:00")),
                task(8, 8, **constraint(2, "2006-09-23T00:00:00")),
            ),
            "notice",
            "Verknüpfungen gehen Einschränkungen vor, die Microsoft Project in der Regel einhält, bei: „V2“, „V3“, "
            "„V7“.",
        ),
        (project(task(1, "")), "error", "„V1“ (1) hat keine lesbare Dauer und bleibt ohne Termin."),
        (
            project(task(1, "zwei Tage", Start="2006-09-21T08:00:00", Finish="2006-09-22T17:00:00")),
            "warning",
            "„V1“ (1) hat keine lesbare Dauer; es zählt die Zeit von Anfang bis Ende.",
        ),
        (
            project(task(1, 8, Deadline="31.02.2006")),
            "warning",
            "Der Stichtag von „V1“ (1) ist nicht lesbar: „31.02.2006“.",
        ),
        (
            project(task(1, 8, Deadline="1802-01-01T00:00:00")),
            "warning",
            "Der Stichtag von „V1“ (1) ist nicht lesbar: „1802-01-01T00:00:00“.",
        ),
        (
            project(task(1, 8, **constraint(4))),
            "warning",
            "Die Einschränkung von „V1“ (1) ist nicht lesbar; sie zählt nicht.",
        ),
        (
            project(task(1, 8, **constraint(12, "2006-09-21T08:00:00"))),
            "warning",
            "Die Einschränkung von „V1“ (1) ist nicht lesbar; sie zählt nicht.",
        ),
        (
            project(task(1), task(1, name="Zweiter")),
            "error",
            "Die Nummer (UID) von „Zweiter“ (1) fehlt oder ist doppelt; Verknüpfungen zu ihr gelten dem "
            "ersten Vorgang.",
        ),
        (
            project(task("")),
            "error",
            "Die Nummer (UID) von „V“ (Zeile 2) fehlt oder ist doppelt; Verknüpfungen zu ihr gelten dem "
            "ersten Vorgang.",
        ),
        (
            project(task(1, 8, ActualStart="2006-09-22T08:00:00", ActualFinish="2006-09-21T08:00:00")),
            "warning",
            "Das tatsächliche Ende von „V1“ (1) liegt vor dem Anfang; es zählt nicht.",
        ),
        (
            project(task(1, 8, Start="2006-09-21T08:00:00"), StartDate=""),
            "warning",
            "„Probe“ hat kein lesbares Anfangsdatum; es gilt der früheste Anfang eines Vorgangs.",
        ),
        (
            project(task(1), StartDate="bald"),
            "error",
            "„Probe“ hat kein lesbares Anfangsdatum; Vorgänge ohne eigenen Termin bleiben offen.",
        ),
        (
            project(task(1), calendars=calendar(days=week(hours=(("17:00:00", "08:00:00"),)))),
            "warning",
            "Eine Arbeitszeit im Kalender „Büro“ ist nicht lesbar.",
        ),
        (
            project(task(1), calendars=calendar(more=FRIDAY_OFF.replace("2006-09-22T23", "2006-09-xxT23"))),
            "warning",
            "Im Kalender „Büro“ hat eine Ausnahme keinen lesbaren Zeitraum.",
        ),
        *(
            (
                project(task(1, 8, Start="2006-09-21T08:00:00"), calendars=calendar(more=made(first, last))),
                "warning",
                "Im Kalender „Büro“ umfasst eine arbeitsfreie Ausnahme mehr als zehn Jahre und zählt deshalb nicht.",
            )
            for made in (off, week_off)
            for first, last in (("0001-01-01", "2149-12-31"), ("1984-01-01", "9999-12-31"))
        ),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_is_lost(data: bytes, level: str, message: str) -> None:
    assert (level, message) in said(data)
    assert len(rows(data)) == data.count(b"<Task>") - 1


def test_faults_stay_where_they_are() -> None:
    data = project(task(1, ""), task(2, 8, link(1)), task(3, 8, link(7)), task(3, 8, link(3)))
    # task 2 waits for an unknown duration; task 3 only loses its link; the second 3 follows the first: Fri
    assert early(data) == {"1": "ohne", "2": "ohne", "3": "21.09. – 21.09.", "3, Zeile 5": "22.09. – 22.09."}
    finding = read_project("probe.xml", data).findings[0]
    assert finding.record and finding.remedy


def test_a_manual_task_begins_where_it_was_entered() -> None:
    data = project(task(1), task(2, 8, link(1), Manual=1, Start="2006-09-26T08:00:00"), task(3, 8, link(2)))
    assert early(data) == {"1": "21.09. – 21.09.", "2": "26.09. – 26.09.", "3": "27.09. – 27.09."}


@pytest.mark.parametrize(
    ("start", "days"),
    [
        ("2006-09-21T08:00:00", "21.09. – 21.09."),  # while what it waits for is not done
        ("2006-09-19T08:00:00", "19.09. – 19.09."),  # before the project
        ("2006-09-23T08:00:00", "23.09. – 25.09."),  # from Saturday: the work is done on Monday
    ],
)
def test_what_was_entered_by_hand_stays_against_links_and_constraints(start: str, days: str) -> None:
    late = constraint(4, "2006-10-02T08:00:00")
    data = project(task(1, 24), task(2, 8, link(1), Manual=1, Start=start, **late))
    assert early(data) == {"1": "21.09. – 25.09.", "2": days}


def test_days_of_float_are_the_projects_own() -> None:
    # four hours after noon are half a day of eight hours and a whole one of four
    data = (task(1, 4), task(2, 8))
    assert rows(project(*data))["1"].total_float_days == 0.5
    assert rows(project(*data, MinutesPerDay=240))["1"].total_float_days == 1
    assert read_project("p", project(*data, MinutesPerDay="viele")).minutes_per_day == 480


def test_the_order_and_names_of_the_file_are_kept() -> None:
    found = schedule_file(
        read_project(
            "probe.xml", project(task(30, name="Später"), task(4, name="Früher & kürzer".replace("&", "&amp;")))
        )
    )
    assert [(row.id, row.name) for row in found.tasks] == [("30", "Später"), ("4", "Früher & kürzer")]
    assert read_project("probe.xml", project(task(1), Title="")).name == "probe.xml"
    empty = schedule_file(read_project("leer.xml", project()))
    assert empty.tasks == () and empty.finish is None


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Project>&b;</Project>'


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "keine lesbare XML-Datei"),
        (b"Hallo", "keine lesbare XML-Datei"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".mpp"),
        (project(task(1))[:-20], "unvollständig"),
        (b"<Project><Tasks>&nbsp;</Tasks></Project>", "keine lesbare XML-Datei"),
        (b'<?xml version="1.0" encoding="klingonisch"?><Project/>', "keine lesbare XML-Datei"),
        (b"\xff\xfe" + LAUGHS.decode().encode("utf-16-le"), "Dokumenttypdefinition"),
        (LAUGHS, "Dokumenttypdefinition"),
        (b'<!DOCTYPE Project SYSTEM "file:///etc/passwd"><Project/>', "Dokumenttypdefinition"),
        (b"<html><body/></html>", "kein Projekt"),
        (b'<Project xmlns="http://xmlns.oracle.com/Primavera"/>', "kein Projekt"),
        (b"<Project>" + b"<Tasks>" * 60 + b"</Tasks>" * 60 + b"</Project>", "verschachtelt"),
        (b"<Project><Tasks>" + b"<Task/>" * 100_001 + b"</Tasks></Project>", "100.000"),
        (b"<Project>" + b" " * (20 * 2**20) + b"</Project>", "20 MB"),
    ],
)
def test_what_is_no_project_is_refused_in_german(data: bytes, part: str) -> None:
    with pytest.raises(Problem) as caught:
        read_project("plan.xml", data)
    assert part in caught.value.german and "plan.xml" in caught.value.german and caught.value.remedy


def test_what_is_not_needed_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(msproject_xml, "MAX_ELEMENTS", 100)
    baselines = "<Baseline><UID>7</UID><Start>x</Start></Baseline>" * 1000
    assert early(project(task(1, 8, baselines))) == {"1": "21.09. – 21.09."}
