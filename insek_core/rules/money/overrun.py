"""A gap in an approved budget: which procedure it needs, by which paragraph, and who decides (RULES §1.12). Paragraphs
and thresholds are settings of the plan; what is not entered is said, never guessed.
"""

from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.german import show_list, show_share
from insek_core.rules.figures import Figure
from insek_core.rules.settings import Ruled, ruled_cents, ruled_share, ruled_text


@dataclass(frozen=True, kw_only=True)
class BudgetLaw:
    """What the plan says of overruns: the paragraphs, from which amount the council decides, from which share of the
    whole expenditure a supplementary budget is needed, and who decides.
    """

    overrun: Ruled
    supplementary: Ruled
    council_from: Ruled
    supplementary_from: Ruled
    whole_expense: Ruled
    council: Ruled
    office: Ruled
    provisional: Ruled


def budget_law(plan: Plan) -> BudgetLaw:
    """The settings of a plan on overruns."""
    return BudgetLaw(
        overrun=ruled_text(plan, "overrun_rule", "Rechtsgrundlage über- und außerplanmäßiger Aufwendungen"),
        supplementary=ruled_text(plan, "supplementary_rule", "Rechtsgrundlage des Nachtrags"),
        council_from=ruled_cents(plan, "overrun_council_cents", "Betrag, ab dem der Rat entscheidet"),
        supplementary_from=ruled_share(plan, "supplementary_share", "Anteil, ab dem ein Nachtrag nötig ist"),
        whole_expense=ruled_cents(plan, "budget_expense_cents", "Gesamtaufwendungen des Haushalts"),
        council=ruled_text(plan, "council_name", "Wer ab der Schwelle entscheidet"),
        provisional=ruled_text(plan, "provisional_rule", "Rechtsgrundlage der vorläufigen Haushaltsführung"),
        office=ruled_text(plan, "overrun_office", "Wer unter der Schwelle entscheidet"),
    )


@dataclass(frozen=True, kw_only=True)
class Overrun:
    """What an approved span of years needs for expenses beyond its line: `lead` says the procedure with amount and
    paragraph, `decides` who decides or what is not entered; `figures` are what both rest on.
    """

    lead: str
    decides: str
    figures: tuple[Figure, ...]


def paragraph_words(rule: Ruled) -> str:
    """A setting that is a paragraph, behind a clause: " (§ 79 SächsGemO)"; empty where none is entered."""
    return f" ({rule.figure.value})" if rule.figure.value else ""


def _least_supplementary(law: BudgetLaw) -> Figure | None:
    """The amount from which a supplementary budget is needed; None where share or whole is not entered."""
    share, whole = law.supplementary_from.figure, law.whole_expense.figure
    if share.value is None or not isinstance(whole.value, int):
        return None
    return Figure(
        label="Betrag, ab dem ein Nachtrag nötig ist",
        value=-(-whole.value * law.supplementary_from.share // 1),
        rule="Anteil × Gesamtaufwendungen des Haushalts, auf Cent aufgerundet",
        operands=(share, whole),
    )


def _decides(law: BudgetLaw, cents: int, supplementary: Figure | None) -> str:
    """Who decides on an overrun below the supplementary budget, and what is not entered of it."""
    limit, council, office = law.council_from.figure, law.council.figure, law.office.figure
    above = isinstance(limit.value, int) and cents >= limit.value
    who = council if above else office
    known = limit.value is not None and who.value is not None
    missing = [] if known else ["wer entscheidet"]
    if supplementary is None:
        missing.append(f"ab wann ein Nachtrag nötig ist{paragraph_words(law.supplementary)}")
    bound = f"{'ab' if above else 'unter'} {limit.show()}{law.council_from.cited}"
    said = [f"Darüber entscheidet {who.value} ({bound})"] if known else []
    return ". ".join([*said, *([f"Nicht eingetragen ist, {show_list(missing)}"] if missing else [])])


def overrun(law: BudgetLaw, years: str, gap: Figure, line: Figure) -> Overrun | None:
    """What an approved span needs whose expenses exceed its line by `gap`; None where they do not or it is unknown."""
    if not isinstance(gap.value, int) or gap.value <= 0:
        return None
    least = _least_supplementary(law)
    cited = (law.supplementary.figure,) if least is None or gap.value >= least.cents else ()
    figures = (gap, law.overrun.figure, *cited, law.council_from.figure, *((least,) if least else ()))
    if least and gap.value >= least.cents:
        reason = f"{show_share(law.supplementary_from.share)} der Gesamtaufwendungen sind {least.show()}"
        lead = f"Für {years} ist ein Nachtrag nötig{paragraph_words(law.supplementary)}: {gap.told()} Mehraufwendungen"
        who = law.council.figure.value
        decides = f"Darüber entscheidet {who}" if who else "Nicht eingetragen ist, wer entscheidet"
        return Overrun(lead=f"{lead}, {reason}", decides=decides, figures=figures)
    kind = "überplanmäßig" if isinstance(line.value, int) and line.value > 0 else "außerplanmäßig"
    lead = f"Für {years} sind {gap.told()} Mehraufwendungen {kind} zu bewilligen{paragraph_words(law.overrun)}"
    return Overrun(lead=lead, decides=_decides(law, gap.value, least), figures=figures)
