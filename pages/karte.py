"""Indicators and map: districts by indicator and year, one district's sheet, what each indicator lacks."""

import streamlit as st

from insek_core.plan.content import Area, Indicator
from insek_core.rules.places.indicators import after_stichtag
from insek_core.views import placetables
from pages.parts.places.asking import SIDES, ask, lay
from pages.parts.places.beside import beside_map
from pages.parts.places.drawing import answer_of, bare_map, draw, draw_columns, foot, panels
from pages.parts.places.fair import fair, risen
from pages.shell.help import title
from pages.shell.session import OpenPlan, in_this_run, open_plan
from pages.shell.widgets import empty, note, questions, shelf, show, statements, told


@st.fragment
def explore(now: OpenPlan, known: dict[str, Indicator]) -> None:
    """Controls, the answer, the map with what lies on it, and beside it legend, ranks and the chosen area."""
    now = in_this_run(now)
    lead = st.container()  # the answer stands before what is asked
    asked = ask(now, known)
    shown = panels(now, asked)
    last = shown[-1]
    with lead:
        show(told(answer_of(now, asked, last), kind="antwort"))
        if later := after_stichtag(max(asked.years), now.found.today):
            note(later)
    left, right = st.columns(SIDES, gap="medium")
    with left:
        picture, lying = st.container(), lay(now)
    with right:
        beside_map(now, asked, last, known, lying)
    with picture:
        draw(now, asked, shown, lying)
    with left:
        foot(now, asked, last, lying)
        draw_columns(now, asked, last)
    questions(
        ("Geht dorthin etwas, wo der Bedarf am größten ist?", lambda: fair(now)),
        ("Welche Gebiete holen auf, welche fallen zurück?", lambda: risen(now)),
    )
    shelf(
        now,
        (asked.title(last), lambda: placetables.districts(now.plan, last.found, asked.indicator.unit)),
        ("Stand der Indikatoren und was ihnen fehlt", lambda: placetables.indicator_status(now.plan, now.found)),
        statements(now.plan, "Raumaussagen", "Raumaussage"),
        kinds=(Indicator, Area),
    )


now = open_plan()
title("karte")
known = {i.id: i for i in now.plan.indicators if now.store.years(i.id)}
if known:
    explore(now, known)
else:
    empty("Es liegen keine Werte vor.", "Bitte Indikatoren unter „Daten“ anlegen und Statistik einlesen.")
    bare_map(now)
    shelf(now, kinds=(Indicator, Area))
