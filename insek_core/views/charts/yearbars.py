"""Plan against Variante: the years against the budget lines."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from insek_core.rules.assessment import Assessment
from insek_core.views import theme
from insek_core.views.charts.live import MONEY, PALE_GRANT, PALE_OWN, Rows, Spec, named_layer, words_layer


@cache
def years_spec(height: int = 290) -> Spec:
    """Two stacked bars a year: the plan pale, the Variante strong; the budget lines across their years."""
    x = alt.X(
        "left:Q",
        title=None,
        scale=alt.Scale(nice=False, zero=False, padding=12),
        axis=alt.Axis(format="d", tickMinStep=1, grid=False, labelFontSize=16, ticks=False),
    )
    y = alt.Y(
        "low:Q",
        title=None,
        axis=alt.Axis(labelExpr=MONEY, tickCount=4, domain=False, labelFontSize=16),
        scale=alt.Scale(zero=True),
    )
    names = ["Förderung, Plan", "Eigenanteil, Plan", "Förderung, Variante", "Eigenanteil, Variante", "Drittmittel"]
    colour = alt.Color(
        "part:N",
        scale=alt.Scale(domain=names, range=[PALE_GRANT, PALE_OWN, theme.GRANT, theme.OWN, theme.THIRD]),
        legend=alt.Legend(columns=2, labelFontSize=15, values=names[:4]),
    )
    tooltip = [
        alt.Tooltip("year:N", title="Jahr"),
        alt.Tooltip("part:N", title="Teil"),
        alt.Tooltip("amount:N", title="Betrag"),
    ]
    bars = named_layer("balken").mark_bar().encode(x=x, x2="right:Q", y=y, y2="high:Q", color=colour, tooltip=tooltip)
    labels = words_layer("beschriftung", "mid:Q", "centre:Q", color="white")
    lines = (
        named_layer("ansatz")
        .mark_rule(strokeWidth=3, color=theme.INK)
        .encode(
            x=alt.X("left:Q"),
            x2="right:Q",
            y=alt.Y("high:Q"),
            strokeDash=alt.StrokeDash(
                "state:N",
                scale=alt.Scale(domain=["veranschlagt", "noch anzumelden"], range=[[1, 0], [6, 4]]),
                legend=None,
            ),
        )
    )
    halo = words_layer(
        "ansatz", "mid:Q", "top:Q", dy=-12, fontSize=14, stroke="white", strokeWidth=5, strokeJoin="round"
    )
    words = words_layer("ansatz", "mid:Q", "top:Q", dy=-12, fontSize=14)
    room = (
        named_layer("ansatz").mark_point(opacity=0).encode(x=alt.X("mid:Q"), y=alt.Y("roof:Q"))
    )  # keeps the words off the legend
    return alt.layer(bars, lines, labels, halo, words, room).properties(height=height).to_dict()


def _stack(found: Assessment, side: str, shift: float) -> list[dict[str, Any]]:
    rows = []
    for year in found.funding.years:
        low = 0
        for part, figure in (
            ("Förderung", year.grant),
            ("Eigenanteil", year.own_share),
            ("Drittmittel", year.third_party),
        ):
            if year.year is None or not isinstance(figure.value, int) or figure.value <= 0:
                continue
            named = part if part == "Drittmittel" else f"{part}, {side}"
            rows.append(
                {
                    "left": year.year + shift,
                    "right": year.year + shift + 0.36,
                    "mid": year.year + shift + 0.18,
                    "low": low / 100,
                    "high": (low + figure.value) / 100,
                    "centre": (low + figure.value / 2) / 100,
                    "part": named,
                    "side": side,
                    "year": str(year.year),
                    "amount": figure.show(),
                    "label": f"{figure.value / 100_000:.1f}".replace(".", ",").removesuffix(",0"),
                }
            )
            low += figure.value
    return rows


def years_rows(before: Assessment, after: Assessment) -> Rows:
    """The rows of the years chart."""
    bars = pd.DataFrame([*_stack(before, "Plan", -0.38), *_stack(after, "Variante", 0.02)])
    if not len(bars):
        bars = pd.DataFrame(
            columns=["left", "right", "mid", "low", "high", "centre", "part", "side", "year", "amount", "label"]
        )
    top = bars["high"].max() if len(bars) else 1
    tall = bars[(bars["high"] - bars["low"] > 0.09 * top) & (bars["side"] == "Variante")]
    return {"balken": bars, "beschriftung": tall, "ansatz": _lines(after, bars)}


def _lines(after: Assessment, bars: pd.DataFrame) -> pd.DataFrame:
    """The budget lines at their yearly mean; their words stand above the tallest bar under them."""
    rows = []
    for span in (s for s in after.budget.spans if isinstance(s.line.expense.value, int)):
        height = span.line.expense.cents / 100 / (span.to_year - span.from_year + 1)
        under = bars[bars["year"].isin([str(year) for year in range(span.from_year, span.to_year + 1)])]["high"]
        rows.append(
            {
                "left": span.from_year - 0.44,
                "right": span.to_year + 0.44,
                "mid": (span.from_year + span.to_year) / 2,
                "high": height,
                "top": max([height, *under]),
                "state": "veranschlagt" if span.approved else "noch anzumelden",
                "label": f"{span.years}: {span.line.expense.show()}",
            }
        )
    roof = 1.14 * max([0, *bars["high"], *(row["high"] for row in rows)])
    rows = [{**row, "roof": roof} for row in rows]
    return pd.DataFrame(rows, columns=["left", "right", "mid", "high", "top", "roof", "state", "label"])
