"""Time: lanes with what determines the end, a Planstand to compare with, why a step lies where it does, and what
lateness costs.
"""

from insek_core.plan.process import Body, CalendarEntry, Link, Organisation, Phase, StaffDays, Task
from insek_core.rules.situation import delay_sentence, time_sentence
from insek_core.rules.time import baseline
from insek_core.rules.time.states import assumed_durations
from insek_core.views import timetables
from insek_core.views.charts import gantt, time
from pages.parts import happened
from pages.parts import time as timing
from pages.shell.help import title
from pages.shell.session import open_plan
from pages.shell.variant import shown
from pages.shell.widgets import answer, chart, empty, findings_table, note, questions, shelf

now, base = shown()
plan, found = now.plan, now.found
title("zeitplan")
answer(time_sentence(plan, found.timetable, found.today))
if late := delay_sentence(plan, found.timetable, found.today):
    note(late.text, late.assumed, late.figures)
look, against, choice = timing.choose(now)
if base and not against:
    against = f"Plan Version {base.version}", baseline.planned(base.plan, base.found.timetable)
key = f"gantt-{'-'.join(look.lanes)}-{look.scale}-{look.who}-{look.floats}-{look.links}-{choice}"
if chart(key, now, lambda: gantt.gantt(plan, found, look, against), time.gantt_text(plan, found)):
    hollow = f"Rot hohl: {against[0]}. " if against else ""
    note(
        "Umrandet: bestimmt das Ende oder bricht einen Termin. Heller Balken: Zeitraum, kein genauer Tag. ◆ Tag. "
        f"▼ Frist. {hollow}Grau hinterlegt: Schulferien, dunkler die Sitzungspause. "
        f"{assumed_durations(plan)}",
        bool(assumed_durations(plan)),
    )
else:
    empty("Noch nichts zu datieren.", "Bitte unter „Daten“ Phasen und Arbeitsschritte anlegen oder die Auswahl ändern.")
if against:
    timing.compared(now, against)
findings_table(found.timetable.findings)
questions(
    ("Stand eintragen", lambda: happened.states(open_plan())),
    ("Warum liegt ein Schritt dort?", lambda: timing.why(now)),
    ("Was kostet eine verspätete Gremienvorlage?", lambda: timing.lateness(now)),
    ("Wie sicher ist der Beschluss?", lambda: timing.uncertainty(now)),
    ("Planstand festhalten", lambda: timing.keep_state(open_plan())),
    ("Kalenderdatei mitnehmen", lambda: timing.calendar_download(now)),
)
shelf(
    now,
    ("Arbeitsschritte mit Daten und Begründung", lambda: timetables.timetable(plan, found.timetable)),
    ("Vorlagen mit ihren Stationen", lambda: timetables.papers(plan, found.timetable)),
    ("Personentage je Amt und Monat", lambda: timetables.staff_months(plan, found.timetable)),
    kinds=(Phase, Task, Link, CalendarEntry, StaffDays, Organisation, Body),
)
