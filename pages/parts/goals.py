"""Questions of the Zielsystem: how sector plans act, which goals hang on one thread, how themes and the work programme
serve.
"""

import streamlit as st

from insek_core.rules.goals.balance import programme_counts, themes, threads
from insek_core.rules.goals.impact import CrossImpact, cross_impact
from insek_core.rules.goals.ladder import climbers
from insek_core.rules.goals.sentences import impact_sentence, programme_sentence
from insek_core.views import goals, goalsheets, goaltables
from pages.shell.session import OpenPlan
from pages.shell.widgets import empty, kept, note, show


def cross_now(now: OpenPlan) -> CrossImpact:
    """How the sector plans act on one another, worked out once."""
    found: CrossImpact = kept("wechselwirkungen", now, lambda: cross_impact(now.plan))
    return found


def on_one_thread(now: OpenPlan) -> None:
    """The goals that one contribution alone serves, folded."""
    found = threads(now.plan, now.found.goals.coverage)
    if not found:
        return
    box = st.expander("Welche Ziele hängen an einem einzigen Beitrag?", key="faeden", on_change="rerun")
    if box.open:
        with box:
            show(goalsheets.thread_table(now.plan, found).to_html())


def cutting_across(now: OpenPlan) -> None:
    """Cross-cutting and funding themes, and the work programme: whom they serve, and what is unknown."""
    st.header("Wie stehen Querschnittsthemen und Arbeitsprogramm zu den Zielen?", anchor=False)
    goals_ = climbers(now.plan)
    counts = programme_counts(now.plan, goals_)
    if told := programme_sentence(counts):
        note(told.text, told.assumed)
        show(goalsheets.programme_table(now.plan, counts).to_html())
    if (table := goalsheets.theme_table(now.plan, themes(now.plan, now.plan.goals))).rows:
        show(table.to_html())
    else:
        empty("Noch kein Querschnitts- oder Förderthema eingetragen.", "Bitte unter „Daten“ Fachteile anlegen.")


def interactions(now: OpenPlan) -> None:
    """The matrix of sector plans, its conflicts and synergies with what they touch."""
    st.header("Wie wirken die Fachteile aufeinander? (Zeile wirkt auf Spalte, ? nicht bewertet)", anchor=False)
    found = cross_now(now)
    if not found.matrix.pairs:
        empty("Noch keine zwei Fachteile eingetragen.", "Bitte unter „Daten“ Fachteile anlegen.")
        return
    told = impact_sentence(found)
    note(told.text, told.assumed, told.figures)
    show(goals.interactions(now.plan, found.matrix))
    if (table := goaltables.touched(now.plan, found)).rows:
        show(table.to_html())
