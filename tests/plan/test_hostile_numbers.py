"""A number of any length or kind, wherever one is read, is a value or a German refusal: no traceback, and at once."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from insek_core.change.notation import read_amount, read_day, read_days, read_euro, read_share, read_year
from insek_core.change.scenario import KEYS, parse
from insek_core.exchange.workbook.cells import value_of
from insek_core.exchange.workbook.sheets import FilledCell
from insek_core.plan import TABLES
from insek_core.plan import kinds as k
from insek_core.plan.codec import decode, parse_row
from insek_core.plan.columns import Column
from insek_core.plan.errors import Unreadable
from insek_core.plan.record import columns_of

HOSTILE = (
    "9" * 4301, "-" + "9" * 5000, f"1/{'9' * 5000}", f"{'9' * 5000}/3", f"0,{'3' * 5000}", f"{'9' * 5000} %", f"{'9' * 5000} T€",
    "inf", "-inf", "nan", "Infinity", "1e999999999", "1E5", "1e400", "²", "½", "٣", "0x10", "1_000", "--1", "+", "∞", "\ud800",
    f"2016: {'9' * 5000}", "²: 5", f"{'2' * 5000}: 1", f"ca. {'9' * 5000}", f"4–{'9' * 5000}", f"x [1..{'9' * 5000}]", "31.12.99999",
    f"{'1' * 5000}.01.2015", "00.00.0000", "x" * 100_000, "1." * 50_000, " " * 10_000 + "1", "(" * 5000,
)  # fmt: skip
KINDS = [kind for kind in vars(k).values() if isinstance(kind, k.Kind)]
READERS: list[Callable[[str], Any]] = [read_euro, read_amount, read_share, read_days, read_year, read_day]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_value_reads_or_refuses(kind: k.Kind) -> None:
    begun = time.monotonic()
    for text in HOSTILE:
        try:
            kind.show(kind.parse(text))
        except Unreadable as problem:
            assert problem.remedy and len(problem.german) < 500, text[:50]
        except ValueError:
            assert kind is k.marks  # a column reads them by its own words
    assert time.monotonic() - begun < 2


def test_every_row_of_texts_is_read_or_refused_field_by_field() -> None:
    for kind in TABLES.values():
        for text in HOSTILE[:20]:
            _, findings = parse_row(kind, {column.name: text for column in columns_of(kind)})
            assert all(f.message for f in findings)


def test_every_stored_value_is_read_or_a_finding() -> None:
    begun = time.monotonic()
    for raw in (*HOSTILE, float("inf"), float("nan"), 10**400, 1e300, b"x", "1e99999999"):
        for kind in TABLES.values():
            decode(kind, {"id": "X"} | {column.name: raw for column in columns_of(kind) if column.name != "id"})
    assert time.monotonic() - begun < 6


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_every_value_of_a_change_reads_or_is_refused(read: Callable[[str], Any]) -> None:
    for text in HOSTILE:
        try:
            read(text)
        except Unreadable as problem:
            assert problem.remedy and len(problem.german) < 500


def test_every_kind_of_change_reads_or_is_refused() -> None:
    for key in KEYS:
        for text in HOSTILE:
            try:
                assert parse(f"{key}:X={text}").text
            except Unreadable as problem:
                assert problem.remedy and len(problem.german) < 700


CELLS = (
    float("inf"), float("-inf"), float("nan"), 10**400, -(10**400), 10**4300, 1e308, -1e308, 5e-324, 2**63, 0.1 + 0.2, True,
    datetime.max, datetime.min,
)  # fmt: skip


@pytest.mark.parametrize(
    "content", CELLS, ids=lambda content: ascii(content if isinstance(content, float) else type(content))
)
def test_every_cell_is_read_or_refused(content: Any) -> None:
    for kind in TABLES.values():
        for column in columns_of(kind):
            try:
                value_of(column, FilledCell("C7", content))
            except Unreadable as problem:
                assert problem.remedy, column


def test_an_endless_number_in_a_cell_is_told() -> None:
    amount = Column("amount_cents", "Betrag", k.money)
    for content in (float("inf"), float("nan"), 10**400):
        with pytest.raises(Unreadable, match="zu groß oder keine"):
            value_of(amount, FilledCell("C7", content))
