"""What cannot hold in time: circles, constraints, phases and papers whose days contradict one another (RULES §2)."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import count, named, show_date, show_list
from insek_core.plan.process import Reading, Task
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.course import Course, Stop
from insek_core.rules.time.dates import PhaseDates, TaskDates
from insek_core.rules.time.net.nodes import node_label
from insek_core.rules.time.states import early_states, odd_states
from insek_core.rules.time.stations import entered

CONSTRAINT = "Bedingung, Dauer oder Abhängigkeit ändern."
BOUND = "Beginn oder Ende der Phase, Dauern oder Abhängigkeiten ändern."


def cycles(plan: Plan, members: tuple[str, ...]) -> Iterator[Finding]:
    """A circle of links, its members in order."""
    if members:
        names = [node_label(plan, name) for name in (*members, *members[:1])]
        message = f"Die Abhängigkeiten bilden einen Kreis: {' → '.join(names)}."
        remedy = "Eine der Abhängigkeiten entfernen."
        yield Finding(level="error", table="links", record=members[0], message=message, remedy=remedy)


def _apart(days: int) -> str:
    return f"{count(abs(days), 'Tag', 'Tage')} {'später' if days > 0 else 'früher'}"


def _off(task: Task, dates: TaskDates) -> tuple[int, str, str]:
    """How many days a task misses its constraint (negative: too early; 0: it keeps it), what it does, what it should.

    "Nicht später als" binds the end, the other two the begin.
    """
    by_end = task.constraint == "nicht später als"
    on = dates.finish_on if by_end else dates.start_on
    if not task.constraint or task.constraint_on is None or on is None:
        return 0, "", ""
    days = (on - task.constraint_on).days
    kept = (by_end and days < 0) or (task.constraint == "nicht früher als" and days > 0)
    does = ("liegt", "liegen") if dates.milestone else ("endet", "enden") if by_end else ("beginnt", "beginnen")
    return (0 if kept else days), *does


def _constraint(task: Task, dates: TaskDates) -> Iterator[Finding]:
    days, does, should = _off(task, dates)
    if days and task.constraint_on:
        message = (
            f"{dates.label} soll {task.constraint} {show_date(task.constraint_on)} {should} und {does} "
            f"{_apart(days)}: {dates.waits_for}."
        )
        yield Finding(
            level="warning", table="tasks", record=task.id, field="constraint_on", message=message, remedy=CONSTRAINT
        )


def _finish_missing(task: Task, dates: TaskDates, today: date | None) -> Iterator[Finding]:
    if task.progress_share == 1 and not task.actual_finish_on and today:
        yield Finding(
            level="notice",
            table="tasks",
            record=task.id,
            field="actual_finish_on",
            message=f"{dates.label} ist fertig, aber der Tag fehlt; gerechnet wird mit dem Plan.",
            remedy="„Tatsächlich beendet“ eintragen.",
        )


def _unknown(tasks: tuple[TaskDates, ...], today: date | None) -> Iterator[Finding]:
    past = [task for task in tasks if task.unknown and not task.summary]
    if past and today:
        names = named([task.label for task in past])
        which = f"{names} {'sollte' if len(past) == 1 else 'sollten'} vor dem {show_date(today)} beendet sein"
        yield Finding(
            level="notice",
            table="tasks",
            record=past[0].id,
            field="progress_share",
            message=f"Stand unbekannt: {which}; weder Fortschritt noch Ende ist eingetragen.",
            remedy="Unter „Stand eintragen“ sagen, was läuft und was beendet ist.",
        )


def of_tasks(plan: Plan, tasks: tuple[TaskDates, ...], today: date | None) -> Iterator[Finding]:
    """Constraints that are not kept, and what has passed without anybody entering what came of it."""
    by_id = {task.id: task for task in plan.tasks}
    for dates in tasks:
        yield from _constraint(by_id[dates.id], dates)
        yield from _finish_missing(by_id[dates.id], dates, today)
        yield from odd_states(by_id[dates.id])
        yield from early_states(by_id[dates.id], today) if today else ()
    yield from _unknown(tasks, today)


def _builds_on(plan: Plan) -> list[tuple[str, str]]:
    """Each phase and one that builds on it: a link leads from a step of the one to a step of the other."""
    known = {row.id for row in plan.phases}
    phase = {**{task.id: task.phase for task in plan.tasks}, **{name: name for name in known}}
    pairs = dict.fromkeys((phase.get(link.predecessor, ""), phase.get(link.successor, "")) for link in plan.links)
    return [(first, then) for first, then in pairs if first != then and {first, then} <= known]


def _over(dates: PhaseDates) -> Iterator[Finding]:
    """Steps that run over the end of their phase."""
    if dates.days_over and dates.end and dates.tasks_finish_on:
        message = (
            f"Phase „{dates.name}“: Der letzte Arbeitsschritt endet am {show_date(dates.tasks_finish_on)}, "
            f"{count(dates.days_over, 'Tag', 'Tage')} nach dem Ende der Phase ({dates.end.words})."
        )
        yield Finding(level="warning", table="phases", record=dates.id, field="end", message=message, remedy=BOUND)


def _overlap(first: PhaseDates, then: PhaseDates) -> Iterator[Finding]:
    """A phase whose first step begins before the last one of the phase it builds on has ended."""
    begins, ends = then.tasks_start_on, first.tasks_finish_on
    if begins and ends and begins <= ends:
        message = (
            f"Phase „{then.name}“ beginnt am {show_date(begins)}, bevor am {show_date(ends)} der letzte Arbeitsschritt "
            f"der Phase „{first.name}“ endet, auf der sie aufbaut."
        )
        yield Finding(level="warning", table="phases", record=then.id, field="begin", message=message, remedy=BOUND)


def of_phases(plan: Plan, phases: tuple[PhaseDates, ...], tasks: tuple[TaskDates, ...]) -> Iterator[Finding]:
    """Phases whose steps run over their stated end, and those that begin before the one they build on has ended."""
    by_id = {dates.id: dates for dates in phases}
    late = {task.phase for task in tasks if task.days_late}  # a missed deadline of its own is told already
    for dates in phases:
        if dates.id not in late:
            yield from _over(dates)
    for first, then in _builds_on(plan):
        yield from _overlap(by_id[first], by_id[then])


def _notice(stop: Stop, message: str, remedy: str) -> Finding:
    return Finding(level="notice", table="readings", record=stop.reading, message=message, remedy=remedy)


def _warning(stop: Stop, message: str, remedy: str) -> Finding:
    return Finding(
        level="warning", table="readings", record=stop.reading, field="sitting", message=message, remedy=remedy
    )


def _wanted(plan: Plan, stop: Stop) -> Fuzzy | None:
    """When a station is entered for."""
    row = plan.by_id[stop.reading]
    return entered(plan, row) if isinstance(row, Reading) else None


def _reachable(plan: Plan, paper: Course) -> Iterator[Finding]:
    """Stations that real sittings bring later than entered, or for which no sitting is known."""
    for stop in paper.stops:
        wanted = _wanted(plan, stop)
        if stop.why:
            message = f"{paper.short}: {stop.why[:1].upper()}{stop.why[1:]}; wann sie dort ist, bleibt offen."
            yield _notice(stop, message, "Sitzungen oder einen Turnus des Gremiums eintragen.")
        elif stop.on and not stop.held and wanted and wanted.latest and stop.on > wanted.latest:
            state = "; Stand unbekannt: Ein Ergebnis fehlt" if stop.unknown else ""
            message = (
                f"{paper.short}: {stop.body_name} ist nach den Sitzungen erst am {show_date(stop.on)} erreichbar, "
                f"eingetragen ist {wanted.words}{state}."
            )
            yield _warning(stop, message, "Früher fertigstellen oder den Termin ändern.")


def _states(paper: Course) -> Iterator[Finding]:
    """What is over without a result, alone or before a station that took place."""
    for stop in paper.stops:
        if stop.held and stop.unknown and stop.on:
            message = f"{paper.short}: {stop.body_name} war am {show_date(stop.on)} vorgesehen, Stand unbekannt."
            yield _notice(stop, message, "Ergebnis oder „Tatsächlich am“ eintragen.")
        passed = [one for one in paper.stops if one.position < stop.position and one.held and one.on is None]
        if stop.recorded and stop.on and passed:
            names = show_list(one.body_name for one in passed)
            message = (
                f"{paper.short}: {stop.body_name} war am {show_date(stop.on)}; {names} davor "
                f"{'gilt' if len(passed) == 1 else 'gelten'} als erledigt, Tag und Ergebnis sind unbekannt."
            )
            yield _notice(passed[0], message, "Ergebnis oder „Tatsächlich am“ eintragen.")


def _period(plan: Plan, stop: Stop) -> tuple[date, date, str] | None:
    """First and last possible day of a station, and its words: the day it took place, else what is entered."""
    if stop.held and stop.on:
        return stop.on, stop.on, show_date(stop.on)
    when = _wanted(plan, stop)
    return (when.earliest, when.latest, when.words) if when and when.earliest and when.latest else None


def _orders(plan: Plan, paper: Course) -> Iterator[Finding]:
    """A station before the one it follows, and one held before the paper is ready."""
    dated = [(stop, period) for stop in paper.stops if (period := _period(plan, stop))]
    for (first, lies), (then, follows) in pairwise(dated):
        if then.position > first.position and follows[1] < lies[0]:
            message = (
                f"{paper.short}: {then.body_name} ({follows[2]}) liegt vor {first.body_name} ({lies[2]}), "
                "folgt in der Beratungsfolge aber danach."
            )
            yield _warning(then, message, "Einen der beiden Tage oder die Reihenfolge berichtigen.")
    held = next((stop for stop in paper.stops if stop.recorded and stop.on), None)
    if held and held.on and paper.ready_on and held.on < paper.ready_on:
        message = (
            f"{paper.short}: {held.body_name} war am {show_date(held.on)}, "
            f"fertig ist sie nach dem Plan erst am {show_date(paper.ready_on)}."
        )
        yield _warning(held, message, "Tag der Station oder Ende des Arbeitsschritts berichtigen.")


def of_papers(plan: Plan, papers: tuple[Course, ...]) -> Iterator[Finding]:
    """Papers whose stations lie later than entered, in no possible order, or are over without a result."""
    for paper in papers:
        yield from _reachable(plan, paper)
        yield from _states(paper)
        yield from _orders(plan, paper)
