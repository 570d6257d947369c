"""The command line of statistics and outlines: `import` of a file that holds no tables of the plan."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from insek_core.exchange.kinds import Beside
from insek_core.exchange.outlines.proposal import OutlineChoice, accept_outlines, propose_outlines
from insek_core.exchange.statistics.choosing import StatisticsChoice
from insek_core.exchange.statistics.proposal import accept_statistics, propose_statistics
from insek_core.exchange.statistics.telling import done, proposed
from insek_core.papers import report
from insek_core.plan.errors import Finding, Problem
from insek_core.storage.store import Store

Told = tuple[tuple[dict[str, Any], str], int]
NOTHING = "Nichts übernommen."


def add_options(command: argparse.ArgumentParser) -> None:
    """What `import` asks of statistics and outlines."""
    group = command.add_argument_group("Statistik und Umrisse")
    group.add_argument("--source", default="", metavar="QUELLE", help="Quelle mit Lizenz")
    group.add_argument("--theme", default="", metavar="THEMA", help="Thema der Tabelle (sonst der Name der Datei)")
    told = "dieses Merkmal als neuen Indikator anlegen (mehrfach; all: alle)"
    group.add_argument("--new", action="append", default=[], metavar="MERKMAL", help=told)
    told = "welchen Indikator ein Merkmal meint; ohne Kennung bleibt es weg (mehrfach)"
    group.add_argument("--meant", action="append", default=[], metavar="MERKMAL=KENNUNG", help=told)
    group.add_argument("--vintage", default="", metavar="STAND", help="von wann die Umrisse sind, z. B. 31.12.2018")
    group.add_argument(
        "--level", default="", choices=("stadt", "stadtgebiet", "stadtbezirk", "ortsteil", ""), help="Ebene der Umrisse"
    )
    group.add_argument("--swap-axes", action="store_true", help="in der Datei steht die Breite vor der Länge")


def _findings(findings: Sequence[Finding]) -> dict[str, Any]:
    return {"findings": [report.finding(item) for item in findings]}


def _meant(texts: Sequence[str]) -> dict[str, str]:
    pairs = [text.rpartition("=") for text in texts]
    if any(not sign for _, sign, _ in pairs):
        raise Problem("--meant braucht die Form MERKMAL=KENNUNG.", "Bitte die Kennung eines Indikators angeben.")
    return {words.strip(): indicator.strip() for words, _, indicator in pairs}


def _statistics(arguments: argparse.Namespace, name: str, data: bytes) -> Told:
    store = Store(arguments.db)
    choice = StatisticsChoice(
        new=tuple(one for one in arguments.new if one != "all"),
        all_new="all" in arguments.new,
        meant=_meant(arguments.meant),
        theme=arguments.theme,
        source=arguments.source,
    )
    today = datetime.now(ZoneInfo("Europe/Berlin")).date()
    found = propose_statistics(store, name, data, on=today, choice=choice)
    fresh = {one.id for one in found.fresh}
    told = {
        "kind": "statistics",
        "counts": {key: getattr(found, key) for key in ("added", "changed", "removed", "unchanged")},
        "indicators": [{**asdict(one), "new": one.indicator in fresh} for one in found.series],
        "offered": list(found.offered),
        **_findings(found.findings),
    }
    lines = [*report.finding_lines(found.findings), *proposed(found)]
    if found.refused or arguments.dry_run or not (found.rows or found.fresh):
        return (told, "\n".join([*lines, NOTHING])), 0 if arguments.dry_run and not found.refused else 1
    reason = arguments.reason or f"Statistik aus {name}"
    taken = accept_statistics(store, found, author=arguments.author, reason=reason)
    return ({**told, "import": taken.number}, "\n".join([*lines, done(taken)])), 0


def _outlines(arguments: argparse.Namespace, name: str, data: bytes) -> Told:
    store = Store(arguments.db)
    choice = OutlineChoice(
        vintage=arguments.vintage,
        source=arguments.source,
        level=arguments.level.capitalize(),
        swap=arguments.swap_axes,
    )
    found = propose_outlines(store, name, data, choice=choice)
    told = {
        "kind": "outlines",
        "level": found.level,
        "counts": {key: getattr(found, key) for key in ("added", "changed", "unchanged")},
        **_findings(found.findings),
    }
    lines = [*report.finding_lines(found.findings), *found.sentences]
    if found.refused or arguments.dry_run or not found.outlines:
        return (told, "\n".join([*lines, NOTHING])), 0 if arguments.dry_run and not found.refused else 1
    taken = accept_outlines(store, found, author=arguments.author, reason=arguments.reason or f"Umrisse aus {name}")
    return ({**told, "import": taken.number}, "\n".join([*lines, done(taken)])), 0


def take_in(arguments: argparse.Namespace, kind: Beside, name: str, data: bytes) -> Told:
    """Check a file of statistics or outlines and take it over, unless it is a dry run."""
    return _statistics(arguments, name, data) if kind == "statistics" else _outlines(arguments, name, data)
