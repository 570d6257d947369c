"""Calendar days: so many days on, and the last day to hand in a paper."""

from datetime import date, timedelta

from insek_core.rules.time.workdays import SAXONY, Calendar


def days_later(day: date, days: int) -> date:
    """The day so many calendar days later (earlier if negative); what no calendar holds is its first or last day."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def papers_due_on(sitting: date, lead_time_days: int, workdays: Calendar = SAXONY) -> date:
    """Last day to submit a paper: the last working day on or before sitting − lead time in calendar days (RULES §2)."""
    return workdays.last_until(days_later(sitting, -lead_time_days))
