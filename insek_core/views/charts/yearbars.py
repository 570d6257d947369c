"""Plan against Variante: the years against the budget lines."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from insek_core.rules.assessment import Assessment
from insek_core.views import theme
from insek_core.views.charts.live import PALE_GRANT, PALE_OWN, Rows, Spec, named_layer, thousands, words_layer
from insek_core.views.charts.money import line_rows

BAR = ("left", "right", "mid", "low", "high", "centre", "part", "side", "year", "amount", "inside", "beside")


@cache
def years_spec(height: int = 290) -> Spec:
    """Two stacked bars a year: the plan pale and narrow, the Variante strong with its amounts; the budget lines across
    their years. No axis of amounts: the bars say them.
    """
    x = alt.X("left:Q", title=None, scale=alt.Scale(nice=False, zero=False, padding=6), axis=None)
    y = alt.Y("low:Q", title=None, axis=None, scale=alt.Scale(zero=True))
    names = ["Förderung, Plan", "Eigenanteil, Plan", "Förderung, Variante", "Eigenanteil, Variante", "Drittmittel"]
    scale = alt.Scale(domain=names, range=[PALE_GRANT, PALE_OWN, theme.GRANT, theme.OWN, theme.THIRD])
    colour = alt.Color("part:N", scale=scale, legend=None)
    tooltip = [
        alt.Tooltip("year:N", title="Jahr"),
        alt.Tooltip("part:N", title="Teil"),
        alt.Tooltip("amount:N", title="Betrag"),
    ]
    bars = named_layer("balken").mark_bar().encode(x=x, x2="right:Q", y=y, y2="high:Q", color=colour, tooltip=tooltip)
    inside = words_layer("balken", "mid:Q", "centre:Q", color="white").encode(text="inside:N")
    mask = words_layer("balken", "mid:Q", "centre:Q", strokeWidth=8, strokeJoin="round").encode(
        text="inside:N", color=colour, stroke=alt.Stroke("part:N", scale=scale, legend=None)
    )  # a line does not run through an amount
    beside = words_layer("balken", "right:Q", "centre:Q", align="left", dx=5).encode(text="beside:N")
    parts = words_layer("namen", "left:Q", "centre:Q", align="right", dx=-8).encode(
        color=alt.Color("colour:N", scale=None)
    )
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
    years = words_layer("jahre", "mid:Q", "low:Q", dy=15, fontSize=16, fontWeight=400)
    halo = words_layer(
        "ansatz",
        "left:Q",
        "top:Q",
        align="left",
        dy=-12,
        fontSize=14,
        stroke="white",
        strokeWidth=5,
        strokeJoin="round",
    )
    words = words_layer("ansatz", "left:Q", "top:Q", align="left", dy=-12, fontSize=14)
    room = (
        named_layer("ansatz").mark_point(opacity=0).encode(x=alt.X("left:Q"), y=alt.Y("roof:Q"))
    )  # keeps the words off the legend
    return (
        alt.layer(bars, lines, mask, inside, beside, parts, years, halo, words, room)
        .properties(height=height)
        .to_dict()
    )


def _stack(found: Assessment, side: str, shift: float, width: float) -> list[dict[str, Any]]:
    rows = []
    top = max((y.total.cents for y in found.funding.years if isinstance(y.total.value, int)), default=0)
    for year in found.funding.years:
        low = 0
        for part, figure in (
            ("Förderung", year.grant),
            ("Eigenanteil", year.own_share),
            ("Drittmittel", year.third_party),
        ):
            if year.year is None or not isinstance(figure.value, int) or figure.value <= 0:
                continue
            label, tall = thousands(figure.value), figure.value > 0.09 * top and side == "Variante"
            named = part if part == "Drittmittel" else f"{part}, {side}"
            rows.append(
                {
                    "left": year.year + shift,
                    "right": year.year + shift + width,
                    "mid": year.year + shift + width / 2,
                    "low": low / 100,
                    "high": (low + figure.value) / 100,
                    "centre": (low + figure.value / 2) / 100,
                    "part": named,
                    "side": side,
                    "year": str(year.year),
                    "amount": figure.show(),
                    "inside": label if tall else "",
                    "beside": "" if tall or side == "Plan" else label,
                }
            )
            low += figure.value
    return rows


def years_rows(before: Assessment, after: Assessment) -> Rows:
    """The rows of the years chart."""
    bars = pd.DataFrame(
        [*_stack(before, "Plan", -0.44, 0.2), *_stack(after, "Variante", -0.22, 0.66)], columns=list(BAR)
    )
    first = bars[(bars["left"] == bars["left"].min()) & (bars["side"] == "Plan")]
    colours = {"Förderung": theme.GRANT, "Eigenanteil": theme.OWN}
    named = [
        {"left": row["left"], "centre": row["centre"], "label": name, "colour": colours[name]}
        for row in first.to_dict("records")
        if (name := row["part"].partition(",")[0]) in colours
    ]
    names = pd.DataFrame([*named, *_margin(bars)], columns=["left", "centre", "label", "colour"])
    years = pd.DataFrame(
        [{"mid": int(year), "low": 0.0, "label": year} for year in sorted(set(bars["year"]))],
        columns=["mid", "low", "label"],
    )
    return {"balken": bars, "namen": names, "jahre": years, "ansatz": _lines(after, bars)}


def _margin(bars: pd.DataFrame) -> list[dict[str, Any]]:
    """Room for the names left of the first bar, for the words behind the last one and for the years under the bars."""
    first, last = (bars["left"].min(), bars["right"].max()) if len(bars) else (0.0, 1.0)
    foot = -0.12 * (bars["high"].max() if len(bars) else 1.0)
    sides = (first - 0.3 * (last - first), last + 0.12 * (last - first))
    return [{"left": side, "centre": foot, "label": "", "colour": theme.INK} for side in sides]


def _lines(after: Assessment, bars: pd.DataFrame) -> pd.DataFrame:
    """The budget lines with room for their words above everything drawn."""
    lines = line_rows(after.budget.spans, bars, short=True)
    if not len(lines):  # a layer without rows has no extent, and the browser warns of it
        at = bars["left"].min() if len(bars) else 0.0
        nothing = {"left": at, "right": at, "high": 0.0, "top": 0.0, "state": "veranschlagt", "label": ""}
        lines = pd.DataFrame([nothing])
    return lines.assign(roof=1.14 * max([0, *bars["high"], *lines["high"]]))
