"""What can go wrong with a database, in German: it cannot be used, the plan is refused, somebody else was first."""

import re
import sqlite3
from pathlib import Path

from insek_core.change.difference import Difference
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.version import Version


class StoreProblem(Problem):
    """The database cannot be opened, read or written."""


class Refused(Problem):
    """The plan contradicts itself in its structure and was not saved; `findings` name each place."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("Nicht gespeichert: Die Planung hat Fehler.", " ".join(f.message for f in findings[:3]))


class StaleBase(Problem):
    """Somebody else saved since version `based_on`; `theirs` is what they changed, the database is untouched."""

    def __init__(self, based_on: int, head: Version, theirs: tuple[Difference, ...]) -> None:
        self.based_on, self.head, self.theirs = based_on, head, theirs
        told = "; ".join(edit.sentence() for edit in theirs)
        super().__init__(
            f"Nicht gespeichert: Seit Version {based_on} hat {head.author} Version {head.number} "
            f"gespeichert. Dort geändert: {told}.",
            "Ihre Eingaben sind noch da; bitte auf den neuen Stand übertragen.",
        )


GONE = (
    "Die Datenbank {} wurde entfernt oder ersetzt, während das Programm lief.",
    "Bitte eine Sicherung an ihren Ort legen und die Seite neu laden. Es wurde nichts gespeichert.",
)
UNSTORABLE = (
    "Ein Text enthält Zeichen, die sich nicht speichern lassen.",
    "Bitte den Text neu eintippen; gespeichert wurde nichts.",
)
_GERMAN = {
    "locked": (
        "Die Datenbank ist gerade durch einen anderen Vorgang gesperrt.",
        "Bitte in einigen Sekunden noch einmal versuchen.",
    ),
    "readonly": (
        "Die Datenbank ist schreibgeschützt.",
        "Lesen geht, Speichern nicht. Bitte die Rechte der Datei prüfen.",
    ),
    "not a database": (
        "Die Datei ist keine Datenbank oder beschädigt.",
        "Bitte eine Sicherung einspielen oder INSEK_DB auf eine andere Datei setzen.",
    ),
    "malformed": ("Die Datenbank ist beschädigt.", "Bitte eine Sicherung einspielen."),
    "unable to open": ("Die Datenbank lässt sich nicht öffnen.", "Bitte Pfad und Rechte prüfen."),
    "full": ("Der Datenträger ist voll.", "Bitte Platz schaffen; gespeichert wurde nichts."),
    "disk I/O": (
        "Der Datenträger meldet einen Fehler.",
        "Bitte Datenträger und Rechte prüfen; gespeichert wurde nichts.",
    ),
}


def german_problem(error: sqlite3.Error, path: Path) -> StoreProblem:
    """What SQLite says of a file, as a problem with a German message and remedy; one being made is named after its
    place.
    """
    text, name = str(error), re.sub(r"^\.(.+?)\.[\d-]+\.neu$", r"\1", path.name)
    what, remedy = next(
        (words for key, words in _GERMAN.items() if key in text),
        ("Die Datenbank meldet einen Fehler.", f"Bitte melden: {text}"),
    )
    return StoreProblem(f"{what} ({name})", remedy)
