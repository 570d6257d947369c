"""Plan against Variante: own share and grant over the total cost, with the kink."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure
from insek_core.rules.money.curve import Curve
from insek_core.rules.money.sentences import payer
from insek_core.views import theme
from insek_core.views.charts.live import MONEY, Rows, Spec, named_layer, words_layer

Row = dict[str, Any]
CEILING, GROWING, GRANT, KINK = "Höchstbetrag", "mitwachsend", "Förderung", "Knick"
STYLE = {  # colour and dash of each line
    CEILING: (theme.OWN, [1, 0]),
    GROWING: (theme.OWN, [7, 5]),
    GRANT: (theme.GRANT, [1, 0]),
    KINK: (theme.MUTED, [3, 3]),
}
ROOM, MARGIN = 1.08, 0.42  # above the highest value and behind the last cost, for the names


@cache
def kink_spec(height: int = 290) -> Spec:
    """Own share on both readings and the grant over the total cost, each named at its end; plan and Variante as
    points, the kink as a line.
    """
    axis = alt.Axis(labelExpr=MONEY, tickCount=4, labelFontSize=16, titleFontSize=16)
    x = alt.X(
        "cost:Q",
        title="Gesamtkosten",
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(labelExpr=MONEY, tickCount=5, grid=False, labelFontSize=16, titleFontSize=16),
    )
    y = alt.Y("euro:Q", title=None, axis=axis, scale=alt.Scale(zero=True, nice=False))
    colours, dashes = zip(*STYLE.values(), strict=True)
    lines = (
        named_layer("kurve")
        .mark_line(strokeWidth=alt.ExprRef(f"datum.case == '{KINK}' ? 1.5 : 3.5"))
        .encode(
            x=x,
            y=y,
            color=alt.Color("case:N", scale=alt.Scale(domain=list(STYLE), range=list(colours)), legend=None),
            strokeDash=alt.StrokeDash("case:N", scale=alt.Scale(domain=list(STYLE), range=list(dashes)), legend=None),
        )
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
    place = {key: alt.ExprRef(f"datum.{key}") for key in ("align", "dx", "dy", "fontWeight")}
    halo = words_layer(
        "namen", "cost:Q", "euro:Q", **place, stroke="white", strokeWidth=5, strokeJoin="round", lineBreak="\n"
    )
    words = words_layer("namen", "cost:Q", "euro:Q", **place, lineBreak="\n").encode(
        color=alt.Color("colour:N", scale=None)
    )
    return alt.layer(lines, points, halo, words).properties(height=height).to_dict()


def _name(cost: float, euro: float, label: str, align: str, dx: int, dy: int, colour: str = theme.INK) -> Row:
    weight = 600 if label else 400
    return {
        "cost": cost,
        "euro": euro,
        "label": label,
        "align": align,
        "dx": dx,
        "dy": dy,
        "colour": colour,
        "fontWeight": weight,
    }


def _curves(found: Curve) -> list[Row]:
    rows = [
        {"cost": p.total_cents / 100, "euro": value / 100, "case": case}
        for p in found.points
        for case, value in zip((CEILING, GROWING, GRANT), (p.own_cents, p.growing_cents, p.grant_cents), strict=True)
    ]
    if found.kink_cents is not None:
        top = max(p.grant_cents for p in found.points) / 100
        rows += [{"cost": found.kink_cents / 100, "euro": euro, "case": KINK} for euro in (0, top)]
    return rows


def _ends(found: Curve) -> list[Row]:
    """The name of each line behind its end, two that nearly meet one under the other, and room for them."""
    first, last = found.points[0], found.points[-1]
    at = last.total_cents / 100
    named = [(last.grant_cents / 100, "Förderung", theme.GRANT)]
    if last.own_cents == last.growing_cents:
        named.append((last.own_cents / 100, "Eigenanteil", theme.OWN))
    else:
        named.append((last.own_cents / 100, "Eigenanteil,\nHöchstbetrag", theme.OWN))
        named.append((last.growing_cents / 100, "Eigenanteil,\nmitwachsend", theme.OWN))
    highest = max(row["euro"] for row in _curves(found))
    rows, ceiling = [], float("inf")
    for euro, label, colour in sorted(named, reverse=True):
        place = min(euro, ceiling)
        rows.append(_name(at, place, label, "left", 8, 0, colour))
        ceiling = place - (0.2 if "\n" in label else 0.14) * highest
    beyond = at + MARGIN * (last.total_cents - first.total_cents) / 100
    return [*rows, _name(beyond, highest * ROOM, "", "right", 0, 0)]


def _prices(found: Curve) -> list[Row]:
    if found.kink_cents is None or found.price_below is None or found.price_above is None:
        return []
    at, top = found.kink_cents / 100, max(p.grant_cents for p in found.points) / 100
    own = min((p for p in found.points), key=lambda p: abs(p.total_cents / 100 - at)).own_cents / 100
    foot = 0.1 * top if own > 0.4 * top else 0.7 * top  # under the own share, or between it and the grant
    rows = (
        _name(at, foot, f"Stadt zahlt {payer(price)}", align, dx, 0)
        for price, align, dx in ((found.price_below, "right", -8), (found.price_above, "left", 8))
    )
    return [{**row, "fontWeight": 400} for row in rows]


def _points(before: Assessment, after: Assessment) -> list[tuple[Row, Row]]:
    """Plan, Variante and the Variante's second case, each as a point with its name."""
    plan, tried = before.funding, after.funding
    outwards = tried.total.cents >= plan.total.cents  # names keep clear of the point between them
    left, right = ("right", -12, 36), ("left", 12, 24)
    found = []

    def add(name: str, at: Figure, own: Figure, size: int, fill: str, place: tuple[str, int, int]) -> None:
        cost, euro = at.cents / 100, own.cents / 100
        row = {"cost": cost, "euro": euro, "size": size, "fill": fill}
        found.append((row, _name(cost, euro, f"{name}: {own.show()}".removeprefix(": "), *place)))

    if isinstance(plan.own_share.value, int):
        add("Plan", plan.total, plan.own_share, 90, theme.SURFACE, left if outwards else right)
    stays = (tried.own_share.value, tried.total.value) == (plan.own_share.value, plan.total.value)
    if isinstance(tried.own_share.value, int) and not stays:
        add("Variante", tried.total, tried.own_share, 190, theme.OWN, ("right", -12, -14))
    if tried.differs and isinstance(tried.own_share_if_growing.value, int):
        twin = right if outwards else left
        add("", tried.total, tried.own_share_if_growing, 120, theme.SURFACE, twin)
    return found


def kink_rows(found: Curve, before: Assessment, after: Assessment) -> Rows:
    """The rows of the kink chart."""
    points = _points(before, after)
    names = [*_ends(found), *_prices(found), *(name for _, name in points)]
    return {
        "kurve": pd.DataFrame(_curves(found)),
        "punkte": pd.DataFrame([row for row, _ in points], columns=["cost", "euro", "size", "fill"]),
        "namen": pd.DataFrame(names),
    }
