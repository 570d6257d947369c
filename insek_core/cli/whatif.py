"""What if, without a browser: assess with changes, seek, risk, repair, compare, scenarios. Each gives JSON, German text
and exit code.
"""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from insek_core.change.consequences import consequences
from insek_core.change.notation import read_euro
from insek_core.change.repair import LIMITS, Repair, repair, repair_sentences
from insek_core.change.scenario import Applied, apply, parse_all, words
from insek_core.change.variants import changes_of
from insek_core.cli.arguments import whole
from insek_core.papers import changes, report
from insek_core.plan import Plan
from insek_core.plan.errors import Finding, Problem, Unreadable
from insek_core.plan.german import plain_number, quoted, show_euro
from insek_core.rules.assessment import assess, reference_date
from insek_core.rules.chance.ranges import MOST_DRAWS
from insek_core.rules.chance.risk import held_words, simulate
from insek_core.rules.money.curve import curve, sought, sought_sentence
from insek_core.rules.time.schedule import timetable
from insek_core.storage.shown import city_slices
from insek_core.storage.store import Store

Outcome = tuple[tuple[dict[str, Any], str], int]


def _error(message: str, remedy: str) -> Finding:
    return Finding(level="error", message=message, remedy=remedy)


def _code(findings: Sequence[Finding]) -> int:
    return 1 if any(item.level == "error" for item in findings) else 0


def today_of(arguments: argparse.Namespace, plan: Plan) -> date:
    """The Stichtag: `--today`, else the plan's, else the clock."""
    return getattr(arguments, "today", None) or reference_date(plan, date.today())  # noqa: DTZ011


def applied(plan: Plan, texts: Sequence[str]) -> Applied:
    """The plan after the changes that texts state, with findings about those that cannot be read or made."""
    changes, unread = parse_all(texts)
    done = apply(plan, changes)
    return Applied(done.plan, done.changes, (*unread, *done.findings))


def assess_changed(arguments: argparse.Namespace) -> Outcome:
    """`assess --change …`: the plan after the changes, the plan before, the consequences."""
    store = Store(arguments.db)
    plan = store.load()
    slices, today, done = city_slices(store, plan), today_of(arguments, plan), applied(plan, arguments.change)
    before = assess(plan, slices, today)
    after = assess(done.plan, slices, today) if done.changes else before
    told = consequences(before, after)
    texts = [change.text for change in done.changes]
    data = report.assessment(after) | changes.consequences(told)
    data |= {"before": report.assessment(before), "changes": texts}
    data["findings"] = [*(report.finding(f) for f in done.findings), *data["findings"]]
    made, sentences = [words(plan, change) for change in done.changes], [sentence.text for sentence in told.told]
    text = [*made, "", *sentences, told.more_words, *report.finding_lines(done.findings)]
    return (data, "\n".join(text)), _code((*done.findings, *after.findings))


def seek(arguments: argparse.Namespace) -> Outcome:
    """The total cost whose own share is the wanted one, with the ceiling and, while that is open, without."""
    plan = Store(arguments.db).load()
    done = applied(plan, arguments.change or ())
    found = assess(done.plan, (), today_of(arguments, plan)).funding
    wanted, broken = show_euro(arguments.own_share), _code(done.findings) == 1
    capped, growing = (None, None) if broken else sought(done.plan, found, arguments.own_share)
    findings = [*done.findings]
    if (capped, growing) == (None, None) and not broken:
        why = (
            ""
            if curve(done.plan, found)
            else " Gesucht wird mit genau einem Förderprogramm, bekannten Kosten und ohne ungeplante Drittmittel."
        )
        findings.append(
            _error(
                f"Zu einem Eigenanteil von {wanted} gehören keine bestimmten Gesamtkosten.{why}",
                "Einen anderen Eigenanteil suchen.",
            )
        )
    data = {
        "total_cents": capped,
        "without_ceiling": {"total_cents": growing} if found.ceiling_open and not broken else None,
        "findings": [report.finding(f) for f in findings],
    }
    told = None if broken else sought_sentence(found, arguments.own_share, (capped, growing))
    text = [told.text] if told else []
    return (data, "\n".join([*text, *report.finding_lines(findings)])), _code(findings)


def risk(arguments: argparse.Namespace) -> Outcome:
    """Percentiles, limits and tornado of the own share."""
    plan = Store(arguments.db).load()
    done = applied(plan, arguments.change or ())
    dates = timetable(done.plan, today_of(arguments, plan))
    found = simulate(done.plan, arguments.seed, arguments.draws, arguments.shape, dates)
    findings = (*done.findings, *found.findings)
    data = {**report.risk(found), "findings": [report.finding(f) for f in findings]}
    lines = [
        f"P{p}: Eigenanteil {found.own_share_words(p)}; Gesamtkosten {show_euro(found.total_cents[p])}"
        for p in found.own_share_cents
    ]
    lines += [f"{held.name}: hält {held_words(held, found.if_ceiling)}" for held in found.held]
    lines += ["Die Spannen der Kosten sind Annahmen."] if found.assumed and lines else []
    return (data, "\n".join([*lines, *report.finding_lines(findings)])), _code(findings)


def repair_limit(arguments: argparse.Namespace) -> Outcome:
    """The smallest set of options to leave out so that a limit holds."""
    plan = Store(arguments.db).load()
    done = applied(plan, arguments.change or ())
    limit, cents = arguments.limit
    found = repair(done.plan, limit, cents, arguments.allow)
    findings = (*done.findings, *found.findings)
    data = {
        "limit": limit,
        "limit_cents": cents,
        **_repair_json(found),
        "without_ceiling": _repair_json(found.if_growing) if found.if_growing else None,
        "findings": [report.finding(f) for f in findings],
    }
    lines = repair_sentences(done.plan, found, limit)
    return (data, "\n".join([*lines, *report.finding_lines(findings)])), _code(findings)


def _repair_json(found: Repair) -> dict[str, Any]:
    return {
        "value_cents": found.value_cents,
        "changes": [c.text for c in found.changes],
        "lost_goals": list(found.lost_goals),
        "proof": found.proof,
    }


def _side(store: Store, name: str) -> tuple[Plan, tuple[Finding, ...]]:
    """A version by number, a kept scenario by id or name on the newest plan, or the plan itself ("plan")."""
    plan = store.load()
    if name == "plan":
        return plan, ()
    if (number := plain_number(name)) is not None:
        return store.load(number), ()
    scenario = next((s for s in plan.scenarios if name in (s.id, s.name)), None)
    if scenario is None:
        raise Problem(
            f"„{name}“ ist weder eine Version noch eine Variante.", "Bitte eine Nummer, einen Namen oder plan angeben."
        )
    changes, unread = changes_of(plan, scenario.id)
    done = apply(plan, changes)
    return done.plan, (*unread, *done.findings)


def compare(arguments: argparse.Namespace) -> Outcome:
    """What differs between two versions, scenarios or the plan."""
    store = Store(arguments.db)
    sides = [_side(store, name) for name in (arguments.a, arguments.b)]
    today = today_of(arguments, store.load())
    found = [assess(plan, city_slices(store, plan), today) for plan, _ in sides]
    told, findings = consequences(*found), [*sides[0][1], *sides[1][1]]
    data = {
        **changes.consequences(told),
        "a": report.totals(found[0]),
        "b": report.totals(found[1]),
        "findings": [report.finding(f) for f in findings],
    }
    text = [s.text for s in told.told] or ["Kein Unterschied."]
    return (data, "\n".join([*text, told.more_words, *report.finding_lines(findings)]).strip()), _code(findings)


def scenarios(arguments: argparse.Namespace) -> Outcome:
    """The kept scenarios with their changes."""
    plan = Store(arguments.db).load()
    rows: list[dict[str, Any]] = []
    lines: list[str] = []
    findings: list[Finding] = []
    for scenario in plan.scenarios:
        changes, unread = changes_of(plan, scenario.id)
        findings += unread
        rows.append(
            {
                "id": scenario.id,
                "name": scenario.name,
                "author": scenario.author,
                "reason": scenario.reason,
                "plan_version": scenario.plan_version,
                "archived_on": report.plain(scenario.archived_on),
                "changes": [change.text for change in changes],
            }
        )
        lines.append(f"{scenario.id}  {scenario.name}: {'; '.join(words(plan, c) for c in changes)}")
    return (
        {"scenarios": rows, "findings": [report.finding(f) for f in findings]},
        "\n".join(lines) or "Noch keine Variante.",
    ), _code(findings)


def _limit(text: str) -> tuple[str, int]:
    name, _, amount = text.partition("=")
    if name not in LIMITS or not amount.replace(".", "", 1).isdigit():
        raise argparse.ArgumentTypeError(f"{quoted(text)} ist keine Grenze wie own_share=40000 ({', '.join(LIMITS)})")
    return name, euro(amount)


def euro(text: str) -> int:
    """Whole cents of euro with a point."""
    try:
        return read_euro(text)
    except Unreadable as error:
        raise argparse.ArgumentTypeError(f"{error.what} {error.remedy}") from None


def add_commands(
    commands: Any, shared: argparse.ArgumentParser, changing: argparse.ArgumentParser, dated: argparse.ArgumentParser
) -> None:
    """The parsers of these commands; `changing` reads changes and the Stichtag, `dated` the Stichtag alone."""
    wanted = commands.add_parser("seek", parents=[shared, changing], help="Gesamtkosten zu einem Eigenanteil suchen")
    wanted.add_argument("--own-share", type=euro, required=True, metavar="EURO")
    risky = commands.add_parser("risk", parents=[shared, changing], help="Risiko des Eigenanteils simulieren")
    risky.add_argument("--seed", type=whole(0, 2**63 - 1), default=1)
    risky.add_argument("--draws", type=whole(1, MOST_DRAWS), default=100_000)
    risky.add_argument("--shape", choices=("triangular", "pert"), default="triangular")
    mended = commands.add_parser("repair", parents=[shared, changing], help="kleinste Reparatur einer Grenze suchen")
    mended.add_argument("--limit", type=_limit, required=True, metavar="own_share=EURO")
    mended.add_argument("--allow", nargs="+", metavar="KENNUNG", help="was entfallen darf (sonst, was optional ist)")
    pair = commands.add_parser("compare", parents=[shared, dated], help="zwei Versionen oder Varianten vergleichen")
    pair.add_argument("a", metavar="A")
    pair.add_argument("b", metavar="B")
    commands.add_parser("scenarios", parents=[shared], help="Varianten zeigen")


COMMANDS = {"seek": seek, "risk": risk, "repair": repair_limit, "compare": compare, "scenarios": scenarios}
