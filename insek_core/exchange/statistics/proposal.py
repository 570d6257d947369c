"""A statistics file against the database: what it would change, what is to be said of it, and taking it over."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from insek_core.exchange.apart import PATIENCE, parse_apart
from insek_core.exchange.statistics.checks import doubles, reading_findings, said, year_findings
from insek_core.exchange.statistics.choosing import StatisticsChoice, choice_findings, indicators_of
from insek_core.exchange.statistics.comparing import Old, different, series_of, trap_findings
from insek_core.exchange.statistics.cube import MOST_CELLS, Kept, cube_of, kept_figures
from insek_core.exchange.statistics.figures import FileFigures, unpacked
from insek_core.exchange.statistics.matching import match_places
from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.content import Indicator
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import count, named
from insek_core.plan.imported import Imported, ImportedSeries
from insek_core.plan.version import Version
from insek_core.storage.store import Store
from insek_core.storage.values import Progress, ValueRow

MOST_FINDINGS, LONGEST_MESSAGE = 300, 600


@dataclass(frozen=True, kw_only=True)
class StatisticsProposal:
    """What a file of statistics would change. `plan` holds the new indicators (None: there are none), `rows` are the
    figures to write, `offered` the characteristics the plan has no indicator for.
    """

    file: str
    digest: str
    source: str
    head: Version
    based_on: str
    plan: Plan | None = None
    rows: tuple[ValueRow, ...] = ()
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    series: tuple[ImportedSeries, ...] = ()
    fresh: tuple[Indicator, ...] = ()
    offered: tuple[str, ...] = ()
    areas: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether an error keeps the whole file out."""
        return any(finding.level == "error" for finding in self.findings)


def _bounded(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    order = {"error": 0, "warning": 1, "notice": 2}
    ranked = sorted(findings, key=lambda finding: order[finding.level])
    more = len(ranked) - MOST_FINDINGS
    last = [said("notice", f"Dazu {count(more, 'weiterer Befund', 'weitere Befunde')}.", "")] if more > 0 else []
    return tuple(map(_short, (*ranked[:MOST_FINDINGS], *last)))


def _short(finding: Finding) -> Finding:
    """The finding with the beginning of its message: a cell of a foreign file can be millions of signs long."""
    long = len(finding.message) > LONGEST_MESSAGE
    return replace(finding, message=f"{finding.message[:LONGEST_MESSAGE]} …") if long else finding


def propose_statistics(
    store: Store, name: str, data: bytes, *, on: date, choice: StatisticsChoice | None = None
) -> StatisticsProposal:
    """What a file of statistics would change. Nothing is saved; problems are findings, never raised."""
    asked = choice or StatisticsChoice()
    head, plan = store.newest()
    source = asked.source.strip() or name
    blank = StatisticsProposal(
        file=name, digest=hashlib.sha256(data).hexdigest(), source=source, head=head, based_on=store.statistics
    )
    try:
        found = unpacked(parse_apart("statistics", asked.theme.strip() or name, data, seconds=PATIENCE))
    except Problem as problem:
        return _with(blank, findings=(said("error", f"{name}: {problem.what}", problem.remedy),))
    return _compared(store, plan, found, asked, blank, on)


def _with(proposal: StatisticsProposal, **fields: object) -> StatisticsProposal:
    return StatisticsProposal(**{**vars(proposal), **fields})


def _compared(
    store: Store, plan: Plan, found: FileFigures, asked: StatisticsChoice, blank: StatisticsProposal, on: date
) -> StatisticsProposal:
    names, fresh, offered = indicators_of(found, plan, store, asked, blank.source)
    places = match_places(plan, found.places)
    kept = kept_figures(found, plan.areas, places.ids, names)
    called = {i.id: i.name for i in (*plan.indicators, *fresh)}
    named_as = [called[one] for one in kept.indicators if one in called]
    findings = [
        *reading_findings(found),
        *choice_findings(found, plan, asked, len(fresh)),
        *year_findings(found, on),
        *places.findings,
        *_nothing(kept, offered, plan),
    ]
    if len(kept.indicators) * len(kept.areas) * len(np.unique(kept.year)) > MOST_CELLS:
        findings.append(said("error", "Die Datei spannt zu viele Gebiete und Jahre auf.", "Bitte die Datei teilen."))
    if any(finding.level == "error" for finding in findings):
        return _with(blank, findings=_bounded(findings), offered=offered)
    doubled, left = doubles(found, kept, named_as)
    if any(finding.level == "error" for finding in doubled):
        return _with(blank, findings=_bounded([*findings, *doubled]), offered=offered)
    old: Old = {row[:3]: row[3:] for row in store.values_of(kept.indicators)} if kept.indicators else {}
    findings += [*doubled, *trap_findings(store, cube_of(found, kept), named_as, old)]
    rows, counts = different(found, kept, left, old)
    added, changed, removed, unchanged = counts
    return _with(
        blank,
        plan=with_tables(plan, {"indicators": (*plan.indicators, *fresh)}) if fresh else None,
        rows=tuple(rows),
        added=added,
        changed=changed,
        removed=removed,
        unchanged=unchanged,
        series=series_of(found, kept),
        fresh=fresh,
        offered=offered,
        areas=len(np.unique(kept.area)),
        findings=_bounded(findings),
    )


def _nothing(kept: Kept, offered: Sequence[str], plan: Plan) -> list[Finding]:
    """What is said where nothing of a file can be taken."""
    if not plan.areas:
        return [said("error", "Die Planung hat noch keine Gebiete.", "Bitte zuerst die Tabelle Gebiete füllen.")]
    if kept.indicators and not len(kept.rows):
        return [
            said("error", "Kein Gebiet der Datei gehört zur Planung.", "Bitte Namen und Schlüssel der Gebiete prüfen.")
        ]
    if not kept.indicators and offered:
        message = f"Die Planung hat zu keinem Merkmal der Datei einen Indikator: {named(offered)}."
        return [said("warning", message, "Bitte auswählen, welche Merkmale neue Indikatoren werden.")]
    return []


def accept_statistics(
    store: Store, proposal: StatisticsProposal, *, author: str, reason: str, progress: Progress = lambda part: None
) -> Imported:
    """Take a proposal over: new indicators as a version, figures and the file they come from, all or nothing.

    Raises StaleBase or StoreProblem where somebody saved or read statistics in since it was made.
    """
    if proposal.refused:
        raise ValueError("a proposal in error is not taken over")
    told = Imported(
        kind="statistics",
        author=author,
        reason=reason,
        file=proposal.file,
        digest=proposal.digest,
        source=proposal.source,
        added=proposal.added,
        changed=proposal.changed,
        removed=proposal.removed,
        unchanged=proposal.unchanged,
        findings=tuple(finding.message for finding in proposal.findings),
        series=proposal.series,
    )
    plan = (proposal.plan, proposal.head.number) if proposal.plan else None
    return store.take_statistics(proposal.rows, told, based_on=proposal.based_on, plan=plan, progress=progress)
