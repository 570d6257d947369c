"""What is no longer open once the texts of the goals are there: the document lies before us, who asked for it is
answered.
"""

from dataclasses import replace
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.content import Goal, Statement
from insek_core.plan.process import Document
from insek_core.plan.record import stated_by
from insek_core.rules.goals.ladder import goal_texts_missing


def _is(document: Document, name: str) -> bool:
    """Whether a document is the list: its title begins with the list's name."""
    rest = document.title.removeprefix(name)
    return rest != document.title and not rest[:1].isalnum()


def _there(document: Document, name: str, source: str) -> Document:
    """The document as one that lies before us, without the remark of the time it did not."""
    if not _is(document, name) or document.presence != "fehlt":
        return document
    return replace(stated_by(document, source, presence="liegt vor"), note="")


def _answered(point: Statement, documents: set[str], source: str, on: date) -> Statement:
    """An open point that concerns the missing list alone, settled on this day."""
    if point.kind != "Offener Punkt" or point.settled_on or not point.concerns or not set(point.concerns) <= documents:
        return point
    return stated_by(point, source, settled_on=on)


def _without_remark(goal: Goal, name: str) -> Goal:
    """A goal without what its remark says of the missing list."""
    parts = [part.strip() for part in goal.note.split(";")]
    kept = [part for part in parts if not (name in part and "nicht vor" in part)]
    return replace(goal, note="; ".join(kept)) if kept != parts else goal


def settled(plan: Plan, name: str, on: date) -> Plan:
    """The plan as it stands once it holds goal texts; as it is where it still holds none."""
    if goal_texts_missing(plan):
        return plan
    source = f"{name}, eingelesen"
    documents = tuple(_there(document, name, source) for document in plan.documents)
    gone = {old.id for old, new in zip(plan.documents, documents, strict=True) if old != new}
    return with_tables(
        plan,
        {
            "documents": documents,
            "statements": tuple(_answered(point, gone, source, on) for point in plan.statements),
            "goals": tuple(_without_remark(goal, name) for goal in plan.goals),
        },
    )
