"""One definition of a column drives everything: every record survives rows of scalars, every value its German text."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import EVIDENCE, fuzzies, plans, records, spans

from insek_core.plan import TABLES, Plan
from insek_core.plan import kinds as k
from insek_core.plan.codec import decode, decode_plan, digest, encode, encode_plan, to_json, with_row, without_row
from insek_core.plan.columns import Column
from insek_core.plan.content import Goal, Setting
from insek_core.plan.errors import InsekError, Unreadable
from insek_core.plan.finance import CostItem
from insek_core.plan.kinds import Kind
from insek_core.plan.record import columns_of

COLUMNS = [(table, column) for table, kind in TABLES.items() for column in columns_of(kind)]
IDS = {table: [f"{table}-1", f"Ü {table}-2"] for table in TABLES}
VALUES: dict[str, tuple[Kind, st.SearchStrategy[Any]]] = {
    "money": (k.money, st.integers(-(10**15), 10**15)),
    "whole": (k.whole, st.integers()),
    "number": (k.number, st.floats(allow_nan=False, allow_infinity=False)),
    "three decimals": (k.number, st.decimals(-2000, 2000, places=3).map(float)),
    "share": (k.share, st.fractions(-2, 2, max_denominator=2000)),
    "flag": (k.flag, st.booleans()),
    "day": (k.day, st.dates()),
    "fuzzy": (k.fuzzy, fuzzies),
    "span": (k.span, spans),
    "years": (k.years, st.dictionaries(st.integers(1990, 2100), st.integers(0, 10**12)).map(lambda d: tuple(sorted(d.items())))),
    "text": (k.text, st.text().map(str.strip)),
    "refs": (k.refs, st.lists(st.sampled_from(("P1", "Ü-2", "€3")), unique=True).map(tuple)),
    "marks": (k.marks, st.lists(st.tuples(st.sampled_from(("name", "note")), st.sampled_from(EVIDENCE)), max_size=2).map(tuple)),
}  # fmt: skip


def _column(kind: Kind) -> Column:
    return Column("x", "Spalte", kind)


@pytest.mark.parametrize("name", VALUES)
@given(data=st.data())
def test_a_shown_value_reads_back(name: str, data: st.DataObject) -> None:
    kind, values = VALUES[name]
    value = data.draw(values)
    assert _column(kind).parse(_column(kind).show(value)) == value


@pytest.mark.parametrize("name", VALUES)
@given(data=st.data())
def test_a_stored_value_reads_back_through_json(name: str, data: st.DataObject) -> None:
    kind, values = VALUES[name]
    value = data.draw(values)
    stored = json.loads(json.dumps(kind.encode(value)))
    assert (kind.empty if stored is None else kind.decode(stored)) == value


@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=8)
@given(data=st.data())
def test_every_record_survives_its_row(table: str, data: st.DataObject) -> None:
    record = data.draw(records(TABLES[table], IDS))
    assert decode(TABLES[table], encode(record)) == (record, [])


@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=8)
@given(data=st.data())
def test_every_field_survives_its_german_text(table: str, data: st.DataObject) -> None:
    record = data.draw(records(TABLES[table], IDS))
    for column in columns_of(TABLES[table]):
        value = getattr(record, column.name)
        expected = value.strip() if isinstance(value, str) else value
        assert column.parse(column.show(value)) == expected, column.name


@settings(max_examples=15)
@given(plans())
def test_a_plan_survives_its_json(plan: Plan) -> None:
    assert decode_plan(json.loads(to_json(plan))) == (plan, [])


@settings(max_examples=10)
@given(plans(), st.randoms())
def test_equal_plans_have_equal_digests(plan: Plan, chance: Any) -> None:
    again, _ = decode_plan(encode_plan(plan))
    assert digest(again) == digest(plan)
    assert digest(with_row(plan, "settings", Setting(id="neu", evidence="assumed", name="n"))) != digest(plan)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda x: x if isinstance(x, str) else x.name)
def test_every_column_has_a_german_heading_a_kind_and_real_tables(table: str, column: Column) -> None:
    assert column.heading and column.heading[0].isupper() and column.name.isidentifier()
    assert isinstance(column.kind, Kind) and column.kind.sql in ("TEXT", "INTEGER", "REAL")
    assert column.tables == ("*",) or set(column.tables) <= set(TABLES)
    assert bool(column.tables) == (column.kind.name in ("ref", "refs"))
    assert (column.kind.name == "choice") == bool(column.allowed)


@pytest.mark.parametrize("table", TABLES)
def test_headings_are_unique_within_a_sheet_and_sheets_within_the_plan(table: str) -> None:
    headings = [column.heading for column in columns_of(TABLES[table])]
    assert len(set(headings)) == len(headings)
    assert [kind.sheet for kind in TABLES.values()].count(TABLES[table].sheet) == 1


@pytest.mark.parametrize(
    "name", [name for table, column in COLUMNS for name in [f"{table}.{column.name}"] if column.kind is k.money]
)
def test_amounts_carry_their_unit_in_the_name(name: str) -> None:
    assert name.endswith("_cents")


def test_unreadable_values_are_findings_that_name_the_place() -> None:
    row = {"id": "K1", "name": "Auftakt", "amount_cents": "viel", "optional": "2", "year": "", "evidence": "assumed"}
    record, findings = decode(CostItem, row)
    assert record is None
    assert [(f.table, f.record, f.field) for f in findings] == [
        ("cost_items", "K1", "amount_cents"),
        ("cost_items", "K1", "optional"),
    ]
    assert "„Betrag“: 'viel' ist nicht lesbar" in findings[0].message


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount_cents", 1.5),
        ("amount_cents", True),
        ("year", "2015.0"),
        ("optional", "ja"),
        ("field_evidence", "name=sicher"),
        ("name", 5),
    ],
)
def test_a_value_of_the_wrong_type_is_a_finding(column: str, value: object) -> None:
    _, findings = decode(CostItem, {"id": "K1", "name": "Auftakt", "evidence": "assumed", column: value})
    assert [f.field for f in findings] == [column]


def test_a_missing_required_value_is_a_finding() -> None:
    record, findings = decode(Goal, {"id": "Z1", "name": "", "kind": "Ziel", "evidence": "stated"})
    assert record is None and [f.message for f in findings] == ["„Wortlaut“ fehlt in Ziele."]


def test_choices_are_shown_and_read_by_their_german_label() -> None:
    column = next(c for c in columns_of(Goal) if c.name == "evidence")
    assert (column.show("stated"), column.parse("Annahme")) == ("genannt", "assumed")


def test_an_empty_text_is_a_missing_value_not_zero() -> None:
    assert [_column(kind).parse("  ") for kind in (k.money, k.share, k.day, k.flag)] == [None] * 4
    assert [_column(kind).show(0) for kind in (k.money, k.whole)] == ["0\xa0€", "0"]


@pytest.mark.parametrize(("kind", "text"), [(k.whole, "1,5"), (k.flag, "vielleicht"), (k.marks, "name=sicher")])
def test_unreadable_german_is_refused_with_a_remedy(kind: Kind, text: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        _column(kind).parse(text)
    assert refusal.value.remedy.startswith("Bitte")


def test_a_field_can_be_less_sure_than_its_record() -> None:
    item = CostItem(id="K1", name="Auftakt", evidence="stated", field_evidence=(("amount_cents", "assumed"),))
    assert (item.evidence_of("name"), item.evidence_of("amount_cents")) == ("stated", "assumed")


def test_a_row_is_replaced_in_its_place_or_added_at_the_end() -> None:
    first, second = (Setting(id=name, evidence="assumed", name=name) for name in "ab")
    plan = with_row(with_row(Plan(), "settings", first), "settings", second)
    changed = with_row(plan, "settings", Setting(id="a", evidence="assumed", name="neu"))
    assert [row.name for row in changed.settings] == ["neu", "b"]
    assert without_row(changed, "settings", "a").settings == (second,)


def test_unknown_tables_are_refused() -> None:
    with pytest.raises(InsekError, match="unknown table"):
        Plan().rows("goal")


def test_records_are_called_by_name_title_or_text() -> None:
    plan = Plan(goals=(Goal(id="Z1", evidence="stated", name="Wohnen", kind="Ziel"),))
    assert (plan.name("Z1"), plan.name("Z9"), plan.setting("Z1", "14")) == ("Wohnen", "Z9", "14")


def test_the_kinds_used_here_are_all_there_are() -> None:
    used = {column.kind.name for _, column in COLUMNS}
    assert used <= {kind.name for kind, _ in VALUES.values()} | {"choice", "open_choice", "ref"}
    assert Fraction(2, 3) == k.share.decode(k.share.encode(Fraction(2, 3))) and k.day.decode("2015-06-01") == date(
        2015, 6, 1
    )
