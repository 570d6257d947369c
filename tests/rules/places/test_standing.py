"""Where an area stands: ranks with equals, sums that know what they lack, rates of sums, gaps that stay."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator
from insek_core.rules.places.indicators import AreaValue, Slice
from insek_core.rules.places.standing import (
    around,
    city_gap_sentence,
    comparison_sentence,
    counts_of,
    ranks,
    summed,
    summed_slice,
)

PEOPLE = Indicator(id="N", name="Einwohner", unit="Personen", measure_kind="Zahl", source="Amt", evidence="external")
RATE = Indicator(
    id="R", name="Quote", unit="%", measure_kind="Rate", denominator="N", source="Amt", evidence="external"
)
AREAS = (
    Area(id="L", name="Stadt", level="Stadt", evidence="stated"),
    Area(id="B", name="Ost", level="Stadtbezirk", parent="L", evidence="stated"),
    *(Area(id=f"O{n}", name=f"Teil {n}", level="Ortsteil", parent="B", evidence="stated") for n in range(4)),
)
PLAN = Plan(areas=AREAS, indicators=(PEOPLE, RATE))


def of(indicator: Indicator, *values: float | None, state: str = "missing") -> Slice:
    rows = (AreaValue(f"O{n}", state if v is None else "value", v) for n, v in enumerate(values))
    return Slice(indicator=indicator.id, year=2014, level="Ortsteil", values=tuple(rows))


@settings(max_examples=20)
@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 5), min_size=1), st.integers())
def test_a_rank_is_one_more_than_there_are_higher_ones_in_any_order(values: dict[str, int], seed: int) -> None:
    found = ranks(values)
    mixed = list(values.items())
    Random(seed).shuffle(mixed)
    assert ranks(dict(mixed)) == found
    for area, rank in found.items():
        assert rank.place == 1 + sum(v > values[area] for v in values.values())
        assert rank.tied == sum(v == values[area] for v in values.values()) - 1


def test_a_shared_rank_says_so() -> None:
    assert [r.show() for r in ranks({"A": 5, "B": 5, "C": 1}).values()] == ["1 von 3, gleich mit 1 weiteren"] * 2 + [
        "3 von 3"
    ]


def test_a_rate_of_several_areas_is_counts_by_denominators_and_no_mean() -> None:
    """10 of 100 and 90 of 300: together 100 of 400, a quarter; the mean of 10 % and 30 % would be 20 %."""
    found = summed(PLAN, RATE, of(RATE, 10.0, 30.0), ("O0", "O1"), of(PEOPLE, 100, 300))
    assert (found.value, found.told) == (25.0, "")
    assert "Summe der Bezugsgrößen" in found.figure.rule and len(found.figure.operands) == 2


@settings(max_examples=20)
@given(st.lists(st.tuples(st.floats(0, 100), st.integers(1, 10_000)), min_size=1, max_size=4))
def test_a_rate_of_a_sum_lies_between_those_of_its_parts(parts: list[tuple[float, int]]) -> None:
    rates, bases = zip(*parts, strict=True)
    whole = summed(PLAN, RATE, of(RATE, *rates), [f"O{n}" for n in range(len(parts))], of(PEOPLE, *bases)).value
    assert whole is not None and min(rates) - 1e-9 <= whole <= max(rates) + 1e-9


@pytest.mark.parametrize("state", ["missing", "suppressed"])
def test_a_sum_with_an_unknown_part_is_unknown_and_says_how_much_is_known(state: str) -> None:
    found = summed(PLAN, PEOPLE, of(PEOPLE, 5, None, 7, state=state), ("O0", "O1", "O2"))
    assert (found.value, found.known, found.parts, found.told) == (None, 2, 3, "2 von 3 Teilen bekannt")
    assert summed(PLAN, RATE, of(RATE, 5, 6), ("O0", "O1")).value is None  # without denominators nobody knows
    assert summed(PLAN, PEOPLE, of(PEOPLE), ()).value is None


def test_a_level_without_figures_is_summed_over_what_lies_in_it() -> None:
    found = summed_slice(PLAN, PEOPLE, of(PEOPLE, 1, 2, 3, 4), "Stadtbezirk")
    assert [(v.area, v.value) for v in found.values] == [("B", 10)]
    assert counts_of(RATE, of(RATE, 10.0, None), of(PEOPLE, 50, 60)) == {"O0": 5.0}


def test_the_gap_between_city_and_districts_is_told_and_not_corrected() -> None:
    told = city_gap_sentence(PLAN, PEOPLE, AreaValue("L", "value", 103.0), of(PEOPLE, 40, 60))
    assert told and told.text == (
        "Einwohner 2014: Stadt 103 Personen, Summe der 2 Ortsteile 100 Personen; 3 Personen keinem Gebiet zugeordnet."
    )
    assert told.figures[0].value == 3
    open_gap = city_gap_sentence(PLAN, PEOPLE, AreaValue("L", "value", 103.0), of(PEOPLE, 40, None))
    assert open_gap and "unbekannt, 1 von 2 Teilen bekannt" in open_gap.text and open_gap.figures[0].value is None
    assert city_gap_sentence(PLAN, RATE, AreaValue("L", "value", 10.0), of(RATE, 9, 11)) is None


def test_a_rate_is_compared_by_points_and_a_count_by_its_share() -> None:
    own, borough, city = AreaValue("O0", "value", 14.0), AreaValue("B", "value", 8.8), AreaValue("L", "value", 16.0)
    beside = around(PLAN, "O0", {"B": borough, "L": city})
    assert comparison_sentence(PLAN, RATE, 2014, own, beside).text == (
        "Quote 2014: 14,0 %; 5,2 Prozentpunkte über Stadtbezirk Ost (8,8 %); 2,0 Prozentpunkte unter Stadt (16,0 %)."
    )
    count = comparison_sentence(PLAN, PEOPLE, 2014, AreaValue("O0", "value", 20.0), (AreaValue("L", "value", 80.0),))
    assert count.text == "Einwohner 2014: 20 Personen; 25,0\N{NO-BREAK SPACE}% von Stadt."
    none = comparison_sentence(PLAN, PEOPLE, 2014, AreaValue("O0", "value", 0.0), (AreaValue("L", "value", 0.0),))
    assert none.text == "Einwohner 2014: 0 Personen; Stadt 0 Personen."
    hidden = comparison_sentence(PLAN, PEOPLE, 2014, AreaValue("O0", "suppressed", None), beside)
    assert hidden.text == "Einwohner 2014: unterdrückt." and hidden.figures[0].show() == "unbekannt"
