"""Small pieces that several screens use: marked sentences, "woher?", findings, table twins."""

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any, Literal

import altair as alt
import pandas as pd
import streamlit as st
from markupsafe import Markup

from insek_core.plan import Plan
from insek_core.plan.content import Statement
from insek_core.plan.errors import Finding
from insek_core.plan.record import Record
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure, Sentence
from insek_core.views import tables
from insek_core.views.glossary import Explainer
from insek_core.views.table import Table
from insek_core.views.theme import enlarged
from insek_core.views.words import quotes_html, working_html
from pages.shell.session import OpenPlan, opened

explaining: ContextVar[Explainer | None] = ContextVar("explaining", default=None)  # of the screen that is drawn
MARK = Markup(" <span class='annahme'>◌ Annahme</span>")


def show(markup: Markup) -> None:
    """HTML on the screen. It takes markup only: a text becomes markup by being filled in, and is escaped by that."""
    st.html(markup)  # noqa: TID251


def told(
    text: str, assumed: bool = False, figures: Sequence[Figure] = (), *, more: str = "", kind: str = "satz"
) -> Markup:
    """A sentence as HTML: its mark where it rests on an assumption, `more` behind it, its working behind "woher?"."""
    sentence = Markup("<p class='{}'>{}{}{}</p>").format(kind, text, MARK if assumed else "", more)
    return Markup("<div class='zeile'>{}{}</div>").format(sentence, woher(tuple(figures))) if figures else sentence


def _explained(text: str, assumed: bool, figures: Sequence[Figure], kind: str = "satz") -> Markup:
    """A sentence as `told`, with the terms that the screen explains here for the first time."""
    words, opened = (explaining.get() or Explainer()).html(text)
    return told(words, assumed, figures, kind=kind) + opened


def answer(sentence: Sentence) -> None:
    """The answer of a screen: a large sentence with its mark and its working."""
    show(_explained(sentence.text, sentence.assumed, sentence.figures, kind="antwort"))


def note(text: str, assumed: bool = False, figures: Sequence[Figure] = ()) -> None:
    """A smaller sentence with its mark and its working."""
    show(_explained(text, assumed, figures))


def notes(sentences: Iterable[Sentence | None]) -> None:
    """Several sentences as one piece of the page; what is None says nothing."""
    show(Markup().join(_explained(one.text, one.assumed, one.figures) for one in sentences if one))


def woher(figures: tuple[Figure, ...]) -> Markup:
    """A button as HTML that opens the working of figures: rule, operands, source, evidence, the lines of the paper they
    cite. The browser opens it, without a rerun.
    """
    return _woher(figures, opened.get().paper)


@lru_cache(maxsize=256)
def _woher(figures: tuple[Figure, ...], paper: tuple[str, ...]) -> Markup:
    working = working_html(figures)
    name = f"w-{sha256(working.encode()).hexdigest()[:12]}"
    return Markup(
        "<button class='knopf' popovertarget='{0}'>woher?</button>"
        "<div class='woher' id='{0}' popover tabindex='0'><ul>{1}</ul>{2}</div>"
    ).format(name, working, quotes_html(figures, paper))


def findings_table(findings: Iterable[Finding]) -> None:
    """Findings as a table, errors first; nothing if there are none."""
    table = tables.findings(findings)
    if table.rows:
        show(table.to_html())


def empty(what: str, todo: str) -> None:
    """The empty state of a screen: what is missing and what to do next."""
    st.info(f"{what} {todo}")


NO_YEARS = "Kein Bild möglich: Beträge, Jahre oder Fördersatz fehlen. Bitte unter „Daten“ ergänzen."


def years_known(found: Assessment) -> bool:
    """Whether a year has an amount that can be drawn."""
    years = [y for y in found.funding.years if y.year is not None]
    return any(y.grant.value or y.own_share.value or (y.grant.value == 0 and y.third_party.value) for y in years)


@st.cache_resource(max_entries=120, show_spinner=False)
def _built(name: str, key: tuple[Any, ...], _build: Callable[[], Any]) -> Any:
    return _build()


def kept(name: str, now: OpenPlan, build: Callable[[], Any]) -> Any:
    """Something worked out once for each state of the plan."""
    return _built(name, now.key, build)


# rows stand in the specification: for some hundred of them the browser is quicker than with Arrow beside it
alt.data_transformers.enable("default", max_rows=None)
alt.data_transformers.consolidate_datasets = False


def _finished(build: Callable[[], Any], times: float) -> dict[str, Any]:
    """A picture as Vega-Lite specification: `st.altair_chart` would write and check it anew on each run (20 to 90
    ms).
    """
    picture = build()
    return enlarged(picture.to_dict(), times) if picture is not None else {}


SLIDE = "folienbild"  # the container of a slide's pictures: it takes the height that the words leave


def chart(
    name: str, now: OpenPlan, build: Callable[[], Any], description: str, times: float = 1.0, *, fills: bool = False
) -> bool:
    """A picture, built once for each state of the plan, with its German description; its type `times` as large; one
    that `fills` is as high as what holds it.

    Whether there was anything to draw: `build` may give None.
    """
    spec = dict(_built(name, now.key, partial(_finished, build, times)))
    if spec:
        height: Literal["stretch", "content"] = "stretch" if fills else "content"
        st.vega_lite_chart(spec=spec, width="stretch", height=height, theme=None, alt=description, key=f"bild-{name}")
    return bool(spec)


def moving(
    name: str,
    spec: dict[str, Any],
    rows: dict[str, pd.DataFrame],
    description: str,
    picked: Callable[[str], None] | None = None,
    *,
    fills: bool = False,
) -> None:
    """A picture whose specification stays and whose rows move; one that `fills` is as high as what holds it. What a
    click chooses in it goes to `picked`, by the picture's key in the session.
    """
    height: Literal["stretch", "content"] = "stretch" if fills else "content"
    key = f"bild-{name}"
    st.vega_lite_chart(
        spec={**spec, "datasets": rows},
        width="stretch",
        height=height,
        theme=None,
        alt=description,
        key=key,
        on_select=partial(picked, key) if picked else "ignore",
    )


def questions(*asked: tuple[str, Callable[[], None]]) -> None:
    """What is drawn when somebody asks for it: a button each; what is open stands in the address."""
    known = dict(asked)
    for title in st.pills(
        "Nachfragen",
        list(known),
        selection_mode="multi",
        key="fragen",
        bind="query-params",
        label_visibility="collapsed",
    ):
        known[title]()


Titled = tuple[str, Callable[[], Table]]


def shelf(
    now: OpenPlan,
    *found: Titled,
    kinds: Sequence[type[Record]] = (),
    opened: Sequence[str] = (),
    key: tuple[Any, ...] = (),
) -> None:
    """The tables behind a screen and the plan's rows of these kinds, with source and evidence: folded, for that keeps a
    screen light; a button each, a pressed one shows its table.

    `key` is what the tables depend on beside the plan.
    """
    rows = [
        (kind.sheet, partial(tables.records, now.plan, held, kind))
        for kind in kinds
        if (held := now.plan.rows(kind.table))
    ]
    known: dict[str, Callable[[], Table]] = dict([*found, *rows])
    if not st.toggle("Tabellen dahinter", value=bool(opened), key="dahinter"):
        return
    for title in st.pills(
        "Tabellen dahinter",
        list(known),
        selection_mode="multi",
        default=opened,
        key="tafeln",
        label_visibility="collapsed",
    ):
        show(_built(f"tafel-{title}", (*now.key, *key), partial(_titled, title, known[title])))
    if missing := [kind.sheet for kind in kinds if not now.plan.rows(kind.table)]:
        st.caption(f"Noch kein Eintrag: {', '.join(missing)}.")


def statements(plan: Plan, title: str, *kinds: str) -> Titled:
    """What the paper says of these kinds, for the shelf."""
    return f"{title} der Ratsvorlage", lambda: tables.records(
        plan, [s for s in plan.statements if s.kind in kinds], Statement
    )


def _titled(title: str, build: Callable[[], Table]) -> Markup:
    return Markup("<h2 class='tafeltitel'>{}</h2>{}").format(title, build().to_html())
