"""Plan against Variante in time: phases and the resolution as two bars each, the deadline as a mark."""

from datetime import date
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from insek_core.change.answers import deciding
from insek_core.plan.german import show_date
from insek_core.rules.assessment import Assessment
from insek_core.rules.time.dates import PhaseDates
from insek_core.rules.time.schedule import Timetable
from insek_core.views import theme
from insek_core.views.charts.live import Rows, Spec, named_layer, words_layer

SPAN = ("row", "name", "side", "start", "end", "text")
DAY = ("row", "name", "side", "start", "text")
PALE, STRONG = "#b8c2cc", theme.LANES["step"]


@cache
def shift_spec(height: int = 290) -> Spec:
    """A row for each phase, for the steps after the last one and for the resolution; the plan pale above, the Variante
    strong below, its new day named at its end.
    """
    x = alt.X(
        "start:T",
        title=None,
        scale=alt.Scale(nice=False),
        axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, labelFontSize=15),
    )
    y = alt.Y(
        "name:N",
        title=None,
        sort=alt.EncodingSortField("row", op="min"),
        axis=alt.Axis(labelFontSize=16, ticks=False, domain=False, labelLimit=220),
    )
    offset = alt.YOffset("side:N", sort=["Plan", "Variante"])
    colour = alt.Color("side:N", scale=alt.Scale(domain=["Plan", "Variante"], range=[PALE, STRONG]), legend=None)
    tip = [alt.Tooltip("text:N", title="Eintrag")]
    bars = (
        named_layer("spannen")
        .mark_bar(cornerRadius=2)
        .encode(x=x, x2="end:T", y=y, yOffset=offset, color=colour, tooltip=tip)
    )
    days = (
        named_layer("tage")
        .mark_point(shape="diamond", size=190, opacity=1, filled=True)
        .encode(x=x, y=y, yOffset=offset, color=colour, tooltip=tip)
    )
    limit = (
        named_layer("fristen")
        .mark_text(text="▼", fontSize=18, color=theme.CRITICAL, dy=-16)
        .encode(x=x, y=y, tooltip=tip)
    )
    names = words_layer(
        "namen", "start:T", "name:N", align="left", dx=10, fontWeight=alt.ExprRef("datum.fontWeight")
    ).encode(y=y, yOffset=offset)
    return alt.layer(bars, days, limit, names).properties(height=height).to_dict()


def _moment(day: date) -> pd.Timestamp:
    return pd.Timestamp(day)


def _span(phase: PhaseDates) -> tuple[date | None, date | None]:
    """From the phase's begin (or its first step) to its end as stated, by its last step where that is later."""
    begin = (phase.begin.earliest if phase.begin else None) or phase.tasks_start_on
    ends = [day for day in (phase.end.latest if phase.end else None, phase.tasks_finish_on) if day]
    return begin, max(ends, default=None)


def _phases(found: Timetable, side: str) -> list[dict[str, Any]]:
    rows = []
    for n, phase in enumerate(found.phases):
        begin, end = _span(phase)
        if begin and end:
            text = f"{phase.name}, {side}: {show_date(begin)} bis {show_date(end)}"
            row = {
                "row": n,
                "name": phase.name.split(" ")[0],
                "side": side,
                "start": _moment(begin),
                "end": _moment(end),
            }
            rows.append({**row, "text": text, "until": end})
    return rows


def _decided(found: Timetable, paper: str, side: str) -> list[dict[str, Any]]:
    course = next((one for one in found.courses if one.paper == paper), None)
    if course is None or course.decided_on is None:
        return []
    text = f"Beschluss „{course.short}“, {side}: {show_date(course.decided_on)}"
    row = {"row": len(found.phases), "name": "Beschluss", "side": side, "start": _moment(course.decided_on)}
    return [{**row, "text": text, "until": course.decided_on}]


def shift_rows(before: Assessment, after: Assessment, room: float = 0.4) -> Rows:
    """The rows of the time chart; `room`: for the words behind the last bar, as a part of the time shown."""
    last = deciding(after.timetable) or deciding(before.timetable)
    sides = ((before.timetable, "Plan"), (after.timetable, "Variante"))
    spans = [row for table, side in sides for row in _phases(table, side)]
    days = [row for table, side in sides for row in _decided(table, last.paper if last else "", side)]
    limits = [
        {
            "row": len(after.timetable.phases),
            "name": "Beschluss",
            "side": "Plan",
            "start": _moment(task.deadline_on),
            "text": f"Frist {task.label}: {show_date(task.deadline_on)}",
        }
        for task in after.timetable.tasks
        if task.deadline_on and days
    ]
    old = {row["name"]: row["until"] for row in (*spans, *days) if row["side"] == "Plan"}
    names = []
    for row in (row for row in (*spans, *days) if row["side"] == "Variante"):
        was, now = old.get(row["name"]), row["until"]
        weight = 600 if was != now else 400
        names.append({**row, "start": _moment(now), "label": show_date(now), "fontWeight": weight, "was": was})
    starts = [row["start"] for row in (*spans, *days)]
    if starts:  # room for the words behind the last bar
        last = max(row["start"] for row in names) + room * (max(starts) - min(starts)) if names else max(starts)
        names.append({**names[-1], "start": last, "label": ""} if names else {})
    return {
        "spannen": pd.DataFrame(spans, columns=list(SPAN)),
        "tage": pd.DataFrame(days, columns=list(DAY)),
        "fristen": pd.DataFrame(limits, columns=list(DAY)),
        "namen": pd.DataFrame([row for row in names if row], columns=[*DAY, "label", "fontWeight", "was"]),
    }


def shift_text(found: Rows) -> str:
    """The picture of these rows in one sentence."""
    rows = found["namen"]
    parts = [
        f"{row['name']} bis {row['label']}" + (f" statt {show_date(row['was'])}" if row["fontWeight"] == 600 else "")
        for row in rows.to_dict("records")
        if row["label"] and row["was"]
    ]
    return f"Phasen und Beschluss, Plan gegen Variante: {'; '.join(parts)}." if parts else "Nichts ist datiert."


def moves(before: Assessment, after: Assessment) -> bool:
    """Whether a phase or the resolution lies on other days."""
    last = deciding(after.timetable) or deciding(before.timetable)
    drawn = [
        [(row["name"], row["start"], row["until"]) for row in (*_phases(table, ""), *_decided(table, paper, ""))]
        for table in (before.timetable, after.timetable)
        for paper in [last.paper if last else ""]
    ]
    return drawn[0] != drawn[1]
