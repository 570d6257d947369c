"""The controls of the what-if screen: each shows a change of the Variante and sets it."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import streamlit as st

from insek_core.change.choices import option_ids
from insek_core.change.edits.bench import Amount
from insek_core.change.scenario import Change, parse_all, words
from insek_core.plan import Plan
from insek_core.plan.errors import Unreadable
from insek_core.plan.finance import FINANCING
from insek_core.plan.german import parse_euro, parse_share, show_euro
from pages.shell.session import texts
from pages.shell.variant import control, put, setting, several

MONTH_DAYS = 30
SERVING = ("measures", "formats", "funding_proofs")  # what serves goals, and their money


def _percent(target: str) -> int:
    amount = setting("cost", target)
    part = amount.value * 100 if isinstance(amount, Amount) and amount.kind == "part" else Fraction(0)
    return max(-30, min(50, round(part)))


def _cost_change(target: str) -> Any:
    return lambda percent: Change("cost", target, Amount("part", Fraction(percent, 100))) if percent else None


def money(plan: Plan) -> None:
    """Whole cost, and one purpose or item."""
    st.slider(
        "Kosten insgesamt",
        -30,
        50,
        step=1,
        format="%+d %%",
        **control("regler-kosten", "cost", "", _percent(""), _cost_change("")),
    )
    purposes = list(dict.fromkeys(item.purpose for item in plan.cost_items if item.purpose))
    targets = [*purposes, *(item.id for item in plan.cost_items)]
    if targets:
        target = str(
            st.selectbox(
                "Einzelne Kosten",
                targets,
                format_func=lambda t: t if t in purposes else f"– {plan.name(t)}",
                key="einzelkosten",
            )
        )
        st.slider(
            "teurer oder billiger",
            -30,
            50,
            step=1,
            format="%+d %%",
            **control(f"regler-{target}", "cost", target, _percent(target), _cost_change(target)),
        )


def time(plan: Plan) -> None:
    """One phase, step or format: longer and later, in months."""
    works = [*(p.id for p in plan.phases), *(t.id for t in plan.tasks), *(f.id for f in plan.formats)]
    if not works:
        return

    def short(work: str) -> str:
        row = plan.by_id[work]
        return str(getattr(row, "short_name", "") or row.label)

    first = works.index(plan.phases[1].id) if len(plan.phases) > 1 else 0
    work = str(st.selectbox("Phase, Schritt oder Format", works, index=first, format_func=short, key="arbeit"))
    for key, label in (("longer", "dauert länger (Monate)"), ("delay", "beginnt später (Monate)")):
        milestone = getattr(plan.by_id[work], "kind", "") == "Meilenstein" and key == "longer"
        months = max(0, min(12, (setting(key, work) or 0) // MONTH_DAYS))
        change_of = _months_change(key, work)
        st.slider(label, 0, 12, disabled=milestone, **control(f"regler-{key}-{work}", key, work, months, change_of))


def _months_change(key: str, work: str) -> Any:
    return lambda months: Change(key, work, months * MONTH_DAYS) if months else None


def options(plan: Plan) -> None:
    """What the plan marks as optional, to leave out."""
    ids = option_ids(plan)
    for option in ids:
        on = any(text == f"drop={option}" for text in texts())
        st.toggle(f"ohne {plan.name(option)}", **control(f"ohne-{option}", "drop", option, on, _drop(option)))


def left_out(plan: Plan) -> None:
    """Measures, formats and proofs of funding to leave out, beside what the plan itself marks as optional."""
    optional = option_ids(plan)
    rows = [row for table in SERVING for row in plan.rows(table) if row.id not in optional]
    names = {row.id: words(plan, Change("drop", row.id, None)) for row in rows}
    if names:
        st.multiselect(
            "Ohne Maßnahme, Format oder Nachweis",
            list(names),
            format_func=lambda k: names[k],
            placeholder="nichts entfällt",
            **several("weglassen", "drop", list(names)),
        )


def _drop(option: str) -> Callable[[Any], Change | None]:
    return lambda on: Change("drop", option, None) if on else None


def _text(label: str, key: str, shown: str, read: Any, hint: str = "") -> None:
    """A text field for an amount or share; what cannot be read is said and changes nothing."""
    widget = f"feld-{key}"
    if (refused := st.session_state.pop(f"{widget}-fehler", None)) is not None:
        st.error(refused)

    def change_of(text: str) -> Change | None:
        if not text.strip():
            return None
        try:
            return Change(key, "", read(text))
        except Unreadable as error:
            st.session_state[f"{widget}-fehler"] = f"{error.what} {error.remedy}"
            kept = setting(key)
            return None if kept is None else Change(key, "", kept)

    st.text_input(label, placeholder=hint, **control(widget, key, "", shown, change_of))


def _euro(key: str) -> str:
    value = setting(key)
    return show_euro(value) if isinstance(value, int) else ""


def funding(plan: Plan) -> None:
    """Type of financing, rate, ceiling, ineligible cost and third-party money."""
    programme = plan.programmes[0] if len(plan.programmes) == 1 else None
    _text("Nicht zuwendungsfähig", "ineligible", _euro("ineligible"), parse_euro, "wie im Plan")
    _text("Ungeplante Drittmittel", "third_party", _euro("third_party"), parse_euro, "keine")
    _text("Geplante Drittmittel", "third_party_planned", _euro("third_party_planned"), parse_euro, "wie im Plan")
    if programme is None:
        st.caption("Bedingungen der Förderung lassen sich hier nur bei einem Programm ändern.")
        return
    rate = setting("rate")
    _text("Fördersatz", "rate", str(rate) if rate is not None else "", parse_share, "wie im Plan")
    kinds = ["", *FINANCING]
    st.selectbox(
        "Finanzierungsart",
        kinds,
        format_func=lambda k: FINANCING.get(k, "wie im Plan"),
        **control("wahl-art", "type", "", setting("type") or "", lambda k: Change("type", "", k) if k else None),
    )
    gone = any(text.startswith("cap=none") for text in texts())
    st.toggle(
        "Kein Höchstbetrag",
        **control("ohne-deckel", "cap", "", gone, lambda on: Change("cap", "", None) if on else None),
    )
    st.toggle(
        f"{programme.name} fällt weg",
        **control("ohne-programm", "drop", programme.id, f"drop={programme.id}" in texts(), _drop(programme.id)),
    )
    frozen = setting("freeze")
    share = int(frozen * 100) if frozen is not None else 0
    st.slider(
        "Haushaltssperre",
        0,
        50,
        step=5,
        format="%d %%",
        **control(
            "regler-sperre", "freeze", "", share, lambda p: Change("freeze", "", Fraction(p, 100)) if p else None
        ),
    )


def made(plan: Plan) -> None:
    """The changes of the Variante, to take away one by one or all at once."""
    changes, _ = parse_all(texts())
    if not changes:
        return
    st.markdown("**Geändert ist** (anklicken nimmt zurück)")
    for change in changes:
        rest = [other for other in changes if other != change]
        st.button(f"✕ {words(plan, change)}", key=f"weg-{change.text}", type="tertiary", on_click=put, args=(rest,))
    st.button("Alles zurücknehmen", on_click=put, args=((),))


def in_short(plan: Plan) -> None:
    """The controls a meeting asks for: money, time, and what may be left out."""
    money(plan)
    time(plan)
    left_out(plan)


def all_of(plan: Plan) -> None:
    """All controls, money first; what is changed is listed last, so that a control never moves another."""
    in_short(plan)
    options(plan)
    box = st.expander("Förderung und Haushalt", key="foerderung", on_change="rerun")
    if box.open:
        with box:
            funding(plan)
    made(plan)
