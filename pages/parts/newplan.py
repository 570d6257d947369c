"""The ways to a new plan: a form, a filled workbook, an example."""

from pathlib import Path

import streamlit as st

from insek_core.exchange.formats import XLSX
from insek_core.exchange.source import plan_of_workbook
from insek_core.exchange.workbook.template import template_workbook
from insek_core.plan.errors import Problem
from insek_core.plan.german import plain_number
from insek_core.storage.embedded import EXAMPLES, example_plan
from insek_core.storage.example import create_example
from insek_core.storage.founding import REASON, Beginning, completed, founded, lacking, problems
from insek_core.storage.law import laender
from insek_core.storage.plans import create_plan, free_path, place
from insek_core.storage.problems import Refused
from insek_core.storage.store import Store
from pages.shell.session import clock_day, take_plan
from pages.shell.widgets import findings_table

PAGES = Path(__file__).resolve().parents[1]
WORKS = ("die Aufstellung", "die Fortschreibung", "die Überarbeitung")
RHYTHMS = ("ein Haushalt je Jahr", "Doppelhaushalt")


def _go(store: Store, page: str) -> None:
    """Open the plan that was made on a screen."""
    name = store.path.stem
    store.close()
    take_plan(name)
    st.switch_page(PAGES / page)


def _asked() -> tuple[Beginning, str, str]:
    """The fields of the form, the text of the council paper, and who makes the plan."""
    left, right = st.columns(2, gap="large")
    names = {land.code: land.name for land in laender()}
    with left:
        city = st.text_input("Name der Stadt *", key="neu_stadt", placeholder="z. B. Musterstadt")
        state = st.selectbox(
            "Land *", ["", *names], format_func=lambda code: names.get(code, "bitte wählen"), key="neu_land"
        )
        short = st.text_input("Kurzname des Konzepts *", key="neu_kurz", placeholder="z. B. SEK")
        concept = st.text_input(
            "Das Konzept, mit Artikel: wer oder was? *", key="neu_konzept", placeholder="das Stadtentwicklungskonzept"
        )
        genitive = st.text_input(
            "Das Konzept, mit Artikel: wessen? *", key="neu_genitiv", placeholder="des Stadtentwicklungskonzepts"
        )
        work = st.selectbox("Was geschieht mit ihm? *", WORKS, key="neu_werk", accept_new_options=True)
    with right:
        first = st.text_input("Erstes Haushaltsjahr *", key="neu_von", placeholder=str(clock_day().year))
        last = st.text_input("Letztes Haushaltsjahr *", key="neu_bis", placeholder=str(clock_day().year + 2))
        rhythm = st.radio("Rhythmus des Haushalts", RHYTHMS, key="neu_rhythmus", horizontal=True)
        paper = st.text_area(
            "Ratsvorlage im Wortlaut (freiwillig)",
            key="neu_wortlaut",
            height=120,
            help="Quellen wie „Z. 12“ zeigen dann bei „woher?“ die Zeile. Ohne Text wird nichts zitiert.",
        )
        author = _author()
    asked = Beginning(
        city=city,
        short_name=short,
        concept=concept,
        concept_genitive=genitive,
        work=work or "",
        state=state or "",
        first_year=plain_number(first),
        last_year=plain_number(last),
        biennial=rhythm == RHYTHMS[1],
    )
    return asked, paper, author


def _author() -> str:
    """Who makes the plan."""
    return str(st.text_input("Wer legt an? *", value=st.session_state.get("autor", ""), key="neu_autor")).strip()


def empty_plan() -> None:
    """The form that a plan begins with."""
    with st.form("neue_planung"):
        asked, paper, author = _asked()
        pressed = st.form_submit_button("Planung anlegen", type="primary")
    if not pressed:
        return
    if wrong := problems(asked):
        st.error("Noch nicht angelegt.")
        findings_table(wrong)
        return
    if not author:
        st.error("Noch nicht angelegt: Bitte angeben, wer anlegt.")
        return
    st.session_state["autor"] = author
    try:
        made = create_plan(place(), founded(asked, clock_day()), author=author, reason=REASON, paper=paper)
    except Problem as problem:
        st.error(problem.german)
        return
    _go(made, "planung.py")


@st.cache_resource(show_spinner=False)
def _template() -> bytes:
    return template_workbook()


def from_workbook() -> None:
    """The template to take along, and the filled one back."""
    st.download_button("Leere Arbeitsmappe herunterladen", _template, "planung-leer.xlsx", XLSX)
    st.caption(
        "Je Blatt eine Tabelle, in der Reihenfolge der Schritte; zwei Beispielzeilen stehen in den Notizen der "
        "Überschriften."
    )
    with st.form("aus_mappe"):
        file = st.file_uploader("Ausgefüllte Arbeitsmappe (.xlsx)", type=["xlsx"], key="neu_mappe")
        author = _author()
        pressed = st.form_submit_button("Planung aus der Mappe anlegen", type="primary")
    if not pressed:
        return
    if file is None or not author:
        st.error("Noch nicht angelegt: Bitte eine Mappe wählen und angeben, wer anlegt.")
        return
    st.session_state["autor"] = author
    try:
        found = plan_of_workbook(file.name, file.getvalue())
        if wrong := lacking(found.plan):
            raise Refused(wrong)
        plan = completed(found.plan, clock_day())
        made = create_plan(place(), plan, author=author, reason=found.told, paper=found.paper)
    except Refused as problem:
        st.error("Noch nicht angelegt; bitte die Mappe berichtigen.")
        findings_table(problem.findings)
        return
    except Problem as problem:
        st.error(problem.german)
        return
    _go(made, "planung.py")


def from_example() -> None:
    """An embedded example as a plan of its own."""
    with st.form("beispiel"):
        name = st.selectbox("Beispiel", EXAMPLES, format_func=lambda one: example_plan(one).title, key="neu_beispiel")
        pressed = st.form_submit_button("Beispiel anlegen", type="primary")
    if not pressed:
        return
    try:
        made = create_example(free_path(place(), str(name)), str(name))
    except Problem as problem:
        st.error(problem.german)
        return
    _go(made, "ueberblick.py")
