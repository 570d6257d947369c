"""The grant of each programme on the plan's cost, with its working (RULES §1.1–1.6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.finance import FINANCING, CostItem, Fund, Programme
from insek_core.rules.figures import Figure, add, field_figure
from insek_core.rules.money.grant import Terms, grant_cents
from insek_core.rules.rounding import largest_remainder, round_half_up

RULES = {
    "anteil": "Fördersatz × zuwendungsfähige Ausgaben, kaufmännisch auf Cent gerundet, höchstens der Höchstbetrag",
    "fehlbedarf": "zuwendungsfähige Ausgaben − fester Eigenanteil − Drittmittel, höchstens der Höchstbetrag",
    "festbetrag": "Festbetrag, höchstens die zuwendungsfähigen Ausgaben",
    "voll": "zuwendungsfähige Ausgaben, höchstens der Höchstbetrag",
}
UNKNOWN_TYPE = "Finanzierungsart nicht eingetragen, gerechnet als Anteilfinanzierung"


def settled_ceiling(programme: Programme) -> bool:
    """Whether the notice has settled what the cap is: dated and numbered (RULES §1.2)."""
    return bool(programme.notice_on and programme.notice_number and programme.cap_is_ceiling is not None)


def has_ceiling(programme: Programme) -> bool:
    """Whether an amount may bind this programme from above; a Festbetrag is its own."""
    return programme.cap_cents is not None and programme.financing != "festbetrag"


def terms_of(programme: Programme, *, capped: bool = True) -> Terms:
    """The terms the plan reckons with; an open ceiling counts as binding, one known to be none does not (RULES
    §1.2).
    """
    binds = capped and programme.cap_is_ceiling is not False
    return Terms(
        kind=programme.financing or "anteil",
        rate=programme.rate_share,
        cap_cents=programme.cap_cents if binds else None,
        fixed_cents=programme.fixed_cents,
        own_fixed_cents=programme.own_fixed_cents,
    )


def eligible_figure(plan: Plan, item: CostItem, programme: Programme) -> Figure:
    """What of an item counts for a programme: amount × eligible share, rounded half up; unknown if either is."""
    amount = field_figure(item, "amount_cents", item.name)
    bases = plan.bases(item.id, programme.id)
    shares = tuple(field_figure(base, "eligible_share", "zuwendungsfähiger Anteil", "share") for base in bases)
    known = [base.eligible_share for base in bases if base.eligible_share is not None]
    value = None
    if item.amount_cents is not None and len(known) == len(bases):
        value = item.amount_cents if known == [1] else round_half_up(sum(known, Fraction(0)) * item.amount_cents)
    return Figure(
        label=item.name,
        value=value,
        rule="Betrag × zuwendungsfähiger Anteil",
        operands=(amount, *shares),
        source="Förderzuordnung",
    )


def eligible_cents(plan: Plan) -> int | None:
    """Eligible cost of the whole plan over all programmes; None if an amount or share is unknown."""
    parts = [f.value for p in plan.programmes for f in _eligible_of(plan, p).values()]
    return None if None in parts else sum(part for part in parts if isinstance(part, int))


def _eligible_of(plan: Plan, programme: Programme) -> dict[str, Figure]:
    """What each item counts for a programme, by item; beside other programmes only the items that it names."""
    alone = len(plan.programmes) == 1
    return {
        item.id: eligible_figure(plan, item, programme)
        for item in plan.cost_items
        if alone or plan.bases(item.id, programme.id)
    }


def terms_figures(programme: Programme, capped: bool) -> tuple[Figure, ...]:
    """The stated terms that this type of financing uses, as operands."""
    fields = {
        "anteil": ("rate_share", "Fördersatz", "share"),
        "festbetrag": ("fixed_cents", "Festbetrag", "euro"),
        "fehlbedarf": ("own_fixed_cents", "fester Eigenanteil", "euro"),
    }
    found = []
    if own := fields.get(programme.financing or "anteil"):
        found.append(field_figure(programme, own[0], own[1], "share" if own[2] == "share" else "euro"))
    if capped and has_ceiling(programme):
        ceiling = field_figure(programme, "cap_is_ceiling", "Förderbetrag ist Höchstbetrag", "text")
        words = {True: "ja", False: "nein", None: None}[programme.cap_is_ceiling]
        found += [
            field_figure(programme, "cap_cents", "Förderbetrag"),
            Figure(
                label=ceiling.label,
                value=words,
                unit="text",
                evidence=ceiling.evidence,
                source=ceiling.source,
                table=ceiling.table,
                record=ceiling.record,
            ),
        ]
    kind = field_figure(programme, "financing", "Finanzierungsart", "text")
    return (
        *found,
        Figure(
            label=kind.label,
            value=FINANCING.get(programme.financing, UNKNOWN_TYPE),
            unit="text",
            evidence=kind.evidence,
            source=kind.source,
            table=kind.table,
            record=kind.record,
        ),
    )


@dataclass(frozen=True)
class Basis:
    """What the grants are computed from: eligible cost by item and programme, third-party money planned and
    unplanned.
    """

    plan: Plan
    parts: Mapping[str, Mapping[str, Figure]]
    total: Figure
    planned: Figure
    unplanned: Figure
    more_cents: int | None  # eligible cost above the plan's before its changes; None if unknown or not needed

    @property
    def absorbs(self) -> bool:
        """Whether the next eligible euro absorbs unplanned money: cost is not below the plan's, and money is left to
        absorb.
        """
        return self.uncovered_cents > 0 and (self.more_cents or 0) >= 0

    @property
    def uncovered_cents(self) -> int:
        """D': unplanned money that additional eligible cost does not absorb (RULES §1.5)."""
        return max(0, (self.unplanned.cents if self.unplanned.value is not None else 0) - max(0, self.more_cents or 0))

    def eligible(self, programme: Programme) -> Figure:
        return add("Zuwendungsfähige Ausgaben", tuple(self.parts[programme.id].values()))


def _raw_grants(basis: Basis, *, capped: bool) -> list[int] | None:
    """What each programme would grant by its own terms; None if its eligible cost or a term is unknown."""
    eligible = [basis.eligible(programme).value for programme in basis.plan.programmes]
    terms = [terms_of(programme, capped=capped) for programme in basis.plan.programmes]
    weights = [value for value in eligible if isinstance(value, int)]
    if (
        len(weights) < len(eligible)
        or None in (basis.planned.value, basis.unplanned.value)
        or not all(t.known for t in terms)
    ):
        return None
    shares = (largest_remainder(basis.planned.cents, weights), largest_remainder(basis.uncovered_cents, weights))
    return [grant_cents(*case) for case in zip(terms, weights, *shares, strict=True)]


def over_cents(basis: Basis, *, capped: bool = True) -> int:
    """What grants and third-party money exceed the cost by (Überfinanzierung), at most the grants themselves."""
    grants = _raw_grants(basis, capped=capped)
    if grants is None or basis.total.value is None:
        return 0
    return min(sum(grants), max(0, sum(grants) + basis.planned.cents + basis.unplanned.cents - basis.total.cents))


def grants_of(basis: Basis, *, capped: bool, label: str) -> tuple[Figure, ...]:
    """The grant of each programme with its working, together lowered until nothing is financed twice; unknown if an
    operand is.
    """
    programmes, raw, over = basis.plan.programmes, _raw_grants(basis, capped=capped), over_cents(basis, capped=capped)
    eligible = [basis.eligible(programme) for programme in programmes]
    values: list[int | None] = [None] * len(programmes)
    if raw is not None:
        values = [grant - cut for grant, cut in zip(raw, largest_remainder(over, raw), strict=True)]
    unplanned = (basis.unplanned,) if basis.unplanned.value != 0 else ()
    return tuple(
        Figure(
            label=label if len(programmes) == 1 else f"{label} {p.name}",
            value=value,
            source=p.source,
            rule=RULES.get(p.financing or "anteil", UNKNOWN_TYPE)
            + ("; gekürzt um ungeplante Drittmittel" if unplanned else "")
            + ("; auf den Bedarf gekürzt (Überfinanzierung)" if over else ""),
            operands=(e, *terms_figures(p, capped), *unplanned),
        )
        for p, e, value in zip(programmes, eligible, values, strict=True)
    )


def whole(label: str, grants: tuple[Figure, ...]) -> Figure:
    return grants[0] if len(grants) == 1 else add(label, grants, rule="Summe der Förderprogramme")


def cost_figure(label: str, items: Iterable[CostItem]) -> Figure:
    parts = tuple(field_figure(item, "amount_cents", item.name) for item in items)
    total = add(label, parts, rule="Summe der Kostenpositionen", source="Kostenpositionen der Planung")
    return total if parts else Figure(label=label, value=None, rule="keine Kostenposition eingetragen")


def funds_figure(label: str, funds: Iterable[Fund]) -> Figure:
    return add(
        label, tuple(field_figure(fund, "amount_cents", fund.giver) for fund in funds), rule="Summe der Drittmittel"
    )


def basis_of(plan: Plan, before: Plan | None) -> Basis:
    parts = {programme.id: _eligible_of(plan, programme) for programme in plan.programmes}
    more = None
    if any(fund.planned is False for fund in plan.funds):
        now, then = eligible_cents(plan), eligible_cents(plan if before is None else before)
        more = None if now is None or then is None else now - then
    return Basis(
        plan,
        parts,
        cost_figure("Gesamtkosten", plan.cost_items),
        funds_figure("Geplante Drittmittel", (f for f in plan.funds if f.planned is not False)),
        funds_figure("Ungeplante Drittmittel", (f for f in plan.funds if f.planned is False)),
        more,
    )
