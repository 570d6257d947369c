"""The command line of time, and the calendar file as another reader sees it."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject

from insek_core.cli.main import main
from insek_core.exchange.calendar import calendar_file
from insek_core.plan import Plan
from insek_core.plan.process import Meeting
from insek_core.plan.values import Fuzzy
from insek_core.rules.people.staff import by_month
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.sittings import sittings
from insek_core.storage.store import Store

Capture = pytest.CaptureFixture[str]
TODAY, STAMP = date(2015, 6, 1), datetime(2015, 6, 1, 12, tzinfo=UTC)


def told(capsys: Capture, *arguments: str, code: int = 0) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def project(*tasks: str) -> str:
    return (
        "<Project "
        f"xmlns='http://schemas.microsoft.com/project'><StartDate>2006-09-21T08:00:00</StartDate>"
        f"<MinutesPerDay>480</MinutesPerDay><Tasks>{''.join(tasks)}</Tasks></Project>"
    )


def one(uid: int, *, kind: int | None = None, lag: int = 0) -> str:
    link = (
        ""
        if kind is None
        else f"<PredecessorLink><PredecessorUID>{uid - 1}</PredecessorUID><Type>{kind}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>7</LagFormat></PredecessorLink>"
    )
    head = f"<UID>{uid}</UID><ID>{uid}</ID><Name>T{uid}</Name>"
    return f"<Task>{head}<Duration>PT8H0M0S</Duration><DurationFormat>7</DurationFormat>{link}</Task>"


def test_the_schedule_of_the_plan_has_early_and_late_dates_and_floats(db: Path, capsys: Capture) -> None:
    found = told(capsys, "schedule", "--db", str(db))
    (row,) = [task for task in found["tasks"] if task["id"] == "A1"]
    assert found["finish"] == "2017-06-21"
    assert {
        key: row[key]
        for key in (
            "early_start",
            "early_finish",
            "late_start",
            "late_finish",
            "total_float_days",
            "free_float_days",
            "critical",
        )
    } == {
        "early_start": "2017-01-02",
        "early_finish": "2017-05-10",
        "late_start": "2017-01-06",
        "late_finish": "2017-05-16",
        "total_float_days": 4,
        "free_float_days": 4,
        "critical": False,
    }


def test_a_project_file_is_scheduled_on_its_own_calendar(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "kette.xml"
    file.write_text(
        project(one(1), one(2, kind=1), one(3, kind=3, lag=4800), one(4, kind=0), one(5, kind=2)), encoding="utf-8"
    )
    found = told(capsys, "schedule", str(file))
    dates = {
        row["id"]: (row["early_start"], row["early_finish"], row["total_float_days"], row["critical"])
        for row in found["tasks"]
    }
    assert found["finish"] == "2006-09-25"
    assert dates == {
        "1": ("2006-09-21", "2006-09-21", 0, True),
        "2": ("2006-09-22", "2006-09-22", 0, True),
        "3": ("2006-09-25", "2006-09-25", 0, True),
        "4": ("2006-09-25", "2006-09-25", 0, True),
        "5": ("2006-09-22", "2006-09-22", 1, False),
    }


@pytest.mark.parametrize(
    "text", ["<Project", "<html></html>", "<!DOCTYPE x [<!ENTITY a 'b'>]><Project>&a;</Project>", ""]
)
def test_what_is_no_project_file_is_named_without_traceback(tmp_path: Path, capsys: Capture, text: str) -> None:
    file = tmp_path / "kaputt.xml"
    file.write_text(text, encoding="utf-8")
    found = told(capsys, "schedule", str(file), code=1)
    assert (
        found["findings"]
        and "Traceback" not in json.dumps(found)
        and "Unerwartet" not in json.dumps(found, ensure_ascii=False)
    )


@pytest.mark.parametrize(
    ("policy", "first"),
    [("none", "2016-01-01"), ("skip", "2016-02-05"), ("next", "2016-01-04"), ("week", "2016-01-08")],
)
def test_meetings_follow_the_policy(capsys: Capture, policy: str, first: str) -> None:
    found = told(
        capsys,
        "meetings",
        "--rrule",
        "FREQ=MONTHLY;BYDAY=1FR",
        "--from",
        "20160101T090000",
        "--until",
        "2016-03-31",
        "--policy",
        policy,
    )
    assert found["meetings"][0]["date"] == first


def test_a_rule_that_is_none_is_a_finding_and_a_day_that_is_none_wrong_usage(capsys: Capture) -> None:
    assert told(capsys, "meetings", "--rrule", "dienstags", "--from", "2016-01-01", "--until", "2016-02-01", code=1)[
        "findings"
    ]
    with pytest.raises(SystemExit) as ended:
        main(["meetings", "--rrule", "FREQ=DAILY", "--from", "gestern", "--until", "2016-02-01"])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("paper", "days", "decided"),
    [
        ("V4", "7", "2017-08-16"),
        ("V4", "0", "2017-06-21"),
        ("V1", "3", "2015-05-20"),
        ("DS-00832/14", "15", "2015-06-17"),
    ],
)
def test_a_delay_is_answered_with_the_next_real_sitting(
    db: Path, capsys: Capture, paper: str, days: str, decided: str
) -> None:
    assert told(capsys, "delay", paper, "--days", days, "--db", str(db))["after"]["decided"] == decided


def test_a_paper_nobody_knows_is_named(db: Path, capsys: Capture) -> None:
    assert "V4" in told(capsys, "delay", "V9", "--days", "3", "--db", str(db), code=1)["findings"][0]["remedy"]


def events(data: bytes) -> dict[str, dict[str, str]]:
    """Events by UID, read by hand as RFC 5545 says: unfold, split at the first colon."""
    lines = re.sub(r"\r\n[ \t]", "", data.decode("utf-8")).split("\r\n")
    found: dict[str, dict[str, str]] = {}
    row: dict[str, str] | None = None
    for line in lines:
        if line == "BEGIN:VEVENT":
            row = {}
        elif line == "END:VEVENT" and row is not None:
            assert row["UID"] not in found, "an event only once"
            found[row["UID"]] = row
            row = None
        elif row is not None:
            name, _, value = line.partition(":")
            row[name.partition(";")[0]] = value
            row[f"{name.partition(';')[0]}?"] = name.partition(";")[2]
    return found


def test_a_calendar_file_has_every_sitting_once_and_folds_its_lines(example: Plan) -> None:
    data = calendar_file([example], TODAY, STAMP)
    found = events(data)
    assert all(len(line) <= 75 for line in data.split(b"\r\n")) and calendar_file([example], TODAY, STAMP) == data
    for row in example.bodies:
        days = sorted(event["DTSTART"] for event in found.values() if event["SUMMARY"] == row.name)
        assert days == [f"{s.on:%Y%m%d}" for s in sittings(example, row.id) if s.on <= date(2017, 6, 30)], row.name
    assert found["deadline-A2@insek-cockpit"]["DTSTART"] == "20170630" and "proof-of-use@insek-cockpit" in found


def test_a_second_library_reads_every_sitting_once(example: Plan) -> None:
    found = vobject.readOne(calendar_file([example], TODAY, STAMP).decode("utf-8")).vevent_list
    uids = [event.uid.value for event in found]
    assert len(uids) == len(set(uids)) == len(events(calendar_file([example], TODAY, STAMP)))
    for row in example.bodies:
        days = sorted(event.dtstart.value for event in found if event.summary.value == row.name)
        assert days == [s.on for s in sittings(example, row.id) if s.on <= date(2017, 6, 30)], row.name


def test_a_moved_sitting_keeps_its_uid_and_raises_its_sequence(example: Plan) -> None:
    moved = Meeting(
        id="SI-NEU",
        body="EE5",
        when=Fuzzy.on(date(2017, 6, 22)),
        instead_of_on=date(2017, 6, 21),
        evidence="stated",
        source="Test",
    )
    later = replace(example, meetings=(*example.meetings, moved))
    before, after = (
        events(calendar_file([example], TODAY, STAMP)),
        events(calendar_file([example, later], TODAY, STAMP)),
    )
    uid = "EE5-20170621@insek-cockpit"
    assert (before[uid]["DTSTART"], before[uid]["SEQUENCE"]) == ("20170621", "0")
    assert (after[uid]["DTSTART"], after[uid]["SEQUENCE"]) == ("20170622", "1")
    other = "EE5-20170517@insek-cockpit"
    assert before[other] == after[other] and set(before) <= set(after)
    assert set(events(calendar_file([example, later], TODAY, STAMP, "EE5"))) < set(after)


def test_an_hour_is_that_of_berlin_and_hostile_texts_stay_text(example: Plan) -> None:
    council = next(row for row in example.bodies if row.id == "EE5")
    named = replace(council, begins_at="14:00", name="Rat; mit, \\ Zeichen " + "ü" * 200)
    data = calendar_file(
        [replace(example, bodies=tuple(named if row is council else row for row in example.bodies))], TODAY, STAMP
    )
    found = events(data)["EE5-20170621@insek-cockpit"]
    assert (found["DTSTART"], found["DTSTART?"]) == (
        "20170621T140000",
        "TZID=Europe/Berlin",
    ) and b"BEGIN:VTIMEZONE" in data
    assert found["SUMMARY"].replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\") == named.name
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_export_writes_calendars_whole_or_of_one_body(db: Path, tmp_path: Path, capsys: Capture) -> None:
    whole, one_body = tmp_path / "alle.ics", tmp_path / "rat.ics"
    told(capsys, "export", str(whole), "--db", str(db))
    told(capsys, "export", str(one_body), "--body", "EE5", "--db", str(db))
    assert set(events(one_body.read_bytes())) < set(events(whole.read_bytes()))
    assert told(capsys, "export", str(one_body), "--body", "XX", "--db", str(db), code=1)["findings"]


def test_person_days_by_month_add_up_to_what_is_entered(example: Plan) -> None:
    months = by_month(example, timetable(example, TODAY))
    for office in {row.office for row in example.staff_days}:
        assert sum(months[office].values()) == sum(row.days or 0 for row in example.staff_days if row.office == office)


def test_a_project_file_is_checked_taken_over_and_read_again(db: Path, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "zeitplan.xml"
    path.write_text(project(one(1), one(2, kind=1, lag=4800)), encoding="utf-8")
    found = told(capsys, "check", str(path), "--db", str(db))
    assert [(edit["table"], edit["label"]) for edit in found["added"]][:2] == [("tasks", "T1"), ("tasks", "T2")]
    assert not found["changed"] and not found["removed"] and Store(db).head.number == 1
    assert told(capsys, "import", str(path), "--db", str(db))["version"] == 2
    key = found["added"][0]["record"]
    row = next(task for task in told(capsys, "schedule", "--db", str(db))["tasks"] if task["id"] == key)
    assert (row["early_start"], row["early_finish"]) == ("2006-09-21", "2006-09-21")
    again = told(capsys, "import", str(path), "--db", str(db), code=1)
    assert (again["added"], again["changed"], again["removed"]) == ([], [], [])
    path.write_text(project(one(1).replace("PT8H", "PT16H")), encoding="utf-8")
    found = told(capsys, "import", str(path), "--db", str(db))
    assert [(edit["record"], edit["field"], edit["new"]) for edit in found["changed"]] == [(key, "duration_days", 2)]
    assert len(found["removed"]) == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("plan.mpp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Projektdatei (.mpp)"),
        ("p.xml", b"<?xml version='1.0'?><Project", "keine lesbare XML-Datei"),
    ],
)
def test_a_project_file_that_cannot_be_read_is_named(
    db: Path, tmp_path: Path, capsys: Capture, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (finding,) = told(capsys, "import", str(tmp_path / name), "--db", str(db), code=1)["findings"]
    assert said in finding["message"] and finding["remedy"]
