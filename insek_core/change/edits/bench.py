"""The plan being edited: every edit marks its fields as assumed and says why."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.errors import Unreadable
from insek_core.plan.record import Record
from insek_core.rules.rounding import round_half_up


@dataclass(frozen=True)
class Amount:
    """A new amount: `is` so many cents, so many cents `more` (or less), or a `part` more (Fraction(1, 10) for +10
    %).
    """

    kind: Literal["is", "more", "part"]
    value: Fraction

    def of(self, cents: int) -> int:
        """The new amount in whole cents, rounded half up."""
        return round_half_up(
            {"is": self.value, "more": cents + self.value, "part": cents * (1 + self.value)}[self.kind]
        )


class Bench:
    """The plan being edited, why (the source of what is edited), and what was settled by assumption on the way."""

    def __init__(self, plan: Plan) -> None:
        self.filed = self._plan = plan
        self._edited: dict[str, dict[str, Record]] = {}
        self.reason = ""
        self.notes: list[str] = []

    @property
    def plan(self) -> Plan:
        """The plan as edited so far."""
        if self._edited:
            self._plan = with_tables(self._plan, {table: tuple(rows.values()) for table, rows in self._edited.items()})
            self._edited = {}
        return self._plan

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self._plan, self._edited = plan, {}

    def add(self, record: Record) -> None:
        """Put a record in, in place of the one of the same id; rows are gathered, so that a thousand edits make one
        plan.
        """
        if record.table not in self._edited:
            self._edited[record.table] = {row.id: row for row in self._plan.rows(record.table)}
        self._edited[record.table][record.id] = record

    def put(self, record: Record, **values: Any) -> None:
        """Edit a record: the changed fields are assumed and name the change as their source."""
        changed = {name: value for name, value in values.items() if getattr(record, name) != value}
        if changed:
            marks = {**dict(record.field_evidence), **dict.fromkeys(changed, "assumed")}
            source = f"{self.reason}; im Plan: {record.source}" if record.source else self.reason
            self.add(replace(record, **changed, source=source, field_evidence=tuple(sorted(marks.items()))))

    def find(self, record_id: str) -> Record:
        """The record as it stands now. Raises Unreadable if an earlier change took it away."""
        if record_id not in self.plan.by_id:
            raise Unreadable(
                f"{record_id} entfällt schon durch eine andere Änderung.", "Eine der Änderungen streichen."
            )
        return self.plan.by_id[record_id]


def years_named(record: Record | None) -> str:
    """A span of budget years in words, of a record that has one and no name: "2015/2016"."""
    first, last = getattr(record, "from_year", None), getattr(record, "to_year", None)
    return "" if first is None or hasattr(record, "name") else str(first) if first == last else f"{first}/{last}"
