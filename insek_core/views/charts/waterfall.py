"""The way from the plan's own share to the Variante's."""

from functools import cache

import altair as alt
import pandas as pd

from insek_core.plan.german import show_euro
from insek_core.rules.assessment import Assessment
from insek_core.views import theme
from insek_core.views.charts.live import PALE_OWN, Rows, Spec, named_layer, words_layer


@cache
def waterfall_spec(height: int = 220) -> Spec:
    """From the plan's own share to the Variante's: what cost, grant and third-party money add or take."""
    order = alt.EncodingSortField(field="order", op="min")
    x = alt.X(
        "step:N", title=None, sort=order, axis=alt.Axis(labelAngle=0, labelFontSize=16, ticks=False, domain=False)
    )
    y = alt.Y(
        "low:Q",
        title=None,
        axis=alt.Axis(labels=False, ticks=False, domain=False, grid=False),  # the bars say their amounts
        scale=alt.Scale(zero=True),
    )
    fills = alt.Color(
        "kind:N",
        scale=alt.Scale(
            domain=["Plan", "Variante", "mehr", "weniger"], range=[PALE_OWN, theme.OWN, theme.CRITICAL, theme.THIRD]
        ),
        legend=None,
    )
    bars = named_layer("stufen").mark_bar(size=70).encode(x=x, y=y, y2="high:Q", color=fills)
    labels = words_layer("stufen", "step:N", "high:Q", dy=-10).encode(x=alt.X("step:N", sort=order))
    return alt.layer(bars, labels).properties(height=height).to_dict()


def waterfall_rows(before: Assessment, after: Assessment) -> Rows:
    """The rows of the waterfall: own share = cost − grant − third-party money, so the steps add up exactly."""
    old, new = before.funding, after.funding
    steps = [
        ("Mehr Kosten" if new.total.cents >= old.total.cents else "Weniger Kosten", new.total.cents - old.total.cents),
        ("Förderung", old.grant.cents - new.grant.cents),
        ("Drittmittel", old.third_party.cents - new.third_party.cents),
    ]
    at = old.own_share.cents
    rows = [{"step": "Plan", "low": 0.0, "high": at / 100, "kind": "Plan", "label": old.own_share.show()}]
    for name, change in steps:
        if change:
            sign = "+" if change > 0 else "−"
            rows.append(
                {
                    "step": name,
                    "low": min(at, at + change) / 100,
                    "high": max(at, at + change) / 100,
                    "kind": "mehr" if change > 0 else "weniger",
                    "label": f"{sign}{show_euro(abs(change))}",
                }
            )
            at += change
    rows.append({"step": "Variante", "low": 0.0, "high": at / 100, "kind": "Variante", "label": new.own_share.show()})
    return {"stufen": pd.DataFrame([{**row, "order": n} for n, row in enumerate(rows)])}
