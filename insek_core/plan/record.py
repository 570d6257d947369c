"""What every row has: a stable id, where it comes from and how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from insek_core.plan import kinds as k
from insek_core.plan.columns import EVIDENCE_GERMAN, Column, col, column_of
from insek_core.plan.values import EVIDENCE, Evidence

EXAMPLE_NOTE = "Beispielannahme"  # of rows that are an example of ours, removed together
VISIBILITY = ("öffentlich", "nichtöffentlich", "nur Klausur")


@dataclass(frozen=True, kw_only=True)
class Record:
    """A row of a table. `field_evidence` names each field whose evidence differs from the record's."""

    table: ClassVar[str]
    sheet: ClassVar[str]
    one: ClassVar[str]

    id: str = col("Kennung", meaning="kurz, eindeutig in der ganzen Planung, bleibt für immer", required=True)
    source: str = col("Quelle", meaning="Zeile der Ratsvorlage, Blatt und Zelle, öffentliche Quelle oder Bearbeiter")
    evidence: Evidence = col("Beleg", k.choice, "wie sicher die Angaben sind", labels=EVIDENCE_GERMAN, required=True)
    field_evidence: tuple[tuple[str, str], ...] = col("Beleg je Feld", k.marks, "Felder, deren Beleg abweicht")
    visibility: str = col("Sichtbarkeit", k.choice, "wer den Eintrag sehen darf", allowed=VISIBILITY)
    note: str = col("Bemerkung")

    def evidence_of(self, field: str) -> Evidence:
        """Evidence of one field: its own mark if it has one, else the record's."""
        mark = dict(self.field_evidence).get(field)
        return next((evidence for evidence in EVIDENCE if evidence == mark), self.evidence)

    def origin_of(self, field: str) -> str:
        """Where a field's value comes from: the part of the source that names it ("Fördersatz: Bescheid vom …"), else
        the parts that name no field.
        """
        if ": " not in self.source:
            return self.source
        parts = source_parts(type(self), self.source)
        return next((text for names, text in parts if field in names), "") or _joined(p for p in parts if not p[0])

    @property
    def label(self) -> str:
        """What the record is called on screens: its name or title, else its text, else its id."""
        named = (getattr(self, field, "") for field in ("name", "title", "text", "key"))
        return next((str(words) for words in named if words), self.id)


AnyRecord = TypeVar("AnyRecord", bound=Record)
Part = tuple[tuple[str, ...], str]  # the fields it names (none: all that no other part names), and where they come from


def source_parts(kind: type[Record], source: str) -> tuple[Part, ...]:
    """A source in its parts: one that begins with headings of the table and a colon speaks of these fields alone."""
    return _parts(tuple((column.heading, column.name) for column in columns_of(kind)), source)


@lru_cache(maxsize=4096)
def _parts(headings: tuple[tuple[str, str], ...], source: str) -> tuple[Part, ...]:
    named, found = dict(headings), list[Part]()
    for part in filter(None, map(str.strip, source.split(";"))):
        before, _, text = part.partition(": ")
        names = [named.get(heading, "") for heading in before.split(", ")]
        found.append((tuple(names), text.strip()) if text and all(names) else ((), part))
    return tuple(found)


def _joined(parts: Iterable[Part]) -> str:
    return "; ".join(text for _, text in parts)


def stated_by(record: AnyRecord, source: str, **values: Any) -> AnyRecord:
    """The record with these values, each stated, by a source of its own; what else it says keeps evidence and
    source.
    """
    kind, marks = type(record), {name: mark for name, mark in record.field_evidence if name not in values}
    headings = {column.name: column.heading for column in columns_of(kind)}
    kept = [
        (tuple(n for n in names if n not in values), names, text) for names, text in source_parts(kind, record.source)
    ]
    parts = [(left, text) for left, names, text in kept if left or not names]
    parts.append((tuple(values), source.replace(";", ",")))
    if record.evidence != "stated":
        marks |= dict.fromkeys(values, "stated")
    told = (", ".join(headings[name] for name in names) + ": " + text if names else text for names, text in parts)
    return replace(record, **values, field_evidence=tuple(sorted(marks.items())), source="; ".join(told))


_COMMON_LAST = ("source", "evidence", "field_evidence", "visibility", "note")


_known: dict[str, tuple[Column, ...]] = {}


def columns_of(record: type[Record]) -> tuple[Column, ...]:
    """The columns of a table in the order of its sheet: id, its own, then source and evidence."""
    if record.table not in _known:
        _known[record.table] = _columns(record)
    return _known[record.table]


def names_of(record: type[Record]) -> set[str]:
    """The names of a table's columns, those they had before included."""
    return {name for column in columns_of(record) for name in (column.name, *column.was)}


def _columns(record: type[Record]) -> tuple[Column, ...]:
    every = {item.name: column_of(item) for item in fields(record)}
    headings = tuple((name, column.heading) for name, column in every.items())
    every["field_evidence"] = replace(every["field_evidence"], labels=headings)
    own = [column for name, column in every.items() if name not in _COMMON_LAST]
    return (*own, *(every[name] for name in _COMMON_LAST))
