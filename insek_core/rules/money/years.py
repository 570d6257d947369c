"""Cost, grant and own share year by year (RULES §1.7): parts always add up to the whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.finance import Programme
from insek_core.rules.figures import Figure, add, field_figure, subtract
from insek_core.rules.money.grant import grant_cents
from insek_core.rules.money.programmes import RULES, Basis, funds_figure, over_cents, terms_figures, terms_of, whole
from insek_core.rules.rounding import largest_remainder

Split = Mapping[int | None, int]  # cents by year
Moved = Mapping[str, Split]  # how the cost of an item lies in the years, by item, where it differs from the item's year


@dataclass(frozen=True, kw_only=True)
class YearShare:
    """Cost, grant, third-party money and own share of one budget year; `year` None holds what has no year yet."""

    year: int | None
    total: Figure
    grant: Figure
    third_party: Figure
    own_share: Figure


def _year_key(year: int | None) -> tuple[bool, int]:
    return year is None, year or 0


@dataclass(frozen=True)
class Years:
    """How cost lies in the years: the parts of each item, as figures, by year."""

    years: tuple[int | None, ...]
    splits: Mapping[str, Split]
    cost: Mapping[int | None, tuple[Figure, ...]]

    def of_year(self, figures: Mapping[str, Figure], year: int | None) -> tuple[Figure, ...]:
        """The part of each item's figure that falls into a year, by largest remainder over the item's years."""
        found = []
        for item, figure in figures.items():
            split = self.splits[item]
            if year in split:
                found.append(figure if len(split) == 1 else _part(figure, split, year))
        return tuple(found)


def _part(figure: Figure, split: Split, year: int | None) -> Figure:
    if figure.value is None:
        return figure
    share = dict(zip(split, largest_remainder(figure.cents, [abs(cents) for cents in split.values()]), strict=True))
    return Figure(
        label=f"{figure.label} ({year or 'ohne Jahr'})",
        value=share[year],
        rule="anteilig nach Arbeitstagen",
        operands=(figure,),
    )


def years_of(plan: Plan, moved: Moved) -> Years:
    splits: dict[str, Split] = {}
    cost: dict[int | None, list[Figure]] = {fund.year: [] for fund in plan.funds if fund.year is not None}
    for item in plan.cost_items:
        whole = field_figure(item, "amount_cents", item.name)
        splits[item.id] = moved.get(item.id) or {item.year: item.amount_cents or 0}
        for year in splits[item.id]:
            cost.setdefault(year, []).append(
                whole if len(splits[item.id]) == 1 else _part(whole, splits[item.id], year)
            )
    years = tuple(sorted(cost, key=_year_key))
    return Years(years, splits, {year: tuple(figures) for year, figures in cost.items()})


def year_name(year: int | None) -> str:
    return "ohne Jahr" if year is None else str(year)


def _cumulated(programme: Programme, figures: Mapping[str, Figure], years: Years) -> dict[int | None, Figure]:
    """Grant by year for Anteil without third-party money: the grant on the cost cumulated to the year, less that to the
    year before.
    """
    before = Figure(label="Förderung bis Vorjahr", value=0, rule="Beginn")
    until: list[Figure] = []
    found: dict[int | None, Figure] = {}
    terms = terms_of(programme)
    for year in years.years:
        until += years.of_year(figures, year)
        eligible = add("Zuwendungsfähige Ausgaben", tuple(until))
        value = None if eligible.value is None or not terms.known else grant_cents(terms, eligible.cents)
        grant = Figure(
            label=f"Förderung bis {year_name(year)}",
            value=value,
            rule=RULES["anteil"],
            source=programme.source,
            operands=(eligible, *terms_figures(programme, True)),
        )
        found[year] = subtract(
            f"Förderung {year_name(year)}",
            grant,
            before,
            source="Förderung auf die bis dahin aufgelaufenen Ausgaben, je Jahr die Differenz",
        )
        before = grant
    return found


def _spread(whole: Figure, weights: Mapping[int | None, int], label: str, rule: str) -> dict[int | None, Figure]:
    """A whole by years in proportion to weights, largest remainder."""
    if whole.value is None:
        return {
            year: Figure(label=f"{label} {year_name(year)}", value=None, rule=rule, operands=(whole,))
            for year in weights
        }
    parts = largest_remainder(whole.cents, [max(0, weight) for weight in weights.values()])
    return {
        year: Figure(label=f"{label} {year_name(year)}", value=part, rule=rule, operands=(whole,))
        for year, part in zip(weights, parts, strict=True)
    }


def _grants_by_year(basis: Basis, grants: tuple[Figure, ...], years: Years) -> list[dict[int | None, Figure]]:
    """Each programme's grant by year: cumulated for Anteil without third-party money, else by eligible cost (RULES
    §1.7).
    """
    third = basis.planned.value != 0 or basis.unplanned.value != 0 or over_cents(basis) > 0
    found = []
    for programme, grant in zip(basis.plan.programmes, grants, strict=True):
        if (programme.financing or "anteil") == "anteil" and not third:
            found.append(_cumulated(programme, basis.parts[programme.id], years))
        else:
            weights = {
                y: sum(f.cents for f in years.of_year(basis.parts[programme.id], y) if f.value is not None)
                for y in years.years
            }
            found.append(
                _spread(grant, weights, "Förderung", "Förderung nach zuwendungsfähigen Ausgaben auf die Jahre verteilt")
            )
    return found


def year_shares(basis: Basis, grants: tuple[Figure, ...], years: Years) -> tuple[YearShare, ...]:
    plan, every = basis.plan, _grants_by_year(basis, grants, years)
    weights = {year: sum(f.cents for f in years.cost[year] if f.value is not None) for year in years.years}
    dateless = _spread(
        funds_figure("Drittmittel ohne Jahr", (f for f in plan.funds if f.year is None)),
        weights,
        "Drittmittel ohne Jahr",
        "nach Ausgaben auf die Jahre verteilt",
    )
    found = []
    for year in years.years:
        name = year_name(year)
        total = add(f"Gesamtkosten {name}", years.cost[year], rule="Summe der Kostenpositionen")
        grant = whole(f"Förderung {name}", tuple(by_year[year] for by_year in every))
        own_funds = funds_figure(
            f"Drittmittel {name}", (f for f in plan.funds if f.year is not None and f.year == year)
        )
        third = add(f"Drittmittel {name}", (own_funds, dateless[year])) if dateless[year].value != 0 else own_funds
        own = subtract(f"Eigenanteil {name}", total, third, grant)
        found.append(YearShare(year=year, total=total, grant=grant, third_party=third, own_share=own))
    return tuple(found)
