"""Law and school holidays of the 16 Länder: every Land has its own, and none names another's."""

import re
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from dateutil.easter import easter

from insek_core.plan.law import LAW_KEYS, LegalSource
from insek_core.storage.law import (
    DATA,
    known_years,
    laender,
    land_of,
    legal_source,
    legal_sources,
    school_holidays,
)

CODES = ["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"]
FILES = sorted((DATA / "rules").rglob("*.toml"))
TODAY = date(2026, 6, 1)
OWN = {  # how words begin that stand in the law of one Land only
    "BW": "Baden-Württemberg",
    "BY": "Bayern|Bayer|BayHO|KommHV-",
    "BE": "Berlin|VvB",
    "BB": r"Brandenburg|BbgKVerf|KomHKV\b",
    "HB": "Bremen|BremLV",
    "HH": "Hamburg|HmbVerf",
    "HE": "Hessen|Hessisch|HGO",
    "MV": "Mecklenburg|KV M-V",
    "NI": "Niedersächs|NKomVG|KomHKVO",
    "NW": "Nordrhein|KomHVO NRW|GO NRW",
    "RP": "Rheinland",
    "SL": "Saar|KSVG|KommHVO",
    "SN": "Sächs|SäHO",
    "ST": "Sachsen-Anhalt|KVG LSA",
    "SH": "Schleswig",
    "TH": "Thür",
}


def told(source: LegalSource) -> str:
    return " ".join((source.rule, source.law, source.cited()))


def test_every_land_has_its_file_with_its_code() -> None:
    assert sorted(land.code for land in laender()) == CODES
    for path in (DATA / "rules").glob("*.toml"):
        land = tomllib.loads(path.read_text(encoding="utf-8"))["land"]
        assert land["code"] == path.stem.upper() and land["name"] and land["genitive"], path.name


def test_laender_are_sorted_by_name_and_found_by_code() -> None:
    names = [land.name for land in laender()]
    assert names == sorted(names) and names[0] == "Baden-Württemberg"
    assert land_of("TH") in laender() and land_of("XX") is None and land_of("") is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_source_has_a_known_key_a_section_a_law_and_real_days(path: Path) -> None:
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["source"]:
        source = LegalSource(**entry)
        assert source.key in LAW_KEYS and source.rule and source.law and source.link, source
        if source.key in LAW_KEYS[:4]:  # acts have paragraphs or articles; conditions of grants have numbers
            assert source.section.startswith(("§ ", "Art. ")), source
        assert type(source.valid_from) is date and type(source.checked) is bool, source
        assert source.valid_until is None or source.valid_from < source.valid_until, source
        assert source.evidence in ("extern", "genannt"), source
        assert bool(source.value) == bool(source.unit), source


@pytest.mark.parametrize("code", CODES)
def test_no_land_is_told_another_lands_law(code: str) -> None:
    words = [told(source) for day in (date(2015, 6, 1), TODAY) for source in legal_sources(code, (), day)]
    assert words
    for other, marks in OWN.items():
        hits = [text for text in words if re.search(rf"\b(?:{marks})", text)]
        assert other == code or hits == [], (other, hits)


@pytest.mark.parametrize("code", CODES)
def test_a_key_is_settled_once_a_day(code: str) -> None:
    for day in (
        date(2015, 6, 1),
        date(2020, 12, 31),
        date(2021, 1, 1),
        date(2024, 6, 8),
        date(2024, 6, 9),
        TODAY,
        None,
    ):
        keys = [source.key for source in legal_sources(code, (), day)]
        assert len(keys) == len(set(keys)), (code, day)


def test_a_law_ends_and_its_successor_begins() -> None:
    before, after = (
        legal_source("SH", "overrun_rule", date(2020, 12, 31)),
        legal_source("SH", "overrun_rule", date(2021, 1, 1)),
    )
    assert before and after and (before.cited(), after.cited()) == ("§ 95d GO", "§ 82 GO")
    assert legal_source("BB", "overrun_rule", TODAY) is None  # the new act's paragraphs are not looked up yet
    assert legal_source("SN", "overrun_rule", date(2013, 12, 31)) is None


def test_without_a_land_no_law_is_named() -> None:
    for code in ("", "XX", "sn"):
        assert (
            legal_sources(code, ["Stadtumbau Ost"], TODAY) == () and legal_source(code, "overrun_rule", TODAY) is None
        )


def test_a_programme_brings_its_law_where_it_holds() -> None:
    def keys(land: str, *programmes: str) -> set[str]:
        return {s.key for s in legal_sources(land, programmes, TODAY)} & {"eligibility_rule", "share_rule"}

    assert keys("SN", "Stadtumbau Ost, Aufwertung") == {"eligibility_rule", "share_rule"}
    assert keys("TH", "Stadtumbau Ost") == set()  # another Land has its own rules for it
    assert keys("NW", "Lebendige Zentren") == {"eligibility_rule", "share_rule"}
    assert keys("SN") == keys("SN", "EFRE") == set()


# school holidays


def test_school_holidays_of_all_laender_are_known_from_2024_to_2029() -> None:
    for code in CODES:
        assert known_years(code) == tuple(range(2024, 2030)), code
    assert known_years("XX") == ()


@pytest.mark.parametrize("code", CODES)
def test_school_holidays_do_not_overlap_and_are_of_sane_length(code: str) -> None:
    found = school_holidays(code, 2024, 2029)
    assert all(one.last_on < two.first_on for one, two in pairwise(found)), code
    for one in found:
        days = (one.last_on - one.first_on).days + 1
        longest = {"Sommerferien": 49, "Weihnachtsferien": 22}.get(one.name, 22)
        assert one.land == code and one.source and 1 <= days <= longest, one
        if one.name == "Sommerferien":
            assert days >= 39, one


@pytest.mark.parametrize("code", CODES)
def test_every_year_has_summer_autumn_easter_and_christmas(code: str) -> None:
    for year in known_years(code):
        mine = {one.name for one in school_holidays(code, year, year) if one.first_on.year == year}
        spring = {"Osterferien", "Frühjahrsferien"}
        assert {"Sommerferien", "Herbstferien", "Weihnachtsferien"} <= mine and mine & spring, (code, year)


@pytest.mark.parametrize("code", CODES)
def test_easter_holidays_hold_or_touch_easter(code: str) -> None:
    for one in school_holidays(code, 2024, 2029):
        if one.name == "Osterferien":
            gap = timedelta(days=4)
            assert one.first_on - gap <= easter(one.first_on.year) <= one.last_on + gap, one


def test_a_year_that_is_not_known_has_no_school_holidays() -> None:
    assert school_holidays("SN", 2031, 2033) == () and school_holidays("XX", 2024, 2024) == ()
    assert [one.first_on.year for one in school_holidays("SN", 2030, 2030)] == []
    summer = next(one for one in school_holidays("SN", 2026, 2026) if one.name == "Sommerferien")
    assert (summer.first_on, summer.last_on) == (date(2026, 7, 4), date(2026, 8, 14))
