"""What the grants of a plan are computed from, and what each programme grants on it (RULES §1.5, 1.6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.finance import CostItem, Fund, FundingBasis, Programme
from insek_core.rules.figures import Figure, add, field_figure
from insek_core.rules.money.programmes import UNKNOWN_TYPE, grants_cents, terms_figures, terms_of
from insek_core.rules.rounding import largest_remainder, round_half_up

RULES = {
    "anteil": "Fördersatz × zuwendungsfähige Ausgaben, kaufmännisch auf Cent gerundet, höchstens der Höchstbetrag",
    "fehlbedarf": "zuwendungsfähige Ausgaben − fester Eigenanteil − Drittmittel, höchstens der Höchstbetrag",
    "festbetrag": "Festbetrag, höchstens die zuwendungsfähigen Ausgaben",
    "voll": "zuwendungsfähige Ausgaben, höchstens der Höchstbetrag",
}


BOUND = ", höchstens der Höchstbetrag"


def rule_of(programme: Programme, *, capped: bool) -> str:
    """How a programme grants, in words; of a ceiling only where one binds."""
    rule = RULES.get(programme.financing or "anteil", UNKNOWN_TYPE)
    return rule if terms_of(programme, capped=capped).law.cap_cents is not None else rule.removesuffix(BOUND)


Parts = Mapping[str, Mapping[str, Figure]]  # by programme, by item


def _eligible(item: CostItem, bases: Sequence[FundingBasis], cents: int | None) -> Figure:
    amount = field_figure(item, "amount_cents", item.name)
    shares = tuple(field_figure(base, "eligible_share", "zuwendungsfähiger Anteil", "share") for base in bases)
    return Figure(
        label=item.name,
        value=cents,
        rule="Betrag × zuwendungsfähiger Anteil",
        operands=(amount, *shares),
        source="Förderzuordnung",
    )


def _of_item(item: CostItem, bases: Mapping[str, Sequence[FundingBasis]]) -> dict[str, Figure]:
    """What of an item counts for each programme that names it: by largest remainder, so that no cent counts twice."""
    known: dict[str, Fraction] = {}
    for name, rows in bases.items():
        shares = [row.eligible_share for row in rows if row.eligible_share is not None]
        if len(shares) == len(rows):
            known[name] = sum(shares, Fraction(0))
    rest, amount = 1 - sum(known.values(), Fraction(0)), item.amount_cents
    cents: dict[str, int] = {}
    if amount is not None and len(known) == len(bases) and all(share >= 0 for share in (rest, *known.values())):
        cents = dict(zip(known, largest_remainder(amount, [*known.values(), rest]), strict=False))
    elif amount is not None:  # shares that are wrong (a finding of the checks) or unknown: each for itself
        cents = {name: round_half_up(share * amount) for name, share in known.items()}
    return {name: _eligible(item, rows, cents.get(name)) for name, rows in bases.items()}


def eligible_parts(plan: Plan) -> Parts:
    """What each item counts for each programme; beside other programmes only the items that it names."""
    alone = {plan.programmes[0].id: ()} if len(plan.programmes) == 1 else {}
    place = {programme.id: n for n, programme in enumerate(plan.programmes)}
    parts: dict[str, dict[str, Figure]] = {programme.id: {} for programme in plan.programmes}
    for item in plan.cost_items:
        named = {row.programme for row in plan.bases_of(item.id)} & place.keys()
        bases = alone | {name: plan.bases(item.id, name) for name in sorted(named, key=place.__getitem__)}
        for name, figure in _of_item(item, bases).items():
            parts[name][item.id] = figure
    return parts


@dataclass(frozen=True)
class Basis:
    """What the grants are computed from: eligible cost by programme and item, total cost, third-party money planned and
    unplanned; `more_cents` is eligible cost above what was filed.
    """

    plan: Plan
    parts: Parts
    total: Figure
    planned: Figure
    unplanned: Figure
    more_cents: int

    @property
    def absorbs(self) -> bool:
        """Whether the next eligible euro absorbs unplanned money: cost is not below what was filed, and money is
        left.
        """
        return self.uncovered_cents > 0 and self.more_cents >= 0

    @property
    def uncovered_cents(self) -> int:
        """D': unplanned money that additional eligible cost does not absorb (RULES §1.5)."""
        return max(0, self.unplanned_cents - max(0, self.more_cents))

    @property
    def unplanned_cents(self) -> int:
        """D: unplanned third-party money, as far as it is known."""
        return self.unplanned.cents if self.unplanned.value is not None else 0

    @property
    def third_cents(self) -> int | None:
        """Third-party money, planned or not; None if an amount is unknown."""
        both = (self.planned.value, self.unplanned.value)
        return None if None in both else self.planned.cents + self.unplanned.cents

    def eligible(self, programme: Programme) -> Figure:
        """What counts for a programme."""
        return add("Zuwendungsfähige Ausgaben", tuple(self.parts[programme.id].values()))

    def raw_grants(self, *, capped: bool) -> list[int] | None:
        """What each programme would grant by its own law; None if its eligible cost or a term is unknown."""
        eligible = [self.eligible(programme).value for programme in self.plan.programmes]
        terms = [terms_of(programme, capped=capped) for programme in self.plan.programmes]
        known = [value for value in eligible if isinstance(value, int)]
        if len(known) < len(eligible) or self.third_cents is None or not all(t.known for t in terms):
            return None
        return grants_cents(terms, known, self.planned.cents, self.uncovered_cents)

    def over_cents(self, *, capped: bool = True) -> int:
        """What grants and third-party money exceed the cost by (Überfinanzierung)."""
        grants = self.raw_grants(capped=capped)
        if grants is None or self.third_cents is None or self.total.value is None:
            return 0
        return max(0, sum(grants) + self.third_cents - self.total.cents)

    def grants(self, *, capped: bool) -> list[int] | None:
        """The grants, together lowered until nothing is financed twice; None if one is unknown."""
        raw = self.raw_grants(capped=capped)
        if raw is None:
            return None
        cut = min(sum(raw), self.over_cents(capped=capped))
        return [grant - less for grant, less in zip(raw, largest_remainder(cut, raw), strict=True)]


def grants_of(basis: Basis, *, capped: bool, label: str) -> tuple[Figure, ...]:
    """The grant of each programme with its working; unknown if an operand is."""
    programmes = basis.plan.programmes
    values: Sequence[int | None] = basis.grants(capped=capped) or [None] * len(programmes)
    unplanned = (basis.unplanned,) if basis.unplanned.value != 0 else ()
    cuts = ("; gekürzt um ungeplante Drittmittel" if unplanned else "") + (
        "; auf den Bedarf gekürzt (Überfinanzierung)" if basis.over_cents(capped=capped) else ""
    )
    return tuple(
        Figure(
            label=label if len(programmes) == 1 else f"{label} {p.name}",
            value=value,
            source=p.source,
            rule=rule_of(p, capped=capped) + cuts,
            operands=(basis.eligible(p), *terms_figures(p, capped), *unplanned),
        )
        for p, value in zip(programmes, values, strict=True)
    )


def whole_grant(label: str, grants: tuple[Figure, ...]) -> Figure:
    """The grants of all programmes together."""
    return grants[0] if len(grants) == 1 else add(label, grants, rule="Summe der Förderprogramme")


def cost_figure(label: str, items: Iterable[CostItem]) -> Figure:
    """The cost of items; unknown where there is none."""
    parts = tuple(field_figure(item, "amount_cents", item.name) for item in items)
    total = add(label, parts, rule="Summe der Kostenpositionen", source="Kostenpositionen der Planung")
    return total if parts else Figure(label=label, value=None, rule="keine Kostenposition eingetragen")


def funds_figure(label: str, funds: Iterable[Fund]) -> Figure:
    """Third-party money together."""
    return add(
        label, tuple(field_figure(fund, "amount_cents", fund.giver) for fund in funds), rule="Summe der Drittmittel"
    )


def _more_than_filed(plan: Plan, parts: Parts) -> int:
    """Eligible cost above what the programmes were filed with; 0 where one of them is unknown (RULES §1.5)."""
    more = 0
    for programme in plan.programmes:
        now = [figure.value for figure in parts[programme.id].values()]
        if programme.filed_eligible_cents is None or None in now:
            return 0
        more += sum(value for value in now if isinstance(value, int)) - programme.filed_eligible_cents
    return more


def basis_of(plan: Plan) -> Basis:
    """What the grants of a plan are computed from."""
    parts = eligible_parts(plan)
    return Basis(
        plan,
        parts,
        cost_figure("Gesamtkosten", plan.cost_items),
        funds_figure("Geplante Drittmittel", (f for f in plan.funds if f.planned is not False)),
        funds_figure("Ungeplante Drittmittel", (f for f in plan.funds if f.planned is False)),
        _more_than_filed(plan, parts),
    )
