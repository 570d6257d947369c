"""Calls that ask for too much or for nonsense end with 2 and a German sentence, at once and without a traceback."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from insek_core.cli.arguments import odd_text, whole
from insek_core.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
DIGITS = "9" * 5000
WRONG = (
    ("risk", "--seed", "-1"),
    ("risk", "--seed", "²"),
    ("risk", "--seed", DIGITS),
    ("risk", "--draws", "1000000000"),
    ("risk", "--draws", "0"),
    ("risk", "--draws", "1e5"),
    ("risk", "--draws", "inf"),
    ("delay", "V4", "--days", "1000000000"),
    ("delay", "V4", "--days", DIGITS),
    ("delay", "V4", "--days", "nan"),
    ("assess", "--today", "9999-12-31"),
    ("assess", "--today", "0001-01-01"),
    ("assess", "--today", DIGITS),
    ("assess", "--change", "cost=\udcff"),
    ("restore", DIGITS),
    ("restore", "-1"),
    ("restore", "1", "--author", "\udcfc"),
    ("import", "R\udcfccklauf.xlsx"),
    ("seek", "--own-share", DIGITS),
    ("seek", "--own-share", "inf"),
    ("repair", "--limit", f"own_share={DIGITS}"),
    ("repair", "--limit", "own_share=²"),
    ("meetings", "--rrule", "FREQ=DAILY", "--from", "9999-12-31", "--until", "9999-12-31"),
    ("meetings", "--rrule", "FREQ=DAILY", "--from", DIGITS, "--until", "2016-01-01"),
)


@pytest.mark.parametrize("call", WRONG, ids=lambda call: ascii(" ".join(call))[:50])
def test_a_wrong_call_ends_with_2_and_a_german_sentence(
    call: tuple[str, ...], db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = time.monotonic()
    with pytest.raises(SystemExit) as ended:
        main([*call, "--db", str(db)])
    told = capsys.readouterr().err
    assert ended.value.code == 2 and "Falscher Aufruf:" in told and "Traceback" not in told
    assert any(word in told for word in (" ist kein", "enthält Zeichen")) and len(told) < 2_500, told
    assert time.monotonic() - begun < 2


FINDINGS = (
    ("assess", "--change", f"cost={DIGITS}"),
    ("assess", "--change", "cost=nan"),
    ("assess", "--change", "delay:K1=1000000000"),
    ("compare", "²", "plan"),
    ("compare", DIGITS, "plan"),
    ("meetings", "--rrule", "FREQ=MONTHLY;INTERVAL=0", "--from", "2016-01-01", "--until", "2016-12-31"),
    ("meetings", "--rrule", "FREQ=DAILY\nEXRULE:FREQ=DAILY", "--from", "2016-01-01", "--until", "2016-12-31"),
)


@pytest.mark.parametrize("call", FINDINGS, ids=lambda call: ascii(" ".join(call))[:50])
def test_what_is_wrong_in_the_plans_terms_is_a_finding(
    call: tuple[str, ...], db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*call, "--db", str(db)]) == 1
    said = capsys.readouterr()
    told = said.out + said.err
    assert "Unerwarteter Fehler" not in told and ("kein" in told or "weder" in told), told[:300]


def test_bytes_that_are_no_text_are_told_by_a_real_process(db: Path) -> None:
    command = [sys.executable.encode(), b"-m", b"insek_core", b"check", b"R\xfccklauf.xlsx", b"--db", bytes(db)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True)
    assert run.returncode == 2 and b"Traceback" not in run.stderr
    assert "enthält Zeichen, die keine sind".encode() in run.stderr


def test_whole_numbers_are_read_within_their_bounds() -> None:
    read = whole(0, 10)
    assert (read("0"), read("10")) == (0, 10)
    assert odd_text(["a", "ä", "€", "😀"]) == ""
