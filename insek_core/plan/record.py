"""What every row has: a stable id, where it comes from and how sure it is."""

from dataclasses import dataclass, fields, replace
from typing import ClassVar

from insek_core.plan import kinds as k
from insek_core.plan.columns import EVIDENCE_GERMAN, Column, col, column_of
from insek_core.plan.values import EVIDENCE, Evidence

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

    @property
    def label(self) -> str:
        """What the record is called on screens: its name or title, else its text, else its id."""
        named = (getattr(self, field, "") for field in ("name", "title", "text", "key"))
        return next((str(words) for words in named if words), self.id)


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
