"""Which indicators the figures of a file are of: those of the plan, those a person means, and new ones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from insek_core.exchange.statistics.checks import said
from insek_core.exchange.statistics.figures import FileFigures, label
from insek_core.exchange.statistics.matching import match_names
from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.plan.errors import Finding
from insek_core.plan.german import named
from insek_core.storage.store import Store

MOST_NEW = 500
RATES = re.compile(r"anteil|quote|rate|prozent|%|durchschnitt|dichte|je ", re.I)
ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


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
        field_evidence=marks,
        visibility="öffentlich",
    )


def indicators_of(
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


def choice_findings(found: FileFigures, plan: Plan, choice: StatisticsChoice, fresh: int) -> list[Finding]:
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
        findings.append(
            said("error", f"Die Datei hätte {fresh} neue Indikatoren.", f"Bitte höchstens {MOST_NEW} wählen.")
        )
    return findings
