"""The meeting: full-width slides from the plan, arrow keys, big type, the what-if control inside the slide."""

import streamlit as st
from markupsafe import Markup

from insek_core.rules.figures import Sentence
from insek_core.rules.money.sentences import case_sentence, funding_sentence
from insek_core.rules.situation import delay_sentence, goals_sentence, time_sentence
from insek_core.views import goals
from insek_core.views.charts import money, time
from pages.parts.whatif import controls
from pages.parts.whatif.answers import try_out
from pages.parts.whatif.pictures import pictures
from pages.shell.session import OpenPlan, numbered, open_plan
from pages.shell.variant import Base, TriedVariant, bar, shown, tried
from pages.shell.widgets import NO_YEARS, SLIDE, chart, show, told, years_known

TYPE = 1.35  # type in charts, for the third row
SLIDES = ("Lage", "Geld", "Zeit", "Ziele", "Was wäre, wenn")


STYLE = Markup(
    "<style>.stAppHeader, .st-key-stand {{display: none;}} .stMainBlockContainer {{padding: 1.2rem 1.8rem 0 1.8rem;}}"
    ".st-key-folienbild {{height: calc(100vh - {}rem);}}</style>"
)
WORDS = {"Geld": 14, "Zeit": 21, "Was wäre, wenn": 26}  # rem above and below the picture of a slide
LARGE = Markup("<div class='gross'>{}</div>")


def say(sentence: Sentence) -> None:
    """A sentence for the back row."""
    show(told(sentence.text, sentence.assumed, kind="folientext"))


def situation(now: OpenPlan) -> None:
    """The situation, most important first."""
    for sentence in now.found.situation:
        if sentence.chief:
            say(sentence)


def funds(now: OpenPlan) -> None:
    """Cost, grant and own share by year."""
    say(funding_sentence(now.found.funding))
    if years_known(now.found):
        if case := case_sentence(now.found.funding):
            show(told(case.text, case.assumed, kind="folientext klein"))
        with st.container(key=SLIDE):
            text = money.years_text(now.found)
            chart("folie-geld", now, lambda: money.years_chart(now.found, 420), text, TYPE, fills=True)
    else:
        st.info(NO_YEARS)


def dates(now: OpenPlan) -> None:
    """Phases, sittings and participation."""
    say(time_sentence(now.plan, now.found.timetable, now.found.today))
    if late := delay_sentence(now.plan, now.found.timetable, now.found.today):
        say(late)
    if now.plan.phases:
        with st.container(key=SLIDE):
            text = time.gantt_text(now.plan, now.found)
            chart("folie-zeit", now, lambda: time.ribbon(now.plan, now.found, 420), text, TYPE, fills=True)


def aims(now: OpenPlan) -> None:
    """The ladder of commitment."""
    say(goals_sentence(now.found.goals))
    if now.found.goals.ladders:
        show(LARGE.format(goals.ladder(now.found.goals)))


def question(base: Base, found: TriedVariant) -> None:
    """The pictures, in the type of a slide."""
    pictures(base, found, 300, TYPE)


def what_if(now: OpenPlan) -> None:
    """One assumption moved in front of everybody."""
    try_out(Base.of(open_plan()), 0.24, controls.in_short, question)


DRAW = dict(zip(SLIDES, (situation, funds, dates, aims, what_if), strict=True))

now, base = shown()
at = numbered("folie", len(SLIDES)) or 1
show(STYLE.format(WORDS.get(SLIDES[at - 1], 14) + (7 if base and at < len(SLIDES) else 0)))
head = st.columns([0.62, 0.1, 0.08, 0.1, 0.1], vertical_alignment="center")
with head[0]:
    st.title(SLIDES[at - 1], anchor=False)
back = head[1].button("Zurück", key="folie_zurueck", shortcut="Left", disabled=at == 1, width="stretch")
with head[2]:
    show(told(f"{at} von {len(SLIDES)}", kind="foliennummer"))
on = head[3].button("Weiter", key="folie_weiter", shortcut="Right", disabled=at == len(SLIDES), width="stretch")
if head[4].button("Beenden", shortcut="Esc", width="stretch"):
    st.switch_page("../ueberblick.py")
if back or on:
    st.query_params["folie"] = str(at + (1 if on else -1))
    st.rerun()
if base and at < len(SLIDES):  # the last slide moves its Variante, and shows it as it moves
    bar(base, tried(base))
DRAW[SLIDES[at - 1]](now)
