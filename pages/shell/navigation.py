"""The script st.App runs: page config, the list of pages, their common frame."""

import streamlit as st

from pages.shell.frame import PAGES, frame

st.set_page_config(page_title="INSEK-Cockpit", page_icon="🧭", layout="wide", initial_sidebar_state="collapsed")

page = st.navigation(
    [
        st.Page(PAGES / "ueberblick.py", title="Überblick", url_path="ueberblick", default=True),
        st.Page(PAGES / "haushalt.py", title="Haushalt & Förderung", url_path="haushalt"),
        st.Page(PAGES / "waswaere.py", title="Was wäre, wenn", url_path="was-waere-wenn"),
        st.Page(PAGES / "zeitplan.py", title="Zeitplan", url_path="zeitplan"),
        st.Page(PAGES / "zielsystem.py", title="Zielsystem", url_path="zielsystem"),
        st.Page(PAGES / "karte.py", title="Indikatoren & Karte", url_path="karte"),
        st.Page(PAGES / "gremien.py", title="Beteiligung & Gremien", url_path="gremien"),
        st.Page(PAGES / "praesentation.py", title="Präsentation", url_path="praesentation"),
        st.Page(PAGES / "daten.py", title="Daten", url_path="daten"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} · INSEK-Cockpit")
frame(page.url_path or "ueberblick")
page.run()
