"""Seats of an event against the people who are expected, as the ranges they are."""

from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd

from insek_core.plan.values import Span
from insek_core.rules.people.participation import FormatView, Participation
from insek_core.views import theme
from insek_core.views.theme import Picture

SURE, PERHAPS, WANTED = theme.THIRD, "#bfdedc", theme.INK
COLUMNS = ("name", "from", "to", "colour", "text")


def shown(found: Participation) -> tuple[FormatView, ...]:
    """The formats with dates, seats or expected people."""
    return tuple(view for view in found.formats if view.events or view.format.seats or view.format.expected)


def _words(view: FormatView) -> str:
    seats, wanted = view.format.seats, view.format.expected
    told = f"{seats.words} Plätze" if _known(seats) and seats else "Plätze unbekannt"
    told += f", erwartet {wanted.words}" if _known(wanted) and wanted else ""
    return told if view.room == "unbekannt" else f"{told}: {view.room}"


def _known(span: Span | None) -> bool:
    return span is not None and span.low is not None and span.high is not None


def _bars(view: FormatView) -> Iterator[tuple[str, int, int, str, str]]:
    seats = view.format.seats
    if seats and seats.low is not None and seats.high is not None:
        yield view.format.name, 0, seats.low, SURE, _words(view)
        yield view.format.name, seats.low, seats.high, PERHAPS, _words(view)


def seats_text(found: Participation) -> str:
    """The picture in one sentence."""
    views = shown(found)
    seats, wanted = (
        (sum(map(_known, spans)) for spans in zip(*((v.format.seats, v.format.expected) for v in views), strict=True))
        if views
        else (0, 0)
    )
    return f"Plätze sind für {seats} von {len(views)} Formaten genannt, erwartetes Interesse für {wanted or 'keines'}."


def seats_chart(found: Participation) -> Picture | None:
    """A row a format: seats as a bar (pale up to the most), expected people as a hollow bar, both in words; None
    without formats.
    """
    views = shown(found)
    if not views:
        return None
    bars = pd.DataFrame([bar for view in views for bar in _bars(view)], columns=list(COLUMNS))
    wanted = pd.DataFrame(
        [
            (v.format.name, e.low - 0.6, e.high + 0.6, WANTED, _words(v))
            for v in views
            if (e := v.format.expected) and e.low is not None and e.high is not None
        ],
        columns=list(COLUMNS),
    )
    most = float(max([1, *bars["to"], *wanted["to"]]))
    words = pd.DataFrame(
        [
            {
                "name": v.format.name,
                "at": max([0, *(bar[2] for bar in _bars(v)), *wanted[wanted.name == v.format.name]["to"]]),
                "text": _words(v),
            }
            for v in views
        ]
    )
    x = alt.X(
        "from:Q",
        title="Personen je Termin",
        scale=alt.Scale(domain=[0, most * 3], nice=False),
        axis=alt.Axis(grid=False, tickCount=5, labelExpr=f"datum.value <= {most} ? datum.label : ''"),
    )
    y = alt.Y(
        "name:N",
        sort=[view.format.name for view in views],
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=0),
    )
    tip = [alt.Tooltip("text:N", title="Format")]
    layers: list[Any] = []
    if len(bars):
        layers.append(
            alt.Chart(bars)
            .mark_bar(height=14)
            .encode(x=x, x2="to:Q", y=y, fill=alt.Fill("colour:N", scale=None), tooltip=tip)
        )
    if len(wanted):
        layers.append(
            alt.Chart(wanted)
            .mark_bar(height=22, filled=False, stroke=WANTED, strokeWidth=2)
            .encode(x=x, x2="to:Q", y=y, tooltip=tip)
        )
    layers.append(
        alt.Chart(words).mark_text(align="left", dx=10, fontSize=14).encode(x=alt.X("at:Q"), y=y, text="text:N")
    )
    return alt.layer(*layers).properties(height=44 * len(views) + 40)
