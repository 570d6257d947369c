"""The answer of the what-if screen: the sentence, its pictures, what else moves, and what can be asked further."""

from collections.abc import Callable
from time import sleep

import streamlit as st
from markupsafe import Markup

from insek_core.change.repair import repair, repair_sentences
from insek_core.change.scenario import words
from insek_core.papers.registration import registration_workbook
from insek_core.plan import Plan
from insek_core.plan.errors import Unreadable
from insek_core.plan.german import count, parse_euro
from insek_core.rules.chance.risk import simulate
from insek_core.rules.figures import Sentence
from insek_core.rules.money.curve import room_sentence, sought, sought_sentence
from insek_core.rules.registration import registrations
from insek_core.views import variants as views
from pages.parts.cover import smallest_set
from pages.parts.whatif.pictures import falls, pictures, way
from pages.shell.variant import Base, TriedVariant, bar, to_address, tried
from pages.shell.widgets import note, show
from pages.shell.widgets import told as sentence

FLUSH = 0.03  # seconds in which the server's other thread sends the sentence: a slider's answer comes in half the time
LEADING = 3  # sentences that lead
NOTHING = (
    "Noch ist nichts geändert: Links eine Annahme bewegen, hier steht sofort, was sie für Geld, Zeit und Ziele "
    "bedeutet."
)


def _sentence(told: Sentence, kind: str) -> Markup:
    return sentence(told.text, told.assumed and "Annahme" not in told.text, kind=kind)


def _more(found: TriedVariant) -> None:
    """The figures of the sentences that lead, then the others with theirs, each with its working."""
    leading = [row for told in found.told.told[:LEADING] for row in found.told.of(told)]
    words_ = count(len(leading), "Wert", "Werte")
    parts = [views.folded(f"{words_} mit Rechenweg zu den Sätzen oben", views.changes(leading).to_html())]
    for told in found.told.told[LEADING:]:
        own = found.told.of(told)
        parts.append(_sentence(told, "satz"))
        parts.append(views.folded(count(len(own), "Wert", "Werte") + " mit Rechenweg", views.changes(own).to_html()))
    if found.told.more:
        parts.append(views.folded(found.told.more_words, views.changes(found.told.more).to_html()))
    show(Markup().join(parts))


def _seek(found: TriedVariant) -> None:
    """Headroom to the kink, and the cost that meets an own share."""
    funding = found.found.funding
    st.header("Spielraum", anchor=False)
    if room := room_sentence(funding):
        note(room.text)
    text = st.text_input("Welche Kosten gehören zu einem Eigenanteil von …", value="70.000 €", key="gesucht")
    try:
        wanted = parse_euro(text)
    except Unreadable as error:
        st.error(f"{error.what} {error.remedy}")
        return
    told = sought_sentence(funding, wanted, sought(found.plan, funding, wanted))
    note(told.text if told else "Dazu gehören keine bestimmten Gesamtkosten.")


def _risk(found: TriedVariant) -> None:
    box = st.expander("Risiko: wie sicher hält das?", key="risiko", on_change="rerun")
    if not box.open:
        return
    with box:
        risk = simulate(found.plan, 1, 20_000, dates=found.found.timetable)
        for finding in risk.findings:
            st.error(finding.message)
        if risk.draws:
            note(
                f"Simuliert mit 20.000 Ziehungen (Startwert 1) über die eingetragenen Spannen"
                f"{'; die Spannen sind Annahmen' if risk.assumed else ''}.",
                risk.assumed,
            )
            for table in (views.percentiles(risk), views.held(risk), views.tornado(risk)):
                show(table.to_html())


def _repair(found: TriedVariant) -> None:
    box = st.expander(
        "Kleinste Reparatur: was muss entfallen, damit eine Grenze hält?", key="reparatur", on_change="rerun"
    )
    if not box.open:
        return
    with box:
        text = st.text_input("Eigenanteil höchstens", value="65.000 €", key="grenze")
        names = {item.id: item.name for item in found.plan.cost_items}
        allowed = st.multiselect(
            "Was entfallen darf (leer: was optional ist)",
            list(names),
            format_func=lambda k: names.get(k, k),
            key="erlaubt",
            placeholder="was optional ist",
        )
        try:
            limit = parse_euro(text)
        except Unreadable as error:
            st.error(f"{error.what} {error.remedy}")
            return
        mended = repair(found.plan, "own_share", limit, allowed or None)
        for finding in mended.findings:
            st.warning(finding.message)
        for told in repair_sentences(found.plan, mended, "own_share"):
            note(told)


def _cover(found: TriedVariant) -> None:
    box = st.expander("Welche Maßnahmen decken alle Ziele?", key="deckung", on_change="rerun")
    if box.open:
        with box:
            smallest_set(found.plan)


def _register(base: Base, found: TriedVariant) -> None:
    box = st.expander(
        "Haushaltsanmeldung: was für die nächsten Jahre anzumelden ist", key="anmeldung", on_change="rerun"
    )
    if not box.open:
        return
    with box:
        rows = registrations(found.plan, found.found, base.found)
        show(views.registrations(rows).without(views.LACKS).to_html())
        st.download_button(
            "Als Arbeitsmappe herunterladen",
            registration_workbook(
                rows, [words(base.plan, c) for c in found.changes], found.found.funding.if_ceiling, base.plan.short_name
            ),
            "Haushaltsanmeldung.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )


def lead(found: TriedVariant) -> None:
    """The gravest sentences, the first one large, on their way before the rest is made; of one height, whatever they
    say.
    """
    told = found.told.told[:LEADING]
    nothing = NOTHING if not found.changes else "An den Zahlen des Plans ändert das nichts."
    first = _sentence(told[0], "antwort") if told else sentence(nothing, kind="antwort")
    rest = Markup().join(_sentence(one, "satz") for one in told[1:])
    show(Markup("<div class='antwortfeld' aria-live='polite'>{}{}</div>").format(first, rest))
    sleep(FLUSH)


def answered(base: Base, found: TriedVariant) -> None:
    """Everything beside the controls but the sentences that lead."""
    pictures(base, found)
    for finding in found.findings:
        if finding.level == "notice":
            st.info(finding.message)
        else:
            st.warning(f"{finding.message} {finding.remedy}")
    if found.told.told:
        _more(found)
    if falls(base, found):
        left, right = st.columns([0.6, 0.4], gap="medium")
        with left:
            way(base, found)
        with right:
            _seek(found)
    else:
        _seek(found)
    _register(base, found)
    _risk(found)
    _repair(found)
    _cover(found)


def try_out(
    base: Base,
    share: float,
    steer: Callable[[Plan], None],
    rest: Callable[[Base, TriedVariant], None],
    keep: Callable[[], None] | None = None,
) -> None:
    """Controls (`steer`, that share of the width) beside the answer and the `rest`; only this part runs again when a
    control moves. `keep`: what can be done with the answer, beside it.
    """

    @st.fragment
    def moving_part() -> None:
        found = tried(base)
        bar(base, found)
        side, main = st.columns([share, 1 - share], gap="medium")
        with main:
            left, right = st.columns([0.83, 0.17]) if keep else (st.container(), st.container())
            with left:
                lead(found)
        with side:
            steer(base.plan)
        to_address(base.version)
        if keep:
            with right:
                keep()
        with main:
            rest(base, found)

    moving_part()
