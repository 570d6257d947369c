"""A statistics file against the database: what it would change, what is to be said of it, and taking it over."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import isnan

import numpy as np

from insek_core.exchange.apart import parse_apart
from insek_core.exchange.statistics import traps
from insek_core.exchange.statistics.checks import doubles, reading_findings, said, year_findings
from insek_core.exchange.statistics.cube import MOST_CELLS, Cube, Kept, cube_of, kept_figures
from insek_core.exchange.statistics.figures import STATES, FileFigures, label, unpacked
from insek_core.exchange.statistics.matching import match_names, match_places
from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.content import Indicator
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import count, named, quoted
from insek_core.plan.imported import Imported, ImportedSeries
from insek_core.plan.version import Version
from insek_core.rules.places.indicators import POPULATION
from insek_core.storage.store import Store
from insek_core.storage.values import Progress, Row

MOST_NEW, MOST_FINDINGS, LONGEST_MESSAGE = 500, 300, 600
RATES = re.compile(r"anteil|quote|rate|prozent|%|durchschnitt|dichte|je ", re.I)
ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
Old = dict[tuple[str, str, int], tuple[float | None, str]]  # kept figures: value and state


@dataclass(frozen=True, kw_only=True)
class StatisticsChoice:
    """What a person says of a file: which characteristics become new indicators (by their label; `all_new`: all), which
    indicator one means, another theme than the name of the file, and the source with its licence.
    """

    new: tuple[str, ...] = ()
    all_new: bool = False
    meant: Mapping[str, str] = field(default_factory=dict)
    theme: str = ""
    source: str = ""


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
    rows: tuple[Row, ...] = ()
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


def _slug(name: str, taken: set[str]) -> str:
    """A free id for an indicator of this name."""
    words = re.sub(r"[^A-Z0-9]+", "-", name.lower().translate(ASCII).upper()).strip("-")[:40].strip("-") or "NEU"
    tried = f"IND-{words}"
    number = 2
    while tried in taken:
        tried, number = f"IND-{words}-{number}", number + 1
    taken.add(tried)
    return tried


def _fresh(found: FileFigures, n: int, taken: set[str], source: str) -> Indicator:
    """A new indicator for a characteristic: a count where all its figures are whole, by name a rate, else unknown."""
    name = label(found.names[n])
    values = found.value[(found.name == n) & ~np.isnan(found.value)]
    whole, rate = bool((values % 1 == 0).all()), bool(RATES.search(name))
    kind = "Rate" if rate else "Zahl" if whole and len(values) else ""
    marks = (("measure_kind", "assumed"),) if kind else ()
    return Indicator(
        id=_slug(name, taken),
        name=name,
        measure_kind=kind,
        source=source,
        evidence="external",
        field_evidence=marks,  # type: ignore[arg-type]
        visibility="öffentlich",
    )


def _names(
    found: FileFigures, plan: Plan, store: Store, choice: StatisticsChoice, source: str
) -> tuple[tuple[str | None, ...], tuple[Indicator, ...], tuple[str, ...]]:
    """The indicator of each name, the indicators that are new, and what else there is to choose."""
    matched = list(match_names(plan, found.names, store.called(), choice.meant))
    free = [n for n, one in enumerate(matched) if one is None and label(found.names[n]) not in choice.meant]
    taken, fresh = set(plan.by_id), []
    for n in free:
        if choice.all_new or label(found.names[n]) in choice.new:
            fresh.append(_fresh(found, n, taken, source))
            matched[n] = fresh[-1].id
    offered = tuple(dict.fromkeys(label(found.names[n]) for n in free if matched[n] is None))
    return tuple(matched), tuple(fresh), offered


def _choice_findings(found: FileFigures, plan: Plan, choice: StatisticsChoice, fresh: int) -> list[Finding]:
    labels, ids = {label(one) for one in found.names}, {i.id for i in plan.indicators}
    strange = [one for one in (*choice.new, *choice.meant) if one not in labels]
    unknown = [one for one in choice.meant.values() if one and one not in ids]
    findings = []
    if strange:
        there = named(sorted(labels))
        remedy = f"Es gibt: {there}."
        findings.append(said("error", f"Die Datei hat kein Merkmal {named(strange)}.", remedy))
    if unknown:
        remedy = "Bitte die Kennung aus der Tabelle Indikatoren nehmen."
        findings.append(said("error", f"Die Planung hat keinen Indikator {named(unknown)}.", remedy))
    if fresh > MOST_NEW:
        findings.append(said("error", f"Die Datei hätte {fresh} neue Indikatoren.", f"Bitte höchstens {MOST_NEW} wählen."))
    return findings


def _differences(found: FileFigures, kept: Kept, left: Sequence[int], old: Old) -> tuple[list[Row], list[int]]:
    """The figures to write, and how many are new, changed, removed and unchanged."""
    picked = np.asarray(left)
    rows = kept.rows[picked]
    ids, areas = kept.indicators, [area.id for area in kept.areas]
    states = [STATES[n] for n in found.state[rows].tolist()]
    values = [None if isnan(value) else value for value in found.value[rows].tolist()]
    keys = (
        [ids[n] for n in kept.indicator[picked].tolist()],
        [areas[n] for n in kept.area[picked].tolist()],
        kept.year[picked].tolist(),
    )
    every = list(zip(*keys, values, states, strict=True))
    if not old:
        written = [row for row in every if row[4] != "missing"]
        return written, [len(written), 0, 0, 0]
    written, counts = [], [0, 0, 0, 0]
    for row in every:
        before = old.get(row[:3], (None, "missing"))
        if before == row[3:]:
            counts[3] += row[4] != "missing"
            continue
        counts[2 if row[4] == "missing" else 0 if before[1] == "missing" else 1] += 1
        written.append(row)
    return written, counts


def _series(found: FileFigures, kept: Kept) -> tuple[ImportedSeries, ...]:
    """What the file brings of each name: years and number of figures."""
    told, names, known = [], found.name[kept.rows], found.state[kept.rows] != 1
    for n in np.unique(names):
        at = (names == n) & known
        if at.any():
            theme, words = found.names[n]
            years, indicator = kept.year[at], kept.indicators[int(kept.indicator[np.argmax(names == n)])]
            first, last = int(years.min()), int(years.max())
            told.append(
                ImportedSeries(
                    indicator=indicator, theme=theme, words=words, first_year=first, last_year=last, figures=int(at.sum())
                )
            )
    return tuple(told)


def _population(store: Store, cube: Cube) -> np.ndarray[tuple[int, int], np.dtype[np.float64]] | None:
    """Inhabitants by area and year, from the file or from what is kept; None if neither knows any."""
    if POPULATION in cube.indicators:
        return cube.values[cube.indicators.index(POPULATION)]
    area = {one.id: n for n, one in enumerate(cube.areas)}
    found = np.full(cube.values.shape[1:], np.nan)
    for _, place, year, value, _ in store.values_of([POPULATION]):
        if place in area and year in cube.years and value is not None:
            found[area[place], cube.years.index(year)] = value
    return None if np.isnan(found).all() else found


def _bases(cube: Cube, names: Sequence[str], old: Old) -> list[Finding]:
    """Which indicators the file states on another basis than what is kept."""
    area, year = {one.id: n for n, one in enumerate(cube.areas)}, {one: n for n, one in enumerate(cube.years)}
    cities = {one.id for one in cube.areas if one.level == "Stadt"}
    pairs: dict[str, list[tuple[float, float]]] = {}
    city: dict[str, tuple[int, float, float]] = {}
    for (indicator, place, when), (value, _) in old.items():
        if value is None or place not in area or when not in year:
            continue
        stated = float(cube.values[cube.indicators.index(indicator), area[place], year[when]])
        if isnan(stated):
            continue
        pairs.setdefault(indicator, []).append((value, stated))
        if place in cities and value != stated and when >= city.get(indicator, (0,))[0]:
            city[indicator] = when, value, stated
    told = (traps.other_basis(name, one, pairs.get(one, ()), city.get(one)) for one, name in zip(cube.indicators, names, strict=True))
    return [finding for finding in told if finding]


def _trap_findings(store: Store, cube: Cube, names: Sequence[str], old: Old) -> list[Finding]:
    suspect = traps.zero_years(cube)
    dense = any(traps.DENSITY_WORDS.search(name) for name in names)
    return [
        *_bases(cube, names, old),
        *traps.zeros(cube, names, suspect),
        *traps.leaps(cube, names, suspect),
        *(traps.densities(cube, names, _population(store, cube)) if dense else ()),
        *traps.missing_areas(cube, cube.areas),
        *traps.sums(cube, names, suspect),
        *traps.boundaries(cube, names),
    ]


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
        found = unpacked(parse_apart("statistics", asked.theme.strip() or name, data))
    except Problem as problem:
        return _with(blank, findings=(said("error", f"{name}: {problem.what}", problem.remedy),))
    return _compared(store, plan, found, asked, blank, on)


def _with(proposal: StatisticsProposal, **fields: object) -> StatisticsProposal:
    return StatisticsProposal(**{**vars(proposal), **fields})  # type: ignore[arg-type]


def _compared(
    store: Store, plan: Plan, found: FileFigures, asked: StatisticsChoice, blank: StatisticsProposal, on: date
) -> StatisticsProposal:
    names, fresh, offered = _names(found, plan, store, asked, blank.source)
    places = match_places(plan, found.places)
    kept = kept_figures(found, plan.areas, places.ids, names)
    called = {i.id: i.name for i in (*plan.indicators, *fresh)}
    named_as = [called[one] for one in kept.indicators if one in called]
    findings = [
        *reading_findings(found),
        *_choice_findings(found, plan, asked, len(fresh)),
        *year_findings(found, on),
        *places.findings,
        *_nothing(kept, offered, plan),
    ]
    if len(kept.indicators) * len(kept.areas) * len(np.unique(kept.year)) > MOST_CELLS:
        findings.append(said("error", "Die Datei spannt zu viele Gebiete und Jahre auf.", "Bitte die Datei teilen."))
    if any(finding.level == "error" for finding in findings):
        return _with(blank, findings=_bounded(findings), offered=offered)
    doubled, left = doubles(found, kept, named_as)
    old: Old = {row[:3]: row[3:] for row in store.values_of(kept.indicators)} if kept.indicators else {}
    findings += [*doubled, *_trap_findings(store, cube_of(found, kept), named_as, old)]
    rows, counts = _differences(found, kept, left, old)
    added, changed, removed, unchanged = counts
    return _with(
        blank,
        plan=with_tables(plan, {"indicators": (*plan.indicators, *fresh)}) if fresh else None,
        rows=tuple(rows),
        added=added,
        changed=changed,
        removed=removed,
        unchanged=unchanged,
        series=_series(found, kept),
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
        return [said("error", "Kein Gebiet der Datei gehört zur Planung.", "Bitte Namen und Schlüssel der Gebiete prüfen.")]
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
