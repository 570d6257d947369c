"""What a change does: the difference of two assessments as figures and as at most five German sentences (DESIGN, RULES
§7).

Every figure that differs is told by a sentence or counted as one of the "weitere"; a sentence tells no figure that does
not differ.
"""

from dataclasses import dataclass
from datetime import date

from insek_core.change.facts import Facts, facts
from insek_core.plan.german import MINUS, count, show_date, show_euro, show_list
from insek_core.plan.values import Fuzzy
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure
from insek_core.rules.money.budget import LineSpan
from insek_core.rules.money.years import year_name
from insek_core.rules.people.staff import StaffLoad
from insek_core.rules.situation import standing_sentence
from insek_core.rules.time.dates import TaskDates
from insek_core.rules.time.schedule import Timetable

MOST = 5
GONE = Figure(label="", value="entfällt", unit="text")


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A figure that differs: its key ("money.own_share"), label, value before and after ("entfällt" where there is
    none).
    """

    key: str
    label: str
    before: Figure
    after: Figure

    @property
    def words(self) -> str:
        """The change in words: "Eigenanteil: 65.000 € → 84.500 €"."""
        return f"{self.label}: {self.before.show()} → {self.after.show()}"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A sentence, the changed figures it tells or stands for, and the screen that shows them."""

    text: str
    screen: str
    changed: tuple[Changed, ...]

    @property
    def assumed(self) -> bool:
        """Whether the sentence needs the mark."""
        return any(c.after.assumed for c in self.changed)


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """The sentences, every changed figure, and those that no sentence tells (`more`)."""

    told: tuple[Told, ...]
    changed: tuple[Changed, ...]
    more: tuple[Changed, ...]

    @property
    def more_words(self) -> str:
        """The count of what no sentence tells: "und 12 weitere Werte"; empty if there is none."""
        return (
            count(len(self.more), "weiterer Wert ändert sich", "weitere Werte ändern sich") + "." if self.more else ""
        )


def changed(before: Facts, after: Facts) -> tuple[Changed, ...]:
    """The figures whose value differs, in the order of the facts; what is on one side only has "entfällt" on the
    other.
    """
    found = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key, GONE), after.get(key, GONE)
        if old.value != new.value:
            found.append(Changed(key=key, label=new.label or old.label, before=old, after=new))
    return tuple(found)


def _moved(before: Figure, after: Figure) -> str:
    """How an amount moves, as the end of a sentence: "steigt von 65.000 € auf 84.500 €", "bleibt bei 65.000 €"."""
    if before.value is None or after.value is None:
        return (
            f"ist unbekannt (bisher {before.show()})"
            if after.value is None
            else f"beträgt {after.show()} (bisher unbekannt)"
        )
    if before.cents == after.cents:
        return f"bleibt bei {after.show()}"
    return f"{'steigt' if after.cents > before.cents else 'sinkt'} von {before.show()} auf {after.show()}"


def _span_clause(old: LineSpan | None, new: LineSpan) -> str:
    gap = new.gap.own_share.value
    if not isinstance(gap, int) or gap == 0 or (old and old.gap.own_share.value == gap):
        return ""
    if new.approved:
        return f"{new.years} liegt er {show_euro(abs(gap))} {'über' if gap > 0 else 'unter'} dem veranschlagten"
    if new.planned.own_share.cents < 0:
        return f"für {new.years} ergäbe sich ein Überschuss von {show_euro(-new.planned.own_share.cents)}"
    return f"für {new.years} wären {new.planned.own_share.show()} statt {new.line.own_share.show()} anzumelden"


def _years_sentence(before: Assessment, after: Assessment) -> str:
    """Where only the years differ: what is spent less and more, and what the budget law asks for."""
    if before.funding.total.value is None or after.funding.total.value is None:
        return ""
    old = {y.year: y.total.cents for y in before.funding.years}
    new = {y.year: y.total.cents for y in after.funding.years}
    gaps = [
        (year, new.get(year, 0) - old.get(year, 0)) for year in sorted({*old, *new}, key=lambda y: (y is None, y or 0))
    ]
    gaps = [(year, gap) for year, gap in gaps if gap]
    if not gaps:
        return ""
    parts = show_list(
        f"{year_name(year)} {show_euro(abs(gap))} {'mehr' if gap > 0 else 'weniger'}" for year, gap in gaps
    )
    asks = (
        "was über das Jahresende rutscht, braucht eine Übertragung von Ansätzen (§ 21 SächsKomHVO) oder eine Anmeldung"
        if gaps[0][1] < 0
        else "das frühere Jahr braucht entsprechend mehr Mittel"
    )
    return f"Die Gesamtkosten bleiben, aber die Jahre verschieben sich: {parts}; {asks}."


def _price_sentence(before: Assessment, after: Assessment) -> str:
    """Where only the price of the next euro differs."""
    old, new = before.funding.next_euro, after.funding.next_euro
    if old.value == new.value:
        return ""
    return (
        f"Der Eigenanteil bleibt bei {after.funding.own_share.show()}; vom nächsten zuwendungsfähigen Euro "
        f"trägt die Stadt {new.show()} statt {old.show()}."
    )


def _money_sentence(before: Assessment, after: Assessment) -> str:
    old, new = before.funding, after.funding
    names = ("total", "grant", "own_share", "third_party")
    both = new.ceiling_open and old.ceiling_open
    if all(getattr(new, n).value == getattr(old, n).value for n in names) and not (
        both and new.own_share_if_growing.value != old.own_share_if_growing.value
    ):
        return _years_sentence(before, after) or _price_sentence(before, after)
    spans = {span.years: span for span in before.budget.spans}
    clauses = [c for c in (_span_clause(spans.get(span.years), span) for span in after.budget.spans) if c]
    two = new.ceiling_open and new.own_share_if_growing.value != new.own_share.value and new.own_share.value is not None
    lead = ""
    if new.grant.value != old.grant.value:
        lead = f"Die Förderung {_moved(old.grant, new.grant)}; "
    elif new.own_share.value == old.own_share.value and new.total.value != old.total.value:
        lead = f"Die Gesamtkosten sind {new.total.show()} statt {old.total.show()}; "
    subject = "der Eigenanteil" if lead else "Der Eigenanteil"
    assumption = f", wenn die Förderung bei {new.grant.show()} bleibt (Annahme)" if two else ""
    text = f"{lead}{subject} {_moved(old.own_share, new.own_share)}{assumption}"
    text += f": {', '.join(clauses)}." if clauses else "."
    if two:
        text += (
            f" Wächst die Förderung mit, sind es {new.own_share_if_growing.show()}; welcher Fall gilt, ist ungeklärt."
        )
    return text


def _line_clause(span: LineSpan) -> str:
    expense, income = span.gap.expense.value, span.gap.income.value
    if not isinstance(expense, int) or not isinstance(income, int):
        return ""
    if not span.approved:
        return (
            f"für {span.years} sind {span.planned.expense.show()} Aufwendungen und "
            f"{span.planned.income.show()} Erträge anzumelden statt {span.line.expense.show()} und "
            f"{span.line.income.show()}"
        )
    parts = [
        f"{show_euro(abs(gap))} {'mehr' if gap > 0 else 'weniger'} {kind}"
        for gap, kind in ((expense, "Aufwendungen"), (income, "Erträge"))
        if gap
    ]
    return (
        f"{span.years} ergeben sich {show_list(parts)} als veranschlagt"
        if parts
        else f"{span.years} entsprechen sie dem Veranschlagten"
    )


def _lines_sentence(before: Assessment, after: Assessment) -> str:
    old = {span.years: (span.gap.expense.value, span.gap.income.value) for span in before.budget.spans}
    spans = [
        span for span in after.budget.spans if old.get(span.years) != (span.gap.expense.value, span.gap.income.value)
    ]
    clauses = [clause for span in spans if (clause := _line_clause(span))]
    lines = [f"Gegen die Ansätze: {'; '.join(clauses)}."] if clauses else []
    return " ".join([*_standing_words(before, after), *lines])


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


def _deadline_words(task: TaskDates, late_before: int) -> str:
    missed = f"die Frist {show_date(task.deadline_on)} für „{task.label}“" if task.deadline_on else ""
    if not task.days_late:
        return f"{missed} hält wieder"
    instead = f" (bisher {count(late_before, 'Tag', 'Tage')})" if late_before else ""
    return f"{missed} wird um {count(task.days_late, 'Tag', 'Tage')} verfehlt{instead}"


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A sitting that a paper no longer reaches, and the one it gets instead (None: none is known)."""

    paper: str
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
            found.append(Missed(paper=names[stop.reading], body=stop.body_name, on=stop.on, instead_on=later.on))
    return tuple(sorted(found, key=lambda row: (row.on, row.paper)))


def _apart(old: date, new: date) -> str:
    """How far two days lie apart: "91 Tage später"."""
    return f"{count(abs((new - old).days), 'Tag', 'Tage')} {'später' if new > old else 'früher'}"


def _paper_words(before: Timetable, after: Timetable) -> list[str]:
    """What happens to each paper: the sittings it misses and its new day."""
    old, parts = {paper.paper: paper for paper in before.courses}, []
    gone = missed(before, after)
    for paper in after.courses:
        was = old.get(paper.paper)
        if was is None or was.decided_on == paper.decided_on:
            continue
        lost = [row for row in gone if row.paper == paper.short]
        first = (
            f"verpasst {count(len(lost), 'Sitzung', 'Sitzungen')} (zuerst {lost[0].body} am "
            f"{show_date(lost[0].on)}) und "
            if lost
            else ""
        )
        instead = f" statt am {show_date(was.decided_on)}" if was.decided_on else ""
        apart = f", {_apart(was.decided_on, paper.decided_on)}" if was.decided_on and paper.decided_on else ""
        if paper.decided_on is None:
            day = "hat keine bekannte letzte Sitzung mehr"
        elif paper.decides:
            day = f"wird am {show_date(paper.decided_on)}{instead} beschlossen{apart}"
        else:
            day = f"erreicht die letzte Sitzung am {show_date(paper.decided_on)}{instead}{apart}"
        parts.append(f"die Vorlage „{paper.short}“ {first}{day}")
    return parts


def _finish_words(old: Timetable, new: Timetable) -> str:
    lost = [
        task for task in new.tasks if task.finish_on is None and any(t.id == task.id and t.finish_on for t in old.tasks)
    ]
    if lost:
        return f"{count(len(lost), 'Arbeitsschritt ist', 'Arbeitsschritte sind')} nicht mehr datierbar"
    if new.finish_on is None or old.finish_on is None or new.finish_on == old.finish_on:
        return ""
    ends = {(paper.paper, paper.decided_on) for table in (old, new) for paper in table.courses}
    if any((paper.paper, old.finish_on) in ends and paper.decided_on == new.finish_on for paper in new.courses):
        return ""  # told with the paper that ends it
    return (
        f"der letzte Arbeitsschritt endet am {show_date(new.finish_on)} statt am {show_date(old.finish_on)}, "
        f"{_apart(old.finish_on, new.finish_on)}"
    )


def _time_sentence(before: Assessment, after: Assessment) -> str:
    old, new = before.timetable, after.timetable
    ends = {phase.id: phase.end for phase in old.phases}
    parts = [
        f"die {phase.name} endet {_by(phase.end)} statt {_was(was)}"
        for phase in new.phases
        if phase.end and (was := ends.get(phase.id)) and phase.end != was
    ]
    parts += [*_paper_words(old, new), _finish_words(old, new)]
    late = {task.id: task.days_late for task in old.tasks}
    parts += [
        _deadline_words(task, late.get(task.id, 0))
        for task in new.tasks
        if task.deadline_on and task.days_late != late.get(task.id, 0)
    ]
    dates = {task.id: (task.start_on, task.finish_on) for task in old.tasks}
    moved = [task for task in new.tasks if task.id in dates and dates[task.id] != (task.start_on, task.finish_on)]
    if not any(parts) and moved and new.finish_on:
        words = count(len(moved), "Arbeitsschritt verschiebt", "Arbeitsschritte verschieben")
        parts = [f"{words} sich; der letzte endet unverändert am {show_date(new.finish_on)}"]
    text = "; ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _goals_sentence(before: Assessment, after: Assessment) -> str:
    old, new = before.goals, after.goals
    names = {ladder.goal.id: f"„{ladder.goal.label}“" for ladder in (*old.ladders, *new.ladders)}
    lost = [goal for goal in old.coverage.covered if goal not in new.coverage.covered]
    won = [goal for goal in new.coverage.covered if goal not in old.coverage.covered]
    rungs = {ladder.goal.id: ladder.rung for ladder in old.ladders}
    moved = [ladder for ladder in new.ladders if ladder.goal.id in rungs and ladder.rung != rungs[ladder.goal.id]]
    parts = [
        f"{show_list(names.get(g, g) for g in lost)} {'verliert' if len(lost) == 1 else 'verlieren'} den "
        "letzten Beitrag"
        if lost
        else "",
        f"{show_list(names.get(g, g) for g in won)} {'hat' if len(won) == 1 else 'haben'} jetzt einen Beitrag"
        if won
        else "",
    ]
    parts += [
        f"die Stufe von {names[g.goal.id]} {'sinkt' if g.rung < rungs[g.goal.id] else 'steigt'} von "
        f"{rungs[g.goal.id]} auf {g.rung}"
        for g in moved
    ]
    fragile = [names.get(g, g) for g in new.coverage.fragile if g not in old.coverage.fragile]
    if fragile and not any(parts):
        parts = [f"{show_list(fragile)} {'hängt' if len(fragile) == 1 else 'hängen'} jetzt an nur einem Beitrag"]
    text = "; ".join(part for part in parts if part)
    return f"Ziele: {text}." if text else ""


def _load_words(old: StaffLoad, new: StaffLoad) -> str:
    """How the load of an office differs: "Stadtplanungsamt +59 Personentage, gebunden bis 31.03.2017"; empty if it does
    not.
    """
    parts = []
    if isinstance(new.days.value, int) and isinstance(old.days.value, int) and new.days.value != old.days.value:
        more = new.days.value - old.days.value
        parts.append(f"{'+' if more > 0 else MINUS}{count(abs(more), 'Personentag', 'Personentage')}")
    if new.until.value != old.until.value:
        parts.append(f"gebunden bis {new.until.show()}")
    return f"{new.name} {', '.join(parts)}" if parts else ""


def _events_words(before: Assessment, after: Assessment) -> str:
    """How many events move, and what of the fixed events and formats falls away."""
    old = {step.record: step.when for step in before.agenda if step.table == "events"}
    moved = [
        step for step in after.agenda if step.table == "events" and step.record in old and step.when != old[step.record]
    ]
    parts = (
        [f"{count(len(moved), 'Beteiligungstermin verschiebt', 'Beteiligungstermine verschieben')} sich"]
        if moved
        else []
    )
    was, now = before.participation, after.participation
    if was.fixed_events != now.fixed_events:
        parts.append(f"fest vorgesehen sind {now.fixed_events.words} statt {was.fixed_events.words} Termine")
    left = {view.format.id for view in now.formats}
    gone = [f"„{view.format.name}“" for view in was.formats if view.format.id not in left]
    parts += (
        [f"das Format {gone[0]} entfällt" if len(gone) == 1 else f"die Formate {show_list(gone)} entfallen"]
        if gone
        else []
    )
    return f"Beteiligung: {'; '.join(parts)}." if parts else ""


def _people_sentence(before: Assessment, after: Assessment) -> str:
    loads = {load.office: load for load in before.staff}
    offices = [
        words for load in after.staff if load.office in loads and (words := _load_words(loads[load.office], load))
    ]
    staff = f"Personal: {'; '.join(offices)}." if offices else ""
    return f"{_events_words(before, after)} {staff}".strip()


def _conditions_sentence(before: Assessment, after: Assessment) -> str:
    known = {finding.message for finding in before.findings}
    # a paper that comes later than entered is told with the time
    aside = ("statements", "readings")
    found = [f for f in after.findings if f.message not in known and f.level != "notice" and f.table not in aside]
    if not found:
        return ""
    more = f" (und {count(len(found) - 1, 'weiterer Befund', 'weitere Befunde')})" if len(found) > 1 else ""
    return f"Zu beachten: {found[0].message.rstrip('.')}{more}."


def _standing_words(before: Assessment, after: Assessment) -> list[str]:
    known = {told.text for span in before.budget.spans if (told := standing_sentence(span))}
    return [told.text for span in after.budget.spans if (told := standing_sentence(span)) and told.text not in known]


def consequences(before: Assessment, after: Assessment) -> Consequences:
    """What differs between two assessments, most important first: own share, lines, time, goals, people, conditions."""
    every = changed(facts(before), facts(after))
    wanted = (
        (_money_sentence(before, after), "haushalt", ("money.", "year.")),
        (_time_sentence(before, after), "zeitplan", ("time.", "finding.readings.")),
        (_lines_sentence(before, after), "haushalt", ("line.",)),
        (_goals_sentence(before, after), "zielsystem", ("goals.",)),
        (_people_sentence(before, after), "gremien", ("people.", "staff.")),
        (_conditions_sentence(before, after), "daten", ("finding.",)),
    )
    told: list[Told] = []
    covered: set[str] = set()
    for text, screen, keys in wanted:
        own = tuple(c for c in every if c.key.startswith(keys) and c.key not in covered)
        if text and own and len(told) < MOST:
            told.append(Told(text=text, screen=screen, changed=own))
            covered |= {c.key for c in own}
    return Consequences(told=tuple(told), changed=every, more=tuple(c for c in every if c.key not in covered))
