"""What a calendar file says of dates that nobody has set yet, and that it is the same as long as the version is."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from insek_core.cli.main import main
from insek_core.plan.codec import with_row
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.sittings import sittings
from insek_core.storage.store import Store


def exported(db: Path, path: Path, *more: str) -> bytes:
    assert main(["export", str(path), "--db", str(db), "--today", "2015-06-01", *more]) == 0
    return path.read_bytes()


def test_the_same_version_gives_the_same_bytes_stamped_when_it_was_saved(db: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE versions SET saved_at = '2020-01-02T12:30:00+01:00'")
    first = exported(db, tmp_path / "a.ics")
    assert exported(db, tmp_path / "b.ics") == first
    stamps = {event["DTSTAMP"].dt for event in Calendar.from_ical(first).walk("VEVENT")}
    assert stamps == {datetime(2020, 1, 2, 11, 30, tzinfo=UTC)}


def test_assumed_sittings_are_tentative_and_leave_the_day_free(example_db: Path, tmp_path: Path) -> None:
    store = Store(example_db)
    plan = store.load()
    assumed = {f"{sitting.on:%Y%m%d}": sitting.assumed for body in plan.bodies for sitting in sittings(plan, body.id)}
    assert set(assumed.values()) == {True, False}
    found = Calendar.from_ical(exported(example_db, tmp_path / "a.ics")).walk("VEVENT")
    names = {body.name for body in plan.bodies}
    states = {
        ("Termin angenommen" in str(event.get("description", "")), str(event["STATUS"]), str(event["TRANSP"]))
        for event in found
        if str(event["SUMMARY"]) in names
    }
    assert states == {(True, "TENTATIVE", "TRANSPARENT"), (False, "CONFIRMED", "OPAQUE")}


def test_a_day_that_the_network_does_not_allow_is_tentative_and_says_from_when_it_is(db: Path, tmp_path: Path) -> None:
    with closing(Store(db)) as store:
        plan = store.load()
        fixed = replace(plan.by_id["EV-F1-1"], when=Fuzzy.on(date(2015, 10, 20)))
        store.save(with_row(plan, "events", fixed), based_on=1, author="A", reason="r")
    found = Calendar.from_ical(exported(db, tmp_path / "a.ics")).walk("VEVENT")
    event = next(one for one in found if str(one["SUMMARY"]) == "Auftaktveranstaltung")
    assert event["DTSTART"].dt == date(2015, 10, 20) and str(event["STATUS"]) == "TENTATIVE"
    assert str(event["DESCRIPTION"]).endswith("Nach dem Zeitplan frühestens am 30.10.2015")


def test_an_unknown_body_is_told_with_those_there_are(
    example_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(tmp_path / "x.ics"), "--body", "XX", "--db", str(example_db)]) == 1
    told = capsys.readouterr().err
    assert "„XX“" in told
    for body in Store(example_db).load().bodies:
        assert f"{body.id} ({body.name})" in told
