"""A GeoJSON file against the database: which outlines it would bring, what is to be said of them, taking them over."""

import hashlib
import json
from dataclasses import dataclass

from insek_core.exchange.apart import PATIENCE, parse_apart
from insek_core.plan import Plan
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import count, show_number
from insek_core.plan.imported import Imported
from insek_core.rules.places.areas import Outline
from insek_core.storage.store import Store

MOST_FINDINGS = 200
METRES = 111_195.0  # of a degree of latitude
UNKNOWN = "unbekannt"  # the vintage where nobody states it
NO_VINTAGE = Finding(
    level="warning",
    message="Der Gebietsstand ist nicht angegeben; er gilt als unbekannt.",
    remedy="Bitte angeben, von wann die Grenzen sind, z. B. 31.12.2018.",
)


@dataclass(frozen=True, kw_only=True)
class OutlineChoice:
    """What a person says of a file of outlines: of which day they are, their source, their level (empty: found from
    the file), and whether latitude stands before longitude.
    """

    vintage: str = ""
    source: str = ""
    level: str = ""
    swap: bool = False


@dataclass(frozen=True, kw_only=True)
class OutlineProposal:
    """What a file of outlines would change: the outlines to write, with the geometry of each as it was published."""

    file: str
    digest: str
    level: str = ""
    outlines: tuple[Outline, ...] = ()
    originals: tuple[tuple[str, str], ...] = ()
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    tolerance_m: float = 0.0
    drawn_bytes: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether an error keeps the whole file out."""
        return any(finding.level == "error" for finding in self.findings)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the file would change, in sentences."""
        if self.refused:
            return ("Nichts übernommen: Bitte die Fehler beheben und die Datei noch einmal einlesen.",)
        every = self.added + self.changed + self.unchanged
        holds = f"{count(every, 'Umriss', 'Umrisse')} der Ebene {self.level}."
        if not self.outlines:
            return (holds, "Die Datei ändert nichts: Alle Umrisse liegen schon so vor.")
        new = f"{self.added} neu (bisher schematisch oder keiner)"
        changes = f"{new} · {self.changed} geändert · {self.unchanged} unverändert."
        size = f"Gezeichnet werden sie mit {show_number(self.drawn_bytes / 1000)} kB"
        how = (
            f", vereinfacht auf etwa {show_number(self.tolerance_m)} m; das Original bleibt erhalten."
            if self.tolerance_m
            else "."
        )
        return (holds, changes, size + how)


def _question(plan: Plan, choice: OutlineChoice) -> str:
    areas = [(area.id, area.code, area.name, area.level) for area in plan.areas]
    points = [(area.lon, area.lat) for area in plan.areas if area.lon is not None and area.lat is not None]
    return json.dumps({"areas": areas, "points": points, "level": choice.level, "swap": choice.swap})


def propose_outlines(store: Store, name: str, data: bytes, *, choice: OutlineChoice | None = None) -> OutlineProposal:
    """What a file of outlines would change. Nothing is saved; problems are findings, never raised."""
    asked, plan = choice or OutlineChoice(), store.load()
    seal = hashlib.sha256(data).hexdigest()
    try:
        read = parse_apart("outlines", _question(plan, asked), data, seconds=PATIENCE)
    except Problem as problem:
        finding = Finding(level="error", message=f"{name}: {problem.what}", remedy=problem.remedy)
        return OutlineProposal(file=name, digest=seal, findings=(finding,))
    findings = [Finding(level=level, message=text[:600], remedy=remedy) for level, text, remedy in read["told"]]
    vintage = asked.vintage.strip() or UNKNOWN
    findings += [NO_VINTAGE] if vintage == UNKNOWN else []
    made = [
        (Outline(area, geometry, "official", vintage, asked.source.strip() or name), original)
        for area, geometry, original in read["outlines"]
    ]
    before = {outline.area: outline for outline in store.outlines(read["level"])}
    new = [one for one in made if one[0].area not in before or before[one[0].area].kind != "official"]
    changed = [one for one in made if one not in new and not _same(one[0], before[one[0].area])]
    return OutlineProposal(
        file=name,
        digest=seal,
        level=read["level"],
        outlines=tuple(outline for outline, _ in (*new, *changed)),
        originals=tuple((outline.area, original) for outline, original in (*new, *changed)),
        added=len(new),
        changed=len(changed),
        unchanged=len(made) - len(new) - len(changed),
        tolerance_m=read["tolerance"] * METRES,
        drawn_bytes=len(json.dumps([outline.geometry for outline, _ in made], separators=(",", ":"))),
        findings=tuple(findings[:MOST_FINDINGS]),
    )


def _same(stated: Outline, kept: Outline) -> bool:
    """Whether a file brings nothing new: another vintage counts where one is stated."""
    return stated.geometry == kept.geometry and stated.vintage in (UNKNOWN, kept.vintage)


def accept_outlines(store: Store, proposal: OutlineProposal, *, author: str, reason: str) -> Imported:
    """Take the outlines over, all or nothing; from then on they are drawn in place of the schematic ones."""
    if proposal.refused or not proposal.outlines:
        raise ValueError("a proposal in error or without outlines is not taken over")
    first = proposal.outlines[0]
    told = Imported(
        kind="outlines",
        author=author,
        reason=reason,
        file=proposal.file,
        digest=proposal.digest,
        source=first.source,
        vintage=first.vintage,
        added=proposal.added,
        changed=proposal.changed,
        unchanged=proposal.unchanged,
        findings=tuple(finding.message for finding in proposal.findings),
    )
    return store.take_outlines(proposal.outlines, proposal.originals, told)
