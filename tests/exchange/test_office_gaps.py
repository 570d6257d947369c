"""The workbook of an office with what its goals lack: it says what is missing and comes back filled; empty lines are
none.
"""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from insek_core.exchange.origin import origin_of
from insek_core.exchange.propose import accept, propose
from insek_core.exchange.workbook.office import TO_FILL, office_workbook
from insek_core.exchange.workbook.write import write_workbook
from insek_core.papers.lists import gap_list
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.content import Goal, Measure
from insek_core.rules.goals.gaps import Gap, GapFilter, gaps, matching
from insek_core.rules.goals.system import goal_system
from insek_core.storage.store import Store
from tests.exchange.broken_books import edited

ON = date(2015, 6, 1)
ROLE = "federführendes Fachamt"


@pytest.fixture
def store(db: Path) -> Store:
    """The example with a goal that nothing serves."""
    store = Store(db)
    bare = Goal(id="Z-9", name="Kurze Wege", kind="Ziel", parent="Z3", evidence="stated")
    store.save(with_row(store.load(), "goals", bare), based_on=1, author="A", reason="r")
    return store


def lacking(plan: Plan, office: str) -> tuple[Gap, ...]:
    return tuple(gap for gap in gaps(plan, goal_system(plan).ladders) if (gap.office or gap.from_whom) == office)


def book_of(store: Store, office: str) -> bytes:
    version, plan = store.newest()
    origin = origin_of(store, version)
    return office_workbook(plan, version.number, office, origin, lacking=lacking(plan, office), today=ON)


def sheets(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def fill(row_id: str, **values: Any) -> Callable[[Workbook], None]:
    """Write under these headings into the row of an id."""

    def change(book: Workbook) -> None:
        for sheet in book.worksheets:
            heads = {cell.value: cell.column for cell in sheet[1]}
            for (cell,) in sheet.iter_rows(min_row=2, max_col=1):
                if cell.value == row_id and "Kennung" in heads:
                    for heading, value in values.items():
                        sheet.cell(cell.row, heads[heading], value)

    return change


def test_the_workbook_says_what_is_missing_by_when_and_where_to_fill_it_in(store: Store) -> None:
    found = sheets(book_of(store, ROLE))
    head, *rows = found["Lücken"]
    assert head[:2] == ("Ziel", "Kennung")
    (row,) = [row for row in rows if row[1] == "Z-9" and row[2].startswith("keine Maßnahme")]
    assert row[5] == "offen" and row[6].startswith("Maßnahmen M-") and "; Zielbeiträge ZB-" in row[6]
    hints = {label: text for label, text, *_ in found["Hinweise"]}
    assert hints["Planstand (Version)"] == 2 and hints["Stichtag"] == "01.06.2015" and "Annahmen" in hints["Annahmen"]


@pytest.mark.parametrize("office", [ROLE, "ORG-ASW", "ORG-SPA", "ORG-AJFB"])
def test_a_workbook_that_comes_back_as_it_went_out_changes_nothing(store: Store, office: str) -> None:
    proposal = propose(store, [("r.xlsx", book_of(store, office))])
    assert proposal.plan is not None and proposal.edits == (), [f.message for f in proposal.findings]
    assert [f for f in proposal.findings if f.level != "notice"] == []


def test_a_filled_line_becomes_a_measure_that_serves_its_goal(store: Store) -> None:
    data = book_of(store, ROLE)
    (measure,) = [row for row in sheets(data)["Maßnahmen"][1:] if row[0] and "Kurze Wege" in str(row[-1])]
    data = edited(data, fill(str(measure[0]), Name="Wege ausbauen", Verantwortlich="ORG-VTA", Ende="2018"))
    proposal = propose(store, [("r.xlsx", data)])
    assert proposal.plan, proposal.findings
    made = proposal.plan.by_id[str(measure[0])]
    assert isinstance(made, Measure) and (made.name, made.note, made.evidence) == ("Wege ausbauen", "", "stated")
    (named,) = [c for c in proposal.plan.contributions if c.origin == made.id]
    assert (named.goal, named.weight, named.note) == ("Z-9", None, "")
    assert {edit.kind for edit in proposal.edits} == {"added"} and len(proposal.edits) == 2
    plan = accept(store, proposal, author="A", reason="r", on=ON) and store.load()
    assert not any(row.note.startswith(TO_FILL) for table in ("measures", "indicators") for row in plan.rows(table))


def test_two_offices_never_fill_the_same_line(store: Store) -> None:
    plan = store.load()
    offices = {gap.office or gap.from_whom for gap in gaps(plan, goal_system(plan).ladders)}
    files = [(f"{n}.xlsx", book_of(store, office)) for n, office in enumerate(sorted(offices))]
    proposal = propose(store, files)
    assert proposal.plan is not None, [f.message for f in proposal.findings if f.level == "error"]
    assert proposal.edits == () == proposal.conflicts


def test_a_list_says_version_day_filter_and_what_is_assumed(example: Plan) -> None:
    wanted = GapFilter(types=("kein Indikator",), area="Z4")
    shown = matching(gaps(example, goal_system(example).ladders), wanted)
    found = sheets(gap_list(example, ON, 7, wanted, shown))
    facts = {str(label): str(text) for label, text in found["Hinweise"]}
    assert (facts["Planstand"], facts["Stichtag"]) == ("Version 7", "01.06.2015")
    assert facts["Filter"] == "Art: kein Indikator; Zielbereich: Soziale Stabilität"
    assert facts["Annahmen"].startswith("1 dieser Lücken")
    assert len(found["Lücken"]) == 1 + len(shown) == 2
    assert (
        {row[0] for row in found["Leiter"][1:]} == {"Soziale Stabilität"} == {r[0] for r in found["Zielbeiträge"][1:]}
    )


def test_goals_measures_and_contributions_come_in_by_one_workbook(db: Path) -> None:
    store = Store(db)
    plan = store.load()
    tables = ("goals", "measures", "contributions")
    book = load_workbook(io.BytesIO(write_workbook(plan, 1, origin_of(store, store.head), tables=tables)))
    for sheet, values in (
        ("Ziele", {"Kennung": "Z-9", "Wortlaut": "Kurze Wege", "Art": "Ziel", "Gehört zu": "Z3", "Beleg": "genannt"}),
        (
            "Maßnahmen",
            {"Kennung": "M-9", "Name": "Wege", "Verantwortlich": "ORG-VTA", "Ende": "2018", "Beleg": "genannt"},
        ),
        ("Zielbeiträge", {"Kennung": "ZB-99", "Ziel": "Z-9", "Von": "M-9", "Gewicht": 3, "Beleg": "genannt"}),
    ):
        heads = [cell.value for cell in book[sheet][1]]
        book[sheet].append([values.get(str(head)) for head in heads])
    out = io.BytesIO()
    book.save(out)
    proposal = propose(store, [("ziele.xlsx", out.getvalue())])
    assert proposal.plan and [(edit.kind, edit.record) for edit in proposal.edits] == [
        ("added", "Z-9"),
        ("added", "M-9"),
        ("added", "ZB-99"),
    ]
    found = goal_system(proposal.plan)
    assert not found.texts_missing and "Z-9" in found.coverage.covered
