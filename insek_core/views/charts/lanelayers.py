"""What lies behind and over the bars of the timetable: days off, floats, a compared state, links, what determines
the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.plan.process import Task
from insek_core.rules.assessment import Assessment
from insek_core.rules.time.baseline import TimeState
from insek_core.rules.time.net.nodes import dependencies, node_label
from insek_core.views import theme
from insek_core.views.charts.time import COLUMNS, LANES, SURE, mark

OFF = {"Schulferien": "#f1efe6", "Sitzungspause": "#e3e0d3"}
LANE_OF = {
    "phases": "Phasen",
    "tasks": "Arbeitsschritte",
    "papers": "Vorlagen",
    "meetings": "Sitzungen",
    "events": "Beteiligung",
}


@dataclass(frozen=True)
class Look:
    """What a reader wants to see: lanes, scale, one office or body (empty: all), the state to compare with, floats,
    links.
    """

    lanes: tuple[str, ...] = LANES
    scale: str = "Quartal"
    who: str = ""
    floats: bool = False
    links: bool = False


def determining(found: Assessment) -> frozenset[str]:
    """The tasks that determine the end: the critical ones and the chain that the last one waits for."""
    ends = [task for task in found.timetable.tasks if task.finish_on]
    last = max(ends, key=lambda task: task.finish_on or date.min, default=None)
    chain = found.timetable.chain(last.id) if last else ()
    return frozenset({task.id for task in (*chain, *(t for t in ends if t.critical))})


def _name(plan: Plan, table: str, record: str, fallback: str) -> str:
    """The row a compared entry lies in: sittings of one body and events of one format share theirs."""
    row = plan.by_id.get(record)
    if table == "meetings":
        return plan.name(getattr(row, "body", "")) if row else fallback
    if table == "events":
        return plan.name(getattr(row, "format", "")) if row else fallback
    return (
        str(getattr(row, "short_name", "") or getattr(row, "name", "") or fallback)
        if isinstance(row, Task)
        else fallback
    )


def ghosts_of(plan: Plan, frame: pd.DataFrame, against: tuple[str, TimeState] | None) -> pd.DataFrame:
    """The compared state (words, entries) as marks in the rows that are shown."""
    found = []
    words, state = against or ("", {})
    for (table, record), lies in state.items():
        short = next((p.short_name for p in plan.papers if p.id == record and p.short_name), lies.name)
        name = short if table == "papers" else _name(plan, table, record, lies.name)
        found.append(
            mark(
                record,
                LANE_OF[table],
                name,
                "Vergleich",
                lies.first_on,
                lies.last_on,
                f"{words}: {lies.name} {lies.words}",
            )
        )
    ghosts = pd.DataFrame(found, columns=list(COLUMNS))
    return ghosts[ghosts["name"].isin(set(frame["name"]))]


def _floats(found: Assessment, frame: pd.DataFrame) -> pd.DataFrame:
    """From the end of a task to the last day it could end."""
    made = [
        mark(
            t.id,
            "Arbeitsschritte",
            t.label,
            "Puffer",
            t.finish_on + timedelta(1),
            t.late_finish_on,
            f"{t.name}: Puffer {t.total_float_days} Arbeitstage, spätestens {show_date(t.late_finish_on)}",
        )
        for t in found.timetable.tasks
        if t.finish_on and t.late_finish_on and t.late_finish_on > t.finish_on
    ]
    floats = pd.DataFrame(made, columns=list(COLUMNS))
    return floats[floats["name"].isin(set(frame["name"]))]


def _links(plan: Plan, found: Assessment, frame: pd.DataFrame) -> pd.DataFrame:
    """From the end of a task down to the start of what waits for it, an elbow of two lines each."""
    names = dict(zip(frame["record"], frame["name"], strict=True))
    formats = {event.id: event.format for event in plan.events}  # the events of a format share its row
    made: list[dict[str, Any]] = []
    for link in dependencies(plan):
        one, other = found.timetable.span(link.predecessor), found.timetable.span(link.successor)
        rows = [names.get(formats.get(name, name)) for name in (link.predecessor, link.successor)]
        if one and other and all(rows):
            leaves = one[0] if link.type in ("SS", "SF") else one[1] + timedelta(1)
            arrives = other[1] + timedelta(1) if link.type in ("FF", "SF") else other[0]
            first, then = node_label(plan, link.predecessor), node_label(plan, link.successor)
            made.append(
                {
                    "from": rows[0],
                    "to": rows[1],
                    "start": pd.Timestamp(leaves),
                    "end": pd.Timestamp(arrives),
                    "text": f"{then} wartet auf {first}",
                }
            )
    return pd.DataFrame(made, columns=["from", "to", "start", "end", "text"])


def _off(plan: Plan, first: date, last: date) -> pd.DataFrame:
    """School holidays and the council's breaks within the time shown."""
    made = [
        {
            "fill": OFF[kind],
            "start": pd.Timestamp(row.span[0]),
            "end": pd.Timestamp(row.span[1] + timedelta(1)),
            "text": f"{row.name}: {show_date(row.span[0])} bis {show_date(row.span[1])}",
        }
        for kind in OFF
        for row in plan.calendars
        if row.kind == kind and row.span and row.span[1] >= first and row.span[0] <= last
    ]
    return pd.DataFrame(made, columns=["fill", "start", "end", "text"])


def behind(plan: Plan, found: Assessment, frame: pd.DataFrame, x: alt.X, y: alt.Y, look: Look) -> Iterator[Any]:
    """What lies behind the bars: days off, floats."""
    off = _off(plan, frame["start"].min().date(), frame["end"].max().date())
    if len(off):
        tip = [alt.Tooltip("text:N", title="Frei")]
        yield alt.Chart(off).mark_rect().encode(x=x, x2="end:T", fill=alt.Fill("fill:N", scale=None), tooltip=tip)
    if look.floats and len(spare := _floats(found, frame)):
        yield (
            alt.Chart(spare)
            .mark_bar(height=4, color=theme.UNKNOWN)
            .encode(x=x, x2="end:T", y=y, tooltip=[alt.Tooltip("text:N", title="Puffer")])
        )


def before(
    plan: Plan, found: Assessment, frame: pd.DataFrame, x: alt.X, y: alt.Y, look: Look, ghosts: pd.DataFrame
) -> Iterator[Any]:
    """What lies over the bars: the compared state, links, what determines the end and what comes next in words."""
    if len(ghosts):
        yield from _hollow(ghosts, x, y)
    if look.links and len(held := _links(plan, found, frame)):
        over = alt.Chart(held)
        yield over.mark_rule(color=theme.INK, opacity=0.55).encode(x=x, y=alt.Y("from:N"), y2="to:N")
        yield over.mark_rule(color=theme.INK, opacity=0.55).encode(x=x, x2="end:T", y=alt.Y("to:N"))
        yield over.mark_point(shape="triangle-right", filled=True, color=theme.INK, size=45, opacity=0.8).encode(
            x=alt.X("end:T"), y=alt.Y("to:N"), tooltip=[alt.Tooltip("text:N", title="Abhängigkeit")]
        )
    # all of them are outlined; the last one says what that means, for words on each would lie on the names
    strong = frame[frame["record"].isin(determining(found)) & (frame["kind"] == SURE)][["name", "start"]]
    strong = strong.nlargest(1, "start")
    if len(strong):
        text: dict[str, Any] = {
            "text": "bestimmt das Ende",
            "align": "right",
            "dx": -7,
            "fontSize": 13,
            "fontWeight": 600,
        }
        yield alt.Chart(strong).mark_text(**text, stroke=theme.SURFACE, strokeWidth=4).encode(x=x, y=y)
        yield alt.Chart(strong).mark_text(**text).encode(x=x, y=y)
    if len(coming := _coming(frame, pd.Timestamp(found.today))):
        words = alt.Chart(coming).mark_text(align="left", dx=9, fontSize=13, fontWeight=600)
        yield words.encode(x=x, y=y, text="words:N")


def _coming(frame: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """The next sitting with its day in words, where it begins or, if that is past, at the Stichtag; empty if none is
    known.
    """
    ahead = frame[(frame["lane"] == "Sitzungen") & (frame["end"] > today)].sort_values("end", kind="stable").head(1)
    words = ["nächste Sitzung: " + text.rpartition(": ")[2] for text in ahead["text"]]
    return pd.DataFrame(
        {"name": ahead["name"], "start": [max(start, today) for start in ahead["start"]], "words": words}
    )


def _hollow(ghosts: pd.DataFrame, x: alt.X, y: alt.Y) -> Iterator[Any]:
    """The compared state: spans as hollow bars, days as hollow diamonds."""
    tip = [alt.Tooltip("text:N", title="Vergleich")]
    day = ghosts["end"] - ghosts["start"] <= pd.Timedelta(days=1)
    line: dict[str, Any] = {"filled": False, "stroke": theme.CRITICAL, "strokeWidth": 2, "opacity": 1}
    if len(spans := ghosts[~day]):
        yield (
            alt.Chart(spans)
            .mark_bar(**line, strokeDash=[5, 3], height=alt.RelativeBandSize(0.9))
            .encode(x=x, x2="end:T", y=y, tooltip=tip)
        )
    if len(days := ghosts[day]):
        yield alt.Chart(days).mark_point(**line, shape="diamond", size=150).encode(x=x, y=y, tooltip=tip)
