"""Editing a record: a form from the columns, the difference first, then a new version with a reason."""

import re
import secrets
from contextlib import closing
from functools import partial
from typing import Any
from zlib import crc32

import streamlit as st

from insek_core.change.difference import differences, merge
from insek_core.change.edits.options import less
from insek_core.change.sealing import ready_to_save, to_check_words
from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import parse_row, with_row, without_row
from insek_core.plan.errors import Problem
from insek_core.plan.german import count
from insek_core.plan.record import EXAMPLE_NOTE, Record, columns_of
from insek_core.rules.checks import new_errors
from insek_core.storage.store import StaleBase, Store
from pages.parts.data.fields import field, texts_of, typed_texts
from pages.shell.session import OpenPlan, database, locked
from pages.shell.widgets import findings_table

NEW, OWNER = "neu", "entwurf"


def owner() -> str:
    """Whose drafts these are: a token that the browser keeps as a cookie (our script makes it), else one of this
    session. Nobody else sees them, and a reload does not lose them.
    """
    said = str(st.context.cookies.get(OWNER, ""))
    token = said if re.fullmatch(r"[0-9a-f]{24}", said) else st.session_state.get(OWNER) or secrets.token_hex(12)
    st.session_state[OWNER] = token
    return str(token)


def _take(key: str, base: int, keys: dict[str, str]) -> None:
    """Keep what was typed as soon as a field is left, with the version it was typed on: who goes on to another screen
    loses nothing.
    """
    texts = typed_texts(keys)
    try:
        with closing(Store(database())) as own:  # before the run has opened any
            own.put_draft(key, {**texts, "based_on": str(base)})
    except Problem as problem:
        st.session_state["streit"] = [problem.german]


def _anew() -> None:
    """The fields show what is kept, not what was typed before."""
    st.session_state["runde"] = st.session_state.get("runde", 0) + 1


def edit(now: OpenPlan, kind: type[Record], record_id: str) -> None:
    """The form of a record (or of a new one); what differs is shown as it is typed, saving makes a version."""
    if locked(now):
        return
    record = now.plan.by_id.get(record_id) if record_id != NEW else None
    key = f"{kind.table}:{record_id}"
    mine = f"{key}@{owner()}"
    for message in st.session_state.pop("streit", ()):
        st.warning(message)
    kept = now.store.draft(mine)
    base = int(kept.get("based_on", now.version.number))
    texts = {**texts_of(record, kind), **{name: text for name, text in kept.items() if name != "based_on"}}
    if kept:
        st.info(f"Entwurf auf Grundlage von Version {base}, noch nicht gespeichert; nur hier zu sehen.")
    else:
        st.caption("Was getippt ist, bleibt als Entwurf erhalten; gespeichert wird erst mit Namen und Begründung.")
    keys = {c.name: f"{key}.{c.name}.{base}.{st.session_state.get('runde', 0)}" for c in columns_of(kind)}
    take = partial(_take, mine, base, keys)
    with st.container(border=True):
        columns = st.columns(3)
        for n, column in enumerate(columns_of(kind)):
            with columns[n % 3]:
                fixed = column.name == "id" and record is not None
                field(now.plan, column, texts[column.name], keys[column.name], fixed, take)
        st.button("Prüfen und Unterschied zeigen", type="primary", on_click=take)
    if kept:
        _review(now, kind, mine, texts, base)
    if record is not None and not kept and st.button("Eintrag entfernen", key=f"weg-{key}"):
        st.session_state["entfernen"] = record_id
    if record is not None and st.session_state.get("entfernen") == record_id:
        propose(
            now,
            without_row(now.plan, kind.table, record_id),
            now.version.number,
            f"{kind.one} {record_id} entfernt",
            f"entfernen-{key}",
        )


def _review(now: OpenPlan, kind: type[Record], key: str, texts: dict[str, str], base: int) -> None:
    record, findings = parse_row(kind, texts)
    if st.button("Entwurf verwerfen", key=f"verwerfen-{key}"):
        now.store.put_draft(key, None)
        _anew()
        st.rerun()
    if record is None:
        st.error("Noch nicht speicherbar; es wurde nichts geändert.")
        findings_table(findings)
        return
    if f":{NEW}@" in key and record.id in now.plan.by_id:
        st.error(f"Die Kennung {record.id} ist schon vergeben; es wurde nichts geändert. Bitte eine andere wählen.")
        return
    mine = with_row(now.store.load(base), kind.table, record)
    propose(now, mine, base, f"{kind.one} {record.id} bearbeitet", key)


def propose(now: OpenPlan, mine: Plan, base: int, reason: str, key: str) -> None:
    """Show what would change, then save it with author and reason; an edit that breaks the plan is refused with
    findings.
    """
    before = now.store.load(base)
    mine = ready_to_save(before, mine)
    edits = differences(before, mine)
    if not edits:
        st.info("Kein Unterschied zum gespeicherten Stand.")
        return
    st.markdown(f"**Das ändert sich ({len(edits)}):**")
    for edit_ in edits[:12]:
        st.markdown(f"- {edit_.sentence()}")
    if len(edits) > 12:
        st.markdown(f"- und {len(edits) - 12} weitere")
    if told := to_check_words(before, mine):
        st.info(told)
    if errors := new_errors(before, mine):
        st.error("So nicht speicherbar; es wurde nichts geändert.")
        findings_table(errors)
        return
    shown = crc32("\n".join(edit_.sentence() for edit_ in edits).encode())  # what is saved is what was shown
    with st.form(f"speichern-{key}-{shown}", border=False):
        left, right = st.columns([0.3, 0.7])
        author = left.text_input("Wer ändert?", key=f"autor-{key}", value=st.session_state.get("autor", ""))
        why = right.text_input("Begründung", key=f"grund-{key}", value=reason)
        if st.form_submit_button("Als neue Version speichern", type="primary"):
            _save(now, mine, base, author.strip(), why.strip(), key)


def _save(now: OpenPlan, mine: Plan, base: int, author: str, reason: str, key: str) -> None:
    if not author or not reason:
        st.error("Bitte Name und Begründung angeben; es wurde nichts geändert.")
        return
    st.session_state["autor"] = author
    try:
        version = now.store.save(mine, based_on=base, author=author, reason=reason)
    except StaleBase as stale:
        _settle(now, mine, stale, key)
    except Problem as problem:
        st.error(problem.german)
    else:
        now.store.put_draft(key, None)
        _anew()
        st.session_state.pop("entfernen", None)
        st.session_state["gespeichert"] = f"Gespeichert als Version {version.number}."
        st.rerun()


def _settle(now: OpenPlan, mine: Plan, stale: StaleBase, key: str) -> None:
    """Somebody saved in between: lay the draft's own cells over the new state; where both changed one cell, say so."""
    base, head = now.store.load(stale.based_on), now.store.load()
    merged: Any = merge(base, mine, head)
    told = [stale.german]
    for own, theirs in merged.conflicts:
        told.append(f"Beide geändert: Ihre Fassung – {own.sentence()}; gespeichert ist – {theirs.sentence()}")
    draft = now.store.draft(key)
    if not draft:
        st.error(f"{stale.german} Bitte die Seite neu laden und die Änderung wiederholen.")
        return
    theirs_now = head.by_id.get(draft["id"])
    own_cells = {edit_.field for edit_ in differences(base, mine)}
    if theirs_now is not None and "" not in own_cells:
        draft = {**texts_of(theirs_now, type(theirs_now)), **{name: draft[name] for name in own_cells}}
    now.store.put_draft(key, {**draft, "based_on": str(stale.head.number)})
    _anew()
    told.append("Ihr Entwurf liegt jetzt auf dem neuen Stand. Bitte den Unterschied noch einmal prüfen und speichern.")
    st.session_state["streit"] = told
    st.rerun()


def choose(now: OpenPlan) -> type[Record]:
    """Table and record to edit, and the form; the kind of record chosen."""
    left, right = st.columns([0.35, 0.65])
    table = str(
        left.selectbox(
            "Tabelle", list(TABLES), format_func=lambda t: TABLES[t].sheet, key="tabelle", bind="query-params"
        )
    )
    kind, ids = TABLES[table], [row.id for row in now.plan.rows(table)]
    words = {NEW: f"Neuer Eintrag: {kind.one}", **{i: f"{i} · {now.plan.name(i)}" for i in ids}}
    wanted = st.query_params.get("eintrag") or st.session_state.get("eintrag", "")
    record = str(
        right.selectbox(
            "Eintrag",
            [*ids, NEW],
            index=[*ids, NEW].index(wanted) if wanted in words else 0,
            format_func=lambda i: words[i],
            key=f"eintrag-{table}",
        )
    )
    st.session_state["eintrag"] = st.query_params["eintrag"] = record
    edit(now, kind, record)
    return kind


def remove_examples(now: OpenPlan) -> None:
    """One click proposes the plan without our example assumptions."""
    examples = [row.id for table in TABLES for row in now.plan.rows(table) if row.note == EXAMPLE_NOTE]
    number = len(examples)
    if not number:
        st.session_state.pop("beispiele", None)
        return
    st.header("Beispielannahmen", anchor=False)
    st.markdown(
        f"{count(number, 'Eintrag ist', 'Einträge sind')} ein Beispiel von uns, nicht aus den Unterlagen der Stadt."
    )
    if st.button("Beispielannahmen entfernen") or st.session_state.get("beispiele"):
        st.session_state["beispiele"] = True
        propose(now, less(now.plan, examples), now.version.number, "Beispielannahmen entfernt", "beispiele")
