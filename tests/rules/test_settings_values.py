"""Values that a rule decides by: read from the settings with their paragraph; what is missing or odd is the usual."""

from fractions import Fraction

import pytest

from insek_core.plan import Plan
from insek_core.plan.content import Setting
from insek_core.rules.settings import MISSING, USUAL, ruled_cents, ruled_months, ruled_share, ruled_text


def plan(value: str, paragraph: str = "") -> Plan:
    row = Setting(id="k", name="Frist", value=value, paragraph=paragraph, evidence="stated", source="Bescheid")
    return Plan(settings=(row,))


def test_a_value_bears_its_paragraph_and_its_source() -> None:
    found = ruled_months(plan("6", "Nr. 6.1 ANBest-K"), "k", "Monate", 12)
    assert (found.whole, found.cited) == (6, " (Nr. 6.1 ANBest-K)")
    assert (found.figure.source, found.figure.evidence) == ("Nr. 6.1 ANBest-K; Bescheid", "stated")


@pytest.mark.parametrize("value", ["", "zwölf", "-1"])
def test_what_is_missing_or_odd_is_the_usual_value_and_an_assumption(value: str) -> None:
    found = ruled_months(plan(value, "Nr. 6"), "k", "Monate", 12)
    assert (found.whole, found.figure.evidence, found.figure.rule) == (12, "assumed", USUAL)
    assert found.paragraph == "Nr. 6"


def test_without_a_usual_value_it_is_unknown() -> None:
    for found in (
        ruled_cents(Plan(), "k", "Betrag"),
        ruled_share(Plan(), "k", "Anteil"),
        ruled_text(Plan(), "k", "Wer"),
    ):
        assert (found.figure.value, found.figure.rule, found.cited) == (None, MISSING, "")
    with pytest.raises(TypeError, match="is no share"):
        _ = ruled_share(Plan(), "k", "Anteil").share


def test_amounts_and_shares_are_read_as_people_write_them() -> None:
    assert ruled_cents(plan("50.000 €"), "k", "Betrag").whole == 5_000_000
    assert ruled_share(plan("2,5 %"), "k", "Anteil").share == Fraction(1, 40)
