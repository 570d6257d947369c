"""What the programmes grant and what is left to the city, whole and by year (RULES §1.1–1.7), each figure with its
working.
"""

from dataclasses import dataclass
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.finance import FINANCING
from insek_core.plan.german import show_euro
from insek_core.rules.figures import Figure, add, field_figure, subtract
from insek_core.rules.money.grant import kink_cents, marginal_own_share
from insek_core.rules.money.programmes import (
    Basis,
    basis_of,
    grants_of,
    has_ceiling,
    over_cents,
    settled_ceiling,
    terms_figures,
    terms_of,
    whole,
)
from insek_core.rules.money.years import Moved, YearShare, year_name, year_shares, years_of
from insek_core.rules.rounding import largest_remainder, round_half_up

KINKS = {
    "anteil": "Höchstbetrag ÷ Fördersatz",
    "fehlbedarf": "Höchstbetrag + fester Eigenanteil + Drittmittel",
    "festbetrag": "Festbetrag",
    "voll": "Höchstbetrag",
}
RESIDUAL = "Der Eigenanteil ist der Rest: die Teile ergeben immer das Ganze"


@dataclass(frozen=True, kw_only=True)
class Funding:
    """Total and eligible cost, grant, third-party money and own share of the plan, whole and by year.

    `own_share_if_growing` is the own share without the ceiling: the second answer while the ceiling is open.
    """

    total: Figure
    eligible: Figure
    grant: Figure
    third_party: Figure
    own_share: Figure
    years: tuple[YearShare, ...]
    ceiling_open: bool
    grant_if_growing: Figure
    own_share_if_growing: Figure
    kink: Figure
    next_euro: Figure
    next_euro_if_growing: Figure
    federal: Figure
    state: Figure
    findings: tuple[Finding, ...]


def _stated(plan: Plan, name: str, computed: Figure) -> Figure:
    """The computed figure, told as stated where the paper states the same amount: it then rests on the paper."""
    match = next((s for s in plan.statements if s.figure == name and s.amount_cents is not None), None)
    if match is None or match.amount_cents != computed.value:
        return computed
    stated = field_figure(match, "amount_cents", f"genannt: {match.text}")
    return Figure(
        label=computed.label,
        value=computed.value,
        evidence=match.evidence,
        rule=computed.rule,
        source=match.source,
        operands=(stated, *computed.operands),
    )


def _next_euro(basis: Basis, *, capped: bool) -> tuple[Figure, Figure]:
    """The kink and the price of the next eligible euro, where one programme pays; else unknown."""
    programme = basis.plan.programmes[0] if len(basis.plan.programmes) == 1 else None
    at = price = None
    operands: tuple[Figure, ...] = ()
    rule = "1 − Fördersatz unter dem Knick, 1 ab dem Knick" if capped else "1 − Fördersatz"
    if programme:
        terms, eligible = terms_of(programme, capped=capped), basis.eligible(programme)
        planned = basis.planned.cents if basis.planned.value is not None else 0
        kink = kink_cents(terms, planned) if terms.known else None
        at = None if kink is None else round_half_up(kink)
        operands = (eligible, *terms_figures(programme, capped))
        if terms.known and eligible.value is not None and basis.unplanned.value is not None:
            # money given twice is taken back first: until then a dearer plan costs the city nothing
            price = (
                Fraction(0)
                if over_cents(basis, capped=capped)
                else marginal_own_share(terms, eligible.cents, planned, basis.uncovered_cents, absorbs=basis.absorbs)
            )
        rule = rule if terms.kind == "anteil" else "1, wo die Förderung nicht mehr wächst, sonst 0"
    kind = programme.financing if programme else ""
    source = f"{FINANCING.get(kind, FINANCING['anteil'])} mit Höchstbetrag"
    return (
        Figure(label="Knick", value=at, rule=KINKS.get(kind, KINKS["anteil"]), operands=operands[1:], source=source),
        Figure(
            label="Anteil der Stadt am nächsten Euro",
            value=price,
            unit="share",
            rule=rule,
            operands=operands,
            source=source,
        ),
    )


def _givers(basis: Basis, grants: tuple[Figure, ...]) -> tuple[Figure, Figure]:
    """What of the grants the federation and the state give, by largest remainder over their shares (RULES §1.6);
    unknown if a share is.
    """
    parts, named = [0, 0], bool(grants)
    for programme, grant in zip(basis.plan.programmes if grants else (), grants, strict=True):
        weights = (programme.federal_share, programme.state_share)
        if grant.value is None or weights[0] is None or weights[1] is None:
            named = False
            break
        for n, part in enumerate(largest_remainder(grant.cents, [weights[0], weights[1]])):
            parts[n] += part
    rule, source = (
        "Förderung nach den Anteilen von Bund und Land, größter Rest",
        "Verwaltungsvereinbarung Städtebauförderung",
    )
    federal, state = (
        Figure(label=label, value=part if named else None, rule=rule, source=source, operands=grants)
        for label, part in zip(("Bundesmittel", "Landesmittel"), parts, strict=True)
    )
    return federal, state


def _notes(basis: Basis, own: Figure, years: tuple[YearShare, ...]) -> tuple[Finding, ...]:
    """What financing says of itself: financed twice, a negative year, less than the required own share."""
    found: list[tuple[str, str]] = []
    if over_cents(basis):
        found.append(
            (
                "Überfinanzierung: Drittmittel und Förderung erreichen die Gesamtkosten; die Förderung ist "
                "auf den Bedarf gekürzt.",
                "Drittmittel und Förderung prüfen.",
            )
        )
    found += [
        (
            f"Der Eigenanteil {year_name(y.year)} ist negativ ({y.own_share.show()}): In diesem Jahr kommt "
            "mehr Geld, als ausgegeben wird.",
            "Jahre der Ausgaben und Drittmittel prüfen.",
        )
        for y in years
        if isinstance(y.own_share.value, int) and y.own_share.value < 0
    ]
    for programme in basis.plan.programmes:
        eligible = basis.eligible(programme).value
        need = (
            round_half_up((programme.minimum_own_share or 0) * Fraction(eligible)) if isinstance(eligible, int) else 0
        )
        if isinstance(own.value, int) and own.value < need:
            message = (
                f"Der Eigenanteil von {own.show()} liegt unter dem Mindesteigenanteil von {show_euro(need)} "
                f"({programme.name})."
            )
            found.append((message, "Finanzierung prüfen."))
    return tuple(
        Finding(level="warning", table="programmes", message=message, remedy=remedy) for message, remedy in found
    )


def funding(plan: Plan, before: Plan | None = None, moved: Moved | None = None) -> Funding:
    """Costs, grant and own share of the plan. The own share is the residual, so that parts always add up (RULES §1.1).

    `before` is the plan without its changes: eligible cost above it absorbs unplanned money. `moved` tells how the cost
    of
    items lies in the years where a delay took it out of the item's own year.
    """
    basis, label = basis_of(plan, before), "Förderung"
    known = basis.total.value is not None
    unknown = tuple(Figure(label=label, value=None) for _ in plan.programmes) or (Figure(label=label, value=None),)
    grants = grants_of(basis, capped=True, label=label) if known else unknown
    growing = (
        whole("Förderung, wenn sie mitwächst", grants_of(basis, capped=False, label="Förderung, wenn sie mitwächst"))
        if known
        else unknown[0]
    )
    total, grant = _stated(plan, "total_cents", basis.total), _stated(plan, "grant_cents", whole(label, grants))
    third = add("Drittmittel", (basis.planned, basis.unplanned)) if basis.unplanned.value != 0 else basis.planned
    own = _stated(plan, "own_share_cents", subtract("Eigenanteil", total, third, grant, source=RESIDUAL))
    years = (
        year_shares(basis, grants if known else unknown[: len(plan.programmes)], years_of(plan, moved or {}))
        if plan.cost_items
        else ()
    )
    eligible = add("Zuwendungsfähige Ausgaben", tuple(f for parts in basis.parts.values() for f in parts.values()))
    kink, price = _next_euro(basis, capped=True)
    federal, state = _givers(basis, grants if known and plan.programmes else ())
    return Funding(
        total=total,
        grant=grant,
        third_party=third,
        own_share=own,
        years=years,
        eligible=eligible if known else Figure(label="Zuwendungsfähige Ausgaben", value=None),
        ceiling_open=any(has_ceiling(p) and not settled_ceiling(p) for p in plan.programmes),
        grant_if_growing=growing,
        own_share_if_growing=subtract("Eigenanteil, wenn die Förderung mitwächst", total, third, growing),
        kink=kink,
        next_euro=price,
        next_euro_if_growing=_next_euro(basis, capped=False)[1],
        federal=federal,
        state=state,
        findings=_notes(basis, own, years) if known else (),
    )
