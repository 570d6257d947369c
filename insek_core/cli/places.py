"""The command line of places: an indicator over the areas of a level, and one area's profile. Small numbers stay
hidden: values come from storage/shown.py alone.
"""

import argparse
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from insek_core.cli.arguments import whole
from insek_core.cli.whatif import today_of
from insek_core.papers.report import plain
from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator
from insek_core.plan.errors import Problem
from insek_core.plan.german import quoted
from insek_core.plan.record import Record
from insek_core.rules.figures import Sentence
from insek_core.rules.places.indicators import AreaValue, Slice
from insek_core.rules.places.standing import city_gap_sentence
from insek_core.rules.places.suppression import unchecked_sentence
from insek_core.rules.profile import AreaFigure, AreaProfile
from insek_core.rules.profilesentences import profile_sentences
from insek_core.storage.shown import newest_slice, shown_profile, shown_slice
from insek_core.storage.store import Store
from insek_core.views.placetables import show_value

Told = tuple[tuple[dict[str, Any], str], int]
Row = TypeVar("Row", Indicator, Area)
LEVELS = {"stadt": "Stadt", "stadtgebiet": "Stadtgebiet", "stadtbezirk": "Stadtbezirk", "ortsteil": "Ortsteil"}


def add_commands(commands: Any, shared: argparse.ArgumentParser, dated: argparse.ArgumentParser) -> None:
    """The commands indicators and profile."""
    found = commands.add_parser(
        "indicators", parents=[shared, dated], help="ein Indikator über die Gebiete einer Ebene"
    )
    found.add_argument("--indicator", required=True, metavar="I", help="Kennung oder Name")
    found.add_argument("--year", type=whole(1900, 2200), metavar="J", help="sonst das neueste Jahr bis zum Stichtag")
    found.add_argument("--level", choices=tuple(LEVELS), default="ortsteil", metavar="EBENE", help=", ".join(LEVELS))
    area = commands.add_parser("profile", parents=[shared, dated], help="Steckbrief eines Gebiets")
    area.add_argument("area", metavar="GEBIET", help="Schlüssel, Kennung oder Name")


def _one(rows: Sequence[Row], fields: Iterable[str], wanted: str, what: str) -> Row:
    """The row that a text names by one of these fields. Raises Problem where it names none or several."""
    for field in fields:
        named = [row for row in rows if getattr(row, field).casefold() == wanted.strip().casefold()]
        if len(named) == 1:
            return named[0]
        if named:
            raise Problem(f"{what} {quoted(wanted)} gibt es mehrfach.", f"Bitte eine Kennung angeben: {_ids(named)}.")
    raise Problem(f"{what} {quoted(wanted)} gibt es nicht.", f"Vorhanden: {_ids(rows) or 'nichts'}.")


def _ids(rows: Sequence[Record]) -> str:
    more = f" und {len(rows) - 20} weitere" if len(rows) > 20 else ""
    return ", ".join(f"{row.id} ({row.label})" for row in rows[:20]) + more


def _slice(store: Store, plan: Plan, indicator: Indicator, arguments: argparse.Namespace, level: str) -> Slice:
    years = store.years(indicator.id)
    if arguments.year is None:
        found = newest_slice(store, plan, indicator, level, today_of(arguments, plan).year)
        year = found.year if found else max(years, default=0)
    else:
        year = arguments.year
    if year not in years:
        held = ", ".join(map(str, years)) or "keines"
        raise Problem(f"{indicator.name}: Für {year or 'kein Jahr'} liegen keine Werte vor.", f"Jahre: {held}.")
    return shown_slice(store, plan, indicator, year, level)


def _value(plan: Plan, value: AreaValue) -> dict[str, Any]:
    area = plan.by_id[value.area]
    code = area.code if isinstance(area, Area) else ""
    return {"area": area.id, "code": code, "name": area.label, "value": value.value, "state": value.state}


def indicators(arguments: argparse.Namespace) -> Told:
    """An indicator's figures of a year over the areas of a level; a hidden or missing one is null and says which."""
    store = Store(arguments.db)
    plan = store.load()
    indicator = _one(plan.indicators, ("id", "name"), arguments.indicator, "Den Indikator")
    level = LEVELS[arguments.level]
    found = _slice(store, plan, indicator, arguments, level)
    city = shown_slice(store, plan, indicator, found.year, "Stadt").values
    gap = city_gap_sentence(plan, indicator, city[0], found) if city and level != "Stadt" else None
    later = found.year > today_of(arguments, plan).year
    unsure = unchecked_sentence(plan, indicator)
    data = {
        "indicator": indicator.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "year": found.year,
        "after_today": later,
        "level": arguments.level,
        "values": [_value(plan, value) for value in found.values],
        "city": city[0].value if city else None,
        "gap": plain(gap.figures[0].value) if gap else None,
        "suppressed": sum(value.state == "suppressed" for value in found.values),
        "missing": sum(value.state == "missing" for value in found.values),
        "checked_for_small": unsure is None,
        "source": indicator.source,
        "findings": [],
    }
    head = f"{indicator.name} {found.year}{' (nach dem Stichtag)' if later else ''}, {level}"
    lines = [
        f"{_code(plan, value)}{plan.name(value.area)}: {show_value(value, indicator.unit)}" for value in found.values
    ]
    return (data, "\n".join([head, *lines, *(one.text for one in (gap, unsure) if one), indicator.source])), 0


def _code(plan: Plan, value: AreaValue) -> str:
    area = plan.by_id[value.area]
    return f"{area.code}  " if isinstance(area, Area) and area.code else ""


def _figure(plan: Plan, one: AreaFigure) -> dict[str, Any]:
    return {
        "indicator": one.indicator.id,
        "name": one.indicator.name,
        "unit": one.indicator.unit,
        "year": one.year,
        "value": one.value.value,
        "state": one.value.state,
        "later_year": one.later_year,
        "rank": {"place": one.rank.place, "known": one.rank.known, "tied": one.rank.tied} if one.rank else None,
        "around": [_value(plan, value) for value in one.around],
        "change": one.moved.change,
        "trend_per_year": one.moved.trend,
        "gaps": list(one.moved.gaps),
        "breaks": [{"year": each.year, "kind": each.kind} for each in one.moved.breaks],
        "series": [{"year": year, "value": value} for year, value in one.moved.points],
    }


def _told(sentence: Sentence) -> dict[str, Any]:
    return {"text": sentence.text, "assumed": sentence.assumed}


def profile_data(plan: Plan, found: AreaProfile) -> dict[str, Any]:
    """The keys of `profile --json`."""
    own, need = found.effort, found.need
    return {
        "area": found.area.id,
        "code": found.area.code,
        "name": found.area.name,
        "level": found.area.level,
        "lies_in": [one.id for one in found.lies_in],
        "figures": [_figure(plan, one) for one in found.figures],
        "need": {"score": need.score, "place": need.rank.place if need.rank else None, "unknown": list(need.unknown)}
        if need
        else None,
        "goals": [goal.id for goal in found.goals],
        "measures": [one.id for one in own.own],
        "shared_measures": [one.id for one in own.shared],
        "money_cents": plain(own.own_money.value),
        "shared_money_cents": plain(own.shared_money.value),
        "events": [one.id for one in own.events],
        "events_around": [one.id for one in own.events_around],
        "open_points": [one.id for one in found.open_points],
        "statements": [one.id for one in found.statements],
        "borders": list(found.borders),
        "sentences": [_told(one) for one in profile_sentences(plan, found)],
        "findings": [],
    }


def profile(arguments: argparse.Namespace) -> Told:
    """The profile of an area: its figures, what goes to it, what is open and what the paper says of it."""
    store = Store(arguments.db)
    plan = store.load()
    area = _one(plan.areas, ("id", "code", "name"), arguments.area, "Das Gebiet")
    found = shown_profile(store, plan, area, today_of(arguments, plan))
    lines = [f"{one.text}{' (Annahme)' if one.assumed else ''}" for one in profile_sentences(plan, found)]
    spoken = [f"{one.kind}: {one.text}" for one in (*found.open_points, *found.statements)]
    return (profile_data(plan, found), "\n".join([*lines, *found.borders, *spoken])), 0


COMMANDS = {"indicators": indicators, "profile": profile}
