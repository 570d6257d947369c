"""Budget lines against the plan on three levels: veranschlagt, noch anzumelden, Gesamtfinanzierung (RULES §1.7, 1.12).

While the ceiling is open each level that rests on it has a second case: what holds if the grant grows with the cost.
"""

from dataclasses import dataclass, replace
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.finance import BudgetLine
from insek_core.plan.german import count
from insek_core.rules.figures import Figure, add, field_figure, subtract
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.overrun import BudgetLaw, budget_law
from insek_core.rules.money.years import YearShare
from insek_core.rules.rounding import round_half_up
from insek_core.rules.settings import ruled_text
from insek_core.rules.time.dates import days_later

BALANCE = "Aufwendungen − Erträge: der Eigenanteil ist der Saldo, nie eine dritte Zeile"


@dataclass(frozen=True, kw_only=True)
class Level:
    """Aufwand, Ertrag and own share as their balance, of a span of years or of a sum of them."""

    name: str
    expense: Figure
    income: Figure
    own_share: Figure

    @property
    def figures(self) -> tuple[Figure, Figure, Figure]:
        """The three in the order in which they are told."""
        return self.expense, self.income, self.own_share


@dataclass(frozen=True, kw_only=True)
class LineSpan:
    """What the budget holds for a span of years beside what the plan needs in it; gap = planned − line."""

    from_year: int
    to_year: int
    statuses: tuple[str, ...]
    line: Level
    planned: Level
    gap: Level
    planned_if_growing: Level
    gap_if_growing: Level
    released: Figure
    in_force: Figure

    @property
    def blocked_cents(self) -> int:
        """What a Haushaltssperre keeps back of the expense line; 0 without one."""
        line, free = self.line.expense.value, self.released.value
        return line - free if isinstance(line, int) and isinstance(free, int) else 0

    @property
    def provisional_until(self) -> date | None:
        """Last day of the vorläufige Haushaltsführung where the budget comes into force after its year has begun."""
        day = self.in_force.value
        late = isinstance(day, date) and day > date(self.from_year, 1, 1)
        return days_later(day, -1) if late and isinstance(day, date) else None

    @property
    def years(self) -> str:
        """The span as it is said: 2017 or 2015/2016."""
        return str(self.from_year) if self.from_year == self.to_year else f"{self.from_year}/{self.to_year}"

    @property
    def approved(self) -> bool:
        """Whether the span is in a budget (veranschlagt), not only to be registered."""
        return self.statuses == ("veranschlagt",)


@dataclass(frozen=True, kw_only=True)
class Budget:
    """The three levels: in the budget, still to register, whole. `unlined` are years with cost that no line covers,
    `undated` says that some cost has no year yet: it is in no budget either.

    What is to register is what is planned in the years that are in no budget yet, never whole − approved: a gap in an
    approved span is no registration (RULES §1.12).
    """

    spans: tuple[LineSpan, ...]
    unlined: tuple[int, ...]
    undated: bool
    approved: Level
    to_register: Level
    to_register_if_growing: Level
    whole: Level
    moved_cents: Figure
    transfer_rule: Figure
    law: BudgetLaw


def _level(name: str, expense: Figure, income: Figure) -> Level:
    return Level(
        name=name,
        expense=expense,
        income=income,
        own_share=subtract(f"Eigenanteil {name}", expense, income, rule=BALANCE),
    )


def _lines(name: str, lines: tuple[BudgetLine, ...]) -> Level:
    def total(kind: str, label: str) -> Figure:
        figures = tuple(
            field_figure(x, "amount_cents", f"Haushaltsansatz {kind} {name}") for x in lines if x.kind == kind
        )
        if not figures:
            return Figure(label=label, value=None, rule="kein Ansatz eingetragen")
        return figures[0] if len(figures) == 1 else add(label, figures, rule="Summe der Haushaltsansätze")

    return _level(name, total("Aufwand", f"Aufwendungen {name}"), total("Ertrag", f"Erträge {name}"))


def _planned(name: str, years: tuple[YearShare, ...], *, growing: bool = False) -> Level:
    more = ", wenn die Förderung mitwächst" if growing else ""
    owns = tuple(y.own_share_if_growing if growing else y.own_share for y in years)
    expense = add(f"geplante Ausgaben {name}", tuple(y.total for y in years), rule="Summe der Jahre")
    own = add(f"geplanter Eigenanteil {name}{more}", owns, rule="Summe der Jahre")
    income = subtract(f"geplante Einnahmen {name}{more}", expense, own, rule="Ausgaben − Eigenanteil")
    return Level(name=name, expense=expense, income=income, own_share=own)


def _gap(name: str, planned: Level, line: Level) -> Level:
    pairs = zip(("Aufwand", "Ertrag", "Eigenanteil"), planned.figures, line.figures, strict=True)
    expense, income, own = (
        subtract(f"{kind} {name} gegen Ansatz", one, other, rule="geplant − Ansatz") for kind, one, other in pairs
    )
    return Level(name=name, expense=expense, income=income, own_share=own)


def _standing(plan: Plan, first: int, last: int, line: Level) -> tuple[Figure, Figure]:
    """What is released of the expense line, and the day the budget comes into force (RULES §1.7)."""
    statute = next(
        (
            s
            for s in plan.budget_statutes
            if s.from_year is not None and s.to_year is not None and s.from_year <= first and last <= s.to_year
        ),
        None,
    )
    if statute is None:
        return line.expense, Figure(
            label="Haushalt in Kraft", value=None, unit="date", rule="keine Satzung eingetragen"
        )
    share, value = field_figure(statute, "released_share", "Freigegebener Anteil", "share"), line.expense.value
    if isinstance(value, int) and statute.released_share is not None:
        value = round_half_up(statute.released_share * value)
    released = Figure(
        label=f"Freigegebene Aufwendungen {statute.from_year}/{statute.to_year}",
        value=value,
        operands=(line.expense, share),
        rule="Ansatz × freigegebener Anteil; ohne Sperre der ganze Ansatz",
    )
    return released, field_figure(
        statute, "in_force_on", f"Haushalt {statute.from_year}/{statute.to_year} in Kraft", "date"
    )


def _span(plan: Plan, bounds: tuple[int, int], funding: Funding) -> LineSpan:
    first, last = bounds
    lines = tuple(x for x in plan.budget_lines if (x.from_year, x.to_year) == bounds)
    name = str(first) if first == last else f"{first}/{last}"
    line = _lines(name, lines)
    years = tuple(y for y in funding.years if y.year is not None and first <= y.year <= last)
    planned, growing = _planned(name, years), _planned(name, years, growing=True)
    statuses = tuple(sorted({x.status for x in lines}))
    released, in_force = _standing(plan, first, last, line)
    return LineSpan(
        from_year=first,
        to_year=last,
        statuses=statuses,
        line=line,
        planned=planned,
        gap=_gap(name, planned, line),
        planned_if_growing=growing,
        gap_if_growing=_gap(name, growing, line),
        released=released,
        in_force=in_force,
    )


def _as_entered(figure: Figure, lines: tuple[Figure, ...]) -> Figure:
    """The computed figure, resting on the lines entered for it where they say the same."""
    values = [line.value for line in lines]
    if not lines or None in values or sum(v for v in values if isinstance(v, int)) != figure.value:
        return figure
    return replace(figure, operands=lines, rule="wie eingetragen; die Kostenpositionen ergeben denselben Betrag")


def _to_register(funding: Funding, spans: tuple[LineSpan, ...], *, growing: bool) -> Level:
    """What is planned in the years that no approved line covers; unknown where no line is entered (RULES §1.12)."""
    approved = [span for span in spans if span.approved]
    rest = tuple(
        y
        for y in funding.years
        if y.year is None or not any(span.from_year <= y.year <= span.to_year for span in approved)
    )
    name = "noch anzumelden"
    if funding.total.value is None or not spans:
        unknown = Figure(label=f"Aufwendungen {name}", value=None, operands=(funding.total,))
        return _level(name, unknown, replace(unknown, label=f"Erträge {name}"))
    level = _planned(name, rest, growing=growing)
    lines = [[getattr(s.line, kind) for s in spans if not s.approved] for kind in ("expense", "income")]
    expense = _as_entered(replace(level.expense, label=f"Aufwendungen {name}"), tuple(lines[0]))
    income = _as_entered(replace(level.income, label=f"Erträge {name}"), tuple(lines[1]))
    return _level(name, expense, income)


def budget(plan: Plan, funding: Funding) -> Budget:
    """The budget lines beside the plan: each gap is told against its own level, never mixed (RULES §1.7)."""
    bounds = sorted(
        {(x.from_year, x.to_year) for x in plan.budget_lines if x.from_year is not None and x.to_year is not None}
    )
    spans = tuple(_span(plan, (first, last), funding) for first, last in bounds)
    lines = _lines("veranschlagt", tuple(x for x in plan.budget_lines if x.status == "veranschlagt"))
    income = subtract("Einnahmen gesamt", funding.total, funding.own_share, rule="Gesamtkosten − Eigenanteil")
    income = funding.grant if funding.third_party.value == 0 else income
    done = tuple(field_figure(t, "amount_cents", plan.name(t.id)) for t in plan.transfers if t.done_on)
    planned = count(len(plan.transfers), "vorgesehenen Übertragung", "vorgesehenen Übertragungen")
    return Budget(
        spans=spans,
        unlined=tuple(
            y.year
            for y in funding.years
            if y.year is not None and not any(first <= y.year <= last for first, last in bounds)
        ),
        undated=any(y.year is None for y in funding.years),
        approved=lines,
        to_register=_to_register(funding, spans, growing=False),
        to_register_if_growing=_to_register(funding, spans, growing=True),
        whole=Level(name="Gesamtfinanzierung", expense=funding.total, income=income, own_share=funding.own_share),
        transfer_rule=ruled_text(plan, "transfer_rule", "Rechtsgrundlage der Übertragung von Ansätzen").figure,
        law=budget_law(plan),
        moved_cents=add("vollzogene Mittelübertragungen", done, rule=f"von {planned} die vollzogenen"),
    )
