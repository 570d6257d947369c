"""Tables of one area's profile, of need against effort, and of types: what a page or a paper of one page shows."""

from collections.abc import Iterable, Sequence

from insek_core.plan import Plan
from insek_core.plan.content import Measure
from insek_core.plan.german import show_number
from insek_core.plan.process import Event
from insek_core.rules.fairness import AreaEffort, Fairness
from insek_core.rules.figures import UNKNOWN, Figure, show_measure
from insek_core.rules.goals.trace import goals_behind, money_of, partly_known
from insek_core.rules.places.development import change_figure, change_words, remarks, trend_words
from insek_core.rules.places.indicators import AreaValue, YearValue
from insek_core.rules.places.typology import CHANGE_CLASSES, STATUS_CLASSES, AreaType
from insek_core.rules.profile import AreaFigure, AreaProfile, direction_word
from insek_core.views.placetables import show_value
from insek_core.views.table import Cell, Said, Table
from insek_core.views.words import evidence

FIGURE_HEADS = (
    "Indikator",
    "Wert",
    "Jahr",
    "Platz (höchster = 1)",
    "Zum Vergleich",
    "Veränderung",
    "Trend",
    "Zu beachten",
    "Beleg",
)
NEED_HEADS = (
    "Bedarf (+ höher als im Mittel)",
    "Platz",
    "Maßnahmen",
    "Geld nur hier",
    "Geld gemeinsam mit anderen, nicht aufgeteilt",
    "Veranstaltungen hier",
    "im Gebiet darum",
)


def _year_words(one: AreaFigure) -> str:
    """The year of a figure, and a later one that settles nothing."""
    later = f" ({one.later_year} später)" if one.later_year else ""
    return f"{one.year or UNKNOWN}{later}"


def _figure_row(plan: Plan, one: AreaFigure) -> tuple[Cell, ...]:
    unit = one.indicator.unit
    beside = "; ".join(f"{plan.name(value.area)} {show_value(value, unit)}" for value in one.around)
    trend = f"{trend_words(one.moved, unit)}{'' if (word := direction_word(one)) == UNKNOWN else f', {word}'}"
    return (
        one.indicator.name,
        Said(show_value(one.value, unit), one.value.value, "measure"),
        _year_words(one),
        one.rank.show() if one.rank else UNKNOWN,
        beside or UNKNOWN,
        Said(change_words(one.moved, unit), one.moved.change, "measure"),
        trend,
        " ".join(remarks(one.moved)),
        evidence(one.indicator.evidence),
    )


def figures(plan: Plan, found: AreaProfile) -> Table:
    """The figures of an area: value and year, rank, the areas around, change and trend, what is to be known first."""
    return Table(FIGURE_HEADS, tuple(_figure_row(plan, one) for one in found.figures))


def change_figures(found: AreaProfile) -> tuple[Figure, ...]:
    """The workings of the changes, for "woher?"."""
    return tuple(change_figure(one.indicator, one.moved, found.area.name) for one in found.figures)


def series(plan: Plan, values: Iterable[YearValue], area: str, latest: int) -> Table:
    """All years of an area: an indicator a row, a year a column; years without a figure stay empty, later ones than the
    Stichtag are marked.
    """
    rows = [(one, year, value) for one, year, value in values if value.area == area]
    years = sorted({year for _, year, _ in rows})
    known = {(one, year): value for one, year, value in rows}
    held = [indicator for indicator in plan.indicators if any(one == indicator.id for one, _, _ in rows)]
    cells: Iterable[tuple[Cell, ...]] = (
        (i.name, i.unit, *(_cell(known.get((i.id, year), AreaValue(area, "missing", None)), i.unit) for year in years))
        for i in held
    )
    heads = tuple(f"{year}{' (nach dem Stichtag)' if year > latest else ''}" for year in years)
    return Table(("Indikator", "Einheit", *heads), tuple(cells))


def _cell(value: AreaValue, unit: str) -> Said:
    shown = {"missing": "–", "suppressed": "unterdrückt"}.get(value.state) or show_measure(value.value, unit)
    return Said(shown.removesuffix(f" {unit}"), value.value, "measure")


def _measure_row(plan: Plan, one: Measure, found: AreaEffort) -> tuple[Cell, ...]:
    others = [plan.name(area) for area in one.districts if area != found.area]
    return (
        one.name,
        plan.name(one.owner) if one.owner else UNKNOWN,
        " bis ".join(words.words for words in (one.begin, one.end) if words) or UNKNOWN,
        money_of(plan, [one]),
        f"gemeinsam mit {', '.join(others)}" if one in found.shared else "nur hier",
        ", ".join(goal.name for goal in goals_behind(plan, one.id)) or "keins",
        evidence(one.evidence),
    )


def measures(plan: Plan, found: AreaEffort) -> Table:
    """The measures of an area with their money, for whom it is, and the goals they serve."""
    heads = ("Maßnahme", "Verantwortlich", "Zeit", "Geld der ganzen Maßnahme", "Für wen", "Dient", "Beleg")
    return Table(heads, tuple(_measure_row(plan, one, found) for one in found.measures))


def _events(plan: Plan, rows: Sequence[Event]) -> Iterable[tuple[Cell, ...]]:
    for one in rows:
        when = Figure(label="", value=one.actual_on, unit="date").show() if one.actual_on else ""
        planned = one.when.words if one.when else UNKNOWN
        yield plan.name(one.format), when or planned, one.topic, plan.name(one.area), evidence(one.evidence)


def events(plan: Plan, found: AreaEffort) -> Table:
    """The events in an area and in the area around it."""
    heads = ("Format", "Termin", "Thema", "Für", "Beleg")
    return Table(heads, tuple(_events(plan, (*found.events, *found.events_around))))


def statements(plan: Plan, found: AreaProfile) -> Table:
    """Open points first, then what else the paper states of the area."""
    rows = (
        (
            one.kind,
            one.text,
            plan.name(one.responsible) if one.responsible else "",
            one.due.words if one.due else "",
            one.source,
            evidence(one.evidence),
        )
        for one in (*found.open_points, *found.statements)
    )
    return Table(("Art", "Aussage", "Zu klären durch", "bis", "Quelle", "Beleg"), tuple(rows))


def need_against_effort(plan: Plan, found: Fairness) -> Table:
    """Every area with its need and what goes to it, the greatest need first."""
    rows = (
        (
            plan.name(row.area),
            row.figure if row.score is not None else Said(UNKNOWN),
            row.rank.show() if row.rank else f"fehlt: {', '.join(map(plan.name, row.unknown)) or 'zu wenige Gebiete'}",
            len(what.measures),
            _money(plan, what.own, what.own_money),
            _money(plan, what.shared, what.shared_money),
            len(what.events),
            len(what.events_around),
        )
        for row, what in found.rows
    )
    return Table((found.level, *NEED_HEADS), tuple(rows))


def _money(plan: Plan, held: Sequence[Measure], money: Figure) -> Figure | Said:
    """Money of measures: none where there is none, unknown where nobody stated it, at least where some did."""
    if not held:
        return Said("keine Maßnahme", None, "euro")
    return Said(f"mindestens {money.show()}", money.value, "euro") if partly_known(plan, held) else money


def _score(score: float | None) -> Said:
    sign = "+" if score is not None and score > 0 else ""
    return Said(UNKNOWN) if score is None else Said(f"{sign}{show_number(score, 2)}", score)


def types(plan: Plan, found: Iterable[AreaType]) -> Table:
    """The type of each area: status and change with their scores."""
    rows = (
        (
            plan.name(one.area),
            one.status,
            _score(one.status_score),
            one.change,
            _score(one.change_score),
        )
        for one in found
    )
    return Table(("Gebiet", "Status", "Wert des Status", "Veränderung", "Wert der Veränderung"), tuple(rows))


def type_counts(found: Iterable[AreaType]) -> Table:
    """How many areas have which status and which change: the cross table of the classes, with the unknown."""
    rows, held = (*STATUS_CLASSES, "unbekannt"), list(found)
    columns = (*CHANGE_CLASSES, "unbekannt")
    cells = ((row, *(sum(one.status == row and one.change == c for one in held) for c in columns)) for row in rows)
    return Table(("Status", *columns), tuple(cells))


def type_legend() -> Table:
    """What the classes mean."""
    rows: list[tuple[Cell, ...]] = [("Status", *pair) for pair in STATUS_CLASSES.items()]
    rows += [("Veränderung", *pair) for pair in CHANGE_CLASSES.items()]
    return Table(("Klasse von", "Klasse", "Bedeutung"), tuple(rows))
