"""The timetable as lanes: what determines the end is outlined, a Planstand drawn hollow behind it, holidays shaded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.plan.process import Task
from insek_core.rules.assessment import Assessment
from insek_core.rules.time.baseline import State
from insek_core.rules.time.course import Step
from insek_core.views import theme
from insek_core.views.charts.time import COLUMNS, LANES, SURE, mark, marks, rows, today_line, window
from insek_core.views.theme import Picture

SCALES = ("Monat", "Quartal", "Jahr")
AXES: dict[str, dict[str, Any]] = {
    "Monat": {"tickCount": {"interval": "month", "step": 1}, "labelExpr": "month(datum.value) == 0 ? timeFormat(datum.value, '%Y') : timeFormat(datum.value, '%b')", "labelFontWeight": alt.ExprRef("month(datum.value) == 0 ? 700 : 400")},
    "Quartal": {"tickCount": {"interval": "month", "step": 3}, "labelExpr": "'Q' + timeFormat(datum.value, '%q') + ' ' + timeFormat(datum.value, '%Y')"},
    "Jahr": {"tickCount": {"interval": "year", "step": 1}, "format": "%Y"},
}  # fmt: skip
OFF = {"Schulferien": "#f1efe6", "Sitzungspause": "#e3e0d3"}
LANE_OF = {
    "phases": "Phasen",
    "tasks": "Arbeitsschritte",
    "papers": "Vorlagen",
    "meetings": "Sitzungen",
    "events": "Beteiligung",
}
ROW, ROW_LONG, ROW_MANY = 25, 32, 20


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


def offices_and_bodies(plan: Plan) -> dict[str, str]:
    """The name of each office and body that has to do with more than itself."""
    rows = (*plan.bodies, *plan.organisations)
    return {row.id: row.label for row in rows if len(concerned(plan, row.id)) > 1}


def concerned(plan: Plan, who: str) -> frozenset[str]:
    """What an office or a body has to do with: its tasks, formats, papers and itself."""
    own = {who, *(row.body for row in plan.memberships if row.organisation == who)}
    found = {task.id for task in plan.tasks if own & set(task.responsible)}
    found |= {item.id for item in plan.formats if item.lead in own or own & set(item.audience)}
    found |= {row.paper for row in plan.readings if row.body in own}
    return frozenset(found | own)


def _shown(plan: Plan, frame: pd.DataFrame, look: Look) -> pd.DataFrame:
    return frame[frame["record"].isin(concerned(plan, look.who))] if look.who else frame


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


def _ghosts(plan: Plan, frame: pd.DataFrame, against: tuple[str, State] | None) -> pd.DataFrame:
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
    by_id = found.timetable.by_id
    made: list[dict[str, Any]] = []
    for link in plan.links:
        one, other = by_id.get(link.predecessor), by_id.get(link.successor)
        if (
            one
            and other
            and one.start_on
            and one.finish_on
            and other.start_on
            and other.finish_on
            and {one.id, other.id} <= set(names)
        ):
            leaves = one.start_on if link.type in ("SS", "SF") else one.finish_on + timedelta(1)
            arrives = other.finish_on + timedelta(1) if link.type in ("FF", "SF") else other.start_on
            made.append(
                {
                    "from": names[one.id],
                    "to": names[other.id],
                    "start": pd.Timestamp(leaves),
                    "end": pd.Timestamp(arrives),
                    "text": f"{other.label} wartet auf {one.label}",
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


def _order(frame: pd.DataFrame, lanes: tuple[str, ...]) -> list[str]:
    """Row labels from top to bottom: each lane's name in capitals, then its rows in the plan's order."""
    order: list[str] = []
    for lane in lanes:
        names = list(dict.fromkeys(frame[frame.lane == lane]["name"]))
        order += [lane.upper(), *names] if names else []
    return order


def _axes(order: list[str], scale: str, months: float) -> tuple[alt.X, alt.Y]:
    own = AXES[scale]
    if scale == "Monat":  # every second or third month where all would not fit; January, the year, is always among them
        own = {
            **own,
            "tickCount": {"interval": "month", "step": next((n for n in (1, 2, 3, 6) if months <= 28 * n), 12)},
        }
    x = alt.X(
        "start:T",
        title=None,
        scale=alt.Scale(nice=False),
        axis=alt.Axis(orient="top", labelFontSize=14, labelFlush=False, labelOverlap=True, **own),
    )
    heading = "upper(datum.value) == datum.value"
    y = alt.Y(
        "name:N",
        sort=None,
        title=None,
        scale=alt.Scale(domain=order, padding=0.15),
        axis=alt.Axis(
            labelFontSize=14,
            labelLimit=0,
            labelLineHeight=14,
            labelExpr="split(datum.value, '\\n')",
            ticks=False,
            domain=False,
            labelFontWeight=alt.ExprRef(f"{heading} ? 700 : 400"),
            labelColor=alt.ExprRef(f"{heading} ? '{theme.MUTED}' : '{theme.INK}'"),
        ),
    )
    return x, y


def _behind(plan: Plan, found: Assessment, frame: pd.DataFrame, x: alt.X, y: alt.Y, look: Look) -> Iterator[Any]:
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


def _before(
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
    strong = frame[frame["record"].isin(determining(found)) & (frame["kind"] == SURE)][["name", "start"]]
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


def gantt(plan: Plan, found: Assessment, look: Look, against: tuple[str, State] | None = None) -> Picture | None:
    """The lanes over time, names on the left never cut, the Stichtag as a thin dark line; `against`: words and a
    compared state.

    None where nothing of what is looked for has a date.
    """
    frame = _shown(plan, rows(plan, found, look.lanes), look)
    if not len(frame):
        return None
    order = _order(frame, look.lanes)
    ghosts, today = _ghosts(plan, frame, against), pd.Timestamp(found.today)
    every = pd.concat([frame, ghosts])
    x, y = _axes(order, look.scale, (every["end"].max() - every["start"].min()).days / 30)
    height = ROW_MANY if len(order) > 80 else ROW_LONG if any("\n" in name for name in order) else ROW
    layers = [
        *_behind(plan, found, frame, x, y, look),
        *marks(frame, x, y, 150, determining(found)),
        *_before(plan, found, frame, x, y, look, ghosts),
    ]
    return alt.layer(window(every, today).encode(x=x), *layers, *today_line(today, x)).properties(
        height=height * len(order)
    )


def steps_chart(found: Sequence[Step], height: int = 240) -> Picture:
    """Days late → day of the last station, as steps with their days."""
    known = [step for step in found if step.decided_on]
    made = [
        {
            "from": s.first_days,
            "to": s.last_days + 1,
            "day": pd.Timestamp(s.decided_on),
            "label": show_date(s.decided_on),
        }
        for s in known
        if s.decided_on
    ]
    frame = pd.DataFrame(made, columns=["from", "to", "day", "label"])
    x = alt.X("from:Q", title="Tage zu spät fertig", scale=alt.Scale(nice=False), axis=alt.Axis(grid=False))
    y = alt.Y("day:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=5), scale=alt.Scale(nice=True, padding=14))
    base = alt.Chart(frame)
    bars = base.mark_rule(strokeWidth=6, color=theme.GRANT).encode(
        x=x, x2="to:Q", y=y, tooltip=[alt.Tooltip("label:N", title="Letzte Station")]
    )
    words = base.mark_text(align="left", dy=-14, fontSize=14, fontWeight=600).encode(x=x, y=y, text="label:N")
    return alt.layer(bars, words).properties(height=height)
