"""Plan against Variante: the kink, the years, the way from one own share to the other."""

from dataclasses import replace
from itertools import pairwise

import pytest
from drawn import Layer, fields_without_rows, layers, marked, the
from small import PAPER, TODAY, fund, line

from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.money.curve import curve
from insek_core.views import theme
from insek_core.views.charts import kinks, live, waterfall, yearbars

LINES = (
    line("Aufwand", 18_000_000, 2015, 2016),
    line("Aufwand", 1_500_000, 2017, 2017, "anzumelden"),
)
PLAN = replace(PAPER, budget_lines=LINES)
CHANGES = {
    "dearer": ("cost=+10%",),
    "cheaper": ("cost=-20%",),
    "with third-party money": ("cost=+10%", "third_party_planned=5000"),
    "less funded": ("rate=1/2",),
    "nothing": (),
}


def changed(*texts: str, plan: Plan = PLAN) -> tuple[Assessment, Assessment]:
    """The assessment before and after the changes."""
    before = assess(plan, (), TODAY)
    return before, assess(apply(plan, [parse(text) for text in texts]).plan, (), TODAY)


@pytest.fixture(params=list(CHANGES))
def both(request: pytest.FixtureRequest) -> tuple[Assessment, Assessment]:
    return changed(*CHANGES[request.param], plan=replace(PLAN, funds=(fund(100_000),)))


def fall(both: tuple[Assessment, Assessment]) -> Layer:
    return the(layers(waterfall.waterfall_spec(), waterfall.waterfall_rows(*both)), "bar")


def years(both: tuple[Assessment, Assessment]) -> list[Layer]:
    return layers(yearbars.years_spec(), yearbars.years_rows(*both))


def kink(both: tuple[Assessment, Assessment]) -> list[Layer]:
    shape = curve(PLAN, both[1].funding)
    assert shape is not None
    return layers(kinks.kink_spec(), kinks.kink_rows(shape, *both))


# the way from one own share to the other


def test_the_first_bar_is_the_plans_own_share_and_the_last_the_variantes(both: tuple[Assessment, Assessment]) -> None:
    drawn = [(low, high) for low, high in fall(both).drawn("y", "y2")]
    assert drawn[0] == (0, both[0].funding.own_share.cents / 100)
    assert drawn[-1] == (0, both[1].funding.own_share.cents / 100)


def test_each_step_begins_where_the_last_one_ended(both: tuple[Assessment, Assessment]) -> None:
    rows = fall(both).rows
    at = rows[0]["high"]
    for row in rows[1:-1]:
        ends = {"mehr": (row["low"], row["high"]), "weniger": (row["high"], row["low"])}[row["kind"]]
        assert ends[0] == at and row["low"] < row["high"], "a step is as long as what it adds or takes"
        at = ends[1]
    assert rows[-1]["high"] == at


def test_a_step_is_as_long_as_what_it_adds_or_takes() -> None:
    before, after = changed("cost=+10%", "third_party_planned=5000")
    long = {row["step"]: round(row["high"] - row["low"], 2) for row in fall((before, after)).rows}
    assert long == {
        "Plan": 65_000,
        "Mehr Kosten": 19_500,
        "Drittmittel": 5_000,
        "Variante": 79_500,
    }


def test_a_step_that_costs_the_city_more_is_red_and_says_plus(both: tuple[Assessment, Assessment]) -> None:
    layer = fall(both)
    assert layer.range_of("color") == {
        "Plan": live.PALE_OWN,
        "Variante": theme.OWN,
        "mehr": theme.CRITICAL,
        "weniger": theme.THIRD,
    }
    for row in layer.rows[1:-1]:
        assert row["label"][0] == {"mehr": "+", "weniger": "−"}[row["kind"]]


def test_less_cost_takes_and_a_lower_grant_adds() -> None:
    assert [(r["step"], r["kind"]) for r in fall(changed("cost=-20%")).rows[1:-1]] == [
        ("Weniger Kosten", "weniger"),
        ("Förderung", "mehr"),
    ]
    assert [(r["step"], r["kind"]) for r in fall(changed("rate=1/2")).rows[1:-1]] == [("Förderung", "mehr")]


def test_the_steps_stand_in_their_order_and_bars_begin_at_zero(both: tuple[Assessment, Assessment]) -> None:
    layer = fall(both)
    assert layer.encoding["x"]["sort"]["field"] == "order" and layer.encoding["y"]["scale"]["zero"] is True
    assert [row["order"] for row in layer.rows] == list(range(len(layer.rows)))


# the years


def test_the_plan_is_pale_and_left_the_variante_strong_and_right(both: tuple[Assessment, Assessment]) -> None:
    bars = the(years(both), "bar")
    colours = bars.range_of("color")
    assert [colours[f"{part}, Plan"] for part in ("Förderung", "Eigenanteil")] == [
        live.PALE_GRANT,
        live.PALE_OWN,
    ]
    assert [colours[f"{part}, Variante"] for part in ("Förderung", "Eigenanteil")] == [theme.GRANT, theme.OWN]
    for row in bars.rows:
        ends = {r["side"]: (r["left"], r["right"]) for r in bars.rows if r["year"] == row["year"]}
        assert ends["Plan"][0] < ends["Plan"][1] < ends["Variante"][0] < ends["Variante"][1]


@pytest.mark.parametrize("side", ["Plan", "Variante"])
def test_a_stack_is_as_high_as_the_cost_of_its_year(side: str, both: tuple[Assessment, Assessment]) -> None:
    bars = the(years(both), "bar")
    found = both[0] if side == "Plan" else both[1]
    drawn = list(zip(bars.rows, bars.drawn("y", "y2"), strict=True))
    for year in found.funding.years:
        mine = [span for row, span in drawn if (row["year"], row["side"]) == (str(year.year), side)]
        assert mine[0][0] == 0 and mine[-1][1] == pytest.approx(year.total.cents / 100)
        assert all(one[1] == pytest.approx(other[0]) for one, other in pairwise(mine))


def test_a_budget_line_is_as_high_as_its_amount_in_each_of_its_years(both: tuple[Assessment, Assessment]) -> None:
    lines = the(years(both), "rule")
    assert [
        (round(left + 0.44), round(right - 0.44), height) for left, right, height in lines.drawn("x", "x2", "y")
    ] == [(2015, 2016, 90_000), (2017, 2017, 15_000)]
    assert lines.range_of("strokeDash") == {"veranschlagt": [1, 0], "noch anzumelden": [6, 4]}
    assert lines.at("strokeDash") == ["veranschlagt", "noch anzumelden"]


def test_the_words_of_a_line_stand_above_every_bar_under_it(both: tuple[Assessment, Assessment]) -> None:
    found = years(both)
    lines, bars = the(found, "rule"), the(found, "bar")
    for row in lines.rows:
        under = [b["high"] for b in bars.rows if row["left"] < int(b["year"]) < row["right"]]
        assert row["top"] == max([row["high"], *under]) and row["roof"] > row["top"]


def test_only_the_variantes_bars_carry_amounts_in_thousands() -> None:
    inside = the(years(changed("cost=+10%")), "text", color="white")
    drawn = {(row["year"], row["part"]): row["inside"].replace("\u00a0", " ") for row in inside.rows}
    assert drawn["2015", "Förderung, Variante"] == "66,0 T€", "66.000 € as thousands, one decimal everywhere"
    assert {text for (_, part), text in drawn.items() if part.endswith("Plan")} == {""}
    beside = {row["beside"] for row in inside.rows if row["inside"]}
    assert beside == {""}, "an amount stands once, in its bar or beside it"


def test_the_parts_are_named_left_of_the_first_bar_in_their_colours() -> None:
    (names,) = [
        layer for layer in years(changed("cost=+10%")) if layer.encoding.get("color", {}).get("scale", 1) is None
    ]
    assert {(row["label"], row["colour"]) for row in names.rows if row["label"]} == {
        ("Förderung", theme.GRANT),
        ("Eigenanteil", theme.OWN),
    }


# the kink


def test_own_share_and_grant_make_the_cost_at_every_corner() -> None:
    both = changed("cost=+10%")
    shape = curve(PLAN, both[1].funding)
    (line_,) = marked(kink(both), "line")
    drawn = {(case, cost): euro for case, cost, euro in line_.drawn("color", "x", "y")}
    assert shape is not None
    for point in shape.points:
        cost = point.total_cents / 100
        assert drawn[kinks.GRANT, cost] + drawn[kinks.CEILING, cost] == pytest.approx(cost)
        assert drawn[kinks.GROWING, cost] == point.growing_cents / 100


def test_the_lines_look_as_their_words_say() -> None:
    (line_,) = marked(kink(changed()), "line")
    assert line_.range_of("color") == {case: colour for case, (colour, _) in kinks.STYLE.items()}
    assert line_.range_of("strokeDash")[kinks.GROWING] == [7, 5], "what is unsettled is dashed"


def test_the_kink_stands_where_the_ceiling_is_reached() -> None:
    (line_,) = marked(kink(changed()), "line")
    assert {cost for case, cost in line_.drawn("color", "x") if case == kinks.KINK} == {195_000}


def names_of(both: tuple[Assessment, Assessment]) -> dict[str, dict[str, object]]:
    """The names in the picture, with what places them."""
    words = marked(kink(both), "text", "color")[0]
    return {row["label"].replace("\u00a0", " "): row for row in words.rows if row["label"]}


def test_left_of_the_kink_the_city_bears_a_third_and_right_of_it_all() -> None:
    found = names_of(changed())
    assert {label: row["align"] for label, row in found.items() if label.startswith("Stadt")} == {
        "Stadt zahlt zu 1/3": "right",
        "Stadt zahlt allein": "left",
    }


def test_every_line_is_named_behind_its_end_and_no_two_names_meet() -> None:
    found = names_of(changed("cost=+10%"))
    ends = [found[name] for name in ("Förderung", "Eigenanteil,\nHöchstbetrag", "Eigenanteil,\nmitwachsend")]
    assert len({row["cost"] for row in ends}) == 1 and {row["align"] for row in ends} == {"left"}
    heights = sorted((float(str(row["euro"])) for row in ends), reverse=True)
    top = max(row["euro"] for row in marked(kink(changed("cost=+10%")), "line")[0].rows)
    assert all(one - other >= 0.13 * top for one, other in pairwise(heights))


def test_plan_and_variante_are_points_at_their_cost_and_own_share() -> None:
    both = changed("cost=+10%")
    points = the(kink(both), "point")
    assert points.drawn("x", "y") == [(195_000, 65_000), (214_500, 84_500), (214_500, 71_500)], "both cases are points"
    assert points.at("fill") == [theme.SURFACE, theme.OWN, theme.SURFACE]


def test_a_variante_that_changes_nothing_is_no_second_point() -> None:
    assert the(kink(changed()), "point").drawn("x", "y") == [(195_000, 65_000)]


def test_every_encoded_field_is_in_the_rows(both: tuple[Assessment, Assessment]) -> None:
    fallen = layers(waterfall.waterfall_spec(), waterfall.waterfall_rows(*both))
    assert fields_without_rows([*kink(changed("cost=+10%")), *years(both), *fallen]) == []
