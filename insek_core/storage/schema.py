"""The SQLite schema: plan tables follow from the columns, the fixed tables beside them are migrated by name."""

import hashlib

from sqlite_utils import Database, Migrations

from insek_core.plan import TABLES
from insek_core.plan.record import Record, columns_of

APPLICATION_ID = 0x494E534B  # "INSK"
FORMAT = 6  # raise it with each migration that an older programme must not open


def create_sql(kind: type[Record]) -> str:
    """CREATE TABLE of a plan table: STRICT, required columns NOT NULL, references to one table as foreign keys."""
    lines = []
    for column in columns_of(kind):
        parts = [f'"{column.name}"', column.kind.sql]
        if column.name == "id":
            parts.append("PRIMARY KEY")
        if column.required:
            parts.append("NOT NULL")
        if column.kind.name == "ref" and len(column.tables) == 1:
            parts.append(f'REFERENCES "{column.tables[0]}"(id) DEFERRABLE INITIALLY DEFERRED')
        lines.append(" ".join(parts))
    return f'CREATE TABLE "{kind.table}" (\n  ' + ",\n  ".join(lines) + "\n) STRICT"


def index_sql(kind: type[Record]) -> list[str]:
    """An index on each foreign key: without it SQLite scans the whole table for each row it deletes elsewhere."""
    keys = [c.name for c in columns_of(kind) if c.kind.name == "ref" and len(c.tables) == 1]
    return [f'CREATE INDEX "{kind.table}_{key}" ON "{kind.table}" ("{key}")' for key in keys]


def fingerprint() -> str:
    """Changes when any column of any table changes; a database with another one has its plan tables rebuilt."""
    return hashlib.sha256(
        "\n".join(sql for kind in TABLES.values() for sql in (create_sql(kind), *index_sql(kind))).encode()
    ).hexdigest()[:16]


migrations = Migrations("insek")


@migrations()
def m0001_versions(db: Database) -> None:
    """Versions with their snapshots, statistics and outlines beside the plan."""
    for statement in (
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE versions (
             number INTEGER PRIMARY KEY, saved_at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
             name TEXT NOT NULL,
             based_on INTEGER REFERENCES versions(number), restores INTEGER REFERENCES versions(number),
             digest TEXT NOT NULL, changes TEXT NOT NULL, snapshot BLOB NOT NULL) STRICT""",
        """CREATE TABLE indicator_values (
             indicator TEXT NOT NULL, area TEXT NOT NULL, year INTEGER NOT NULL, value REAL,
             state TEXT NOT NULL
               CHECK (state IN ('value', 'missing', 'suppressed') AND (state = 'value') = (value IS NOT NULL)),
             PRIMARY KEY (indicator, year, area)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE outlines (
             area TEXT PRIMARY KEY, geometry TEXT NOT NULL,
             kind TEXT NOT NULL CHECK (kind IN ('schematic', 'official')),
             vintage TEXT NOT NULL, source TEXT NOT NULL) STRICT""",
    ):
        db.conn.execute(statement)


@migrations()
def m0002_plan_id(db: Database) -> None:
    """The plan's own id, drawn once: copies and backups of the database keep it, another database has another."""
    db.conn.execute("INSERT OR IGNORE INTO meta VALUES ('plan_id', lower(hex(randomblob(16))))")


@migrations()
def m0003_paper(db: Database) -> None:
    """The text of the council paper, line by line, beside the plan that cites its lines."""
    db.conn.execute("CREATE TABLE paper_lines (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")


@migrations()
def m0005_statistics_read_in(db: Database) -> None:
    """Figures of one area found at once; which file brought which figures; outlines as they were published."""
    for statement in (
        "CREATE INDEX IF NOT EXISTS values_of_area ON indicator_values (area, indicator, year, state, value)",
        """CREATE TABLE imports (
             number INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('statistics', 'outlines')),
             imported_at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL, file TEXT NOT NULL,
             digest TEXT NOT NULL, source TEXT NOT NULL, vintage TEXT NOT NULL, added INTEGER NOT NULL,
             changed INTEGER NOT NULL, removed INTEGER NOT NULL, unchanged INTEGER NOT NULL,
             findings TEXT NOT NULL) STRICT""",
        """CREATE TABLE imported_series (
             import INTEGER NOT NULL REFERENCES imports(number), indicator TEXT NOT NULL, theme TEXT NOT NULL,
             words TEXT NOT NULL, first_year INTEGER NOT NULL, last_year INTEGER NOT NULL, figures INTEGER NOT NULL,
             PRIMARY KEY (indicator, import, theme, words)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE outline_originals (
             area TEXT PRIMARY KEY, import INTEGER NOT NULL REFERENCES imports(number), geometry TEXT NOT NULL)
             STRICT""",
    ):
        db.conn.execute(statement)
