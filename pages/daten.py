"""The data: any record edited with a reason, workbooks out and in, statistics and outlines in, returns of the offices,
versions, data dictionary.
"""

import streamlit as st

from insek_core.plan import TABLES
from insek_core.plan.german import count
from insek_core.views import tables
from pages.parts.data import beside, files, goallist, versions
from pages.parts.data.editor import choose, remove_examples
from pages.shell.help import title
from pages.shell.restore import restore
from pages.shell.session import open_plan, say_saved
from pages.shell.widgets import findings_table, shelf, show, told

now = open_plan()
rows = sum(len(now.plan.rows(table)) for table in TABLES)
filled = sum(bool(now.plan.rows(table)) for table in TABLES)
title("daten")
show(
    told(
        f"Version {now.version.number} hält {count(rows, 'Eintrag', 'Einträge')} in {filled} von {len(TABLES)} "
        f"Tabellen; zuletzt gespeichert von {now.version.author}: {now.version.reason}.",
        kind="antwort",
    )
)
say_saved()
if now.found.findings and now.found.findings[0].level == "error":
    findings_table(now.found.findings)
tabs = st.tabs(
    ["Bearbeiten", "Excel und Project", "Statistik und Umrisse", "Rücklauf der Ämter", "Versionen"],
    key="reiter",
    on_change="rerun",
    bind="query-params",
)
opened = [tab.open for tab in tabs].index(True)
with tabs[opened]:
    if opened == 0:
        kind = choose(now)
        remove_examples(now)
        shelf(
            now,
            ("Befunde", lambda: tables.findings(now.found.findings)),
            ("Datenwörterbuch: jede Spalte mit Bedeutung", lambda: tables.dictionary(TABLES)),
            kinds=(kind,),
        )
    elif opened == 1:
        files.out(now)
        files.into(now)
        goallist.folded(now)
        files.paper(now)
    elif opened == 2:
        beside.statistics(now)
    elif opened == 3:
        files.office_returns(now)
    else:
        versions.since(now)
        restore(now.store, now.version.number)
        versions.take_along(now.store, now.version.number)
