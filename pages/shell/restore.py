"""Bringing an earlier version back as a new one: where the data is shown, and where the newest cannot be read."""

import streamlit as st

from insek_core.plan.errors import Problem
from insek_core.storage.store import Store
from insek_core.views import tables
from pages.shell.widgets import show


def restore(store: Store, newest: int | None) -> None:
    """The list of versions and a form that brings one back as a new one; `newest` is the one that is shown already."""
    versions = store.versions()
    show(tables.versions(versions).to_html())
    with st.form("wiederherstellen", border=False):
        left, right, third = st.columns([0.2, 0.3, 0.5], vertical_alignment="bottom")
        number = int(left.selectbox("Version", [v.number for v in reversed(versions)], key="version_wahl"))
        author = right.text_input(
            "Wer stellt wieder her?", value=st.session_state.get("autor", ""), key="autor_wiederherstellen"
        ).strip()
        pressed = third.form_submit_button("Wiederherstellen (als neue Version)")
    if not pressed:
        return
    if number == newest or not author:
        st.error(
            "Diese Version wird schon gezeigt."
            if number == newest
            else "Bitte den Namen angeben; es wurde nichts geändert."
        )
        return
    try:
        saved = store.restore(number, author=author, based_on=newest)
    except Problem as problem:
        st.error(problem.german)
        return
    st.session_state.update(
        autor=author, gespeichert=f"Version {number} ist als Version {saved.number} wiederhergestellt."
    )
    st.rerun()
