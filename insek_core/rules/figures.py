"""A figure that can tell where it comes from: value, unit, evidence, rule and the figures it was made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from insek_core.plan.german import show_date, show_euro, show_number, show_share
from insek_core.plan.record import Record
from insek_core.plan.values import Evidence, Fuzzy, Span

Value = int | float | Fraction | date | Fuzzy | Span | str | None
Unit = Literal["euro", "share", "count", "days", "date", "text"]
UNKNOWN = "unbekannt"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A value with its working: `rule` says how it was made from `operands`, `source` where rule or value stand.

    A missing value is None and shown as "unbekannt". `table` and `record` name the plan's row it was read from.
    """

    label: str
    value: Value
    unit: Unit = "euro"
    evidence: Evidence = "derived"
    rule: str = ""
    source: str = ""
    operands: tuple["Figure", ...] = ()
    table: str = ""
    record: str = ""

    def show(self) -> str:
        """The value as German text with its unit."""
        if self.value is None:
            return UNKNOWN
        if isinstance(self.value, date):
            return show_date(self.value)
        if isinstance(self.value, Fuzzy | Span):
            return self.value.words
        if isinstance(self.value, str):
            return self.value
        if self.unit == "euro":
            return show_euro(int(self.value))
        return show_share(Fraction(self.value)) if self.unit == "share" else show_number(self.value)

    @property
    def cents(self) -> int:
        """The value of a figure that is known to be an amount. Raises TypeError if it is not."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.label} is no amount: {self.value!r}")
        return self.value

    def walk(self) -> Iterator["Figure"]:
        """This figure and all it was made of, depth first."""
        yield self
        for operand in self.operands:
            yield from operand.walk()

    @property
    def assumed(self) -> bool:
        """Whether it is an assumption or rests on one; a stated or external figure does not, however it was checked."""
        if self.evidence == "derived":
            return any(operand.assumed for operand in self.operands)
        return self.evidence == "assumed"


def field_figure(record: Record, field: str, label: str, unit: Unit = "euro") -> Figure:
    """The value of a record's field as a figure, with the record's source and the field's evidence."""
    return Figure(
        label=label,
        value=getattr(record, field),
        unit=unit,
        evidence=record.evidence_of(field),
        source=record.source,
        rule="Eintrag der Planung",
        table=record.table,
        record=record.id,
    )


def add(label: str, operands: tuple[Figure, ...], *, source: str = "", rule: str = "Summe") -> Figure:
    """The sum of amounts; unknown as soon as one of them is, for a missing figure is never 0."""
    unknown = any(operand.value is None for operand in operands)
    value = None if unknown else sum(operand.cents for operand in operands)
    return Figure(label=label, value=value, rule=rule, source=source, operands=operands)


def subtract(label: str, whole: Figure, *parts: Figure, source: str = "", rule: str = "") -> Figure:
    """An amount less others; unknown as soon as one of them is."""
    operands = (whole, *parts)
    unknown = any(operand.value is None for operand in operands)
    value = None if unknown else whole.cents - sum(part.cents for part in parts)
    words = rule or " − ".join(operand.label for operand in operands)
    return Figure(label=label, value=value, rule=words, source=source, operands=operands)
