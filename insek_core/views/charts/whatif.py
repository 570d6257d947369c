"""Plan against Variante: own share over cost, years against lines, the way from one own share to the other.

The specifications never change; a control that moves sends new rows only, which is what makes a slider quick.
"""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from insek_core.plan.german import show_euro
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure
from insek_core.rules.money.curve import Curve
from insek_core.rules.money.sentences import payer
from insek_core.views import theme

Spec = dict[str, Any]
Rows = dict[str, pd.DataFrame]
MONEY = "format(datum.value / 1000, ',.0f') + ' T€'"
PALE_GRANT, PALE_OWN = "#c3d3e8", "#e6cfae"
CURVES = ("Eigenanteil, Höchstbetrag gilt", "Eigenanteil, sie wächst mit", "Förderung")


def _named(name: str) -> Any:
    return alt.Chart(alt.NamedData(name))


def _text(name: str, x: str, y: str, **mark: Any) -> Any:
    return (
        _named(name)
        .mark_text(**{"fontSize": 15, "fontWeight": 600, **mark})
        .encode(x=alt.X(x), y=alt.Y(y), text="label:N")
    )


@cache
def kink_spec(height: int = 290, columns: int = 2) -> Spec:
    """Own share on both readings and the grant over the total cost; plan and Variante as points, the kink as a line."""
    axis = alt.Axis(labelExpr=MONEY, tickCount=4, labelFontSize=16, titleFontSize=16)
    x = alt.X(
        "cost:Q",
        title="Gesamtkosten",
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(labelExpr=MONEY, tickCount=5, grid=False, labelFontSize=16, titleFontSize=16),
    )
    y = alt.Y("euro:Q", title=None, axis=axis, scale=alt.Scale(zero=True, nice=True))
    colours = alt.Scale(domain=list(CURVES), range=[theme.OWN, theme.OWN, theme.GRANT])
    legend = alt.Legend(columns=columns, labelFontSize=15, symbolType="stroke", symbolStrokeWidth=4)
    lines = (
        _named("kurve")
        .mark_line(strokeWidth=3.5)
        .encode(
            x=x,
            y=y,
            color=alt.Color("case:N", scale=colours, legend=legend),
            strokeDash=alt.StrokeDash(
                "case:N", scale=alt.Scale(domain=list(CURVES), range=[[1, 0], [7, 5], [1, 0]]), legend=None
            ),
        )
    )
    kink = _named("knick").mark_rule(strokeDash=[3, 3], color=theme.MUTED, strokeWidth=1.5).encode(x=alt.X("cost:Q"))
    points = (
        _named("punkte")
        .mark_point(filled=True, opacity=1, stroke=theme.INK, strokeWidth=2)
        .encode(
            x=alt.X("cost:Q"),
            y=alt.Y("euro:Q"),
            size=alt.Size("size:Q", scale=None),
            fill=alt.Fill("fill:N", scale=None),
        )
    )
    plan = _text("punkt_plan", "cost:Q", "euro:Q", align="left", dx=12, dy=20)
    variant = _text("punkt_variante", "cost:Q", "euro:Q", align="right", dx=-12, dy=-14)
    below = _text("preis_links", "cost:Q", "euro:Q", align="right", dx=-8, fontWeight=400)
    above = _text("preis_rechts", "cost:Q", "euro:Q", align="left", dx=8, fontWeight=400)
    return alt.layer(kink, lines, points, plan, variant, below, above).properties(height=height).to_dict()


def kink_rows(found: Curve, before: Assessment, after: Assessment) -> Rows:
    """The rows of the kink chart."""
    rows = [
        {"cost": p.total_cents / 100, "euro": value / 100, "case": case}
        for p in found.points
        for case, value in zip(CURVES, (p.own_cents, p.growing_cents, p.grant_cents), strict=True)
    ]
    points = []
    for name, money, size, fill in (
        ("Plan", before.funding, 90, theme.SURFACE),
        ("Variante", after.funding, 190, theme.OWN),
    ):
        if isinstance(money.own_share.value, int) and (
            name == "Plan"
            or money.own_share.value != before.funding.own_share.value
            or money.total.value != before.funding.total.value
        ):
            points.append(
                {
                    "cost": money.total.cents / 100,
                    "euro": money.own_share.cents / 100,
                    "size": size,
                    "fill": fill,
                    "label": f"{name}: {money.own_share.show()}",
                }
            )
    if after.funding.differs and isinstance(after.funding.own_share_if_growing.value, int):
        other = after.funding.own_share_if_growing
        twin = {"cost": after.funding.total.cents / 100, "euro": other.cents / 100, "size": 120, "fill": theme.SURFACE}
        points.append({**twin, "label": f"wächst sie mit: {other.show()}"})
    kinks: list[dict[str, Any]] = []
    sides: list[list[dict[str, Any]]] = [[], []]
    if found.kink_cents is not None and found.price_below is not None and found.price_above is not None:
        at, top = found.kink_cents / 100, max(p.grant_cents for p in found.points) / 100
        kinks = [{"cost": at}]
        sides = [
            [{"cost": at, "euro": top * 0.1, "label": f"Stadt zahlt {payer(price)}"}]
            for price in (found.price_below, found.price_above)
        ]
    shown = pd.DataFrame(points, columns=["cost", "euro", "size", "fill", "label"])
    plan = ~shown["label"].str.startswith("Variante")  # these labels lie below their points
    return {
        "kurve": pd.DataFrame(rows),
        "punkte": shown,
        "punkt_plan": shown[plan],
        "punkt_variante": shown[~plan],
        "knick": pd.DataFrame(kinks, columns=["cost"]),
        "preis_links": pd.DataFrame(sides[0], columns=["cost", "euro", "label"]),
        "preis_rechts": pd.DataFrame(sides[1], columns=["cost", "euro", "label"]),
    }


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
    bars = _named("balken").mark_bar().encode(x=x, x2="right:Q", y=y, y2="high:Q", color=colour, tooltip=tooltip)
    labels = _text("beschriftung", "mid:Q", "centre:Q", color="white")
    lines = (
        _named("ansatz")
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
    halo = _text("ansatz", "mid:Q", "top:Q", dy=-12, fontSize=14, stroke="white", strokeWidth=5, strokeJoin="round")
    words = _text("ansatz", "mid:Q", "top:Q", dy=-12, fontSize=14)
    room = (
        _named("ansatz").mark_point(opacity=0).encode(x=alt.X("mid:Q"), y=alt.Y("roof:Q"))
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
        axis=alt.Axis(labelExpr=MONEY, tickCount=4, domain=False, labelFontSize=16),
        scale=alt.Scale(zero=True),
    )
    fills = alt.Color(
        "kind:N",
        scale=alt.Scale(
            domain=["Plan", "Variante", "mehr", "weniger"], range=[PALE_OWN, theme.OWN, theme.CRITICAL, theme.THIRD]
        ),
        legend=None,
    )
    bars = _named("stufen").mark_bar(size=70).encode(x=x, y=y, y2="high:Q", color=fills)
    labels = _text("stufen", "step:N", "high:Q", dy=-10).encode(x=alt.X("step:N", sort=order))
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


def known(*figures: Figure) -> bool:
    """Whether all of these figures are amounts."""
    return all(isinstance(figure.value, int) for figure in figures)
