"""What a change does, in a few German sentences: each tells exactly the figures it names, every other changed figure is
counted, and none is invented.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from changes import any_change, any_edit
from small import TODAY

from insek_core.change.consequences import Consequences, changed, consequences
from insek_core.change.facts import facts
from insek_core.change.scenario import apply, parse
from insek_core.change.sentences.telling import Facts
from insek_core.plan import Plan
from insek_core.plan.codec import with_row
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.figures import Figure

EDITS = 500 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 250
ONE = (
    "Tag",
    "Wert",
    "Ziel",
    "Befund",
    "Personentag",
    "Arbeitsschritt",
    "Beteiligungstermin",
    "Option",
    "Änderung",
    "Termin",
)
MANY = (
    "Tage",
    "Werte",
    "Ziele",
    "Befunde",
    "Personentage",
    "Arbeitsschritte",
    "Beteiligungstermine",
    "Optionen",
    "Änderungen",
    "Termine",
)
WRONG = {
    "double space": r"  ",
    "one of many": rf"(?<![\d.,–/])1 (weitere )?({'|'.join(MANY)}|weitere(?! Stelle))\b",
    "many of one": rf"(?:[02-9]|\d\d) ({'|'.join(ONE)}|weiterer)\b",
    "English thousands": r"\d,\d{3}(?!\d)",
    "English decimals": r"\d\.\d{1,2}(?![\d.])",
    "no German value": r"\bNone\b|\bTrue\b|\bFalse\b|\bnan\b|Fraction|Fuzzy|\d{4}-\d\d-\d\d",
    "double stop": r"\.\.|\.;|;\.|, \.|::|:\.",
    "hyphen for minus": r"(?<![\w–])-\d",
    "empty part": r"„“|\(\)|: ;|; ;|, ,|: und| ,",
}  # fmt: skip
AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})*(?:,\d\d)?) €")
DAY = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})\b")


def after(plan: Plan, *texts: str) -> Assessment:
    done = apply(plan, [parse(text) for text in texts])
    assert len(done.changes) == len(texts)
    return assess(done.plan, (), TODAY)


def row(plan: Plan, record: str) -> Any:
    return plan.by_id[record]


def sentences(plan: Plan, *texts: str) -> dict[str, list[str]]:
    """The sentences a change gives, by screen, with ordinary spaces."""
    found = consequences(assess(plan, (), TODAY), after(plan, *texts))
    by_screen: dict[str, list[str]] = {}
    for told in found.told:
        by_screen.setdefault(told.screen, []).append(told.text.replace("\xa0", " "))
    return by_screen


def money(plan: Plan, *texts: str) -> str:
    return sentences(plan, *texts)["haushalt"][0]


# the sentences


def test_ten_percent_more_is_told_in_both_cases_of_the_ceiling(example: Plan) -> None:
    found = sentences(example, "cost=+10%")["haushalt"]
    assert found == [
        "Der Eigenanteil steigt von 65.000 € auf 84.500 €, wenn 130.000 € ein Höchstbetrag sind; wenn die Förderung "
        "mitwächst, auf 71.500 €. Welcher Fall gilt, ist ungeklärt.",
        "Die Gesamtkosten steigen von 195.000 € auf 214.500 €.",
        "Für 2015/2016 sind es 18.000 € mehr Aufwendungen und 10.000 € mehr Erträge als veranschlagt, wenn "
        "130.000 € ein Höchstbetrag sind. Wenn die Förderung mitwächst: 12.000 € mehr Erträge.",
        "Für 2017 sind 16.500 € Aufwendungen und 0 € Erträge anzumelden statt 15.000 € und 10.000 €, wenn 130.000 € "
        "ein Höchstbetrag sind. Wenn die Förderung mitwächst: 11.000 € Erträge.",
        "Für 2015/2016 sind 18.000 € Mehraufwendungen überplanmäßig zu bewilligen (§ 79 SächsGemO). Nicht eingetragen "
        "ist, wer entscheidet und ab wann ein Nachtrag nötig ist (§ 77 SächsGemO).",
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            "cost=-10%",
            "Der Eigenanteil sinkt von 65.000 € auf 58.500 €. Die Gesamtkosten sinken von 195.000 € auf 175.500 €. "
            "Die Förderung sinkt von 130.000 € auf 117.000 €.",
        ),
        (
            "ineligible=15000",
            "Der Eigenanteil steigt von 65.000 € auf 75.000 €. Die Förderung sinkt von 130.000 € auf 120.000 €.",
        ),
        (
            "longer:P2=90",
            "Die Gesamtkosten bleiben, aber die Jahre verschieben sich: 2016 rund 6.200 € weniger und 2017 "
            "rund 6.200 € mehr.",
        ),
        (
            "drop=F6",
            "Der Eigenanteil sinkt von 65.000 € auf 63.000 €. Die Gesamtkosten sinken von 195.000 € auf 189.000 €. "
            "Die Förderung sinkt von 130.000 € auf 126.000 €.",
        ),
        (
            "drop=FP-1",
            "Der Eigenanteil steigt von 65.000 € auf 195.000 €. Die Förderung sinkt von 130.000 € auf 0 €.",
        ),
        (
            "cap=none",
            "Der Eigenanteil bleibt bei 65.000 €. Den nächsten zuwendungsfähigen Euro trägt die Stadt zu 1/3 statt "
            "allein.",
        ),
        (
            "year:KO-09=2017",
            "Die Gesamtkosten bleiben, aber die Jahre verschieben sich: 2016 14.000 € weniger und 2017 14.000 € mehr.",
        ),
        (
            "rate=3/5",
            "Der Eigenanteil steigt von 65.000 € auf 78.000 €. Die Förderung sinkt von 130.000 € auf 117.000 €.",
        ),
        (
            "type=fehlbedarf",
            "Fehlbedarfsfinanzierung statt Anteilfinanzierung. Der Eigenanteil bleibt bei 65.000 €.",
        ),
        (
            "type=festbetrag",
            "Festbetragsfinanzierung statt Anteilfinanzierung. Der Eigenanteil bleibt bei 65.000 €. Der Knick liegt "
            "bei 130.000 € statt 195.000 €.",
        ),
        (
            "rate=1",
            "Der Eigenanteil bleibt bei 65.000 €, wenn 130.000 € ein Höchstbetrag sind. Wenn die Förderung mitwächst, "
            "sinkt er von 65.000 € auf 0 €. Welcher Fall gilt, ist ungeklärt.",
        ),
        (
            "third_party=300000",
            "Der Eigenanteil sinkt von 65.000 € auf −105.000 €. Überfinanzierung: Die Drittmittel übersteigen die "
            "Gesamtkosten um 105.000 €; Förderung gibt es keine. Die Drittmittel steigen von 0 € auf 300.000 €. "
            "Die Förderung sinkt von 130.000 € auf 0 €.",
        ),
        (
            "freeze=1/2",
            "Mit der Haushaltssperre sind 2015/2016 nur 90.000 € von 180.000 € Aufwendungen frei; geplant "
            "sind 180.000 €. Mit der Haushaltssperre sind 2017 nur 7.500 € von 15.000 € Aufwendungen frei; "
            "geplant sind 15.000 €.",
        ),
        (
            "provisional:HS-2=2017-05-01",
            "Bis zum 30.04.2017 gilt für 2017 die vorläufige Haushaltsführung: nur rechtlich "
            "Verpflichtetes und Fortgesetztes darf bezahlt werden.",
        ),
    ],
)
def test_the_first_sentences_about_money_are_worked_by_hand(change: str, sentence: str, example: Plan) -> None:
    assert " ".join(sentences(example, change)["haushalt"]).startswith(sentence)


def test_a_year_without_a_line_is_told_with_what_is_to_register(example: Plan) -> None:
    assert sentences(example, "year:KO-09=2018")["haushalt"][-1] == (
        "Für 2018, wofür es noch keinen Ansatz gibt, sind 14.000 € Aufwendungen und rund 9.300 € Förderung anzumelden."
    )


def test_the_gravest_leads_and_procedure_comes_last(example: Plan) -> None:
    both = consequences(assess(example, (), TODAY), after(example, "longer:P2=90", "cost=-10%")).told
    begin = [told.text.replace("\xa0", " ").partition(" ")[0] + " " + told.text.split()[1] for told in both]
    assert ", ".join(begin) == (
        "Die Frist, Die Gremienvorlage, Der Eigenanteil, Die Gesamtkosten, Die Kernarbeitsphase, Für 2015/2016, "
        "Für 2017, Personal: Fachämter, In anderen"
    )
    assert both[-1].text.replace("\xa0", " ") == (
        "In anderen Jahren als angemeldet liegen rund 5.600 €: Das braucht eine Übertragung von Ansätzen "
        "(§ 21 SächsKomHVO) oder eine Anmeldung."
    )


def test_a_longer_phase_is_told_through_time_money_lines_and_people(example: Plan) -> None:
    found = sentences(example, "longer:P2=90")
    assert found["zeitplan"] == [
        "Die Frist 30.06.2017 für „Beschlussfassung“ wird um 82 Tage verfehlt.",
        "Die Gremienvorlage „INSEK-Beschluss“ verpasst 4 Sitzungen, zuerst Dienstberatung des Oberbürgermeisters am "
        "30.05.2017. Sie wird am 20.09.2017 statt am 21.06.2017 beschlossen, 91 Tage später.",
        "Die Kernarbeitsphase endet am 31.03.2017 statt Ende 2016.",
    ]
    assert found["haushalt"][1:3] == [
        "Für 2015/2016 sind es rund 6.200 € weniger Aufwendungen und rund 4.100 € weniger Erträge als veranschlagt.",
        "Für 2017 sind rund 21.200 € Aufwendungen und rund 14.100 € Erträge anzumelden statt 15.000 € und 10.000 €.",
    ]
    exact = after(example, "longer:P2=90").budget.to_register
    assert [figure.value for figure in exact.figures] == [2_118_321, 1_412_214, 706_107], "exact behind the sentence"
    assert found["gremien"] == [
        "Personal: Fachämter +155 Personentage; Stadtplanungsamt +62 Personentage; 2 weitere Stellen."
    ]


def test_a_deadline_that_holds_again_is_told(example: Plan) -> None:
    late = apply(example, [parse("longer:P2=90")]).plan
    found = consequences(assess(late, (), TODAY), assess(example, (), TODAY))
    time = [told.text for told in found.told if told.screen == "zeitplan"]
    assert time[0] == "Die Frist 30.06.2017 für „Beschlussfassung“ hält wieder." and "91 Tage früher" in time[1]


def test_both_cases_are_told_only_while_the_ceiling_is_open(example: Plan) -> None:
    settled = with_row(
        example, "programmes", replace(example.programmes[0], notice_on=date(2015, 8, 1), notice_number="1/2015")
    )
    assert "ungeklärt" not in money(settled, "cost=+10%") and "mitwächst" not in money(settled, "cost=+10%")
    assert "ungeklärt" in money(example, "cost=+10%")


def test_a_goal_that_loses_its_last_contribution_is_named_and_one_that_wins_it_back(example: Plan) -> None:
    bare = example
    for name in ("ZB-13", "ZB-18"):  # all that serves Z1
        bare = with_row(bare, "contributions", replace(row(bare, name), weight=0))
    one, other, goal = assess(example, (), TODAY), assess(bare, (), TODAY), row(example, "Z1").label
    (lost,), (won,) = consequences(one, other).told, consequences(other, one).told
    assert lost.text.startswith(f"Ziele: „{goal}“ verliert den letzten Beitrag")
    assert won.text.startswith(f"Ziele: „{goal}“ hat jetzt einen Beitrag")


def test_the_same_assessment_gives_nothing(example: Plan) -> None:
    found = consequences(assess(example, (), TODAY), assess(example, (), TODAY))
    assert (found.told, found.changed, found.more, found.more_words) == ((), (), (), "")


def test_what_is_on_one_side_only_falls_away(example: Plan) -> None:
    found = consequences(assess(example, (), TODAY), after(example, "drop=F6"))
    gone = next(c for c in found.changed if c.key == "people.format.F6")
    assert gone.words == "Veranstaltungen future.labs: 0 → entfällt"
    back = consequences(after(example, "drop=F6"), assess(example, (), TODAY))
    assert (
        next(c for c in back.changed if c.key == "people.format.F6").words
        == "Veranstaltungen future.labs: entfällt → 0"
    )


def test_the_count_of_what_is_not_told_is_right_in_number(example: Plan) -> None:
    one = consequences(assess(example, (), TODAY), after(example, "type=fehlbedarf"))
    assert len(one.more) == 1 and one.more_words == "1 weiterer Wert ändert sich."
    some = consequences(assess(example, (), TODAY), after(example, "cost=+10%"))
    assert len(some.more) == 42 and some.more_words == "42 weitere Werte ändern sich."


def test_a_sentence_that_rests_on_an_assumption_is_marked(example: Plan) -> None:
    found = consequences(assess(example, (), TODAY), after(example, "cost=+10%"))
    assert found.told[0].assumed


# any change whatever


def edited(seed: int, plan: Plan) -> tuple[str, Assessment, Assessment]:
    """A random edit: one to three changes, some fields, or both; against the plan or as another version of it."""
    dice = Random(seed)
    texts = [any_change(dice, plan) for _ in range(dice.choice((0, 1, 1, 2, 3)))]
    base = plan
    if dice.random() < 0.2:  # a base that is itself no longer the example
        base = any_edit(dice, base)
    done = apply(base, [parse(text) for text in texts]).plan
    for _ in range(dice.randint(0 if texts else 1, 2)):
        done = any_edit(dice, done)
    return ", ".join(texts), assess(base, (), TODAY), assess(done, (), TODAY)


Case = tuple[str, Facts, Facts, Consequences]


@pytest.fixture(scope="session")
def cases(example: Plan) -> list[Case]:
    """The random edits with the facts on both sides and what is told of them."""
    found = []
    for seed in range(EDITS):
        texts, before, then = edited(seed, example)
        found.append((f"{seed}: {texts}", facts(before), facts(then), consequences(before, then)))
    return found


def texts_of(cases: list[Case]) -> Iterator[tuple[str, str, str]]:
    for name, _, _, found in cases:
        for told in found.told:
            yield name, told.screen, told.text.replace("\xa0", " ")
        if found.more:
            yield name, "", found.more_words.replace("\xa0", " ")


def test_most_random_edits_change_something_and_every_screen_is_told(cases: list[Case]) -> None:
    assert len(cases) == EDITS and sum(bool(found.changed) for *_, found in cases) > EDITS * 0.8
    assert {screen for _, screen, _ in texts_of(cases)} == {
        "haushalt",
        "zeitplan",
        "zielsystem",
        "gremien",
        "daten",
        "",
    }


def test_every_changed_figure_is_told_or_counted_once(cases: list[Case]) -> None:
    for name, before, then, found in cases:
        differing = {
            k for k in {**before, **then} if k not in before or k not in then or before[k].value != then[k].value
        }
        told = {key for sentence in found.told for key in sentence.keys}
        assert {c.key for c in found.more} == differing - told, name
        assert {c.key for c in found.changed} == differing and len(found.changed) == len(differing), name


def test_nothing_is_told_that_did_not_change(cases: list[Case]) -> None:
    for name, before, then, found in cases:
        assert bool(found.told) <= bool(found.changed), name
        for told in found.told:
            assert found.of(told) or re.search("sich|bleibt bei", told.text), (name, told.text)
        for c in found.changed:
            old, new = before.get(c.key), then.get(c.key)
            assert c.before.value == (old.value if old else "entfällt") and c.after.value == (
                new.value if new else "entfällt"
            ), name
            assert (old is None or new is None) or old.value != new.value, name
            assert c.label and c.words, name


def said(key: str, sides: list[Figure]) -> set[str]:
    """The ways a sentence may say a figure of two sides: either value, or how far they lie apart; some by their
    name.
    """
    words = {side.show() for side in sides} | {side.told() for side in sides}
    numbers = [side.value for side in sides if isinstance(side.value, int)]
    for number in {*numbers, abs(numbers[-1] - numbers[0])} if numbers else set():
        size = replace(sides[-1], value=abs(number))
        words |= {size.show(), size.told()}
    if key.startswith(("goals.positive", "people.format", "finding", "money.next_euro", "time.reading")):
        words |= {
            word for side in sides for word in re.findall(r"„(.+)“$|Veranstaltungen (.+)$", side.label) for word in word
        }
        words |= {side.label for side in sides} | {
            "allein",
            "zu 1",
            "gar nicht",
            "keine bekannte letzte Sitzung",
            "Teil",
        }
    if key.endswith(".late"):
        words |= {"hält wieder"}
    if key.endswith(".finish"):
        words |= {"datierbar"}
    if key.endswith(".end"):
        words |= {"endet"}
    if key == "goals.fragile":
        words |= {"an einem Faden"}
    if key.endswith((".released", ".in_force")):
        words |= {"Haushaltssperre", "vorläufige Haushaltsführung"}
    return {word for word in words if word}


def test_a_sentence_tells_exactly_the_figures_it_names(cases: list[Case]) -> None:
    for name, before, then, found in cases:
        for told in found.told:
            text = told.text.replace("\xa0", " ")
            for key in told.keys:
                sides = [f[key] for f in (before, then) if key in f]
                assert any(word.replace("\xa0", " ") in text for word in said(key, sides)), (name, key, told.text)


def test_every_amount_in_a_sentence_is_one_of_the_figures_it_tells(cases: list[Case]) -> None:
    for name, before, then, found in cases:
        for told in found.told:
            text = re.sub(r"Zu beachten: .*|Überfinanzierung: .*", "", told.text).replace("\xa0", " ")
            known = {
                amount
                for key in told.keys
                for word in said(key, [f[key] for f in (before, then) if key in f])
                for amount in AMOUNT.findall(word.replace("\xa0", " "))
            }
            if "Haushaltssperre" in text:
                continue  # told with the words of the situation
            assert set(AMOUNT.findall(text)) <= known, (name, told.text)


def test_every_day_in_a_sentence_about_time_is_one_of_its_figures(cases: list[Case]) -> None:
    for name, before, then, found in cases:
        known = {match for f in (before, then) for figure in f.values() for match in DAY.findall(figure.show())}
        for told in found.told:
            if told.screen == "zeitplan":
                plain = re.sub(r"die Frist \d\d\.\d\d\.\d{4}", "", told.text, flags=re.IGNORECASE)
                assert set(DAY.findall(plain)) <= known, (name, told.text)


def test_no_sentence_is_longer_than_a_listener_can_follow(cases: list[Case]) -> None:
    """25 words, an amount with its sign counted as two; what a finding says in its own words is not ours to cut."""
    for name, _, text in texts_of(cases):
        for one in re.split(r"(?<=[.!?]) (?=[A-ZÄÖÜ])", text):
            assert len(one.split()) <= 25 or one.startswith("Zu beachten:"), (name, len(one.split()), one)


def test_a_deadline_that_is_missed_leads(cases: list[Case]) -> None:
    led = 0
    for name, _, _, found in cases:
        missed = [n for n, told in enumerate(found.told) if "verfehlt" in told.text]
        assert missed == list(range(len(missed))) or "hält wieder" in found.told[0].text, name
        led += bool(missed)
    assert led > EDITS / 25


def test_the_sentences_are_right_in_number_and_german_in_form(cases: list[Case]) -> None:
    for name, _, text in texts_of(cases):
        assert text == text.strip() and text.endswith("."), (name, text)
        assert text[0].isupper() or re.match(r"[\d.,]+ [A-Zw€]", text), (
            name,
            text,
        )  # "3 Arbeitsschritte …", "3 weitere …", "5 € mehr …"
        for wrong, pattern in WRONG.items():
            assert not re.search(pattern, text), (name, wrong, text)


def test_changes_in_words_are_german_too(cases: list[Case]) -> None:
    for name, _, _, found in cases:
        for c in found.changed:
            text = c.words.replace("\xa0", " ")
            for wrong in ("double space", "English thousands", "no German value"):
                assert not re.search(WRONG[wrong], text), (name, wrong, text)


def test_changed_is_symmetric(example: Plan) -> None:
    one, other = facts(assess(example, (), TODAY)), facts(after(example, "cost=+10%", "longer:P2=90", "drop=F6"))
    there, back = changed(one, other), changed(other, one)
    assert {c.key for c in there} == {c.key for c in back}
    assert {(c.key, c.before.value, c.after.value) for c in there} == {
        (c.key, c.after.value, c.before.value) for c in back
    }
