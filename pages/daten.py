"""The data: any record edited with a reason, workbooks out and in, returns of the offices, versions, data dictionary."""

from functools import partial

import streamlit as st

from insek_core.plan import TABLES
from insek_core.plan.german import count
from insek_core.plan.record import columns_of
from insek_core.views import tables
from pages.shell import excel, versions
from pages.shell.editor import choose, remove_examples
from pages.shell.session import current
from pages.shell.widgets import findings_table, folded

now = current()
rows = sum(len(now.plan.rows(table)) for table in TABLES)
filled = sum(bool(now.plan.rows(table)) for table in TABLES)
st.title("Daten", anchor=False)
st.html(
    f"<p class='antwort'>Version {now.version.number} hält {count(rows, 'Eintrag', 'Einträge')} in {filled} von {len(TABLES)} Tabellen; "
    f"zuletzt gespeichert von {now.version.author}: {now.version.reason}.</p>"
)
if done := st.session_state.pop("gespeichert", ""):
    st.success(done)
if now.found.findings:
    worst = now.found.findings[0].level == "error"
    with st.expander(count(len(now.found.findings), "Befund", "Befunde"), expanded=worst):
        findings_table(now.found.findings)
edit_tab, excel_tab, returns_tab, versions_tab = st.tabs(["Bearbeiten", "Excel", "Rücklauf der Ämter", "Versionen"])
with edit_tab:
    choose(now)
    remove_examples(now)
with excel_tab:
    excel.out(now)
    excel.into(now)
with returns_tab:
    excel.office_returns(now)
with versions_tab:
    versions.restore(now.store, now.version.number)
    versions.take_along(now.store, now.version.number)
columns = sum(len(columns_of(kind)) for kind in TABLES.values())
folded("Datenwörterbuch: jede Spalte mit Bedeutung", columns, "woerterbuch", (), partial(tables.dictionary, TABLES))
