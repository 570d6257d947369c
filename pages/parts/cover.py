"""Which measures cover all goals, asked on a screen: the money, the answer, what is chosen and what stays without."""

import streamlit as st

from insek_core.change.cover import smallest_cover
from insek_core.change.sentences.cover import cover_sentences
from insek_core.plan import Plan
from insek_core.plan.errors import Unreadable
from insek_core.plan.german import parse_euro
from insek_core.views import covertables
from pages.shell.widgets import note, show


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
