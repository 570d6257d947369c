"""What is asked of the map: the controls, each in the address."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from insek_core.plan.content import Indicator
from insek_core.rules.places.areas import drawn_levels
from insek_core.rules.places.indicators import newest_year
from insek_core.rules.places.spots import Spot, held_layers, spots
from insek_core.views.maps.classes import METHODS
from insek_core.views.maps.vector import Panel
from pages.shell.session import OpenPlan

ONE, TWO, CHANGE, EVERY = "ein Jahr", "zwei Jahre", "Veränderung", "alle Jahre"
CHOSEN = "gebiet"  # the chosen area: in the session and in the address
SIDES = (0.64, 0.36)  # of the width: the map, and what stands beside it
SMALL = 12  # small maps at most, the newest ones


@dataclass(frozen=True)
class Asked:
    """What is asked of the map: indicator, level, years (the earlier first), how they are shown, how classes are
    made, and the chosen area.
    """

    indicator: Indicator
    level: str
    years: tuple[int, ...]
    way: str
    method: Any
    chosen: str

    def title(self, panel: Panel) -> str:
        """What the table of a map is called."""
        return f"Alle Gebiete: {self.indicator.name} {panel.title}, {self.level}"


def _years(now: OpenPlan, indicator: str, way: str) -> tuple[int, ...]:
    """The year or years to show, by a slider over those there are."""
    known = now.store.years(indicator)
    if way == EVERY or len(known) == 1:
        return tuple(known[-SMALL:])
    words = [str(year) for year in known]
    if way == ONE:
        at = str(newest_year(known, now.found.today.year) or known[-1])  # what settles a status leads
        return (int(st.select_slider("Jahr", words, value=at, key="jahr", bind="query-params")),)
    span = st.select_slider("Jahre", words, value=(words[0], words[-1]), key="jahre", bind="query-params")
    return int(span[0]), int(span[1])


def _choose(now: OpenPlan, level: str) -> str:
    ids = [area.id for area in now.plan.areas if area.level == level]
    label = "Gebiet (auch durch Klick in Karte oder Balken)"
    return str(st.selectbox(label, ids, format_func=now.plan.name, key=CHOSEN, bind="query-params"))


def ask(now: OpenPlan, known: dict[str, Indicator]) -> Asked:
    """The controls; each stands in the address."""
    columns = st.columns([0.3, 0.24, 0.28, 0.18], vertical_alignment="bottom")
    name = str(
        columns[0].selectbox(
            "Indikator", list(known), format_func=lambda i: known[i].name, key="indikator", bind="query-params"
        )
    )
    levels = drawn_levels(now.plan) or ("Ortsteil",)
    level = columns[1].segmented_control(
        "Ebene", levels, default=levels[0], required=True, key="ebene", bind="query-params"
    )
    ways = (ONE, TWO, CHANGE, EVERY) if len(now.store.years(name)) > 1 else (ONE,)
    way = columns[2].segmented_control("Zeigen", ways, default=ONE, required=True, key="zeigen", bind="query-params")
    method = columns[3].selectbox("Klassen", METHODS, key="klassen", bind="query-params")
    left, right = st.columns(SIDES, gap="medium")
    with left:
        years = _years(now, name, str(way))
    with right:
        chosen = _choose(now, str(level))
    return Asked(known[name], str(level), years, str(way), method, chosen)


def lay(now: OpenPlan) -> tuple[Spot, ...]:
    """What is to lie on the map, by layers the plan has something for."""
    held = held_layers(now.plan)
    if not held:
        return ()
    wanted = st.pills(
        "Auf der Karte",
        held,
        selection_mode="multi",
        key="lagen",
        bind="query-params",
    )
    return spots(now.plan, *wanted)
