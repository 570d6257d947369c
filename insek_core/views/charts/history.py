"""The figures of an area over the years: a small picture each, the city beside it where both can be compared."""

from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator
from insek_core.rules.figures import show_measure
from insek_core.rules.places.indicators import YearValue
from insek_core.views import theme
from insek_core.views.theme import Picture

MOST = 6  # pictures; the other figures stand in the table
ROW = ("indicator", "year", "value", "line", "colour", "label")


def _runs(points: Sequence[tuple[int, float]]) -> Iterable[tuple[int, int, float]]:
    """Points with the number of their run: a year without a figure ends one, so that no line crosses a gap."""
    run = 0
    for number, (year, value) in enumerate(points):
        run += bool(number and year != points[number - 1][0] + 1)
        yield run, year, value


def _lines(indicator: Indicator, area: Area, values: Iterable[YearValue], colour: str) -> list[tuple[Any, ...]]:
    points = [(y, v.value) for i, y, v in values if i == indicator.id and v.area == area.id and v.value is not None]
    return [
        (
            _heading(indicator.name),
            pd.Timestamp(year, 1, 1),
            value,
            f"{area.id}-{run}",
            colour,
            f"{area.name}: {show_measure(value, indicator.unit)}" if year == points[-1][0] else "",
        )
        for run, year, value in _runs(points)
    ]


def history_rows(plan: Plan, area: Area, city: Area | None, values: Iterable[YearValue]) -> list[tuple[Any, ...]]:
    """The points of the first indicators that have two years or more; the city's for those that are rates."""
    held = sorted(values, key=lambda row: row[1])
    found: list[tuple[Any, ...]] = []
    shown = 0
    for indicator in plan.indicators:
        own = _lines(indicator, area, held, theme.GRANT)
        if len(own) > 1 and shown < MOST:
            shown += 1
            whole = _lines(indicator, city, held, theme.MUTED) if city and indicator.unit == "%" else []
            found += [*whole, *own]
    return found


def _heading(name: str, most: int = 24) -> str:
    """A name in lines of so many signs."""
    return "\n".join(wrap(name, most))


def history_chart(rows: Sequence[tuple[Any, ...]], today: date, columns: int = 2, width: int = 165) -> Picture | None:
    """A line for each run of years, its last figure at its end, a thin line at the Stichtag; None where there is
    nothing to draw.
    """
    if not rows:
        return None
    table = pd.DataFrame(rows, columns=list(ROW))
    base = alt.Chart(table.assign(today=pd.Timestamp(today)))
    first, last = table["year"].min().year, max(table["year"].max().year, today.year)
    span = alt.Scale(domain=[{"year": first}, {"year": last + 1}])  # else Vega complains while it has no rows yet
    x = alt.X("year:T", title=None, scale=span, axis=alt.Axis(format="%Y", tickCount=3, grid=False))
    y = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=3), scale=alt.Scale(zero=False, padding=12))
    colour = alt.Color("colour:N", scale=None)
    lines = base.mark_line(point=True, strokeWidth=2.5).encode(x=x, y=y, color=colour, detail="line:N")
    said: dict[str, Any] = {"align": "right", "dy": -12, "fontSize": 13, "fontWeight": 600}
    halo = base.mark_text(**said, stroke="white", strokeWidth=4, strokeJoin="round").encode(x=x, y=y, text="label:N")
    words = base.mark_text(**said).encode(x=x, y=y, color=colour, text="label:N")
    now = base.mark_rule(color=theme.INK).encode(x=alt.X("today:T", scale=span))
    header = alt.Header(
        title=None,
        labelExpr="split(datum.label, '\\n')",
        labelFontSize=14,
        labelFontWeight=600,
        labelAnchor="start",
        labelLimit=width,
    )
    picture: Any = (
        alt.layer(now, lines, halo, words)
        .properties(width=width, height=110)
        .facet(alt.Facet("indicator:N", header=header, sort=None), columns=columns)
        .resolve_scale(y="independent")
    )
    return picture  # type: ignore[no-any-return]
