"""What is to be said of figures before they are taken: cells, years, figures that are stated twice."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np

from insek_core.exchange.statistics.cube import Kept
from insek_core.exchange.statistics.figures import FileFigures, Ints, located
from insek_core.plan.errors import Finding, Severity
from insek_core.plan.german import count, named, quoted, show_number

FIRST_YEAR, LAST_YEAR = 1900, 2100
SHOWN = 5  # places that a finding names


def said(level: Severity, message: str, remedy: str, at: tuple[str, str] = ("", "")) -> Finding:
    """A finding about a file; where it is no workbook the place stands in its words."""
    sheet, cell = at
    where = f" ({cell})" if cell and not sheet else ""
    stop = message.endswith(".")
    text = f"{message.removesuffix('.')}{where}{'.' if stop else ''}" if where else message
    return Finding(level=level, message=text, remedy=remedy, sheet=sheet, cell=cell if sheet else "")


def _odd(found: FileFigures) -> Iterable[Finding]:
    told, sheet = found.told, found.told["sheet"]
    for line, column, text in told["odd"][:SHOWN]:
        remedy = (
            "Bitte eine Zahl oder eines der Zeichen „–“ (null), „.“ (geheim), „…“ oder „x“ (keine Angabe) eintragen."
        )
        yield said(
            "error", f"{quoted(text)} ist weder Zahl noch Zeichen der Statistik.", remedy, located(sheet, line, column)
        )
    if (more := told["odd_count"] - SHOWN) > 0:
        yield said(
            "error", f"{count(more, 'weitere Zelle ist', 'weitere Zellen sind')} nicht zu lesen.", "Bitte prüfen."
        )
    for line in told["short"][:SHOWN]:
        message = f"Zeile {line} hat andere Spalten als die Überschrift; sie lässt sich nicht lesen."
        yield said("error", message, "Bitte Trennzeichen und Anführungszeichen der Zeile prüfen.")
    if (more := told["short_count"] - SHOWN) > 0:
        yield said(
            "error", f"{count(more, 'weitere Zeile hat', 'weitere Zeilen haben')} andere Spalten.", "Bitte prüfen."
        )


def _manner(told: Any) -> Iterable[Finding]:
    if told["twice"]:
        years = named(told["twice"])
        yield said("error", f"Jahre stehen zweimal in der Überschrift: {years}.", "Bitte eine der Spalten entfernen.")
    if told["encoding"] == "Windows-1252":
        message = "Die Datei ist nicht in UTF-8 gespeichert; gelesen als Windows-1252."
        yield said("notice", message, "Bitte Umlaute prüfen.")
    if told["decimal"] == "?":
        message = "Zahlen wie 1.234 können Tausender oder Dezimalstellen meinen; gelesen als Tausender."
        yield said("warning", message, "Bitte einen Wert vergleichen; sonst Dezimalstellen mit Komma schreiben.")
    if told["decimal"] == "!":
        message = "Die Datei schreibt Dezimalstellen mit Komma und mit Punkt."
        yield said("error", message, "Bitte überall dasselbe Zeichen verwenden.")
    if told["unread"]:
        yield said("notice", f"Nicht gelesen wurden die Spalten {named(told['unread'])}.", "")
    if told["notes"]:
        yield said("notice", f"Unter der Tabelle steht: {named(told['notes'])}.", "")


def reading_findings(found: FileFigures) -> tuple[Finding, ...]:
    """What was noticed while reading, errors first: cells that are no numbers, broken rows, how the file is written."""
    return (*_odd(found), *_manner(found.told))


def year_findings(found: FileFigures, on: date) -> tuple[Finding, ...]:
    """Years that cannot be meant, and years that are still to come."""
    findings = []
    outside = np.flatnonzero((found.year != 0) & ((found.year < FIRST_YEAR) | (found.year > LAST_YEAR)))
    for year in np.unique(found.year[outside])[:SHOWN]:
        first = int(outside[np.flatnonzero(found.year[outside] == year)[0]])
        findings.append(
            said("error", f"Das Jahr {year} kann nicht stimmen.", "Bitte das Jahr prüfen.", found.at(first))
        )
    to_come = np.unique(found.year[(found.year > on.year) & (found.year <= LAST_YEAR)])
    if len(to_come):
        years = named([str(year) for year in to_come])
        findings.append(
            said("warning", f"Jahre in der Zukunft: {years}.", "Bitte prüfen, ob das Vorausschätzungen sind.")
        )
    return tuple(findings)


def _same(found: FileFigures, rows: Ints) -> bool:
    values, states = found.value[rows], found.state[rows]
    return bool((states == states[0]).all() and (np.isnan(values).all() or (values == values[0]).all()))


def _shown(value: float) -> str:
    return "kein Wert" if value != value else show_number(value, 0 if value % 1 == 0 else 4)


def doubles(found: FileFigures, kept: Kept, named_as: Sequence[str]) -> tuple[tuple[Finding, ...], Ints]:
    """What is said of figures that are stated twice, and which rows are left when each is taken once."""
    key = (kept.indicator.astype(np.int64) * (len(kept.areas) + 1) + kept.area) * 10_000 + kept.year
    _, first, times = np.unique(key, return_index=True, return_counts=True)
    if len(first) == len(key):
        return (), np.arange(len(key), dtype=np.int32)
    findings: list[Finding] = []
    same = 0
    for one in first[times > 1]:
        rows = kept.rows[key == key[one]] if len(findings) < SHOWN else kept.rows[:0]
        if len(rows) and not _same(found, rows):
            values = " und ".join(_shown(float(value)) for value in found.value[rows[:2]])
            what = f"{named_as[kept.indicator[one]]}, {kept.areas[kept.area[one]].name}, {kept.year[one]}"
            message = f"{what} steht zweimal da, mit verschiedenen Werten: {values}."
            findings.append(said("error", message, "Bitte einen der Werte entfernen.", found.at(int(rows[1]))))
        same += len(rows) > 0 and _same(found, rows)
    if not findings:
        same = int((times > 1).sum())
    if same:
        told = f"{count(same, 'Wert steht', 'Werte stehen')} mehrfach gleich da; übernommen wird er einmal."
        findings.append(said("notice", told, ""))
    return tuple(findings), first.astype(np.int32)
