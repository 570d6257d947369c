"""The first screen: the situation in sentences, what comes next, money, time, goals, what is unsettled."""

from pathlib import Path

import streamlit as st
from markupsafe import Markup

from insek_core.plan.german import count
from insek_core.rules.time.meetings import unscheduled, upcoming
from insek_core.views import tables, timetables, variants
from insek_core.views.charts import money, time
from insek_core.views.headline import headline, leading
from pages.shell.help import title
from pages.shell.session import OpenPlan
from pages.shell.variant import Base, shown
from pages.shell.widgets import NO_YEARS, chart, note, shelf, show, told, woher, years_known

SCREENS = {"haushalt": "Haushalt", "zeitplan": "Zeitplan", "zielsystem": "Zielsystem", "gremien": "Gremien"}
PAGES = Path(__file__).parent


def situation(now: OpenPlan, base: Base | None) -> None:
    """The own share large, three sentences with the way to their screen, the others folded."""
    with st.container(border=True, key="lage"):
        money_ = now.found.funding
        working = woher(money_.working)
        show(headline(base.found.funding, money_, working) if base else headline(money_, more=working))
        lead = leading(now.found.situation, now.found.funding)
        for sentence in lead:
            left, right = st.columns([0.85, 0.15], vertical_alignment="center")
            with left:
                note(sentence.text, sentence.assumed, sentence.figures)
            right.page_link(PAGES / f"{sentence.screen}.py", label=f"{SCREENS[sentence.screen]} →")
        if rest := [s for s in now.found.situation if s not in lead]:
            words = count(len(rest), "weiterer Satz", "weitere Sätze")
            rows = Markup().join(told(s.text, s.assumed, s.figures) for s in rest)
            show(variants.folded(f"{words} zur Lage", rows))


def following(now: OpenPlan) -> None:
    """What comes next, with date in words and who."""
    with st.container(border=True, key="naechstes"):
        st.header("Als Nächstes", anchor=False)
        steps = (*upcoming(now.found.agenda, now.found.today, limit=4), *unscheduled(now.found.agenda, limit=1))
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
    st.header("Ungeklärt", anchor=False)
    open_points = [p for p in now.plan.statements if p.kind == "Offener Punkt" and not p.settled_on]
    # a paper that comes later than entered is settled, only late: Zeitplan tells it
    found = [f for f in now.found.findings if f.table != "readings"]
    most = max(3, min(6, sum(f.level != "notice" for f in found)))  # every warning, and no wall of them
    points = [f.message for f in found[:most]]
    if len(found) > most:
        points.append(f"{count(len(found) - most, 'weiterer Befund', 'weitere Befunde')} unter „Alle Befunde“")
    points.append(f"Veranstaltungen ohne genaues Datum: {now.found.participation.undated}")
    points.append(f"Offene Punkte der Ratsvorlage: {len(open_points)}")
    rows = Markup().join(Markup("<li>{}</li>").format(point) for point in points)
    show(Markup("<ul class='ungeklaert'>{}</ul>").format(rows))


now, base = shown()
left, right = st.columns([0.82, 0.18], vertical_alignment="center")
with left:
    title("ueberblick", f"{now.plan.title}: Kosten, Zeit und Ziele im Blick")
with right.container(key="praesentieren"):
    st.page_link(PAGES / "praesentation.py", label="Präsentieren", width="stretch")
left, right = st.columns([0.6, 0.4])
with left:
    situation(now, base)
with right:
    following(now)
money_, time_, open_ = st.columns([0.34, 0.36, 0.3], gap="medium")
with money_:
    st.header("Geld", anchor=False)
    if years_known(now.found):
        chart("years", now, lambda: money.years_chart(now.found, 165, "◌"), money.years_text(now.found))
    elif now.plan.cost_items:
        st.info(NO_YEARS)
    else:
        st.info("Noch keine Kosten eingetragen. Unter „Daten“ → Kostenpositionen anlegen.")
with time_:
    st.header("Zeit", anchor=False)
    words = time.gantt_text(now.plan, now.found)
    if not chart("ribbon", now, lambda: time.ribbon(now.plan, now.found, 165), words):
        what = "Die Phasen haben noch keine Zeit." if now.plan.phases else "Noch keine Phasen eingetragen."
        st.info(f"{what} Unter „Daten“ → Phasen anlegen.")
with open_:
    unsettled(now)
shelf(
    now,
    ("Alle Befunde", lambda: tables.findings(now.found.findings)),
    ("Alle Termine und offenen Punkte", lambda: timetables.steps(now.found.agenda)),
)
