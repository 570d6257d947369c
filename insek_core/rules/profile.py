"""One area on one page (Ortsteil-Steckbrief): its figures, what goes to it, what is open and what the paper says.

All that is known of an area from the plan and the statistics, as records and sentences; a page or a paper only shows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.content import Area, Goal, Indicator, Statement
from insek_core.plan.german import count, show_date, show_list
from insek_core.rules.fairness import AreaEffort, effort, within
from insek_core.rules.figures import UNKNOWN, Figure, Sentence
from insek_core.rules.goals.trace import goals_behind, partly_known
from insek_core.rules.places.areas import lineage
from insek_core.rules.places.development import Development, border_changes, boundary_years, development, show_years
from insek_core.rules.places.indicators import SCREEN, AreaValue, Slice, YearValue, measure, newest_year
from insek_core.rules.places.need import AreaNeed, need
from insek_core.rules.places.standing import Rank, around, comparison_sentence, ranks

SIZE_NAMES = ("Gesamtfläche", "Fläche", "Gebietsfläche")  # an indicator of this name tells when borders moved


@dataclass(frozen=True, kw_only=True)
class AreaFigure:
    """One indicator of an area at the Stichtag: the newest figure not later than its year, rank among the areas of the
    level, those of the areas around it, how it moved. `later_year` is newer than the Stichtag, shown only.
    """

    indicator: Indicator
    year: int | None
    value: AreaValue
    figure: Figure
    around: tuple[AreaValue, ...]
    rank: Rank | None
    moved: Development
    age_years: int | None
    later_year: int | None
    comparison: Sentence


@dataclass(frozen=True, kw_only=True)
class AreaProfile:
    """All that is known of an area. `borders` says in words whether its figures may be of other borders."""

    area: Area
    lies_in: tuple[Area, ...]
    figures: tuple[AreaFigure, ...]
    need: AreaNeed | None
    effort: AreaEffort
    goals: tuple[Goal, ...]
    open_points: tuple[Statement, ...]
    statements: tuple[Statement, ...]
    borders: tuple[str, ...]
    sentences: tuple[Sentence, ...]


def _series(values: Iterable[YearValue]) -> dict[str, dict[str, list[tuple[int, AreaValue]]]]:
    """The figures by indicator and area, oldest first."""
    found: dict[str, dict[str, list[tuple[int, AreaValue]]]] = {}
    for indicator, year, value in sorted(values, key=lambda row: (row[0], row[1])):
        found.setdefault(indicator, {}).setdefault(value.area, []).append((year, value))
    return found


def _area_figure(
    plan: Plan,
    area: Area,
    indicator: Indicator,
    series: dict[str, list[tuple[int, AreaValue]]],
    found: Slice | None,
    today: date,
) -> AreaFigure:
    own = series.get(area.id, [])
    told = [year for year, value in own if value.state != "missing"]
    year = newest_year(told, today.year)
    of_year = {one: dict(rows)[year] for one, rows in series.items() if year is not None and year in dict(rows)}
    value = of_year.get(area.id, AreaValue(area.id, "missing", None))
    beside = around(plan, area.id, of_year)
    same = found.known if found and found.year == year else {}
    return AreaFigure(
        indicator=indicator,
        year=year,
        value=value,
        figure=measure(indicator, value, year or today.year, area.name),
        around=beside,
        rank=ranks(same).get(area.id),
        moved=development((y, v) for y, v in own if y <= today.year),
        age_years=None if year is None else today.year - year,
        later_year=max((y for y in told if y > today.year), default=None),
        comparison=comparison_sentence(plan, indicator, year or today.year, value, beside),
    )


def _statements(plan: Plan, area: str) -> tuple[Statement, ...]:
    """What the paper states of the area or of one around it, the city aside; nothing else says that it concerns it."""
    here = within(plan, area)
    return tuple(s for s in plan.statements if any(one in here for one in s.concerns))


def _goals(plan: Plan, found: AreaEffort) -> tuple[Goal, ...]:
    """The goals that the measures of the area serve."""
    served = {goal.id for one in found.measures for goal in goals_behind(plan, one.id)}
    return tuple(goal for goal in plan.goals if goal.id in served)


def _borders(figures: Iterable[AreaFigure], vintage: str) -> tuple[str, ...]:
    """Whether figures are older than the outlines, and between which years the area's size changed."""
    held = tuple(figures)
    years = {year for one in held for year, _ in one.moved.points}
    old = boundary_years(vintage, years)
    told = (
        [f"Umriss Stand {vintage[:4]}; die Zahlen von {show_years(old)} können für andere Grenzen gelten."]
        if old
        else []
    )
    for one in (one for one in held if one.indicator.name in SIZE_NAMES):
        told += [f"Grenzen geändert zwischen {a} und {b}." for a, b, _ in border_changes(one.moved.points)]
    return tuple(told)


def _need_sentence(plan: Plan, found: AreaNeed | None) -> Sentence | None:
    if found is None:
        return None
    if found.rank is None:
        names = show_list(plan.name(one) for one in found.unknown)
        why = f": Es fehlt {names}." if names else ": Zu wenige Gebiete haben alle Zahlen."
        return Sentence(text=f"Der Bedarf ist unbekannt{why}", screen=SCREEN, figures=(found.figure,))
    text = f"Im Bedarf liegt das Gebiet auf Platz {found.rank.show()}."
    return Sentence(text=text, screen=SCREEN, figures=(found.figure,))


def _effort_sentence(found: AreaEffort) -> Sentence:
    """Measures and events; none is said."""
    measures, shared = len(found.measures), len(found.shared)
    told = f"{count(measures, 'Maßnahme betrifft', 'Maßnahmen betreffen')} das Gebiet"
    told += ("" if shared == measures else f", davon {shared}") + " gemeinsam mit anderen" if shared else ""
    groups = ((found.events, "hier"), (found.events_around, "für ein größeres Gebiet"))
    events = [f"{count(len(e), 'Veranstaltung', 'Veranstaltungen')} {where}" for e, where in groups if e]
    text = (
        f"{told if measures else 'Keine Maßnahme betrifft das Gebiet'}; {show_list(events) or 'keine Veranstaltung'}."
    )
    return Sentence(text=text, screen=SCREEN, figures=(found.own_money, found.shared_money))


def _money_sentence(plan: Plan, found: AreaEffort) -> Sentence | None:
    """The money of the measures: what is for the area alone, and what is shared, which nobody has divided."""
    if not found.measures:
        return None
    groups = (
        (found.own, found.own_money, "für das Gebiet allein"),
        (found.shared, found.shared_money, "gemeinsam mit anderen"),
    )
    parts = [
        f"{words} {'mindestens ' if partly_known(plan, measures) else ''}{money.told()}"
        for measures, money, words in groups
        if measures
    ]
    text = f"Geld: {show_list(parts)}{', nicht aufgeteilt' if found.shared else ''}."
    return Sentence(text=text, screen=SCREEN, figures=(found.own_money, found.shared_money))


def _open_sentence(points: tuple[Statement, ...]) -> Sentence | None:
    if not points:
        return None
    due = [p.due.latest for p in points if p.due and p.due.latest]
    until = f", der nächste bis {show_date(min(due))}" if due else ""
    text = f"{count(len(points), 'offener Punkt betrifft', 'offene Punkte betreffen')} das Gebiet{until}."
    return Sentence(text=text, screen=SCREEN, marked=False)


def _lead(area: Area, lies_in: tuple[Area, ...], today: date) -> Sentence:
    place = f" liegt in {show_list(one.name for one in lies_in)}" if lies_in else ""
    return Sentence(
        text=f"{area.name} ({area.level}{f' {area.code}' if area.code else ''}){place}; Stand {show_date(today)}.",
        screen=SCREEN,
        marked=False,
    )


def _figure_sentences(figures: Iterable[AreaFigure]) -> list[Sentence]:
    """Each figure against the areas around it, with the years after the Stichtag that are shown only."""
    told = [one.comparison for one in figures if one.year is not None]
    unknown = [one.indicator.name for one in figures if one.year is None]
    if unknown:
        told.append(
            Sentence(
                text=f"Ohne Zahl bis zum Stichtag: {show_list(unknown[:5])}{' und weitere' if len(unknown) > 5 else ''}.",
                screen=SCREEN,
            )
        )
    return told


def profile(
    plan: Plan,
    values: Iterable[YearValue],
    area: Area,
    slices: Iterable[Slice],
    today: date,
    vintage: str = "",
) -> AreaProfile:
    """The profile of an area at the Stichtag. `values` are the shown figures of the area and of those it lies in, all
    years; `slices` those of its level in the newest year not later than the Stichtag, for rank and need; `vintage` is
    that of its outline. Figures without any year are left out.
    """
    series, level = _series(values), {one.indicator: one for one in slices}
    figures = tuple(
        _area_figure(plan, area, indicator, series[indicator.id], level.get(indicator.id), today)
        for indicator in plan.indicators
        if indicator.id in series
    )
    needs = need(plan, level.values()) if sum(one.level == area.level for one in plan.areas) > 1 else ()
    found, spoken = effort(plan, area.id), _statements(plan, area.id)
    points = tuple(s for s in spoken if s.kind in ("Offener Punkt", "Frage") and s.settled_on is None)
    own_need = next((row for row in needs if row.area == area.id), None)
    lies_in = lineage(plan, area.id)[1:]
    told = (
        _lead(area, lies_in, today),
        _need_sentence(plan, own_need),
        *_figure_sentences(figures),
        _effort_sentence(found),
        _money_sentence(plan, found),
        _open_sentence(points),
    )
    return AreaProfile(
        area=area,
        lies_in=lies_in,
        figures=figures,
        need=own_need,
        effort=found,
        goals=_goals(plan, found),
        open_points=points,
        statements=tuple(s for s in spoken if s not in points),
        borders=_borders(figures, vintage),
        sentences=tuple(one for one in told if one),
    )


def direction_word(one: AreaFigure) -> str:
    """Whether the trend is a good one: "besser", "schlechter", "gleich"; unknown without direction or trend."""
    trend, direction = one.moved.trend, one.indicator.direction
    if trend is None or direction not in ("up", "down"):
        return UNKNOWN
    return "gleich" if trend == 0 else "besser" if (trend > 0) == (direction == "up") else "schlechter"
