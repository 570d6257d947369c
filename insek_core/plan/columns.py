"""What a column is: one definition drives schema, codec, forms, workbook and data dictionary.

`col()` puts a Column on a record field.
"""

from dataclasses import Field, dataclass, field
from typing import Any

from insek_core.plan.errors import Unreadable
from insek_core.plan.german import show_share
from insek_core.plan.kinds import Kind, marks, share, split_list, text, whole
from insek_core.plan.units import without_days
from insek_core.plan.values import EVIDENCE

EVIDENCE_GERMAN = {"stated": "genannt", "derived": "abgeleitet", "external": "extern", "assumed": "Annahme"}


@dataclass(frozen=True)
class Column:
    """A field of a table: its German heading, kind, unit and meaning, what is allowed and which table it names.

    `was` are the names and headings it had before, `renamed` former values with those of today: older databases and
    workbooks have them.
    """

    name: str
    heading: str
    kind: Kind
    meaning: str = ""
    unit: str = ""
    allowed: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    tables: tuple[str, ...] = ()
    required: bool = False
    low: int | None = None
    high: int | None = None
    was: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def show(self, value: Any) -> str:
        """The value as German text; a missing one is the empty text."""
        if value is None or value == self.kind.empty:
            return ""
        if self.kind is marks:
            names = dict(self.labels)
            return "; ".join(f"{names.get(name, name)} = {EVIDENCE_GERMAN[mark]}" for name, mark in value)
        return dict(self.labels).get(value) or self.kind.show(value)

    def parse(self, text: str) -> Any:
        """The value a German text states (empty text: missing). Raises Unreadable with message and remedy."""
        if not text.strip():
            return self.kind.empty
        if self.kind is marks:
            return self._parse_marks(text)
        text = dict(self.renamed).get(text.strip(), text)
        if self.labels:
            text = {label: value for value, label in self.labels}.get(text.strip(), text)
        if self.kind is whole and self.unit.lower().endswith("tage"):
            text = without_days(text, self.unit)
        return self.likely_share(self.kind.parse(text), text)

    def likely_share(self, value: Any, text: str) -> Any:
        """The value, unless it is a share that has lost its per cent sign: 50 is not 5.000 %. Raises Unreadable."""
        if self.kind is share and self.high == 1 and value is not None and value > 1 and "%" not in text:
            wanted = f"{text.strip()} %" if value <= 100 else "90 %"
            raise Unreadable(
                f"„{text.strip()}“ wäre ein Anteil von {show_share(value)}.",
                f"Bitte z. B. {wanted} oder 1/2 schreiben.",
            )
        return value

    def _parse_marks(self, text: str) -> tuple[tuple[str, str], ...]:
        """Pairs of field and evidence, both by their German words or their technical names."""
        fields = {heading: name for name, heading in self.labels}
        evidence = {word: mark for mark, word in EVIDENCE_GERMAN.items()}
        pairs = [[half.strip() for half in part.split("=", 1)] for part in split_list(text)]
        named = [(fields.get(pair[0], pair[0]), evidence.get(pair[-1], pair[-1])) for pair in pairs]
        if any(mark not in EVIDENCE or (self.labels and name not in fields.values()) for name, mark in named):
            remedy = "Bitte z. B. „Bezeichnung = Annahme“ schreiben, mehrere mit Semikolon."
            raise Unreadable(f"„{text.strip()}“ ist keine Belegangabe je Feld.", remedy)
        return tuple(named)


def col(
    heading: str,
    kind: Kind = text,
    meaning: str = "",
    *,
    unit: str = "",
    allowed: tuple[str, ...] = (),
    labels: dict[str, str] | None = None,
    tables: str = "",
    required: bool = False,
    low: int | None = None,
    high: int | None = None,
    was: tuple[str, ...] = (),
    renamed: dict[str, str] | None = None,
) -> Any:
    """A dataclass field that carries its Column; a field that is not required is missing by default."""
    column = Column(
        "",
        heading,
        kind,
        meaning,
        unit,
        allowed or tuple(labels or ()),
        tuple((labels or {}).items()),
        tuple(tables.split()),
        required,
        low,
        high,
        was,
        tuple((renamed or {}).items()),
    )
    return field(metadata={"column": column}) if required else field(default=kind.empty, metadata={"column": column})


def column_of(item: "Field[Any]") -> Column:
    """The Column of a record's dataclass field, with its name."""
    column: Column = item.metadata["column"]
    return Column(**{**{f: getattr(column, f) for f in column.__dataclass_fields__}, "name": item.name})
