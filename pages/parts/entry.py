"""The sheet of an entry: a goal with all that backs it, or what else the goals rest on. Which one stands in the
address, so that a link, a reload and Back find it.
"""

from pathlib import Path

import streamlit as st

from insek_core.plan.content import Area, Goal
from insek_core.plan.record import Record
from insek_core.rules.goals.sentences import entry_sentence, trace_sentence
from insek_core.rules.goals.sheet import SHEETS, entry_sheet, sheet_entries
from insek_core.rules.goals.trace import trace
from insek_core.views import goalsheets, goaltables
from insek_core.views.links import ENTRY
from insek_core.views.table import Table
from pages.parts.gaps import gaps_now
from pages.parts.history import history_of
from pages.shell.session import OpenPlan
from pages.shell.widgets import kept, note, show

PAGES = Path(__file__).resolve().parents[1]
BEFORE = "ziel"  # what links of earlier programmes call it
CHOICE = "blatt_wahl"


def _wanted(now: OpenPlan) -> Record | None:
    """The entry that the address names; None where it names none that has a sheet."""
    named = (now.plan.by_id.get(st.query_params.get(name, "")) for name in (ENTRY, BEFORE))
    return next((row for row in named if row is not None and row.table in SHEETS), None)


def _turn() -> None:
    """Turn to the sheet that was chosen in the list; none closes it."""
    st.query_params.pop(BEFORE, None)
    if chosen := st.session_state[CHOICE]:
        st.query_params[ENTRY] = chosen
    else:
        st.query_params.pop(ENTRY, None)


QUESTION = "Eintrag nachschlagen"


def look_up(now: OpenPlan) -> None:
    """The list of all entries that have a sheet, where it is asked for, and the sheet of the one that is named."""
    record = _wanted(now)
    if record is None and QUESTION not in st.session_state.get("fragen", ()):
        return  # a list of all entries is the heaviest thing on the screen
    known = kept("blaetter", now, lambda: {row.id: f"{row.one}: {row.label}" for row in sheet_entries(now.plan)})
    ids = [*known, *([record.id] if record and record.id not in known else [])]
    st.session_state[CHOICE] = record.id if record else None
    st.selectbox(
        "Blatt eines Eintrags",
        ids,
        index=None,
        format_func=lambda one: known.get(one, now.plan.name(one)),
        key=CHOICE,
        on_change=_turn,
        placeholder="Eintrag nachschlagen: Ziel, Fachteil, Maßnahme, Geld, Indikator oder Ortsteil",
        label_visibility="collapsed",
    )
    if record:
        with st.container(key="blatt", border=True):
            _sheet(now, record)


def _tables(*found: Table) -> None:
    for table in found:
        if table.rows:
            show(table.to_html())


def _sheet(now: OpenPlan, record: Record) -> None:
    """The sheet itself."""
    plan, found = now.plan, entry_sheet(now.plan, record)
    st.header(f"{record.one}: {record.label}", anchor=False)
    if isinstance(record, Goal):
        _goal(now, record)
    else:
        told = entry_sentence(plan, found)
        note(told.text, told.assumed, told.figures)
        _tables(goalsheets.contributions(plan, found))
    if isinstance(record, Area):
        st.page_link(PAGES / "karte.py", label="Auf der Karte zeigen →", query_params={"gebiet": record.name})
    _tables(goalsheets.beside(plan, found), goalsheets.particulars(plan, record))


def _goal(now: OpenPlan, goal: Goal) -> None:
    """A goal: its judgements, measures, money, indicators and districts, and what it lacks."""
    found = trace(now.plan, goal)
    told = trace_sentence(now.plan, found)
    note(told.text, told.assumed, told.figures)
    lacking = [gap for gap in gaps_now(now) if gap.goal.id == goal.id]
    _tables(
        goaltables.judgements(now.plan, found),
        goaltables.measures_behind(now.plan, found),
        goaltables.indicators_behind(now.plan, found),
        goaltables.gaps(now.plan, lacking).without("Ziel"),
    )
    history_of(now, found.contributions)
