"""Goals that fall or climb, as rows: what stays, what goes, what is new, and never more than the picture holds."""

from filled import filled_plan

from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.rules.goals.system import goal_system
from insek_core.views.goalmoves import SHOWN, Move, goal_moves, moved_ladder, moves_text


def moves(plan: Plan, *changes: str, back: bool = False) -> tuple[Move, ...]:
    less = apply(plan, [parse(text) for text in changes]).plan
    sides = (less, plan) if back else (plan, less)
    return goal_moves(goal_system(sides[0]), goal_system(sides[1]))


def test_a_goal_on_one_thread_loses_its_rungs_with_its_measure_and_gets_them_back() -> None:
    plan = filled_plan()
    (move,) = moves(plan, "drop=M03")
    assert (move.after.goal.id, move.before.rung, move.after.rung, move.steps) == ("G03", 4, 1, -3)
    assert moved_ladder((move,)).count("✕ entfällt") == 3 and moved_ladder((move,)).count("✓ ja") == 2
    (again,) = moves(plan, "drop=M03", back=True)
    assert again.steps == 3 and moved_ladder((again,)).count("+ neu") == 3
    assert not moves(plan, "drop=M59"), "what serves no goal moves none"


def test_the_deepest_falls_lead_and_the_rest_is_counted() -> None:
    plan = filled_plan()
    every = moves(plan, *(f"drop=M{n:02}" for n in range(1, 61)))
    assert len(every) > SHOWN and every[0].steps == min(move.steps for move in every)
    picture = str(moved_ladder(every))
    assert picture.count("<tr>") == SHOWN + 1 and f"Und {len(every) - SHOWN} weitere Ziele." in picture
    assert moves_text(every).startswith(f"{len(every)} Ziele wechseln die Stufe.")
