"""Goals: which are only words, which are backed; the missing annex is said first."""

import streamlit as st

from insek_core.plan.content import Contribution, Goal, Interaction, Measure, SectorPlan
from insek_core.plan.german import show_number
from insek_core.rules.situation import goals_sentence
from insek_core.views import goals, goaltables
from pages.shell.help import title
from pages.shell.variant import shown
from pages.shell.widgets import answer, empty, note, shelf, show, statements

now, _ = shown()
plan, found = now.plan, now.found.goals
title("zielsystem")
answer(goals_sentence(found))
if found.ladders:
    count = found.coverage
    of = plan.setting("goal_areas_of", "")
    origin = f" des {of}" if of else ""
    stand_in = f"Zielbereiche{origin} (stellvertretend für die fehlenden Ziele)" if found.texts_missing else "Ziele"
    st.header(f"Stufen der Verbindlichkeit: {stand_in}", anchor=False)
    show(goals.ladder(found))
    rate = f"{show_number((count.fill_rate or 0) * 100)} %"
    text = (
        f"Mindestens ein positiver Beitrag: {len(count.covered)} von {len(count.goals)}; bewertet sind {rate} der Paare"
    )
    text += (
        f"; nur ein Beitrag trägt: {len(count.fragile)}; mit Zielkonflikt: {len(count.conflicting)}; ohne "
        f"Ziel: {len(count.orphans)} Fachteile und Maßnahmen."
    )
    note(text, any(c.evidence == "assumed" for c in plan.contributions))
else:
    empty("Noch keine Ziele eingetragen.", "Bitte unter „Daten“ Ziele anlegen.")
if found.weights:
    st.header("Was wirkt auf welches Ziel? (−3 hebt auf bis +3 untrennbar, ? nicht bewertet)", anchor=False)
    show(goals.matrix(plan, found))
shelf(
    now,
    ("Leiter mit dem, was als Nächstes fehlt", lambda: goaltables.ladder(found)),
    ("Zielbeiträge mit Begründung", lambda: goaltables.matrix(plan, found)),
    statements(plan, "Bausteine, Themen und Fragen", "Baustein", "Themenaussage", "Frage", "These"),
    kinds=(Goal, SectorPlan, Measure, Contribution, Interaction),
)
