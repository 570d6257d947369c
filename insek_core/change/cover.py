"""The smallest set of measures that covers all goals within the money, exact and with its proof (RULES §3).

A goal is covered by a measure whose contribution is rated above 0. What a measure costs is the amount of its cost item,
else that of its funding proofs; where none is entered it is unknown, which is not 0: within a limit such a measure
cannot be used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb

from insek_core.change.choices import serving_origins
from insek_core.change.choosing import Choosing, goals_apart
from insek_core.change.solver import NotComputable
from insek_core.plan import Plan
from insek_core.plan.content import Contribution, Goal, Measure
from insek_core.plan.errors import Finding, Severity
from insek_core.plan.german import count, named, show_euro
from insek_core.rules.figures import Figure, field_figure
from insek_core.rules.goals.ladder import climbers
from insek_core.rules.goals.trace import money_of, payer_of


@dataclass(frozen=True, kw_only=True)
class CoverProof:
    """Why fewer do not do: the most goals that one measure less covers, the number of smaller sets, and goals of which
    no measure serves two (a lower bound to check by hand).
    """

    fewer_cover: int
    smaller_sets: int
    apart: tuple[Goal, ...]


@dataclass(frozen=True, kw_only=True)
class SmallestCover:
    """The measures to choose and the goals they cover; `missed` goals have measures, but not for this money
    (`unpriced` are those of them whose measures all lack an amount); `unserved` goals no measure serves, `unrated` are
    those of them that one may serve (its contribution is not rated).

    `without_amount` are the chosen measures whose money is unknown; `unusable` measures serve goals and cannot be used
    within a limit, for the same reason. `full_cents` is the least that all goals cost that measures with an amount
    serve, told where the limit is below it.
    """

    limit_cents: int | None = None
    chosen: tuple[Measure, ...] = ()
    covered: tuple[Goal, ...] = ()
    missed: tuple[Goal, ...] = ()
    unpriced: tuple[Goal, ...] = ()
    unserved: tuple[Goal, ...] = ()
    unrated: tuple[Goal, ...] = ()
    without_amount: tuple[Measure, ...] = ()
    unusable: tuple[Measure, ...] = ()
    cost: Figure | None = None
    number: Figure | None = None
    full_cents: int | None = None
    proof: CoverProof | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class CoverCase:
    """What there is to choose from: the goals each measure serves, and under what the money of each is counted once,
    if it is known.
    """

    plan: Plan
    serves: Mapping[str, frozenset[str]]
    items: Mapping[str, str | None]
    cents: Mapping[str, int]

    def within(self, limit_cents: int | None) -> "CoverCase":
        """Without the measures that a limit excludes, for nobody knows what they cost."""
        if limit_cents is None:
            return self
        return replace(self, serves={m: goals for m, goals in self.serves.items() if self.items[m] is not None})

    def choosing(self, limit_cents: int | None) -> Choosing:
        """The case as constraints."""
        return Choosing(self.serves, self.items, self.cents, limit_cents)

    def served(self, measures: Sequence[str]) -> frozenset[str]:
        """The goals that these measures serve together."""
        return frozenset(goal for m in measures for goal in self.serves[m])


def cover_case(plan: Plan) -> CoverCase:
    """What a plan has to choose from."""
    origins = serving_origins(plan)
    every = {m.id: frozenset(goal for goal, found in origins.items() if m.id in found) for m in plan.measures}
    serves = {m: goals for m, goals in every.items() if goals}
    items = {m.id: payer_of(plan, m) or None for m in plan.measures}
    paid = {payer: m for m in plan.measures if m.id in serves and (payer := items[m.id])}
    return CoverCase(plan, serves, items, {payer: money_of(plan, [m]).cents for payer, m in paid.items()})


def _finding(message: str, remedy: str, level: Severity = "error") -> Finding:
    return Finding(level=level, table="measures", message=message, remedy=remedy)


def contribution_figures(plan: Plan, chosen: Sequence[Measure]) -> tuple[Figure, ...]:
    """What the chosen measures contribute, each with its evidence and source."""
    goals = {goal.id for goal in climbers(plan)}
    rows = [row for m in chosen for row in plan.rows_of("contributions", "origin", m.id)]
    kept = [c for c in rows if isinstance(c, Contribution) and c.weight is not None and c.weight > 0]
    return tuple(
        field_figure(c, "weight", f"Beitrag von „{plan.name(c.origin)}“ zu „{plan.name(c.goal)}“", "count")
        for c in kept
        if c.goal in goals
    )


def _cost_figure(case: CoverCase, chosen: Sequence[Measure]) -> Figure:
    """The money of the chosen measures, a common cost item once; unknown as soon as one of them is."""
    found = money_of(case.plan, [m for m in chosen if case.items[m.id]])
    unknown = any(case.items[m.id] is None for m in chosen)
    return replace(
        found,
        label="Kosten der gewählten Maßnahmen",
        value=None if unknown else sum(figure.cents for figure in found.operands),
        rule="Summe ihrer Kostenpositionen, jede einmal; wo keine einen Betrag nennt, ihrer Finanzierungsnachweise",
    )


def _proof(case: CoverCase, limit_cents: int | None, number: int, goals: Sequence[Goal]) -> CoverProof:
    witness = goals_apart(case.serves, [goal.id for goal in goals])
    return CoverProof(
        fewer_cover=case.choosing(limit_cents).most_covered(number - 1),
        smaller_sets=sum(comb(len(case.serves), size) for size in range(number)),
        apart=tuple(goal for goal in goals if goal.id in witness),
    )


def _solved(case: CoverCase, limit_cents: int | None, empty: SmallestCover) -> SmallestCover:
    """What the solver finds where measures serve goals."""
    usable, goals = case.within(limit_cents), climbers(case.plan)
    ids = usable.choosing(limit_cents).best()
    chosen = tuple(m for m in case.plan.measures if m.id in ids)
    covered = tuple(goal for goal in goals if goal.id in usable.served(ids))
    missed = tuple(goal for goal in goals if goal.id in case.served(list(case.serves)) and goal not in covered)
    with_amount = case.within(0)
    priced = case.served(list(with_amount.serves))
    short = any(goal.id in priced for goal in missed)
    number = Figure(
        label="kleinste Zahl von Maßnahmen",
        value=len(chosen),
        unit="count",
        rule="kleinste Menge, die so viele Ziele deckt; gedeckt: Beitrag über 0",
        operands=contribution_figures(case.plan, chosen),
    )
    return replace(
        empty,
        chosen=chosen,
        without_amount=tuple(m for m in chosen if case.items[m.id] is None),
        covered=covered,
        missed=missed,
        unpriced=tuple(goal for goal in missed if goal.id not in priced),
        cost=_cost_figure(case, chosen),
        number=number,
        full_cents=with_amount.choosing(None).cheapest() if short else None,
        proof=_proof(usable, limit_cents, len(chosen), covered) if chosen else None,
    )


def _short_of_money(case: CoverCase, found: SmallestCover) -> tuple[Finding, ...]:
    """The findings where the limit leaves goals uncovered: too little money, or amounts nobody has entered."""
    if found.limit_cents is None or not found.missed:
        return ()
    limit, findings = show_euro(found.limit_cents), list[Finding]()
    if found.full_cents is not None:
        number = len(case.served(list(case.within(0).serves)))
        message = f"Mit {limit} sind nicht alle Ziele zu decken"
        message += f": {count(number, 'Ziel kostet', 'Ziele kosten')} mindestens {show_euro(found.full_cents)}."
        findings.append(_finding(message, "Grenze anheben oder Maßnahmen günstiger planen."))
    if found.unpriced:
        names = named([goal.label for goal in found.unpriced])
        message = f"Ob {limit} auch für {names} reichen, ist unbekannt: Ihre Maßnahmen nennen keinen Betrag."
        findings.append(_finding(message, "Beträge der Maßnahmen als Kostenposition eintragen."))
    return tuple(findings)


def smallest_cover(plan: Plan, limit_cents: int | None = None) -> SmallestCover:
    """The smallest set of measures that covers all goals that measures serve, within a limit in cents where there is
    one; where it cannot, the most goals, of these sets the smallest, of those the one with fewest unknown amounts, then
    the cheapest, then the first by id.
    """
    goals, case = climbers(plan), cover_case(plan)
    served = case.served(list(case.serves))
    unrated = {c.goal for c in plan.contributions if c.weight is None and c.origin in case.items}
    unserved = tuple(goal for goal in goals if goal.id not in served)
    unusable = [m for m in plan.measures if m.id in case.serves and case.items[m.id] is None]
    empty = SmallestCover(
        limit_cents=limit_cents,
        unserved=unserved,
        unrated=tuple(goal for goal in unserved if goal.id in unrated),
        unusable=tuple(unusable) if limit_cents is not None else (),
    )
    for missing, message, remedy in (
        ((limit_cents or 0) < 0, "Weniger als 0 € lassen sich nicht ausgeben.", "Eine Grenze ab 0 € angeben."),
        (not goals, "Der Plan nennt kein Ziel, das zu decken wäre.", "Ziele eintragen."),
        (not plan.measures, "Der Plan nennt keine Maßnahme.", "Maßnahmen eintragen."),
        (not served, "Keine Maßnahme dient nachweislich einem Ziel.", "Zielbeiträge der Maßnahmen bewerten."),
    ):
        if missing:
            return replace(empty, findings=(_finding(message, remedy),))
    try:
        found = _solved(case, limit_cents, empty)
    except NotComputable:
        message = "Die kleinste Menge von Maßnahmen lässt sich nicht berechnen: Es sind zu viele, oder Beträge zu groß."
        return replace(empty, findings=(_finding(message, "Bitte die Beträge prüfen."),))
    return replace(found, findings=_short_of_money(case, found))
