"""Outlines as offices publish them: what is wrong with them is told; what is drawn keeps its shared borders."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from places_files import TOWN, drawn, geojson, outline, said, square, three, town
from shapely.geometry import shape

from insek_core.exchange.outlines.proposal import OutlineProposal, accept_outlines
from insek_core.plan.codec import with_tables
from insek_core.storage.store import Store

FIDS = (("12", "Kern"), ("00", "Mitte"), ("3", "Aue"))  # two are the codes of other areas


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return town(tmp_path)


def told(store: Store, features: list[dict[str, Any]], level: str = "", **choice: Any) -> str:
    return said(drawn(store, geojson(features), **choice), level)


def test_outlines_replace_schematic_ones_and_twice_changes_nothing(store: Store) -> None:
    data = geojson(three())
    found = drawn(store, data)
    assert (found.level, found.added, found.changed, found.unchanged) == ("Ortsteil", 3, 0, 0) and not found.findings
    taken = accept_outlines(store, found, author="Muster", reason="Grenzen")
    assert (taken.kind, taken.vintage, taken.added) == ("outlines", "2018", 3)
    assert {(o.area, o.kind, o.vintage) for o in store.outlines("Ortsteil")} == {
        (a, "official", "2018") for a in ("O-00", "O-07", "O-12")
    }
    assert json.loads(store.original_outline("O-07")) == three()[1]["geometry"]
    again = drawn(store, data)
    assert (again.added, again.changed, again.unchanged, again.outlines) == (0, 0, 3, ())
    assert again.sentences[1] == "Die Datei ändert nichts: Alle Umrisse liegen schon so vor."
    later = drawn(store, data, vintage="2020")
    assert later.changed == 3


def test_rings_run_clockwise_so_that_the_inside_is_drawn(store: Store) -> None:
    for one in drawn(store, geojson(three())).outlines:
        assert not shape(one.geometry).exterior.is_ccw


def test_where_nobody_says_of_which_day_they_are_that_is_said(store: Store) -> None:
    found = drawn(store, geojson(three()), vintage=" ")
    assert "Gebietsstand ist nicht angegeben" in said(found, "warning") and found.outlines[0].vintage == "unbekannt"


def test_swapped_axes_are_told_and_mended_only_when_asked(store: Store) -> None:
    features = three()
    for one in features:
        one["geometry"]["coordinates"] = [[[y, x] for x, y in ring] for ring in one["geometry"]["coordinates"]]
    assert "Die Achsen sind vertauscht" in told(store, features, "error")
    assert drawn(store, geojson(features), swap=True).added == 3


@pytest.mark.parametrize(
    "features, members, words",
    [
        (
            three(),
            {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25833"}}},
            "anderen Bezugssystem",
        ),
        ([outline(square(311_000.0, 5_690_000.0, 100), name="Kern")], {}, "keine Grad"),
        ([outline(square(2.0, 41.0), name="Kern")], {}, "liegen nicht bei den Gebieten der Planung"),
        ([], {}, "hat 0 Gebiete"),
        ([outline(square(12.0, 51.0), name="Wüste")], {}, "Kein Umriss der Datei gehört"),
        ([{**three()[0], "geometry": None}], {}, "hat keinen Umriss"),
        ([{**three()[0], "geometry": {"type": "Point", "coordinates": [12, 51]}}], {}, "keine Fläche"),
        ([outline([[12, 51], [12.1, 51], [12, 51]], name="Kern")], {}, "weniger als drei Punkte"),
        ([outline([[12, 51], [12.1, 51.1], [12.1, 51], [12, 51.1], [12, 51]], name="Kern")], {}, "kreuzt sich selbst"),
        ([outline([[12, 51], [12.1, 51], [12.2, 51], [12, 51]], name="Kern")], {}, "schließt keine Fläche ein"),
        ([*three(), three()[0]], {}, "mehrere Umrisse"),
        ([*three()[1:], outline(square(12.0, 51.0), code="00", name="Aue")], {}, "verschiedenen Gebieten"),
        ([outline([[12, 51], ["x", 51], [12, 52], [12, 51]], name="Kern")], {}, "unlesbare Koordinaten"),
    ],
    ids=[
        "crs",
        "metres",
        "far",
        "empty",
        "unknown",
        "null",
        "point",
        "short",
        "crossing",
        "flat",
        "twice",
        "conflict",
        "words",
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(store: Store, features: Any, members: Any, words: str) -> None:
    found = drawn(store, geojson(features, **members))
    assert found.refused and not found.outlines and words in said(found, "error"), said(found)


def test_what_can_be_drawn_though_something_is_odd_is_told(store: Store) -> None:
    whole = outline(square(12.0, 51.0, 0.03), name="Gesamt")
    assert "Kein Gebiet der Planung: „Gesamt“" in told(store, [*three(), whole], "warning")
    assert "Ohne Umriss in der Datei (Ortsteil): „Mitte“" in told(store, three()[:2], "warning")
    district = outline(square(12.05, 51.0), code="1", name="Bezirk 1")
    assert "anderen Ebene: „Bezirk 1“" in told(store, [*three(), district], "warning")
    open_ring = outline(square(12.0, 51.0)[:-1], code="00", name="Kern")
    assert "nicht geschlossen; er wurde geschlossen" in told(store, [open_ring, *three()[1:]], "warning")
    numbers = [outline(one["geometry"]["coordinates"][0], nr=int(one["properties"]["code"])) for one in three()]
    assert "führende Null" in told(store, numbers, "warning") and drawn(store, geojson(numbers)).added == 3


def test_numbers_that_only_count_the_features_are_no_codes(store: Store) -> None:
    counted = [outline(square(12.0 + n / 100, 51.0), fid=fid, name=name) for n, (fid, name) in enumerate(FIDS)]
    assert drawn(store, geojson(counted)).added == 3 and told(store, counted, "error") == ""


def test_overlaps_and_gaps_between_neighbours_are_told_with_their_size(store: Store) -> None:
    wide = [outline(square(12.0, 51.0, 0.011), code="00", name="Kern"), *three()[1:]]
    assert "„Kern“ und „Aue“ überlappen sich um" in told(store, wide, "warning")
    ring = [[12.0, 51.0], [12.02, 51.0], [12.02, 51.02], [12.0, 51.02], [12.0, 51.0]]
    holed = outline(ring, code="00", name="Kern")
    holed["geometry"]["coordinates"].append(square(12.01, 51.01, 0.002))
    filled = outline(square(12.01, 51.01, 0.0019), code="07", name="Aue")
    assert "Zwischen „Kern“ und „Aue“ ist eine Lücke von" in told(store, [holed, filled], "warning")
    assert told(store, three()) == "", "neighbours that share their border are sound"


def test_a_level_can_be_chosen_and_a_town_without_points_lies_in_germany(tmp_path: Path) -> None:
    areas = tuple(type(area)(**{**vars(area), "lon": None, "lat": None}) for area in TOWN.areas)
    store = Store.create(tmp_path / "a.sqlite", with_tables(TOWN, {"areas": areas}), author="A", reason="r")
    named_mitte = [outline(square(12.0, 51.0), name="Mitte")]
    assert drawn(store, geojson(named_mitte), level="Stadtbezirk").outlines[0].area == "B-1"
    assert drawn(store, geojson(named_mitte), level="Ortsteil").outlines[0].area == "O-12"
    assert drawn(store, geojson([outline(square(51.0, 12.0), name="Mitte")])).refused


# the outlines of a city, beside the repository


@pytest.fixture(scope="module")
def city(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[OutlineProposal, bytes]:
    from insek_core.storage.example import create_example

    path = shared / "leipzig" / "ortsteile.geojson"
    if not path.exists():
        pytest.skip("the outlines in ../shared/leipzig are not here")
    store = create_example(tmp_path_factory.mktemp("outlines") / "a.sqlite")
    return drawn(store, path.read_bytes()), path.read_bytes()


def test_the_city_s_outlines_are_drawn_below_200_kilobytes_with_shared_borders(
    city: tuple[OutlineProposal, bytes],
) -> None:
    found, data = city
    assert found.added == 63 and found.findings == () and found.drawn_bytes < 200_000
    shapes = [shape(one.geometry) for one in found.outlines]
    assert all(one.is_valid for one in shapes) and shapely.coverage_is_valid(shapes)
    published = {one["properties"]["code"]: shape(one["geometry"]).area for one in json.loads(data)["features"]}
    for one, simple in zip(found.outlines, shapes, strict=True):
        assert abs(simple.area / published[one.area.removeprefix("OT-")] - 1) < 0.01
    assert len(found.originals) == 63
