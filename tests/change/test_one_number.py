"""One number for one thing: under any changes the situation, the consequences, the registration, tables and pictures
tell the same amount, and the facts hold it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from changes import any_change, any_edit
from small import TODAY

from insek_core.change.answers import answers
from insek_core.change.consequences import Consequences, consequences
from insek_core.change.facts import facts
from insek_core.change.scenario import apply, parse
from insek_core.change.sentences.telling import Facts
from insek_core.plan import Plan
from insek_core.plan.german import show_date
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.figures import UNKNOWN, Figure
from insek_core.rules.money.curve import curve
from insek_core.rules.money.sentences import case_sentence
from insek_core.rules.money.years import YearShare, year_name
from insek_core.rules.registration import Registration, registrations
from insek_core.views import moneytables
from insek_core.views.charts import kinks, live, money, waterfall
from insek_core.views.charts.time import gantt_text
from insek_core.views.table import words

SEEDS = 300
NAMES = ("total", "grant", "third_party", "own_share")
AMOUNT = rf"(?:rund )?−?\d[\d.]*(?:,\d\d)?\xa0€|{UNKNOWN}"


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A plan before and after some random changes, assessed, with what is said of them."""

    seed: int
    changes: tuple[str, ...]
    plan: Plan
    before: Assessment
    after: Assessment
    facts: Facts
    told: Consequences

    @property
    def name(self) -> str:
        """What a failed test names."""
        return f"{self.seed}: {'; '.join(self.changes)}"

    @property
    def rows(self) -> tuple[Registration, ...]:
        """The registration, row by row."""
        return registrations(self.plan, self.after, self.before)

    def sentence(self, begin: str) -> str | None:
        """The sentence of the situation that begins so."""
        return next((s.text for s in self.after.situation if re.match(begin, s.text)), None)

    def fact(self, key: str) -> Figure:
        return self.facts[key]


@pytest.fixture(scope="module")
def tried(example: Plan) -> list[Tried]:
    found, bare = [], assess(example, (), TODAY)
    for seed in range(SEEDS):
        dice = Random(seed)
        base = any_edit(dice, example) if dice.random() < 0.25 else example
        before = bare if base is example else assess(base, (), TODAY)
        texts = tuple(any_change(dice, base) for _ in range(dice.randint(1, 4)))
        plan = apply(base, [parse(text) for text in texts]).plan
        after = assess(plan, (), TODAY)
        found.append(
            Tried(
                seed=seed,
                changes=texts,
                plan=plan,
                before=before,
                after=after,
                facts=facts(after),
                told=consequences(before, after),
            )
        )
    return found


def said(text: str) -> list[str]:
    """The amounts of a text in their order, as they are written."""
    return re.findall(AMOUNT, text)


def show(figures: Iterable[Figure]) -> list[str]:
    return [figure.show() for figure in figures]


def tell(figures: Iterable[Figure]) -> list[str]:
    return [figure.told() for figure in figures]


def whole(figures: Iterable[Figure]) -> int | None:
    """The sum of amounts; None if one is unknown."""
    values = [figure.value for figure in figures]
    return None if None in values else sum(value for value in values if isinstance(value, int))


def known(case: Tried) -> bool:
    return case.after.funding.own_share.value is not None


# own share, grant and total


def test_the_first_sentence_tells_the_amounts_of_the_facts(tried: list[Tried]) -> None:
    shapes = {"one case": 0, "both cases": 0, "more than the cost": 0, "unknown": 0}
    for case in tried:
        money_of = case.after.funding
        total, grant, third, own = (case.fact(f"money.{name}") for name in NAMES)
        gifts, text = [third] if third.value else [], case.after.situation[0].text
        if total.value is None:
            shape, wanted = "unknown", [UNKNOWN]
        elif isinstance(own.value, int) and own.value < 0:
            shape, wanted = "more than the cost", [*show([third, total]), own.show().removeprefix("−")]
        elif money_of.ceiling_open and own.value != case.fact("money.own_share_if_growing").value:
            growing = case.fact("money.own_share_if_growing")
            shape, wanted = "both cases", show([total, *gifts, own, *money_of.ceilings, growing])
        else:
            shape, wanted = "one case", show([total, grant, *gifts, own])
        shapes[shape] += 1
        assert said(text) == wanted, case.name
    assert min(shapes.values()) > 0, shapes


def test_the_sentence_of_a_change_tells_the_own_share_of_the_facts(tried: list[Tried]) -> None:
    number = 0
    for case in (case for case in tried if known(case)):
        for text in (s.text for s in case.told.told if "money.own_share" in s.keys):
            number += 1
            found = re.search(rf"Eigenanteil (?:steigt|sinkt|bleibt|beträgt).*?(?:auf|bei|beträgt) ({AMOUNT})", text)
            assert found and found[1] == case.fact("money.own_share").show(), case.name
            if case.after.funding.differs and "mitwächst" in text:
                second = re.search(
                    rf"[wW]enn die Förderung mitwächst, "
                    rf"(?:auf|bleibt er bei|.*? er (?:von (?:{AMOUNT}) auf )?)\s?({AMOUNT})",
                    text,
                )
                assert second and second[1] == case.fact("money.own_share_if_growing").show(), case.name
    assert number > 100


def test_the_table_of_years_adds_up_to_the_facts(tried: list[Tried]) -> None:
    for case in tried:
        table = moneytables.by_year(case.after)
        last = dict(zip(table.columns, map(words, table.rows[-1]), strict=True))
        heads = dict(zip(("Gesamtkosten", "Förderung", "Drittmittel", "Eigenanteil"), NAMES, strict=True))
        heads |= {
            "Förderung, wenn sie mitwächst": "grant_if_growing",
            "Eigenanteil, wenn die Förderung mitwächst": "own_share_if_growing",
        }
        for head, name in heads.items():
            if head in last:
                assert last[head] == case.fact(f"money.{name}").show(), case.name
                if case.after.funding.years:
                    parts = whole(getattr(year, name) for year in case.after.funding.years)
                    assert parts is None or parts == case.fact(f"money.{name}").value, (case.name, head)
        assert ("Eigenanteil, wenn die Förderung mitwächst" in last) == case.after.funding.differs


def test_the_levels_end_with_the_whole_funding(tried: list[Tried]) -> None:
    for case in tried:
        row = moneytables.levels(case.after.budget, both=case.after.funding.differs).texts()[-1]
        total, own = case.fact("money.total"), case.fact("money.own_share")
        assert (row[2], row[4]) == (total.show(), own.show()), case.name
        if known(case):
            assert case.after.budget.whole.income.value == total.cents - own.cents, case.name


# what is to register


def to_come(case: Tried) -> list[YearShare]:
    """The years that no approved line covers."""
    lines = [line for line in case.plan.budget_lines if line.status == "veranschlagt"]
    others = {
        (line.from_year, line.to_year) for line in case.plan.budget_lines if line.status != "veranschlagt"
    }  # a span with lines in several states is not approved
    spans = {(line.from_year, line.to_year) for line in lines} - others
    return [
        year
        for year in case.after.funding.years
        if year.year is None or not any((first or 0) <= year.year <= (last or 0) for first, last in spans)
    ]


def test_what_is_to_register_is_what_the_years_to_come_need(tried: list[Tried]) -> None:
    for case in tried:
        years = to_come(case)
        for growing in ("", "_if_growing"):
            level = getattr(case.after.budget, f"to_register{growing}")
            own, expense = whole(getattr(y, f"own_share{growing}") for y in years), whole(y.total for y in years)
            if case.after.funding.total.value is None:
                continue
            assert level.expense.value == expense, case.name
            income = None if own is None or expense is None else expense - own
            assert (level.income.value, level.own_share.value) == (income, own), case.name


def test_the_registration_adds_up_to_what_is_told(tried: list[Tried]) -> None:
    told = 0
    for case in tried:
        for growing, field in (("", "amount"), ("_if_growing", "if_growing")):
            level = getattr(case.after.budget, f"to_register{growing}")
            if case.after.funding.total.value is None:
                continue
            for kind, name in (("Aufwand", "expense"), ("Ertrag", "income")):
                total = whole(getattr(row, field) for row in case.rows if row.kind == kind)
                assert total == getattr(level, name).value, (case.name, kind, growing)
                if key := case.facts.get(f"line.register{growing}.{name}"):
                    assert key.value == total, case.name
                else:
                    assert growing and not case.after.funding.ceiling_open
        text = case.sentence("Für .* sind noch anzumelden")
        level, more = case.after.budget.to_register, case.after.budget.to_register_if_growing
        assert (text is None) == (not level.expense.value), case.name
        if text:
            told += 1
            both = case.after.funding.ceiling_open and more.own_share.value != level.own_share.value
            second = [*show(case.after.funding.ceilings), *tell([more.income, more.own_share])] if both else []
            assert said(text) == [*tell(level.figures), *second], case.name
            years = re.findall(r"\d{4}", text.partition("sind")[0])
            assert ("Ausgaben ohne Jahr" in text) == any(row.year == "ohne Jahr" for row in case.rows), case.name
            assert years == sorted({year for row in case.rows for year in re.findall(r"\d{4}", row.year)}), case.name
    assert told > 250


def test_the_level_to_register_stands_in_the_table_as_in_the_facts(tried: list[Tried]) -> None:
    for case in tried:
        table = moneytables.levels(case.after.budget, both=case.after.funding.differs)
        for row in (row for row in table.texts() if row[0].startswith("noch anzumelden")):
            case_of = "_if_growing" if "mitwächst" in row[0] else ""
            keys = (f"line.register{case_of}.{name}" for name in ("expense", "income", "own_share"))
            assert list(row[2:5]) == show(case.fact(key) for key in keys), case.name


def test_a_change_tells_of_each_line_what_the_registration_asks(tried: list[Tried]) -> None:
    told = {"line": 0, "no line": 0}
    for case in tried:
        rows = {(row.year, row.kind): row.amount for row in case.rows}
        text = " ".join(s.text for s in case.told.told)
        for year, words_of in re.findall(
            rf"Für (\d{{4}}(?:/\d{{4}})?) sind ((?:{AMOUNT}) Aufwendungen und (?:{AMOUNT}) Erträge) anzumelden", text
        ):
            told["line"] += 1
            assert said(words_of) == tell([rows[year, "Aufwand"], rows[year, "Ertrag"]]), case.name
        for year, words_of in re.findall(
            r"Für (\d{4}), wofür es noch keinen Ansatz gibt, sind ([^;:]*?) anzumelden", text
        ):
            told["no line"] += 1
            parts = [case.fact(f"year.{year}.{name}") for name in ("total", "grant", "third_party")]
            parts = parts if parts[2].value else parts[:2]
            assert said(words_of) == tell(parts), case.name
            assert rows[year, "Aufwand"].value == parts[0].value
            assert rows[year, "Ertrag"].value == whole(parts[1:]), case.name
    assert min(told.values()) > 20, told


# the years


def test_the_picture_of_the_years_says_the_years_of_the_facts(tried: list[Tried]) -> None:
    for case in (case for case in tried if case.after.funding.years):
        text, second = money.years_text(case.after), case_sentence(case.after.funding)
        first = text.removesuffix(f" {second.text}" if second else "")
        found = re.findall(
            rf"(\d{{4}}|ohne Jahr) ({AMOUNT}), davon ({AMOUNT}) Förderung und ({AMOUNT}) Eigenanteil", first
        )
        wanted = [
            (
                year_name(y.year),
                *show(case.fact(f"year.{year_name(y.year)}.{n}") for n in ("total", "grant", "own_share")),
            )
            for y in case.after.funding.years
        ]
        assert found == wanted, case.name
        if second:
            others = [y for y in case.after.funding.years if y.own_share.value != y.own_share_if_growing.value]
            keys = (f"year.{year_name(y.year)}.own_share_if_growing" for y in others)
            assert said(second.text) == [*show(case.after.funding.ceilings), *tell(map(case.fact, keys))], case.name


# pictures of the change


def test_the_way_and_the_kink_end_at_the_own_share(tried: list[Tried]) -> None:
    ways = points = 0
    for case in tried:
        before, after = case.before.funding, case.after.funding
        if not live.known(before.total, before.own_share, after.total, after.own_share, after.grant, before.grant):
            continue
        own = case.fact("money.own_share")
        steps = waterfall.waterfall_rows(case.before, case.after)["stufen"].to_dict("records")
        assert (steps[-1]["step"], steps[-1]["label"]) == ("Variante", own.show()), case.name
        assert steps[-1]["high"] == own.cents / 100, case.name
        assert all({one["low"], one["high"]} & {two["low"], two["high"]} for one, two in pairwise(steps)), case.name
        ways += 1
        if (shape := curve(case.plan, after)) is None:
            continue
        rows = kinks.kink_rows(shape, case.before, case.after)
        names = [
            row
            for row in rows["namen"].to_dict("records")
            if re.match(r"(Plan|Variante): |[\d.,]+\xa0€$", row["label"])
        ]
        stays = (before.own_share.value, before.total.value) == (own.value, after.total.value)
        tried_ = [] if stays else [f"Variante: {own.show()}"]
        twin = [after.own_share_if_growing.show()] if after.differs else []
        assert [row["label"] for row in names] == [f"Plan: {before.own_share.show()}", *tried_, *twin], case.name
        beside = [row["align"] for row in names if not row["label"].startswith("Variante")]
        assert len(set(beside)) == len(beside), "two names on one side lie on one another"
        here = next(p for p in shape.points if p.total_cents == after.total.cents)
        growing = after.own_share_if_growing
        assert (here.grant_cents, here.own_cents, here.growing_cents) == (
            after.grant.cents,
            own.cents,
            growing.cents,
        ), case.name
        points += 1
    assert ways > 200 and points > 150


# time


def test_the_last_step_ends_on_one_day(tried: list[Tried]) -> None:
    moved = stays = 0
    for case in tried:
        end = case.after.timetable.finish_on
        assert case.fact("time.finish").value == end
        text = case.sentence(".*endet der letzte Arbeitsschritt am")
        if end is None or text is None:
            assert end is None and text is None
            continue
        assert f"endet der letzte Arbeitsschritt am {show_date(end)}" in text, case.name
        figures = [f for s in case.after.situation for f in s.figures if f.label == "Ende des letzten Arbeitsschritts"]
        assert [figure.value for figure in figures] == [end], case.name
        assert gantt_text(case.plan, case.after).endswith(f"letzter Schritt am {show_date(end)}."), case.name
        for sentence in case.told.told:
            if found := re.search(r"letzte Arbeitsschritt endet am ([\d.]{10}) statt am ([\d.]{10})", sentence.text):
                was = case.before.timetable.finish_on
                assert was and found.groups() == (show_date(end), show_date(was)), case.name
                moved += 1
            if found := re.search(r"der letzte endet unverändert am ([\d.]{10})", sentence.text):
                assert found[1] == show_date(end), case.name
                stays += 1
    assert moved > 1 and stays > 5


def test_what_slips_into_other_years_is_one_amount(tried: list[Tried]) -> None:
    sentences = 0
    for case in tried:
        slipped = case.fact("money.slipped")
        for sentence in case.told.told:
            if found := re.search(rf"In anderen Jahren als angemeldet liegen ({AMOUNT})", sentence.text):
                assert found[1] == slipped.told(), case.name
                sentences += 1
    assert sentences > 5


# the strip of answers


def test_the_answers_are_those_of_facts_and_sentences(tried: list[Tried]) -> None:
    late = lost = 0
    for case in tried:
        own, resolution, deadline, sittings = answers(case.before, case.after)
        assert own.after == case.fact("money.own_share"), case.name
        if own.growing:
            assert own.growing[1].value == case.after.funding.own_share_if_growing.value, case.name
        text = " ".join(sentence.text for sentence in case.told.told)
        for _ in re.findall(r"wird um (\d+ Tage?) verfehlt", text.replace("\xa0", " "))[:1]:
            assert deadline.after.show().replace("\xa0", " ").endswith("verfehlt"), case.name
            late += 1
        most = max((task.days_late for task in case.after.timetable.tasks if task.deadline_on), default=0)
        assert (str(most) in deadline.after.show()) if most else "verfehlt" not in deadline.after.show(), case.name
        numbers = [int(n) for n in re.findall(r"verpasst (\d+) Sitzung", text.replace("\xa0", " "))]
        assert int(sittings.after.show()) >= sum(numbers), case.name
        lost += bool(numbers)
        if isinstance(resolution.after.value, date) and resolution.before.value != resolution.after.value:
            assert show_date(resolution.after.value) in text, case.name
    assert late > 10 and lost > 10
