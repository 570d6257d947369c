"""Step by step: what of the plan is there, what each screen still needs, and the quickest way to enter it."""

import streamlit as st

from insek_core.plan import TABLES
from insek_core.rules.guide import guide, next_step
from insek_core.views import guide as picture
from pages.parts import entering
from pages.shell.help import title
from pages.shell.session import open_plan, say_saved
from pages.shell.widgets import shelf, show, told

now = open_plan()
steps = guide(now.plan)
following = next_step(steps)
title("planung")
missing = following.missing[0] if following.missing else None
text = (
    f"Als Nächstes: {following.title}. Für „{missing[0]}“: {missing[1]}."
    if missing
    else "Alles ist eingetragen, was die Bildschirme brauchen."
)
show(told(text, kind="antwort"))
say_saved()
left, right = st.columns([0.36, 0.64], gap="large")
with left:
    show(picture.steps(steps))
with right:
    titles = {f"{step.number} {step.title}": step for step in steps}
    first = f"{following.number} {following.title}"
    step = titles[st.pills("Schritt", list(titles), default=first, required=True, key="schritt", bind="query-params")]
    table = st.pills(
        "Was eintragen?",
        list(step.tables),
        format_func=lambda name: TABLES[name].one,
        default=step.tables[0],
        required=True,
        key=f"tafel-{step.number}",
    )
    entering.quick(now, table)
shelf(now, kinds=[TABLES[name] for name in step.tables])
