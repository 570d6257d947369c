"""The state of a step as it really happens: open, running, done, or unknown; what is left of it (RULES §2).

What was entered later than the day of status does not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import Literal

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import count, show_date
from insek_core.plan.process import Task
from insek_core.rules.time.net.passes import Activity
from insek_core.rules.time.workdays import Calendar

State = Literal["offen", "läuft", "erledigt", "Stand unbekannt"]


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What of a step counts on the day of status: days on which it began and ended, and what was left on which day."""

    begun_on: date | None
    done_on: date | None
    left_days: int | None
    as_of: date


NOTHING_SAID = (None, None, None, None)


@lru_cache(maxsize=4)  # most steps have no state, and each is asked for it several times
def _nothing(today: date) -> Entered:
    return Entered(begun_on=None, done_on=None, left_days=None, as_of=today)


def counted(task: Task, today: date) -> Entered:
    """The state entered for a step, as far as it counts on this day. Days left go before the share done."""
    if (task.actual_start_on, task.actual_finish_on, task.progress_share, task.remaining_days) == NOTHING_SAID:
        return _nothing(today)
    as_of = task.state_on or today
    share = task.progress_share if isinstance(task.progress_share, Fraction) else None
    left = None if share is None or task.duration_days is None else ceil(task.duration_days * (1 - share))
    left = left if task.remaining_days is None else task.remaining_days
    return Entered(
        begun_on=task.actual_start_on if task.actual_start_on and task.actual_start_on <= today else None,
        done_on=task.actual_finish_on if task.actual_finish_on and task.actual_finish_on <= today else None,
        left_days=left if as_of <= today else None,
        as_of=min(as_of, today),
    )


def progressed(task: Task, activity: Activity, workdays: Calendar, today: date | None) -> tuple[Activity, bool]:
    """The activity as its state on the day of status leaves it, and whether it has begun and waits for nothing more.

    What has ended lies where it did; what is left lies ahead of the day it was stated for. One that has begun, and of
    which nobody says what is left, takes its duration; without a state entered the plan stands.
    """
    if today is None or activity.duration is None:
        return activity, False
    state, days = counted(task, today), activity.duration
    now = workdays.index(state.as_of)
    if state.done_on:
        end = workdays.end(state.done_on)
        start = workdays.index(state.begun_on) if state.begun_on else _begun_by(activity, end)
        return activity._replace(duration=max(0, end - start), start_from=min(start, end)), True
    left = state.left_days
    if state.begun_on:
        start = workdays.index(state.begun_on)
        end = max(workdays.index(today), start + days) if left is None else now + left
        return activity._replace(duration=max(0, end - start), start_from=start), True
    if left is not None and left >= days:
        return activity._replace(start_from=max(activity.start_from or now, now)), False
    return (activity if not left else activity._replace(finish_from=now + left)), False


def _begun_by(activity: Activity, end: int) -> int:
    """Where what has ended may have begun, if nobody says so: its duration before, but not before it should."""
    days, should = activity.duration or 0, activity.start_from
    return end - days if should is None or not days else max(end - days, min(should, end - 1))


def state_of(task: Task, finish: date | None, today: date | None) -> State | None:
    """The state of a step on a day of status: one whose end has passed, and of which nobody says that it ended, is
    unknown, never done.
    """
    if today is None:
        return None
    state = counted(task, today)
    if state.done_on or task.progress_share == 1:
        return "erledigt"
    if finish and finish < today:
        return "Stand unbekannt"
    return "läuft" if state.begun_on or (state.left_days is not None and task.progress_share != 0) else "offen"


def entered_words(task: Task, today: date | None) -> str:
    """What is entered of a step that has begun: its days rest on that; empty where nothing of it counts."""
    state = counted(task, today) if today else None
    if state and state.done_on:
        begun = f"begonnen am {show_date(state.begun_on)}, " if state.begun_on else ""
        return f"{begun}beendet am {show_date(state.done_on)} (eingetragen)"
    if state is None or state.begun_on is None:
        return ""
    left = "" if state.left_days is None else f", am {show_date(state.as_of)} noch {_days(state.left_days)}"
    return f"begonnen am {show_date(state.begun_on)}{left} (eingetragen)"


def rested_on(task: Task, today: date | None) -> tuple[str, ...]:
    """The fields that the days of a step rest on: what is entered of it, as far as it counts, else its plan."""
    state = counted(task, today) if today else None
    if state and state.done_on:
        return ("actual_finish_on",)
    if state is None or state.begun_on is None:
        return "duration_days", "constraint_on"
    stated = task.remaining_days is not None and state.left_days is not None
    return "actual_start_on", "remaining_days" if stated else "duration_days"


def _days(number: int) -> str:
    return count(number, "Arbeitstag", "Arbeitstage")


def _odd(task: Task) -> Iterator[tuple[str, str, str]]:
    """What of a state contradicts itself: field, message, remedy."""
    name, begun, done = task.short_name or task.name, task.actual_start_on, task.actual_finish_on
    if begun and done and done < begun:
        message = f"{name} endet am {show_date(done)} und beginnt erst am {show_date(begun)}."
        yield "actual_finish_on", message, "Einen der beiden Tage berichtigen."
    if task.remaining_days is not None and done:
        message = f"{name} ist am {show_date(done)} beendet und hat noch {_days(task.remaining_days)} vor sich."
        yield "remaining_days", message, "Resttage leeren oder „Tatsächlich beendet“ leeren."
    elif task.remaining_days is not None and begun is None:
        message = f"{name} hat Resttage, aber „Tatsächlich begonnen“ fehlt."
        yield "actual_start_on", message, "Tag des Beginns eintragen oder die Resttage leeren."


def odd_states(task: Task) -> Iterator[Finding]:
    """Ended before it began; days left of what has ended, or has not begun."""
    for field, message, remedy in _odd(task):
        yield Finding(level="warning", table="tasks", record=task.id, field=field, message=message, remedy=remedy)


def early_states(task: Task, today: date) -> Iterator[Finding]:
    """A state stated for a day after the day of status: it does not count yet."""
    days = (("actual_start_on", task.actual_start_on), ("actual_finish_on", task.actual_finish_on))
    late = [(field, day) for field, day in (*days, ("state_on", task.state_on)) if day and day > today]
    if late and task.evidence_of(late[-1][0]) != "external":
        field, day = late[-1]
        message = (
            f"{task.short_name or task.name}: Der Stand vom {show_date(day)} liegt nach dem Stichtag "
            f"{show_date(today)} und zählt noch nicht."
        )
        yield Finding(
            level="notice",
            table="tasks",
            record=task.id,
            field=field,
            message=message,
            remedy="Tag oder Stichtag prüfen.",
        )


def assumed_durations(plan: Plan) -> str:
    """Of how many steps the duration is assumed; empty if of none."""
    steps = [task for task in plan.tasks if task.duration_days]
    number = sum(task.evidence_of("duration_days") == "assumed" for task in steps)
    whole = count(len(steps), "Arbeitsschritts", "Arbeitsschritten")
    return f"Die Dauer von {number} von {whole} ist angenommen." if number else ""
