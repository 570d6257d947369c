"""What lateness costs, as steps."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from insek_core.plan.german import show_date
from insek_core.rules.time.course import DelayStep
from insek_core.views import theme
from insek_core.views.theme import Picture


def steps_chart(found: Sequence[DelayStep], height: int = 240) -> Picture:
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
