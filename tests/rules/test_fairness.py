"""Need against effort and the profile of an area: shared money is never divided, what nobody knows is not nought."""

from dataclasses import replace
from datetime import date

import pytest

from insek_core.plan import Plan
from insek_core.plan.content import Area, Contribution, Goal, Indicator, Measure, Statement
from insek_core.plan.finance import FundingProof
from insek_core.plan.german import show_euro
from insek_core.plan.process import Event, Format
from insek_core.plan.values import parse_fuzzy
from insek_core.rules.fairness import effort, fairness, fairness_sentences
from insek_core.rules.places.indicators import AreaValue, Slice, YearValue
from insek_core.rules.places.need import need
from insek_core.rules.profile import AreaProfile, direction_word, profile
from insek_core.rules.profilesentences import profile_sentences

TODAY = date(2015, 6, 1)
ALO = Indicator(
    id="ALO",
    name="Arbeitslose",
    unit="%",
    direction="down",
    measure_kind="Rate",
    need_weight=1,
    source="Amt",
    evidence="external",
)
DUE = parse_fuzzy("30.09.2015")
AREAS = (
    Area(id="L", name="Stadt", level="Stadt", evidence="stated"),
    Area(id="B", name="Ost", level="Stadtbezirk", parent="L", evidence="stated"),
    *(
        Area(id=f"O{n}", name=f"Teil {n}", code=f"0{n}", level="Ortsteil", parent="B", evidence="stated")
        for n in range(6)
    ),
)
TOWN = Plan(
    areas=AREAS,
    indicators=(ALO,),
    goals=(Goal(id="Z", name="Arbeit für alle", kind="Ziel", evidence="stated"),),
    formats=(Format(id="F", name="Forum", evidence="stated"),),
    measures=(
        Measure(id="M1", name="Markt", districts=("O0",), evidence="stated"),
        Measure(id="M2", name="Weg", districts=("O0", "O1"), evidence="stated"),
        Measure(id="M3", name="Rat", districts=("B",), evidence="stated"),
        Measure(id="M4", name="überall", evidence="stated"),
    ),
    funding_proofs=(
        FundingProof(id="P1", measure="M1", amount_cents=100_00, evidence="stated"),
        FundingProof(id="P2", measure="M2", amount_cents=500_00, evidence="stated"),
    ),
    contributions=(Contribution(id="C", goal="Z", origin="M1", weight=2, evidence="stated"),),
    events=(Event(id="E1", format="F", area="B", evidence="stated"), Event(id="E2", format="F", evidence="stated")),
    statements=(
        Statement(id="S1", text="Wo?", kind="Offener Punkt", concerns=("O0",), due=DUE, evidence="stated"),
        Statement(id="S2", text="Der Osten wächst.", kind="Raumaussage", concerns=("B",), evidence="stated"),
        Statement(id="S3", text="Die Stadt wächst.", kind="Raumaussage", concerns=("L",), evidence="stated"),
    ),
)


def rates(*values: float | None, year: int = 2014) -> Slice:
    rows = tuple(AreaValue(f"O{n}", "missing" if v is None else "value", v) for n, v in enumerate(values))
    return Slice(indicator="ALO", year=year, level="Ortsteil", values=rows)


def texts(plan: Plan, *values: float | None) -> list[str]:
    found = fairness(plan, need(plan, (rates(*values),)), "Ortsteil")
    return [sentence.text for sentence in fairness_sentences(plan, found)]


def without_borough(plan: Plan) -> Plan:
    return replace(plan, measures=tuple(m for m in plan.measures if m.id != "M3"))


def test_money_of_a_measure_of_several_districts_is_shared_in_each_and_never_divided() -> None:
    first, second, third = (effort(TOWN, area) for area in ("O0", "O1", "O2"))
    assert ([m.id for m in first.own], [m.id for m in first.shared]) == (["M1"], ["M2", "M3"])
    assert (first.own_money.value, first.shared_money.value) == (100_00, 500_00)
    assert (second.own_money.value, second.shared_money.value) == (None, 500_00)
    assert ([m.id for m in third.measures], third.shared_money.value) == (["M3"], None)
    assert [m.id for m in effort(TOWN, "B").own] == ["M1", "M2", "M3"]  # what lies in it is its own
    assert ([e.id for e in first.events], [e.id for e in first.events_around]) == ([], ["E1"])


def test_need_against_measures_is_told_in_words() -> None:
    """Of six districts the three of highest need: 5, 4 and 3; none of them has a measure but by the borough."""
    plan = without_borough(TOWN)
    assert (
        texts(plan, 1, 2, 3, 4, 5, 6)[0] == "Von den drei Ortsteilen mit dem höchsten Bedarf haben alle keine Maßnahme."
    )
    assert (
        texts(plan, 9, 2, 3, 4, 5, 6)[0] == "Von den drei Ortsteilen mit dem höchsten Bedarf haben zwei keine Maßnahme."
    )
    assert (
        texts(plan, 9, 8, 3, 4, 5, 6)[0] == "Von den drei Ortsteilen mit dem höchsten Bedarf hat einer keine Maßnahme."
    )
    assert (
        texts(TOWN, 1, 2, 3, 4, 5, 6)[0]
        == "Von den drei Ortsteilen mit dem höchsten Bedarf haben alle mindestens eine Maßnahme."
    )
    assert texts(plan, 9, 1, 2)[0] == "Der Ortsteil mit dem höchsten Bedarf hat mindestens eine Maßnahme."


def test_equals_at_the_edge_all_count() -> None:
    assert texts(without_borough(TOWN), 1, 2, 5, 5, 5, 5)[0].startswith("Von den vier Ortsteilen")


def test_what_is_unknown_or_has_no_place_is_said() -> None:
    told = texts(TOWN, 9, 2, 3, None, 5, 6)
    assert "Der Bedarf von 1 Gebiet ist unbekannt; bekannt ist er von 5." in told
    assert "1 Maßnahme und 1 Veranstaltung nennen kein Gebiet und zählen nirgends mit." in told
    assert (
        f"Von {show_euro(60000)} der Maßnahmen mit Gebiet und Betrag erreichen mindestens {show_euro(60000)} die "
        "Gebiete mit dem höchsten Bedarf, zum Teil gemeinsam mit anderen." in told
    )
    assert texts(TOWN, 9, 2)[0].startswith("Ob Geld und Maßnahmen dem Bedarf folgen, ist unbekannt")


def rows(area: str, points: dict[int, float]) -> list[YearValue]:
    return [("ALO", year, AreaValue(area, "value", value)) for year, value in points.items()]


def town_profile(values: list[YearValue], plan: Plan = TOWN, vintage: str = "") -> AreaProfile:
    area = next(a for a in plan.areas if a.id == "O0")
    return profile(plan, values, area, (rates(9, 2, 3, 4, 5, 6),), TODAY, vintage)


def test_a_profile_holds_the_figure_of_the_stichtag_with_rank_and_names_the_later_year() -> None:
    found = town_profile([*rows("O0", {2014: 9.0, 2016: 7.0}), *rows("L", {2014: 5.0})])
    one = found.figures[0]
    assert (one.year, one.value.value, one.later_year, one.age_years) == (2014, 9.0, 2016, 1)
    assert one.rank and one.rank.show() == "1 von 6" and [v.area for v in one.around] == ["L"]
    assert one.moved.points == ((2014, 9.0),)  # the later figure moves nothing
    assert found.need and found.need.rank and found.need.rank.place == 1


def test_a_profile_joins_goals_measures_events_and_what_the_paper_says() -> None:
    found = town_profile(rows("O0", {2014: 9.0}), vintage="31.12.2018")
    assert [goal.id for goal in found.goals] == ["Z"]
    assert [s.id for s in found.open_points] == ["S1"] and [s.id for s in found.statements] == ["S2"]
    assert found.borders == ("Umriss Stand 2018; die Zahlen von 2014 können für andere Grenzen gelten.",)
    told = [sentence.text for sentence in profile_sentences(TOWN, found)]
    assert told[0] == "Teil 0 (Ortsteil 00) liegt in Ost und Stadt; Stand 01.06.2015."
    assert (
        "3 Maßnahmen betreffen das Gebiet, davon 2 gemeinsam mit anderen; 1 Veranstaltung für ein größeres Gebiet."
        in told
    )
    assert (
        f"Geld: für das Gebiet allein {show_euro(10000)} und gemeinsam mit anderen mindestens {show_euro(50000)}, "
        "nicht aufgeteilt." in told
    )
    assert told[-1] == "1 offener Punkt betrifft das Gebiet, der nächste bis 30.09.2015."


@pytest.mark.parametrize(("direction", "word"), [("down", "schlechter"), ("up", "besser"), ("", "unbekannt")])
def test_a_trend_is_good_or_bad_only_by_the_direction(direction: str, word: str) -> None:
    plan = replace(TOWN, indicators=(replace(ALO, direction=direction),))
    found = town_profile(rows("O0", {year: float(year) for year in range(2010, 2015)}), plan)
    assert (found.figures[0].moved.trend, direction_word(found.figures[0])) == (1.0, word)


def test_an_area_of_which_nothing_is_known_has_a_profile_too() -> None:
    bare = Plan(areas=AREAS)
    found = profile(bare, (), AREAS[2], (), TODAY)
    assert (found.figures, found.need, found.goals) == ((), None, ())
    told = [sentence.text for sentence in profile_sentences(bare, found)]
    assert told[-1] == "Keine Maßnahme betrifft das Gebiet; keine Veranstaltung."
