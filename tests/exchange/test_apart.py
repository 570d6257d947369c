"""What a foreign file does to its parser happens in a process of its own: a finding, and everybody else goes on."""

import io
import os
import pickle
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest
from farbooks import far_workbook
from openpyxl import Workbook

from insek_core.exchange import apart
from insek_core.exchange.apart import close_keepers, parse_apart
from insek_core.exchange.propose import propose
from insek_core.exchange.workbook.envelope import NotAWorkbook
from insek_core.exchange.workbook.sheets import read_sheets
from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import Plan
from insek_core.plan.errors import Problem
from insek_core.storage.store import Store

WAYS = """
import os, time
from insek_core.exchange import parsers
parsers.TASKS |= {
    "echo": lambda name, data: (name, data),
    "pid": lambda name, data: os.getpid(),
    "abort": lambda name, data: os.abort(),
    "spin": lambda name, data: time.sleep(60),
    "swell": lambda name, data: len(bytearray(int(name))),
    "code": lambda name, data: os.getcwd,
    "fail": lambda name, data: 1 // 0,
}
parsers.stand_ready()
"""
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of memory need POSIX")


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Parsers that do what hostile files do."""
    close_keepers()
    monkeypatch.setattr(apart, "START", apart.START.partition("\n")[0] + WAYS)
    yield
    close_keepers()


@pytest.mark.parametrize("row, column, words", [(1_048_576, 16_384, "XFD1048576 liegt weit"), (60_000, 400, "Absturz")])
def test_a_workbook_that_aborts_its_parser_is_a_finding(db: Path, row: int, column: int, words: str) -> None:
    told = propose(Store(db), [("fern.xlsx", far_workbook(row, column))])
    assert told.plan is None and any(words in f.message and f.remedy for f in told.findings), told.findings
    assert read_sheets(write_workbook(Plan(), 1)), "the next one is read"


@pytest.mark.parametrize(
    "task, name, words",
    [
        ("abort", "", "Absturz"),
        ("swell", str(600 * 2**20), "mehr als 500 MB"),
        ("code", "", "Absturz"),
        ("fail", "", "kommt mit der Datei nicht zurecht"),
    ],
)
def test_whatever_a_parser_does_is_a_refusal_in_german(ways: None, task: str, name: str, words: str) -> None:
    with pytest.raises(NotAWorkbook, match=words) as refusal:
        parse_apart(task, name, b"", refusal=NotAWorkbook)
    assert refusal.value.remedy
    assert parse_apart("echo", "a", b"b") == ("a", b"b")


def test_a_parser_that_does_not_end_is_ended(ways: None) -> None:
    begun = time.monotonic()
    with pytest.raises(Problem, match="länger als 1 Sekunden"):
        parse_apart("spin", "", b"", seconds=1.0)
    assert time.monotonic() - begun < 5


def test_a_parser_that_listens_to_nobody_is_ended(ways: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "START", "print('r', end='', flush=True); import time; time.sleep(60)")
    close_keepers()
    with pytest.raises(Problem, match="abgebrochen"):
        parse_apart("echo", "", bytes(2**22), seconds=0.5)


def test_a_parser_that_does_not_start_is_a_problem(ways: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "START", "raise SystemExit")
    close_keepers()
    with pytest.raises(Problem, match="nicht starten"):
        parse_apart("echo", "", b"")


def test_one_that_was_ended_while_it_waited_is_replaced(ways: None) -> None:
    parse_apart("echo", "", b"")
    (keeper,) = apart._ready
    keeper.end()
    keeper.process.wait()
    assert parse_apart("echo", "a", b"") == ("a", b"")


def test_every_file_has_a_process_of_its_own(ways: None) -> None:
    found = {parse_apart("pid", "", b"") for _ in range(5)}
    assert len(found) == 5 and os.getpid() not in found


def test_sessions_side_by_side_do_not_harm_one_another(ways: None) -> None:
    def session(number: int) -> bool:
        if number % 4 == 3:
            with pytest.raises(Problem, match="Absturz"):
                parse_apart("abort", "", b"")
            return True
        text = str(number) * 1000
        return bool(parse_apart("echo", text, text.encode()) == (text, text.encode()))

    with ThreadPoolExecutor(8) as sessions:
        assert all(sessions.map(session, range(40)))


def test_who_waits_too_long_for_a_seat_is_told(ways: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LONGEST_WAIT", 0.05)
    with ThreadPoolExecutor(apart.AT_ONCE) as sessions:
        busy = [sessions.submit(parse_apart, "spin", "", b"", seconds=1.5) for _ in range(apart.AT_ONCE)]
        time.sleep(0.5)
        with pytest.raises(Problem, match="zu viele Dateien"):
            parse_apart("echo", "", b"")
        assert all(isinstance(session.exception(), Problem) for session in busy)


@pytest.mark.parametrize("value", [os.getcwd, Path("x"), print, eval])
def test_what_is_no_plain_value_is_not_unpacked(value: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        apart._Plain(io.BytesIO(pickle.dumps(value))).load()
    plain = [1, "a", 1.5, None, {"a": (date(2015, 5, 20), datetime(2015, 5, 20))}, frozenset({1})]
    assert apart._Plain(io.BytesIO(pickle.dumps(plain))).load() == plain


DENSE: list[Callable[[int, int], object]] = [lambda r, c: r * c, lambda r, c: f"Text {r}/{c}"]


@pytest.mark.parametrize("content", DENSE, ids=["numbers", "texts"])
def test_a_workbook_with_many_cells_is_read_within_the_bounds(content: Callable[[int, int], object]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Phasen")
    for row in range(3_000):
        sheet.append([content(row, column) for column in range(20)])
    out = io.BytesIO()
    book.save(out)
    assert sum(map(len, read_sheets(out.getvalue())[0].rows.values())) == 60_000


HEAD = b'<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2016-01-01T08:00:00</StartDate><Tasks>'
TASK = b"<Task><UID>%d</UID><Name>x</Name><Duration>PT8H0M0S</Duration></Task>"
PROJECTS = {
    "elements": b"<Task>" + b"<UID/>" * 900_000 + b"</Task>",
    "tasks": b"".join(TASK % n for n in range(1, 50_000)),
    "text": b"<Task><UID>1</UID><Name>" + b"x" * 15_000_000 + b"</Name></Task>",
}


@pytest.mark.parametrize("kind", PROJECTS)
def test_a_large_project_file_is_read_or_refused_in_time(db: Path, kind: str) -> None:
    begun = time.monotonic()
    told = propose(Store(db), [("gross.xml", HEAD + PROJECTS[kind] + b"</Tasks></Project>")])
    assert told.findings and all(len(f.message) < 1_100 for f in told.findings) and time.monotonic() - begun < 10
