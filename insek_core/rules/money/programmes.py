"""The terms of each programme, its law, and whether its ceiling is settled (RULES §1.1–1.4, 1.11)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from insek_core.plan import Plan
from insek_core.plan.finance import FINANCING, Programme
from insek_core.plan.german import show_euro
from insek_core.rules.figures import Figure, field_figure
from insek_core.rules.money.grant import Law, Terms, law_of
from insek_core.rules.rounding import largest_remainder

UNKNOWN_TYPE = "Finanzierungsart nicht eingetragen, gerechnet als Anteilfinanzierung"


def settled_ceiling(programme: Programme) -> bool:
    """Whether the notice has settled what the cap is: dated and numbered (RULES §1.2)."""
    return bool(programme.notice_on and programme.notice_number and programme.cap_is_ceiling is not None)


def has_ceiling(programme: Programme) -> bool:
    """Whether an amount may bind this programme from above; a Festbetrag is its own."""
    return programme.cap_cents is not None and programme.financing != "festbetrag"


def ceiling_open(plan: Plan) -> bool:
    """Whether it is unsettled what binds the grant from above: then every answer tells both cases (RULES §1.2)."""
    return any(has_ceiling(p) and not settled_ceiling(p) for p in plan.programmes)


IF_GROWING = "wenn die Förderung mitwächst"


def open_ceilings(plan: Plan) -> tuple[Figure, ...]:
    """The amounts that may bind the grant from above, where nobody has settled that they do (RULES §1.2); each rests on
    what is entered of that.
    """
    return tuple(
        replace(field_figure(p, "cap_cents", f"Förderbetrag {p.name}"), operands=(_ceiling_figure(p),))
        for p in plan.programmes
        if has_ceiling(p) and not settled_ceiling(p)
    )


@dataclass(frozen=True, kw_only=True)
class SettledTerms:
    """A notice that has settled what binds the grant of a programme: how it is cited, with the terms it states as
    operands, and what it says of the ceiling, as it stands behind "Nach dem Bescheid".
    """

    figure: Figure
    words: str


def notices_of(plan: Plan) -> tuple[SettledTerms, ...]:
    """The notices that leave nothing open, in the order of the programmes."""
    dated = (p for p in plan.programmes if p.notice_on and p.notice_number)
    return tuple(
        SettledTerms(
            figure=Figure(
                label=f"Bewilligungsbescheid {programme.name}",
                value=programme.notice,
                unit="text",
                evidence=programme.evidence_of("notice_number"),
                rule="Eintrag der Planung",
                operands=terms_figures(programme, True),
                table=programme.table,
                record=programme.id,
            ),
            words=_settled_words(programme),
        )
        for programme in dated
        if settled_ceiling(programme) or not has_ceiling(programme)
    )


def _settled_words(programme: Programme) -> str:
    if has_ceiling(programme) and programme.cap_is_ceiling:
        return f"sind {show_euro(programme.cap_cents or 0)} ein Höchstbetrag"
    if programme.cap_is_ceiling is False and programme.financing != "festbetrag":
        return "wächst die Förderung mit den Kosten"
    return f"gilt {FINANCING.get(programme.financing, UNKNOWN_TYPE)}"


def both_words(condition: str, capped: str, growing: str) -> str:
    """Two answers with their conditions, one where the ceiling is settled or both are the same.

    >>> both_words("wenn 9 € ein Höchstbetrag sind", "2 €", "1 €")
    '2 €, wenn 9 € ein Höchstbetrag sind, und 1 €, wenn die Förderung mitwächst'
    """
    return f"{capped}, {condition}, und {growing}, {IF_GROWING}" if condition and capped != growing else capped


def terms_of(programme: Programme, *, capped: bool = True) -> Terms:
    """The terms the plan reckons with; an open ceiling counts as binding where `capped`, one known to be none never
    (RULES §1.2).
    """
    binds = programme.cap_is_ceiling is not False and (capped or settled_ceiling(programme))
    return Terms(
        kind=programme.financing or "anteil",
        rate=programme.rate_share,
        cap_cents=programme.cap_cents if binds else None,
        fixed_cents=programme.fixed_cents,
        own_fixed_cents=programme.own_fixed_cents,
    )


def laws_of(terms: Sequence[Terms], eligible_cents: Sequence[int], planned_cents: int) -> list[Law]:
    """The law of each programme; planned third-party money is used once, in their order, where a gap is financed
    (RULES §1.11).
    """
    laws, left = [], planned_cents
    for each, eligible in zip(terms, eligible_cents, strict=True):
        used = min(left, max(0, eligible - each.law.offset_cents)) if each.takes_third_party else 0
        laws.append(law_of(each, used))
        left -= used
    return laws


def grants_cents(
    terms: Sequence[Terms], eligible_cents: Sequence[int], planned_cents: int, uncovered_cents: int = 0
) -> list[int]:
    """What each programme grants by its own law, less unplanned money that no additional cost absorbs; nothing is held
    against the need yet.
    """
    laws = laws_of(terms, eligible_cents, planned_cents)
    cuts = largest_remainder(uncovered_cents, eligible_cents)
    return [
        law.less(law.grant_cents(cost), cost, cut) for law, cost, cut in zip(laws, eligible_cents, cuts, strict=True)
    ]


def _ceiling_figure(programme: Programme) -> Figure:
    """Whether the amount is a ceiling, as it is entered."""
    words = {True: "ja", False: "nein", None: None}[programme.cap_is_ceiling]
    return replace(field_figure(programme, "cap_is_ceiling", "Förderbetrag ist Höchstbetrag", "text"), value=words)


def terms_figures(programme: Programme, capped: bool) -> tuple[Figure, ...]:
    """The stated terms that this type of financing uses, as operands."""
    fields = {
        "anteil": ("rate_share", "Fördersatz", "share"),
        "festbetrag": ("fixed_cents", "Festbetrag", "euro"),
        "fehlbedarf": ("own_fixed_cents", "fester Eigenanteil", "euro"),
    }
    found = []
    if own := fields.get(programme.financing or "anteil"):
        found.append(field_figure(programme, own[0], own[1], "share" if own[2] == "share" else "euro"))
    if capped and has_ceiling(programme):
        found += [field_figure(programme, "cap_cents", "Förderbetrag"), _ceiling_figure(programme)]
    kind = field_figure(programme, "financing", "Finanzierungsart", "text")
    return (*found, replace(kind, value=FINANCING.get(programme.financing, UNKNOWN_TYPE)))
