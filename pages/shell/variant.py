"""The Variante being tried: its changes live in the session and in the address; controls read and write them there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from markupsafe import Markup

from insek_core.change.answers import answers
from insek_core.change.consequences import Consequences, consequences
from insek_core.change.scenario import Change, apply, parse_all, with_change, without, words
from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import count
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.places.indicators import Slice
from insek_core.storage.store import city_slices
from insek_core.views.variants import strip
from pages.shell.session import ADDRESS, SESSION, OpenPlan, numbered, open_plan, texts
from pages.shell.widgets import show

STAND = "stand"
MOVING = ("was-waere-wenn", "praesentation")  # screens that show the bar themselves, as it moves there


@dataclass(frozen=True)
class Base:
    """What changes are tried on: a version of the plan with its statistics and assessment. Holds no open database."""

    plan: Plan
    found: Assessment
    slices: tuple[Slice, ...]
    version: int
    key: tuple[Any, ...]

    @staticmethod
    def of(now: OpenPlan) -> "Base":
        """The plan of the version that the address names; the newest where it names none that is kept."""
        version = numbered(STAND, now.version.number) or now.version.number
        return _base((*now.key, version), version, now)


@st.cache_resource(max_entries=16, show_spinner=False)
def _base(key: tuple[Any, ...], version: int, _now: OpenPlan) -> Base:
    plan = _now.plan if version == _now.version.number else _now.store.load(version)
    slices = city_slices(_now.store, plan)
    found = _now.found if plan is _now.plan else assess(plan, slices, _now.found.today)
    return Base(plan, found, slices, version, key)


@dataclass(frozen=True)
class TriedVariant:
    """The plan with its changes: plan, assessment, what differs, findings about the changes."""

    plan: Plan
    changes: tuple[Change, ...]
    found: Assessment
    told: Consequences
    findings: tuple[Finding, ...]


def put(changes: Sequence[Change]) -> None:
    """Try these changes."""
    st.session_state[SESSION] = tuple(change.text for change in changes)


def to_address(version: int) -> None:
    """Let the address carry the changes and the version, so that a reload and a link keep them."""
    kept = ";".join(texts())
    wanted = {ADDRESS: kept, STAND: str(version)} if kept else {}
    for name in (ADDRESS, STAND):
        if name in wanted and st.query_params.get(name) != wanted[name]:
            st.query_params[name] = wanted[name]
        elif name not in wanted and name in st.query_params:
            del st.query_params[name]


@st.cache_resource(max_entries=64, show_spinner=False)
def _tried(key: tuple[Any, ...], wanted: tuple[str, ...], _base: Base) -> TriedVariant:
    changes, unread = parse_all(wanted)
    done = apply(_base.plan, changes)
    after = assess(done.plan, _base.slices, _base.found.today) if done.changes else _base.found
    return TriedVariant(done.plan, done.changes, after, consequences(_base.found, after), (*unread, *done.findings))


def tried_texts(base: Base, wanted: tuple[str, ...]) -> TriedVariant:
    """What these changes do to the base."""
    return _tried(base.key, wanted, base)


def tried(base: Base) -> TriedVariant:
    """What the changes being tried do to the base."""
    return tried_texts(base, texts())


def setting(key: str, target: str = "") -> Any:
    """The value of a change being tried, None where it is not among them."""
    changes, _ = parse_all(texts())
    return next((c.value for c in changes if (c.key, c.target) == (key, target)), None)


def control(
    widget: str, key: str, target: str, value: Any, change_of: Callable[[Any], Change | None]
) -> dict[str, Any]:
    """Arguments that bind a widget to a change: it shows `value`; what is set with it becomes the change (None: no
    change).
    """
    # set only what differs: what is set overtakes a slider that is still moving
    if st.session_state.get(widget) != value:
        st.session_state[widget] = value

    def take() -> None:
        changes, _ = parse_all(texts())
        new = change_of(st.session_state[widget])
        put(without(changes, key, target) if new is None else with_change(changes, new))

    return {"key": widget, "on_change": take}


def several(widget: str, key: str, targets: Sequence[str]) -> dict[str, Any]:
    """Arguments that bind a widget of many choices to changes without a value, one for each target that is chosen."""
    changes, _ = parse_all(texts())
    value = [c.target for c in changes if c.key == key and c.target in targets]
    if st.session_state.get(widget) != value:
        st.session_state[widget] = value

    def take() -> None:
        made, _ = parse_all(texts())
        rest = [c for c in made if c.key != key or c.target not in targets]
        put([*rest, *(Change(key, target, None) for target in st.session_state[widget])])

    return {"key": widget, "on_change": take}


def trying() -> tuple[Base, TriedVariant] | None:
    """What is tried and on what, for screens that show both; None where nothing is tried."""
    return (base, tried(base)) if texts() and (base := Base.of(open_plan())) else None


def shown() -> tuple[OpenPlan, Base | None]:
    """What a screen draws: the plan as the Variante makes it, and what it was tried on; the plan itself and None where
    nothing is tried.
    """
    now, both = open_plan(), trying()
    if not both:
        return now, None
    base, found = both
    key = f"{now.digest}:{base.version}:{';'.join(texts())}"
    return replace(now, plan=found.plan, found=found.found, digest=key), base


def bar(base: Base, found: TriedVariant) -> None:
    """What is tried and the answers that decide, old → new; of one height, whatever it says."""
    named = [words(base.plan, change) for change in found.changes]
    shown = "; ".join(named[:3]) + (f" und {count(len(named) - 3, 'weitere', 'weitere')}" if len(named) > 3 else "")
    lead = Markup("<b>Variante:</b> {}").format(shown) if named else Markup("Noch keine Variante: so steht der Plan")
    kind = "erprobt" if named else "ruht"
    body = Markup("<section class='variante {}' aria-label='Variante'><p>{}</p>{}</section>")
    show(body.format(kind, lead, strip(answers(base.found, found.found))))
