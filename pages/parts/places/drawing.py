"""The maps, and what stands under them."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from insek_core.plan.german import count
from insek_core.rules.places.areas import Outline
from insek_core.rules.places.between import between, change_sentence
from insek_core.rules.places.spots import BORDERS, Spot
from insek_core.views import placetables
from insek_core.views.maps import vector
from insek_core.views.maps.classes import difference_scale, known_values, scale
from insek_core.views.maps.deck import deck
from insek_core.views.maps.vector import Panel
from pages.parts.places.asking import CHANGE, CHOSEN, EVERY, TWO, Asked
from pages.shell import outlines
from pages.shell.session import OpenPlan
from pages.shell.widgets import kept, moving, note, show

NO_GRAPHICS = Markup(
    "<p class='ohne-grafik'>Dieses Gerät kann die Säulen nicht zeichnen (kein WebGL); die Karte oben zeigt dieselben "
    "Werte.</p>"
)


def panels(now: OpenPlan, asked: Asked) -> tuple[Panel, ...]:
    """The maps to draw: one a year with common classes, or one of the change."""
    found = [now.slice(asked.indicator, year, asked.level) for year in asked.years]
    if asked.way == CHANGE and len(found) == 2:
        change = between(found[0], found[1])
        title = f"{asked.years[0]} bis {asked.years[1]}"
        return (Panel(title, change, difference_scale(known_values(change)), signed=True),)
    used = scale(known_values(*found), asked.method)
    return tuple(Panel(str(one.year), one, used) for one in found)


def answer_of(now: OpenPlan, asked: Asked, panel: Panel) -> str:
    """The extremes of the map in a sentence, of a change where it rose and fell most."""
    if panel.signed:
        return change_sentence(now.plan, panel.found, (asked.years[0], asked.years[-1]), asked.indicator)
    city = now.slice(asked.indicator, asked.years[-1], "Stadt").values
    return placetables.range_sentence(now.plan, panel.found, city[0] if city else None, asked.indicator)


def outlines_of(now: OpenPlan, level: str) -> tuple[str, list[Outline]]:
    """The address of the outlines of a level and of what lies across it, and those of the level."""

    def read() -> tuple[str, list[Outline]]:
        own = now.store.outlines(level)
        across = [
            o for other in (*BORDERS.values(), "Stadtgebiet") if other != level for o in now.store.outlines(other)
        ]
        return outlines.features([*own, *across]), [*own, *across]

    text, drawn = kept(f"umrisse-{level}", now, read)
    return outlines.publish(text), drawn


def take_area(widget: str) -> None:
    """Carry an area picked on a picture into the list, which the keyboard reaches too."""
    state = st.session_state.get(widget)
    picked = state["selection"].get(vector.PICKED) if state else None
    if picked:
        st.session_state[CHOSEN] = picked[0]["area"]


def draw_map(now: OpenPlan, asked: Asked, panel: Panel, lying: tuple[Spot, ...], height: int) -> None:
    """One map with what lies on it; a click chooses the area."""
    address, drawn = outlines_of(now, asked.level)
    rows = vector.map_rows(now.plan, panel, asked.indicator.unit, asked.chosen, lying, {o.area for o in drawn})
    moving(
        f"karte-{panel.title if asked.way == TWO else asked.way}",
        vector.map_spec(address, height),
        rows,
        answer_of(now, asked, panel),
        take_area,
    )


def draw_years(now: OpenPlan, asked: Asked, shown: tuple[Panel, ...]) -> None:
    """A small map for each year, all of one scale."""
    address, _ = outlines_of(now, asked.level)
    rows = [row for panel in shown for row in vector.area_rows(now.plan, panel, asked.indicator.unit, asked.chosen)]
    data = {"gebiete": pd.DataFrame(rows, columns=list(vector.AREA))}
    words = f"{asked.indicator.name}, ein Bild je Jahr von {shown[0].title} bis {shown[-1].title}, gleiche Klassen."
    moving("karte-jahre", vector.multiples_spec(address, 4), data, words)


def draw(now: OpenPlan, asked: Asked, shown: tuple[Panel, ...], lying: tuple[Spot, ...]) -> None:
    """Small maps of all years, or one map, or two beside each other with their years."""
    if asked.way == EVERY:
        draw_years(now, asked, shown)
        return
    for column, panel in zip(st.columns(len(shown)), shown, strict=True):
        with column:
            if len(shown) > 1:
                st.header(panel.title, anchor=False)
            draw_map(now, asked, panel, lying, 450 if len(shown) == 1 else 400)


def draw_columns(now: OpenPlan, asked: Asked, panel: Panel) -> None:
    """Columns over the map, on demand; the browser says where it cannot draw them."""
    if not st.toggle("Als Säulen über der Karte (braucht eine Grafikkarte)", key="saeulen", bind="query-params"):
        return
    show(NO_GRAPHICS)
    with st.container(key="saeulenbild"):
        drawn = now.store.outlines(asked.level)
        st.pydeck_chart(
            deck(now.plan, panel, drawn, asked.indicator.unit), height=480, alt=answer_of(now, asked, panel)
        )


def foot(now: OpenPlan, asked: Asked, lying: tuple[Spot, ...]) -> None:
    """What the map cannot show, what kind of map it is, and where the figures come from."""
    _, drawn = outlines_of(now, asked.level)
    lost = vector.unplaced(now.plan, lying, {outline.area for outline in drawn})
    if lost:
        names = ", ".join(dict.fromkeys(spot.label for spot in lost))
        note(f"{count(len(lost), 'Eintrag hat', 'Einträge haben')} keine Lage und fehlen auf der Karte: {names}.")
    schematic = any(o.kind == "schematic" for o in drawn)
    kind = "Schematische Karte, keine amtlichen Grenzen. " if schematic else ""
    note(f"{kind}{asked.indicator.source}")
