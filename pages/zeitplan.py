"""Time: phases, steps, sittings and participation in lanes, with the Stichtag; each step says why it lies there."""

import streamlit as st

from insek_core.plan.process import CalendarEntry, Link, Phase, StaffDays, Task
from insek_core.rules.situation import time_sentence
from insek_core.views import tables
from insek_core.views.charts import time
from pages.shell.session import current
from pages.shell.widgets import answer, chart, empty, findings_table, note, shelf

now = current()
plan, found = now.plan, now.found
st.title("Zeitplan", anchor=False)
answer(time_sentence(plan, found.timetable, found.today))
findings_table(found.timetable.findings)
lanes = st.segmented_control(
    "Bahnen",
    time.LANES,
    selection_mode="multi",
    default=list(time.LANES),
    key="bahnen",
    bind="query-params",
    label_visibility="collapsed",
)
shown = tuple(lane for lane in time.LANES if lane in (lanes or time.LANES))
if len(time.rows(plan, found, shown)):
    chart("gantt" + "".join(shown), now, lambda: time.gantt(plan, found, shown), time.gantt_text(plan, found))
    note(
        "Heller Balken: Zeitraum, kein genauer Tag. ◆ Tag. ▼ Frist. Dauern der Arbeitsschritte sind Annahmen.",
        any(t.assumed for t in found.timetable.tasks),
    )
else:
    empty("Noch nichts zu datieren.", "Bitte unter „Daten“ Phasen und Arbeitsschritte anlegen.")
shelf(
    now,
    ("Arbeitsschritte mit Daten und Begründung", lambda: tables.timetable(plan, found.timetable)),
    kinds=(Phase, Task, Link, CalendarEntry, StaffDays),
)
