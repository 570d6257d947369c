"""What a change of dates does to a plan: later and longer."""

from datetime import date

from insek_core.change.edits.bench import Bench
from insek_core.plan import Plan
from insek_core.plan.errors import Unreadable
from insek_core.plan.german import show_date
from insek_core.plan.process import Event, Phase, Task
from insek_core.plan.record import Record
from insek_core.plan.values import Fuzzy
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.net.nodes import dependencies
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.workdays import calendar


def _shift(value: Fuzzy | None, days: int, *, end_only: bool = False) -> Fuzzy | None:
    """The date so many days later, in words of its own; an open one stays open."""
    if value is None or value.earliest is None or value.latest is None:
        return value
    first, last = value.earliest if end_only else days_later(value.earliest, days), days_later(value.latest, days)
    if first > last:
        raise Unreadable("So viel kürzer geht nicht: Das Ende läge vor dem Beginn.", "Weniger Tage wählen.")
    return Fuzzy.on(first) if first == last else Fuzzy(f"{show_date(first)} bis {show_date(last)}", first, last)


def _later(bench: Bench, task: Task, start: date | None, days: int) -> None:
    if start is None:
        raise Unreadable(f"{task.name} ist nicht datierbar.", "Zuerst Dauer und Beginn eintragen.")
    bench.put(task, constraint="nicht früher als", constraint_on=days_later(start, days))


def delay(bench: Bench, target: str, days: int) -> None:
    """A task, phase or format so many calendar days later; a phase takes all its steps along."""
    record = bench.find(target)
    if days == 0:
        return
    starts = {dates.id: dates.start_on for dates in timetable(bench.plan).tasks}
    if isinstance(record, Task):
        _later(bench, record, starts.get(record.id), days)
    elif isinstance(record, Phase):
        bench.put(record, begin=_shift(record.begin, days), end=_shift(record.end, days))
        for task in [t for t in bench.plan.tasks if t.phase == record.id and starts.get(t.id)]:
            _later(bench, task, starts[task.id], days)
    else:
        _events(bench, record, days, end_only=False)


def _events(bench: Bench, record: Record, days: int, *, end_only: bool) -> None:
    bench.put(record, period=_shift(getattr(record, "period", None), days, end_only=end_only))
    dated: list[Event] = [e for e in bench.plan.events if e.format == record.id and e.when and not e.when.is_open]
    for event in dated:
        if not (end_only and event.when and event.when.is_exact):
            bench.put(event, when=_shift(event.when, days, end_only=end_only))


def _stretch(bench: Bench, task: Task, finish: date | None, days: int) -> None:
    """So many calendar days on the finish, counted in working days."""
    if finish is None or task.duration_days is None:
        raise Unreadable(f"{task.name} ist nicht datierbar.", "Zuerst Dauer und Beginn eintragen.")
    workdays = calendar(bench.plan)
    more = workdays.end(days_later(finish, days)) - workdays.end(finish)
    if task.duration_days + more < 1:
        raise Unreadable(f"{task.name} dauert nur {task.duration_days} Arbeitstage.", "Weniger Tage wählen.")
    ends = {name: days + more for name in ("low_days", "high_days") if (days := getattr(task, name)) is not None}
    bench.put(task, duration_days=task.duration_days + more, **ends)


def _ending(plan: Plan, phase: str) -> list[Task]:
    """The steps that make a phase longer: its last ones and those that other phases build on; of two that follow one
    another the first, for it takes the other along.
    """
    inside = {t.id: t for t in plan.tasks if t.phase == phase and t.kind not in ("Meilenstein", "Sammelvorgang")}
    after: dict[str, set[str]] = {}
    for link in dependencies(plan):
        after.setdefault(link.predecessor, set()).add(link.successor)
    formats = {item.id for item in plan.formats if item.phase == phase}
    own = {t.id for t in plan.tasks if t.phase == phase} | formats
    own |= {event.id for event in plan.events if event.format in formats}
    own |= {paper.id for paper in plan.papers if paper.task in own}
    chosen = [name for name in inside if not after.get(name, set()) & inside.keys() or after[name] - own]
    follow: set[str] = set()
    reached = [then for name in chosen for then in after.get(name, ())]
    while reached:
        if (name := reached.pop()) not in follow:
            follow.add(name)
            reached += after.get(name, ())
    return [inside[name] for name in chosen if name not in follow]


def longer(bench: Bench, target: str, days: int) -> None:
    """A task, phase or format so many calendar days longer; a phase ends later, with it its last steps and what others
    build on, so that these wait (RULES §1.7, §2).
    """
    record = bench.find(target)
    if days == 0:
        return
    finishes = {dates.id: dates.finish_on for dates in timetable(bench.plan).tasks}
    if isinstance(record, Task):
        if record.kind == "Meilenstein":
            raise Unreadable(
                f"{record.name} ist ein Meilenstein und hat keine Dauer.", "Bitte „später“ statt „länger“ wählen."
            )
        _stretch(bench, record, finishes.get(record.id), days)
    elif isinstance(record, Phase):
        shifted = _shift(record.end, days)
        bench.put(record, end=Fuzzy.on(shifted.latest) if shifted and shifted.latest else shifted)
        for task in [task for task in _ending(bench.plan, record.id) if finishes.get(task.id)]:
            _stretch(bench, task, finishes[task.id], days)
    else:
        _events(bench, record, days, end_only=True)
