"""Saved versions: the list, restoring one, the whole database to take along."""

from contextlib import closing
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from insek_core.plan.errors import Problem
from insek_core.rules.assessment import assess
from insek_core.rules.consequences import consequences
from insek_core.storage.store import Store, city_slices
from insek_core.views import tables
from insek_core.views.variants import changes, folded

if TYPE_CHECKING:
    from pages.shell.session import Current


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


def since(now: "Current") -> None:
    """What has changed since an earlier version, told like the consequences of a change ("seit der letzten Klausur")."""
    older = [version for version in now.store.versions() if version.number < now.version.number]
    if not older:
        return
    words = {
        v.number: f"Version {v.number}{f' „{v.name}“' if v.name else ''}, {v.author}: {v.reason}"
        for v in reversed(older)
    }
    number = st.selectbox("Was hat sich geändert seit …", list(words), format_func=words.__getitem__, key="seit")
    plan = now.store.load(number)
    told = consequences(assess(plan, city_slices(now.store, plan), now.found.today), now.found)
    sentences = [f"<p class='satz'>{escape(sentence.text)}</p>" for sentence in told.told] or [
        "<p class='satz'>An den Zahlen hat sich nichts geändert.</p>"
    ]
    more = (
        folded(f"Alle {len(told.changed)} geänderten Werte", tables.html(changes(told.changed))) if told.changed else ""
    )
    st.html("".join(sentences) + more)


def take_along(store: Store, newest: int) -> None:
    """The whole database as a file."""

    def whole() -> bytes:
        # called when the button is pressed, in another thread, so over a connection of its own
        with closing(Store(store.path)) as own:
            return own.backup_bytes()

    name = f"insek-version-{newest}.sqlite"
    st.download_button("Datenbank herunterladen (SQLite)", data=whole, file_name=name, mime="application/vnd.sqlite3")
