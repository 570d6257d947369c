"""Which file brought which figures or outlines: who, when, and what was said of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class ImportedSeries:
    """The figures of one indicator that a file brought: how the file calls them, of which years, how many."""

    indicator: str
    theme: str
    words: str
    first_year: int
    last_year: int
    figures: int


@dataclass(frozen=True, kw_only=True)
class Imported:
    """One file of statistics or outlines that was taken over; `findings` are its sentences.

    `source` is where its figures come from, with licence; `vintage` of which day its outlines are.
    """

    kind: str
    author: str
    reason: str
    file: str
    digest: str
    source: str = ""
    vintage: str = ""
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    findings: tuple[str, ...] = ()
    series: tuple[ImportedSeries, ...] = ()
    number: int = 0
    imported_at: str = ""

    @property
    def moment(self) -> str:
        """When it was taken over: day and hour."""
        return f"{datetime.fromisoformat(self.imported_at):%d.%m.%Y, %H:%M}"
