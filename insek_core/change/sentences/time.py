"""What a change does to time: phases, papers and their sittings, the end, deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from insek_core.change.sentences.telling import Telling
from insek_core.plan.german import count, show_date
from insek_core.plan.values import Fuzzy
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Sentence
from insek_core.rules.time.course import Course
from insek_core.rules.time.dates import TaskDates
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
    missed = f"die Frist {show_date(task.deadline_on)} für „{task.label}“" if task.deadline_on else ""
    if not task.days_late:
        return f"{missed} hält wieder"
    instead = f" (bisher {count(late_before, 'Tag', 'Tage')})" if late_before else ""
    return f"{missed} wird um {count(task.days_late, 'Tag', 'Tage')} verfehlt{instead}"


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
    first = ""
    if lost:
        telling.both(f"time.reading.{lost[0].reading}")
        number = count(len(lost), "Sitzung", "Sitzungen")
        first = f"verpasst {number} (zuerst {lost[0].body} am {show_date(lost[0].on)}) und "
    if paper.decided_on is None:
        return f"die Vorlage „{paper.short}“ {first}hat keine bekannte letzte Sitzung mehr"
    instead = f" statt am {show_date(was.decided_on)}" if was.decided_on else ""
    apart = f", {_apart(was.decided_on, paper.decided_on)}" if was.decided_on else ""
    on = show_date(paper.decided_on)
    day = f"wird am {on}{instead} beschlossen" if paper.decides else f"erreicht die letzte Sitzung am {on}{instead}"
    return f"die Vorlage „{paper.short}“ {first}{day}{apart}"


def _papers(telling: Telling, before: Timetable, after: Timetable) -> list[str]:
    old, gone = {paper.paper: paper for paper in before.courses}, missed(before, after)
    return [
        _paper(telling, was, paper, [row for row in gone if row.paper == paper.short])
        for paper in after.courses
        if (was := old.get(paper.paper)) and was.decided_on != paper.decided_on and paper.stops
    ]


def _finish(telling: Telling, old: Timetable, new: Timetable) -> str:
    dated = {task.id for task in old.tasks if task.finish_on}
    lost = [task for task in new.tasks if task.finish_on is None and task.id in dated]
    for task in lost:
        telling.both(f"time.task.{task.id}.finish")
    if lost:
        return f"{count(len(lost), 'Arbeitsschritt ist', 'Arbeitsschritte sind')} nicht mehr datierbar"
    if new.finish_on is None or old.finish_on is None or new.finish_on == old.finish_on:
        return ""
    ends = {(paper.paper, paper.decided_on) for table in (old, new) for paper in table.courses}
    if any((paper.paper, old.finish_on) in ends and paper.decided_on == new.finish_on for paper in new.courses):
        return ""  # told with the paper that ends it
    telling.both("time.finish")
    apart = _apart(old.finish_on, new.finish_on)
    return f"der letzte Arbeitsschritt endet am {show_date(new.finish_on)} statt am {show_date(old.finish_on)}, {apart}"


def _phases(telling: Telling, old: Timetable, new: Timetable) -> list[str]:
    ends, parts = {phase.id: phase.end for phase in old.phases}, []
    for phase in new.phases:
        was = ends.get(phase.id)
        if phase.end and was and phase.end != was:
            telling.both(f"time.phase.{phase.id}.end")
            parts.append(f"die {phase.name} endet {_by(phase.end)} statt {_was(was)}")
    return parts


def moved_time_sentence(telling: Telling, before: Assessment, after: Assessment) -> Sentence | None:
    """Phases, papers and the end that move, deadlines that are missed or hold again."""
    old, new = before.timetable, after.timetable
    late = {task.id: task.days_late for task in old.tasks}
    parts = [*_phases(telling, old, new), *_papers(telling, old, new), _finish(telling, old, new)]
    parts += [
        _deadline_words(telling, task, late.get(task.id, 0))
        for task in new.tasks
        if task.deadline_on and task.days_late != late.get(task.id, 0)
    ]
    dates = {task.id: (task.start_on, task.finish_on) for task in old.tasks}
    moved = [task for task in new.tasks if task.id in dates and dates[task.id] != (task.start_on, task.finish_on)]
    if not any(parts) and moved and new.finish_on:
        words = count(len(moved), "Arbeitsschritt verschiebt", "Arbeitsschritte verschieben")
        parts = [f"{words} sich; der letzte endet unverändert am {telling.now('time.finish').show()}"]
    text = "; ".join(part for part in parts if part)
    return telling.sentence(f"{text[:1].upper()}{text[1:]}." if text else "", "zeitplan")
