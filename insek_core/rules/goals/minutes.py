"""What a round of judging says in words: its minutes, made of its records, and the work it leaves to the offices."""

from collections import Counter
from collections.abc import Iterator, Sequence

from insek_core.plan import Plan
from insek_core.plan.content import Contribution
from insek_core.plan.german import count, show_date, show_list
from insek_core.plan.review import DISSENT, Assignment, Judgement, Review
from insek_core.rules.figures import Sentence
from insek_core.rules.goals.review import AgendaItem, OpenWork, WorkKind, is_contested, judgements_of, pair_words
from insek_core.rules.goals.wording import reworded, suspect

SCREEN = "zielsystem"
MOST_NAMED = 5  # records an Arbeitsauftrag names in its text; all of them stand in "Betrifft"
TASKS: dict[WorkKind, tuple[str, str, str]] = {
    "nicht bewertet": ("Zielbeitrag", "Zielbeiträge", "bewerten"),
    "strittig": ("strittigen Zielbeitrag", "strittige Zielbeiträge", "klären"),
    "zu prüfen": ("Zielbeitrag", "Zielbeiträge", "im neuen Wortlaut prüfen"),
    "Nachweis fehlt": ("Nachweis", "Nachweise", "beibringen"),
}


def weight_words(weight: int | None) -> str:
    """A weight as it is said: "+2", "−1", "0", "offen"."""
    return "offen" if weight is None else f"{weight:+d}".replace("-", "−") if weight else "0"


def assignment_text(work: OpenWork) -> str:
    """What an office has to do: how many of what, and the first of them by name."""
    one, many, verb = TASKS[work.work]
    named = "; ".join(work.words[:MOST_NAMED])
    rest = len(work.words) - MOST_NAMED
    more = f"; und {count(rest, 'weiterer', 'weitere')}" if rest > 0 else ""
    whom = f" ({work.whom})" if work.whom else ""
    return f"{count(len(work.words), one, many)} {verb}{whom}: {named}{more}"


def judgement_words(plan: Plan, row: Judgement) -> str:
    """What an area said: "Amt für Wohnen: Bewertung +2 (prägt die Lage)"."""
    reason = f" ({row.reason})" if row.reason else ""
    return f"{plan.name(row.office)}: {row.kind} {weight_words(row.weight)}{reason}"


def standing_words(plan: Plan, row: Contribution) -> str:
    """What stands of a contribution: its weight with who, when and why, and what is doubtful of it."""
    if row.weight is None:
        return "nicht bewertet"
    by = f", {row.judged_by}" if row.judged_by else ""
    on = f", {show_date(row.judged_on)}" if row.judged_on else ""
    doubts = [
        word
        for word, there in (
            ("Annahme", row.evidence_of("weight") == "assumed"),
            ("zu prüfen", bool(reworded(plan, row))),
            ("strittig", is_contested(plan, row)),
        )
        if there
    ]
    reason = f" – {row.reason}" if row.reason else ""
    return f"Gewicht {weight_words(row.weight)}{by}{on}{reason}{f' [{show_list(doubts)}]' if doubts else ''}"


def assignment_words(plan: Plan, row: Assignment) -> str:
    """An Arbeitsauftrag with its office and day; a day that nobody set is open."""
    office = plan.name(row.office) if row.office else "Zuständigkeit offen"
    return f"{office}: {row.text}. Frist: {row.until.words if row.until else '[offen]'}"


def _head(plan: Plan, review: Review) -> Iterator[str]:
    yield f"Protokoll: {review.name}"
    if review.body:
        yield f"Gremium: {plan.name(review.body)}"
    if review.offices:
        yield f"Bereiche: {', '.join(map(plan.name, review.offices))}"
    begun, ended = (show_date(day) if day else "offen" for day in (review.begun_on, review.ended_on))
    versions = f"Planstand Version {review.plan_version or '?'} bis {review.ended_version or '?'}"
    yield f"Begonnen {begun}, beendet {ended}; {versions}"


def _cells(plan: Plan, review: Review) -> Iterator[str]:
    told = dict.fromkeys([*review.seen, *(j.contribution for j in plan.judgements if j.review == review.id)])
    rows = [row for name in told if isinstance(row := plan.by_id.get(name), Contribution)]
    yield f"Behandelt: {count(len(rows), 'Zielbeitrag', 'Zielbeiträge')}"
    for number, row in enumerate(rows, 1):
        yield f"{number}. {pair_words(plan, row)}: {standing_words(plan, row)}"
        for said in judgements_of(plan, row.id):
            if said.review == review.id or (said.kind == DISSENT and said.settled_on is None):
                yield f"   {judgement_words(plan, said)}"


def minutes_lines(plan: Plan, review: Review) -> tuple[str, ...]:
    """The minutes of a round line by line: who met when and on which version, each contribution it was at with what
    stands and what each area said, the Arbeitsaufträge. Areas are named, no persons.
    """
    work = [row for row in plan.assignments if row.given_by == review.id]
    tasks = [assignment_words(plan, row) for row in work] or ["keine"]
    return (*_head(plan, review), *_cells(plan, review), "Arbeitsaufträge:", *(f"- {text}" for text in tasks))


def agenda_sentence(found: Sequence[AgendaItem]) -> Sentence:
    """How much there is to settle, kind by kind."""
    numbers = Counter(item.why for item in found)
    parts = [f"{number} {why}" for why, number in numbers.items()]
    rows = count(len(found), "Zielbeitrag", "Zielbeiträge")
    text = (
        f"Zu klären: {rows}, davon {show_list(parts)}."
        if parts
        else "Kein Zielbeitrag ist strittig, zu prüfen oder offen."
    )
    return Sentence(text=text, screen=SCREEN, marked=False)


def suspect_sentence(plan: Plan) -> Sentence | None:
    """How many judgements are of another wording than today's; None where none is."""
    rows = suspect(plan)
    if not rows:
        return None
    text = (
        f"↻ {count(len(rows), 'Bewertung ist', 'Bewertungen sind')} zu prüfen: Der Wortlaut von Ziel oder Beitrag hat "
    )
    return Sentence(text=f"{text}sich seither geändert.", screen=SCREEN, marked=False)
