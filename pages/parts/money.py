"""Parts of Haushalt & Förderung: the funding notice, a booking and the standing of the budget, entered by a short form
whose consequences are told before anything is saved; the flow of money as a picture.
"""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from insek_core.change.consequences import consequences
from insek_core.plan import Plan
from insek_core.plan.codec import parse_row
from insek_core.plan.errors import Finding
from insek_core.plan.finance import (
    BOOKING_WORDS,
    COST_BOOKINGS,
    LINE_STATES,
    Booking,
    BudgetStatute,
    Programme,
)
from insek_core.plan.german import show_date
from insek_core.plan.record import Record, columns_of
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.money.actual.entries import (
    OWN,
    StatuteDays,
    booking_findings,
    called_words,
    next_id,
    with_booking,
    with_standing,
)
from insek_core.rules.money.actual.flow import flow_sentence
from insek_core.rules.money.notice import NEEDS, STATES, Notice, notice_findings, with_notice
from insek_core.storage.shown import city_slices
from insek_core.views.charts import flow as flowing
from pages.parts.data.editor import propose
from pages.parts.data.fields import field, texts_of
from pages.shell.session import OpenPlan, locked
from pages.shell.widgets import chart, findings_table, note

PROCEED = "Folgen zeigen"
CEILING = ("cap_cents", "cap_is_ceiling")


def _nothing() -> None:
    """What a field does when it is left: the whole screen runs anew anyway."""


def _typed(plan: Plan, kind: type[Record], names: Sequence[str], texts: dict[str, str], key: str) -> dict[str, str]:
    """The fields of these columns, three in a row; what they hold, as texts by column."""
    known = {column.name: column for column in columns_of(kind)}
    columns = st.columns(3)
    for n, name in enumerate(names):
        with columns[n % 3]:
            field(plan, known[name], texts.get(name, ""), f"{key}.{name}", False, _nothing)
    return {name: str(st.session_state[f"{key}.{name}"] or "") for name in names}


def _asked(key: str) -> bool:
    """Whether the consequences are wanted; asked once, they follow what is typed."""
    if st.button(PROCEED, key=f"{key}.folgen", type="primary"):
        st.session_state[f"{key}.gefragt"] = True
    return bool(st.session_state.get(f"{key}.gefragt"))


def _proposed(now: OpenPlan, mine: Plan, findings: Sequence[Finding], reason: str, key: str) -> Assessment | None:
    """Findings, what the entry does in sentences, then the difference and saving; nothing is saved with an error."""
    findings_table(findings)
    if any(finding.level == "error" for finding in findings):
        st.error("So nicht speicherbar; es wurde nichts geändert.")
        return None
    after = assess(mine, city_slices(now.store, mine), now.found.today)
    for sentence in consequences(now.found, after).told:
        note(sentence.text, sentence.assumed, sentence.figures)
    propose(now, mine, now.version.number, reason, key)
    return after


def _refused(findings: Sequence[Finding]) -> None:
    findings_table(findings)
    st.error("So nicht speicherbar; es wurde nichts geändert.")


def notice(now: OpenPlan) -> None:
    """The funding notice: its terms, what it settles and changes, then a new version."""
    if locked(now):
        return
    if not now.plan.programmes:
        st.info("Noch kein Förderprogramm eingetragen. Bitte unter „Daten“ anlegen.")
        return
    ids = [programme.id for programme in now.plan.programmes]
    chosen = str(st.selectbox("Bescheid zu", ids, format_func=now.plan.name, key="bescheid.programm"))
    programme = next(p for p in now.plan.programmes if p.id == chosen)
    key = f"bescheid.{chosen}.{now.version.number}"
    assumed = {name: "" for name in STATES if programme.evidence_of(name) == "assumed"}  # a notice must say it itself
    texts = {**texts_of(programme, Programme), **assumed}
    typed = _typed(now.plan, Programme, _terms(programme, key), texts, key)
    if not _asked(key):
        return
    record, findings = parse_row(
        Programme, {**texts_of(programme, Programme), "financing": "Anteilfinanzierung", **typed}
    )
    if not isinstance(record, Programme):
        _refused(findings)
        return
    said = {name: getattr(record, name) for name in typed if typed[name].strip()}
    entered = Notice(**said)
    mine = with_notice(now.plan, chosen, entered)
    reason = f"{replace(programme, **said).notice} eingetragen"
    _proposed(now, mine, notice_findings(now.plan, chosen, entered), reason, key)


def _terms(programme: Programme, key: str) -> list[str]:
    """The fields of a notice that its type of financing needs; the type stands before them."""
    labels = {label: kind for kind, label in _financing().items()}
    kind = labels.get(str(st.session_state.get(f"{key}.financing") or ""), programme.financing or "anteil")
    own = [name for name in ("rate_share", "fixed_cents", "own_fixed_cents") if NEEDS[kind][0] == name]
    bound = CEILING if kind != "festbetrag" else ()
    return ["notice_on", "notice_number", "financing", *own, *bound, "notice_period", "notice_conditions"]


def _financing() -> dict[str, str]:
    return dict(next(column.labels for column in columns_of(Programme) if column.name == "financing"))


def booking(now: OpenPlan) -> None:
    """A booking as people name it: order, invoice, payment, call for money, receipt."""
    if locked(now):
        return
    kind = str(
        st.selectbox(
            "Was ist geschehen?",
            list(BOOKING_WORDS),
            format_func=lambda k: f"{BOOKING_WORDS[k]} ({k})",
            key="buchung.art",
        )
    )
    key = f"buchung.{now.version.number}"
    target = "cost_item" if kind in COST_BOOKINGS else "programme"
    only = now.plan.programmes[0].id if target == "programme" and len(now.plan.programmes) == 1 else ""
    texts = {"booked_on": show_date(now.found.today), target: only}
    typed = _typed(now.plan, Booking, ["booked_on", target, "amount_cents", "document"], texts, key)
    if not _asked(key):
        return
    source = f"Beleg {typed['document']}" if typed["document"] else OWN
    fixed = {"id": next_id(now.plan, "bookings", "BU"), "kind": kind, "evidence": "genannt", "visibility": "öffentlich"}
    record, findings = parse_row(Booking, {**fixed, **typed, "source": source})
    if not isinstance(record, Booking):
        _refused(findings)
        return
    reason = f"{BOOKING_WORDS[kind]} vom {typed['booked_on']} eingetragen"
    mine = with_booking(now.plan, record)
    after = _proposed(now, mine, booking_findings(now.plan, record, now.found.today), reason, key)
    if after and (words := called_words(after.drawdown, after.funding)):
        note(words)


def standing(now: OpenPlan) -> None:
    """Where each budget line stands, and when the statutes were decided and came into force."""
    if locked(now):
        return
    if not now.plan.budget_lines:
        st.info("Noch kein Haushaltsansatz eingetragen. Bitte unter „Daten“ anlegen.")
        return
    key = f"ansaetze.{now.version.number}"
    columns, states = st.columns(4), {}
    for n, line in enumerate(now.plan.budget_lines):
        years = str(line.from_year) if line.from_year == line.to_year else f"{line.from_year}/{line.to_year}"
        at = LINE_STATES.index(line.status) if line.status in LINE_STATES else 0
        states[line.id] = str(
            columns[n % 4].selectbox(f"{line.kind} {years} ({line.id})", LINE_STATES, index=at, key=f"{key}.{line.id}")
        )
    days, findings = _statute_days(now, key)
    source = st.text_input("Beleg (Amtsblatt, Beschluss-Nr.)", key=f"{key}.beleg").strip() or OWN
    if not _asked(key):
        return
    if findings:
        _refused(findings)
        return
    mine = with_standing(now.plan, states, days, source)
    _proposed(now, mine, (), "Stand der Haushaltsansätze eingetragen", key)


def _statute_days(now: OpenPlan, key: str) -> tuple[dict[str, StatuteDays], list[Finding]]:
    """The days of each statute as typed, and what of them is no day."""
    days, findings = {}, list[Finding]()
    for statute in now.plan.budget_statutes:
        texts, own = texts_of(statute, BudgetStatute), f"{key}.{statute.id}"
        st.caption(f"Haushaltssatzung {statute.from_year}/{statute.to_year}")
        typed = _typed(now.plan, BudgetStatute, ["decided_on", "in_force_on"], texts, own)
        record, wrong = parse_row(BudgetStatute, {**texts, **typed})
        findings += wrong
        if isinstance(record, BudgetStatute):
            days[statute.id] = StatuteDays(decided_on=record.decided_on, in_force_on=record.in_force_on)
    return days, findings


def flow(now: OpenPlan) -> None:
    """Cost as planned month by month beside what is booked."""
    found = now.found.drawdown.flow
    told = flow_sentence(found)
    note(told.text, told.assumed, told.figures)
    chart("mittelabfluss", now, lambda: flowing.flow_chart(found), flowing.flow_text(found))
