"""The history of records: the versions that made them, changed them or removed them, with what each did."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from insek_core.change.difference import Difference, differences
from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.record import Record
from insek_core.plan.version import Version


@dataclass(frozen=True)
class Moment:
    """A version that touched a record (who, when and why stand in it), and what it did to it."""

    version: Version
    record: str
    edits: tuple[Difference, ...]

    @property
    def words(self) -> str:
        """What it did, without the name of the record: "Gewicht leer → +2; Begründung leer → prägt die Lage"."""
        return "; ".join(edit.sentence().partition(f"({self.record}): ")[2] for edit in self.edits)


def moments(table: str, states: Iterable[tuple[Version, tuple[Record, ...]]]) -> tuple[Moment, ...]:
    """What happened to some rows of a table, from their states version by version, the oldest first; a version that
    left a row as it was is no part of its history.
    """
    found, before = list[Moment](), Plan()
    for version, rows in states:
        after = with_tables(Plan(), {table: rows})
        by_record: dict[str, list[Difference]] = {}
        for edit in differences(before, after):
            by_record.setdefault(edit.record, []).append(edit)
        found += [Moment(version, record, tuple(edits)) for record, edits in by_record.items()]
        before = after
    return tuple(found)


def about(found: Iterable[Moment], fields: Collection[str]) -> tuple[Moment, ...]:
    """The moments in which one of these fields changed, with only that; making and removing a row is none."""
    cut = (replace(one, edits=tuple(edit for edit in one.edits if edit.field in fields)) for one in found)
    return tuple(one for one in cut if one.edits)
