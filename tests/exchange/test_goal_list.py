"""A list of goal texts becomes goals: levels in every form, each line the goal it is, nothing lost, faults told."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Alignment
from small import goal, serves

from insek_core.change.difference import differences
from insek_core.exchange.goallist.intake import SKIPPED, ListChoice, goals_reader, list_name, take_goals
from insek_core.exchange.goallist.match import number_in
from insek_core.exchange.goallist.reading import GoalList, read_list
from insek_core.exchange.propose import accept, propose
from insek_core.exchange.workbook.intake import Intake
from insek_core.exchange.workbook.write import write_workbook
from insek_core.plan import Plan
from insek_core.plan.content import Goal, SectorPlan, Setting
from insek_core.plan.errors import Problem
from insek_core.rules.goals.system import goal_system
from insek_core.rules.situation import goals_sentence
from insek_core.storage.store import Store

ON = date(2015, 6, 1)
NUMBERS = """Anlage 1: Ziele
1. Lebensqualität
1.1 Kurze Wege im Alltag sichern
1.2 Mehr Grün in dicht bebauten Quartieren
2. Soziale Stabilität
2.1 Bezahlbares Wohnen erhalten
2.2 Gute Schulen in allen Ortsteilen
"""
TREE = [(1, "Leben"), (2, "Wege"), (3, "Bus"), (2, "Grün"), (1, "Arbeit"), (2, "Firmen")]
NAMED = Plan(settings=(Setting(id="goal_texts_in", name="Worin", value="Anlage 1", evidence="stated"),))


def tree(found: GoalList) -> list[tuple[int, str]]:
    return [(one.level, one.line.text) for one in found.lines]


def of_text(text: str) -> GoalList:
    return read_list("Liste.txt", text.encode())


def book(rows: Sequence[Sequence[Any]], indents: dict[str, int] | None = None) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cell, indent in (indents or {}).items():
        sheet[cell].alignment = Alignment(indent=indent)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def taken(plan: Plan, text: str, **choice: Any) -> Intake:
    return take_goals(plan, of_text(text), ListChoice(**choice), ON)


def after(plan: Plan, text: str, **choice: Any) -> Plan:
    found = taken(plan, text, **choice)
    assert found.plan, found.findings
    return found.plan


def new(before: Plan, then: Plan) -> list[Goal]:
    return [row for row in then.goals if row.id not in before.by_id]


@pytest.mark.parametrize(
    "text",
    [
        "1. Leben\n1.1 Wege\n1.1.1 Bus\n1.2 Grün\n2. Arbeit\n2.1 Firmen",
        "1\tLeben\n1.1\tWege\n1.1.1\tBus\n1.2\tGrün\n2\tArbeit\n2.1\tFirmen",
        "I. Leben\nA. Wege\na) Bus\nB. Grün\nII. Arbeit\nA. Firmen",
        "1. Leben\n- Wege\n  - Bus\n- Grün\n2. Arbeit\n- Firmen",
        "Leben\n\tWege\n\t\tBus\n\tGrün\nArbeit\n\tFirmen",
        "Leben\n• Wege\n◦ Bus\n• Grün\nArbeit\n• Firmen",
        "Zielbereich 1: Leben\nZiel 1.1: Wege\nTeilziel 1.1.1: Bus\nZiel 1.2: Grün\nZielbereich 2: Arbeit\n2.1 Firmen",
        "Zielsystem\n\n1.\nLeben\n1.1\nWege\n1.1.1\nBus\n1.2\nGrün\n2.\nArbeit\n2.1\nFirmen\n",
    ],
)
def test_numbers_bullets_and_indents_are_levels(text: str) -> None:
    assert tree(of_text(text)) == TREE


@pytest.mark.parametrize(
    "data",
    [
        book([("Nr.", "Ziel"), *zip(("1", "1.1", "1.1.1", "1.2", "2", "2.1"), (t for _, t in TREE), strict=True)]),
        book([("Ebene", "Text"), *TREE]),
        book([(text,) for _, text in TREE], {"A2": 1, "A3": 2, "A4": 1, "A6": 1}),
        book([(f"{'   ' * (level - 1)}{text}",) for level, text in TREE]),
        book([("",) * (level - 1) + (text,) for level, text in TREE]),
        book([(n, text) for n, text in zip(("1", 1.1, "1.1.1", 1.2, 2, 2.1), (t for _, t in TREE), strict=True)]),
    ],
)
def test_a_sheet_says_levels_by_number_level_indent_or_column(data: bytes) -> None:
    assert tree(read_list("Ziele.xlsx", data)) == TREE


def test_columns_that_are_named_are_kinds_and_what_is_repeated_goes_on() -> None:
    found = read_list("z.xlsx", book([("Zielbereich", "Ziel"), ("Leben", "Wege"), ("Leben", "Grün"), (None, "Bus")]))
    assert [(one.level, one.line.kind, one.line.text) for one in found.lines] == [
        (1, "Zielbereich", "Leben"),
        (2, "Ziel", "Wege"),
        (2, "Ziel", "Grün"),
        (2, "Ziel", "Bus"),
    ]


def test_a_table_that_was_copied_out_of_a_workbook_is_read_as_one() -> None:
    found = of_text("Nr.\tZielbereich\tZiel\n1\tLeben\t\n1.1\t\tWege\n1.10\tLeben\tGrün\n")
    assert [(one.level, one.line.kind, one.line.number, one.line.text) for one in found.lines] == [
        (1, "Zielbereich", "1", "Leben"),
        (2, "Ziel", "1.1", "Wege"),
        (2, "Ziel", "1.10", "Grün"),
    ]
    assert found.lines[2].line.place == "Blatt Liste.txt, Zelle C4"


def test_wrapped_lines_are_one_goal_and_a_column_beside_is_told() -> None:
    wrapped = "1. Leben in der Stadt,\ndie alle trägt\n2. Grün- und\nFreiflächen verbin-\nden"
    assert tree(of_text(wrapped)) == [(1, "Leben in der Stadt, die alle trägt"), (1, "Grün- und Freiflächen verbinden")]
    told = read_list("z.xlsx", book([("Ziel", "Warum"), ("Wege", "weil"), ("Grün", "darum")])).findings
    assert [(f.level, f.cell) for f in told] == [("notice", "B2")] and "„Warum“ (2 Zellen)" in told[0].message


def test_lines_become_goals_below_their_areas_with_their_place_as_source(example: Plan) -> None:
    plan = after(example, NUMBERS)
    rows = new(example, plan)
    assert [(row.name, row.kind, row.parent) for row in rows] == [
        ("Kurze Wege im Alltag sichern", "Ziel", "Z3"),
        ("Mehr Grün in dicht bebauten Quartieren", "Ziel", "Z3"),
        ("Bezahlbares Wohnen erhalten", "Ziel", "Z4"),
        ("Gute Schulen in allen Ortsteilen", "Ziel", "Z4"),
    ]
    assert [row.source for row in rows][:2] == ["Anlage 1, Nr. 1.1, Zeile 3", "Anlage 1, Nr. 1.2, Zeile 4"]
    assert {row.evidence for row in rows} == {"stated"} and rows[0].evidence_of("kind") == "derived"


def test_the_stand_in_areas_are_kept_and_the_missing_annex_is_missing_no_more(example: Plan) -> None:
    plan = after(example, NUMBERS)
    area = next(row for row in plan.goals if row.id == "Z3")
    assert (area.name, area.evidence, area.evidence_of("name")) == ("Lebensqualität", "external", "stated")
    assert {edit.record for edit in differences(example, plan) if edit.kind == "removed"} == set()
    told = goals_sentence(goal_system(plan)).text
    assert "liegen nicht vor" not in told and told.startswith("Von 6 Zielen")
    assert not any("nicht vor" in row.note for row in plan.goals)
    annex = next(row for row in plan.documents if row.title.startswith("Anlage 1"))
    assert (annex.presence, annex.note) == ("liegt vor", "")
    point = next(row for row in plan.statements if "liegen nicht vor" in row.text)
    assert point.settled_on == ON


def test_what_was_judged_for_an_area_that_stood_in_is_told_to_count_no_more(example: Plan) -> None:
    (told,) = [f for f in taken(example, NUMBERS).findings if f.table == "contributions"]
    judged = sum(c.goal in ("Z3", "Z4") for c in example.contributions)
    assert told.level == "warning" and told.message.startswith(f"{judged} Zielbeiträge gelten Zielbereichen")
    assert not [f for f in taken(after(example, NUMBERS), NUMBERS).findings if f.table == "contributions"]


def test_a_plan_that_names_its_annex_otherwise_cites_it_so() -> None:
    plan = replace(NAMED, settings=(replace(NAMED.settings[0], value="Zielpapier 2031"),))
    assert after(plan, "Wege").goals[0].source == "Zielpapier 2031, Zeile 1"
    assert list_name(Plan()) == "Zielliste"


def test_a_reworded_line_is_a_change_of_its_goal_by_number_first_then_by_close_words() -> None:
    before = after(NAMED, NUMBERS)
    text = NUMBERS.replace("Kurze Wege im Alltag sichern", "Alles in der Nähe finden")
    text = text.replace("2.2 Gute Schulen in allen Ortsteilen", "2.7 Gute Schulen in allen Stadtteilen")
    found = taken(before, text)
    assert found.plan and not new(before, found.plan)
    changed = {(edit.label, edit.field) for edit in differences(before, found.plan)}
    assert {label for label, field in changed if field == "name"} == {
        "Alles in der Nähe finden",
        "Gute Schulen in allen Stadtteilen",
    }
    told = {f.level: f.message for f in found.findings if f.message.startswith("Zeile")}
    assert "ganz anderer Text" in told["warning"] and "bisher „Kurze Wege" in told["warning"]
    assert any("Ähnlicher Wortlaut" in f.message and "bisher „Gute Schulen" in f.message for f in found.findings)


def test_a_goal_put_in_between_renames_no_other() -> None:
    before = after(NAMED, NUMBERS)
    text = NUMBERS.replace("1.2 Mehr", "1.2 Bäder öffnen\n1.3 Mehr")
    plan = after(before, text)
    assert [row.name for row in new(before, plan)] == ["Bäder öffnen"]
    assert not [edit for edit in differences(before, plan) if edit.kind != "added"]


def test_what_the_list_no_longer_has_stays_unless_it_is_whole_and_nothing_names_it() -> None:
    before = after(NAMED, NUMBERS)
    school = next(row for row in before.goals if row.name.startswith("Gute"))
    home = next(row for row in before.goals if row.name.startswith("Bezahlbares"))
    plans = (SectorPlan(id="F", name="Wohnen", kind="Fachteil", evidence="stated"),)
    before = replace(before, sector_plans=plans, contributions=(serves("F", home.id, 1),))
    less = "\n".join(NUMBERS.splitlines()[:5])
    kept = taken(before, less)
    assert kept.plan and kept.plan.goals == before.goals
    assert sum("steht nicht in der Liste und bleibt" in f.message for f in kept.findings) == 2
    gone = after(before, less, whole=True)
    assert school.id not in gone.by_id and home.id in gone.by_id


def test_the_reader_says_what_each_level_is_and_what_is_left_out() -> None:
    plan = after(NAMED, NUMBERS, kinds=("Orientierung", "Arbeitsgrundsatz"))
    assert [row.kind for row in plan.goals][:2] == ["Orientierung", "Arbeitsgrundsatz"]
    flat = after(NAMED, NUMBERS, kinds=(SKIPPED, "Ziel"))
    assert len(flat.goals) == 4 and {row.parent for row in flat.goals} == {""}


def test_a_list_goes_the_way_of_every_import(db: Any) -> None:
    store = Store(db)
    reader = goals_reader(ListChoice(), ON)
    files = [("Liste.txt", NUMBERS.encode())]
    proposal = propose(store, files, reader)
    assert proposal.plan and sum(edit.kind == "added" for edit in proposal.edits) == 4
    assert accept(store, proposal, author="A", reason="r", on=ON).number == 2
    again = propose(store, files, reader)
    assert again.plan and again.edits == () and again.conflicts == ()


WORDS = st.text("abcdefghijklmnoprstuvw", min_size=3, max_size=9).map(str.capitalize)
SHAPES = st.lists(st.tuples(st.integers(1, 4), WORDS), min_size=1, max_size=12)


def _regular(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A tree without jumps, each text once: at most one level deeper than the line before."""
    done: list[tuple[int, str]] = []
    for n, (level, text) in enumerate(rows):
        done.append((min(level, done[-1][0] + 1 if done else 1), f"{text} {'abcdefghijkl'[n]}x"))
    return done


def _numbers(rows: list[tuple[int, str]]) -> str:
    at, lines = [0] * 5, list[str]()
    for level, text in rows:
        at = [*at[: level - 1], at[level - 1] + 1, *([0] * (5 - level))]
        lines.append(f"{'.'.join(map(str, at[:level]))}{'.' if level == 1 else ''} {text}")
    return "\n".join(lines)


@settings(max_examples=25)
@given(SHAPES)
def test_numbers_tabs_and_level_columns_say_the_same_tree_and_reading_twice_changes_nothing(
    rows: list[tuple[int, str]],
) -> None:
    rows = _regular(rows)
    tabs = "\n".join("\t" * (level - 1) + text for level, text in rows)
    assert tree(of_text(_numbers(rows))) == tree(of_text(tabs)) == rows
    for text in (_numbers(rows), tabs):
        once = after(NAMED, text)
        assert after(once, text) == once and len(once.goals) == len(rows)


FAULTS: list[tuple[str, bytes]] = [
    ("leer.txt", b""),
    ("leer2.txt", b" \n\t\n"),
    ("nummern.txt", b"1.\n1.1\n2."),
    ("striche.txt", b"---\n***\n"),
    ("ziffern.txt", b"2015\n2016"),
    ("doppelt.txt", b"1. A a\n1. B b"),
    ("zweimal.txt", "Wege\nGrün\nWege".encode()),
    ("ohne_text.txt", "1. Leben\n1.1\n1.2 Grün".encode()),
    ("lang.txt", b"1. " + b"wort " * 400),
    ("viele.txt", b"\n".join(b"- Ziel %d x" % n for n in range(1_200))),
    ("riesig.txt", b"Ziel " * 90_000),
    ("tief.txt", "\n".join("\t" * n + f"Ziel {'abcdefgh'[n]}" for n in range(8)).encode()),
    ("latin.txt", "Grün".encode("latin-1")),
    ("pdf.txt", b"%PDF-1.7 Ziele"),
    ("rtf.txt", b"{\\rtf1 Ziele}"),
    ("html.txt", b"<html><body>Ziele</body></html>"),
    ("xml.txt", b"<?xml version='1.0'?><Project/>"),
    ("null.txt", b"Ziel\x00\x01\x02"),
    ("kaputt.xlsx", b"PK\x03\x04 nichts"),
    ("text.xlsx", b"Ziel;Art"),
    ("alt.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ("leer.xlsx", book([])),
    ("zahlen.xlsx", book([(1, 2), (3, 4)])),
    ("spalten.xlsx", book([("Leben", "etwas"), ("Wege", "anderes"), ("Grün", "mehr")])),
    ("ebene.xlsx", book([("Ebene", "Text"), (1, "Leben"), ("x", "Wege")])),
    ("art.xlsx", book([("Art", "Text"), ("Ziel", "Leben"), ("Quatsch", "Wege")])),
    ("datum.xlsx", book([("Nr.", "Ziel"), (date(2015, 2, 1), "Leben")])),
    ("datumstext.xlsx", book([("Ziel",), (date(2015, 2, 1),), ("Leben",)])),
    ("zehn.xlsx", book([("Nr.", "Ziel"), (1.1, "Leben"), (1.10, "Wege")])),
    ("formel.xlsx", book([("Ziel",), ("=A9",), ("Leben",)])),
    ("fehler.xlsx", book([("Ziel",), ("#REF!",), ("Leben",)])),
    ("wahr.xlsx", book([("Ziel",), (True,), ("Leben",)])),
    ("nummer.xlsx", book([("Nr.", "Ziel"), ("1.1", None), ("1.2", "Wege")])),
    ("eigene.xlsx", write_workbook(Plan(goals=(goal("Z1"),)), 1, tables=("goals",))),
]


@pytest.mark.parametrize("name, data", FAULTS, ids=[name for name, _ in FAULTS])
def test_a_broken_list_is_told_in_german_and_changes_nothing(name: str, data: bytes) -> None:
    try:
        found = take_goals(NAMED, read_list(name, data), ListChoice(), ON)
    except Problem as problem:
        assert problem.what and problem.remedy
        return
    told = [f for f in found.findings if f.level == "error"]
    assert found.plan is None and told and all(f.message and f.remedy for f in told), found.findings


@settings(max_examples=30)
@given(st.text(st.characters(codec="utf-8"), max_size=120))
def test_whatever_is_pasted_no_line_is_lost_and_nothing_breaks(text: str) -> None:
    try:
        found = take_goals(NAMED, read_list("Eingefügt", text.encode()), ListChoice(), ON)
    except Problem as problem:
        assert problem.german
        return
    assert found.plan is not None or any(f.level == "error" for f in found.findings)
    if found.plan:
        assert after(found.plan, text) == found.plan


def test_a_number_is_read_out_of_a_source() -> None:
    assert [number_in(s) for s in ("Anlage 1, Nr. 1.2 a), Zeile 7", "SEKo; Wortlaut: A, Nr. 3, Zeile 1", "Z. 5")] == [
        "1.2 a)",
        "3",
        "",
    ]
