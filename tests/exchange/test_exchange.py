"""Workbooks against the database: several at once, nothing lost; killed in the middle, old or new; a workbook as
source.
"""

import io
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from insek_core.change.difference import Difference, apply_edits, differences
from insek_core.exchange.formats import Export, written
from insek_core.exchange.origin import origin_of
from insek_core.exchange.propose import accept, decide, propose
from insek_core.exchange.source import store_of_workbook
from insek_core.exchange.workbook.intake import take_in
from insek_core.exchange.workbook.office import office_workbook
from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import digest, with_row, with_tables
from insek_core.plan.content import Return
from insek_core.plan.record import columns_of
from insek_core.rules.people.departments import RESPONSIBLE, departments, return_state, scope
from insek_core.storage.problems import StoreProblem
from insek_core.storage.store import Store

ON = date(2015, 6, 1)


def changed(plan: Plan, table: str, record: str, **values: object) -> Plan:
    # type: ignore[arg-type]
    rows = tuple(replace(row, **values) if row.id == record else row for row in plan.rows(table))
    return with_tables(plan, {table: rows})


def test_a_workbook_of_an_older_version_is_merged_by_cell(db: Path, example: Plan) -> None:
    store = Store(db)
    theirs = changed(example, "cost_items", "KO-01", note="neu geprüft")
    store.save(theirs, based_on=1, author="A", reason="r")
    mine = changed(example, "cost_items", "KO-01", low_cents=3_500_000)
    found = propose(store, [("m.xlsx", write_workbook(mine, 1))])
    assert [e.place for e in found.edits] == [("cost_items", "KO-01", "low_cents")]
    assert [e.place for e in found.since] == [("cost_items", "KO-01", "note")]
    assert found.written_from.number == 1 and found.conflicts == ()
    accept(store, found, author="B", reason="r", on=ON)
    assert store.load() == changed(theirs, "cost_items", "KO-01", low_cents=3_500_000)


def test_a_cell_changed_on_both_sides_is_decided_not_guessed(db: Path, example: Plan) -> None:
    store = Store(db)
    store.save(changed(example, "cost_items", "KO-01", note="gespeichert"), based_on=1, author="A", reason="r")
    found = propose(store, [("m.xlsx", write_workbook(changed(example, "cost_items", "KO-01", note="Mappe"), 1))])
    assert [(own.new, saved.new) for own, saved in found.conflicts] == [("Mappe", "gespeichert")]
    assert decide(found, ()).cost_items[0].note == "gespeichert"
    assert decide(found, (0,)).cost_items[0].note == "Mappe"


def test_an_office_gets_only_its_rows_and_changes_only_them(db: Path, example: Plan) -> None:
    store = Store(db)
    for office in departments(example):
        data = office_workbook(example, 1, office.id, origin_of(store, store.head))
        sheets = {kind.sheet for kind in TABLES.values()} & set(load_workbook(io.BytesIO(data)).sheetnames)
        assert sheets == {TABLES[table].sheet for table in RESPONSIBLE if scope(example, office.id).rows(table)}
        found = propose(store, [("ruecklauf.xlsx", data)])
        assert found.plan == example and found.findings == ()
        assert found.offices == ((office.id, False),)


def edit_of(dice: random.Random, plan: Plan, office: str) -> Plan:
    """The plan after one edit an office may make: a note or a removal of a row nobody refers to."""
    own = [row for table in RESPONSIBLE for row in scope(plan, office).rows(table)]
    row = dice.choice(own)
    if row.table == "staff_days" and dice.random() < 0.4:
        return with_tables(plan, {row.table: tuple(r for r in plan.rows(row.table) if r.id != row.id)})
    field = dice.choice(
        [c.name for c in columns_of(type(row)) if c.name in ("note", "source", "reason", "state", "lever")]
    )
    return changed(
        plan,
        row.table,
        row.id,
        **{field: dice.choice(["geprüft", "offen", "siehe Akte", "neu"]) + str(dice.randint(1, 3))},
    )


def held(edit: Difference, plan: Plan) -> bool:
    """Whether a plan holds an edit."""
    return apply_edits(plan, (edit,)) == plan


def test_random_edits_of_three_offices_are_in_the_result_or_in_the_conflicts(db: Path, example: Plan) -> None:
    dice = random.Random(41)
    store = Store(db)
    shared = changed(example, "statements", "OP-05", responsible="ORG-ASW")
    names = [office.id for office in departments(shared)]
    for _ in range(12 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 6):
        chosen = dice.sample(names, 3)
        plans = []
        for office in chosen:
            mine = example
            for _ in range(dice.randint(1, 4)):
                mine = edit_of(dice, mine, office) if any(scope(mine, office).rows(t) for t in RESPONSIBLE) else mine
            plans.append(mine)
        books = [(f"{o}.xlsx", office_workbook(p, 1, o)) for o, p in zip(chosen, plans, strict=True)]
        found = propose(store, books)
        assert found.plan is not None, [f.message for f in found.findings]
        for mine in plans:
            for edit in differences(example, mine):
                assert held(edit, found.plan) or any(own == edit for own, _ in found.conflicts), edit.sentence()


def test_two_offices_that_answer_for_one_row_meet_in_a_conflict(tmp_path: Path, example: Plan) -> None:
    both = ("ORG-SPA", "ORG-ASW")
    plan = changed(example, "tasks", "K1", responsible=both)
    store = Store.create(tmp_path / "beide.sqlite", plan, author="A", reason="r")
    found = propose(store, [(f"{o}.xlsx", office_workbook(changed(plan, "tasks", "K1", note=o), 1, o)) for o in both])
    assert [(own.new, saved.new) for own, saved in found.conflicts] == [(both[1], both[0])]


def test_the_return_list_knows_received_nil_and_late(db: Path, example: Plan) -> None:
    store = Store(db)
    office = departments(example)[0]
    accept(store, propose(store, [("r.xlsx", office_workbook(example, 1, office.id))]), author="A", reason="r", on=ON)
    entry = store.load().returns[0]
    assert (entry.office, entry.received_on, entry.nil_return) == (office.id, ON, True)
    sent = Return(id="R1", evidence="stated", office=office.id, sent_on=date(2015, 5, 1), due_on=date(2015, 5, 22))
    assert return_state(office, sent, date(2015, 5, 22)).state == "versandt"
    late = return_state(office, sent, date(2015, 5, 25))
    assert (late.state, late.days_late) == ("überfällig", 3)
    assert return_state(office, replace(sent, received_on=ON), date(2015, 7, 1)).state == "eingegangen"
    assert return_state(office, None, ON).state == "nicht versandt"


KILLED = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from insek_core.exchange.formats import Export, written
from insek_core.exchange.propose import accept, propose
from insek_core.storage.store import Store
store, data = Store(sys.argv[1]), Path(sys.argv[2]).read_bytes()
found = propose(store, [("m.xlsx", data)])
print("bereit", flush=True)
sys.stdin.readline()
accept(store, found, author="A", reason="r", on=date(2015, 6, 1))
print("fertig", flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_killed_in_the_middle_of_an_import_again_and_again_it_is_old_or_new(
    db: Path, example: Plan, tmp_path: Path
) -> None:
    new = changed(example, "cost_items", "KO-01", note="neu")
    (book := tmp_path / "m.xlsx").write_bytes(write_workbook(new, 1))
    whole = db.read_bytes()
    dice, ends = random.Random(9), set()
    for n in range(20 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 5):
        target = tmp_path / f"{n}.sqlite"
        target.write_bytes(whole)
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(target), str(book)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdin and child.stdout
        assert child.stdout.readline().strip() == "bereit"
        child.stdin.write("\n")
        child.stdin.flush()
        time.sleep(dice.uniform(0, 0.06))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        store = Store(target)
        plan = store.load()
        assert store.db.conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert plan in (example, new) and store.head.digest == digest(plan)
        ends.add(plan == new)
    assert ends  # which of the two it is depends on the moment


def test_a_workbook_as_source_is_read_only_and_a_change_is_noticed(example: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(write_workbook(example, 1))
    store = store_of_workbook(path)
    assert store.load() == example and store.read_only
    with pytest.raises(StoreProblem, match="schreibgeschützt"):
        store.save(example, based_on=1, author="A", reason="r")
    path.write_bytes(write_workbook(other := changed(example, "cost_items", "KO-01", note="neu"), 1))
    assert store_of_workbook(path).load() == other
    path.write_bytes(b"Kennung;Betrag\n")
    with pytest.raises(StoreProblem, match="CSV"):
        store_of_workbook(path)


def test_a_workbook_written_while_another_saves_names_the_version_it_holds(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other, read = Store(db), Store(db), Store._read_rows
    before = store.load()

    def while_another_saves(self: Store, table: str) -> list[dict[str, object]]:
        rows = read(self, table)
        if self is store and other.head.number == 1:
            changed = replace(before.cost_items[0], amount_cents=1)
            other.save(with_row(before, "cost_items", changed), based_on=1, author="Bo", reason="dazwischen")
        return rows

    monkeypatch.setattr(Store, "_read_rows", while_another_saves)
    data = written(Path("plan.xlsx"), Export(store, date(2015, 6, 1)))
    found = take_in(data, before)
    assert (found.version, found.plan) == (1, before) and other.head.number == 2
