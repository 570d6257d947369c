"""What a screen stands on: the open store, the plan and its assessment (cached by version), the Stichtag, saving."""

from contextvars import ContextVar
from dataclasses import dataclass, replace
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
from insek_core.rules.places.indicators import Slice
from insek_core.storage.embedded import FIRST
from insek_core.storage.plans import is_folder, place, plans_in
from insek_core.storage.shown import shown_slice
from insek_core.storage.store import Store

PLAN = "planung"  # which plan of a folder: in the session and in the address
KEPT = ("autor", "entwurf")
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
        return shown_slice(self.store, self.plan, indicator, year, level)


def database() -> Path:
    """The database of this run: the one that is named, in a folder the plan that the address or the session names, else
    its first one; where the folder holds none, the one that the first start makes there.
    """
    at = place()
    if not is_folder(at):
        return at
    plans = plans_in(at)
    known = {plan.name: plan.path for plan in plans}
    wanted = (st.query_params.get(PLAN, ""), st.session_state.get(PLAN, ""))
    first = plans[0].path if plans else at / f"{FIRST}.sqlite"
    return next((known[name] for name in wanted if name in known), first)


def take_plan(name: str) -> None:
    """Go on with the plan of a folder that has this name: nothing of the one before stays in the session but the author
    and the owner of the drafts.
    """
    for key in [str(key) for key in st.session_state if key not in KEPT]:
        del st.session_state[key]
    st.session_state[PLAN] = name
    st.query_params.clear()


def same_plan(path: Path) -> None:
    """A link may name another plan than the session has: then what was tried on that one is not tried on this."""
    name = path.stem if is_folder(place()) else ""
    if st.session_state.get(PLAN, name) != name:
        for key in (SESSION, "stichtag"):
            st.session_state.pop(key, None)
    st.session_state[PLAN] = name
    if name and len(plans_in(place())) > 1 and st.query_params.get(PLAN) != name:
        st.query_params[PLAN] = name


def clock_day() -> date:
    """Today, by the clock of the place."""
    return datetime.now(ZoneInfo("Europe/Berlin")).date()


def today_of(plan: Plan) -> date:
    """The Stichtag: the one in the address (a change of screen drops it there, so the session keeps it), else the
    plan's, else today.
    """
    text = st.query_params.get("stichtag") or st.session_state.get("stichtag", "")
    clock = clock_day()
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


def in_this_run(now: OpenPlan) -> OpenPlan:
    """The same plan with its database opened anew: a part of a screen that runs again alone does so in another thread,
    and a connection belongs to one.
    """
    store = Store(now.store.path)
    store.read_only = now.store.read_only
    mine = replace(now, store=store)
    opened.set(mine)
    return mine


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


def locked(now: OpenPlan) -> bool:
    """Whether nothing can be saved; then that is said."""
    if now.store.read_only:
        st.warning("Die Datenbank ist schreibgeschützt: Lesen geht, Speichern nicht.")
    return now.store.read_only


def say_saved() -> None:
    """What the run before has saved, said once."""
    if done := st.session_state.pop("gespeichert", ""):
        st.success(done)
