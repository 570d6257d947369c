"""The screens: file, title and address of each, in the order of the navigation (the first one is the start); what each
answers, for whom, and the terms it explains.
"""

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
    ("steckbrief.py", "Steckbrief", "steckbrief"),
    ("runde.py", "Bewertungsrunde", "bewertungsrunde"),
)  # screens that the line on top or another screen leads to, not the navigation
UNKNOWN = "adresse"  # in the address of the start: what was asked for and does not exist
ANSWERS = {  # by address; a slide of the Präsentation has no line of its own
    "ueberblick": "Wo stehen wir? Für alle, die entscheiden.",
    "haushalt": "Was kostet es, wer trägt es, was ist anzumelden? Für Kämmerei, Förderstelle und Rat.",
    "was-waere-wenn": "Was wird aus Geld, Zeit und Zielen, wenn sich etwas ändert? Für Klausur und Projektleitung.",
    "zeitplan": "Wann ist was fertig, und was bestimmt das Ende? Für Projektleitung und Ämter.",
    "zielsystem": "Welche Ziele sind belegt, welche nur genannt? Für Rat und Fachämter.",
    "karte": "Wie steht es in den Gebieten? Für Stadtplanung, Statistik und Ortsteile.",
    "gremien": "Wer tagt und wer beteiligt sich wann? Für Gremienbetreuung und Beteiligung.",
    "daten": "Was ist eingetragen, woher kommt es, was fehlt? Für alle, die den Plan pflegen.",
    "planung": "Was fehlt noch, und wo trage ich es ein? Für alle, die einen Plan anlegen.",
    "bewertungsrunde": "Was ist strittig, zu prüfen oder offen, und was gilt? Für Projektgruppe und Klausur.",
    "neue-planung": "Wie beginnt ein eigener Plan? Für jede Stadt.",
    "steckbrief": "Was ist von diesem Gebiet bekannt, und was geschieht dort? Für Ortsteile und Fachämter.",
}
TERMS: dict[str, tuple[str, ...]] = {  # words of docs/glossary.md
    "ueberblick": ("Eigenanteil", "Höchstbetrag", "zuwendungsfähige Ausgaben", "noch anzumelden", "Beratungsfolge", "kritisch", "Puffer",
                   "Abdeckung", "Annahme", "Befund", "Stichtag", "Planstand"),
    "haushalt": ("Eigenanteil", "Förderung", "Drittmittel", "zuwendungsfähige Ausgaben", "Fördersatz", "Anteilfinanzierung", "Höchstbetrag",
                 "Knick", "Bewilligungsbescheid", "Haushaltsansatz", "noch anzumelden", "Übertragung von Ansätzen", "über- und außerplanmäßig",
                 "Nachtragssatzung", "vorläufige Haushaltsführung", "Mittelabfluss", "Verwendungsnachweis", "Annahme"),
    "was-waere-wenn": ("Variante", "Folgen", "Eigenanteil", "Höchstbetrag", "Knick", "kleinste Reparatur", "Planstand", "Annahme"),
    "zeitplan": ("kritisch", "Puffer", "Frist", "Meilenstein", "Beratungsfolge", "Turnus", "Stand unbekannt", "Planstand", "Stichtag", "Annahme"),
    "zielsystem": ("Leiter der Verbindlichkeit", "Zielbeitrag", "Abdeckung", "Zielkonflikt", "Fachteil", "Wechselwirkung", "Indikator", "Annahme"),
    "karte": ("Indikator", "Gebiet", "Umriss", "unterdrückt"),
    "gremien": ("Gremium", "Turnus", "Beratungsfolge", "Beteiligungsformat", "Auslosung", "Festlegung", "Annahme"),
    "daten": ("Befund", "Version", "Planstand", "Annahme", "Einstellung", "Rücklauf", "Variante", "Stichtag"),
    "planung": ("Förderprogramm", "zuwendungsfähige Ausgaben", "Haushaltsansatz", "Beratungsfolge", "Turnus", "Annahme", "Befund"),
    "neue-planung": ("Planstand", "Stichtag"),
    "steckbrief": ("Gebiet", "Indikator", "unterdrückt", "Stichtag", "Annahme"),
    "bewertungsrunde": ("Zielbeitrag", "Bewertungsrunde", "zu prüfen", "strittig", "abweichende Auffassung", "Arbeitsauftrag", "Annahme"),
}  # fmt: skip
