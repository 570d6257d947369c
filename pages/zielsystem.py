"""Goals: which are only words, which are backed; the missing annex is said first."""

import streamlit as st

from insek_core.plan.content import Contribution, Goal, Interaction, Measure, SectorPlan
from insek_core.rules.goals.balance import horizons
from insek_core.rules.goals.ladder import climbers
from insek_core.rules.goals.minutes import suspect_sentence
from insek_core.rules.goals.sentences import coverage_sentence, orphans_sentence
from insek_core.rules.situation import goals_sentence
from insek_core.views import goals, goaltables
from pages.parts import entry, gaps, matrix
from pages.parts import goals as backing
from pages.parts.data import goallist
from pages.shell.frame import PAGES
from pages.shell.help import title
from pages.shell.session import open_plan
from pages.shell.variant import shown
from pages.shell.widgets import answer, empty, notes, questions, shelf, show, statements

now, _ = shown()
plan, found = now.plan, now.found.goals
title("zielsystem")
answer(goals_sentence(found))
saved = open_plan()
goallist.taken(saved)
reading = (goallist.question(saved), lambda: goallist.read_in(saved))
if found.ladders:
    notes((coverage_sentence(plan, found), orphans_sentence(plan, found), suspect_sentence(plan)))
questions(
    *([reading] if found.texts_missing else []),
    ("Welche Ziele sind nur Worte?", lambda: backing.only_words(now)),
    ("Was fehlt, und von wem?", lambda: gaps.missing(now)),
    ("Was dient keinem Ziel?", lambda: backing.without_goal(now)),
    ("Was widerspricht was?", lambda: backing.against(now)),
    ("Was bricht, wenn Geld fehlt?", lambda: backing.breaking(now)),
    (matrix.QUESTION, lambda: matrix.judging(saved)),
    ("Querschnittsthemen und Arbeitsprogramm", lambda: backing.cutting_across(now)),
    (entry.QUESTION, lambda: None),  # below, where a name leads to, too
    *([] if found.texts_missing else [reading]),
)
entry.look_up(now)
if found.ladders:
    origin = f" des {of}" if (of := plan.setting("goal_areas_of", "")) else ""
    stand_in = f"Zielbereiche{origin} (stellvertretend für die fehlenden Ziele)" if found.texts_missing else "Ziele"
    st.header(f"Stufen der Verbindlichkeit: {stand_in}", anchor=False)
    show(goals.ladder(found, plan))
else:
    empty("Noch keine Ziele eingetragen.", "Bitte unter „Daten“ Ziele anlegen.")
st.page_link(PAGES / "runde.py", label="Bewertungsrunde beginnen oder fortsetzen")
shelf(
    now,
    ("Leiter mit dem, was als Nächstes fehlt", lambda: goaltables.ladder(plan, found)),
    ("Zielbeiträge mit Begründung", lambda: goaltables.matrix(plan, found)),
    ("Lücken gezählt", lambda: goaltables.gap_numbers(plan, gaps.gaps_now(now))),
    ("Horizonte", lambda: goaltables.horizon_table(horizons(plan, climbers(plan), found.coverage.covered))),
    ("Summen der Fachteile", lambda: goaltables.influences(plan, backing.cross_now(now).matrix)),
    statements(plan, "Bausteine, Themen und Fragen", "Baustein", "Themenaussage", "Frage", "These"),
    kinds=(Goal, SectorPlan, Measure, Contribution, Interaction),
)
