"""The timetable as lanes: what determines the end is outlined, a Planstand drawn hollow behind it, holidays shaded."""

from typing import Any

import altair as alt
import pandas as pd

from insek_core.plan import Plan
from insek_core.rules.assessment import Assessment
from insek_core.rules.time.baseline import TimeState
from insek_core.views import theme
from insek_core.views.charts.lanelayers import Look, before, behind, determining, ghosts_of
from insek_core.views.charts.time import marks, rows, today_line, window
from insek_core.views.theme import Picture

SCALES = ("Monat", "Quartal", "Jahr")
AXES: dict[str, dict[str, Any]] = {
    "Monat": {"tickCount": {"interval": "month", "step": 1}, "labelExpr": "month(datum.value) == 0 ? timeFormat(datum.value, '%Y') : timeFormat(datum.value, '%b')", "labelFontWeight": alt.ExprRef("month(datum.value) == 0 ? 700 : 400")},
    "Quartal": {"tickCount": {"interval": "month", "step": 3}, "labelExpr": "'Q' + timeFormat(datum.value, '%q') + ' ' + timeFormat(datum.value, '%Y')"},
    "Jahr": {"tickCount": {"interval": "year", "step": 1}, "format": "%Y"},
}  # fmt: skip
ROW, ROW_LONG, ROW_MANY = 25, 32, 20


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


def gantt(plan: Plan, found: Assessment, look: Look, against: tuple[str, TimeState] | None = None) -> Picture | None:
    """The lanes over time, names on the left never cut, the Stichtag as a thin dark line; `against`: words and a
    compared state.

    None where nothing of what is looked for has a date.
    """
    frame = _shown(plan, rows(plan, found, look.lanes), look)
    if not len(frame):
        return None
    order = _order(frame, look.lanes)
    ghosts, today = ghosts_of(plan, frame, against), pd.Timestamp(found.today)
    every = pd.concat([frame, ghosts])
    x, y = _axes(order, look.scale, (every["end"].max() - every["start"].min()).days / 30)
    height = ROW_MANY if len(order) > 80 else ROW_LONG if any("\n" in name for name in order) else ROW
    layers = [
        *behind(plan, found, frame, x, y, look),
        *marks(frame, x, y, 150, determining(found)),
        *before(plan, found, frame, x, y, look, ghosts),
    ]
    return alt.layer(window(every, today).encode(x=x), *layers, *today_line(today, x)).properties(
        height=height * len(order)
    )
