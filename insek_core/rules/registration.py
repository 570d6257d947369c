"""What is to register for the budgets to come: a row for the form for each line, from the plan or a scenario (RULES
§1.7).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.finance import BudgetLine
from insek_core.plan.german import count, show_list
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure, subtract
from insek_core.rules.money.budget import LineSpan
from insek_core.rules.money.years import YearShare, year_name

DEADLINE_OPEN = "offen"


@dataclass(frozen=True, kw_only=True)
class Registration:
    """A row of the budget form: year, product, account, kind, amount, what the plan without changes asks, reason,
    deadline, state.
    """

    year: str
    office: str
    product: str
    account: str
    kind: str
    amount: Figure
    if_growing: Figure
    planned_cents: int | None
    reason: str
    deadline: str
    state: str

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the form still needs."""
        needed = {
            "Jahr": self.year != year_name(None),
            "Produkt oder PSP-Element": self.product,
            "Sachkonto": self.account,
            "Betrag": self.amount.value is not None,
            "Frist": self.deadline != DEADLINE_OPEN,
        }
        return tuple(name for name, there in needed.items() if not there)


def _deadline(plan: Plan, years: str) -> str:
    """When the registration is due, of the open point that asks for it; open where the plan does not say."""
    for point in plan.statements:
        if (
            point.kind == "Offener Punkt"
            and "anzumelden" in point.text
            and years[:4] in point.text
            and point.due
            and not point.due.is_open
        ):
            return point.due.words
    return DEADLINE_OPEN


def _reason(found: Assessment, years: str, first: int, last: int) -> str:
    """What the cost of a span is for, and what of it comes from other years."""
    slipped = [item for item, split in found.moved.items() if any(year and first <= year <= last for year in split)]
    work = show_list(y.total.label for y in found.funding.years if y.year is not None and first <= y.year <= last)
    more = (
        f"; durch Verschiebung mit {count(len(slipped), 'Kostenposition', 'Kostenpositionen')} aus Vorjahren"
        if slipped
        else ""
    )
    return f"{work or f'Ausgaben {years}'}{more}"


def _line_of(plan: Plan, span: LineSpan, kind: str) -> BudgetLine | None:
    bounds = (span.from_year, span.to_year, kind)
    return next((x for x in plan.budget_lines if (x.from_year, x.to_year, x.kind) == bounds), None)


def _cents(figure: Figure | None) -> int | None:
    return figure.value if figure is not None and isinstance(figure.value, int) else None


def _of_span(plan: Plan, found: Assessment, before: Assessment, span: LineSpan) -> Iterator[Registration]:
    old = next((row for row in before.budget.spans if row.years == span.years), None)
    for kind, name in (("Aufwand", "expense"), ("Ertrag", "income")):
        line = _line_of(plan, span, kind)
        yield Registration(
            year=span.years,
            office=plan.name(line.office) if line and line.office else "",
            product=line.product if line else "",
            account=line.account if line else "",
            kind=kind,
            amount=getattr(span.planned, name),
            if_growing=getattr(span.planned_if_growing, name),
            planned_cents=_cents(getattr(old.planned, name)) if old else None,
            reason=_reason(found, span.years, span.from_year, span.to_year),
            deadline=_deadline(plan, span.years),
            state=", ".join(span.statuses),
        )


def _income(year: YearShare | None, *, growing: bool = False) -> Figure | None:
    """What a year brings in: grant and third-party money."""
    if year is None:
        return None
    own = year.own_share_if_growing if growing else year.own_share
    return subtract(f"Einnahmen {year_name(year.year)}", year.total, own, rule="Ausgaben − Eigenanteil")


def _of_year(plan: Plan, found: Assessment, before: Assessment, year: int | None) -> Iterator[Registration]:
    now = next(row for row in found.funding.years if row.year == year)
    was = next((row for row in before.funding.years if row.year == year), None)
    rows = (
        ("Aufwand", now.total, now.total, was.total if was else None),
        ("Ertrag", _income(now) or now.grant, _income(now, growing=True) or now.grant, _income(was)),
    )
    for kind, amount, growing, base in rows:
        yield Registration(
            year=year_name(year),
            office="",
            product="",
            account="",
            kind=kind,
            amount=amount,
            if_growing=growing,
            planned_cents=0 if was is None else _cents(base),
            reason=now.total.label if year is None else _reason(found, str(year), year, year),
            deadline=_deadline(plan, year_name(year)),
            state="anzumelden",
        )


def registrations(plan: Plan, found: Assessment, before: Assessment) -> tuple[Registration, ...]:
    """Aufwand and Ertrag for each span that is in no budget yet, for cost years without any line and for cost that has
    no year yet (RULES §1.12).
    """
    spans = (row for span in found.budget.spans if not span.approved for row in _of_span(plan, found, before, span))
    undated = (None,) if found.budget.undated else ()
    years = (row for year in (*found.budget.unlined, *undated) for row in _of_year(plan, found, before, year))
    return (*spans, *years)
