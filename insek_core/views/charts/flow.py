"""Money flow against the plan: planned cost cumulated by month, the bookings as steps, each line named at its end."""

from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from insek_core.plan.german import show_date, show_euro, show_list
from insek_core.rules.money.actual.flow import MoneyFlow, flow_sentence
from insek_core.rules.time.dates import days_later
from insek_core.views import theme
from insek_core.views.charts.live import thousands
from insek_core.views.theme import Picture

PLANNED = "nach Plan"
COLOURS = {
    PLANNED: theme.MUTED,
    "gebunden": theme.ASSUMED,
    "berechnet": theme.OWN,
    "bezahlt": theme.INK,
    "abgerufen": theme.THIRD,
    "eingegangen": theme.GRANT,
}
TOLD = (("line", "N", "Linie"), ("day", "T", "bis"), ("exact", "N", "Betrag"))
ROOM = 0.075  # of the height that a name takes


def _moment(day: date) -> pd.Timestamp:
    return pd.Timestamp(day)


def _planned(found: MoneyFlow) -> pd.DataFrame:
    """The plan from 0 at the first day of its first month, a point at the end of each month."""
    points = [(found.planned[0][0].replace(day=1), 0), *found.planned] if found.planned else []
    rows = [{"day": _moment(d), "euro": c / 100, "line": PLANNED, "exact": show_euro(c)} for d, c in points]
    return pd.DataFrame(rows, columns=["day", "euro", "line", "exact"])


def _booked(found: MoneyFlow) -> pd.DataFrame:
    """The bookings as steps up to the day looked at."""
    rows = []
    for line in found.booked:
        first, (_, last) = line.cumulated[0][0], line.cumulated[-1]
        points = [(first, 0), *line.cumulated, (found.today, last)]
        rows += [{"day": _moment(d), "euro": c / 100, "line": line.kind, "exact": show_euro(c)} for d, c in points]
    return pd.DataFrame(rows, columns=["day", "euro", "line", "exact"])


def _names(found: MoneyFlow, top: float) -> pd.DataFrame:
    """The name of each line at its end, kept apart where ends lie close to one another."""
    ends = [(line.kind, found.today, line.cumulated[-1][1] / 100) for line in found.booked]
    rows, floor = list[dict[str, Any]](), float("-inf")
    for kind, day, euro in sorted(ends, key=lambda end: end[2]):
        floor = max(euro, floor + ROOM * top)
        rows.append({"day": _moment(day), "at": floor, "line": kind, "words": f"{kind} {thousands(round(euro * 100))}"})
    if found.planned:
        day, cents = found.planned[-1]
        words = f"{PLANNED} {thousands(cents)}"
        rows.append({"day": _moment(day), "at": cents / 100, "line": PLANNED, "words": words})
    return pd.DataFrame(rows, columns=["day", "at", "line", "words"])


def flow_text(found: MoneyFlow) -> str:
    """The picture in words, for those who do not see it."""
    ends = [f"{line.kind} {line.total.show()}" for line in found.booked]
    whole = f"Kosten nach Plan zusammen {show_euro(found.planned[-1][1])}." if found.planned else ""
    booked = f" Bis {show_date(found.today)}: {show_list(ends)}." if ends else ""
    return f"Mittelabfluss gegen den Plan. {flow_sentence(found).text} {whole}{booked}".strip()


def _axes(found: MoneyFlow, every: pd.DataFrame, top: float) -> tuple[alt.X, alt.Y]:
    """Months from the first to the last day drawn, with room for the names; amounts in T€ from 0 (or below)."""
    today = _moment(found.today)
    first, last = min(every["day"].min(), today), max(every["day"].max(), today)
    end = _moment(days_later(last.date(), max(90, (last - first).days) // 4))
    months = alt.Axis(format="%b %Y", tickCount=8, grid=False, labelOverlap=True)
    scale = alt.Scale(domain=[first.isoformat(), end.isoformat()], nice=False)
    amounts = alt.Axis(labelExpr="format(datum.value / 1000, ',.0f') + ' T€'", tickCount=5)
    low = min(0.0, float(every["euro"].min()))
    y = alt.Y("euro:Q", title=None, scale=alt.Scale(domain=[low, top], nice=False), axis=amounts)
    return alt.X("day:T", title=None, scale=scale, axis=months), y


def _today_layers(found: MoneyFlow, top: float) -> list[Any]:
    words = f"Stichtag {show_date(found.today)}"
    day = pd.DataFrame([{"day": _moment(found.today), "at": top, "words": words}])
    x, y = alt.X("day:T"), alt.Y("at:Q")
    rule = alt.Chart(day).mark_rule(color=theme.INK, strokeWidth=1.5).encode(x=x)
    name = alt.Chart(day).mark_text(color=theme.INK, align="left", dx=6, dy=8, fontSize=14)
    return [rule, name.encode(x=x, y=y, text="words:N")]


def flow_chart(found: MoneyFlow, height: int = 300) -> Picture | None:
    """The picture; None where neither plan nor bookings give a line. A kind without bookings has none."""
    planned, booked = _planned(found), _booked(found)
    drawn = [rows for rows in (planned, booked) if len(rows)]
    if not drawn:
        return None
    every = pd.concat(drawn)
    top = max(float(every["euro"].max()), 1.0) * 1.15
    x, y = _axes(found, every, top)
    colour = alt.Color("line:N", scale=alt.Scale(domain=[*COLOURS], range=[*COLOURS.values()]), legend=None)
    tooltip = [alt.Tooltip(f"{name}:{kind}", title=title) for name, kind, title in TOLD]
    layers: list[Any] = []
    if len(planned):
        line = alt.Chart(planned).mark_line(strokeDash=[6, 4], strokeWidth=2.5)
        layers.append(line.encode(x=x, y=y, color=colour, tooltip=tooltip))
    if len(booked):
        line = alt.Chart(booked).mark_line(interpolate="step-after", strokeWidth=3)
        layers.append(line.encode(x=x, y=y, color=colour, tooltip=tooltip))
    names = alt.Chart(_names(found, top)).mark_text(align="left", dx=6, fontSize=14, fontWeight=600)
    layers.append(names.encode(x=alt.X("day:T"), y=alt.Y("at:Q"), text="words:N", color=colour))
    return alt.layer(*layers, *_today_layers(found, top)).properties(height=height)
