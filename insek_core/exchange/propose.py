"""Workbooks and project files against the database: what they would change since they were written, what meets other
edits, and taking it over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from insek_core.change.difference import Difference, apply_edits, differences, merge
from insek_core.change.sealing import ready_to_save, to_check_words
from insek_core.exchange.formats import Read, read
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.content import Return
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.version import Version
from insek_core.rules.checks import new_errors
from insek_core.storage.store import Store

LONGEST_MESSAGE = 1_000
Conflict = tuple[Difference, Difference]
Reader = Callable[[Store, str, bytes, Plan, int], Read]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What workbooks would make of the newest version.

    `plan` is None if anything is in error. `edits` are all changes against the newest version; of each conflict (own
    edit, edit it meets) the plan holds what was there. `since` are the changes saved after the oldest workbook was
    written.
    `offices` are those whose return workbooks came back, with whether they changed anything.
    """

    head: Version
    plan: Plan | None
    edits: tuple[Difference, ...]
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]
    written_from: Version
    since: tuple[Difference, ...]
    offices: tuple[tuple[str, bool], ...]


def _named(findings: Sequence[Finding], name: str, several: bool) -> list[Finding]:
    return [replace(f, message=f"{name}: {f.message}") for f in findings] if several else list(findings)


def _short(finding: Finding) -> Finding:
    """The finding with the beginning of its message: a cell or name of a foreign file can be millions of signs long."""
    long = len(finding.message) > LONGEST_MESSAGE
    return replace(finding, message=f"{finding.message[:LONGEST_MESSAGE]} …") if long else finding


def propose(store: Store, files: Sequence[tuple[str, bytes]], reader: Reader = read) -> Proposal:
    """What the workbooks (name, bytes) would change together, or files of another kind that a `reader` understands.
    Nothing is saved; problems are findings, never raised.
    """
    head, plan = store.newest()
    merged, oldest = plan, head.number
    conflicts: list[Conflict] = []
    findings: list[Finding] = []
    offices: list[tuple[str, bool]] = []
    broken = False
    for name, data in files:
        try:
            intake, base, number = reader(store, name, data, plan, head.number)
        except Problem as problem:
            findings += _named(
                [Finding(level="error", message=problem.what, remedy=problem.remedy)], name, len(files) > 1
            )
            broken = True
            continue
        findings += _named(intake.findings, name, len(files) > 1)
        oldest = min(oldest, number)
        if intake.plan is None:
            broken = True
            continue
        offices += [(intake.office, intake.plan != base)] if intake.office in base.by_id else []
        result = merge(base, intake.plan, merged)
        merged, conflicts = result.plan, [*conflicts, *result.conflicts]
    if not broken:
        clashes = new_errors(plan, merged)
        findings += [f for f in clashes if f.message not in {g.message for g in findings}]
        broken = bool(clashes)
        if not broken and (told := to_check_words(plan, merged)):
            remedy = "Sie stehen in der nächsten Bewertungsrunde an."
            findings.append(Finding(level="notice", message=told, remedy=remedy))
    since = differences(store.load(oldest), plan) if oldest != head.number else ()
    return Proposal(
        head=head,
        plan=None if broken else merged,
        edits=() if broken else differences(plan, merged),
        conflicts=tuple(conflicts),
        findings=tuple(map(_short, findings)),
        written_from=store.version(oldest),
        since=since,
        offices=tuple(offices),
    )


def decide(proposal: Proposal, own: Sequence[int]) -> Plan:
    """The proposed plan with the own edit taken in each conflict whose number is given. The proposal must have a
    plan.
    """
    if proposal.plan is None:
        raise ValueError("a proposal in error has no plan")
    return apply_edits(proposal.plan, tuple(proposal.conflicts[n][0] for n in own))


def _returned(plan: Plan, proposal: Proposal, on: date) -> Plan:
    """The plan with each return entered: received on this day, Fehlanzeige where the workbook changed nothing."""
    for office, changed in proposal.offices:
        entries = [entry for entry in plan.returns if entry.office == office]
        blank = Return(
            id=f"RL-{office}",
            evidence="stated",
            office=office,
            source="Rücklaufmappe",
            plan_version=proposal.written_from.number,
        )
        plan = with_row(
            plan, "returns", replace(entries[-1] if entries else blank, received_on=on, nil_return=not changed)
        )
    return plan


def accept(store: Store, proposal: Proposal, *, author: str, reason: str, on: date, own: Sequence[int] = ()) -> Version:
    """Save the proposal as a new version, returns received on this day. Raises StaleBase if somebody saved since it was
    made.
    """
    plan = ready_to_save(store.load(), _returned(decide(proposal, own), proposal, on))
    return store.save(plan, based_on=proposal.head.number, author=author, reason=reason)
