"""A round of judging: what changed, what is contested, to check or open, cell by cell; ends with minutes and work."""

from functools import partial

import streamlit as st

from insek_core.plan.content import Contribution
from insek_core.plan.review import Assignment, Judgement, Review
from insek_core.rules.goals.minutes import agenda_sentence
from insek_core.rules.goals.review import open_review
from pages.parts import cell, review
from pages.shell.help import title
from pages.shell.session import open_plan
from pages.shell.widgets import answer, empty, questions, shelf

now = open_plan()
title("bewertungsrunde")
items = review.agenda_now(now)
answer(agenda_sentence(items))
review.messages()
if not now.plan.contributions:
    empty("Noch keine Zielbeiträge eingetragen.", "Bitte unter „Daten“ Ziele, Maßnahmen und Zielbeiträge anlegen.")
going = open_review(now.plan)
if going is None:
    review.start(now, items)
    review.minutes(now)
else:
    row, why = cell.at(now, going, items)
    if row is not None:
        cell.cell(now, going, row, why, items)
        questions(("Runde beenden", partial(review.finish, now, going)))
    else:
        st.success("Alle Zielbeiträge dieser Runde sind behandelt.")
        review.finish(now, going)
shelf(now, kinds=(Contribution, Judgement, Review, Assignment))
