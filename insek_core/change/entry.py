"""Quick entry: a few fields make a whole record with an id of its own, and what belongs to it (what counts of a cost
for the programme, what a step waits for).
"""

from collections.abc import Mapping
from fractions import Fraction

from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import parse_row, with_row
from insek_core.plan.errors import Finding
from insek_core.plan.finance import CostItem, FundingBasis
from insek_core.plan.process import Link, Task
from insek_core.rules.money.actual.entries import next_id

PREFIX = {
    "programmes": "FP", "cost_items": "KO", "budget_lines": "HA", "funds": "DM", "phases": "P", "tasks": "S",
    "organisations": "ORG", "bodies": "G", "meetings": "SI", "papers": "V", "readings": "BF", "formats": "F", "events": "VA",
    "goals": "Z", "sector_plans": "FT", "measures": "M", "indicators": "I", "areas": "OT",
}  # fmt: skip
FIELDS: dict[str, tuple[str, ...]] = {
    "programmes": ("name", "financing", "rate_share", "cap_cents"),
    "cost_items": ("name", "purpose", "year", "amount_cents", "bound_to"),
    "budget_lines": ("from_year", "to_year", "kind", "amount_cents", "status"),
    "funds": ("giver", "year", "amount_cents", "planned"),
    "phases": ("name", "begin", "end", "purpose"),
    "tasks": ("name", "phase", "duration_days", "constraint_on", "deadline_on"),
    "organisations": ("name", "kind", "abbreviation"),
    "bodies": ("name", "level", "cadence_words", "lead_time_days"),
    "meetings": ("body", "when"),
    "papers": ("title", "kind", "task"),
    "readings": ("paper", "position", "body", "responsibility"),
    "formats": ("name", "count", "period", "seats"),
    "events": ("format", "when", "topic"),
    "goals": ("name", "kind", "parent"),
    "sector_plans": ("name", "kind", "lead"),
    "measures": ("name", "sector_plan", "owner", "cost_item"),
    "indicators": ("name", "goal", "unit", "direction", "baseline", "target", "target_year"),
    "areas": ("name", "code", "level", "lon", "lat"),
}
AFTER = "after"  # a step's predecessor, asked beside its own fields
SOURCE = "Eingabe"


def _beside(plan: Plan, record: object, texts: Mapping[str, str]) -> Plan:
    """What belongs to a record: a cost counts for the programme where there is one alone, a step waits for another."""
    if isinstance(record, CostItem) and len(plan.programmes) == 1:
        base = FundingBasis(
            id=f"FZ-{record.id}",
            cost_item=record.id,
            programme=plan.programmes[0].id,
            eligible_share=Fraction(1),
            source=f"{SOURCE}: volle Anrechnung angenommen",
            evidence="assumed",
            visibility="öffentlich",
        )
        return with_row(plan, "funding_bases", base)
    if isinstance(record, Task) and texts.get(AFTER):
        tie = Link(
            id=f"A-{record.id}",
            predecessor=texts[AFTER],
            successor=record.id,
            type="FS",
            source=SOURCE,
            evidence="stated",
            visibility="öffentlich",
        )
        return with_row(plan, "links", tie)
    return plan


def with_entry(plan: Plan, table: str, texts: Mapping[str, str]) -> tuple[Plan | None, str, tuple[Finding, ...]]:
    """The plan with a record of these German texts by column name, and its id; None with findings where they are no
    record. What is not among them is missing, except evidence: who enters something states it.
    """
    kind = TABLES[table]
    own = {name: text.strip() for name, text in texts.items() if name != AFTER}
    fixed = {
        "id": next_id(plan, table, PREFIX[table]),
        "source": SOURCE,
        "evidence": "genannt",
        "visibility": "öffentlich",
    }
    if table == "tasks":
        fixed["kind"] = "Arbeitsschritt" if own.get("duration_days", "") not in ("", "0") else "Meilenstein"
        fixed["constraint"] = "nicht früher als" if own.get("constraint_on") else ""
    record, findings = parse_row(kind, {**fixed, **{name: text for name, text in own.items() if text}})
    if record is None:
        return None, "", tuple(findings)
    return _beside(with_row(plan, table, record), record, texts), record.id, ()
