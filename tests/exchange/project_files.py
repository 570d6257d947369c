"""Microsoft Project files written by hand, as Project itself writes them (MSPDI): every element in one place.

They start on Thursday 21.09.2006 at 08:00, five days a week, 08–12 and 13–17 Uhr, unless told otherwise.
"""

from typing import Any

HOURS = (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
NAMESPACE = ' xmlns="http://schemas.microsoft.com/project"'


def tags(fields: dict[str, Any]) -> str:
    return "".join(f"<{key}>{value}</{key}>" for key, value in fields.items())


def times(hours: Any) -> str:
    inner = "".join(f"<WorkingTime><FromTime>{a}</FromTime><ToTime>{b}</ToTime></WorkingTime>" for a, b in hours)
    return f"<DayWorking>{int(bool(hours))}</DayWorking><WorkingTimes>{inner}</WorkingTimes>"


def period(first: str, last: str) -> str:
    return f"<TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>"


def week(days: str = "23456", hours: Any = HOURS) -> str:
    return "".join(
        f"<WeekDay><DayType>{n}</DayType>{times(hours if str(n) in days else ())}</WeekDay>" for n in range(1, 8)
    )


def calendar(uid: int = 1, name: str = "Büro", days: str | None = None, more: str = "", base: int = -1) -> str:
    own = week() if days is None else days
    head = f"<UID>{uid}</UID><Name>{name}</Name><BaseCalendarUID>{base}</BaseCalendarUID>"
    return f"<Calendar>{head}<WeekDays>{own}</WeekDays>{more}</Calendar>"


def link(before: Any, kind: str = "FS", lag: Any = 0, form: int = 7, more: str = "") -> str:
    number = ("FF", "FS", "SF", "SS").index(kind)
    head = f"<PredecessorUID>{before}</PredecessorUID><Type>{number}</Type>"
    return f"<PredecessorLink>{head}<LinkLag>{lag}</LinkLag><LagFormat>{form}</LagFormat>{more}</PredecessorLink>"


def task(uid: Any, hours: Any = 8, *links: str, name: str = "", **more: Any) -> str:
    """A task; `hours` of work (a text is the Duration as it stands)."""
    duration = hours if isinstance(hours, str) else f"PT{hours}H0M0S"
    fields = {"UID": uid, "Name": name or f"V{uid}", "OutlineLevel": 1, "Duration": duration, "DurationFormat": 7}
    return f"<Task>{tags(fields | more)}{''.join(links)}</Task>"


def project(*tasks: str, calendars: str = "", more: str = "", space: str = NAMESPACE, **head: Any) -> bytes:
    first = {
        "Title": "Probe",
        "ScheduleFromStart": 1,
        "StartDate": "2006-09-21T08:00:00",
        "CalendarUID": 1,
        "MinutesPerDay": 480,
    }
    zero = "<Task><UID>0</UID><Name>Probe</Name><OutlineLevel>0</OutlineLevel></Task>"
    return (
        '<?xml version="1.0" '
        f'encoding="UTF-8"?><Project{space}>{tags(first | head)}<Calendars>{calendars or calendar()}'
        f"</Calendars><Tasks>{zero}{''.join(tasks)}</Tasks>{more}</Project>"
    ).encode()
