"""Values of the settings that a rule decides by: what a law or the city fixes, with its paragraph."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.content import Setting
from insek_core.plan.errors import Unreadable
from insek_core.plan.german import parse_euro, parse_share
from insek_core.rules.figures import Figure, Unit, Value

USUAL = "nicht eingetragen: üblicher Wert"
MISSING = "nicht eingetragen"


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """A value that decides something, as a figure, and the paragraph that fixes it (empty where none is entered)."""

    figure: Figure
    paragraph: str

    @property
    def cited(self) -> str:
        """The paragraph behind a clause: " (§ 79 SächsGemO)"; empty where none is entered."""
        return f" ({self.paragraph})" if self.paragraph else ""

    @property
    def whole(self) -> int:
        """The value of one that is a whole number. Raises TypeError if it is not."""
        return self.figure.cents

    @property
    def share(self) -> Fraction:
        """The value of one that is a share. Raises TypeError if it is not."""
        if not isinstance(self.figure.value, int | Fraction):
            raise TypeError(f"{self.figure.label} is no share: {self.figure.value!r}")
        return Fraction(self.figure.value)


def number_text(text: str) -> int:
    """A whole number of 0 or more. Raises ValueError for what is none."""
    if (number := int(text)) < 0:
        raise ValueError(text)
    return number


def _ruled(plan: Plan, key: str, label: str, unit: Unit, read: Callable[[str], Value], usual: Value = None) -> Ruled:
    """The setting of this key; the usual value (None: unknown) where it is missing or cannot be read (a finding)."""
    row = plan.by_id.get(key)
    missing = Figure(label=label, value=usual, unit=unit, evidence="assumed", rule=MISSING if usual is None else USUAL)
    if not isinstance(row, Setting):
        return Ruled(figure=missing, paragraph="")
    try:
        value = read(row.value) if row.value else None
    except (ValueError, Unreadable):
        value = None
    if value is None:
        return Ruled(figure=missing, paragraph=row.paragraph)
    source = "; ".join(part for part in (row.paragraph, row.source) if part)
    assumed = "Annahme" if row.evidence_of("value") == "assumed" else ""
    figure = Figure(
        label=row.name,
        value=value,
        unit=unit,
        evidence=row.evidence_of("value"),
        rule="; ".join(part for part in (assumed, row.note) if part) or "Einstellung der Planung",
        source=source,
        table=row.table,
        record=row.id,
    )
    return Ruled(figure=figure, paragraph=row.paragraph)


def ruled_days(plan: Plan, key: str, label: str, usual: int) -> Ruled:
    """A number of days."""
    return _ruled(plan, key, label, "days", number_text, usual)


def ruled_count(plan: Plan, key: str, label: str, usual: int) -> Ruled:
    """A number of things or persons."""
    return _ruled(plan, key, label, "count", number_text, usual)


def ruled_months(plan: Plan, key: str, label: str, usual: int) -> Ruled:
    """A number of months."""
    return _ruled(plan, key, label, "count", number_text, usual)


def ruled_share(plan: Plan, key: str, label: str, usual: Fraction | None = None) -> Ruled:
    """A share; without a usual one unknown where none is entered."""
    return _ruled(plan, key, label, "share", parse_share, usual)


def ruled_cents(plan: Plan, key: str, label: str) -> Ruled:
    """An amount; unknown where none is entered."""
    return _ruled(plan, key, label, "euro", parse_euro)


def ruled_text(plan: Plan, key: str, label: str) -> Ruled:
    """Words, such as a paragraph or a name; unknown where none are entered."""
    return _ruled(plan, key, label, "text", str)
