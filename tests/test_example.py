"""The embedded example is the whole council paper: every row present, every claim marked with how sure it is."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import decode_plan
from insek_core.plan.errors import Finding
from insek_core.plan.record import Record, columns_of

ROOT = Path(__file__).resolve().parents[1]
INVENTORY = ROOT.parent / "shared" / "INVENTORY.md"
PAPER = ROOT.parent / "shared" / "source" / "vorlage-fortschreibung-insek.txt"
PAPER_LINES = 300


def _read(table: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "leipzig" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load() -> tuple[Plan, list[Finding]]:
    return decode_plan({table: _read(table) for table in TABLES})


PLAN, FINDINGS = _load()
RECORDS: list[Record] = [row for table in TABLES for row in PLAN.rows(table)]
PHASES, CONDITIONS = "P1 P2 P3", "C0 C1 C2 C3 C4"
TASKS = "B1 B2 B2a B3 B4 B5 B6 K1 K2 K3 K4 K5 K6 A1 A2"
BODIES = "AE1 AE1a AE2 AE3 AE4 EE1 EE2 EE3 EE4"
STATED_IDS = {
    *PHASES.split(), *CONDITIONS.split(), "R1", "R2", *TASKS.split(), *BODIES.split(),
    *(f"F{i}" for i in range(8)), *(f"D{i}" for i in range(1, 17)), *(f"G{i}" for i in range(1, 20)),
    *(f"S{i}" for i in range(1, 10)), *(f"€{i}" for i in range(1, 14)),
}  # fmt: skip


def _numbers(text: str) -> list[int]:
    """The line numbers of "55, 188" and "87–89" (a range counts whole)."""
    lines: list[int] = []
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", text):
        lines += range(int(first), int(last or first) + 1)
    return lines


def _cited(record: Record) -> list[int]:
    """The lines of the paper that a record's source names ("Vorlage Z. 55, 188 (Zweck)")."""
    return [number for part in re.findall(r"\bZ\. (\d[\d–, ]*)", record.source) for number in _numbers(part)]


# --- files, ids, references ------------------------------------------------------------------------------------------


def test_every_file_reads_without_a_finding() -> None:
    assert FINDINGS == []


@pytest.mark.parametrize("table", TABLES)
def test_every_file_has_the_columns_of_its_table_in_order(table: str) -> None:
    header = (ROOT / "data" / "leipzig" / f"{table}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert header.split(",") == [column.name for column in columns_of(TABLES[table])]


@pytest.mark.parametrize("table", TABLES)
def test_every_file_has_unix_line_ends(table: str) -> None:
    assert b"\r" not in (ROOT / "data" / "leipzig" / f"{table}.csv").read_bytes()


def test_ids_are_unique_over_all_tables_and_free_of_separators() -> None:
    counted = Counter(record.id for record in RECORDS)
    assert [record_id for record_id, times in counted.items() if times > 1] == []
    assert [record_id for record_id in counted if re.search(r"[;=\s]", record_id)] == []


def test_every_reference_names_a_record_of_an_allowed_table() -> None:
    dangling = []
    for record in RECORDS:
        for column in columns_of(type(record)):
            value = getattr(record, column.name)
            for name in (value if isinstance(value, tuple) else (value,)) if column.tables and value else ():
                found = PLAN.by_id.get(name)
                if found is None or (column.tables != ("*",) and found.table not in column.tables):
                    dangling.append((record.id, column.name, name))
    assert dangling == []


def test_every_value_is_an_allowed_one() -> None:
    wrong = [
        (record.id, column.name, value)
        for record in RECORDS
        for column in columns_of(type(record))
        if column.allowed and (value := getattr(record, column.name)) and value not in column.allowed
    ]
    assert wrong == []


def test_everything_is_public() -> None:
    assert {record.visibility for record in RECORDS} == {"öffentlich"}


# --- completeness ----------------------------------------------------------------------------------------------------


def test_every_entity_of_the_paper_is_in_the_example() -> None:
    assert STATED_IDS - set(PLAN.by_id) == set()


def test_every_id_of_the_inventory_is_in_the_example() -> None:
    if not INVENTORY.exists():
        pytest.skip("the inventory of the paper is not at hand")
    sections = re.split(r"^## (\d+)\.", INVENTORY.read_text(encoding="utf-8"), flags=re.M)
    named = set(CONDITIONS.split())
    for number, body in zip(sections[1::2], sections[2::2], strict=True):
        if number in "12345689":
            cells = re.findall(r"^\| *([^|]*?) *\|", body, flags=re.M)
            named |= {cell.replace(" ", "") for cell in cells if re.fullmatch(r"[A-Z]{1,2}\d+[a-z]?|€ ?\d+", cell)}
    assert named >= STATED_IDS, "the inventory was not read whole"
    assert named - set(PLAN.by_id) == set()


def test_the_counts_of_the_paper_hold() -> None:
    kinds = Counter(row.kind for row in PLAN.sector_plans)
    assert kinds["Fachteil"] == 12
    assert kinds["Fachforumsthema"] == 9
    assert kinds["Querschnittsthema"] == kinds["Förderschwerpunkt"] == kinds["Baustein"] == 3
    assert kinds["Smart-City-Feld"] == 5
    assert len([goal for goal in PLAN.goals if re.fullmatch(r"G\d+", goal.id)]) == 19
    assert len([goal for goal in PLAN.goals if goal.kind == "Zielbereich"]) == 4


def test_the_project_group_has_eight_fields_with_its_office_and_four_on_occasion() -> None:
    group = [row for row in PLAN.memberships if row.body == "EE1"]
    regular = {row.organisation for row in group if row.presence == "regelmäßig"}
    assert len(regular) == 8 + 1 and "ORG-GS2020" in regular
    assert len([row for row in group if row.presence == "anlassbezogen"]) == 4


def test_both_levels_hold_the_bodies_of_the_paper() -> None:
    levels = {
        level: {b.id for b in PLAN.bodies if b.level == level} for level in ("Arbeitsebene", "Entscheidungsebene")
    }
    assert levels["Arbeitsebene"] == {"AE1", "AE1a", "AE2", "AE3", "AE4"}
    assert levels["Entscheidungsebene"] == {"EE1", "EE2", "EE3", "EE4", "EE5"}


def test_nine_quarterly_reports_and_four_closed_meetings_are_planned() -> None:
    series = Counter(meeting.series for meeting in PLAN.meetings)
    assert series["Quartalsbericht"] == 9
    assert series["Bürgermeisterklausuren"] == 4


def test_ranges_of_the_formats_stay_ranges() -> None:
    words = {row.id: (row.count and row.count.words, row.seats and row.seats.words) for row in PLAN.formats}
    assert words["F2"] == ("4–5", "ca. 30–40")
    assert words["F3"] == ("ca. 7", "max. 30–35")
    assert Counter(event.format for event in PLAN.events) == {"F1": 1, "F2": 4, "F3": 7, "F4": 4}


def test_the_missing_annexes_are_marked_missing() -> None:
    assert {row.id for row in PLAN.documents if row.presence == "fehlt"} == {"D6", "D7"}
    assert {row.id for row in PLAN.documents if row.presence == "liegt vor"} == {"D1"}


def test_tables_that_the_paper_cannot_fill_are_empty() -> None:
    assert not (PLAN.scenarios or PLAN.changes or PLAN.decisions or PLAN.bookings or PLAN.funds)


# --- money -----------------------------------------------------------------------------------------------------------


def test_costs_add_up_to_the_total_and_to_the_assumed_years() -> None:
    years: Counter[int | None] = Counter()
    for item in PLAN.cost_items:
        years[item.year] += item.amount_cents or 0
    assert years == {2015: 9_000_000, 2016: 9_000_000, 2017: 1_500_000}
    assert sum(years.values()) == 19_500_000


def test_every_cost_lies_between_its_bounds() -> None:
    assert all((i.low_cents or 0) <= (i.amount_cents or 0) <= (i.high_cents or 0) for i in PLAN.cost_items)


def test_budget_lines_carry_the_three_levels_of_the_paper() -> None:
    lines = {(b.from_year, b.to_year, b.kind, b.status): b.amount_cents for b in PLAN.budget_lines}
    assert lines == {
        (2015, 2016, "Ertrag", "veranschlagt"): 12_000_000,
        (2015, 2016, "Aufwand", "veranschlagt"): 18_000_000,
        (2017, 2017, "Ertrag", "anzumelden"): 1_000_000,
        (2017, 2017, "Aufwand", "anzumelden"): 1_500_000,
    }


def test_the_stated_figures_are_there_to_compare_with() -> None:
    figures = {row.figure: row.amount_cents for row in PLAN.statements if row.figure}
    assert figures == {
        "total_cents": 19_500_000,
        "grant_cents": 13_000_000,
        "own_share_cents": 6_500_000,
        "budget_own_share_cents": 6_000_000,
        "budget_income_cents": 12_000_000,
    }


def test_transfers_add_up_to_the_own_share() -> None:
    assert sum(row.amount_cents or 0 for row in PLAN.transfers) == 6_500_000


def test_every_cost_item_is_related_to_the_programme_once() -> None:
    assert Counter(row.cost_item for row in PLAN.funding_bases) == Counter(item.id for item in PLAN.cost_items)


# --- evidence --------------------------------------------------------------------------------------------------------


def test_amount_and_year_of_every_cost_are_assumed_and_its_purpose_is_stated() -> None:
    for item in PLAN.cost_items:
        assert {
            item.evidence_of(field) for field in ("amount_cents", "low_cents", "high_cents", "year", "bound_to")
        } == {"assumed"}
        assert item.evidence_of("purpose") == "stated"


def test_ceiling_and_financing_type_are_assumed_while_the_amount_is_stated() -> None:
    (programme,) = PLAN.programmes
    assert programme.evidence_of("cap_is_ceiling") == programme.evidence_of("financing") == "assumed"
    assert programme.evidence_of("rate_share") == "derived"
    assert programme.evidence_of("cap_cents") == "stated"
    assert programme.notice_on is None and not programme.notice_number


def test_durations_and_start_days_are_never_stated() -> None:
    for task in PLAN.tasks:
        for field in ("duration_days", "low_days", "high_days", "constraint_on", "deadline_on"):
            assert getattr(task, field) is None or task.evidence_of(field) in ("assumed", "derived"), (task.id, field)


def test_no_goal_text_is_invented() -> None:
    assert not [goal for goal in PLAN.goals if goal.kind == "Ziel"]
    assert {goal.evidence for goal in PLAN.goals if goal.kind == "Zielbereich"} == {"external"}


def test_every_stated_record_cites_the_paper() -> None:
    assert [
        r.id for r in RECORDS if r.evidence == "stated" and not (r.source.startswith("Vorlage Z. ") and _cited(r))
    ] == []


def test_every_external_record_names_a_source_beside_the_paper() -> None:
    external = [record for record in RECORDS if record.evidence == "external"]
    assert external
    assert [r.id for r in external if not r.source or r.source.startswith("Vorlage Z.")] == []


def test_no_record_is_without_a_source() -> None:
    assert [record.id for record in RECORDS if not record.source] == []


def test_field_evidence_names_only_filled_fields_and_only_where_it_differs() -> None:
    for record in RECORDS:
        for field, mark in record.field_evidence:
            assert getattr(record, field) not in (None, "", ()), (record.id, field)
            assert mark != record.evidence, (record.id, field)


def test_examples_beyond_the_paper_are_assumed_and_can_be_found_to_remove() -> None:
    examples = [*PLAN.measures, *PLAN.contributions, *PLAN.interactions, *PLAN.funding_proofs]
    assert {row.evidence for row in examples} == {"assumed"}
    assert {row.note for row in examples} == {"Beispielannahme"}


def test_nothing_else_rests_on_the_examples_that_can_be_removed() -> None:
    removable = {record.id for record in RECORDS if record.note == "Beispielannahme"}
    for record in RECORDS:
        if record.id not in removable:
            for column in columns_of(type(record)):
                value = getattr(record, column.name)
                named = set(value if isinstance(value, tuple) else (value,)) if column.tables else set()
                assert not named & removable, (record.id, column.name)


def test_contributions_hold_positive_negative_checked_and_unjudged_cells() -> None:
    weights = [row.weight for row in PLAN.contributions]
    assert None in weights and 0 in weights
    assert min(w for w in weights if w is not None) < 0 < max(w for w in weights if w is not None)


# --- source lines ----------------------------------------------------------------------------------------------------


def test_every_cited_line_exists() -> None:
    for record in RECORDS:
        assert all(1 <= number <= PAPER_LINES for number in _cited(record)), record.id
    for statement in PLAN.statements:
        assert all(1 <= number <= PAPER_LINES for number in _numbers(statement.line)), statement.id


def _paper() -> list[str]:
    if not PAPER.exists():
        pytest.skip("the text of the paper is not at hand")
    return PAPER.read_text(encoding="utf-8").split("\n")


def _text(lines: list[str], numbers: list[int]) -> str:
    return " ".join(" ".join(lines[number - 1] for number in numbers).split())


@pytest.mark.parametrize(
    ("record_id", "words"),
    [
        ("P1", "Bilanzphase bis Herbst 2015"),
        ("P2", "Kernarbeitsphase bis Ende 2016"),
        ("P3", "ersten Jahreshälfte 2017"),
        ("B0", "Reaktivierung"),
        ("B5", "Bericht"),
        ("K6", "kommunalen Unternehmen"),
        ("A2", "Beschlussfassung"),
        ("AE4", "Strategieforum"),
        ("EE2", "2 mal jährlich"),
        ("EE3", "einmal pro Quartal"),
        ("F1", "halbtägige"),
        ("F2", "4-5 Sitzungen"),
        ("F3", "ca. 7 Abende mit maximal 30 – 35"),
        ("F4", "vier stadtgebietsbezogenen Foren im Herbst 2016"),
        ("F6", "Sommer 2016"),
        ("D4", "V-321/10"),
        ("D10", "empirica"),
        ("R1", "20.8.2009"),
        ("G8", "Dezernates Finanzen"),
        ("G19", "Akquisition"),
        ("S5", "alle Ortsteile"),
        ("S9", "Stadtbüro"),
        ("C2", "Ressourcen"),
        ("€1", "195.000 €"),
        ("€2", "130.000 €"),
        ("€3", "65.000 €"),
        ("€5", "60 T€"),
        ("€6", "120 T€"),
        ("€7", "anzumelden"),
        ("FP-1", "Stadtumbau Ost"),
        ("AW-12", "Hautarbeitsphase"),
    ],
)
def test_cited_lines_say_what_the_record_says(record_id: str, words: str) -> None:
    assert words in _text(_paper(), _cited(PLAN.by_id[record_id]))


def test_the_first_words_of_every_stated_record_stand_in_its_lines() -> None:
    lines = _paper()
    for record in RECORDS:
        named = re.findall(r"[^\W\d_]{5,}", record.label.lower())
        if record.evidence == "stated" and named and record.label != record.id:
            cited = _text(lines, _cited(record)).lower()
            assert any(word[:7] in cited for word in named), (record.id, record.label, record.source)


def test_statements_cite_the_line_they_carry() -> None:
    for statement in PLAN.statements:
        if statement.line:
            assert set(_numbers(statement.line)) <= set(_cited(statement)), statement.id


def test_no_typo_of_the_paper_is_taken_over_outside_the_list_of_deviations() -> None:
    typos = ("Hautarbeitsphase", "Pro zess", "Umsetzungsor ientierung", "darstellt wird", "Daseinsfürsorge")
    for record in RECORDS:
        fields = [column.name for column in columns_of(type(record)) if column.name != "note"]
        text = " ".join(str(getattr(record, field)) for field in fields)
        assert getattr(record, "kind", "") == "Abweichung" or not [typo for typo in typos if typo in text], record.id
