"""What if on the command line: documented keys in cents, exit codes, German findings and never a traceback."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from insek_core.change.scenario import parse_all
from insek_core.change.variants import keep, set_aside
from insek_core.cli.main import main
from insek_core.storage.store import Store

Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *argv: str | Path) -> tuple[int, str, str]:
    code = main([str(part) for part in argv])
    out, err = capsys.readouterr()
    return code, out.replace("\xa0", " "), err.replace("\xa0", " ")


def read(capsys: Capture, *argv: str | Path, code: int = 0) -> Any:
    found, out, err = run(capsys, *argv, "--json")
    assert (found, err) == (code, "")
    return json.loads(out)


def assessed(capsys: Capture, db: Path, *changes: str, code: int = 0) -> Any:
    return read(capsys, "assess", "--db", db, *(part for change in changes for part in ("--change", change)), code=code)


def keep_one(db: Path, name: str, *texts: str, archived: bool = False) -> str:
    """Keep a scenario in the database; its id."""
    store = Store(db)
    plan, scenario = keep(store.load(), name, "Frau A", "weil gefragt wurde", 1, parse_all(texts)[0])
    plan = set_aside(plan, scenario.id, date(2015, 7, 1)) if archived else plan
    store.save(plan, based_on=store.head.number, author="Frau A", reason="Variante behalten")
    store.close()
    return scenario.id


# assess --change


def test_assess_of_a_change_has_the_documented_keys(db: Path, capsys: Capture) -> None:
    found = assessed(capsys, db, "cost=210000")
    assert (found["total_cents"], found["grant_cents"], found["own_share_cents"]) == (21_000_000, 13_000_000, 8_000_000)
    assert found["without_ceiling"] == {"grant_cents": 14_000_000, "own_share_cents": 7_000_000}
    assert found["before"]["own_share_cents"] == 6_500_000
    assert (found["kink_cents"], found["marginal_own_share"]) == (19_500_000, "1")
    assert found["changes"] == ["cost=210000"]
    assert found["consequences"][0].startswith("Der Eigenanteil steigt von 65.000")
    assert {"key", "label", "before", "after"} == set(found["changed"][0])


@pytest.mark.parametrize(
    ("changes", "total", "grant", "own", "growing"),
    [
        (("cost=180000",), 18_000_000, 12_000_000, 6_000_000, 6_000_000),
        (("cost=210000",), 21_000_000, 13_000_000, 8_000_000, 7_000_000),
        (("ineligible=15000",), 19_500_000, 12_000_000, 7_500_000, 7_500_000),
        (("rate=3/5",), 19_500_000, 11_700_000, 7_800_000, 7_800_000),
        (("cap=120000",), 19_500_000, 12_000_000, 7_500_000, 6_500_000),
        (("cost=+10%",), 21_450_000, 13_000_000, 8_450_000, 7_150_000),
        (("type=fehlbedarf", "own_fixed=65000", "cost=180000"), 18_000_000, 11_500_000, 6_500_000, 6_500_000),
        (("type=festbetrag", "fixed=130000", "cost=180000"), 18_000_000, 13_000_000, 5_000_000, None),
        (("third_party=15000",), 19_500_000, 12_000_000, 6_000_000, 6_000_000),
        (("third_party_planned=15000",), 19_500_000, 13_000_000, 5_000_000, 5_000_000),
        (("cap=none",), 19_500_000, 13_000_000, 6_500_000, None),
        (("drop=FP-1",), 19_500_000, 0, 19_500_000, None),
    ],
)
def test_the_shared_cases_hold_on_the_command_line(
    changes: tuple[str, ...], total: int, grant: int, own: int, growing: int | None, db: Path, capsys: Capture
) -> None:
    found = assessed(capsys, db, *changes)
    assert (found["total_cents"], found["grant_cents"], found["own_share_cents"]) == (total, grant, own)
    assert (found["without_ceiling"] and found["without_ceiling"]["own_share_cents"]) == growing
    assert sum(year["own_share_cents"] for year in found["by_year"]) == own


def test_without_a_ceiling_there_is_no_kink_and_the_next_euro_costs_a_third(db: Path, capsys: Capture) -> None:
    found = assessed(capsys, db, "cap=none")
    assert (found["kink_cents"], found["marginal_own_share"]) == (None, "1/3")


def test_every_changed_figure_is_told_or_counted_in_the_json(db: Path, capsys: Capture) -> None:
    found = assessed(capsys, db, "cost=+10%")
    assert found["more_changed"] == 42 and len(found["changed"]) > 42 and len(found["consequences"]) == 5


def test_a_delay_shows_in_the_timetable_of_the_json(db: Path, capsys: Capture) -> None:
    found = assessed(capsys, db, "longer:P2=90")
    assert (found["before"]["timetable"]["finish"], found["timetable"]["finish"]) == ("2017-06-21", "2017-09-20")
    phase = next(p for p in found["timetable"]["phases"] if p["id"] == "P2")
    assert phase["end"]["latest"] == "2017-03-31"


def test_the_text_tells_the_change_and_what_follows(db: Path, capsys: Capture) -> None:
    code, out, err = run(capsys, "assess", "--db", db, "--change", "cost=+10%", "--change", "drop=F6")
    assert (code, err) == (0, "")
    assert (
        out.startswith("ohne future.labs\nKosten insgesamt +10 %\n\nDer Eigenanteil steigt")
        and "Die Gesamtkosten steigen" in out
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("cost=10%", "„10%“ ist keine Veränderung."),
        ("unsinn", "„unsinn“ ist keine Änderung."),
        ("drop=KO-99", "drop=KO-99: KO-99 gibt es im Plan nicht"),
        ("longer:A2=30", "Beschlussfassung ist ein Meilenstein"),
        ("cost=-999999", "Die Kosten würden negativ."),
    ],
)
def test_a_bad_change_is_a_german_finding_and_exit_1(change: str, message: str, db: Path, capsys: Capture) -> None:
    found = assessed(capsys, db, change, code=1)
    assert found["findings"][0]["level"] == "error" and found["findings"][0]["message"].startswith(message)
    assert found["changes"] == [] and found["own_share_cents"] == 6_500_000 and found["changed"] == []
    code, out, err = run(capsys, "assess", "--db", db, "--change", change)
    assert code == 1 and f"Fehler: {message}" in out + err and "Traceback" not in out + err


def test_of_several_changes_the_good_ones_hold_beside_a_bad_one(db: Path, capsys: Capture) -> None:
    found = assessed(capsys, db, "unsinn", "cost=+10%", "cost=-5%", code=1)
    assert found["changes"] == ["cost=+10%"] and found["own_share_cents"] == 8_450_000
    assert [f["level"] for f in found["findings"]][:2] == ["error", "error"]


def test_what_changes_nothing_is_a_notice_and_no_failure(db: Path, capsys: Capture) -> None:
    found = assessed(capsys, db, "rate=2/3")
    assert found["findings"][0]["level"] == "notice" and found["changed"] == [] and found["more_changed"] == 0


# seek


def test_seek_finds_the_cost_on_both_readings(db: Path, capsys: Capture) -> None:
    found = read(capsys, "seek", "--db", db, "--own-share", "70000")
    assert found["total_cents"] == 20_000_000 and found["without_ceiling"]["total_cents"] == 21_000_000
    assert found["findings"] == []
    code, out, _ = run(capsys, "seek", "--db", db, "--own-share", "70000")
    assert code == 0 and out == (
        "Zu einem Eigenanteil von 70.000 € gehören Gesamtkosten von 200.000 €, wenn 130.000 € ein "
        "Höchstbetrag sind, und "
        "210.000 €, wenn die Förderung mitwächst.\n"
    )


def test_what_seek_finds_gives_that_own_share(db: Path, capsys: Capture) -> None:
    for own in ("60000", "61234.56", "65000", "65000.01", "84500"):
        total = read(capsys, "seek", "--db", db, "--own-share", own)["total_cents"]
        found = assessed(capsys, db, f"cost={total // 100}.{total % 100:02}")
        assert abs(found["own_share_cents"] - round(float(own) * 100)) <= 1


def test_seek_goes_on_from_changes_and_takes_the_upper_end_of_a_flat_stretch(db: Path, capsys: Capture) -> None:
    found = read(capsys, "seek", "--db", db, "--own-share", "75000", "--change", "ineligible=15000")
    assert found["total_cents"] == 19_500_000
    found = read(capsys, "seek", "--db", db, "--own-share", "65000", "--change", "type=fehlbedarf")
    assert found["total_cents"] == 19_500_000


def test_an_own_share_that_no_cost_meets_is_a_finding_and_exit_1(db: Path, capsys: Capture) -> None:
    found = read(capsys, "seek", "--db", db, "--own-share", "1", "--change", "ineligible=15000", code=1)
    assert found["total_cents"] is None and found["findings"][0]["level"] == "error"
    code, out, err = run(capsys, "seek", "--db", db, "--own-share", "1", "--change", "ineligible=15000")
    assert (code, out) == (1, "") and err.startswith(
        "Fehler: Zu einem Eigenanteil von 1 € gehören keine bestimmten Gesamtkosten."
    )


def test_seek_says_what_it_cannot_do(db: Path, capsys: Capture) -> None:
    for change in ("third_party=15000", "drop=FP-1"):
        found = read(capsys, "seek", "--db", db, "--own-share", "70000", "--change", change, code=1)
        assert found["total_cents"] is None
        assert any("Gesucht wird mit genau einem" in finding["message"] for finding in found["findings"])


@pytest.mark.parametrize("own", ["viel", "-5", "70.000,00", "70000.123"])
def test_an_own_share_that_is_no_amount_is_wrong_usage(own: str, db: Path, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["seek", "--db", str(db), f"--own-share={own}"])
    assert stop.value.code == 2 and "ist kein Betrag" in capsys.readouterr().err


# risk


def test_risk_gives_percentiles_limits_and_tornado(db: Path, capsys: Capture) -> None:
    found = read(capsys, "risk", "--db", db, "--seed", "1", "--draws", "2000")
    for p in ("p10", "p50", "p80"):
        assert set(found[p]) == {"own_share_cents", "own_share_if_growing_cents", "total_cents"}
        assert found[p]["own_share_if_growing_cents"] <= found[p]["own_share_cents"]
    assert (found["seed"], found["draws"], found["assumed"], found["findings"]) == (1, 2000, True, [])
    assert {"name", "limit_cents", "probability", "standard_error", "if_growing"} == set(found["held"][0])
    whole = next(swing for swing in found["tornado"] if swing["name"] == "Gesamtkosten ±10 %")
    assert (whole["low_cents"], whole["high_cents"], whole["swing_cents"]) == (5_850_000, 8_450_000, 2_600_000)


@pytest.mark.parametrize("shape", ["triangular", "pert"])
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(shape: str, db: Path, capsys: Capture) -> None:
    first, again, other = (
        run(capsys, "risk", "--db", db, "--seed", seed, "--draws", "2000", "--shape", shape, "--json") for seed in "112"
    )
    assert first == again and first != other and first[0] == 0


def test_risk_says_that_its_bounds_are_assumptions(db: Path, capsys: Capture) -> None:
    code, out, _ = run(capsys, "risk", "--db", db, "--draws", "500")
    assert code == 0 and out.startswith("P10: Eigenanteil ") and "Die Spannen der Kosten sind Annahmen." in out


def test_risk_that_cannot_be_computed_is_a_finding_and_exit_1(db: Path, capsys: Capture) -> None:
    for extra in (
        ("--change", "third_party=15000"),
        ("--change", "drop=FP-1"),
        ("--change", "unsinn"),
    ):
        found = read(capsys, "risk", "--db", db, "--draws", "100", *extra, code=1)
        assert found["findings"][0]["level"] == "error"


# repair


def test_repair_names_the_smallest_set_and_the_proof(db: Path, capsys: Capture) -> None:
    found = read(capsys, "repair", "--db", db, "--limit", "own_share=63000")
    assert (found["changes"], found["value_cents"], found["limit"], found["limit_cents"]) == (
        ["drop=F6"],
        6_300_000,
        "own_share",
        6_300_000,
    )
    assert found["proof"].startswith("Weniger genügt nicht") and found["lost_goals"] == [] and found["findings"] == []
    code, out, _ = run(capsys, "repair", "--db", db, "--limit", "own_share=63000")
    assert code == 0 and out == (
        "Ohne future.labs: dann Eigenanteil 63.000 €, kein Ziel verliert den letzten Beitrag. Weniger "
        "genügt nicht: Mit "
        "höchstens 0 Änderungen bleiben mindestens 65.000 €.\n"
    )


def test_a_repair_is_told_in_both_cases_of_the_ceiling_where_they_differ(db: Path, capsys: Capture) -> None:
    arguments = ("repair", "--db", db, "--limit", "own_share=72000", "--change", "cost=+10%", "--allow", "KO-04")
    _, out, _ = run(capsys, *arguments)
    assert "Wenn 130.000 € ein Höchstbetrag sind: Ohne Auftaktveranstaltung: dann Eigenanteil 71.300 €" in out
    assert "Wenn die Förderung mitwächst: Die Grenze hält schon: Eigenanteil 71.500 €." in out
    found = read(capsys, *arguments)
    assert found["changes"] == ["drop=KO-04"] and found["without_ceiling"]["changes"] == []


def test_repair_of_a_limit_that_holds_says_so(db: Path, capsys: Capture) -> None:
    found = read(capsys, "repair", "--db", db, "--limit", "own_share=65000")
    assert (
        found["changes"] == [] and found["proof"].replace("\xa0", " ") == "Die Grenze hält schon: Eigenanteil 65.000 €."
    )


def test_repair_of_what_cannot_be_held_is_a_finding_with_the_lowest_value(db: Path, capsys: Capture) -> None:
    found = read(capsys, "repair", "--db", db, "--limit", "own_share=65000", "--change", "cost=+10%", code=1)
    assert found["changes"] == [] and found["findings"][0]["level"] == "error" and "77.900" in found["proof"]


def test_repair_leaves_out_only_what_is_allowed(db: Path, capsys: Capture) -> None:
    found = read(capsys, "repair", "--db", db, "--limit", "total=180000", "--allow", "KO-02", "KO-03", "KO-11")
    assert found["changes"] == ["drop=KO-02"] and found["value_cents"] == 16_500_000
    found = read(capsys, "repair", "--db", db, "--limit", "total=180000", "--allow", "KO-02", "KO-99", code=1)
    assert found["changes"] == ["drop=KO-02"] and found["findings"][0]["record"] == "drop=KO-99"


@pytest.mark.parametrize("limit", ["own_share", "own_share=", "grant=5", "own_share=viel", "total=-5"])
def test_a_limit_that_is_none_is_wrong_usage(limit: str, db: Path, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["repair", "--db", str(db), "--limit", limit])
    assert stop.value.code == 2 and "ist keine Grenze wie own_share=40000" in capsys.readouterr().err


# compare, scenarios


def test_the_plan_is_no_other_than_its_first_version(db: Path, capsys: Capture) -> None:
    found = read(capsys, "compare", "--db", db, "1", "plan")
    assert (found["consequences"], found["changed"], found["more_changed"]) == ([], [], 0) and found["a"] == found["b"]
    assert run(capsys, "compare", "--db", db, "1", "plan") == (0, "Kein Unterschied.\n", "")


def test_a_kept_scenario_is_compared_by_id_or_name_as_assess_tells_it(db: Path, capsys: Capture) -> None:
    key = keep_one(db, "Teurer", "cost=+10%", "longer:P2=90")
    direct = assessed(capsys, db, "cost=+10%", "longer:P2=90")
    for name in (key, "Teurer"):
        found = read(capsys, "compare", "--db", db, "plan", name)
        assert (found["consequences"], found["changed"]) == (direct["consequences"], direct["changed"])
        assert (found["a"]["own_share_cents"], found["b"]["own_share_cents"]) == (6_500_000, 8_450_000)


def test_what_is_neither_version_nor_scenario_is_a_german_finding(db: Path, capsys: Capture) -> None:
    for name in ("Gibt es nicht", "99"):
        found = read(capsys, "compare", "--db", db, "1", name, code=1)
        assert found["findings"][0]["level"] == "error"
        code, out, err = run(capsys, "compare", "--db", db, "1", name)
        assert (code, out) == (1, "") and err.startswith("Fehler: ") and "Traceback" not in err


def test_scenarios_are_listed_with_their_changes(db: Path, capsys: Capture) -> None:
    assert run(capsys, "scenarios", "--db", db) == (0, "Noch keine Variante.\n", "")
    assert read(capsys, "scenarios", "--db", db) == {"scenarios": [], "findings": []}
    keep_one(db, "Teurer", "cost=+10%", "drop=F6")
    keep_one(db, "Teurer", "cap=none", archived=True)
    found = read(capsys, "scenarios", "--db", db)["scenarios"]
    assert [(s["id"], s["name"], s["changes"], s["archived_on"]) for s in found] == [
        ("VAR-01", "Teurer", ["cost=+10%", "drop=F6"], None),
        ("VAR-02", "Teurer (2)", ["cap=none"], "2015-07-01"),
    ]
    assert set(found[0]) == {"id", "name", "author", "reason", "plan_version", "archived_on", "changes"}
    _, out, _ = run(capsys, "scenarios", "--db", db)
    assert out.startswith("VAR-01  Teurer: Kosten insgesamt +10 %; ohne future.labs\n")


@pytest.mark.parametrize(
    "argv",
    [
        ("seek", "--own-share", "1"),
        ("risk",),
        ("repair", "--limit", "total=1"),
        ("compare", "1", "plan"),
        ("scenarios",),
    ],
)
def test_a_missing_database_is_a_german_finding(argv: tuple[str, ...], tmp_path: Path, capsys: Capture) -> None:
    code, out, err = run(capsys, *argv, "--db", tmp_path / "fehlt.sqlite")
    assert (code, out) == (1, "") and err.startswith("Fehler: Die Datenbank fehlt.sqlite gibt es nicht.")
