"""The calendars of a Microsoft Project file as clocks of working time."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, datetime

from insek_core.exchange.msproject.xml import Log, is_set
from insek_core.plan.process import MOST_DAYS_OFF
from insek_core.rules.time.net.worktime import DAY, OFF, STANDARD_WEEK, WORKDAY, OtherDays, Pattern, WorkTime

MAX_BASES = 10


def _pattern(node: ET.Element, usual: Pattern, calendar: str, log: Log) -> Pattern:
    """The working times of a day."""
    if not is_set(node.findtext("DayWorking", "0").strip()):
        return OFF
    found: list[tuple[int, int]] = []
    for time in node.iterfind("WorkingTimes/WorkingTime"):
        ends = [
            re.fullmatch(r"([01]\d|2[0-4]):([0-5]\d)(:.*)?", time.findtext(key, "").strip())
            for key in ("FromTime", "ToTime")
        ]
        begin, end = (int(part[1]) * 60 + int(part[2]) if part else -1 for part in ends)
        end = DAY if end == 0 else end  # until midnight
        if 0 <= begin < end <= DAY:
            found.append((begin, end))
        else:
            log.say("warning", f"Eine Arbeitszeit im Kalender „{calendar}“ ist nicht lesbar.", "Bitte berichtigen.")
    return tuple(found) or usual or WORKDAY


def _day(text: str) -> date | None:
    """The day of a date and time in any year; None for what is none."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _period(node: ET.Element, calendar: str, log: Log) -> tuple[date, date] | None:
    first, last = (_day(node.findtext(f"TimePeriod/{key}", "").strip()) for key in ("FromDate", "ToDate"))
    if first is None or last is None or last < first:
        log.say(
            "warning", f"Im Kalender „{calendar}“ hat eine Ausnahme keinen lesbaren Zeitraum.", "Bitte berichtigen."
        )
        return None
    return first, last


def _weekdays(days: list[ET.Element], usual: tuple[Pattern, ...], calendar: str, log: Log) -> tuple[Pattern, ...]:
    """Seven patterns from Monday; DayType counts from 1, a Sunday. A day that is not named is as usual."""
    named = {day.findtext("DayType", "").strip(): day for day in days}
    kinds = ("2", "3", "4", "5", "6", "7", "1")
    return tuple(
        _pattern(named[k], own, calendar, log) if k in named else own for k, own in zip(kinds, usual, strict=True)
    )


def calendar_of(uid: str, nodes: dict[str, ET.Element], log: Log) -> WorkTime:
    """The working time of a calendar; what it does not say is as in its base."""
    chain: list[ET.Element] = []
    while uid in nodes and nodes[uid] not in chain and len(chain) < MAX_BASES:
        chain.append(nodes[uid])
        uid = nodes[uid].findtext("BaseCalendarUID", "").strip()
    week, spans = STANDARD_WEEK, list[OtherDays]()
    for node in reversed(chain):
        name = node.findtext("Name", "").strip() or "ohne Namen"
        week = _weekdays(node.findall("WeekDays/WeekDay"), week, name, log)
        spans = [*(span for span in _spans(node, week, name, log) if _counts(span, name, log)), *spans]
    return WorkTime(week, spans)


def _counts(span: OtherDays, calendar: str, log: Log) -> bool:
    """Whether a span is one that somebody can mean: nobody is off for ten years."""
    if any(span.patterns) or (span.last - span.first).days <= MOST_DAYS_OFF:
        return True
    message = (
        f"Im Kalender „{calendar}“ umfasst eine arbeitsfreie Ausnahme mehr als zehn Jahre und zählt deshalb nicht."
    )
    log.say("warning", message, "Bitte Anfang und Ende der Ausnahme berichtigen.")
    return False


def _spans(node: ET.Element, week: tuple[Pattern, ...], name: str, log: Log) -> Iterator[OtherDays]:
    """The exceptions of a calendar, then its spans with a week of their own."""
    old = node.findall("WeekDays/WeekDay[DayType='0']")
    for exception in [*node.iterfind("Exceptions/Exception"), *old]:
        span = _period(exception, name, log)
        kind, period = (exception.findtext(key, "").strip() for key in ("Type", "Period"))
        whole = kind in ("", "0", "1", "9") or (kind == "7" and period in ("", "1"))
        if span and (whole or span[0] == span[1]):
            yield OtherDays(*span, (_pattern(exception, OFF, name, log),))
        elif span and not old:  # Microsoft Project also writes each day of a recurring exception as one of its own
            log.leave("recurrence", name)
    for other in node.iterfind("WorkWeeks/WorkWeek"):
        span = _period(other, name, log)
        if span:
            yield OtherDays(*span, _weekdays(other.findall("WeekDays/WeekDay"), week, name, log))
