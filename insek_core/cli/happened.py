"""The command line of what really happens: the state of a step, and what came of a station, sitting or event."""

import argparse
from datetime import date
from typing import Any

from insek_core.change.difference import differences
from insek_core.change.happened import Happened, HeldEntry, StepEntry, enter
from insek_core.change.sealing import ready_to_save
from insek_core.cli.arguments import iso_day, whole
from insek_core.papers import changes, report
from insek_core.plan.errors import Finding
from insek_core.plan.german import show_date
from insek_core.rules.assessment import reference_date
from insek_core.rules.checks import new_errors
from insek_core.storage.store import Store

MOST_PEOPLE, MOST_LEFT = 1_000_000, 5_000
Result = tuple[dict[str, Any], str]


def add_commands(commands: Any, shared: argparse.ArgumentParser, dated: argparse.ArgumentParser) -> None:
    """The commands status and held."""
    saving = argparse.ArgumentParser(add_help=False)
    saving.add_argument("--source", default="Befehlszeile", metavar="TEXT", help="woher die Angabe stammt")
    saving.add_argument("--author", default="Befehlszeile")
    saving.add_argument("--reason", default="")
    status = commands.add_parser("status", parents=[shared, dated, saving], help="Stand eines Schritts zum Stichtag")
    status.add_argument("record", metavar="SCHRITT")
    status.add_argument("--begun", type=iso_day, metavar="TAG", help="begonnen am")
    status.add_argument("--done", type=iso_day, metavar="TAG", help="beendet am")
    status.add_argument("--remaining", type=whole(0, MOST_LEFT), metavar="N", help="Arbeitstage, die noch nötig sind")
    status.add_argument("--open", action="store_true", help="noch nicht begonnen")
    held = commands.add_parser(
        "held", parents=[shared, dated, saving], help="was aus Station, Sitzung oder Veranstaltung wurde"
    )
    held.add_argument("record", metavar="KENNUNG")
    held.add_argument("--on", type=iso_day, metavar="TAG", help="hat stattgefunden am")
    held.add_argument("--result", default="", metavar="ERGEBNIS", help="einer Station, z. B. beschlossen")
    held.add_argument("--cancelled", action="store_true", help="die Sitzung fällt aus")
    held.add_argument("--attended", type=whole(0, MOST_PEOPLE), metavar="N", help="Teilnehmende der Veranstaltung")


def _saved(arguments: argparse.Namespace, entry: Happened) -> tuple[Result, int]:
    """The entry as a new version; refused, with findings, where it cannot be, or changes nothing."""
    store = Store(arguments.db)
    version, plan = store.newest()
    today = arguments.today or reference_date(plan, date.today())  # noqa: DTZ011
    entered, refused = enter(plan, (entry,), today, arguments.source)
    mine = ready_to_save(plan, entered)
    edits = differences(plan, mine)
    findings = refused or new_errors(plan, mine)
    if not findings and not edits:
        nothing = "Das ist schon so eingetragen; es wurde nichts geändert."
        findings = (Finding(level="error", message=nothing, remedy="Angaben prüfen."),)
    data: dict[str, Any] = {
        "findings": [report.finding(item) for item in findings],
        "changed": [] if findings else [changes.edit(item) for item in edits],
    }
    if findings:
        return (data, "\n".join(report.finding_lines(findings))), 1
    reason = arguments.reason or f"Stand zum {show_date(today)}: {arguments.record}"
    saved = store.save(mine, based_on=version.number, author=arguments.author, reason=reason)
    lines = [*(item.sentence() for item in edits), f"Gespeichert als Version {saved.number}."]
    return ({**data, "version": saved.number}, "\n".join(lines)), 0


def _status(arguments: argparse.Namespace) -> tuple[Result, int]:
    entry = StepEntry(
        task=arguments.record,
        begun_on=arguments.begun,
        done_on=arguments.done,
        remaining_days=arguments.remaining,
        opened=arguments.open,
    )
    return _saved(arguments, entry)


def _held(arguments: argparse.Namespace) -> tuple[Result, int]:
    entry = HeldEntry(
        record=arguments.record,
        on=arguments.on,
        result=arguments.result,
        cancelled=arguments.cancelled,
        attended=arguments.attended,
    )
    return _saved(arguments, entry)


COMMANDS = {"status": _status, "held": _held}
