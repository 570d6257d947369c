"""What happens with the money, without a browser: the funding notice and bookings, each a new version."""

import argparse
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from insek_core.change.consequences import Consequences, consequences
from insek_core.change.difference import differences
from insek_core.change.sealing import ready_to_save
from insek_core.cli.arguments import iso_day
from insek_core.cli.whatif import euro, today_of
from insek_core.papers import changes, report
from insek_core.plan import Plan
from insek_core.plan.errors import Finding, Problem, Unreadable
from insek_core.plan.finance import BOOKING_KINDS, BOOKING_WORDS, COST_BOOKINGS, FINANCING, Booking
from insek_core.plan.german import parse_share, show_list
from insek_core.plan.values import Fuzzy, parse_fuzzy
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.checks import new_errors
from insek_core.rules.money.actual.entries import OWN, booking_findings, called_words, next_id, with_booking
from insek_core.rules.money.notice import Notice, notice_findings, programme_of, with_notice
from insek_core.storage.store import Store, city_slices

Outcome = tuple[tuple[dict[str, Any], str], int]
YES_NO = {"ja": True, "nein": False}


def _known(plan: Plan, table: str, record_id: str, one: str) -> None:
    """Raises Problem where the table has no record of this id."""
    ids = [row.id for row in plan.rows(table)]
    if record_id not in ids:
        there = f"Es gibt {show_list(ids)}." if ids else "Es ist noch keines eingetragen."
        raise Problem(f"{one} „{record_id}“ gibt es nicht.", there)


def _saved(
    arguments: argparse.Namespace, store: Store, mine: Plan, findings: Sequence[Finding], reason: str
) -> tuple[Outcome, Assessment | None]:
    """Findings, consequences and edits of an entered plan, saved as a version unless it has an error or is only
    tried.
    """
    version, plan = store.newest()
    mine, today = ready_to_save(plan, mine), today_of(arguments, plan)
    findings = [*findings, *new_errors(plan, mine)]
    if any(finding.level == "error" for finding in findings):
        return _told(None, findings, "Nichts gespeichert.", {}, 1), None
    before, after = (assess(each, city_slices(store, each), today) for each in (plan, mine))
    told, edits = consequences(before, after), differences(plan, mine)
    data: dict[str, Any] = {"edits": [edit.sentence() for edit in edits]}
    if not edits or arguments.dry_run:
        return _told(told, findings, "Nichts gespeichert.", data, 0 if arguments.dry_run else 1), after
    number = store.save(mine, based_on=version.number, author=arguments.author, reason=reason).number
    return _told(told, findings, f"Gespeichert als Version {number}.", {**data, "version": number}, 0), after


def _told(told: Consequences | None, findings: Sequence[Finding], end: str, data: dict[str, Any], code: int) -> Outcome:
    sentences = [sentence.text for sentence in told.told] if told else []
    data = data | (changes.consequences(told) if told else {})
    data["findings"] = [report.finding(finding) for finding in findings]
    return (data, "\n".join([*sentences, *data.get("edits", ()), *report.finding_lines(findings), end])), code


def notice(arguments: argparse.Namespace) -> Outcome:
    """Enter the funding notice of a programme."""
    store = Store(arguments.db)
    plan = store.load()
    _known(plan, "programmes", arguments.programme, "Das Förderprogramm")
    stated = Notice(
        notice_on=arguments.on,
        notice_number=arguments.number.strip(),
        financing=arguments.financing or "",
        rate_share=arguments.rate,
        cap_cents=arguments.amount,
        cap_is_ceiling=YES_NO.get(arguments.ceiling),
        fixed_cents=arguments.fixed,
        own_fixed_cents=arguments.own_fixed,
        notice_period=arguments.period,
        notice_conditions=arguments.conditions,
    )
    mine = with_notice(plan, arguments.programme, stated)
    cited = programme_of(mine, arguments.programme).notice
    found = notice_findings(plan, arguments.programme, stated)
    return _saved(arguments, store, mine, found, arguments.reason or f"{cited} eingetragen")[0]


def book(arguments: argparse.Namespace) -> Outcome:
    """Enter a booking."""
    store = Store(arguments.db)
    plan = store.load()
    target = "cost_items" if arguments.kind in COST_BOOKINGS else "programmes"
    if arguments.of:
        _known(plan, target, arguments.of, "Die Kostenposition" if target == "cost_items" else "Das Förderprogramm")
    booking = Booking(
        id=next_id(plan, "bookings", "BU"),
        booked_on=arguments.on,
        kind=arguments.kind,
        cost_item=arguments.of if target == "cost_items" else "",
        programme=arguments.of if target == "programmes" else "",
        amount_cents=arguments.amount,
        document=arguments.document.strip(),
        source=f"Beleg {arguments.document.strip()}" if arguments.document.strip() else OWN,
        evidence="stated",
        visibility="öffentlich",
    )
    found = booking_findings(plan, booking, today_of(arguments, plan))
    reason = arguments.reason or f"{BOOKING_WORDS[arguments.kind]} eingetragen"
    ((data, text), code), after = _saved(arguments, store, with_booking(plan, booking), found, reason)
    words = called_words(after.drawdown, after.funding) if after else ""
    return ({**data, "booking": booking.id}, "\n".join(filter(None, (words, text)))), code


def _share(text: str) -> Fraction:
    try:
        share = parse_share(text)
    except Unreadable as error:
        raise argparse.ArgumentTypeError(f"{error.what} {error.remedy}") from None
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("Der Fördersatz liegt zwischen 0 und 1, z. B. 2/3.")
    return share


def _period(text: str) -> Fuzzy:
    try:
        return parse_fuzzy(text)
    except Unreadable as error:
        raise argparse.ArgumentTypeError(f"{error.what} {error.remedy}") from None


def _kind(text: str) -> str:
    """A kind of booking by what people call it or by its word in the plan."""
    words = {word.lower(): kind for kind, word in BOOKING_WORDS.items()} | {kind: kind for kind in BOOKING_KINDS}
    if (kind := words.get(text.strip().lower())) is None:
        raise argparse.ArgumentTypeError(f"Es gibt {show_list(BOOKING_WORDS.values())}.")
    return kind


def add_commands(commands: Any, shared: argparse.ArgumentParser, dated: argparse.ArgumentParser) -> None:
    """The commands notice and book."""
    saving = argparse.ArgumentParser(add_help=False)
    saving.add_argument("--dry-run", action="store_true", help="nur zeigen, was sich ändern würde")
    saving.add_argument("--author", default="Befehlszeile")
    saving.add_argument("--reason", default="")
    parents = [shared, dated, saving]
    stated = commands.add_parser("notice", parents=parents, help="einen Bewilligungsbescheid eintragen")
    stated.add_argument("programme", metavar="PROGRAMM")
    stated.add_argument("--on", type=iso_day, required=True, metavar="TAG", help="Bescheid vom (JJJJ-MM-TT)")
    stated.add_argument("--number", required=True, metavar="AZ", help="Aktenzeichen")
    stated.add_argument("--financing", choices=tuple(FINANCING))
    stated.add_argument("--rate", type=_share, metavar="2/3", help="Fördersatz")
    stated.add_argument("--ceiling", choices=tuple(YES_NO), help="ob der Förderbetrag ein Höchstbetrag ist")
    stated.add_argument("--amount", type=euro, metavar="EURO", help="Förderbetrag")
    stated.add_argument("--fixed", type=euro, metavar="EURO", help="Festbetrag")
    stated.add_argument("--own-fixed", type=euro, metavar="EURO", help="fester Eigenanteil")
    stated.add_argument("--period", type=_period, metavar="ZEIT", help="Bewilligungszeitraum, z. B. 2026–2028")
    stated.add_argument("--conditions", default="", metavar="TEXT", help="Nebenbestimmungen")
    booked = commands.add_parser("book", parents=parents, help="eine Buchung eintragen")
    booked.add_argument("kind", type=_kind, metavar="Auftrag|Rechnung|Zahlung|Auszahlungsantrag|Eingang")
    booked.add_argument("--on", type=iso_day, required=True, metavar="TAG")
    booked.add_argument("--amount", type=euro, required=True, metavar="EURO")
    booked.add_argument("--of", default="", metavar="KENNUNG", help="Kostenposition oder Förderprogramm")
    booked.add_argument("--document", default="", metavar="NR", help="Beleg")


COMMANDS = {"notice": notice, "book": book}
