"""The maps, and what stands under them."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st
from markupsafe import Markup

from insek_core.plan import Plan
from insek_core.plan.german import count, named
from insek_core.rules.places.areas import Outline, drawn_levels
from insek_core.rules.places.between import between, change_sentence
from insek_core.rules.places.spots import BORDERS, Spot
from insek_core.rules.places.standing import city_gap_sentence
from insek_core.rules.places.tiles import tiled
from insek_core.views import placetables, statistictables
from insek_core.views.maps import vector
from insek_core.views.maps.classes import difference_scale, known_values, scale
from insek_core.views.maps.deck import deck
from insek_core.views.maps.vector import Panel
from pages.parts.places.asking import CHANGE, CHOSEN, EVERY, TWO, Asked
from pages.shell import outlines
from pages.shell.frame import PAGES
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


@dataclass(frozen=True)
class Ground:
    """What a map is drawn on: the address of its outlines, those themselves, and the plan whose areas lie in them."""

    address: str
    drawn: tuple[Outline, ...]
    plan: Plan

    @property
    def ids(self) -> frozenset[str]:
        """The areas that have an outline."""
        return frozenset(outline.area for outline in self.drawn)


def ground(now: OpenPlan, level: str) -> Ground:
    """The outlines of a level and of what lies across it; tiles where the level has none."""

    def read() -> tuple[str, tuple[Outline, ...], Plan]:
        own, plan = tuple(now.store.outlines(level)), now.plan
        if not own:
            plan, own = tiled(now.plan, level)
        others = (*BORDERS.values(), "Stadtgebiet")
        across = [o for other in others if other != level for o in now.store.outlines(other)]
        drawn = (*own, *(across if now.store.outlines(level) else ()))  # tiles lie nowhere
        return outlines.features(drawn), drawn, plan

    text, drawn, plan = kept(f"umrisse-{level}", now, read)
    return Ground(outlines.publish(text), drawn, plan)


def take_area(widget: str) -> None:
    """Carry an area picked on a picture into the list, which the keyboard reaches too."""
    state = st.session_state.get(widget)
    picked = state["selection"].get(vector.PICKED) if state else None
    if picked:
        st.session_state[CHOSEN] = picked[0]["area"]


def draw_map(now: OpenPlan, asked: Asked, panel: Panel, lying: tuple[Spot, ...], height: int) -> None:
    """One map with what lies on it; a click chooses the area."""
    on = ground(now, asked.level)
    rows = vector.map_rows(on.plan, panel, asked.indicator.unit, asked.chosen, lying, on.ids)
    moving(
        f"karte-{panel.title if asked.way == TWO else asked.way}",
        vector.map_spec(on.address, height),
        rows,
        answer_of(now, asked, panel),
        take_area,
    )


def draw_years(now: OpenPlan, asked: Asked, shown: tuple[Panel, ...]) -> None:
    """A small map for each year, all of one scale."""
    on = ground(now, asked.level)
    rows = [row for panel in shown for row in vector.area_rows(on.plan, panel, asked.indicator.unit, asked.chosen)]
    data = {"gebiete": pd.DataFrame(rows, columns=list(vector.AREA))}
    words = f"{asked.indicator.name}, ein Bild je Jahr von {shown[0].title} bis {shown[-1].title}, gleiche Klassen."
    moving("karte-jahre", vector.multiples_spec(on.address, 4), data, words)


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
        on = ground(now, asked.level)
        st.pydeck_chart(
            deck(on.plan, panel, on.drawn, asked.indicator.unit), height=480, alt=answer_of(now, asked, panel)
        )


def foot(now: OpenPlan, asked: Asked, panel: Panel, lying: tuple[Spot, ...]) -> None:
    """The city against the sum of its areas, what the map cannot show, what kind of map it is, and where the figures
    come from.
    """
    on, indicator = ground(now, asked.level), asked.indicator
    city = now.slice(indicator, asked.years[-1], "Stadt").values
    gap = city_gap_sentence(now.plan, indicator, city[0], panel.found) if city and not panel.signed else None
    if gap:
        note(gap.text, gap.assumed, gap.figures)
    lost = vector.unplaced(on.plan, lying, on.ids)
    if lost:
        names = ", ".join(dict.fromkeys(spot.label for spot in lost))
        note(f"{count(len(lost), 'Eintrag hat', 'Einträge haben')} keine Lage und fehlen auf der Karte: {names}.")
    without = [
        plan_area.name for plan_area in on.plan.areas if plan_area.level == asked.level and plan_area.id not in on.ids
    ]
    if without:
        note(f"Ohne Umriss und darum nicht gezeichnet: {named(without)}.")
    brought = now.store.brought(indicator.id)
    origin = statistictables.brought_by(brought, indicator.id) if brought else indicator.source
    note(f"{kind_of(on)}{origin}")


def kind_of(on: Ground) -> str:
    """What kind of map it is, where its borders are none."""
    if on.drawn and all(o.source.startswith("Kacheln") for o in on.drawn):
        return "Kachelkarte: nach Himmelsrichtung geordnet, ohne Grenzen. "
    return "Schematische Karte, keine amtlichen Grenzen. " if any(o.kind == "schematic" for o in on.drawn) else ""


def bare_map(now: OpenPlan) -> None:
    """The areas alone, where no indicator has figures: which there are and where they lie."""
    levels = drawn_levels(now.plan)
    if not levels:
        return
    level = st.segmented_control("Ebene", levels, default=levels[0], required=True, key="ebene", bind="query-params")
    ids = [area.id for area in now.plan.areas if area.level == level]
    chosen = str(st.selectbox("Gebiet", ids, format_func=now.plan.name, key=CHOSEN, bind="query-params"))
    on = ground(now, str(level))
    moving(
        "karte",
        vector.map_spec(on.address, 450),
        vector.site_rows(on.plan, str(level), chosen),
        f"Lage von {now.plan.name(chosen)}",
        take_area,
    )
    note(f"{kind_of(on)}{count(len(ids), 'Gebiet', 'Gebiete')} ohne Statistik.")
    st.page_link(PAGES / "steckbrief.py", label="Steckbrief", query_params={CHOSEN: now.plan.name(chosen)})
