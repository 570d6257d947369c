"""The command line: the same functions without a browser. It never prompts and never shows a traceback.

Exit 0: fine. 1: findings of level error, or nothing done. 2: wrong usage. JSON comes with 0 and 1.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from insek_core.cli import cover, files, goals, money, places, plans, whatif
from insek_core.cli import time as scheduling
from insek_core.cli.arguments import iso_day, odd_text, whole
from insek_core.papers import report
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import show_date
from insek_core.rules.assessment import Assessment, assess
from insek_core.storage.plans import place, plan_path
from insek_core.storage.shown import city_slices
from insek_core.storage.store import Refused, Store

Result = tuple[dict[str, Any], str]  # JSON and German text


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}Falscher Aufruf: {message}\n")


def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False)
    shared.add_argument(
        "--db",
        help="Datenbank oder Ordner mit Planungen (sonst INSEK_DB, sonst insek.sqlite oder der Ordner planungen)",
    )
    shared.add_argument("--plan", default="", metavar="NAME", help="welche Planung des Ordners")
    shared.add_argument("--json", action="store_true", help="Ausgabe als JSON")
    parser = _Parser(prog="python -m insek_core", description="Das Cockpit ohne Browser")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="BEFEHL")
    plans.add_commands(commands, shared)
    dated = _Parser(add_help=False)
    dated.add_argument(
        "--today", type=iso_day, help="Stichtag als JJJJ-MM-TT (sonst der Stichtag der Planung, sonst heute)"
    )
    changing = _Parser(add_help=False, parents=[dated])
    changing.add_argument("--change", action="append", metavar="WAS=WERT", help="Änderung, z. B. cost=+10%% (mehrfach)")
    commands.add_parser("assess", parents=[shared, changing], help="Planung bewerten, auch mit Änderungen")
    whatif.add_commands(commands, shared, changing, dated)
    cover.add_commands(commands, shared, changing)
    scheduling.add_commands(commands, shared, dated)
    commands.add_parser("versions", parents=[shared], help="Versionen zeigen")
    restore = commands.add_parser("restore", parents=[shared], help="eine alte Version als neue speichern")
    restore.add_argument("number", type=whole(1, 10**9), metavar="N")
    restore.add_argument("--author", default="Befehlszeile")
    restore.add_argument("--reason", default="")
    files.add_commands(commands, shared, dated)
    money.add_commands(commands, shared, dated)
    goals.add_commands(commands, shared)
    places.add_commands(commands, shared, dated)
    return parser


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


def _versions(arguments: argparse.Namespace) -> tuple[Result, int]:
    found = Store(arguments.db).versions()
    lines = [f"{v.number}  {v.saved_at}  {v.author}: {v.reason}{f' [{v.name}]' if v.name else ''}" for v in found]
    return ({"versions": [asdict(version) for version in found], "findings": []}, "\n".join(lines)), 0


def _restore(arguments: argparse.Namespace) -> tuple[Result, int]:
    version = Store(arguments.db).restore(arguments.number, author=arguments.author, reason=arguments.reason)
    text = f"Version {arguments.number} ist als Version {version.number} wiederhergestellt."
    return ({"version": version.number, "restores": arguments.number, "findings": []}, text), 0


COMMANDS = {
    **plans.COMMANDS,
    "assess": _assess,
    "versions": _versions,
    "restore": _restore,
    **files.COMMANDS,
    **whatif.COMMANDS,
    **cover.COMMANDS,
    **scheduling.COMMANDS,
    **money.COMMANDS,
    **goals.COMMANDS,
    **places.COMMANDS,
}


def _shown(result: Result, as_json: bool) -> str:
    return json.dumps(result[0], ensure_ascii=False, indent=2, sort_keys=True) if as_json else result[1]


ALONE = ("init", "template", "meetings")  # commands that open no plan


def _opens_plan(arguments: argparse.Namespace) -> bool:
    """Whether a command works on a plan: a project file is scheduled by itself."""
    return arguments.command not in ALONE and not (arguments.command == "schedule" and arguments.file)


def _run(arguments: argparse.Namespace) -> tuple[str, int]:
    try:
        if _opens_plan(arguments):
            arguments.db = str(plan_path(Path(arguments.db or place()), arguments.plan))
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
