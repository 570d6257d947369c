"""Quick entry on a screen: the few fields that make a record; each entry is a version of its own."""

from contextlib import suppress

import streamlit as st

from insek_core.change.entry import AFTER, FIELDS, with_entry
from insek_core.plan import TABLES
from insek_core.plan.errors import Problem
from insek_core.plan.record import columns_of
from insek_core.rules.checks import new_errors
from pages.parts.data.fields import field, typed_texts
from pages.shell.session import OpenPlan, locked
from pages.shell.widgets import findings_table


def quick(now: OpenPlan, table: str) -> None:
    """The form of a table: what is entered is saved as the next version; what cannot be read or breaks the plan is
    told, and nothing is changed.
    """
    if locked(now):
        return
    kind, turn = TABLES[table], st.session_state.get("eintragung", 0)
    columns = {column.name: column for column in columns_of(kind)}
    keys = {name: f"neu-{table}-{name}-{turn}" for name in FIELDS[table]}
    with st.form(f"eintragen-{table}", border=True):
        left, right = st.columns(2)
        for n, (name, key) in enumerate(keys.items()):
            with (left, right)[n % 2]:
                field(now.plan, columns[name], "", key)
        if table == "tasks" and now.plan.tasks:
            ids = ["", *(task.id for task in now.plan.tasks)]
            keys[AFTER] = f"neu-{table}-{AFTER}-{turn}"
            right.selectbox(
                "Beginnt nach", ids, format_func=lambda one: now.plan.name(one) if one else "", key=keys[AFTER]
            )
        author = st.text_input("Wer trägt ein?", value=st.session_state.get("autor", ""), key="wer_traegt_ein").strip()
        pressed = st.form_submit_button(f"{kind.one} eintragen", type="primary")
    if pressed:
        _save(now, table, keys, author)


def _save(now: OpenPlan, table: str, keys: dict[str, str], author: str) -> None:
    plan, record, findings = with_entry(now.plan, table, typed_texts(keys))
    wrong = findings or (new_errors(now.plan, plan) if plan else ())
    if not author or wrong or plan is None:
        st.error("Nicht gespeichert; es wurde nichts geändert." + ("" if author else " Bitte angeben, wer einträgt."))
        findings_table(wrong)
        return
    kind, name = TABLES[table], plan.name(record)
    st.session_state["autor"] = author
    with suppress(KeyError):
        del st.session_state["wer_traegt_ein"]
    try:
        saved = now.store.save(
            plan, based_on=now.version.number, author=author, reason=f"{kind.one} „{name}“ eingetragen"
        )
    except Problem as problem:
        st.error(problem.german)
        return
    st.session_state["eintragung"] = st.session_state.get("eintragung", 0) + 1
    st.session_state["gespeichert"] = f"{kind.one} „{name}“ ist eingetragen (Version {saved.number})."
    st.rerun()
