"""The bars of the years against the budget lines: every height is an amount of the plan."""

from dataclasses import replace
from itertools import pairwise

import pytest
from drawn import Layer, fields_without_rows, layers, marked, the
from small import PAPER, TODAY, fund, item, line

from insek_core.plan import Plan
from insek_core.rules.assessment import Assessment, assess
from insek_core.views import theme
from insek_core.views.charts.money import years_chart, years_text

LINES = (
    line("Aufwand", 18_000_000, 2015, 2016),
    line("Ertrag", 12_000_000, 2015, 2016),
    line("Aufwand", 1_500_000, 2018, 2018, "anzumelden"),
)
FUNDED = replace(PAPER, budget_lines=LINES, funds=(fund(600_000, 2016),))


@pytest.fixture(scope="module")
def found() -> Assessment:
    return assess(FUNDED, (), TODAY)


@pytest.fixture(scope="module")
def picture(found: Assessment) -> list[Layer]:
    return layers(years_chart(found))


def bars(picture: list[Layer]) -> list[Layer]:
    return marked(picture, "bar")


def test_every_encoded_field_is_in_the_rows(picture: list[Layer]) -> None:
    assert fields_without_rows(picture) == []


def test_a_bar_is_as_high_as_its_amount(picture: list[Layer], found: Assessment) -> None:
    drawn = {(row["mid"], row["part"]): row["high"] - row["low"] for layer in bars(picture) for row in layer.rows}
    money = {
        (y.year, part): figure.cents / 100
        for y in found.funding.years
        for part, figure in (("Förderung", y.grant), ("Eigenanteil", y.own_share), ("Drittmittel", y.third_party))
        if figure.cents
    }
    assert drawn == pytest.approx(money) and ("Drittmittel" in {part for _, part in drawn})


def test_the_parts_of_a_year_stand_on_each_other_from_zero_to_its_cost(picture: list[Layer], found: Assessment) -> None:
    for year in found.funding.years:
        rows = sorted(
            (low, high) for layer in bars(picture) for mid, low, high in spans(layer) if round(mid) == year.year
        )
        assert rows[0][0] == 0 and rows[-1][1] == year.total.cents / 100
        assert all(under[1] == over[0] for under, over in pairwise(rows))


def spans(layer: Layer) -> list[tuple[float, float, float]]:
    """Middle, lower and upper end of each bar as the channels draw them."""
    return [((left + right) / 2, low, high) for left, right, low, high in layer.drawn("x", "x2", "y2", "y")]


def test_a_line_is_as_high_as_its_amount_in_each_of_its_years(picture: list[Layer]) -> None:
    drawn = {}
    for layer in marked(picture, "rule"):
        for left, right, height in layer.drawn("x", "x2", "y"):
            years = range(round(left + 0.46), round(right - 0.46) + 1)
            drawn[years[0], years[-1]] = height * len(years)
    assert drawn == {(2015, 2016): 180_000, (2018, 2018): 15_000}


def test_a_line_is_solid_in_the_budget_and_dashed_where_still_to_register(picture: list[Layer]) -> None:
    dashes = {layer.rows[0]["state"]: layer.mark["strokeDash"] for layer in marked(picture, "rule")}
    assert dashes == {"veranschlagt": [1, 0], "noch anzumelden": [6, 4]}
    for layer in marked(picture, "rule"):
        assert len({row["state"] for row in layer.rows}) == 1


def test_the_words_of_a_line_stand_on_it_and_name_its_whole_amount(picture: list[Layer]) -> None:
    words = [w for layer in marked(picture, "text", dy=-11) for w in layer.drawn("x", "y", "text")]
    assert sorted((at, high, text.replace("\u00a0", " ")) for at, high, text in words) == [
        (2014.54, 90_000, "2015/2016: 180.000 € veranschlagt"),
        (2017.54, 15_000, "2018: 15.000 € noch anzumelden"),
    ]


def test_grant_is_blue_own_share_ochre_third_party_money_teal(picture: list[Layer]) -> None:
    for layer in bars(picture):
        assert layer.range_of("color") == {
            "Förderung": theme.GRANT,
            "Eigenanteil": theme.OWN,
            "Drittmittel": theme.THIRD,
        }
        assert layer.encoding["color"]["field"] == "part"


def test_the_scale_holds_every_bar_and_line_and_begins_at_zero(picture: list[Layer]) -> None:
    low, high = bars(picture)[0].encoding["y"]["scale"]["domain"]
    tops = [row["high"] for layer in (*bars(picture), *marked(picture, "rule")) for row in layer.rows]
    assert low == 0 and max(tops) < high < 1.5 * max(tops)


def test_the_axis_names_every_year_of_bars_and_lines(picture: list[Layer]) -> None:
    x = bars(picture)[0].encoding["x"]
    assert x["axis"]["values"] == [2015, 2016, 2017, 2018]
    assert x["scale"]["domain"][0] < 2015 - 0.46 and x["scale"]["domain"][1] > 2018 + 0.46


def test_assumed_amounts_are_outlined_and_named_under_their_year(found: Assessment) -> None:
    stated = replace(item("K0", 9_000_000), evidence="stated")
    plan = replace(FUNDED, cost_items=(stated, *FUNDED.cost_items[1:]))
    assumed = layers(years_chart(assess(plan, (), TODAY)))
    for layer in bars(assumed):
        (mark,) = {row["assumed"] for row in layer.rows}
        assert ("strokeDash" in layer.mark) == (mark == "Annahme")
    assert "[2015, 2016, 2017]" in bars(assumed)[0].encoding["x"]["axis"]["labelExpr"]


def test_only_a_bar_high_enough_carries_its_amount_and_in_its_middle(picture: list[Layer]) -> None:
    labels = the(picture, "text", color="white")
    every = {row["label"]: (row["mid"], (row["low"] + row["high"]) / 2) for b in bars(picture) for row in b.rows}
    assert labels.rows and {"5.000\u00a0€"}.isdisjoint(labels.at("text"))
    for at, centre, text in labels.drawn("x", "y", "text"):
        assert every[text][1] == centre and at in (2015, 2016, 2017)


def test_an_unknown_amount_draws_no_bar() -> None:
    plan: Plan = replace(FUNDED, cost_items=(*FUNDED.cost_items, item("offen", None, 2017)))
    years = {row["mid"] for layer in bars(layers(years_chart(assess(plan, (), TODAY)))) for row in layer.rows}
    assert 2017 not in years


def test_the_words_for_those_who_do_not_see_it_hold_every_year_with_its_amounts(found: Assessment) -> None:
    told = years_text(found)
    for y in found.funding.years:
        assert f"{y.year} {y.total.show()}, davon {y.grant.show()} Förderung und {y.own_share.show()}" in told
