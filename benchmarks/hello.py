"""The floors: two pages that say hello and one with a bare Gantt of two hundred bars, served like the app."""

from datetime import date, timedelta

import altair as alt
import pandas as pd
import streamlit as st


def page(name: str) -> None:
    """A title and nothing else."""
    st.title(name, anchor=False)


def gantt() -> None:
    """A title and two hundred bars with their names."""
    page("Gantt")
    days = [date(2016, 1, 1) + timedelta(n) for n in range(200)]
    rows = pd.DataFrame({"name": [f"Arbeitsschritt {n}" for n in range(200)], "start": pd.to_datetime(days)})
    rows["end"] = rows["start"] + pd.Timedelta(days=20)
    bars = alt.Chart(rows).mark_bar().encode(x="start:T", x2="end:T", y=alt.Y("name:N", sort=None))
    st.altair_chart(bars.properties(height=4000), width="stretch")


st.navigation(
    [
        st.Page(lambda: page("Eins"), title="Eins", url_path="eins", default=True),
        st.Page(lambda: page("Zwei"), title="Zwei", url_path="zwei"),
        st.Page(gantt, title="Gantt", url_path="gantt"),
    ],
    position="top",
).run()
