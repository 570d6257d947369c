"""Money: cost = grant + own share, by year against the lines, what is to register, the open question of the ceiling."""

from dataclasses import astuple, fields

import streamlit as st

from insek_core.plan.finance import BudgetLine, BudgetStatute, CostItem, FundingBasis, FundingProof, Programme, Transfer
from insek_core.rules.figures import Figure
from insek_core.rules.funding import cap_in_force_cents
from insek_core.rules.situation import (
    approved_sentence,
    ceiling_sentence,
    funding_sentence,
    gap_sentence,
    registration_sentence,
)
from insek_core.storage.example import legal_sources
from insek_core.views import tables
from insek_core.views.charts import money
from pages.shell.session import current
from pages.shell.widgets import NO_YEARS, answer, chart, empty, inventory, note, twin, years_known

now = current()
plan, found = now.plan, now.found
st.title("Haushalt & Förderung", anchor=False)
answer(funding_sentence(plan, found.funding))
if not plan.cost_items:
    empty(
        "Noch keine Kosten eingetragen.",
        "Bitte unter „Daten“ Kostenpositionen, Förderprogramm und Haushaltsansätze anlegen.",
    )
left, right = st.columns([0.58, 0.42], gap="large")
with left:
    if plan.cost_items and not years_known(found):
        st.info(NO_YEARS)
    elif plan.cost_items:
        st.subheader("Je Jahr gegen die Ansätze", anchor=False)
        chart("years-large", now, lambda: money.years_chart(found, 330), money.years_text(found))
        note(
            "Aufteilung auf Jahre und Zwecke: Annahme (gepunktet); die Vorlage nennt sie nicht.",
            any(y.total.assumed for y in found.funding.years),
        )
with right:
    for sentence in [*(approved_sentence(plan, s) for s in found.budget.spans if s.approved), registration_sentence(found.budget),
                     *(gap_sentence(s) for s in found.budget.spans), ceiling_sentence(plan, found.funding)]:  # fmt: skip
        if sentence:
            note(sentence.text, sentence.assumed, sentence.figures)
    programme = plan.programmes[0] if len(plan.programmes) == 1 else None
    cap = cap_in_force_cents(programme) if programme else None
    if programme and programme.rate_share and cap is not None and found.funding.own_share.value is not None:
        terms = programme.rate_share, cap
        st.subheader("Eigenanteil, wenn die Kosten sich ändern", anchor=False)
        chart(
            "kink",
            now,
            lambda: money.kink_chart(found, *terms, height=210),
            f"Eigenanteil über den Ausgaben; Knick bei {found.funding.kink.show()}.",
        )
twin(tables.by_year(found), "Kosten, Förderung und Eigenanteil je Jahr", expanded=bool(plan.cost_items))
twin(tables.levels(found.budget), "Drei Ebenen: veranschlagt, noch anzumelden, Gesamtfinanzierung")
shown = [value for item in fields(found.funding) if isinstance(value := getattr(found.funding, item.name), Figure)]
shown.append(found.budget.moved_cents)
twin(tables.figures(shown), "Woher? Alle Größen mit Rechenweg und Quelle")
inventory(now, CostItem, FundingBasis, Programme, BudgetLine, BudgetStatute, Transfer, FundingProof)
twin(tables.records(plan, [s for s in plan.statements if s.kind == "Finanzangabe"], type(plan.statements[0])) if plan.statements else tables.figures([]),
     "Finanzangaben der Vorlage")  # fmt: skip
twin(tables.legal(map(astuple, legal_sources())), "Rechtsgrundlagen der Rechenregeln")
