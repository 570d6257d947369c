"""The areas ranked by their figure, as bars beside the map: what is chosen in one is chosen in the other."""

from functools import cache

import altair as alt
import pandas as pd

from insek_core.plan import Plan
from insek_core.views.charts.live import Rows, Spec, named_layer
from insek_core.views.maps.vector import CHOSEN, PICKED, Panel, area_colour, words

BAR = ("area", "name", "shown", "value", "colour", "edge", "spoken", "at", "room")
SIGNS = 40  # of the words that the width of the bars would hold
TOP, BOTTOM = 10, 4  # bars: the highest, the lowest, and the chosen area between them


@cache
def bars_spec(number: int, step: int = 21) -> Spec:
    """So many areas by their figure as bars, the highest first; a click chooses the area as one on the map does."""
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=210, ticks=False, domain=False, aria=False))
    base = named_layer("balken").encode(y=y)
    bars = (
        base.mark_bar(cursor="pointer")
        .encode(
            x=alt.X("value:Q", axis=None),
            color=alt.Color("colour:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            strokeWidth=alt.value(2.5),
            tooltip=[alt.Tooltip("name:N", title="Gebiet"), alt.Tooltip("shown:N", title="Wert")],
            description=alt.Description("spoken:N"),
        )
        .add_params(alt.selection_point(name=PICKED, fields=["area"], empty=False))
    )
    said = base.mark_text(align="left", dx=5, fontSize=14, aria=False).encode(x=alt.X("at:Q"), text="shown:N")
    room = base.mark_point(opacity=0, aria=False).encode(
        x=alt.X("room:Q", scale=alt.Scale(nice=False))
    )  # for the words of the longest bar
    spec: Spec = alt.layer(bars, said, room).properties(height=max(1, number) * step).to_dict()
    return spec


def _kept(places: int, chosen: int | None) -> list[int]:
    """Which places of the ranking are drawn: all where they are few."""
    if places <= TOP + BOTTOM + 1:
        return list(range(places))
    return sorted({*range(TOP), *range(places - BOTTOM, places), *([] if chosen is None else [chosen])})


def bar_rows(plan: Plan, panel: Panel, unit: str, chosen: str) -> Rows:
    """The areas with the highest figures, the chosen one and those with the lowest, each with its place."""
    ranked = sorted(panel.found.values, key=lambda v: (v.value is None, -(v.value or 0.0)))
    own = next((place for place, value in enumerate(ranked) if value.area == chosen), None)
    told = max((len(words(value, unit, signed=panel.signed)) for value in ranked), default=0)
    room = max((v.value or 0.0 for v in ranked), default=0.0) / (1 - min(0.6, told / SIGNS))
    rows = []
    for place in _kept(len(ranked), own):
        value = ranked[place]
        name, said = f"{place + 1}. {plan.name(value.area)}", words(value, unit, signed=panel.signed)
        edge = CHOSEN if value.area == chosen else "transparent"
        length, fill = value.value or 0.0, area_colour(value, panel.used)
        ends = max(length, 0.0), room  # words never lie on a bar, and none is cut
        rows.append((value.area, name, said, length, fill, edge, f"{name}: {said}", *ends))
    return {"balken": pd.DataFrame(rows, columns=list(BAR))}
