"""What financing says of itself: financed twice, a negative year, less than the required own share (RULES §1.5,
1.6).
"""

from fractions import Fraction

from insek_core.plan.errors import Finding
from insek_core.plan.german import show_euro
from insek_core.rules.figures import Figure
from insek_core.rules.money.basis import Basis
from insek_core.rules.money.years import YearShare, year_name
from insek_core.rules.rounding import round_half_up


def _overfinanced(basis: Basis) -> tuple[str, str] | None:
    """That third-party money and grants exceed the cost, and by how much the first alone do."""
    third, remedy = basis.third_cents, "Drittmittel und Förderung prüfen."
    if basis.total.value is None or third is None:
        return None
    if third > basis.total.cents:
        beyond = show_euro(third - basis.total.cents)
        return (
            f"Überfinanzierung: Die Drittmittel übersteigen die Gesamtkosten um {beyond}; Förderung gibt es keine.",
            remedy,
        )
    if not basis.over_cents():
        return None
    text = (
        "Überfinanzierung: Drittmittel und Förderung erreichen die Gesamtkosten; die Förderung ist auf den "
        "Bedarf gekürzt."
    )
    return text, remedy


def _below_minimum(basis: Basis, own: Figure) -> list[tuple[str, str]]:
    """That the own share falls short of what a programme asks for, on the cost that unplanned money leaves to finance
    (RULES §1.5, 1.6).
    """
    found = []
    for programme in basis.plan.programmes:
        eligible = basis.eligible(programme).value
        if not isinstance(eligible, int) or not isinstance(own.value, int):
            continue
        need = round_half_up((programme.minimum_own_share or 0) * Fraction(max(0, eligible - basis.unplanned_cents)))
        if own.value < need:
            text = (
                f"Der Eigenanteil von {own.show()} liegt unter dem Mindesteigenanteil von {show_euro(need)} "
                f"({programme.name})."
            )
            found.append((text, "Finanzierung prüfen."))
    return found


def notes_of(basis: Basis, own: Figure, years: tuple[YearShare, ...]) -> tuple[Finding, ...]:
    """What financing says of itself: financed twice, a negative year, less than the required own share."""
    over = _overfinanced(basis)
    negative = [
        (
            f"Der Eigenanteil {year_name(y.year)} ist negativ ({y.own_share.show()}): In diesem Jahr kommt "
            "mehr Geld, als "
            "ausgegeben wird.",
            "Jahre der Ausgaben und Drittmittel prüfen.",
        )
        for y in years
        if isinstance(y.own_share.value, int) and y.own_share.value < 0
    ]
    alone = basis.third_cents is not None and basis.third_cents > basis.total.cents
    found = [over] if over and alone else [*([over] if over else []), *negative, *_below_minimum(basis, own)]
    return tuple(
        Finding(level="warning", table="programmes", message=message, remedy=remedy) for message, remedy in found
    )
