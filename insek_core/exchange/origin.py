"""Which version of this database a workbook was written from: told by its digest and the plan's id, not by its number.

Two databases both have a version 2, and so has one that was set back to a backup and gone on with.
"""

from dataclasses import dataclass

from insek_core.plan.errors import Finding, Problem, Severity
from insek_core.plan.version import Origin, Version
from insek_core.storage.store import Store

FRESH = "Bitte eine neue Mappe ausgeben und die Änderungen dort eintragen."


@dataclass(frozen=True)
class Base:
    """The version to compare a workbook with, and what is to be told of it (None: nothing)."""

    number: int
    finding: Finding | None = None


def origin_of(store: Store, version: Version) -> Origin:
    """What a workbook written from a version says of where it comes from."""
    return Origin(store.plan_id, version.digest)


def _told(message: str, remedy: str, level: Severity = "warning") -> Finding:
    return Finding(level=level, sheet="Hinweise", message=message, remedy=remedy)


def _unsaid(stated: int | None, head: int) -> Base:
    """The base of a workbook that says neither plan nor digest: one of an earlier programme, or a foreign one."""
    if stated is not None and 1 <= stated <= head:
        told = (
            f"Die Mappe sagt nicht, aus welcher Planung ihre Version {stated} ist; verglichen wird mit der Version "
            f"{stated} dieser Datenbank."
        )
        return Base(stated, _told(told, "Bitte prüfen, ob die Mappe aus dieser Datenbank stammt."))
    said = f"nennt Version {stated}, die es hier nicht gibt" if stated is not None else "nennt keine Version"
    message = f"Die Mappe {said}; verglichen wird mit Version {head}."
    level: Severity = "error" if stated is not None else "warning"
    return Base(head, _told(message, "Bitte eine Mappe dieses Programms verwenden.", level))


def base_of(store: Store, stated: int | None, origin: Origin, head: int) -> Base:
    """The version a workbook was written from. Raises Problem in German where this database never had that state.

    A state that is here under another number, or came from another database and is the same, is merged and told.
    """
    if not origin.digest:
        return _unsaid(stated, head)
    same = [version.number for version in store.versions() if version.digest == origin.digest]
    ours = origin.plan_id == store.plan_id
    if ours and stated in same:
        return Base(stated)
    named = f"Version {stated}" if stated is not None else "eine Version ohne Nummer"
    if not same and ours:
        raise Problem(
            f"Die Mappe ist aus einem Stand dieser Planung ({named}), den es hier nicht mehr gibt; vermutlich wurde "
            "seither eine Sicherung eingespielt.",
            FRESH,
        )
    if not same:
        raise Problem(f"Die Mappe ist aus einer anderen Datenbank ({named}) und wird nicht übernommen.", FRESH)
    base = stated if stated in same else same[-1]
    where = "dieser Planung" if ours else "einer anderen Datenbank"
    message = f"Die Mappe ist aus {named} {where}; ihr Inhalt ist hier Version {base}, damit wird verglichen."
    return Base(base, _told(message, "Bitte prüfen, ob die Änderungen hierher gehören."))
