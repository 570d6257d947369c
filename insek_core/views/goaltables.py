"""Tables of goals: how far each is backed, and what serves what."""

from collections.abc import Iterable, Sequence

from insek_core.plan import Plan
from insek_core.plan.content import Contribution
from insek_core.plan.german import NBSP, show_date, show_number
from insek_core.rules.figures import UNKNOWN, Figure
from insek_core.rules.goals.balance import HorizonCount, Orphans
from insek_core.rules.goals.gaps import GAP_TYPES, By, Gap, gap_counts
from insek_core.rules.goals.impact import CrossImpact, Impact, Touched
from insek_core.rules.goals.ladder import RUNGS, Rung
from insek_core.rules.goals.system import GoalSystem
from insek_core.rules.goals.trace import Trace, money_behind, money_of
from insek_core.views.links import named
from insek_core.views.table import Cell, Said, Table
from insek_core.views.words import evidence


def ladder(plan: Plan, found: GoalSystem) -> Table:
    """Every goal with the answer per rung and what is missing from whom."""
    rows: list[tuple[Cell, ...]] = []
    for item in found.ladders:
        step = item.next_step
        answers = (_answer(item.steps[n]) for n in range(len(RUNGS)))
        rows.append(
            (named(plan, item.goal.id), *answers, *((step.missing, step.from_whom) if step else ("nichts", "")))
        )
    return Table(("Ziel", *RUNGS, "Als Nächstes fehlt", "Von wem"), tuple(rows))


def _answer(step: Rung) -> str:
    if step.to_check and step.answer == "ja":
        return f"{step.answer} (zu prüfen ↻)"
    return f"{step.answer} (Annahme ◌)" if step.assumed and step.answer == "ja" else step.answer


def matrix(plan: Plan, found: GoalSystem) -> Table:
    """Goals × what serves them with the weights; an unrated pair says so and is not 0."""
    goals = [*found.coverage.goals, *(g.id for g in plan.goals if g.id not in found.coverage.goals)]
    judged = {(c.goal, c.origin): c for c in reversed(plan.contributions)}
    pairs = [(goal, origin) for goal in goals for origin in found.origins if (goal, origin) in found.weights]
    rows = (
        (
            named(plan, goal),
            named(plan, origin),
            show_weight(found.weights[goal, origin]),
            judged[goal, origin].reason,
            evidence(judged[goal, origin].evidence_of("weight")),
        )
        for goal, origin in pairs
    )
    return Table(("Ziel oder Orientierung", "Von", "Gewicht", "Begründung", "Beleg"), tuple(rows))


def show_weight(weight: int | None) -> str:
    """A weight with its sign; an empty one says that nobody has judged."""
    return "nicht bewertet" if weight is None else f"{weight:+d}".replace("-", "−")


def gaps(plan: Plan, found: Iterable[Gap]) -> Table:
    """What is missing, office by office; "unbekannt" apart from what is known to be missing."""
    rows = sorted(found, key=lambda gap: gap.from_whom)
    return Table(
        ("Von wem", "Ziel", "Lücke", "Stand", "Was fehlt"),
        tuple(
            (
                gap.from_whom,
                named(plan, gap.goal.id),
                gap.type,
                f"✕{NBSP}fehlt" if gap.answer == "nein" else f"?{NBSP}unbekannt",
                gap.missing,
            )
            for gap in rows
        ),
    )


COUNTED: tuple[tuple[By, str], ...] = (
    ("office", "Von wem"),
    ("area", "Zielbereich"),
    ("sector_plan", "Fachteil"),
    ("theme", "Querschnitts- oder Förderthema"),
    ("district", "Ortsteil"),
)


def gap_numbers(plan: Plan, found: Sequence[Gap]) -> Table:
    """How many gaps of each type each office, Zielbereich, Fachteil, theme and district has; a gap of two counts in
    both.
    """
    rows: Iterable[tuple[Cell, ...]] = (
        (words, named(plan, key) if key else UNKNOWN, *(numbers[name] for name in GAP_TYPES))
        for by, words in COUNTED
        for key, numbers in gap_counts(found, by).items()
    )
    return Table(("Nach", "Wer oder wo", *GAP_TYPES), tuple(rows))


def judged(c: Contribution) -> tuple[Cell, ...]:
    """What is said of a contribution: weight, reason, by whom, when, how sure; what is not judged says so."""
    return (
        show_weight(c.weight),
        c.reason,
        c.judged_by or UNKNOWN,
        show_date(c.judged_on) if c.judged_on else UNKNOWN,
        evidence(c.evidence_of("weight")) if c.weight is not None else "",
    )


JUDGED = ("Gewicht", "Begründung", "Bewertet von", "Bewertet am", "Beleg")


def judgements(plan: Plan, found: Trace) -> Table:
    """Every contribution to a goal with who judged it, when and why."""
    rows = ((named(plan, c.origin), *judged(c)) for c in found.contributions)
    return Table(("Beitrag von", *JUDGED), tuple(rows))


def measures_behind(plan: Plan, found: Trace) -> Table:
    """The measures that serve a goal with owner, end, money and districts."""
    rows = (
        (
            named(plan, m.id),
            plan.name(m.owner) or UNKNOWN,
            m.end.words if m.end else UNKNOWN,
            money_of(plan, [m]),
            named(plan, *money_behind(plan, m), nothing=UNKNOWN),
            named(plan, *m.districts, nothing=UNKNOWN),
            evidence(m.evidence),
        )
        for m in found.measures
    )
    return Table(("Maßnahme", "Verantwortlich", "Ende", "Geld", "Nachweis", "Ortsteile", "Beleg"), tuple(rows))


def indicators_behind(plan: Plan, found: Trace) -> Table:
    """The indicators of a goal with what they aim at."""
    rows = (
        (named(plan, i.id), _number(i.baseline), _number(i.target), str(i.target_year or UNKNOWN), i.source or UNKNOWN)
        for i in found.indicators
    )
    return Table(("Indikator", "Ausgangswert", "Zielwert", "Zieljahr", "Quelle"), tuple(rows))


def _number(value: float | None) -> str:
    return UNKNOWN if value is None else show_number(value, 2)


def touched(plan: Plan, found: CrossImpact) -> Table:
    """Conflicts, then synergies, with the reason and what the measures of both sector plans weigh."""
    rows = (
        (
            "Konflikt" if (item.interaction.weight or 0) < 0 else "Synergie",
            named(plan, item.interaction.origin),
            named(plan, item.interaction.target),
            show_weight(item.interaction.weight),
            item.interaction.reason or UNKNOWN,
            _money(item),
            named(plan, *item.districts, nothing=UNKNOWN),
            evidence(item.interaction.evidence_of("weight")),
        )
        for item in (*found.conflicts, *found.synergies)
    )
    heads = ("Art", "Von", "Auf", "Gewicht", "Begründung", "Geld der Maßnahmen", "Ortsteile", "Beleg")
    return Table(heads, tuple(rows))


def _money(item: Touched) -> Figure | Said:
    return Said(f"mindestens {item.money.show()}", item.money.value, "euro") if item.at_least else item.money


def influences(plan: Plan, found: Impact) -> Table:
    """Sums per sector plan, with sign and (Vester) without; "?" where nothing is rated, "–" where PS is 0."""
    rows = (
        (
            named(plan, one.plan_id),
            _sum(one.out_sum),
            _sum(one.in_sum),
            _sum(one.active, ""),
            _sum(one.passive, ""),
            _sum(one.product, ""),
            show_number(one.quotient, 2) if one.quotient is not None else "–" if one.passive == 0 else "?",
        )
        for one in found.influences
    )
    return Table(("Fachteil", "gibt ab", "nimmt auf", "AS", "PS", "P = AS · PS", "Q = AS ÷ PS"), tuple(rows))


def _sum(value: int | None, sign: str = "+") -> str:
    return "?" if value is None else f"{value:{sign}d}".replace("-", "−") if value else "0"


def horizon_table(found: Iterable[HorizonCount]) -> Table:
    """Goals per horizon, how many of them are covered, and how many goals a measure of that horizon serves."""
    rows = ((one.horizon or UNKNOWN, len(one.goals), len(one.covered), len(one.served)) for one in found)
    heads = ("Horizont", "Ziele", "davon mit positivem Beitrag", "Ziele, denen eine Maßnahme dieses Horizonts dient")
    return Table(heads, tuple(rows))


def orphan_table(plan: Plan, found: Orphans) -> Table:
    """What serves no goal, by kind, and what is named but not judged."""
    groups = (("Fachteil", found.sector_plans), ("Maßnahme", found.measures), ("Format", found.formats))
    lone = [(named(plan, row.id), kind, "dient keinem Ziel") for kind, rows in groups for row in rows]
    unrated = [(named(plan, row.id), row.one, "? nicht bewertet") for row in found.unrated]
    return Table(("Name", "Art", "Stand"), (*lone, *unrated))
