"""The floor as an ASGI app."""

import streamlit as st

app = st.App("benchmarks/hello_slider.py")
