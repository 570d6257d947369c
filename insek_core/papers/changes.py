"""Consequences and proposals as plain data with documented keys: what the command line prints of a change."""

from typing import Protocol

from insek_core.change.consequences import Consequences
from insek_core.change.difference import Difference
from insek_core.papers.report import Json, finding, plain
from insek_core.plan import TABLES
from insek_core.plan.errors import Finding
from insek_core.plan.record import columns_of


def consequences(found: Consequences) -> Json:
    """`consequences` (the sentences), `changed` (every figure: key, label, before, after) and `more_changed` (how many
    no sentence tells).
    """
    rows = [
        {"key": c.key, "label": c.label, "before": plain(c.before.value), "after": plain(c.after.value)}
        for c in found.changed
    ]
    return {"consequences": [told.text for told in found.told], "changed": rows, "more_changed": len(found.more)}


def _cell(found: Difference, value: object) -> object:
    column = next((c for c in columns_of(TABLES[found.table]) if c.name == found.field), None)
    return None if column is None or value is None else column.kind.encode(value)


def edit(found: Difference) -> Json:
    """An edit: table, record, label; of a changed cell also field, old and new as they are stored."""
    place = {"table": found.table, "record": found.record, "label": found.label}
    return (
        place
        if found.kind != "changed"
        else {**place, "field": found.field, "old": _cell(found, found.old), "new": _cell(found, found.new)}
    )


class Proposed(Protocol):
    """What workbooks would change, as storage proposes it."""

    @property
    def edits(self) -> tuple[Difference, ...]: ...
    @property
    def conflicts(self) -> tuple[tuple[Difference, Difference], ...]: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...


def proposal(found: Proposed) -> Json:
    """`findings`, `added`, `changed`, `removed`, and `conflicts` with the workbook's `own` edit and the `saved` one it
    meets.
    """
    kinds = {kind: [edit(one) for one in found.edits if one.kind == kind] for kind in ("added", "changed", "removed")}
    conflicts = [
        {"own": {**edit(own), "kind": own.kind}, "saved": {**edit(saved), "kind": saved.kind}}
        for own, saved in found.conflicts
    ]
    return {"findings": [finding(f) for f in found.findings], **kinds, "conflicts": conflicts}
