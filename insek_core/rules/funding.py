"""What the programmes grant and what is left to the city (RULES §1.1–1.3, 1.7). Whole cents, exact rates."""

from dataclasses import dataclass
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.finance import CostItem, Programme
from insek_core.rules.figures import Figure, add, field_figure, subtract
from insek_core.rules.money import round_half_up

SHARE_RULE = "Fördersatz × zuwendungsfähige Ausgaben, kaufmännisch auf Cent gerundet, höchstens der Höchstbetrag"
OPEN_CEILING = "Ob der Förderbetrag ein Höchstbetrag ist, ist ungeklärt, bis der Bewilligungsbescheid eingetragen ist"


def share_grant_cents(eligible_cents: int, rate: Fraction, cap_cents: int | None) -> int:
    """Grant by Anteilfinanzierung: min(H, round_half_up(q·E)); without cap q·E alone (RULES §1.1).

    >>> share_grant_cents(21_000_000, Fraction(2, 3), 13_000_000)
    13000000
    """
    grant = round_half_up(rate * eligible_cents)
    return grant if cap_cents is None else min(cap_cents, grant)


def kink_cents(rate: Fraction, cap_cents: int) -> Fraction:
    """Eligible cost above which the grant no longer grows: E = H/q (RULES §1.2); 195.000 € for 130.000 € at 2/3."""
    return Fraction(cap_cents) / rate


def marginal_own_share(eligible_cents: int, rate: Fraction, cap_cents: int | None) -> Fraction:
    """What the city pays of the next eligible euro: 1 − q below the kink, 1 at and above it.

    >>> marginal_own_share(19_500_000, Fraction(2, 3), 13_000_000), marginal_own_share(19_500_000, Fraction(2, 3), None)
    (Fraction(1, 1), Fraction(1, 3))
    """
    return Fraction(1) if cap_cents is not None and rate * eligible_cents >= cap_cents else 1 - rate


def settled_ceiling(programme: Programme) -> bool:
    """Whether the notice has settled what the cap is: dated and numbered (RULES §1.2)."""
    return bool(programme.notice_on and programme.notice_number and programme.cap_is_ceiling is not None)


def cap_in_force_cents(programme: Programme) -> int | None:
    """The cap the plan reckons with: none if the amount is known to be no ceiling; an open one counts as binding."""
    return None if programme.cap_is_ceiling is False else programme.cap_cents


@dataclass(frozen=True, kw_only=True)
class YearShare:
    """Cost, grant and own share of one budget year; `year` None holds what has no year yet."""

    year: int | None
    total: Figure
    grant: Figure
    own_share: Figure


@dataclass(frozen=True, kw_only=True)
class Funding:
    """Total cost, eligible cost, grant, third-party money and own share of the plan, whole and by year.

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


def eligible_figure(plan: Plan, item: CostItem, programme: Programme) -> Figure:
    """What of an item counts for a programme: amount × eligible share, rounded half up; unknown if either is."""
    amount = field_figure(item, "amount_cents", item.name)
    bases = plan.bases(item.id, programme.id)
    shares = tuple(field_figure(base, "eligible_share", "zuwendungsfähiger Anteil", "share") for base in bases)
    share = (
        None
        if any(base.eligible_share is None for base in bases)
        else sum((b.eligible_share or Fraction(0) for b in bases), Fraction(0))
    )
    value = None if item.amount_cents is None or share is None else round_half_up(share * item.amount_cents)
    return Figure(
        label=item.name,
        value=value,
        rule="Betrag × zuwendungsfähiger Anteil",
        operands=(amount, *shares),
        source="Förderzuordnung",
    )


def _stated(plan: Plan, name: str, computed: Figure) -> Figure:
    """The computed figure, told as stated where the paper states the same amount: it then rests on the paper."""
    match = next((s for s in plan.statements if s.figure == name and s.amount_cents is not None), None)
    if match is None or match.amount_cents != computed.value:
        return computed
    stated = field_figure(match, "amount_cents", f"genannt: {match.text}")
    return Figure(label=computed.label, value=computed.value, evidence=match.evidence, rule=computed.rule,
                  source=match.source, operands=(stated, *computed.operands))  # fmt: skip


def _terms(programme: Programme) -> tuple[Figure, ...]:
    cap = field_figure(programme, "cap_cents", "Förderbetrag")
    ceiling = field_figure(programme, "cap_is_ceiling", "Förderbetrag ist Höchstbetrag", "text")
    words = {True: "ja", False: "nein", None: None}[programme.cap_is_ceiling]
    as_words = Figure(label=ceiling.label, value=words, unit="text", evidence=ceiling.evidence, source=ceiling.source,
                      table=ceiling.table, record=ceiling.record)  # fmt: skip
    return field_figure(programme, "rate_share", "Fördersatz", "share"), cap, as_words


def grant_figure(programme: Programme, eligible: Figure, cap_cents: int | None, label: str = "Förderung") -> Figure:
    """The grant of one programme on its eligible cost, with its working; unknown if cost or rate is."""
    known = eligible.value is not None and programme.rate_share is not None
    value = share_grant_cents(eligible.cents, programme.rate_share or Fraction(0), cap_cents) if known else None
    terms = _terms(programme) if cap_cents is not None else _terms(programme)[:1]
    return Figure(label=label, value=value, rule=SHARE_RULE, source=programme.source, operands=(eligible, *terms))


def _eligible_parts(plan: Plan, items: tuple[CostItem, ...], programme: Programme) -> tuple[Figure, ...]:
    """What each item counts for a programme; beside other programmes only the items that it names."""
    alone = len(plan.programmes) == 1
    return tuple(eligible_figure(plan, item, programme) for item in items if alone or plan.bases(item.id, programme.id))


def _grants(plan: Plan, items: tuple[CostItem, ...], *, capped: bool, label: str = "Förderung") -> Figure:
    """The grants of all programmes on these items."""
    grants = []
    for programme in plan.programmes:
        eligible = add("Zuwendungsfähige Ausgaben", _eligible_parts(plan, items, programme))
        cap = cap_in_force_cents(programme) if capped else None
        grants.append(
            grant_figure(programme, eligible, cap, label if len(plan.programmes) == 1 else f"{label} {programme.name}")
        )
    return grants[0] if len(grants) == 1 else add(label, tuple(grants), rule="Summe der Förderprogramme")


def _cost(label: str, items: tuple[CostItem, ...]) -> Figure:
    parts = tuple(field_figure(item, "amount_cents", item.name) for item in items)
    total = add(label, parts, rule="Summe der Kostenpositionen", source="Kostenpositionen der Planung")
    return total if items else Figure(label=label, value=None, rule="keine Kostenposition eingetragen")


def _third_party(plan: Plan, years: tuple[int | None, ...] | None = None, label: str = "Drittmittel") -> Figure:
    funds = tuple(fund for fund in plan.funds if fund.planned is not False and (years is None or fund.year in years))
    return add(
        label,
        tuple(field_figure(fund, "amount_cents", fund.giver) for fund in funds),
        rule="Summe der geplanten Drittmittel",
    )


def _year_shares(plan: Plan) -> tuple[YearShare, ...]:
    """A year's grant is the difference of the grants on the cost cumulated to it and to the year before (RULES §1.7)."""
    every = {item.year for item in plan.cost_items} | {fund.year for fund in plan.funds if fund.planned is not False}
    years = sorted(every, key=lambda year: (year is None, year or 0))
    before = Figure(label="Förderung bis Vorjahr", value=0, rule="Beginn")
    found = []
    for n, year in enumerate(years):
        items = tuple(item for item in plan.cost_items if item.year in years[: n + 1])
        name = str(year) if year is not None else "ohne Jahr"
        total = add(
            f"Gesamtkosten {name}",
            _cost("", tuple(i for i in items if i.year == year)).operands,
            rule="Summe der Kostenpositionen",
        )
        until = _grants(plan, items, capped=True, label=f"Förderung bis {name}")
        grant = subtract(
            f"Förderung {name}",
            until,
            before,
            source="Förderung auf die bis dahin aufgelaufenen Ausgaben, je Jahr die Differenz",
        )
        third = _third_party(plan, (year,), f"Drittmittel {name}")
        own = subtract(f"Eigenanteil {name}", total, third, grant)
        found.append(YearShare(year=year, total=total, grant=grant, own_share=own))
        before = until
    return tuple(found)


def _kink(plan: Plan, capped: bool) -> tuple[Figure, Figure]:
    """The kink and the price of the next eligible euro, where one programme with a rate pays; else unknown."""
    programme = plan.programmes[0] if len(plan.programmes) == 1 else None
    rate, cap = (programme.rate_share, cap_in_force_cents(programme) if capped else None) if programme else (None, None)
    eligible = (
        add("Zuwendungsfähige Ausgaben", tuple(eligible_figure(plan, i, programme) for i in plan.cost_items))
        if programme
        else None
    )
    at = round_half_up(kink_cents(rate, cap)) if rate and cap is not None else None
    price = (
        marginal_own_share(eligible.cents, rate, cap)
        if eligible and rate is not None and eligible.value is not None
        else None
    )
    terms = _terms(programme) if programme else ()
    kink = Figure(
        label="Knick",
        value=at,
        rule="Höchstbetrag ÷ Fördersatz",
        operands=terms,
        source="Anteilfinanzierung mit Höchstbetrag",
    )
    operands = (eligible, *(terms if capped else terms[:1])) if eligible else ()
    rule = "1 − Fördersatz unter dem Knick, 1 ab dem Knick" if capped else "1 − Fördersatz"
    return kink, Figure(
        label="Anteil der Stadt am nächsten Euro",
        value=price,
        unit="share",
        rule=rule,
        operands=operands,
        source="Anteilfinanzierung mit Höchstbetrag",
    )


def funding(plan: Plan) -> Funding:
    """Costs, grant and own share of the plan. The own share is the residual, so that parts always add up (RULES §1.1)."""
    total = _stated(plan, "total_cents", _cost("Gesamtkosten", plan.cost_items))
    known = total.value is not None
    grant = (
        _stated(plan, "grant_cents", _grants(plan, plan.cost_items, capped=True))
        if known
        else Figure(label="Förderung", value=None)
    )
    growing = _grants(plan, plan.cost_items, capped=False, label="Förderung, wenn sie mitwächst") if known else grant
    third = _third_party(plan)
    own = _stated(
        plan,
        "own_share_cents",
        subtract(
            "Eigenanteil", total, third, grant, source="Der Eigenanteil ist der Rest: die Teile ergeben immer das Ganze"
        ),
    )
    kink, price = _kink(plan, capped=True)
    eligible_parts = tuple(
        part for programme in plan.programmes for part in _eligible_parts(plan, plan.cost_items, programme)
    )
    return Funding(
        total=total, grant=grant, third_party=third, own_share=own, years=_year_shares(plan) if plan.cost_items else (),
        eligible=add("Zuwendungsfähige Ausgaben", eligible_parts) if known else Figure(label="Zuwendungsfähige Ausgaben", value=None),
        ceiling_open=any(p.cap_cents is not None and not settled_ceiling(p) for p in plan.programmes),
        grant_if_growing=growing, own_share_if_growing=subtract("Eigenanteil, wenn die Förderung mitwächst", total, third, growing),
        kink=kink, next_euro=price, next_euro_if_growing=_kink(plan, capped=False)[1],
    )  # fmt: skip
