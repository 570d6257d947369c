"""What a screen stands on: the open store, the plan and its assessment (cached by version), the Stichtag, saving."""

import os
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st

from insek_core.change.difference import Difference
from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.plan.errors import Unreadable
from insek_core.plan.german import parse_date, plain_number
from insek_core.plan.version import Version
from insek_core.rules.assessment import Assessment, near_day, reference_date
from insek_core.rules.places.indicators import Slice, visible
from insek_core.storage.store import Store

SESSION, ADDRESS = "aenderungen", "var"  # the changes being tried: in the session, in the address


LONGEST = 4_000  # characters of changes an address may carry


@dataclass(frozen=True)
class OpenPlan:
    """The plan a screen shows (and its digest), its version and assessment; `outside` was written past the programme,
    `paper` are the lines of the council paper that sources cite.
    """

    store: Store
    version: Version
    plan: Plan
    digest: str
    found: Assessment
    outside: tuple[Difference, ...]
    paper: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, date]:
        """Stands for everything a finished chart depends on."""
        return str(self.store.path), self.digest, self.store.statistics, self.found.today

    def slice(self, indicator: Indicator, year: int, level: str) -> Slice:
        """The values of an indicator as they may be shown, small counts hidden."""
        return visible(
            self.store.slice(indicator.id, year, level), indicator, self.plan.setting("small_number_threshold", "3")
        )


def database() -> Path:
    """The file INSEK_DB names, else insek.sqlite where the app was started."""
    return Path(os.environ.get("INSEK_DB", "insek.sqlite"))


def today_of(plan: Plan) -> date:
    """The Stichtag: the one in the address (a change of screen drops it there, so the session keeps it), else the
    plan's, else today.
    """
    text = st.query_params.get("stichtag") or st.session_state.get("stichtag", "")
    clock = datetime.now(ZoneInfo("Europe/Berlin")).date()
    try:
        day = near_day(parse_date(text), plan, clock)
        st.session_state["stichtag"] = text
        if "stichtag" not in st.query_params:
            st.query_params["stichtag"] = text
        return day
    except Unreadable:
        return reference_date(plan, clock)


opened: ContextVar[OpenPlan] = ContextVar("opened")  # by the frame, for the page in the same run


def open_plan() -> OpenPlan:
    """The newest plan with its assessment, as the frame of this run has opened it."""
    return opened.get()


def numbered(name: str, most: int) -> int:
    """The whole number from 1 to `most` that the address gives a name; 0 where it gives none or something else."""
    number = plain_number(st.query_params.get(name, "")) or 0
    return number if number <= most else 0


def texts() -> tuple[str, ...]:
    """The changes being tried as texts: those of the session, else those of the address a link opened."""
    if SESSION not in st.session_state:
        st.session_state[SESSION] = tuple(
            text for text in st.query_params.get(ADDRESS, "")[:LONGEST].split(";") if text
        )
    return tuple(st.session_state[SESSION])
