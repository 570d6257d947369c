"""The screens say no amount of their own: every euro in a sentence is one of the assessment's, shown or told."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from screen import Screen, plain

from insek_core.change.facts import facts
from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.rules.assessment import Assessment, assess, reference_date
from insek_core.rules.figures import Figure
from insek_core.storage.store import Store
from insek_core.views.charts import money

EURO = r"(?:rund )?\d[\d.]*(?:,\d\d)? €"
CHANGES = {
    "dearer": ("cost=+10%",),
    "cheaper by odd cents": ("cost=-7%", "ineligible=11831.22"),
    "money of others, planned": ("third_party_planned=14430.87", "year:KO-03=2018"),
    "money of others, unplanned": ("third_party=15000", "rate=3/5"),
    "more money than cost": ("third_party_planned=195000", "year:KO-12=2014"),
    "another type, later": ("type=fehlbedarf", "own_fixed=70000", "longer:K3=90", "freeze=3/5"),
}


def figures(found: Assessment) -> Iterator[Figure]:
    """Every figure of an assessment, and what its sentences tell beside them."""
    yield from facts(found).values()
    for sentence in found.situation:
        yield from sentence.figures
    for level in (found.budget.approved, found.budget.whole):
        yield from level.figures
    yield found.drawdown.flow.until_today


def amounts(found: Assessment) -> set[str]:
    """Every amount as it is shown or told, without sign: a sentence says "über" or "unter" instead."""
    euros = [figure for figure in figures(found) if isinstance(figure.value, int) and figure.unit == "euro"]
    told = {plain(words(figure)).removeprefix("−") for figure in euros for words in (Figure.show, Figure.told)}
    gaps = {text.replace("−", "") for text in told}  # "rund −4.600 €"
    findings = {euro for finding in found.findings for euro in re.findall(EURO, plain(finding.message))}
    return told | gaps | findings


@pytest.mark.parametrize("screen", ["ueberblick", "haushalt"])
@pytest.mark.parametrize("name", CHANGES)
def test_every_amount_in_a_sentence_is_one_of_the_assessment(
    screen: str, name: str, example: Plan, tmp_path: Path, use: Callable[[Path], Path]
) -> None:
    done = apply(example, [parse(text) for text in CHANGES[name]])
    assert len(done.changes) == len(CHANGES[name])
    Store.create(use(tmp_path / "plan.sqlite"), done.plan, author="Test", reason=name).close()
    found = assess(done.plan, (), reference_date(done.plan, date(2015, 6, 1)))
    shown = Screen(screen)
    assert not shown.at.exception
    listed = [html for html in shown.html if "class='ungeklaert'" in html]
    said = [*shown.answers, *listed, *(piece.value for piece in shown.at.caption)]
    told = [euro for text in said for euro in re.findall(EURO, plain(text).replace("−", ""))]
    assert len(told) >= 5, said
    assert set(told) <= amounts(found), (set(told) - amounts(found), said)
    pictures = [plain(alt) for _, alt in shown.charts() if alt.startswith("Kosten je Jahr")]
    assert pictures == [plain(money.years_text(found))], "the picture is told with the same years"
