"""Questions of the Zielsystem: which goals are only words, what serves none, what contradicts what, what less money
breaks, how themes and the work programme serve.
"""

import streamlit as st

from insek_core.rules.goals.balance import contradictions, programme_counts, themes, threads
from insek_core.rules.goals.gaps import GAP_TYPES, GapFilter, matching
from insek_core.rules.goals.impact import CrossImpact, cross_impact
from insek_core.rules.goals.ladder import climbers
from insek_core.rules.goals.sentences import (
    contradictions_sentence,
    impact_sentence,
    orphans_sentence,
    programme_sentence,
    threads_sentence,
    words_sentence,
)
from insek_core.views import goals, goalsheets, goaltables
from pages.parts.cover import less_money
from pages.parts.gaps import gaps_now
from pages.shell.session import OpenPlan
from pages.shell.widgets import empty, kept, note, show


def cross_now(now: OpenPlan) -> CrossImpact:
    """How the sector plans act on one another, worked out once."""
    found: CrossImpact = kept("wechselwirkungen", now, lambda: cross_impact(now.plan))
    return found


def only_words(now: OpenPlan) -> None:
    """The goals of which nothing but their name is proved, and what each of them lacks first."""
    st.header("Welche Ziele sind nur Worte?", anchor=False)
    found = matching(gaps_now(now), GapFilter(types=GAP_TYPES[:1]))
    told = words_sentence(found, now.found.goals)
    note(told.text, told.assumed)
    if found:
        show(goaltables.gaps(now.plan, found).without("Lücke").to_html())


def without_goal(now: OpenPlan) -> None:
    """What serves no goal, by kind, and what is named but not judged."""
    st.header("Was dient keinem Ziel?", anchor=False)
    told = orphans_sentence(now.plan, now.found.goals)
    if told is None:
        note("Alles, was der Plan nennt, dient mindestens einem Ziel.")
        return
    note(told.text, told.assumed, told.figures)
    show(goaltables.orphan_table(now.plan, now.found.goals.orphans).to_html())


def against(now: OpenPlan) -> None:
    """What works against a goal, then how the sector plans act on one another."""
    st.header("Was widerspricht was?", anchor=False)
    found = contradictions(now.plan, now.found.goals.coverage.goals)
    told = contradictions_sentence(now.plan, found)
    note(told.text, told.assumed, told.figures)
    if found:
        show(goalsheets.contradiction_table(now.plan, found).to_html())
    interactions(now)


def breaking(now: OpenPlan) -> None:
    """What less money breaks, and which goals hang on one thread."""
    less_money(now.plan)
    found = threads(now.plan, now.found.goals.coverage.goals)
    told = threads_sentence(now.plan, found)
    note(told.text, told.assumed, told.figures)
    if found:
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
