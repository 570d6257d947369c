"""What is entered of a plan and what each screen still needs, in the order in which a new plan is filled."""

from collections.abc import Callable
from dataclasses import dataclass

from insek_core.plan import TABLES, Plan
from insek_core.plan.german import count


@dataclass(frozen=True, kw_only=True)
class GuideStep:
    """A step of the guided order: its tables, how many rows each has in words ("2 Phasen"), and what is missing with
    the screen that needs it.
    """

    number: int
    title: str
    tables: tuple[str, ...]
    held: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]

    @property
    def done(self) -> bool:
        """Whether every screen has what it needs of this step."""
        return not self.missing


ORDER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Kosten und Förderung", ("programmes", "cost_items", "budget_lines", "funds")),
    ("Schritte", ("phases", "tasks")),
    ("Gremien", ("organisations", "bodies", "meetings", "papers", "readings", "formats", "events")),
    ("Ziele", ("goals", "sector_plans", "measures", "indicators")),
    ("Orte", ("areas",)),
)


def _missing_amounts(plan: Plan) -> int:
    return sum(item.amount_cents is None or (item.year is None and not item.filed_split) for item in plan.cost_items)


def _undated(plan: Plan) -> int:
    return sum(task.duration_days is None and task.kind != "Sammelvorgang" for task in plan.tasks)


def _rateless(plan: Plan) -> int:
    return sum(p.rate_share is None and p.financing == "anteil" for p in plan.programmes)


def _unordered(plan: Plan) -> int:
    """Papers without a station."""
    known = {reading.paper for reading in plan.readings}
    return sum(paper.id not in known for paper in plan.papers)


def _sits(plan: Plan) -> bool:
    return bool(plan.meetings) or any(body.cadence for body in plan.bodies)


def _placeless(plan: Plan) -> int:
    return sum(area.lon is None or area.lat is None for area in plan.areas)


Need = tuple[int, str, str, Callable[[Plan], str]]
NEEDS: tuple[Need, ...] = (
    (1, "Haushalt & Förderung", "ein Förderprogramm", lambda p: "" if p.programmes else "fehlt"),
    (1, "Haushalt & Förderung", "Kostenpositionen", lambda p: "" if p.cost_items else "fehlen"),
    (1, "Haushalt & Förderung", "Beträge und Jahre der Kosten", lambda p: _of(_missing_amounts(p), "Position")),
    (1, "Haushalt & Förderung", "Angaben zum Fördersatz", lambda p: _of(_rateless(p), "Programm")),
    (1, "Überblick", "Haushaltsansätze", lambda p: "" if p.budget_lines else "fehlen"),
    (2, "Zeitplan", "Phasen", lambda p: "" if p.phases else "fehlen"),
    (2, "Zeitplan", "Arbeitsschritte", lambda p: "" if p.tasks else "fehlen"),
    (2, "Was wäre, wenn", "Dauern der Schritte", lambda p: _of(_undated(p), "Schritt")),
    (3, "Beteiligung & Gremien", "Gremien", lambda p: "" if p.bodies else "fehlen"),
    (3, "Beteiligung & Gremien", "Sitzungen", lambda p: "" if _sits(p) else "fehlen"),
    (3, "Zeitplan", "eine Gremienvorlage mit ihrem Weg", lambda p: "" if p.readings else "fehlt"),
    (3, "Zeitplan", "Stationen der Gremienvorlagen", lambda p: _of(_unordered(p), "Gremienvorlage")),
    (4, "Zielsystem", "Ziele", lambda p: "" if any(g.kind == "Ziel" for g in p.goals) else "fehlen"),
    (4, "Zielsystem", "Maßnahmen", lambda p: "" if p.measures else "fehlen"),
    (4, "Indikatoren & Karte", "Indikatoren", lambda p: "" if p.indicators else "fehlen"),
    (5, "Indikatoren & Karte", "Gebiete", lambda p: "" if p.areas else "fehlen"),
    (5, "Indikatoren & Karte", "Länge und Breite", lambda p: _of(_placeless(p), "Gebiet")),
)  # fmt: skip


def _of(number: int, one: str) -> str:
    """How many rows lack something; empty if none does."""
    return f"fehlen bei {count(number, one, PLURAL[one])}" if number else ""


PLURAL = {
    "Position": "Positionen",
    "Programm": "Programmen",
    "Schritt": "Schritten",
    "Gremienvorlage": "Gremienvorlagen",
    "Gebiet": "Gebieten",
}


def guide(plan: Plan) -> tuple[GuideStep, ...]:
    """The five steps in their order. What is missing is told with the screen that needs it; a plan without a table's
    rows is not said to lack their details too.
    """
    steps = []
    for number, (title, tables) in enumerate(ORDER, 1):
        told = [(screen, f"{what} {how}") for at, screen, what, look in NEEDS if at == number and (how := look(plan))]
        rows = ((TABLES[table], len(plan.rows(table))) for table in tables)
        held = tuple(count(number, kind.one, kind.sheet) for kind, number in rows if number)
        steps.append(GuideStep(number=number, title=title, tables=tables, held=held, missing=tuple(told)))
    return tuple(steps)


def next_step(steps: tuple[GuideStep, ...]) -> GuideStep:
    """The first step that is not done; the last one where all are."""
    return next((step for step in steps if not step.done), steps[-1])
