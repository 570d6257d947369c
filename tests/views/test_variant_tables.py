"""Tables of the what-if screen: what differs, what is to register, what a change does to time."""

import re
from collections.abc import Iterator

import pytest
from drawn import told
from small import TODAY

from insek_core.change.answers import answers
from insek_core.change.consequences import consequences
from insek_core.change.facts import facts
from insek_core.change.scenario import apply, parse
from insek_core.plan import Plan
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.chance.risk import simulate
from insek_core.rules.registration import registrations
from insek_core.views import variants


def tried(plan: Plan, *texts: str) -> tuple[Plan, Assessment, Assessment]:
    """The changed plan, the assessment before, the assessment after."""
    changed = apply(plan, [parse(text) for text in texts]).plan
    return changed, assess(plan, (), TODAY), assess(changed, (), TODAY)


def registered(plan: Plan, *texts: str) -> list[dict[str, str]]:
    """The registration after the changes as a reader sees it."""
    changed, before, after = tried(plan, *texts)
    return told(variants.registrations(registrations(changed, after, before)))


def strip(plan: Plan, *texts: str) -> dict[str, tuple[str, str]]:
    """The strip of answers: name, value, what stands under it."""
    _, before, after = tried(plan, *texts)
    html = variants.strip(answers(before, after)).replace("\u00a0", " ")
    return {name: (re.sub(r"<.*?>", "", value), more) for name, value, more in _cells(html)}


def _cells(html: str) -> Iterator[tuple[str, str, str]]:
    for found in re.finditer(r"<dt>(.*?)</dt><dd>(.*?)</dd><dd class='dazu'>(.*?)</dd>", html):
        yield found[1], found[2], found[3]


def test_what_slips_is_told_as_what_lies_in_another_year_than_filed(example: Plan) -> None:
    _, before, after = tried(example, "longer:P2=90")
    was, now = ({y.year: y.total.cents for y in found.funding.years} for found in (before, after))
    gained = sum(max(0, cents - was.get(year, 0)) for year, cents in now.items())
    assert after.slipped_cents.cents == gained == 618_321


def test_the_strip_tells_both_cases_and_what_stays(example: Plan) -> None:
    assert strip(example, "cost=+10%") == {
        "Eigenanteil": ("65.000 € → 84.500 €", "wenn die Förderung mitwächst: 65.000 € → 71.500 €"),
        "Beschluss": ("21.06.2017", "„INSEK-Beschluss“"),
        "Frist": ("gehalten", "Beschlussfassung 30.06.2017"),
        "verpasste Sitzungen": ("0", "keine"),
    }


def test_time_moves_are_told_with_old_and_new_day_and_the_sittings_missed(example: Plan) -> None:
    assert strip(example, "longer:P2=90") == {
        "Eigenanteil": ("65.000 €", ""),
        "Beschluss": ("21.06.2017 → 20.09.2017", "91 Tage später"),
        "Frist": ("gehalten → 82 Tage verfehlt", "Beschlussfassung 30.06.2017"),
        "verpasste Sitzungen": ("0 → 4", "30.05.2017, 06.06.2017 …"),
    }


def test_what_is_not_there_is_said_and_nothing_is_green(example: Plan) -> None:
    bare = Plan()
    found = assess(bare, (), TODAY)
    cells = {answer.label: answer.after.show() for answer in answers(found, found)}
    assert cells == {
        "Eigenanteil": "unbekannt",
        "Beschluss": "keiner offen",
        "Frist": "keine",
        "verpasste Sitzungen": "keine geplant",
    }


def test_every_changed_figure_stands_with_both_values(example: Plan) -> None:
    _, before, after = tried(example, "cost=+10%")
    rows = {r["Größe"]: r for r in told(variants.changes(consequences(before, after).changed))}
    assert (rows["Eigenanteil"]["Plan"], rows["Eigenanteil"]["Variante"]) == ("65.000 €", "84.500 €")
    assert all(row["Plan"] != row["Variante"] for row in rows.values())


def test_side_by_side_stands_only_what_differs_the_main_figures_first(example: Plan) -> None:
    _, before, after = tried(example, "cost=+10%")
    rows = told(variants.beside({"Plan": facts(before), "teurer": facts(after)}))
    assert rows[0] == {"Was sich unterscheidet": "Gesamtkosten", "Plan": "195.000 €", "teurer": "214.500 €"}
    assert all(row["Plan"] != row["teurer"] for row in rows)


def test_five_rows_decide_and_only_what_differs_is_bold(example: Plan) -> None:
    _, before, dearer = tried(example, "cost=+10%")
    *_, later = tried(example, "longer:P2=90")
    table = variants.deciding(before, {"teurer": dearer, "später": later})
    assert [row["Was entscheidet"] for row in told(table)] == [
        "Eigenanteil",
        "Eigenanteil, wenn die Förderung mitwächst",
        "Beschluss",
        "Frist",
        "verpasste Sitzungen",
    ]
    html = table.to_html(right=(1, 2, 3)).replace("\u00a0", " ")
    assert re.findall(r"<b>(.*?)</b>", html) == ["84.500 €", "71.500 €", "20.09.2017", "82 Tage verfehlt", "4"]
    assert html.count("<td class=zahl>") == 15, "every value is right-aligned"


def test_a_registration_says_how_much_more_than_the_plan_asks(example: Plan) -> None:
    rows = registered(example, "cost=+10%")
    assert [(r["Jahr"], r["Art"], r["Betrag"], r["gegen den Plan"]) for r in rows] == [
        ("2017", "Aufwand", "16.500 €", "+1.500 €"),
        ("2017", "Ertrag", "0 €", "−10.000 €"),
    ]
    assert {r["Sachkonto"] for r in rows} == {"fehlt"}, "what the paper does not say is asked for"


def test_what_the_plan_asks_already_is_said_to_be_unchanged(example: Plan) -> None:
    rows = registered(example)
    assert {r["gegen den Plan"] for r in rows} == {"unverändert"}


def test_the_percentiles_rise_and_are_whole_euros(example: Plan) -> None:
    risk = simulate(example, 1, 500)
    rows = told(variants.percentiles(risk))
    assert [r["Wahrscheinlichkeit"].partition(":")[0] for r in rows] == ["P10", "P50", "P80"]
    cases = ("Eigenanteil, wenn 130.000\u00a0€ ein Höchstbetrag sind", "Eigenanteil, wenn die Förderung mitwächst")
    assert all(re.fullmatch(r"[\d.]+ €", r[c]) for r in rows for c in (*cases, "Gesamtkosten")), "both cases are told"
    assert list(risk.own_share_cents.values()) == sorted(risk.own_share_cents.values())


def test_the_tornado_spans_from_low_to_high(example: Plan) -> None:
    risk = simulate(example, 1, 500)
    rows = told(variants.tornado(risk))
    assert [r["Was schwankt"] for r in rows] == [swing.name for swing in risk.tornado] and rows
    widths = [swing.swing_cents for swing in risk.tornado]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("title", ["<b>3</b> Werte", "A & B"])
def test_the_title_of_a_fold_is_text(title: str) -> None:
    assert title not in variants.folded(title, "")
