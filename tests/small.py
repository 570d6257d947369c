"""Small plans for worked cases: records with only the fields a case is about."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from insek_core.plan import Plan
from insek_core.plan.content import Contribution, Goal, Setting
from insek_core.plan.finance import BudgetLine, CostItem, Fund, FundingBasis, Programme
from insek_core.plan.process import Body, Link, Meeting, Phase, Task
from insek_core.plan.values import Evidence, Fuzzy

TODAY = date(2015, 6, 1)
BEGIN = date(2016, 1, 4)  # a Monday without holidays in its week


def programme(rate: Any = Fraction(2, 3), cap: int | None = 13_000_000, **more: Any) -> Programme:
    return Programme(
        **{
            "id": "FP",
            "name": "Programm",
            "evidence": "stated",
            "financing": "anteil",
            "rate_share": rate,
            "cap_cents": cap,
            **more,
        }
    )


def item(name: str, amount: int | None, year: int | None = 2015) -> CostItem:
    return CostItem(id=name, name=name, amount_cents=amount, year=year, evidence="assumed")


def basis(name: str, share: Fraction | None = Fraction(1), programme_id: str = "FP") -> FundingBasis:
    return FundingBasis(
        id=f"B-{name}-{programme_id}", cost_item=name, programme=programme_id, eligible_share=share, evidence="assumed"
    )


def fund(amount: int | None, year: int | None = 2015, **more: Any) -> Fund:
    return Fund(
        **{"id": f"DM-{year}", "giver": "Stiftung", "year": year, "amount_cents": amount, "evidence": "assumed", **more}
    )


def money(*amounts: tuple[int | None, int | None], ineligible: int = 0, **terms: Any) -> Plan:
    """A plan of (year, amount) with one programme; `ineligible` cents stand in an item of their own without funding."""
    items = tuple(item(f"K{n}", amount, year) for n, (year, amount) in enumerate(amounts))
    bare = (item("ohne", ineligible, amounts[0][0]),) if ineligible else ()
    return Plan(
        cost_items=(*items, *bare), funding_bases=tuple(basis(i.id) for i in items), programmes=(programme(**terms),)
    )


def line(
    kind: str, amount: int | None, first: int = 2015, last: int = 2016, status: str = "veranschlagt"
) -> BudgetLine:
    return BudgetLine(
        id=f"{kind}-{first}-{last}-{status}",
        kind=kind,
        amount_cents=amount,
        from_year=first,
        to_year=last,
        status=status,
        evidence="stated",
    )


PAPER = replace(
    money((2015, 9_000_000), (2016, 9_000_000), (2017, 1_500_000)),
    budget_lines=(line("Ertrag", 12_000_000), line("Aufwand", 18_000_000)),
)


def task(name: str, days: int | None = 1, **more: Any) -> Task:
    return Task(
        **{
            "id": name,
            "name": name,
            "duration_days": days,
            "kind": "Arbeitsschritt",
            "phase": "P",
            "evidence": "stated",
            **more,
        }
    )


def link(before: str, then: str, kind: str = "FS", lag: int | None = None, lag_in: str = "") -> Link:
    return Link(
        id=f"{before}>{then}",
        predecessor=before,
        successor=then,
        type=kind,
        lag_days=lag,
        lag_in=lag_in,
        evidence="stated",
    )


SAXON = Setting(id="state", name="Land", value="SN", evidence="stated")


def work(tasks: list[Task], links: list[Link], begin: date = BEGIN, end: Fuzzy | None = None) -> Plan:
    """A plan of one phase in Saxony; the days of `tasks` need no constraint of their own."""
    phase = Phase(id="P", name="Phase", begin=Fuzzy.on(begin), end=end, evidence="stated")
    return Plan(phases=(phase,), tasks=tuple(tasks), links=tuple(links), settings=(SAXON,))


def goal(name: str, kind: str = "Ziel", weight: int | None = None, parent: str = "") -> Goal:
    return Goal(id=name, name=name, kind=kind, weight=weight, parent=parent, evidence="stated")


def serves(origin: str, goal_id: str, weight: int | None, evidence: Evidence = "stated") -> Contribution:
    return Contribution(id=f"{origin}>{goal_id}", goal=goal_id, origin=origin, weight=weight, evidence=evidence)


def body(**more: Any) -> Body:
    return Body(**{"id": "G", "name": "Fachausschuss", "evidence": "stated", **more})


def sitting(name: str, when: Fuzzy | None, **more: Any) -> Meeting:
    return Meeting(**{"id": name, "body": "G", "when": when, "evidence": "stated", **more})
