"""What a change does to money: own share in both cases of the ceiling, years, lines, and the price of the next euro."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from insek_core.change.sentences.telling import Telling
from insek_core.plan.german import count, show_list
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure, Sentence
from insek_core.rules.money.budget import LineSpan
from insek_core.rules.money.programmes import IF_GROWING
from insek_core.rules.money.sentences import UNSETTLED, payer
from insek_core.rules.money.years import year_name

TOTALS = ("money.total", "money.grant", "money.third_party", "money.own_share", "money.own_share_if_growing")


def totals_move(telling: Telling) -> bool:
    """Whether cost, grant or own share are others than before, not only their years."""
    return telling.differs(*(key for key in TOTALS if key in telling.before and key in telling.after))


def _how(old: Figure, new: Figure) -> str:
    """How an amount moves, as the end of a sentence: "steigt von 65.000 € auf 84.500 €", "bleibt bei 65.000 €"."""
    if not isinstance(new.value, int):
        return f"ist unbekannt (bisher {old.show()})"
    if not isinstance(old.value, int):
        return f"beträgt {new.show()} (bisher unbekannt)"
    if old.value == new.value:
        return f"bleibt bei {new.show()}"
    return f"{'steigt' if new.value > old.value else 'sinkt'} von {old.show()} auf {new.show()}"


def _also(old: Figure, new: Figure, one: tuple[Figure, Figure]) -> str:
    """The second case behind the first: only what is not said already ("auf 71.500 €", "bleibt bei 65.000 €")."""
    how, before = _how(old, new), _how(*one)
    lead = f"{how.split(' ')[0]} von {old.show()} "
    return how.removeprefix(lead) if before.startswith(lead) else how


def _second(how: str) -> str:
    """The second case behind the first: "; wenn die Förderung mitwächst, auf 71.500 €"; with a verb of its own it is a
    sentence of its own.
    """
    verb, _, rest = how.partition(" ")
    return f"; {IF_GROWING}, {how}." if verb == "auf" else f". {_capital(IF_GROWING)}, {verb} er {rest}."


def settled_sentence(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """What a notice settles that was not there before."""
    parts = []
    for notice in after.funding.notices:
        if telling.differs(f"money.notice.{notice.figure.record}"):
            parts.append(f"nach dem {telling.now(f'money.notice.{notice.figure.record}').show()}, {notice.words}")
    yield telling.sentence(f"Geklärt ist: {show_list(parts)}." if parts else "", "haushalt")


def own_share_sentence(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """The own share in both cases where they differ; nothing where no total moves."""
    if not totals_move(telling):
        return
    money = after.funding
    one = telling.both("money.own_share")
    text = f"Der Eigenanteil {_how(*one)}."
    if money.differs:
        old, new = telling.both("money.own_share_if_growing")
        was = old if isinstance(old.value, int) else one[0]
        for n in range(len(money.ceilings)):
            telling.now(f"money.ceiling.{n}")
        second = _second(_also(was, new, one))
        text = f"{text.removesuffix('.')}, {money.if_ceiling}{second} {_capital(UNSETTLED)}."
    over = next((f.message for f in money.findings if f.message.startswith("Überfinanzierung")), "")
    yield telling.sentence(" ".join(filter(None, (text, over))), "haushalt")


def totals_sentence(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """Cost, third-party money and grant that move. The grant is told where it is the same in both cases; else the own
    share says what matters of it.
    """
    parts = []
    if telling.differs("money.total"):
        parts.append(f"Die Gesamtkosten {_plural(_how(*telling.both('money.total')))}.")
    if telling.differs("money.third_party"):
        parts.append(f"Die Drittmittel {_plural(_how(*telling.both('money.third_party')))}.")
    if telling.differs("money.grant") and not after.funding.differs:
        parts.append(f"Die Förderung {_how(*telling.both('money.grant'))}.")
    yield telling.sentence(" ".join(parts), "haushalt")


def _plural(how: str) -> str:
    for one, many in (("steigt ", "steigen "), ("sinkt ", "sinken "), ("ist ", "sind "), ("bleibt ", "bleiben ")):
        how = how.replace(one, many, 1) if how.startswith(one) else how
    return how.replace("beträgt ", "betragen ", 1) if how.startswith("beträgt ") else how


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _gaps(telling: Telling) -> list[tuple[str, str, Figure]]:
    """How much more or less each year costs, by the figure's key; what is unknown is left out."""
    found = []
    keys = dict.fromkeys(key for facts in (telling.before, telling.after) for key in facts)
    for key in (key for key in keys if key.startswith("year.") and key.endswith(".total")):
        sides = [facts[key] for facts in (telling.before, telling.after) if key in facts]
        old, new = (facts.get(key) for facts in (telling.before, telling.after))
        gap = (new.cents if new else 0) - (old.cents if old else 0) if known(*sides) else 0
        if gap:
            found.append((key.split(".")[1], key, replace(sides[-1], value=gap)))
    return found


def known(*figures: Figure | None) -> bool:
    """Whether all figures that there are, are amounts."""
    return all(figure is None or isinstance(figure.value, int) for figure in figures)


def _years(telling: Telling) -> str:
    """Where only the years differ: what is spent less and more; of more than three the two that differ most."""
    gaps = _gaps(telling)
    most = gaps if len(gaps) <= 3 else sorted(gaps, key=lambda row: -abs(row[2].cents))[:2]
    words = []
    for year, key, gap in sorted(most, key=lambda row: (not row[0].isdigit(), row[0])):
        telling.both(key)
        words.append(f"{year} {replace(gap, value=abs(gap.cents)).told()} {'mehr' if gap.cents > 0 else 'weniger'}")
    if rest := len(gaps) - len(most):
        words.append(count(rest, "weiteres Jahr", "weitere Jahre"))
    return f"Die Gesamtkosten bleiben, aber die Jahre verschieben sich: {show_list(words)}." if words else ""


def _terms(telling: Telling, after: Assessment) -> str:
    """Where only the terms of the funding differ: its type, and what the next euro costs."""
    kinds = [key for key in telling.after if key.startswith("money.financing.") and telling.differs(key)]
    parts = []
    for key in kinds:
        old, new = telling.both(key)
        parts.append(f"{new.show()} statt {old.show()}")
    keep = [f"der Eigenanteil bleibt bei {telling.now('money.own_share').show()}"]
    if telling.differs("money.next_euro"):
        old, new = telling.both("money.next_euro")
        keep.append(f"den nächsten zuwendungsfähigen Euro trägt die Stadt {payer(new)} statt {payer(old)}")
    if not kinds and not telling.differs("money.next_euro", "money.kink"):
        return ""
    if telling.differs("money.kink"):
        old, new = telling.both("money.kink")
        keep += [f"der Knick liegt bei {new.show()} statt {old.show()}"] if known(old, new) else []
    return " ".join(f"{_capital(part)}." for part in [*parts, *keep])


def terms_sentence(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """Where cost, grant and own share stay: the years that move, or the terms of the funding."""
    if not totals_move(telling):
        yield telling.sentence(_years(telling) or _terms(telling, after), "haushalt")


def _gap_words(telling: Telling, key: str, kind: str) -> str:
    gap = telling.now(key)
    size = replace(gap, value=abs(gap.cents)).told()
    return f"{size} {'mehr' if gap.cents > 0 else 'weniger'} {kind}" if gap.cents else ""


def _approved(telling: Telling, span: LineSpan) -> str:
    """What an approved span lacks or has left; empty where it is as provided."""
    keys = [f"line.{span.years}.gap.{name}" for name in ("expense", "income")]
    if not known(*(telling.after[key] for key in keys)):
        return ""
    words = show_list(filter(None, map(partial(_gap_words, telling), keys, ("Aufwendungen", "Erträge"))))
    return f"Für {span.years} sind es {words} als veranschlagt" if words else f"Für {span.years} bleibt es beim Ansatz"


def _wanted(telling: Telling, span: LineSpan) -> str:
    """What is to register for a span that is not approved."""
    keys = [f"line.{span.years}.planned.{name}" for name in ("expense", "income")]
    if not known(*(telling.after[key] for key in keys)):
        return ""
    expense, income = (telling.now(key).told() for key in keys)
    lines = [telling.now(f"line.{span.years}.line.{name}") for name in ("expense", "income")]
    instead = f" statt {' und '.join(line.show() for line in lines)}" if known(*lines) else ", der Ansatz ist unbekannt"
    return f"Für {span.years} sind {expense} Aufwendungen und {income} Erträge anzumelden{instead}"


def _income_if_growing(telling: Telling, span: LineSpan) -> str:
    """The income of a span in the second case: the expense is the same in both."""
    if span.approved:
        return _gap_words(telling, f"line.{span.years}.gap_if_growing.income", "Erträge") or "Erträge wie veranschlagt"
    return f"{telling.now(f'line.{span.years}.planned_if_growing.income').told()} Erträge"


def _unlined(telling: Telling, year: int) -> str:
    """What a year that no line covers asks for; its income is grant and third-party money."""
    cost, grant, third = (f"year.{year}.{name}" for name in ("total", "grant", "third_party"))
    if not known(*(telling.after[key] for key in (cost, grant, third))):
        return ""
    parts = [f"{telling.now(cost).told()} Aufwendungen", f"{telling.now(grant).told()} Förderung"]
    if telling.after[third].value:
        parts.append(f"{telling.now(third).told()} Drittmittel")
    return f"Für {year}, wofür es noch keinen Ansatz gibt, sind {show_list(parts)} anzumelden"


def _both(telling: Telling, after: Assessment, one: str, two: str) -> Sentence | None:
    """A line in the first case, and what is other in the second."""
    if not two:
        return telling.sentence(f"{one}." if one else "", "haushalt")
    for n in range(len(after.funding.ceilings)):
        telling.now(f"money.ceiling.{n}")
    return telling.sentence(f"{one}, {after.funding.if_ceiling}. {_capital(IF_GROWING)}: {two}.", "haushalt")


def lines_sentences(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """What the lines hold against what the plan needs: a sentence for each span and each year without a line that is
    another than before, in both cases where they differ.
    """
    money = after.funding
    for span in after.budget.spans:
        names = [f"line.{span.years}.{gap}.{kind}" for gap in _cases(after) for kind in ("expense", "income")]
        if telling.differs(*names):
            one = _approved(telling, span) if span.approved else _wanted(telling, span)
            other = money.ceiling_open and span.gap.income.value != span.gap_if_growing.income.value
            yield _both(telling, after, one, _income_if_growing(telling, span) if one and other else "")
    for year in after.budget.unlined:
        key = f"year.{year_name(year)}"
        grants = [f"{key}.{grant}" for grant in ("grant", "grant_if_growing")[: len(_cases(after))]]
        if telling.differs(f"{key}.total", f"{key}.third_party", *grants):
            one = _unlined(telling, year)
            other = money.ceiling_open and telling.after[f"{key}.grant"].value != telling.after[grants[-1]].value
            two = f"{telling.now(grants[-1]).told()} Förderung" if one and other else ""
            yield _both(telling, after, one, two)


def _cases(after: Assessment) -> tuple[str, ...]:
    return ("gap", "gap_if_growing") if after.funding.ceiling_open else ("gap",)
