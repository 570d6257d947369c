"""The floor of a moving control: a slider and the text it sets, in a fragment, served like the app."""

import streamlit as st


@st.fragment
def hello() -> None:
    """A slider and a sentence with its value."""
    value = st.slider("Kosten insgesamt", -30, 50, 0)
    st.html(f"<p class='antwort'>Hallo {value}</p>")  # noqa: TID251


hello()
