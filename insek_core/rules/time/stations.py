"""A paper's stations: which papers are on their way, when a station is wanted, how far it keeps from the one before,
and what of it is over (RULES §2).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.content import Setting
from insek_core.plan.process import Body, Meeting, Paper, Reading
from insek_core.plan.values import Fuzzy
from insek_core.rules.figures import Figure, field_figure, uncited
from insek_core.rules.settings import ruled_days
from insek_core.rules.time.dates import LEAD_TIME, days_later, days_setting
from insek_core.rules.time.sittings import Sitting, sittings

DECISION = "Beschlussfassung"
GAPS = {  # what a station does: the setting of its gap, the calendar days where the plan states none, its name
    "2. Lesung": ("reading_gap_days", 14, "Mindestabstand zwischen 1. und 2. Lesung"),
    DECISION: ("decision_gap_days", 1, "Mindestabstand zwischen Vorberatung und Beschluss"),
}
HEARING = 42  # calendar days: six weeks assumed
PUT_OFF = "zurückgestellt"


def papers_of(plan: Plan) -> tuple[Paper, ...]:
    """The papers that are on their way or have been decided: a Neufassung stands for the one it replaces."""
    replaced = {paper.replaces for paper in plan.papers if paper.replaces}
    return tuple(paper for paper in plan.papers if paper.id not in replaced)


def short_of(paper: Paper) -> str:
    """What a paper is called in a sentence: its short name, else its number, else its id."""
    return paper.short_name or paper.number or paper.id


def readings_of(plan: Plan, paper: str) -> list[Reading]:
    """A paper's stations in order; those of one position run side by side."""
    rows = [row for row in plan.rows_of("readings", "paper", paper) if isinstance(row, Reading)]
    return sorted(rows, key=_position)


def _position(row: Reading) -> int:
    return row.position or 0


def entered(plan: Plan, row: Reading) -> Fuzzy | None:
    """When a station is entered for: its sitting's day, else its own period; None: nothing is entered."""
    meeting = plan.by_id.get(row.meeting)
    return (meeting.lies if isinstance(meeting, Meeting) else None) or row.sitting


def _recorded(row: Reading, today: date | None) -> bool:
    """Whether a result or the day it took place is entered; what came later than the day of status does not count."""
    return row.actual_on <= today if row.actual_on and today else bool(row.result)


def fact_of(plan: Plan, row: Reading, today: date | None) -> Fuzzy | None:
    """When a station took place by its own entries; None where it still lies ahead or nobody says so.

    A result without an exact day took place in its period. A fact later than the day of status does not count yet;
    without a day of status only a result with its day does.
    """
    when = entered(plan, row)
    if today is None:
        return when if when and when.is_exact and row.result else None
    if row.actual_on and row.actual_on <= today:
        return Fuzzy.on(row.actual_on)
    recorded = _recorded(row, today)
    if when and when.earliest:
        return when if when.earliest <= today and (recorded or when.is_exact) else None
    return Fuzzy("offen") if recorded else None


def _gap_setting(plan: Plan, responsibility: str) -> Figure:
    """The least distance before a station of this kind, by its setting."""
    key, usual, label = GAPS[responsibility]
    return ruled_days(plan, key, label, usual).figure


def gap_of(plan: Plan, row: Reading) -> Figure:
    """Least calendar days to the station before: its own, else those its kind has by a setting, else the next day."""
    if row.gap_days is not None:
        return field_figure(row, "gap_days", "Mindestabstand zur Station davor", "days")
    if row.responsibility in GAPS:
        return _gap_setting(plan, row.responsibility)
    return Figure(label="Mindestabstand zur Station davor", value=1, unit="days", rule="eine Station nach der anderen")


def wider_gap(plan: Plan) -> Plan:
    """The plan with one more day between Vorberatung and Beschluss."""
    key, default, name = GAPS[DECISION]
    row = plan.by_id.get(key)
    known = row if isinstance(row, Setting) else Setting(id=key, name=name, evidence="assumed")
    return with_row(plan, "settings", replace(known, value=str(days_setting(plan, key, default) + 1)))


def decision_gap(plan: Plan) -> Figure:
    """Calendar days between Vorberatung and Beschluss, as the plan has them."""
    return _gap_setting(plan, DECISION)


def _lead(plan: Plan, row: Reading) -> Figure:
    body = plan.by_id.get(row.body)
    if isinstance(body, Body) and body.lead_time_days is not None:
        return field_figure(body, "lead_time_days", f"Vorlauf der Vorlagen: {body.name}", "days")
    return ruled_days(plan, "lead_time_days", "Vorlauf der Vorlagen vor einer Sitzung", LEAD_TIME).figure


def _sitting(plan: Plan, row: Reading, on: date) -> Figure:
    sitting = next((sitting for sitting in sittings(plan, row.body) if sitting.on == on), None)
    meeting, body = plan.by_id.get(sitting.meeting if sitting else ""), plan.by_id.get(row.body)
    rule = f"Turnus {body.cadence}" if isinstance(body, Body) and not meeting else "eingetragene Sitzung"
    origin, assumed = meeting or body or row, sitting is None or sitting.assumed
    return Figure(
        label=f"Sitzung {plan.name(row.body)}",
        value=on,
        unit="date",
        evidence="assumed" if assumed else "derived",
        rule=rule,
        source=uncited(origin.source) if assumed else origin.source,
        table=origin.table,
        record=origin.id,
    )


def rests_on(plan: Plan, row: Reading, on: date) -> tuple[Figure, ...]:
    """What the day of a station rests on: the sitting, the lead time of its papers, the distance to the one before."""
    first = readings_of(plan, row.paper)[0].position == row.position
    return (_sitting(plan, row, on), _lead(plan, row), *(() if first else (gap_of(plan, row),)))


@dataclass(frozen=True, kw_only=True)
class Station:
    """A station and what decides its day: nothing before `first_on`, so far from the one before, on these sittings.

    `over`: it took place, or a later one did; `held_on` is the day, None where it lies ahead or nobody entered it;
    `recorded`: its result or the day it took place is entered.
    `hearing_days`: how long it takes as a hearing of a body whose sittings are not known; 0: it takes a sitting.
    """

    row: Reading
    first_on: date
    gap_days: int
    gap_assumed: bool
    hearing_days: int
    known: tuple[Sitting, ...]
    over: bool
    recorded: bool
    held_on: date | None


Group = tuple[Station, ...]  # the stations of one position


def _exact(when: Fuzzy | None) -> date | None:
    return when.earliest if when and when.is_exact else None


def _wished(plan: Plan, row: Reading, held: date | None, today: date | None) -> date:
    """Before this day the station is not wanted: its own wish, the day of status, the day it was put off."""
    when = entered(plan, row)
    days = (row.earliest_on, when.earliest if when else None, today, days_later(held, 1) if held else None)
    return max((day for day in days if day), default=date.min)


def _station(plan: Plan, row: Reading, first: bool, today: date | None, over_by: date | None, replay: bool) -> Station:
    """A station as it stands on a day; `over_by` is the day by which a later one makes it be over (None: none does)."""
    fact = None if replay else fact_of(plan, row, today)
    ended = fact is not None and row.result != PUT_OFF
    recorded = ended and _recorded(row, today)
    day = _exact(fact) or (_exact(entered(plan, row)) if over_by else None)
    if day and over_by and day > over_by and not recorded:
        day = None
    over, known = ended or over_by is not None, sittings(plan, row.body)
    hearing = row.responsibility == "Anhörung" and not known
    gap = gap_of(plan, row)
    own = row.gap_days if first else gap.value  # what comes first keeps no distance but its own
    return Station(
        row=row,
        first_on=date.min if replay else _wished(plan, row, day, today),
        gap_days=own if isinstance(own, int) else 1,
        gap_assumed=gap.assumed and not first,
        hearing_days=days_setting(plan, "hearing_days", HEARING) if hearing else 0,
        known=known,
        over=over,
        recorded=recorded,
        held_on=day if over else None,
    )


def _backward(plan: Plan, paper: str, today: date | None, replay: bool) -> Iterator[Group]:
    groups = [tuple(rows) for _, rows in groupby(readings_of(plan, paper), key=_position)]
    over_by: date | None = None
    for number, rows in reversed([*enumerate(groups)]):
        group = tuple(_station(plan, row, not number, today, over_by, replay) for row in rows)
        yield group
        if any(station.over for station in group):
            held = [station.held_on for station in group if station.held_on]
            over_by = min(filter(None, (*held, over_by)), default=today or date.max)


def stations(plan: Plan, paper: str, today: date | None, *, replay: bool = False) -> tuple[Group, ...]:
    """A paper's stations by their position, as they stand on a day. One before a station that took place is over.

    `replay` forgets results and wishes: what the paper meets if it sets out on a day of its own.
    """
    return tuple(reversed([*_backward(plan, paper, today, replay)]))
