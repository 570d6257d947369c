"""Random changes and edits of a plan, by seed: what the tests of changes and sentences try."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from insek_core.change.scenario import KEYS
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.finance import FINANCING


def any_change(dice: Random, plan: Plan) -> str:
    """A random change of any key that aims at something the plan has."""
    key = dice.choice(list(KEYS))
    targets = [row.id for table in KEYS[key].targets if table != "purpose" for row in plan.rows(table)]
    targets += (
        sorted({item.purpose for item in plan.cost_items if item.purpose}) if "purpose" in KEYS[key].targets else []
    )
    whole = KEYS[key].whole and (not targets or dice.random() < 0.5)
    aim = "" if whole else f":{dice.choice(targets)}"
    euro = dice.choice(
        [
            "0",
            "15000",
            "130000",
            "195000",
            str(dice.randint(0, 300_000)),
            f"{dice.randint(0, 30_000)}.{dice.randint(1, 99):02}",
        ]
    )
    share = dice.choice(["0", "1", "2/3", "3/5", f"{dice.randint(0, 100)}%"])
    days = dice.choice([1, -1, 30, 90, dice.randint(-60, 400)])
    values = {
        "cost": dice.choice(
            [f"{dice.choice('+-')}{dice.randint(0, 40)}%", f"{dice.choice('+-')}{dice.randint(0, 9000)}", euro]
        ),
        "rate": share,
        "freeze": share,
        "cap": dice.choice(["none", euro]),
        "type": dice.choice(list(FINANCING)),
        "drop": "",
        "delay": str(days),
        "longer": str(days),
        "year": str(dice.randint(2014, 2019)),
        "provisional": f"{dice.randint(2014, 2018)}-0{dice.randint(1, 9)}-15",
    }
    return f"drop={aim[1:]}" if key == "drop" else f"{key}{aim}={values.get(key, euro)}"


def any_edit(dice: Random, plan: Plan) -> Plan:
    """The plan with one field of a cost item, task, contribution or budget line edited by hand."""
    table = dice.choice(("cost_items", "tasks", "contributions", "budget_lines"))
    row: Any = dice.choice(plan.rows(table))
    fields: dict[str, list[Any]] = {
        "cost_items": [
            {"amount_cents": dice.choice([None, 0, dice.randint(0, 5_000_000)])},
            {"year": dice.choice([None, 2015, 2016, 2017, 2018])},
            {"high_cents": dice.randint(0, 9_000_000)},
            {"bound_to": dice.choice(["", "K3", "P3", "F4"])},
        ],
        "tasks": [
            {"duration_days": dice.choice([None, 1, dice.randint(0, 200)])},
            {"deadline_on": date(2015, 6, 1) + timedelta(dice.randint(0, 900))},
            {"constraint": "nicht früher als", "constraint_on": date(2015, 6, 1) + timedelta(dice.randint(0, 900))},
            {"optional": True},
        ],
        "contributions": [{"weight": dice.choice([None, -2, -1, 0, 1, 3])}],
        "budget_lines": [
            {"amount_cents": dice.choice([None, 0, dice.randint(0, 20_000_000)])},
            {"status": dice.choice(["anzumelden", "angemeldet", "veranschlagt"])},
        ],
    }
    return with_row(plan, table, replace(row, **dice.choice(fields[table])))
