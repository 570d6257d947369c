"""A new plan: a few names, Land and budget years; or a filled workbook; or an example to look at."""

import streamlit as st

from insek_core.storage.plans import is_folder, place
from pages.parts import newplan
from pages.shell.help import title
from pages.shell.widgets import show, told

WAYS = {
    "Leer anfangen": newplan.empty_plan,
    "Aus einer Arbeitsmappe": newplan.from_workbook,
    "Ein Beispiel ansehen": newplan.from_example,
}

title("neue-planung")
show(
    told(
        "Eine Planung beginnt mit Namen, Land und Haushaltsjahren; alles Weitere folgt Schritt für Schritt.",
        kind="antwort",
    )
)
if is_folder(place()):
    way = st.pills("Wie anfangen?", list(WAYS), default="Leer anfangen", required=True, key="weg", bind="query-params")
    WAYS[way]()
else:
    st.info(
        "Dieses Programm ist mit einer einzelnen Datenbank gestartet. Für weitere Planungen bitte die IT, es mit einem "
        "Ordner zu starten; dort liegt dann je Planung eine Datei."
    )
