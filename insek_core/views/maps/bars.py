"""The areas ranked by their figure, as bars beside the map: what is chosen in one is chosen in the other."""

from functools import cache

import altair as alt
import pandas as pd

from insek_core.plan import Plan
from insek_core.views.charts.live import Rows, Spec, named_layer
from insek_core.views.maps.vector import CHOSEN, PICKED, Panel, area_colour, words

BAR = ("area", "name", "shown", "value", "colour", "edge")


@cache
def bars_spec(number: int, step: int = 21) -> Spec:
    """So many areas by their figure as bars, the highest first; a click chooses the area as one on the map does."""
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=210, ticks=False, domain=False))
    base = named_layer("balken").encode(y=y)
    bars = (
        base.mark_bar(cursor="pointer")
        .encode(
            x=alt.X("value:Q", axis=None),
            color=alt.Color("colour:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            strokeWidth=alt.value(2.5),
            tooltip=[alt.Tooltip("name:N", title="Gebiet"), alt.Tooltip("shown:N", title="Wert")],
        )
        .add_params(alt.selection_point(name=PICKED, fields=["area"], empty=False))
    )
    said = base.mark_text(align="left", dx=5, fontSize=14).encode(x=alt.X("value:Q"), text="shown:N")
    spec: Spec = alt.layer(bars, said).properties(height=max(1, number) * step).to_dict()
    return spec


def bar_rows(plan: Plan, panel: Panel, unit: str, chosen: str) -> Rows:
    """The areas with a figure, the highest first, then those without."""
    ranked = sorted(panel.found.values, key=lambda v: (v.value is None, -(v.value or 0.0)))
    rows = [
        (
            value.area,
            plan.name(value.area),
            words(value, unit, signed=panel.signed),
            value.value or 0.0,
            area_colour(value, panel.used),
            CHOSEN if value.area == chosen else "transparent",
        )
        for value in ranked
    ]
    return {"balken": pd.DataFrame(rows, columns=list(BAR))}
