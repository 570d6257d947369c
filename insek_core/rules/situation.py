"""The situation in German sentences, most important first, each with its figures (tone: RULES §7)."""

from datetime import date

from insek_core.plan import Plan
from insek_core.plan.german import count, show_date, show_list
from insek_core.rules.figures import Figure, Sentence, field_figure
from insek_core.rules.goals.ladder import RUNGS, only_named
from insek_core.rules.goals.system import GoalSystem
from insek_core.rules.money.budget import Budget
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.gaps import (
    approved_sentence,
    gap_sentence,
    overrun_sentence,
    registration_sentence,
    standing_sentence,
)
from insek_core.rules.money.sentences import ceiling_sentence, funding_sentence, notice_sentence
from insek_core.rules.people.participation import Participation
from insek_core.rules.time.course import Course, course, latest_ready, undecided
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.papers import stop_figures
from insek_core.rules.time.schedule import Timetable, timetable
from insek_core.rules.time.stations import decision_gap, wider_gap

NO_GOALS = (
    "Die Zieltexte{} liegen nicht vor; ob jedes Ziel mit Maßnahmen, Mitteln und Indikatoren unterlegt ist, "
    "kann derzeit nicht beurteilt werden."
)


def _last_step(plan: Plan, timetable: Timetable) -> Figure:
    """The finish of the timetable with the step that sets it: its duration, what it waits for, the sittings on its
    way.
    """
    last = max((t for t in timetable.tasks if t.finish_on), key=lambda t: t.finish_on or date.min)
    before = [link.predecessor for link in plan.links if link.successor == last.id]
    operands = [
        field_figure(task, "duration_days", f"Dauer in Arbeitstagen: {task.name}", "count")
        for task in sorted(plan.tasks, key=lambda task: task.id != last.id)
        if task.id in (last.id, *before)
    ]
    reaches = {paper.id for paper in plan.papers if paper.reaches == last.id}
    for way in (way for way in timetable.courses if way.paper in reaches):
        operands += stop_figures(plan, way)
    rule = (
        f"Vorwärtsrechnung über Dauern und Abhängigkeiten ohne Feiertage und Wochenenden; {last.label} {last.waits_for}"
    )
    return Figure(
        label="Ende des letzten Arbeitsschritts", value=last.finish_on, unit="date", rule=rule, operands=tuple(operands)
    )


def _thin_gap(plan: Plan, today: date) -> tuple[str, tuple[Figure, ...]]:
    """What one more day between Vorberatung and Beschluss would cost, where deadlines hold only on an assumed gap."""
    gap = decision_gap(plan)
    late = max((task.days_late for task in timetable(wider_gap(plan), today).tasks), default=0) if gap.assumed else 0
    if not late or not isinstance(gap.value, int):
        return "", ()
    text = (
        f". Das ruht auf der Annahme, dass zwischen Vorberatung und Beschluss "
        f"{count(gap.value, 'Tag genügt', 'Tage genügen')}; bei {count(gap.value + 1, 'Tag', 'Tagen')} endet er "
        f"{count(late, 'Tag', 'Tage')} nach der Frist"
    )
    cost = Figure(
        label="Verzug bei einem Tag mehr Abstand",
        value=late,
        unit="days",
        rule="Vorwärtsrechnung mit einem Tag mehr zwischen Vorberatung und Beschluss, Ende − Frist",
        operands=(gap,),
    )
    return text, (cost,)


def _deadlines(plan: Plan, found: Timetable, today: date) -> tuple[str, tuple[Figure, ...]]:
    """Which deadlines are missed; where none is, what that rests on."""
    late = [task.name for task in found.tasks if task.days_late]
    if late:
        return f"; {show_list(late)} {'liegt' if len(late) == 1 else 'liegen'} hinter der Frist", ()
    thin, figures = _thin_gap(plan, today) if any(task.deadline_on for task in found.tasks) else ("", ())
    return f", alle Fristen halten{thin}", figures


def time_sentence(plan: Plan, timetable: Timetable, today: date) -> Sentence:
    """Which phase runs, when the last step ends, which deadlines are missed, and of how many steps nothing is known."""
    if timetable.finish_on is None:
        return Sentence(text="Der Zeitplan ist unbekannt: Kein Arbeitsschritt lässt sich datieren.", screen="zeitplan")
    running = [
        p.name
        for p in plan.phases
        if p.begin and p.end and p.begin.earliest and p.end.latest and p.begin.earliest <= today <= p.end.latest
    ]
    lead = f"Es läuft die {show_list(running)}. " if running else ""
    deadlines, figures = _deadlines(plan, timetable, today)
    unknown = sum(task.unknown for task in timetable.tasks if not task.summary)
    state = (
        f" Von {count(unknown, 'früheren Schritt', 'früheren Schritten')} ist der Stand unbekannt." if unknown else ""
    )
    text = (
        f"{lead}Nach den eingetragenen Dauern endet der letzte Arbeitsschritt am {show_date(timetable.finish_on)}"
        f"{deadlines}.{state}"
    )
    return Sentence(
        text=text,
        screen="zeitplan",
        marked=any(task.assumed for task in timetable.tasks),
        figures=(_last_step(plan, timetable), *figures),
    )


def _spare(plan: Plan, found: Course, last: Course) -> Figure:
    """How many days a paper may be late, from the day planned and the last one on which it still meets its decision."""
    ready = Figure(
        label=f"„{found.short}“ fertig nach Plan",
        value=found.ready_on,
        unit="date",
        evidence="assumed" if found.ready_assumed else "derived",
        rule="Ende des Arbeitsschritts, aus dem die Gremienvorlage entsteht, sonst eingetragen",
    )
    latest = Figure(
        label=f"„{found.short}“ fertig spätestens",
        value=last.ready_on,
        unit="date",
        rule="rückwärts über die Sitzungen, ihren Vorlauf und die Mindestabstände",
        operands=stop_figures(plan, last),
    )
    spare = (last.ready_on - found.ready_on).days if last.ready_on and found.ready_on else None
    label = f"Tage, die „{found.short}“ später fertig werden darf"
    return Figure(
        label=label, value=spare, unit="days", rule="letzter möglicher Tag − geplanter Tag", operands=(latest, ready)
    )


def _delayed(plan: Plan, found: Course, today: date) -> Sentence | None:
    """How many days a paper may be late, and what one day more costs; nothing where the plan has none to spare."""
    paper = next(paper for paper in plan.papers if paper.id == found.paper)
    decided, ready = found.decided_on, found.ready_on
    latest = latest_ready(plan, paper, decided, today) if decided else None
    if decided is None or ready is None or latest is None or latest < ready:
        return None
    days = (latest, days_later(latest, 1))
    last, after = (course(plan, paper, day, today, not_before=decided) for day in days)
    spare = (latest - ready).days
    may = (
        f"darf höchstens {count(spare, 'Tag', 'Tage')} später fertig werden"
        if spare
        else "darf keinen Tag später fertig werden"
    )
    then = (
        f"am {show_date(after.decided_on)}, {count((after.decided_on - decided).days, 'Tag', 'Tage')} später,"
        if after.decided_on
        else "an einem Tag, der noch unbekannt ist"
    )
    text = (
        f"Die Gremienvorlage „{found.short}“ (fertig am {show_date(ready)}) {may}, sonst wird statt am "
        f"{show_date(decided)} erst {then} beschlossen."
    )
    decision = Figure(
        label=f"Beschluss „{found.short}“",
        value=decided,
        unit="date",
        rule="Beratungsfolge über die Sitzungen der Gremien",
        operands=stop_figures(plan, found),
    )
    return Sentence(text=text, screen="zeitplan", figures=(_spare(plan, found, last), decision), marked=found.assumed)


def delay_sentence(plan: Plan, timetable: Timetable, today: date) -> Sentence | None:
    """How many days the paper that decides may be late, and what one day more costs; nothing where no decision lies
    ahead.
    """
    ahead = undecided(timetable.courses)
    told = (_delayed(plan, found, today) for found in ahead)
    return next((sentence for sentence in told if sentence), None)


def goals_sentence(goals: GoalSystem) -> Sentence:
    """The missing goal texts first, else how many goals reach which rung."""
    if goals.texts_missing:
        place = f" ({goals.texts_in})" if goals.texts_in else ""
        return Sentence(text=NO_GOALS.format(place), screen="zielsystem")
    proved = [ladder for ladder in goals.ladders if ladder.rung >= 3]
    words_only = only_named(goals.ladders)
    text = (
        f"Von {count(len(goals.ladders), 'Ziel', 'Zielen')} {'ist' if len(proved) == 1 else 'sind'} "
        f"{len(proved)} mit Mitteln unterlegt (mindestens Stufe "
        f"„{RUNGS[3]}“), {len(words_only)} nur benannt."
    )
    rungs = tuple(
        Figure(label=ladder.goal.label, value=ladder.rung, unit="count", rule="Stufe der Verbindlichkeit")
        for ladder in goals.ladders
    )
    labels = (("Ziele", goals.ladders), (f"mindestens Stufe „{RUNGS[3]}“", proved), ("nur benannt", words_only))
    figures = tuple(
        Figure(label=label, value=len(ladders), unit="count", rule="gezählt nach ihren Stufen", operands=rungs)
        for label, ladders in labels
    )
    assumed = any(ladder.assumed for ladder in goals.ladders)
    return Sentence(text=text, screen="zielsystem", figures=figures, marked=assumed)


def participation_sentence(found: Participation) -> Sentence | None:
    """How many events are planned and how many lack a day."""
    if not found.formats:
        return None
    text = (
        f"Vorgesehen sind {found.fixed_events.words} feste Beteiligungstermine; "
        f"{count(found.undated, 'Termin hat', 'Termine haben')} noch kein genaues Datum."
    )
    counts = tuple(
        field_figure(v.format, "count", v.format.name, "count") for v in found.formats if not v.format.optional
    )
    fixed = Figure(
        label="feste Termine",
        value=found.fixed_events,
        unit="count",
        rule="Summe der Formate mit genannter Zahl, ohne optionale",
        operands=counts,
    )
    undated = Figure(
        label="Termine ohne genaues Datum", value=found.undated, unit="count", rule="Veranstaltungen ohne Tag, gezählt"
    )
    return Sentence(text=text, screen="gremien", figures=(fixed, undated), marked=False, chief=False)


def situation(
    plan: Plan,
    funding: Funding,
    budget: Budget,
    timetable: Timetable,
    goals: GoalSystem,
    found: Participation,
    today: date,
) -> tuple[Sentence, ...]:
    """The sentences of the first screen, most important first."""
    told = [
        funding_sentence(funding),
        gap_sentence(budget, funding),
        *(overrun_sentence(budget, funding, span) for span in budget.spans),
        registration_sentence(budget, funding),
        time_sentence(plan, timetable, today),
        goals_sentence(goals),
        ceiling_sentence(funding),
        notice_sentence(funding),
        *(standing_sentence(budget.law, span) for span in budget.spans),
        *(approved_sentence(plan, span) for span in budget.spans if span.approved),
        participation_sentence(found),
    ]
    return tuple(sentence for sentence in told if sentence is not None)
