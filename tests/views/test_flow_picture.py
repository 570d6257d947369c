"""The picture of the money flow: the plan as a line, bookings as steps, a name at each end, no line where nothing is
booked.
"""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from drawn import Layer, day, fields_without_rows, layers, marked, the, told

from insek_core.plan import Plan
from insek_core.plan.finance import Booking
from insek_core.rules.assessment import assess
from insek_core.rules.money.actual.flow import MoneyFlow, money_flow
from insek_core.views.charts.flow import flow_chart, flow_text
from insek_core.views.moneytables import months

TODAY = date(2016, 6, 1)
BOOKED = (
    ("gebunden", 6_000_000, date(2015, 7, 1)),
    ("bezahlt", 3_000_000, date(2015, 9, 1)),
    ("bezahlt", 2_900_000, date(2016, 2, 1)),
    ("abgerufen", 2_000_000, date(2015, 10, 1)),
)


def flow(plan: Plan, *booked: tuple[str, int, date]) -> MoneyFlow:
    rows = tuple(
        Booking(id=f"BU-{n}", kind=kind, amount_cents=cents, booked_on=when, evidence="stated")
        for n, (kind, cents, when) in enumerate(booked)
    )
    plan = replace(plan, bookings=rows)
    seen = assess(plan, (), TODAY)
    return money_flow(plan, seen.timetable, seen.drawdown, TODAY)


@pytest.fixture(scope="module")
def picture(example: Plan) -> list[Layer]:
    return layers(flow_chart(flow(example, *BOOKED)))


def test_every_encoded_field_is_in_the_rows(picture: list[Layer]) -> None:
    assert fields_without_rows(picture) == [] and all(layer.rows for layer in picture)


def test_the_plan_is_dashed_and_begins_at_0(picture: list[Layer]) -> None:
    rows = the(picture, "line", "x", strokeDash=[6, 4]).drawn("x", "y")
    assert (day(str(rows[0][0])), rows[0][1]) == ("2015-05-01", 0) and (day(str(rows[-1][0])), rows[-1][1]) == (
        "2017-05-31",
        195_000,
    )
    assert [euro for _, euro in rows] == sorted(euro for _, euro in rows)


def test_bookings_are_steps_up_to_the_day_looked_at(picture: list[Layer]) -> None:
    steps = the(picture, "line", "x", interpolate="step-after")
    paid = [(day(str(when)), euro) for when, euro, line in steps.drawn("x", "y", "color") if line == "bezahlt"]
    assert paid == [("2015-09-01", 0), ("2015-09-01", 30_000), ("2016-02-01", 59_000), ("2016-06-01", 59_000)]
    assert set(steps.at("color")) == {"gebunden", "bezahlt", "abgerufen"}


def test_names_stand_at_the_ends_and_clear_of_one_another(picture: list[Layer]) -> None:
    names = next(layer for layer in marked(picture, "text", "x", "y", "color"))
    at = sorted(y for y, line in names.drawn("y", "color") if line != "nach Plan")
    assert all(high - low > 0.07 * 195_000 for low, high in pairwise(at))
    assert [words.replace("\xa0", " ") for words in names.at("text")] == [
        "abgerufen 20,0 T€",
        "bezahlt 59,0 T€",
        "gebunden 60,0 T€",
        "nach Plan 195,0 T€",
    ]


def test_without_bookings_only_the_plan_is_drawn_and_without_anything_nothing(example: Plan) -> None:
    alone = layers(flow_chart(flow(example)))
    assert len(marked(alone, "line")) == 1 and marked(alone, "line", interpolate="step-after") == []
    assert flow_chart(flow(Plan())) is None
    assert flow_text(flow(Plan())).endswith("Was gebunden, bezahlt und abgerufen ist, ist unbekannt.")


def test_the_words_and_the_table_say_what_the_picture_shows(example: Plan) -> None:
    found = flow(example, *BOOKED)
    words = flow_text(found).replace("\xa0", " ")
    assert (
        "gebunden 60.000 €, bezahlt 59.000 € und abgerufen 20.000 €" in words
        and "nicht gebucht: berechnet, eingegangen" in words
    )
    rows = told(months(found))
    assert list(rows[0]) == ["bis", "Kosten nach Plan", "gebunden", "bezahlt", "abgerufen"]
    october = next(row for row in rows if row["bis"] == "31.10.2015")
    assert (october["gebunden"], october["bezahlt"], october["abgerufen"]) == ("60.000 €", "30.000 €", "20.000 €")
    july = next(row for row in rows if row["bis"] == "31.07.2016")
    assert july["bezahlt"] == ""
