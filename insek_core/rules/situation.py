"""The situation in German sentences, most important first, each with its figures (tone: RULES §7)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.german import count, show_date, show_list
from insek_core.rules.figures import Figure, Sentence, field_figure
from insek_core.rules.goals.system import RUNGS, GoalSystem
from insek_core.rules.money.budget import Budget, LineSpan
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.programmes import IF_GROWING
from insek_core.rules.money.years import year_name
from insek_core.rules.people.participation import Participation
from insek_core.rules.time.course import Course, course, latest_ready
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.schedule import Timetable, stop_figures, timetable
from insek_core.rules.time.stations import decision_gap, wider_gap

NO_GOALS = (
    "Die Zieltexte (Anlage 1) liegen nicht vor; ob jedes Ziel mit Maßnahmen, Mitteln und Indikatoren unterlegt ist, "
    "kann derzeit nicht beurteilt werden."
)


UNSETTLED = "welcher Fall gilt, ist ungeklärt"


def _span_of_years(funding: Funding) -> str:
    years = [y.year for y in funding.years if y.year is not None and y.total.value]
    return "" if not years else str(years[0]) if len(years) == 1 else f"{min(years)}–{max(years)}"


def funding_sentence(funding: Funding) -> Sentence:
    """Total, grant and own share in one sentence, in both cases where they differ; unknown is said."""
    if funding.total.value is None:
        why = "Es fehlen Beträge." if funding.total.operands else "Es ist noch keine Kostenposition eingetragen."
        return Sentence(text=f"Die Gesamtkosten sind unbekannt: {why}", screen="haushalt")
    years = _span_of_years(funding)
    third = (funding.third_party,) if funding.third_party.value else ()
    if isinstance(funding.own_share.value, int) and funding.own_share.value < 0:
        beyond = replace(funding.own_share, label="Überschuss", value=-funding.own_share.value)
        text = (
            f"Überfinanzierung: Die Drittmittel von {funding.third_party.show()} übersteigen die Gesamtkosten von "
            f"{funding.total.show()} um {beyond.show()}; Förderung gibt es keine."
        )
        return Sentence(text=text, screen="haushalt", figures=(funding.third_party, funding.total, beyond))
    lead = (
        f"Für die Fortschreibung des INSEK sind {years + ' ' if years else ''}Gesamtkosten von "
        f"{funding.total.show()} angesetzt: "
    )
    if not funding.differs:
        parts = [f"{funding.grant.show()} Förderung", *(f"{figure.show()} Drittmittel" for figure in third)]
        text = f"{lead}{', '.join(parts)} und {funding.own_share.show()} städtischer Eigenanteil."
        return Sentence(text=text, screen="haushalt", figures=(funding.total, funding.grant, *third, funding.own_share))
    gifts = "".join(f"{figure.show()} Drittmittel und " for figure in third)
    text = (
        f"{lead}{gifts}{funding.own_share.show()} städtischer Eigenanteil, {funding.if_ceiling}, und "
        f"{funding.own_share_if_growing.show()}, {IF_GROWING}; {UNSETTLED}."
    )
    figures = (funding.total, *third, funding.own_share, *funding.ceilings, funding.own_share_if_growing)
    return Sentence(text=text, screen="haushalt", figures=figures)


def case_sentence(funding: Funding) -> Sentence | None:
    """Which case a picture of the years shows while both differ, and what the other would be; nothing where they do
    not.
    """
    years = [y for y in funding.years if y.own_share.value != y.own_share_if_growing.value]
    if not funding.ceiling_open or not years:
        return None
    other = show_list(f"{year_name(y.year)} {y.own_share_if_growing.told()}" for y in years)
    text = f"Gezeigt ist der Eigenanteil, {funding.if_ceiling}; {IF_GROWING}, sind es {other}."
    figures = (*funding.ceilings, *(y.own_share_if_growing for y in years))
    return Sentence(text=text, screen="haushalt", figures=figures)


def approved_sentence(plan: Plan, span: LineSpan) -> Sentence:
    """What a budget provides; where a span of years is not split, that is said."""
    split = "" if span.from_year == span.to_year else "; die Aufteilung auf die Jahre nennt die Vorlage nicht"
    own = span.line.own_share
    text = (
        f"Im Haushaltsplan {span.years} sind {span.line.income.show()} Erträge und {own.show()} Eigenanteil "
        f"geplant{split}."
    )
    stated = next(
        (s for s in plan.statements if s.figure == "budget_own_share_cents" and s.amount_cents == own.value), None
    )
    if stated:
        own = replace(own, evidence=stated.evidence, source=stated.source)
    return Sentence(text=text, screen="haushalt", figures=(span.line.income, own), chief=False)


def registration_sentence(budget: Budget, funding: Funding) -> Sentence | None:
    """What is still to register for the years that are in no budget yet, in both cases where they differ."""
    rest, more = budget.to_register, budget.to_register_if_growing
    if not rest.expense.value:
        return None
    years = [*(span.years for span in budget.spans if not span.approved), *map(str, budget.unlined)]
    undated = ["Ausgaben ohne Jahr"] if budget.undated else []
    when = show_list([*sorted(years), *undated]) or "die Folgejahre"
    text = f"Für {when} sind noch anzumelden: {rest.expense.told()} Aufwendungen und {rest.income.told()} Erträge"
    text += f", rechnerisch {rest.own_share.told()} Eigenanteil"
    figures: tuple[Figure, ...] = rest.figures
    if funding.ceiling_open and more.own_share.value != rest.own_share.value:
        text += (
            f", {funding.if_ceiling}; {more.income.told()} Erträge und {more.own_share.told()} Eigenanteil, "
            f"{IF_GROWING}"
        )
        figures = (*figures, *funding.ceilings, more.income, more.own_share)
    return Sentence(text=f"{text}.", screen="haushalt", figures=figures)


def _gap(span: LineSpan, gap: Figure) -> str:
    """Where the own share and the line of a span part: "2015/2016 8.000 € über"; empty if it holds or is unknown."""
    if not isinstance(gap.value, int) or gap.value == 0:
        return ""
    return f"{span.years} {replace(gap, value=abs(gap.value)).told()} {'über' if gap.value > 0 else 'unter'} dem Ansatz"


def gap_sentence(budget: Budget, funding: Funding) -> Sentence | None:
    """Where the plan's own share and the approved lines part, all spans in one sentence, in both cases; what is in no
    budget yet is told as registration.
    """
    spans = [span for span in budget.spans if span.approved]
    one = [(span.gap.own_share, words) for span in spans if (words := _gap(span, span.gap.own_share))]
    two = [(s.gap_if_growing.own_share, words) for s in spans if (words := _gap(s, s.gap_if_growing.own_share))]
    if not one and not two:
        return None
    same = [words for _, words in one] == [words for _, words in two] or not funding.ceiling_open
    text = show_list(words for _, words in one) or "im Rahmen der Ansätze"
    figures = tuple(figure for figure, _ in one)
    if not same:
        other = show_list(words for _, words in two) or "im Rahmen der Ansätze"
        text, figures = (
            f"{text}, {funding.if_ceiling}; {other}, {IF_GROWING}",
            (
                *figures,
                *funding.ceilings,
                *(figure for figure, _ in two),
            ),
        )
    return Sentence(text=f"Der Eigenanteil liegt {text}.", screen="haushalt", figures=figures)


def standing_sentence(span: LineSpan) -> Sentence | None:
    """What a Haushaltssperre or the vorläufige Haushaltsführung holds back; nothing if neither is entered."""
    parts = []
    if span.blocked_cents:
        parts.append(
            f"Mit der Haushaltssperre sind {span.years} nur {span.released.show()} von "
            f"{span.line.expense.show()} Aufwendungen frei; "
            f"geplant sind {span.planned.expense.show()}."
        )
    if span.provisional_until:
        parts.append(
            f"Bis zum {show_date(span.provisional_until)} gilt für {span.years} die vorläufige Haushaltsführung: "
            "nur rechtlich Verpflichtetes und Fortgesetztes darf bezahlt werden."
        )
    return Sentence(text=" ".join(parts), screen="haushalt", figures=(span.released, span.in_force)) if parts else None


def payer(share: Figure) -> str:
    """How much of the next euro the city pays: "allein", "zu 1/3", "gar nicht"."""
    if not isinstance(share.value, int | Fraction):
        return "zu einem unbekannten Teil"
    if share.value < 0:
        return f"gar nicht, ihr Anteil sinkt sogar um {-share.value} davon"
    return {0: "gar nicht", 1: "allein"}.get(int(share.value) if share.value in (0, 1) else 2, f"zu {share.value}")


def ceiling_sentence(funding: Funding) -> Sentence | None:
    """What is unsettled about the ceiling, and the price of the next euro in both cases."""
    if not funding.ceiling_open:
        return None
    one, two, kink = funding.next_euro, funding.next_euro_if_growing, funding.kink
    amounts = show_list(figure.show() for figure in funding.ceilings)
    open_ = (
        f"Ungeklärt ist, ob {amounts} {'ein Höchstbetrag' if len(funding.ceilings) == 1 else 'Höchstbeträge'} "
        "sind (unsere Annahme)"
    )
    figures = funding.ceilings
    if one.value is None or two.value is None:
        text = f"{open_}."
    elif one.value != two.value:
        text = (
            f"Ungeklärt: Jeden weiteren Euro trägt die Stadt {payer(one)}, {funding.if_ceiling} (unsere "
            f"Annahme), und {payer(two)}, {IF_GROWING}."
        )
        figures = (*figures, one, two)
    elif kink.value is None or not isinstance(funding.eligible.value, int) or funding.eligible.value >= kink.cents:
        text, figures = f"{open_}; jeden weiteren Euro trägt die Stadt in beiden Fällen {payer(one)}.", (*figures, one)
    else:
        text = (
            f"{open_}; einen Unterschied macht es ab {kink.show()} zuwendungsfähigen Ausgaben, bis dahin trägt "
            f"die Stadt jeden weiteren Euro {payer(one)}."
        )
        figures = (*figures, kink, one)
    return Sentence(text=text, screen="haushalt", figures=figures, marked=True)


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
    rule = f"Vorwärtsrechnung über Dauern und Abhängigkeiten mit sächsischen Feiertagen; {last.label} {last.waits_for}"
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
        f"; das ruht auf der Annahme, dass zwischen Vorberatung und Beschluss "
        f"{count(gap.value, 'Tag genügt', 'Tage genügen')} (bei {count(gap.value + 1, 'Tag', 'Tagen')}: "
        f"{count(late, 'Tag', 'Tage')} nach der Frist)"
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
        rule="Ende des Arbeitsschritts, aus dem die Vorlage entsteht, sonst eingetragen",
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
        f"am {show_date(after.decided_on)}, {count((after.decided_on - decided).days, 'Tag', 'Tage')} später"
        if after.decided_on
        else "an einem Tag, der noch unbekannt ist"
    )
    text = (
        f"Die Vorlage „{found.short}“ (fertig am {show_date(ready)}) {may}, sonst wird statt am "
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
    ahead = (found for found in timetable.courses if found.decides and not found.stops[-1].held)
    told = (_delayed(plan, found, today) for found in ahead)
    return next((sentence for sentence in told if sentence), None)


def goals_sentence(goals: GoalSystem) -> Sentence:
    """The missing goal texts first, else how many goals reach which rung."""
    if goals.texts_missing:
        return Sentence(text=NO_GOALS, screen="zielsystem")
    proved = [ladder for ladder in goals.ladders if ladder.rung >= 3]
    words_only = [ladder for ladder in goals.ladders if ladder.rung == 0]
    text = (
        f"Von {count(len(goals.ladders), 'Ziel', 'Zielen')} {'ist' if len(proved) == 1 else 'sind'} "
        f"{len(proved)} mit Mitteln unterlegt (mindestens Stufe "
        f"„{RUNGS[3]}“), {len(words_only)} nur benannt."
    )
    return Sentence(text=text, screen="zielsystem", marked=any(ladder.assumed for ladder in goals.ladders))


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
    return Sentence(text=text, screen="gremien", figures=(fixed,), marked=False, chief=False)


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
        registration_sentence(budget, funding),
        time_sentence(plan, timetable, today),
        goals_sentence(goals),
        ceiling_sentence(funding),
        *(standing_sentence(span) for span in budget.spans),
        *(approved_sentence(plan, span) for span in budget.spans if span.approved),
        participation_sentence(found),
    ]
    return tuple(sentence for sentence in told if sentence is not None)
