"""Money: cost = grant + own share, by year against the lines, what is to register, the open question of the ceiling."""

from dataclasses import fields

import streamlit as st

from insek_core.plan.finance import (
    Booking,
    BudgetLine,
    BudgetStatute,
    CostItem,
    Fund,
    FundingBasis,
    FundingProof,
    Programme,
    Transfer,
)
from insek_core.rules.figures import Figure
from insek_core.rules.money.curve import curve
from insek_core.rules.money.gaps import (
    approved_sentence,
    gap_sentence,
    registration_sentence,
)
from insek_core.rules.money.sentences import case_sentence, ceiling_sentence, funding_sentence
from insek_core.storage.law import legal_sources
from insek_core.views import moneytables
from insek_core.views.charts import kinks, money, yearbars
from pages.shell.help import title
from pages.shell.variant import shown
from pages.shell.widgets import NO_YEARS, answer, chart, empty, moving, note, shelf, statements, years_known

now, base = shown()
plan, found = now.plan, now.found
title("haushalt")
answer(funding_sentence(found.funding))
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
        st.header(f"Je Jahr gegen die Ansätze{': Plan (blass) und Variante' if base else ''}", anchor=False)
        if base:
            moving("jahre", yearbars.years_spec(330), yearbars.years_rows(base.found, found), money.years_text(found))
        else:
            chart("years-large", now, lambda: money.years_chart(found, 330), money.years_text(found))
        if case := case_sentence(found.funding):
            note(case.text)
        note(
            "Aufteilung auf Jahre und Zwecke: Annahme (gepunktet); die Vorlage nennt sie nicht.",
            any(y.total.assumed for y in found.funding.years),
        )
with right:
    for sentence in [
        *(approved_sentence(plan, s) for s in found.budget.spans if s.approved),
        registration_sentence(found.budget, found.funding),
        gap_sentence(found.budget, found.funding),
        ceiling_sentence(found.funding),
    ]:
        if sentence:
            note(sentence.text, sentence.assumed, sentence.figures)
    if shape := curve(plan, found.funding):
        st.header("Eigenanteil, wenn die Kosten sich ändern", anchor=False)
        own = f"Eigenanteil und Förderung über den Gesamtkosten; Plan: {found.funding.own_share.show()} Eigenanteil."
        moving("kink", kinks.kink_spec(290), kinks.kink_rows(shape, base.found if base else found, found), own)
land = plan.setting("state", "")
law = legal_sources(land, [programme.name for programme in plan.programmes], found.today)
every = [value for item in fields(found.funding) if isinstance(value := getattr(found.funding, item.name), Figure)]
every.append(found.budget.moved_cents)
YEARS = "Kosten, Förderung und Eigenanteil je Jahr"
shelf(
    now,
    (YEARS, lambda: moneytables.by_year(found)),
    (
        "Drei Ebenen: veranschlagt, noch anzumelden, Gesamtfinanzierung",
        lambda: moneytables.levels(found.budget, both=found.funding.differs),
    ),
    ("Woher? Alle Größen mit Rechenweg und Quelle", lambda: moneytables.figures(every)),
    ("Mittelabfluss: gebunden bis eingegangen", lambda: moneytables.flow(found.drawdown)),
    ("Abruf je Rechnung", lambda: moneytables.calls(found.drawdown)),
    statements(plan, "Finanzangaben", "Finanzangabe"),
    ("Rechtsgrundlagen der Rechenregeln", lambda: moneytables.legal(land, law)),
    kinds=(CostItem, FundingBasis, Programme, Fund, BudgetLine, BudgetStatute, Transfer, FundingProof, Booking),
    opened=[YEARS] if plan.cost_items else [],
)
