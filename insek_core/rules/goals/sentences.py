"""What the goal system says in sentences: coverage with its denominator, what serves no goal, how sector plans act."""

from collections.abc import Sequence

from insek_core.plan import Plan
from insek_core.plan.content import Contribution
from insek_core.plan.german import count, show_list, show_number
from insek_core.rules.figures import UNKNOWN, Figure, Sentence, field_figure
from insek_core.rules.goals.balance import ProgrammeCount
from insek_core.rules.goals.coverage import Coverage
from insek_core.rules.goals.gaps import Gap
from insek_core.rules.goals.impact import CrossImpact
from insek_core.rules.goals.ladder import only_named
from insek_core.rules.goals.sheet import EntrySheet
from insek_core.rules.goals.system import GoalSystem
from insek_core.rules.goals.trace import Trace, partly_known

SCREEN = "zielsystem"


def _assumed(plan: Plan) -> bool:
    return any(c.weight is not None and c.evidence_of("weight") == "assumed" for c in plan.contributions)


def _covered(counts: Coverage) -> str:
    if not counts.rated:
        return "ob ein Ziel gedeckt ist, ist unbekannt"
    text = f"mindestens ein positiver Beitrag bei {len(counts.covered)} von {len(counts.goals)}"
    if counts.fragile:
        verb = "hängt" if len(counts.fragile) == 1 else "hängen"
        text += f", davon {verb} {count(len(counts.fragile), 'Ziel', 'Ziele')} an einem Faden"
    return text + (f"; Zielkonflikte: {len(counts.conflicting)}" if counts.conflicting else "")


def coverage_sentence(plan: Plan, found: GoalSystem) -> Sentence:
    """How many pairs are judged, said with their number, then how many goals are served; unknown where none is."""
    counts = found.coverage
    rated = show_number(counts.rated) if counts.rated else "Keines"
    verb = "sind" if counts.rated > 1 else "ist"
    figures = (
        Figure(label="bewertete Paare", value=counts.rated, unit="count", rule="Zielbeiträge mit Gewicht gezählt"),
        Figure(label="mögliche Paare", value=counts.pairs, unit="count", rule="Ziele × was ihnen dienen kann"),
        Figure(label="Abdeckung", value=counts.share, unit="share", rule="gedeckte ÷ alle Ziele"),
        Figure(label="gewichtete Abdeckung", value=counts.weighted, unit="share", rule="Gewicht der gedeckten Ziele"),
    )
    text = f"{rated} von {show_number(counts.pairs)} Paaren {verb} bewertet; {_covered(counts)}."
    return Sentence(text=text, screen=SCREEN, figures=figures, marked=_assumed(plan))


def orphans_sentence(plan: Plan, found: GoalSystem) -> Sentence | None:
    """What serves no goal, by kind, and what is named but not judged; None where everything serves one."""
    lone = found.orphans
    kinds = (
        (len(lone.sector_plans), "Fachteil", "Fachteile"),
        (len(lone.measures), "Maßnahme", "Maßnahmen"),
        (len(lone.formats), "Format", "Formate"),
    )
    parts = [count(number, one, many) for number, one, many in kinds if number]
    text = f"Ohne Ziel: {show_list(parts)}." if parts else ""
    if lone.unrated:
        text += f" Noch nicht bewertet, daher unbekannt: {show_list(row.label for row in lone.unrated)}."
    return Sentence(text=text.strip(), screen=SCREEN, marked=_assumed(plan)) if text else None


def _judged(plan: Plan, label: str, rule: str, found: tuple[Contribution, ...]) -> Figure:
    """How many judgements there are, with each of them."""
    rows = (field_figure(c, "weight", f"{plan.name(c.origin)} → {plan.name(c.goal)}", "count") for c in found)
    return Figure(label=label, value=len(found), unit="count", rule=rule, operands=tuple(rows))


def threads_sentence(plan: Plan, found: tuple[Contribution, ...]) -> Sentence:
    """How many goals hang on one measure or contribution."""
    if not found:
        return Sentence(text="Kein Ziel hängt an einer einzigen Maßnahme.", screen=SCREEN, marked=False)
    rule = "nur eine Maßnahme dient dem Ziel; wo keine dient, nur ein Beitrag"
    text = f"{count(len(found), 'Ziel hängt', 'Ziele hängen')} an einer einzigen Maßnahme oder an einem einzigen "
    text += "Beitrag: Fällt er weg, trägt nichts mehr."
    return Sentence(text=text, screen=SCREEN, figures=(_judged(plan, "Ziele an einem Faden", rule, found),))


def words_sentence(shown: tuple[Gap, ...], found: GoalSystem) -> Sentence:
    """How many goals are only words, as the headline counts them, and how many more only assumptions carry."""
    every, words = count(len(found.ladders), "Ziel", "Zielen"), len(only_named(found.ladders))
    resting = len(shown) - words
    if not shown:
        return Sentence(text=f"Keines von {every} ist nur benannt.", screen=SCREEN, marked=False)
    text = f"{show_number(words) if words else 'Keines'} von {every} {'sind' if words > 1 else 'ist'} nur benannt"
    more = ("weiteres stützt", "weitere stützen") if words else ("stützt", "stützen")
    text += f"; {count(resting, *more)} sich nur auf Annahmen." if resting else "."
    return Sentence(text=text, screen=SCREEN, marked=bool(resting))


def contradictions_sentence(plan: Plan, found: tuple[Contribution, ...]) -> Sentence:
    """How many goals something works against, and what."""
    if not found:
        return Sentence(text="Kein bewerteter Beitrag schadet einem Ziel.", screen=SCREEN, marked=False)
    goals = len({c.goal for c in found})
    text = f"{count(len(found), 'Beitrag schadet', 'Beiträge schaden')} {count(goals, 'Ziel', 'Zielen')}."
    number = _judged(plan, "Beiträge, die einem Ziel schaden", "Gewicht unter 0", found)
    return Sentence(text=text, screen=SCREEN, figures=(number,))


def gaps_sentence(shown: tuple[Gap, ...], every: tuple[Gap, ...]) -> Sentence:
    """How many gaps are shown of how many, of how many goals, and how many of them are known to be one."""
    goals = len({gap.goal.id for gap in shown})
    known = sum(gap.answer == "nein" for gap in shown)
    text = f"{count(len(shown), 'Lücke', 'Lücken')} bei {count(goals, 'Ziel', 'Zielen')}"
    text += f" (von {len(every)})" if len(shown) < len(every) else ""
    if known:
        text += f"; bei {known} davon ist geprüft, dass es fehlt"
    if known < len(shown):
        text += f"; bei {len(shown) - known} ist unbekannt, ob es den Nachweis gibt"
    text += "."
    return Sentence(text=text, screen=SCREEN, marked=any(gap.assumed for gap in shown))


def trace_sentence(plan: Plan, found: Trace) -> Sentence:
    """What stands behind a goal in one sentence; what nobody has entered is unknown."""
    least = "mindestens " if partly_known(plan, found.measures) else ""
    rated = sum(c.weight is not None for c in found.contributions)
    parts = [
        f"{rated} von {count(len(found.contributions), 'Beitrag', 'Beiträgen')} bewertet",
        count(len(found.measures), "Maßnahme dient", "Maßnahmen dienen") if found.measures else "Maßnahme unbekannt",
        f"Geld {least}{found.money.told()}",
        count(len(found.indicators), "Indikator", "Indikatoren") if found.indicators else "Indikator unbekannt",
        f"Ortsteile {', '.join(map(plan.name, found.districts)) or UNKNOWN}",
    ]
    kind = "" if found.goal.kind in ("Ziel", "Zielbereich") else f" ({found.goal.kind}, steigt nicht auf der Leiter)"
    marked = found.money.assumed or any(c.evidence_of("weight") == "assumed" for c in found.contributions)
    figures = (found.money,) if found.money.operands else ()
    return Sentence(
        text=f"„{found.goal.name}“{kind}: {'; '.join(parts)}.", screen=SCREEN, figures=figures, marked=marked
    )


def entry_sentence(plan: Plan, found: EntrySheet) -> Sentence:
    """Which goals an entry stands for, or that it is not known."""
    record = found.record
    known = getattr(record, "amount_cents", None) is not None
    money = (field_figure(record, "amount_cents", record.label),) if known else ()
    told = f"„{record.label}“ ({', '.join([record.one, *(figure.told() for figure in money)])})"
    goals = found.goals
    unrated = sum(c.weight is None for c in found.contributions)
    names = show_list(f"„{goal.name}“" for goal in goals[:4])
    more = f" und {len(goals) - 4} weitere" if len(goals) > 4 else ""
    if goals:
        said = f"{told} steht für {count(len(goals), 'Ziel', 'Ziele')}: {names}{more}."
    else:
        said = (
            f"{told}: ob es einem Ziel dient, ist unbekannt." if unrated else f"{told} ist mit keinem Ziel verbunden."
        )
    said += f" {count(unrated, 'Beitrag ist', 'Beiträge sind')} genannt und nicht bewertet." if unrated else ""
    marked = record.evidence == "assumed" or any(
        c.weight is not None and c.evidence_of("weight") == "assumed" for c in found.contributions
    )
    return Sentence(text=said, screen=SCREEN, figures=money, marked=marked)


def programme_sentence(found: Sequence[ProgrammeCount]) -> Sentence | None:
    """How many of all measures stand in the work programme, do not, or nobody has said; None without measures."""
    every = found[-1] if found else None
    total = len((*every.inside, *every.outside, *every.unknown)) if every else 0
    if every is None or not total:
        return None
    if len(every.unknown) == total:
        text = f"Ob sie im Arbeitsprogramm stehen, ist bei allen {total} Maßnahmen unbekannt."
        return Sentence(text=text, screen=SCREEN, marked=False)
    verb = "steht" if len(every.inside) == 1 else "stehen"
    text = f"Von {count(total, 'Maßnahme', 'Maßnahmen')} {verb} {len(every.inside)} im Arbeitsprogramm, "
    text += f"{len(every.outside)} nicht; bei {len(every.unknown)} ist es unbekannt."
    return Sentence(text=text, screen=SCREEN, marked=False)


def impact_sentence(found: CrossImpact) -> Sentence:
    """How many directed pairs of sector plans are judged, said with their number, and what they say."""
    matrix = found.matrix
    if not matrix.pairs:
        return Sentence(text="Noch keine zwei Fachteile eingetragen.", screen=SCREEN, marked=False)
    if not matrix.rated:
        pairs = f"Keines von {show_number(matrix.pairs)} Paaren"
        text = f"{pairs} ist bewertet; was einander stützt oder stört, ist unbekannt."
        return Sentence(text=text, screen=SCREEN, marked=False)
    figures = (
        Figure(label="bewertete Paare", value=matrix.rated, unit="count", rule="Wechselwirkungen mit Gewicht gezählt"),
        Figure(label="mögliche Paare", value=matrix.pairs, unit="count", rule="n · (n − 1), jede Richtung für sich"),
        Figure(label="Dichte", value=matrix.density, unit="share", rule="Gewichte ungleich 0 ÷ mögliche Paare"),
    )
    synergies, conflicts = found.synergies, found.conflicts
    parts = [
        count(len(rows), one, many) + (f" (Summe {total:+d})" if rows else "")
        for rows, one, many, total in (
            (synergies, "Synergie", "Synergien", matrix.synergy_sum),
            (conflicts, "Konflikt", "Konflikte", matrix.conflict_sum),
        )
    ]
    text = f"{matrix.rated} von {show_number(matrix.pairs)} Paaren {'sind' if matrix.rated > 1 else 'ist'} bewertet: "
    text += f"{show_list(parts)}."
    return Sentence(text=text.replace("-", "−"), screen=SCREEN, figures=figures, marked=found.assumed)
