"""Question of the Zielsystem: how strongly what serves which goal, judged by keyboard and saved as one version.

Only this part runs again while somebody types; what is typed is kept as a draft at once, so that neither a reload nor
a refusal loses it.
"""

import secrets
from collections.abc import Sequence
from contextlib import closing
from functools import partial

import streamlit as st

from insek_core.change.judging import (
    Edits,
    edits_of,
    edits_read,
    edits_sentence,
    edits_text,
    edits_that_can_be,
    edits_that_differ,
    judge,
    judged_words,
    overtaken,
    refusal,
    triples_of,
    weights_of,
)
from insek_core.change.sealing import ready_to_save
from insek_core.plan import TABLES
from insek_core.plan.errors import Problem
from insek_core.rules.goals.review import areas_that_judge
from insek_core.rules.goals.section import (
    MOST_GOALS,
    MOST_ORIGINS,
    ORIGIN_KINDS,
    Section,
    blocks,
    cell_sentence,
    section,
    section_sentence,
    span_words,
)
from insek_core.storage.store import StaleBase, Store
from insek_core.views import goals
from pages.parts.data.editor import owner
from pages.shell.grid.grid import Kept, grid, said
from pages.shell.session import OpenPlan, database, locked, say_saved, texts
from pages.shell.widgets import empty, kept, show, told

KEY, QUESTION = "bewertung", "Wie stark dient was welchem Ziel?"
EPOCH, TURN, TAKEN, SAVED_ON, TOLD = (
    f"{KEY}.{name}" for name in ("epoche", "runde", "gespeichert", "version", "streit")
)


def judging(now: OpenPlan) -> None:
    """The matrix to judge in, as far as its filters go, and the form that saves; `now` is the plan as it is stored."""
    st.header(QUESTION, anchor=False)
    st.caption("−3 hebt auf bis +3 untrennbar, 0 ohne Wirkung, ? genannt und nicht bewertet, leer nicht genannt")
    if locked(now):
        if now.found.goals.weights:
            show(kept("zielmatrix", now, lambda: goals.matrix(now.plan, now.found.goals)))
        return
    say_saved()
    if texts():
        show(told("Bewertet wird der gespeicherte Plan, nicht die Variante, die gerade erprobt wird."))
    if not now.plan.goals:
        empty("Noch keine Ziele eingetragen.", "Bitte unter „Daten“ Ziele anlegen.")
        return
    found = _chosen(now)
    show(told(section_sentence(found)))
    if not found.goals or not found.origins:
        return
    st.session_state[SAVED_ON] = now.version.number
    st.fragment(partial(_board, now, found))()


def _chosen(now: OpenPlan) -> Section:
    """The part of the matrix that the filters ask for."""
    plan, columns = now.plan, st.columns(4)
    areas = [goal.id for goal in plan.goals if goal.kind == "Zielbereich"]
    area = columns[0].selectbox(
        "Ziele aus",
        ["", *areas],
        format_func=lambda k: plan.name(k) or "allen Zielbereichen",
        key="matrixziele",
        bind="query-params",
    )
    kind = columns[1].selectbox(
        "Beiträge von",
        ["", *ORIGIN_KINDS],
        format_func=lambda k: TABLES[k].sheet if k else "Fachteilen, Maßnahmen, Formaten, Schritten",
        key="matrixbeitraege",
        bind="query-params",
    )
    whole = section(plan, str(area), str(kind))
    row, column = 1, 1
    with columns[2]:
        row = _part("Ausschnitt der Ziele", whole.goals_of, MOST_GOALS, f"{KEY}.ziele.{area}")
    with columns[3]:
        column = _part("Ausschnitt der Beiträge", whole.origins_of, MOST_ORIGINS, f"{KEY}.beitraege.{kind}")
    return section(plan, str(area), str(kind), row, column)


def _part(label: str, of: int, most: int, key: str) -> int:
    """Where the part begins that is shown; nothing is asked where there is but one."""
    firsts = blocks(of, most)
    if len(firsts) == 1:
        return 1
    words = {first: span_words(first, min(most, of - first + 1), of) for first in firsts}
    return int(st.selectbox(label, firsts, format_func=words.__getitem__, key=key))


def _board(now: OpenPlan, found: Section) -> None:
    """The grid, what is stored of the cell that was opened, and the form: what runs again while somebody types."""
    epoch = st.session_state.setdefault(EPOCH, secrets.token_hex(8))
    try:
        base, edits = _typed(now, epoch)
    except Problem as problem:
        st.error(problem.german)
        return
    place = st.container()
    for message in st.session_state.get(TOLD, ()):
        st.warning(message)
    show(told(edits_sentence(edits, base)))
    _form(now, edits)
    with place:
        _grid(now, found, epoch, edits)


def _grid(now: OpenPlan, found: Section, epoch: str, edits: Edits) -> None:
    turn, taken = st.session_state.get(TURN, 0), st.session_state.get(TAKEN, [])
    heard = said(KEY, epoch)
    grid(
        KEY,
        "Bewertung der Zielbeiträge",
        [(goal.id, goal.label) for goal in found.goals],
        [(origin.id, origin.label) for origin in found.origins],
        weights_of(now.plan),
        Kept(epoch=epoch, edits=triples_of(edits), turn=turn, taken=taken),
        corner="Ziel",
        answer=cell_sentence(now.plan, *heard.chosen) if heard and heard.chosen else "",
        heard=partial(_keep, now),
    )


def _mine() -> str:
    return f"{KEY}@{owner()}"


def _of(now: OpenPlan, edits: Edits) -> Edits:
    return edits_that_differ(now.plan, edits_that_can_be(now.plan, edits))


def _typed(now: OpenPlan, epoch: str) -> tuple[int, Edits]:
    """What is typed and not saved, and the version it was typed on: as the browser says, else as the draft."""
    with closing(Store(database())) as own:  # a fragment may run on another thread than the one before
        draft = own.draft(_mine())
    heard = said(KEY, epoch)
    edits = edits_of(heard.edits) if heard else edits_read(draft.get("edits", ""))
    return int(draft.get("based_on", now.version.number)), _of(now, edits)


def _keep(now: OpenPlan) -> None:
    """Keep what was typed as a draft, with the version it was typed on."""
    heard = said(KEY, st.session_state.get(EPOCH, ""))
    if heard is None:
        return
    edits = _of(now, edits_of(heard.edits))
    try:
        with closing(Store(database())) as own:
            before = own.draft(_mine())
            base = before.get("based_on", str(st.session_state.get(SAVED_ON, now.version.number)))
            after = {"based_on": base, "edits": edits_text(edits)} if edits else {}
            if after != before:
                own.put_draft(_mine(), after or None)
    except Problem as problem:
        st.session_state[TOLD] = [problem.german]


def _discard() -> None:
    """Forget what is typed: the grid begins anew."""
    st.session_state[EPOCH] = secrets.token_hex(8)
    st.session_state.pop(TOLD, None)
    try:
        with closing(Store(database())) as own:
            own.put_draft(_mine(), None)
    except Problem as problem:
        st.session_state[TOLD] = [problem.german]


def _form(now: OpenPlan, edits: Edits) -> None:
    """Who judges and why; saving makes one version of everything that is typed."""
    offices = areas_that_judge(now.plan)
    if not offices:
        st.info("Zum Speichern fehlt ein Bereich. Bitte unter „Daten“ Organisationen anlegen.")
        return
    with st.form(KEY + ".form", border=False):
        left, right, third = st.columns([0.3, 0.5, 0.2], vertical_alignment="bottom")
        by = left.selectbox(
            "Welcher Bereich bewertet?",
            offices,
            index=None,
            format_func=now.plan.name,
            key=f"{KEY}.wer",
            placeholder="auswählen",
        )
        reason = right.text_input("Begründung", key=f"{KEY}.grund.{st.session_state.get(TURN, 0)}")
        pressed = third.form_submit_button("Bewertungen speichern", type="primary")
    if edits:
        st.button("Entwurf verwerfen", key=f"{KEY}.verwerfen", on_click=_discard)
    if pressed:
        _save(now, edits, str(by or ""), reason.strip())


def _save(now: OpenPlan, edits: Edits, by: str, reason: str) -> None:
    if not edits or not by or not reason:
        missing = "Es ist nichts geändert" if not edits else "Bitte Bereich und Begründung angeben"
        st.error(f"{missing}; es wurde nichts gespeichert.")
        return
    try:
        with closing(Store(database())) as own:
            base = int(own.draft(_mine()).get("based_on", now.version.number))
            try:
                before = own.load(base)
                mine = judge(before, edits_that_can_be(before, edits), by, now.found.today, reason)
                mine = ready_to_save(before, mine)
                version = own.save(
                    mine, based_on=base, author=now.plan.name(by), reason=f"{judged_words(edits)}: {reason}"
                )
            except StaleBase as stale:
                _settle(own, edits, stale, overtaken(before, own.load(), edits))
                st.rerun()
            own.put_draft(_mine(), None)
    except Problem as problem:
        st.error(problem.german)
        return
    state = st.session_state
    state.pop(TOLD, None)
    state.update({TURN: state.get(TURN, 0) + 1, TAKEN: triples_of(edits), SAVED_ON: version.number})
    state["gespeichert"] = f"{judged_words(edits)}, gespeichert als Version {version.number}."
    st.rerun()


def _settle(own: Store, edits: Edits, stale: StaleBase, clashes: Sequence[str]) -> None:
    """Somebody saved in between: what was typed lies on the new state from now on, and stays."""
    number = stale.head.number
    own.put_draft(_mine(), {"based_on": str(number), "edits": edits_text(edits)})
    st.session_state[TOLD] = [" ".join(refusal(stale.based_on, number, stale.head.author, clashes))]
