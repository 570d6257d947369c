"""The budget in German sentences: what is provided, what is to register, where plan and lines part and what that needs,
each with its figures, in both cases of the ceiling where they differ (RULES §7, 1.12).
"""

from dataclasses import replace

from insek_core.plan import Plan
from insek_core.plan.german import show_date, show_list
from insek_core.rules.figures import Figure, Sentence
from insek_core.rules.money.budget import Budget, LineSpan
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.overrun import BudgetLaw, overrun, paragraph_words
from insek_core.rules.money.programmes import IF_GROWING
from insek_core.rules.money.sentences import ceiling_sentence, notice_sentence
from insek_core.rules.money.slip import year_assumed


def paper_name(plan: Plan) -> str:
    """What the plan calls the paper it rests on ("die Vorlage"); empty where it names none."""
    return plan.setting("paper_name", "")


def _assumed(plan: Plan, field: str) -> bool:
    items = plan.cost_items
    return any(year_assumed(item) if field == "year" else item.evidence_of(field) == "assumed" for item in items)


def _split_words(plan: Plan) -> str:
    """What is said of the years of a line over several: nothing where every cost states its year."""
    if not _assumed(plan, "year"):
        return ""
    named = paper_name(plan)
    return f"; die Aufteilung auf die Jahre {f'nennt {named} nicht' if named else 'ist angenommen'}"


def split_sentence(plan: Plan) -> Sentence | None:
    """What of the split of the cost is assumed, and that the paper does not name it; nothing where all is stated."""
    parts = {"year": "Jahre", "amount_cents": "Positionen", "purpose": "Zwecke"}
    named = [words for field, words in parts.items() if _assumed(plan, field)]
    if not named:
        return None
    paper = paper_name(plan)
    more = f"; {paper} nennt sie nicht" if paper else ""
    text = f"Aufteilung auf {show_list(named)}: Annahme (gepunktet){more}."
    return Sentence(text=text, screen="haushalt", marked=True)


def approved_sentence(plan: Plan, span: LineSpan) -> Sentence:
    """What a budget provides; where a span of years is not split, that is said."""
    split = "" if span.from_year == span.to_year else _split_words(plan)
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


def _cover(gap: Figure) -> str:
    """What more or less income stands beside additional expenses."""
    if not isinstance(gap.value, int):
        return "unbekannte Mehrerträge"
    size = replace(gap, value=abs(gap.value)).told()
    return f"{size} {'Mehrerträge' if gap.value > 0 else 'Mindererträge'}" if gap.value else "keine Mehrerträge"


def overrun_sentence(budget: Budget, funding: Funding, span: LineSpan) -> Sentence | None:
    """Which procedure the additional expenses of an approved span need and who decides; the income beside them in both
    cases of the ceiling. Nothing where the line suffices.
    """
    need = overrun(budget.law, span.years, span.gap.expense, span.line.expense) if span.approved else None
    if need is None:
        return None
    one, two = span.gap.income, span.gap_if_growing.income
    cover, figures = _cover(one), (*need.figures, one)
    if funding.ceiling_open and one.value != two.value:
        cover = f"{cover}, {funding.if_ceiling}, und {_cover(two)}, {IF_GROWING}"
        figures = (*figures, *funding.ceilings, two)
    text = f"{need.lead}. Dem stehen gegenüber: {cover}. {need.decides}."
    return Sentence(text=text, screen="haushalt", figures=figures, chief=False)


def standing_sentence(law: BudgetLaw, span: LineSpan) -> Sentence | None:
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
            f"Bis zum {show_date(span.provisional_until)} gilt für {span.years} die vorläufige Haushaltsführung"
            f"{paragraph_words(law.provisional)}: "
            "nur rechtlich Verpflichtetes und Fortgesetztes darf bezahlt werden."
        )
    return Sentence(text=" ".join(parts), screen="haushalt", figures=(span.released, span.in_force)) if parts else None


def budget_sentences(plan: Plan, budget: Budget, funding: Funding) -> tuple[Sentence, ...]:
    """What the screen of the money tells beside the years: what is provided, to register, exceeded, unsettled."""
    told = (
        *(approved_sentence(plan, span) for span in budget.spans if span.approved),
        registration_sentence(budget, funding),
        gap_sentence(budget, funding),
        *(overrun_sentence(budget, funding, span) for span in budget.spans),
        ceiling_sentence(funding),
        notice_sentence(funding),
    )
    return tuple(sentence for sentence in told if sentence is not None)
