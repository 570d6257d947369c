"""Editing a record: a form from the columns, the difference first, then a new version with a reason."""

from typing import Any

import streamlit as st

from insek_core.plan import Plan
from insek_core.plan.codec import parse_row, with_row, without_row
from insek_core.plan.columns import Column
from insek_core.plan.errors import Problem
from insek_core.plan.record import Record, columns_of
from insek_core.rules.checks import new_errors
from insek_core.rules.difference import differences, merge
from insek_core.storage.store import StaleBase
from pages.shell.session import Current
from pages.shell.widgets import findings_table

NEW = "neu"


def _targets(plan: Plan, column: Column) -> list[str]:
    tables = [row.id for table in column.tables if table != "*" for row in plan.rows(table)]
    return tables or (sorted(plan.by_id) if column.tables == ("*",) else [])


def _field(plan: Plan, column: Column, text: str, key: str, locked: bool) -> str:
    """One input that fits the column; what it holds as German text."""
    label = column.heading + (f" ({column.unit})" if column.unit else "") + (" *" if column.required else "")
    hint = column.meaning or None
    if column.kind.name in ("choice", "flag"):
        options = ["", *([label for _, label in column.labels] or column.allowed or ("ja", "nein"))]
        return str(
            st.selectbox(
                label,
                options if text in options else [*options, text],
                index=[*options, text].index(text),
                key=key,
                help=hint,
            )
        )
    if column.kind.name in ("ref", "refs"):
        ids = _targets(plan, column)
        chosen = [part.strip() for part in text.split(";") if part.strip()]
        ids = [*ids, *(item for item in chosen if item not in ids)]
        if column.kind.name == "ref":
            return str(
                st.selectbox(label, ["", *ids], index=["", *ids].index(text), format_func=plan.name, key=key, help=hint)
            )
        return "; ".join(
            st.multiselect(
                label, ids, default=chosen, format_func=plan.name, key=key, help=hint, placeholder="auswählen"
            )
        )
    if column.name in ("text", "note", "purpose", "task", "content", "reason", "source"):
        return st.text_area(label, text, key=key, help=hint, height=68)
    return st.text_input(label, text, key=key, help=hint, disabled=locked)


def _texts(record: Record | None, kind: type[Record]) -> dict[str, str]:
    """The record as German texts by column name; a new one is an assumption of whoever types it."""
    if record is None:
        return {c.name: {"evidence": "Annahme", "visibility": "öffentlich"}.get(c.name, "") for c in columns_of(kind)}
    return {c.name: c.show(getattr(record, c.name)) for c in columns_of(kind)}


def edit(now: Current, kind: type[Record], record_id: str) -> None:
    """The form of a record (or of a new one); checking it shows the difference, saving makes a version."""
    record = now.plan.by_id.get(record_id) if record_id != NEW else None
    key = f"{kind.table}:{record_id}"
    kept = now.store.draft(key)
    base = int(kept.get("based_on", now.version.number))
    texts = {**_texts(record, kind), **{name: text for name, text in kept.items() if name != "based_on"}}
    if kept:
        st.info(f"Nicht gespeicherter Entwurf auf Grundlage von Version {base} wieder geladen.")
    with st.form(f"form-{key}", border=True):
        columns = st.columns(3)
        typed = {}
        for n, column in enumerate(columns_of(kind)):
            with columns[n % 3]:
                typed[column.name] = _field(
                    now.plan,
                    column,
                    texts[column.name],
                    f"{key}.{column.name}.{base}.{bool(kept)}",
                    column.name == "id" and record is not None,
                )
        if st.form_submit_button("Prüfen und Unterschied zeigen", type="primary"):
            now.store.put_draft(key, {**typed, "based_on": str(base)})
            st.rerun()
    if kept:
        _review(now, kind, key, texts, base)
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


def _review(now: Current, kind: type[Record], key: str, texts: dict[str, str], base: int) -> None:
    record, findings = parse_row(kind, texts)
    if st.button("Entwurf verwerfen", key=f"verwerfen-{key}"):
        now.store.put_draft(key, None)
        st.rerun()
    if record is None:
        st.error("Noch nicht speicherbar; es wurde nichts geändert.")
        findings_table(findings)
        return
    mine = with_row(now.store.load(base), kind.table, record)
    propose(now, mine, base, f"{kind.one} {record.id} bearbeitet", key)


def propose(now: Current, mine: Plan, base: int, reason: str, key: str) -> None:
    """Show what would change, then save it with author and reason; an edit that breaks the plan is refused with findings."""
    before = now.store.load(base)
    edits = differences(before, mine)
    if not edits:
        st.info("Kein Unterschied zum gespeicherten Stand.")
        return
    st.markdown(f"**Das ändert sich ({len(edits)}):**")
    for edit_ in edits[:12]:
        st.markdown(f"- {edit_.sentence()}")
    if len(edits) > 12:
        st.markdown(f"- und {len(edits) - 12} weitere")
    if errors := new_errors(before, mine):
        st.error("So nicht speicherbar; es wurde nichts geändert.")
        findings_table(errors)
        return
    with st.form(f"speichern-{key}", border=False):
        left, right = st.columns([0.3, 0.7])
        author = left.text_input("Wer ändert?", key=f"autor-{key}", value=st.session_state.get("autor", ""))
        why = right.text_input("Begründung", key=f"grund-{key}", value=reason)
        if st.form_submit_button("Als neue Version speichern", type="primary"):
            _save(now, mine, base, author.strip(), why.strip(), key)


def _save(now: Current, mine: Plan, base: int, author: str, reason: str, key: str) -> None:
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
        st.session_state.pop("entfernen", None)
        st.session_state["gespeichert"] = f"Gespeichert als Version {version.number}."
        st.rerun()


def _settle(now: Current, mine: Plan, stale: StaleBase, key: str) -> None:
    """Somebody saved in between: carry the own edits over by cell; where both changed one cell, say so and keep theirs."""
    st.error(stale.german)
    merged: Any = merge(now.store.load(stale.based_on), mine, now.store.load())
    for own, theirs in merged.conflicts:
        st.warning(f"Beide geändert: Ihre Fassung – {own.sentence()}; gespeichert ist – {theirs.sentence()}")
    draft = now.store.draft(key)
    if draft:
        now.store.put_draft(key, {**draft, "based_on": str(stale.head.number)})
    text = "Ihr Entwurf liegt jetzt auf dem neuen Stand. Bitte oben noch einmal prüfen und speichern."
    st.info(text if draft else "Bitte die Seite neu laden und die Änderung wiederholen.")
