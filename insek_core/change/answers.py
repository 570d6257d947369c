"""The answers that decide about a change, old beside new: own share, resolution, deadlines, sittings missed.

One list serves the strip on every screen and the columns of Varianten beside each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from insek_core.change.sentences.time import missed
from insek_core.plan.german import count, show_date, show_list
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure
from insek_core.rules.money.programmes import IF_GROWING
from insek_core.rules.time.course import Course, undecided
from insek_core.rules.time.dates import TaskDates
from insek_core.rules.time.schedule import Timetable


@dataclass(frozen=True, kw_only=True)
class KeyAnswer:
    """One answer before and after a change, and what is to be said beside it; `growing`: the same, if the funding
    grows with the cost.
    """

    label: str
    before: Figure
    after: Figure
    note: str = ""
    growing: tuple[Figure, Figure] | None = None

    @property
    def same(self) -> bool:
        """Whether nothing differs, in neither case."""
        pairs = ((self.before, self.after), *([self.growing] if self.growing else []))
        return all(old.value == new.value for old, new in pairs)


def _own_share(before: Assessment, after: Assessment) -> KeyAnswer:
    old, new = before.funding, after.funding
    twin = (old.own_share_if_growing, new.own_share_if_growing) if new.differs or old.differs else None
    note = f"{IF_GROWING}: {_moves(*twin)}" if twin else ""
    return KeyAnswer(label="Eigenanteil", before=old.own_share, after=new.own_share, note=note, growing=twin)


def _moves(old: Figure, new: Figure) -> str:
    return new.show() if old.value == new.value else f"{old.show()} → {new.show()}"


def deciding(found: Timetable) -> Course | None:
    """The paper that is still to be resolved, the last one of several; None where there is none."""
    ahead = undecided(found.courses)
    dated = [paper for paper in ahead if paper.decided_on]
    return max(dated, key=lambda paper: paper.decided_on or date.min) if dated else next(iter(ahead), None)


def _resolution(before: Timetable, after: Timetable) -> KeyAnswer:
    last = deciding(after) or deciding(before)
    sides = [next((p for p in table.courses if last and p.paper == last.paper), None) for table in (before, after)]
    days = [paper.decided_on if paper else None for paper in sides]
    old, new = (
        Figure(
            label=f"Beschluss „{last.short}“" if last else "Beschluss",
            value=day if last else "keiner offen",
            unit="date" if last else "text",
            rule="letzte Station der Beratungsfolge",
            evidence="assumed" if paper is None or paper.assumed else "derived",
        )
        for day, paper in zip(days, sides, strict=True)
    )
    note = f"„{last.short}“" if last else ""
    if days[0] and days[1] and days[0] != days[1]:
        gap = (days[1] - days[0]).days
        note = f"{count(abs(gap), 'Tag', 'Tage')} {'später' if gap > 0 else 'früher'}"
    return KeyAnswer(label="Beschluss", before=old, after=new, note=note)


def _late(tasks: Iterable[TaskDates]) -> Figure:
    """How the deadlines stand: the one missed most, "unbekannt" where one cannot be judged, "halten" where all hold."""
    dated = [task for task in tasks if task.deadline_on]
    most = max(dated, key=lambda task: task.days_late or 0, default=None)
    assumed = any(task.assumed for task in dated)
    value: str | None
    if most is None:
        value = "keine"
    elif most.days_late:
        value = f"{count(most.days_late, 'Tag', 'Tage')} verfehlt"
    elif any(task.finish_on is None for task in dated):
        value = None
    else:
        value = "gehalten"
    return Figure(
        label="Frist",
        value=value,
        unit="text",
        rule="Ende − Frist, die am meisten verfehlte",
        evidence="assumed" if assumed else "derived",
    )


def _deadline(before: Timetable, after: Timetable) -> KeyAnswer:
    named = max((task for task in after.tasks if task.deadline_on), key=lambda t: t.days_late or 0, default=None)
    late = sum(bool(task.days_late) for task in after.tasks if task.deadline_on)
    note = f"{named.label} {show_date(named.deadline_on)}" if named and named.deadline_on else "keine eingetragen"
    deadlines = sum(task.deadline_on is not None for task in after.tasks)
    if not late and deadlines > 1:
        note = f"{deadlines} Fristen"
    if late > 1:
        note += f" und {count(late - 1, 'weitere', 'weitere')}"
    return KeyAnswer(label="Frist", before=_late(before.tasks), after=_late(after.tasks), note=note)


def _sittings(before: Timetable, after: Timetable) -> KeyAnswer:
    gone = missed(before, after)
    known = any(stop.on for paper in before.courses for stop in paper.stops)  # what has no day can miss none
    figures = (
        Figure(
            label="verpasste Sitzungen",
            value=number if known else "keine geplant",
            unit="count" if known else "text",
            rule="Sitzungen, die eine Gremienvorlage nicht mehr erreicht",
        )
        for number in (0, len(gone))
    )
    days = [f"{row.on:%d.%m.%Y}" for row in gone]
    note = show_list(days[:3]) if len(days) <= 3 else f"{', '.join(days[:2])} …"
    return KeyAnswer(label="verpasste Sitzungen", before=next(figures), after=next(figures), note=note or "keine")


def answers(before: Assessment, after: Assessment) -> tuple[KeyAnswer, ...]:
    """Own share, resolution, deadline and missed sittings, before and after, in this order."""
    old, new = before.timetable, after.timetable
    return _own_share(before, after), _resolution(old, new), _deadline(old, new), _sittings(old, new)
