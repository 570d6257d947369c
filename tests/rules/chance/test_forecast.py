"""How sure the dates are: real sittings only, the same seed the same days, money that slips over a budget's end."""

from dataclasses import replace
from datetime import date

from insek_core.plan import Plan
from insek_core.rules.chance.forecast import forecast
from insek_core.rules.money.slip import moved, splits
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.sittings import sittings

TODAY = date(2015, 6, 1)


def test_a_forecast_ends_on_real_sittings_and_the_same_seed_gives_the_same(example: Plan) -> None:
    found = forecast(example, 1, 400, TODAY)
    assert found and found == forecast(example, 1, 400, TODAY) and found.p50_on <= found.p80_on
    assert {day for day, _ in found.days} <= {s.on for s in sittings(example, "EE5")}
    assert abs(sum(part for _, part in found.days) + found.unknown - 1) < 1e-9
    assert found.joint is not None and found.in_time is not None and found.in_budget is not None
    assert found.joint <= min(found.in_time, found.in_budget)
    fixed = tuple(replace(task, low_days=task.duration_days, high_days=task.duration_days) for task in example.tasks)
    assert forecast(replace(example, tasks=fixed), 1, 10, TODAY) is None


def test_money_slips_over_the_end_of_a_budget_exactly_as_a_delay_moves_it(example: Plan) -> None:
    later = tuple(
        replace(task, duration_days=task.duration_days + 60) if task.id == "K3" and task.duration_days else task
        for task in example.tasks
    )
    after = replace(example, tasks=later)
    found = moved(after, splits(after, timetable(after, TODAY)))
    told = sum(cents for split in found.values() for year, cents in split.items() if year is not None and year > 2016)
    assert told > 0
    wide = tuple(
        replace(t, low_days=t.duration_days, high_days=t.duration_days)
        if t.id != "K3"
        else replace(t, low_days=t.duration_days, high_days=(t.duration_days or 0) + 60)
        for t in example.tasks
    )
    drawn = forecast(replace(example, tasks=wide), 1, 300, TODAY)
    assert drawn and 0 < drawn.slips < 1 and 0 <= drawn.slip_p80_cents <= told


def test_without_a_step_that_can_slip_into_another_budget_no_money_does(example: Plan) -> None:
    inside = tuple(
        replace(t, low_days=t.duration_days, high_days=t.duration_days)
        if t.id != "B1"
        else replace(t, low_days=1, high_days=t.duration_days)
        for t in example.tasks
    )
    drawn = forecast(replace(example, tasks=inside), 1, 100, TODAY)
    assert drawn and (drawn.slips, drawn.slip_p80_cents) == (0, 0) and "rutschen" not in drawn.sentence()
