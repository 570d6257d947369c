"""Goal systems of any size: goals in four Zielbereiche × measures and Fachteile, some part of the pairs judged."""

import random

from insek_core.plan import Plan
from insek_core.plan.content import Contribution, Goal, Measure, SectorPlan
from insek_core.plan.process import Organisation

OFFICE = Organisation(id="ORG-1", name="Stadtplanungsamt", kind="Amt", evidence="stated")


def goal_system_plan(goals: int, origins: int, filled: float, seed: int = 1) -> Plan:
    """A plan of so many goals and origins (one in five is a Fachteil), of whose pairs this part is judged."""
    dice = random.Random(seed)
    areas = [Goal(id=f"ZB{n}", name=f"Zielbereich {n}", kind="Zielbereich", evidence="stated") for n in range(4)]
    own = [
        Goal(
            id=f"Z{n}",
            name=f"Ziel {n}: Wege in den Quartieren kurz, sicher und für alle nutzbar halten",
            kind="Ziel",
            parent=areas[n % 4].id,
            evidence="stated",
        )
        for n in range(goals)
    ]
    plans = [
        SectorPlan(id=f"FT{n}", name=f"Fachteil {n}", kind="Fachteil", evidence="stated") for n in range(origins // 5)
    ]
    measures = [
        Measure(
            id=f"M{n}",
            name=f"Maßnahme {n}: Schulhöfe öffnen und begrünen",
            sector_plan=plans[n % len(plans)].id,
            owner=OFFICE.id,
            evidence="stated",
        )
        for n in range(origins - len(plans))
    ]
    pairs = [(g.id, o.id) for g in own for o in (*plans, *measures) if dice.random() < filled]
    contributions = tuple(
        Contribution(id=f"ZB-{n}", goal=goal, origin=origin, weight=dice.randint(-3, 3), evidence="stated")
        for n, (goal, origin) in enumerate(pairs)
    )
    return Plan(
        organisations=(OFFICE,),
        goals=(*areas, *own),
        sector_plans=tuple(plans),
        measures=tuple(measures),
        contributions=contributions,
    )
