"""Time: lanes of phases, steps, sittings and participation; fuzzy ends drawn fuzzy; the Stichtag a thin dark line."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.plan.values import Fuzzy
from insek_core.rules.assessment import Assessment
from insek_core.views import theme
from insek_core.views.theme import Picture

LANES = ("Phasen", "Arbeitsschritte", "Sitzungen", "Beteiligung")
COLOURS = dict(zip(LANES, ("#3e4c59", "#2b5fa6", "#7b4ea3", "#1b857f"), strict=True))
SURE, FUZZY, POINT, DEADLINE = "sicher", "Zeitraum", "Tag", "Frist"


def _row(lane: str, name: str, kind: str, start: date, end: date, text: str) -> dict[str, Any]:
    # a bar ends at the end of its last day, so the day after is where the paint stops
    return {
        "lane": lane,
        "name": name,
        "kind": kind,
        "start": pd.Timestamp(start),
        "end": pd.Timestamp(end + timedelta(1)),
        "text": text,
    }


def _fuzzy(lane: str, name: str, when: Fuzzy | None, text: str) -> Iterator[dict[str, Any]]:
    if when and when.earliest and when.latest:
        yield _row(lane, name, POINT if when.is_exact else FUZZY, when.earliest, when.latest, f"{text}: {when.words}")


def _phases(found: Assessment) -> Iterator[dict[str, Any]]:
    for phase in found.timetable.phases:
        begin = phase.begin.earliest if phase.begin else None
        if begin is None or phase.end is None or phase.end.earliest is None or phase.end.latest is None:
            continue
        words = f"{phase.name}: {phase.begin.words if phase.begin else ''} bis {phase.end.words}"
        yield _row("Phasen", phase.name, SURE, begin, phase.end.earliest, words)
        if phase.end.latest > phase.end.earliest:
            yield _row("Phasen", phase.name, FUZZY, phase.end.earliest, phase.end.latest, words)


def _steps(found: Assessment) -> Iterator[dict[str, Any]]:
    for task in found.timetable.tasks:
        if task.start_on and task.finish_on:
            text = f"{task.name}: {show_date(task.start_on)} bis {show_date(task.finish_on)}; {task.waits_for}"
            yield _row(
                "Arbeitsschritte", task.name, POINT if task.milestone else SURE, task.start_on, task.finish_on, text
            )
        if task.deadline_on:
            yield _row(
                "Arbeitsschritte",
                task.name,
                DEADLINE,
                task.deadline_on,
                task.deadline_on,
                f"Frist {show_date(task.deadline_on)}",
            )


def rows(plan: Plan, found: Assessment, lanes: tuple[str, ...] = LANES) -> pd.DataFrame:
    """One row a mark: lane, name, kind (sicher, Zeitraum, Tag, Frist), start, end (the day after the last), text."""
    every = [*_phases(found), *_steps(found)]
    for sitting in plan.meetings:
        every += _fuzzy("Sitzungen", plan.name(sitting.body), sitting.when, plan.name(sitting.body))
    for event in plan.events:
        name = plan.name(event.format)
        every += _fuzzy(
            "Beteiligung", name, event.when, f"{name} {plan.name(event.area) if event.area else ''}".strip()
        )
    dated = {(row["lane"], row["name"]) for row in every}
    for item in plan.formats:
        if ("Beteiligung", item.name) not in dated:
            every += _fuzzy("Beteiligung", item.name, item.period, item.name)
    return pd.DataFrame(
        [row for row in every if row["lane"] in lanes], columns=["lane", "name", "kind", "start", "end", "text"]
    )


def _order(frame: pd.DataFrame, lanes: tuple[str, ...]) -> list[str]:
    """Row labels from top to bottom: each lane's name in capitals, then its rows in order of their first day."""
    order: list[str] = []
    for lane in lanes:
        names = list(dict.fromkeys(frame[frame.lane == lane]["name"]))
        order += [lane.upper(), *names] if names else []
    return order


def gantt_text(plan: Plan, found: Assessment) -> str:
    """The picture in one sentence."""
    end = found.timetable.finish_on
    return f"Zeitplan mit {len(plan.phases)} Phasen und {len(plan.tasks)} Arbeitsschritten, letzter Schritt am {show_date(end) if end else 'unbekannt'}."


def gantt(plan: Plan, found: Assessment, lanes: tuple[str, ...] = LANES, *, row_height: int = 24) -> Picture:
    """The lanes over time; solid where the date is sure, pale where it is a span, a diamond for a day, ▼ for a deadline."""
    frame = rows(plan, found, lanes)
    order = _order(frame, lanes)
    today = pd.Timestamp(found.today)
    first, last = min(frame["start"].min(), today) - timedelta(20), max(frame["end"].max(), today) + timedelta(20)
    x = alt.X("start:T", title=None, scale=alt.Scale(domain=[first, last]),
              axis=alt.Axis(format="%b %Y", tickCount={"interval": "month", "step": 3}, orient="top", labelFontSize=14))  # fmt: skip
    y = alt.Y("name:N", sort=order, title=None, scale=alt.Scale(domain=order, padding=0.2),
              axis=alt.Axis(labelFontSize=14, labelLimit=520, ticks=False, domain=False, minExtent=330,
                            labelFontWeight=alt.ExprRef("upper(datum.value) == datum.value ? 700 : 400"),
                            labelColor=alt.ExprRef(f"upper(datum.value) == datum.value ? '{theme.MUTED}' : '{theme.INK}'")))  # fmt: skip
    colour = alt.Color("lane:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None)
    tip = [alt.Tooltip("text:N", title="Eintrag")]
    base = alt.Chart(frame)
    fuzzy = (
        base.transform_filter(f"datum.kind == '{FUZZY}'")
        .mark_bar(opacity=0.32, cornerRadius=3, height=alt.RelativeBandSize(0.62))
        .encode(x=x, x2="end:T", y=y, color=colour, tooltip=tip)
    )
    sure = (
        base.transform_filter(f"datum.kind == '{SURE}'")
        .mark_bar(cornerRadius=2, height=alt.RelativeBandSize(0.62))
        .encode(x=x, x2="end:T", y=y, color=colour, tooltip=tip)
    )
    point = (
        base.transform_filter(f"datum.kind == '{POINT}'")
        .mark_point(shape="diamond", size=130, filled=True, opacity=1)
        .encode(x="end:T", y=y, color=colour, tooltip=tip)
    )
    due = (
        base.transform_filter(f"datum.kind == '{DEADLINE}'")
        .mark_text(text="▼", fontSize=17, color=theme.CRITICAL, dy=-2)
        .encode(x="end:T", y=y, tooltip=tip)
    )
    return alt.layer(fuzzy, sure, point, due, *_today(today)).properties(height=alt.Step(row_height))


def _today(today: pd.Timestamp) -> tuple[alt.Chart, alt.Chart]:
    now = pd.DataFrame([{"day": today, "label": f"Stichtag {today:%d.%m.%Y}"}])
    line = alt.Chart(now).mark_rule(color=theme.INK, strokeWidth=1.5).encode(x="day:T")
    text = (
        alt.Chart(now)
        .mark_text(align="left", dx=5, fontSize=14, fontWeight=600, baseline="top")
        .encode(x="day:T", y=alt.value(2), text="label:N")
    )
    return line, text


def ribbon(plan: Plan, found: Assessment, height: int = 190) -> Picture:
    """The time of the first screen: phases by name, sittings and participation each in one row, the Stichtag."""
    frame = rows(plan, found, ("Phasen", "Sitzungen", "Beteiligung"))
    today = pd.Timestamp(found.today)
    x = alt.X(
        "start:T",
        title=None,
        axis=alt.Axis(format="%b %Y", tickCount={"interval": "month", "step": 6}, labelFontSize=14),
    )
    y = alt.Y("lane:N", sort=list(LANES), title=None, axis=alt.Axis(labelFontSize=15, ticks=False, domain=False))
    colour = alt.Color("lane:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None)
    tip = [alt.Tooltip("text:N", title="Eintrag")]
    base = alt.Chart(frame)
    fuzzy = (
        base.transform_filter(f"datum.kind == '{FUZZY}'")
        .mark_bar(opacity=0.22, cornerRadius=3, height=alt.RelativeBandSize(0.55))
        .encode(x=x, x2="end:T", y=y, color=colour, tooltip=tip)
    )
    sure = (
        base.transform_filter(f"datum.kind == '{SURE}'")
        .mark_bar(height=alt.RelativeBandSize(0.55))
        .encode(x=x, x2="end:T", y=y, color=colour, tooltip=tip)
    )
    point = (
        base.transform_filter(f"datum.kind == '{POINT}'")
        .mark_point(shape="diamond", size=110, filled=True, opacity=1)
        .encode(x="end:T", y=y, color=colour, tooltip=tip)
    )
    phases = frame[(frame.lane == "Phasen") & (frame.kind == SURE)].assign(
        short=lambda f: f["name"].str.split(" ").str[0]
    )
    names = (
        alt.Chart(phases)
        .mark_text(color="white", align="left", dx=6, fontSize=14, fontWeight=600)
        .encode(x="start:T", y=y, text="short:N")
    )
    return alt.layer(fuzzy, sure, point, names, *_today(today)).properties(height=height)
