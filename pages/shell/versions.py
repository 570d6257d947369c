"""Saved versions: the list, restoring one, the whole database to take along."""

from contextlib import closing

import streamlit as st

from insek_core.plan.errors import Problem
from insek_core.storage.store import Store
from insek_core.views import tables


def restore(store: Store, newest: int | None) -> None:
    """The list of versions and a form that brings one back as a new one; `newest` is the one that is shown already."""
    versions = store.versions()
    st.html(tables.html(tables.versions(versions)))
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
        saved = store.restore(number, author=author)
    except Problem as problem:
        st.error(problem.german)
        return
    st.session_state.update(
        autor=author, gespeichert=f"Version {number} ist als Version {saved.number} wiederhergestellt."
    )
    st.rerun()


def take_along(store: Store, newest: int) -> None:
    """The whole database as a file."""

    def whole() -> bytes:
        # called when the button is pressed, in another thread, so over a connection of its own
        with closing(Store(store.path)) as own:
            return own.backup_bytes()

    name = f"insek-version-{newest}.sqlite"
    st.download_button("Datenbank herunterladen (SQLite)", data=whole, file_name=name, mime="application/vnd.sqlite3")
