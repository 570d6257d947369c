"""The command line of files: workbooks and project files are checked and taken over, the plan and its dates written."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from insek_core.cli import statistics
from insek_core.cli.whatif import today_of
from insek_core.exchange import propose as exchange
from insek_core.exchange.formats import Export, read, written
from insek_core.exchange.goallist.intake import GOAL_KINDS, SKIPPED, ListChoice, goals_reader
from insek_core.exchange.kinds import beside_the_plan
from insek_core.exchange.origin import origin_of
from insek_core.exchange.workbook.envelope import MAX_BYTES
from insek_core.exchange.workbook.office import office_workbook
from insek_core.papers import changes, report
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import count
from insek_core.rules.goals.gaps import gaps
from insek_core.rules.goals.system import goal_system
from insek_core.rules.people.departments import departments
from insek_core.storage.store import Store

TOO_LARGE = "Bitte nur die Blätter der Planung einlesen."
Result = tuple[dict[str, Any], str]


def add_commands(commands: Any, shared: argparse.ArgumentParser, dated: argparse.ArgumentParser) -> None:
    """The commands check, import, merge, export and office-workbooks."""
    check = commands.add_parser("check", parents=[shared], help="prüfen, was eine Datei ändern würde, nichts ändern")
    check.add_argument("file", metavar="DATEI")
    _add_goal_list(check)
    statistics.add_options(check)
    check.set_defaults(dry_run=True, author="", reason="")
    for name, told in (
        ("import", "eine Arbeitsmappe, MS-Project-Datei, Statistik (.csv, .xlsx) oder Umrisse (.geojson) übernehmen"),
        ("merge", "mehrere zurückgekommene Mappen übernehmen"),
    ):
        command = commands.add_parser(name, parents=[shared], help=told)
        command.add_argument("file", metavar="DATEI", nargs="+" if name == "merge" else 1)
        command.add_argument("--dry-run", action="store_true", help="nur zeigen, was sich ändern würde")
        command.add_argument(
            "--take",
            choices=("own", "saved"),
            default="saved" if name == "merge" else None,
            help="bei Konflikten die Mappe (own) oder das Gespeicherte (saved) nehmen",
        )
        command.add_argument("--author", default="Befehlszeile")
        command.add_argument("--reason", default="")
        if name == "import":
            statistics.add_options(command)
            _add_goal_list(command)
    export = commands.add_parser(
        "export",
        parents=[shared, dated],
        help="die Planung als Arbeitsmappe (.xlsx) oder ihre Termine (.ics) schreiben",
    )
    export.add_argument("file", metavar="ZIEL.xlsx|ZIEL.ics")
    export.add_argument("--body", metavar="GREMIUM", help="nur die Termine dieses Gremiums (.ics)")
    offices_ = commands.add_parser(
        "office-workbooks", parents=[shared, dated], help="je Amt eine Rücklaufmappe schreiben"
    )
    offices_.add_argument("folder", metavar="ORDNER")


def _add_goal_list(command: argparse.ArgumentParser) -> None:
    """How a file is read as a list of goal texts instead of as a workbook of the plan."""
    told = "die Datei (Text oder Mappe) als Liste der Zieltexte lesen"
    command.add_argument("--as", dest="read_as", choices=("goals",), help=told)
    kinds = "Art je Ebene, von oben: Zielbereich, Ziel, Orientierung, Arbeitsgrundsatz oder „nicht übernehmen“"
    command.add_argument("--kinds", nargs="+", default=(), choices=(*GOAL_KINDS, SKIPPED), metavar="ART", help=kinds)
    command.add_argument("--sheet", default="", metavar="BLATT", help="auf welchem Blatt die Liste steht")
    command.add_argument("--whole", action="store_true", help="die Liste ist vollständig: Ziele, die fehlen, entfallen")


def _reader(arguments: argparse.Namespace) -> exchange.Reader:
    """What reads the files of a command."""
    if getattr(arguments, "read_as", None) != "goals":
        return read
    choice = ListChoice(tuple(arguments.kinds), arguments.sheet, arguments.whole)
    return goals_reader(choice, datetime.now(ZoneInfo("Europe/Berlin")).date())


def _read(files: Sequence[str]) -> list[tuple[str, bytes]]:
    """Name and bytes of each file. Raises Problem in German where one cannot be read."""
    found = []
    for path in map(Path, files):
        try:
            if path.stat().st_size > MAX_BYTES:  # refused before it is read
                raise Problem(f"Die Datei {path.name} ist größer als {MAX_BYTES // 2**20} MB.", TOO_LARGE)
            found.append((path.name, path.read_bytes()))
        except OSError as error:
            raise Problem(f"Die Datei {path.name} lässt sich nicht lesen.", "Bitte Pfad und Rechte prüfen.") from error
    return found


def _proposed(
    store: Store, files: Sequence[str], reader: exchange.Reader
) -> tuple[exchange.Proposal, dict[str, Any], list[str]]:
    proposal = exchange.propose(store, _read(files), reader)
    lines = [*report.finding_lines(proposal.findings), *(edit.sentence() for edit in proposal.edits)]
    lines += [
        f"Konflikt: Mappe – {own.sentence()}; gespeichert – {saved.sentence()}" for own, saved in proposal.conflicts
    ]
    return proposal, changes.proposal(proposal), lines


def _beside(arguments: argparse.Namespace, files: Sequence[str]) -> tuple[Result, int] | None:
    """What is said of a file that holds statistics or outlines; None: it holds tables of the plan or goal texts."""
    if arguments.read_as is not None:
        return None
    name, content = _read(files)[0]
    kind = beside_the_plan(name, content)
    return statistics.take_in(arguments, kind, name, content) if kind else None


def _check(arguments: argparse.Namespace) -> tuple[Result, int]:
    if told := _beside(arguments, [arguments.file]):
        return told
    proposal, data, lines = _proposed(Store(arguments.db), [arguments.file], _reader(arguments))
    return (data, "\n".join(lines) or "Kein Unterschied, keine Befunde."), 0 if proposal.plan is not None else 1


def _import(arguments: argparse.Namespace) -> tuple[Result, int]:
    if arguments.command == "import" and (told := _beside(arguments, arguments.file)):
        return told
    store = Store(arguments.db)
    proposal, data, lines = _proposed(store, arguments.file, _reader(arguments))
    if proposal.plan is None:
        return (data, "\n".join([*lines, "Nichts übernommen."])), 1
    if proposal.conflicts and arguments.take is None and not arguments.dry_run:
        message = (
            f"{count(len(proposal.conflicts), 'Zelle wurde', 'Zellen wurden')} seit dem Stand der Mappe auch "
            "anderswo geändert."
        )
        refused = Finding(level="error", message=message, remedy="Bitte mit --take own oder --take saved entscheiden.")
        data["findings"].append(report.finding(refused))
        return (data, "\n".join([*lines, *report.finding_lines([refused]), "Nichts übernommen."])), 1
    own = range(len(proposal.conflicts)) if arguments.take == "own" else ()
    if arguments.dry_run or not (proposal.edits or own or proposal.offices):
        return (data, "\n".join([*lines, "Nichts übernommen."])), 0 if arguments.dry_run else 1
    reason = arguments.reason or f"Übernommen aus {', '.join(Path(name).name for name in arguments.file)}"
    today = datetime.now(ZoneInfo("Europe/Berlin")).date()
    version = exchange.accept(store, proposal, author=arguments.author, reason=reason, on=today, own=own)
    return ({**data, "version": version.number}, "\n".join([*lines, f"Übernommen als Version {version.number}."])), 0


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise Problem(f"Die Datei {path.name} lässt sich nicht schreiben.", "Bitte Pfad und Rechte prüfen.") from error


def _export(arguments: argparse.Namespace) -> tuple[Result, int]:
    store, path = Store(arguments.db), Path(arguments.file)
    today, number = today_of(arguments, store.load()), store.head.number
    _write(path, written(path, Export(store, today, arguments.body or "")))
    told = f"{path.name} aus Version {number} geschrieben."
    return ({"version": number, "file": path.name, "findings": []}, told), 0


def _office_workbooks(arguments: argparse.Namespace) -> tuple[Result, int]:
    store = Store(arguments.db)
    version, plan = store.newest()
    number, origin, names = version.number, origin_of(store, version), []
    lacking, today = gaps(plan, goal_system(plan).ladders), today_of(arguments, plan)
    asked = {office.id: office for office in departments(plan)}
    asked |= {one.id: one for one in plan.organisations if one.id in {gap.office for gap in lacking}}
    for office in asked:
        own = [gap for gap in lacking if gap.office == office]
        names.append(f"Ruecklauf-{office}.xlsx")
        data = office_workbook(plan, number, office, origin, lacking=own, today=today)
        _write(Path(arguments.folder) / names[-1], data)
    return (
        {"version": number, "files": names, "findings": []},
        "\n".join(names) or "Kein Amt ist für einen Eintrag zuständig.",
    ), 0


COMMANDS = {
    "check": _check,
    "import": _import,
    "merge": _import,
    "export": _export,
    "office-workbooks": _office_workbooks,
}
