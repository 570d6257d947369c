"""Participation and bodies: what comes next, papers on their way, formats with their ranges."""

import streamlit as st

from insek_core.plan.content import Decision
from insek_core.plan.process import Body, Document, Event, Format, Meeting, Membership, Organisation, Paper, Reading
from insek_core.rules.figures import Sentence
from insek_core.rules.situation import participation_sentence
from insek_core.rules.time.events import of_events
from insek_core.rules.time.meetings import upcoming
from insek_core.views import timetables
from insek_core.views.charts import gantt, seats
from insek_core.views.charts.lanelayers import Look
from pages.parts import happened
from pages.parts import time as timing
from pages.shell.help import title
from pages.shell.session import open_plan
from pages.shell.variant import shown
from pages.shell.widgets import answer, chart, empty, findings_table, note, questions, shelf, show, statements

now, _ = shown()
plan, found = now.plan, now.found
title("gremien")
answer(
    participation_sentence(found.participation)
    or Sentence(text="Noch keine Beteiligung eingetragen.", screen="gremien")
)
if not plan.bodies and not plan.formats:
    empty("Noch keine Gremien und Formate.", "Bitte unter „Daten“ Gremien und Beteiligungsformate anlegen.")
look = Look(lanes=("Vorlagen", "Sitzungen", "Beteiligung"))
if chart(
    "gantt-gremien",
    now,
    lambda: gantt.gantt(plan, found, look),
    "Sitzungen und Beteiligung über die Zeit; die Tabelle darunter nennt jeden Termin.",
):
    note("Heller Balken: Zeitraum, kein genauer Tag. ◆ Tag.")
findings_table(of_events(found.timetable.events, found.today))
left, right = st.columns([0.42, 0.58], gap="large")
with left:
    st.header("Als Nächstes", anchor=False)
    show(timetables.steps(upcoming(found.agenda, found.today, limit=8)).to_html())
    if (stated := timetables.cadences(plan)).rows:
        st.header("Genannter Turnus", anchor=False)
        show(stated.to_html())
with right:
    st.header("Vorlagen auf dem Weg", anchor=False)
    show(timetables.papers(plan, found.timetable).to_html())
if plan.formats:
    left, right = st.columns([0.46, 0.54], gap="large")
    with left:
        st.header("Plätze gegen erwartetes Interesse", anchor=False)
        chart("plaetze", now, lambda: seats.seats_chart(found.participation), seats.seats_text(found.participation))
        note(
            f"{seats.seats_text(found.participation)} Dunkel: sichere Plätze, hell: bis zu so vielen. "
            "Kasten: erwartete Personen."
        )
    with right:
        st.header("Termine der Beteiligung", anchor=False)
        show(timetables.gatherings(plan, found.participation, found.timetable).to_html())
questions(
    ("Ergebnis eintragen", lambda: happened.results(open_plan())), ("Voller Abend: Plätze auslosen", timing.selection)
)
shelf(
    now,
    ("Formate mit Spannen, Plätzen, Federführung", lambda: timetables.formats(plan, found.participation)),
    ("Teilnehmerkreis je Format", lambda: timetables.audiences(plan)),
    statements(plan, "Bedingungen, offene Punkte und Abweichungen", "Bedingung", "Offener Punkt", "Abweichung"),
    kinds=(Body, Membership, Meeting, Paper, Reading, Format, Event, Document, Organisation, Decision),
)
