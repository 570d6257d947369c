"""Notice and bookings on the command line: consequences, a new version, a try that saves nothing, German refusals."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from insek_core.cli.main import main
from insek_core.rules.money.programmes import ceiling_open
from insek_core.storage.store import Store

NOTICE = ["notice", "FP-1", "--on", "2015-08-12", "--number", "63-1", "--financing", "anteil", "--rate", "2/3"]
FULL = [*NOTICE, "--ceiling", "ja", "--amount", "130000", "--period", "2015–2017", "--conditions", "Publizität", "--author", "Frau Berg"]  # fmt: skip
Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, db: Path, *words: str) -> tuple[int, str]:
    code = main([*words, "--db", str(db)])
    out = capsys.readouterr()
    return code, (out.out + out.err).replace("\xa0", " ")


def head(db: Path) -> int:
    with closing(Store(db)) as store:
        return store.head.number


def test_a_notice_is_saved_with_its_consequences_and_undone_by_restoring(db: Path, capsys: Capture) -> None:
    code, out = run(capsys, db, *FULL)
    assert (code, head(db)) == (0, 2)
    assert out.startswith("Geklärt ist: nach dem Bescheid vom 12.08.2015, Az. 63-1, sind 130.000 € ein Höchstbetrag.")
    with closing(Store(db)) as store:
        programme = store.load().programmes[0]
        assert (store.head.author, store.head.reason) == ("Frau Berg", "Bescheid vom 12.08.2015, Az. 63-1 eingetragen")
        assert (programme.notice_conditions, programme.notice_period and programme.notice_period.words) == (
            "Publizität",
            "2015–2017",
        )
        assert not ceiling_open(store.load())
    assert run(capsys, db, "restore", "1")[0] == 0
    with closing(Store(db)) as store:
        assert ceiling_open(store.load())


def test_a_dry_run_tells_all_of_it_as_json_and_saves_nothing(db: Path, capsys: Capture) -> None:
    code, out = run(capsys, db, *NOTICE, "--ceiling", "nein", "--dry-run", "--json")
    said = json.loads(out)
    assert (code, head(db), "version" in said) == (0, 1, False)
    assert said["consequences"][0].endswith("wächst die Förderung mit den Kosten.")
    assert any("Ist Höchstbetrag ja → nein" in edit for edit in said["edits"])


def test_an_incomplete_notice_is_refused_with_findings(db: Path, capsys: Capture) -> None:
    words = [word.replace("anteil", "festbetrag") for word in NOTICE]
    code, out = run(capsys, db, *words, "--json")
    assert (code, head(db)) == (1, 1)
    assert [f["message"] for f in json.loads(out)["findings"]] == [
        "Im Bescheid fehlt der Festbetrag; die Förderung ist unbekannt."
    ]


def test_the_same_notice_twice_changes_nothing_the_second_time(db: Path, capsys: Capture) -> None:
    run(capsys, db, *FULL)
    code, out = run(capsys, db, *FULL)
    assert (code, head(db)) == (1, 2) and "Nichts gespeichert." in out


def test_what_is_not_there_is_named_with_what_there_is(db: Path, capsys: Capture) -> None:
    words = [word.replace("FP-1", "FP-9") for word in NOTICE]
    assert "Das Förderprogramm „FP-9“ gibt es nicht. Es gibt FP-1." in run(capsys, db, *words)[1]
    code, out = run(capsys, db, "book", "Zahlung", "--on", "2015-05-20", "--amount", "1", "--of", "KO-99")
    assert code == 1 and "Die Kostenposition „KO-99“ gibt es nicht." in out and head(db) == 1


def test_bookings_are_named_as_people_do_and_say_what_may_be_called(db: Path, capsys: Capture) -> None:
    pay = ["book", "Zahlung", "--on", "2015-05-20", "--amount", "4000", "--of", "KO-01", "--document", "R 1"]
    assert run(capsys, db, *pay)[0] == 0
    call = ["book", "auszahlungsantrag", "--on", "2015-05-21", "--amount", "2000", "--document", "A 1", "--json"]
    code, out = run(capsys, db, *call)
    assert (code, json.loads(out)["booking"]) == (0, "BU-2")
    code, out = run(capsys, db, "book", "abgerufen", "--on", "2015-05-22", "--amount", "1000", "--dry-run")
    assert out.startswith("Abgerufen sind dann 333,33 € mehr, als auf das Bezahlte entfällt.") and head(db) == 3
    with closing(Store(db)) as store:
        first, second = store.load().bookings
    assert (first.kind, first.cost_item, first.source) == ("bezahlt", "KO-01", "Beleg R 1")
    assert (second.kind, second.programme, second.amount_cents) == ("abgerufen", "", 200_000)


@pytest.mark.parametrize(
    "words",
    [
        ["book", "Spende", "--on", "2015-05-20", "--amount", "1"],
        [*NOTICE[:-1], "3"],
        [*NOTICE[:-1], "zwei Drittel"],
        [*NOTICE, "--period", "irgendwann"],
        [*NOTICE, "--ceiling", "vielleicht"],
        ["notice", "FP-1", "--on", "12.08.2015", "--number", "1"],
    ],
)
def test_wrong_words_end_with_2_and_a_german_sentence(words: list[str], db: Path, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main([*words, "--db", str(db)])
    assert end.value.code == 2 and "Falscher Aufruf" in capsys.readouterr().err
