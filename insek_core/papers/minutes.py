"""The minutes of a round of judging as a text to print: as they were kept, with version, Stichtag and assumptions."""

from datetime import date

from insek_core.plan import Plan
from insek_core.plan.content import Contribution
from insek_core.plan.german import count, show_date
from insek_core.plan.review import Review

RULE = "=" * 72


def minutes_text(plan: Plan, review: Review, version: int, today: date) -> str:
    """The minutes of an ended round; of one that goes on, that it has none yet. The foot says from which version they
    were printed and how many of the judgements told rest on assumptions.
    """
    told = [row for name in review.seen if isinstance(row := plan.by_id.get(name), Contribution)]
    assumed = sum(row.weight is not None and row.evidence_of("weight") == "assumed" for row in told)
    head = f"{plan.title} · Stichtag {show_date(today)} · gedruckt aus Version {version}"
    doubt = f"{count(assumed, 'Gewicht ist eine Annahme', 'Gewichte sind Annahmen')}." if assumed else "Keine Annahmen."
    body = review.minutes or f"{review.name}: noch nicht beendet, daher ohne Protokoll."
    return "\n".join((head, RULE, body, RULE, f"Behandelte Zielbeiträge: {len(told)}. {doubt}", ""))
