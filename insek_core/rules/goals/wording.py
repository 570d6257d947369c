"""Which wording a judgement is of: a mark of the texts of goal and origin, and what was judged in other words than
today's (as Doorstop marks a link whose item has changed).
"""

import re
import unicodedata
from hashlib import sha256
from typing import Literal

from insek_core.plan import Plan
from insek_core.plan.content import Contribution
from insek_core.plan.record import Record

WORDED: dict[str, tuple[str, ...]] = {  # what somebody reads who judges; owner, dates and money are no wording
    "goals": ("name", "kind"),
    "sector_plans": ("name", "kind"),
    "measures": ("name",),
    "formats": ("name",),
    "tasks": ("name", "output"),
}
Side = Literal["goal", "origin"]
_MARK = re.compile(r"[0-9a-f]{10}-[0-9a-f]{10}")


def _mark(record: Record) -> str:
    texts = (str(getattr(record, field) or "") for field in WORDED[record.table])
    words = (" ".join(unicodedata.normalize("NFC", text).split()) for text in texts)
    return sha256("\n".join((record.table, *words)).encode("utf-8", "replace")).hexdigest()[:10]


def wording(goal: Record, origin: Record) -> str:
    """A mark of the texts of goal and origin, its two halves apart: equal as long as both read the same, whatever else
    of them changes (owner, date, money) and however they are spaced.
    """
    return f"{_mark(goal)}-{_mark(origin)}"


def _mark_of(plan: Plan, record_id: str) -> str:
    """The mark of a record's texts, worked out once for each record of a plan; empty where it is none with texts."""
    marks: dict[str, str] = plan.once("marks of wording", dict)
    if record_id not in marks:
        record = plan.by_id.get(record_id)
        marks[record_id] = _mark(record) if record is not None and record.table in WORDED else ""
    return marks[record_id]


def wording_now(plan: Plan, row: Contribution) -> str:
    """The mark of today's texts of a contribution; empty where it names what the plan does not hold."""
    goal, origin = _mark_of(plan, row.goal), _mark_of(plan, row.origin)
    return f"{goal}-{origin}" if goal and origin else ""


def reworded(plan: Plan, row: Contribution) -> tuple[Side, ...]:
    """Whose text has changed since a contribution was judged: goal, origin or both; none where it is not judged, or
    nobody kept which wording was judged.
    """
    today = wording_now(plan, row)
    if row.weight is None or not row.fingerprint or not today or row.fingerprint == today:
        return ()
    sides: tuple[Side, ...] = ("goal", "origin")
    if not _MARK.fullmatch(row.fingerprint):
        return sides
    return tuple(
        s for s, old, new in zip(sides, row.fingerprint.split("-"), today.split("-"), strict=True) if old != new
    )


def suspect(plan: Plan) -> tuple[Contribution, ...]:
    """Judged contributions that are "zu prüfen": goal or origin reads otherwise than it did when they were judged."""
    return plan.once("suspect", lambda: tuple(row for row in plan.contributions if reworded(plan, row)))
