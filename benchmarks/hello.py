"""The floor: two pages that say hello, served like the app."""

import streamlit as st


def page(name: str) -> None:
    """A title and nothing else."""
    st.title(name, anchor=False)


st.navigation([st.Page(lambda: page("Eins"), title="Eins", url_path="eins", default=True),
               st.Page(lambda: page("Zwei"), title="Zwei", url_path="zwei")], position="top").run()  # fmt: skip
