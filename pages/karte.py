"""Indicators and map: districts by indicator and year, one district's sheet, what each indicator lacks."""

from pathlib import Path

import streamlit as st

from insek_core.plan.content import Area, Indicator
from insek_core.rules.goals.trace import goals_behind
from insek_core.rules.places.areas import drawn_levels
from insek_core.views import maps, placetables
from pages.shell.help import title
from pages.shell.session import open_plan
from pages.shell.widgets import (
    choose_area,
    district_sheet,
    empty,
    legend,
    note,
    shelf,
    show,
    statements,
    take_picked_area,
    told,
)

PAGES = Path(__file__).parent
now = open_plan()
plan = now.plan
title("karte")
known = {i.id: i for i in plan.indicators if now.store.years(i.id)}
if not known:
    empty("Es liegen keine Werte vor.", "Bitte Indikatoren unter „Daten“ anlegen und Statistik einlesen.")
    shelf(now, kinds=(Indicator, Area))
    st.stop()
controls = st.columns([0.4, 0.2, 0.4])
indicator = known[
    controls[0].selectbox(
        "Indikator", list(known), format_func=lambda i: known[i].name, key="indikator", bind="query-params"
    )
]
years = [str(year) for year in reversed(now.store.years(indicator.id))]
year = int(controls[1].selectbox("Jahr", years, key="jahr", bind="query-params"))
levels = drawn_levels(plan) or ("Ortsteil",)
level = controls[2].segmented_control(
    "Ebene", levels, default=levels[0], required=True, key="ebene", bind="query-params"
)
found = now.slice(indicator, year, level)
city = now.slice(indicator, year, "Stadt").values
show(told(placetables.range_sentence(plan, found, city[0] if city else None, indicator), kind="antwort"))
left, right = st.columns([0.62, 0.38], gap="large")
with right:
    legend(maps.legend(found, indicator.unit))
    chosen = choose_area(plan, found)
    district_sheet(now, chosen, list(known.values()), found)
    if goals_behind(plan, chosen):
        st.page_link(PAGES / "zielsystem.py", label="Für welche Ziele? →", query_params={"eintrag": chosen})
with left:
    outlines = now.store.outlines(level)
    st.pydeck_chart(
        maps.deck(plan, found, outlines, indicator.unit, chosen),
        height=560,
        key="karte",
        on_select=take_picked_area,
        alt=placetables.plain_range(plan, found, indicator),
    )
    kind = "Schematische Karte, keine amtlichen Grenzen. " if any(o.kind == "schematic" for o in outlines) else ""
    note(f"{kind}{indicator.source}")
shelf(
    now,
    (
        f"Alle Gebiete: {indicator.name} {year}, {found.level}",
        lambda: placetables.districts(plan, found, indicator.unit),
    ),
    ("Stand der Indikatoren und was ihnen fehlt", lambda: placetables.indicator_status(plan, now.found)),
    statements(plan, "Raumaussagen", "Raumaussage"),
    kinds=(Indicator, Area),
)
