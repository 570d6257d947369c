"""Fuzzy dates and ranges keep the words of the paper and have the bounds the words imply."""

from datetime import date

import pytest
from hypothesis import given
from plans import fuzzies, spans

from insek_core.plan.errors import InsekError, Unreadable
from insek_core.plan.values import (
    Fuzzy,
    Span,
    default_bounds,
    parse_fuzzy,
    parse_span,
    write_fuzzy,
    write_span,
)

BOUNDS = {
    "Herbst 2015": ("2015-09-01", "2015-11-30"), "bis Herbst 2015": ("2015-09-01", "2015-11-30"),
    "Sommer 2016": ("2016-06-01", "2016-08-31"), "Frühjahr bis Herbst 2016": ("2016-03-01", "2016-11-30"),
    "erste Jahreshälfte 2017": ("2017-01-01", "2017-06-30"), "in der ersten Jahreshälfte 2017": ("2017-01-01", "2017-06-30"),
    "Ende 2016": ("2016-12-01", "2016-12-31"), "2016": ("2016-01-01", "2016-12-31"), "2015–2017": ("2015-01-01", "2017-12-31"),
    "1. Halbjahr 2017": ("2017-01-01", "2017-06-30"), "3. Quartal 2016": ("2016-07-01", "2016-09-30"),
    "Februar 2016": ("2016-02-01", "2016-02-29"), "März bis Mai 2016": ("2016-03-01", "2016-05-31"), "20.05.2015": ("2015-05-20", "2015-05-20"),
    "14.04.2015 bis 20.05.2015": ("2015-04-14", "2015-05-20"),
}  # fmt: skip
SPANS = {
    "4–5": (4, 5),
    "4-5": (4, 5),
    "ca. 7": (7, 7),
    "max. 30–35": (30, 35),
    "ca. 30–40": (30, 40),
    "1": (1, 1),
    "0": (0, 0),
}


@pytest.mark.parametrize("words", BOUNDS)
def test_words_of_time_have_their_bounds(words: str) -> None:
    assert default_bounds(words) == tuple(map(date.fromisoformat, BOUNDS[words]))


@pytest.mark.parametrize(
    "words", ["irgendwann", "Herbst", "Herbst 15", "Wintersemester 2016", "Herbst bis Frühjahr 2016", "31.02.2016", ""]
)
def test_words_without_a_year_or_meaning_are_refused_not_guessed(words: str) -> None:
    assert default_bounds(words) is None
    with pytest.raises(Unreadable, match="keine Zeitangabe"):
        parse_fuzzy(words)


def test_fuzzy_dates_keep_their_words() -> None:
    assert parse_fuzzy(" Herbst 2015 ").words == "Herbst 2015"


def test_an_exact_day_is_written_one_way() -> None:
    assert parse_fuzzy("2015-05-20") == parse_fuzzy("20.5.2015") == Fuzzy.on(date(2015, 5, 20))


def test_bounds_of_our_own_stand_in_brackets() -> None:
    autumn = parse_fuzzy("Herbst 2015 [21.09.2015..20.12.2015]")
    assert autumn == Fuzzy("Herbst 2015", date(2015, 9, 21), date(2015, 12, 20))
    with pytest.raises(Unreadable, match="vertauschte Grenzen"):
        parse_fuzzy("Herbst 2015 [20.12.2015..21.09.2015]")


def test_an_open_date_has_no_bounds() -> None:
    assert parse_fuzzy("offen") == Fuzzy("offen") and parse_fuzzy("offen").is_open and not parse_fuzzy("offen").is_exact


@pytest.mark.parametrize("words", SPANS)
def test_ranges_have_their_bounds_and_keep_their_words(words: str) -> None:
    assert parse_span(words) == Span(words, *SPANS[words])


def test_an_open_number_has_no_bounds() -> None:
    assert parse_span("offen") == Span("offen")


@pytest.mark.parametrize("words", ["viele", "5–4", "-3", "4,5", "", "ca.", "7 bis 9 oder so", "ca. 20 [22..18]"])
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(Unreadable, match="keine Anzahl"):
        parse_span(words)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Fuzzy("", date(2015, 1, 1), date(2015, 1, 2)),
        lambda: Fuzzy("x", date(2015, 1, 2), date(2015, 1, 1)),
        lambda: Fuzzy("x [", date(2015, 1, 1), date(2015, 1, 2)),
        lambda: Fuzzy("irgendwann"),
        lambda: Span("4", 4, None),
        lambda: Span("−3", -3, 3),
    ],
)
def test_a_value_that_contradicts_itself_cannot_be_made(wrong: object) -> None:
    with pytest.raises(InsekError):
        wrong()  # type: ignore[operator]


@given(fuzzies)
def test_a_written_fuzzy_date_reads_back(value: Fuzzy) -> None:
    assert parse_fuzzy(write_fuzzy(value)) == value


@given(spans)
def test_a_written_range_reads_back(value: Span) -> None:
    assert parse_span(write_span(value)) == value
