"""A gap in an approved budget names its procedure: paragraph, threshold and who decides are settings, never guessed."""

from dataclasses import replace

import pytest
from small import PAPER, line

from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.plan.content import Setting
from insek_core.rules.figures import Figure
from insek_core.rules.money.budget import budget
from insek_core.rules.money.funding import funding
from insek_core.rules.money.gaps import overrun_sentence
from insek_core.rules.money.overrun import budget_law, overrun

LAW = {
    "overrun_rule": "§ 79 GemO",
    "supplementary_rule": "§ 77 GemO",
    "overrun_council_cents": "50.000",
    "supplementary_share": "1 %",
    "budget_expense_cents": "20.000.000",
    "council_name": "der Stadtrat",
    "overrun_office": "die Kämmerin",
}


def settings(**values: str) -> tuple[Setting, ...]:
    return tuple(Setting(id=key, name=key, value=value, evidence="stated") for key, value in values.items())


def need(gap: int, held: int | None = 100_000_00, **values: str) -> str:
    law = budget_law(Plan(settings=settings(**values)))
    line_figure = Figure(label="Ansatz", value=held)
    found = overrun(law, "2015", Figure(label="Mehr", value=gap), line_figure)
    return "" if found is None else f"{found.lead}. {found.decides}.".replace("\xa0", " ")


@pytest.mark.parametrize(
    ("euro", "expected"),
    [
        (
            49_999,
            "Für 2015 sind 49.999 € Mehraufwendungen überplanmäßig zu bewilligen (§ 79 GemO). Darüber entscheidet die "
            "Kämmerin (unter 50.000 €).",
        ),
        (
            50_000,
            "Für 2015 sind 50.000 € Mehraufwendungen überplanmäßig zu bewilligen (§ 79 GemO). Darüber entscheidet der "
            "Stadtrat (ab 50.000 €).",
        ),
        (
            200_000,
            "Für 2015 ist ein Nachtrag nötig (§ 77 GemO): 200.000 € Mehraufwendungen, 1 % der Gesamtaufwendungen sind "
            "200.000 €. Darüber entscheidet der Stadtrat.",
        ),
    ],
)
def test_the_threshold_decides_the_procedure_and_who_decides(euro: int, expected: str) -> None:
    assert need(euro * 100, **LAW) == expected


def test_without_a_line_it_is_beyond_any_plan() -> None:
    assert "außerplanmäßig" in need(100, None, **LAW) and "außerplanmäßig" in need(100, 0, **LAW)


def test_what_is_not_entered_is_said_and_never_guessed() -> None:
    assert need(100) == (
        "Für 2015 sind 1 € Mehraufwendungen überplanmäßig zu bewilligen. Nicht eingetragen ist, wer entscheidet und ab "
        "wann ein Nachtrag nötig ist."
    )
    alone = {key: value for key, value in LAW.items() if key != "overrun_office"}
    assert need(100, **alone).endswith("Nicht eingetragen ist, wer entscheidet.")
    assert need(50_000_00, **alone).endswith("Darüber entscheidet der Stadtrat (ab 50.000 €).")
    assert need(50_000_00, **{**alone, "overrun_council_cents": "viel"}).endswith(
        "Nicht eingetragen ist, wer entscheidet."
    )


def test_where_the_line_suffices_nothing_is_needed() -> None:
    assert need(0, **LAW) == need(-5, **LAW) == ""


def test_both_cases_of_the_ceiling_are_told_with_the_income_beside_the_expenses(example: Plan) -> None:
    plan = apply(example, [parse("cost=+10%")]).plan
    money = funding(plan)
    found = budget(plan, money)
    told = [s.text.replace("\xa0", " ") for span in found.spans if (s := overrun_sentence(found, money, span))]
    assert told == [
        "Für 2015/2016 sind 18.000 € Mehraufwendungen überplanmäßig zu bewilligen (§ 79 SächsGemO). Dem stehen gegenüber: "
        "10.000 € Mehrerträge, wenn 130.000 € ein Höchstbetrag sind, und 12.000 € Mehrerträge, wenn die Förderung "
        "mitwächst. Nicht eingetragen ist, wer entscheidet und ab wann ein Nachtrag nötig ist (§ 77 SächsGemO)."
    ]


def test_a_span_that_is_only_to_register_is_no_overrun() -> None:
    lines = (line("Aufwand", 100, status="anzumelden"), line("Ertrag", 50, status="anzumelden"))
    plan = replace(PAPER, budget_lines=lines)
    money = funding(plan)
    found = budget(plan, money)
    assert [overrun_sentence(found, money, span) for span in found.spans] == [None]
