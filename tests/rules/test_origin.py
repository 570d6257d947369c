"""Where a figure comes from: an assumed value never cites the paper, quotes are whole, numbers show their making."""

import re
from dataclasses import fields, is_dataclass
from typing import Any

from small import TODAY

from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.rules.assessment import assess
from insek_core.rules.figures import Figure, source_of
from insek_core.storage.embedded import example_paper
from insek_core.views.words import cited_lines, quotes_html

CITED = re.compile(r"\bZ\. ?\d")


def figures_of(value: Any) -> list[Figure]:
    """Every figure that a value holds, with all it was made of."""
    if isinstance(value, Figure):
        return [*value.walk()]
    if is_dataclass(value) and not isinstance(value, type):
        return [figure for field in fields(value) for figure in figures_of(getattr(value, field.name))]
    if isinstance(value, tuple | list):
        return [figure for part in value for figure in figures_of(part)]
    return []


def test_an_assumed_figure_never_cites_the_paper_for_its_value(example: Plan) -> None:
    for change in ("", "cost=+10%", "longer:P2=90", "rate=3/5", "delay:K1=60"):
        plan = apply(example, [parse(text) for text in filter(None, [change])]).plan
        found = assess(plan, (), TODAY)
        assumed = [figure for figure in figures_of(found) if figure.evidence == "assumed" and figure.record]
        assert len(assumed) > 20
        assert [figure for figure in assumed if CITED.search(figure.source)] == []


def test_an_assumed_field_of_a_stated_record_says_that_it_is_an_assumption(example: Plan) -> None:
    programme, item = example.programmes[0], example.cost_items[0]
    assert (CITED.search(programme.source) and source_of(programme, "cap_is_ceiling") == "Annahme") or not CITED.search(
        source_of(programme, "cap_is_ceiling")
    )
    assert source_of(programme, "cap_cents") == programme.source, "what is stated cites its lines"
    assert source_of(item, "amount_cents") == "übrige Angaben angenommen"


def test_quotes_are_whole(example: Plan) -> None:
    sentence = next(s for s in assess(example, (), TODAY).situation if "Beteiligungstermine" in s.text)
    quoted = {
        int(number) for number in re.findall(r"Z\. (\d+)<", quotes_html(sentence.figures, example_paper().splitlines()))
    }
    assert {224, 234, 243} <= quoted
    sources = {part.source for f in sentence.figures for part in f.walk() if part.evidence == "stated"}
    assert quoted == {number for source in sources for number, _ in cited_lines(source, example_paper().splitlines())}


def test_every_number_of_a_chief_sentence_has_a_figure_that_can_be_asked(example: Plan) -> None:
    for sentence in assess(example, (), TODAY).situation:
        numbers = re.findall(r"\d[\d.]*\d|\d", re.sub(r"20\d\d(?:[/–]20\d\d)?|Anlage \d", "", sentence.text))
        assert bool(sentence.figures) == bool(numbers), sentence.text


def test_without_any_booking_nothing_is_known_of_what_was_paid(example: Plan) -> None:
    found = assess(example, (), TODAY).drawdown
    assert [figure.value for figure in found.sums] == [None] * len(found.sums)
    assert found.over_called.value is None and found.repayment.value is None
