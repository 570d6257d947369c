"""Sittings, papers on their way, and what comes next, by whom (RULES §2)."""

from dataclasses import dataclass
from datetime import date, timedelta

from insek_core.plan import Plan
from insek_core.plan.process import Meeting
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.dates import papers_due_on, state_words
from insek_core.rules.time.schedule import Timetable
from insek_core.rules.time.sittings import due_days
from insek_core.rules.time.workdays import FIRST_DAY, LAST_DAY, calendar


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """Something to come: when (fuzzy or open), what, who, the plan's row behind it; those of one `series` repeat."""

    when: Fuzzy | None
    what: str
    who: str
    table: str
    record: str
    assumed: bool
    series: str = ""

    @property
    def latest(self) -> date:
        """Last possible day; what has no date comes last."""
        return self.when.latest if self.when and self.when.latest else date.max


def _sittings(plan: Plan) -> list[NextStep]:
    bodies = {body.id: body for body in plan.bodies}
    steps = []
    for sitting in plan.meetings:
        if sitting.cancelled:
            continue
        body = bodies.get(sitting.body)
        name, who = (body.name, plan.short(body.lead) if body.lead else "") if body else (sitting.body, "")
        assumed = sitting.evidence_of("when") == "assumed"
        steps.append(
            NextStep(when=sitting.lies, what=name, who=who, table="meetings", record=sitting.id, assumed=assumed)
        )
        lies = sitting.lies
        if body and lies and lies.is_exact and lies.earliest:
            due = sitting.papers_due_on or papers_due_on(lies.earliest, due_days(plan, body), calendar(plan))
            steps.append(
                NextStep(
                    when=Fuzzy.on(due),
                    what=f"Vorlagen fällig: {name}",
                    who=plan.setting("papers_watched_by", ""),
                    table="meetings",
                    record=sitting.id,
                    assumed=True,
                )
            )
    return steps


def _events(plan: Plan, timetable: Timetable) -> list[NextStep]:
    leads = {item.id: item.lead for item in plan.formats}
    return [
        NextStep(
            when=event.lies,
            what=event.label,
            who=plan.short(leads[event.format]) if leads.get(event.format) else "",
            table="events",
            record=event.id,
            assumed=event.assumed,
            series=event.format,
        )
        for event in timetable.events
    ]


def _stations(plan: Plan, timetable: Timetable) -> list[NextStep]:
    """Papers on their way: when each is due for its next sitting, and the sitting; what is entered as a sitting of its
    own is told there.
    """
    told = {(lies.earliest, sitting.body) for sitting in plan.meetings if (lies := sitting.lies) and lies.is_exact}
    by_id = {paper.id: paper for paper in plan.papers}
    steps = []
    for found in timetable.courses:
        task = plan.by_id.get(by_id[found.paper].task)
        who = ", ".join(plan.short(o).split(" (")[0] for o in getattr(task, "responsible", ""))
        for stop in found.stops:
            if stop.on is None or (stop.held and not stop.unknown) or (stop.on, stop.body) in told:
                continue
            series = f"papers {found.paper}"  # of a paper's steps the next one is told
            if stop.due_on:
                steps.append(
                    NextStep(
                        when=Fuzzy.on(stop.due_on),
                        what=f"{found.short} fällig: {stop.body_name}",
                        who=who,
                        table="readings",
                        record=stop.reading,
                        assumed=True,
                        series=series,
                    )
                )
            steps.append(
                NextStep(
                    when=Fuzzy.on(stop.on),
                    what=f"{found.short}: {stop.body_name}{state_words(stop.unknown)}",
                    who="",
                    table="readings",
                    record=stop.reading,
                    assumed=stop.assumed,
                    series=series,
                )
            )
    return steps


def _deadlines(plan: Plan, timetable: Timetable) -> list[NextStep]:
    by_id = {task.id: task for task in plan.tasks}
    return [
        NextStep(
            when=Fuzzy.on(t.deadline_on),
            what=f"Frist: {t.name}{state_words(t.unknown)}",
            who=", ".join(plan.short(o) for o in by_id[t.id].responsible),
            table="tasks",
            record=t.id,
            assumed=by_id[t.id].evidence_of("deadline_on") == "assumed",
        )
        for t in timetable.tasks
        if t.deadline_on
    ]


def _open_points(plan: Plan) -> list[NextStep]:
    return [
        NextStep(
            when=point.due,
            what=point.text,
            who=plan.short(point.responsible) if point.responsible else "",
            table="statements",
            record=point.id,
            assumed=point.evidence_of("due") == "assumed",
        )
        for point in plan.statements
        if point.kind == "Offener Punkt" and not point.settled_on
    ]


def agenda(plan: Plan, timetable: Timetable) -> tuple[NextStep, ...]:
    """Everything dated or open, by its last possible day; what has no date comes last, in plan order."""
    steps = (
        _sittings(plan)
        + _events(plan, timetable)
        + _stations(plan, timetable)
        + _deadlines(plan, timetable)
        + _open_points(plan)
    )
    return tuple(
        sorted(
            steps, key=lambda step: (step.latest, step.when.earliest if step.when and step.when.earliest else date.max)
        )
    )


def upcoming(steps: tuple[NextStep, ...], today: date, *, limit: int = 6) -> tuple[NextStep, ...]:
    """What can still happen from today on, nearest first; a series is told by its next date only."""
    seen: set[str] = set()
    found = []
    for step in steps:
        series = step.series or step.what
        if step.when and not step.when.is_open and step.latest >= today and series not in seen:
            seen.add(series)
            found.append(step)
    return tuple(found[:limit])


def unscheduled(steps: tuple[NextStep, ...], *, limit: int = 2) -> tuple[NextStep, ...]:
    """What somebody named has to settle and no date is set for."""
    return tuple(step for step in steps if step.who and (step.when is None or step.when.is_open))[:limit]


@dataclass(frozen=True, kw_only=True)
class CadenceGap:
    """A half-year or quarter in which a body with a stated cadence has no sitting in the plan."""

    body: str
    period: str


def _periods(first: date, last: date, months: int) -> list[tuple[date, date, str]]:
    found = []
    year, month = first.year, (first.month - 1) // months * months + 1
    while date(year, month, 1) <= last:
        following = date(year + (month + months > 12), (month + months - 1) % 12 + 1, 1)
        number = (month - 1) // months + 1
        found.append(
            (
                date(year, month, 1),
                following - timedelta(1),
                f"{number}. {'Quartal' if months == 3 else 'Halbjahr'} {year}",
            )
        )
        year, month = following.year, following.month
    return found


CADENCES = {"einmal pro Quartal": 3, "2 mal jährlich": 6}


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """A body with a stated cadence: its words, how many periods there are, and which have no sitting in the plan."""

    body: str
    words: str
    periods: int
    missing: tuple[str, ...]


def cadences(plan: Plan) -> tuple[Cadence, ...]:
    """Stated cadences while the body's series and the process run."""
    found = []
    begin = min(
        (phase.begin.earliest for phase in plan.phases if phase.begin and phase.begin.earliest), default=FIRST_DAY
    )
    finish = max((phase.end.latest for phase in plan.phases if phase.end and phase.end.latest), default=LAST_DAY)
    for body in plan.bodies:
        months = next((n for words, n in CADENCES.items() if words in body.cadence_words), None)
        if months is None or body.first_on is None or body.until_on is None:
            continue
        rows = (m for m in plan.rows_of("meetings", "body", body.id) if isinstance(m, Meeting) and not m.cancelled)
        sittings = [lies for m in rows if (lies := m.lies) and lies.earliest and lies.latest]
        periods = _periods(max(body.first_on, begin, FIRST_DAY), min(body.until_on, finish, LAST_DAY), months)
        missing = tuple(
            name
            for start, end, name in periods
            if not any((w.earliest or start) <= end and (w.latest or end) >= start for w in sittings)
        )
        found.append(Cadence(body=body.name, words=body.cadence_words, periods=len(periods), missing=missing))
    return tuple(found)


def cadence_gaps(plan: Plan) -> tuple[CadenceGap, ...]:
    """Stated cadences as checks: which quarter misses its report, which half-year its Klausur."""
    return tuple(CadenceGap(body=row.body, period=period) for row in cadences(plan) for period in row.missing)
