"""Between what a cost lies, how it is drawn, and why a plan cannot be simulated (RULES §1.10)."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.finance import CostItem
from insek_core.plan.german import show_euro, show_number
from insek_core.rules.money.programmes import terms_of

Draws = NDArray[np.float64]
MOST_DRAWS = 500_000  # about 350 MB
MOST_CENTS = 10**12  # ten billion euro
Shape = Literal["triangular", "pert"]


def bounds(item: CostItem) -> tuple[int, int, int]:
    """Low, likely and high of an item in cents; a missing bound is the likely amount, so that nothing is made up."""
    likely = item.amount_cents or 0
    return (
        min(likely, likely if item.low_cents is None else item.low_cents),
        likely,
        max(likely, likely if item.high_cents is None else item.high_cents),
    )


def sample(dice: np.random.Generator, item: CostItem, draws: int, shape: Shape) -> Draws:
    """Amounts of an item in cents: triangular, or PERT (beta with λ = 4)."""
    low, likely, high = bounds(item)
    if low == high:
        return np.full(draws, float(likely))
    if shape == "triangular":
        return dice.triangular(low, likely, high, draws)
    alpha, beta = 1 + 4 * (likely - low) / (high - low), 1 + 4 * (high - likely) / (high - low)
    return low + (high - low) * dice.beta(alpha, beta, draws)


def computable(plan: Plan) -> str:
    """Why the money of a plan cannot be computed from other amounts; empty if it can."""
    if not plan.cost_items or any(item.amount_cents is None for item in plan.cost_items):
        return "Die Kosten sind nicht vollständig bekannt"
    if not plan.programmes or not all(terms_of(programme).known for programme in plan.programmes):
        return "Gerechnet wird mit Förderprogrammen, deren Bedingungen bekannt sind"
    if any(base.eligible_share is None for base in plan.funding_bases):
        return "Ein zuwendungsfähiger Anteil ist nicht bekannt"
    if any(fund.planned is False or fund.amount_cents is None for fund in plan.funds):
        return "Ungeplante oder unbekannte Drittmittel lassen sich nicht mitrechnen"
    return ""


def _largest(plan: Plan) -> int:
    """All the money of a plan together, each amount at its highest."""
    costs = sum(bounds(item)[2] for item in plan.cost_items)
    funds = sum(fund.amount_cents or 0 for fund in plan.funds)
    terms = sum((p.cap_cents or 0) + (p.fixed_cents or 0) + (p.own_fixed_cents or 0) for p in plan.programmes)
    return costs + funds + terms


def undrawable(seed: int, draws: int) -> tuple[Finding, ...]:
    """Why it cannot be drawn so often, or from this seed; empty if it can."""
    if not 1 <= draws <= MOST_DRAWS:
        message = "Es muss mindestens einmal gezogen werden." if draws < 1 else "So oft kann nicht gezogen werden."
        remedy = f"Bitte 1 bis {show_number(MOST_DRAWS)} Ziehungen wählen."
    elif not 0 <= seed < 2**63:
        message, remedy = "Der Startwert ist keine ganze Zahl ab 0.", "Bitte z. B. 1 wählen."
    else:
        return ()
    return (Finding(level="error", message=message, remedy=remedy),)


def obstacles(plan: Plan) -> tuple[Finding, ...]:
    """Why the plan cannot be simulated; empty if it can. Without any range nothing is known of the risk."""
    why, remedy = computable(plan), "Angaben ergänzen, dann noch einmal rechnen."
    if not why and _largest(plan) > MOST_CENTS:  # beyond it the whole numbers of the simulation do not hold a product
        why, remedy = f"Beträge von zusammen mehr als {show_euro(MOST_CENTS)} werden nicht simuliert", "Beträge prüfen."
    if not why and all(bounds(item)[0] == bounds(item)[2] for item in plan.cost_items):
        why = (
            "Das Risiko ist unbekannt: Zu keiner Kostenposition ist eingetragen, was sie mindestens und "
            "höchstens kostet"
        )
    if not why:
        return ()
    return (Finding(level="error", table="cost_items", message=f"{why}.", remedy=remedy),)
