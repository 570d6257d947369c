"""Help where it is needed: what a screen answers and for whom, its terms explained, the tour."""

import streamlit as st
from markupsafe import Markup

from insek_core.views.glossary import Explainer, terms_html
from pages.shell.screens import ANSWERS, BESIDE, SCREENS, TERMS
from pages.shell.widgets import explaining, show

AIDS = Markup("<div class='hilfe'>{}<button class='knopf rundgang'>Rundgang</button></div>")
TITLES = {address: name for _, name, address in (*SCREENS, *BESIDE)}


def title(address: str, words: str = "") -> None:
    """The title of a screen (its name, or other words) and beside it, in one line, what it answers and for whom. From
    here on the screen's terms are explained where they first stand.
    """
    explaining.set(Explainer(TERMS.get(address, ())))
    with st.container(horizontal=True, vertical_alignment="bottom", key="titel"):
        st.title(words or TITLES[address], anchor=False, width="content")
        show(Markup("<p class='wozu'>{}</p>").format(ANSWERS[address]))


def aids(address: str) -> None:
    """A button for the terms of the screen, which the browser opens without a rerun, and one for the tour."""
    show(AIDS.format(terms_html(TERMS.get(address, ()))))
