"""Tables of an area's profile, of need against effort and of types: what they say where nothing is known."""

from datetime import date

from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator, Measure
from insek_core.plan.finance import FundingProof
from insek_core.plan.process import Event, Format
from insek_core.rules.fairness import effort, fairness
from insek_core.rules.places.indicators import AreaValue, Slice, YearValue
from insek_core.rules.places.need import need
from insek_core.rules.places.typology import typology, weights_by_direction
from insek_core.rules.profile import profile
from insek_core.views import profiletables

RATE = Indicator(
    id="Q", name="Quote", unit="%", direction="down", measure_kind="Rate", need_weight=1, evidence="assumed"
)
AREAS = tuple(Area(id=f"O{n}", name=f"Teil {n}", level="Ortsteil", evidence="stated") for n in range(12))
PLAN = Plan(
    areas=AREAS,
    indicators=(RATE,),
    formats=(Format(id="F", name="Forum", evidence="stated"),),
    measures=(
        Measure(id="M1", name="Markt", districts=("O0",), evidence="stated"),
        Measure(id="M2", name="Weg", districts=("O0", "O1"), evidence="stated"),
    ),
    funding_proofs=(FundingProof(id="P", measure="M2", amount_cents=500_00, evidence="stated"),),
    events=(Event(id="E", format="F", area="O1", topic="Wege", evidence="stated"),),
)


def rates(year: int, *values: float | None) -> Slice:
    rows = tuple(AreaValue(f"O{n}", "missing" if v is None else "value", v) for n, v in enumerate(values))
    return Slice(indicator="Q", year=year, level="Ortsteil", values=rows)


def test_a_profile_table_says_rank_change_trend_and_what_to_know() -> None:
    years = {2009: 9.0, 2010: 8.0, 2011: 7.0, 2013: 5.0, 2014: 4.0}
    rows: list[YearValue] = [("Q", year, AreaValue("O0", "value", value)) for year, value in years.items()]
    rows += [("Q", 2016, AreaValue("O0", "value", 3.0)), ("Q", 2012, AreaValue("O0", "suppressed", None))]
    found = profile(PLAN, rows, AREAS[0], (rates(2014, 4, 6, 8),), date(2015, 6, 1))
    (row,) = profiletables.figures(PLAN, found).texts()
    assert row[:4] == ("Quote", "4,0 %", "2014 (2016 später)", "3 von 3")
    assert row[5:8] == ("−5,0 Prozentpunkte seit 2009", "−1,0 Prozentpunkte je Jahr, besser", "Unterdrückt: 2012.")
    table = profiletables.series(PLAN, rows, "O0", 2015)
    assert table.columns[-1] == "2016 (nach dem Stichtag)" and table.texts()[0][5:7] == ("unterdrückt", "5,0")
    assert [figure.show() for figure in profiletables.change_figures(found)] == ["−5,0 Prozentpunkte"]


def test_measures_say_for_whom_their_money_is_and_events_where_they_are() -> None:
    rows = profiletables.measures(PLAN, effort(PLAN, "O0")).texts()
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("Markt", "unbekannt", "nur hier"),
        ("Weg", "500\N{NO-BREAK SPACE}€", "gemeinsam mit Teil 1"),
    ]
    assert profiletables.events(PLAN, effort(PLAN, "O1")).texts()[0][:4] == ("Forum", "unbekannt", "Wege", "Teil 1")


def test_need_against_effort_lists_every_area_the_greatest_need_first() -> None:
    slices = (rates(2014, 9, 1, 5, None),)
    rows = profiletables.need_against_effort(PLAN, fairness(PLAN, need(PLAN, slices), "Ortsteil")).texts()
    assert [row[0] for row in rows] == ["Teil 0", "Teil 2", "Teil 1", "Teil 3"]
    assert rows[0][2:6] == ("1 von 3", "2", "unbekannt", "500\N{NO-BREAK SPACE}€")
    assert rows[3][1:3] == ("unbekannt", "fehlt: Quote") and rows[3][4] == "keine Maßnahme"


def test_types_are_counted_with_the_unknown_ones() -> None:
    now, before = rates(2014, *[10.0] * 10, 20.0, None), rates(2010, *[10.0] * 11, None)
    found = typology(PLAN, weights_by_direction(RATE), (now,), (before,))
    counts = profiletables.type_counts(found)
    assert sum(int(cell) for row in counts.texts() for cell in row[1:]) == 12
    assert counts.texts()[-1] == ("unbekannt", "0", "0", "0", "1")
    assert profiletables.types(PLAN, found).texts()[-2][:3] == ("Teil 10", "sehr niedrig", "−3,16")
    assert len(profiletables.type_legend().rows) == 7
