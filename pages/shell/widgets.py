"""Small pieces that several screens use: marked sentences, "woher?", findings, table twins."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.plan.errors import Finding
from insek_core.plan.german import count
from insek_core.plan.record import Record
from insek_core.rules.areas import lineage
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure
from insek_core.rules.indicators import Slice
from insek_core.rules.situation import Sentence
from insek_core.storage.example import paper_lines
from insek_core.views import tables
from insek_core.views.words import quotes_html, working_html

if TYPE_CHECKING:
    from pages.shell.session import Current

MARK = " <span class='annahme'>◌ Annahme</span>"


def _told(html: str, figures: Sequence[Figure]) -> None:
    """A sentence with its working beside it."""
    if not figures:
        st.html(html)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.html(html)
        woher(figures)


def answer(sentence: Sentence) -> None:
    """The answer of a screen: a large sentence, marked where it rests on an assumption, with its working behind "woher?"."""
    _told(f"<p class='antwort'>{escape(sentence.text)}{MARK if sentence.assumed else ''}</p>", sentence.figures)


def note(text: str, assumed: bool, figures: Sequence[Figure] = (), *, more: str = "") -> None:
    """A smaller sentence with its mark and its working; `more` is HTML behind it."""
    _told(f"<p class='satz'>{escape(text)}{MARK if assumed else ''}{more}</p>", figures)


def woher(figures: Sequence[Figure], label: str = "woher?") -> None:
    """A button that opens the working of figures: rule, operands, source, evidence."""
    if figures:
        with st.popover(label, type="tertiary"):
            working = "".join(working_html(figure) for figure in figures)
            st.html(f"<div class='woher' tabindex='0'><ul>{working}</ul>{quotes_html(figures, paper_lines())}</div>")


def findings_table(findings: Iterable[Finding]) -> None:
    """Findings as a table, errors first; nothing if there are none."""
    frame = tables.findings(findings)
    if len(frame):
        st.html(tables.html(frame))


def _title(title: str, rows: int) -> str:
    return f"{title} ({count(rows, 'Zeile', 'Zeilen')})"


def twin(frame: pd.DataFrame, title: str = "Als Tabelle", *, expanded: bool = False) -> None:
    """The table twin of a picture, folded."""
    with st.expander(_title(title, len(frame)), expanded=expanded):
        st.html(tables.html(frame))


def empty(what: str, todo: str) -> None:
    """The empty state of a screen: what is missing and what to do next."""
    st.info(f"{what} {todo}")


NO_YEARS = "Kein Bild möglich: Beträge, Jahre oder Fördersatz fehlen. Bitte unter „Daten“ ergänzen."


def years_known(found: Assessment) -> bool:
    """Whether a year has an amount that can be drawn."""
    return any(y.year is not None and (y.grant.value or y.own_share.value) for y in found.funding.years)


@st.cache_resource(max_entries=60, show_spinner=False)
def _built(name: str, key: tuple[Any, ...], _build: Callable[[], Any]) -> Any:
    return _build()


def chart(name: str, now: "Current", build: Callable[[], Any], description: str) -> None:
    """A picture, built once for each state of the plan, with its German description."""
    st.altair_chart(_built(name, now.key, build), width="stretch", theme=None, alt=description, key=f"bild-{name}")


def folded(title: str, rows: int, name: str, key: tuple[Any, ...], build: Callable[[], pd.DataFrame]) -> None:
    """A folded table whose HTML is built once for a name and key."""
    with st.expander(_title(title, rows)):
        st.html(_built(f"tafel-{name}", key, lambda: tables.html(build())))


def inventory(now: "Current", *kinds: type[Record]) -> None:
    """The plan's rows behind a screen, each table folded, with source and evidence."""
    st.subheader("Einträge der Planung", anchor=False)
    for kind in kinds:
        rows = now.plan.rows(kind.table)
        if rows:
            folded(kind.sheet, len(rows), kind.table, now.key, partial(tables.records, now.plan, rows, kind))
        else:
            st.caption(f"{kind.sheet}: noch kein Eintrag.")


def legend(rows: Iterable[tuple[str, str]]) -> None:
    """Colours with their words."""
    items = "".join(
        f"<div><span class='farbe' style='background:{colour}'></span>{escape(words)}</div>" for colour, words in rows
    )
    st.html(f"<div class='legende'>{items}</div>")


def take_picked_area() -> None:
    """Carry an area picked on the map into the list beside it, which the keyboard reaches too."""
    picked = st.session_state.get("karte")
    objects = picked["selection"]["objects"].get("gebiete", []) if picked else []
    if objects:
        st.session_state["gebiet"] = objects[0]["properties"]["area"]


def choose_area(plan: Plan, found: Slice) -> str:
    """The list of areas; its choice stands in the address."""
    ids = [value.area for value in found.values]
    return str(
        st.selectbox(
            "Gebiet (auch durch Klick in die Karte)", ids, format_func=plan.name, key="gebiet", bind="query-params"
        )
    )


def district_sheet(now: "Current", area_id: str, indicators: Sequence[Indicator], found: Slice) -> None:
    """One district: where it lies and its figures of the year."""
    place = " · ".join(area.name for area in lineage(now.plan, area_id))
    st.html(f"<p class='satz'>{escape(place)}</p>")
    slices = [(one, now.slice(one, found.year, found.level)) for one in indicators]
    st.html(tables.html(tables.district(now.plan, area_id, slices, found.year)))
