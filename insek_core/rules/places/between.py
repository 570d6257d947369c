"""The change of an indicator between two years, area by area (RULES §4): an honest gap stays one."""

from dataclasses import replace

from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.plan.german import count
from insek_core.rules.places.development import signed
from insek_core.rules.places.indicators import AreaValue, Slice


def between(before: Slice, after: Slice) -> Slice:
    """The later figures minus the earlier ones; suppressed where one of both is, else missing where one of both is."""
    earlier = {value.area: value for value in before.values}
    return replace(
        after, values=tuple(_change(earlier.get(v.area, AreaValue(v.area, "missing", None)), v) for v in after.values)
    )


def _change(old: AreaValue, new: AreaValue) -> AreaValue:
    if old.value is None or new.value is None:
        state = "suppressed" if "suppressed" in (old.state, new.state) else "missing"
        return AreaValue(new.area, state, None)
    return AreaValue(new.area, "value", new.value - old.value)


def _named(plan: Plan, value: AreaValue, indicator: Indicator) -> str:
    return f"{plan.name(value.area)} ({signed(value.value or 0.0, indicator.unit)})"


def change_sentence(plan: Plan, change: Slice, years: tuple[int, int], indicator: Indicator) -> str:
    """Where the figure rose and fell most between two years, and of how many areas it is known."""
    known = sorted((v for v in change.values if v.value is not None), key=lambda v: v.value or 0.0)
    lead = f"{indicator.name} {years[0]} bis {years[1]}"
    if not known:
        return f"{lead}: Die Veränderung ist unbekannt."
    last, first = known[-1], known[0]
    rose = f"am meisten gestiegen in {_named(plan, last, indicator)}" if (last.value or 0) > 0 else "nirgends gestiegen"
    fell = f"am meisten gesunken in {_named(plan, first, indicator)}" if (first.value or 0) < 0 else "nirgends gesunken"
    lost = len(change.values) - len(known)
    rest = f" Bei {count(lost, 'Gebiet', 'Gebieten')} ist sie unbekannt." if lost else ""
    return f"{lead}: {rose}, {fell}.{rest}"
