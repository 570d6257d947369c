"""Which measures cover all goals, without a browser: the smallest set within the money, with its proof."""

import argparse
from typing import Any

from insek_core.change.cover import SmallestCover, smallest_cover
from insek_core.change.sentences.cover import cover_sentences
from insek_core.cli.whatif import applied, euro
from insek_core.papers import report
from insek_core.plan import Plan
from insek_core.rules.goals.trace import money_of
from insek_core.storage.store import Store

Outcome = tuple[tuple[dict[str, Any], str], int]


def _data(plan: Plan, found: SmallestCover) -> dict[str, Any]:
    lacking = found.without_amount
    rows = [
        {"id": m.id, "name": m.name, "cents": None if m in lacking else money_of(plan, [m]).value} for m in found.chosen
    ]
    proof = found.proof
    return {
        "limit_cents": found.limit_cents,
        "measures": rows,
        "cents": found.cost.value if found.cost and found.chosen else None,
        "without_amount": [m.id for m in found.without_amount],
        "unusable": [m.id for m in found.unusable],
        "covered": [goal.id for goal in found.covered],
        "missed": [goal.id for goal in found.missed],
        "unserved": [goal.id for goal in found.unserved],
        "unrated": [goal.id for goal in found.unrated],
        "full_cents": found.full_cents,
        "proof": {
            "fewer_cover": proof.fewer_cover,
            "smaller_sets": proof.smaller_sets,
            "apart": [goal.id for goal in proof.apart],
        }
        if proof
        else None,
    }


def cover(arguments: argparse.Namespace) -> Outcome:
    """`cover`: the measures to choose, the goals they cover, what stays without, and why fewer do not do."""
    done = applied(Store(arguments.db).load(), arguments.change or ())
    found = smallest_cover(done.plan, arguments.limit)
    findings = (*done.findings, *found.findings)
    data = {**_data(done.plan, found), "findings": [report.finding(item) for item in findings]}
    lines = [sentence.text for sentence in cover_sentences(found)]
    lines += [f"{m.id}  {m.name}" for m in found.chosen]
    code = 1 if any(item.level == "error" for item in findings) else 0
    return (data, "\n".join([*lines, *report.finding_lines(findings)])), code


def add_commands(commands: Any, shared: argparse.ArgumentParser, changing: argparse.ArgumentParser) -> None:
    """The parser of this command; `changing` reads changes and the Stichtag."""
    asked = commands.add_parser("cover", parents=[shared, changing], help="kleinste Menge von Maßnahmen für alle Ziele")
    asked.add_argument("--limit", type=euro, metavar="EURO", help="so viel dürfen sie zusammen kosten")


COMMANDS = {"cover": cover}
