"""Cost, grant and own share year by year (RULES §1.7): parts always add up to the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from insek_core.plan.finance import Programme
from insek_core.rules.figures import Figure, add, field_figure, subtract
from insek_core.rules.money.basis import Basis, funds_figure, rule_of, whole_grant
from insek_core.rules.money.grant import law_of
from insek_core.rules.money.programmes import terms_figures, terms_of
from insek_core.rules.money.slip import Splits, year_assumed
from insek_core.rules.rounding import largest_remainder

ByYear = dict[int | None, Figure]


@dataclass(frozen=True, kw_only=True)
class YearShare:
    """Cost, grant, third-party money and own share of one budget year; `year` None holds what has no year yet.

    The two figures "if growing" are the second case while the ceiling is open; else they equal the first.
    """

    year: int | None
    total: Figure
    grant: Figure
    third_party: Figure
    own_share: Figure
    grant_if_growing: Figure
    own_share_if_growing: Figure


def year_name(year: int | None) -> str:
    """A year as it is said; what has none yet is "ohne Jahr"."""
    return "ohne Jahr" if year is None else str(year)


def _part(figure: Figure, parts: Mapping[int | None, int], year: int | None, rule: str) -> Figure:
    if figure.value is None or len(parts) == 1:
        return figure
    return Figure(label=f"{figure.label} ({year or 'ohne Jahr'})", value=parts[year], rule=rule, operands=(figure,))


@dataclass(frozen=True)
class Years:
    """How cost and what of it counts lie in the years."""

    basis: Basis
    splits: Splits

    @cached_property
    def years(self) -> tuple[int | None, ...]:
        """The years with cost or third-party money, what has no year last."""
        found = {year for split in self.splits.values() for year in split}
        found |= {fund.year for fund in self.basis.plan.funds if fund.year is not None}
        return tuple(sorted(found, key=lambda year: (year is None, year or 0)))

    @cached_property
    def cost(self) -> Mapping[int | None, tuple[Figure, ...]]:
        """The parts of the items in each year."""
        found: dict[int | None, list[Figure]] = {year: [] for year in self.years}
        for item in self.basis.plan.cost_items:
            split, amount = self.splits[item.id], field_figure(item, "amount_cents", item.name)
            for year in split:
                found[year].append(
                    _part(amount, split, year, "Jahre wie angemeldet; was sich verschiebt, nach Arbeitstagen")
                )
        return {year: tuple(figures) for year, figures in found.items()}

    @cached_property
    def eligible(self) -> Mapping[str, Mapping[int | None, tuple[Figure, ...]]]:
        """What counts for each programme in each year: of a year never more than its cost, all programmes together."""
        found: dict[str, dict[int | None, list[Figure]]] = {
            p.id: {year: [] for year in self.years} for p in self.basis.plan.programmes
        }
        counted: dict[str, list[tuple[str, Figure]]] = {item: [] for item in self.splits}
        for name, parts in self.basis.parts.items():
            for item, figure in parts.items():
                counted[item].append((name, figure))
        for item, split in self.splits.items():
            room = dict(split)
            for name, figure in counted[item]:
                shares = dict.fromkeys(split, 0)
                if figure.value is not None:
                    weights = [max(0, cents) for cents in room.values()]
                    shares = dict(zip(split, largest_remainder(figure.cents, weights), strict=True))
                for year in split:
                    found[name][year].append(_part(figure, shares, year, "anteilig nach den Ausgaben der Jahre"))
                    room[year] -= shares[year]
        return {name: {y: tuple(figures) for y, figures in by_year.items()} for name, by_year in found.items()}

    def cents(self, programme: str, year: int | None) -> int:
        """Eligible cost of a year, as far as it is known."""
        return sum(figure.cents for figure in self.eligible[programme][year] if figure.value is not None)


def _cumulated(years: Years, programme: Programme, *, capped: bool) -> ByYear:
    """Grant by year for Anteil without third-party money: the grant on the cost cumulated to the year, less that to the
    year before.
    """
    before = Figure(label="Förderung bis Vorjahr", value=0, rule="Beginn")
    until: list[Figure] = []
    found: ByYear = {}
    terms = terms_of(programme, capped=capped)
    law = law_of(terms, 0)
    for year in years.years:
        until += years.eligible[programme.id][year]
        eligible = add("Zuwendungsfähige Ausgaben", tuple(until))
        grant = Figure(
            label=f"Förderung bis {year_name(year)}",
            value=None if eligible.value is None or not terms.known else law.grant_cents(eligible.cents),
            rule=rule_of(programme, capped=capped),
            source=programme.source,
            operands=(eligible, *terms_figures(programme, capped)),
        )
        source = "Förderung auf die bis dahin aufgelaufenen Ausgaben, je Jahr die Differenz"
        found[year] = subtract(f"Förderung {year_name(year)}", grant, before, source=source)
        before = grant
    return found


def _spread(whole_grant: Figure, weights: Mapping[int | None, int], label: str, rule: str) -> ByYear:
    """A whole by years in proportion to weights, largest remainder; unknown if it is."""
    parts: Sequence[int | None] = [None] * len(weights)
    if whole_grant.value is not None:
        parts = largest_remainder(whole_grant.cents, [max(0, weight) for weight in weights.values()])
    return {
        year: Figure(label=f"{label} {year_name(year)}", value=part, rule=rule, operands=(whole_grant,))
        for year, part in zip(weights, parts, strict=True)
    }


def _grants(years: Years, grants: tuple[Figure, ...], *, capped: bool) -> list[ByYear]:
    """Each programme's grant by year: cumulated for Anteil without third-party money, else by eligible cost."""
    basis = years.basis
    third = basis.third_cents != 0 or basis.over_cents(capped=capped) > 0
    found = []
    for programme, grant in zip(basis.plan.programmes, grants, strict=True):
        if (programme.financing or "anteil") == "anteil" and not third:
            found.append(_cumulated(years, programme, capped=capped))
        else:
            weights = {year: years.cents(programme.id, year) for year in years.years}
            rule = "Förderung nach zuwendungsfähigen Ausgaben auf die Jahre verteilt"
            found.append(_spread(grant, weights, "Förderung", rule))
    return found


def _third(years: Years, cost: ByYear, grant: ByYear) -> ByYear:
    """Third-party money by year: its own year, else spread over what the years still need, so that no year gets too
    much by rounding.
    """
    funds = years.basis.plan.funds
    dated = {
        year: funds_figure(
            f"Drittmittel {year_name(year)}", (f for f in funds if f.year is not None and f.year == year)
        )
        for year in years.years
    }
    undated = funds_figure("Drittmittel ohne Jahr", (f for f in funds if f.year is None))
    if undated.value == 0:
        return dated
    known = all(f.value is not None for by_year in (cost, grant, dated) for f in by_year.values())
    need = {y: max(0, cost[y].cents - grant[y].cents - dated[y].cents) if known else 0 for y in years.years}
    weights = need if any(need.values()) else {y: f.cents if f.value is not None else 0 for y, f in cost.items()}
    parts = _spread(undated, weights, "Drittmittel ohne Jahr", "nach dem verbleibenden Bedarf auf die Jahre verteilt")
    return {year: add(dated[year].label, (dated[year], parts[year])) for year in years.years}


def year_shares(
    basis: Basis, splits: Splits, grants: tuple[Figure, ...], growing: tuple[Figure, ...] | None
) -> tuple[YearShare, ...]:
    """The years of a plan whose programmes grant this; `growing` are the grants of the second case, None where the
    ceiling is settled.
    """
    years = Years(basis, splits)
    assumed = any(year_assumed(item) for item in basis.plan.cost_items)
    cost: ByYear = {
        y: replace(add(f"Gesamtkosten {year_name(y)}", years.cost[y], rule="Summe der Kostenpositionen"), split=assumed)
        for y in years.years
    }

    def case(found: tuple[Figure, ...], *, capped: bool) -> tuple[ByYear, ByYear, ByYear]:
        every = _grants(years, found, capped=capped)
        grant = {
            y: replace(whole_grant(f"Förderung {year_name(y)}", tuple(by_year[y] for by_year in every)), split=assumed)
            for y in years.years
        }
        third = _third(years, cost, grant)
        own = {y: subtract(f"Eigenanteil {year_name(y)}", cost[y], third[y], grant[y]) for y in years.years}
        return grant, third, own

    grant, third, own = case(grants, capped=True)
    more, _, left = (grant, third, own) if growing is None else case(growing, capped=False)
    return tuple(
        YearShare(
            year=y,
            total=cost[y],
            grant=grant[y],
            third_party=third[y],
            own_share=own[y],
            grant_if_growing=more[y],
            own_share_if_growing=left[y],
        )
        for y in years.years
    )
