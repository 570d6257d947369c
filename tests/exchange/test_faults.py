"""All errors of a workbook in one go, each at the cell that was changed; what follows from another is marked."""

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from insek_core.exchange.workbook.envelope import NotAWorkbook, check_envelope
from insek_core.exchange.workbook.intake import Intake, interpret
from insek_core.exchange.workbook.sheets import parse_sheets
from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import Plan
from tests.exchange.broken_books import edited


@pytest.fixture(scope="module")
def good(example: Plan) -> bytes:
    return write_workbook(example, 1)


def taken(good: bytes, example: Plan, change: Callable[[Workbook], Any]) -> Intake:
    return interpret(parse_sheets(edited(good, change)), example)


def errors(found: Intake) -> list[tuple[str, str, bool]]:
    """Sheet, cell and whether it follows from another, of each error."""
    told = [f for f in found.findings if f.level == "error"]
    return [(f.sheet, f.cell, f.message.startswith("Folgefehler von ")) for f in told]


def test_merged_cells_are_an_error_in_the_table_and_none_above_it(good: bytes, example: Plan) -> None:
    found = taken(good, example, lambda book: book["Phasen"].merge_cells("D2:D5"))
    assert found.plan is None and errors(found) == [("Phasen", "D2:D5", False)]

    def title(book: Workbook) -> None:
        book["Kalender"].insert_rows(1)
        book["Kalender"]["A1"] = "Freie Tage"
        book["Kalender"].merge_cells("A1:D1")

    assert taken(good, example, title).plan == example


@pytest.mark.parametrize(
    ("sheet", "name"),
    [("Phasen", "Phasen 2015"), ("Kostenpositionen", "Kosten"), ("Ziele", "Tabelle3"), ("Gremien", "Gremiem")],
)
def test_a_renamed_sheet_is_a_warning_that_names_it_and_the_table(
    sheet: str, name: str, good: bytes, example: Plan
) -> None:
    found = taken(good, example, lambda book: setattr(book[sheet], "title", name))
    assert [(f.level, f.sheet) for f in found.findings] == [("warning", name)]
    assert f"„{name}“" in found.findings[0].message and f"gemeint ist wohl „{sheet}“" in found.findings[0].message
    assert found.plan == example


def test_a_sheet_of_ones_own_is_a_notice(good: bytes, example: Plan) -> None:
    found = taken(good, example, lambda book: book.create_sheet("Notizen").append(["bitte", "anrufen"]))
    assert [f.level for f in found.findings] == ["notice"] and found.plan == example


def test_errors_of_cells_and_of_the_plan_are_told_in_one_go(good: bytes, example: Plan) -> None:
    def change(book: Workbook) -> None:
        book["Kostenpositionen"]["F2"] = "12,5.0"  # no amount
        book["Phasen"]["B2"] = None  # a required name
        book["Förderzuordnung"]["B2"] = "GIBTSNICHT"  # a reference to nothing
        book["Arbeitsschritte"]["I2"] = "nie"  # no day

    found = taken(good, example, change)
    assert ("Kostenpositionen", "F2", False) in errors(found) and ("Förderzuordnung", "B2", False) in errors(found)
    assert {sheet for sheet, _, _ in errors(found)} == {
        "Kostenpositionen",
        "Phasen",
        "Förderzuordnung",
        "Arbeitsschritte",
    }
    assert not any(follows for *_, follows in errors(found))


def test_a_changed_id_is_told_where_it_was_changed_and_what_follows_is_marked(good: bytes, example: Plan) -> None:
    found = errors(taken(good, example, lambda book: book["Phasen"].__setitem__("A2", "P1-neu")))
    assert found[0] == ("Phasen", "A2", False)
    assert len(found) > 10 and all(follows for *_, follows in found[1:])


def test_an_emptied_id_and_a_deleted_row_too(good: bytes, example: Plan) -> None:
    emptied = errors(taken(good, example, lambda book: book["Phasen"].__setitem__("A2", None)))
    assert emptied[0] == ("Phasen", "A2", False) and all(follows for *_, follows in emptied[1:])
    deleted = taken(good, example, lambda book: book["Phasen"].delete_rows(2))
    assert errors(deleted)[0] == ("Phasen", "", False) and all(follows for *_, follows in errors(deleted)[1:])
    assert "(P1) fehlt" in next(f.message for f in deleted.findings)


def test_an_id_given_twice_is_told_at_the_second_row(good: bytes, example: Plan) -> None:
    found = errors(taken(good, example, lambda book: book["Kostenpositionen"].__setitem__("A3", "KO-01")))
    assert [place for *place, follows in found if not follows] == [["Kostenpositionen", "A3"]]


def test_a_broken_order_is_told_at_the_amount_that_was_changed(good: bytes, example: Plan) -> None:
    found = errors(taken(good, example, lambda book: book["Kostenpositionen"].__setitem__("F2", 10**7)))
    assert found == [("Kostenpositionen", "F2", False)]


def test_what_follows_from_an_unread_cell_of_its_row_says_so(good: bytes, example: Plan) -> None:
    def change(book: Workbook) -> None:
        book["Kostenpositionen"]["F2"] = "zwölf"
        book["Kostenpositionen"]["G2"] = 10**7

    assert errors(taken(good, example, change)) == [
        ("Kostenpositionen", "F2", False),
        ("Kostenpositionen", "G2", False),
    ]


def test_a_far_cell_is_refused_before_the_workbook_is_parsed(good: bytes) -> None:
    for cell in ("A900000", "XFD1", "PA7"):
        data = edited(good, lambda book, cell=cell: book["Phasen"].__setitem__(cell, "=1+1"))  # type: ignore[misc]
        with pytest.raises(NotAWorkbook, match=f"Blatt Phasen: Die Zelle {cell} liegt weit außerhalb"):
            check_envelope(data)

    def formatted(book: Workbook) -> None:
        book["Phasen"]["A900000"].number_format = "0.00"

    check_envelope(edited(good, formatted))  # an empty cell that only looks different is none


def test_no_warning_of_a_library_reaches_the_console(good: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    from insek_core.exchange.workbook.sheets import read_sheets
    from tests.exchange.broken_books import repacked

    odd = b'<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"/></extLst></worksheet>'  # openpyxl warns of it
    data = repacked(good, lambda n, d: d.replace(b"</worksheet>", odd) if n == "xl/worksheets/sheet3.xml" else d)
    assert read_sheets(data)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")
