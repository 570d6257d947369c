"""What stands beside the map: legend, ranked bars, the figures of the chosen area."""

import streamlit as st
from markupsafe import Markup

from insek_core.plan.content import Indicator
from insek_core.rules.goals.trace import goals_behind
from insek_core.rules.places.areas import lineage
from insek_core.rules.places.spots import Spot
from insek_core.views import placetables
from insek_core.views.maps import bars, vector
from insek_core.views.maps.classes import legend, method_words
from insek_core.views.maps.vector import Panel
from pages.parts.places.asking import CHOSEN, Asked
from pages.parts.places.drawing import take_area
from pages.shell.frame import PAGES
from pages.shell.session import OpenPlan
from pages.shell.widgets import moving, note, show


def _legend(asked: Asked, panel: Panel, lying: tuple[Spot, ...]) -> None:
    """Classes with their counts, what has no figure with its mark, and how the classes were made."""
    rows = legend(panel.used, panel.found, asked.indicator.unit, signed=panel.signed)
    row = Markup("<div><span class='farbe' style='background:{}'>{}</span>{} <b>{}</b></div>")
    lines = [row.format(one.colour, one.mark, one.words, one.areas) for one in rows]
    lines += [
        Markup("<div><span class='zeichen' style='color:{}'>{}</span>{} <b>{}</b></div>").format(*layer)
        for layer in vector.layer_legend(lying)
    ]
    method = "gleich weit nach beiden Seiten von 0" if panel.signed else method_words(asked.method, rows)
    show(
        Markup("<div class='legende' aria-label='Legende mit der Zahl der Gebiete'>{}</div>").format(
            Markup().join(lines)
        )
    )
    note(f"{method}; fett die Zahl der Gebiete")


def beside_map(now: OpenPlan, asked: Asked, panel: Panel, known: dict[str, Indicator], lying: tuple[Spot, ...]) -> None:
    """Legend, then the ranked bars or the figures of the chosen area."""
    _legend(asked, panel, lying)
    ranking, sheet = st.tabs(["Rangfolge", "Gebiet"])
    with ranking:
        rows = bars.bar_rows(now.plan, panel, asked.indicator.unit, asked.chosen)
        words = f"Gebiete nach {asked.indicator.name}, das höchste zuerst"
        moving("rangfolge", bars.bars_spec(len(rows["balken"])), rows, words, take_area)
    with sheet:
        note(" · ".join(area.name for area in lineage(now.plan, asked.chosen)))
        year = panel.found.year
        slices = [(one, now.slice(one, year, asked.level)) for one in known.values()]
        st.page_link(
            PAGES / "steckbrief.py", label="Steckbrief zum Drucken", query_params={CHOSEN: now.plan.name(asked.chosen)}
        )
        if goals_behind(now.plan, asked.chosen):
            st.page_link(PAGES / "zielsystem.py", label="Für welche Ziele? →", query_params={"eintrag": asked.chosen})
        show(placetables.district(now.plan, asked.chosen, slices, year).to_html())
