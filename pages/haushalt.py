"""Money: cost = grant + own share, by year against the lines, what is to register, the open question of the ceiling."""

import streamlit as st

from insek_core.plan.finance import MONEY_TABLES
from insek_core.rules.money.actual.proof import proof_sentence
from insek_core.rules.money.curve import curve
from insek_core.rules.money.gaps import budget_sentences, split_sentence
from insek_core.rules.money.sentences import case_sentence, funding_sentence
from insek_core.storage.law import legal_sources
from insek_core.views import moneytables
from insek_core.views.charts import kinks, money, yearbars
from pages.parts import money as entering
from pages.shell.help import title
from pages.shell.session import open_plan, say_saved
from pages.shell.variant import shown
from pages.shell.widgets import (
    NO_YEARS,
    answer,
    chart,
    empty,
    moving,
    note,
    questions,
    shelf,
    statements,
    years_known,
)

now, base = shown()
plan, found = now.plan, now.found
title("haushalt")
say_saved()
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
        if split := split_sentence(plan):
            note(split.text, split.assumed)
with right:
    proofs = (proof_sentence(s, found.drawdown.proof_due, found.funding.if_ceiling) for s in found.drawdown.proofs)
    for sentence in (*budget_sentences(plan, found.budget, found.funding), *proofs):
        note(sentence.text, sentence.assumed, sentence.figures)
    if shape := curve(plan, found.funding):
        st.header("Eigenanteil, wenn die Kosten sich ändern", anchor=False)
        own = f"Eigenanteil und Förderung über den Gesamtkosten; Plan: {found.funding.own_share.show()} Eigenanteil."
        moving("kink", kinks.kink_spec(290), kinks.kink_rows(shape, base.found if base else found, found), own)
questions(
    ("Bescheid eintragen", lambda: entering.notice(open_plan())),
    ("Buchung eintragen", lambda: entering.booking(open_plan())),
    ("Ansätze: Stand", lambda: entering.standing(open_plan())),
    ("Mittelabfluss gegen den Plan", lambda: entering.flow(now)),
)
land = plan.setting("state", "")
law = legal_sources(land, [programme.name for programme in plan.programmes], found.today)
every = (*found.funding.figures, found.budget.moved_cents)
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
    (
        "Mittelabfluss je Monat",
        lambda: moneytables.months(found.drawdown.flow),
    ),
    ("Abruf je Rechnung", lambda: moneytables.calls(found.drawdown)),
    ("Verwendungsnachweise: eingereicht, geprüft, endgültig", lambda: moneytables.proofs(found.drawdown)),
    statements(plan, "Finanzangaben", "Finanzangabe"),
    ("Rechtsgrundlagen der Rechenregeln", lambda: moneytables.legal(land, law)),
    kinds=MONEY_TABLES,
    opened=[YEARS] if plan.cost_items else [],
)
