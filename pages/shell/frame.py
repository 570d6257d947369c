"""What all screens stand in: the style sheet, the plan opened, and the line that says what is shown."""

import os
from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from insek_core.change.difference import Difference
from insek_core.exchange.source import store_of_workbook
from insek_core.plan import Plan
from insek_core.plan.codec import digest
from insek_core.plan.errors import Problem, Unreadable
from insek_core.plan.german import count, parse_date, show_date
from insek_core.rules.assessment import Assessment, assess, near_day
from insek_core.storage.example import open_or_create
from insek_core.storage.plans import is_folder, place, plans_in
from insek_core.storage.shown import city_slices
from insek_core.storage.store import Refused, Store
from pages.shell import variant
from pages.shell.help import aids
from pages.shell.restore import restore
from pages.shell.screens import UNKNOWN
from pages.shell.session import OpenPlan, database, opened, same_plan, take_plan, texts, today_of
from pages.shell.widgets import findings_table, show

PAGES = Path(__file__).resolve().parents[1]


@cache
def _style() -> Markup:
    sheet = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    return Markup("<style>{}</style>").format(Markup(sheet))  # noqa: S704  our own file


def open_store() -> Store:
    """The store of this run: the database, made from the example at first start, or the workbook that INSEK_SOURCE
    names.

    A German message ends the run if it cannot be opened.
    """
    path = database()
    try:
        if workbook := os.environ.get("INSEK_SOURCE"):
            return store_of_workbook(Path(workbook))
        return open_or_create(path)
    except Refused as problem:
        st.title("Die Mappe lässt sich nicht lesen", anchor=False)
        st.error("Bitte die Fehler in der Mappe beheben und sie speichern; dann diese Seite neu laden.")
        findings_table(problem.findings)
    except Problem as problem:
        st.title("Die Planung lässt sich nicht öffnen", anchor=False)
        st.error(problem.german)
    st.stop()


@st.cache_resource(max_entries=8, show_spinner=False)
def _load(
    path: str, stamp: tuple[int, ...], _store: Store
) -> tuple[Plan, str, tuple[Difference, ...], tuple[str, ...]]:
    plan = _store.load()
    return plan, digest(plan), _store.outside_edits(plan), _store.paper


@st.cache_resource(max_entries=16, show_spinner=False)
def _assess(path: str, plan_digest: str, statistics: str, today: date, _store: Store, _plan: Plan) -> Assessment:
    return assess(_plan, city_slices(_store, _plan), today)


def _open() -> OpenPlan:
    """The newest plan with its assessment. A German message ends the run where data cannot be read."""
    store = open_store()
    try:
        version = store.head
        path = str(store.path)
        plan, plan_digest, outside, paper = _load(path, store.stamp, store)
        found = _assess(path, plan_digest, store.statistics, today_of(plan), store, plan)
        return OpenPlan(store, version, plan, plan_digest, found, outside, paper)
    except Refused as problem:
        st.title("Die Planung lässt sich nicht lesen", anchor=False)
        st.error(f"{len(problem.findings)} Angaben in der Datenbank sind nicht lesbar. Es wurde nichts geändert.")
        findings_table(problem.findings)
        st.markdown("**Eine gespeicherte Version wiederherstellen:**")
        restore(store, None)
    except Problem as problem:
        st.title("Die Planung lässt sich nicht lesen", anchor=False)
        st.error(problem.german)
    st.stop()


def frame(page: str) -> None:
    """What all screens share: the style sheet, the line that says what is shown, with the Stichtag to change, and the
    Variante being tried. `page`: the address of the screen.
    """
    show(_style())
    same_plan(database())
    now = _open()
    opened.set(now)
    base = variant.Base.of(now)
    variant.to_address(base.version)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="stand"):
        tried = len(texts())
        scenario = f"Variante mit {count(tried, 'Änderung', 'Änderungen')}" if tried else "keine Variante"
        name = f" „{now.version.name}“" if now.version.name else ""
        origin = (
            f"Mappe {Path(workbook).name}, nur lesend"
            if (workbook := os.environ.get("INSEK_SOURCE"))
            else f"Plan Version {now.version.number}{name}"
        )
        st.markdown(f"{now.plan.title} · Stand {show_date(now.found.today)} · {origin} · {scenario}")
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            aids(page)
            _change_plan(now)
            _change_date(now)
    if asked := st.query_params.get(UNKNOWN):
        st.warning(f"Die Adresse „{asked[:60]}“ gibt es nicht; gezeigt wird der Überblick.")
    if now.outside:
        st.warning(
            f"Die Tabellen der Datenbank wurden außerhalb des Programms geändert ({len(now.outside)} "
            f"Abweichungen von Version {now.version.number}): " + "; ".join(edit.sentence() for edit in now.outside[:3])
        )

    if texts() and page not in variant.MOVING:
        _tried(base)


def _tried(base: variant.Base) -> None:
    """The Variante on a screen that does not move it: what it changes, and the ways back."""
    with st.container(horizontal=True, vertical_alignment="center", key="erprobt"):
        with st.container(width="stretch"):
            variant.bar(base, variant.tried(base))
        with st.container(width="content"):
            st.page_link(PAGES / "waswaere.py", label="Ändern")
            st.button("Zurücknehmen", key="variante_weg", type="tertiary", on_click=variant.put, args=((),))


def _change_plan(now: OpenPlan) -> None:
    box = st.popover("Planung", type="tertiary", key="planung_box", on_change="rerun")
    if not box.open:
        return
    with box:
        st.page_link(PAGES / "planung.py", label="Schritt für Schritt eintragen")
        st.page_link(PAGES / "neu.py", label="Neue Planung anlegen")
        for other in plans_in(place()) if is_folder(place()) else ():
            if other.path != now.store.path:
                st.button(
                    f"Wechseln zu {other.title}", key=f"planung-{other.name}", on_click=take_plan, args=(other.name,)
                )


def _change_date(now: OpenPlan) -> None:
    box = st.popover("Stichtag ändern", type="tertiary", key="stichtag_box", on_change="rerun")
    if not box.open:
        return
    with box, st.form("stichtag_form", border=False):
        text = st.text_input("Stichtag (TT.MM.JJJJ)", value=show_date(now.found.today), key="stichtag_text")
        if st.form_submit_button("Übernehmen"):
            try:
                st.query_params["stichtag"] = show_date(near_day(parse_date(text), now.plan, now.found.today))
            except Unreadable as problem:
                st.error(problem.german)
            else:
                st.rerun()
