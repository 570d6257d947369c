"""Forms for what really happened: the state of steps, and what came of stations, sittings and events. What is typed is
shown as a difference first and saved as a version, like every edit.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st
from markupsafe import Markup

from insek_core.change import typed
from insek_core.change.happened import Happened, enter
from insek_core.plan.errors import Finding
from insek_core.plan.german import show_date
from insek_core.rules.time.due import Due, due, steps_due
from pages.parts.data.editor import propose
from pages.shell.session import OpenPlan, locked, say_saved
from pages.shell.widgets import findings_table, note, show

T = TypeVar("T")
Kept = tuple[Mapping[str, typed.Typed], str]  # what was typed, and where it comes from
Read = tuple[tuple[Happened, ...], tuple[Finding, ...]]
HIDDEN: dict[str, Any] = {"label_visibility": "collapsed"}
WIDTHS = (0.46, 0.2, 0.17, 0.17)
MOST = 40  # rows of a form; more are entered in turn


def _heads(*words: str) -> None:
    """The words over the columns of a form."""
    for column, word in zip(st.columns(WIDTHS), words, strict=True):
        column.caption(word)


def _row(key: str, name: str, more: str, words: tuple[str, ...], shown: typed.Typed, number: str) -> typed.Typed:
    """One line of a form: name, word, day, number."""
    what, word, day, left = st.columns(WIDTHS, vertical_alignment="center")
    with what:
        show(Markup("<b>{}</b><br>{}").format(name, more))
    chosen = words[0]
    if len(words) > 1:
        chosen = word.selectbox(f"Stand: {name}", words, index=words.index(shown.word), key=f"{key}.wort", **HIDDEN)
    on = day.text_input(f"Tag: {name}", shown.day, placeholder="TT.MM.JJJJ", key=f"{key}.tag", **HIDDEN)
    if not number:
        return typed.Typed(chosen, on)
    amount = left.text_input(f"{number}: {name}", shown.number, placeholder=number, key=f"{key}.zahl", **HIDDEN)
    return typed.Typed(chosen, on, amount)


def _shown(rows: Sequence[T]) -> Sequence[T]:
    """As many as a form can hold; says how many come after these."""
    if len(rows) > MOST:
        note(f"{len(rows) - MOST} weitere folgen, sobald diese eingetragen sind.")
    return rows[:MOST]


def _form(now: OpenPlan, name: str, draw: Callable[[str], Mapping[str, typed.Typed]], reason: str) -> Kept | None:
    """The form with its rows; what was typed is kept until it is saved, or another version is."""
    base = f"{name}.{now.version.number}"
    with st.form(base):
        rows = draw(base)
        origin = st.text_input("Woher stammt die Angabe?", "Meldung der Verantwortlichen", key=f"{base}.quelle")
        if st.form_submit_button("Prüfen und Unterschied zeigen", key=f"{base}.pruefen"):
            st.session_state[f"{base}.getippt"] = rows, origin.strip() or reason
    found: Kept | None = st.session_state.get(f"{base}.getippt")
    return found


def _open(now: OpenPlan) -> bool:
    """Whether the form can be used; says what was saved by it."""
    say_saved()
    return not locked(now)


def _proposed(now: OpenPlan, name: str, read: Read, origin: str, reason: str) -> None:
    """The difference and the field to save it; nothing where something typed cannot be."""
    entries, findings = read
    plan, refused = enter(now.plan, entries, now.found.today, origin)
    if findings or refused:
        st.error("Noch nicht speicherbar; es wurde nichts geändert.")
        findings_table((*findings, *refused))
        return
    propose(now, plan, now.version.number, reason, name)


def states(now: OpenPlan) -> None:
    """A line for each step that should have begun by the Stichtag."""
    if not _open(now):
        return
    due_steps = steps_due(now.found.timetable, now.found.today)
    if not due_steps:
        st.info("Bis zum Stichtag sollte noch kein offener Arbeitsschritt begonnen haben.")
        return
    tasks = {task.id: task for task in now.plan.tasks}
    note(
        f"Stand zum {show_date(now.found.today)}: „läuft“ mit dem Tag des Beginns und den Arbeitstagen, die noch nötig "
        "sind; „erledigt“ mit dem Tag des Endes. Was offen bleibt, gilt als unbekannt, nie als erledigt."
    )

    def draw(key: str) -> Mapping[str, typed.Typed]:
        _heads("Schritt, wie er nach dem Plan liegt", "Stand", "Tag des Beginns oder Endes", "Resttage (Arbeitstage)")
        return {
            step.id: _row(
                f"{key}.{step.id}",
                step.label,
                step.words,
                typed.STATE_WORDS,
                typed.step_as_entered(tasks[step.id]),
                "Resttage",
            )
            for step in _shown(due_steps)
        }

    reason = f"Stand der Arbeitsschritte zum {show_date(now.found.today)}"
    if kept := _form(now, "stand", draw, reason):
        _proposed(now, "stand", typed.steps_typed(now.plan, kept[0]), kept[1], reason)


def results(now: OpenPlan) -> None:
    """A line for each station, sitting and event whose day has come."""
    if not _open(now):
        return
    rows = due(now.plan, now.found.timetable, now.found.today)
    if not rows:
        st.info("Bis zum Stichtag fehlt kein Ergebnis.")
        return
    note(f"Was bis zum {show_date(now.found.today)} stattfinden sollte: Tag eintragen, dazu das Ergebnis.")

    def draw(key: str) -> Mapping[str, typed.Typed]:
        _heads("Was vorgesehen war", "Ergebnis", "Tag", "Teilnehmende")
        return {row.record: _line(f"{key}.{row.record}", row) for row in _shown(rows)}

    reason = f"Sitzungen und Veranstaltungen bis zum {show_date(now.found.today)}"
    if kept := _form(now, "ergebnis", draw, reason):
        _proposed(now, "ergebnis", typed.held_typed({row.record: row for row in rows}, kept[0]), kept[1], reason)


def _line(key: str, row: Due) -> typed.Typed:
    words, number = typed.WORDS[row.kind], typed.NUMBERS[row.kind]
    return _row(key, row.name, f"{row.kind}, vorgesehen: {row.words}", words, typed.Typed(typed.NOT_HELD), number)
