"""A body's Turnus, whatever stands in it: worked out as the library does, or refused in German; never without end."""

import random
import time
from datetime import date, datetime
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from small import TODAY, body

from insek_core.plan import Plan
from insek_core.plan.errors import Unreadable
from insek_core.plan.recurrence import WEEKDAYS, recurrence
from insek_core.rules.assessment import assess
from insek_core.rules.checks import new_errors
from insek_core.rules.time.sittings import series, series_findings, sittings

FIRST, LAST = date(2016, 1, 1), date(2018, 12, 31)
WHOLE = date(1990, 1, 1), date(2100, 12, 31)
HOSTILE = (
    "FREQ=MONTHLY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=00",
    "FREQ=DAILY;INTERVAL=-1",
    "FREQ=DAILY;INTERVAL=99999",
    "FREQ=SECONDLY",
    "FREQ=MINUTELY;BYHOUR=3;INTERVAL=7",
    "FREQ=HOURLY;BYMONTHDAY=31;BYMONTH=2",
    "FREQ=DAILY;COUNT=99999999999999999999",
    "FREQ=DAILY;COUNT=0",
    f"FREQ=DAILY;COUNT={'9' * 5000}",
    "FREQ=DAILY;UNTIL=99999999",
    "FREQ=DAILY;UNTIL=20161301",
    "FREQ=DAILY;UNTIL=TODAY",
    "FREQ=DAILY;BYHOUR=1,2,3",
    "FREQ=DAILY;BYEASTER=1",
    f"FREQ=YEARLY;BYYEARDAY={','.join(['1'] * 5000)}",
    "FREQ=YEARLY;BYMONTH=13",
    "FREQ=YEARLY;BYMONTH=-1",
    "FREQ=YEARLY;BYDAY=99MO",
    "FREQ=YEARLY;BYDAY=MO(+1)",
    "FREQ=YEARLY;BYDAY=٣MO",
    "FREQ=DAILY;FREQ=DAILY",
    "FREQ=DAILY;",
    "INTERVAL=1",
    "DTSTART:19970902T090000\nRRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY",
    "RRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY;INTERVAL=0",
    "RRULE:FREQ=DAILY\nEXDATE:20160101T000000",
    "RRULE:FREQ=DAILY\nRDATE:20160101T000000",
    "FREQ=DAILY\nFREQ=DAILY",
    "\x00",
    "FREQ=DAILY;WKST=\ud800",
)
EMPTY = (  # rules of no day at all: the library looks for one to the end of time
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
    "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
    "FREQ=DAILY;BYSETPOS=2",
)


@pytest.mark.parametrize("rule", HOSTILE, ids=lambda rule: ascii(rule[:30]))
def test_a_hostile_rule_is_refused_at_its_column_and_gives_no_sittings(rule: str) -> None:
    begun = time.monotonic()
    plan = Plan(bodies=(body(id="G", cadence=rule, first_on=FIRST),))  # as it may stand in a database of before
    (found,) = series_findings(plan)
    assert (found.level, found.table, found.record, found.field) == ("error", "bodies", "G", "cadence")
    assert "Fachausschuss" in found.message and len(found.message) < 250 and found.remedy
    assert sittings(plan, "G") == ()
    assert assess(plan, (), TODAY).findings
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;INTERVAL=0", "FREQ=DAILY;BYEASTER=0"])
def test_an_edit_that_brings_such_a_rule_is_refused_even_without_a_first_day(rule: str) -> None:
    before, after = Plan(bodies=(body(id="G"),)), Plan(bodies=(body(id="G", cadence=rule),))
    assert [(f.table, f.field) for f in new_errors(before, after)] == [("bodies", "cadence")]


@pytest.mark.parametrize("rule", EMPTY)
def test_a_rule_without_a_day_ends(rule: str) -> None:
    begun = time.monotonic()
    assert series(rule, *WHOLE, "none") == ()
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("first, last", [(date.min, date.max), (date(1989, 12, 31), LAST), (FIRST, date(2101, 1, 1))])
def test_days_beyond_the_calendar_are_refused(first: date, last: date) -> None:
    with pytest.raises(Unreadable, match="1990 bis 2100"):
        series("FREQ=WEEKLY", first, last, "next")


def test_what_other_programmes_write_is_read() -> None:
    for written in (
        "RRULE:FREQ=WEEKLY;BYDAY=TU",
        "freq=weekly;byday=tu",
        " FREQ=WEEKLY;BYDAY=TU;BYHOUR=17;BYMINUTE=30 ",
    ):
        assert series(written, FIRST, LAST, "none") == series("FREQ=WEEKLY;BYDAY=TU", FIRST, LAST, "none"), written


def numbers(dice: random.Random, most: int, *, signed: bool) -> str:
    return ",".join(
        str(dice.randint(1, most) * dice.choice((1, -1) if signed else (1,))) for _ in range(dice.randint(1, 4))
    )


def drawn(dice: random.Random) -> str:
    """A rule that RFC 5545 allows."""
    parts = {
        "INTERVAL": lambda: str(dice.randint(1, 40)),
        "COUNT": lambda: str(dice.randint(1, 400)),
        "UNTIL": lambda: f"{dice.randint(2015, 2019)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}",
        "WKST": lambda: dice.choice(WEEKDAYS),
        "BYMONTH": lambda: numbers(dice, 12, signed=False),
        "BYMONTHDAY": lambda: numbers(dice, 31, signed=True),
        "BYYEARDAY": lambda: numbers(dice, 366, signed=True),
        "BYWEEKNO": lambda: numbers(dice, 53, signed=True),
        "BYSETPOS": lambda: numbers(dice, 10, signed=True),
        "BYDAY": lambda: ",".join(dice.choice(("", "", "1", "-1", "3")) + dice.choice(WEEKDAYS) for _ in range(3)),
    }
    chosen = dice.sample(list(parts), dice.randint(0, 4))
    freq = dice.choice(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
    return ";".join([f"FREQ={freq}", *(f"{key}={parts[key]()}" for key in chosen)])


def broken(rule: str, dice: random.Random) -> str:
    """The same with some of its signs changed, or with parts that nobody asked for."""
    odd = (
        "0",
        "-",
        "9" * 30,
        ";INTERVAL=0",
        "\nEXRULE:",
        ";COUNT=",
        "²",
        ";BYDAY=",
        ",",
        "=",
        "SECONDLY",
        "\ud800",
        "inf",
    )
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(rule) + 1)
        rule = rule[:at] + dice.choice(odd) + rule[at + dice.randint(0, 2) :]
    return rule


def test_six_hundred_rules_are_worked_out_as_by_the_library_or_refused_and_none_takes_long() -> None:
    dice, start, read = random.Random(5545), datetime(2016, 1, 1), 0
    slowest, end = 0.0, datetime(2019, 1, 1)
    for number in range(600):
        rule = drawn(dice) if number % 2 else broken(drawn(dice), dice)
        begun = time.monotonic()
        try:
            found = [one.on for one in series(rule, FIRST, LAST, "none")]
            recurrence(rule)
        except Unreadable as problem:
            assert not number % 2, rule
            assert problem.what and problem.remedy
        else:
            read += 1
            if number % 2 and found:  # where there is a day the library does not look for one for ever
                every = takewhile(lambda at: at < end, rrulestr(rule, dtstart=start))
                known = [at.date() for _, at in zip(found, every, strict=False)]
                assert found == known, rule
        slowest = max(slowest, time.monotonic() - begun)
    assert read > 300 and slowest < 2
