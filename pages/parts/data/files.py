"""Files on the screen: the plan goes out as a workbook; workbooks and project files come in with a dry run first."""

from datetime import timedelta

import streamlit as st

from insek_core.exchange.formats import XLSX
from insek_core.exchange.origin import origin_of
from insek_core.exchange.source import decoded
from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan.codec import with_row
from insek_core.plan.content import Return
from insek_core.plan.errors import Problem, Unreadable
from insek_core.plan.german import count, parse_date, show_date
from insek_core.rules.people.departments import returns
from insek_core.views import tables
from pages.parts.data import taking
from pages.parts.gaps import to_fill
from pages.shell.session import OpenPlan
from pages.shell.widgets import show


def out(now: OpenPlan) -> None:
    """The whole plan as a workbook."""
    st.header("Hinaus", anchor=False)
    number, origin = now.version.number, origin_of(now.store, now.version)
    st.download_button(
        "Arbeitsmappe herunterladen (ganze Planung)",
        data=lambda: write_workbook(now.plan, number, origin, paper=now.paper),
        file_name=f"{now.store.path.stem}-version-{number}.xlsx",
        mime=XLSX,
    )


def paper(now: OpenPlan) -> None:
    """The council paper as text: how many lines lie there, and a file that takes their place."""
    st.header("Ratsvorlage im Wortlaut", anchor=False)
    lies = count(len(now.paper), "Zeile liegt", "Zeilen liegen")
    st.markdown(f"{lies} vor. Quellen wie „Z. 12“ zeigen bei „woher?“ ihren Wortlaut; ohne Text wird nichts zitiert.")
    if now.store.read_only:
        return
    file = st.file_uploader("Text der Ratsvorlage (.txt, UTF-8)", type=["txt"], key="wortlaut")
    if file is not None and st.button("Wortlaut ersetzen"):
        try:
            lines = now.store.put_paper(decoded(file.name, file.getvalue()))
        except Problem as problem:
            st.error(problem.german)
            return
        st.session_state["gespeichert"] = f"{count(lines, 'Zeile', 'Zeilen')} der Ratsvorlage eingelesen."
        st.rerun()


def into(now: OpenPlan) -> None:
    """Upload, findings, difference, conflicts to decide, then a new version."""
    st.header("Herein", anchor=False)
    taking.say_taken()
    files = st.file_uploader(
        "Arbeitsmappen (.xlsx) oder ein Zeitplan aus Microsoft Project (.xml)",
        accept_multiple_files=True,
        key=f"mappen-{st.session_state.get('mappen_runde', 0)}",
    )
    if not files:
        taking.undo(now)
        return
    taking.review(now, [(file.name, file.getvalue()) for file in files])


def office_returns(now: OpenPlan) -> None:
    """The return list and, for one office, its workbook and its dispatch."""
    states = returns(now.plan, now.found.today)
    if not states:
        st.info(
            "Kein Amt ist für einen Eintrag zuständig. Zuständigkeiten stehen in Arbeitsschritten, "
            "Maßnahmen, Indikatoren und Ansätzen."
        )
        return
    late = [state for state in states if state.state == "überfällig"]
    st.markdown(
        f"**{count(len(late), 'Rücklauf ist', 'Rückläufe sind')} überfällig; "
        f"{sum(s.state in ('eingegangen', 'Fehlanzeige') for s in states)} von {len(states)} sind da.**"
    )
    show(tables.returns(states).to_html())
    left, middle, right = st.columns([0.4, 0.2, 0.4], vertical_alignment="bottom")
    ids = [state.office.id for state in states]
    office = str(left.selectbox("Amt", ids, format_func=now.plan.name, key="ruecklauf_amt"))
    due = middle.text_input(
        "Frist (TT.MM.JJJJ)", value=show_date(now.found.today + timedelta(21)), key="ruecklauf_frist"
    )
    right.download_button(
        "Rücklaufmappe herunterladen",
        data=to_fill(now, office),
        file_name=f"Ruecklauf-{office}.xlsx",
        mime=XLSX,
    )
    buttons = st.container(horizontal=True)
    if buttons.button("Als versandt eintragen"):
        _enter(now, office, due, nil_return=None)
    if buttons.button("Fehlanzeige eintragen"):
        _enter(now, office, due, nil_return=True)


def _enter(now: OpenPlan, office: str, due: str, *, nil_return: bool | None) -> None:
    entry = next((e for e in reversed(now.plan.returns) if e.office == office), None)
    try:
        day = parse_date(due)
    except Unreadable as problem:
        st.error(problem.german)
        return
    today = now.found.today
    sent = (entry.sent_on if entry and nil_return else None) or today
    row = Return(
        id=entry.id if entry else f"RL-{office}",
        evidence="stated",
        source="Rücklaufliste",
        visibility="öffentlich",
        office=office,
        plan_version=now.version.number,
        sent_on=sent,
        due_on=day,
        received_on=today if nil_return else None,
        nil_return=nil_return,
    )
    try:
        now.store.save(
            with_row(now.plan, "returns", row),
            based_on=now.version.number,
            author=st.session_state.get("autor", "") or "Rücklaufliste",
            reason=f"Rücklauf {now.plan.name(office)}: {'Fehlanzeige' if nil_return else 'versandt'}",
        )
    except Problem as problem:
        st.error(problem.german)
        return
    st.rerun()
