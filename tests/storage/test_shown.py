"""There is one gate between the statistics and everybody: what it hides is hidden on screen, in tables, on the command
line and in the assessment.
"""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from insek_core.cli.main import main
from insek_core.plan import Plan
from insek_core.plan.content import Indicator
from insek_core.rules.fairness import fairness, fairness_sentences
from insek_core.rules.places.need import mix_sentence, need
from insek_core.rules.places.standing import city_gap_sentence
from insek_core.rules.profilesentences import profile_sentences
from insek_core.storage.example import create_example
from insek_core.storage.shown import (
    city_slices,
    newest_slice,
    newest_slices,
    shown_profile,
    shown_rows,
    shown_slice,
    shown_types,
)
from insek_core.storage.store import Store
from insek_core.views import placetables, profiletables

ROOT = Path(__file__).resolve().parents[2]
BASE = Indicator(id="ERW", name="Erwerbsfähige", unit="Personen", measure_kind="Zahl", evidence="external")
RATE = Indicator(id="Q", name="Quote", unit="%", measure_kind="Rate", denominator="ERW", evidence="external")
COUNT = Indicator(id="FALL", name="Fälle", unit="Personen", measure_kind="Zahl", evidence="external")
MAY_READ = ("insek_core/storage/", "insek_core/exchange/statistics/")  # what comes in is compared with what is stored
RAW_READ = re.compile(r"store\.(?:slice|profile|series|values_of|_rows)\(|indicator_values")


@pytest.fixture
def store(db: Path) -> Store:
    """The example with three more indicators: 2 cases in Zentrum, 40 of Zentrum-Ost's 80 neighbours."""
    found = Store(db)
    plan = found.load()
    found.save(replace(plan, indicators=(*plan.indicators, COUNT, BASE, RATE)), based_on=1, author="T", reason="t")
    cases = {"OT-00": 2, "OT-01": 30, "OT-02": 40, "OT-03": 0, "OT-10": 50, "SB-0": 72, "SB-1": 50, "L": 122}
    rows = [("FALL", area, 2014, float(value), "value") for area, value in cases.items()]
    rows += [("ERW", area, 2014, 100.0 * (value + 1), "value") for area, value in cases.items()]
    rows += [("Q", area, 2014, value / (value + 1), "value") for area, value in cases.items()]
    found.put_values(rows)
    return found


def test_raw_values_are_read_in_one_place_only() -> None:
    """Whoever reads the store past the gate shows what is hidden."""
    files = [*(ROOT / "insek_core").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]
    found = {p.relative_to(ROOT).as_posix() for p in files if RAW_READ.search(p.read_text(encoding="utf-8"))}
    assert {path for path in found if not path.startswith(MAY_READ)} == set()


def test_a_small_number_and_one_beside_it_are_hidden_in_slice_profile_and_rate(store: Store) -> None:
    plan = store.load()
    for indicator in (COUNT, RATE):
        values = shown_slice(store, plan, indicator, 2014, "Ortsteil")
        assert {v.area for v in values.values if v.state == "suppressed"} == {"OT-00", "OT-01"}, indicator.id
        assert values.of("OT-03").value == 0
    held = {(one, value.area): value.state for one, _, value in shown_rows(store, plan, ["OT-00", "OT-03"])}
    assert (held["FALL", "OT-00"], held["FALL", "OT-03"], held["Q", "OT-00"]) == ("suppressed", "value", "suppressed")
    assert held["IND-EW", "OT-00"] == "value"


def test_tables_sentences_and_command_line_say_suppressed(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    plan = store.load()
    area = next(a for a in plan.areas if a.id == "OT-00")
    found = shown_profile(store, plan, area, date(2015, 6, 1))
    one = next(figure for figure in found.figures if figure.indicator.id == "FALL")
    assert (one.figure.show(), one.figure.rule, one.rank) == ("unbekannt", "unterdrückt, weil kleine Zahl", None)
    assert "Fälle 2014: unterdrückt." in [sentence.text for sentence in profile_sentences(plan, found)]
    rows = {row[0]: row[1] for row in profiletables.figures(plan, found).texts()}
    assert rows["Fälle"] == "unterdrückt" and rows["Quote"] == "unterdrückt"
    values = shown_slice(store, plan, COUNT, 2014, "Ortsteil")
    assert [row[3] for row in placetables.districts(plan, values, "Personen").texts()][:2] == ["unterdrückt"] * 2
    assert main(["indicators", "--indicator", "Fälle", "--year", "2014", "--db", str(store.path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    zentrum = next(value for value in told["values"] if value["code"] == "00")
    assert (zentrum["name"], zentrum["value"], zentrum["state"], told["suppressed"]) == (
        "Zentrum",
        None,
        "suppressed",
        2,
    )
    assert told["gap"] is None  # a part is unknown
    assert main(["profile", "00", "--db", str(store.path), "--json"]) == 0
    figures = {one["indicator"]: one for one in json.loads(capsys.readouterr().out)["figures"]}
    assert (figures["FALL"]["value"], figures["FALL"]["series"], figures["Q"]["value"]) == (None, [], None)


def test_values_on_the_command_line_are_the_citys(example_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["indicators", "--indicator", "einwohner", "--level", "stadt", "--db", str(example_db), "--json"]
    for year, value in ((2010, 508_775), (2015, 567_846), (2016, 579_530)):
        assert main([*words, "--year", str(year)]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [(v["code"], v["name"], v["value"]) for v in told["values"]] == [("L", "Leipzig", value)]
        assert told["after_today"] is (year > 2015)
    assert main(words) == 0 and json.loads(capsys.readouterr().out)["year"] == 2015  # the newest at the Stichtag


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["indicators", "--indicator", "Glück"], "Den Indikator „Glück“ gibt es nicht."),
        (["indicators", "--indicator", "IND-EW", "--year", "1950"], "Für 1950 liegen keine Werte vor."),
        (["profile", "Atlantis"], "Das Gebiet „Atlantis“ gibt es nicht."),
    ],
)
def test_what_there_is_not_is_told(
    words: list[str], message: str, example_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--db", str(example_db)]) == 1
    assert message in capsys.readouterr().err


def test_a_level_without_figures_of_its_own_is_summed(example_db: Path, example: Plan) -> None:
    store, people = Store(example_db), next(i for i in example.indicators if i.id == "IND-EW")
    found = shown_slice(store, example, people, 2015, "Stadtgebiet")
    assert sum(v.value or 0 for v in found.values) == 567_843 and len(found.values) == 4
    quota = next(i for i in example.indicators if i.id == "IND-ALO")
    assert {v.state for v in shown_slice(store, example, quota, 2015, "Stadtgebiet").values} == {"missing"}
    area = next(a for a in example.areas if a.id == "SG-1")
    figure = next(
        f for f in shown_profile(store, example, area, date(2015, 6, 1)).figures if f.indicator.id == "IND-EW"
    )
    assert figure.value.value == found.of("SG-1").value and len(figure.moved.points) == 6


def test_the_newest_slice_is_the_one_that_shows_something(example_db: Path, example: Plan) -> None:
    store, people = Store(example_db), example.indicators[0]
    newest = [newest_slice(store, example, people, "Ortsteil", year) for year in (2015, 2030)]
    assert [found and found.year for found in newest] == [2015, 2017]
    assert newest_slice(store, example, people, "Ortsteil", 1999) is None
    assert {s.year for s in city_slices(store, example)} == set(range(2010, 2018))


def test_districts_have_types_by_the_mix_of_need(example_db: Path, example: Plan) -> None:
    types = {
        one.area: (one.status, one.change) for one in shown_types(Store(example_db), example, "Ortsteil", 2015, 2010)
    }
    assert len(types) == 63 and types["OT-62"][0] == "sehr niedrig" and types["OT-00"][0] == "hoch"
    assert "unbekannt" not in {word for pair in types.values() for word in pair}


@pytest.mark.parametrize("name", ["leipzig", "musterstadt"])
def test_sentences_of_every_area_of_the_examples_are_short_and_know_where_from(name: str, tmp_path: Path) -> None:
    store = create_example(tmp_path / "x.sqlite", name=name)
    plan = store.load()
    found = fairness(plan, need(plan, newest_slices(store, plan, "Ortsteil", 2024)), "Ortsteil")
    people = plan.indicators[0]
    gap = city_gap_sentence(
        plan,
        people,
        shown_slice(store, plan, people, 2017, "Stadt").values[0],
        shown_slice(store, plan, people, 2017, "Ortsteil"),
    )
    for told in (*fairness_sentences(plan, found), mix_sentence(plan, ()), *filter(None, [gap])):
        assert len(told.text.split()) <= 25, told.text
    for area in plan.areas[:: 9 if name == "leipzig" else 1]:
        for sentence in profile_sentences(plan, shown_profile(store, plan, area, date(2024, 1, 1))):
            assert len(sentence.text.split()) <= 25, sentence.text
