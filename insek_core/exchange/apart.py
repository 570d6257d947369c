"""Foreign files are parsed in a process of their own, with memory and time limits: one that dies takes nothing along.

A keeper is a small warm process that forks a child for each file (docs/decisions/0013-parsers-apart.md). Bytes go in,
plain values come out; what is no plain value is not unpacked.
"""

import atexit
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore, Event, Lock, Timer
from typing import Any

from insek_core.plan.errors import Problem

MAX_MEMORY = 500 * 2**20
MAX_SECONDS = 10.0
PATIENCE = (
    30.0  # seconds for large tables and outlines on a busy machine; of the processor they get no more than others
)
MAX_ANSWER = 2**28
AT_ONCE = 3  # files parsed side by side; who comes later waits
LONGEST_WAIT = 60.0
ROOT = Path(__file__).resolve().parents[2]
START = (  # openpyxl loads numpy where it is there and needs it for nothing here: a third of the time, half the memory
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.modules['numpy'] = None\n"
    "from insek_core.exchange import parsers; parsers.stand_ready()"
)
PLAIN = {  # the only classes an answer is made of, besides numbers, texts, lists and the like
    "datetime": {"date", "datetime", "time", "timedelta"},
    "insek_core.exchange.workbook.sheets": {"Sheet", "FilledCell"},
}
TOO_LONG = "Das Lesen der Datei dauert länger als {} Sekunden und wurde abgebrochen."
TOO_LARGE = "Das Lesen der Datei braucht mehr als {} MB Arbeitsspeicher und wurde abgebrochen."
DIED = "Die Datei bringt das Leseprogramm zum Absturz; es wurde nichts geändert."
UNREAD = "Das Leseprogramm kommt mit der Datei nicht zurecht; es wurde nichts geändert."
REMEDY = "Bitte nur die benötigten Teile in eine neue Datei kopieren und noch einmal einlesen."
BUSY = "Es werden gerade zu viele Dateien gelesen.", "Bitte in einer Minute noch einmal versuchen."
NO_START = "Das Leseprogramm lässt sich nicht starten.", "Bitte die Betreuung des Servers fragen."


class _Plain(pickle.Unpickler):
    """Unpacks plain values and refuses everything that could do anything."""

    def find_class(self, module: str, name: str) -> Any:
        if name not in PLAIN.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


class _Keeper:
    """A process that stands ready to parse; it parses one file at a time."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # each of its threads would take memory from the limit
            start_new_session=True,  # a group of its own: it ends with the child it has forked
        )
        assert self.process.stdin and self.process.stdout  # both were asked for
        self._into, self._out = self.process.stdin, self.process.stdout

    def ask(self, question: bytes, seconds: float) -> tuple[bytes, bool]:
        """The answer (empty: it died) and whether the time was over. Whoever is late is ended."""
        late = Event()

        def end() -> None:
            late.set()
            self.end()

        if self._read(1) != b"r":
            raise Problem(*NO_START)
        clock = Timer(seconds, end)
        clock.daemon = True
        clock.start()
        try:
            answer = self._answer(question)
        finally:
            clock.cancel()
            clock.join()  # from here on it ends nobody
        return answer, late.is_set()

    def _answer(self, question: bytes) -> bytes:
        try:
            for part in (len(question).to_bytes(8, "big"), question):
                self._into.write(part)
            self._into.flush()
        except OSError:  # it died while it was still listening
            return b""
        length = int.from_bytes(self._read(8), "big")
        answer = self._read(length) if length <= MAX_ANSWER else b""
        return answer if len(answer) == length else b""

    def _read(self, length: int) -> bytes:
        return self._out.read(length)

    def end(self) -> None:
        """End the process with all that it has started."""
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()

    def close(self) -> None:
        """End the process and let go of its pipes."""
        self.end()
        self.process.wait()
        for pipe in (self._into, self._out):
            with suppress(OSError):
                pipe.close()

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self.process.poll() is None


_seats, _lock = BoundedSemaphore(AT_ONCE), Lock()
_ready: list[_Keeper] = []


def _taken() -> _Keeper:
    """A keeper that stands ready, or a new one."""
    with _lock:
        while _ready:
            keeper = _ready.pop()
            if keeper.alive:
                return keeper
            keeper.close()
    try:
        return _Keeper()
    except OSError as error:
        raise Problem(*NO_START) from error


@contextmanager
def _keeper() -> Iterator[_Keeper]:
    """A keeper for one file; one that answered is kept for the next, one that did not is replaced."""
    if not _seats.acquire(timeout=LONGEST_WAIT):
        raise Problem(*BUSY)
    try:
        keeper = _taken()
        try:
            yield keeper
        except BaseException:
            keeper.close()
            raise
        with _lock:
            _ready.append(keeper)
    finally:
        _seats.release()


@atexit.register
def close_keepers() -> None:
    """End the processes that stand ready."""
    with _lock:
        while _ready:
            _ready.pop().close()


def parse_apart(
    task: str, name: str, data: bytes, *, refusal: type[Problem] = Problem, seconds: float = MAX_SECONDS
) -> Any:
    """What a parser (a task of `parsers.TASKS`) makes of a file, as plain values.

    Raises `refusal` in German where the parser refuses the file, dies of it, or needs too much time or memory.
    """
    with _keeper() as keeper:
        answer, late = keeper.ask(pickle.dumps((task, name, data)), seconds)
        if late:
            raise refusal(TOO_LONG.format(round(max(0.0, seconds))), REMEDY)
        try:
            kind, *told = _Plain(BytesIO(answer)).load()
        except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
            raise refusal(DIED, REMEDY) from error
    if kind == "value":
        return told[0]
    refusals = {"refused": told, "memory": (TOO_LARGE.format(MAX_MEMORY // 2**20), REMEDY)}
    raise refusal(*refusals.get(kind, (UNREAD, REMEDY)))
