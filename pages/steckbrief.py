"""One area on one page: its figures, what goes to it, what is open, what the paper says; made to be printed."""

import streamlit as st
from markupsafe import Markup

from insek_core.plan.content import Area, Goal, Indicator, Measure
from insek_core.plan.german import show_date
from insek_core.rules.profile import AreaProfile
from insek_core.rules.profilesentences import profile_sentences
from insek_core.storage.shown import shown_profile
from pages.parts.places.profile import pictures, tables
from pages.shell.help import title
from pages.shell.session import open_plan
from pages.shell.widgets import answer, empty, kept, note, shelf, show

PAPER = Markup("<style>@page {size: A4 portrait; margin: 11mm;} @media print {.stMain {zoom: .58;}}</style>")

now = open_plan()
title("steckbrief")
known = {area.id: area for area in now.plan.areas}
if not known:
    empty("Noch keine Gebiete eingetragen.", "Bitte unter „Daten“ Gebiete anlegen.")
    shelf(now, kinds=(Area,))
    st.stop()
show(PAPER)
chosen = known[str(st.selectbox("Gebiet", list(known), format_func=now.plan.name, key="gebiet", bind="query-params"))]
found: AreaProfile = kept(
    f"steckbrief-{chosen.id}", now, lambda: shown_profile(now.store, now.plan, chosen, now.found.today)
)
lead, *rest = profile_sentences(now.plan, found)
answer(lead)
left, right = st.columns([0.58, 0.42], gap="medium")
with left:
    for sentence in rest:
        note(sentence.text, sentence.assumed, sentence.figures)
    for line in found.borders:
        note(line)
with right:
    pictures(now, chosen)
tables(now, found)
sources = "; ".join(dict.fromkeys(one.indicator.source for one in found.figures if one.indicator.source)) or "keine"
note(f"Plan Version {now.version.number}, Stand {show_date(now.found.today)}. Quellen der Zahlen: {sources}.")
shelf(now, kinds=(Indicator, Goal, Measure, Area))
