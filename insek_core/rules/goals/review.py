"""What a round of judging has to settle: what is contested, to check or not judged, in which order, and whose work it
is.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from insek_core.plan import Plan
from insek_core.plan.content import Contribution, Measure, SectorPlan
from insek_core.plan.process import Format, Organisation, Task
from insek_core.plan.review import DISSENT, JUDGEMENT, Judgement, Review
from insek_core.rules.goals.gaps import GAP_TYPES, Gap
from insek_core.rules.goals.wording import suspect

Why = Literal["seit der letzten Runde geändert", "strittig", "zu prüfen", "nicht bewertet"]
WorkKind = Literal["nicht bewertet", "strittig", "zu prüfen", "Nachweis fehlt"]
WORK: tuple[WorkKind, ...] = ("nicht bewertet", "strittig", "zu prüfen", "Nachweis fehlt")


def judgements_of(plan: Plan, contribution: str) -> tuple[Judgement, ...]:
    """Everything that areas said of a contribution, in the order it was said."""
    rows = plan.rows_of("judgements", "contribution", contribution)
    return tuple(row for row in rows if isinstance(row, Judgement))


def standing(plan: Plan, contribution: str) -> tuple[Judgement, ...]:
    """The last word of each area on a contribution."""
    return tuple({row.office: row for row in judgements_of(plan, contribution)}.values())


def is_contested(plan: Plan, row: Contribution) -> bool:
    """Whether an area holds to another view, or what areas said since the last agreement does not agree, with one
    another or with the weight that stands.
    """
    said = [one for one in standing(plan, row.id) if one.settled_on is None]
    weights = {one.weight for one in said if one.kind == JUDGEMENT and one.weight is not None}
    if weights and row.weight is not None:
        weights.add(row.weight)
    return len(weights) > 1 or any(one.kind == DISSENT for one in said)


def contested(plan: Plan) -> tuple[Contribution, ...]:
    """The contributions on which areas do not agree."""
    return tuple(row for row in plan.contributions if is_contested(plan, row))


PERSON = "Amtsträger"  # a kind of organisation that is one person's office: areas judge, not persons


def areas_that_judge(plan: Plan) -> tuple[str, ...]:
    """The ids of the areas that can judge: every organisation but the office of a single person."""
    return tuple(row.id for row in plan.organisations if row.kind != PERSON)


def open_review(plan: Plan) -> Review | None:
    """The round that has begun and not ended; of several the first."""
    return next((row for row in plan.reviews if row.ended_on is None), None)


def last_review(plan: Plan) -> Review | None:
    """The round that ended last."""
    ended = [row for row in plan.reviews if row.ended_on is not None]
    return max(ended, key=lambda row: row.ended_version or 0, default=None)


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """A contribution to settle, and why."""

    contribution: Contribution
    why: Why


def to_settle(plan: Plan, changed: Collection[str]) -> tuple[AgendaItem, ...]:
    """What a round goes through: what changed since the last one (ids), what is contested, to check, not judged; each
    contribution once, under the first that holds.
    """
    groups: tuple[tuple[Why, Iterable[Contribution]], ...] = (
        ("seit der letzten Runde geändert", (row for row in plan.contributions if row.id in changed)),
        ("strittig", contested(plan)),
        ("zu prüfen", suspect(plan)),
        ("nicht bewertet", (row for row in plan.contributions if row.weight is None)),
    )
    found: dict[str, AgendaItem] = {}
    for why, rows in groups:
        for row in rows:
            found.setdefault(row.id, AgendaItem(contribution=row, why=why))
    return tuple(found.values())


def office_of(plan: Plan, row: Contribution) -> str:
    """Who answers for what serves: the lead of a Fachteil or format, the owner of a measure, who does a step; empty
    where the plan names nobody.
    """
    origin = plan.by_id.get(row.origin)
    if isinstance(origin, SectorPlan | Format):
        return origin.lead
    if isinstance(origin, Task):
        return next((one for one in origin.responsible if isinstance(plan.by_id.get(one), Organisation)), "")
    return origin.owner if isinstance(origin, Measure) else ""


@dataclass(frozen=True, kw_only=True)
class OpenWork:
    """What is left to one office of one kind: the records it concerns, each with its words; `whom` is the role where
    no office is named.
    """

    work: WorkKind
    office: str
    whom: str
    concerns: tuple[str, ...]
    words: tuple[str, ...]


def pair_words(plan: Plan, row: Contribution) -> str:
    """A contribution in words: "Wohnen → Lebensqualität"."""
    return f"{plan.name(row.origin)} → {plan.name(row.goal)}"


_Row = tuple[WorkKind, str, str, str, str]  # kind of work, office, role where no office is named, record, its words


def _cells_left(plan: Plan) -> list[_Row]:
    found: tuple[tuple[WorkKind, Iterable[Contribution]], ...] = (
        ("nicht bewertet", (row for row in plan.contributions if row.weight is None)),
        ("strittig", contested(plan)),
        ("zu prüfen", suspect(plan)),
    )
    return [(work, office_of(plan, row), "", row.id, pair_words(plan, row)) for work, rows in found for row in rows]


def _proofs_left(gaps: Iterable[Gap]) -> list[_Row]:
    """Each rung that lacks a proof; that a goal is only named says no more than these."""
    proofs = (gap for gap in gaps if gap.type != GAP_TYPES[0])
    return [
        (
            "Nachweis fehlt",
            gap.office,
            "" if gap.office else gap.from_whom,
            gap.goal.id,
            f"{gap.goal.name}: {gap.missing}",
        )
        for gap in proofs
    ]


def open_work(plan: Plan, gaps: Iterable[Gap], wanted: Collection[WorkKind] = WORK) -> tuple[OpenWork, ...]:
    """What is left open, office by office: contributions not judged, contested or to check, and proofs that goals lack,
    of the kinds wanted; what no office answers for comes last.
    """
    groups: dict[tuple[str, str, WorkKind], list[tuple[str, str]]] = {}
    for work, office, whom, record, words in [*_cells_left(plan), *_proofs_left(gaps)]:
        if work in wanted:
            groups.setdefault((office, whom, work), []).append((record, words))
    return tuple(
        OpenWork(
            work=work,
            office=office,
            whom=whom,
            concerns=tuple(dict.fromkeys(record for record, _ in found)),
            words=tuple(words for _, words in found),
        )
        for (office, whom, work), found in sorted(
            groups.items(), key=lambda item: (not item[0][0], plan.name(item[0][0]), item[0][1], WORK.index(item[0][2]))
        )
    )
