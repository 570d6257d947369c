"""The process that foreign files are parsed in: it waits for bytes, forks, parses and answers in plain values.

`apart.py` starts it and bounds its time; the memory it bounds itself.
"""

import gc
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

from insek_core.exchange.apart import MAX_MEMORY, MAX_SECONDS
from insek_core.exchange.msproject.xml import parse_project
from insek_core.exchange.statistics.reading import parse_statistics
from insek_core.exchange.workbook.sheets import parse_sheets
from insek_core.plan.errors import Problem


def _outlines(name: str, data: bytes) -> Any:
    """The outlines of a GeoJSON file. Geometry needs numpy, which the process keeps from the others: it and shapely are
    loaded by the child that needs them, a third of a second for each such file.
    """
    if sys.modules.get("numpy", sys) is None:
        del sys.modules["numpy"]
    from insek_core.exchange.outlines.reading import parse_outlines

    return parse_outlines(name, data)


TASKS: dict[str, Callable[[str, bytes], Any]] = {
    "workbook": lambda name, data: parse_sheets(data),
    "project": parse_project,
    "statistics": parse_statistics,
    "outlines": _outlines,
}


def limit_process() -> None:
    """Limit memory and time of this process, where the system can; a parser writes no file and leaves no core dump."""
    with suppress(ImportError):
        import resource

        seconds = int(MAX_SECONDS) + 1  # for the case that nobody is left to end it
        for limit, most in (
            (resource.RLIMIT_AS, MAX_MEMORY),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
        ):
            with suppress(ValueError, OSError):  # the system's own limit is lower, or it knows none of this kind
                resource.setrlimit(limit, (most, most))


def answer_to(question: bytes) -> bytes:
    """The answer to a question: a value, a refusal in German, or why there is neither."""
    task, name, data = pickle.loads(question)  # from apart.py alone
    try:
        return pickle.dumps(("value", TASKS[task](name, data)))
    except Problem as problem:
        return pickle.dumps(("refused", problem.what, problem.remedy))
    except MemoryError:
        return pickle.dumps(("memory",))
    except Exception as error:
        return pickle.dumps(("error", repr(error)))


def _write(out: BinaryIO, answer: bytes) -> None:
    for part in (len(answer).to_bytes(8, "big"), answer):
        out.write(part)
    out.flush()


def _forked(question: bytes, out: BinaryIO) -> None:
    """Answer from a child that dies with the file; if it dies of the file, so does this process."""
    child = os.fork()
    if not child:
        status = 1
        try:
            gc.disable()  # it ends before there is anything to collect
            limit_process()
            _write(out, answer_to(question))
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if status:
        os._exit(1)


def stand_ready() -> None:
    """Answer one question after the other, until nobody asks any more."""
    asked, out = sys.stdin.buffer, sys.stdout.buffer
    while True:
        out.write(b"r")
        out.flush()
        length = int.from_bytes(asked.read(8), "big")
        if not length:
            return
        question = asked.read(length)
        if hasattr(os, "fork"):
            _forked(question, out)
        else:
            _write(out, answer_to(question))
