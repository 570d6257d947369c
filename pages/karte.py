"""Indicators and map: districts by indicator and year, one district's sheet, what each indicator lacks."""

from insek_core.plan.content import Area, Indicator
from pages.parts.places import explore
from pages.shell.help import title
from pages.shell.session import open_plan
from pages.shell.widgets import empty, shelf

now = open_plan()
title("karte")
known = {i.id: i for i in now.plan.indicators if now.store.years(i.id)}
if known:
    explore(now, known)
else:
    empty("Es liegen keine Werte vor.", "Bitte Indikatoren unter „Daten“ anlegen und Statistik einlesen.")
    shelf(now, kinds=(Indicator, Area))
