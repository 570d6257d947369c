"""Workbook in and out against plain openpyxl on the same cells in the same run."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from benchmarks.scaled import scaled
from insek_core.exchange.workbook.intake import take_in
from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import Plan
from insek_core.storage.embedded import example_plan


@pytest.fixture(scope="module", params=(1, 10), ids=lambda n: f"{n}x")
def plan(request: pytest.FixtureRequest) -> Plan:
    return scaled(example_plan(), request.param)


@pytest.fixture(scope="module")
def book(plan: Plan) -> bytes:
    return write_workbook(plan, 1)


def plain_out(cells: list[tuple[str, list[list[Any]]]]) -> bytes:
    """The same cells with openpyxl alone."""
    book = Workbook()
    for name, rows in cells:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cells_of(data: bytes) -> list[tuple[str, list[list[Any]]]]:
    return [
        (s.title, [list(row) for row in s.iter_rows(values_only=True)]) for s in load_workbook(BytesIO(data)).worksheets
    ]


@pytest.mark.benchmark(group="out")
def test_out(benchmark: Any, plan: Plan) -> None:
    benchmark(write_workbook, plan, 1)


@pytest.mark.benchmark(group="out")
def test_out_plain(benchmark: Any, book: bytes) -> None:
    benchmark(plain_out, cells_of(book))


@pytest.mark.benchmark(group="in")
def test_in(benchmark: Any, plan: Plan, book: bytes) -> None:
    assert benchmark(take_in, book, plan).plan == plan


@pytest.mark.benchmark(group="in")
def test_in_plain(benchmark: Any, book: bytes) -> None:
    benchmark(lambda: load_workbook(BytesIO(book)))
