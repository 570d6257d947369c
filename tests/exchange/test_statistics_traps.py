"""What real statistics hide is told and never corrected: each trap by a small table, and all of a city's files."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from places_files import AREAS, TOWN, csv, read, said, town

from insek_core.exchange.statistics import traps
from insek_core.exchange.statistics.choosing import StatisticsChoice
from insek_core.exchange.statistics.cube import Cube
from insek_core.exchange.statistics.proposal import StatisticsProposal, accept_statistics, propose_statistics
from insek_core.storage.example import create_example
from insek_core.storage.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return town(tmp_path)


def cube(rows: dict[str, Sequence[float | None]], first: int = 2014) -> Cube:
    """One indicator by area; None is unknown."""
    years = len(next(iter(rows.values())))
    values = np.full((1, len(AREAS), years), np.nan)
    for n, area in enumerate(TOWN.areas):
        if area.id in rows:
            values[0, n] = [np.nan if one is None else one for one in rows[area.id]]
    return Cube(("I",), TOWN.areas, tuple(range(first, first + years)), values)


def words(findings: object) -> str:
    return "\n".join(finding.message for finding in findings)  # type: ignore[attr-defined]


DISTRICTS = {"O-00": [5, 0, 5], "O-07": [4, 0, 4], "O-12": [3, 0, 3]}


def test_a_year_in_which_all_are_zero_or_the_city_alone_is_suspected() -> None:
    found = cube({**DISTRICTS, "S": [12, 0, 12]})
    assert traps.zero_years(found).tolist() == [[False, True, False]]
    assert traps.zero_years(cube({**DISTRICTS, "O-00": [5, 1, 5]})).tolist() == [[False, False, False]], (
        "one is not zero"
    )
    assert traps.zero_years(cube({"S": [12, 0]})).tolist() == [[False, True]]
    assert traps.zero_years(cube({one: [0, 0] for one in DISTRICTS})).tolist() == [[False, False]], "it always is"
    assert "„keine Angabe“ in 2015" in words(traps.zeros(found, ["I"], traps.zero_years(found)))


def test_the_sum_of_the_districts_is_held_against_the_city_and_both_stay() -> None:
    found = cube({"O-00": [50, 50], "O-07": [40, 40], "O-12": [7, 10], "S": [100, 100]})
    told = words(traps.sums(found, ["Einwohner"], traps.zero_years(found)))
    assert told == (
        "Einwohner: Die Summe der 3 Ortsteile weicht in 1 von 2 Jahren vom Wert der Stadt ab, um 0 bis 3 "
        "(2014: 3 unter der Stadt)."
    )
    rates = cube({"O-00": [5.5], "O-07": [4.0], "O-12": [6.0], "S": [5.0]})
    assert words(traps.sums(rates, ["Quote"], traps.zero_years(rates))) == "", "rates have no sum"
    unknown = cube({"O-00": [50], "O-07": [None], "O-12": [7], "S": [100]})
    assert words(traps.sums(unknown, ["I"], traps.zero_years(unknown))) == "", "a sum with an unknown part is unknown"


def test_a_leap_there_and_back_is_told_and_growth_is_not() -> None:
    def told(*values: float) -> str:
        found = cube({"O-00": values})
        return words(traps.leaps(found, ["Einwohner"], traps.zero_years(found)))

    assert (
        told(1748, 2283, 1773) == "Einwohner: Ein Wert springt und kehrt zurück: Kern 2014–2016: 1.748 → 2.283 → 1.773."
    )
    assert "108 → unter 10 → 106" in told(108, 2, 106) and "108 → 0 → 106" in told(108, 0, 106)
    assert told(1000, 1300, 1600) == "" and told(12, 30, 12) == "", "growth; too few to say"
    assert told(6.5, 17.2, 7.0) != "" and told(6.5, 8.0, 7.0) == "", "rates may move by half"


def test_moved_boundaries_and_published_densities_are_told() -> None:
    sizes = cube({"O-00": [100, 103], "O-07": [200, 200]})
    assert "von 2014 auf 2015 verändert in 1 Gebiet (um 3,0 bis 3,0)" in words(
        traps.boundaries(sizes, ["Gesamtfläche"])
    )
    dense = cube({"O-00": [600.0]})
    told = words(traps.densities(dense, ["Bevölkerungsdichte"], np.full((5, 1), 1000.0)))
    assert "weichen um bis zu 20,0 % davon ab" in told  # 1.000 on 2 km² are 500


def test_figures_of_another_basis_are_never_mixed_in_silence(store: Store) -> None:
    first = csv("Gebiet;Merkmal;2013;2014;2015", "Stadt Neustadt;Einwohner;567;568;570", "Kern;Einwohner;300;301;302")
    accept_statistics(store, read(store, first), author="A", reason="r")
    other = csv("Gebiet;Merkmal;2013;2014;2015", "Stadt Neustadt;Einwohner;560;561;563", "Kern;Einwohner;300;301;302")
    assert "andere Grundlage" not in said(read(store, other)), "half of them are the same"
    other = other.replace(b"300;301;302", b"296;297;302")
    told = said(read(store, other), "warning")
    assert "5 von 6 bekannten Werten sind andere als bisher, Stadt 2015: bisher 570,0, Datei 563,0" in told
    assert "bitte nie mischen" in told


# the files of a city, beside the repository

TOTALS = {2010: 508_775, 2015: 567_846, 2016: 579_530}


@pytest.fixture(scope="module")
def city(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, dict[str, StatisticsProposal]]:
    """The example with every statistics file of the folder taken over, and what was said of each."""
    folder = shared / "leipzig"
    if not folder.is_dir():
        pytest.skip("the statistics in ../shared/leipzig are not here")
    store = create_example(tmp_path_factory.mktemp("city") / "a.sqlite")
    choices = {"ortsteile.csv": StatisticsChoice(meant={"ortsteile: population": "IND-EW"})}
    found = {}
    for path in (*sorted((folder / "lis").glob("*.csv")), folder / "ortsteile.csv", folder / "indicators_long.csv"):
        choice = choices.get(path.name, StatisticsChoice(all_new=True))
        found[path.name] = propose_statistics(store, path.name, path.read_bytes(), on=date(2024, 6, 1), choice=choice)
        if found[path.name].rows:
            accept_statistics(store, found[path.name], author="A", reason="r")
    return store, found


def test_every_file_of_the_city_is_read_without_an_error(city: tuple[Store, dict[str, StatisticsProposal]]) -> None:
    store, found = city
    assert {name: len(one.findings) > 0 and one.refused for name, one in found.items()} == dict.fromkeys(found, False)
    assert found["ortsteile.csv"].unchanged == 63 * 24, "the districts are the same in both"
    long = found["indicators_long.csv"]
    assert long.added + long.changed + long.removed + long.unchanged == 66_433 and len(long.series) == 68
    values = {year: store.slice("IND-EW", year, "Stadt").values[0].value for year in TOTALS}
    assert values == TOTALS


def test_every_trap_of_the_city_is_told(city: tuple[Store, dict[str, StatisticsProposal]]) -> None:
    _, found = city
    long = said(found["indicators_long.csv"])
    for told in (
        "Langzeitarbeitslose: Die Null steht vermutlich für „keine Angabe“ in 2000, 2018, 2019, 2021, 2022",
        "Gebäude- und Freifläche: Die Null steht vermutlich für „keine Angabe“ in 2018, 2020",
        "Anteil an den Erwerbsfähigen: Die Null steht vermutlich für „keine Angabe“ in 2000, 2002",
        "Zentrum 2014–2016: 1.748 → 2.283 → 1.773",
        "Einwohner: Die Summe der 63 Ortsteile weicht in 22 von 24 Jahren vom Wert der Stadt ab, um 0 bis 579",
        "Gesamtfläche: Grenzen von 2016 auf 2018 verändert in 10 Gebieten (um 1,0 bis 3,0)",
    ):
        assert told in long, told


def test_the_same_file_again_changes_nothing(city: tuple[Store, dict[str, StatisticsProposal]], shared: Path) -> None:
    data = (shared / "leipzig" / "lis" / "Arbeitslose.csv").read_bytes()
    again = propose_statistics(city[0], "Arbeitslose.csv", data, on=date(2024, 6, 1))
    assert not again.rows and again.unchanged == 18_574
