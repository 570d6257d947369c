"""Questions of the Zielsystem: what is missing from whom, what stands behind a goal, how sector plans act."""

import streamlit as st

from insek_core.rules.goals.gaps import GAP_TYPES, Gap, gaps, matching
from insek_core.rules.goals.impact import CrossImpact, cross_impact
from insek_core.rules.goals.sentences import gaps_sentence, impact_sentence, trace_sentence
from insek_core.rules.goals.trace import trace
from insek_core.views import goals, goaltables
from pages.parts.history import history_of
from pages.shell.session import OpenPlan
from pages.shell.widgets import empty, kept, note, show


def gaps_now(now: OpenPlan) -> tuple[Gap, ...]:
    """The gaps of the goals, worked out once."""
    found: tuple[Gap, ...] = kept("luecken", now, lambda: gaps(now.plan, now.found.goals.ladders))
    return found


def cross_now(now: OpenPlan) -> CrossImpact:
    """How the sector plans act on one another, worked out once."""
    found: CrossImpact = kept("wechselwirkungen", now, lambda: cross_impact(now.plan))
    return found


def missing(now: OpenPlan) -> None:
    """The gaps by office; type, office and Zielbereich stand in the address."""
    st.header("Was fehlt, und von wem?", anchor=False)
    every = gaps_now(now)
    if not every:
        empty("Keine Lücken bekannt.", "Ziele und ihre Nachweise stehen unter „Daten“.")
        return
    types = st.pills("Art der Lücke", GAP_TYPES, selection_mode="multi", key="lueckenart", bind="query-params")
    left, right = st.columns(2)
    offices = list(dict.fromkeys(gap.from_whom for gap in every))
    office = left.selectbox(
        "Von wem", ["", *sorted(offices)], format_func=lambda k: k or "alle", key="von", bind="query-params"
    )
    areas = list(dict.fromkeys(gap.area for gap in every if gap.area))
    area = right.selectbox(
        "Zielbereich",
        ["", *areas],
        format_func=lambda k: now.plan.name(k) or "alle",
        key="zielbereich",
        bind="query-params",
    )
    shown = matching(every, types, office, area)
    told = gaps_sentence(shown, every)
    note(told.text, told.assumed)
    show(goaltables.gaps(shown).to_html())


def behind(now: OpenPlan) -> None:
    """A goal's sheet: its judgements, measures, money, indicators and districts; the goal stands in the address."""
    st.header("Was steht hinter einem Ziel?", anchor=False)
    known = {goal.id: goal for goal in now.plan.goals}
    if not known:
        empty("Noch keine Ziele eingetragen.", "Bitte unter „Daten“ Ziele anlegen.")
        return
    chosen = st.selectbox("Ziel", list(known), format_func=now.plan.name, key="ziel", bind="query-params")
    found = trace(now.plan, known[chosen])
    told = trace_sentence(now.plan, found)
    note(told.text, told.assumed, told.figures)
    tables = (
        goaltables.judgements(now.plan, found),
        goaltables.measures_behind(now.plan, found),
        goaltables.indicators_behind(found),
    )
    for table in tables:
        if table.rows:
            show(table.to_html())
    history_of(now, found.contributions)


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
