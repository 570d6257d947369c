"""Saved versions: what changed since one, the whole database to take along."""

from contextlib import closing

import streamlit as st

from insek_core.change.consequences import consequences
from insek_core.rules.assessment import assess
from insek_core.storage.shown import city_slices
from insek_core.storage.store import Store
from insek_core.views.variants import changes, folded
from pages.shell.session import OpenPlan
from pages.shell.widgets import note, show


def since(now: OpenPlan) -> None:
    """What has changed since an earlier version, told like the consequences of a change ("seit der letzten
    Klausur").
    """
    older = [version for version in now.store.versions() if version.number < now.version.number]
    if not older:
        return
    words = {
        v.number: f"Version {v.number}{f' „{v.name}“' if v.name else ''}, {v.author}: {v.reason}"
        for v in reversed(older)
    }
    number = st.selectbox("Was hat sich geändert seit …", list(words), format_func=words.__getitem__, key="seit")
    plan = now.store.load(number)
    differ = consequences(assess(plan, city_slices(now.store, plan), now.found.today), now.found)
    for sentence in differ.told:
        note(sentence.text)
    if not differ.told:
        note("An den Zahlen hat sich nichts geändert.")
    if differ.changed:
        show(folded(f"Alle {len(differ.changed)} geänderten Werte", changes(differ.changed).to_html()))


def take_along(store: Store, newest: int) -> None:
    """The whole database as a file."""

    def whole() -> bytes:
        # called when the button is pressed, in another thread, so over a connection of its own
        with closing(Store(store.path)) as own:
            return own.backup_bytes()

    name = f"{store.path.stem}-version-{newest}.sqlite"
    st.download_button("Datenbank herunterladen (SQLite)", data=whole, file_name=name, mime="application/vnd.sqlite3")
