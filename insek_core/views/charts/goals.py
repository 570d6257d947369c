"""Goals: the ladder of commitment, filled as far as proved, and the matrix of what serves what."""

import textwrap

import altair as alt
import pandas as pd

from insek_core.plan import Plan
from insek_core.rules.goals import RUNGS, GoalSystem
from insek_core.views import theme
from insek_core.views.theme import Picture

COLUMNS = ("benannt", "Fachteil", "Maßnahme", "Mittel", "Indikator")
STATES = ("ja", "ja (Annahme)", "unbekannt", "nein")
SYMBOLS = {"ja": "●", "ja (Annahme)": "◌", "unbekannt": "?", "nein": "✕"}


def _cells(found: GoalSystem) -> pd.DataFrame:
    rows = []
    for item in found.ladders:
        for n, step in enumerate(item.steps):
            state = "ja (Annahme)" if step.answer == "ja" and step.assumed else step.answer
            rows.append({"goal": item.goal.name, "rung": COLUMNS[n], "state": state, "symbol": SYMBOLS[state], "reached": n <= item.rung,
                         "text": f"{RUNGS[n]}: {state}" + (f" – {step.missing} ({step.from_whom})" if step.answer != "ja" else "")})  # fmt: skip
    return pd.DataFrame(rows)


def ladder_text(found: GoalSystem) -> str:
    """The picture in one sentence."""
    parts = [f"{item.goal.name}: Stufe {item.rung} ({RUNGS[item.rung]})" for item in found.ladders]
    return "Stufen der Verbindlichkeit. " + "; ".join(parts) + "."


def ladder_chart(found: GoalSystem, *, row_height: int = 44, with_missing: bool = True) -> Picture:
    """Goals as rows, five rungs as columns: filled when proved, dotted when only assumed, ? unknown, ✕ no; what is missing on the right."""
    cells = _cells(found)
    goals = [item.goal.name for item in found.ladders]
    x = alt.X(
        "rung:N",
        sort=list(COLUMNS),
        title=None,
        scale=alt.Scale(domain=list(COLUMNS)),
        axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelFontSize=15),
    )
    y = alt.Y(
        "goal:N", sort=goals, title=None, axis=alt.Axis(ticks=False, domain=False, labelFontSize=15, labelLimit=420)
    )
    base = alt.Chart(cells)
    fill = {"ja": theme.GRANT, "ja (Annahme)": "#dfe8f4", "unbekannt": "#eceff2", "nein": "#f7e3e3"}
    edge = {"ja": theme.GRANT, "ja (Annahme)": theme.ASSUMED, "unbekannt": theme.UNKNOWN, "nein": theme.CRITICAL}
    ink = {"ja": "#ffffff", "ja (Annahme)": theme.ASSUMED, "unbekannt": theme.MUTED, "nein": theme.CRITICAL}

    def scale(colours: dict[str, str]) -> alt.Scale:
        return alt.Scale(domain=list(STATES), range=[colours[state] for state in STATES])

    boxes = base.mark_rect(cornerRadius=4, strokeWidth=2, width=alt.RelativeBandSize(0.86), height=alt.RelativeBandSize(0.8)).encode(
        x=x, y=y, color=alt.Color("state:N", scale=scale(fill), legend=None), stroke=alt.Stroke("state:N", scale=scale(edge), legend=None),
        strokeDash=alt.StrokeDash("state:N", scale=alt.Scale(domain=list(STATES), range=[[1, 0], [2, 3], [5, 3], [1, 0]]), legend=None),
        tooltip=[alt.Tooltip("goal:N", title="Ziel"), alt.Tooltip("text:N", title="Stufe")],
    )  # fmt: skip
    words = base.mark_text(fontSize=14, fontWeight=600).encode(
        x=x, y=y, text="state:N", color=alt.Color("state:N", scale=scale(ink), legend=None)
    )
    layers: list[alt.Chart] = [boxes, words]
    if with_missing:
        missing = pd.DataFrame([{"goal": item.goal.name, "missing": _lines(f"fehlt: {item.next_step.missing} – {item.next_step.from_whom}") if item.next_step else ["alles nachgewiesen"]}
                                for item in found.ladders])  # fmt: skip
        layers.append(
            alt.Chart(missing)
            .mark_text(align="left", fontSize=14, lineBreak="\n", dy=-8)
            .encode(x=alt.value("width"), y=y, text="missing:N")
        )
    picture: Picture = (
        alt.layer(*layers)
        .resolve_scale(color="independent", stroke="independent", strokeDash="independent")
        .properties(height=alt.Step(row_height))
    )
    return picture


def _lines(text: str) -> list[str]:
    return textwrap.wrap(text, 62)[:2]


def matrix_chart(plan: Plan, found: GoalSystem) -> Picture:
    """Goals × what serves them: weight from −3 to +3 as colour and number; an unrated pair shows "?"."""
    rows = [{"goal": plan.name(goal), "origin": plan.name(origin), "weight": weight, "text": "?" if weight is None else f"{weight:+d}".replace("-", "−")}
            for (goal, origin), weight in found.weights.items()]  # fmt: skip
    frame = pd.DataFrame(rows)
    goals = list(dict.fromkeys(frame["goal"]))
    x = alt.X(
        "goal:N",
        sort=goals,
        title=None,
        axis=alt.Axis(
            orient="top", labelAngle=0, labelLimit=170, labelExpr="split(datum.value, ' ')", ticks=False, domain=False
        ),
    )
    y = alt.Y(
        "origin:N",
        title=None,
        sort=[plan.name(o) for o in found.origins],
        axis=alt.Axis(ticks=False, domain=False, labelLimit=420),
    )
    scale = alt.Scale(domain=[-3, 0, 3], range=["#b35806", "#f7f7f7", "#2b5fa6"])
    base = alt.Chart(frame)
    tip = [
        alt.Tooltip("goal:N", title="Ziel"),
        alt.Tooltip("origin:N", title="Von"),
        alt.Tooltip("text:N", title="Gewicht"),
    ]
    rated = (
        base.transform_filter("isValid(datum.weight)")
        .mark_rect(stroke="white")
        .encode(x=x, y=y, color=alt.Color("weight:Q", scale=scale, legend=None), tooltip=tip)
    )
    unrated = (
        base.transform_filter("!isValid(datum.weight)")
        .mark_rect(color="#ffffff", stroke=theme.UNKNOWN, strokeDash=[4, 3])
        .encode(x=x, y=y, tooltip=tip)
    )
    number = base.mark_text(fontSize=14, fontWeight=600).encode(
        x=x, y=y, text="text:N", color=alt.condition("abs(datum.weight) > 1", alt.value("white"), alt.value(theme.INK))
    )
    return alt.layer(rated, unrated, number).properties(height=alt.Step(26))
