"""How sure the dates are: durations drawn from their ranges, run through the links and the sittings (RULES §1.10, §2).

Durations are triangular over low, likely and high, independent of one another; the same seed gives the same days.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from insek_core.plan import Plan
from insek_core.plan.finance import CostItem
from insek_core.plan.german import show_date, show_euro, show_percent
from insek_core.rules.chance.ranges import undrawable
from insek_core.rules.chance.risk import own_shares
from insek_core.rules.money.budget import budget
from insek_core.rules.money.funding import funding
from insek_core.rules.money.slip import over_the_end
from insek_core.rules.time.net.network import Network, solve
from insek_core.rules.time.net.worknet import Work, network_of
from insek_core.rules.time.schedule import timetable

RANGES = (("low_days", "high_days"), ("low_cents", "high_cents"))  # of a step, of a cost


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Days of the end by draw: P50, P80, how often each day comes out, how often its deadline and the budget hold.

    `joint` is how often both hold in one draw; None where the budget cannot be simulated or no deadline is entered.
    `assumed` says that a range is an assumption. `slips` is how often cost comes to lie after the end of the budget it
    is filed in, because its work does; in 80 % of the draws no more than `slip_p80_cents`.
    """

    name: str
    draws: int
    seed: int
    p50_on: date
    p80_on: date
    deadline_on: date | None
    in_time: float | None
    budget_cents: int | None
    in_budget: float | None
    joint: float | None
    slips: float
    slip_p80_cents: int
    days: tuple[tuple[date, float], ...]
    unknown: float
    assumed: bool

    def sentence(self) -> str:
        """The forecast in one or two sentences, percent rounded."""
        text = (
            f"{self.name}: in der Hälfte der Fälle spätestens am {show_date(self.p50_on)}, in 80 % spätestens "
            f"am {show_date(self.p80_on)}"
        )
        if self.deadline_on and self.in_time is not None:
            text += f"; die Frist {show_date(self.deadline_on)} hält in {show_percent(self.in_time)} der Fälle"
        if self.joint is not None and self.budget_cents is not None:
            text += f", Frist und {show_euro(self.budget_cents)} Eigenanteil zusammen in {show_percent(self.joint)}"
        if self.slips:
            text += (
                f"; in {show_percent(self.slips)} der Fälle rutschen Mittel über das Ende ihres Haushalts, in "
                f"80 % höchstens {show_euro(self.slip_p80_cents)}"
            )
        rests = "; Spannen der Dauern und Kosten sind Annahmen" if self.assumed else ""
        return f"{text} ({self.draws} Ziehungen, Startwert {self.seed}{rests})."


Days = tuple[date, date]


def _drawn(work: Work, seed: int, draws: int) -> Iterator[Network]:
    """The network with drawn durations, draw by draw."""
    dice = np.random.default_rng([seed, 2])  # not the dice of the cost: time and money are drawn independently
    activities, ties = work.made
    at = {activity.id: n for n, activity in enumerate(activities)}
    ranges = {}
    for task in work.plan.tasks:
        likely = task.duration_days
        if likely and task.id in at and activities[at[task.id]].duration == likely:
            low, high = min(task.low_days or likely, likely), max(task.high_days or likely, likely)
            if low < high:
                ranges[at[task.id]] = np.rint(dice.triangular(low, likely, high, draws)).astype(int)
    for draw in range(draws):
        drawn = list(activities)
        for n, days in ranges.items():
            drawn[n] = drawn[n]._replace(duration=int(days[draw]))
        yield solve(drawn, ties, within=work.workdays.positions, late=False)


def _days(work: Work, network: Network, task: str) -> Days | None:
    """First and last day of a task that is no summary."""
    slot = None if task in work.parts else network.slot(task)
    if slot is None:
        return None
    last = work.workdays.day(slot.early_finish - 1)
    return (work.workdays.day(slot.early_start) if slot.early_finish > slot.early_start else last), last


class _Slipping:
    """How many cents lie after the end of the budget they are filed in, once the tasks they pay for lie otherwise."""

    def __init__(self, work: Work) -> None:
        self._work = work
        lines = work.plan.budget_lines
        self._ends = {
            year: line.to_year
            for line in lines
            if line.from_year and line.to_year
            for year in range(line.from_year, line.to_year + 1)
        }
        tasks = {task.id for task in work.plan.tasks}
        self._items = [item for item in work.plan.cost_items if item.bound_to in tasks]
        self._known: dict[tuple[str, Days], int] = {}

    def cents(self, network: Network) -> int:
        """Of one draw; what has no day in it counts as not moved."""
        days = ((item, _days(self._work, network, item.bound_to)) for item in self._items)
        return sum(self._of(item, now) for item, now in days if now)

    def _of(self, item: CostItem, now: Days) -> int:
        key = item.id, now
        if key not in self._known:
            self._known[key] = over_the_end(item, self._ends, now, self._work.workdays)
        return self._known[key]


def _rests(plan: Plan) -> bool:
    """Whether a range of a duration or of a cost is an assumption."""
    ranges = (*((task, RANGES[0]) for task in plan.tasks), *((item, RANGES[1]) for item in plan.cost_items))
    stated = ((row, name) for row, own in ranges for name in own if getattr(row, name) is not None)
    return any(row.evidence_of(name) == "assumed" for row, name in stated)


def forecast(plan: Plan, seed: int, draws: int, today: date | None = None) -> Forecast | None:
    """When the last milestone or task is reached, over `draws` draws; None where no duration has a range or nothing is
    dated.
    """
    work = network_of(plan, today)
    ends = [
        (slot.early_finish, task)
        for task in plan.tasks
        if task.id not in work.parts and (slot := work.network.slot(task.id))
    ]
    ranged = any((t.low_days or t.duration_days or 0) < (t.high_days or t.duration_days or 0) for t in plan.tasks)
    if not ends or not ranged or undrawable(seed, draws):
        return None
    last = max(ends, key=lambda end: end[0])[1]
    days: list[date | None] = []
    slips: list[int] = []
    slipping = _Slipping(work)
    for network in _drawn(work, seed, draws):
        ends_on = _days(work, network, last.id)
        days.append(ends_on[1] if ends_on else None)
        slips.append(slipping.cents(network))
    known = sorted(day for day in days if day)
    if len(known) * 5 < draws * 4:  # P80 would be a day nobody knows
        return None
    dates = timetable(plan, today)
    own = own_shares(plan, dates, seed, draws)
    lines = [span.line.own_share.value for span in budget(plan, funding(plan, dates)).spans]
    limit = (
        sum(line for line in lines if isinstance(line, int))
        if lines and all(isinstance(line, int) for line in lines)
        else None
    )
    held = None if last.deadline_on is None else np.array([day is not None and day <= last.deadline_on for day in days])
    inside = None if own is None or limit is None else own <= limit
    return Forecast(
        name=last.short_name or last.name,
        draws=draws,
        seed=seed,
        p50_on=known[(draws + 1) // 2 - 1],
        p80_on=known[-(-draws * 4 // 5) - 1],
        deadline_on=last.deadline_on,
        in_time=None if held is None else float(held.mean()),
        budget_cents=limit,
        in_budget=None if inside is None else float(inside.mean()),
        joint=None if held is None or inside is None else float((held & inside).mean()),
        slips=sum(map(bool, slips)) / draws,
        slip_p80_cents=sorted(slips)[-(-draws * 4 // 5) - 1],
        days=tuple((day, number / draws) for day, number in sorted(Counter(known).items())),
        unknown=1 - len(known) / draws,
        assumed=_rests(plan),
    )
