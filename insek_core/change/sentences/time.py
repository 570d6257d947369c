"""What a change does to time: phases, papers and their sittings, the end, deadlines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from insek_core.change.sentences.telling import Telling
from insek_core.plan.german import count, show_date
from insek_core.plan.values import Fuzzy
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Sentence
from insek_core.rules.time.course import Course
from insek_core.rules.time.dates import TaskDates
from insek_core.rules.time.events import EventDates
from insek_core.rules.time.schedule import Timetable


def _by(end: Fuzzy) -> str:
    """An end in a sentence: "am 31.03.2017", "spätestens am 01.12.2016"."""
    return end.words if end.latest is None else f"{'am' if end.is_exact else 'spätestens am'} {show_date(end.latest)}"


def _was(end: Fuzzy) -> str:
    """A former end in a sentence: "am 30.06.2017", "im Herbst 2015", "Ende 2016"."""
    bare = (
        end.is_open
        or end.words.lower().startswith(("ende", "anfang", "mitte", "offen", "bis"))
        or end.words[:4].isdigit()
    )
    return end.words if bare else f"{'am' if end.is_exact else 'in der' if 'hälfte' in end.words else 'im'} {end.words}"


def _deadline_words(telling: Telling, task: TaskDates, late_before: int) -> str:
    telling.both(f"time.task.{task.id}.late")
    deadline = f"Die Frist {show_date(task.deadline_on)} für „{task.label}“" if task.deadline_on else ""
    if not task.days_late:
        return f"{deadline} hält wieder."
    instead = f" (bisher {count(late_before, 'Tag', 'Tage')})" if late_before else ""
    return f"{deadline} wird um {count(task.days_late, 'Tag', 'Tage')} verfehlt{instead}."


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A sitting that a paper no longer reaches, and the one it gets instead (None: none is known)."""

    paper: str
    reading: str
    body: str
    on: date
    instead_on: date | None


def missed(before: Timetable, after: Timetable) -> tuple[Missed, ...]:
    """The sittings that papers reach before and not after, in the order of their days."""
    new = {stop.reading: stop for paper in after.courses for stop in paper.stops}
    names = {stop.reading: paper.short for paper in before.courses for stop in paper.stops}
    found = []
    for stop in (stop for paper in before.courses for stop in paper.stops if stop.on and not stop.hearing):
        later = new.get(stop.reading)
        if later and stop.on and (later.on is None or later.on > stop.on):
            row = Missed(
                paper=names[stop.reading],
                reading=stop.reading,
                body=stop.body_name,
                on=stop.on,
                instead_on=later.on,
            )
            found.append(row)
    return tuple(sorted(found, key=lambda row: (row.on, row.paper)))


def _apart(old: date, new: date) -> str:
    """How far two days lie apart: "91 Tage später"."""
    return f"{count(abs((new - old).days), 'Tag', 'Tage')} {'später' if new > old else 'früher'}"


def _last_reading(paper: Course) -> str:
    """The station on whose day a paper is decided."""
    return next(
        (stop.reading for stop in reversed(paper.stops) if stop.on == paper.decided_on), paper.stops[-1].reading
    )


def _paper(telling: Telling, was: Course, paper: Course, lost: Sequence[Missed]) -> str:
    """What happens to a paper: the sittings it misses and its new day."""
    telling.both(f"time.reading.{_last_reading(paper)}")
    subject, first = f"Die Gremienvorlage „{paper.short}“", ""
    if lost:
        telling.both(f"time.reading.{lost[0].reading}")
        number = count(len(lost), "Sitzung", "Sitzungen")
        first = f"{subject} verpasst {number}, zuerst {lost[0].body} am {show_date(lost[0].on)}. "
        subject = "Sie"
    if paper.decided_on is None:
        return f"{first}{subject} hat keine bekannte letzte Sitzung mehr."
    instead = f" statt am {show_date(was.decided_on)}" if was.decided_on else ""
    apart = f", {_apart(was.decided_on, paper.decided_on)}" if was.decided_on else ""
    on = show_date(paper.decided_on)
    day = f"wird am {on}{instead} beschlossen" if paper.decides else f"erreicht die letzte Sitzung am {on}{instead}"
    return f"{first}{subject} {day}{apart}."


def _finish(telling: Telling, old: Timetable, new: Timetable) -> str:
    dated = {task.id for task in old.tasks if task.finish_on}
    lost = [task for task in new.tasks if task.finish_on is None and task.id in dated]
    for task in lost:
        telling.both(f"time.task.{task.id}.finish")
    if lost:
        return f"{count(len(lost), 'Arbeitsschritt ist', 'Arbeitsschritte sind')} nicht mehr datierbar."
    if new.finish_on is None or old.finish_on is None or new.finish_on == old.finish_on:
        return ""
    ends = {(paper.paper, paper.decided_on) for table in (old, new) for paper in table.courses}
    if any((paper.paper, old.finish_on) in ends and paper.decided_on == new.finish_on for paper in new.courses):
        return ""  # told with the paper that ends it
    telling.both("time.finish")
    apart = _apart(old.finish_on, new.finish_on)
    return (
        f"Der letzte Arbeitsschritt endet am {show_date(new.finish_on)} statt am {show_date(old.finish_on)}, {apart}."
    )


def _phases(telling: Telling, old: Timetable, new: Timetable) -> list[str]:
    ends, parts = {phase.id: phase.end for phase in old.phases}, []
    for phase in new.phases:
        was = ends.get(phase.id)
        if phase.end and was and phase.end != was:
            telling.both(f"time.phase.{phase.id}.end")
            parts.append(f"Die {phase.name} endet {_by(phase.end)} statt {_was(was)}.")
    return parts


def deadline_sentences(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """Deadlines that are missed, by more or fewer days than before, or hold again; the worst first."""
    late = {task.id: task.days_late for task in before.timetable.tasks}
    for task in sorted(after.timetable.tasks, key=lambda task: -task.days_late):
        if task.deadline_on and task.days_late != late.get(task.id, 0):
            yield telling.sentence(_deadline_words(telling, task, late.get(task.id, 0)), "zeitplan")


def paper_sentences(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """Papers that are decided on another day, with the sittings they miss."""
    old = {paper.paper: paper for paper in before.timetable.courses}
    gone = missed(before.timetable, after.timetable)
    for paper in sorted(after.timetable.courses, key=lambda paper: not paper.decides):
        was = old.get(paper.paper)
        if was and was.decided_on != paper.decided_on and paper.stops:
            lost = [row for row in gone if row.paper == paper.short]
            yield telling.sentence(_paper(telling, was, paper, lost), "zeitplan")


def _event_words(telling: Telling, name: str, event: EventDates, late_before: int) -> str:
    telling.both(f"people.events.{event.id}.{event.label}")
    words = event.when.words if event.when else ""
    if not event.days_late:
        return f"{name} hält den Termin {words} wieder."
    instead = f" (bisher {count(late_before, 'Tag', 'Tage')})" if late_before else ""
    return (
        f"{name} geht {event.words}, {count(event.days_late, 'Tag', 'Tage')}{instead} nach "
        f"dem eingetragenen Termin ({words})."
    )


def event_sentences(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """Events whose date cannot be kept, by more or fewer days than before, or can be kept again; the worst first."""
    late = {event.id: event.days_late for event in before.timetable.events}
    moved = [e for e in after.timetable.events if e.when and e.days_late != late.get(e.id, e.days_late)]
    alike: dict[tuple[object, ...], list[EventDates]] = {}
    for event in sorted(moved, key=lambda event: -event.days_late):
        alike.setdefault((event.format, event.when, event.days_late, late[event.id]), []).append(event)
    for events in alike.values():
        for event in events[1:]:
            telling.both(f"people.events.{event.id}.{event.label}")
        name = f"{events[0].label}{f' ({len(events)} Termine)' if len(events) > 1 else ''}"
        yield telling.sentence(_event_words(telling, name, events[0], late[events[0].id]), "gremien")


def moved_time_sentence(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """Phases and the end that move; where neither does, how many steps lie on other days."""
    old, new = before.timetable, after.timetable
    parts = [part for part in (*_phases(telling, old, new), _finish(telling, old, new)) if part]
    days = {paper.paper: paper.decided_on for paper in old.courses}
    told = parts or any(days.get(paper.paper) != paper.decided_on for paper in new.courses)
    dates = {task.id: (task.start_on, task.finish_on) for task in old.tasks}
    moved = [task for task in new.tasks if task.id in dates and dates[task.id] != (task.start_on, task.finish_on)]
    if not told and moved and new.finish_on:
        words = count(len(moved), "Arbeitsschritt verschiebt", "Arbeitsschritte verschieben")
        parts = [f"{words} sich; der letzte endet unverändert am {telling.now('time.finish').show()}."]
    yield telling.sentence(" ".join(parts), "zeitplan")
