"""Which measures cover all goals, asked on a screen: the money, the answer, what is chosen and what stays without."""

from fractions import Fraction

import streamlit as st

from insek_core.change.cover import smallest_cover
from insek_core.change.cut import cut
from insek_core.change.sentences.cover import cover_sentences, cut_sentences
from insek_core.plan import Plan
from insek_core.plan.errors import Unreadable
from insek_core.plan.german import parse_euro
from insek_core.views import covertables
from pages.shell.widgets import empty, note, show


def smallest_set(plan: Plan) -> None:
    """The smallest set of measures that covers all goals, within the money that is typed (empty: no limit)."""
    text = st.text_input("Geld höchstens (leer: keine Grenze)", key="deckgrenze", placeholder="keine Grenze")
    try:
        limit = parse_euro(text) if text.strip() else None
    except Unreadable as error:
        st.error(f"{error.what} {error.remedy}")
        return
    found = smallest_cover(plan, limit)
    for finding in found.findings:
        st.warning(f"{finding.message} {finding.remedy}")
    for sentence in cover_sentences(found):
        note(sentence.text, sentence.assumed, sentence.figures)
    for table in (covertables.chosen(plan, found), covertables.uncovered(found)):
        if table.rows:
            show(table.to_html())


def less_money(plan: Plan) -> None:
    """What a cut of the measures' money breaks at least; the share stands in the address."""
    st.header("Was bricht, wenn Geld fehlt?", anchor=False)
    percent = st.slider("Kürzung", 0, 80, 20, 5, format="%d %%", key="kuerzung", bind="query-params")
    found = cut(plan, Fraction(percent, 100))
    if found is None:
        empty("Keine Maßnahme, die einem Ziel dient, nennt einen Betrag.", "Finanzierungsnachweise eintragen.")
        return
    for sentence in cut_sentences(found):
        note(sentence.text, sentence.assumed, sentence.figures)
    show(covertables.chosen(plan, found.best).to_html())
