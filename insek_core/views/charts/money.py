"""Money: one bar a year against the lines, and the own share over the total cost on both readings of the ceiling."""

from typing import Any

import altair as alt
import pandas as pd

from insek_core.plan.german import show_list
from insek_core.rules.assessment import Assessment
from insek_core.rules.money.budget import LineSpan
from insek_core.rules.money.sentences import case_sentence
from insek_core.rules.money.years import year_name
from insek_core.views import theme
from insek_core.views.charts.live import thousands
from insek_core.views.theme import Picture

PARTS = ("Förderung", "Eigenanteil", "Drittmittel")
COLOURS = (theme.GRANT, theme.OWN, theme.THIRD)
HALF = 0.36
SMALL = 200  # pixels of height below which a picture says less


def _bars(found: Assessment) -> pd.DataFrame:
    """One row a year and part, stacked from 0: from_euro, to_euro, label; unknown parts are left out."""
    rows = []
    years = [y for y in found.funding.years if y.year is not None]
    for y in years:
        bottom = 0
        for part, figure in zip(PARTS, (y.grant, y.own_share, y.third_party), strict=True):
            if not isinstance(figure.value, int) or not figure.value:
                continue
            rows.append(
                {
                    "left": (y.year or 0) - HALF,
                    "right": (y.year or 0) + HALF,
                    "edge": (y.year or 0) + HALF + 0.12,
                    "mid": y.year,
                    "part": part,
                    "low": bottom / 100,
                    "high": (bottom + figure.value) / 100,
                    "centre": (bottom + figure.value / 2) / 100,
                    "label": thousands(figure.value),
                    "exact": figure.show(),
                    "year": str(y.year),
                    "assumed": "Annahme" if figure.assumed else "belegt",
                }
            )
            bottom += figure.value
    return pd.DataFrame(rows)


def line_rows(spans: tuple[LineSpan, ...], bars: pd.DataFrame, *, short: bool = False) -> pd.DataFrame:
    """What the budget holds for a span, across its years at the yearly mean; its words stand above the tallest bar
    under it, with its state unless `short`.
    """
    rows = []
    for span in spans:
        if isinstance(span.line.expense.value, int):
            years = range(span.from_year, span.to_year + 1)
            height = span.line.expense.value / 100 / len(years)
            state = "veranschlagt" if span.approved else "noch anzumelden"
            rows.append(
                {
                    "left": span.from_year - 0.46,
                    "right": span.to_year + 0.46,
                    "high": height,
                    "top": max([height, *bars[bars["year"].isin(map(str, years))]["high"]]),
                    "state": state,
                    "label": f"{span.years}: {span.line.expense.show()}{'' if short else f' {state}'}",
                }
            )
    return pd.DataFrame(rows, columns=["left", "right", "high", "top", "state", "label"])


def years_text(found: Assessment) -> str:
    """The picture in one sentence, for those who do not see it."""
    parts = [
        f"{year_name(y.year)} {y.total.show()}, davon {y.grant.show()} Förderung und {y.own_share.show()} Eigenanteil"
        for y in found.funding.years
    ]
    case = case_sentence(found.funding)
    more = f" {case.text}" if case else ""
    return f"Kosten je Jahr: {show_list(parts)}.{more}" if parts else "Es sind keine Kosten eingetragen."


def _year_axis(bars: pd.DataFrame, lines: pd.DataFrame, mark: str) -> alt.X:
    """Years as positions; a year whose figures are assumed bears the mark. Room left of them for the names of the
    parts.
    """
    first, last = int(bars["mid"].min()), int(bars["mid"].max())
    if len(lines):
        first, last = min(first, round(lines["left"].min() + 0.46)), max(last, round(lines["right"].max() - 0.46))
    assumed = sorted({int(year) for year, held in zip(bars["mid"], bars["assumed"], strict=True) if held == "Annahme"})
    words = f"indexof({assumed}, datum.value) >= 0 ? datum.value + ' {mark}' : '' + datum.value"
    axis = alt.Axis(
        values=list(range(first, last + 1)), labelExpr=words, grid=False, labelFontSize=16, ticks=False, domain=False
    )
    left = first - 0.5 - 0.3 * (last - first + 1)
    return alt.X("left:Q", title=None, axis=axis, scale=alt.Scale(domain=[left, last + 0.8], nice=False, zero=False))


def _line_layers(lines: pd.DataFrame, x: alt.X, y: alt.Y) -> list[Any]:
    """The budget lines: solid where in the budget, dashed where still to register, each with its words above."""
    layers: list[Any] = []
    for state, part in lines.groupby("state"):
        dash = [1, 0] if state == "veranschlagt" else [6, 4]
        layers.append(
            alt.Chart(part).mark_rule(strokeWidth=3, color=theme.INK, strokeDash=dash).encode(x=x, x2="right:Q", y=y)
        )
        layers.append(
            alt.Chart(part)
            .mark_text(dy=-11, align="left", fontSize=14, fontWeight=600)
            .encode(x=alt.X("left:Q"), y=alt.Y("top:Q"), text="label:N")
        )
    return layers


def _part_names(bars: pd.DataFrame) -> Any:
    """Each part named left of its first bar, in its colour."""
    first = bars[bars["left"] == bars["left"].min()].assign(
        colour=lambda f: f["part"].map(dict(zip(PARTS, COLOURS, strict=True)))
    )
    return (
        alt.Chart(first)
        .mark_text(align="right", dx=-8, fontSize=15, fontWeight=600)
        .encode(x=alt.X("left:Q"), y=alt.Y("centre:Q"), text="part:N", color=alt.Color("colour:N", scale=None))
    )


def years_chart(found: Assessment, height: int = 230, mark: str = "◌ Annahme") -> Picture:
    """Stacked bars by year (grant, own share, third-party money), each with its amount; a line across the years of each
    budget line. `mark`: what a year that rests on an assumption bears.
    """
    bars = _bars(found)
    lines = line_rows(found.budget.spans, bars, short=height < SMALL)
    top = max([*bars["high"], *(lines["high"] if len(lines) else [])]) * 1.2
    x = _year_axis(bars, lines, mark)
    bare = alt.Axis(labels=False, ticks=False, domain=False, grid=False)  # no axis in several layers fails in Vega-Lite
    y = alt.Y("high:Q", title=None, scale=alt.Scale(domain=[0, top], nice=False), axis=bare)
    colour = alt.Color("part:N", scale=alt.Scale(domain=list(PARTS), range=list(COLOURS)), legend=None)
    tooltip = [
        alt.Tooltip("year:N", title="Jahr"),
        alt.Tooltip("part:N", title="Teil"),
        alt.Tooltip("exact:N", title="Betrag"),
        alt.Tooltip("assumed:N", title="Beleg"),
    ]
    layers: list[Any] = []
    for held, part in bars.groupby("assumed"):
        outline: dict[str, Any] = (
            {"stroke": theme.ASSUMED, "strokeWidth": 2.5, "strokeDash": [2, 3]} if held == "Annahme" else {}
        )
        layers.append(
            alt.Chart(part)
            .mark_bar(**outline)
            .encode(x=x, x2="right:Q", y=y, y2="low:Q", color=colour, tooltip=tooltip)
        )
    tall = (bars["high"] - bars["low"]) * height > 24 * top
    text: dict[str, Any] = {"fontWeight": 600, "fontSize": 15}
    if len(lines):
        layers += _line_layers(lines, x, y)
    inside = alt.Chart(bars[tall]).encode(x=alt.X("mid:Q"), y=alt.Y("centre:Q"), text="label:N")
    stroke = alt.Stroke("part:N", scale=alt.Scale(domain=list(PARTS), range=list(COLOURS)), legend=None)
    layers.append(inside.mark_text(strokeWidth=8, strokeJoin="round", **text).encode(stroke=stroke, color=colour))
    layers.append(inside.mark_text(color="white", **text))  # a line does not run through an amount
    if len(
        low := bars[~tall & ((bars["high"] - bars["low"]) * height > 14 * top)]
    ):  # what has no room for its amount bears it beside it
        beside = alt.Chart(low).encode(x=alt.X("edge:Q"), y=alt.Y("centre:Q"), text="label:N")
        layers.append(beside.mark_text(align="left", stroke="white", strokeWidth=6, strokeJoin="round", **text))
        layers.append(beside.mark_text(align="left", **text))
    layers.append(_part_names(bars))
    return alt.layer(*layers).properties(height=height)
