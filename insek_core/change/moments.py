"""The history of a record: the versions that made it, changed it or removed it, with what each did."""

from collections.abc import Iterable
from dataclasses import dataclass

from insek_core.change.difference import Difference, differences
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.record import Record
from insek_core.plan.version import Version


@dataclass(frozen=True)
class Moment:
    """A version that touched a record (who, when and why stand in it), and what it did to it."""

    version: Version
    edits: tuple[Difference, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What it did, each as a sentence without the name of the record: "Gewicht leer → +2"."""
        return tuple(
            edit.sentence().partition(": ")[2] if edit.kind != "changed" else _cell_words(edit) for edit in self.edits
        )


def _cell_words(edit: Difference) -> str:
    return edit.sentence().partition(f"({edit.record}): ")[2]


def _alone(row: Record | None) -> Plan:
    return with_row(Plan(), row.table, row) if row else Plan()


def moments(states: Iterable[tuple[Version, Record | None]]) -> tuple[Moment, ...]:
    """What happened to a record, from its states version by version, the oldest first; versions that left it as it was
    are no part of its history.
    """
    found, before = [], Plan()
    for version, row in states:
        after = _alone(row)
        if edits := differences(before, after):
            found.append(Moment(version, edits))
        before = after
    return tuple(found)
