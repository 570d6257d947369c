"""Every figure of an assessment by a stable key: what two assessments are compared by."""

from collections.abc import Iterator
from datetime import date

from insek_core.change.sentences.telling import Facts
from insek_core.plan.errors import LEVEL_GERMAN
from insek_core.plan.german import show_date, show_list
from insek_core.plan.values import Fuzzy
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure
from insek_core.rules.goals.ladder import RUNGS, Ladder
from insek_core.rules.money.years import year_name


def _money(found: Assessment) -> Iterator[tuple[str, Figure]]:
    money = found.funding
    names = ["total", "eligible", "grant", "third_party", "own_share", "federal", "state", "kink", "next_euro"]
    if money.ceiling_open:
        names += ["grant_if_growing", "own_share_if_growing", "next_euro_if_growing"]
    for name in names:
        yield f"money.{name}", getattr(money, name)
    for n, ceiling in enumerate(money.ceilings):
        yield f"money.ceiling.{n}", ceiling
    for kind in money.financing:
        yield f"money.financing.{kind.record}", kind
    for notice in money.notices:
        yield f"money.notice.{notice.figure.record}", notice.figure
    yield "money.slipped", found.slipped_cents
    shares = ["total", "grant", "third_party", "own_share"]
    shares += ["grant_if_growing", "own_share_if_growing"] if money.ceiling_open else []
    for year in money.years:
        for name in shares:
            yield f"year.{year_name(year.year)}.{name}", getattr(year, name)


def _drawn(found: Assessment) -> Iterator[tuple[str, Figure]]:
    money = found.drawdown
    for kind in money.sums:
        yield f"money.booked.{kind.label}", kind
    for state in money.proofs:
        yield f"money.proof.{state.proof.id}.refund", state.refund
    for name in ("callable", "over_called", "repayment", "withheld", "proof_due"):
        yield f"money.{name}", getattr(money, name)


def _lines(found: Assessment) -> Iterator[tuple[str, Figure]]:
    budget, cases = found.budget, [""]
    if found.funding.ceiling_open:
        cases.append("_if_growing")
    levels = ["line", *(f"{level}{case}" for case in cases for level in ("planned", "gap"))]
    for span in budget.spans:
        for level in levels:
            for name in ("expense", "income", "own_share"):
                yield f"line.{span.years}.{level}.{name}", getattr(getattr(span, level), name)
        yield f"line.{span.years}.released", span.released
        yield f"line.{span.years}.in_force", span.in_force
    for case in cases:
        for name in ("expense", "income", "own_share"):
            yield f"line.register{case}.{name}", getattr(getattr(budget, f"to_register{case}"), name)
    yield "line.moved", budget.moved_cents


def _date(label: str, day: date | Fuzzy | None, rule: str, assumed: bool) -> Figure:
    return Figure(label=label, value=day, unit="date", rule=rule, evidence="assumed" if assumed else "derived")


def _time(found: Assessment) -> Iterator[tuple[str, Figure]]:
    assumed = any(task.assumed for task in found.timetable.tasks)
    yield (
        "time.finish",
        _date("Ende des letzten Arbeitsschritts", found.timetable.finish_on, "Vorwärtsrechnung", assumed),
    )
    for phase in found.timetable.phases:
        yield f"time.phase.{phase.id}.end", _date(f"Ende der {phase.name}", phase.end, "Eintrag der Planung", False)
        yield (
            f"time.phase.{phase.id}.begin",
            _date(f"Beginn der {phase.name}", phase.begin, "Eintrag der Planung", False),
        )
        yield (
            f"time.phase.{phase.id}.tasks",
            _date(f"Letzter Schritt der {phase.name}", phase.tasks_finish_on, "Vorwärtsrechnung", assumed),
        )
    for task in found.timetable.tasks:
        rule = f"Vorwärtsrechnung; {task.waits_for}"
        yield f"time.task.{task.id}.start", _date(f"Beginn {task.label}", task.start_on, rule, task.assumed)
        yield f"time.task.{task.id}.finish", _date(f"Ende {task.label}", task.finish_on, rule, task.assumed)
        late = Figure(
            label=f"Verzug {task.label} in Tagen",
            value=task.days_late,
            unit="count",
            rule="Ende − Frist",
            evidence="assumed" if task.assumed else "derived",
        )
        yield f"time.task.{task.id}.late", late
        rule = "Rückwärtsrechnung vom letzten Ende und von den Fristen"
        for key, words, days in (
            ("total", "Puffer", task.total_float_days),
            ("free", "freier Puffer", task.free_float_days),
        ):
            figure = Figure(
                label=f"{words} {task.label} in Arbeitstagen",
                value=days,
                unit="count",
                rule=rule,
                evidence=late.evidence,
            )
            yield f"time.float.{task.id}.{key}", figure
    for paper in found.timetable.courses:
        yield (
            f"time.paper.{paper.paper}.ready",
            _date(f"{paper.short} fertig", paper.ready_on, "Ende des Arbeitsschritts", paper.ready_assumed),
        )
        for stop in paper.stops:
            rule = (
                f"nächste Sitzung, deren Vorlagenfrist am {show_date(stop.due_on)} noch zu halten ist"
                if stop.due_on
                else "eingetragen"
            )
            label = f"{paper.short}: {stop.responsibility or 'Station'} {stop.body_name}"
            yield f"time.reading.{stop.reading}", _date(label, stop.on, rule, stop.assumed)


def _goals(found: Assessment) -> Iterator[tuple[str, Figure]]:
    cover = found.goals.coverage
    numbers = {
        "covered": ("Ziele mit positivem Beitrag", len(cover.covered)),
        "fragile": ("Ziele an einem Faden", len(cover.fragile)),
        "conflicting": ("Ziele mit Zielkonflikt", len(cover.conflicting)),
        "orphans": ("Fachteile und Maßnahmen ohne Ziel", len(cover.orphans)),
        "rated": ("bewertete Paare", cover.rated),
        "pairs": ("mögliche Paare", cover.pairs),
    }
    for key, (label, number) in numbers.items():
        yield f"goals.{key}", Figure(label=label, value=number, unit="count", rule="Zielbeiträge gezählt")
    yield (
        "goals.weighted",
        Figure(
            label="gewichtete Abdeckung",
            value=cover.weighted,
            unit="share",
            rule="Gewicht der Ziele mit positivem Beitrag",
        ),
    )
    for ladder in found.goals.ladders:
        goal, name = ladder.goal.id, ladder.goal.label
        for key, words, sums in (("positive", "positive", cover.positive), ("negative", "negative", cover.negative)):
            yield (
                f"goals.{key}.{goal}",
                Figure(
                    label=f"Summe {words}r Beiträge zu „{name}“",
                    value=sums.get(goal),
                    unit="count",
                    rule="Summe der Zielbeiträge",
                ),
            )
        yield f"goals.rung.{goal}", _rung(ladder)
    rungs = [_rung(ladder) for ladder in found.goals.ladders]
    for rung in range(1, len(RUNGS)):
        reached = tuple(figure for figure in rungs if isinstance(figure.value, int) and figure.value >= rung)
        label, rule = f"Ziele ab Stufe {rung} ({RUNGS[rung]})", "Ziele gezählt, die diese Stufe oder eine höhere haben"
        yield f"goals.reach.{rung}", Figure(label=label, value=len(reached), unit="count", rule=rule, operands=reached)


def _rung(ladder: Ladder) -> Figure:
    """The rung of a goal with what proves it and what the next one lacks."""
    proofs = dict.fromkeys(f"„{proof.label}“" for step in ladder.steps[1 : ladder.rung + 1] for proof in step.proofs)
    rule = "Leiter der Verbindlichkeit"
    rule += f", nachgewiesen durch {show_list(proofs)}" if proofs else ", nur benannt"
    step = ladder.next_step
    return Figure(
        label=f"Stufe von „{ladder.goal.label}“",
        value=ladder.rung,
        unit="count",
        rule=f"{rule}; zur Stufe {step.rung} fehlt: {step.missing}" if step else rule,
        evidence="assumed" if ladder.assumed else "derived",
    )


def _districts(found: Assessment) -> Iterator[tuple[str, Figure]]:
    for state in found.indicators:
        yield (
            f"indicator.{state.indicator.id}",
            Figure(label=f"Stand {state.indicator.name}", value=state.word, unit="text", rule=state.flips),
        )


def _people(found: Assessment) -> Iterator[tuple[str, Figure]]:
    part = found.participation
    yield (
        "people.events",
        Figure(label="feste Beteiligungstermine", value=part.fixed_events, unit="count", rule="Summe der Formate"),
    )
    yield (
        "people.undated",
        Figure(label="Termine ohne Tag", value=part.undated, unit="count", rule="Veranstaltungen gezählt"),
    )
    for view in part.formats:
        yield (
            f"people.format.{view.format.id}",
            Figure(label=f"Veranstaltungen {view.format.name}", value=view.events, unit="count", rule="gezählt"),
        )
    for step in found.agenda:
        if step.table in ("events", "meetings") and step.when is not None:
            key = f"people.{step.table}.{step.record}.{step.what}"
            yield key, _date(f"{step.what} ({step.record})", step.when, "Eintrag der Planung", step.assumed)
    for load in found.staff:
        yield f"staff.{load.office}.days", load.days
        yield f"staff.{load.office}.until", load.until


def _conditions(found: Assessment) -> Iterator[tuple[str, Figure]]:
    for finding in found.findings:
        key = f"finding.{finding.table}.{finding.record}.{finding.field}.{finding.message}"
        yield (
            key,
            Figure(
                label=finding.message.rstrip("."),
                value=LEVEL_GERMAN[finding.level],
                unit="text",
                rule="Prüfung der Planung",
            ),
        )


def facts(found: Assessment) -> Facts:
    """Every figure of an assessment by a stable key."""
    sources = (_money, _drawn, _lines, _time, _goals, _districts, _people, _conditions)
    return {key: figure for source in sources for key, figure in source(found)}
