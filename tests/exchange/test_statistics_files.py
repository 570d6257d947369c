"""Statistics as offices publish them: every way of writing comes to the same figures; what is unclear is told."""

from pathlib import Path

import pytest
from places_files import csv, read, said, town, xlsx

from insek_core.exchange.statistics.headings import find_headings
from insek_core.exchange.statistics.marks import cell_of, decimal_sign
from insek_core.exchange.statistics.proposal import accept_statistics
from insek_core.exchange.statistics.telling import proposed
from insek_core.storage.store import Store

WIDE = csv(
    '"Gebiet","Sachmerkmal","2014","2015"',
    'Kern,Einwohner insgesamt,"1.000","1.010,5"',
    'Stadt Neustadt,Einwohner insgesamt,"–","."',
)
FIGURES = {
    ("IND-EW", "O-00", 2014, 1000.0, "value"),
    ("IND-EW", "O-00", 2015, 1010.5, "value"),
    ("IND-EW", "S", 2014, 0.0, "value"),
    ("IND-EW", "S", 2015, None, "suppressed"),
}
LONG = [
    ["Ebene", "Schlüssel", "Gebiet", "Thema", "Merkmal", "Jahr", "Wert"],
    ["Ortsteil", "00", "Kern", "Einwohner", "Einwohner insgesamt", 2014, 1000],
    ["Ortsteil", "00", "Kern", "Einwohner", "Einwohner insgesamt", 2015, 1010.5],
    ["Stadt", "", "Stadt Neustadt", "Einwohner", "Einwohner insgesamt", 2014, "–"],
    ["Stadt", "", "Stadt Neustadt", "Einwohner", "Einwohner insgesamt", 2015, "."],
]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return town(tmp_path)


def parted(sign: str, decimal: str = ",") -> bytes:
    """The long table as text."""
    cells = [[str(c).replace(".", decimal) if isinstance(c, float) else str(c) for c in row] for row in LONG]
    return csv(*(sign.join(f'"{c}"' if sign in c else c for c in row) for row in cells))


@pytest.mark.parametrize(
    "name, data",
    [
        ("Einwohner.csv", WIDE),
        ("Einwohner (2).csv", WIDE.decode().encode("utf-8-sig")),
        ("Einwohner.csv", WIDE.decode().encode("cp1252")),
        ("Einwohner.csv", WIDE.replace(b"\n", b"\r\n")),
        ("Einwohner.csv", b"Titel der Tabelle\n\n" + WIDE + b"\nQuelle: Amt\n"),
        ("Einwohner.csv", WIDE.decode().encode("utf-16")),
        ("lang.csv", parted(";")),
        ("lang.txt", parted("\t")),
        ("lang.csv", parted(",", ".")),
        ("lang.xlsx", xlsx(LONG)),
    ],
    ids=["wide", "bom", "windows", "crlf", "title", "utf16", "semicolon", "tab", "point", "workbook"],
)
def test_every_way_of_writing_comes_to_the_same_figures(store: Store, name: str, data: bytes) -> None:
    found = read(store, data, name)
    assert not found.refused, said(found)
    assert set(found.rows) == FIGURES and found.added == 4


@pytest.mark.parametrize(
    "text, state",
    [
        ("", "missing"),
        ("…", "missing"),
        ("x", "missing"),
        ("/", "missing"),
        (".", "suppressed"),
        ("-", 0.0),
        ("–", 0.0),
    ],
)
def test_the_signs_of_official_statistics_are_read_as_what_they_mean(text: str, state: object) -> None:
    found = cell_of(text, ",")
    assert found == (("value", state) if isinstance(state, float) else (state, None))


@pytest.mark.parametrize("text", ["zwölf", "1,2,3", "nan", "inf", "1_000", "1e400", "12 %", "²", "=1+1", "1" * 100])
def test_what_is_no_number_is_none(text: str) -> None:
    assert cell_of(text, ",") is None and cell_of(text, ".") is None


def test_how_decimals_are_written_is_proved_by_the_table_and_a_mixture_is_told(store: Store) -> None:
    assert decimal_sign(["1,5", "2"]) == "," and decimal_sign(["0.500"]) == "." and decimal_sign(["1,234.5"]) == "."
    assert decimal_sign(["1,5", "1.5"]) == "!" and decimal_sign(["12", ""]) == ","
    found = read(store, csv("Gebiet;Merkmal;2014;2015", "Kern;Einwohner;1,5;1.5"))
    assert found.refused and "mit Komma und mit Punkt" in said(found)
    assert "Tausender" in said(read(store, csv("Gebiet;Merkmal;2014", "Kern;Einwohner;1.234")), "warning")


def test_headings_are_found_below_titles_and_need_a_place_and_years() -> None:
    assert find_headings([["Titel"], [], ["Gebiet", "2014"]]) is not None
    for row in (["Gebiet", "Wert"], ["2014", "2015"], ["Merkmal", "Jahr", "Wert"], []):
        assert find_headings([row]) is None, row


def test_an_area_is_found_by_code_as_text_by_name_and_level_and_what_is_unclear_is_told(store: Store) -> None:
    rows = [
        "Ebene;Schlüssel;Gebiet;2014",
        ";00;;1",
        ";7;Aue;2",
        "Ortsteil;;Mitte;3",
        ";;Mitte;4",
        ";9;;5",
        "Ortsteil;12;Kern;6",
    ]
    found = read(store, csv(*rows), meant={"Einwohner": "IND-EW"})
    assert {row[1]: row[3] for row in found.rows} == {"O-00": 1.0, "O-07": 2.0, "O-12": 3.0}
    told = said(found, "warning")
    assert "führende Null: „7 Aue“; zugeordnet nach dem Namen" in told
    assert "Mehrere Gebiete der Planung heißen „Mitte“" in told and "kein Gebiet „9“" in told
    assert "verschiedenen Gebieten: „12 Kern (Ortsteil)“" in told


def test_numbers_that_only_count_the_rows_are_no_codes(store: Store) -> None:
    found = read(
        store, csv("Nr;Gebiet;Merkmal;2014", "12;Kern;Einwohner;1", "00;Aue;Einwohner;2", "3;Neustadt;Einwohner;3")
    )
    assert {row[1] for row in found.rows} == {"O-00", "O-07", "S"}
    assert "zugeordnet wird nach den Namen" in said(found, "warning")


def test_a_characteristic_is_an_indicator_by_name_or_choice_and_new_only_if_asked(store: Store) -> None:
    data = csv(
        "Gebiet;Merkmal;2014",
        "Kern;Jugendquote;5,6",
        "Kern;Altenquote;7,5",
        "Kern;Haushalte;12",
        "Kern;   mit Kindern;3",
    )
    found = read(store, data, "Alter.csv")
    assert [one.indicator for one in found.series] == ["IND-Q"] and found.fresh == ()
    assert found.offered == ("Alter: Altenquote", "Alter: Haushalte", "Alter: Haushalte: mit Kindern")
    chosen = read(
        store,
        data,
        "Alter.csv",
        new=("Alter: Haushalte",),
        meant={"Alter: Altenquote": "IND-Q", "Alter: Jugendquote": ""},
    )
    assert {(row[0], row[3]) for row in chosen.rows} == {("IND-Q", 7.5), ("IND-ALTER-HAUSHALTE", 12.0)}
    assert [(one.name, one.measure_kind) for one in chosen.fresh] == [("Alter: Haushalte", "Zahl")]
    assert "kein Merkmal „Wetter“" in said(read(store, data, new=("Wetter",)), "error")
    assert "keinen Indikator „IND-X“" in said(
        read(store, data, "Alter.csv", meant={"Alter: Altenquote": "IND-X"}), "error"
    )


def test_themes_that_share_a_word_are_kept_apart(store: Store) -> None:
    data = csv("Gebiet;Thema;Merkmal;Jahr;Wert", "Kern;Einwohner;Frauen;2014;5", "Kern;Arbeitslose;Frauen;2014;1")
    found = read(store, data, all_new=True)
    assert [one.name for one in found.fresh] == ["Einwohner: Frauen", "Arbeitslose: Frauen"]
    accept_statistics(store, found, author="A", reason="r")
    again = read(store, data)
    assert again.offered == () and again.unchanged == 2 and not again.rows


@pytest.mark.parametrize(
    "rows, words",
    [
        (
            ["Gebiet;Merkmal;2014", "Kern;Einwohner;zwölf"],
            "„zwölf“ ist weder Zahl noch Zeichen der Statistik (Zeile 2, Spalte 3)",
        ),
        (["Gebiet;Merkmal;2014;2014", "Kern;Einwohner;1;2"], "zweimal in der Überschrift"),
        (["Gebiet;Merkmal;2014", "Kern;Einwohner;1;2;3"], "Zeile 2 hat andere Spalten"),
        (["Gebiet;Merkmal;Jahr;Wert", "Kern;Einwohner;1815;1"], "1815 kann nicht stimmen"),
        (["Gebiet;Merkmal;Jahr;Wert", "Kern;Einwohner;bald;1"], "„bald“"),
        (
            ["Gebiet;Merkmal;2014", "Kern;Einwohner;1", "Kern;Einwohner;2"],
            "zweimal da, mit verschiedenen Werten: 1 und 2",
        ),
        (["Gebiet;Merkmal;2014", "Nirgendwo;Einwohner;1"], "Kein Gebiet der Datei gehört zur Planung"),
    ],
    ids=["word", "heading", "columns", "1815", "bald", "double", "nowhere"],
)
def test_an_error_keeps_the_whole_file_out(store: Store, rows: list[str], words: str) -> None:
    found = read(store, csv(*rows))
    assert found.refused and not found.rows and words in said(found, "error"), said(found)
    assert proposed(found)[0].startswith("Nichts übernommen")
    with pytest.raises(ValueError, match="in error"):
        accept_statistics(store, found, author="A", reason="r")


def test_a_cell_of_a_workbook_is_named_by_sheet_and_address(store: Store) -> None:
    found = read(store, xlsx([["Gebiet", "Merkmal", 2014], ["Kern", "Einwohner", "viele"]], "Bezirke"), "a.xlsx")
    assert [(f.sheet, f.cell) for f in found.findings if f.level == "error"] == [("Bezirke", "C2")]


def test_figures_stated_twice_alike_are_taken_once_and_years_to_come_are_told(store: Store) -> None:
    found = read(store, csv("Gebiet;Merkmal;Jahr;Wert", "Kern;Einwohner;2030;1", "Kern;Einwohner;2030;1"))
    assert (
        found.added == 1 and "mehrfach gleich" in said(found, "notice") and "Zukunft: „2030“" in said(found, "warning")
    )


def test_importing_twice_changes_nothing_and_says_so(store: Store) -> None:
    first = read(store, WIDE)
    taken = accept_statistics(store, first, author="Muster", reason="Jahrbuch")
    assert (taken.author, taken.file, taken.digest, taken.added) == ("Muster", "Einwohner.csv", first.digest, 4)
    again = read(store, WIDE)
    assert (again.added, again.changed, again.removed, again.unchanged, again.rows) == (0, 0, 0, 4, ())
    assert proposed(again)[1] == "Die Datei ändert nichts: Alle 4 Werte stehen schon da."


def test_what_a_file_changes_and_takes_away_is_counted(store: Store) -> None:
    accept_statistics(store, read(store, WIDE), author="A", reason="r")
    found = read(store, WIDE.replace(b'"1.000"', b'"1.001"').replace(b'"."', b'""'))
    assert (found.added, found.changed, found.removed, found.unchanged) == (0, 1, 1, 2)
    accept_statistics(store, found, author="A", reason="r")
    assert store.series("IND-EW", "S")[-1][2].state == "missing"
    assert store.brought("IND-EW") == store.imports()[0] and store.imports()[0].number == 2


def test_a_long_import_tells_how_far_it_is(store: Store) -> None:
    told: list[float] = []
    accept_statistics(store, read(store, WIDE), author="A", reason="r", progress=told.append)
    assert told == [1.0]
