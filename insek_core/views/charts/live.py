"""What the pictures share that a slider moves: the specification never changes, new rows make it quick."""

from fractions import Fraction
from typing import Any

import altair as alt
import pandas as pd

from insek_core.plan.german import show_number
from insek_core.rules.figures import Figure

Spec = dict[str, Any]
Rows = dict[str, pd.DataFrame]
MONEY = "format(datum.value / 1000, ',.0f') + ' T€'"
PALE_GRANT, PALE_OWN = "#c3d3e8", "#e6cfae"


def named_layer(name: str) -> Any:
    return alt.Chart(alt.NamedData(name))


def words_layer(name: str, x: str, y: str, **mark: Any) -> Any:
    return (
        named_layer(name)
        .mark_text(**{"fontSize": 15, "fontWeight": 600, **mark})
        .encode(x=alt.X(x), y=alt.Y(y), text="label:N")
    )


def thousands(cents: int) -> str:
    """An amount in a bar: "33,0 T€"; one decimal everywhere.

    >>> thousands(3_073_282)
    '30,7\\xa0T€'
    """
    return f"{show_number(Fraction(cents, 100_000), 1)}\u00a0T€"


def known(*figures: Figure) -> bool:
    """Whether all of these figures are amounts."""
    return all(isinstance(figure.value, int) for figure in figures)
