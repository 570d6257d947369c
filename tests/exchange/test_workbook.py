"""A workbook goes out and in and nothing is lost or guessed."""

import hashlib
import io
import os
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from insek_core.change.difference import differences
from insek_core.exchange.propose import propose
from insek_core.exchange.workbook.envelope import NotAWorkbook
from insek_core.exchange.workbook.intake import take_in
from insek_core.exchange.workbook.sheets import read_sheets
from insek_core.exchange.workbook.write import DICTIONARY, HINTS, write_workbook
from insek_core.plan import TABLES, Plan
from insek_core.plan.record import columns_of
from insek_core.storage.store import Store
from tests.exchange.broken_books import edited, faulty_sheets, foreign_files, repacked, sheet_of
from tests.plans import plans

FUZZING = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"


@pytest.fixture(scope="module")
def good(example: Plan) -> bytes:
    return write_workbook(example, 1)


def errors(data: bytes, base: Plan) -> list[str]:
    try:
        found = take_in(data, base)
    except NotAWorkbook as problem:
        return [problem.german]
    assert (found.plan is None) == any(f.level == "error" for f in found.findings)
    return [f.message for f in found.findings if f.level == "error"]


def test_the_example_goes_out_and_in_unchanged(good: bytes, example: Plan) -> None:
    found = take_in(good, example)
    assert found.findings == ()
    assert found.plan == example
    assert found.version == 1


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans())
def test_any_plan_goes_out_and_in_unchanged(plan: Plan) -> None:
    found = take_in(write_workbook(plan, 1), plan)  # what contradicts itself before is no new error
    assert [f.message for f in found.findings if f.level == "error"] == []
    assert found.plan == plan


def test_every_table_has_its_sheet_with_headings_notes_and_filter(good: bytes) -> None:
    book = load_workbook(io.BytesIO(good))
    assert book.sheetnames[0] == HINTS and DICTIONARY in book.sheetnames
    for kind in TABLES.values():
        sheet = book[kind.sheet]
        assert [cell.value for cell in sheet[1]] == [c.heading for c in columns_of(kind)]
        assert all(cell.comment for cell in sheet[1])
        assert sheet.freeze_panes and sheet.auto_filter.ref


def test_choices_and_references_have_dropdowns(good: bytes) -> None:
    sheet = load_workbook(io.BytesIO(good))["Kostenpositionen"]
    assert {r.formula1.split("!")[0] for r in sheet.data_validations.dataValidation} >= {"'Listen'"}
    bases = load_workbook(io.BytesIO(good))["Förderzuordnung"]
    assert any("Kostenpositionen" in r.formula1 for r in bases.data_validations.dataValidation)


def test_text_that_starts_like_a_formula_stays_text(example: Plan) -> None:
    item = replace(example.cost_items[0], name="=SUMME(A1:A2)", note="+49 341")
    plan = replace(example, cost_items=(item, *example.cost_items[1:]))
    data = write_workbook(plan, 1)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(n) for n in archive.namelist() if "worksheets/" in n)
    assert take_in(data, example).plan == plan


def test_title_rows_order_of_columns_and_spaces_do_not_matter(example: Plan) -> None:
    base = Plan(
        cost_items=tuple(replace(item, bound_to="", low_cents=None, high_cents=None) for item in example.cost_items)
    )
    rows = [
        ["Kostenplan 2015"],
        [],
        ["  Betrag ", "kennung", "Bezeichnung"],
        ["60 T€", "KO-01", " Bilanz "],
        ["Summe", None, None],
    ]
    found = take_in(sheet_of(rows), base)
    assert [f.message for f in found.findings if f.level == "error"] == []
    assert found.plan is not None
    first = found.plan.cost_items[0]
    assert (first.amount_cents, first.name, first.source) == (6_000_000, "Bilanz", example.cost_items[0].source)
    assert len(found.plan.cost_items) == 1  # missing rows are removals
    assert any("Summenzeile" in f.message and f.cell == "A5" for f in found.findings)


def test_a_missing_sheet_leaves_its_table_and_an_unknown_column_is_said(example: Plan) -> None:
    found = take_in(
        sheet_of(
            [["Kennung", "Name", "Ampel"], ["P1", "Bilanzphase", "grün"], ["P2", "K", ""], ["P3", "A", ""]], "Phasen"
        ),
        example,
    )
    assert found.plan is not None
    assert found.plan.tasks == example.tasks and found.plan.phases[0].end == example.phases[0].end
    assert any("Ampel" in f.message and f.cell == "C1" for f in found.findings)


def test_stored_values_of_formulas_count_and_hidden_parts_are_said(good: bytes, example: Plan) -> None:
    def hide(book):  # type: ignore[no-untyped-def]
        book["Phasen"].row_dimensions[2].hidden = True
        book["Ziele"].sheet_state = "hidden"

    found = take_in(edited(good, hide), example)
    told = [f.message for f in found.findings]
    assert any("Zeile ist ausgeblendet" in m for m in told) and any("Blatt ist ausgeblendet" in m for m in told)
    assert found.plan == example


BROKEN = [name for name, _, _ in (*foreign_files(write_workbook(Plan(), 1)), *faulty_sheets(write_workbook(Plan(), 1)))]


def test_there_are_at_least_sixty_broken_files() -> None:
    assert len(set(BROKEN)) == len(BROKEN) >= 60


def test_each_broken_file_is_named_by_its_problem_and_changes_nothing(db: Path, good: bytes, example: Plan) -> None:
    store = Store(db)
    seal = hashlib.sha256(store.backup_bytes()).hexdigest()
    for name, data, words in (*foreign_files(good), *faulty_sheets(good)):
        begun = time.monotonic()
        told = propose(store, [(f"{name}.xlsx", data)])
        assert told.plan is None, name
        assert any(words in f.message and f.level == "error" for f in told.findings), (
            name,
            [f.message for f in told.findings][:3],
        )
        assert time.monotonic() - begun < 20, name
    assert hashlib.sha256(store.backup_bytes()).hexdigest() == seal


def test_parsing_ends_at_its_time(good: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("insek_core.exchange.workbook.sheets.MAX_SECONDS", -1.0)
    with pytest.raises(NotAWorkbook, match="wurde abgebrochen"):
        read_sheets(good)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_foreign_files_are_refused_within_bounds(good: bytes, tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom insek_core.exchange.workbook.envelope import "
        "NotAWorkbook, check_envelope\n"
        "data = Path(sys.argv[1]).read_bytes()\nt = time.monotonic()\n"
        "try:\n    check_envelope(data)\n    print('gelesen')\n"
        "except NotAWorkbook:\n    print(time.monotonic() - t)\n"
        "print(next(x.split()[1] for x in open('/proc/self/status') if x.startswith('VmHWM')))\n"
    )
    for name in ("zip-bombe", "zip-bombe-luegt", "viele-zellen", "viele-formate", "zu-gross"):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(next(data for n, data, _ in foreign_files(good) if n == name))
        seconds, kilobytes = map(
            float,
            subprocess.run(
                [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
            ).stdout.split(),
        )
        assert seconds < 2 and kilobytes < 300 * 1024, (name, seconds, kilobytes)


def mutated(data: bytes, dice: random.Random) -> bytes:
    """A workbook with a few cells set to something odd, or a few of its bytes changed."""
    odd = [
        "",
        "x",
        "=A1",
        "12,5.0",
        "1.234",
        -1,
        3.7,
        10**20,
        "9" * 5000,
        "31.12.9999",
        "FREQ=DAILY;INTERVAL=0",
        datetime(9999, 12, 31),
        "x" * 32_000,
        True,
        "#REF!",
        "Herbst",
        "2/3",
        "a;b",
        "\u200b",
        "ja",
        None,
        "KO-01",
        1e300,
    ]
    if dice.random() < 0.2:
        raw = bytearray(data)
        for _ in range(dice.randint(1, 30)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        return bytes(raw)
    if dice.random() < 0.1:
        number = dice.choice((b"1e999", b"-1e999", b"nan", b"9" * 5000, b"9" * 400, b"1e300", b"", b"0x10"))
        return repacked(
            data, lambda n, d: re.sub(rb"<v>[\d.]+</v>", b"<v>" + number + b"</v>", d) if "sheet" in n else d
        )

    def change(book):  # type: ignore[no-untyped-def]
        for _ in range(dice.randint(1, 6)):
            sheet = dice.choice(book.worksheets)
            far = dice.random() < 0.05
            at = (dice.choice((1_048_576, 59_999)), dice.choice((16_384, 399))) if far else (0, 0)
            sheet.cell(at[0] or dice.randint(1, 14), at[1] or dice.randint(1, 12)).value = dice.choice(odd)

    return edited(data, change)


@pytest.mark.hypothesis  # `make fuzz` tries them too: a thousand new ones
def test_fuzzed_workbooks_give_findings_never_a_traceback_or_half_an_import() -> None:
    from insek_core.storage.embedded import example_plan

    example = example_plan()
    few = ("organisations", "phases", "cost_items", "calendars", "settings")
    small = Plan(
        phases=example.phases,
        calendars=example.calendars,
        settings=example.settings,
        organisations=tuple(o for o in example.organisations if not o.department)[:9],
        cost_items=tuple(replace(item, bound_to="") for item in example.cost_items),
    )
    data, dice = write_workbook(small, 1, tables=few), random.Random(None if FUZZING else 20150520)
    for _ in range(1_000 if FUZZING else 36):
        book, begun = mutated(data, dice), time.monotonic()
        try:
            found = take_in(book, small)
        except NotAWorkbook as problem:
            assert problem.what and problem.remedy
            continue
        finally:
            assert time.monotonic() - begun < 10
        assert (found.plan is None) == any(f.level == "error" for f in found.findings)
        if found.plan is not None and not found.findings:
            differences(small, found.plan)


def test_libreoffice_opens_and_resaves_the_workbook_and_it_comes_in_unchanged(
    good: bytes, example: Plan, tmp_path: Path
) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "plan.xlsx").write_bytes(good)
    command = [
        office,
        f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(tmp_path / "neu"),
        str(tmp_path / "plan.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = take_in((tmp_path / "neu" / "plan.xlsx").read_bytes(), example)
    assert found.findings == ()
    assert found.plan == example and found.version == 1
