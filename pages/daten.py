"""The data: any record edited with a reason, versions, data dictionary, download."""

from contextlib import closing
from dataclasses import replace

import streamlit as st

from insek_core.plan import TABLES
from insek_core.plan.errors import Problem
from insek_core.plan.german import count
from insek_core.storage.store import Store
from insek_core.views import tables
from pages.shell.editor import NEW, edit, propose
from pages.shell.session import current
from pages.shell.widgets import findings_table, twin

now = current()
plan = now.plan


def whole_database() -> bytes:
    """The file as it is when the button is pressed: called in another thread, so over a connection of its own."""
    with closing(Store(now.store.path)) as store:
        return store.backup_bytes()


rows = sum(len(plan.rows(table)) for table in TABLES)
st.title("Daten", anchor=False)
filled = sum(bool(plan.rows(table)) for table in TABLES)
st.html(
    f"<p class='antwort'>Version {now.version.number} hält {count(rows, 'Eintrag', 'Einträge')} in {filled} von {len(TABLES)} Tabellen; zuletzt gespeichert von {now.version.author}: {now.version.reason}.</p>"
)
if done := st.session_state.pop("gespeichert", ""):
    st.success(done)
if now.found.findings:
    with st.expander(
        count(len(now.found.findings), "Befund", "Befunde"), expanded=now.found.findings[0].level == "error"
    ):
        findings_table(now.found.findings)
st.subheader("Eintrag bearbeiten", anchor=False)
left, right = st.columns([0.35, 0.65])
table = str(
    left.selectbox(
        "Tabelle",
        list(TABLES),
        format_func=lambda t: TABLES[t].sheet,
        key="tabelle",
        bind="query-params",
    )
)
ids = [row.id for row in plan.rows(table)]
record = str(
    right.selectbox(
        "Eintrag",
        [*ids, NEW],
        format_func=lambda i: f"{i} · {plan.name(i)}" if i != NEW else f"Neuer Eintrag: {TABLES[table].one}",
        key=f"eintrag-{table}",
    )
)
edit(now, TABLES[table], record)
twin(tables.records(plan, plan.rows(table), TABLES[table]), f"Ganze Tabelle {TABLES[table].sheet}")
examples = {t: tuple(row for row in plan.rows(t) if row.note == "Beispielannahme") for t in TABLES}
if found := sum(map(len, examples.values())):
    st.subheader("Beispielannahmen", anchor=False)
    st.markdown(f"{count(found, 'Eintrag ist', 'Einträge sind')} ein Beispiel von uns, nicht aus der Vorlage.")
    if st.button("Beispielannahmen entfernen") or st.session_state.get("beispiele"):
        st.session_state["beispiele"] = True
        kept = {t: tuple(row for row in plan.rows(t) if row not in gone) for t, gone in examples.items() if gone}
        propose(now, replace(plan, **kept), now.version.number, "Beispielannahmen entfernt", "beispiele")  # type: ignore[arg-type]
else:
    st.session_state.pop("beispiele", None)
st.subheader("Versionen", anchor=False)
versions = now.store.versions()
st.html(tables.html(tables.versions(versions)))
left, right, third = st.columns([0.2, 0.3, 0.5], vertical_alignment="bottom")
number = int(left.selectbox("Version", [v.number for v in reversed(versions)], key="version_wahl"))
author = right.text_input(
    "Wer stellt wieder her?", value=st.session_state.get("autor", ""), key="autor_wiederherstellen"
)
if third.button("Wiederherstellen (als neue Version)", disabled=number == now.version.number):
    try:
        saved = now.store.restore(number, author=author.strip() or "unbekannt")
        st.session_state["gespeichert"] = f"Version {number} ist als Version {saved.number} wiederhergestellt."
        st.rerun()
    except Problem as problem:
        st.error(problem.german)
st.subheader("Mitnehmen", anchor=False)
st.download_button(
    "Datenbank herunterladen (SQLite)",
    data=whole_database,
    file_name=f"insek-version-{now.version.number}.sqlite",
    mime="application/vnd.sqlite3",
)
twin(tables.dictionary(TABLES), "Datenwörterbuch: jede Spalte mit Bedeutung")
