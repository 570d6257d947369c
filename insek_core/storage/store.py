"""The plan in SQLite: loaded whole, saved whole as a numbered version, never half. Messages are German (Problem)."""

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import get_ident
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from insek_core.change.difference import Difference, differences
from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import decode_plan, digest, encode, to_json
from insek_core.plan.german import show_number
from insek_core.plan.record import columns_of, names_of
from insek_core.plan.version import Version
from insek_core.rules.places.areas import Outline
from insek_core.rules.structure import structure
from insek_core.storage import schema, upgrade
from insek_core.storage.embedded import example_paper
from insek_core.storage.making import fold_log, put_in_place, remove_draft
from insek_core.storage.problems import GONE, UNSTORABLE, Refused, StaleBase, StoreProblem, german_problem
from insek_core.storage.values import KeptStatistics

__all__ = ["Refused", "StaleBase", "Store", "StoreProblem"]

Author = str
MOST_PAPER = 2_000_000  # characters of a council paper


class Store(KeptStatistics):
    """One open database, for one thread. Every method raises StoreProblem with a German message if SQLite fails."""

    def __init__(self, path: str | Path, *, timeout_seconds: float = 5.0) -> None:
        """Open a database that exists, bringing an older one up to date (a copy is kept beside it)."""
        self.path = Path(path)
        if not self.path.exists():
            raise StoreProblem(
                f"Die Datenbank {self.path.name} gibt es nicht.", "Bitte zuerst anlegen: python -m insek_core init"
            )
        with self._problems():
            self._connect(timeout_seconds)
            self._prepare()

    @classmethod
    def create(
        cls,
        path: str | Path,
        plan: Plan,
        *,
        author: Author,
        reason: str,
        values: Iterable[tuple[Any, ...]] = (),
        outlines: Iterable[Outline] = (),
        paper: str = "",
    ) -> "Store":
        """A new database holding the plan as version 1. Raises StoreProblem if the file is there already.

        It is built beside the path and put in place at the end, so an interrupted start leaves nothing half-made.
        """
        target = Path(path)
        if target.exists():
            raise StoreProblem(f"Die Datenbank {target.name} gibt es schon.", "Es wurde nichts geändert.")
        draft, store = target.with_name(f".{target.name}.{os.getpid()}-{get_ident()}.neu"), None
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)
            sqlite3.connect(draft).executescript(
                f"PRAGMA application_id={schema.APPLICATION_ID}; VACUUM;"
            ).connection.close()
            store = cls(draft)
            store.save(plan, based_on=0, author=author, reason=reason)
            store.put_values(values)
            store.put_outlines(outlines)
            store.put_paper(paper)
            fold_log(store.db.conn)
            store.close()
            put_in_place(draft, target)
        except sqlite3.Error as error:
            raise german_problem(error, target) from error
        except OSError as error:
            raise StoreProblem(
                f"Die Datenbank {target.name} lässt sich nicht anlegen.", f"Bitte Pfad und Rechte prüfen ({error})."
            ) from error
        finally:
            if store:
                store.close()
            remove_draft(draft)
        return cls(target)

    def close(self) -> None:
        """Close the connection; the write-ahead log is folded into the file."""
        self.db.conn.close()

    @contextmanager
    def _problems(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise german_problem(error, self.path) from error
        except UnicodeEncodeError as error:
            raise StoreProblem(*UNSTORABLE) from error
        except (
            zlib.error,
            json.JSONDecodeError,
            UnicodeDecodeError,
        ) as error:  # what SQLite read is not what was written
            raise german_problem(sqlite3.DatabaseError("malformed"), self.path) from error

    def _connect(self, timeout_seconds: float) -> None:
        uri = self.path.resolve().as_uri()
        self.read_only = not (os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK))
        # without a log beside it a write-protected file is opened as it lies; SQLite would want to make one
        still = "&immutable=1" if self.read_only and not Path(f"{self.path}-wal").exists() else ""
        connection = sqlite3.connect(
            f"{uri}?mode={'ro' + still if self.read_only else 'rw'}", uri=True, timeout=timeout_seconds
        )
        self.db, self._file = Database(connection), self._identity()
        self.db.conn.execute("PRAGMA foreign_keys=ON")

    def _identity(self) -> tuple[int, int] | None:
        """Which file lies at the path; None: there is none any more."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _pragma(self, name: str) -> int:
        return int(self.db.conn.execute(f"PRAGMA {name}").fetchone()[0])

    def _prepare(self) -> None:
        if self._pragma("application_id") != schema.APPLICATION_ID:
            raise StoreProblem(f"{self.path.name} ist keine Datenbank dieses Programms.", "Bitte INSEK_DB prüfen.")
        if self._pragma("user_version") > schema.FORMAT:
            raise self._newer()
        fresh = not self.db["versions"].exists()
        current = (
            not fresh and self._pragma("user_version") == schema.FORMAT and self._meta("schema") == schema.fingerprint()
        )
        if current:
            return
        if self.read_only:
            raise StoreProblem(
                "Die Datenbank ist älter als das Programm und schreibgeschützt.", "Bitte die Rechte der Datei prüfen."
            )
        if fresh:
            self.db.enable_wal()
        else:
            self._copy()
        with self._writing():
            schema.migrations.apply(self.db)
            self._rebuild()
            if not fresh:
                self._upgrade(self._pragma("user_version"))
            self.db.conn.execute(f"PRAGMA user_version={schema.FORMAT}")

    def _newer(self) -> StoreProblem:
        return StoreProblem(
            "Die Datenbank stammt aus einer neueren Fassung des Programms.",
            "Bitte das Programm aktualisieren; es wurde nichts geändert.",
        )

    def _copy(self) -> None:
        backup = self.path.with_name(
            f"{self.path.stem}-vor-Umstellung-{datetime.now():%Y%m%d-%H%M%S}{self.path.suffix}"
        )
        with sqlite3.connect(backup) as target:
            self.db.conn.backup(target)
        target.close()

    def _rebuild(self) -> None:
        """Make the plan tables anew from the columns and fill them from the newest snapshot."""
        plan, _ = self._snapshot(self.head.number) if self._has_versions() else (Plan(), "")
        self.db.conn.execute("PRAGMA defer_foreign_keys=ON")
        for table, kind in TABLES.items():
            self.db.conn.execute(f'DROP TABLE IF EXISTS "{table}"')
            for statement in (schema.create_sql(kind), *schema.index_sql(kind)):
                self.db.conn.execute(statement)
        self._write_rows(plan)
        self._set_meta("schema", schema.fingerprint())

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction that owns the write lock from its beginning, so that what it reads stays true."""
        if self.read_only:
            raise german_problem(sqlite3.OperationalError("readonly"), self.path)
        with self._problems():
            self.db.conn.execute("BEGIN IMMEDIATE")
            try:
                if self._identity() != self._file:  # else it would be saved into a file that nobody finds
                    raise StoreProblem(GONE[0].format(self.path.name), GONE[1])
                with self.db.atomic():
                    yield
                self.db.conn.execute("COMMIT")
            except BaseException:
                self.db.rollback()
                raise

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One transaction in which every answer is of the same state, whoever saves in between."""
        with self._problems():
            if self.db.conn.in_transaction:
                yield
                return
            self.db.conn.execute("BEGIN")
            try:
                yield
            finally:
                self.db.conn.rollback()

    def _meta(self, key: str) -> str:
        row = self.db.conn.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return row[0] if row else ""

    def _set_meta(self, key: str, value: str) -> None:
        self.db.conn.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", [key, value]
        )

    # versions

    def _has_versions(self) -> bool:
        return self.db.conn.execute("SELECT 1 FROM versions LIMIT 1").fetchone() is not None

    def _select_versions(self, where: str = "", arguments: tuple[Any, ...] = ()) -> list[Version]:
        with self._problems():
            rows = self.db.conn.execute(
                "SELECT number, saved_at, author, reason, name, based_on, restores, digest, changes FROM "
                f"versions {where} ORDER BY number",
                arguments,
            ).fetchall()
            return [Version(*(*row[:-1], tuple(json.loads(row[-1])))) for row in rows]

    @property
    def head(self) -> Version:
        """The newest version."""
        found = self._select_versions("WHERE number = (SELECT max(number) FROM versions)")
        if not found:
            raise StoreProblem(f"{self.path.name} enthält keine Version.", "Bitte eine Sicherung einspielen.")
        return found[0]

    @property
    def plan_id(self) -> str:
        """The id of this plan, the same in every copy of the database."""
        with self._problems():
            return self._meta("plan_id")

    def versions(self) -> list[Version]:
        """All versions, oldest first."""
        return self._select_versions()

    def version(self, number: int) -> Version:
        """One version by its number. Raises StoreProblem if there is none."""
        found = self._select_versions("WHERE number = ?", (number,))
        if not found:
            raise StoreProblem(f"Version {number} gibt es nicht.", f"Vorhanden sind 1 bis {self.head.number}.")
        return found[0]

    def _snapshot(self, number: int) -> tuple[Plan, str]:
        row = self.db.conn.execute("SELECT snapshot, digest FROM versions WHERE number = ?", [number]).fetchone()
        if row is None:
            self.version(number)
        tables = json.loads(zlib.decompress(row[0]))
        known = {table: names_of(kind) for table, kind in TABLES.items()}
        if any(
            table not in known or any(set(item) - known[table] for item in items) for table, items in tables.items()
        ):
            raise self._newer()
        plan, findings = decode_plan(tables)
        if findings:
            raise Refused(tuple(findings))
        return plan, row[1]

    def stored_texts(self, most: int) -> Iterator[tuple[int, str]]:
        """The newest versions as they are stored, at most so many, the oldest of them first: number and JSON text."""
        with self._reading():
            rows = self.db.conn.execute(
                "SELECT number, snapshot FROM (SELECT number, snapshot FROM versions ORDER BY number DESC LIMIT ?)"
                " ORDER BY number",
                [most],
            )
            for number, packed in rows:
                yield number, zlib.decompress(packed).decode()

    def load(self, number: int | None = None) -> Plan:
        """The plan of a version, by default the newest. Raises Refused with findings if values cannot be read."""
        with self._reading():
            if number is not None:
                return self._snapshot(number)[0]
            tables = {table: self._read_rows(table) for table in TABLES}
        plan, findings = decode_plan(tables)
        if findings:
            raise Refused(tuple(findings))
        return plan

    def newest(self) -> tuple[Version, Plan]:
        """The newest version and its plan, read as one: the base to save an edit of it on."""
        with self._reading():
            return self.head, self.load()

    def outside_edits(self, plan: Plan) -> tuple[Difference, ...]:
        """What the loaded plan's tables differ from its saved version: somebody wrote past the programme."""
        head = self.head
        return () if digest(plan) == head.digest else differences(self.load(head.number), plan)

    def _read_rows(self, table: str) -> list[dict[str, Any]]:
        cursor = self.db.conn.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
        names = [item[0] for item in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _write_rows(self, plan: Plan) -> None:
        for table in TABLES:
            self.db.conn.execute(f'DELETE FROM "{table}"')
        for table, kind in TABLES.items():
            names = [column.name for column in columns_of(kind)]
            columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
            rows = [[encoded[name] for name in names] for encoded in map(encode, plan.rows(table))]
            self.db.conn.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)

    def save(
        self, plan: Plan, *, based_on: int, author: Author, reason: str, name: str = "", restores: int | None = None
    ) -> Version:
        """Save the whole plan as the next version. Raises StaleBase if a newer one exists, Refused on broken
        structure.
        """
        if errors := structure(plan):
            raise Refused(errors)
        with self._writing():
            return self._saved(plan, Version(0, "", author, reason, name, based_on or None, restores, "", ()))

    def _saved(self, plan: Plan, asked: Version) -> Version:
        """Save a plan within the transaction that is open; what is asked says who, why and on which base."""
        before, based_on = Plan(), asked.based_on or 0
        if self._has_versions():
            head = self.head
            before = self._snapshot(head.number)[0]
            if head.number != based_on:
                raise StaleBase(based_on, head, differences(self._snapshot(based_on)[0], before))
        changes = [edit.sentence() for edit in differences(before, plan)] if based_on else ["Planung angelegt"]
        self._add_version(plan, replace(asked, digest=digest(plan), changes=tuple(changes)))
        return self.head  # as long as nobody else can save: afterwards it may be another's

    def _add_version(self, plan: Plan, version: Version) -> None:
        """Write a plan and what is told of it as the next version, within the transaction that is open."""
        self._write_rows(plan)
        self.db.conn.execute(
            """INSERT INTO versions
               (number, saved_at, author, reason, name, based_on, restores, digest, changes, snapshot)
               VALUES ((SELECT coalesce(max(number), 0) + 1 FROM versions), ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                datetime.now(ZoneInfo("Europe/Berlin")).isoformat(timespec="seconds"),
                version.author,
                version.reason,
                version.name,
                version.based_on,
                version.restores,
                version.digest,
                json.dumps(version.changes, ensure_ascii=False),
                zlib.compress(to_json(plan).encode()),
            ],
        )

    def _upgrade(self, found: int) -> None:
        """Enter what a database of an older format lacks, each step as a version of its own: the versions before it
        stay as they were.
        """
        first = self._select_versions("WHERE number = (SELECT min(number) FROM versions)")[0]
        if found < upgrade.PAPER_FROM and upgrade.of_example(first):
            self._write_paper(example_paper())
        for number, reason, step in upgrade.STEPS:
            head = self.head
            plan = self._snapshot(head.number)[0]
            made = step(plan, first) if found < number else plan
            if made != plan:
                changes = tuple(edit.sentence() for edit in differences(plan, made))
                version = Version(0, "", "Programm", reason, "", head.number, None, digest(made), changes)
                self._add_version(made, version)

    def restore(self, number: int, *, author: Author, reason: str = "", based_on: int | None = None) -> Version:
        """Bring an old version back as a new one; nothing is lost. `based_on` is the version somebody saw when asking
        for it (None: the newest); if there is a newer one, StaleBase is raised.
        """
        base = self.head.number if based_on is None else based_on
        return self.save(
            self.load(number),
            based_on=base,
            author=author,
            reason=reason or f"Version {number} wiederhergestellt",
            restores=number,
        )

    # drafts: what somebody has typed and not saved yet survives a reload

    def put_draft(self, key: str, texts: dict[str, str] | None) -> None:
        """Keep the texts of a form under a key; None forgets them."""
        if self.read_only:
            return
        with self._writing():
            if texts is None:
                self.db.conn.execute("DELETE FROM meta WHERE key = ?", [f"draft:{key}"])
            else:
                self._set_meta(f"draft:{key}", json.dumps(texts))

    def draft(self, key: str) -> dict[str, str]:
        """The kept texts of a form; empty if there are none."""
        with self._problems():
            found: dict[str, str] = json.loads(self._meta(f"draft:{key}") or "{}")
        return found

    # the council paper: beside the plan that cites its lines

    def put_paper(self, text: str) -> int:
        """Keep the text of the council paper in place of the one before; how many lines it has. Raises StoreProblem for
        one that is too long.
        """
        if len(text) > MOST_PAPER:
            most = show_number(MOST_PAPER)
            raise StoreProblem(f"Der Text hat mehr als {most} Zeichen.", "Bitte nur die Ratsvorlage selbst einlesen.")
        with self._writing():
            return self._write_paper(text)

    def _write_paper(self, text: str) -> int:
        lines = text.splitlines()
        self.db.conn.execute("DELETE FROM paper_lines")
        self.db.conn.executemany("INSERT INTO paper_lines VALUES (?, ?)", enumerate(lines, 1))
        return len(lines)

    @property
    def paper(self) -> tuple[str, ...]:
        """The lines of the council paper, so that a cited line can be read where it is cited; line 1 is at index 0."""
        with self._problems():
            return tuple(row[0] for row in self.db.conn.execute("SELECT text FROM paper_lines ORDER BY number"))

    @property
    def stamp(self) -> tuple[int, ...]:
        """Changes whenever anybody writes to the file, through the programme or past it."""
        found = []
        for file in (self.path, Path(f"{self.path}-wal")):
            with suppress(FileNotFoundError):
                stat = file.stat()
                found += [stat.st_mtime_ns, stat.st_size]
        return tuple(found)

    def backup_bytes(self) -> bytes:
        """The whole database as one file, for a download."""
        with self._problems():
            return self.db.conn.serialize()
