"""One table: columns and cells that know their value, shown as HTML or handed to a workbook. Nobody guesses an amount
back out of text.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from markupsafe import Markup, escape

from insek_core.plan.german import show_date, show_number
from insek_core.plan.values import Fuzzy, Span
from insek_core.rules.figures import Figure, Unit, Value

NUMBERS: tuple[Unit, ...] = ("euro", "share", "count", "days")


@dataclass(frozen=True)
class Said:
    """A value in words of its own: an amount with its sign or mark, a number with its unit, why there is none, or one
    that stands out (as markup).
    """

    words: str
    value: Value = None
    unit: Unit = "count"


@dataclass(frozen=True)
class Linked:
    """Names of entries with where each leads (empty: nowhere); `nothing` is said where there is none."""

    parts: tuple[tuple[str, str], ...]
    nothing: str = ""

    @property
    def words(self) -> str:
        """The names alone."""
        return ", ".join(name for name, _ in self.parts) or self.nothing

    def to_html(self) -> Markup:
        """The names, each a link where it leads somewhere."""
        made = Markup("<a class='eintrag' href='{}'>{}</a>")
        return Markup(", ").join(made.format(to, name) if to else name for name, to in self.parts) or escape(
            self.nothing
        )


Cell = Figure | Said | Linked | str | int | float | date | None
SheetCell = str | int | float | date | None


def euro(cents: int | None) -> Figure:
    """An amount that comes without a working of its own."""
    return Figure(label="", value=cents)


def words(cell: Cell) -> str:
    """A cell as a reader sees it; nothing is shown as nothing.

    >>> words(euro(150_000)), words(1234), words(Said("unverändert", 0)), words(date(2016, 1, 4)), words(None)
    ('1.500\\xa0€', '1.234', 'unverändert', '04.01.2016', '')
    """
    if isinstance(cell, Figure):
        return cell.show()
    if isinstance(cell, Said | Linked):
        return cell.words
    if isinstance(cell, date):
        return show_date(cell)
    return show_number(cell) if isinstance(cell, int | float) else cell or ""


def _html(cell: Cell) -> str:
    """A cell as a reader sees it, with its links."""
    return cell.to_html() if isinstance(cell, Linked) else words(cell)


def _unit(cell: Cell) -> Unit:
    if isinstance(cell, Figure | Said):
        return cell.unit
    return "count" if isinstance(cell, int | float) else "date" if isinstance(cell, date) else "text"


def _sheet_cell(cell: Cell) -> SheetCell:
    if isinstance(cell, Linked):
        return cell.words
    if not isinstance(cell, Figure | Said):
        return cell
    value = cell.value
    if isinstance(value, int) and cell.unit == "euro":
        return value / 100
    if isinstance(value, Fuzzy | Span):
        return value.words
    return float(value) if isinstance(value, Fraction) else value


def _column_unit(cells: Iterable[Cell]) -> Unit:
    """What the cells of a column have in common: a unit, only that they are numbers ("count"), or neither."""
    units = {_unit(cell) for cell in cells if cell not in ("", None)}
    if len(units) == 1:
        return units.pop()
    return "count" if units and units <= set(NUMBERS) else "text"


@dataclass(frozen=True)
class Table:
    """Rows of cells under headings."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        """The unit of each column; numbers of several kinds count as "count", anything else as "text"."""
        return tuple(_column_unit(row[n] for row in self.rows) for n in range(len(self.columns)))

    def texts(self) -> list[tuple[str, ...]]:
        """The rows as a reader sees them."""
        return [tuple(map(words, row)) for row in self.rows]

    def without(self, *columns: str) -> "Table":
        """The table less these columns."""
        kept = [n for n, name in enumerate(self.columns) if name not in columns]
        return Table(tuple(self.columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in self.rows))

    def to_html(self, right: Collection[int] = ()) -> Markup:
        """The table as HTML: every text escaped, columns of numbers (and those in `right`) right-aligned, line breaks
        kept.
        """
        aligned = [unit in NUMBERS or n in right for n, unit in enumerate(self.units)]
        heads = [
            Markup("<th scope='col' class=zahl>{}</th>") if one else Markup("<th scope='col'>{}</th>")
            for one in aligned
        ]
        cells = [Markup("<td class=zahl>{}</td>") if one else Markup("<td>{}</td>") for one in aligned]
        head, row = (Markup("<tr>{}</tr>").format(Markup().join(parts)) for parts in (heads, cells))
        return Markup(
            "<div class='rahmen' tabindex='0' role='region' aria-label='Tabelle'>"
            "<table class='tafel'><thead>{}</thead><tbody>{}</tbody></table></div>"
        ).format(head.format(*self.columns), Markup().join(row.format(*map(_html, cells_)) for cells_ in self.rows))

    def to_sheet_rows(self) -> list[list[SheetCell]]:
        """The rows for a workbook: amounts in euro and other numbers as numbers, days as days, unknown left empty."""
        return [[_sheet_cell(cell) for cell in row] for row in self.rows]
