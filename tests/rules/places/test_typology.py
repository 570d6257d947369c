"""Types and need, worked by hand.

Source of the classes: Monitoring Soziale Stadtentwicklung Berlin (four classes of status, three of change); the limits
of 1 and 1.5 standard deviations are the program's assumption.
"""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator
from insek_core.rules.places.indicators import AreaValue, Slice
from insek_core.rules.places.need import mix_sentence, need, need_mix
from insek_core.rules.places.typology import (
    AreaType,
    index,
    typology,
    weights_by_direction,
    weights_by_need,
    z_scores,
)

JOBLESS = Indicator(id="ALO", name="Arbeitslose", unit="%", direction="down", need_weight=2, evidence="assumed")
INCOME = Indicator(id="EINK", name="Einkommen", unit="€", direction="up", need_weight=-1, evidence="assumed")


PLAN = Plan(
    areas=tuple(Area(id=f"O{n}", name=f"Teil {n}", level="Ortsteil", evidence="stated") for n in range(4)),
    indicators=(JOBLESS, INCOME),
)


def of(indicator: str, *values: float | None, year: int = 2014) -> Slice:
    rows = tuple(AreaValue(f"O{n}", "missing" if v is None else "value", v) for n, v in enumerate(values))
    return Slice(indicator=indicator, year=year, level="Ortsteil", values=rows)


def typed(now: Slice, before: Slice, indicator: Indicator = JOBLESS) -> tuple[AreaType, ...]:
    return typology(PLAN, weights_by_direction(indicator), (now,), (before,))


def classes(*values: float) -> list[str]:
    return [one.status for one in typed(of("ALO", *values), of("ALO", *values))]


def test_status_by_hand() -> None:
    """Six times 10 and four times 20: mean 14, deviation √24 = 4.899; 20 lies 1.2247 above, 10 lies 0.8165 below."""
    assert classes(*[10.0] * 6, *[20.0] * 4) == ["mittel"] * 6 + ["niedrig"] * 4
    assert classes(*[10.0] * 9, 20.0)[-1] == "sehr niedrig"  # mean 11, deviation 3: 3 above
    assert classes(*[10.0] * 9, 0.0)[-1] == "hoch"  # mean 9, deviation 3: 3 below, and less is better
    assert classes(*[8.0] * 5, *[12.0] * 5) == ["mittel"] * 10  # exactly 1 deviation is still the middle


def test_change_by_hand() -> None:
    """One of ten rises from 10 to 20, the others stay: mean change 1, deviation 3; it lies 3 above: worse."""
    found = typed(of("ALO", *[10.0] * 9, 20.0), of("ALO", *[10.0] * 10))
    assert [one.change for one in found] == ["stabil"] * 9 + ["negativ"]
    better = typed(of("ALO", *[10.0] * 9, 5.0), of("ALO", *[10.0] * 10))
    assert better[-1].change == "positiv" and better[-1].change_score == pytest.approx(3)


def test_fewer_than_ten_areas_or_no_direction_have_no_type() -> None:
    assert set(classes(*[10.0] * 8, 20.0)) == {"unbekannt"}
    nine = typed(of("ALO", *[10.0] * 10), of("ALO", *[10.0] * 9, None))
    assert {one.change for one in nine} == {"unbekannt"} and {one.status for one in nine} == {"mittel"}
    loose = Indicator(id="ALO", name="A", direction="band", evidence="stated")
    assert {one.status for one in typed(of("ALO", *range(12)), of("ALO", *range(12)), loose)} == {"unbekannt"}


def test_a_type_tells_its_scores_and_whose_classes_these_are() -> None:
    figure = typed(of("ALO", *[10.0] * 9, 20.0), of("ALO", *[10.0] * 10, year=2010))[-1].figure
    assert figure.show() == "sehr niedrig / negativ" and "Berlin" in figure.source and figure.assumed
    status, change = figure.operands
    assert (status.show(), [part.show() for part in status.operands]) == ("−3,00", ["20,0 %"])
    assert [part.label for part in change.operands] == ["Arbeitslose 2010, O9", "Arbeitslose 2014, O9"]


def test_the_mix_of_need_makes_types_too_and_what_raises_need_is_worse() -> None:
    now = (of("ALO", *[10.0] * 9, 20.0), of("EINK", *[30.0] * 9, 10.0))
    found = typology(PLAN, weights_by_need({"ALO": 2, "EINK": -1}), now, now)
    assert [one.status for one in found] == ["mittel"] * 9 + ["sehr niedrig"]
    assert {one.change for one in found} == {"stabil"}


@settings(max_examples=20)
@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=12), st.integers(-50, 50), st.integers(1, 9))
def test_a_score_knows_neither_unit_nor_zero_point(values: list[int], shift: int, times: int) -> None:
    plain = z_scores({f"O{n}": float(v) for n, v in enumerate(values)})
    moved = z_scores({f"O{n}": float(times * v + shift) for n, v in enumerate(values)})
    assert all(plain[area] == pytest.approx(moved[area], abs=1e-6) for area in plain)


@settings(max_examples=20)
@given(st.lists(st.floats(0, 100), min_size=3, max_size=12), st.integers())
def test_the_order_of_areas_and_parts_does_not_matter(values: list[float], seed: int) -> None:
    rows = [(f"O{n}", value) for n, value in enumerate(values)]
    other = {area: -value for area, value in rows}
    mixed = list(rows)
    Random(seed).shuffle(mixed)
    plain = index({"A": dict(rows), "B": other}, {"A": 2, "B": -1})
    assert index({"B": other, "A": dict(mixed)}, {"B": -1, "A": 2}) == plain


def test_need_by_hand() -> None:
    """Jobless 4, 6, 8 (weight 2) and income 30, 10, 20 (weight −1): z = ∓1.2247 or 0.

    Need: (2·−1.2247 − 1.2247)/3 = −1.2247; (0 + 1.2247)/3 = 0.4082; (2·1.2247 − 0)/3 = 0.8165.
    """
    found = {row.area: row for row in need(PLAN, (of("ALO", 4, 6, 8), of("EINK", 30, 10, 20)))}
    assert [round(found[f"O{n}"].score or 0, 4) for n in range(3)] == [-1.2247, 0.4082, 0.8165]
    assert [found[f"O{n}"].rank.place for n in range(3)] == [3, 2, 1]  # type: ignore[union-attr]
    assert found["O2"].figure.show() == "0,82" and found["O2"].figure.assumed
    assert [part.label for part in found["O2"].figure.operands][:1] == ["Gewicht von Arbeitslose"]


def test_an_unknown_part_makes_the_need_unknown_and_never_nought() -> None:
    rows = need(PLAN, (of("ALO", 4, 6, 8, 9), of("EINK", 30, 10, 20, None)))
    assert (rows[-1].area, rows[-1].score, rows[-1].rank, rows[-1].unknown) == ("O3", None, None, ("EINK",))
    assert rows[0].rank and rows[0].rank.known == 3
    assert {row.score for row in need(PLAN, (of("ALO", 4, 6, 8),))} == {None}  # the income is nowhere
    assert {row.score for row in need(PLAN, (of("ALO", 4, 6), of("EINK", 1, 2)))} == {None}  # two areas are too few


def test_the_mix_is_the_plans_and_can_be_another() -> None:
    slices = (of("ALO", 4, 6, 8), of("EINK", 30, 10, 20))
    assert need_mix(PLAN) == {"ALO": 2, "EINK": -1}
    assert next(row.area for row in need(PLAN, slices, {"EINK": 1})) == "O0"
    assert mix_sentence(PLAN, slices).text == (
        "Bedarf: Mischung aus Arbeitslose 2014 (Gewicht 2) und Einkommen 2014 (Gewicht −1)."
    )
    assert "unbekannt" in mix_sentence(Plan(), ()).text and need(Plan(), slices) == ()
