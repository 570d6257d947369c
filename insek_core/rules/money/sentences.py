"""Money in German sentences, each with its figures, in both cases of the ceiling where they differ (RULES §7)."""

from dataclasses import replace
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.german import show_date, show_list
from insek_core.rules.figures import Figure, Sentence
from insek_core.rules.money.budget import Budget, LineSpan
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.programmes import IF_GROWING
from insek_core.rules.money.years import year_name

UNSETTLED = "welcher Fall gilt, ist ungeklärt"


def _span_of_years(funding: Funding) -> str:
    years = [y.year for y in funding.years if y.year is not None and y.total.value]
    return "" if not years else str(years[0]) if len(years) == 1 else f"{min(years)}–{max(years)}"


def _overfinanced(funding: Funding) -> Sentence:
    beyond = replace(funding.own_share, label="Überschuss", value=-funding.own_share.cents)
    text = (
        f"Überfinanzierung: Die Drittmittel von {funding.third_party.show()} übersteigen die Gesamtkosten von "
        f"{funding.total.show()} um {beyond.show()}; Förderung gibt es keine."
    )
    return Sentence(text=text, screen="haushalt", figures=(funding.third_party, funding.total, beyond))


def funding_sentence(funding: Funding) -> Sentence:
    """Total, grant and own share in one sentence, in both cases where they differ; unknown is said."""
    if funding.total.value is None:
        why = "Es fehlen Beträge." if funding.total.operands else "Es ist noch keine Kostenposition eingetragen."
        return Sentence(text=f"Die Gesamtkosten sind unbekannt: {why}", screen="haushalt")
    years = _span_of_years(funding)
    third = (funding.third_party,) if funding.third_party.value else ()
    if isinstance(funding.own_share.value, int) and funding.own_share.value < 0:
        return _overfinanced(funding)
    lead = (
        f"Für {funding.subject} sind {years + ' ' if years else ''}Gesamtkosten von {funding.total.show()} angesetzt: "
    )
    if funding.own_share.value is None:
        gifts = "".join(f" mit {figure.show()} Drittmitteln" for figure in third)
        text = (
            f"{lead.removesuffix(': ')}{gifts}; wie viel davon Förderung und wie viel städtischer Eigenanteil ist, "
            "ist unbekannt."
        )
        return Sentence(text=text, screen="haushalt", figures=(funding.total, *third))
    if not funding.differs:
        parts = [f"{funding.grant.show()} Förderung", *(f"{figure.show()} Drittmittel" for figure in third)]
        text = f"{lead}{', '.join(parts)} und {funding.own_share.show()} städtischer Eigenanteil."
        return Sentence(text=text, screen="haushalt", figures=(funding.total, funding.grant, *third, funding.own_share))
    gifts = "".join(f"{figure.show()} Drittmittel und " for figure in third)
    text = (
        f"{lead}{gifts}{funding.own_share.show()} städtischer Eigenanteil, {funding.if_ceiling}, und "
        f"{funding.own_share_if_growing.show()}, {IF_GROWING}; {UNSETTLED}."
    )
    figures = (funding.total, *third, funding.own_share, *funding.ceilings, funding.own_share_if_growing)
    return Sentence(text=text, screen="haushalt", figures=figures)


def case_sentence(funding: Funding) -> Sentence | None:
    """Which case a picture of the years shows while both differ, and what the other would be; nothing where they do
    not.
    """
    years = [y for y in funding.years if y.own_share.value != y.own_share_if_growing.value]
    if not funding.ceiling_open or not years:
        return None
    other = show_list(f"{year_name(y.year)} {y.own_share_if_growing.told()}" for y in years)
    text = f"Gezeigt ist der Eigenanteil, {funding.if_ceiling}; {IF_GROWING}, sind es {other}."
    figures = (*funding.ceilings, *(y.own_share_if_growing for y in years))
    return Sentence(text=text, screen="haushalt", figures=figures)


def approved_sentence(plan: Plan, span: LineSpan) -> Sentence:
    """What a budget provides; where a span of years is not split, that is said."""
    split = "" if span.from_year == span.to_year else "; die Aufteilung auf die Jahre nennt die Vorlage nicht"
    own = span.line.own_share
    text = (
        f"Im Haushaltsplan {span.years} sind {span.line.income.show()} Erträge und {own.show()} Eigenanteil "
        f"geplant{split}."
    )
    stated = next(
        (s for s in plan.statements if s.figure == "budget_own_share_cents" and s.amount_cents == own.value), None
    )
    if stated:
        own = replace(own, evidence=stated.evidence, source=stated.source)
    return Sentence(text=text, screen="haushalt", figures=(span.line.income, own), chief=False)


def registration_sentence(budget: Budget, funding: Funding) -> Sentence | None:
    """What is still to register for the years that are in no budget yet, in both cases where they differ."""
    rest, more = budget.to_register, budget.to_register_if_growing
    if not rest.expense.value:
        return None
    years = [*(span.years for span in budget.spans if not span.approved), *map(str, budget.unlined)]
    undated = ["Ausgaben ohne Jahr"] if budget.undated else []
    when = show_list([*sorted(years), *undated]) or "die Folgejahre"
    text = f"Für {when} sind noch anzumelden: {rest.expense.told()} Aufwendungen und {rest.income.told()} Erträge"
    text += f", rechnerisch {rest.own_share.told()} Eigenanteil"
    figures: tuple[Figure, ...] = rest.figures
    if funding.ceiling_open and more.own_share.value != rest.own_share.value:
        text += (
            f", {funding.if_ceiling}; {more.income.told()} Erträge und {more.own_share.told()} Eigenanteil, "
            f"{IF_GROWING}"
        )
        figures = (*figures, *funding.ceilings, more.income, more.own_share)
    return Sentence(text=f"{text}.", screen="haushalt", figures=figures)


def _gap(span: LineSpan, gap: Figure) -> str:
    """Where the own share and the line of a span part: "2015/2016 8.000 € über"; empty if it holds or is unknown."""
    if not isinstance(gap.value, int) or gap.value == 0:
        return ""
    return f"{span.years} {replace(gap, value=abs(gap.value)).told()} {'über' if gap.value > 0 else 'unter'} dem Ansatz"


def gap_sentence(budget: Budget, funding: Funding) -> Sentence | None:
    """Where the plan's own share and the approved lines part, all spans in one sentence, in both cases; what is in no
    budget yet is told as registration.
    """
    spans = [span for span in budget.spans if span.approved]
    one = [(span.gap.own_share, words) for span in spans if (words := _gap(span, span.gap.own_share))]
    two = [(s.gap_if_growing.own_share, words) for s in spans if (words := _gap(s, s.gap_if_growing.own_share))]
    if not one and not two:
        return None
    same = [words for _, words in one] == [words for _, words in two] or not funding.ceiling_open
    text = show_list(words for _, words in one) or "im Rahmen der Ansätze"
    figures = tuple(figure for figure, _ in one)
    if not same:
        other = show_list(words for _, words in two) or "im Rahmen der Ansätze"
        text, figures = (
            f"{text}, {funding.if_ceiling}; {other}, {IF_GROWING}",
            (
                *figures,
                *funding.ceilings,
                *(figure for figure, _ in two),
            ),
        )
    return Sentence(text=f"Der Eigenanteil liegt {text}.", screen="haushalt", figures=figures)


def standing_sentence(span: LineSpan) -> Sentence | None:
    """What a Haushaltssperre or the vorläufige Haushaltsführung holds back; nothing if neither is entered."""
    parts = []
    if span.blocked_cents:
        parts.append(
            f"Mit der Haushaltssperre sind {span.years} nur {span.released.show()} von "
            f"{span.line.expense.show()} Aufwendungen frei; "
            f"geplant sind {span.planned.expense.show()}."
        )
    if span.provisional_until:
        parts.append(
            f"Bis zum {show_date(span.provisional_until)} gilt für {span.years} die vorläufige Haushaltsführung: "
            "nur rechtlich Verpflichtetes und Fortgesetztes darf bezahlt werden."
        )
    return Sentence(text=" ".join(parts), screen="haushalt", figures=(span.released, span.in_force)) if parts else None


def payer(share: Figure | Fraction) -> str:
    """How much of the next euro the city pays: "allein", "zu 1/3", "gar nicht"."""
    value = share.value if isinstance(share, Figure) else share
    if not isinstance(value, int | Fraction):
        return "zu einem unbekannten Teil"
    if value < 0:
        return f"gar nicht, ihr Anteil sinkt sogar um {-value} davon"
    return "gar nicht" if value == 0 else "allein" if value == 1 else f"zu {value}"


def notice_sentence(funding: Funding) -> Sentence | None:
    """What a notice has settled, and the price of the next euro with it; nothing where none is entered."""
    if not funding.notices or funding.ceiling_open:
        return None
    parts = [f"nach dem {notice.figure.show()}, {notice.words}" for notice in funding.notices]
    price, figures = "", tuple(notice.figure for notice in funding.notices)
    kink, euro = funding.kink, funding.next_euro
    if isinstance(kink.value, int):
        price = f"; ab {kink.show()} zuwendungsfähigen Ausgaben trägt die Stadt jeden weiteren Euro allein"
        figures = (*figures, kink)
    elif kink.value is not None and euro.value is not None:
        price = f"; jeden weiteren zuwendungsfähigen Euro trägt die Stadt {payer(euro)}"
        figures = (*figures, euro)
    text, marked = f"{show_list(parts)}{price}.", any(notice.figure.assumed for notice in funding.notices)
    return Sentence(text=text[:1].upper() + text[1:], screen="haushalt", figures=figures, chief=False, marked=marked)


def ceiling_sentence(funding: Funding) -> Sentence | None:
    """What is unsettled about the ceiling, and the price of the next euro in both cases."""
    if not funding.ceiling_open:
        return None
    one, two, kink = funding.next_euro, funding.next_euro_if_growing, funding.kink
    amounts = show_list(figure.show() for figure in funding.ceilings)
    open_ = (
        f"Ungeklärt ist, ob {amounts} {'ein Höchstbetrag' if len(funding.ceilings) == 1 else 'Höchstbeträge'} "
        "sind (unsere Annahme)"
    )
    figures = funding.ceilings
    if one.value is None or two.value is None:
        text = f"{open_}."
    elif one.value != two.value:
        text = (
            f"Ungeklärt: Jeden weiteren Euro trägt die Stadt {payer(one)}, {funding.if_ceiling} (unsere "
            f"Annahme), und {payer(two)}, {IF_GROWING}."
        )
        figures = (*figures, one, two)
    elif not isinstance(kink.value, int) or not isinstance(funding.eligible.value, int) or funding.eligible.value >= kink.cents:
        text, figures = f"{open_}; jeden weiteren Euro trägt die Stadt in beiden Fällen {payer(one)}.", (*figures, one)
    else:
        text = (
            f"{open_}; einen Unterschied macht es ab {kink.show()} zuwendungsfähigen Ausgaben, bis dahin trägt "
            f"die Stadt jeden weiteren Euro {payer(one)}."
        )
        figures = (*figures, kink, one)
    return Sentence(text=text, screen="haushalt", figures=figures, marked=True)
