"""What is to register for the budgets to come: a row for the form for each line, from the plan or a scenario (RULES
§1.7).
"""

from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.german import count, show_list
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure
from insek_core.rules.money.years import year_name

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
    planned_cents: int | None
    reason: str
    deadline: str
    state: str

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the form still needs."""
        needed = {
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
    slipped = [item for item, split in found.moved.items() if any(year and first <= year <= last for year in split)]
    work = show_list(y.total.label for y in found.funding.years if y.year is not None and first <= y.year <= last)
    more = (
        f"; durch Verschiebung mit {count(len(slipped), 'Kostenposition', 'Kostenpositionen')} aus Vorjahren"
        if slipped
        else ""
    )
    return f"{work or f'Ausgaben {years}'}{more}"


def registrations(plan: Plan, found: Assessment, before: Assessment) -> tuple[Registration, ...]:
    """Aufwand and Ertrag for each span that is in no budget yet, and for cost years without any line."""
    rows: list[Registration] = []
    old = {span.years: span for span in before.budget.spans}
    spans = [span for span in found.budget.spans if not span.approved]
    for span in spans:
        for kind, name in (("Aufwand", "expense"), ("Ertrag", "income")):
            line = next(
                (
                    x
                    for x in plan.budget_lines
                    if (x.from_year, x.to_year, x.kind) == (span.from_year, span.to_year, kind)
                ),
                None,
            )
            base = getattr(old[span.years].planned, name).value if span.years in old else None
            rows.append(
                Registration(
                    year=span.years,
                    office=plan.name(line.office) if line and line.office else "",
                    product=line.product if line else "",
                    account=line.account if line else "",
                    kind=kind,
                    amount=getattr(span.planned, name),
                    planned_cents=base,
                    reason=_reason(found, span.years, span.from_year, span.to_year),
                    deadline=_deadline(plan, span.years),
                    state=", ".join(span.statuses),
                )
            )
    covered = [(span.from_year, span.to_year) for span in found.budget.spans]
    known = {y.year: y for y in before.funding.years}
    for year in found.funding.years:
        if year.year is None or any(first <= year.year <= last for first, last in covered):
            continue
        was = known.get(year.year)
        for kind, amount, base in (
            ("Aufwand", year.total, was.total.value if was else 0),
            ("Ertrag", year.grant, was.grant.value if was else 0),
        ):
            rows.append(
                Registration(
                    year=year_name(year.year),
                    office="",
                    product="",
                    account="",
                    kind=kind,
                    amount=amount,
                    planned_cents=base if isinstance(base, int) else None,
                    reason=_reason(found, str(year.year), year.year, year.year),
                    deadline=_deadline(plan, str(year.year)),
                    state="anzumelden",
                )
            )
    return tuple(rows)
