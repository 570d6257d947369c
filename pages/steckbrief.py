"""One area on one page: its figures, what goes to it, what is open, what the paper says; made to be printed."""

import streamlit as st
from markupsafe import Markup

from insek_core.plan.content import Area, Goal, Indicator, Measure
from insek_core.plan.german import show_date
from insek_core.rules.places.areas import lineage
from insek_core.rules.profile import AreaProfile
from insek_core.rules.profilesentences import profile_sentences
from insek_core.storage.shown import shown_profile, shown_rows
from insek_core.views import profiletables
from insek_core.views.charts.history import history_chart, history_rows
from insek_core.views.maps import vector
from pages.parts.places.drawing import outlines_of
from pages.shell.help import title
from pages.shell.session import OpenPlan, open_plan
from pages.shell.widgets import answer, chart, empty, kept, moving, note, shelf, show, told

PAPER = Markup("<style>@page {size: A4 portrait; margin: 11mm;} @media print {.stMain {zoom: .58;}}</style>")


def pictures(now: OpenPlan, area: Area) -> None:
    """Where the area lies, and its figures over the years."""
    address, drawn = outlines_of(now, area.level)
    if any(outline.area == area.id for outline in drawn):
        rows = vector.site_rows(now.plan, area.level, area.id)
        moving("lage", vector.map_spec(address, 200), rows, f"Lage von {area.name}")
    around = lineage(now.plan, area.id)
    values = kept(f"reihen-{area.id}", now, lambda: shown_rows(now.store, now.plan, [one.id for one in around]))
    points = history_rows(now.plan, area, around[-1] if len(around) > 1 else None, values)
    chart(
        f"verlauf-{area.id}",
        now,
        lambda: history_chart(points, now.found.today),
        f"Zahlen von {area.name} über die Jahre",
    )


def tables(now: OpenPlan, found: AreaProfile) -> None:
    """Figures, measures, events and statements, as far as there are any."""
    for heading, table in (
        ("Zahlen", profiletables.figures(now.plan, found)),
        ("Maßnahmen", profiletables.measures(now.plan, found.effort)),
        ("Veranstaltungen", profiletables.events(now.plan, found.effort)),
        ("Offen, und was die Ratsvorlage sagt", profiletables.statements(now.plan, found)),
    ):
        if table.rows:
            st.header(heading, anchor=False)
            show(table.to_html())


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
sources = dict.fromkeys(one.indicator.source for one in found.figures if one.indicator.source)
foot = f"Plan Version {now.version.number}, Stand {show_date(now.found.today)}. Quellen der Zahlen: {'; '.join(sources) or 'keine'}."
show(told(foot))
shelf(now, kinds=(Indicator, Goal, Measure, Area))
