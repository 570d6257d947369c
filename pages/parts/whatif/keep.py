"""Keeping a Variante under a name, taking a kept one up again, putting one away. Nothing is overwritten."""

from collections.abc import Callable
from contextlib import closing

import streamlit as st
from markupsafe import Markup

from insek_core.change.facts import facts
from insek_core.change.scenario import parse_all, words
from insek_core.change.variants import active, changes_of, keep, set_aside
from insek_core.plan import Plan
from insek_core.plan.errors import Problem
from insek_core.storage.store import StaleBase, Store
from insek_core.views import variants as views
from pages.shell.session import OpenPlan, texts
from pages.shell.variant import Base, put, to_address, tried, tried_texts
from pages.shell.widgets import show

TRIES = 5
MOST = 5


def _save(now: OpenPlan, edit: Callable[[Plan], Plan], author: str, reason: str) -> int:
    """Save an edit of the scenario tables on the newest plan; another's save in between is no conflict, it is tried
    again. The base is the version that was loaded, never one read later. The connection is its own: a part of a screen
    that runs again alone does so in another thread.
    """
    with closing(Store(now.store.path)) as store:
        for _ in range(TRIES):
            base, plan = store.newest()
            try:
                return store.save(edit(plan), based_on=base.number, author=author, reason=reason).number
            except StaleBase:
                continue
    raise Problem("Es wird gerade viel gespeichert.", "Bitte noch einmal versuchen.")


LINK = Markup("<button class='knopf kopieren'>Link kopieren</button>")


def with_it(now: OpenPlan, base: Base) -> None:
    """What can be done with the Variante: keep it under a name, copy its link."""
    if not texts():
        return
    if not now.store.read_only:
        with st.popover("Merken", width="stretch", key="merken_feld"):
            _keep(now, base)
    show(LINK)


def _keep(now: OpenPlan, base: Base) -> None:
    with st.form("merken", border=False):
        name = st.text_input("Name", key="variante_name").strip()
        author = st.text_input("Wer?", value=st.session_state.get("autor", ""), key="variante_autor").strip()
        reason = st.text_input("Begründung", key="variante_grund").strip()
        pressed = st.form_submit_button("Variante merken", type="primary")
    if not pressed:
        return
    changes, _ = parse_all(texts())
    if not (name and author and changes):
        st.error("Bitte Änderung, Namen der Variante und den eigenen Namen angeben; es wurde nichts gespeichert.")
        return
    named: list[str] = []

    def edit(plan: Plan) -> Plan:
        kept, scenario = keep(plan, name, author, reason, base.version, changes)
        named.append(scenario.name)
        return kept

    try:
        number = _save(now, edit, author, f"Variante „{name}“ gemerkt")
    except Problem as problem:
        st.error(problem.german)
        return
    if base.version == now.version.number:
        to_address(number)  # keeping it has made the new version; nobody else's change lies between
    st.session_state.update(autor=author, variante_gemerkt=f"Gemerkt als „{named[-1]}“.")
    st.rerun()


def _kept(now: OpenPlan, base: Base) -> None:
    kept = {scenario.id: scenario for scenario in now.plan.scenarios}
    if not kept:
        return
    away = {key: f"{scenario.name} (archiviert)" for key, scenario in kept.items() if scenario.archived_on}
    names = {key: away.get(key, scenario.name) for key, scenario in kept.items()}
    left, middle, right = st.columns([0.5, 0.25, 0.25], vertical_alignment="bottom")
    order = sorted(names, key=lambda key: key in away)
    chosen = str(left.selectbox("Gemerkte Variante", order, format_func=names.__getitem__, key="gemerkt"))
    changes, unread = changes_of(now.plan, chosen)
    if middle.button("Aufnehmen und weiterrechnen", width="stretch"):
        put(changes)
        st.rerun()
    word = "zurückgeholt" if chosen in away else "archiviert"
    if not now.store.read_only and right.button("Zurückholen" if chosen in away else "Archivieren", width="stretch"):
        author = st.session_state.get("autor", "") or "ohne Namen"
        try:
            _save(
                now,
                lambda plan: set_aside(plan, chosen, None if chosen in away else now.found.today),
                author,
                f"Variante „{kept[chosen].name}“ {word}",
            )
        except Problem as problem:
            st.error(problem.german)
            return
        st.rerun()
    st.caption(
        f"{'; '.join(words(base.plan, change) for change in changes)} · auf Version "
        f"{kept[chosen].plan_version} · {kept[chosen].author}"
    )
    for finding in unread:
        st.warning(finding.message)


def beside(now: OpenPlan, base: Base) -> None:
    """Kept Varianten as columns beside the plan and the one being tried: exactly what differs."""
    kept = {scenario.id: scenario for scenario in active(now.plan)}
    if not kept:
        return
    st.header("Varianten nebeneinander", anchor=False)
    chosen = st.pills(
        "Bis zu fünf Varianten", list(kept), selection_mode="multi", format_func=lambda k: kept[k].name, key="vergleich"
    )
    if not chosen:
        return
    if len(chosen) > MOST:
        st.info(f"Gezeigt sind die ersten {MOST} gewählten Varianten.")
    sides = {"wird erprobt": tried(base).found} if texts() else {}
    for key in chosen[:MOST]:
        changes, _ = changes_of(now.plan, key)
        told = "; ".join(words(now.plan, change) for change in changes)
        st.caption(f"{kept[key].name}: {told} ({', '.join(filter(None, (kept[key].author, kept[key].reason)))})")
        sides[f"{kept[key].name} ({key})"] = tried_texts(base, tuple(change.text for change in changes)).found
    show(views.deciding(base.found, sides).to_html(right=range(1, len(sides) + 2)))
    every = views.beside({name: facts(found) for name, found in {"Plan": base.found, **sides}.items()})
    show(views.folded(f"Alle Unterschiede ({len(every.rows)})", every.to_html()))


def forms(now: OpenPlan, base: Base) -> None:
    """The forms at the foot of the screen."""
    if done := st.session_state.pop("variante_gemerkt", ""):
        st.success(done)
    _kept(now, base)
    if now.store.read_only:
        st.caption(
            "Die Datenbank ist schreibgeschützt: Varianten lassen sich hier nicht merken, aber als Link weitergeben."
        )
