"""What less money breaks: the goals that even the best choice of measures cannot keep (RULES §3)."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from insek_core.change.cover import SmallestCover, contribution_figures, cover_case, smallest_cover
from insek_core.plan import Plan
from insek_core.plan.content import Goal
from insek_core.rules.figures import Figure
from insek_core.rules.goals.ladder import climbers
from insek_core.rules.goals.trace import money_of


@dataclass(frozen=True, kw_only=True)
class Cut:
    """What less money breaks at least: the money of all measures that serve a goal (those without an amount aside), the
    share taken away, and the best choice for what is left; `before` are the goals covered by measures with an amount,
    `number` how many.
    """

    money: Figure
    share: Fraction
    before: tuple[Goal, ...]
    number: Figure
    best: SmallestCover

    @property
    def broken(self) -> tuple[Goal, ...]:
        """The goals that even the best choice cannot keep."""
        return tuple(goal for goal in self.before if goal not in self.best.covered)


def cut(plan: Plan, share: Fraction) -> Cut | None:
    """What a cut of the measures' money by this share (0..1) breaks; None where no serving measure states an amount."""
    case = cover_case(plan)
    priced = [m for m in plan.measures if m.id in case.serves and case.items[m.id]]
    if not priced:
        return None
    money, served = money_of(plan, priced), case.served([m.id for m in priced])
    before = tuple(goal for goal in climbers(plan) if goal.id in served)
    return Cut(
        money=replace(money, label="Geld der Maßnahmen, die Zielen dienen"),
        share=share,
        before=before,
        number=Figure(
            label="Ziele, denen Maßnahmen mit Betrag dienen",
            value=len(before),
            unit="count",
            rule="gedeckt: Beitrag über 0",
            operands=contribution_figures(plan, priced),
        ),
        best=smallest_cover(plan, floor(money.cents * (1 - share))),
    )
