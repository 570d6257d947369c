"""Between what a cost lies, how it is drawn, and why a plan cannot be simulated (RULES §1.10)."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.finance import CostItem
from insek_core.rules.money.programmes import terms_of

Draws = NDArray[np.float64]
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


def obstacles(plan: Plan) -> tuple[Finding, ...]:
    """Why the plan cannot be simulated; empty if it can. Without any range nothing is known of the risk."""
    why = computable(plan)
    if not why and all(bounds(item)[0] == bounds(item)[2] for item in plan.cost_items):
        why = (
            "Das Risiko ist unbekannt: Zu keiner Kostenposition ist eingetragen, was sie mindestens und "
            "höchstens kostet"
        )
    if not why:
        return ()
    remedy = "Angaben ergänzen, dann noch einmal rechnen."
    return (Finding(level="error", table="cost_items", message=f"{why}.", remedy=remedy),)
