"""Money in German sentences, each with its figures, in both cases of the ceiling where they differ (RULES §7)."""

from dataclasses import replace
from fractions import Fraction

from insek_core.plan.german import show_list
from insek_core.rules.figures import Figure, Sentence
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


def _below(eligible: Figure, kink: Figure) -> bool:
    return isinstance(kink.value, int) and isinstance(eligible.value, int) and eligible.value < kink.value


def ceiling_sentence(funding: Funding) -> Sentence | None:
    """What is unsettled about the ceiling, and the price of the next euro in both cases."""
    if not funding.ceiling_open:
        return None
    one, two, kink = funding.next_euro, funding.next_euro_if_growing, funding.kink
    amounts = show_list(figure.show() for figure in funding.ceilings)
    ours = any(part.assumed or part.value is None for figure in funding.ceilings for part in figure.operands)
    aside = " (unsere Annahme)" if ours else ""
    one_of = "ein Höchstbetrag" if len(funding.ceilings) == 1 else "Höchstbeträge"
    open_ = f"Ungeklärt ist, ob {amounts} {one_of} sind{aside}"
    figures = funding.ceilings
    if one.value is None or two.value is None:
        text = f"{open_}."
    elif one.value != two.value:
        text = (
            f"Ungeklärt: Jeden weiteren Euro trägt die Stadt {payer(one)}, {funding.if_ceiling}{aside}, "
            f"und {payer(two)}, {IF_GROWING}."
        )
        figures = (*figures, one, two)
    elif not _below(funding.eligible, kink):
        text, figures = f"{open_}; jeden weiteren Euro trägt die Stadt in beiden Fällen {payer(one)}.", (*figures, one)
    else:
        text = (
            f"{open_}; einen Unterschied macht es ab {kink.show()} zuwendungsfähigen Ausgaben, bis dahin trägt "
            f"die Stadt jeden weiteren Euro {payer(one)}."
        )
        figures = (*figures, kink, one)
    return Sentence(text=text, screen="haushalt", figures=figures, marked=ours)
