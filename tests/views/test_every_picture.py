"""What holds for every picture, drawn of the whole example: every field named is there, nothing runs backwards."""

from datetime import date

import pytest
from drawn import Layer, fields_without_rows, layers

from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.rules.assessment import assess
from insek_core.rules.money.curve import curve
from insek_core.rules.time.baseline import actual
from insek_core.rules.time.course import steps
from insek_core.views.charts import gantt, kinks, lateness, money, seats, time, waterfall, yearbars
from insek_core.views.charts.lanelayers import Look

TODAY = date(2015, 6, 1)
MOVING = ("kink", "years", "fall")
PICTURES = ("budget", "ribbon", "lanes", "steps", "seats", *MOVING)


@pytest.fixture(scope="module")
def pictures(example: Plan) -> dict[str, list[Layer]]:
    before = assess(example, (), TODAY)
    after = assess(apply(example, [parse("cost=+10%"), parse("longer:P2=90")]).plan, (), TODAY)
    shape = curve(example, after.funding)
    paper = next(paper for paper in example.papers if paper.id == "V4")
    look = Look(floats=True, links=True)
    assert shape
    return {
        "budget": layers(money.years_chart(before)),
        "ribbon": layers(time.ribbon(example, before)),
        "lanes": layers(gantt.gantt(example, before, look, ("Verlauf", actual(example)))),
        "steps": layers(lateness.steps_chart(steps(example, paper, date(2017, 5, 10), today=TODAY))),
        "seats": layers(seats.seats_chart(before.participation)),
        "kink": layers(kinks.kink_spec(), kinks.kink_rows(shape, before, after)),
        "years": layers(yearbars.years_spec(), yearbars.years_rows(before, after)),
        "fall": layers(waterfall.waterfall_spec(), waterfall.waterfall_rows(before, after)),
    }


@pytest.mark.parametrize("name", PICTURES)
def test_every_encoded_field_is_in_the_rows_and_every_layer_draws_something(
    name: str, pictures: dict[str, list[Layer]]
) -> None:
    assert fields_without_rows(pictures[name]) == []
    assert [layer.mark for layer in pictures[name] if not layer.rows] == []


@pytest.mark.parametrize("name", PICTURES)
def test_no_bar_runs_backwards(name: str, pictures: dict[str, list[Layer]]) -> None:
    for layer in (layer for layer in pictures[name] if layer.mark["type"] in ("bar", "rect")):
        if "x2" in layer.encoding:
            assert all(left < right for left, right in layer.drawn("x", "x2"))
        if "y2" in layer.encoding:
            assert all(low != high for low, high in layer.drawn("y", "y2"))


@pytest.mark.parametrize("name", PICTURES)
def test_a_mark_lies_in_a_row_and_a_colour_that_its_scale_knows(name: str, pictures: dict[str, list[Layer]]) -> None:
    rows = {
        row
        for layer in pictures[name]
        for row in (layer.encoding.get("y", {}).get("scale") or {}).get("domain", ())
        if layer.encoding["y"]["type"] == "nominal"
    }
    for layer in pictures[name]:
        if rows and layer.encoding.get("y", {}).get("type") == "nominal":
            assert set(layer.at("y")) <= rows
        for channel in ("color", "strokeDash"):
            if isinstance(layer.encoding.get(channel, {}).get("scale"), dict):
                assert set(layer.at(channel)) <= set(layer.range_of(channel))


@pytest.mark.parametrize("name", MOVING)
def test_a_moving_picture_names_the_rows_it_is_sent(name: str, pictures: dict[str, list[Layer]]) -> None:
    spec = {"kink": kinks.kink_spec(), "years": yearbars.years_spec(), "fall": waterfall.waterfall_spec()}[name]
    assert all("name" in part["data"] for part in spec["layer"]) and "datasets" not in spec
