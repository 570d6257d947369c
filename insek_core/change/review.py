"""A round of judging: begun, led cell by cell, ended with minutes and work for the offices. Each act makes a plan of a
plan; what cannot be is Unreadable in German, and nothing has changed then.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.codec import with_row, with_tables
from insek_core.plan.content import Contribution
from insek_core.plan.errors import Unreadable
from insek_core.plan.german import quoted, show_date
from insek_core.plan.record import EXAMPLE_NOTE, stated_by
from insek_core.plan.review import DISSENT, JUDGEMENT, PROPOSAL, Assignment, Judgement, Review
from insek_core.plan.values import Fuzzy
from insek_core.rules.goals.minutes import assignment_text, minutes_lines
from insek_core.rules.goals.review import OpenWork, areas_that_judge, open_review, standing
from insek_core.rules.goals.wording import wording_now
from insek_core.rules.money.actual.entries import next_id

MOST_MINUTES = 28_000  # characters of a text field, with room for what says that it was cut
KINDS = (PROPOSAL, JUDGEMENT, DISSENT)


def begin(plan: Plan, *, name: str, body: str = "", offices: Sequence[str] = (), on: date, version: int) -> Plan:
    """The plan with a round that begins from this version; where no areas are named, those of its body judge. Raises
    Unreadable without a name, or while one is open.
    """
    if going := open_review(plan):
        raise Unreadable(
            f"Die Runde {quoted(going.name)} ist noch nicht beendet.", "Bitte sie fortsetzen oder beenden."
        )
    if not name.strip():
        raise Unreadable("Die Runde hat keinen Namen.", "Bitte z. B. „Bewertungsrunde Frühjahr“ schreiben.")
    row = Review(
        id=next_id(plan, "reviews", "BR"),
        name=name.strip(),
        body=body,
        offices=tuple(offices) or _members(plan, body),
        begun_on=on,
        plan_version=version,
        source="Bewertungsrunde",
        evidence="stated",
    )
    return with_row(plan, "reviews", row)


def _members(plan: Plan, body: str) -> tuple[str, ...]:
    """The areas that sit in a body; none where no body is named."""
    rows, known = plan.memberships if body else (), areas_that_judge(plan)
    return tuple(dict.fromkeys(row.organisation for row in rows if row.body == body and row.organisation in known))


def _round(plan: Plan, review: str) -> Review:
    row = plan.by_id.get(review)
    if not isinstance(row, Review):
        raise Unreadable(f"Eine Bewertungsrunde {quoted(review)} gibt es nicht.", "Bitte eine Runde beginnen.")
    if row.ended_on is not None:
        raise Unreadable(f"Die Runde {quoted(row.name)} ist beendet.", "Bitte eine neue Runde beginnen.")
    return row


def _cell(plan: Plan, contribution: str) -> Contribution:
    row = plan.by_id.get(contribution)
    if not isinstance(row, Contribution):
        raise Unreadable(
            f"Einen Zielbeitrag {quoted(contribution)} gibt es nicht mehr.", "Bitte mit dem nächsten fortfahren."
        )
    return row


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said of a contribution: by which area (an organisation), what weight, why."""

    office: str = ""
    weight: int | None = None
    reason: str = ""


def give(plan: Plan, review: str, contribution: str, kind: str, said: Said, on: date) -> Plan:
    """The plan with an area's proposal, judgement or dissent; the weight that stands stays. Raises Unreadable without
    an area, a judgement without a weight, a dissent without a reason.
    """
    going, cell = _round(plan, review), _cell(plan, contribution)
    if kind not in KINDS:
        raise Unreadable(f"{quoted(kind)} ist keine Art der Bewertung.", f"Erlaubt: {', '.join(KINDS)}.")
    if said.office not in areas_that_judge(plan):
        raise Unreadable("Der Bereich fehlt.", "Bitte angeben, welcher Bereich bewertet.")
    if kind == DISSENT and not said.reason.strip():
        raise Unreadable("Die abweichende Auffassung hat keine Begründung.", "Bitte einen Satz dazu schreiben.")
    if kind != DISSENT:
        _weighed(said.weight)
    row = Judgement(
        id=next_id(plan, "judgements", "BW"),
        contribution=cell.id,
        office=said.office,
        kind=kind,
        weight=said.weight,
        reason=said.reason.strip(),
        given_on=on,
        review=going.id,
        source=f"Bewertungsrunde {going.name}",
        evidence="stated",
    )
    return with_row(plan, "judgements", row)


def _weighed(weight: int | None) -> int:
    if weight is None or not -3 <= weight <= 3:
        raise Unreadable("Das Gewicht fehlt.", "Bitte eine Zahl von −3 bis +3 wählen.")
    return weight


def settle(plan: Plan, review: str, contribution: str, said: Said, on: date) -> Plan:
    """The plan with the weight the round agreed on, judged in today's wording; what areas said until now is settled, an
    abweichende Auffassung stays beside it. Who judged: the area that is named, else the areas that spoke, else the
    round. Raises Unreadable without a weight.
    """
    going, cell = _round(plan, review), _cell(plan, contribution)
    weight = _weighed(said.weight)
    rows = tuple(
        replace(row, settled_on=on)
        if row.contribution == cell.id and row.kind != DISSENT and row.settled_on is None
        else row
        for row in plan.judgements
    )
    spoke = [row.office for row in standing(plan, cell.id) if row.kind == JUDGEMENT and row.settled_on is None]
    by = [said.office] if said.office else spoke
    done = stated_by(
        cell,
        f"Bewertungsrunde {going.name} ({show_date(on)})",
        weight=weight,
        reason=said.reason.strip() or cell.reason,
        judged_by=", ".join(map(plan.name, by)) or going.name,
        judged_on=on,
        fingerprint=wording_now(plan, cell),
    )
    done = replace(done, note="" if done.note == EXAMPLE_NOTE else done.note)  # judged, it is no example any more
    return with_row(with_tables(plan, {"judgements": rows}), "contributions", done)


def confirm(plan: Plan, review: str, contribution: str, on: date) -> Plan:
    """The plan in which the weight that stands is confirmed in today's wording. Raises Unreadable where none stands."""
    cell = _cell(plan, contribution)
    if cell.weight is None:
        raise Unreadable("Was nicht bewertet ist, lässt sich nicht bestätigen.", "Bitte ein Gewicht wählen.")
    return settle(plan, review, contribution, Said(weight=cell.weight, reason=cell.reason), on)


def move_on(plan: Plan, review: str, contribution: str) -> Plan:
    """The plan in which the round has been at this contribution: a reload or the next day goes on behind it."""
    going, cell = _round(plan, review), _cell(plan, contribution)
    seen = (*(one for one in going.seen if one != cell.id), cell.id)
    return with_row(plan, "reviews", replace(going, seen=seen))


def _assignments(plan: Plan, going: Review, work: Sequence[OpenWork], until: Fuzzy | None) -> Plan:
    for item in work:
        row = Assignment(
            id=next_id(plan, "assignments", "AA"),
            text=assignment_text(item),
            office=item.office,
            until=until,
            given_by=going.id,
            concerns=item.concerns,
            source=f"Bewertungsrunde {going.name}",
            evidence="stated",
        )
        plan = with_row(plan, "assignments", row)
    return plan


def end(plan: Plan, review: str, work: Sequence[OpenWork], until: Fuzzy | None, *, on: date, version: int) -> Plan:
    """The plan in which the round has ended with this version: the work left goes to the offices by a day, and the
    minutes tell what was judged. Raises Unreadable where the round is not open, or the day has passed.
    """
    going = _round(plan, review)
    if until and until.latest and until.latest < on:
        raise Unreadable(f"Die Frist {until.words} liegt vor dem {show_date(on)}.", "Bitte eine spätere Frist angeben.")
    ended = replace(going, ended_on=on, ended_version=version)
    plan = with_row(_assignments(plan, going, work, until), "reviews", ended)
    return with_row(plan, "reviews", replace(ended, minutes=_bounded(minutes_lines(plan, ended))))


def _bounded(lines: Collection[str]) -> str:
    """The lines as one text, as many as a field holds; says how many are left out."""
    kept: list[str] = []
    for number, line in enumerate(lines):
        if sum(map(len, kept)) + len(kept) + len(line) > MOST_MINUTES:
            left = len(lines) - number
            return "\n".join(
                [*kept, f"{left} weitere Zeilen stehen unter „Daten“ bei Bewertungen und Arbeitsaufträgen."]
            )
        kept.append(line)
    return "\n".join(kept)
