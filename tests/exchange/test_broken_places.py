"""Two hundred broken files of statistics and outlines: each gives findings, nothing is changed."""

import hashlib
import json
import random
from pathlib import Path

import pytest
from places_files import AREAS, ON, csv, geojson, three, town

from insek_core.exchange.apart import parse_apart
from insek_core.exchange.outlines.proposal import propose_outlines
from insek_core.exchange.outlines.reading import parse_outlines
from insek_core.exchange.statistics.figures import unpacked
from insek_core.exchange.statistics.proposal import propose_statistics
from insek_core.exchange.statistics.reading import parse_statistics
from insek_core.plan.errors import Problem

QUESTION = json.dumps(
    {
        "areas": [(i, code, name, level) for i, name, code, level in AREAS],
        "points": [[12.0, 51.0]],
        "level": "",
        "swap": False,
    }
)
TABLE = csv("Gebiet;Merkmal;2014;2015", *(f"{name};Einwohner;{n};{n}.5" for n, (_, name, _, _) in enumerate(AREAS)))
SHAPES = geojson(three())
JUNK = (
    b"\0",
    b'"',
    b";",
    b"\n",
    b"{",
    b"[",
    b"]",
    b"1e999",
    b"NaN",
    b"-",
    b"\xff\xfe",
    b"null",
    b"9" * 400,
    "ß".encode(),
    b"[" * 3000,
)
MANY = 100


def broken(data: bytes, seed: int) -> bytes:
    """The file with one to six wounds: cut off, cut out, doubled, overwritten; the same for each seed."""
    dice = random.Random(seed)
    for _ in range(dice.randint(1, 6)):
        at, to = sorted(dice.randrange(len(data) + 1) for _ in range(2))
        wound = dice.randrange(5)
        data = (
            data[:at],
            data[:at] + data[to:],
            data[:to] + data[at:],
            data[:at] + dice.choice(JUNK) + data[at:],
            data[:at] + bytes(dice.randrange(256) for _ in range(8)) + data[at + 8 :],
        )[wound]
    return data


@pytest.mark.parametrize("start", range(0, MANY, 25))
def test_a_broken_table_is_read_or_refused_in_german(start: int) -> None:
    for seed in range(start, start + 25):
        try:
            found = unpacked(parse_statistics("Einwohner.csv", broken(TABLE, seed)))
        except Problem as problem:
            assert problem.what.endswith(".") and problem.remedy, seed
            continue
        assert len(found.value) == len(found.year) == len(found.place), seed


@pytest.mark.parametrize("start", range(0, MANY, 25))
def test_broken_outlines_are_read_or_refused_in_german(start: int) -> None:
    for seed in range(start, start + 25):
        try:
            found = parse_outlines(QUESTION, broken(SHAPES, seed))
        except Problem as problem:
            assert problem.what.endswith(".") and problem.remedy, seed
            continue
        assert not any(level == "error" for level, _, _ in found["told"]) or found["outlines"] == [], seed


def test_broken_files_leave_the_database_as_it_is_and_the_next_file_is_read(tmp_path: Path) -> None:
    store = town(tmp_path)
    before = hashlib.sha256("\n".join(store.db.conn.iterdump()).encode()).hexdigest()
    for seed in range(6):
        table = propose_statistics(store, "a.csv", broken(TABLE, seed), on=ON)
        shapes = propose_outlines(store, "a.geojson", broken(SHAPES, seed))
        assert table.rows or table.findings, seed
        assert shapes.outlines or shapes.findings, seed
    for data in (
        b"",
        b"\0" * 5000,
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"type":"Topology"}',
        b"[1]",
        b"7",
        b"PK\3\4 kaputt",
    ):
        assert propose_outlines(store, "a.geojson", data).refused, data[:20]
        assert propose_statistics(store, "a.csv", data, on=ON).refused, data[:20]
    assert hashlib.sha256("\n".join(store.db.conn.iterdump()).encode()).hexdigest() == before
    assert propose_outlines(store, "a.geojson", SHAPES).added == 3


def test_what_one_file_needs_too_much_of_is_refused_and_nobody_else_waits(tmp_path: Path) -> None:
    wide = (
        b"Gebiet;Merkmal;"
        + b";".join(b"2014" for _ in range(2_000))
        + b"\n"
        + (b"Kern;E;" + b"1;" * 2_000 + b"\n") * 1_500
    )
    with pytest.raises(Problem):
        parse_apart("statistics", "a.csv", wide, seconds=0.2)
    assert parse_apart("statistics", "a.csv", TABLE)["areas"]
