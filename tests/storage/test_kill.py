"""Killed in the middle of saving, restoring or making, the database holds the old plan or the new one, never half of
one.
"""

import os
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
FEWER = 15  # of restoring and of making: what they write is written by the same transaction
# for each line (what to do, where) a fork that says its process id when it is ready, then does it until it is killed
NURSERY = """
import os, signal, sys
from dataclasses import replace
from insek_core.storage.store import Store

def save_for_ever(path):
    store = Store(path)
    number, held, whole = store.head.number, store.load(), store.load(1)
    bare = replace(whole, cost_items=())
    print(os.getpid(), flush=True)
    while True:
        held = whole if held == bare else bare
        number = store.save(held, based_on=number, author="Kind", reason="noch einmal").number

def restore_for_ever(path):
    store = Store(path)
    print(os.getpid(), flush=True)
    while True:
        store.restore(1, author="Kind")
        store.restore(2, author="Kind")

def create_for_ever(path):
    plan = Store(path).load(1)
    print(os.getpid(), flush=True)
    while True:
        Store.create(path + ".neu", plan, author="Kind", reason="neu").close()
        os.unlink(path + ".neu")

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in iter(sys.stdin.readline, ""):
    if os.fork() == 0:
        try:
            do, path = line.split(maxsplit=1)
            {"save": save_for_ever, "restore": restore_for_ever, "create": create_for_ever}[do](path.strip())
        finally:
            os._exit(1)
"""
Nursery = subprocess.Popen[str]


def _kill_while(doing: str, nursery: Nursery, path: Path, delay_seconds: float) -> None:
    assert nursery.stdin and nursery.stdout
    nursery.stdin.write(f"{doing} {path}\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline())
    time.sleep(delay_seconds)
    os.kill(child, signal.SIGKILL)  # fails if the child ended on its own
    while Path(f"/proc/{child}").exists():
        time.sleep(0.001)


def _held(path: Path, allowed: dict[str, Plan]) -> str:
    """The digest of the plan that the database holds, which must be whole and one of the allowed."""
    store = Store(path)
    plan, head = store.load(), store.head
    store.close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    found = digest(plan)
    assert found in allowed and plan == allowed[found] and head.digest == found
    return found


def _seconds_of_a_save(path: Path, plan: Plan) -> float:
    store = Store(path)
    begin = time.perf_counter()
    store.save(plan, based_on=store.head.number, author="Eltern", reason="Zeit nehmen")
    store.close()
    return time.perf_counter() - begin


needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs fork, kill −9 and /proc")


@needs_proc
def test_a_kill_while_saving_leaves_one_whole_plan(tmp_path: Path) -> None:
    bare = Plan(goals=tuple(goal(f"Z{n}") for n in range(300)))
    whole = Plan(goals=bare.goals, cost_items=tuple(item(f"K{n}", n) for n in range(300)))
    allowed = {digest(plan): plan for plan in (bare, whole)}
    path, chance = tmp_path / "insek.sqlite", random.Random(2015)
    Store.create(path, whole, author="Eltern", reason="Anfang").close()
    longest = 3 * _seconds_of_a_save(path, whole)  # so that a kill falls into the first, second or third save
    with Nursery([sys.executable, "-c", NURSERY], cwd=ROOT, stdin=-1, stdout=-1, text=True) as nursery:
        held = []
        for _ in range(KILLS):
            _kill_while("save", nursery, path, chance.uniform(0, longest))
            held.append(_held(path, allowed))
        nursery.kill()
    assert set(held) == set(allowed), "no kill met the other plan"
    assert Store(path).head.number > 2 + KILLS // 5, "the children hardly ever saved"


@needs_proc
def test_a_kill_while_restoring_or_making_leaves_one_whole_plan_or_none(tmp_path: Path) -> None:
    bare = Plan(goals=tuple(goal(f"Z{n}") for n in range(300)))
    whole = Plan(goals=bare.goals, cost_items=tuple(item(f"K{n}", n) for n in range(300)))
    allowed = {digest(plan): plan for plan in (bare, whole)}
    path, chance = tmp_path / "insek.sqlite", random.Random(2017)
    store = Store.create(path, whole, author="Eltern", reason="Anfang")
    store.save(bare, based_on=1, author="Eltern", reason="ohne Kosten")
    store.close()
    fresh = Path(f"{path}.neu")
    longest = 4 * _seconds_of_a_save(path, bare)
    with Nursery([sys.executable, "-c", NURSERY], cwd=ROOT, stdin=-1, stdout=-1, text=True) as nursery:
        held = []
        for _ in range(FEWER):
            _kill_while("restore", nursery, path, chance.uniform(0, longest))
            held.append(_held(path, allowed))
            _kill_while("create", nursery, path, chance.uniform(0, longest))
            if fresh.exists():
                assert _held(fresh, allowed) == digest(whole)
                for name in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
                    name.unlink(missing_ok=True)
        nursery.kill()
    assert set(held) == set(allowed) and Store(path).head.number > 3
