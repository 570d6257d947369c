"""Killed in the middle of saving, the database holds the old plan or the new one, never half of one."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small import goal, item

from insek_core.plan import Plan
from insek_core.plan.codec import digest
from insek_core.storage.store import Store

ROOT = Path(__file__).resolve().parents[2]
KILLS = 50
SAVER = """
import sys
from dataclasses import replace
from insek_core.storage.store import Store
sys.stdin.readline()
store = Store(sys.argv[1])
number, held, whole = store.head.number, store.load(), store.load(1)
bare = replace(whole, cost_items=())
print("bereit", flush=True)
while True:
    held = whole if held == bare else bare
    number = store.save(held, based_on=number, author="Kind", reason="noch einmal").number
"""
Child = subprocess.Popen[str]


def _child(path: Path) -> Child:
    """A process that has imported everything and waits for a line before it opens the database."""
    return subprocess.Popen(
        [sys.executable, "-c", SAVER, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _kill_while_saving(child: Child, delay_seconds: float) -> None:
    assert child.stdin and child.stdout
    child.stdin.write("los\n")
    child.stdin.flush()
    assert child.stdout.readline() == "bereit\n"
    time.sleep(delay_seconds)
    assert child.poll() is None, "the child ended on its own"
    child.send_signal(signal.SIGKILL)
    child.communicate()


def _held(path: Path, allowed: dict[str, Plan]) -> str:
    """The digest of the plan that the database holds, which must be whole and one of the allowed."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    store = Store(path)
    plan, head = store.load(), store.head
    store.close()
    found = digest(plan)
    assert found in allowed and plan == allowed[found] and head.digest == found
    return found


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill −9")
def test_a_kill_while_saving_leaves_one_whole_plan(tmp_path: Path) -> None:
    bare = Plan(goals=tuple(goal(f"Z{n}") for n in range(300)))
    whole = Plan(goals=bare.goals, cost_items=tuple(item(f"K{n}", n) for n in range(300)))
    allowed = {digest(plan): plan for plan in (bare, whole)}
    path, chance = tmp_path / "insek.sqlite", random.Random(2015)
    Store.create(path, whole, author="Eltern", reason="Anfang").close()
    held, waiting = [], [_child(path), _child(path)]
    for kill in range(KILLS):
        _kill_while_saving(waiting.pop(0), chance.uniform(0, 0.06))
        held.append(_held(path, allowed))
        if kill < KILLS - 2:
            waiting.append(_child(path))
    assert set(held) == set(allowed), "no kill met the other plan"
    assert Store(path).head.number > KILLS // 5, "the children hardly ever saved"
