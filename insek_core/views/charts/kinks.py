"""Plan against Variante: own share and grant over the total cost, with the kink."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from insek_core.rules.assessment import Assessment
from insek_core.rules.money.curve import Curve
from insek_core.rules.money.sentences import payer
from insek_core.views import theme
from insek_core.views.charts.live import MONEY, Rows, Spec, named_layer, words_layer

CURVES = ("Eigenanteil, Höchstbetrag gilt", "Eigenanteil, sie wächst mit", "Förderung")


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
        named_layer("kurve")
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
    kink = (
        named_layer("knick").mark_rule(strokeDash=[3, 3], color=theme.MUTED, strokeWidth=1.5).encode(x=alt.X("cost:Q"))
    )
    points = (
        named_layer("punkte")
        .mark_point(filled=True, opacity=1, stroke=theme.INK, strokeWidth=2)
        .encode(
            x=alt.X("cost:Q"),
            y=alt.Y("euro:Q"),
            size=alt.Size("size:Q", scale=None),
            fill=alt.Fill("fill:N", scale=None),
        )
    )
    over = words_layer("namen_oben", "cost:Q", "euro:Q", align="right", dx=-12, dy=-14)
    left = words_layer("namen_links", "cost:Q", "euro:Q", align="right", dx=-12, dy=20)
    right = words_layer("namen_rechts", "cost:Q", "euro:Q", align="left", dx=12, dy=20)
    below = words_layer("preis_links", "cost:Q", "euro:Q", align="right", dx=-8, fontWeight=400)
    above = words_layer("preis_rechts", "cost:Q", "euro:Q", align="left", dx=8, fontWeight=400)
    return alt.layer(kink, lines, points, over, left, right, below, above).properties(height=height).to_dict()


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
    variant, plan = (shown["label"].str.startswith(name) for name in ("Variante", "Plan"))
    outwards = after.funding.total.cents >= before.funding.total.cents  # names keep clear of the point between them
    left = plan if outwards else ~(plan | variant)
    return {
        "kurve": pd.DataFrame(rows),
        "punkte": shown,
        "namen_oben": shown[variant],
        "namen_links": shown[left],
        "namen_rechts": shown[~(left | variant)],
        "knick": pd.DataFrame(kinks, columns=["cost"]),
        "preis_links": pd.DataFrame(sides[0], columns=["cost", "euro", "label"]),
        "preis_rechts": pd.DataFrame(sides[1], columns=["cost", "euro", "label"]),
    }
