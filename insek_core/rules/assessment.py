"""Everything the rules can say of a plan, as one value: what all screens, papers and the command line show."""

from dataclasses import dataclass
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.errors import Finding, Unreadable
from insek_core.plan.german import show_date
from insek_core.rules.checks import ORDER, check
from insek_core.rules.figures import Figure, Sentence
from insek_core.rules.goals.system import GoalSystem, goal_system
from insek_core.rules.money import budget as budget_rules
from insek_core.rules.money import funding as funding_rules
from insek_core.rules.money.actual.drawdown import Drawdown, drawdown
from insek_core.rules.money.slip import Splits, moved, slipped_cents, splits
from insek_core.rules.people.participation import Participation, participation
from insek_core.rules.people.staff import StaffLoad, staff
from insek_core.rules.places.indicators import IndicatorStatus, Slice, statuses
from insek_core.rules.situation import situation
from insek_core.rules.time.dates import calendar_day
from insek_core.rules.time.meetings import NextStep, agenda
from insek_core.rules.time.schedule import Timetable, timetable

NEAR_YEARS = 30


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """Money, time, goals, indicators and participation of a plan on a day, with findings and the situation in
    sentences. `moved` are the cost items that lie in other years than filed, `slipped_cents` what of them does.
    """

    today: date
    funding: funding_rules.Funding
    budget: budget_rules.Budget
    timetable: Timetable
    goals: GoalSystem
    indicators: tuple[IndicatorStatus, ...]
    participation: Participation
    agenda: tuple[NextStep, ...]
    drawdown: Drawdown
    staff: tuple[StaffLoad, ...]
    moved: Splits
    slipped_cents: Figure
    findings: tuple[Finding, ...]
    situation: tuple[Sentence, ...]


def assess(plan: Plan, slices: tuple[Slice, ...], today: date) -> Assessment:
    """The assessment of a plan with the statistics it needs (city-wide slices) on a day; the same input, the same
    value, whether the plan was tried as a Variante or saved as a version.
    """
    dates = timetable(plan, today)
    slipped = moved(plan, splits(plan, dates))
    funding = funding_rules.funding(plan, dates)
    budget = budget_rules.budget(plan, funding)
    goals = goal_system(plan)
    found = participation(plan)
    drawn = drawdown(plan, funding, dates, today)
    every = (*check(plan), *dates.findings, *funding.findings, *drawn.findings)
    return Assessment(
        today=today,
        funding=funding,
        budget=budget,
        timetable=dates,
        goals=goals,
        indicators=statuses(plan, slices, today),
        participation=found,
        agenda=agenda(plan, dates),
        drawdown=drawn,
        staff=staff(plan, dates),
        moved=slipped,
        slipped_cents=Figure(
            label="in andere Jahre verschoben als angemeldet",
            value=slipped_cents(plan, slipped),
            rule="Anteil der Arbeitstage, die in anderen Jahren liegen als bei der Anmeldung",
            evidence="assumed",
            split=True,
        ),
        findings=tuple(sorted(every, key=lambda finding: ORDER[finding.level])),
        situation=situation(plan, funding, budget, dates, goals, found, today),
    )


def reference_date(plan: Plan, clock: date) -> date:
    """The plan's Stichtag from its settings, else the clock's day."""
    try:
        return calendar_day(plan.setting("reference_date", ""))
    except ValueError:
        return clock


def near_day(day: date, plan: Plan, clock: date) -> date:
    """A day that somebody wants as Stichtag. Raises Unreadable where it lies so far from the plan's that pictures and
    tables would show nothing but the years between.
    """
    usual = reference_date(plan, clock)
    if abs(day.year - usual.year) > NEAR_YEARS:
        message = f"Der Stichtag {show_date(day)} liegt mehr als {NEAR_YEARS} Jahre von der Planung entfernt."
        raise Unreadable(
            message, f"Bitte einen Tag von {usual.year - NEAR_YEARS} bis {usual.year + NEAR_YEARS} angeben."
        )
    return day
