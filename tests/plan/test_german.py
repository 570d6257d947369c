"""German text is read exactly or refused with a German remedy, never guessed; what is shown can be read back."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insek_core.plan.errors import Unreadable
from insek_core.plan.german import (
    NBSP,
    parse_date,
    parse_euro,
    parse_number,
    parse_share,
    show_date,
    show_euro,
    show_list,
    show_number,
    show_share,
)

EURO = {
    "1.234,56 €": 123_456, "60 T€": 6_000_000, "60 TEUR": 6_000_000, "195.000,–": 19_500_000, "195.000,-": 19_500_000,
    "195.000,-- €": 19_500_000, "1.500 €": 150_000, "1500": 150_000, "12,5": 1_250, "12,50 Euro": 1_250, "-5": -500, "−5 €": -500,
    "–5": -500, "0": 0, "0,01": 1, "1,2 Mio. €": 120_000_000, "1 Mio EUR": 100_000_000, "195 000 €": 19_500_000, f"195{NBSP}000{NBSP}€": 19_500_000,
    " 7 ": 700, "1,5 T€": 150_000,
}  # fmt: skip
NO_EURO = ("", "abc", "12,5.0", "1,234", "15.00", "1.23.456", "12,345 €", "--5", "5-", "€", "1.500 $", "12 50", "1e3", "12\n50", "0,001",
           "1,2,3", "12.", ",5", "5 T", "NaN", "∞", "1.234.56")  # fmt: skip


@pytest.mark.parametrize(("text", "cents"), EURO.items())
def test_amounts_are_read_as_germans_write_them(text: str, cents: int) -> None:
    assert parse_euro(text) == cents


@pytest.mark.parametrize("text", NO_EURO)
def test_what_is_no_amount_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_euro(text)
    assert refusal.value.what and refusal.value.remedy.startswith("Bitte")


def test_an_ambiguous_comma_names_both_readings() -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_euro("1,234")
    assert refusal.value.german == "„1,234“ ist mehrdeutig: 1.234 oder 1,2340? Bitte 1.234 oder 1,2340 schreiben."


def test_a_wrong_amount_is_named_as_in_the_rules() -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_euro("12,5.0")
    assert refusal.value.german == "„12,5.0“ ist kein Betrag. Bitte z. B. 12,50 schreiben."


@pytest.mark.parametrize(
    ("text", "number"),
    {
        "1.234,5": Fraction(2469, 2),
        "0,125": Fraction(1, 8),
        "+3": Fraction(3),
        "− 3": Fraction(-3),
        "1 234 567": Fraction(1_234_567),
    }.items(),
)
def test_numbers_are_exact(text: str, number: Fraction) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "share"),
    {
        "2/3": Fraction(2, 3),
        "90 %": Fraction(9, 10),
        "66,5%": Fraction(133, 200),
        "0,5": Fraction(1, 2),
        "66,67 % (2/3)": Fraction(2, 3),
        "66,67 %": Fraction(6667, 10_000),
        "-10 %": Fraction(-1, 10),
        "100 %": Fraction(1),
    }.items(),
)
def test_shares_are_exact(text: str, share: Fraction) -> None:
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["2/0", "zwei Drittel", "%", "1/2/3", "50 % (x)"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="kein Anteil"):
        parse_share(text)


@pytest.mark.parametrize(
    ("text", "day"),
    {
        "20.05.2015": date(2015, 5, 20),
        "1.9.2016": date(2016, 9, 1),
        "2016-02-29": date(2016, 2, 29),
        "20. 05. 2015": date(2015, 5, 20),
        "21.5.15": date(2015, 5, 21),
        "3.10.90": date(1990, 10, 3),
        "21. Mai 2015": date(2015, 5, 21),
        "1. märz 2016": date(2016, 3, 1),
        "3. Sept. 2015": date(2015, 9, 3),
        "3. Okt. 15": date(2015, 10, 3),
        "2015-05-21 00:00:00": date(2015, 5, 21),
        "2015-05-21T00:00": date(2015, 5, 21),
        "2015-05-21T00:00:00.000Z": date(2015, 5, 21),
        "21.05.2015 00:00": date(2015, 5, 21),
    }.items(),
)
def test_days_are_read(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("29.02.2015", "gibt es nicht"),
        ("31.04.2016", "gibt es nicht"),
        ("20.05.215", "kein Datum"),
        ("32. Mai 2015", "gibt es nicht"),
        ("2015-05-21 14:30", "Uhrzeit"),
        ("21. Mei 2015", "kein Datum"),
        ("05/20/2015", "kein Datum"),
        ("2015", "kein Datum"),
    ],
)
def test_days_that_do_not_exist_or_are_ambiguous_are_refused(text: str, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        parse_date(text)


@pytest.mark.parametrize(
    ("cents", "text"),
    [(19_500_000, "195.000 €"), (6_666_667, "66.666,67 €"), (-5, "−0,05 €"), (0, "0 €"), (10, "0,10 €")],
)
def test_amounts_are_shown_with_cents_only_where_there_are_any(cents: int, text: str) -> None:
    assert show_euro(cents).replace(NBSP, " ") == text


def test_minus_zero_is_not_shown() -> None:
    assert (show_number(-0.04, 1), show_number(-0.05, 1)) == ("0,0", "−0,1")


def test_lists_are_joined_as_in_a_sentence() -> None:
    assert (show_list([]), show_list(["a"]), show_list(["a", "b", "c"])) == ("", "a", "a, b und c")


@given(st.integers(-(10**15), 10**15))
def test_a_shown_amount_reads_back(cents: int) -> None:
    assert parse_euro(show_euro(cents)) == cents == parse_euro(show_euro(cents, always_cents=True))


@given(st.fractions(-3, 3, max_denominator=5000))
def test_a_shown_share_reads_back(share: Fraction) -> None:
    assert parse_share(show_share(share)) == share


@given(st.dates())
def test_a_shown_day_reads_back(day: date) -> None:
    assert parse_date(show_date(day)) == day


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_in_german(text: str) -> None:
    for parse in (parse_euro, parse_number, parse_share, parse_date):
        try:
            parse(text)
        except Unreadable as refusal:
            assert refusal.what and refusal.remedy
