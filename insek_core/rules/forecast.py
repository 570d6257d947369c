"""How sure the dates are: durations drawn from their ranges, run through the links and the sittings (RULES §1.10, §2).

Durations are triangular over low, likely and high, independent of one another; the same seed gives the same days.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np

from insek_core.plan import Plan
from insek_core.plan.german import show_date, show_euro, show_percent
from insek_core.rules.budget import budget
from insek_core.rules.dates import POSITIONS
from insek_core.rules.funding import funding
from insek_core.rules.network import solve
from insek_core.rules.risk import own_shares
from insek_core.rules.schedule import Work, network_of


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Days of the end by draw: P50, P80, how often each day comes out, how often its deadline and the budget hold.

    `joint` is how often both hold in one draw; None where the budget cannot be simulated or no deadline is entered.
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
    days: tuple[tuple[date, float], ...]
    unknown: float

    def sentence(self) -> str:
        """The forecast in one or two sentences, percent rounded."""
        text = f"{self.name}: in der Hälfte der Fälle spätestens am {show_date(self.p50_on)}, in 80 % spätestens am {show_date(self.p80_on)}"
        if self.deadline_on and self.in_time is not None:
            text += f"; die Frist {show_date(self.deadline_on)} hält in {show_percent(self.in_time)} der Fälle"
        if self.joint is not None and self.budget_cents is not None:
            text += f", Frist und {show_euro(self.budget_cents)} Eigenanteil zusammen in {show_percent(self.joint)}"
        return f"{text} ({self.draws} Ziehungen, Startwert {self.seed}; Spannen der Dauern und Kosten sind Annahmen)."


def _ends(work: Work, last: str, seed: int, draws: int) -> list[date | None]:
    """The day the last task ends, by draw; None where no sitting is known any more."""
    dice = np.random.default_rng([seed, 2])  # not the dice of the cost: time and money are drawn independently
    activities, ties = work.made
    at = {activity.id: n for n, activity in enumerate(activities)}
    ranges = {}
    for task in work.plan.tasks:
        low, likely, high = task.low_days, task.duration_days, task.high_days
        if (
            likely
            and task.id in at
            and activities[at[task.id]].duration == likely
            and (low or likely) < (high or likely)
        ):
            ranges[at[task.id]] = np.rint(
                dice.triangular(min(low or likely, likely), likely, max(high or likely, likely), draws)
            ).astype(int)
    found: list[date | None] = []
    for draw in range(draws):
        drawn = list(activities)
        for n, days in ranges.items():
            drawn[n] = drawn[n]._replace(duration=int(days[draw]))
        slot = solve(drawn, ties, within=POSITIONS, late=False).slot(last)
        found.append(work.offices.day(slot.early_finish - 1) if slot else None)
    return found


def forecast(plan: Plan, seed: int, draws: int, today: date | None = None) -> Forecast | None:
    """When the last milestone or task is reached, over `draws` draws; None where no duration has a range or nothing is dated."""
    work = network_of(plan, today)
    ends = [
        (slot.early_finish, task)
        for task in plan.tasks
        if task.id not in work.parts and (slot := work.network.slot(task.id))
    ]
    ranged = any((t.low_days or t.duration_days or 0) < (t.high_days or t.duration_days or 0) for t in plan.tasks)
    if not ends or not ranged or draws < 1:
        return None
    last = max(ends, key=lambda end: end[0])[1]
    days = _ends(work, last.id, seed, draws)
    known = sorted(day for day in days if day)
    if len(known) * 5 < draws * 4:  # P80 would be a day nobody knows
        return None
    own = own_shares(plan, seed, draws)
    lines = [span.line.own_share.value for span in budget(plan, funding(plan)).spans]
    limit = (
        sum(line for line in lines if isinstance(line, int))
        if lines and all(isinstance(line, int) for line in lines)
        else None
    )
    held = None if last.deadline_on is None else np.array([day is not None and day <= last.deadline_on for day in days])
    inside = None if own is None or limit is None else own <= limit
    return Forecast(
        name=last.short_name or last.name, draws=draws, seed=seed, p50_on=known[(draws + 1) // 2 - 1], p80_on=known[-(-draws * 4 // 5) - 1],
        deadline_on=last.deadline_on, in_time=None if held is None else float(held.mean()), budget_cents=limit,
        in_budget=None if inside is None else float(inside.mean()),
        joint=None if held is None or inside is None else float((held & inside).mean()),
        days=tuple((day, number / draws) for day, number in sorted(Counter(known).items())), unknown=1 - len(known) / draws,
    )  # fmt: skip
