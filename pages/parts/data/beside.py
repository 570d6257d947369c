"""Statistics and outlines on the screen: a file comes in with a dry run first; which file brought which figures."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from insek_core.exchange.kinds import beside_the_plan
from insek_core.exchange.outlines.proposal import OutlineChoice, OutlineProposal, accept_outlines, propose_outlines
from insek_core.exchange.statistics.choosing import StatisticsChoice
from insek_core.exchange.statistics.proposal import StatisticsProposal, accept_statistics, propose_statistics
from insek_core.exchange.statistics.telling import done, proposed
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import count
from insek_core.plan.imported import Imported
from insek_core.rules.places.areas import drawn_levels
from insek_core.storage.values import Progress
from insek_core.views import statistictables
from insek_core.views.variants import folded
from pages.shell.session import OpenPlan, clock_day, locked
from pages.shell.widgets import findings_table, note, show

ROUND, MEANT = "beside_runde", "beside_meint"
Take = Callable[[str, str, Progress], Imported]


def statistics(now: OpenPlan) -> None:
    """Statistics and outlines: a file comes in, and which file brought what."""
    _into(now)
    _origins(now)


def _into(now: OpenPlan) -> None:
    """Upload, what a person says of the file, findings, what it would change, then taking it over."""
    st.header("Statistik und Umrisse einlesen", anchor=False)
    if told := st.session_state.pop("beside_fertig", None):
        st.success(told)
    if locked(now):
        return
    turn = st.session_state.get(ROUND, 0)
    file = st.file_uploader(
        "Tabelle mit Gebieten und Jahren (.csv, .xlsx) oder Umrisse der Gebiete (.geojson)", key=f"beside-{turn}"
    )
    if file is None:
        return
    name, data = file.name, file.getvalue()
    kind = _kept("art", (turn,), data, lambda: beside_the_plan(name, data) or "statistics")
    if kind == "outlines":
        _outlines(now, name, data, turn)
    else:
        _statistics(now, name, data, turn)


def _kept(what: str, key: tuple[object, ...], data: bytes, work: Callable[[], Any]) -> Any:
    """What was worked out of these bytes under a key, once."""
    seal = (hashlib.sha256(data).hexdigest(), *key)
    if st.session_state.get(f"beside_{what}_siegel") != seal:
        with st.spinner("Die Datei wird geprüft …"):
            st.session_state[f"beside_{what}"] = work()
        st.session_state[f"beside_{what}_siegel"] = seal
    return st.session_state[f"beside_{what}"]


def _findings(findings: Sequence[Finding]) -> None:
    if findings:
        st.markdown(f"**{count(len(findings), 'Befund', 'Befunde')}**")
        findings_table(findings)


def _statistics(now: OpenPlan, name: str, data: bytes, turn: int) -> None:
    left, right = st.columns(2)
    source = left.text_input("Quelle und Lizenz der Werte", key=f"beside_quelle-{turn}")
    theme = right.text_input("Thema der Tabelle (sonst der Name der Datei)", key=f"beside_thema-{turn}")
    said = f"{turn}-{theme}"  # characteristics are called after their theme
    meant = st.session_state.get(f"{MEANT}-{said}", {})
    new = st.session_state.get(f"beside_neu-{said}", [])
    all_new = bool(st.session_state.get(f"beside_alle-{said}"))
    choice = StatisticsChoice(new=tuple(new), all_new=all_new, meant=meant, theme=theme, source=source)
    key = (now.version.number, now.store.statistics, tuple(new), all_new, tuple(sorted(meant.items())), theme, source)
    found: StatisticsProposal = _kept(
        "statistik", key, data, lambda: propose_statistics(now.store, name, data, on=clock_day(), choice=choice)
    )
    for sentence in proposed(found):
        note(sentence)
    if found.series:
        fresh = {one.id for one in found.fresh}
        show(statistictables.brought_series(found.plan or now.plan, found.series, fresh).to_html())
    _choose(now, found, said)
    _findings(found.findings)
    if not found.refused and (found.rows or found.fresh):
        _form(turn, f"Statistik aus {name}", lambda *by: _taken(now, found, *by))


def _choose(now: OpenPlan, found: StatisticsProposal, turn: str) -> None:
    """What the plan has no indicator for: it becomes one, or means one that is there."""
    fresh = [one.name for one in found.fresh]
    if not (found.offered or fresh):
        return
    every = st.checkbox("Alle übrigen Merkmale als neue Indikatoren anlegen", key=f"beside_alle-{turn}")
    if every:
        return
    st.multiselect(
        "Diese Merkmale als neue Indikatoren anlegen",
        [*fresh, *found.offered],
        key=f"beside_neu-{turn}",
        placeholder="auswählen",
    )
    if found.offered and now.plan.indicators:
        left, middle, right = st.columns([0.4, 0.4, 0.2], vertical_alignment="bottom")
        words = left.selectbox("Merkmal der Datei", found.offered, key=f"beside_merkmal-{turn}")
        ids = [one.id for one in now.plan.indicators]
        meant = middle.selectbox("meint den Indikator", ids, format_func=now.plan.name, key=f"beside_id-{turn}")
        if right.button("Zuordnen"):
            st.session_state[f"{MEANT}-{turn}"] = {**st.session_state.get(f"{MEANT}-{turn}", {}), words: meant}
            st.rerun()


def _taken(now: OpenPlan, found: StatisticsProposal, author: str, reason: str, progress: Progress) -> Imported:
    return accept_statistics(now.store, found, author=author, reason=reason, progress=progress)


def _outlines(now: OpenPlan, name: str, data: bytes, turn: int) -> None:
    first, second, third, fourth = st.columns([0.25, 0.35, 0.2, 0.2], vertical_alignment="bottom")
    vintage = first.text_input("Gebietsstand *", key=f"beside_stand-{turn}", placeholder="z. B. 31.12.2018")
    source = second.text_input("Quelle und Lizenz der Umrisse", key=f"beside_quelle-{turn}")
    level = third.selectbox("Ebene", ["", *drawn_levels(now.plan)], key=f"beside_ebene-{turn}", format_func=_level)
    swap = fourth.checkbox("Achsen tauschen", key=f"beside_achsen-{turn}")
    choice = OutlineChoice(vintage=vintage, source=source, level=level or "", swap=swap)
    key = (now.version.number, now.store.statistics, vintage, source, level, swap)
    found: OutlineProposal = _kept("umrisse", key, data, lambda: propose_outlines(now.store, name, data, choice=choice))
    for sentence in found.sentences:
        note(sentence)
    _findings(found.findings)
    if found.refused or not found.outlines:
        return
    if not vintage.strip():
        st.info("Bitte den Gebietsstand angeben; dann lassen sich die Umrisse übernehmen.")
        return
    _form(turn, f"Umrisse aus {name}", lambda *by: accept_outlines(now.store, found, author=by[0], reason=by[1]))


def _level(level: str) -> str:
    return level or "aus der Datei erkennen"


def _form(turn: int, usual: str, take: Take) -> None:
    """Who takes it over and why; then it is taken, with its progress shown."""
    with st.form(f"beside_form-{turn}", border=False):
        left, right = st.columns([0.3, 0.7])
        author = left.text_input("Wer übernimmt?", value=st.session_state.get("autor", ""), key=f"beside_autor-{turn}")
        reason = right.text_input("Begründung", value=usual, key=f"beside_grund-{turn}")
        if not st.form_submit_button("Aus der Datei übernehmen", type="primary"):
            return
    if not author.strip() or not reason.strip():
        st.error("Bitte Name und Begründung angeben; es wurde nichts geändert.")
        return
    bar = st.progress(0.0, "Die Datei wird geschrieben …")

    def progress(part: float) -> None:
        bar.progress(part, "Die Datei wird geschrieben …")

    try:
        taken = take(author.strip(), reason.strip(), progress)
    except Problem as problem:
        st.error(problem.german)
        return
    st.session_state.update({"autor": author.strip(), "beside_fertig": done(taken), ROUND: turn + 1})
    st.rerun()


def _origins(now: OpenPlan) -> None:
    """Which file brought which figures, and every file that was taken over."""
    found = now.store.imports()
    st.header("Woher die Werte sind", anchor=False)
    show(statistictables.origins(now.plan, found).to_html())
    st.header("Was eingelesen wurde", anchor=False)
    if found:
        show(statistictables.imports(found).to_html())
        if found[0].findings:
            show(folded(f"Befunde zu {found[0].file}", statistictables.last_said(found).to_html()))
    else:
        st.markdown("Noch keine Datei; Werte und Umrisse kamen mit der Planung.")
