"""Money: one bar a year against the lines, and the own share over the total cost on both readings of the ceiling."""

from fractions import Fraction

import altair as alt
import pandas as pd

from insek_core.plan.german import show_euro, show_list
from insek_core.rules.assessment import Assessment
from insek_core.rules.budget import LineSpan
from insek_core.rules.figures import Figure
from insek_core.views import theme
from insek_core.views.theme import Picture

PARTS = ("Förderung", "Eigenanteil", "Drittmittel")
COLOURS = (theme.GRANT, theme.OWN, theme.THIRD)
HALF = 0.36


def _bars(found: Assessment) -> pd.DataFrame:
    """One row a year and part, stacked from 0: from_euro, to_euro, label; unknown parts are left out."""
    rows = []
    years = [y for y in found.funding.years if y.year is not None]
    for y in years:
        bottom = 0
        third = _rest(y.total, y.grant, y.own_share)
        for part, figure in zip(PARTS, (y.grant, y.own_share, third), strict=True):
            if not isinstance(figure.value, int) or not figure.value:
                continue
            rows.append({"left": (y.year or 0) - HALF, "right": (y.year or 0) + HALF, "mid": y.year, "part": part, "low": bottom / 100,
                         "high": (bottom + figure.value) / 100, "centre": (bottom + figure.value / 2) / 100, "label": figure.show(),
                         "year": str(y.year), "assumed": "Annahme" if figure.assumed else "belegt"})  # fmt: skip
            bottom += figure.value
    return pd.DataFrame(rows)


def _rest(total: Figure, grant: Figure, own: Figure) -> Figure:
    known = isinstance(total.value, int) and isinstance(grant.value, int) and isinstance(own.value, int)
    return Figure(label="Drittmittel", value=total.cents - grant.cents - own.cents if known else None)


def _lines(spans: tuple[LineSpan, ...]) -> pd.DataFrame:
    """What the budget holds for a span, drawn across its years at the yearly mean."""
    rows = []
    for span in spans:
        if isinstance(span.line.expense.value, int):
            years = span.to_year - span.from_year + 1
            state = "veranschlagt" if span.approved else "noch anzumelden"
            rows.append({"left": span.from_year - 0.46, "right": span.to_year + 0.46, "mid": (span.from_year + span.to_year) / 2,
                         "euro": span.line.expense.value / 100 / years, "state": state,
                         "label": f"{span.years}: {span.line.expense.show()} {state}"})  # fmt: skip
    return pd.DataFrame(rows)


def years_text(found: Assessment) -> str:
    """The picture in one sentence, for those who do not see it."""
    parts = [
        f"{y.year} {y.total.show()}, davon {y.grant.show()} Förderung und {y.own_share.show()} Eigenanteil"
        for y in found.funding.years
    ]
    return f"Kosten je Jahr: {show_list(parts)}." if parts else "Es sind keine Kosten eingetragen."


def years_chart(found: Assessment, height: int = 230) -> Picture:
    """Stacked bars by year (grant, own share, third-party money); a line across the years of each budget line."""
    bars, lines = _bars(found), _lines(found.budget.spans)
    ticks = sorted(
        {int(year) for year in bars["mid"]}
        | {int(y) for y in range(int(lines["left"].min() + 0.5), int(lines["right"].max()) + 1)}
        if len(lines)
        else set(bars["mid"])
    )
    top = max([*bars["high"], *(lines["euro"] if len(lines) else [])]) * 1.28
    x = alt.X("left:Q", title=None, axis=alt.Axis(values=ticks, format="d", grid=False, labelFontSize=16),
              scale=alt.Scale(domain=[min(ticks) - 0.6, max(ticks) + 0.6], nice=False))  # fmt: skip
    y_axis = alt.Axis(labelExpr="format(datum.value / 1000, ',.0f') + ' T€'", tickCount=4, domain=False)
    base = alt.Chart(bars)
    colour = alt.Color(
        "part:N",
        scale=alt.Scale(domain=list(PARTS), range=list(COLOURS)),
        legend=alt.Legend(values=sorted(set(bars["part"]), key=PARTS.index)),
    )
    tooltip = [
        alt.Tooltip("year:N", title="Jahr"),
        alt.Tooltip("part:N", title="Teil"),
        alt.Tooltip("label:N", title="Betrag"),
        alt.Tooltip("assumed:N", title="Beleg"),
    ]
    marks = base.mark_bar(strokeWidth=2, strokeDash=[3, 3]).encode(
        x=x, x2="right:Q", y=alt.Y("low:Q", title=None, axis=y_axis, scale=alt.Scale(domain=[0, top], nice=False)), y2="high:Q", color=colour, tooltip=tooltip,
        stroke=alt.condition("datum.assumed == 'Annahme'", alt.value("#ffffff"), alt.value(None)),
    )  # fmt: skip
    texts = (
        base.transform_filter(f"(datum.high - datum.low) > {top / 14}")
        .mark_text(color="white", fontWeight=600, fontSize=15)
        .encode(x="mid:Q", y="centre:Q", text="label:N")
    )
    layers: list[alt.Chart] = [marks, texts]
    if len(lines):
        dash = alt.condition("datum.state == 'veranschlagt'", alt.value([1, 0]), alt.value([6, 4]))
        layers.append(
            alt.Chart(lines)
            .mark_rule(strokeWidth=3, color=theme.INK)
            .encode(x="left:Q", x2="right:Q", y="euro:Q", strokeDash=dash)
        )
        layers.append(
            alt.Chart(lines)
            .mark_text(dy=-11, fontSize=14, fontWeight=600)
            .encode(x="mid:Q", y="euro:Q", text="label:N")
        )
    return alt.layer(*layers).properties(height=height)


def kink_chart(found: Assessment, rate: Fraction, cap_cents: int, height: int = 230) -> Picture:
    """Own share over eligible cost: one line where the cap binds, one where the grant grows, the plan as a point."""
    at, total = int(Fraction(cap_cents) / rate), found.funding.eligible.cents
    edges = sorted({round(at * 0.8), at, round(at * 1.2), round(total * 1.1)})
    cases = {"Förderung bleibt": cap_cents, "Förderung wächst mit": None}
    rows = [
        {"cost": e / 100, "own": (e - min(rate * e, cap if cap is not None else rate * e)) / 100, "case": case}
        for case, cap in cases.items()
        for e in edges
    ]
    frame = pd.DataFrame({**row, "own": float(row["own"])} for row in rows)
    money = "format(datum.value / 1000, ',.0f') + ' T€'"
    x = alt.X(
        "cost:Q",
        title="zuwendungsfähige Ausgaben",
        axis=alt.Axis(labelExpr=money, tickCount=5, grid=False),
        scale=alt.Scale(zero=False, nice=False),
    )
    y = alt.Y("own:Q", title="Eigenanteil", axis=alt.Axis(labelExpr=money, tickCount=4))
    colour = alt.Color("case:N", scale=alt.Scale(domain=list(cases), range=[theme.OWN, theme.GRANT]))
    dash = alt.StrokeDash("case:N", scale=alt.Scale(domain=list(cases), range=[[1, 0], [6, 4]]), legend=None)
    line = alt.Chart(frame).mark_line(strokeWidth=3).encode(x=x, y=y, color=colour, strokeDash=dash)
    own = found.funding.own_share
    here = pd.DataFrame(
        [{"cost": total / 100, "own": own.cents / 100, "label": f"Plan: {show_euro(total)} → {own.show()}"}]
    )
    point = alt.Chart(here).mark_point(size=160, filled=True, color=theme.INK, opacity=1).encode(x="cost:Q", y="own:Q")
    text = (
        alt.Chart(here)
        .mark_text(align="right", dx=-12, dy=-12, fontSize=14, fontWeight=600)
        .encode(x="cost:Q", y="own:Q", text="label:N")
    )
    return alt.layer(line, point, text).properties(height=height)
