"""The script st.App runs: page config, the list of pages, their common frame."""

import streamlit as st

from insek_core.plan.errors import Problem
from pages.shell.frame import PAGES, frame
from pages.shell.screens import BESIDE, SCREENS
from pages.shell.session import opened

st.set_page_config(page_title="Cockpit", page_icon="🧭", layout="wide", initial_sidebar_state="collapsed")

page = st.navigation(
    [
        *(
            st.Page(PAGES / file, title=title, url_path=address, default=number == 0)
            for number, (file, title, address) in enumerate(SCREENS)
        ),
        *(st.Page(PAGES / file, title=title, url_path=address, visibility="hidden") for file, title, address in BESIDE),
    ],
    position="top",
)
st.set_page_config(page_title=page.title)
try:
    frame(page.url_path or "ueberblick")
    st.set_page_config(page_title=f"{page.title} · {opened.get().plan.title}")
    page.run()
except Problem as problem:  # a database that another holds or that is gone is told on every screen, whatever it does
    st.error(problem.german)
