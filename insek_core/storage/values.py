"""Statistics and outlines in SQLite: beside the plan, not versioned with it, each with the file that brought it."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import repeat
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from insek_core.plan import Plan
from insek_core.plan.imported import Imported, ImportedSeries
from insek_core.plan.version import Version
from insek_core.rules.places.areas import Outline
from insek_core.rules.places.indicators import AreaValue, Slice
from insek_core.storage.problems import StoreProblem

ValueRow = tuple[str, str, int, float | None, str]  # indicator, area, year, value, state
Dated = tuple[str, int, AreaValue]  # indicator, year, figure
Progress = Callable[[float], None]  # told from 0 to 1 while a long import is written
AT_ONCE = 20_000  # rows between two tellings
PUT = "INSERT OR REPLACE INTO indicator_values (indicator, area, year, value, state) VALUES (?, ?, ?, ?, ?)"
LOG = (
    "kind", "imported_at", "author", "reason", "file", "digest", "source", "vintage",
    "added", "changed", "removed", "unchanged",
)  # fmt: skip
SINCE = "Seit der Prüfung hat jemand andere Statistik eingelesen.", "Bitte die Datei noch einmal prüfen."


class KeptStatistics(ABC):
    """The half of a store that holds what is counted and drawn: figures, outlines, and where they came from."""

    db: Database

    @abstractmethod
    def _problems(self) -> AbstractContextManager[None]: ...
    @abstractmethod
    def _writing(self) -> AbstractContextManager[None]: ...
    @abstractmethod
    def _meta(self, key: str) -> str: ...
    @abstractmethod
    def _set_meta(self, key: str, value: str) -> None: ...
    @abstractmethod
    def _saved(self, plan: Plan, asked: Version) -> Version: ...

    def _rows(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        with self._problems():
            found: list[Any] = self.db.conn.execute(sql, arguments).fetchall()
            return found

    # figures

    def put_values(self, values: Iterable[tuple[Any, ...]]) -> int:
        """Insert or replace indicator values (indicator, area, year, value or None, state); how many."""
        rows = list(values)
        with self._writing():
            self._put(rows)
        return len(rows)

    def _put(self, rows: Sequence[tuple[Any, ...]], progress: Progress = lambda part: None) -> None:
        """Write figures within the transaction that is open: in the order of the table, which is quicker."""
        ordered = sorted(rows, key=lambda row: (row[0], row[2], row[1]))
        for start in range(0, len(ordered), AT_ONCE):
            self.db.conn.executemany(PUT, ordered[start : start + AT_ONCE])
            progress(min(1.0, (start + AT_ONCE) / len(ordered)))
        self._set_meta("statistics", str(int(self._meta("statistics") or 0) + 1))

    @property
    def statistics(self) -> str:
        """Changes whenever statistics or outlines are put in."""
        with self._problems():
            return self._meta("statistics")

    def slice(self, indicator: str, year: int, level: str) -> Slice:
        """Values of one indicator and year over the areas of a level; an area without a row is missing."""
        rows = self._rows(
            """SELECT areas.id, coalesce(v.state, 'missing'), v.value FROM areas LEFT JOIN indicator_values v
               ON v.indicator = ? AND v.year = ? AND v.area = areas.id
               WHERE areas.level = ? ORDER BY areas.rowid""",
            [indicator, year, level],
        )
        return Slice(
            indicator=indicator, year=year, level=level, values=tuple(map(tuple.__new__, repeat(AreaValue), rows))
        )

    def years(self, indicator: str) -> list[int]:
        """The years an indicator has values for: one look into the index for each, however many areas there are."""
        rows = self._rows(
            """WITH RECURSIVE found (year) AS (
                 SELECT min(year) FROM indicator_values WHERE indicator = ?1
                 UNION ALL
                 SELECT (SELECT min(year) FROM indicator_values WHERE indicator = ?1 AND year > found.year)
                 FROM found WHERE found.year IS NOT NULL)
               SELECT year FROM found WHERE year IS NOT NULL""",
            [indicator],
        )
        return [row[0] for row in rows]

    def newest_year(self, indicator: str) -> int | None:
        """The last year an indicator has values for; None if it has none."""
        rows = self._rows("SELECT max(year) FROM indicator_values WHERE indicator = ?", [indicator])
        year: int | None = rows[0][0]
        return year

    def profile(self, area: str) -> tuple[Dated, ...]:
        """All that is known of one area: indicator, year and figure, in this order."""
        return self._dated("area = ? ORDER BY indicator, year", [area])

    def series(self, indicator: str, area: str) -> tuple[Dated, ...]:
        """The figures of one indicator and area, the oldest first; years without a row are not in it."""
        return self._dated("area = ? AND indicator = ? ORDER BY year", [area, indicator])

    def _dated(self, where: str, arguments: Sequence[Any]) -> tuple[Dated, ...]:
        # thousands of rows: a call of Python's or a text more for each would be felt
        new, area = tuple.__new__, arguments[0]
        columns = "indicator, year, value, CASE WHEN value IS NULL THEN state END"
        rows = self._rows(f"SELECT {columns} FROM indicator_values WHERE {where}", arguments)
        return tuple([(name, year, new(AreaValue, (area, st or "value", v))) for name, year, v, st in rows])

    def values_of(self, indicators: Sequence[str]) -> list[ValueRow]:
        """Every figure of these indicators, as it is stored."""
        marks = ", ".join("?" * len(indicators))
        columns = "indicator, area, year, value, state"
        return self._rows(f"SELECT {columns} FROM indicator_values WHERE indicator IN ({marks})", indicators)

    # what came in as a file

    def take_statistics(
        self,
        values: Sequence[ValueRow],
        told: Imported,
        *,
        based_on: str,
        plan: tuple[Plan, int] | None = None,
        progress: Progress = lambda part: None,
    ) -> Imported:
        """Take figures over in one transaction, with the file they come from; a plan with new indicators (and the
        version it is based on) is saved with them.

        Raises StoreProblem where other statistics came in since they were compared (`based_on` is `statistics` then).
        """
        with self._writing():
            if self._meta("statistics") != based_on:
                raise StoreProblem(*SINCE)
            if plan is not None:
                self._saved(plan[0], Version(0, "", told.author, told.reason, "", plan[1], None, "", ()))
            self._put(values, progress)
            return self._logged(told)

    def _logged(self, told: Imported) -> Imported:
        now = datetime.now(ZoneInfo("Europe/Berlin")).isoformat(timespec="seconds")
        cells = [now if name == "imported_at" else getattr(told, name) for name in LOG]
        number = self.db.conn.execute(
            f"INSERT INTO imports ({', '.join(LOG)}, findings) VALUES ({', '.join('?' * len(LOG))}, ?)",
            [*cells, json.dumps(told.findings, ensure_ascii=False)],
        ).lastrowid
        self.db.conn.executemany(
            "INSERT INTO imported_series VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(number, s.indicator, s.theme, s.words, s.first_year, s.last_year, s.figures) for s in told.series],
        )
        return next(one for one in self._select_imports("WHERE number = ?", [number]))

    def imports(self) -> tuple[Imported, ...]:
        """Every file that was taken over, the newest first."""
        with self._problems():
            return self._select_imports("", [])

    def _select_imports(self, where: str, arguments: Sequence[Any]) -> tuple[Imported, ...]:
        columns = ("number", *LOG, "findings")
        rows = self.db.conn.execute(
            f"SELECT {', '.join(columns)} FROM imports {where} ORDER BY number DESC", arguments
        ).fetchall()
        every = (dict(zip(columns, row, strict=True)) for row in rows)
        return tuple(
            Imported(
                **{**one, "findings": tuple(json.loads(one["findings"])), "series": self._series_of(one["number"])}
            )
            for one in every
        )

    def _series_of(self, number: int) -> tuple[ImportedSeries, ...]:
        names = ("indicator", "theme", "words", "first_year", "last_year", "figures")
        rows = self.db.conn.execute(
            f"SELECT {', '.join(names)} FROM imported_series WHERE import = ? ORDER BY indicator", [number]
        ).fetchall()
        return tuple(ImportedSeries(**dict(zip(names, row, strict=True))) for row in rows)

    def brought(self, indicator: str) -> Imported | None:
        """The last file that brought figures of an indicator; None if they came otherwise."""
        return next((one for one in self.imports() if any(s.indicator == indicator for s in one.series)), None)

    def called(self) -> dict[tuple[str, str], str]:
        """The indicator that a theme and words of a file meant the last time: files call the same thing the same."""
        rows = self._rows("SELECT theme, words, indicator FROM imported_series ORDER BY import", [])
        return {(row[0], row[1]): row[2] for row in rows}

    # outlines

    def put_outlines(self, outlines: Iterable[Outline]) -> None:
        """Insert or replace outlines."""
        with self._writing():
            self._put_outlines(outlines)

    def _put_outlines(self, outlines: Iterable[Outline]) -> None:
        self.db.conn.executemany(
            "INSERT OR REPLACE INTO outlines (area, geometry, kind, vintage, source) VALUES (?, ?, ?, ?, ?)",
            [(o.area, json.dumps(o.geometry, separators=(",", ":")), o.kind, o.vintage, o.source) for o in outlines],
        )

    def take_outlines(
        self, outlines: Sequence[Outline], originals: Sequence[tuple[str, str]], told: Imported
    ) -> Imported:
        """Take official outlines over in place of those of the same areas, with the geometry (area, GeoJSON) as it was
        published and the file it comes from.
        """
        with self._writing():
            self._put_outlines(outlines)
            done = self._logged(told)
            self.db.conn.executemany(
                "INSERT OR REPLACE INTO outline_originals (area, import, geometry) VALUES (?, ?, ?)",
                [(area, done.number, geometry) for area, geometry in originals],
            )
            self._set_meta("statistics", str(int(self._meta("statistics") or 0) + 1))
        return done

    def outlines(self, level: str) -> list[Outline]:
        """The outlines of a level's areas."""
        rows = self._rows(
            "SELECT o.area, o.geometry, o.kind, o.vintage, o.source FROM outlines o JOIN areas ON "
            "areas.id = o.area WHERE areas.level = ? ORDER BY o.area",
            [level],
        )
        with self._problems():
            return [Outline(row[0], json.loads(row[1]), *row[2:]) for row in rows]

    def original_outline(self, area: str) -> str:
        """The geometry of an area as it was published (GeoJSON); empty if none was read in."""
        rows = self._rows("SELECT geometry FROM outline_originals WHERE area = ?", [area])
        return str(rows[0][0]) if rows else ""
