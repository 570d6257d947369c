"""Sittings, papers on their way, and what comes next, by whom (RULES §2)."""

from dataclasses import dataclass
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.dates import papers_due_on, state_words
from insek_core.rules.time.schedule import Timetable
from insek_core.rules.time.sittings import due_days
from insek_core.rules.time.workdays import calendar


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
