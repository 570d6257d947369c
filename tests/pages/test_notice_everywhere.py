"""The funding notice entered on the example: every answer in two cases becomes one, wherever it is told; restoring the
version before brings both cases back.
"""

import json
import re
from contextlib import closing
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from screen import PAGES, Screen, plain

from insek_core.change.consequences import consequences
from insek_core.change.repair import repair, repair_sentences
from insek_core.change.scenario import apply, parse
from insek_core.cli.main import main
from insek_core.papers.registration import registration_workbook
from insek_core.plan import Plan
from insek_core.rules.assessment import assess
from insek_core.rules.chance.risk import simulate
from insek_core.rules.money.notice import Notice, with_notice
from insek_core.rules.registration import registrations
from insek_core.storage.store import Store

TODAY = date(2015, 6, 1)
DEARER = "cost=+10%"  # 214.500 €: 84.500 € own share with the ceiling, 71.500 € without
TWO_CASES = r"wenn [^.;]*Höchstbetr|wenn [^.;]*mitwächst|mitwachsend|[Ww]elcher Fall gilt|[Uu]ngeklärt ist|ist ungeklärt|Ungeklärt:"
SLIDES = (1, 2, 5)  # those of money


def stated(*, ceiling: bool) -> Notice:
    return Notice(
        notice_on=date(2015, 8, 12),
        notice_number="63-1",
        financing="anteil",
        rate_share=Fraction(2, 3),
        cap_cents=13_000_000,
        cap_is_ceiling=ceiling,
    )


def two_cases(text: str, *, ceiling: bool = True) -> list[str]:
    """Where a text tells two cases, or the amount of the case that does not hold."""
    other = "71.500" if ceiling else "84.500"
    found = [match[0] for match in re.finditer(f".{{0,40}}(?:{TWO_CASES}|{re.escape(other)} €).{{0,60}}", plain(text))]
    return [words for words in found if "höchstens bewilligter Betrag" not in words]  # the dictionary


def enter(path: Path, *, ceiling: bool) -> None:
    with closing(Store(path)) as store:
        plan = with_notice(store.load(), "FP-1", stated(ceiling=ceiling))
        store.save(plan, based_on=1, author="Test", reason="Bescheid")


def tried(page: str, **query: str) -> Screen:
    """A session that tries the dearer plan on a screen."""
    screen = Screen(page, **query)
    screen.at.session_state["aenderungen"] = (DEARER,)
    return screen.run()


def drawn(screen: Screen) -> str:
    """All words of a screen, with what its pictures draw and say."""
    rows = [json.dumps(spec.get("datasets", spec.get("data")), ensure_ascii=False) for spec, _ in screen.charts()]
    return "\n".join([screen.visible(), *rows, *(words for _, words in screen.charts())])


@pytest.mark.parametrize("page", [page for page in PAGES if page != "praesentation"])
def test_with_a_ceiling_every_screen_tells_one_case(page: str, example_in_use: Path) -> None:
    enter(example_in_use, ceiling=True)
    screen = tried(page)
    assert not screen.at.exception and two_cases(drawn(screen)) == []


@pytest.mark.parametrize("slide", SLIDES)
def test_with_a_ceiling_every_slide_tells_one_case(slide: int, example_in_use: Path) -> None:
    enter(example_in_use, ceiling=True)
    screen = tried("praesentation", folie=str(slide))
    assert not screen.at.exception and two_cases(drawn(screen)) == []


@pytest.mark.parametrize("page", ["ueberblick", "haushalt", "waswaere"])
def test_where_the_grant_grows_the_screens_tell_that_case(page: str, example_in_use: Path) -> None:
    enter(example_in_use, ceiling=False)
    screen = tried(page)
    assert two_cases(drawn(screen), ceiling=False) == []
    assert "71.500 €" in screen.visible()


@pytest.mark.parametrize("page", ["ueberblick", "haushalt", "waswaere"])
def test_restoring_the_first_version_brings_both_cases_back(page: str, example_in_use: Path) -> None:
    enter(example_in_use, ceiling=True)
    with closing(Store(example_in_use)) as store:
        store.restore(1, author="Test", reason="Bescheid war falsch")
    words = tried(page).visible()
    assert "wenn 130.000 € ein Höchstbetrag sind" in words and "84.500 €" in words and "71.500 €" in words


COMMANDS = [
    ["assess"],
    ["assess", "--change", DEARER],
    ["assess", "--change", "ineligible=15000"],
    ["assess", "--change", "longer:P2=90"],
    ["seek", "--own-share", "84500"],
    ["risk", "--draws", "300", "--change", DEARER],
    ["repair", "--limit", "own_share=64000", "--change", DEARER],
]


@pytest.mark.parametrize("ceiling", [True, False])
def test_the_command_line_tells_one_case(ceiling: bool, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    enter(db, ceiling=ceiling)
    for command in COMMANDS:
        main([*command, "--db", str(db)])
        assert two_cases("".join(capsys.readouterr()), ceiling=ceiling if command[0] != "seek" else True) == []
        main([*command, "--json", "--db", str(db)])
        said = json.loads(capsys.readouterr().out)
        assert [part.get("without_ceiling") for part in (said, said.get("before", {}))] == [None, None], command


@pytest.mark.parametrize("ceiling", [True, False])
def test_changes_registration_repair_and_simulation_tell_one_case(ceiling: bool, example: Plan) -> None:
    plan = with_notice(example, "FP-1", stated(ceiling=ceiling))
    before, own = assess(plan, (), TODAY), {True: 8_450_000, False: 7_150_000}[ceiling]
    told: list[str] = []
    for change in (DEARER, "cost=-10%", "rate=3/5", "third_party=15000", "longer:P2=90", "year:KO-09=2017"):
        after = assess(apply(plan, [parse(change)]).plan, (), TODAY)
        told += [*(s.text for s in consequences(before, after).told), *(s.text for s in after.situation)]
    dearer = apply(plan, [parse(DEARER)]).plan
    found = assess(dearer, (), TODAY)
    assert (found.funding.own_share.value, found.funding.ceiling_open) == (own, False)
    rows = registrations(dearer, found, before)
    book = registration_workbook(rows, ("Kosten",), found.funding.if_ceiling)
    told += [str(cell.value) for row in load_workbook(_file(book)).worksheets[0] for cell in row if cell.value]
    fixed = repair(dearer, "own_share", 6_400_000)
    told += repair_sentences(dearer, fixed, "own_share")
    risk = simulate(dearer, 1, 300)
    assert (fixed.if_growing, risk.if_ceiling) == (None, "")
    assert two_cases("\n".join(told), ceiling=ceiling) == []


def _file(data: bytes) -> BytesIO:
    return BytesIO(data)


def test_the_plan_without_a_notice_tells_both_cases_in_all_of_this(example: Plan) -> None:
    found = assess(apply(example, [parse(DEARER)]).plan, (), TODAY)
    told = [s.text for s in (*found.situation, *consequences(assess(example, (), TODAY), found).told)]
    assert len(two_cases("\n".join(told))) > 3
