"""What a change does to money: own share in both cases of the ceiling, years, lines, and the price of the next euro."""

from dataclasses import replace

from insek_core.change.sentences.telling import Telling
from insek_core.plan.german import show_list
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


def _own_share(telling: Telling, after: Assessment) -> str:
    """The own share in both cases where they differ."""
    money = after.funding
    one = telling.both("money.own_share")
    if not money.differs:
        return f"der Eigenanteil {_how(*one)}"
    old, new = telling.both("money.own_share_if_growing")
    before = old if isinstance(old.value, int) else one[0]
    for n in range(len(money.ceilings)):
        telling.now(f"money.ceiling.{n}")
    second = _also(before, new, one)
    return f"der Eigenanteil {_how(*one)}, {money.if_ceiling}, und {second}, {IF_GROWING}; {UNSETTLED}"


def _totals(telling: Telling, after: Assessment) -> str:
    parts = []
    if telling.differs("money.total"):
        parts.append(f"die Gesamtkosten {_plural(_how(*telling.both('money.total')))}")
    if telling.differs("money.third_party"):
        parts.append(f"die Drittmittel {_plural(_how(*telling.both('money.third_party')))}")
    # the grant is told where it is the same in both cases; else the own share says what matters of it
    if telling.differs("money.grant") and not after.funding.differs:
        parts.append(f"die Förderung {_how(*telling.both('money.grant'))}")
    parts.append(_own_share(telling, after))
    over = next((f.message for f in after.funding.findings if f.message.startswith("Überfinanzierung")), "")
    return f"{_capital('; '.join(parts))}.{f' {over}' if over else ''}"


def _plural(how: str) -> str:
    for one, many in (("steigt ", "steigen "), ("sinkt ", "sinken "), ("ist ", "sind "), ("bleibt ", "bleiben ")):
        how = how.replace(one, many, 1) if how.startswith(one) else how
    return how.replace("beträgt ", "betragen ", 1) if how.startswith("beträgt ") else how


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _gaps(telling: Telling) -> list[tuple[str, Figure]]:
    """How much more or less each year costs, with the year's figure; what is unknown is left out."""
    found = []
    keys = dict.fromkeys(key for facts in (telling.before, telling.after) for key in facts)
    for key in (key for key in keys if key.startswith("year.") and key.endswith(".total")):
        sides = [facts[key] for facts in (telling.before, telling.after) if key in facts]
        old, new = (facts.get(key) for facts in (telling.before, telling.after))
        gap = (new.cents if new else 0) - (old.cents if old else 0) if known(*sides) else 0
        if gap:
            telling.both(key)
            found.append((key.split(".")[1], replace(sides[-1], value=gap)))
    return found


def known(*figures: Figure | None) -> bool:
    """Whether all figures that there are, are amounts."""
    return all(figure is None or isinstance(figure.value, int) for figure in figures)


def _years(telling: Telling) -> str:
    """Where only the years differ: what is spent less and more."""
    words = [
        f"{year} {replace(gap, value=abs(gap.cents)).told()} {'mehr' if gap.cents > 0 else 'weniger'}"
        for year, gap in sorted(_gaps(telling), key=lambda row: (not row[0].isdigit(), row[0]))
    ]
    return f"Die Gesamtkosten bleiben, aber die Jahre verschieben sich: {show_list(words)}." if words else ""


def _terms(telling: Telling, after: Assessment) -> str:
    """Where only the terms of the funding differ: its type, and what the next euro costs."""
    kinds = [key for key in telling.after if key.startswith("money.financing.") and telling.differs(key)]
    parts = []
    for key in kinds:
        old, new = telling.both(key)
        parts.append(f"{new.show()} statt {old.show()}")
    keep = f"der Eigenanteil bleibt bei {telling.now('money.own_share').show()}"
    if telling.differs("money.next_euro"):
        old, new = telling.both("money.next_euro")
        keep += f"; vom nächsten zuwendungsfähigen Euro trägt ihn die Stadt {payer(new)} statt {payer(old)}"
    if not kinds and not telling.differs("money.next_euro", "money.kink"):
        return ""
    if telling.differs("money.kink"):
        old, new = telling.both("money.kink")
        keep += f"; der Knick liegt bei {new.show()} statt {old.show()}" if new.value and old.value else ""
    return f"{_capital('; '.join([*parts, keep]))}."


def money_sentence(telling: Telling, before: Assessment, after: Assessment) -> Sentence | None:
    """Own share, grant and cost; where they stay, the years or the terms of the funding."""
    text = _totals(telling, after) if totals_move(telling) else _years(telling) or _terms(telling, after)
    return telling.sentence(text, "haushalt")


def _gap_words(telling: Telling, key: str, kind: str) -> str:
    gap = telling.now(key)
    size = replace(gap, value=abs(gap.cents)).told()
    return f"{size} {'mehr' if gap.cents > 0 else 'weniger'} {kind}" if gap.cents else ""


def _income(telling: Telling, span: LineSpan) -> str:
    """The income of a span in the second case: the expense is the same in both."""
    if span.approved:
        words = _gap_words(telling, f"line.{span.years}.gap_if_growing.income", "Erträge")
        return f"{span.years} {words or 'Erträge wie veranschlagt'}"
    return f"{span.years} {telling.now(f'line.{span.years}.planned_if_growing.income').told()} Erträge"


def _line(telling: Telling, span: LineSpan, *, growing: bool) -> str:
    """A span against its line in one case: what an approved one lacks, what is to register for another."""
    keys = [f"line.{span.years}.{'gap' if span.approved else 'planned'}.{name}" for name in ("expense", "income")]
    if not all(isinstance(telling.after[key].value, int) for key in keys):
        return ""
    if growing:
        return _income(telling, span)
    if span.approved:
        parts = [_gap_words(telling, *row) for row in zip(keys, ("Aufwendungen", "Erträge"), strict=True)]
        words = show_list(part for part in parts if part)
        return f"{span.years} {words} als veranschlagt" if words else f"{span.years} wie veranschlagt"
    expense, income = (telling.now(key).told() for key in keys)
    lines = [telling.now(f"line.{span.years}.line.{name}") for name in ("expense", "income")]
    instead = f" statt {' und '.join(line.show() for line in lines)}" if known(*lines) else "; der Ansatz ist unbekannt"
    return f"{span.years} {expense} Aufwendungen und {income} Erträge anzumelden{instead}"


def _unlined(telling: Telling, year: int, *, growing: bool) -> str:
    """What a year that no line covers asks for; its income is grant and third-party money."""
    case = "_if_growing" if growing else ""
    cost, grant, third = f"year.{year}.total", f"year.{year}.grant{case}", f"year.{year}.third_party"
    if not known(*(telling.after[key] for key in (cost, grant, third))):
        return ""
    income = f"{telling.now(grant).told()} Förderung"
    if growing:
        return f"{year} {income}"
    parts = [f"{telling.now(cost).told()} Aufwendungen", income]
    if telling.after[third].value:
        parts.append(f"{telling.now(third).told()} Drittmittel")
    return f"{year}, wofür es noch keinen Ansatz gibt, {show_list(parts)} anzumelden"


def _lines_of(telling: Telling, after: Assessment, *, growing: bool) -> list[str]:
    """Every span and every year without a line that is another than before, in one case."""
    case = "_if_growing" if growing else ""
    found = []
    for span in after.budget.spans:
        level = f"line.{span.years}.gap{case}"
        if telling.differs(f"{level}.expense", f"{level}.income"):
            found.append(_line(telling, span, growing=growing))
    for year in after.budget.unlined:
        keys = (f"year.{year_name(year)}.{name}" for name in ("total", f"grant{case}", "third_party"))
        if telling.differs(*keys):
            found.append(_unlined(telling, year, growing=growing))
    return [words for words in found if words]


def lines_sentence(telling: Telling, before: Assessment, after: Assessment) -> Sentence | None:
    """What the lines hold against what the plan needs, span by span, in both cases where they differ."""
    one = _lines_of(telling, after, growing=False)
    differ = after.funding.ceiling_open and any(y.grant.value != y.grant_if_growing.value for y in after.funding.years)
    two = _lines_of(telling, after, growing=True) if differ else []
    if not two:
        return telling.sentence(f"Gegen die Ansätze: {'; '.join(one)}." if one else "", "haushalt")
    for n in range(len(after.funding.ceilings)):
        telling.now(f"money.ceiling.{n}")
    first, second = ("; ".join(words) or "nichts anderes als jetzt" for words in (one, two))
    text = f"Gegen die Ansätze, {after.funding.if_ceiling}: {first}. {_capital(IF_GROWING)}: {second}."
    return telling.sentence(text, "haushalt")
