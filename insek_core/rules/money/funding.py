"""What the programmes grant and what is left to the city, whole and by year (RULES §1.1–1.7), each figure with its
working.
"""

from dataclasses import dataclass, fields
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.finance import FINANCING
from insek_core.plan.german import show_list
from insek_core.rules.figures import Figure, add, field_figure, subtract
from insek_core.rules.money.basis import Basis, basis_of, grants_of, whole_grant
from insek_core.rules.money.grant import Law, law_of, marginal_own_share
from insek_core.rules.money.overfinancing import notes_of
from insek_core.rules.money.programmes import (
    SettledTerms,
    both_words,
    ceiling_open,
    notices_of,
    open_ceilings,
    terms_figures,
    terms_of,
)
from insek_core.rules.money.slip import splits
from insek_core.rules.money.years import YearShare, year_shares
from insek_core.rules.rounding import largest_remainder, round_half_up
from insek_core.rules.time.schedule import Timetable, timetable

KINKS = {
    "anteil": "Höchstbetrag ÷ Fördersatz",
    "fehlbedarf": "Höchstbetrag + fester Eigenanteil + Drittmittel",
    "festbetrag": "Festbetrag",
    "voll": "Höchstbetrag",
}
NO_KINK = "keiner"
RESIDUAL = "Der Eigenanteil ist der Rest: die Teile ergeben immer das Ganze"


@dataclass(frozen=True, kw_only=True)
class Funding:
    """Total and eligible cost, grant, third-party money and own share of the plan, whole and by year.

    `own_share_if_growing` is the own share without the ceiling: the second answer while the ceiling is open. `ceilings`
    are the amounts that may bind the grant and of which nobody has settled that they do. `subject`: what the money is
    for, as it stands behind "für". `notices`: those that have settled what binds a grant.
    """

    total: Figure
    eligible: Figure
    grant: Figure
    third_party: Figure
    own_share: Figure
    years: tuple[YearShare, ...]
    ceilings: tuple[Figure, ...]
    financing: tuple[Figure, ...]
    grant_if_growing: Figure
    own_share_if_growing: Figure
    kink: Figure
    next_euro: Figure
    next_euro_if_growing: Figure
    federal: Figure
    state: Figure
    findings: tuple[Finding, ...]
    subject: str = "die Planung"
    notices: tuple[SettledTerms, ...] = ()

    @property
    def ceiling_open(self) -> bool:
        """Whether it is unsettled what binds the grant from above: then every answer tells both cases (RULES §1.2)."""
        return bool(self.ceilings)

    @property
    def if_ceiling(self) -> str:
        """The condition of the first case: "wenn 130.000 € ein Höchstbetrag sind"; the amount is the ceiling, never a
        grant that was cut (RULES §1.13). Empty where it is settled.
        """
        one = "ein Höchstbetrag" if len(self.ceilings) == 1 else "Höchstbeträge"
        return f"wenn {show_list(figure.show() for figure in self.ceilings)} {one} sind" if self.ceilings else ""

    @property
    def differs(self) -> bool:
        """Whether the two cases of the ceiling give different own shares."""
        return self.ceiling_open and self.own_share.value != self.own_share_if_growing.value

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the whole, those of the second case only while the ceiling is open."""
        named = ((item.name, getattr(self, item.name)) for item in fields(self))
        return tuple(
            value
            for name, value in named
            if isinstance(value, Figure) and (self.ceiling_open or not name.endswith("_if_growing"))
        )

    @property
    def working(self) -> tuple[Figure, ...]:
        """What the large number rests on: cost, grant and own share, in both cases while the ceiling is open."""
        second = (self.own_share_if_growing,) if self.ceiling_open else ()
        return (self.total, self.grant, self.own_share, *second)

    def both(self, capped: Figure, growing: Figure) -> str:
        """A figure that rests on the ceiling in words, with both cases and their conditions where they differ."""
        return both_words(self.if_ceiling, capped.show(), growing.show())


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
    at: int | str | None = None
    price = None
    operands: tuple[Figure, ...] = ()
    kind = (programme.financing or "anteil") if programme else "anteil"
    if programme:
        terms, eligible = terms_of(programme, capped=capped), basis.eligible(programme)
        operands = (eligible, *terms_figures(programme, capped))
        if terms.known and basis.planned.value is not None:
            law = law_of(terms, basis.planned.cents)
            at = NO_KINK if law.kink is None else round_half_up(law.kink)
            if eligible.value is not None and basis.unplanned.value is not None:
                price = _price(basis, law, eligible.cents, capped=capped)
    bound = programme is not None and terms_of(programme, capped=capped).law.cap_cents is not None
    binds = "1 − Fördersatz unter dem Knick, 1 ab dem Knick" if bound else "1 − Fördersatz"
    rule = binds if kind == "anteil" else "1, wo die Förderung nicht mehr wächst, sonst 0"
    source = FINANCING[kind] if kind == "festbetrag" else f"{FINANCING[kind]} {'mit' if bound else 'ohne'} Höchstbetrag"
    share = Figure(
        label="Anteil der Stadt am nächsten Euro",
        value=price,
        unit="share",
        rule=rule,
        operands=operands,
        source=source,
    )
    why = "ohne Obergrenze knickt die Förderung nicht" if at == NO_KINK else KINKS[kind]
    return Figure(label="Knick", value=at, rule=why, operands=operands[1:], source=source), share


def _price(basis: Basis, law: Law, eligible_cents: int, *, capped: bool) -> Fraction:
    """Money given twice is taken back first: until then a dearer plan costs the city nothing; where third-party money
    alone exceeds the cost, nothing is left to take back.
    """
    if basis.over_cents(capped=capped):
        return Fraction(0)
    return marginal_own_share(law, eligible_cents, basis.uncovered_cents, absorbs=basis.absorbs)


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


GROWING = "Förderung, wenn sie mitwächst"


def funding(plan: Plan, dates: Timetable | None = None) -> Funding:
    """Costs, grant and own share of the plan. The own share is the residual, so that parts always add up (RULES §1.1).

    `dates` is the plan's timetable, by which cost lies in the years; without one it is worked out.
    """
    basis = basis_of(plan)
    known, open_ = basis.total.value is not None, ceiling_open(plan)
    unknown = tuple(Figure(label="Förderung", value=None) for _ in plan.programmes)
    grants = grants_of(basis, capped=True, label="Förderung") if known else unknown
    growing = grants_of(basis, capped=False, label=GROWING) if known else unknown
    bare = () if known else (Figure(label="Förderung", value=None),)
    grant, more = (
        _stated(plan, "grant_cents", whole_grant("Förderung", grants or bare)),
        whole_grant(GROWING, growing or bare),
    )
    total = _stated(plan, "total_cents", basis.total)
    third = add("Drittmittel", (basis.planned, basis.unplanned)) if basis.unplanned.value != 0 else basis.planned
    own = _stated(plan, "own_share_cents", subtract("Eigenanteil", total, third, grant, source=RESIDUAL))
    years: tuple[YearShare, ...] = ()
    if plan.cost_items:
        found = splits(plan, dates or timetable(plan))
        years = year_shares(basis, found, grants, growing if open_ else None)
    eligible = add("Zuwendungsfähige Ausgaben", tuple(f for parts in basis.parts.values() for f in parts.values()))
    kink, price = _next_euro(basis, capped=True)
    federal, state = _givers(basis, grants if known else ())
    return Funding(
        total=total,
        grant=grant,
        third_party=third,
        own_share=own,
        years=years,
        eligible=eligible if known else Figure(label="Zuwendungsfähige Ausgaben", value=None),
        ceilings=open_ceilings(plan),
        financing=tuple(terms_figures(programme, False)[-1] for programme in plan.programmes),
        grant_if_growing=more,
        own_share_if_growing=subtract("Eigenanteil, wenn die Förderung mitwächst", total, third, more),
        kink=kink,
        next_euro=price,
        next_euro_if_growing=_next_euro(basis, capped=False)[1],
        federal=federal,
        state=state,
        findings=notes_of(basis, own, years) if known else (),
        subject=plan.subject,
        notices=notices_of(plan),
    )
