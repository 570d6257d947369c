"""Calendar days: so many days on, the last day to hand in a paper, settings in days, where tasks and phases lie."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from insek_core.plan import Plan
from insek_core.plan.german import count, show_date
from insek_core.plan.values import Fuzzy
from insek_core.rules.settings import ruled_days
from insek_core.rules.time.workdays import FIRST_DAY, LAST_DAY, Calendar

DayOfYear = tuple[int, int]  # month and day
YearEnd = tuple[DayOfYear, DayOfYear]
NO_SITTINGS = "23.12.–06.01."
LEAD_TIME = 14  # calendar days


def days_later(day: date, days: int) -> date:
    """The day so many calendar days later (earlier if negative); what no calendar holds is its first or last day."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def papers_due_on(sitting: date, lead_time_days: int, workdays: Calendar) -> date:
    """Last day to submit a paper: the last working day on or before sitting − lead time in calendar days (RULES §2)."""
    return workdays.last_until(days_later(sitting, -lead_time_days))


def calendar_day(text: str) -> date:
    """The day of an ISO text that the calendars know. Raises ValueError for what is none."""
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(text)
    return day


def days_setting(plan: Plan, key: str, default: int) -> int:
    """A setting in days; the default where the plan states none or one that is no number of days (a finding)."""
    return ruled_days(plan, key, key, default).whole


def year_end(text: str) -> YearEnd:
    """First and last day of the pause over the turn of the year. Raises ValueError for what is none.

    >>> year_end("23.12.–06.01.")
    ((12, 23), (1, 6))
    """
    first, last = (datetime.strptime(part.strip() + "2016", "%d.%m.%Y") for part in text.replace("-", "–").split("–"))
    if first <= last:
        raise ValueError(text)
    return (first.month, first.day), (last.month, last.day)


def year_end_of(plan: Plan) -> YearEnd:
    """The pause of a plan; the usual one where it states none or one that cannot be read (a finding)."""
    try:
        return year_end(plan.setting("year_end_pause", NO_SITTINGS))
    except ValueError:
        return year_end(NO_SITTINGS)


def state_words(unknown: bool) -> str:
    """What is said behind a day that has passed without anybody entering what came of it."""
    return " (Stand unbekannt)" if unknown else ""


@dataclass(frozen=True, kw_only=True)
class TaskDates:
    """When a task lies, how far it could, or why that is unknown (`start_on` None); `waits_for` says what holds its
    start.

    `held_by` is the task before it that does (empty: none). Floats are working days; None where nothing is known.
    `assumed`: its days rest on an assumption; `unknown`: they have passed, and nobody entered what came of it; `state`:
    open, running, done or unknown on the day of status (None without one).
    """

    id: str
    name: str
    label: str
    phase: str
    start_on: date | None
    finish_on: date | None
    late_start_on: date | None
    late_finish_on: date | None
    total_float_days: int | None
    free_float_days: int | None
    duration_days: int | None
    milestone: bool
    summary: bool
    deadline_on: date | None
    waits_for: str
    held_by: str
    assumed: bool
    unknown: bool = False
    state: str | None = None

    @property
    def days_late(self) -> int:
        """How many calendar days it ends after its deadline."""
        return max(0, (self.finish_on - self.deadline_on).days) if self.finish_on and self.deadline_on else 0

    @property
    def words(self) -> str:
        """First and last day in words, of one day that one; empty where they are unknown."""
        if self.start_on is None or self.finish_on is None:
            return ""
        first = f"{show_date(self.start_on)} bis " if self.start_on != self.finish_on else ""
        return f"{first}{show_date(self.finish_on)}"

    @property
    def critical(self) -> bool:
        """Whether a delay of the task moves the end or breaks a bound."""
        return self.total_float_days is not None and self.total_float_days <= 0


@dataclass(frozen=True, kw_only=True)
class PhaseDates:
    """A phase as stated (fuzzy) beside the span its tasks take by the forward pass."""

    id: str
    name: str
    begin: Fuzzy | None
    end: Fuzzy | None
    tasks_start_on: date | None
    tasks_finish_on: date | None
    days_over: int


def _whole(states: list[str | None]) -> str | None:
    """The state of a summary: that of its parts where it is one, unknown if one is, else it runs."""
    if len(set(states)) == 1:
        return states[0]
    return "Stand unbekannt" if "Stand unbekannt" in states else "läuft"


def spanning(workdays: Calendar, summary: TaskDates, parts: list[TaskDates]) -> TaskDates:
    """A summary from its first part's begin to its last part's end; unknown if a part is."""
    starts, ends = [t.start_on for t in parts if t.start_on], [t.finish_on for t in parts if t.finish_on]
    if not parts or len(ends) < len(parts):
        missing = next((t.label for t in parts if not t.finish_on), "")
        return replace(summary, waits_for=f"nicht datierbar: {missing} ist es nicht" if missing else summary.waits_for)
    late_starts, late_ends = (
        [t.late_start_on for t in parts if t.late_start_on],
        [t.late_finish_on for t in parts if t.late_finish_on],
    )
    first = min(parts, key=lambda t: t.start_on or date.max)
    return replace(
        summary,
        start_on=min(starts),
        finish_on=max(ends),
        late_start_on=min(late_starts, default=None),
        late_finish_on=max(late_ends, default=None),
        total_float_days=min(t.total_float_days or 0 for t in parts),
        free_float_days=min(t.free_float_days or 0 for t in parts),
        duration_days=workdays.days(min(starts), max(ends)),
        waits_for=f"umfasst {count(len(parts), 'Teil', 'Teile')}; der erste ist {first.label}",
        held_by="",
        assumed=any(t.assumed for t in parts),
        unknown=any(t.unknown for t in parts),
        state=_whole([t.state for t in parts]),
    )


def phases_of(plan: Plan, tasks: tuple[TaskDates, ...]) -> tuple[PhaseDates, ...]:
    """Every phase as stated beside the span of its tasks."""
    rows = []
    inside: dict[str, list[TaskDates]] = defaultdict(list)
    for task in tasks:
        inside[task.phase].append(task)
    for phase in plan.phases:
        starts = [t.start_on for t in inside[phase.id] if t.start_on]
        ends = [t.finish_on for t in inside[phase.id] if t.finish_on]
        last, limit = max(ends, default=None), phase.end.latest if phase.end else None
        rows.append(
            PhaseDates(
                id=phase.id,
                name=phase.name,
                begin=phase.begin,
                end=phase.end,
                tasks_start_on=min(starts, default=None),
                tasks_finish_on=last,
                days_over=max(0, (last - limit).days) if last and limit else 0,
            )
        )
    return tuple(rows)
