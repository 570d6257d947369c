"""Judgements of what serves which goal, entered into the plan: a weight from −3 to +3, or "not judged" (RULES §3)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count as numbers

from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.content import Contribution
from insek_core.plan.errors import Unreadable
from insek_core.plan.german import count, quoted, show_date
from insek_core.plan.record import EXAMPLE_NOTE, columns_of, stated_by
from insek_core.rules.goals.review import areas_that_judge
from insek_core.rules.goals.section import shown_weight

Pair = tuple[str, str]  # goal, origin
Edits = Mapping[Pair, int | None]  # None: not judged

WEIGHT = next(column for column in columns_of(Contribution) if column.name == "weight")
ORIGINS = next(column.tables for column in columns_of(Contribution) if column.name == "origin")


def weights_of(plan: Plan) -> dict[Pair, int | None]:
    """The weight of every pair of goal and origin that is named, None where it is not judged."""
    return {(row.goal, row.origin): row.weight for row in plan.contributions}


def edits_that_differ(plan: Plan, edits: Edits) -> dict[Pair, int | None]:
    """Those of the edits that change something: one that is "not judged" changes nothing where nothing is judged."""
    held = weights_of(plan)
    return {pair: weight for pair, weight in edits.items() if held.get(pair) != weight}


def edits_that_can_be(plan: Plan, edits: Edits) -> dict[Pair, int | None]:
    """Those of the edits that can be: whose goal and origin the plan holds, with a weight from −3 to +3 or none."""
    goals, origins = {row.id for row in plan.goals}, {row.id for table in ORIGINS for row in plan.rows(table)}
    return {
        (goal, origin): weight
        for (goal, origin), weight in edits.items()
        if goal in goals and origin in origins and (weight is None or _allowed(weight))
    }


def _allowed(weight: int) -> bool:
    return WEIGHT.low is not None and WEIGHT.high is not None and WEIGHT.low <= weight <= WEIGHT.high


def _area(plan: Plan, by: str) -> str:
    if by not in areas_that_judge(plan):
        raise Unreadable(f"Einen Bereich {quoted(by)}, der bewertet, gibt es nicht.", "Bitte einen Bereich wählen.")
    return plan.name(by)


def _check(plan: Plan, edits: Edits, reason: str) -> None:
    """Raises Unreadable, in German, for a pair that is none, a weight that is none, or where the reason is missing."""
    if not reason.strip():
        raise Unreadable("Die Begründung fehlt.", "Bitte in einem Satz sagen, worauf die Bewertung beruht.")
    for (goal, origin), weight in edits.items() - edits_that_can_be(plan, edits).items():
        if weight is not None and not _allowed(weight):
            raise Unreadable(f"{weight} ist kein Gewicht.", "Erlaubt sind ganze Zahlen von −3 bis +3.")
        raise Unreadable(f"Ein Ziel oder einen Beitrag {quoted(f'{goal}, {origin}')} gibt es nicht.")


def _judged(row: Contribution, weight: int | None, by: str, on: date, reason: str) -> Contribution:
    """The contribution with its new weight, stated; its source says by whom and when."""
    done = stated_by(
        row,
        f"Bewertung {by} ({show_date(on)})",
        weight=weight,
        reason=reason.strip(),
        judged_by=by if weight is not None else "",
        judged_on=on if weight is not None else None,
    )
    return replace(done, note="" if done.note == EXAMPLE_NOTE else done.note)  # judged, it is no example any more


def _free_ids(plan: Plan) -> Iterator[str]:
    return (name for number in numbers(1) if (name := f"ZB-{number}") not in plan.by_id)


def judge(plan: Plan, edits: Edits, by: str, on: date, reason: str) -> Plan:
    """The plan with these weights, judged by an area of the plan (its id) on this day for this reason.

    A pair that is named is changed (each row of it, where it is named twice), one that is not becomes a contribution;
    None takes a judgement back: the contribution stays, not judged. What changes nothing stays as it is. Raises
    Unreadable, in German.
    """
    _check(plan, edits, reason)
    name, wanted, ids = _area(plan, by), edits_that_differ(plan, edits), _free_ids(plan)
    rows = [
        _judged(row, wanted[row.goal, row.origin], name, on, reason) if (row.goal, row.origin) in wanted else row
        for row in plan.contributions
    ]
    held = weights_of(plan)
    for goal, origin in (pair for pair in wanted if pair not in held):
        new = Contribution(id=next(ids), goal=goal, origin=origin, evidence="stated", visibility="öffentlich")
        rows.append(_judged(new, wanted[goal, origin], name, on, reason))
    return with_tables(plan, {"contributions": tuple(rows)})


MOST_TOLD = 8  # pairs named one by one when a save is refused


def overtaken(base: Plan, head: Plan, edits: Edits) -> tuple[str, ...]:
    """A sentence for each edited pair that somebody else has judged anew between two versions; many are counted."""
    before, after = weights_of(base), weights_of(head)
    told = [
        f"{head.name(origin)} → {head.name(goal)}: Ihre Bewertung {shown_weight(weight)}; "
        f"gespeichert ist inzwischen {shown_weight(after.get((goal, origin)))}."
        for (goal, origin), weight in edits.items()
        if before.get((goal, origin)) != after.get((goal, origin)) != weight
    ]
    more = [f"Und {len(told) - MOST_TOLD} weitere Bewertungen sind inzwischen anders gespeichert."]
    return (*told[:MOST_TOLD], *(more if len(told) > MOST_TOLD else []))


def refusal(base: int, head: int, author: str, clashes: Sequence[str]) -> tuple[str, ...]:
    """What is told when somebody else has saved since version `base`: who, which of one's own pairs, what to do."""
    lead = f"Nicht gespeichert: Seit Version {base} hat {author} Version {head} gespeichert."
    untouched = () if clashes else ("Keine Ihrer Bewertungen ist davon betroffen.",)
    remedy = "Ihre Bewertungen liegen jetzt auf dem neuen Stand. Bitte noch einmal ansehen und speichern."
    return (lead, *clashes, *untouched, remedy)


def edits_sentence(edits: Edits, base: int) -> str:
    """How many judgements are typed and not saved, and on which version of the plan."""
    if not edits:
        return "Alles gespeichert. Was getippt wird, bleibt als Entwurf erhalten, auch wenn die Seite neu geladen wird."
    typed = count(len(edits), "Bewertung ist", "Bewertungen sind")
    return f"{typed} geändert und noch nicht gespeichert (Entwurf auf Grundlage von Version {base}, nur hier zu sehen)."


def judged_words(edits: Edits) -> str:
    """What a version is told to have done, before its reason: "3 Zielbeiträge bewertet"."""
    return f"{count(len(edits), 'Zielbeitrag', 'Zielbeiträge')} bewertet"


# edits as what a browser says and a draft keeps: a list of [goal, origin, weight or null]


def edits_of(said: object) -> dict[Pair, int | None]:
    """The edits of a list of goal, origin and weight; what is none of these is left out, for anybody can send it."""
    rows = said if isinstance(said, list) else []
    triples = [row for row in rows if isinstance(row, list) and len(row) == 3]
    return {
        (goal, origin): weight
        for goal, origin, weight in triples
        if isinstance(goal, str) and isinstance(origin, str) and (weight is None or type(weight) is int)
    }


def triples_of(edits: Edits) -> list[list[str | int | None]]:
    """The edits as a list of goal, origin and weight."""
    return [[goal, origin, weight] for (goal, origin), weight in edits.items()]


def edits_read(text: str) -> dict[Pair, int | None]:
    """The edits of a kept text; none where it is empty or no such text."""
    try:
        return edits_of(json.loads(text or "[]"))
    except ValueError:
        return {}


def edits_text(edits: Edits) -> str:
    """The edits as a text to keep."""
    return json.dumps(triples_of(edits), ensure_ascii=False)
