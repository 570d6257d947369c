"""What the goals lack: narrowed by type, office, Zielbereich, theme and district, and lists of it to take home."""

from collections.abc import Callable, Iterable
from functools import partial

import streamlit as st

from insek_core.exchange.formats import XLSX
from insek_core.exchange.origin import origin_of
from insek_core.exchange.workbook.office import office_workbook
from insek_core.papers.lists import gap_list
from insek_core.rules.goals.gaps import GAP_TYPES, By, Gap, GapFilter, gaps, matching
from insek_core.rules.goals.sentences import gaps_sentence
from insek_core.views import goaltables
from pages.shell.session import OpenPlan, open_plan
from pages.shell.widgets import empty, kept, note, show

FILTERS: tuple[tuple[str, str, By], ...] = (
    ("Von wem", "von", "office"),
    ("Zielbereich", "zielbereich", "area"),
    ("Querschnitts- oder Förderthema", "thema", "theme"),
    ("Ortsteil", "ortsteil", "district"),
)


def gaps_now(now: OpenPlan) -> tuple[Gap, ...]:
    """The gaps of the goals, worked out once."""
    found: tuple[Gap, ...] = kept("luecken", now, lambda: gaps(now.plan, now.found.goals.ladders))
    return found


def to_fill(saved: OpenPlan, office: str) -> Callable[[], bytes]:
    """What writes the workbook that an office fills and sends back; the office by its id, by its words where the plan
    names only a role.
    """
    lacking = tuple(gap for gap in gaps_now(saved) if (gap.office or gap.from_whom) == office)
    number, origin = saved.version.number, origin_of(saved.store, saved.version)
    return partial(office_workbook, saved.plan, number, office, origin, lacking=lacking, today=saved.found.today)


def _choice(now: OpenPlan, label: str, key: str, found: Iterable[str]) -> str:
    """One of what occurs, by name; it stands in the address."""
    options = sorted(set(found) - {""}, key=now.plan.name)
    return str(
        st.selectbox(
            label, ["", *options], format_func=lambda one: now.plan.name(one) or "alle", key=key, bind="query-params"
        )
    )


def _filters(now: OpenPlan, every: tuple[Gap, ...]) -> GapFilter:
    types = st.pills("Art der Lücke", GAP_TYPES, selection_mode="multi", key="lueckenart", bind="query-params")
    found = []
    for column, (label, key, by) in zip(st.columns(4), FILTERS, strict=True):
        with column:
            found.append(_choice(now, label, key, (one for gap in every for one in gap.keys(by))))
    office, area, theme, district = found
    return GapFilter(types=tuple(types), office=office, area=area, theme=theme, district=district)


def missing(now: OpenPlan) -> None:
    """The gaps by office; what they are narrowed by stands in the address."""
    st.header("Was fehlt, und von wem?", anchor=False)
    every = gaps_now(now)
    if not every:
        empty("Keine Lücken bekannt.", "Ziele und ihre Nachweise stehen unter „Daten“.")
        return
    wanted = _filters(now, every)
    shown = matching(every, wanted)
    told = gaps_sentence(shown, every)
    note(told.text, told.assumed)
    show(goaltables.gaps(now.plan, shown).to_html())
    _take_home(now, wanted, shown)


def _take_home(now: OpenPlan, wanted: GapFilter, shown: tuple[Gap, ...]) -> None:
    """What is shown as a workbook; where an office is chosen, also the workbook that it fills and sends back. A file is
    written by another thread when somebody asks for it, so that nothing in it may open the database.
    """
    number = now.version.number
    with st.container(horizontal=True):
        st.download_button(
            "Liste herunterladen, wie gezeigt (.xlsx)",
            data=partial(gap_list, now.plan, now.found.today, number, wanted, shown),
            file_name="Luecken.xlsx",
            mime=XLSX,
        )
        if wanted.office and shown:
            office = shown[0].office or wanted.office
            st.download_button(
                "Mappe zum Ausfüllen für dieses Amt (.xlsx)",
                data=to_fill(open_plan(), office),
                file_name=f"Ruecklauf-{office}.xlsx",
                mime=XLSX,
            )
    if not wanted.office:
        st.caption("Für eine Mappe zum Ausfüllen bitte unter „Von wem“ ein Amt wählen.")
