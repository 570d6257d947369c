"""Hypothesis strategies for whole plans over all tables, driven by the columns: any plan whose structure holds."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from insek_core.plan import TABLES, Plan
from insek_core.plan.columns import Column
from insek_core.plan.record import Record, columns_of
from insek_core.plan.values import EVIDENCE, Fuzzy, Span, default_bounds, parse_span

Ids = Mapping[str, list[str]]

TEXTS = ("Straße", "Ämter & Größen", "=SUMME(A1:A9)", "+49", "-1", "@cmd", "zwei\nZeilen\tTab", "„Zitat“; 'a' \"b\"", " Rand ",
         "😀 ẞ é", "0", "00", "None", "2 mal jährlich, einmal pro Quartal", "<b>fett</b>", "1,234", "NULL")  # fmt: skip
WORDS = (
    "Herbst 2015",
    "Frühjahr bis Herbst 2016",
    "erste Jahreshälfte 2017",
    "Ende 2016",
    "2016",
    "2015–2017",
    "2. Quartal 2016",
)
COUNTS = ("4", "4–5", "ca. 7", "max. 30–35", "0")

texts = st.one_of(
    st.sampled_from(TEXTS),
    st.text(
        st.characters(
            blacklist_categories=("Cs", "Cc"), whitelist_characters="\n\t", blacklist_characters="\ufffe\uffff"
        ),
        max_size=10,
    ),
)
line_texts = st.text(
    st.characters(whitelist_categories=("L", "N", "P", "S"), blacklist_characters="[]"), min_size=1, max_size=10
)
near_days = st.dates(date(2014, 1, 1), date(2019, 12, 31))
days = st.one_of(
    near_days, near_days, st.dates(), st.sampled_from((date.min, date.max, date(1989, 12, 31), date(2101, 1, 1)))
)
shares = st.one_of(
    st.sampled_from((Fraction(0), Fraction(1), Fraction(2, 3), Fraction(1, 3), Fraction(9, 10))),
    st.fractions(0, 1, max_denominator=997),
)


def _ordered(pair: tuple[Any, Any]) -> tuple[Any, Any]:
    return min(pair), max(pair)


def _worded(words: str) -> Fuzzy:
    bounds = default_bounds(words)
    assert bounds is not None
    return Fuzzy(words, *bounds)


fuzzies = st.one_of(
    near_days.map(Fuzzy.on),
    days.map(Fuzzy.on),
    st.sampled_from(WORDS).map(_worded),
    st.sampled_from(("offen", "Offen, nach Beschluss")).map(Fuzzy),
    st.builds(
        lambda words, bounds: Fuzzy(words, *bounds),
        st.one_of(st.sampled_from(WORDS), line_texts),
        st.tuples(near_days, near_days).map(_ordered),
    ),
)
spans = st.one_of(
    st.sampled_from(COUNTS).map(parse_span),
    st.sampled_from(("offen", "offen, je nach Anmeldung")).map(Span),
    st.builds(
        lambda words, bounds: Span(words, *bounds),
        st.one_of(st.sampled_from(COUNTS), line_texts),
        st.tuples(st.integers(0, 500), st.integers(0, 500)).map(_ordered),
    ),
)


def _wholes(column: Column) -> st.SearchStrategy[int]:
    money = column.kind.name == "money"
    low = column.low if column.low is not None else -(10**12) if money else -500
    high = column.high if column.high is not None else 10**12 if money else 500
    usual = st.integers(low, high)
    return usual if money or column.high is not None else st.one_of(usual, usual, st.sampled_from((low, 10**7, 2**62)))


def _marks(kind: type[Record]) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    names = [column.name for column in columns_of(kind)]
    pair = st.tuples(st.sampled_from(names), st.sampled_from(EVIDENCE))
    return st.lists(pair, min_size=1, max_size=2, unique_by=lambda pair: pair[0]).map(tuple)


def targets(column: Column, ids: Ids) -> list[str]:
    """The ids a reference of this column may name."""
    tables = TABLES if "*" in column.tables else column.tables
    return [name for table in tables for name in ids[table]]


def values(column: Column, kind: type[Record], ids: Ids) -> st.SearchStrategy[Any] | None:
    """Filled values of a column; None where it can only stay empty (a reference into empty tables)."""
    name, named = column.kind.name, targets(column, ids) if column.tables else []
    if column.tables and not named:
        return None
    if name in ("whole", "money"):
        return _wholes(column)
    return {
        "text": texts.map(str.strip).filter(bool),
        "choice": st.sampled_from(column.allowed) if column.allowed else texts.map(str.strip).filter(bool),
        "open_choice": texts.map(str.strip).filter(bool),
        "ref": st.sampled_from(named) if named else st.nothing(),
        "refs": st.lists(st.sampled_from(named), min_size=1, max_size=3, unique=True).map(tuple)
        if named
        else st.nothing(),
        "share": shares,
        "number": st.floats(column.low, column.high, allow_nan=False, allow_infinity=False),
        "flag": st.booleans(),
        "day": days,
        "fuzzy": fuzzies,
        "span": spans,
        "marks": _marks(kind),
        "years": st.dictionaries(st.integers(2014, 2019), st.integers(0, 10**9), min_size=1, max_size=3).map(
            lambda found: tuple(sorted(found.items()))
        ),
    }[name]


def records(kind: type[Record], ids: Ids, record_id: str = "ID-1", *, most: int = 99) -> st.SearchStrategy[Record]:
    """Records of a table: what is required is filled, of the rest at most so many columns."""
    filled = {c.name: v for c in columns_of(kind) if c.name != "id" and (v := values(c, kind, ids)) is not None}
    needed = [c.name for c in columns_of(kind) if c.required and c.name != "id"]
    other = [name for name in filled if name not in needed]

    @st.composite
    def record(draw: st.DrawFn) -> Record:
        chosen = draw(st.lists(st.sampled_from(other), max_size=min(most, len(other)), unique=True)) if other else []
        return kind(id=record_id, **{name: draw(filled[name]) for name in (*needed, *chosen)})

    return record()


def _possible(counts: dict[str, int]) -> dict[str, int]:
    """The row counts without tables whose required references have nothing to name."""
    while True:
        lacking = [
            table
            for table, count in counts.items()
            if count
            and any(c.required and c.tables and not any(counts[t] for t in c.tables) for c in columns_of(TABLES[table]))
        ]
        if not lacking:
            return counts
        counts = {**counts, **dict.fromkeys(lacking, 0)}


@st.composite
def plans(draw: st.DrawFn, most_rows: int = 3, most_columns: int = 4) -> Plan:
    """Plans with 0 to `most_rows` rows in every table; ids are unique over all tables and references hold."""
    counts = _possible({table: draw(st.integers(0, most_rows)) for table in TABLES})
    sign = draw(st.sampled_from(("", "Ü-", "€", "0", "-")))
    ids = {table: [f"{sign}{table[:9]}{n}" for n in range(count)] for table, count in counts.items()}
    ids["settings"] = ["reference_date", "lead_time_days", "small_number_threshold"][: counts["settings"]]
    return Plan(
        **{
            table: tuple(draw(records(kind, ids, name, most=most_columns)) for name in ids[table])
            for table, kind in TABLES.items()
        }
    )


@st.composite
def edited(draw: st.DrawFn, plan: Plan) -> Plan:
    """The plan with up to three edits: a row dropped, a row added, a field changed. References may break."""
    tables: dict[str, list[Any]] = {table: list(plan.rows(table)) for table in TABLES}
    ids = {table: [row.id for row in rows] for table, rows in tables.items()}
    for n in range(draw(st.integers(0, 3))):
        table = draw(st.sampled_from(("phases", "tasks", "cost_items", "goals", "statements", "organisations")))
        rows, what = tables[table], draw(st.sampled_from(("add", "drop", "change")))
        at = draw(st.integers(0, len(rows) - 1)) if rows else 0
        if what == "add":
            rows.append(draw(records(TABLES[table], ids, f"neu-{table}-{n}", most=2)))
        elif rows and what == "drop":
            rows.pop(at)
        elif rows:
            rows[at] = draw(records(TABLES[table], ids, rows[at].id, most=3))
    return Plan(**{table: tuple(rows) for table, rows in tables.items()})
