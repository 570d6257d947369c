"""A round of judging on a screen: begun and ended. Each act saves one version; who saved in between is told, and what
was typed stays.
"""

from collections.abc import Callable, Sequence
from contextlib import closing, suppress

import streamlit as st

from insek_core.change import review
from insek_core.change.sealing import ready_to_save
from insek_core.change.since import Since, changed_since, since_words
from insek_core.papers.minutes import minutes_text
from insek_core.plan import Plan
from insek_core.plan.errors import Problem
from insek_core.plan.review import Review
from insek_core.plan.values import parse_fuzzy
from insek_core.rules.goals.review import (
    WORK,
    AgendaItem,
    OpenWork,
    areas_that_judge,
    last_review,
    open_work,
    to_settle,
)
from insek_core.storage.store import Store
from insek_core.views import reviewtables, tables
from pages.parts.gaps import gaps_now
from pages.shell.session import OpenPlan, locked
from pages.shell.widgets import kept, note, show

CELL = "zelle"  # in the address: which contribution is looked at, where it is not the next one
ROUND = "runde"
MOST = 12  # rows of changes and agenda that are shown before a round begins


def since_now(now: OpenPlan) -> tuple[Review, Since] | None:
    """What has changed since the last round ended; None where there was none, or its version is not of this plan."""
    if not (last := last_review(now.plan)) or not last.ended_version:
        return None

    def build() -> Since | None:
        with suppress(Problem):
            return changed_since(now.store.load(last.ended_version), now.plan)
        return None

    found: Since | None = kept("seit-der-runde", now, build)
    return (last, found) if found else None


def agenda_now(now: OpenPlan) -> tuple[AgendaItem, ...]:
    """What there is to settle, in the order of a round."""
    since = since_now(now)
    found: tuple[AgendaItem, ...] = kept(
        "tagesordnung", now, lambda: to_settle(now.plan, since[1].cells if since else ())
    )
    return found


def save(now: OpenPlan, make: Callable[[Plan], Plan], author: str, reason: str) -> bool:
    """Save what an act makes of the plan that was shown; a message, and nothing changed, where that cannot be."""
    try:
        made = ready_to_save(now.plan, make(now.plan))
        with closing(Store(now.store.path)) as own:  # what is pressed runs before the screen has opened any
            own.save(made, based_on=now.version.number, author=author, reason=reason)
    except Problem as problem:
        st.session_state[f"{ROUND}.meldung"] = f"{problem.german} Es wurde nichts geändert."
        return False
    return True


def text_of(name: str) -> str:
    """What stands in a field of the round."""
    return str(st.session_state.get(f"{ROUND}.{name}") or "").strip()


def author_of(now: OpenPlan, going: Review) -> str:
    """Who saves what a round does: its body, else the round by its name; nobody is asked for a name."""
    return now.plan.name(going.body) or going.name


def messages() -> None:
    """What could not be done, said once."""
    if message := st.session_state.pop(f"{ROUND}.meldung", ""):
        st.error(message)


def start(now: OpenPlan, items: Sequence[AgendaItem]) -> None:
    """What changed since the last round and what there is to settle; a form to begin a round."""
    if since := since_now(now):
        note(since_words(since[1], since[0].name))
        if since[1].every:
            show(tables.edits(since[1].every[:MOST]).to_html())
    elif now.plan.contributions:
        note("Es gibt noch keine beendete Runde, mit der zu vergleichen wäre.")
    if items:
        show(reviewtables.agenda_table(now.plan, items[:MOST]).to_html())
        if len(items) > MOST:
            note(f"{len(items) - MOST} weitere folgen in der Runde.")
    if locked(now) or not now.plan.contributions:
        return
    st.header("Runde beginnen", anchor=False)
    with st.form(f"{ROUND}.beginn"):
        left, right = st.columns(2)
        left.text_input("Name der Runde", f"Bewertungsrunde {len(now.plan.reviews) + 1}", key=f"{ROUND}.name")
        bodies = ["", *(row.id for row in now.plan.bodies)]
        right.selectbox("Gremium", bodies, format_func=lambda i: now.plan.name(i) or "keines", key=f"{ROUND}.gremium")
        offices = areas_that_judge(now.plan)
        st.multiselect(
            "Bereiche, die bewerten (leer: alle)", offices, format_func=now.plan.name, key=f"{ROUND}.bereiche"
        )
        st.form_submit_button("Runde beginnen", type="primary", on_click=_begin, args=(now,))


def _begin(now: OpenPlan) -> None:
    name, body = text_of("name"), text_of("gremium")
    offices = tuple(st.session_state.get(f"{ROUND}.bereiche") or ())
    on, version = now.found.today, now.version.number
    save(
        now,
        lambda plan: review.begin(plan, name=name, body=body, offices=offices, on=on, version=version),
        now.plan.name(body) or name,
        f"{name} begonnen",
    )


def finish(now: OpenPlan, going: Review) -> None:
    """What is left and to whom it goes, until when; the round ends with minutes and Arbeitsaufträge."""
    st.header("Runde beenden", anchor=False)
    wanted = st.pills(
        "Was wird Arbeitsauftrag?", WORK, selection_mode="multi", default=WORK[:3], key=f"{ROUND}.auftraege"
    )
    work = open_work(now.plan, gaps_now(now), wanted)
    if work:
        show(reviewtables.work_table(now.plan, work).to_html())
    else:
        note("Davon ist nichts offen; es entsteht kein Arbeitsauftrag.")
    if locked(now):
        return
    st.text_input("Frist der Arbeitsaufträge (TT.MM.JJJJ oder „Herbst 2026“; leer: offen)", key=f"{ROUND}.frist")
    st.button(
        "Beenden: Protokoll und Arbeitsaufträge festhalten", type="primary", on_click=_end, args=(now, going, work)
    )


def _end(now: OpenPlan, going: Review, work: Sequence[OpenWork]) -> None:
    def make(plan: Plan) -> Plan:
        until = parse_fuzzy(text_of("frist")) if text_of("frist") else None
        on, version = now.found.today, now.version.number + 1
        return review.end(plan, going.id, work, until, on=on, version=version)

    if save(now, make, author_of(now, going), f"{going.name} beendet"):
        st.query_params.pop(CELL, None)
        st.query_params.pop("fragen", None)


def minutes(now: OpenPlan) -> None:
    """The minutes of the round that ended last and its Arbeitsaufträge, to read and to take along."""
    if not (last := last_review(now.plan)):
        return
    st.header(f"Protokoll: {last.name}", anchor=False)
    show(reviewtables.minutes_html(last.minutes))
    rows = [row for row in now.plan.assignments if row.given_by == last.id]
    if rows:
        show(reviewtables.assignments_table(now.plan, rows).to_html())
    text = minutes_text(now.plan, last, now.version.number, now.found.today)
    st.download_button("Protokoll herunterladen (Text)", text, file_name=f"protokoll-{last.id}.txt", mime="text/plain")
