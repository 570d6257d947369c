"""The command line: the same functions without a browser. It never prompts and never shows a traceback.

Exit 0: fine. 1: findings of level error, or nothing done. 2: wrong usage. JSON comes with 0 and 1.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from insek_core.cli import time as scheduling
from insek_core.cli import whatif
from insek_core.cli.arguments import iso_day, odd_text, whole
from insek_core.exchange import propose as exchange
from insek_core.exchange.formats import Export, written
from insek_core.exchange.workbook.write import office_workbook
from insek_core.papers import changes, report
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import count, show_date
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.people.departments import departments
from insek_core.storage.example import create_example
from insek_core.storage.store import Refused, Store, city_slices

Result = tuple[dict[str, Any], str]  # JSON and German text


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}Falscher Aufruf: {message}\n")


def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False)
    shared.add_argument(
        "--db",
        default=os.environ.get("INSEK_DB", "insek.sqlite"),
        help="Datenbank (sonst INSEK_DB, sonst insek.sqlite)",
    )
    shared.add_argument("--json", action="store_true", help="Ausgabe als JSON")
    parser = _Parser(prog="python -m insek_core", description="INSEK-Cockpit ohne Browser")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="BEFEHL")
    commands.add_parser("init", parents=[shared], help="Datenbank aus dem Beispiel anlegen")
    dated = _Parser(add_help=False)
    dated.add_argument(
        "--today", type=iso_day, help="Stichtag als JJJJ-MM-TT (sonst der Stichtag der Planung, sonst heute)"
    )
    changing = _Parser(add_help=False, parents=[dated])
    changing.add_argument("--change", action="append", metavar="WAS=WERT", help="Änderung, z. B. cost=+10%% (mehrfach)")
    commands.add_parser("assess", parents=[shared, changing], help="Planung bewerten, auch mit Änderungen")
    whatif.add_commands(commands, shared, changing, dated)
    scheduling.add_commands(commands, shared, dated)
    commands.add_parser("versions", parents=[shared], help="Versionen zeigen")
    restore = commands.add_parser("restore", parents=[shared], help="eine alte Version als neue speichern")
    restore.add_argument("number", type=whole(1, 10**9), metavar="N")
    restore.add_argument("--author", default="Befehlszeile")
    restore.add_argument("--reason", default="")
    _workbook_commands(commands, shared, dated)
    return parser


def _workbook_commands(commands: Any, shared: argparse.ArgumentParser, dated: argparse.ArgumentParser) -> None:
    check = commands.add_parser(
        "check", parents=[shared], help="eine Arbeitsmappe oder MS-Project-Datei prüfen, nichts ändern"
    )
    check.add_argument("file", metavar="MAPPE.xlsx|PLAN.xml")
    for name, told in (
        ("import", "eine Arbeitsmappe oder MS-Project-Datei übernehmen"),
        ("merge", "mehrere zurückgekommene Mappen übernehmen"),
    ):
        command = commands.add_parser(name, parents=[shared], help=told)
        command.add_argument("file", metavar="MAPPE.xlsx", nargs="+" if name == "merge" else 1)
        command.add_argument("--dry-run", action="store_true", help="nur zeigen, was sich ändern würde")
        command.add_argument(
            "--take",
            choices=("own", "saved"),
            default="saved" if name == "merge" else None,
            help="bei Konflikten die Mappe (own) oder das Gespeicherte (saved) nehmen",
        )
        command.add_argument("--author", default="Befehlszeile")
        command.add_argument("--reason", default="")
    export = commands.add_parser(
        "export",
        parents=[shared, dated],
        help="die Planung als Arbeitsmappe (.xlsx) oder ihre Termine (.ics) schreiben",
    )
    export.add_argument("file", metavar="ZIEL.xlsx|ZIEL.ics")
    export.add_argument("--body", metavar="GREMIUM", help="nur die Termine dieses Gremiums (.ics)")
    offices_ = commands.add_parser("office-workbooks", parents=[shared], help="je Amt eine Rücklaufmappe schreiben")
    offices_.add_argument("folder", metavar="ORDNER")


def _assess(arguments: argparse.Namespace) -> tuple[Result, int]:
    if arguments.change:
        return whatif.assess_changed(arguments)
    store = Store(arguments.db)
    plan = store.load()
    found = assess(plan, city_slices(store, plan), whatif.today_of(arguments, plan))
    code = 1 if any(item.level == "error" for item in found.findings) else 0
    return (report.assessment(found), _told(found)), code


def _told(found: Assessment) -> str:
    lines = [f"Stand {show_date(found.today)}", ""]
    lines += [f"{sentence.text}{' (Annahme)' if sentence.assumed else ''}" for sentence in found.situation]
    return "\n".join([*lines, "", *report.finding_lines(found.findings)])


def _init(arguments: argparse.Namespace) -> tuple[Result, int]:
    store = create_example(arguments.db)
    return (
        {"version": store.head.number, "findings": []},
        f"Datenbank {Path(arguments.db).name} mit Version 1 angelegt.",
    ), 0


def _versions(arguments: argparse.Namespace) -> tuple[Result, int]:
    found = Store(arguments.db).versions()
    lines = [f"{v.number}  {v.saved_at}  {v.author}: {v.reason}{f' [{v.name}]' if v.name else ''}" for v in found]
    return ({"versions": [asdict(version) for version in found], "findings": []}, "\n".join(lines)), 0


def _restore(arguments: argparse.Namespace) -> tuple[Result, int]:
    version = Store(arguments.db).restore(arguments.number, author=arguments.author, reason=arguments.reason)
    text = f"Version {arguments.number} ist als Version {version.number} wiederhergestellt."
    return ({"version": version.number, "restores": arguments.number, "findings": []}, text), 0


def _read(files: Sequence[str]) -> list[tuple[str, bytes]]:
    """Name and bytes of each file. Raises Problem in German where one cannot be read."""
    found = []
    for name in files:
        try:
            found.append((Path(name).name, Path(name).read_bytes()))
        except OSError as error:
            raise Problem(
                f"Die Datei {Path(name).name} lässt sich nicht lesen.", "Bitte Pfad und Rechte prüfen."
            ) from error
    return found


def _proposed(store: Store, files: Sequence[str]) -> tuple[exchange.Proposal, dict[str, Any], list[str]]:
    proposal = exchange.propose(store, _read(files))
    lines = [*report.finding_lines(proposal.findings), *(edit.sentence() for edit in proposal.edits)]
    lines += [
        f"Konflikt: Mappe – {own.sentence()}; gespeichert – {saved.sentence()}" for own, saved in proposal.conflicts
    ]
    return proposal, changes.proposal(proposal), lines


def _check(arguments: argparse.Namespace) -> tuple[Result, int]:
    proposal, data, lines = _proposed(Store(arguments.db), [arguments.file])
    return (data, "\n".join(lines) or "Kein Unterschied, keine Befunde."), 0 if proposal.plan is not None else 1


def _import(arguments: argparse.Namespace) -> tuple[Result, int]:
    store = Store(arguments.db)
    proposal, data, lines = _proposed(store, arguments.file)
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
    today, number = whatif.today_of(arguments, store.load()), store.head.number
    _write(path, written(path, Export(store, today, arguments.body or "")))
    told = f"{path.name} aus Version {number} geschrieben."
    return ({"version": number, "file": path.name, "findings": []}, told), 0


def _office_workbooks(arguments: argparse.Namespace) -> tuple[Result, int]:
    version, plan = Store(arguments.db).newest()
    number, names = version.number, []
    for office in departments(plan):
        names.append(f"Ruecklauf-{office.id}.xlsx")
        _write(Path(arguments.folder) / names[-1], office_workbook(plan, number, office.id))
    return (
        {"version": number, "files": names, "findings": []},
        "\n".join(names) or "Kein Amt ist für einen Eintrag zuständig.",
    ), 0


COMMANDS = {
    "init": _init, "assess": _assess, "versions": _versions, "restore": _restore, "check": _check, "import": _import, "merge": _import,
    "export": _export, "office-workbooks": _office_workbooks, **whatif.COMMANDS, **scheduling.COMMANDS,
}  # fmt: skip


def _shown(result: Result, as_json: bool) -> str:
    return json.dumps(result[0], ensure_ascii=False, indent=2, sort_keys=True) if as_json else result[1]


def _run(arguments: argparse.Namespace) -> tuple[str, int]:
    try:
        result, code = COMMANDS[arguments.command](arguments)
        return _shown(result, arguments.json), code
    except Refused as problem:
        findings = problem.findings
    except Problem as problem:
        findings = (Finding(level="error", message=problem.what, remedy=problem.remedy),)
    except Exception as error:
        findings = (
            Finding(
                level="error", message=f"Unerwarteter Fehler ({type(error).__name__}): {error}", remedy="Bitte melden."
            ),
        )
    told = {"findings": [report.finding(item) for item in findings]}, "\n".join(report.finding_lines(findings))
    return _shown(told, arguments.json), 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    texts, parser = sys.argv[1:] if argv is None else argv, _parser()
    if odd := odd_text(texts):
        parser.error(odd)
    arguments = parser.parse_args(texts)
    out, code = _run(arguments)
    stream = sys.stdout if arguments.json or code == 0 or arguments.command == "assess" else sys.stderr
    try:
        print(out, file=stream, flush=True)
    except BrokenPipeError:  # the reader (head, less) has gone; nothing is wrong with us
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
