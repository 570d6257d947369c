"""The first screen: the situation in sentences, what comes next, money, time, goals, what is unsettled."""

import streamlit as st
from markupsafe import Markup

from insek_core.plan.german import count
from insek_core.rules.money.sentences import case_sentence
from insek_core.rules.time.meetings import unscheduled, upcoming
from insek_core.views import goals, tables, timetables, variants
from insek_core.views.charts import money, time
from pages.shell.session import OpenPlan, open_plan
from pages.shell.widgets import NO_YEARS, chart, note, shelf, show, told, years_known

NAMES = {"haushalt": "Haushalt", "zeitplan": "Zeitplan", "zielsystem": "Zielsystem", "gremien": "Beteiligung"}


def situation(now: OpenPlan) -> None:
    """Each sentence with its mark, a link to its screen and its working; details unfold."""
    with st.container(border=True, key="lage"):
        st.subheader("Lage", anchor=False)
        link = Markup(" <a href='{}' target='_self'>{} →</a>")
        links = {screen: link.format(screen, name) for screen, name in NAMES.items()}
        chief, detail = ([s for s in now.found.situation if s.chief is wanted] for wanted in (True, False))
        rows = [told(s.text, s.assumed, s.figures, more=links[s.screen]) for s in (*chief, *detail)]
        show(Markup().join(rows[: len(chief)]))
        if detail:
            words = count(len(detail), "weiterer Satz", "weitere Sätze")
            show(variants.folded(f"{words} zur Lage", Markup().join(rows[len(chief) :])))


def following(now: OpenPlan) -> None:
    """What comes next, with date in words and who."""
    with st.container(border=True, key="naechstes"):
        st.subheader("Als Nächstes", anchor=False)
        steps = (*upcoming(now.found.agenda, now.found.today, limit=4), *unscheduled(now.found.agenda, limit=2))
        rows = timetables.steps(steps).texts()
        row = Markup("<tr><th scope='row'>{}</th><td>{}</td><td class='wer'>{}</td></tr>")
        body = Markup().join(row.format(*texts) for texts in rows)
        show(
            Markup("<table class='termine'><tbody>{}</tbody></table>").format(body)
            if rows
            else Markup("<p>Es ist kein Termin eingetragen. Termine werden unter „Daten“ angelegt.</p>")
        )
        if any(step.assumed for step in steps):
            show(told("◌ Termin angenommen", kind="herkunft"))


def unsettled(now: OpenPlan) -> None:
    """Open questions: the ceiling, missing annexes, undated events, errors."""
    st.subheader("Ungeklärt", anchor=False)
    open_points = [p for p in now.plan.statements if p.kind == "Offener Punkt" and not p.settled_on]
    # a paper that comes later than entered is settled, only late: Zeitplan tells it
    found = [f for f in now.found.findings if f.table != "readings"]
    most = max(4, min(8, sum(f.level != "notice" for f in found)))  # every warning, and no wall of them
    points = [f.message for f in found[:most]]
    if len(found) > most:
        points.append(f"{count(len(found) - most, 'weiterer Befund', 'weitere Befunde')} unter „Alle Befunde“")
    points.append(f"Veranstaltungen ohne genaues Datum: {now.found.participation.undated}")
    points.append(f"Offene Punkte der Vorlage: {len(open_points)}")
    rows = Markup().join(Markup("<li>{}</li>").format(point) for point in points)
    show(Markup("<ul class='ungeklaert'>{}</ul>").format(rows))


now = open_plan()
show(Markup("<h1 class='unsichtbar'>Überblick</h1>"))
top_left, top_right = st.columns([0.58, 0.42])
with top_left:
    situation(now)
with top_right:
    following(now)
left, right = st.columns([0.46, 0.54])
with left:
    st.subheader("Geld", anchor=False)
    if years_known(now.found):
        chart("years", now, lambda: money.years_chart(now.found, 165), money.years_text(now.found))
        if case := case_sentence(now.found.funding):
            note(case.text)
    elif now.plan.cost_items:
        st.info(NO_YEARS)
    else:
        st.info("Noch keine Kosten eingetragen. Unter „Daten“ → Kostenpositionen anlegen.")
with right:
    st.subheader("Zeit", anchor=False)
    if now.plan.phases:
        chart("ribbon", now, lambda: time.ribbon(now.plan, now.found, 165), time.gantt_text(now.plan, now.found))
    else:
        st.info("Noch keine Phasen eingetragen. Unter „Daten“ → Phasen anlegen.")
left, right = st.columns([0.585, 0.415])
with left:
    st.subheader("Ziele: Stufen der Verbindlichkeit", anchor=False)
    if now.found.goals.ladders:
        show(goals.ladder(now.found.goals, with_missing=False))
    else:
        st.info("Noch keine Ziele eingetragen. Unter „Daten“ → Ziele anlegen.")
with right:
    unsettled(now)
shelf(
    now,
    ("Alle Befunde", lambda: tables.findings(now.found.findings)),
    ("Alle Termine und offenen Punkte", lambda: timetables.steps(now.found.agenda)),
)
