"""Tables of the money as it flows: sums by kind, and what each invoice lets the city call."""

import pandas as pd

from insek_core.plan.german import show_date, show_euro
from insek_core.rules.money.drawdown import Drawdown
from insek_core.views.words import figure_evidence, origin


def flow(found: Drawdown) -> pd.DataFrame:
    """Sums by kind of booking, what may be called, what is called too much, what is to be paid back, the proof of
    use.
    """
    figures = (*found.sums, found.callable, found.over_called, found.repayment, found.withheld, found.proof_due)
    rows = [
        {"Größe": f.label[:1].upper() + f.label[1:], "Wert": f.show(), "Beleg": figure_evidence(f), "Woher": origin(f)}
        for f in figures
    ]
    return pd.DataFrame(rows, columns=["Größe", "Wert", "Beleg", "Woher"])


def calls(found: Drawdown) -> pd.DataFrame:
    """Each invoice with the grant it lets the city call."""
    rows = [
        {
            "Rechnung vom": show_date(call.booking.booked_on) if call.booking.booked_on else "",
            "Beleg Nr.": call.booking.document,
            "Betrag": show_euro(call.booking.amount_cents or 0),
            "aufgelaufen": show_euro(call.cumulated_cents),
            "abrufbare Förderung": show_euro(call.grant_cents),
        }
        for call in found.calls
    ]
    return pd.DataFrame(rows, columns=["Rechnung vom", "Beleg Nr.", "Betrag", "aufgelaufen", "abrufbare Förderung"])
