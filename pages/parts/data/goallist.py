"""The texts of the goals, read from a file or a pasted list: where it stands, what each level is, then the dry run."""

import hashlib

import streamlit as st

from insek_core.exchange.goallist.intake import GOAL_KINDS, SKIPPED, ListChoice, goals_reader, list_name
from insek_core.exchange.goallist.reading import GoalList, read_list
from insek_core.plan.errors import Problem
from insek_core.plan.german import count
from pages.parts.data import taking
from pages.shell.session import OpenPlan

HOW = (
    "Ein Ziel je Zeile. Ebenen erkennt das Programm an Nummern (1, 1.1, a), Aufzählungszeichen, Einrückungen, eigenen "
    "Spalten oder einer Spalte „Ebene“ oder „Art“. Ziele, die schon da sind, behalten ihre Kennung: erkannt werden sie "
    "am Wortlaut, an der Nummer, dann an ähnlichem Wortlaut. Gespeichert wird erst nach der Prüfung."
)


def _asked() -> tuple[str, bytes] | None:
    """The file or the pasted text; None where there is neither."""
    turn = st.session_state.get("mappen_runde", 0)
    left, right = st.columns(2, gap="large")
    file = left.file_uploader("Liste als Mappe (.xlsx) oder Text (.txt)", type=["xlsx", "txt"], key=f"zieldatei-{turn}")
    text = right.text_area("oder die Liste hier einfügen", key=f"zielliste-{turn}", height=140)
    if file is not None:
        return file.name, file.getvalue()
    return ("Eingefügte Liste", text.encode("utf-8", "replace")) if text.strip() else None


def _read(name: str, data: bytes, sheet: str) -> GoalList | None:
    """The list, read once for each file and sheet; what is wrong with the file is said."""
    seal = hashlib.sha256(data).hexdigest(), sheet
    if st.session_state.get("zielliste_siegel") != seal:
        try:
            st.session_state["zielliste_gelesen"] = read_list(name, data, sheet)
        except Problem as problem:
            st.error(f"{problem.german} Es wurde nichts geändert.")
            return None
        st.session_state["zielliste_siegel"] = seal
    found: GoalList = st.session_state["zielliste_gelesen"]
    return found


def _kinds(found: GoalList) -> tuple[str, ...]:
    """What each level is; the usual answer is chosen."""
    usual, kinds = ListChoice(), list[str]()
    for level, column in enumerate(st.columns(max(found.levels, 1)), 1):
        lines = [one for one in found.lines if one.level == level]
        label = f"Ebene {level} ({count(len(lines), 'Zeile', 'Zeilen')})"
        allowed = (*GOAL_KINDS, SKIPPED)
        first = allowed.index(usual.kind(level, found.levels))
        kinds.append(str(column.selectbox(label, allowed, index=first, key=f"zielebene-{level}-{found.levels}")))
    return tuple(kinds)


def read_in(now: OpenPlan) -> None:
    """The whole way: list, kinds of the levels, dry run, new version."""
    if now.store.read_only:
        st.info("Die Datenbank ist schreibgeschützt: Lesen geht, Speichern nicht.")
        return
    st.caption(HOW)
    asked = _asked()
    if asked is None:
        return
    name, data = asked
    sheet = str(st.session_state.get("zielblatt") or "")
    found = _read(name, data, sheet) or (_read(name, data, "") if sheet else None)
    if found is None:
        return
    if len(found.sheets) > 1:
        options = ["", *found.sheets]
        sheet = str(
            st.selectbox("Blatt", options, format_func=lambda one: one or "das mit dem meisten Text", key="zielblatt")
        )
    kinds = _kinds(found)
    whole = st.checkbox(
        f"Die Liste ist vollständig: Ziele aus „{list_name(now.plan)}“, die in ihr fehlen, entfallen",
        key="zielliste_ganz",
    )
    choice = ListChoice(kinds, sheet if sheet in found.sheets else "", whole)
    taking.review(now, [asked], goals_reader(choice, now.found.today), (choice,), key="zieltexte")


def question(now: OpenPlan) -> str:
    """What a screen asks by to read goal texts in."""
    return f"Zieltexte einlesen ({list_name(now.plan)})"


def taken(now: OpenPlan) -> None:
    """What the run before has taken over, and the way back."""
    taking.say_taken()
    taking.undo(now)


def folded(now: OpenPlan) -> None:
    """The same, folded until somebody asks for it."""
    taking.say_taken()
    box = st.expander(question(now), key="zieltexte", on_change="rerun")
    if box.open:
        with box:
            read_in(now)
