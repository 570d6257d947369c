"""Time as marks: a row for each phase, step, paper, sitting and event; and the ribbon of the first screen."""

import textwrap
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.plan.values import Fuzzy
from insek_core.rules.assessment import Assessment
from insek_core.rules.time.dates import state_words
from insek_core.rules.time.workdays import FIRST_DAY, LAST_DAY
from insek_core.views import theme
from insek_core.views.theme import Picture

LANES = ("Phasen", "Arbeitsschritte", "Vorlagen", "Sitzungen", "Beteiligung")
TINTS = dict(
    zip(LANES, ("#c3c8cd", "#c1d0e5", "#e8d5bd", "#dcd0e6", "#bfdedc"), strict=True)
)  # a span: pale, and no darker where several lie on each other
COLOURS = dict(zip(LANES, ("#3e4c59", "#2b5fa6", "#8a5a12", "#7b4ea3", "#1b857f"), strict=True))
SURE, FUZZY, POINT, DEADLINE, SPAN = "sicher", "Zeitraum", "Tag", "Frist", "Klammer"
LABEL_CHARS = 58


COLUMNS = ("record", "lane", "name", "kind", "start", "end", "text")
DRAWN = ("lane", "name", "start", "end", "text", "fill", "stroke", "width")  # what a browser needs of a mark


def _drawable(day: date) -> date:
    """The day, or the nearest that the calendars know: one in the year 9999 would leave no room for the others."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def mark(record: str, lane: str, name: str, kind: str, start: date, end: date, text: str) -> dict[str, Any]:
    """One mark of a picture; a bar ends at the end of its last day, so the day after is where the paint stops."""
    label = "\n".join(textwrap.wrap(name, LABEL_CHARS))
    first, stop = _drawable(start), _drawable(end) + timedelta(1)
    values = (record, lane, label, kind, pd.Timestamp(first), pd.Timestamp(stop), text)
    return dict(zip(COLUMNS, values, strict=True))


def _guess(assumed: bool) -> str:
    """What is said behind a day that rests on an assumption."""
    return " (angenommen)" if assumed else ""


def _fuzzy(
    record: str, lane: str, name: str, when: Fuzzy | None, text: str, *, assumed: bool = False
) -> Iterator[dict[str, Any]]:
    if when and when.earliest and when.latest:
        kind, words = POINT if when.is_exact else FUZZY, f"{text}: {when.words}{_guess(assumed)}"
        yield mark(record, lane, name, kind, when.earliest, when.latest, words)


def _phases(found: Assessment) -> Iterator[dict[str, Any]]:
    for phase in found.timetable.phases:
        begin = phase.begin.earliest if phase.begin else None
        if begin is None or phase.end is None or phase.end.earliest is None or phase.end.latest is None:
            continue
        words = f"{phase.name}: {phase.begin.words if phase.begin else ''} bis {phase.end.words}"
        yield mark(phase.id, "Phasen", phase.name, SURE, begin, max(begin, phase.end.earliest), words)
        if phase.end.latest > phase.end.earliest:
            yield mark(phase.id, "Phasen", phase.name, FUZZY, phase.end.earliest, phase.end.latest, words)


def _steps(found: Assessment) -> Iterator[dict[str, Any]]:
    for task in found.timetable.tasks:
        if task.start_on and task.finish_on:
            ends = f"{show_date(task.finish_on)}{state_words(task.unknown)}"
            text = f"{task.name}: {show_date(task.start_on)} bis {ends}; {task.waits_for}"
            kind = POINT if task.milestone else SPAN if task.summary else SURE
            yield mark(task.id, "Arbeitsschritte", task.label, kind, task.start_on, task.finish_on, text)
        if task.deadline_on:
            yield mark(
                task.id,
                "Arbeitsschritte",
                task.label,
                DEADLINE,
                task.deadline_on,
                task.deadline_on,
                f"Frist {show_date(task.deadline_on)}",
            )


def _papers(found: Assessment) -> Iterator[dict[str, Any]]:
    for paper in found.timetable.courses:
        days = [stop.on for stop in paper.stops if stop.on]
        if paper.ready_on and days:
            ready = f"{show_date(paper.ready_on)}{_guess(paper.ready_assumed)}"
            last = f"{show_date(paper.decided_on)}{_guess(paper.assumed)}" if paper.decided_on else "unbekannt"
            text = f"Gremienvorlage „{paper.name}“: fertig {ready}, letzte Station {last}"
            yield mark(paper.paper, "Vorlagen", paper.short, FUZZY, min(paper.ready_on, *days), max(days), text)
        for stop in paper.stops:
            if stop.on:
                due = f"; Unterlagen fällig {show_date(stop.due_on)}" if stop.due_on else ""
                on = f"{show_date(stop.on)}{_guess(stop.assumed)}{state_words(stop.unknown)}"
                text = f"{paper.short}: {stop.responsibility} {stop.body_name} {on}{due}"
                yield mark(paper.paper, "Vorlagen", paper.short, POINT, stop.on, stop.on, text)


def _sittings(plan: Plan) -> Iterator[dict[str, Any]]:
    for sitting in plan.meetings:
        if not sitting.cancelled:
            name, assumed = plan.name(sitting.body), sitting.evidence_of("when") == "assumed"
            yield from _fuzzy(sitting.body, "Sitzungen", name, sitting.lies, name, assumed=assumed)


def _events(plan: Plan, found: Assessment) -> Iterator[dict[str, Any]]:
    for event in found.timetable.events:
        name, text = plan.name(event.format), f"{event.label}{state_words(event.unknown)}"
        yield from _fuzzy(event.format, "Beteiligung", name, event.lies, text, assumed=event.assumed)
    dated = {event.format for event in plan.events if event.when and not event.when.is_open}
    for item in plan.formats:
        if item.id not in dated:
            yield from _fuzzy(item.id, "Beteiligung", item.name, item.period, item.name)


def rows(plan: Plan, found: Assessment, lanes: tuple[str, ...] = LANES) -> pd.DataFrame:
    """One row a mark: record, lane, name, kind (sicher, Zeitraum, Tag, Frist, Klammer), start, end (the day after the
    last), text.
    """
    every = [*_phases(found), *_steps(found), *_papers(found), *_sittings(plan), *_events(plan, found)]
    return pd.DataFrame([row for row in every if row["lane"] in lanes], columns=list(COLUMNS))


def gantt_text(plan: Plan, found: Assessment) -> str:
    """The picture in one sentence."""
    end = found.timetable.finish_on
    return (
        f"Zeitplan mit {len(plan.phases)} Phasen und {len(plan.tasks)} Arbeitsschritten, letzter Schritt am "
        f"{show_date(end) if end else 'unbekannt'}."
    )


def window(frame: pd.DataFrame, today: pd.Timestamp) -> Any:
    """An unseen layer that spans the time shown: a domain set on several temporal layers makes Vega-Lite complain."""
    ends = [min(frame["start"].min(), today) - timedelta(14), max(frame["end"].max(), today) + timedelta(21)]
    return alt.Chart(pd.DataFrame({"start": ends})).mark_point(opacity=0, size=0)


def _distinct(spans: pd.DataFrame) -> pd.DataFrame:
    """Spans that lie exactly on each other drawn once, with their number."""
    groups = spans.groupby([column for column in spans if column != "text"], sort=False)["text"]
    found = groups.agg(["first", "size"]).reset_index()
    text = [
        one if size == 1 else f"{one} ({size} Termine)" for one, size in zip(found["first"], found["size"], strict=True)
    ]
    return found.assign(text=text)[list(spans)]


def _looks(frame: pd.DataFrame, strong: Collection[str]) -> pd.DataFrame:
    """Each mark with its fill and outline: solid where sure, pale with white seams for a span, dark round what is
    strong.
    """
    sure, fuzzy = frame["lane"].map(COLOURS), frame["lane"].map(TINTS)
    pale = frame["kind"] == FUZZY
    marked = frame["record"].isin(list(strong)) & frame["kind"].isin([SURE, POINT])
    return frame.assign(
        fill=sure.where(~pale, fuzzy),
        stroke=np.where(marked, theme.INK, "white"),
        width=np.where(marked, 2.5, np.where(pale, 2, 0)),
    )


def marks(frame: pd.DataFrame, x: alt.X, y: alt.Y, size: int, strong: Collection[str] = ()) -> list[Any]:
    """A layer for each shape that occurs: bars (solid where sure, pale for a span), a diamond for a day, ▼ for a
    deadline.

    The records in `strong` are outlined.
    """
    tip = [alt.Tooltip("text:N", title="Eintrag")]
    drawn = _looks(frame, strong)
    paint = {
        "fill": alt.Fill("fill:N", scale=None),
        "stroke": alt.Stroke("stroke:N", scale=None),
        "strokeWidth": alt.StrokeWidth("width:Q", scale=None),
    }
    pale, sure, ends, days, limits = (drawn[drawn.kind == kind] for kind in (FUZZY, SURE, SPAN, POINT, DEADLINE))
    bars = pd.concat([_distinct(pale[list(DRAWN)]), sure[list(DRAWN)]])
    wide = {"x": x, "x2": "end:T", "y": y, "tooltip": tip}
    layers: list[Any] = []
    if len(bars):
        layers.append(
            alt.Chart(bars).mark_bar(cornerRadius=2, height=alt.RelativeBandSize(0.6)).encode(**wide, **paint)
        )
    if len(ends):
        layers.append(alt.Chart(ends[list(DRAWN)]).mark_bar(height=6, color=theme.INK).encode(**wide))
    if len(days):
        layers.append(
            alt.Chart(days[list(DRAWN)])
            .mark_point(shape="diamond", size=size, opacity=1)
            .encode(x=x, y=y, tooltip=tip, **paint)
        )
    if len(limits):
        text = alt.Chart(limits[list(DRAWN)]).mark_text(text="▼", fontSize=15, color=theme.CRITICAL, dy=-8)
        layers.append(text.encode(x=x, y=y, tooltip=tip))
    return layers


def today_line(today: pd.Timestamp, x: alt.X) -> tuple[Any, Any]:
    now = pd.DataFrame([{"start": today, "label": f"Stichtag {today:%d.%m.%Y}"}])
    line = alt.Chart(now).mark_rule(color=theme.INK, strokeWidth=1.5).encode(x=x)
    text = (
        alt.Chart(now)
        .mark_text(align="left", dx=5, fontSize=14, fontWeight=600, baseline="top")
        .encode(x=x, y=alt.value(2), text="label:N")
    )
    return line, text


def ribbon(plan: Plan, found: Assessment, height: int = 190) -> Picture | None:
    """The time of the first screen: phases by name, sittings and participation each in one row, the Stichtag.
    None where nothing has a day.
    """
    frame = rows(plan, found, ("Phasen", "Sitzungen", "Beteiligung"))
    if frame.empty:
        return None
    today = pd.Timestamp(found.today)
    order = ["", *(lane for lane in LANES if lane in set(frame["lane"]))]  # the empty row holds the Stichtag's label
    x = alt.X(
        "start:T",
        title=None,
        scale=alt.Scale(nice=False),
        axis=alt.Axis(format="%b %Y", tickCount={"interval": "month", "step": 6}, labelFontSize=14),
    )
    y = alt.Y(
        "lane:N",
        sort=order,
        scale=alt.Scale(domain=order),
        title=None,
        axis=alt.Axis(labelFontSize=15, ticks=False, domain=False),
    )
    phases = frame[(frame.lane == "Phasen") & (frame.kind == SURE)].assign(
        short=lambda f: f["name"].str.split(" ").str[0]
    )
    text: dict[str, Any] = {"align": "left", "dx": 6, "fontSize": 14, "fontWeight": 600}
    named = alt.Chart(phases).encode(x=x, y=y, text="short:N")
    names = (  # a name longer than its bar stays legible on what lies behind it
        named.mark_text(color=COLOURS["Phasen"], stroke=COLOURS["Phasen"], strokeWidth=3, strokeJoin="round", **text),
        named.mark_text(color="white", **text),
    )
    return alt.layer(
        window(frame, today).encode(x=x), *marks(frame, x, y, 110), *names, *today_line(today, x)
    ).properties(height=height)
