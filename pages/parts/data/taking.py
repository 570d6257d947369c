"""A file that would change the plan is looked at before anything is saved: findings, differences, conflicts to decide,
then a new version.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from insek_core.exchange import propose as exchange
from insek_core.exchange.formats import read
from insek_core.plan.errors import Problem
from insek_core.plan.german import count
from insek_core.views import tables
from pages.shell.session import OpenPlan
from pages.shell.widgets import findings_table, show

Contents = Sequence[tuple[str, bytes]]


def say_taken() -> None:
    """What the run before has taken over, said once."""
    if done := st.session_state.pop("eingelesen", None):
        st.success(f"Übernommen als Version {done}.")
        st.session_state["rueckgaengig"] = done - 1


def review(
    now: OpenPlan,
    contents: Contents,
    reader: exchange.Reader = read,
    choice: tuple[Any, ...] = (),
    *,
    key: str = "mappe",
) -> None:
    """Findings, difference, conflicts to decide, then a new version. `choice`: what the reader depends on beside the
    files, `key` the part of the screen it stands in.
    """
    proposal = _proposal(now, contents, reader, key, choice)
    if proposal.findings:
        st.markdown(f"**{count(len(proposal.findings), 'Befund', 'Befunde')}**")
        findings_table(proposal.findings)
    if proposal.plan is None:
        st.error(
            "Nicht übernommen: Bitte die Fehler in der Datei beheben und sie noch einmal einlesen. Es "
            "wurde nichts geändert."
        )
        return
    _show(proposal)
    _accept(now, proposal, key)


def _proposal(
    now: OpenPlan, contents: Contents, reader: exchange.Reader, key: str, choice: tuple[Any, ...]
) -> exchange.Proposal:
    """The proposal of these bytes, read this way, against the newest version, worked out once."""
    seal = hashlib.sha256(b"".join(data for _, data in contents)).hexdigest(), now.version.number, choice
    sealed, held = f"vorschlag_siegel-{key}", f"vorschlag-{key}"
    if st.session_state.get(sealed) != seal:
        with st.spinner("Die Datei wird geprüft …"):
            st.session_state[held] = exchange.propose(now.store, contents, reader)
            st.session_state[sealed] = seal
    proposal: exchange.Proposal = st.session_state[held]
    return proposal


def _show(proposal: exchange.Proposal) -> None:
    saved = datetime.fromisoformat(proposal.written_from.saved_at)
    since = (
        f"seither {'hat sich' if len(proposal.since) == 1 else 'haben sich'} "
        f"{count(len(proposal.since), 'Angabe', 'Angaben')} geändert"
        if proposal.since
        else "seither unverändert"
    )
    st.markdown(f"Verglichen mit dem Stand vom {saved:%d.%m.%Y} (Version {proposal.written_from.number}); {since}.")
    kinds = {kind: sum(edit.kind == kind for edit in proposal.edits) for kind in ("added", "changed", "removed")}
    st.markdown(
        f"**{kinds['added']} neu · {count(kinds['changed'], 'Angabe', 'Angaben')} geändert · "
        f"{kinds['removed']} entfernt**"
    )
    if proposal.edits:
        show(tables.edits(proposal.edits[:200]).to_html())
    if len(proposal.edits) > 200:
        st.markdown(f"und {len(proposal.edits) - 200} weitere")


def _accept(now: OpenPlan, proposal: exchange.Proposal, key: str) -> None:
    if not (proposal.edits or proposal.conflicts or proposal.offices):
        st.info("Die Datei enthält keine Änderung.")
        return
    with st.form(f"uebernehmen-{key}", border=False):
        own = []
        for n, (mine, theirs) in enumerate(proposal.conflicts):
            choice = st.radio(
                f"Konflikt {n + 1}: {mine.label}",
                [f"Gespeichertes lassen: {theirs.sentence()}", f"Datei nehmen: {mine.sentence()}"],
                key=f"konflikt-{key}-{n}",
            )
            own += [n] if choice.startswith("Datei") else []
        left, right = st.columns([0.3, 0.7])
        author = left.text_input("Wer übernimmt?", value=st.session_state.get("autor", ""), key=f"autor_{key}")
        reason = right.text_input("Begründung", value="Datei eingelesen", key=f"grund_{key}")
        if st.form_submit_button("Als neue Version übernehmen", type="primary"):
            _take(now, proposal, author.strip(), reason.strip(), own)


def _take(now: OpenPlan, proposal: exchange.Proposal, author: str, reason: str, own: list[int]) -> None:
    if not author or not reason:
        st.error("Bitte Name und Begründung angeben; es wurde nichts geändert.")
        return
    try:
        version = exchange.accept(now.store, proposal, author=author, reason=reason, on=now.found.today, own=own)
    except Problem as problem:
        st.error(problem.german)
        return
    st.session_state.update(
        autor=author, eingelesen=version.number, mappen_runde=st.session_state.get("mappen_runde", 0) + 1
    )
    st.rerun()


def undo(now: OpenPlan) -> None:
    """A button that takes back what was taken over last, as long as nobody saved since."""
    before = st.session_state.get("rueckgaengig")
    if before and now.version.number == before + 1 and st.button(f"Rückgängig: Version {before} wiederherstellen"):
        version = now.store.restore(
            before,
            author=st.session_state.get("autor", ""),
            reason="Einlesen rückgängig gemacht",
            based_on=now.version.number,
        )
        st.session_state.pop("rueckgaengig")
        st.session_state["gespeichert"] = (
            f"Rückgängig gemacht: Version {before} ist als Version {version.number} wiederhergestellt."
        )
        st.rerun()
