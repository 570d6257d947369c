"""What a screen stands on: the open store, the plan and its assessment (cached by version), the Stichtag, saving."""

import os
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st

from insek_core.plan import Plan
from insek_core.plan.codec import digest
from insek_core.plan.content import Indicator
from insek_core.plan.errors import Problem, Unreadable
from insek_core.plan.german import count, parse_date, show_date
from insek_core.plan.version import Version
from insek_core.rules.assessment import Assessment, assess, reference_date
from insek_core.rules.difference import Difference
from insek_core.rules.indicators import Slice, visible
from insek_core.storage.example import create_example
from insek_core.storage.source import store_of_workbook
from insek_core.storage.store import Refused, Store, city_slices
from pages.shell import versions
from pages.shell.style import CSS
from pages.shell.widgets import findings_table

SESSION, ADDRESS = "aenderungen", "var"  # the changes being tried: in the session, in the address


@dataclass(frozen=True)
class Current:
    """The plan a screen shows (and its digest), its version and assessment; `outside` was written past the programme."""

    store: Store
    version: Version
    plan: Plan
    digest: str
    found: Assessment
    outside: tuple[Difference, ...]

    @property
    def key(self) -> tuple[str, str, date]:
        """Stands for everything a finished chart depends on."""
        return self.digest, self.store.statistics, self.found.today

    def slice(self, indicator: Indicator, year: int, level: str) -> Slice:
        """The values of an indicator as they may be shown, small counts hidden."""
        return visible(
            self.store.slice(indicator.id, year, level), indicator, self.plan.setting("small_number_threshold", "3")
        )


def database() -> Path:
    """The file INSEK_DB names, else insek.sqlite where the app was started."""
    return Path(os.environ.get("INSEK_DB", "insek.sqlite"))


def open_store() -> Store:
    """The store of this run: the database, made from the example at first start, or the workbook that INSEK_SOURCE names.

    A German message ends the run if it cannot be opened.
    """
    path = database()
    try:
        if workbook := os.environ.get("INSEK_SOURCE"):
            return store_of_workbook(Path(workbook))
        return Store(path) if path.exists() else create_example(path)
    except Refused as problem:
        st.title("Die Mappe lässt sich nicht lesen", anchor=False)
        st.error("Bitte die Fehler in der Mappe beheben und sie speichern; dann diese Seite neu laden.")
        findings_table(problem.findings)
    except Problem as problem:
        st.error(problem.german)
    st.stop()


@st.cache_resource(max_entries=8, show_spinner=False)
def _load(path: str, stamp: tuple[int, ...], _store: Store) -> tuple[Plan, str, tuple[Difference, ...]]:
    plan = _store.load()
    return plan, digest(plan), _store.outside_edits(plan)


@st.cache_resource(max_entries=16, show_spinner=False)
def _assess(plan_digest: str, statistics: str, today: date, _store: Store, _plan: Plan) -> Assessment:
    return assess(_plan, city_slices(_store, _plan), today)


def today_of(plan: Plan) -> date:
    """The Stichtag: the one in the address (a change of screen drops it there, so the session keeps it), else the plan's, else today."""
    text = st.query_params.get("stichtag") or st.session_state.get("stichtag", "")
    try:
        day = parse_date(text)
        st.session_state["stichtag"] = text
        if "stichtag" not in st.query_params:
            st.query_params["stichtag"] = text
        return day
    except Unreadable:
        return reference_date(plan, datetime.now(ZoneInfo("Europe/Berlin")).date())


_opened: ContextVar[Current] = ContextVar("opened")  # by the frame, for the page in the same run


def current() -> Current:
    """The newest plan with its assessment, as the frame of this run has opened it."""
    return _opened.get()


def _open() -> Current:
    """The newest plan with its assessment. A German message ends the run where data cannot be read."""
    store = open_store()
    try:
        version = store.head
        plan, plan_digest, outside = _load(str(store.path), store.stamp, store)
        found = _assess(plan_digest, store.statistics, today_of(plan), store, plan)
        return Current(store, version, plan, plan_digest, found, outside)
    except Refused as problem:
        st.title("Die Planung lässt sich nicht lesen", anchor=False)
        st.error(f"{len(problem.findings)} Angaben in der Datenbank sind nicht lesbar. Es wurde nichts geändert.")
        findings_table(problem.findings)
        st.markdown("**Eine gespeicherte Version wiederherstellen:**")
        versions.restore(store, None)
    except Problem as problem:
        st.error(problem.german)
    st.stop()


def texts() -> tuple[str, ...]:
    """The changes being tried as texts: those of the session, else those of the address a link opened."""
    if SESSION not in st.session_state:
        st.session_state[SESSION] = tuple(text for text in st.query_params.get(ADDRESS, "").split(";") if text)
    return tuple(st.session_state[SESSION])


def frame() -> None:
    """What all screens share: the style sheet and the line that says what is shown, with the Stichtag to change."""
    st.html(f"<style>{CSS}</style>")
    now = _open()
    _opened.set(now)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="stand"):
        tried = len(texts())
        scenario = (
            f"Variante mit {count(tried, 'Änderung', 'Änderungen')} in „Was wäre, wenn“" if tried else "keine Variante"
        )
        name = f" „{now.version.name}“" if now.version.name else ""
        origin = (
            f"Mappe {Path(workbook).name}, nur lesend"
            if (workbook := os.environ.get("INSEK_SOURCE"))
            else f"Plan Version {now.version.number}{name}"
        )
        st.markdown(f"Stand {show_date(now.found.today)} · {origin} · {scenario}")
        _change_date(now)
    if now.outside:
        st.warning(f"Die Tabellen der Datenbank wurden außerhalb des Programms geändert ({len(now.outside)} Abweichungen von Version {now.version.number}): "
                   + "; ".join(edit.sentence() for edit in now.outside[:3]))  # fmt: skip


def _change_date(now: Current) -> None:
    box = st.popover("Stichtag ändern", type="tertiary", key="stichtag_box", on_change="rerun")
    if not box.open:
        return
    with box, st.form("stichtag_form", border=False):
        text = st.text_input("Stichtag (TT.MM.JJJJ)", value=show_date(now.found.today), key="stichtag_text")
        if st.form_submit_button("Übernehmen"):
            try:
                st.query_params["stichtag"] = show_date(parse_date(text))
            except Unreadable as problem:
                st.error(problem.german)
            else:
                st.rerun()
