"""What the Steckbrief of an area shows beside its sentences: where it lies, its years, its tables."""

import streamlit as st

from insek_core.plan.content import Area
from insek_core.rules.places.areas import lineage
from insek_core.rules.profile import AreaProfile
from insek_core.storage.shown import shown_rows
from insek_core.views import profiletables
from insek_core.views.charts.history import history_chart, history_rows
from insek_core.views.maps import vector
from pages.parts.places.drawing import ground
from pages.shell.session import OpenPlan
from pages.shell.widgets import chart, kept, moving, show


def pictures(now: OpenPlan, area: Area) -> None:
    """Where the area lies, and its figures over the years."""
    on = ground(now, area.level)
    if area.id in on.ids:
        rows = vector.site_rows(on.plan, area.level, area.id)
        moving("lage", vector.map_spec(on.address, 200), rows, f"Lage von {area.name}")
    around = lineage(now.plan, area.id)
    values = kept(f"reihen-{area.id}", now, lambda: shown_rows(now.store, now.plan, [one.id for one in around]))
    points = history_rows(now.plan, area, around[-1] if len(around) > 1 else None, values)
    chart(
        f"verlauf-{area.id}",
        now,
        lambda: history_chart(points, now.found.today),
        f"Zahlen von {area.name} über die Jahre",
    )


def tables(now: OpenPlan, found: AreaProfile) -> None:
    """Figures, measures, events and statements, as far as there are any."""
    for heading, table in (
        ("Zahlen", profiletables.figures(now.plan, found)),
        ("Maßnahmen", profiletables.measures(now.plan, found.effort)),
        ("Veranstaltungen", profiletables.events(now.plan, found.effort)),
        ("Offen, und was die Ratsvorlage sagt", profiletables.statements(now.plan, found)),
    ):
        if table.rows:
            st.header(heading, anchor=False)
            show(table.to_html())
