"""How sector plans act on one another: directed −3..+3, sums, synergies and conflicts, Vester (RULES §3). Empty is not
0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.content import Interaction, Measure
from insek_core.rules.figures import Figure
from insek_core.rules.goals.trace import districts_of, money_of, partly_known


@dataclass(frozen=True, kw_only=True)
class Influence:
    """One sector plan in the matrix: sums of what it does to others and they to it, with signs (`out_sum`, `in_sum`)
    and without (`active`, `passive`; Vester's AS and PS); None where nothing of it is rated.
    """

    plan_id: str
    out_sum: int | None
    in_sum: int | None
    active: int | None
    passive: int | None

    @property
    def product(self) -> int | None:
        """Vester's P = AS · PS: how much it is woven into the rest."""
        return None if self.active is None or self.passive is None else self.active * self.passive

    @property
    def quotient(self) -> Fraction | None:
        """Vester's Q = AS ÷ PS: whether it drives or is driven; None where PS is 0 or unknown."""
        return Fraction(self.active, self.passive) if self.active is not None and self.passive else None


@dataclass(frozen=True, kw_only=True)
class Impact:
    """The matrix of sector plans: `rated` of `pairs` = n·(n−1) directed pairs, of the rated `effective` are not 0.
    Sums of positive and negative weights stand apart.
    """

    plan_ids: tuple[str, ...]
    weights: Mapping[tuple[str, str], int]
    influences: tuple[Influence, ...]
    rated: int
    effective: int
    pairs: int
    synergy_sum: int
    conflict_sum: int

    @property
    def density(self) -> Fraction | None:
        """Which part of the possible pairs acts on one another: weights other than 0 of n·(n−1); None while nothing is
        rated.
        """
        return Fraction(self.effective, self.pairs) if self.rated else None


def _influence(plan_id: str, rated: Mapping[tuple[str, str], int]) -> Influence:
    out = [weight for (origin, _), weight in rated.items() if origin == plan_id]
    into = [weight for (_, target), weight in rated.items() if target == plan_id]
    return Influence(
        plan_id=plan_id,
        out_sum=sum(out) if out else None,
        in_sum=sum(into) if into else None,
        active=sum(map(abs, out)) if out else None,
        passive=sum(map(abs, into)) if into else None,
    )


def impact(plan_ids: Sequence[str], weights: Mapping[tuple[str, str], int | None]) -> Impact:
    """The sums of a matrix (from, to) -> weight; what is empty, on the diagonal or of no known plan does not count."""
    known = set(plan_ids)
    rated = {
        (origin, target): weight
        for (origin, target), weight in weights.items()
        if weight is not None and origin != target and {origin, target} <= known
    }
    return Impact(
        plan_ids=tuple(plan_ids),
        weights=rated,
        influences=tuple(_influence(plan_id, rated) for plan_id in plan_ids),
        rated=len(rated),
        effective=sum(weight != 0 for weight in rated.values()),
        pairs=len(plan_ids) * (len(plan_ids) - 1),
        synergy_sum=sum(weight for weight in rated.values() if weight > 0),
        conflict_sum=sum(weight for weight in rated.values() if weight < 0),
    )


@dataclass(frozen=True, kw_only=True)
class Touched:
    """A synergy or conflict with what it touches: the money and districts of the measures of both sector plans; the
    money is `at_least` this where not every measure's is known.
    """

    interaction: Interaction
    money: Figure
    at_least: bool
    districts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CrossImpact:
    """The sector plans of a plan: the matrix, its synergies and its conflicts, strongest first, each weighed."""

    matrix: Impact
    synergies: tuple[Touched, ...]
    conflicts: tuple[Touched, ...]
    assumed: bool


def _touched(plan: Plan, row: Interaction) -> Touched:
    ends = (row.origin, row.target)
    measures = [m for end in ends for m in plan.rows_of("measures", "sector_plan", end) if isinstance(m, Measure)]
    return Touched(
        interaction=row,
        money=money_of(plan, measures),
        at_least=partly_known(plan, measures),
        districts=districts_of(measures),
    )


def _weight_then_money(item: Touched) -> tuple[int, int]:
    money = item.money.value
    return -abs(item.interaction.weight or 0), -(money if isinstance(money, int) else 0)


def cross_impact(plan: Plan) -> CrossImpact:
    """How the Fachteile, and what else the interactions name, act on one another."""
    ends = {end for row in plan.interactions for end in (row.origin, row.target)}
    plan_ids = [row.id for row in plan.sector_plans if row.kind == "Fachteil" or row.id in ends]
    rows = {(row.origin, row.target): row for row in plan.interactions if row.origin != row.target}
    touched = [_touched(plan, row) for row in rows.values() if row.weight]
    ordered = sorted(touched, key=_weight_then_money)
    return CrossImpact(
        matrix=impact(plan_ids, {pair: row.weight for pair, row in rows.items()}),
        synergies=tuple(item for item in ordered if (item.interaction.weight or 0) > 0),
        conflicts=tuple(item for item in ordered if (item.interaction.weight or 0) < 0),
        assumed=any(row.evidence_of("weight") == "assumed" for row in rows.values()),
    )
