"""The screens: file, title and address of each, in the order of the navigation; the first one is the start."""

SCREENS = (
    ("ueberblick.py", "Überblick", "ueberblick"),
    ("haushalt.py", "Haushalt & Förderung", "haushalt"),
    ("waswaere.py", "Was wäre, wenn", "was-waere-wenn"),
    ("zeitplan.py", "Zeitplan", "zeitplan"),
    ("zielsystem.py", "Zielsystem", "zielsystem"),
    ("karte.py", "Indikatoren & Karte", "karte"),
    ("gremien.py", "Beteiligung & Gremien", "gremien"),
    ("praesentation.py", "Präsentation", "praesentation"),
    ("daten.py", "Daten", "daten"),
)
BESIDE = (
    ("planung.py", "Schritt für Schritt", "planung"),
    ("neu.py", "Neue Planung", "neue-planung"),
)  # screens that the line on top leads to, not the navigation
UNKNOWN = "adresse"  # in the address of the start: what was asked for and does not exist
