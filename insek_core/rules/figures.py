"""A figure that can tell where it comes from, and a sentence that tells figures: what screens and papers say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from insek_core.plan.german import show_date, show_euro, show_number, show_share
from insek_core.plan.record import Record
from insek_core.plan.values import Evidence, Fuzzy, Span
from insek_core.rules.rounding import round_half_up

Value = int | float | Fraction | date | Fuzzy | Span | str | None
Unit = Literal["euro", "share", "count", "days", "date", "text", "measure"]
UNKNOWN = "unbekannt"
RATES = ("%", "Prozentpunkte")  # units of which a whole number is shown with a decimal too


def show_measure(value: float | None, unit: str) -> str:
    """A statistic with its unit: whole numbers without decimals, rates with one.

    >>> show_measure(1748.0, "Personen"), show_measure(7.0, "%"), show_measure(None, "%")
    ('1.748 Personen', '7,0 %', 'unbekannt')
    """
    if value is None:
        return UNKNOWN
    return f"{show_number(value, 0 if unit not in RATES and float(value).is_integer() else 1)} {unit}".strip()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A value with its working: `rule` says how it was made from `operands`, `source` where rule or value stand.

    A missing value is None and shown as "unbekannt". `table` and `record` name the plan's row it was read from.
    `split`:
    it is part of a whole by an assumed split on years, so that its cents say nothing. `measured_in` is the unit of a
    statistic ("measure").
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
    split: bool = False
    measured_in: str = ""

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
        if self.unit == "measure":
            return show_measure(float(self.value), self.measured_in)
        return show_share(Fraction(self.value)) if self.unit == "share" else show_number(self.value)

    def told(self) -> str:
        """The value as a sentence says it: an amount that rests on an assumed split is rounded ("rund 6.200 €"), exact
        only behind "woher?".
        """
        if not isinstance(self.value, int) or self.unit != "euro" or not any(figure.split for figure in self.walk()):
            return self.show()
        return about_euro(self.value)

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


def about_euro(cents: int) -> str:
    """An amount with odd cents rounded, from 1.000 € on to hundreds; one of whole euro is said as it is.

    >>> about_euro(618_321), about_euro(1_400_000), about_euro(4_321)
    ('rund 6.200\xa0€', '14.000\xa0€', 'rund 43\xa0€')
    """
    size = abs(cents)
    unit = 10_000 if size >= 100_000 else 1_000 if size >= 10_000 else 100
    near = round_half_up(Fraction(cents, unit)) * unit
    return show_euro(cents) if cents % 100 == 0 or not near else f"rund {show_euro(near)}"


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence for screens and papers: its text, the figures it tells, and the screen that shows them.

    `marked` says whether it rests on an assumption where its figures do not say it (None: they do). One that is not
    `chief` may be left out where there is little room. One about a change names its figures by `keys` too.
    """

    text: str
    screen: str
    figures: tuple[Figure, ...] = ()
    marked: bool | None = None
    chief: bool = True
    keys: tuple[str, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether the sentence needs the mark: a figure in it rests on an assumption."""
        return any(figure.assumed for figure in self.figures) if self.marked is None else self.marked


_CITED = re.compile(r"\bZ\. ?\d")  # a line of the paper


def source_of(record: Record, field: str) -> str:
    """Where a field's value comes from, by the record's source; but an assumed value never cites the paper for itself.

    >>> from insek_core.plan.process import Task
    >>> source = "Vorlage Z. 94 (Name); Dauer angenommen"
    >>> task = Task(id="T", name="T", kind="Arbeitsschritt", evidence="assumed", source=source)
    >>> source_of(task, "duration_days")
    'Dauer angenommen'
    """
    origin = record.origin_of(field)
    return origin if record.evidence_of(field) != "assumed" else uncited(origin)


def uncited(source: str) -> str:
    """What a source says beside the lines of the paper it cites: where an assumed value comes from."""
    if not _CITED.search(source):
        return source
    own = [part.strip() for part in source.split(";") if not _CITED.search(part)]
    return "; ".join(part for part in own if not part.startswith("im Plan:")) or "Annahme"


def field_figure(record: Record, field: str, label: str, unit: Unit = "euro") -> Figure:
    """The value of a record's field as a figure, with the record's source and the field's evidence."""
    return Figure(
        label=label,
        value=getattr(record, field),
        unit=unit,
        evidence=record.evidence_of(field),
        source=source_of(record, field),
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
