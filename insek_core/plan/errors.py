"""What goes wrong: wrong use of the code is raised in English, data a person can mend is a German Finding."""

from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "notice"]
LEVEL_GERMAN: dict[Severity, str] = {"error": "Fehler", "warning": "Warnung", "notice": "Hinweis"}


class InsekError(Exception):
    """Code was used wrongly: `what` failed, `where`, what it `got`, what is `allowed`."""

    def __init__(self, what: str, *, where: str = "", got: Any = None, allowed: str = "") -> None:
        self.what, self.where, self.got, self.allowed = what, where, got, allowed
        parts = [what, f"in {where}" if where else "", f"got {got!r}" if got is not None else ""]
        super().__init__("; ".join(p for p in [*parts, f"allowed: {allowed}" if allowed else ""] if p))


class Problem(InsekError):
    """Something a person at a screen can mend; `what` and `remedy` are German."""

    def __init__(self, what: str, remedy: str = "") -> None:
        self.remedy = remedy
        super().__init__(what)

    @property
    def german(self) -> str:
        """The whole message for a screen."""
        return f"{self.what} {self.remedy}".strip()


class Unreadable(Problem):
    """A text is not a value of its column."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing in the data that a person should look at.

    Where it is: `sheet` and `cell` of a workbook, or `table`, `record`, `field` of a plan. `message` says what is
    wrong and `remedy` what to do, both in German. `level` is error (contradicts itself), warning (look at it) or
    notice (worth knowing).
    """

    level: Severity
    message: str
    remedy: str = ""
    table: str = ""
    record: str = ""
    field: str = ""
    sheet: str = ""
    cell: str = ""
