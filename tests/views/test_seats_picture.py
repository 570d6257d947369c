"""Seats against people: both as the ranges they are."""

import pytest
from drawn import Layer, fields_without_rows, layers, the

from insek_core.plan import Plan
from insek_core.plan.process import Format
from insek_core.plan.values import parse_span
from insek_core.rules.people.participation import participation
from insek_core.views.charts import seats


def format_(name: str, places: str = "", people: str = "") -> Format:
    return Format(
        id=name,
        name=name,
        seats=parse_span(places) if places else None,
        expected=parse_span(people) if people else None,
        evidence="stated",
    )


FOUND = participation(
    Plan(
        formats=(
            format_("Werkstatt", "30–35", "ca. 60"),
            format_("Forum", "100", "40–80"),
            format_("Labor", people="20"),
            format_("Netz"),
        )
    )
)


@pytest.fixture(scope="module")
def picture() -> list[Layer]:
    drawn = seats.seats_chart(FOUND)
    assert drawn is not None
    return layers(drawn)


def test_every_encoded_field_is_in_the_rows(picture: list[Layer]) -> None:
    assert fields_without_rows(picture) == []


def test_sure_seats_are_dark_and_those_up_to_the_most_pale(picture: list[Layer]) -> None:
    assert the(picture, "bar", "fill").drawn("y", "x", "x2", "fill") == [
        ("Werkstatt", 0, 30, seats.SURE),
        ("Werkstatt", 30, 35, seats.PERHAPS),
        ("Forum", 0, 100, seats.SURE),
        ("Forum", 100, 100, seats.PERHAPS),
    ]


def test_the_box_runs_from_the_fewest_to_the_most_people_expected(picture: list[Layer]) -> None:
    box = the(picture, "bar", filled=False)
    spans = {v.format.name: v.format.expected for v in FOUND.formats}
    assert box.at("y") == ["Werkstatt", "Forum", "Labor"]
    for name, low, high in box.drawn("y", "x", "x2"):
        wanted = spans[name]
        assert wanted and wanted.low is not None and wanted.high is not None
        assert low < wanted.low and wanted.high < high, "a single number is a box too, not a line of no width"
        assert (round(low), round(high)) == (wanted.low - 1, wanted.high + 1)


def test_a_format_with_nothing_to_compare_has_no_row(picture: list[Layer]) -> None:
    assert the(picture, "bar", "fill").encoding["y"]["sort"] == ["Werkstatt", "Forum", "Labor"]


def test_the_words_stand_right_of_seats_and_box_and_say_whether_it_is_enough(picture: list[Layer]) -> None:
    words = the(picture, "text")
    assert [(name, text) for name, text in words.drawn("y", "text")] == [
        ("Werkstatt", "30–35 Plätze, erwartet ca. 60: reicht nicht"),
        ("Forum", "100 Plätze, erwartet 40–80: reicht"),
        ("Labor", "Plätze unbekannt, erwartet 20"),
    ]
    ends = {name: max(ends) for name, ends in _ends(picture).items()}
    assert all(at == ends[name] for name, at in words.drawn("y", "x"))


def _ends(picture: list[Layer]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for layer in (the(picture, "bar", "fill"), the(picture, "bar", filled=False)):
        for name, end in layer.drawn("y", "x2"):
            found.setdefault(name, []).append(end)
    return found


def test_the_scale_begins_at_zero_and_leaves_room_for_the_words(picture: list[Layer]) -> None:
    low, high = the(picture, "bar", "fill").encoding["x"]["scale"]["domain"]
    assert low == 0 and high >= 2 * max(end for ends in _ends(picture).values() for end in ends)


def test_the_words_for_those_who_do_not_see_it_count_both() -> None:
    assert seats.seats_text(FOUND) == ("Plätze sind für 2 von 3 Formaten genannt, erwartetes Interesse für 3.")


def test_without_formats_there_is_no_picture() -> None:
    assert seats.seats_chart(participation(Plan())) is None
