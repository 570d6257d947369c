"""The map and what stands beside it: only this part runs again when year, classes or area change."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from insek_core.plan.content import Area, Indicator
from insek_core.plan.german import count
from insek_core.rules.places.areas import Outline, drawn_levels, lineage
from insek_core.rules.places.between import between, change_sentence
from insek_core.rules.places.spots import BORDERS, Spot, held_layers, spots
from insek_core.views import placetables
from insek_core.views.maps import bars, vector
from insek_core.views.maps.classes import METHODS, difference_scale, known_values, legend, method_words, scale
from insek_core.views.maps.deck import deck
from insek_core.views.maps.vector import Panel
from pages.shell import outlines
from pages.shell.session import OpenPlan
from pages.shell.widgets import kept, moving, note, shelf, show, statements, told

ONE, TWO, CHANGE, EVERY = "ein Jahr", "zwei Jahre", "Veränderung", "alle Jahre"
CHOSEN = "gebiet"  # the chosen area: in the session and in the address
SIDES = (0.64, 0.36)  # of the width: the map, and what stands beside it
SMALL = 12  # small maps at most, the newest ones


@dataclass(frozen=True)
class Asked:
    """What is asked of the map: indicator, level, years (the earlier first), how they are shown, how classes are
    made, and the chosen area.
    """

    indicator: Indicator
    level: str
    years: tuple[int, ...]
    way: str
    method: Any
    chosen: str


def _years(now: OpenPlan, indicator: str, way: str) -> tuple[int, ...]:
    """The year or years to show, by a slider over those there are."""
    known = now.store.years(indicator)
    if way == EVERY or len(known) == 1:
        return tuple(known[-SMALL:])
    words = [str(year) for year in known]
    if way == ONE:
        return (int(st.select_slider("Jahr", words, value=words[-1], key="jahr", bind="query-params")),)
    span = st.select_slider("Jahre", words, value=(words[0], words[-1]), key="jahre", bind="query-params")
    return int(span[0]), int(span[1])


def ask(now: OpenPlan, known: dict[str, Indicator]) -> Asked:
    """The controls; each stands in the address."""
    columns = st.columns([0.3, 0.24, 0.28, 0.18], vertical_alignment="bottom")
    name = str(
        columns[0].selectbox(
            "Indikator", list(known), format_func=lambda i: known[i].name, key="indikator", bind="query-params"
        )
    )
    levels = drawn_levels(now.plan) or ("Ortsteil",)
    level = columns[1].segmented_control(
        "Ebene", levels, default=levels[0], required=True, key="ebene", bind="query-params"
    )
    ways = (ONE, TWO, CHANGE, EVERY) if len(now.store.years(name)) > 1 else (ONE,)
    way = columns[2].segmented_control("Zeigen", ways, default=ONE, required=True, key="zeigen", bind="query-params")
    method = columns[3].selectbox("Klassen", METHODS, key="klassen", bind="query-params")
    left, right = st.columns(SIDES, gap="medium")
    with left:
        years = _years(now, name, str(way))
    with right:
        chosen = _choose(now, str(level))
    return Asked(known[name], str(level), years, str(way), method, chosen)


def panels(now: OpenPlan, asked: Asked) -> tuple[Panel, ...]:
    """The maps to draw: one a year with common classes, or one of the change."""
    found = [now.slice(asked.indicator, year, asked.level) for year in asked.years]
    if asked.way == CHANGE and len(found) == 2:
        change = between(found[0], found[1])
        title = f"{asked.years[0]} bis {asked.years[1]}"
        return (Panel(title, change, difference_scale(known_values(change)), signed=True),)
    used = scale(known_values(*found), asked.method)
    return tuple(Panel(str(one.year), one, used) for one in found)


def _outlines(now: OpenPlan, level: str) -> tuple[str, list[Outline]]:
    """The address of the outlines of a level and of what lies across it, and those of the level."""

    def read() -> tuple[str, list[Outline]]:
        own = now.store.outlines(level)
        across = [
            o for other in (*BORDERS.values(), "Stadtgebiet") if other != level for o in now.store.outlines(other)
        ]
        return outlines.features([*own, *across]), [*own, *across]

    text, drawn = kept(f"umrisse-{level}", now, read)
    return outlines.publish(text), drawn


def _take(widget: str) -> None:
    """Carry an area picked on a picture into the list, which the keyboard reaches too."""
    state = st.session_state.get(widget)
    picked = state["selection"].get(vector.PICKED) if state else None
    if picked:
        st.session_state[CHOSEN] = picked[0]["area"]


def _map(now: OpenPlan, asked: Asked, panel: Panel, lying: tuple[Spot, ...], height: int) -> None:
    address, drawn = _outlines(now, asked.level)
    rows = vector.map_rows(now.plan, panel, asked.indicator.unit, asked.chosen, lying, {o.area for o in drawn})
    moving(
        f"karte-{panel.title if asked.way == TWO else asked.way}",
        vector.map_spec(address, height),
        rows,
        _answer(now, asked, panel),
        _take,
    )


def _small(now: OpenPlan, asked: Asked, shown: tuple[Panel, ...]) -> None:
    address, _ = _outlines(now, asked.level)
    rows = [row for panel in shown for row in vector.area_rows(now.plan, panel, asked.indicator.unit, asked.chosen)]
    data = {"gebiete": pd.DataFrame(rows, columns=list(vector.AREA))}
    words = f"{asked.indicator.name}, ein Bild je Jahr von {shown[0].title} bis {shown[-1].title}, gleiche Klassen."
    moving("karte-jahre", vector.multiples_spec(address, 4), data, words)


def _layers(now: OpenPlan) -> tuple[Spot, ...]:
    held = held_layers(now.plan)
    if not held:
        return ()
    wanted = st.pills(
        "Auf der Karte",
        held,
        selection_mode="multi",
        key="lagen",
        bind="query-params",
    )
    return spots(now.plan, *wanted)


def _legend(asked: Asked, panel: Panel, lying: tuple[Spot, ...]) -> None:
    """Classes with their counts, what has no figure with its mark, and how the classes were made."""
    rows = legend(panel.used, panel.found, asked.indicator.unit, signed=panel.signed)
    row = Markup("<div><span class='farbe' style='background:{}'>{}</span>{} <b>{}</b></div>")
    lines = [row.format(one.colour, one.mark, one.words, one.areas) for one in rows]
    lines += [
        Markup("<div><span class='zeichen' style='color:{}'>{}</span>{} <b>{}</b></div>").format(*layer)
        for layer in vector.layer_legend(lying)
    ]
    method = "gleich weit nach beiden Seiten von 0" if panel.signed else method_words(asked.method, rows)
    show(
        Markup("<div class='legende' aria-label='Legende mit der Zahl der Gebiete'>{}</div>").format(
            Markup().join(lines)
        )
    )
    note(f"{method}; fett die Zahl der Gebiete")


def _choose(now: OpenPlan, level: str) -> str:
    ids = [area.id for area in now.plan.areas if area.level == level]
    label = "Gebiet (auch durch Klick in Karte oder Balken)"
    return str(st.selectbox(label, ids, format_func=now.plan.name, key=CHOSEN, bind="query-params"))


def _beside(now: OpenPlan, asked: Asked, panel: Panel, known: dict[str, Indicator], lying: tuple[Spot, ...]) -> None:
    """Legend, then the ranked bars or the figures of the chosen area."""
    _legend(asked, panel, lying)
    ranking, sheet = st.tabs(["Rangfolge", "Gebiet"])
    with ranking, st.container(height=330, border=False):
        rows = bars.bar_rows(now.plan, panel, asked.indicator.unit, asked.chosen)
        words = f"Gebiete nach {asked.indicator.name}, das höchste zuerst"
        moving("rangfolge", bars.bars_spec(), rows, words, _take)
    with sheet:
        note(" · ".join(area.name for area in lineage(now.plan, asked.chosen)))
        year = panel.found.year
        slices = [(one, now.slice(one, year, asked.level)) for one in known.values()]
        show(placetables.district(now.plan, asked.chosen, slices, year).to_html())


def _columns(now: OpenPlan, asked: Asked, panel: Panel) -> None:
    """Columns over the map, on demand; the browser says where it cannot draw them."""
    if not st.toggle("Als Säulen über der Karte (braucht eine Grafikkarte)", key="saeulen", bind="query-params"):
        return
    show(Markup("<p class='ohne-grafik'>Dieses Gerät kann die Säulen nicht zeichnen (kein WebGL); die Karte oben zeigt dieselben Werte.</p>"))  # fmt: skip
    with st.container(key="saeulenbild"):
        drawn = now.store.outlines(asked.level)
        st.pydeck_chart(deck(now.plan, panel, drawn, asked.indicator.unit), height=480, alt=_answer(now, asked, panel))


def _foot(now: OpenPlan, asked: Asked, lying: tuple[Spot, ...]) -> None:
    _, drawn = _outlines(now, asked.level)
    lost = vector.unplaced(now.plan, lying, {outline.area for outline in drawn})
    if lost:
        names = ", ".join(dict.fromkeys(spot.label for spot in lost))
        note(f"{count(len(lost), 'Eintrag hat', 'Einträge haben')} keine Lage und fehlen auf der Karte: {names}.")
    schematic = any(o.kind == "schematic" for o in drawn)
    kind = "Schematische Karte, keine amtlichen Grenzen. " if schematic else ""
    note(f"{kind}{asked.indicator.source}")


def _answer(now: OpenPlan, asked: Asked, panel: Panel) -> str:
    """The extremes of the map in a sentence, of a change where it rose and fell most."""
    if panel.signed:
        return change_sentence(now.plan, panel.found, (asked.years[0], asked.years[-1]), asked.indicator)
    city = now.slice(asked.indicator, asked.years[-1], "Stadt").values
    return placetables.range_sentence(now.plan, panel.found, city[0] if city else None, asked.indicator)


@st.fragment
def explore(now: OpenPlan, known: dict[str, Indicator]) -> None:
    """Controls, the answer, the map with what lies on it, and beside it legend, ranks and the chosen area."""
    lead = st.container()  # the answer stands before what is asked
    asked = ask(now, known)
    shown = panels(now, asked)
    last = shown[-1]
    with lead:
        show(told(_answer(now, asked, last), kind="antwort"))
    left, right = st.columns(SIDES, gap="medium")
    with left:
        picture, lying = st.container(), _layers(now)
    with right:
        _beside(now, asked, last, known, lying)
    with picture:
        if asked.way == EVERY:
            _small(now, asked, shown)
        else:
            for column, panel in zip(st.columns(len(shown)), shown, strict=True):
                with column:
                    if len(shown) > 1:
                        st.header(panel.title, anchor=False)
                    _map(now, asked, panel, lying, 450 if len(shown) == 1 else 400)
    with left:
        _foot(now, asked, lying)
        _columns(now, asked, last)
    title = f"Alle Gebiete: {asked.indicator.name} {last.title}, {asked.level}"
    shelf(
        now,
        (title, lambda: placetables.districts(now.plan, last.found, asked.indicator.unit)),
        ("Stand der Indikatoren und was ihnen fehlt", lambda: placetables.indicator_status(now.plan, now.found)),
        statements(now.plan, "Raumaussagen", "Raumaussage"),
        kinds=(Indicator, Area),
    )
