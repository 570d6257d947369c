"""The command line of plans: a new one from an example, empty, or from a workbook; the council paper it cites."""

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from insek_core.cli.arguments import whole
from insek_core.exchange.source import decoded, plan_of_workbook
from insek_core.exchange.workbook.template import template_workbook
from insek_core.papers import report
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import count
from insek_core.plan.law import LAENDER
from insek_core.rules.guide import guide
from insek_core.storage.embedded import EXAMPLES, FIRST
from insek_core.storage.example import create_example
from insek_core.storage.founding import REASON, Beginning, completed, founded, lacking, problems
from insek_core.storage.plans import create_plan, free_path, is_folder, place
from insek_core.storage.problems import Refused
from insek_core.storage.store import Store

Result = tuple[dict[str, Any], str]
NAMES = ("city", "short_name", "concept", "concept_genitive", "work")


def add_commands(commands: Any, shared: argparse.ArgumentParser) -> None:
    """The commands init, template, paper and guide."""
    init = commands.add_parser(
        "init", parents=[shared], help="eine Planung anlegen: Beispiel, leer oder aus einer Mappe"
    )
    kind = init.add_mutually_exclusive_group()
    kind.add_argument("--example", choices=EXAMPLES, default=FIRST, help="ein Beispiel (sonst leipzig)")
    kind.add_argument("--empty", action="store_true", help="leer anfangen; dann die Angaben darunter")
    kind.add_argument("--from", dest="workbook", metavar="MAPPE.xlsx", help="aus einer ausgefüllten Arbeitsmappe")
    init.add_argument("--city", default="", metavar="STADT")
    init.add_argument("--short-name", default="", metavar="KURZNAME", help="z. B. SEK")
    init.add_argument("--concept", default="", metavar="„DAS …“", help="das Konzept mit Artikel (wer oder was?)")
    init.add_argument("--concept-genitive", default="", metavar="„DES …“", help="das Konzept mit Artikel (wessen?)")
    init.add_argument("--work", default="die Aufstellung", metavar="„DIE …“", help="was mit ihm geschieht")
    init.add_argument("--state", default="", choices=("", *LAENDER), metavar="LAND", help=", ".join(LAENDER))
    init.add_argument("--first-year", type=whole(1990, 2090), metavar="JAHR", help="erstes Haushaltsjahr")
    init.add_argument("--last-year", type=whole(1990, 2090), metavar="JAHR", help="letztes Haushaltsjahr")
    init.add_argument("--biennial", action="store_true", help="Doppelhaushalt")
    init.add_argument(
        "--paper", metavar="TEXT.txt", help="die Ratsvorlage als Text, auf deren Zeilen Quellen verweisen"
    )
    init.add_argument("--author", default="Befehlszeile")
    template = commands.add_parser("template", parents=[shared], help="eine leere Arbeitsmappe zum Ausfüllen schreiben")
    template.add_argument("file", metavar="ZIEL.xlsx")
    paper = commands.add_parser("paper", parents=[shared], help="die Ratsvorlage als Text einlesen")
    paper.add_argument("file", metavar="TEXT.txt")
    commands.add_parser("guide", parents=[shared], help="was eingetragen ist und was jeder Bildschirm noch braucht")


def _read_paper(path: Path) -> str:
    """The text of a file. Raises Problem in German where it cannot be read or is no text."""
    try:
        return decoded(path.name, path.read_bytes())
    except OSError as error:
        raise Problem(f"Die Datei {path.name} lässt sich nicht lesen.", "Bitte Pfad und Rechte prüfen.") from error


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Berlin")).date()


def _made(at: Path, arguments: argparse.Namespace) -> Store:
    text = _read_paper(Path(arguments.paper)) if arguments.paper else ""
    if arguments.workbook:
        path = Path(arguments.workbook)
        try:
            found = plan_of_workbook(path.name, path.read_bytes())
        except OSError as error:
            raise Problem(f"Die Datei {path.name} lässt sich nicht lesen.", "Bitte Pfad und Rechte prüfen.") from error
        if missing := lacking(found.plan):
            raise Refused(missing)
        plan = completed(found.plan, _today())
        return create_plan(at, plan, author=arguments.author, reason=found.told, paper=text or found.paper)
    if arguments.empty:
        years = {"first_year": arguments.first_year, "last_year": arguments.last_year, "biennial": arguments.biennial}
        asked = Beginning(state=arguments.state, **{name: getattr(arguments, name) for name in NAMES}, **years)
        if found_wrong := problems(asked):
            raise Refused(found_wrong)
        return create_plan(at, founded(asked, _today()), author=arguments.author, reason=REASON, paper=text)
    return create_example(free_path(at, arguments.example) if is_folder(at) else at, arguments.example)


def _init(arguments: argparse.Namespace) -> tuple[Result, int]:
    store = _made(Path(arguments.db or place()), arguments)
    told = f"Datenbank {store.path.name} mit Version 1 angelegt."
    return ({"version": store.head.number, "file": store.path.name, "findings": []}, told), 0


def _template(arguments: argparse.Namespace) -> tuple[Result, int]:
    path = Path(arguments.file)
    try:
        path.write_bytes(template_workbook())
    except OSError as error:
        raise Problem(f"Die Datei {path.name} lässt sich nicht schreiben.", "Bitte Pfad und Rechte prüfen.") from error
    return (
        {"file": path.name, "findings": []},
        f"{path.name} geschrieben: ausfüllen, dann init --from {path.name}.",
    ), 0


def _paper(arguments: argparse.Namespace) -> tuple[Result, int]:
    lines = Store(arguments.db).put_paper(_read_paper(Path(arguments.file)))
    told = f"{count(lines, 'Zeile', 'Zeilen')} eingelesen; Quellen mit „Z. 12“ zeigen jetzt ihren Wortlaut."
    return ({"lines": lines, "findings": []}, told), 0


def _guide(arguments: argparse.Namespace) -> tuple[Result, int]:
    steps = guide(Store(arguments.db).load())
    lines, findings = [], []
    for step in steps:
        held = ", ".join(step.held) or "noch nichts"
        lines += [f"{step.number} {step.title}: {held}", *(f"   {screen}: {what}" for screen, what in step.missing)]
        findings += [Finding(level="notice", message=f"{screen}: {what}") for screen, what in step.missing]
    data = {
        "steps": [{"number": s.number, "title": s.title, "held": list(s.held), "done": s.done} for s in steps],
        "findings": [report.finding(item) for item in findings],
    }
    return (data, "\n".join(lines)), 0


COMMANDS = {"init": _init, "template": _template, "paper": _paper, "guide": _guide}
