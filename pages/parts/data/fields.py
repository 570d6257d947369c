"""The fields of a form: one for each column of a record, with what may stand in it."""

from collections.abc import Callable, Mapping

import streamlit as st

from insek_core.plan import TABLES, Plan
from insek_core.plan.columns import Column
from insek_core.plan.record import Record, columns_of


def _targets(plan: Plan, column: Column) -> list[str]:
    tables = [row.id for table in column.tables if table != "*" for row in plan.rows(table)]
    return tables or (sorted(plan.by_id) if column.tables == ("*",) else [])


def _suggested(plan: Plan, column: Column, label: str, text: str, key: str, take: Callable[[], None] | None) -> None:
    """A list of what the plan has in this column already; something else may be typed."""
    held = sorted({said for kind in TABLES.values() for said in _said(plan, kind, column)})
    options = list(dict.fromkeys(["", *held, text]))
    st.selectbox(
        label,
        options,
        index=options.index(text),
        key=key,
        help=column.meaning or None,
        on_change=take,
        accept_new_options=True,
        placeholder="auswählen oder schreiben",
    )


def _said(plan: Plan, kind: type[Record], column: Column) -> list[str]:
    own = any(each is column for each in columns_of(kind))
    return [said for row in plan.rows(kind.table) if (said := getattr(row, column.name))] if own else []


def field(
    plan: Plan, column: Column, text: str, key: str, locked: bool = False, take: Callable[[], None] | None = None
) -> None:
    """One input that fits the column; what it holds lies under its key in the session. `take` is called as soon as the
    field is left (in a form nothing is).
    """
    label = column.heading + (f" ({column.unit})" if column.unit else "") + (" *" if column.required else "")
    hint = column.meaning or None
    if column.kind.name in ("choice", "flag"):
        words = ["", *([label for _, label in column.labels] or column.allowed or ("ja", "nein"))]
        options = words if text in words else [*words, text]
        st.selectbox(label, options, index=options.index(text), key=key, help=hint, on_change=take)
    elif column.kind.name == "open_choice":
        _suggested(plan, column, label, text, key, take)
    elif column.kind.name in ("ref", "refs"):
        chosen = [part.strip() for part in text.split(";") if part.strip()]
        ids = list(dict.fromkeys([*_targets(plan, column), *chosen]))
        # a list tells its entries apart by their words only, and names repeat: each shows its id too
        words_of = {"": "", **{item: f"{plan.name(item)} ({item})" for item in ids}}.__getitem__
        if column.kind.name == "ref":
            st.selectbox(
                label,
                ["", *ids],
                index=["", *ids].index(text),
                format_func=words_of,
                key=key,
                help=hint,
                on_change=take,
            )
        else:
            st.multiselect(
                label,
                ids,
                default=chosen,
                format_func=words_of,
                key=key,
                help=hint,
                on_change=take,
                placeholder="auswählen",
            )
    elif column.name in ("text", "note", "purpose", "task", "content", "reason", "source", "notice_conditions"):
        st.text_area(label, text, key=key, help=hint, height=68, on_change=take)
    else:
        st.text_input(label, text, key=key, help=hint, disabled=locked, on_change=take)


def texts_of(record: Record | None, kind: type[Record]) -> dict[str, str]:
    """The record as German texts by column name; a new one is an assumption of whoever types it."""
    if record is None:
        return {c.name: {"evidence": "Annahme", "visibility": "öffentlich"}.get(c.name, "") for c in columns_of(kind)}
    return {c.name: c.show(getattr(record, c.name)) for c in columns_of(kind)}


def typed_texts(keys: Mapping[str, str]) -> dict[str, str]:
    """What fields hold, as German texts by column name; `keys` are those of the fields by column name."""
    typed = {name: st.session_state.get(key) for name, key in keys.items()}
    return {name: value if isinstance(value, str) else "; ".join(value or ()) for name, value in typed.items()}
