"""Change, trend and breaks: from known years alone, nothing filled in, oddities flagged and never smoothed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from insek_core.plan.content import Indicator
from insek_core.rules.places.development import (
    Break,
    breaks_of,
    change_figure,
    change_words,
    development,
    remarks,
    signed,
    trend_of,
    trend_words,
)
from insek_core.rules.places.indicators import AreaValue

ZENTRUM = dict(zip(range(2010, 2018), [1634, 1677, 1703, 1739, 1748, 2283, 1773, 1810], strict=True))  # the city's own


def series(points: dict[int, float | None], hidden: int = 0) -> list[tuple[int, AreaValue]]:
    return [
        (year, AreaValue("O", "suppressed" if year == hidden else "missing" if v is None else "value", v))
        for year, v in points.items()
    ]


def test_a_jump_for_one_year_is_an_outlier_and_stays_in_the_series() -> None:
    found = development(series(dict(ZENTRUM)))
    assert found.breaks == (Break(2015, "Ausreißer"),)
    assert (2015, 2283) in found.points and "Ausreißer 2015, außerhalb der eigenen Spanne." in remarks(found)


def test_a_jump_that_lasts_is_a_break_and_a_nought_between_figures_may_be_a_gap() -> None:
    lasting = list(zip(range(2010, 2018), [10.0, 11, 10, 11, 10, 30, 31, 30], strict=True))
    assert breaks_of(lasting) == (Break(2015, "Sprung"),)
    nought = list(zip(range(2010, 2018), [310.0, 300, 305, 290, 300, 0, 280, 0], strict=True))
    assert Break(2015, "Null zwischen Werten") in breaks_of(nought)
    assert remarks(development(series(dict(nought))))[0].startswith("Null zwischen Werten 2015, vielleicht")


def test_steady_growth_has_no_break_and_few_years_are_not_judged() -> None:
    assert breaks_of([(year, 100.0 + 3 * year) for year in range(10)]) == ()
    assert breaks_of([(2010, 1.0), (2011, 1.0), (2012, 99.0)]) == ()


def test_across_a_gap_nobody_knows_whether_it_jumped() -> None:
    known = list(zip(range(2010, 2016), [10.0, 11, 10, 11, 10, 11], strict=True))
    assert breaks_of([*known, (2019, 40.0)]) == () and breaks_of([*known, (2016, 40.0)]) == (Break(2016, "Sprung"),)


def test_missing_years_stay_gaps_and_a_trend_needs_five_years() -> None:
    found = development(series({2010: 10.0, 2011: None, 2014: 14.0, 2015: 15.0, 2016: None}, hidden=2016))
    assert (found.gaps, found.hidden, found.change, found.trend) == ((2011, 2012, 2013), (2016,), 5.0, None)
    assert remarks(found) == ("Keine Angabe: 2011–2013.", "Unterdrückt: 2016.")
    assert trend_words(found, "%") == "unbekannt (3 von mindestens 5 Jahren)"


def test_the_trend_is_a_year_whatever_years_are_missing() -> None:
    assert trend_of([(2010, 10.0), (2012, 12.0), (2013, 13.0), (2016, 16.0), (2019, 19.0)]) == 1.0


@settings(max_examples=20)
@given(st.lists(st.integers(0, 100), min_size=5, max_size=8), st.integers(-5, 5), st.integers(0, 50))
def test_adding_a_steady_growth_adds_it_to_the_trend(values: list[int], growth: int, base: int) -> None:
    plain = [(year, float(v)) for year, v in enumerate(values)]
    grown = [(year, v + base + growth * year) for year, v in plain]
    assert abs((trend_of(grown) or 0) - (trend_of(plain) or 0) - growth) < 1e-9


def test_a_change_says_since_when_and_a_percentage_moves_by_points() -> None:
    assert change_words(development(series({2010: 8.0, 2014: 7.22})), "%") == "−0,8 Prozentpunkte seit 2010"
    assert change_words(development(series({2010: 100.0, 2014: 150.0})), "Personen") == "+50 Personen seit 2010 (+50 %)"
    assert change_words(development(series({2010: 100.0})), "Personen") == "unbekannt"
    assert signed(-12.5, "%") == "−12,5 Prozentpunkte"


def test_a_change_tells_both_ends_it_is_made_of() -> None:
    one = Indicator(id="I", name="Quote", unit="%", source="Amt", evidence="external")
    figure = change_figure(one, development(series({2010: 8.0, 2014: 7.0})), "Ost")
    assert [(part.show(), part.source) for part in figure.operands] == [("8,0 %", "Amt"), ("7,0 %", "Amt")]
    assert figure.show() == "−1,0 Prozentpunkte"
