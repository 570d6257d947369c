"""Where a field comes from: a source can name fields, and what is entered later leaves the other fields theirs."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from insek_core.plan.finance import BudgetStatute, Programme
from insek_core.plan.record import source_parts, stated_by

PAPER = "Vorlage Z. 283–289; Drittelregelung: Verwaltungsvereinbarung"
OLD = Programme(id="FP", name="P", evidence="assumed", source=PAPER, financing="anteil")


def test_a_part_speaks_of_fields_only_where_it_begins_with_their_headings() -> None:
    assert source_parts(Programme, f"{PAPER}; Fördersatz, Aktenzeichen: Bescheid") == (
        ((), "Vorlage Z. 283–289"),
        ((), "Drittelregelung: Verwaltungsvereinbarung"),
        (("rate_share", "notice_number"), "Bescheid"),
    )
    assert source_parts(Programme, "") == ()


def test_what_is_entered_later_has_its_own_source_and_the_rest_keeps_its() -> None:
    new = stated_by(OLD, "Bescheid; Blatt 2", notice_number="1", rate_share=None)
    assert new.origin_of("notice_number") == "Bescheid, Blatt 2"
    assert new.origin_of("financing") == PAPER
    assert (new.evidence_of("notice_number"), new.evidence_of("financing")) == ("stated", "assumed")


def test_a_later_entry_takes_its_fields_out_of_the_earlier_part() -> None:
    once = stated_by(OLD, "Bescheid 1", notice_number="1", financing="voll")
    twice = stated_by(once, "Bescheid 2", notice_number="2")
    assert twice.source == f"{PAPER}; Finanzierungsart: Bescheid 1; Aktenzeichen: Bescheid 2"


@given(st.text("ab;: ,", max_size=12), st.dates(date(2015, 1, 1), date(2016, 1, 1)))
def test_whatever_the_source_says_entering_the_same_again_changes_nothing(source: str, day: date) -> None:
    statute = BudgetStatute(id="H", from_year=2015, to_year=2016, evidence="derived", source=source)
    once = stated_by(statute, "Amtsblatt", in_force_on=day)
    assert stated_by(once, "Amtsblatt", in_force_on=day) == once
    assert once.origin_of("in_force_on") == "Amtsblatt"
