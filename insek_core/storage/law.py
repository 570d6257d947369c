"""The law of the Länder and of the programmes, and the Länder's school holidays, as the data files beside the program
state them.

What nobody has looked up is not there, or says so: an unknown paragraph is never guessed.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from insek_core.plan.law import Land, LegalSource, SchoolHoliday
from insek_core.storage.embedded import DATA, csv_rows


@dataclass(frozen=True)
class _Programme:
    """The law of a funding programme: in one Land (`land` its code) or in all, and the names that it goes by."""

    names: tuple[str, ...]
    land: str
    sources: tuple[LegalSource, ...]

    def meets(self, land: str, called: Iterable[str]) -> bool:
        """Whether a plan in this Land that funds by these programmes is under its law."""
        known = [name.casefold() for name in self.names]
        return self.land in ("", land) and any(name in one.casefold() for one in called for name in known)


def _read(path: Path) -> tuple[dict[str, Any], tuple[LegalSource, ...]]:
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return found, tuple(LegalSource(**entry) for entry in found["source"])


@cache
def _laender() -> dict[str, tuple[Land, tuple[LegalSource, ...]]]:
    read = [_read(path) for path in sorted((DATA / "rules").glob("*.toml"))]
    lands = ((Land(**found["land"]), sources) for found, sources in read)
    return {land.code: (land, sources) for land, sources in sorted(lands, key=lambda pair: pair[0].name)}


@cache
def _programmes() -> tuple[_Programme, ...]:
    read = [_read(path) for path in sorted((DATA / "rules" / "programmes").glob("*.toml"))]
    return tuple(
        _Programme((found["programme"], *found.get("also", ())), found.get("land", ""), sources)
        for found, sources in read
    )


def laender() -> tuple[Land, ...]:
    """The 16 Länder by name."""
    return tuple(land for land, _ in _laender().values())


def land_of(code: str) -> Land | None:
    """The Land with a code; None for a code that no Land has."""
    return _laender()[code][0] if code in _laender() else None


def legal_sources(land: str, programmes: Iterable[str] = (), on: date | None = None) -> tuple[LegalSource, ...]:
    """What holds on a day in a Land (its code) and for the programmes named; never another Land's law.

    A programme is known by its name or one of its parts, wherever the plan's name for it holds that. Without a Land:
    nothing.
    """
    if land not in _laender():
        return ()
    called = tuple(programmes)
    under = [source for programme in _programmes() if programme.meets(land, called) for source in programme.sources]
    return tuple(source for source in (*_laender()[land][1], *under) if source.holds_on(on))


def legal_source(land: str, key: str, on: date | None = None) -> LegalSource | None:
    """The law of a Land that settles something (one of plan.law.LAW_KEYS) on a day; None where it is not known."""
    return next((source for source in legal_sources(land, (), on) if source.key == key), None)


@cache
def _school_holidays() -> tuple[SchoolHoliday, ...]:
    return tuple(
        SchoolHoliday(
            row["land"],
            row["name"],
            date.fromisoformat(row["first_on"]),
            date.fromisoformat(row["last_on"]),
            row["source"],
        )
        for row in csv_rows(DATA / "schulferien.csv")
    )


def known_years(land: str) -> tuple[int, ...]:
    """The years whose school holidays of a Land are known as a whole, from the first day to the last."""
    begun = [(one.name, one.first_on.year) for one in _school_holidays() if one.land == land]
    return tuple(sorted(year for name, year in begun if name == "Sommerferien"))


def school_holidays(land: str, first_year: int, last_year: int) -> tuple[SchoolHoliday, ...]:
    """The school holidays of a Land that touch these years, by day; nothing of a year that is not known."""
    years = set(known_years(land)) & set(range(first_year, last_year + 1))
    return tuple(
        one
        for one in _school_holidays()
        if one.land == land and years & set(range(one.first_on.year, one.last_on.year + 1))
    )
