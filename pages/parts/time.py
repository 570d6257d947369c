"""Parts of the Zeitplan: what to see, a compared state, why a step lies there, what lateness costs, how sure the dates
are.
"""

from contextlib import closing
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from markupsafe import Markup

from insek_core.exchange.calendar import calendar_file
from insek_core.plan.errors import Problem
from insek_core.plan.german import count, show_date
from insek_core.rules.chance.forecast import forecast
from insek_core.rules.people.draw import draw
from insek_core.rules.time import baseline
from insek_core.rules.time.course import steps
from insek_core.rules.time.dates import TaskDates
from insek_core.rules.time.schedule import Placed, timetable
from insek_core.rules.time.stations import papers_of
from insek_core.storage.store import Store
from insek_core.views import timetables
from insek_core.views.charts import gantt, time
from insek_core.views.charts.lanelayers import Look
from insek_core.views.charts.lateness import steps_chart
from pages.shell.session import texts
from pages.shell.widgets import MARK, chart, findings_table, kept, note, show, told

if TYPE_CHECKING:
    from pages.shell.session import OpenPlan

Against = tuple[str, baseline.TimeState]
REAL = "tatsächlicher Verlauf"


def choose(now: "OpenPlan") -> tuple[Look, Against | None, str]:
    """Lanes, scale, comparison; office or body, floats and links in a box of their own. What is chosen stands in the
    address.
    """
    a, b, c, d = st.columns([0.44, 0.18, 0.24, 0.14], vertical_alignment="bottom")
    lanes = a.segmented_control(
        "Bahnen", time.LANES, selection_mode="multi", default=list(time.LANES), key="bahnen", bind="query-params"
    )
    scale = b.segmented_control("Raster", gantt.SCALES, default="Quartal", key="raster", bind="query-params")
    words = {"": "nichts", **_states(now)}
    chosen = c.selectbox("Vergleichen mit", list(words), format_func=lambda k: words.get(k, k), key="vergleich")
    shown = tuple(lane for lane in time.LANES if lane in (lanes or time.LANES))
    return Look(shown, scale or "Quartal", *_narrowed(now, d)), _state(now, chosen, words), chosen


def _narrowed(now: "OpenPlan", place: Any) -> tuple[str, bool, bool]:
    """Office or body, floats, links. The box is filled only while it is open: its fields cost a third of the screen's
    time.
    """
    offices = kept("stellen", now, lambda: gantt.offices_and_bodies(now.plan))
    box = place.popover("Stelle, Puffer, Pfeile", key="auswahl", on_change="rerun", width="stretch")
    if box.open:
        with box:
            st.selectbox(
                "Stelle",
                ["", *offices],
                format_func=lambda k: offices.get(k, "alle Stellen"),
                key="stelle",
                bind="query-params",
            )
            st.checkbox("Puffer zeigen", key="puffer", bind="query-params")
            st.checkbox("Abhängigkeiten als Pfeile", key="pfeile", bind="query-params")
    found, address = st.session_state, st.query_params
    who = found.get("stelle", address.get("stelle", ""))
    floats, links = (bool(found.get(key, address.get(key) == "true")) for key in ("puffer", "pfeile"))
    return who if who in offices else "", floats, links


def _states(now: "OpenPlan") -> dict[str, str]:
    """What the plan can be compared with: the real course where facts are entered, and every earlier version."""
    found = {REAL: REAL} if baseline.actual(now.plan) else {}
    older = [version for version in now.store.versions() if version.number < now.version.number]
    return found | {
        str(v.number): f"Planstand „{v.name}“ (Version {v.number})" if v.name else f"Version {v.number}: {v.reason}"
        for v in reversed(older)
    }


def _state(now: "OpenPlan", chosen: str, words: dict[str, str]) -> Against | None:
    if not chosen:
        return None
    if chosen == REAL:
        return REAL, baseline.actual(now.plan)
    plan = now.store.load(int(chosen))
    return words[chosen], baseline.planned(plan, timetable(plan, now.found.today))


def compared(now: "OpenPlan", against: Against) -> None:
    """The deviations from the compared state."""
    words, state = against
    mine = baseline.planned(now.plan, now.found.timetable)
    facts = words == REAL
    found = baseline.deviations(mine, state, facts=True) if facts else baseline.deviations(state, mine)
    st.header("Plan gegen Verlauf" if facts else f"Abweichungen von: {words}", anchor=False)
    kinds = {kind: sum(d.kind == kind for d in found) for kind in ("verschoben", "neu", "entfallen")}
    differ = ", ".join(f"{number} {kind}" for kind, number in kinds.items() if number) or "keine Abweichung"
    last = max((d for d in found if d.days), key=lambda d: abs(d.days or 0), default=None)
    most = (
        f" Am weitesten liegt {last.name}: {count(abs(last.days or 0), 'Tag', 'Tage')} "
        f"{'später' if (last.days or 0) > 0 else 'früher'}."
        if last
        else ""
    )
    note(f"{differ[:1].upper()}{differ[1:]}.{most}")
    if found:
        show(timetables.deviations(found, facts=facts).to_html())


def keep_state(now: "OpenPlan") -> None:
    """A form that names the present state as a Planstand: a version of its own, so that nothing saved is altered."""
    if done := st.session_state.pop("festgehalten", ""):
        st.success(done)
    with st.form("planstand_form"):
        left, right, third = st.columns([0.45, 0.3, 0.25], vertical_alignment="bottom")
        name = left.text_input(
            "Name des Planstands", value=f"Planstand vom {show_date(now.found.today)}", key="planstand_name"
        ).strip()
        author = right.text_input(
            "Wer hält fest?", value=st.session_state.get("autor", ""), key="planstand_autor"
        ).strip()
        if not third.form_submit_button("Festhalten"):
            return
        if not name or not author:
            st.error("Bitte Namen und Person angeben; es wurde nichts festgehalten.")
            return
        try:
            now.store.save(
                now.plan, based_on=now.version.number, author=author, reason="Planstand festgehalten", name=name
            )
        except Problem as problem:
            st.error(problem.german)
            return
    st.session_state.update(autor=author, festgehalten=f"„{name}“ ist festgehalten.")
    st.rerun()


def why(now: "OpenPlan") -> None:
    """Choose a step: why it lies there, back to what began the chain."""
    found = now.found.timetable
    if not found.tasks:
        st.info("Es ist noch kein Arbeitsschritt eingetragen.")
        return
    names = {task.id: task.label for task in found.tasks}
    last = max(found.tasks, key=lambda t: t.finish_on.toordinal() if t.finish_on else 0).id
    chosen = st.selectbox(
        "Arbeitsschritt", list(names), index=list(names).index(last), format_func=names.__getitem__, key="schritt"
    )
    if chosen:
        chain = Markup().join(Markup("<li>{}</li>").format(_step(task)) for task in found.chain(chosen))
        show(Markup("<ol class='kette'>{}</ol>{}").format(chain, _room(found.by_id[chosen])))


def _step(task: Placed) -> Markup:
    if task.finish_on is None:
        return Markup("<b>{}</b> {}").format(task.label, task.waits_for)
    return Markup("<b>{}</b> {}{}<br>{}").format(task.label, task.words, MARK if task.assumed else "", task.waits_for)


def _room(task: TaskDates) -> Markup:
    if task.total_float_days is None or task.late_finish_on is None:
        return Markup()
    if task.critical:
        return told("Kein Puffer: Jeder Tag Verzug verschiebt das Ende oder bricht eine Frist.")
    free = (
        f", davon {count(task.free_float_days or 0, 'Tag', 'Tage')} frei, ohne dass sich anderes verschiebt"
        if task.free_float_days != task.total_float_days
        else ", ohne dass sich anderes verschiebt"
    )
    return told(
        f"Puffer: {count(task.total_float_days, 'Arbeitstag', 'Arbeitstage')} (spätestens "
        f"{show_date(task.late_finish_on)}){free}."
    )


def lateness(now: "OpenPlan") -> None:
    """Days late → the day of the last station, as the steps it really has."""
    ready = {
        paper.paper: paper
        for paper in now.found.timetable.courses
        if paper.ready_on and paper.stops and not paper.stops[-1].held
    }
    if not ready:
        st.info("Keine Gremienvorlage mit bekanntem Tag der Fertigstellung ist noch auf ihrem Weg.")
        return
    first = next((key for key, paper in ready.items() if paper.decides), next(iter(ready)))
    chosen = st.selectbox(
        "Gremienvorlage",
        list(ready),
        index=list(ready).index(first),
        format_func=lambda key: ready[key].short,
        key="vorlage",
    )
    if chosen and (start := ready[chosen].ready_on):
        paper = next(p for p in papers_of(now.plan) if p.id == chosen)
        decided = ready[chosen].decided_on
        found = steps(now.plan, paper, start, today=now.found.today, not_before=decided)
        name = f"die Gremienvorlage „{ready[chosen].short}“"
        text = f"Tage, die {name} zu spät fertig wird, und der Tag ihrer letzten Station."
        chart(f"stufen-{chosen}", now, lambda: steps_chart(found), text)


def uncertainty(now: "OpenPlan") -> None:
    """How sure the dates are, simulated through the sittings; on the same draws the budget."""
    found = kept("vorhersage", now, lambda: forecast(now.plan, seed=1, draws=2000, today=now.found.today))
    if found is None:
        st.info(
            "Dafür fehlen Spannen: Bitte „Dauer mindestens“ und „Dauer höchstens“ bei den Arbeitsschritten eintragen."
        )
        return
    show(told(found.sentence(), assumed=True) + timetables.forecast(found).to_html())


def calendar_download(now: "OpenPlan") -> None:
    """Sittings, papers due and deadlines to take along as iCalendar, whole or of one body."""
    left, right = st.columns([0.4, 0.6], vertical_alignment="bottom")
    names = {"": "alle Termine", **{body.id: body.name for body in now.plan.bodies}}
    body = left.selectbox("Kalender", list(names), format_func=names.__getitem__, key="kalender")
    if texts():
        st.caption("Die Datei enthält die Termine des gespeicherten Plans, nicht die der Variante.")
    file = f"{now.plan.short_name}-Termine{'-' + body if body else ''}.ics"
    right.download_button(
        "Als Kalenderdatei herunterladen (iCalendar)",
        partial(_calendar, now.store.path, now.found.today, body or ""),
        file,
        mime="text/calendar",
    )


def _calendar(path: Path, today: date, body: str) -> bytes:
    # called when the button is pressed, in another thread, so over a connection of its own
    with closing(Store(path)) as store:
        versions = store.versions()
        plans = [store.load(version.number) for version in versions]
    return calendar_file(plans, today, datetime.fromisoformat(versions[-1].saved_at), body)


def selection() -> None:
    """A full evening: the draw over pasted codes. Nothing is stored: the codes live in this session's field only."""
    note(
        "Je Zeile ein Code, dahinter nach einem Semikolon die Gruppe (z. B. „A17; Ost“). Nichts davon wird gespeichert."
    )
    text = st.text_area("Codes der Anmeldungen", key="codes", height=160)
    left, right = st.columns(2)
    seats = left.number_input("Plätze", min_value=1, value=30, step=1, key="plaetze")
    seed = right.text_input("Startwert (steht auf dem Protokoll)", value="1", key="startwert")
    found = draw(text, int(seats), seed)
    findings_table(found.findings)
    if found.groups:
        chosen = (
            f"{count(len(found.chosen), 'Code ist', 'Codes sind')} ausgewählt, {len(found.waiting)} rücken "
            f"nach (Startwert „{found.seed}“, {int(seats)} Plätze)."
        )
        show(
            told(Markup("<b>{}</b>").format(chosen))
            + Markup().join(table.to_html() for table in timetables.drawn(found))
        )
