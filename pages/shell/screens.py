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
UNKNOWN = "adresse"  # in the address of the start: what was asked for and does not exist
