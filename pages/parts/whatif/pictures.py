"""The pictures of the what-if screen and its slide: time, the own share over the cost, the years, the way from one own
share to the other.
"""

import streamlit as st
from markupsafe import Markup

from insek_core.rules.money.curve import curve
from insek_core.rules.money.sentences import case_sentence
from insek_core.views import goalmoves
from insek_core.views.charts import kinks, live, money, shift, waterfall, yearbars
from insek_core.views.theme import enlarged
from pages.shell.variant import Base, TriedVariant
from pages.shell.widgets import SLIDE, moving, note, show, told, years_known


def pictures(base: Base, found: TriedVariant, height: int = 290, times: float = 1.0) -> None:
    """Two pictures that follow the question: where time moves, plan against Variante as bars; where money does, the
    own share over the cost; where goals do, their rungs; beside a single one the years.
    """
    later, dearer = shift.moves(base.found, found.found), _dearer(base, found)
    backed = bool(goalmoves.goal_moves(base.found.goals, found.found.goals))
    asked = ((later, _shifted), (dearer, _kinked), (backed, _climbed))
    shown = [draw for wanted, draw in asked if wanted][:2] or [_kinked]
    shown += [_yearly] if len(shown) == 1 and years_known(found.found) else []
    with st.container(key=SLIDE if times > 1 else "bilder"):
        for column, draw in zip(st.columns(len(shown), gap="medium"), shown, strict=True):
            with column:
                draw(base, found, height, times)


def _dearer(base: Base, found: TriedVariant) -> bool:
    old, new = base.found.funding, found.found.funding
    return any(
        getattr(old, name).value != getattr(new, name).value for name in ("total", "grant", "own_share", "next_euro")
    )


def _shifted(base: Base, found: TriedVariant, height: int, times: float) -> None:
    st.header("Plan (blass) und Variante in der Zeit", anchor=False)
    rows = shift.shift_rows(base.found, found.found, 0.4 if times == 1 else 0.75)  # larger type needs more room
    moving(
        "zeit",
        enlarged(shift.shift_spec(height), times),
        rows,
        shift.shift_text(rows),
        fills=times > 1,
    )


def _kinked(base: Base, found: TriedVariant, height: int, times: float) -> None:
    st.header("Eigenanteil über den Kosten", anchor=False)
    shape = curve(found.plan, found.found.funding, _reach(base, found))
    if shape is None:
        st.info("Kein Bild: Kosten oder Förderbedingungen sind unbekannt, oder es gibt mehrere Programme.")
        return
    money_ = found.found.funding
    own = money_.both(money_.own_share, money_.own_share_if_growing)
    words = f"Eigenanteil und Förderung über den Gesamtkosten; Variante: Eigenanteil {own}."
    rows = kinks.kink_rows(shape, base.found, found.found)
    moving("knick", enlarged(kinks.kink_spec(height), times), rows, words, fills=times > 1)


def _climbed(base: Base, found: TriedVariant, height: int, times: float) -> None:
    st.header("Stufen der Ziele: was bleibt, was entfällt", anchor=False)
    show(goalmoves.moved_ladder(goalmoves.goal_moves(base.found.goals, found.found.goals)))


def _yearly(base: Base, found: TriedVariant, height: int, times: float) -> None:
    st.header("Jahre gegen die Ansätze: Plan (blass) und Variante", anchor=False)
    rows = yearbars.years_rows(base.found, found.found)
    moving("jahre", enlarged(yearbars.years_spec(height), times), rows, money.years_text(found.found), fills=times > 1)
    case = case_sentence(found.found.funding)
    show(Markup("<div class='fallfeld'>{}</div>").format(told(case.text) if case else ""))


def _reach(base: Base, found: TriedVariant) -> tuple[int, int] | None:
    totals = [f.funding.total.value for f in (base.found, found.found)]
    known = [t for t in totals if isinstance(t, int)]
    return (int(min(known) * 0.75), int(max(known) * 1.2)) if known else None


def falls(base: Base, found: TriedVariant) -> bool:
    """Whether there is a way from one own share to the other to draw."""
    old, new = base.found.funding, found.found.funding
    amounts = (f for money_ in (old, new) for f in (money_.total, money_.grant, money_.own_share, money_.third_party))
    return old.own_share.value != new.own_share.value and live.known(*amounts)


def way(base: Base, found: TriedVariant) -> None:
    old, new = base.found.funding, found.found.funding
    st.header("Vom Eigenanteil des Plans zu dem der Variante", anchor=False)
    words = f"Eigenanteil: von {old.own_share.show()} auf {new.both(new.own_share, new.own_share_if_growing)}."
    moving("wasserfall", waterfall.waterfall_spec(), waterfall.waterfall_rows(base.found, found.found), words)
    if new.differs:
        note(words)
