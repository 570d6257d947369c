"""The sentences of the first screen are those of the rules, word for word, and every figure says where it comes
from.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from small import PAPER, TODAY, fund, goal, item, money, task, work

from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.plan.content import Goal
from insek_core.rules.assessment import assess
from insek_core.rules.figures import Sentence
from insek_core.rules.situation import NO_GOALS, delay_sentence

FUNDING = (
    "Für die Fortschreibung des INSEK sind 2015–2017 Gesamtkosten von 195.000 € angesetzt: 130.000 € Förderung "
    "und 65.000 € städtischer Eigenanteil."
)
APPROVED = (
    "Im Haushaltsplan 2015/2016 sind 120.000 € Erträge und 60.000 € Eigenanteil geplant; die Aufteilung auf "
    "die Jahre nennt die Vorlage nicht."
)
REGISTER = "Für 2017 sind noch anzumelden: 15.000 € Aufwendungen und 10.000 € Erträge, rechnerisch 5.000 € Eigenanteil."
GOALS = (
    "Die Zieltexte (Anlage 1) liegen nicht vor; ob jedes Ziel mit Maßnahmen, Mitteln und Indikatoren unterlegt "
    "ist, kann derzeit nicht beurteilt werden."
)


def told(plan: Plan) -> list[str]:
    return [sentence.text.replace("\xa0", " ") for sentence in sentences(plan)]


def sentences(plan: Plan) -> tuple[Sentence, ...]:
    return assess(plan, (), TODAY).situation


def test_the_sentences_about_money_are_those_of_the_rules(example: Plan) -> None:
    found = told(example)
    assert found[:2] == [FUNDING, REGISTER] and APPROVED in found


def test_the_missing_goal_texts_are_said_as_in_the_rules(example: Plan) -> None:
    assert NO_GOALS.format(" (Anlage 1)") == GOALS and GOALS in told(example)
    assert not any("mit Mitteln unterlegt" in text for text in told(example))


def test_amounts_do_not_break_before_the_euro_sign(example: Plan) -> None:
    assert not any(re.search(r"\d €", sentence.text) for sentence in sentences(example))


def test_every_figure_of_the_stated_sentences_names_a_line_of_the_paper_or_a_rule(example: Plan) -> None:
    stated = [
        sentence
        for sentence in sentences(example)
        if sentence.text.replace("\xa0", " ") in (FUNDING, APPROVED, REGISTER)
    ]
    assert len(stated) == 3
    for sentence in stated:
        for figure in sentence.figures:
            assert re.search(r"Vorlage Z\. \d", figure.source) or figure.rule, figure.label
            lines = [part.source for part in figure.walk() if re.search(r"Z\. \d", part.source)]
            assert lines, figure.label


def test_the_figures_of_the_funding_sentence_are_stated_in_their_lines(example: Plan) -> None:
    lines = [(figure.show().replace("\xa0", " "), figure.source) for figure in sentences(example)[0].figures]
    assert lines == [
        ("195.000 €", "Vorlage Z. 277–278"),
        ("130.000 €", "Vorlage Z. 289"),
        ("65.000 €", "Vorlage Z. 289"),
    ]


def test_what_the_paper_states_is_not_marked_as_assumed_and_the_ceiling_is(example: Plan) -> None:
    found = sentences(example)
    stated = [s for s in found if s.text.replace("\xa0", " ") in (FUNDING, APPROVED, REGISTER)]
    assert [sentence.assumed for sentence in stated] == [False] * 3
    assert [s.assumed for s in found if "Höchstbetrag" in s.text] == [True]


@pytest.mark.parametrize(
    ("plan", "text"),
    [
        (Plan(), "Die Gesamtkosten sind unbekannt: Es ist noch keine Kostenposition eingetragen."),
        (Plan(cost_items=(item("K", None), item("L", 5))), "Die Gesamtkosten sind unbekannt: Es fehlen Beträge."),
    ],
)
def test_an_unknown_total_is_said_to_be_unknown(plan: Plan, text: str) -> None:
    assert told(plan)[0] == text
    assert not any("0 €" in sentence for sentence in told(plan))


def test_an_overrun_is_told_on_both_readings_of_the_ceiling(example: Plan) -> None:
    dearer = replace(example.cost_items[0], amount_cents=example.cost_items[0].amount_cents + 1_950_000)
    found = told(replace(example, cost_items=(dearer, *example.cost_items[1:])))
    assert found[0] == (
        "Für die Fortschreibung des INSEK sind 2015–2017 Gesamtkosten von 214.500 € angesetzt: 84.500 € städtischer "
        "Eigenanteil, wenn 130.000 € ein Höchstbetrag sind, und 71.500 €, wenn die Förderung mitwächst; "
        "welcher Fall gilt, "
        "ist ungeklärt."
    )
    assert (
        "Ungeklärt: Jeden weiteren Euro trägt die Stadt allein, wenn 130.000 € ein Höchstbetrag sind "
        "(unsere Annahme), und "
        "zu 1/3, wenn die Förderung mitwächst."
    ) in found


@pytest.mark.parametrize(
    ("change", "one", "two"),
    [
        ("cost=-10%", (1_350_000, 900_000, 450_000), None),
        ("cost=+10%", (1_650_000, 0, 1_650_000), (1_650_000, 1_100_000, 550_000)),
        ("longer:P2=90", (2_118_321, 1_412_214, 706_107), None),
    ],
)
def test_what_is_to_register_comes_from_the_spans_and_never_from_the_whole_less_the_approved(
    change: str, one: tuple[int, ...], two: tuple[int, ...] | None, example: Plan
) -> None:
    found = assess(apply(example, [parse(change)]).plan, (), TODAY).budget
    assert tuple(figure.value for figure in found.to_register.figures) == one
    assert tuple(figure.value for figure in found.to_register_if_growing.figures) == (two or one)


def test_below_the_kink_the_open_question_is_not_told_as_if_both_sides_differed(example: Plan) -> None:
    (text,) = (t for t in told(apply(example, [parse("cost=-10%")]).plan) if t.startswith("Ungeklärt"))
    assert text == (
        "Ungeklärt ist, ob 130.000 € ein Höchstbetrag sind (unsere Annahme); einen Unterschied macht es ab 195.000 € "
        "zuwendungsfähigen Ausgaben, bis dahin trägt die Stadt jeden weiteren Euro zu 1/3."
    )


def test_third_party_money_beyond_the_cost_is_told_as_overfinancing(example: Plan) -> None:
    found = assess(apply(example, [parse("third_party=300000")]).plan, (), TODAY)
    assert found.situation[0].text.startswith("Überfinanzierung: Die Drittmittel von")
    assert sum("Überfinanzierung" in finding.message for finding in found.findings) == 1


def test_unplanned_money_gives_no_false_alarm_about_the_minimum_own_share(example: Plan) -> None:
    for changes in (("third_party=15000",), ("third_party=15000", "cost=+10%")):
        plan = apply(example, [parse(text) for text in changes]).plan
        assert not any("Mindesteigenanteil" in f.message for f in assess(plan, (), TODAY).findings)
    less = apply(example, [parse("third_party_planned=10000")]).plan
    assert any("Mindesteigenanteil" in f.message for f in assess(less, (), TODAY).findings)


def test_every_amount_of_a_sentence_is_one_of_its_figures(example: Plan) -> None:
    for change in ("", "cost=+10%", "cost=-10%", "longer:P2=90", "ineligible=15000", "third_party=300000", "rate=1"):
        plan = apply(example, [parse(text) for text in filter(None, [change])]).plan
        for sentence in sentences(plan):
            amounts = set(re.findall(r"[\d.]+(?:,\d\d)?\xa0€", sentence.text))
            shown = " ".join(f"{figure.show()} {figure.told()}" for figure in sentence.figures).replace("−", "")
            assert amounts <= set(re.findall(r"[\d.]+(?:,\d\d)?\xa0€", shown)), (change, sentence.text)


def test_a_gap_to_the_budget_is_told_with_its_side() -> None:
    cheaper = replace(PAPER, cost_items=(replace(PAPER.cost_items[0], amount_cents=6_000_000), *PAPER.cost_items[1:]))
    assert "Der Eigenanteil liegt 2015/2016 10.000 € unter dem Ansatz." in told(cheaper)


def test_a_missed_deadline_is_named() -> None:
    late = task("Bericht", 6, deadline_on=TODAY)
    assert any("Bericht liegt hinter der Frist." in text for text in told(work([late], [])))


def test_goals_are_counted_in_the_right_number() -> None:
    one, two = (Plan(goals=tuple(goal(f"Z{n}") for n in range(count))) for count in (1, 2))
    assert any(text.startswith("Von 1 Ziel sind 0 mit Mitteln unterlegt") for text in told(one))
    assert any(text.startswith("Von 2 Zielen sind 0 mit Mitteln unterlegt") for text in told(two))


def test_third_party_money_is_told() -> None:
    text = told(replace(money((2015, 300)), funds=(fund(50),)))[0]
    assert "2 € Förderung, 0,50 € Drittmittel und 0,50 € städtischer Eigenanteil" in text


def test_an_empty_plan_promises_nothing() -> None:
    found = told(Plan())
    assert "Der Zeitplan ist unbekannt: Kein Arbeitsschritt lässt sich datieren." in found
    assert NO_GOALS.format("") in found
    assert not any("halten" in text for text in found)


def test_a_plan_with_only_target_areas_still_lacks_the_goal_texts() -> None:
    assert NO_GOALS.format("") in told(Plan(goals=(Goal(id="Z", name="Z", kind="Zielbereich", evidence="external"),)))


# --- time ------------------------------------------------------------------------------------------------------------

THIN = (
    "alle Fristen halten. Das ruht auf der Annahme, dass zwischen Vorberatung und Beschluss 1 Tag genügt; "
    "bei 2 Tagen endet er 47 Tage nach der Frist."
)


def with_gap(plan: Plan, **values: Any) -> Plan:
    return with_row(plan, "settings", replace(plan.by_id["decision_gap_days"], **values))


def test_deadlines_that_hold_on_an_assumed_gap_only_say_how_thin_it_is(example: Plan) -> None:
    (sentence,) = [sentence for sentence in sentences(example) if THIN in sentence.text]
    assert sentence.assumed and {"Mindestabstand zwischen Vorberatung und Beschluss"} <= {
        figure.label for top in sentence.figures for figure in top.walk() if figure.evidence == "assumed"
    }


def test_what_one_day_more_costs_is_computed_and_a_stated_gap_is_no_assumption(example: Plan) -> None:
    stated = with_gap(example, evidence="stated")
    assert any(text.endswith("alle Fristen halten.") for text in told(stated))
    assert any("Beschlussfassung liegt hinter der Frist." in text for text in told(with_gap(example, value="2")))
    without = replace(example, settings=tuple(s for s in example.settings if s.id != "decision_gap_days"))
    assert any(THIN in text for text in told(without))  # the default is an assumption too


def test_steps_of_unknown_state_are_counted(example: Plan) -> None:
    (text,) = [s.text for s in assess(example, (), date(2016, 6, 1)).situation if s.screen == "zeitplan"]
    assert text.endswith("Von 10 früheren Schritten ist der Stand unbekannt.")


def test_the_days_a_paper_may_be_late_show_their_working(example: Plan) -> None:
    sentence = delay_sentence(example, assess(example, (), TODAY).timetable, TODAY)
    assert sentence and sentence.assumed and "darf höchstens 6 Tage später fertig werden" in sentence.text
    spare = sentence.figures[0]
    assert (spare.value, spare.unit, [part.value for part in spare.operands]) == (
        6,
        "days",
        [date(2017, 5, 16), date(2017, 5, 10)],
    )
    labels = " · ".join(figure.label for figure in spare.walk())
    for word in (
        "Vorlauf der Vorlagen",
        "Sitzung Ratsversammlung",
        "Mindestabstand zwischen Vorberatung und Beschluss",
    ):
        assert word in labels
    (gap,) = [f for f in spare.walk() if f.label == "Mindestabstand zwischen Vorberatung und Beschluss"]
    assert (
        gap.value == 1 and gap.rule.startswith("Annahme; 2015 waren es 22 Tage") and gap.record == "decision_gap_days"
    )


def test_a_delayed_decision_is_told_from_its_new_day(example: Plan) -> None:
    plan = apply(example, (parse("delay:A2=30"),)).plan
    sentence = delay_sentence(plan, assess(plan, (), TODAY).timetable, TODAY)
    assert sentence and "sonst wird statt am 16.08.2017 erst am 20.09.2017" in sentence.text
    assert sentence.figures[1].operands[-1].value == date(2017, 8, 16)
