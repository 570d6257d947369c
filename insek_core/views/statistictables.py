"""Tables of statistics and outlines that came in as files: what a file holds, what was taken over, by whom."""

from collections.abc import Collection, Sequence

from insek_core.plan import Plan
from insek_core.plan.german import show_list, show_number, show_years
from insek_core.plan.imported import Imported, ImportedSeries
from insek_core.views.table import Cell, Said, Table

KINDS = {"statistics": "Statistik", "outlines": "Umrisse"}


def span(series: ImportedSeries) -> str:
    """From which to which year the figures are."""
    first, last = series.first_year, series.last_year
    return str(first) if first == last else f"{first}–{last}"


def brought_series(plan: Plan, series: Sequence[ImportedSeries], fresh: Collection[str] = ()) -> Table:
    """What a file brings: by indicator how the file calls it, years, number of figures; new indicators are marked."""
    rows = tuple(
        (
            plan.name(one.indicator),
            "neu" if one.indicator in fresh else "vorhanden",
            " · ".join(word for word in (one.theme, one.words) if word),
            span(one),
            Said(show_number(one.figures), one.figures, "count"),
        )
        for one in series
    )
    return Table(("Indikator", "In der Planung", "Thema und Merkmal der Datei", "Jahre", "Werte"), rows)


def imports(found: Sequence[Imported]) -> Table:
    """Every file that was taken over, the newest first: when, by whom, why, what it changed, what was said of it."""
    columns = (
        "Nr.",
        "Wann",
        "Wer",
        "Begründung",
        "Art",
        "Datei",
        "Quelle",
        "Neu",
        "Geändert",
        "Entfernt",
        "Gleich",
        "Befunde",
    )
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        kind = f"{KINDS[one.kind]}, Stand {one.vintage}" if one.vintage else KINDS[one.kind]
        told = (one.moment, one.author, one.reason, kind, f"{one.file} ({one.digest[:8]})", one.source)
        numbers = (one.added, one.changed, one.removed, one.unchanged, len(one.findings))
        counts = (Said(show_number(number), number, "count") for number in numbers)
        rows.append((Said(str(one.number), one.number, "count"), *told, *counts))
    return Table(columns, tuple(rows))


def last_said(found: Sequence[Imported]) -> Table:
    """What was said of the file that came in last."""
    return Table(("Gesagt wurde",), tuple((text,) for text in found[0].findings)) if found else Table((), ())


def _latest(found: Sequence[Imported]) -> dict[str, Imported]:
    """The newest file of each indicator."""
    return {series.indicator: one for one in reversed(found) for series in one.series}


def origins(plan: Plan, found: Sequence[Imported]) -> Table:
    """By indicator the file that brought its newest figures; one that no file brought came with the plan."""
    latest = _latest(found)
    rows: list[tuple[Cell, ...]] = []
    for indicator in plan.indicators:
        one = latest.get(indicator.id)
        file = (
            (f"{one.file} ({one.moment}, {one.author})", one.source) if one else ("mit der Planung", indicator.source)
        )
        own = [series for series in one.series if series.indicator == indicator.id] if one else []
        rows.append((indicator.name, show_list([span(series) for series in own]) if own else "", *file))
    return Table(("Indikator", "Jahre", "Werte aus", "Quelle"), tuple(rows))


def brought_by(told: Imported, indicator: str) -> str:
    """Where the newest figures of an indicator come from, in a sentence for "woher?"."""
    own = [one for one in told.series if one.indicator == indicator]
    years = show_years({year for one in own for year in range(one.first_year, one.last_year + 1)})
    return f"{years} aus {told.file}, eingelesen am {told.moment} Uhr von {told.author}; Quelle: {told.source}"
