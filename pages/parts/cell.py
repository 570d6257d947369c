"""One contribution of a round on a screen: what stands, what areas said, the fields to judge it, its history. The
fields work by the keyboard alone: arrows choose, Enter in the reason goes on.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from insek_core.change import review
from insek_core.plan import Plan
from insek_core.plan.content import Contribution
from insek_core.plan.review import DISSENT, JUDGEMENT, PROPOSAL, Review
from insek_core.rules.goals.minutes import weight_words
from insek_core.rules.goals.review import AgendaItem, areas_that_judge
from insek_core.views import reviewtables
from pages.parts.history import history_of, texts_changed
from pages.parts.review import CELL, ROUND, author_of, save, text_of
from pages.shell.session import OpenPlan, locked
from pages.shell.widgets import note, show

Kind = Literal["primary", "secondary"]
AGREED = "Einigung der Runde"
KINDS = (AGREED, JUDGEMENT, PROPOSAL, DISSENT)
WEIGHTS = {weight_words(weight): weight for weight in (None, *range(-3, 4))}


def at(now: OpenPlan, going: Review, items: Sequence[AgendaItem]) -> tuple[Contribution | None, str]:
    """The contribution the round is at, and why: the one in the address, else the first it has not been at."""
    asked = now.plan.by_id.get(st.query_params.get(CELL, ""))
    if isinstance(asked, Contribution):
        return asked, next((item.why for item in items if item.contribution.id == asked.id), "noch einmal aufgerufen")
    left = [item for item in items if item.contribution.id not in going.seen]
    return (left[0].contribution, left[0].why) if left else (None, "")


def cell(now: OpenPlan, going: Review, row: Contribution, why: str, items: Sequence[AgendaItem]) -> None:
    """One contribution in large type, what areas said, the form, its history."""
    left = len({item.contribution.id for item in items} - set(going.seen))
    note(f"{going.name} · {len(going.seen)} behandelt, {left} offen · {why}")
    show(reviewtables.cell(now.plan, row))
    texts_changed(now, row)
    if (table := reviewtables.said(now.plan, row.id)).rows:
        show(table.to_html())
    if not locked(now):
        _form(now, going, row)
    history_of(now, [row])


def _form(now: OpenPlan, going: Review, row: Contribution) -> None:
    """The fields keep their keys from cell to cell, so that the keyboard stays where it is."""
    offices = ["", *(going.offices or areas_that_judge(now.plan))]
    with st.form(ROUND):
        left, right = st.columns([0.55, 0.45])
        left.radio("Was wird festgehalten?", KINDS, horizontal=True, key=f"{ROUND}.art")
        right.selectbox(
            "Bereich", offices, format_func=lambda i: now.plan.name(i) or "alle gemeinsam", key=f"{ROUND}.bereich"
        )
        left.radio("Gewicht (−3 hebt auf bis +3 untrennbar)", list(WEIGHTS), horizontal=True, key=f"{ROUND}.gewicht")
        right.text_input("Begründung", key=f"{ROUND}.grund")
        with st.container(horizontal=True):
            for label, act in (
                ("Weiter", _onward),
                ("Festhalten und bleiben", _keep),
                ("Bestätigen und weiter", _confirm),
            ):
                if act is not _confirm or row.weight is not None:
                    kind: Kind = "primary" if act is _onward else "secondary"
                    st.form_submit_button(label, type=kind, on_click=act, args=(now, going, row))
    if going.seen and going.seen[-1] != row.id:
        st.button("Vorige Zelle", on_click=_look_at, args=(going.seen[-1],))


def _look_at(contribution: str) -> None:
    st.query_params[CELL] = contribution


def _said(plan: Plan, going: Review, row: Contribution, now: OpenPlan) -> Plan:
    """The plan with what the form says of a contribution."""
    kind, weight = text_of("art"), WEIGHTS.get(text_of("gewicht"))
    told = review.Said(office=text_of("bereich"), weight=weight, reason=text_of("grund"))
    if kind == AGREED:
        return review.settle(plan, going.id, row.id, told, now.found.today)
    return review.give(plan, going.id, row.id, kind, told, now.found.today)


def _empty() -> bool:
    """Whether nothing is said: then the round goes on and leaves the contribution as it is."""
    return WEIGHTS.get(text_of("gewicht")) is None and not text_of("grund") and text_of("art") != DISSENT


def _act(now: OpenPlan, going: Review, row: Contribution, make: Callable[[Plan], Plan], word: str, stay: bool) -> None:
    """Save an act and empty the form; what could not be saved stays typed, and the cell stays."""
    words = f"{going.name}: {now.plan.name(row.origin)} → {now.plan.name(row.goal)} {word}"
    saved = save(now, make, author_of(now, going), words)
    if saved:
        for name, value in (("gewicht", weight_words(None)), ("grund", ""), ("art", AGREED)):
            st.session_state[f"{ROUND}.{name}"] = value
    if saved and not stay:
        st.query_params.pop(CELL, None)
    else:
        _look_at(row.id)


def _onward(now: OpenPlan, going: Review, row: Contribution) -> None:
    empty = _empty()

    def make(plan: Plan) -> Plan:
        return review.move_on(plan if empty else _said(plan, going, row, now), going.id, row.id)

    _act(now, going, row, make, "offen gelassen" if empty else f"– {text_of('art')}", stay=False)


def _keep(now: OpenPlan, going: Review, row: Contribution) -> None:
    _act(now, going, row, lambda plan: _said(plan, going, row, now), f"– {text_of('art')}", stay=True)


def _confirm(now: OpenPlan, going: Review, row: Contribution) -> None:
    def make(plan: Plan) -> Plan:
        return review.move_on(review.confirm(plan, going.id, row.id, now.found.today), going.id, row.id)

    _act(now, going, row, make, "bestätigt", stay=False)
