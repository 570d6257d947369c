"""What leaving something out does to a plan: what only exists through it goes along."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from insek_core.change.edits.bench import Bench
from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import with_row, with_tables
from insek_core.plan.content import Measure
from insek_core.plan.process import LINKED
from insek_core.plan.record import Record, columns_of


def _goes_along(row: Record, gone: set[str]) -> bool:
    """Whether a row goes when others do: it must name one of them, or its cost arises with one of them."""
    needed = [c.name for c in columns_of(type(row)) if c.kind.name == "ref" and (c.required or c.name == "bound_to")]
    return any(getattr(row, name) in gone for name in needed)


def _cleared(row: Record, gone: set[str]) -> Record:
    """The row without its references to what has gone."""
    values: dict[str, Any] = {}
    for column in columns_of(type(row)):
        value = getattr(row, column.name)
        if column.kind.name == "ref" and value in gone:
            values[column.name] = ""
        elif column.kind.name == "refs" and gone.intersection(value or ()):
            values[column.name] = tuple(name for name in value if name not in gone)
    return replace(row, **values) if values else row


def _bridged(plan: Plan, gone: set[str]) -> Plan:
    """The plan with the predecessors of what is dropped linked to its successors, so that these do not move forward."""
    for name in [row.id for table in LINKED.split() for row in plan.rows(table) if row.id in gone]:
        before = [link for link in plan.links if link.successor == name and link.predecessor not in gone]
        after = [link for link in plan.links if link.predecessor == name and link.successor not in gone]
        known = {(link.predecessor, link.successor) for link in plan.links}
        for first in before:
            for then in after:
                if (first.predecessor, then.successor) not in known:
                    bridge = replace(
                        then,
                        id=f"{first.id}+{then.id}",
                        predecessor=first.predecessor,
                        type="FS",
                        evidence="assumed",
                        field_evidence=(),
                    )
                    plan = with_row(plan, "links", bridge)
    return plan


def less(plan: Plan, records: Iterable[str]) -> Plan:
    """The plan without these records and all that only exists through them; what only names them does so no more."""
    gone = set(records)
    rows = [row for table in TABLES for row in plan.rows(table)]
    while more := {row.id for row in rows if row.id not in gone and _goes_along(row, gone)}:
        gone |= more
    plan = _bridged(plan, gone)
    tables: dict[str, tuple[Any, ...]] = {}
    for table in TABLES:
        kept = tuple(_cleared(row, gone) for row in plan.rows(table) if row.id not in gone)
        if kept != plan.rows(table):
            tables[table] = kept
    return with_tables(plan, tables)


def drop(bench: Bench, target: str, _: None) -> None:
    """Leave a record out with all that only exists through it: funding of its cost, its events, the cost bound to it.

    A measure takes its contributions and funding proofs along; the cost item it names stays, for others may name it.
    """
    bench.find(target)
    bench.notes += _kept_cost(bench.plan, target)
    bench.plan = less(bench.plan, [target])


def _kept_cost(plan: Plan, target: str) -> list[str]:
    """The cost item of a measure that goes: it stays as money of the plan, and that is said."""
    measure = plan.by_id.get(target)
    item = measure.cost_item if isinstance(measure, Measure) else ""
    kept = (
        f"Die Kostenposition „{plan.name(item)}“ bleibt im Plan, auch ohne „{plan.name(target)}“; wer das Geld spart, "
    )
    return [f"{kept}lässt auch sie entfallen (drop={item})."] if item else []
