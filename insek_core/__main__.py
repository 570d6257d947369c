"""The command line: the same functions without a browser. It never prompts and never shows a traceback.

Exit 0: fine. 1: findings of level error, or nothing done. 2: wrong usage. JSON comes with 0 and 1.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

from insek_core.papers import report
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import show_date
from insek_core.rules.assessment import Assessment, assess, reference_date
from insek_core.storage.example import create_example
from insek_core.storage.store import Refused, Store, city_slices

DEFAULT_DB = "insek.sqlite"
Result = tuple[dict[str, Any], str]  # JSON and German text
LEVELS = {"error": "Fehler", "warning": "Warnung", "notice": "Hinweis"}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}Falscher Aufruf: {message}\n")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} ist kein Tag der Form 2015-06-01") from None


def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False)
    shared.add_argument(
        "--db", default=os.environ.get("INSEK_DB", DEFAULT_DB), help="Datenbank (sonst INSEK_DB, sonst insek.sqlite)"
    )
    shared.add_argument("--json", action="store_true", help="Ausgabe als JSON")
    parser = _Parser(prog="python -m insek_core", description="INSEK-Cockpit ohne Browser")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="BEFEHL")
    commands.add_parser("init", parents=[shared], help="Datenbank aus dem Beispiel anlegen")
    found = commands.add_parser("assess", parents=[shared], help="Planung bewerten")
    found.add_argument(
        "--today", type=_day, help="Stichtag als JJJJ-MM-TT (sonst der Stichtag der Planung, sonst heute)"
    )
    commands.add_parser("versions", parents=[shared], help="Versionen zeigen")
    restore = commands.add_parser("restore", parents=[shared], help="eine alte Version als neue speichern")
    restore.add_argument("number", type=int, metavar="N")
    restore.add_argument("--author", default="Befehlszeile")
    restore.add_argument("--reason", default="")
    return parser


def _assess(arguments: argparse.Namespace) -> tuple[Result, int]:
    store = Store(arguments.db)
    plan = store.load()
    found = assess(plan, city_slices(store, plan), arguments.today or reference_date(plan, date.today()))  # noqa: DTZ011
    code = 1 if any(item.level == "error" for item in found.findings) else 0
    return (report.assessment(found), _told(found)), code


def _told(found: Assessment) -> str:
    lines = [f"Stand {show_date(found.today)}", ""]
    lines += [f"{sentence.text}{' (Annahme)' if sentence.assumed else ''}" for sentence in found.situation]
    return "\n".join([*lines, "", *_finding_lines(found.findings)])


def _finding_lines(findings: Sequence[Finding]) -> list[str]:
    return [f"{LEVELS[item.level]}: {item.message} {item.remedy}".rstrip() for item in findings]


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


COMMANDS = {"init": _init, "assess": _assess, "versions": _versions, "restore": _restore}


def _run(arguments: argparse.Namespace) -> tuple[Result, int]:
    try:
        return COMMANDS[arguments.command](arguments)
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
    return ({"findings": [report.finding(item) for item in findings]}, "\n".join(_finding_lines(findings))), 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    arguments = _parser().parse_args(argv)
    (data, text), code = _run(arguments)
    out = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) if arguments.json else text
    stream = sys.stdout if arguments.json or code == 0 or arguments.command == "assess" else sys.stderr
    try:
        print(out, file=stream, flush=True)
    except BrokenPipeError:  # the reader (head, less) has gone; nothing is wrong with us
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


if __name__ == "__main__":
    for console in (sys.stdout, sys.stderr):  # a console of another code page has no "−" and would end in a traceback
        if isinstance(console, TextIOWrapper):
            console.reconfigure(encoding="utf-8")
    sys.exit(main())
