"""Questions of the map: do money and events go where need is greatest, and which areas rise or fall?"""

import streamlit as st

from insek_core.rules.fairness import fairness, fairness_sentences
from insek_core.rules.places.areas import drawn_levels
from insek_core.rules.places.indicators import Slice
from insek_core.rules.places.need import mix_sentence, need, need_mix, types_sentence
from insek_core.storage.shown import newest_slices, shown_types
from insek_core.views import profiletables
from pages.shell.frame import PAGES
from pages.shell.session import OpenPlan
from pages.shell.widgets import empty, kept, note, show


def _slices(now: OpenPlan, level: str) -> tuple[Slice, ...]:
    """The newest figures of a level at the Stichtag."""
    latest = now.found.today.year
    found: tuple[Slice, ...] = kept(f"bedarf-{level}", now, lambda: newest_slices(now.store, now.plan, level, latest))
    return found


def fair(now: OpenPlan) -> None:
    """Need against measures, money and events of the areas, in words, then all of them."""
    st.header("Geht dorthin etwas, wo der Bedarf am größten ist?", anchor=False)
    level = (drawn_levels(now.plan) or ("Ortsteil",))[0]
    slices = _slices(now, level)
    found = fairness(now.plan, need(now.plan, slices), level)
    for sentence in (*fairness_sentences(now.plan, found), mix_sentence(now.plan, slices)):
        note(sentence.text, sentence.assumed, sentence.figures)
    st.page_link(PAGES / "daten.py", label="Die Mischung ändern: Spalte „Gewicht im Bedarf“ der Indikatoren")
    if found.rows:
        show(profiletables.need_against_effort(now.plan, found).to_html())


def risen(now: OpenPlan) -> None:
    """Status and change of every area as classes, since a year that can be chosen."""
    st.header("Welche Gebiete holen auf, welche fallen zurück?", anchor=False)
    mix = need_mix(now.plan)
    level = (drawn_levels(now.plan) or ("Ortsteil",))[0]
    parts = {one.indicator: one for one in _slices(now, level) if one.indicator in mix}
    years = [set(now.store.years(part)) for part in parts]
    common = sorted(set.intersection(*years)) if years else []
    earlier = [year for year in common if year < min(one.year for one in parts.values())]
    if not earlier:
        empty(
            "Dafür fehlen Zahlen aus zwei Jahren.", "Indikatoren ein „Gewicht im Bedarf“ geben und Statistik einlesen."
        )
        return
    since = st.selectbox("Veränderung seit", earlier[::-1], index=min(3, len(earlier) - 1), key="seit")
    found = shown_types(now.store, now.plan, level, now.found.today.year, int(since))
    told = types_sentence(found, int(since))
    note(told.text, told.assumed, told.figures)
    show(profiletables.type_counts(found).to_html())
    show(profiletables.types(now.plan, found).to_html())
    show(profiletables.type_legend().to_html())
