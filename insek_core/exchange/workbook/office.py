"""The workbook of an office: what it answers for, what its goals lack, and lines to fill that come back as any other.

A line that nobody has filled is none: it is left out when the workbook comes back, and said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from insek_core.exchange.workbook.write import UNSAID, HintRow, write_workbook
from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.content import Contribution, Goal, Indicator, Measure, Return
from insek_core.plan.errors import Finding
from insek_core.plan.finance import FundingProof
from insek_core.plan.german import count, show_date
from insek_core.plan.process import Organisation
from insek_core.plan.record import Record, columns_of
from insek_core.plan.version import Origin
from insek_core.rules.goals.gaps import GAP_TYPES, Gap
from insek_core.rules.goals.trace import serving_ids
from insek_core.rules.people.departments import RESPONSIBLE, scope

TO_FILL = "Bitte ausfüllen"
OPEN = "offen"
STUB_PREFIX = {"contributions": "ZB", "measures": "M", "funding_proofs": "FN", "indicators": "I"}
SELDOM = ("id", "source", "evidence", "field_evidence", "visibility", "note")
Tables = Mapping[str, tuple[Record, ...]]


class _Lines:
    """The lines to fill, with ids that nothing bears: those of two offices never meet."""

    def __init__(self, plan: Plan, office: str) -> None:
        self.plan, self.office = plan, office
        self.slug = re.sub(r"\W+", "-", office).strip("-")[:24]
        self.known = set(plan.by_id)
        self.owner = office if isinstance(plan.by_id.get(office), Organisation) else ""

    def common(self, table: str, gap: Gap) -> dict[str, Any]:
        """What every line has: an id, that the office states it, what it is for."""
        names = (f"{STUB_PREFIX[table]}-{self.slug}-{n}" for n in range(1, len(self.known) + 2))
        new = next(name for name in names if name not in self.known)
        self.known.add(new)
        return {"id": new, "note": f"{TO_FILL}: {gap.missing} (Ziel: {gap.goal.name})"[:300]}

    def contribution(self, gap: Gap, origin: str = "") -> Contribution:
        """What serves the goal, and how much."""
        return Contribution(**self.common("contributions", gap), goal=gap.goal.id, origin=origin, evidence="stated")

    def measure(self, gap: Gap) -> Measure:
        """A measure of the office."""
        return Measure(**self.common("measures", gap), name="", owner=self.owner, evidence="stated")

    def proof(self, gap: Gap, measure: str) -> FundingProof:
        """The money behind a measure."""
        return FundingProof(**self.common("funding_proofs", gap), measure=measure, evidence="stated")

    def indicator(self, gap: Gap) -> Indicator:
        """How the goal is measured."""
        return Indicator(
            **self.common("indicators", gap), name="", goal=gap.goal.id, owner=self.owner, evidence="stated"
        )


def _of_goal(plan: Plan, goal: Goal, table: str) -> list[Contribution]:
    """The contributions of one table's entries to a goal."""
    rows = (c for c in plan.rows_of("contributions", "goal", goal.id) if isinstance(c, Contribution))
    return [c for c in rows if c.origin in plan.by_id and plan.by_id[c.origin].table == table]


def _to_fill(plan: Plan, gap: Gap, lines: _Lines) -> Iterator[Record]:
    """What answers a gap: the entries that are there and incomplete or assumed, else lines to fill."""
    serving = serving_ids(plan, gap.goal.id)
    measures = [row for row in plan.measures if row.id in serving]
    if gap.type == GAP_TYPES[1]:
        named = [c for c in _of_goal(plan, gap.goal, "sector_plans") if c.weight is None or c.evidence == "assumed"]
        yield from named or [lines.contribution(gap)]
    elif gap.type == GAP_TYPES[2] and measures:
        yield from measures
    elif gap.type == GAP_TYPES[2]:
        unrated = [c for c in _of_goal(plan, gap.goal, "measures") if c.weight is None]
        measure = None if unrated else lines.measure(gap)
        yield from [measure, lines.contribution(gap, measure.id)] if measure else unrated
    elif gap.type == GAP_TYPES[3]:
        proofs = [proof for proof in plan.funding_proofs if proof.measure in {m.id for m in measures}]
        yield from proofs or [lines.proof(gap, measure.id) for measure in measures[:3]]
    elif gap.type == GAP_TYPES[4]:
        yield from [row for row in plan.indicators if row.goal == gap.goal.id] or [lines.indicator(gap)]


def _due(plan: Plan, office: str) -> str:
    """Until when an office's return is asked for; open where nobody has said."""
    asked = [row.due_on for row in plan.returns if isinstance(row, Return) and row.office == office and row.due_on]
    return show_date(max(asked)) if asked else OPEN


def _gap_rows(plan: Plan, found: Sequence[tuple[Gap, Sequence[Record]]], office: str) -> list[tuple[str, ...]]:
    """The sheet of what is missing: each gap with the lines that answer it."""
    heads = ("Ziel", "Kennung", "Lücke", "Stand", "Was fehlt", "Bis wann", "Wo eintragen")
    due = _due(plan, office)
    rows = [
        (
            gap.goal.name,
            gap.goal.id,
            gap.type,
            "fehlt" if gap.answer == "nein" else "nur angenommen" if gap.assumed else "unbekannt",
            gap.missing,
            due,
            "; ".join(f"{TABLES[row.table].sheet} {row.id}" for row in rows),
        )
        for gap, rows in found
    ]
    return [heads, *rows]


def _notices(plan: Plan, today: date | None) -> tuple[HintRow, ...]:
    """What the first sheet says of the day and of what is assumed."""
    assumed = sum(row.evidence == "assumed" for table in TABLES for row in plan.rows(table))
    told = f"{count(assumed, 'Eintrag', 'Einträge')} dieser Mappe sind Annahmen (Spalte „Beleg“: angenommen)."
    told += " Was das Amt bestätigt, bitte auf „genannt“ setzen."
    filled = f"Zeilen mit der Bemerkung „{TO_FILL}“ sind vorbereitet; leer gelassene werden nicht übernommen."
    days = (("Stichtag", show_date(today)),) if today else ()
    return (*days, ("Annahmen", told), ("Vorbereitete Zeilen", filled))


def office_workbook(
    plan: Plan,
    version: int,
    office: str,
    origin: Origin = UNSAID,
    *,
    lacking: Sequence[Gap] = (),
    today: date | None = None,
) -> bytes:
    """The return workbook of an office (its id, or its role in words): the rows it answers for, on the sheets it has
    rows on; with `lacking` also the list of what is missing from it, and lines to fill.
    """
    own, lines = scope(plan, office), _Lines(plan, office)
    answers = [(gap, list(_to_fill(plan, gap, lines))) for gap in lacking if gap.type != GAP_TYPES[0]]
    more = {row.id: row for _, rows in answers for row in rows}
    tables: dict[str, tuple[Record, ...]] = {}
    for table in (*RESPONSIBLE, *STUB_PREFIX):
        rows = {row.id: row for row in (*own.rows(table), *(r for r in more.values() if r.table == table))}
        if rows:
            tables[table] = tuple(rows.values())
    held = with_tables(Plan(settings=plan.settings), tables)
    return write_workbook(
        held,
        version,
        origin,
        office=office,
        tables=tables,
        notices=_notices(with_tables(Plan(), tables), today),
        gaps=_gap_rows(plan, answers, office) if answers else (),
    )


def _blank(row: Record) -> bool:
    """Whether nothing is filled in a line but what it names."""
    own = [column for column in columns_of(type(row)) if column.name not in SELDOM]
    return all(c.kind.name in ("ref", "refs") or getattr(row, c.name) == c.kind.empty for c in own)


def filled(tables: Tables, base: Plan) -> tuple[dict[str, tuple[Record, ...]], list[Finding]]:
    """The rows without the lines to fill that nobody has filled; those that somebody has lose their remark. What a
    contribution names must be filled too, then it stands as named and not judged.
    """
    lines = [
        row for rows in tables.values() for row in rows if row.note.startswith(TO_FILL) and row.id not in base.by_id
    ]
    left = {row.id for row in lines if _blank(row) and not isinstance(row, Contribution)}
    there = {row.id for rows in tables.values() for row in rows} - left | set(base.by_id)
    left |= {row.id for row in lines if isinstance(row, Contribution) and _blank(row) and row.origin not in there}
    done = {row.id for row in lines} - left
    kept = {
        table: tuple(replace(row, note="") if row.id in done else row for row in rows if row.id not in left)
        for table, rows in tables.items()
    }
    told = (
        f"{count(len(left), 'vorbereitete Zeile ist', 'vorbereitete Zeilen sind')} leer geblieben: {', '.join(left)}."
    )
    return kept, [Finding(level="notice", message=told)] if left else []
